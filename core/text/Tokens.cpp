#include "core/text/Tokens.h"

#include "core/base/Parallel.h"
#include "core/text/StopWords.h"

#include <optional>

namespace transept {
namespace {

constexpr std::size_t blockSize = 128; ///< documents; a few milliseconds

/// The documents of one block with numbers of their own.
struct TokenBlock
{
    std::vector<std::string> words;
    std::vector<std::vector<Token>> documents;
    Status status;
};

class BlockReader
{
public:
    BlockReader(Segmenter& segmenter, TokenBlock& block) : m_segmenter(segmenter), m_block(block) {}

    void read(const Document& document)
    {
        std::vector<Token>& tokens = m_block.documents.emplace_back();
        for (const TextPart& part : document) {
            for (Word& word : m_segmenter.words(part.text)) {
                if (word.afterBreak || word.isNumber) {
                    tokens.push_back({breakWord, 0.0F});
                }
                const bool isNumber = word.isNumber;
                tokens.push_back({numberOf(std::move(word.text)), part.weight});
                if (isNumber) { // counts as a term, but "12 ounces" is no phrase
                    tokens.push_back({breakWord, 0.0F});
                }
            }
        }
    }

private:
    std::uint32_t numberOf(std::string word)
    {
        const auto [entry, isNew] =
            m_numbers.try_emplace(std::move(word), static_cast<std::uint32_t>(m_block.words.size()));
        if (isNew) {
            m_block.words.push_back(entry->first);
        }
        return entry->second;
    }

    Segmenter& m_segmenter;
    TokenBlock& m_block;
    std::unordered_map<std::string, std::uint32_t> m_numbers;
};

std::vector<TokenBlock> readBlocks(std::span<const Document> documents, const JobContext& context)
{
    std::vector<TokenBlock> blocks((documents.size() + blockSize - 1) / blockSize);
    forEachBlock(documents.size(), blockSize, [&](std::size_t block, std::size_t first, std::size_t last) {
        TokenBlock& mine = blocks[block];
        mine.status = context.checkpoint();
        if (!mine.status) {
            return;
        }
        Result<Segmenter> segmenter = Segmenter::create();
        if (!segmenter) {
            mine.status = passOn(segmenter);
            return;
        }
        BlockReader reader(*segmenter, mine);
        for (std::size_t at = first; at < last; ++at) {
            reader.read(documents[at]);
        }
    });
    return blocks;
}

/// Gives the words of all blocks common numbers, in block order.
class Merger
{
public:
    explicit Merger(Tokens& tokens, bool stemEnglish) : m_tokens(tokens), m_rule(stemEnglish) {}

    void add(TokenBlock& block)
    {
        std::vector<std::uint32_t> common(block.words.size());
        for (std::size_t word = 0; word < block.words.size(); ++word) {
            common[word] = numberOf(std::move(block.words[word]));
        }
        for (std::vector<Token>& document : block.documents) {
            for (Token& token : document) {
                token.word = token.word == breakWord ? breakWord : common[token.word];
            }
            m_tokens.documents.push_back(std::move(document));
        }
    }

private:
    std::uint32_t numberOf(std::string word)
    {
        const auto [entry, isNew] =
            m_numbers.try_emplace(std::move(word), static_cast<std::uint32_t>(m_tokens.words.size()));
        if (isNew) {
            m_tokens.words.push_back(entry->first);
            m_tokens.stemOf.push_back(stemNumberOf(entry->first));
        }
        return entry->second;
    }

    std::uint32_t stemNumberOf(const std::string& word)
    {
        std::string stem = m_rule.stemOf(word);
        if (stem.empty()) {
            return noStem;
        }
        const auto [entry, isNew] = m_tokens.stemNumbers.try_emplace(
            std::move(stem), static_cast<std::uint32_t>(m_tokens.stems.size()));
        if (isNew) {
            m_tokens.stems.push_back(entry->first);
        }
        return entry->second;
    }

    Tokens& m_tokens;
    StemRule m_rule;
    std::unordered_map<std::string, std::uint32_t> m_numbers;
};

} // namespace

std::string StemRule::stemOf(std::string_view word) const
{
    if (word.size() < 2 || isStopWord(word)) {
        return {};
    }
    std::string bare = withoutAccents(word);
    if (bare.ends_with("'s")) {
        bare.resize(bare.size() - 2);
    }
    return m_stemEnglish ? m_stemmer.stem(bare) : bare;
}

Result<Tokens> tokensOf(std::span<const Document> documents, bool stemEnglish, const JobContext& context)
{
    std::vector<TokenBlock> blocks = readBlocks(documents, context);
    Tokens tokens;
    tokens.documents.reserve(documents.size());
    Merger merger(tokens, stemEnglish);
    for (TokenBlock& block : blocks) {
        if (!block.status) {
            return passOn(block.status);
        }
        if (const Status goOn = context.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        merger.add(block);
    }
    return tokens;
}

} // namespace transept
