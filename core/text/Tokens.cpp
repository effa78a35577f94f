#include "core/text/Tokens.h"

#include "core/base/Parallel.h"

namespace transept {
namespace {

constexpr std::size_t blockSize = 128;   ///< documents; a few milliseconds
constexpr std::size_t blocksAtOnce = 64; ///< split before they are merged, so that few wait in memory

/// The documents of one block with numbers of their own.
struct TokenBlock
{
    std::vector<std::string> words;
    std::vector<std::uint8_t> languages; ///< by word
    std::vector<Token> tokens;
    std::vector<std::size_t> ends; ///< of the documents
    Status status;
};

/// Words of the collection's main language are their own keys.
std::string keyOf(std::string word, std::uint8_t language)
{
    if (language > 0) {
        word += '\0';
        word += static_cast<char>(language);
    }
    return word;
}

std::string wordOf(const std::string& key, std::uint8_t language)
{
    return language > 0 ? key.substr(0, key.size() - 2) : key;
}

class BlockReader
{
public:
    BlockReader(Segmenter& segmenter, TokenBlock& block) : m_segmenter(segmenter), m_block(block) {}

    void read(const Document& document, std::uint8_t language)
    {
        for (const TextPart& part : document) {
            forEachWord(
                m_segmenter,
                part.text,
                [&](std::string&& word) {
                    m_block.tokens.push_back({numberOf(std::move(word), language), part.weight});
                },
                [&] {
                    m_block.tokens.push_back({breakWord, 0.0F});
                });
        }
        m_block.ends.push_back(m_block.tokens.size());
    }

private:
    std::uint32_t numberOf(std::string&& word, std::uint8_t language)
    {
        const auto [entry, isNew] = m_numbers.try_emplace(keyOf(std::move(word), language),
                                                          static_cast<std::uint32_t>(m_block.words.size()));
        if (isNew) {
            m_block.words.push_back(entry->first);
            m_block.languages.push_back(language);
        }
        return entry->second;
    }

    Segmenter& m_segmenter;
    TokenBlock& m_block;
    std::unordered_map<std::string, std::uint32_t> m_numbers;
};

std::vector<TokenBlock> readBlocks(std::span<const Document> documents,
                                   const LanguageRule& languages,
                                   const JobContext& context)
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
            reader.read(documents[at], languages.of(documents[at]));
        }
    });
    return blocks;
}

/// Gives the words of all blocks common numbers, in block order.
class Merger
{
public:
    Merger(Tokens& tokens, const WordOptions& options)
        : m_tokens(tokens)
        , m_rule(options, tokens.languages.stemmers())
    {
    }

    void add(const TokenBlock& block)
    {
        std::vector<std::uint32_t> common(block.words.size());
        for (std::size_t word = 0; word < block.words.size(); ++word) {
            common[word] = numberOf(block.words[word], block.languages[word]);
        }
        const std::size_t before = m_tokens.tokens.size();
        for (const Token& token : block.tokens) {
            m_tokens.tokens.push_back(
                {token.word == breakWord ? breakWord : common[token.word], token.weight});
        }
        for (const std::size_t end : block.ends) {
            m_tokens.starts.push_back(before + end);
        }
    }

private:
    std::uint32_t numberOf(const std::string& key, std::uint8_t language)
    {
        const auto [entry, isNew] =
            m_numbers.try_emplace(key, static_cast<std::uint32_t>(m_tokens.words.size()));
        if (isNew) {
            m_tokens.words.push_back(wordOf(key, language));
            m_tokens.stemOf.push_back(stemNumberOf(m_tokens.words.back(), language));
        }
        return entry->second;
    }

    std::uint32_t stemNumberOf(const std::string& word, std::uint8_t language)
    {
        std::string stem = m_rule.stemOf(word, language);
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

Result<Tokens> tokensOf(std::span<const Document> documents,
                        const WordOptions& options,
                        const JobContext& context)
{
    Result<LanguageRule> languages = options.language == "auto" ? LanguageRule::detected(documents, context)
                                                                : LanguageRule(options.language);
    if (!languages) {
        return passOn(languages);
    }
    Tokens tokens;
    tokens.languages = std::move(*languages);
    tokens.starts.reserve(documents.size() + 1);
    Merger merger(tokens, options);
    constexpr std::size_t step = blockSize * blocksAtOnce;
    for (std::size_t first = 0; first < documents.size(); first += step) {
        const auto some = documents.subspan(first, std::min(step, documents.size() - first));
        for (const TokenBlock& block : readBlocks(some, tokens.languages, context)) {
            if (!block.status) {
                return passOn(block.status);
            }
            merger.add(block);
        }
        if (const Status goOn = context.checkpoint(); !goOn) {
            return passOn(goOn);
        }
    }
    return tokens;
}

} // namespace transept
