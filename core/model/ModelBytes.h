#pragma once

#include "core/model/FactorMatrix.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace transept {

/// Content that begins with a mark of four letters, with a checksum at its end: for accidents, not against
/// forgers.
std::string sealed(std::string marked);

/// What stands behind the mark; nothing when the bytes have another one or are damaged.
std::optional<std::string_view> contentOf(std::string_view mark, std::string_view bytes);

/// Writes a model as a mark of four letters, numbers and arrays of float32 (little endian, as all our
/// machines are), and a checksum at the end.
class ModelWriter
{
public:
    explicit ModelWriter(std::string_view mark) : m_bytes(mark) {}

    void number(std::uint64_t value);
    void real(float value);
    void array(std::span<const float> values);
    void matrix(const FactorMatrix& matrix); ///< without the padding
    void text(std::string_view text);

    std::string finish();

private:
    void append(const void* data, std::size_t bytes);

    std::string m_bytes;
};

/// Reads what ModelWriter wrote. After the first thing that is not as expected ok() is false and every answer
/// is empty.
class ModelReader
{
public:
    ModelReader(std::string_view mark, std::string_view bytes);

    std::uint64_t number();
    float real();
    std::vector<float> array(std::size_t expectedLength);
    FactorMatrix matrix(std::size_t expectedRows);
    std::string text();

    bool ok() const noexcept { return m_ok; }
    bool finished() const noexcept { return m_ok && m_rest.empty(); }

private:
    bool take(void* data, std::size_t bytes);

    std::string_view m_rest;
    bool m_ok = false;
};

} // namespace transept
