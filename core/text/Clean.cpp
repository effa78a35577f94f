#include "core/text/Clean.h"

#include "core/text/Utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace transept {
namespace {

struct Entity
{
    std::string_view name;
    std::uint32_t codePoint;
};

// The names that catalogues use (HTML 4.01, section 24), sorted.
constexpr std::array entities = std::to_array<Entity>({
    {"AElig", 0xC6},   {"Aacute", 0xC1},  {"Acirc", 0xC2},   {"Agrave", 0xC0},  {"Aring", 0xC5},
    {"Atilde", 0xC3},  {"Auml", 0xC4},    {"Ccedil", 0xC7},  {"Eacute", 0xC9},  {"Ecirc", 0xCA},
    {"Egrave", 0xC8},  {"Euml", 0xCB},    {"Iacute", 0xCD},  {"Icirc", 0xCE},   {"Iuml", 0xCF},
    {"Ntilde", 0xD1},  {"Oacute", 0xD3},  {"Ocirc", 0xD4},   {"Ograve", 0xD2},  {"Oslash", 0xD8},
    {"Ouml", 0xD6},    {"Uacute", 0xDA},  {"Ucirc", 0xDB},   {"Ugrave", 0xD9},  {"Uuml", 0xDC},
    {"aacute", 0xE1},  {"acirc", 0xE2},   {"acute", 0xB4},   {"aelig", 0xE6},   {"agrave", 0xE0},
    {"amp", 0x26},     {"apos", 0x27},    {"aring", 0xE5},   {"atilde", 0xE3},  {"auml", 0xE4},
    {"bull", 0x2022},  {"ccedil", 0xE7},  {"cent", 0xA2},    {"copy", 0xA9},    {"deg", 0xB0},
    {"eacute", 0xE9},  {"ecirc", 0xEA},   {"egrave", 0xE8},  {"euml", 0xEB},    {"euro", 0x20AC},
    {"frac12", 0xBD},  {"frac14", 0xBC},  {"frac34", 0xBE},  {"gt", 0x3E},      {"hellip", 0x2026},
    {"iacute", 0xED},  {"icirc", 0xEE},   {"iexcl", 0xA1},   {"igrave", 0xEC},  {"iquest", 0xBF},
    {"iuml", 0xEF},    {"laquo", 0xAB},   {"ldquo", 0x201C}, {"lsquo", 0x2018}, {"lt", 0x3C},
    {"mdash", 0x2014}, {"middot", 0xB7},  {"nbsp", 0xA0},    {"ndash", 0x2013}, {"ntilde", 0xF1},
    {"oacute", 0xF3},  {"ocirc", 0xF4},   {"ograve", 0xF2},  {"oslash", 0xF8},  {"otilde", 0xF5},
    {"ouml", 0xF6},    {"pound", 0xA3},   {"quot", 0x22},    {"raquo", 0xBB},   {"rdquo", 0x201D},
    {"reg", 0xAE},     {"rsquo", 0x2019}, {"sect", 0xA7},    {"shy", 0xAD},     {"szlig", 0xDF},
    {"times", 0xD7},   {"trade", 0x2122}, {"uacute", 0xFA},  {"ucirc", 0xFB},   {"ugrave", 0xF9},
    {"uuml", 0xFC},    {"yen", 0xA5},
});
static_assert(std::ranges::is_sorted(entities, {}, &Entity::name));

// What descriptions are marked up with; other names in angle brackets may belong to a title.
constexpr std::array tags = std::to_array<std::string_view>({
    "a",   "abbr",  "b",     "big",    "blockquote", "body",   "br",     "center", "code",  "dd",
    "div", "dl",    "dt",    "em",     "font",       "h1",     "h2",     "h3",     "h4",    "h5",
    "h6",  "head",  "hr",    "html",   "i",          "iframe", "img",    "li",     "meta",  "ol",
    "p",   "pre",   "s",     "script", "small",      "span",   "strike", "strong", "style", "sub",
    "sup", "table", "tbody", "td",     "th",         "thead",  "tr",     "tt",     "u",     "ul",
});
static_assert(std::ranges::is_sorted(tags));

bool isAsciiLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isAsciiDigit(char c)
{
    return c >= '0' && c <= '9';
}

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

void append(std::string& text, std::uint32_t codePoint)
{
    const auto push = [&](std::uint32_t byte) {
        text += static_cast<char>(static_cast<unsigned char>(byte));
    };
    const auto pushRest = [&](std::uint32_t shift) { push(0x80U | ((codePoint >> shift) & 0x3FU)); };
    if (codePoint < 0x80) {
        push(codePoint);
    } else if (codePoint < 0x800) {
        push(0xC0U | (codePoint >> 6U));
        pushRest(0);
    } else if (codePoint < 0x10000) {
        push(0xE0U | (codePoint >> 12U));
        pushRest(6);
        pushRest(0);
    } else {
        push(0xF0U | (codePoint >> 18U));
        pushRest(12);
        pushRest(6);
        pushRest(0);
    }
}

struct Decoded
{
    std::uint32_t codePoint = 0;
    std::size_t length = 0; ///< bytes of the text that it stood for
};

std::optional<Decoded> numericEntity(std::string_view text)
{
    const bool isHex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
    const char* const first = text.data() + (isHex ? 3 : 2);
    const char* const last = text.data() + text.size();
    std::uint32_t codePoint = 0;
    const auto [end, error] = std::from_chars(first, last, codePoint, isHex ? 16 : 10);
    const bool isCharacter =
        codePoint > 0 && codePoint <= 0x10FFFF && (codePoint < 0xD800 || codePoint > 0xDFFF);
    if (error != std::errc() || !isCharacter) {
        return std::nullopt;
    }
    const auto digitsEnd = static_cast<std::size_t>(end - text.data());
    return Decoded{codePoint, digitsEnd + (end != last && *end == ';' ? 1 : 0)};
}

/// `text` starts with '&'.
std::optional<Decoded> entityAt(std::string_view text)
{
    if (text.size() > 2 && text[1] == '#') {
        return numericEntity(text);
    }
    std::size_t end = 1;
    while (end < text.size() && end < 10 && (isAsciiLetter(text[end]) || isAsciiDigit(text[end]))) {
        ++end;
    }
    const std::string_view name = text.substr(1, end - 1);
    const auto found = std::ranges::lower_bound(entities, name, {}, &Entity::name);
    if (found == entities.end() || found->name != name) {
        return std::nullopt;
    }
    const bool hasSemicolon = end < text.size() && text[end] == ';';
    return Decoded{found->codePoint, end + (hasSemicolon ? 1 : 0)};
}

std::string withoutEntities(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto entity = text[at] == '&' ? entityAt(text.substr(at)) : std::nullopt;
        if (entity) {
            append(out, entity->codePoint);
            at += entity->length;
        } else {
            out += text[at++];
        }
    }
    return out;
}

/// Bytes of the tag or comment that `text`, which starts with '<', starts with; 0: none.
std::size_t tagLength(std::string_view text)
{
    if (text.starts_with("<!--")) {
        const std::size_t end = text.find("-->");
        return end == std::string_view::npos ? 0 : end + 3;
    }
    std::size_t at = text.size() > 1 && text[1] == '/' ? 2 : 1;
    std::string name;
    while (at < text.size() && name.size() < 12 && (isAsciiLetter(text[at]) || isAsciiDigit(text[at]))) {
        name += lowered(text[at++]);
    }
    if (!std::ranges::binary_search(tags, name)) {
        return 0;
    }
    const std::size_t end = text.find_first_of("<>", at);
    return end == std::string_view::npos || text[end] == '<' ? 0 : end + 1;
}

std::size_t urlLength(std::string_view text)
{
    constexpr std::string_view starts[] = {"http://", "https://", "ftp://", "www."};
    const bool isUrl = std::ranges::any_of(starts, [&](std::string_view start) {
        return text.size() > start.size() &&
               std::ranges::equal(text.substr(0, start.size()), start, {}, lowered);
    });
    if (!isUrl) {
        return 0;
    }
    return std::min(text.find_first_of(" \t\r\n<>\"|"), text.size());
}

std::string withoutTagsAndUrls(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const bool startsWord = at == 0 || !(isAsciiLetter(text[at - 1]) || isAsciiDigit(text[at - 1]));
        const std::size_t tag = text[at] == '<' ? tagLength(text.substr(at)) : 0;
        const std::size_t url = tag == 0 && startsWord ? urlLength(text.substr(at)) : 0;
        if (tag + url > 0) {
            out += '\n';
            at += tag + url;
        } else {
            out += text[at++];
        }
    }
    return out;
}

/// Repairs the encoding and joins blanks: several become one, and a line end when there was one among them.
std::string withJoinedBlanks(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    char pending = '\0';
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint found =
            firstCodePoint(text.substr(at)).value_or(CodePoint{0, 1}); // no UTF-8: as a control character
        const std::size_t start = at;
        at += found.bytes;
        const char32_t codePoint = found.value;
        const bool isLineEnd =
            codePoint == '\n' || codePoint == '\r' || codePoint == 0x2028 || codePoint == 0x2029;
        const bool isBlank = codePoint <= 0x20 || (codePoint >= 0x7F && codePoint <= 0xA0) ||
                             codePoint == 0x3000 || codePoint == 0xFFFD || codePoint == 0xFEFF;
        if (isLineEnd || isBlank) {
            pending = isLineEnd || pending == '\n' ? '\n' : ' ';
            continue;
        }
        if (codePoint == 0xAD) { // a soft hyphen is no part of the word
            continue;
        }
        if (pending != '\0' && !out.empty()) {
            out += pending;
        }
        pending = '\0';
        out.append(text, start, at - start);
    }
    return out;
}

} // namespace

std::string cleanText(std::string_view text)
{
    const bool isPlain = text.find_first_of("&<") == std::string_view::npos;
    const std::string decoded = isPlain ? std::string(text) : withoutEntities(text);
    const std::string bare = withoutTagsAndUrls(decoded);
    return withJoinedBlanks(isPlain ? bare : withoutEntities(bare));
}

} // namespace transept
