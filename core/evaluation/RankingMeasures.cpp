#include "core/evaluation/RankingMeasures.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace transept {
namespace {

double ratio(double part, double whole)
{
    return whole > 0.0 ? part / whole : 0.0;
}

double hitsWithin(const RankedHits& hits, std::size_t k)
{
    const auto last = hits.isHit.begin() + static_cast<std::ptrdiff_t>(std::min(k, hits.isHit.size()));
    return static_cast<double>(std::count(hits.isHit.begin(), last, 1));
}

double discount(std::size_t place)
{
    return 1.0 / std::log2(static_cast<double>(place) + 2.0);
}

template<typename Item>
RankedHits markHits(std::span<const Item> ranked, std::span<const Item> relevant)
{
    RankedHits hits{.relevant = relevant.size()};
    hits.isHit.reserve(ranked.size());
    for (const Item item : ranked) {
        hits.isHit.push_back(std::binary_search(relevant.begin(), relevant.end(), item) ? 1 : 0);
    }
    return hits;
}

} // namespace

RankedHits hitsOf(std::span<const ItemRow> ranked, std::span<const ItemRow> relevant)
{
    return markHits(ranked, relevant);
}

RankedHits hitsOf(std::span<const ItemId> ranked, std::span<const ItemId> relevant)
{
    return markHits(ranked, relevant);
}

double precisionAt(const RankedHits& hits, std::size_t k)
{
    return ratio(hitsWithin(hits, k), static_cast<double>(k));
}

double recallAt(const RankedHits& hits, std::size_t k)
{
    return ratio(hitsWithin(hits, k), static_cast<double>(hits.relevant));
}

double f1At(const RankedHits& hits, std::size_t k)
{
    const double precision = precisionAt(hits, k);
    const double recall = recallAt(hits, k);
    return ratio(2.0 * precision * recall, precision + recall);
}

double hitRateAt(const RankedHits& hits, std::size_t k)
{
    return hitsWithin(hits, k) > 0.0 ? 1.0 : 0.0;
}

double ndcgAt(const RankedHits& hits, std::size_t k)
{
    double gain = 0.0;
    for (std::size_t place = 0; place < std::min(k, hits.isHit.size()); ++place) {
        gain += hits.isHit[place] != 0 ? discount(place) : 0.0;
    }
    double ideal = 0.0;
    for (std::size_t place = 0; place < std::min(k, hits.relevant); ++place) {
        ideal += discount(place);
    }
    return ratio(gain, ideal);
}

double averagePrecisionAt(const RankedHits& hits, std::size_t k)
{
    double found = 0.0;
    double sum = 0.0;
    for (std::size_t place = 0; place < std::min(k, hits.isHit.size()); ++place) {
        if (hits.isHit[place] != 0) {
            found += 1.0;
            sum += found / static_cast<double>(place + 1);
        }
    }
    return ratio(sum, static_cast<double>(std::min(k, hits.relevant)));
}

double reciprocalRankAt(const RankedHits& hits, std::size_t k)
{
    const auto last = hits.isHit.begin() + static_cast<std::ptrdiff_t>(std::min(k, hits.isHit.size()));
    const auto first = std::find(hits.isHit.begin(), last, 1);
    return first == last ? 0.0 : 1.0 / static_cast<double>(first - hits.isHit.begin() + 1);
}

HitsMeasure hitsMeasure(std::string_view base)
{
    struct Named
    {
        std::string_view base;
        HitsMeasure measure;
    };
    static constexpr Named all[] = {
        {"precision", precisionAt},
        {"recall", recallAt},
        {"f1", f1At},
        {"hit-rate", hitRateAt},
        {"ndcg", ndcgAt},
        {"map", averagePrecisionAt},
        {"mrr", reciprocalRankAt},
    };
    const auto* found =
        std::find_if(std::begin(all), std::end(all), [&](const Named& each) { return each.base == base; });
    return found == std::end(all) ? nullptr : found->measure;
}

double rankingAuc(std::span<const float> scores,
                  std::span<const ItemRow> excluded,
                  std::span<const ItemRow> relevant)
{
    const auto scoreOf = [&](std::size_t item) {
        return std::isnan(scores[item]) ? -std::numeric_limits<float>::infinity() : scores[item];
    };
    std::vector<float> right;
    for (const ItemRow item : relevant) {
        right.push_back(scoreOf(index(item)));
    }
    std::sort(right.begin(), right.end());
    double wins = 0.0;
    double others = 0.0;
    auto nextExcluded = excluded.begin();
    auto nextRelevant = relevant.begin();
    for (std::size_t item = 0; item < scores.size(); ++item) {
        if (nextExcluded != excluded.end() && index(*nextExcluded) == item) {
            ++nextExcluded;
            continue;
        }
        if (nextRelevant != relevant.end() && index(*nextRelevant) == item) {
            ++nextRelevant;
            continue;
        }
        const auto [equal, above] = std::equal_range(right.begin(), right.end(), scoreOf(item));
        wins += static_cast<double>(right.end() - above) + 0.5 * static_cast<double>(above - equal);
        others += 1.0;
    }
    const double pairs = others * static_cast<double>(right.size());
    return pairs > 0.0 ? wins / pairs : std::numeric_limits<double>::quiet_NaN();
}

} // namespace transept
