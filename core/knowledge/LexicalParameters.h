#pragma once

#include "core/base/Parameter.h"
#include "core/text/Vocabulary.h"

namespace transept {

/// Which words and phrases become terms, and what they weigh.
std::vector<Parameter> termParameters();

/// How many topics an item shows and what its title counts.
std::vector<Parameter> facetParameters();

VocabularyOptions vocabularyOptions(const Parameters& settings);

} // namespace transept
