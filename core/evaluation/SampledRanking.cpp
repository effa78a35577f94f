#include "core/evaluation/SampledRanking.h"

#include "core/evaluation/Candidates.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace transept {

std::vector<ItemRow> drawNegatives(std::size_t items,
                                   std::span<const ItemRow> known,
                                   std::size_t count,
                                   Random random)
{
    const std::size_t unknown = items - std::min(items, known.size());
    const std::size_t drawn = std::min(count, unknown);
    std::set<std::size_t> ranks; // among the unknown items
    for (std::size_t last = unknown - drawn; last < unknown; ++last) {
        const auto rank = static_cast<std::size_t>(random.below(last + 1));
        if (!ranks.insert(rank).second) {
            ranks.insert(last);
        }
    }
    std::vector<ItemRow> negatives;
    negatives.reserve(drawn);
    std::size_t before = 0; // known items in front
    for (const std::size_t rank : ranks) {
        while (before < known.size() && index(known[before]) <= rank + before) {
            ++before;
        }
        negatives.push_back(ItemRow{static_cast<std::int32_t>(rank + before)});
    }
    return negatives;
}

std::vector<ItemRow> rankedAmong(std::span<const float> scores, std::vector<ItemRow> items)
{
    const auto scoreOf = [&](ItemRow item) {
        const float score = scores[index(item)];
        return std::isnan(score) ? -std::numeric_limits<float>::infinity() : score;
    };
    std::ranges::sort(items, [&](ItemRow a, ItemRow b) {
        return scoreOf(a) != scoreOf(b) ? scoreOf(a) > scoreOf(b) : a < b;
    });
    return items;
}

std::vector<RankedHits> rankedAmongGiven(std::span<const float> scores,
                                         const TestUser& user,
                                         const GivenNegatives& negatives)
{
    std::vector<RankedHits> rankings;
    for (const ItemRow& relevant : user.relevant) {
        const std::span<const ItemRow> own = negatives.of(user.row, relevant);
        if (!own.empty()) {
            std::vector<ItemRow> items(own.begin(), own.end());
            items.push_back(relevant);
            rankings.push_back(hitsOf(rankedAmong(scores, std::move(items)), std::span(&relevant, 1)));
        }
    }
    return rankings;
}

std::vector<ItemRow> itemsWithoutInteractions(const InteractionMatrix& training)
{
    std::vector<ItemRow> items;
    for (std::size_t at = 0; at < training.itemCount(); ++at) {
        const auto item = static_cast<ItemRow>(at);
        if (training.usersOf(item).empty()) {
            items.push_back(item);
        }
    }
    return items;
}

std::vector<RankedHits> rankedAmongCold(std::span<const float> scores,
                                        const TestUser& user,
                                        std::span<const ItemRow> cold,
                                        std::span<const ItemRow> known,
                                        std::size_t longest)
{
    std::vector<Candidate> others;
    std::ranges::for_each(cold, [&, knownOnes = Excluded(known)](ItemRow item) mutable {
        if (!knownOnes.contains(item)) {
            others.push_back(candidateOf(ranked(scores[index(item)]), index(item)));
        }
    });
    std::vector<RankedHits> rankings;
    for (const ItemRow item : user.relevant) {
        if (!std::ranges::binary_search(cold, item)) {
            continue;
        }
        const Candidate own = candidateOf(ranked(scores[index(item)]), index(item));
        const auto before = static_cast<std::size_t>(
            std::ranges::count_if(others, [own](Candidate other) { return other > own; }));
        RankedHits hits{.isHit = std::vector<std::uint8_t>(std::min(before + 1, longest), 0), .relevant = 1};
        if (before < longest) {
            hits.isHit[before] = 1;
        }
        rankings.push_back(std::move(hits));
    }
    return rankings;
}

} // namespace transept
