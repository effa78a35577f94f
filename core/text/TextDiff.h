#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace transept {

/// A stretch of two texts: in both, in the old one alone, or in the new one alone.
struct TextChange
{
    enum class Kind { Same, Removed, Added };
    Kind kind = Kind::Same;
    std::string text;

    bool operator==(const TextChange&) const = default;
};

/// What makes the new text of the old one, word by word, by a longest common subsequence. Where something was
/// replaced, what was removed stands before what was added. The stretches that are not Added make the old
/// text, those that are not Removed the new one. Beyond 20 million pairs of words that differ, all between
/// the common beginning and end counts as replaced.
std::vector<TextChange> textDiff(std::string_view before, std::string_view after);

} // namespace transept
