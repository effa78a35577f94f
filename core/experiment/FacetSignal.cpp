#include "core/experiment/FacetSignal.h"

#include "core/base/Interruptible.h"
#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "core/base/TaskGuard.h"
#include "core/base/Words.h"
#include "core/knowledge/ItemTexts.h"
#include "core/text/Tokens.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace transept {
namespace {

constexpr std::size_t tenths = 10;
constexpr std::size_t permutations = 99;
constexpr std::int64_t fewestPairs = 100;
constexpr std::size_t pairsPerCheck = 4096;
constexpr std::uint64_t pairStreams = std::uint64_t{1} << 40U; ///< apart from those of the permutations
constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// How texts of facets are compared.
class ValueReader
{
public:
    explicit ValueReader(Segmenter segmenter) : m_segmenter(std::move(segmenter)) {}

    /// The stems of a text, or its words when none of them counts.
    std::vector<std::string> stemsOf(std::string_view text)
    {
        std::vector<std::string> stems;
        std::vector<std::string> all;
        for (const Word& word : m_segmenter.words(text)) {
            if (std::string stem = m_rule.stemOf(word.text, 0); !stem.empty()) {
                stems.push_back(std::move(stem));
            }
            all.push_back(word.text);
        }
        return stems.empty() ? all : stems;
    }

private:
    Segmenter m_segmenter;
    StemRule m_rule; // of English
};

void sortOnce(std::vector<std::int32_t>& numbers)
{
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

void addValues(
    const Facet& facet, std::size_t item, ValueReader& reader, TextNumbers& numbers, FacetValues& found)
{
    for (const std::string& value : listedValues(facet.text)) {
        std::string joined;
        for (const std::string& stem : reader.stemsOf(value)) {
            joined += (joined.empty() ? "" : " ") + stem;
            found.words[item].push_back(numbers.of(stem));
        }
        if (!joined.empty()) {
            found.values[item].push_back(numbers.of(joined));
        }
    }
}

/// How many pairs have the facet on both sides, and how many of these a value in common.
struct PairCounts
{
    std::int64_t pairs = 0;
    std::int64_t equal = 0;

    double share() const { return static_cast<double>(equal) / static_cast<double>(pairs); }
};

/// Items that have the facet, as a ConsumedItems of its own numbering does not do: values by place, and
/// bands of those that have any.
struct FacetSide
{
    std::vector<std::span<const std::int32_t>> values; ///< by place among the consumed items
    PopularityBands bands;                             ///< of the places that have values

    static FacetSide of(const ConsumedItems& consumed, const FacetValues& facet)
    {
        FacetSide side;
        for (const std::int32_t row : consumed.rows) {
            side.values.emplace_back(facet.values[static_cast<std::size_t>(row)]);
        }
        side.bands = PopularityBands::of(consumed, tenths);
        for (std::vector<std::int32_t>& places : side.bands.items) {
            std::erase_if(places, [&](std::int32_t place) {
                return side.values[static_cast<std::size_t>(place)].empty();
            });
        }
        return side;
    }

    /// The values when they are dealt anew among the items of a band that have any.
    std::vector<std::span<const std::int32_t>> dealt(std::uint64_t seed, std::uint64_t stream) const
    {
        const std::vector<std::int32_t> order = dealtAnew(bands, seed, stream);
        std::vector<std::span<const std::int32_t>> moved(values.size());
        for (const std::vector<std::int32_t>& places : bands.items) {
            for (const std::int32_t place : places) {
                moved[static_cast<std::size_t>(place)] =
                    values[static_cast<std::size_t>(order[static_cast<std::size_t>(place)])];
            }
        }
        return moved;
    }
};

using Values = std::vector<std::span<const std::int32_t>>;

PairCounts countPairs(std::span<const ItemPair> pairs,
                      const Values& left,
                      const Values& right,
                      TaskGuard& guard)
{
    PairCounts counts;
    for (std::size_t at = 0; at < pairs.size(); ++at) {
        if (at % pairsPerCheck == 0 && !guard.mayGoOn()) {
            break;
        }
        const auto a = left[static_cast<std::size_t>(pairs[at].left)];
        const auto b = right[static_cast<std::size_t>(pairs[at].right)];
        if (!a.empty() && !b.empty()) {
            ++counts.pairs;
            counts.equal += shareNumber(a, b) ? 1 : 0;
        }
    }
    return counts;
}

/// The bits of every permutation, ascending.
std::vector<double> noiseOf(const ConsumedPair& items,
                            const SignalQuery& query,
                            const FacetSide& left,
                            const FacetSide& right,
                            TaskGuard& guard)
{
    std::vector<double> bits(permutations);
    parallelTasks(permutations, [&](std::size_t nth) {
        const std::uint64_t stream = (query.stream * permutations + nth) * 2;
        const Values ofLeft = left.dealt(query.seed, stream);
        const Values ofRight = items.isSame() ? ofLeft : right.dealt(query.seed, stream + 1);
        bits[nth] = coinDivergence(countPairs(query.pairs.together, ofLeft, ofRight, guard).share(),
                                   countPairs(query.pairs.independent, ofLeft, ofRight, guard).share());
    });
    std::ranges::sort(bits);
    return bits;
}

void fillNoise(const std::vector<double>& noise, FacetCheck& check)
{
    double sum = 0.0;
    std::int64_t asGood = 0;
    for (const double bits : noise) {
        sum += bits;
        asGood += bits >= check.bits ? 1 : 0;
    }
    const auto at = [&](double share) { // the order statistic of 99 that 2.5 % or 97.5 % stand for
        return noise[static_cast<std::size_t>(std::lround(share * (permutations + 1))) - 1];
    };
    check.noise = {sum / permutations, at(0.025), at(0.975)};
    check.adjusted = (check.bits - check.noise.value) / (1.0 - check.noise.value);
    check.p = static_cast<double>(1 + asGood) / (1.0 + permutations);
}

/// A person's item, drawn.
std::int32_t itemOf(const ConsumedItems& consumed, std::int32_t user, Random& random)
{
    const auto items = consumed.items.columnsOf(static_cast<std::size_t>(user));
    return items[static_cast<std::size_t>(random.below(items.size()))];
}

} // namespace

std::int32_t TextNumbers::of(const std::string& text)
{
    return m_numbers.try_emplace(text, static_cast<std::int32_t>(m_numbers.size())).first->second;
}

Result<std::vector<FacetValues>> facetValues(std::span<const std::vector<Facet>> facets,
                                             TextNumbers& numbers,
                                             const JobContext& job)
{
    Result<Segmenter> segmenter = Segmenter::create();
    if (!segmenter) {
        return passOn(segmenter);
    }
    ValueReader reader(std::move(*segmenter));
    std::map<std::string, FacetValues> byName;
    for (std::size_t item = 0; item < facets.size(); ++item) {
        if (item % 256 == 0) {
            if (const Status goOn = job.checkpoint(); !goOn) {
                return passOn(goOn);
            }
        }
        for (const Facet& facet : facets[item]) {
            FacetValues& found = byName[facet.name];
            found.values.resize(facets.size());
            found.words.resize(facets.size());
            addValues(facet, item, reader, numbers, found);
        }
    }
    std::vector<FacetValues> all;
    for (auto& [name, found] : byName) {
        found.name = name;
        std::ranges::for_each(found.values, sortOnce);
        std::ranges::for_each(found.words, sortOnce);
        all.push_back(std::move(found));
    }
    return all;
}

bool shareNumber(std::span<const std::int32_t> a, std::span<const std::int32_t> b)
{
    for (std::size_t at = 0, other = 0; at < a.size() && other < b.size();) {
        if (a[at] == b[other]) {
            return true;
        }
        ++(a[at] < b[other] ? at : other);
    }
    return false;
}

DrawnPairs drawPairs(const ConsumedPair& items, std::size_t count, std::uint64_t seed, std::uint64_t stream)
{
    std::vector<std::int32_t> people; // who may be drawn
    for (std::size_t user = 0; user < items.left.items.rowCount(); ++user) {
        const bool may = items.isSame()
                             ? items.left.items.lengthOf(user) > 1
                             : items.left.items.lengthOf(user) > 0 && items.right.items.lengthOf(user) > 0;
        if (may) {
            people.push_back(static_cast<std::int32_t>(user));
        }
    }
    DrawnPairs drawn;
    if (people.empty()) {
        return drawn;
    }
    Random random(seed, pairStreams + stream);
    const auto person = [&] { return people[static_cast<std::size_t>(random.below(people.size()))]; };
    for (std::vector<ItemPair>* pairs : {&drawn.together, &drawn.independent}) {
        while (pairs->size() < count) {
            const std::int32_t one = person();
            const std::int32_t other = pairs == &drawn.together ? one : person();
            ItemPair pair{itemOf(items.left, one, random), itemOf(items.right, other, random)};
            while (items.isSame() && pair.left == pair.right) { // two items
                pair.right = itemOf(items.right, pairs == &drawn.together ? one : person(), random);
            }
            pairs->push_back(pair);
        }
    }
    return drawn;
}

double coinDivergence(double p, double q)
{
    const auto entropy = [](double share) {
        const auto term = [](double x) { return x > 0.0 ? -x * std::log2(x) : 0.0; };
        return term(share) + term(1.0 - share);
    };
    return std::max(0.0, entropy((p + q) / 2.0) - (entropy(p) + entropy(q)) / 2.0);
}

Result<FacetCheck> facetSignal(const ConsumedPair& items, const SignalQuery& query, const JobContext& job)
{
    const FacetSide left = FacetSide::of(items.left, query.left);
    const FacetSide right = items.isSame() ? left : FacetSide::of(items.right, query.right);
    FacetCheck check{.together = none,
                     .byChance = none,
                     .bits = none,
                     .noise = {none, none, none},
                     .adjusted = none,
                     .p = none};
    std::set<std::int32_t> distinct;
    for (const auto& values : left.values) {
        check.items += values.empty() ? 0 : 1;
        distinct.insert(values.begin(), values.end());
    }
    check.values = static_cast<std::int64_t>(distinct.size());
    TaskGuard guard(job);
    const PairCounts together = countPairs(query.pairs.together, left.values, right.values, guard);
    const PairCounts apart = countPairs(query.pairs.independent, left.values, right.values, guard);
    check.pairs = together.pairs;
    if (together.pairs >= fewestPairs && apart.pairs >= fewestPairs) {
        check.together = together.share();
        check.byChance = apart.share();
        check.bits = coinDivergence(check.together, check.byChance);
        const std::vector<double> noise = noiseOf(items, query, left, right, guard);
        if (guard.status()) {
            fillNoise(noise, check);
        }
    }
    const Status status = guard.status();
    return status ? Result<FacetCheck>(check) : passOn(status);
}

} // namespace transept
