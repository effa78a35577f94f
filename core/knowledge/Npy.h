#pragma once

#include "core/base/Result.h"

#include <filesystem>
#include <fstream>
#include <vector>

namespace transept {

/// A two-dimensional array in NumPy's format (numpy.lib.format, versions 1 to 3), read row by row: float16,
/// float32 or float64, little endian, C order.
class NpyFile
{
public:
    /// Whether a file begins as one does.
    static bool isOne(const std::filesystem::path& file);

    /// InvalidInput, with what to do, for any other array; one with pickled objects is never opened. Io for a
    /// file that cannot be read.
    static Result<NpyFile> open(const std::filesystem::path& file);

    std::size_t rows() const { return m_rows; }
    std::size_t columns() const { return m_columns; }

    /// The next row. Io when the file has no more.
    Status read(std::vector<float>& row);

private:
    enum class Number { Float16, Float32, Float64 };
    NpyFile(std::ifstream&& stream, std::filesystem::path file)
        : m_stream(std::move(stream))
        , m_file(std::move(file))
    {
    }
    Result<std::string> readHeader();
    Status understand(std::string_view header);
    Status understandType(std::string_view type);
    Status understandShape(std::string_view shape);
    Status checkLength();
    std::size_t bytesPerNumber() const;

    std::ifstream m_stream;
    std::filesystem::path m_file;
    std::size_t m_rows = 0;
    std::size_t m_columns = 0;
    Number m_number = Number::Float32;
    std::vector<char> m_bytes; ///< of a row
};

} // namespace transept
