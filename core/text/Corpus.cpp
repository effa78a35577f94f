#include "core/text/Corpus.h"

#include "core/base/Parallel.h"

namespace transept {

Result<Corpus> buildCorpus(std::span<const Document> documents,
                           const VocabularyOptions& options,
                           const JobContext& context)
{
    const Result<Tokens> tokens = tokensOf(documents, options.words, context);
    if (!tokens) {
        return passOn(tokens);
    }
    Result<Vocabulary> vocabulary = Vocabulary::of(*tokens, options, context);
    if (!vocabulary) {
        return passOn(vocabulary);
    }
    Corpus corpus{std::move(*vocabulary), std::vector<SparseVector>(documents.size())};
    forEachBlock(documents.size(), 256, [&](std::size_t, std::size_t first, std::size_t last) {
        if (!context.checkpoint()) {
            return;
        }
        for (std::size_t at = first; at < last; ++at) {
            corpus.rows[at] = corpus.vocabulary.weigh(tokens->document(at), tokens->stemOf);
        }
    });
    if (const Status goOn = context.checkpoint(); !goOn) {
        return passOn(goOn);
    }
    return corpus;
}

} // namespace transept
