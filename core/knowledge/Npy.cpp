#include "core/knowledge/Npy.h"

#include "core/base/Words.h"

#include <bit>
#include <cstring>

namespace transept {
namespace {

constexpr std::string_view magic = "\x93NUMPY";

static_assert(std::endian::native == std::endian::little);

/// What follows 'key': in the header, a Python dictionary such as
/// {'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }; empty when it is not there.
std::string_view valueOf(std::string_view header, std::string_view key)
{
    const std::size_t found = header.find("'" + std::string(key) + "'");
    const std::size_t colon = found == std::string_view::npos ? found : header.find(':', found);
    if (colon == std::string_view::npos) {
        return {};
    }
    std::string_view value = header.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    return value;
}

} // namespace

bool NpyFile::isOne(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::array<char, magic.size()> begin{};
    stream.read(begin.data(), begin.size());
    return stream && std::string_view(begin.data(), begin.size()) == magic;
}

Result<NpyFile> NpyFile::open(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return fail(ErrorCode::Io,
                    TRANSLATABLE("errors", "%1 cannot be opened. Check that it exists and may be read."),
                    {file.string()});
    }
    NpyFile array(std::move(stream), file);
    const Result<std::string> header = array.readHeader();
    if (!header) {
        return passOn(header);
    }
    const Status understood = array.understand(*header).and_then([&] { return array.checkLength(); });
    return understood ? Result<NpyFile>(std::move(array)) : passOn(understood);
}

Result<std::string> NpyFile::readHeader()
{
    std::array<unsigned char, magic.size() + 2> begin{}; // the last two: the version
    m_stream.read(reinterpret_cast<char*>(begin.data()), begin.size());
    std::array<unsigned char, 4> length{};
    const bool isLong = begin[magic.size()] > 1;
    m_stream.read(reinterpret_cast<char*>(length.data()), isLong ? 4 : 2);
    const std::size_t bytes = length[0] + (std::size_t{length[1]} << 8U) + (std::size_t{length[2]} << 16U) +
                              (std::size_t{length[3]} << 24U);
    constexpr std::size_t longestHeader = std::size_t{1} << 20U;
    std::string header(std::min(bytes, longestHeader), ' ');
    m_stream.read(header.data(), static_cast<std::streamsize>(header.size()));
    if (!m_stream) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1 is no complete .npy file. Save the array again."),
                    {m_file.string()});
    }
    return header;
}

Status NpyFile::understand(std::string_view header)
{
    if (valueOf(header, "fortran_order").starts_with("True")) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "The array in %1 is stored column by column (Fortran order). Save it row by "
                                 "row: numpy.save(file, numpy.ascontiguousarray(array))."),
                    {m_file.string()});
    }
    return understandType(valueOf(header, "descr")).and_then([&] {
        return understandShape(valueOf(header, "shape"));
    });
}

Status NpyFile::understandType(std::string_view type)
{
    const std::string_view name = type.starts_with('\'') ? type.substr(1, type.find('\'', 1) - 1) : "records";
    if (name == "<f2" || name == "<f4" || name == "<f8") {
        m_number = name == "<f2" ? Number::Float16 : name == "<f4" ? Number::Float32 : Number::Float64;
        return {};
    }
    if (name.find('O') != std::string_view::npos) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "%1 holds pickled Python objects, which are never opened: they can run "
                                 "anything. Save the numbers alone: numpy.save(file, "
                                 "array.astype('float32'))."),
                    {m_file.string()});
    }
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "The array in %1 is of type %2. Save it as float16, float32 or float64: "
                             "numpy.save(file, array.astype('<f4'))."),
                {m_file.string(), std::string(name)});
}

Status NpyFile::understandShape(std::string_view shape)
{
    std::vector<std::size_t> sizes;
    std::string_view inside = shape.starts_with('(') ? shape.substr(1, shape.find(')') - 1) : "";
    while (!inside.empty()) {
        const std::size_t end = std::min(inside.find(','), inside.size());
        if (const auto size = parseInteger(trimmed(inside.substr(0, end))); size && *size >= 0) {
            sizes.push_back(static_cast<std::size_t>(*size));
        }
        inside.remove_prefix(std::min(end + 1, inside.size()));
    }
    constexpr std::size_t most = std::size_t{1} << 31U;
    if (sizes.size() != 2 || sizes[0] == 0 || sizes[1] == 0 || sizes[0] > most || sizes[1] > most) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The array in %1 has the shape %2. It must have two dimensions: a row for "
                         "each item, a column for each number of its vector."),
            {m_file.string(), std::string(shape.substr(0, std::min(shape.find(')') + 1, shape.size())))});
    }
    m_rows = sizes[0];
    m_columns = sizes[1];
    return {};
}

Status NpyFile::checkLength()
{
    std::error_code ignored;
    const std::uintmax_t size = std::filesystem::file_size(m_file, ignored);
    const auto begin = static_cast<std::uintmax_t>(m_stream.tellg());
    const std::uintmax_t wanted = begin + std::uintmax_t{m_rows} * m_columns * bytesPerNumber();
    if (size == wanted) {
        return {};
    }
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "%1 has %2 bytes; an array of %3 rows and %4 columns of its type has %5. Save "
                             "the array again."),
                {m_file.string(),
                 std::to_string(size),
                 std::to_string(m_rows),
                 std::to_string(m_columns),
                 std::to_string(wanted)});
}

std::size_t NpyFile::bytesPerNumber() const
{
    return m_number == Number::Float16 ? 2 : m_number == Number::Float32 ? 4 : 8;
}

Status NpyFile::read(std::vector<float>& row)
{
    m_bytes.resize(m_columns * bytesPerNumber());
    m_stream.read(m_bytes.data(), static_cast<std::streamsize>(m_bytes.size()));
    if (!m_stream) {
        return fail(
            ErrorCode::Io, TRANSLATABLE("errors", "%1 cannot be read to its end."), {m_file.string()});
    }
    row.resize(m_columns);
    const auto convert = [&]<typename T>(T number) {
        for (std::size_t at = 0; at < m_columns; ++at) {
            std::memcpy(&number, m_bytes.data() + at * sizeof(T), sizeof(T));
            row[at] = static_cast<float>(number);
        }
    };
    switch (m_number) {
    case Number::Float16:
        convert(Eigen::half());
        break;
    case Number::Float32:
        convert(float());
        break;
    case Number::Float64:
        convert(double());
        break;
    }
    return {};
}

} // namespace transept
