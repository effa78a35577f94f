#include "core/model/ModelBytes.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace transept {
namespace {

static_assert(std::endian::native == std::endian::little);

/// FNV-1a over words of eight bytes.
std::uint64_t checksum(std::string_view bytes)
{
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (std::size_t at = 0; at < bytes.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, std::min(sizeof(word), bytes.size() - at));
        hash = (hash ^ word) * 0x100000001B3ULL;
        hash ^= hash >> 32U;
    }
    return hash;
}

} // namespace

std::string sealed(std::string marked)
{
    const std::uint64_t sum = checksum(marked);
    marked.append(reinterpret_cast<const char*>(&sum), sizeof(sum));
    return marked;
}

std::optional<std::string_view> contentOf(std::string_view mark, std::string_view bytes)
{
    std::uint64_t sum = 0;
    if (bytes.size() < mark.size() + sizeof(sum) || !bytes.starts_with(mark)) {
        return std::nullopt;
    }
    const std::string_view summed = bytes.substr(0, bytes.size() - sizeof(sum));
    std::memcpy(&sum, summed.data() + summed.size(), sizeof(sum));
    return sum == checksum(summed) ? std::optional(summed.substr(mark.size())) : std::nullopt;
}

void ModelWriter::append(const void* data, std::size_t bytes)
{
    m_bytes.append(static_cast<const char*>(data), bytes);
}

void ModelWriter::number(std::uint64_t value)
{
    append(&value, sizeof(value));
}

void ModelWriter::real(float value)
{
    append(&value, sizeof(value));
}

void ModelWriter::array(std::span<const float> values)
{
    number(values.size());
    append(values.data(), values.size_bytes());
}

void ModelWriter::matrix(const FactorMatrix& matrix)
{
    number(matrix.rows);
    number(matrix.width);
    for (std::size_t row = 0; row < matrix.rows; ++row) {
        append(matrix.at(row), matrix.width * sizeof(float));
    }
}

void ModelWriter::text(std::string_view text)
{
    number(text.size());
    m_bytes.append(text);
}

std::string ModelWriter::finish()
{
    return sealed(std::move(m_bytes));
}

ModelReader::ModelReader(std::string_view mark, std::string_view bytes)
{
    const std::optional<std::string_view> content = contentOf(mark, bytes);
    m_ok = content.has_value();
    m_rest = content.value_or(std::string_view());
}

bool ModelReader::take(void* data, std::size_t bytes)
{
    m_ok = m_ok && bytes <= m_rest.size();
    if (m_ok && bytes > 0) {
        std::memcpy(data, m_rest.data(), bytes);
        m_rest.remove_prefix(bytes);
    }
    return m_ok;
}

std::uint64_t ModelReader::number()
{
    std::uint64_t value = 0;
    return take(&value, sizeof(value)) ? value : 0;
}

float ModelReader::real()
{
    float value = 0.0F;
    return take(&value, sizeof(value)) ? value : 0.0F;
}

std::vector<float> ModelReader::array(std::size_t expectedLength)
{
    m_ok = number() == expectedLength && m_ok && expectedLength <= m_rest.size() / sizeof(float);
    if (!m_ok) {
        return {};
    }
    std::vector<float> values(expectedLength);
    take(values.data(), expectedLength * sizeof(float));
    return values;
}

FactorMatrix ModelReader::matrix(std::size_t expectedRows)
{
    const std::uint64_t rows = number();
    const std::uint64_t width = number();
    m_ok = m_ok && rows == expectedRows &&
           (rows == 0 || width <= m_rest.size() / sizeof(float) / static_cast<std::size_t>(rows));
    if (!m_ok) {
        return {};
    }
    FactorMatrix matrix(rows, width);
    for (std::size_t row = 0; row < matrix.rows; ++row) {
        take(matrix.at(row), matrix.width * sizeof(float));
    }
    return matrix;
}

std::string ModelReader::text()
{
    const std::uint64_t length = number();
    m_ok = m_ok && length <= m_rest.size();
    if (!m_ok) {
        return {};
    }
    std::string text(m_rest.substr(0, length));
    m_rest.remove_prefix(length);
    return text;
}

} // namespace transept
