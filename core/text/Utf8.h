#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace transept {

/// The code point at the start of a text and the bytes it takes; nothing when the bytes there are no UTF-8
/// (RFC 3629: no overlong forms, no surrogates).
struct CodePoint
{
    char32_t value = 0;
    std::size_t bytes = 0;
};

constexpr std::optional<CodePoint> firstCodePoint(std::string_view text)
{
    if (text.empty()) {
        return std::nullopt;
    }
    const auto lead = static_cast<unsigned char>(text[0]);
    if (lead < 0x80) {
        return CodePoint{lead, 1};
    }
    const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) {
        return std::nullopt;
    }
    char32_t value = lead & (0x7FU >> bytes);
    for (std::size_t at = 1; at < bytes; ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if ((byte & 0xC0U) != 0x80U) {
            return std::nullopt;
        }
        value = (value << 6U) | (byte & 0x3FU);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool isCharacter = value >= least[bytes] && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    return isCharacter ? std::optional(CodePoint{value, bytes}) : std::nullopt;
}

} // namespace transept
