#pragma once

#include <string>
#include <vector>

namespace transept {

/// A piece of an item's text; each of its words counts `weight` times.
struct TextPart
{
    std::string text;
    float weight = 1.0F;
};
using Document = std::vector<TextPart>;

} // namespace transept
