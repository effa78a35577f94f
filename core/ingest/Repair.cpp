#include "core/ingest/Repair.h"

#include "core/ingest/TextSource.h"

#include <array>
#include <charconv>
#include <utility>

namespace transept {
namespace {

constexpr std::array<std::pair<std::string_view, char>, 6> namedEntities{
    {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", ' '}}};

bool isLetterOrDigit(char each)
{
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9');
}

bool endsInCutEntity(std::string_view field)
{
    const std::size_t start = field.rfind('&');
    if (start == std::string_view::npos || start + 1 == field.size()) {
        return false;
    }
    std::string_view name = field.substr(start + 1);
    name.remove_prefix(name.starts_with('#') ? 1 : 0);
    return !name.empty() && name.size() <= 8 && std::all_of(name.begin(), name.end(), isLetterOrDigit);
}

/// The text of a numbered entity (`#39`, `#x27`), empty when it is none.
std::string numbered(std::string_view name)
{
    name.remove_prefix(1);
    const bool hexadecimal = name.starts_with('x') || name.starts_with('X');
    name.remove_prefix(hexadecimal ? 1 : 0);
    unsigned codePoint = 0;
    const auto [end, error] =
        std::from_chars(name.data(), name.data() + name.size(), codePoint, hexadecimal ? 16 : 10);
    if (name.empty() || error != std::errc{} || end != name.data() + name.size() || codePoint < 0x20U ||
        codePoint > 0xFFFFU) {
        return {};
    }
    std::string text;
    Decoder decoder(Format::Encoding::Utf16Le);
    const std::array<char, 2> unit{static_cast<char>(codePoint & 0xFFU), static_cast<char>(codePoint >> 8U)};
    decoder.decode({unit.data(), unit.size()}, text);
    return isValidUtf8(text) ? text : std::string();
}

std::string meaningOf(std::string_view name)
{
    if (name.starts_with('#')) {
        return numbered(name);
    }
    for (const auto& [entity, character] : namedEntities) {
        if (name == entity) {
            return {character};
        }
    }
    return {};
}

} // namespace

bool repairCutEntities(std::span<const std::string_view> fields, std::size_t columns, RepairedRow& repaired)
{
    repaired.texts.clear();
    repaired.fields.clear();
    for (const std::string_view field : fields) {
        const bool isRest =
            !repaired.texts.empty() && (field.starts_with(' ') || endsInCutEntity(repaired.texts.back()));
        if (isRest) {
            repaired.texts.back() += ';';
            repaired.texts.back() += field;
        } else {
            repaired.texts.emplace_back(field);
        }
    }
    if (repaired.texts.size() == columns + 1 && repaired.texts.back().empty()) {
        repaired.texts.pop_back();
    }
    repaired.fields.assign(repaired.texts.begin(), repaired.texts.end());
    return repaired.texts.size() == columns;
}

std::string withoutEntities(std::string_view text)
{
    std::string plain;
    while (!text.empty()) {
        const std::size_t start = text.find('&');
        plain += text.substr(0, start);
        if (start == std::string_view::npos) {
            break;
        }
        text.remove_prefix(start);
        const std::size_t end = text.substr(0, 12).find(';');
        const std::string meaning =
            end == std::string_view::npos ? std::string() : meaningOf(text.substr(1, end - 1));
        plain += meaning.empty() ? "&" : meaning;
        text.remove_prefix(meaning.empty() ? 1 : end + 1);
    }
    return plain;
}

} // namespace transept
