#include "core/text/Corpus.h"

#include "core/base/Parallel.h"

namespace transept {
namespace {

/// The words of a document that are terms, in their order.
std::vector<Token> termsOf(std::span<const Token> document,
                           std::span<const std::uint32_t> stemOf,
                           const Vocabulary& vocabulary)
{
    std::vector<Token> terms;
    for (const Token& token : document) {
        const std::uint32_t stem = token.word == breakWord ? noStem : stemOf[token.word];
        if (const auto term = vocabulary.termOfStem(stem)) {
            terms.push_back({*term, token.weight});
        }
    }
    return terms;
}

void append(const std::vector<Token>& document, TermSequences& sequences)
{
    sequences.tokens.insert(sequences.tokens.end(), document.begin(), document.end());
    sequences.starts.push_back(sequences.tokens.size());
}

TermSequences sequencesOf(const Tokens& tokens, const Vocabulary& vocabulary)
{
    TermSequences sequences;
    sequences.starts.reserve(tokens.starts.size());
    for (std::size_t at = 0; at < tokens.documentCount(); ++at) {
        append(termsOf(tokens.document(at), tokens.stemOf, vocabulary), sequences);
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

Status forEachText(const Vocabulary& vocabulary,
                   std::size_t count,
                   const JobContext& context,
                   const std::function<void(Segmenter&, const StemRule&, std::size_t)>& read)
{
    constexpr std::size_t blockSize = 128;
    std::vector<Status> blocks((count + blockSize - 1) / blockSize);
    forEachBlock(count, blockSize, [&](std::size_t block, std::size_t first, std::size_t last) {
        Result<Segmenter> segmenter = Segmenter::create();
        const StemRule rule = vocabulary.ruleOfThread();
        blocks[block] = segmenter ? context.checkpoint() : passOn(segmenter);
        for (std::size_t at = first; blocks[block] && at < last; ++at) {
            read(*segmenter, rule, at);
        }
    });
    const auto failed = std::ranges::find_if(blocks, [](const Status& status) { return !status; });
    return failed == blocks.end() ? Status() : *failed;
}

Result<Corpus> weighedBy(Vocabulary vocabulary,
                         std::span<const Document> documents,
                         const JobContext& context,
                         Keep keep)
{
    Corpus corpus{std::move(vocabulary), std::vector<SparseVector>(documents.size()), {}};
    std::vector<std::vector<Token>> sequences(keep == Keep::RowsAndSequences ? documents.size() : 0);
    const auto weigh = [&](Segmenter& segmenter, const StemRule& rule, std::size_t at) {
        const Vocabulary::Reading reading = corpus.vocabulary.read(segmenter, rule, documents[at]);
        corpus.rows[at] = corpus.vocabulary.weigh(reading.tokens, reading.stemOf);
        if (keep == Keep::RowsAndSequences) {
            sequences[at] = termsOf(reading.tokens, reading.stemOf, corpus.vocabulary);
        }
    };
    if (const Status weighed = forEachText(corpus.vocabulary, documents.size(), context, weigh); !weighed) {
        return passOn(weighed);
    }
    for (const std::vector<Token>& sequence : sequences) {
        append(sequence, corpus.sequences);
    }
    return corpus;
}

} // namespace transept
