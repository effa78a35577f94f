#pragma once

#include "core/base/Result.h"

#include <string>
#include <vector>

namespace transept {

class Workspace;
struct Extraction;
struct WeighedTexts;

/// What one step of the way from a text to its terms leaves, for people: words, lines, or terms with numbers.
struct TextStep
{
    std::string name; ///< English, TRANSLATABLE("methods", ...)
    std::vector<std::string> parts;
    bool areLines = false; ///< each is a line; else they may stand side by side
};

/// What cleaning, language, segmentation, stop words, stems, phrases and weights make of the text of one item
/// (its place among the texts), in this order; the weights by falling size.
Result<std::vector<TextStep>> textSteps(const Workspace& workspace,
                                        const Extraction& extraction,
                                        const WeighedTexts& weighed,
                                        std::size_t item);

} // namespace transept
