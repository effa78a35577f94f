#include "core/text/Phrases.h"

#include <cmath>

namespace transept {
namespace {

std::uint64_t keyOf(std::uint32_t high, std::uint32_t low)
{
    return (std::uint64_t{high} << 32U) | low;
}

struct Count
{
    Phrase phrase;
    std::size_t lastDocument = 0;
    std::size_t firstDocument = 0;
    std::size_t firstToken = 0;
    std::size_t lastToken = 0;
};

/// Counts documents by phrase; `counts` keeps the order of first appearance.
class Counter
{
public:
    void add(
        std::uint64_t key, const Phrase& phrase, std::size_t document, std::size_t first, std::size_t last)
    {
        const auto [entry, isNew] = m_places.try_emplace(key, counts.size());
        if (isNew) {
            counts.push_back({phrase, document, document, first, last});
            counts.back().phrase.documents = 1;
            return;
        }
        Count& count = counts[entry->second];
        if (count.lastDocument != document) {
            count.lastDocument = document;
            ++count.phrase.documents;
        }
    }

    std::vector<Count> counts;

private:
    std::unordered_map<std::uint64_t, std::size_t> m_places;
};

double association(std::int64_t together, std::int64_t first, std::int64_t second, std::size_t documents)
{
    const auto all = static_cast<double>(documents);
    const double share = static_cast<double>(together) / all;
    const double byChance = static_cast<double>(first) / all * static_cast<double>(second) / all;
    return share < 1.0 ? std::log(share / byChance) / -std::log(share) : 1.0;
}

std::string shownAs(const Tokens& tokens, const Count& count)
{
    std::string shown;
    for (std::size_t at = count.firstToken; at <= count.lastToken; ++at) {
        const std::string& word = tokens.words[tokens.documents[count.firstDocument][at].word];
        if (!shown.empty() && !isWrittenWithoutBlanks(word)) {
            shown += ' ';
        }
        shown += word;
    }
    return shown;
}

Status countPairs(const Tokens& tokens,
                  std::span<const std::int64_t> stemDocuments,
                  const PhraseOptions& options,
                  const JobContext& context,
                  Counter& pairs)
{
    const auto isFrequent = [&](std::uint32_t stem) { return stemDocuments[stem] >= options.minDocuments; };
    for (std::size_t document = 0; document < tokens.documents.size(); ++document) {
        if (document % 256 == 0) {
            if (const Status goOn = context.checkpoint(); !goOn) {
                return passOn(goOn);
            }
        }
        forEachTerm(
            tokens.documents[document],
            tokens.stemOf,
            [](std::uint32_t, float) {},
            [&](std::uint32_t a, std::uint32_t b, std::size_t first, std::size_t last) {
                if (a != b && isFrequent(a) && isFrequent(b)) {
                    pairs.add(keyOf(a, b), {.stems = {a, b, noStem}}, document, first, last);
                }
            },
            [](std::uint32_t, std::uint32_t, std::uint32_t, std::size_t, std::size_t) {});
    }
    return {};
}

Status countTriples(const Tokens& tokens,
                    const PhraseIndex& pairs,
                    const JobContext& context,
                    Counter& triples)
{
    for (std::size_t document = 0; document < tokens.documents.size(); ++document) {
        if (document % 256 == 0) {
            if (const Status goOn = context.checkpoint(); !goOn) {
                return passOn(goOn);
            }
        }
        forEachTerm(
            tokens.documents[document],
            tokens.stemOf,
            [](std::uint32_t, float) {},
            [](std::uint32_t, std::uint32_t, std::size_t, std::size_t) {},
            [&](std::uint32_t a, std::uint32_t b, std::uint32_t c, std::size_t first, std::size_t last) {
                const std::uint32_t head = pairs.find(a, b);
                if (a != c && head != PhraseIndex::none && pairs.find(b, c) != PhraseIndex::none) {
                    triples.add(keyOf(head, c), {.stems = {a, b, c}}, document, first, last);
                }
            });
    }
    return {};
}

} // namespace

Result<std::vector<Phrase>> findPhrases(const Tokens& tokens,
                                        std::span<const std::int64_t> stemDocuments,
                                        const PhraseOptions& options,
                                        const JobContext& context)
{
    std::vector<Phrase> phrases;
    const auto keep = [&](Count& count) {
        count.phrase.shown = shownAs(tokens, count);
        phrases.push_back(std::move(count.phrase));
    };
    Counter pairs;
    if (const Status counted = countPairs(tokens, stemDocuments, options, context, pairs); !counted) {
        return passOn(counted);
    }
    for (Count& count : pairs.counts) {
        const auto& [a, b, none] = count.phrase.stems;
        const std::int64_t together = count.phrase.documents;
        if (together >= options.minDocuments &&
            association(together, stemDocuments[a], stemDocuments[b], tokens.documents.size()) >=
                options.minAssociation) {
            keep(count);
        }
    }
    Counter triples;
    if (const Status counted = countTriples(tokens, PhraseIndex(phrases), context, triples); !counted) {
        return passOn(counted);
    }
    for (Count& count : triples.counts) {
        if (count.phrase.documents >= options.minDocuments) {
            keep(count);
        }
    }
    return phrases;
}

PhraseIndex::PhraseIndex(std::span<const Phrase> phrases)
{
    for (std::uint32_t number = 0; number < phrases.size(); ++number) {
        const auto& [a, b, c] = phrases[number].stems;
        if (c == noStem) {
            m_pairs.emplace(keyOf(a, b), number);
        } else {
            m_triples.emplace(keyOf(find(a, b), c), number);
        }
    }
}

std::uint32_t PhraseIndex::find(std::uint32_t a, std::uint32_t b) const
{
    const auto found = m_pairs.find(keyOf(a, b));
    return found == m_pairs.end() ? none : found->second;
}

std::uint32_t PhraseIndex::find(std::uint32_t a, std::uint32_t b, std::uint32_t c) const
{
    const std::uint32_t head = find(a, b);
    if (head == none) {
        return none;
    }
    const auto found = m_triples.find(keyOf(head, c));
    return found == m_triples.end() ? none : found->second;
}

} // namespace transept
