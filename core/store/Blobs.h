#pragma once

#include <bit>
#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <vector>

namespace transept {

static_assert(std::endian::native == std::endian::little, "blobs are little endian, as the schema says");

/// Numbers, or a text, as a column of blobs holds them.
template<typename Values>
std::span<const std::byte> bytesOf(const Values& values)
{
    return std::as_bytes(std::span(values));
}

template<typename T>
std::vector<T> valuesOf(std::span<const std::byte> bytes)
{
    std::vector<T> values(bytes.size() / sizeof(T));
    if (!values.empty()) {
        std::memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
    }
    return values;
}

inline std::string textOf(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace transept
