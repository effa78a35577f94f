#include "core/evaluation/CatalogueMeasures.h"

#include "core/evaluation/NotApplicable.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <string>

namespace transept {
namespace {

/// The share of each category among these items; empty when none has one.
std::map<std::uint32_t, double> sharesOf(std::span<const ItemRow> items, const Categories& categories)
{
    std::map<std::uint32_t, double> shares;
    double sum = 0.0;
    for (const ItemRow item : items) {
        const std::vector<std::uint32_t>& own = categories.ofItem[index(item)];
        for (const std::uint32_t category : own) {
            shares[category] += 1.0 / static_cast<double>(own.size());
        }
        sum += own.empty() ? 0.0 : 1.0;
    }
    for (auto& [category, share] : shares) {
        share /= sum;
    }
    return shares;
}

/// How many items have a facet of each name.
std::map<std::string, std::size_t> facetNames(const ItemKnowledge& knowledge)
{
    std::map<std::string, std::size_t> names;
    for (const std::vector<Facet>& facets : knowledge.facets) {
        std::set<std::string> own;
        for (const Facet& facet : facets) {
            own.insert(facet.name);
        }
        for (const std::string& name : own) {
            ++names[name];
        }
    }
    return names;
}

std::string categoryFacet(const ItemKnowledge& knowledge)
{
    const std::map<std::string, std::size_t> names = facetNames(knowledge);
    for (const char* name : {"genre", "category"}) {
        if (names.contains(name)) {
            return name;
        }
    }
    const auto most = std::max_element(
        names.begin(), names.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == names.end() ? std::string() : most->first;
}

} // namespace

double coverageOf(std::span<const std::int64_t> counts)
{
    if (counts.empty()) {
        return notApplicable;
    }
    const auto missed = static_cast<double>(std::count(counts.begin(), counts.end(), 0));
    return 1.0 - missed / static_cast<double>(counts.size());
}

double giniOf(std::vector<std::int64_t> counts)
{
    std::sort(counts.begin(), counts.end());
    const auto n = static_cast<double>(counts.size());
    double sum = 0.0;
    double weighted = 0.0;
    for (std::size_t at = 0; at < counts.size(); ++at) {
        const auto count = static_cast<double>(counts[at]);
        sum += count;
        weighted += (2.0 * static_cast<double>(at + 1) - n - 1.0) * count;
    }
    return sum > 0.0 ? weighted / (n * sum) : notApplicable;
}

std::vector<double> surprises(const InteractionMatrix& training)
{
    std::vector<double> result(training.itemCount());
    const double all = std::max(1.0, static_cast<double>(training.size()));
    for (std::size_t item = 0; item < result.size(); ++item) {
        const std::size_t count = training.usersOf(ItemRow{static_cast<std::int32_t>(item)}).size();
        result[item] = -std::log2(std::max(1.0, static_cast<double>(count)) / all);
    }
    return result;
}

double noveltyOf(std::span<const ItemRow> items, std::span<const double> surprises)
{
    double sum = 0.0;
    for (const ItemRow item : items) {
        sum += surprises[index(item)];
    }
    return items.empty() ? notApplicable : sum / static_cast<double>(items.size());
}

// The sum over all pairs is (|sum of v|^2 - sum of |v|^2) / 2: linear in the length of the list.
double diversityOf(std::span<const ItemRow> items, const KnowledgeVectors& vectors)
{
    VectorReader reader(vectors);
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(vectors.cols());
    double squares = 0.0;
    double count = 0.0;
    for (const ItemRow item : items) {
        const Eigen::VectorXd vector = reader.row(static_cast<Eigen::Index>(item)).transpose().cast<double>();
        const double square = vector.squaredNorm();
        if (square > 0.0) {
            sum += vector;
            squares += square;
            count += 1.0;
        }
    }
    return count < 2.0 ? notApplicable : 1.0 - (sum.squaredNorm() - squares) / (count * (count - 1.0));
}

std::vector<ItemRow> byPopularity(const InteractionMatrix& training)
{
    std::vector<ItemRow> order(training.itemCount());
    for (std::size_t item = 0; item < order.size(); ++item) {
        order[item] = ItemRow{static_cast<std::int32_t>(item)};
    }
    std::stable_sort(order.begin(), order.end(), [&](ItemRow a, ItemRow b) {
        return training.usersOf(a).size() > training.usersOf(b).size();
    });
    return order;
}

std::vector<ItemRow> popularFor(std::span<const ItemRow> popularity,
                                std::span<const ItemRow> excluded,
                                std::size_t count)
{
    std::vector<ItemRow> popular;
    for (auto item = popularity.begin(); item != popularity.end() && popular.size() < count; ++item) {
        if (!std::binary_search(excluded.begin(), excluded.end(), *item)) {
            popular.push_back(*item);
        }
    }
    return popular;
}

double serendipityOf(std::span<const ItemRow> items,
                     const RankedHits& hits,
                     std::span<const ItemRow> popular,
                     std::size_t k)
{
    const std::span<const ItemRow> expected = popular.first(std::min(k, popular.size()));
    double found = 0.0;
    for (std::size_t place = 0; place < std::min(k, items.size()); ++place) {
        const bool isExpected = std::find(expected.begin(), expected.end(), items[place]) != expected.end();
        found += hits.isHit[place] != 0 && !isExpected ? 1.0 : 0.0;
    }
    return found / static_cast<double>(k);
}

Categories categoriesOf(const ItemKnowledge& knowledge)
{
    const std::string name = categoryFacet(knowledge);
    std::map<std::string, std::uint32_t> numbers;
    Categories categories;
    for (const std::vector<Facet>& facets : knowledge.facets) {
        std::set<std::uint32_t> own;
        for (const Facet& facet : facets) {
            if (facet.name == name) {
                own.insert(numbers.try_emplace(facet.text, static_cast<std::uint32_t>(numbers.size()))
                               .first->second);
            }
        }
        categories.ofItem.emplace_back(own.begin(), own.end());
    }
    return categories;
}

double calibrationOf(std::span<const ItemRow> items,
                     std::span<const ItemRow> history,
                     const Categories& categories)
{
    constexpr double mixed = 0.01;
    const std::map<std::uint32_t, double> taste = sharesOf(history, categories);
    const std::map<std::uint32_t, double> list = sharesOf(items, categories);
    if (taste.empty() || list.empty()) {
        return notApplicable;
    }
    double divergence = 0.0;
    for (const auto& [category, share] : taste) {
        const auto found = list.find(category);
        const double listed = found == list.end() ? 0.0 : found->second;
        divergence += share * std::log(share / ((1.0 - mixed) * listed + mixed * share));
    }
    return divergence;
}

} // namespace transept
