#pragma once

#include "core/base/File.h"
#include "core/base/Json.h"
#include "core/data/TrainingData.h"

#include <filesystem>

namespace transept {

/// A table that is written row by row as CSV (RFC 4180), as a JSON list of objects, or as an atomic file of
/// RecBole (`.inter`: tabs, the header says the types), by the file's ending.
/// Numbers have the digits that give the same double back; what is not finite is an empty cell or null.
class TableFile
{
public:
    /// InvalidInput for another ending, and for .inter when a column is no part of an interaction.
    static Result<TableFile> open(const std::filesystem::path& to, std::vector<std::string> columns);

    Status add(const std::vector<Json>& row); ///< as long as the columns
    Status close();

private:
    enum class Form { Csv, List, Atomic };

    TableFile(ReplacedFile file, Form form, std::vector<std::string> columns)
        : m_file(std::move(file))
        , m_form(form)
        , m_columns(std::move(columns))
    {
    }

    ReplacedFile m_file;
    Form m_form;
    std::vector<std::string> m_columns;
    bool m_empty = true;
};

/// A float32 matrix in NumPy's format 1.0, rows after another.
Status writeNpy(const std::filesystem::path& to, const Matrix& matrix);

} // namespace transept
