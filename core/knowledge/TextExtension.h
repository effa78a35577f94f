#pragma once

#include "core/knowledge/ItemTexts.h"
#include "core/knowledge/LexicalTexts.h"

#include <memory>

namespace transept {

/// The space that an extractor stored, made again.
using RestoreSpace = Result<std::unique_ptr<TextSpace>> (*)(const StoredTextSpace&, const Vocabulary&);

template<typename Space>
Result<std::unique_ptr<TextSpace>> restoreSpace(const StoredTextSpace& stored, const Vocabulary& vocabulary)
{
    Result<Space> space = Space::restore(stored, vocabulary);
    return space ? Result<std::unique_ptr<TextSpace>>(std::make_unique<Space>(std::move(*space)))
                 : passOn(space);
}

/// Extracts from the items that came after `extraction.after` and have no facts: their words weigh what they
/// weigh in the vocabulary that is stored, and they lie where its basis puts them. What is there already
/// stays as it is, to the last bit.
Result<ExtractionReport> extendTexts(Workspace& workspace,
                                     const Extraction& extraction,
                                     KnowledgeId id,
                                     RestoreSpace restore,
                                     Keep keep,
                                     const JobContext& context);

} // namespace transept
