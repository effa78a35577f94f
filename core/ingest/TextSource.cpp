#include "core/ingest/TextSource.h"

#include <fmt/format.h>

#include <array>
#include <cstring>

namespace transept {
namespace {

constexpr std::size_t pieceBytes = std::size_t{1} << 18U;
constexpr char neverValid = '\xFF';

/// Windows-1252 for 0x80 ... 0x9F; 0: not assigned.
constexpr std::array<std::uint16_t, 32> windows1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append(std::uint32_t codePoint, std::string& text)
{
    const auto byte = [](std::uint32_t value) {
        return static_cast<char>(static_cast<unsigned char>(value));
    };
    if (codePoint < 0x80U) {
        text += byte(codePoint);
    } else if (codePoint < 0x800U) {
        text += byte(0xC0U | (codePoint >> 6U));
        text += byte(0x80U | (codePoint & 0x3FU));
    } else if (codePoint < 0x10000U) {
        text += byte(0xE0U | (codePoint >> 12U));
        text += byte(0x80U | ((codePoint >> 6U) & 0x3FU));
        text += byte(0x80U | (codePoint & 0x3FU));
    } else {
        text += byte(0xF0U | (codePoint >> 18U));
        text += byte(0x80U | ((codePoint >> 12U) & 0x3FU));
        text += byte(0x80U | ((codePoint >> 6U) & 0x3FU));
        text += byte(0x80U | (codePoint & 0x3FU));
    }
}

void appendLatin1(std::string_view bytes, std::string& text)
{
    for (const char each : bytes) {
        const auto byte = static_cast<unsigned char>(each);
        if (byte < 0x80U) {
            text += each;
        } else if (byte >= 0xA0U) {
            append(byte, text);
        } else if (const std::uint16_t codePoint = windows1252.at(byte - 0x80U); codePoint != 0) {
            append(codePoint, text);
        } else {
            text += neverValid;
        }
    }
}

/// Length of the valid UTF-8 character at the start of `text`, 0 when there is none (RFC 3629: no overlong
/// forms, no surrogates, nothing above U+10FFFF).
std::size_t characterLength(std::string_view text) noexcept
{
    const auto at = [&](std::size_t index) -> unsigned {
        return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
    };
    const auto follows = [&](std::size_t index) { return (at(index) & 0xC0U) == 0x80U; };
    const unsigned first = at(0);
    if (first < 0x80U) {
        return 1;
    }
    if (first >= 0xC2U && first <= 0xDFU) {
        return follows(1) ? 2 : 0;
    }
    if (first >= 0xE0U && first <= 0xEFU) {
        const bool overlong = first == 0xE0U && at(1) < 0xA0U;
        const bool surrogate = first == 0xEDU && at(1) >= 0xA0U;
        return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0U && first <= 0xF4U) {
        const bool overlong = first == 0xF0U && at(1) < 0x90U;
        const bool tooLarge = first == 0xF4U && at(1) >= 0x90U;
        return follows(1) && follows(2) && follows(3) && !overlong && !tooLarge ? 4 : 0;
    }
    return 0;
}

} // namespace

void Decoder::decode(std::string_view bytes, std::string& text)
{
    if (m_encoding == Format::Encoding::Latin1) {
        appendLatin1(bytes, text);
        return;
    }
    if (m_encoding == Format::Encoding::Utf8) {
        if (!m_started) {
            constexpr std::string_view mark = "\xEF\xBB\xBF";
            m_left += bytes;
            if (m_left.size() < mark.size() && mark.starts_with(m_left)) {
                return;
            }
            m_started = true;
            text += m_left.starts_with(mark) ? std::string_view(m_left).substr(mark.size())
                                             : std::string_view(m_left);
            m_left.clear();
            return;
        }
        text += bytes;
        return;
    }
    m_left += bytes;
    const std::size_t low = m_encoding == Format::Encoding::Utf16Le ? 0 : 1;
    std::size_t at = 0;
    for (; at + 1 < m_left.size(); at += 2) {
        decodeUnit(static_cast<unsigned char>(m_left[at + low]) |
                       (static_cast<std::uint32_t>(static_cast<unsigned char>(m_left[at + 1 - low])) << 8U),
                   text);
    }
    m_left.erase(0, at);
}

void Decoder::decodeUnit(std::uint32_t unit, std::string& text)
{
    const bool isMark = !m_started && unit == 0xFEFFU;
    m_started = true;
    if (isMark) {
        return;
    }
    const bool isLow = unit >= 0xDC00U && unit <= 0xDFFFU;
    if (m_highSurrogate != 0 && isLow) {
        append(0x10000U + ((m_highSurrogate - 0xD800U) << 10U) + (unit - 0xDC00U), text);
        m_highSurrogate = 0;
        return;
    }
    if (m_highSurrogate != 0) {
        text += neverValid;
        m_highSurrogate = 0;
    }
    if (unit >= 0xD800U && unit <= 0xDBFFU) {
        m_highSurrogate = unit;
    } else if (isLow) {
        text += neverValid;
    } else {
        append(unit, text);
    }
}

void Decoder::finish(std::string& text)
{
    if (m_encoding == Format::Encoding::Utf8) {
        text += m_left;
    } else if (!m_left.empty() || m_highSurrogate != 0) {
        text += neverValid;
    }
    m_left.clear();
    m_highSurrogate = 0;
}

bool isValidUtf8(std::string_view text) noexcept
{
    std::size_t at = 0;
    while (at < text.size()) {
        for (std::uint64_t word = 0; at + sizeof(word) <= text.size(); at += sizeof(word)) {
            std::memcpy(&word, text.data() + at, sizeof(word));
            if ((word & 0x8080808080808080ULL) != 0) {
                break;
            }
        }
        if (at == text.size()) {
            return true;
        }
        const std::size_t length = characterLength(text.substr(at));
        if (length == 0) {
            return false;
        }
        at += length;
    }
    return true;
}

std::string withEscapedBytes(std::string_view text)
{
    std::string escaped;
    while (!text.empty()) {
        if (const std::size_t length = characterLength(text); length > 0 && text.front() != '\0') {
            escaped += text.substr(0, length);
            text.remove_prefix(length);
        } else {
            escaped += fmt::format("\\x{:02X}", static_cast<unsigned char>(text.front()));
            text.remove_prefix(1);
        }
    }
    return escaped;
}

Result<TextSource> TextSource::open(const std::filesystem::path& file, const Format& format)
{
    Result<ByteSource> bytes = ByteSource::open(file, format.compressed);
    if (!bytes) {
        return passOn(bytes);
    }
    return TextSource(std::move(*bytes), format.encoding);
}

void TextSource::hashConsumed()
{
    m_hash->add(std::string_view(m_text).substr(m_hashed, m_at - m_hashed));
    m_hashed = m_at;
}

Result<bool> TextSource::more()
{
    if (m_ended) {
        return false;
    }
    hashConsumed();
    m_text.erase(0, m_at);
    m_dropped += static_cast<std::int64_t>(m_at);
    m_at = 0;
    m_hashed = 0;
    const std::size_t before = m_text.size();
    while (!m_ended && m_text.size() == before) {
        m_raw.clear();
        const Result<std::size_t> got = m_bytes.read(m_raw, std::max(pieceBytes, before));
        if (!got) {
            return passOn(got);
        }
        if (*got == 0) {
            m_ended = true;
            m_decoder.finish(m_text);
        } else {
            m_decoder.decode(m_raw, m_text);
        }
    }
    return m_text.size() > before;
}

std::string TextSource::hashOfConsumed()
{
    hashConsumed();
    return m_hash->hexSoFar();
}

} // namespace transept
