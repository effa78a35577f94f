#pragma once

#include "core/base/File.h"
#include "core/base/Json.h"
#include "core/data/TrainingData.h"

#include <filesystem>

namespace transept {

/// A table that is written row by row as CSV (RFC 4180) or as a JSON list of objects, by the file's ending.
/// Numbers have the digits that give the same double back; what is not finite is an empty cell or null.
class TableFile
{
public:
    /// InvalidInput for an ending that is neither .csv nor .json.
    static Result<TableFile> open(const std::filesystem::path& to, std::vector<std::string> columns);

    Status add(const std::vector<Json>& row); ///< as long as the columns
    Status close();

private:
    TableFile(ReplacedFile file, bool csv, std::vector<std::string> columns)
        : m_file(std::move(file))
        , m_csv(csv)
        , m_columns(std::move(columns))
    {
    }

    ReplacedFile m_file;
    bool m_csv; ///< else JSON
    std::vector<std::string> m_columns;
    bool m_empty = true;
};

/// A float32 matrix in NumPy's format 1.0, rows after another.
Status writeNpy(const std::filesystem::path& to, const Matrix& matrix);

} // namespace transept
