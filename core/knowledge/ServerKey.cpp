#include "core/knowledge/ServerKey.h"

#include "core/knowledge/Extractor.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <mutex>

namespace transept {
namespace {

std::mutex sourceMutex;
std::shared_ptr<const KeySource> source;

} // namespace

void setKeySource(std::shared_ptr<const KeySource> newSource)
{
    const std::lock_guard lock(sourceMutex);
    source = std::move(newSource);
}

std::optional<std::string> serverKey(const std::string& environmentVariable, const std::string& server)
{
    if (!environmentVariable.empty()) {
        const char* value =
            std::getenv(environmentVariable.c_str()); // NOLINT(concurrency-mt-unsafe): nobody writes it
        if (value != nullptr && *value != '\0') {
            return value;
        }
    }
    std::shared_ptr<const KeySource> present;
    {
        const std::lock_guard lock(sourceMutex);
        present = source;
    }
    return present ? present->key(environmentVariable, server) : std::nullopt;
}

namespace {

constexpr std::size_t shortestKey = 8; // bytes
constexpr std::string_view inItsPlace = "[key]";

/// The character that "u0041" stands for; nothing when it is no such thing, or none of ASCII.
std::optional<char> escapedCharacter(std::string_view text)
{
    unsigned code = 0;
    const bool isCode = text.size() >= 5 && text.front() == 'u' &&
                        std::from_chars(text.data() + 1, text.data() + 5, code, 16).ptr == text.data() + 5;
    return isCode && code < 0x80 ? std::optional(static_cast<char>(code)) : std::nullopt;
}

} // namespace

KeyMask::KeyMask(const std::optional<std::string>& key)
    : m_key(key && key->size() >= shortestKey ? *key : std::string())
{
}

/// Any number of backslashes may stand before a character, for a reply may hold JSON within JSON.
KeyMask::Match KeyMask::matchAt(std::string_view text, std::size_t start) const
{
    std::size_t at = start;
    std::size_t fits = 0;
    for (const char wanted : m_key) {
        const std::size_t first = std::min(text.find_first_not_of('\\', at), text.size());
        if (first == text.size()) {
            return {.reachesEnd = true, .fits = fits};
        }
        const bool isEscaped = first > at;
        if (isEscaped && escapedCharacter(text.substr(first)) == wanted) {
            at = first + 5;
        } else if (text[first] == wanted) {
            at = first + 1;
        } else {
            return {.reachesEnd = isEscaped && text[first] == 'u' && text.size() - first < 5, .fits = fits};
        }
        ++fits;
    }
    return {.isWhole = true, .end = at, .fits = fits};
}

/// The next place where the key may stand, of a run of backslashes only the first.
std::size_t KeyMask::candidate(std::string_view text, std::size_t from) const
{
    const char starts[] = {m_key.front(), '\\'};
    std::size_t at = text.find_first_of(std::string_view(starts, 2), from);
    while (at != std::string_view::npos && at > 0 && text[at] == '\\' && text[at - 1] == '\\') {
        at = text.find_first_not_of('\\', at);
        at = at == std::string_view::npos ? at : text.find_first_of(std::string_view(starts, 2), at);
    }
    return at;
}

std::string KeyMask::masked(std::string text) const
{
    if (m_key.empty()) {
        return text;
    }
    std::string clean;
    std::size_t taken = 0;
    for (std::size_t at = candidate(text, 0); at != std::string::npos;) {
        const Match match = matchAt(text, at);
        if (match.isWhole) {
            clean.append(text, taken, at - taken).append(inItsPlace);
            taken = match.end;
        }
        at = candidate(text, match.isWhole ? match.end : at + 1);
    }
    return taken == 0 ? std::move(text) : clean.append(text, taken);
}

std::string KeyMask::maskedEnd(std::string text) const
{
    const Match match = m_key.empty() ? Match{} : matchAt(text, 0);
    return match.reachesEnd && match.fits >= shortestKey ? std::string(inItsPlace) : std::move(text);
}

std::size_t KeyMask::startIn(std::string_view text) const
{
    if (m_key.empty()) {
        return text.size();
    }
    constexpr std::size_t longestEscape = 8; // \\\u0041
    const std::size_t most = longestEscape * m_key.size();
    std::size_t at = candidate(text, text.size() - std::min(text.size(), most));
    while (at != std::string_view::npos && !matchAt(text, at).reachesEnd) {
        at = candidate(text, at + 1);
    }
    return std::min(at, text.size());
}

} // namespace transept
