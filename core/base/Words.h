#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace transept {

/// The candidate that a mistyped word most probably meant: the least edit distance, at most a third of its
/// length.
std::optional<std::string> nearestWord(std::string_view word, const std::vector<std::string>& candidates);

/// Joined by ", ".
std::string listed(const std::vector<std::string>& words);

/// The number that the whole text spells in the C locale, finite; nothing when it spells none.
std::optional<double> parseReal(std::string_view text);
std::optional<long long> parseInteger(std::string_view text);

/// Without blanks, tabs and line ends at both ends.
std::string_view trimmed(std::string_view text);

} // namespace transept
