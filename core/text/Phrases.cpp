#include "core/text/Phrases.h"

#include "core/base/Interruptible.h"
#include "core/base/Parallel.h"

#include <cmath>
#include <functional>

namespace transept {
namespace {

std::uint64_t keyOf(std::uint32_t high, std::uint32_t low)
{
    return (std::uint64_t{high} << 32U) | low;
}

/// Where a phrase stands in a document: the places of its outer tokens.
struct Place
{
    std::uint64_t key = 0;
    std::size_t first = 0;
    std::size_t last = 0;
};

/// The candidates of one document in their order; what `of` finds in a document depends on it alone.
using Candidates = std::function<void(std::span<const Token>, std::vector<Place>&)>;

/// (key, documents)
using KeyCount = std::pair<std::uint64_t, std::int64_t>;

/// The candidates that at least `least` documents hold. Keys are sorted in many small heaps, because a count
/// for each of the millions that stand in one document only would fill the memory.
Result<std::vector<KeyCount>> frequentKeys(const Tokens& tokens,
                                           const Candidates& candidatesOf,
                                           std::int64_t least,
                                           const JobContext& context)
{
    constexpr std::size_t heapCount = 512;
    constexpr std::size_t blockSize = 512; // documents
    const std::size_t documents = tokens.documentCount();
    std::vector<std::vector<std::uint64_t>> blocks((documents + blockSize - 1) / blockSize);
    forEachBlock(documents, blockSize, [&](std::size_t block, std::size_t first, std::size_t last) {
        if (!context.checkpoint()) {
            return;
        }
        std::vector<Place> places;
        for (std::size_t at = first; at < last; ++at) {
            places.clear();
            candidatesOf(tokens.document(at), places);
            std::ranges::sort(places, {}, &Place::key);
            const auto isSame = [](const Place& a, const Place& b) { return a.key == b.key; };
            places.erase(std::unique(places.begin(), places.end(), isSame), places.end());
            std::ranges::transform(places, std::back_inserter(blocks[block]), &Place::key);
        }
    });
    std::vector<std::vector<std::uint64_t>> heaps(heapCount);
    for (std::vector<std::uint64_t>& block : blocks) {
        if (const Status goOn = context.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        for (const std::uint64_t key : block) {
            heaps[(key * 0x9E3779B97F4A7C15U) >> 55U].push_back(key); // Fibonacci hashing to nine bits
        }
        block = {};
    }
    std::vector<std::vector<KeyCount>> counts(heapCount);
    parallelTasks(heapCount, [&](std::size_t at) {
        std::vector<std::uint64_t>& heap = heaps[at];
        if (!context.checkpoint()) {
            return;
        }
        std::ranges::sort(heap);
        for (auto from = heap.begin(); from != heap.end();) {
            const auto to = std::find_if(from, heap.end(), [&](std::uint64_t key) { return key != *from; });
            if (to - from >= least) {
                counts[at].emplace_back(*from, to - from);
            }
            from = to;
        }
        heap = {};
    });
    std::vector<KeyCount> frequent;
    for (const std::vector<KeyCount>& some : counts) {
        frequent.insert(frequent.end(), some.begin(), some.end());
    }
    const Status goOn = context.checkpoint();
    return goOn ? Result<std::vector<KeyCount>>(std::move(frequent)) : passOn(goOn);
}

double association(std::int64_t together, std::int64_t first, std::int64_t second, std::size_t documents)
{
    const auto all = static_cast<double>(documents);
    const double share = static_cast<double>(together) / all;
    const double byChance = static_cast<double>(first) / all * static_cast<double>(second) / all;
    return share < 1.0 ? std::log(share / byChance) / -std::log(share) : 1.0;
}

std::string shownAs(const Tokens& tokens, std::span<const Token> document, const Place& place)
{
    std::string shown;
    for (std::size_t at = place.first; at <= place.last; ++at) {
        const std::string& word = tokens.words[document[at].word];
        if (!shown.empty() && !isWrittenWithoutBlanks(word)) {
            shown += ' ';
        }
        shown += word;
    }
    return shown;
}

/// Adds the phrases of these keys in the order of their first appearance.
Status addPhrases(const Tokens& tokens,
                  const Candidates& candidatesOf,
                  std::unordered_map<std::uint64_t, Phrase>&& byKey,
                  const JobContext& context,
                  std::vector<Phrase>& phrases)
{
    std::vector<Place> places;
    for (std::size_t at = 0; at < tokens.documentCount() && !byKey.empty(); ++at) {
        if (const Status goOn = everyFewThousand(at, context); !goOn) {
            return passOn(goOn);
        }
        places.clear();
        candidatesOf(tokens.document(at), places);
        for (const Place& place : places) {
            const auto found = byKey.find(place.key);
            if (found != byKey.end()) {
                phrases.push_back(std::move(found->second));
                phrases.back().shown = shownAs(tokens, tokens.document(at), place);
                byKey.erase(found);
            }
        }
    }
    return {};
}

Status addPairs(const Tokens& tokens,
                std::span<const std::int64_t> stemDocuments,
                const PhraseOptions& options,
                const JobContext& context,
                std::vector<Phrase>& phrases)
{
    const bool takesRuns = options.runLength >= 2;
    const std::int64_t least =
        takesRuns ? std::min(options.runDocuments, options.minDocuments) : options.minDocuments;
    const Candidates pairs = [&](std::span<const Token> document, std::vector<Place>& places) {
        forEachTerm(
            document,
            tokens.stemOf,
            [](std::uint32_t, float) {},
            [&](std::uint32_t a, std::uint32_t b, std::size_t first, std::size_t last) {
                if (a != b && stemDocuments[a] >= least && stemDocuments[b] >= least) {
                    places.push_back({keyOf(a, b), first, last});
                }
            },
            [](std::uint32_t, std::uint32_t, std::uint32_t, std::size_t, std::size_t) {});
    };
    const Result<std::vector<KeyCount>> counts = frequentKeys(tokens, pairs, least, context);
    if (!counts) {
        return passOn(counts);
    }
    std::unordered_map<std::uint64_t, Phrase> kept;
    for (const auto& [key, together] : *counts) {
        const auto a = static_cast<std::uint32_t>(key >> 32U);
        const auto b = static_cast<std::uint32_t>(key);
        const bool isAssociated =
            together >= options.minDocuments &&
            association(together, stemDocuments[a], stemDocuments[b], tokens.documentCount()) >=
                options.minAssociation;
        if ((options.associated && isAssociated) || (takesRuns && together >= options.runDocuments)) {
            kept.try_emplace(
                key, Phrase{.stems = {a, b, noStem}, .documents = together, .isAssociated = isAssociated});
        }
    }
    return addPhrases(tokens, pairs, std::move(kept), context, phrases);
}

/// `phrases` holds the pairs.
Status addTriples(const Tokens& tokens,
                  const PhraseOptions& options,
                  const JobContext& context,
                  std::vector<Phrase>& phrases)
{
    const bool takesRuns = options.runLength >= 3;
    const std::int64_t least =
        takesRuns ? std::min(options.runDocuments, options.minDocuments) : options.minDocuments;
    const PhraseIndex index(phrases);
    const auto isAssociated = [&](std::uint32_t pair) { return phrases[pair].isAssociated; };
    const Candidates triples = [&](std::span<const Token> document, std::vector<Place>& places) {
        forEachTerm(
            document,
            tokens.stemOf,
            [](std::uint32_t, float) {},
            [](std::uint32_t, std::uint32_t, std::size_t, std::size_t) {},
            [&](std::uint32_t a, std::uint32_t b, std::uint32_t c, std::size_t first, std::size_t last) {
                const std::uint32_t head = a != c ? index.find(a, b) : PhraseIndex::none;
                const std::uint32_t tail = head != PhraseIndex::none ? index.find(b, c) : PhraseIndex::none;
                if (tail != PhraseIndex::none && (takesRuns || (isAssociated(head) && isAssociated(tail)))) {
                    places.push_back({keyOf(head, c), first, last});
                }
            });
    };
    const Result<std::vector<KeyCount>> counts = frequentKeys(tokens, triples, least, context);
    if (!counts) {
        return passOn(counts);
    }
    std::unordered_map<std::uint64_t, Phrase> kept;
    for (const auto& [key, together] : *counts) {
        const auto head = static_cast<std::uint32_t>(key >> 32U);
        const auto c = static_cast<std::uint32_t>(key);
        const auto& [a, b, none] = phrases[head].stems;
        const bool belongs =
            together >= options.minDocuments && isAssociated(head) && isAssociated(index.find(b, c));
        if ((options.associated && belongs) || (takesRuns && together >= options.runDocuments)) {
            kept.try_emplace(key, Phrase{.stems = {a, b, c}, .documents = together, .isAssociated = belongs});
        }
    }
    return addPhrases(tokens, triples, std::move(kept), context, phrases);
}

} // namespace

Result<std::vector<Phrase>> findPhrases(const Tokens& tokens,
                                        std::span<const std::int64_t> stemDocuments,
                                        const PhraseOptions& options,
                                        const JobContext& context)
{
    std::vector<Phrase> phrases;
    const Status found = addPairs(tokens, stemDocuments, options, context, phrases).and_then([&] {
        return addTriples(tokens, options, context, phrases);
    });
    return found ? Result<std::vector<Phrase>>(std::move(phrases)) : passOn(found);
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
