#pragma once

#include <string_view>

namespace transept {

/// True for words that say nothing about what a text is about: English function words and the most common
/// Chinese ones. The word is expected as Segmenter gives it.
bool isStopWord(std::string_view word);

} // namespace transept
