#include "core/text/TextDiff.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

namespace transept {
namespace {

constexpr std::size_t mostPairs = 20'000'000;

using Words = std::span<const std::string_view>;

bool isSpace(char each)
{
    return each == ' ' || each == '\n' || each == '\t' || each == '\r';
}

/// Of a letter, a digit, or a character beyond ASCII.
bool isOfWord(char each)
{
    const auto byte = static_cast<unsigned char>(each);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z');
}

/// Words, blanks and signs: each run of letters, every other character alone.
std::vector<std::string_view> wordsIn(std::string_view text)
{
    std::vector<std::string_view> words;
    for (std::size_t start = 0; start < text.size();) {
        std::size_t end = start + 1;
        while (end < text.size() && isOfWord(text[start]) && isOfWord(text[end])) {
            ++end;
        }
        words.push_back(text.substr(start, end - start));
        start = end;
    }
    return words;
}

void add(std::vector<TextChange>& changes, TextChange::Kind kind, Words words)
{
    for (const std::string_view word : words) {
        if (changes.empty() || changes.back().kind != kind) {
            changes.push_back({.kind = kind, .text = {}});
        }
        changes.back().text += word;
    }
}

/// The lengths of the longest common subsequences of all ends: lengths[i][j] of before[i ...] and after[j
/// ...].
class CommonLengths
{
public:
    CommonLengths(Words before, Words after)
        : m_width(after.size() + 1)
        , m_lengths((before.size() + 1) * m_width)
    {
        for (std::size_t i = before.size(); i-- > 0;) {
            for (std::size_t j = after.size(); j-- > 0;) {
                m_lengths[i * m_width + j] =
                    before[i] == after[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
            }
        }
    }
    std::uint32_t at(std::size_t i, std::size_t j) const { return m_lengths[i * m_width + j]; }

private:
    std::size_t m_width;
    std::vector<std::uint32_t> m_lengths;
};

void addMiddle(std::vector<TextChange>& changes, Words before, Words after)
{
    using Kind = TextChange::Kind;
    if (before.size() * after.size() > mostPairs) {
        add(changes, Kind::Removed, before);
        add(changes, Kind::Added, after);
        return;
    }
    const CommonLengths common(before, after);
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < before.size() || j < after.size()) {
        const std::size_t firstOld = i;
        const std::size_t firstNew = j;
        while ((i < before.size() || j < after.size()) &&
               !(i < before.size() && j < after.size() && before[i] == after[j])) {
            const bool drops =
                j == after.size() || (i < before.size() && common.at(i + 1, j) >= common.at(i, j + 1));
            i += drops ? 1 : 0;
            j += drops ? 0 : 1;
        }
        add(changes, Kind::Removed, before.subspan(firstOld, i - firstOld));
        add(changes, Kind::Added, after.subspan(firstNew, j - firstNew));
        while (i < before.size() && j < after.size() && before[i] == after[j]) {
            add(changes, Kind::Same, before.subspan(i, 1));
            ++i;
            ++j;
        }
    }
}

/// Joins changes that blanks alone part: "a b" in the place of "c d" is one change, not two.
std::vector<TextChange> joined(std::vector<TextChange> changes)
{
    using Kind = TextChange::Kind;
    std::vector<TextChange> all;
    std::string removed;
    std::string added;
    const auto flush = [&] {
        if (!removed.empty()) {
            all.push_back({Kind::Removed, std::exchange(removed, {})});
        }
        if (!added.empty()) {
            all.push_back({Kind::Added, std::exchange(added, {})});
        }
    };
    for (std::size_t at = 0; at < changes.size(); ++at) {
        TextChange& change = changes[at];
        const bool isBetween = change.kind == Kind::Same && !removed.empty() && !added.empty() &&
                               at + 2 < changes.size() && changes[at + 1].kind == Kind::Removed &&
                               changes[at + 2].kind == Kind::Added &&
                               std::ranges::all_of(change.text, isSpace);
        if (isBetween) {
            removed += change.text;
            added += change.text;
        } else if (change.kind == Kind::Same) {
            flush();
            all.push_back(std::move(change));
        } else {
            (change.kind == Kind::Removed ? removed : added) += change.text;
        }
    }
    flush();
    return all;
}

} // namespace

std::vector<TextChange> textDiff(std::string_view before, std::string_view after)
{
    using Kind = TextChange::Kind;
    const std::vector<std::string_view> old = wordsIn(before);
    const std::vector<std::string_view> now = wordsIn(after);
    const std::size_t shorter = std::min(old.size(), now.size());
    std::size_t start = 0;
    while (start < shorter && old[start] == now[start]) {
        ++start;
    }
    std::size_t end = 0;
    while (end < shorter - start && old[old.size() - 1 - end] == now[now.size() - 1 - end]) {
        ++end;
    }
    std::vector<TextChange> changes;
    const Words oldWords(old);
    const Words newWords(now);
    add(changes, Kind::Same, oldWords.first(start));
    addMiddle(changes,
              oldWords.subspan(start, old.size() - start - end),
              newWords.subspan(start, now.size() - start - end));
    add(changes, Kind::Same, oldWords.last(end));
    return joined(std::move(changes));
}

} // namespace transept
