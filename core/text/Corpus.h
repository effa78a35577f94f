#pragma once

#include "core/text/Vocabulary.h"

namespace transept {

/// A collection of documents as TF-IDF rows.
struct Corpus
{
    Vocabulary vocabulary;
    std::vector<SparseVector> rows; ///< one a document, of length 1; empty for a document without terms
};

/// The same documents and options give the same corpus to the last bit, for any number of threads.
Result<Corpus> buildCorpus(std::span<const Document> documents,
                           const VocabularyOptions& options,
                           const JobContext& context);

} // namespace transept
