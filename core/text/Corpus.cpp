#include "core/text/Corpus.h"

#include "core/base/Parallel.h"

namespace transept {
namespace {

TermSequences sequencesOf(const Tokens& tokens, const Vocabulary& vocabulary)
{
    TermSequences sequences;
    sequences.starts.reserve(tokens.starts.size());
    for (std::size_t at = 0; at < tokens.documentCount(); ++at) {
        for (const Token& token : tokens.document(at)) {
            const std::uint32_t stem = token.word == breakWord ? noStem : tokens.stemOf[token.word];
            if (const auto term = vocabulary.termOfStem(stem)) {
                sequences.tokens.push_back({*term, token.weight});
            }
        }
        sequences.starts.push_back(sequences.tokens.size());
    }
    return sequences;
}

} // namespace

Result<Corpus> buildCorpus(std::span<const Document> documents,
                           const VocabularyOptions& options,
                           const JobContext& context,
                           Keep keep)
{
    const Result<Tokens> tokens = tokensOf(documents, options.words, context);
    if (!tokens) {
        return passOn(tokens);
    }
    Result<Vocabulary> vocabulary = Vocabulary::of(*tokens, options, context);
    if (!vocabulary) {
        return passOn(vocabulary);
    }
    Corpus corpus{std::move(*vocabulary), std::vector<SparseVector>(documents.size()), {}};
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
    if (keep == Keep::RowsAndSequences) {
        corpus.sequences = sequencesOf(*tokens, corpus.vocabulary);
    }
    return corpus;
}

} // namespace transept
