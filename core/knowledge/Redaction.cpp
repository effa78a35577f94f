#include "core/knowledge/Redaction.h"

#include <algorithm>
#include <array>

namespace transept {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isCapital(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isLetter(char c)
{
    return isCapital(c) || (c >= 'a' && c <= 'z');
}

char lower(char c)
{
    return isCapital(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Characters of other scripts are none: Chinese writes numbers without a blank before them.
bool isWordByte(char c)
{
    return isLetter(c) || isDigit(c);
}

bool isHan(std::string_view character)
{
    return character.size() == 3 && static_cast<unsigned char>(character[0]) >= 0xE4 &&
           static_cast<unsigned char>(character[0]) <= 0xE9;
}

/// Walks over a text from a place on; every step says whether what it names stood there.
class Reader
{
public:
    Reader(std::string_view text, std::size_t at) : m_text(text), m_at(at) {}

    std::size_t at() const { return m_at; }
    bool isAtEnd() const { return m_at >= m_text.size(); }
    char peek() const { return isAtEnd() ? '\0' : m_text[m_at]; }

    template<typename Is>
    std::string_view run(const Is& is)
    {
        const std::size_t start = m_at;
        while (!isAtEnd() && is(m_text[m_at])) {
            ++m_at;
        }
        return m_text.substr(start, m_at - start);
    }

    bool take(std::string_view word) ///< small letters of `word` stand for capitals too
    {
        const std::string_view here = m_text.substr(m_at);
        const bool is =
            here.size() >= word.size() &&
            std::equal(word.begin(), word.end(), here.begin(), [](char a, char b) { return a == lower(b); });
        m_at += is ? word.size() : 0;
        return is;
    }

    bool takeAny(std::span<const std::string_view> words)
    {
        return std::ranges::any_of(words, [this](std::string_view word) { return take(word); });
    }

    std::string_view takeHan()
    {
        const std::string_view character = m_text.substr(std::min(m_at, m_text.size()), 3);
        if (!isHan(character)) {
            return {};
        }
        m_at += 3;
        return character;
    }

private:
    std::string_view m_text;
    std::size_t m_at;
};

/// Where what starts at `at` ends; nothing when no such thing starts there.
using Match = std::optional<std::size_t>;

Match addressAt(std::string_view text, std::size_t at)
{
    constexpr std::array<std::string_view, 5> ats = {"@", "(at)", "[at]", " (at) ", " [at] "};
    constexpr std::array<std::string_view, 5> dots = {".", "(dot)", "[dot]", " (dot) ", " [dot] "};
    Reader reader(text, at);
    const auto isOfName = [](char c) {
        return isLetter(c) || isDigit(c) || std::string_view("._%+-").find(c) != std::string_view::npos;
    };
    constexpr std::size_t longestName = 64; // bytes before the @, as mail has it
    if (Reader name(text.substr(0, std::min(text.size(), at + longestName)), at);
        name.run(isOfName).empty()) {
        return std::nullopt;
    } else {
        reader = Reader(text, name.at());
    }
    if (!reader.takeAny(ats)) {
        return std::nullopt;
    }
    const auto isOfHost = [](char c) { return isLetter(c) || isDigit(c) || c == '-'; };
    if (reader.run(isOfHost).empty()) {
        return std::nullopt;
    }
    Match end;
    for (Reader further = reader; further.takeAny(dots);) {
        const std::string_view label = further.run(isOfHost);
        if (label.empty()) {
            break;
        }
        if (label.size() >= 2 && std::ranges::all_of(label, isLetter)) {
            end = further.at();
        }
    }
    return end;
}

struct DigitGroups
{
    std::vector<std::string_view> groups;
    std::string parts; ///< the first character between each two
    std::size_t digits() const
    {
        return std::accumulate(groups.begin(),
                               groups.end(),
                               std::size_t{0},
                               [](std::size_t sum, std::string_view each) { return sum + each.size(); });
    }
};

/// 2001-02-03, 3.2.2001, 1990-1995, 10 000 000 and 3.14159265 are no phone numbers.
bool isNoPhone(const DigitGroups& found)
{
    const auto& groups = found.groups;
    const auto isYear = [](std::string_view group) {
        return group.size() == 4 && (group.starts_with("1") || group.starts_with("20"));
    };
    const auto isShort = [](std::string_view group) { return group.size() <= 2; };
    const auto isThousand = [](std::string_view group) { return group.size() == 3; };
    const bool isDate =
        groups.size() == 3 && ((isYear(groups[0]) && isShort(groups[1]) && isShort(groups[2])) ||
                               (isShort(groups[0]) && isShort(groups[1]) && isYear(groups[2])));
    const bool areYears = std::ranges::all_of(groups, isYear);
    const bool isLarge = groups.size() > 1 && std::all_of(groups.begin() + 1, groups.end(), isThousand) &&
                         groups[0].size() <= 3 &&
                         std::ranges::all_of(found.parts, [](char c) { return c == ' ' || c == '.'; });
    const bool isDecimal = groups.size() == 2 && found.parts == ".";
    const auto single =
        std::ranges::count_if(groups, [](std::string_view group) { return group.size() == 1; });
    return isDate || areYears || isLarge || isDecimal || single > 1;
}

bool isBookNumber(const DigitGroups& found)
{
    return found.digits() == 13 && !found.groups.empty() &&
           (found.groups[0].starts_with("978") || found.groups[0].starts_with("979"));
}

/// Groups of digits that one or two signs part, from the reader's place to `end`.
DigitGroups groupsAt(Reader reader, std::size_t& end)
{
    DigitGroups found;
    std::size_t digits = 0;
    while (digits <= 15) {
        const std::string_view group = reader.run(isDigit);
        if (group.empty()) {
            break;
        }
        digits += group.size();
        found.groups.push_back(group);
        end = reader.at();
        const std::string_view part =
            reader.run([](char c) { return std::string_view(" .-/()").find(c) != std::string_view::npos; });
        if (part.empty() || part.size() > 2 || !isDigit(reader.peek())) {
            break;
        }
        found.parts += part.front();
    }
    return found;
}

Match bookNumberAt(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    const DigitGroups found = groupsAt(Reader(text, at), end);
    return isBookNumber(found) ? Match(end) : std::nullopt;
}

Match phoneAt(std::string_view text, std::size_t at)
{
    Reader reader(text, at);
    const bool hasPlus = reader.take("+");
    const bool opens = reader.take("(");
    if (opens && hasPlus) {
        return std::nullopt;
    }
    std::size_t end = at;
    const DigitGroups found = groupsAt(reader, end);
    const std::size_t digits = found.digits();
    const bool isLong = digits >= 7 && digits <= 15;
    const bool isGrouped = hasPlus || found.groups.size() > 1;
    const bool endsWord = end >= text.size() || !isLetter(text[end]);
    if (!isLong || !isGrouped || !endsWord || isNoPhone(found)) {
        return std::nullopt;
    }
    return end;
}

Match numberAt(std::string_view text, std::size_t at)
{
    constexpr std::size_t longNumber = 9;
    constexpr std::size_t longCode = 10;
    Reader digits(text, at);
    const std::string_view run = digits.run(isDigit);
    if (run.size() >= longNumber && !isWordByte(digits.peek())) {
        return digits.at();
    }
    Reader code(text, at);
    const std::string_view word = code.run([](char c) { return isCapital(c) || isDigit(c); });
    if (word.size() >= longCode && !isWordByte(code.peek()) && std::ranges::count_if(word, isCapital) >= 3 &&
        std::ranges::count_if(word, isDigit) >= 3) {
        return code.at();
    }
    Reader uuid(text, at);
    for (const std::size_t length : {8U, 4U, 4U, 4U, 12U}) {
        const bool isFirst = length == 8U;
        if (!isFirst && !uuid.take("-")) {
            return std::nullopt;
        }
        const auto isHex = [](char c) { return isDigit(c) || (lower(c) >= 'a' && lower(c) <= 'f'); };
        if (uuid.run(isHex).size() != length) {
            return std::nullopt;
        }
    }
    return uuid.at();
}

/// Up to three capitalised words from the reader on; where they end.
Match capitalisedWords(Reader reader)
{
    Match end;
    for (int word = 0; word < 3 && isCapital(reader.peek()); ++word) {
        (void)reader.run([](char c) {
            return isWordByte(c) || c == '\'' || c == '-' || static_cast<unsigned char>(c) >= 0x80;
        });
        end = reader.at();
        if (!reader.take(" ") && !reader.take(". ")) {
            break;
        }
    }
    return end;
}

struct Name
{
    std::size_t start = 0;
    std::size_t end = 0;
};

/// A name that is announced at `at`.
std::optional<Name> nameAt(std::string_view text, std::size_t at)
{
    constexpr std::array<std::string_view, 15> announcements = {"my name is ",
                                                                "my name's ",
                                                                "mr. ",
                                                                "mr ",
                                                                "mrs. ",
                                                                "mrs ",
                                                                "ms. ",
                                                                "ms ",
                                                                "dr. ",
                                                                "dr ",
                                                                "prof. ",
                                                                "regards, ",
                                                                "regards,\n",
                                                                "sincerely, ",
                                                                "sincerely,\n"};
    Reader reader(text, at);
    if (reader.take("@")) {
        const std::string_view handle =
            reader.run([](char c) { return isLetter(c) || isDigit(c) || c == '_'; });
        return handle.size() >= 2 ? std::optional(Name{at, reader.at()}) : std::nullopt;
    }
    if (reader.takeAny(announcements)) {
        const Match end = capitalisedWords(reader);
        return end ? std::optional(Name{reader.at(), *end}) : std::nullopt;
    }
    constexpr std::array<std::string_view, 4> dashes = {"- ", "-- ", "\u2014 ", "\u2014"};
    if (reader.takeAny(dashes)) {
        const Match end = capitalisedWords(reader);
        return end && *end == text.size() ? std::optional(Name{reader.at(), *end}) : std::nullopt;
    }
    constexpr std::array<std::string_view, 3> called = {"我叫", "名叫", "我的名字是"};
    if (reader.takeAny(called)) {
        const std::size_t start = reader.at();
        for (int character = 0; character < 3 && !reader.takeHan().empty(); ++character) {
        }
        return reader.at() > start ? std::optional(Name{start, reader.at()}) : std::nullopt;
    }
    constexpr std::array<std::string_view, 6> titles = {"先生", "女士", "老师", "小姐", "医生", "太太"};
    constexpr std::array<std::string_view, 9> pronouns = {
        "我", "你", "他", "她", "的", "位", "名", "个", "是"};
    const std::string_view surname = reader.takeHan();
    const bool isSurname = !surname.empty() && std::ranges::find(pronouns, surname) == pronouns.end();
    return isSurname && reader.takeAny(titles) ? std::optional(Name{at, at + surname.size()}) : std::nullopt;
}

/// What starts at one place of a text.
struct Finding
{
    std::size_t start = 0;
    std::size_t end = 0;
    std::string_view mark;
    int Redactions::*count = nullptr;
};

std::optional<Finding> findingAt(std::string_view text, std::size_t at, TextKind kind)
{
    const bool startsWord = at == 0 || !isWordByte(text[at - 1]);
    if (startsWord) {
        if (const Match end = addressAt(text, at)) {
            return Finding{at, *end, "[e-mail]", &Redactions::addresses};
        }
        if (const Match end = phoneAt(text, at)) {
            return Finding{at, *end, "[phone]", &Redactions::phones};
        }
        if (const Match end = numberAt(text, at)) {
            return Finding{at, *end, "[number]", &Redactions::numbers};
        }
    }
    const bool mayName = startsWord || static_cast<unsigned char>(text[at]) >= 0x80 || text[at] == '@';
    if (kind == TextKind::WrittenByPeople && mayName) {
        if (const std::optional<Name> name = nameAt(text, at)) {
            return Finding{name->start, name->end, "[name]", &Redactions::names};
        }
    }
    return std::nullopt;
}

} // namespace

std::string redacted(std::string_view text, TextKind kind, Redactions& found)
{
    std::string kept;
    kept.reserve(text.size());
    std::size_t at = 0;
    while (at < text.size()) {
        const bool startsWord = at == 0 || !isWordByte(text[at - 1]);
        if (const Match book = startsWord ? bookNumberAt(text, at) : std::nullopt) {
            kept += text.substr(at, *book - at);
            at = *book;
            continue;
        }
        const std::optional<Finding> finding = findingAt(text, at, kind);
        if (!finding) {
            kept += text[at++];
            continue;
        }
        kept.append(text.substr(at, finding->start - at)).append(finding->mark);
        ++(found.*finding->count);
        at = finding->end;
    }
    return kept;
}

bool isWrittenByPeople(std::string_view field)
{
    constexpr std::array<std::string_view, 12> words = {"review",
                                                        "comment",
                                                        "feedback",
                                                        "opinion",
                                                        "remark",
                                                        "diary",
                                                        "评论",
                                                        "短评",
                                                        "点评",
                                                        "影评",
                                                        "书评",
                                                        "留言"};
    std::string name(field);
    std::ranges::transform(name, name.begin(), lower);
    return std::ranges::any_of(words,
                               [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

ItemText redacted(ItemText item, Redactions& found)
{
    item.title = redacted(item.title, TextKind::Catalogue, found);
    for (auto& [name, value] : item.fields) {
        value =
            redacted(value, isWrittenByPeople(name) ? TextKind::WrittenByPeople : TextKind::Catalogue, found);
        name = redacted(name, TextKind::Catalogue, found); // of a history: what was taken
    }
    return item;
}

} // namespace transept
