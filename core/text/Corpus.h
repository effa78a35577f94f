#pragma once

#include "core/text/Vocabulary.h"

#include <functional>

namespace transept {

/// The words of documents that are terms, in their order: `word` is the number of the term.
struct TermSequences
{
    std::vector<Token> tokens;
    std::vector<std::size_t> starts{0};

    std::size_t documentCount() const noexcept { return starts.size() - 1; }
    std::span<const Token> document(std::size_t at) const noexcept
    {
        return {tokens.data() + starts[at], starts[at + 1] - starts[at]};
    }
};

/// A collection of documents as rows of weighted terms.
struct Corpus
{
    Vocabulary vocabulary;
    std::vector<SparseVector> rows; ///< one a document, of length 1; empty for a document without terms
    TermSequences sequences;        ///< of no document, unless asked for
};

enum class Keep { Rows, RowsAndSequences };

/// The same documents and options give the same corpus to the last bit, for any number of threads.
Result<Corpus> buildCorpus(std::span<const Document> documents,
                           const VocabularyOptions& options,
                           const JobContext& context,
                           Keep keep = Keep::Rows);

/// Reads texts 0 ... count - 1 on several threads: calls `read` for each with a segmenter and a rule of the
/// vocabulary that are the thread's own.
Status forEachText(const Vocabulary& vocabulary,
                   std::size_t count,
                   const JobContext& context,
                   const std::function<void(Segmenter&, const StemRule&, std::size_t)>& read);

/// Further documents by the vocabulary of others, which stays as it is; likewise.
Result<Corpus> weighedBy(Vocabulary vocabulary,
                         std::span<const Document> documents,
                         const JobContext& context,
                         Keep keep = Keep::Rows);

} // namespace transept
