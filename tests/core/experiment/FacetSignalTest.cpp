#include "core/experiment/FacetSignal.h"

#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "core/experiment/ExtractorAgreement.h"
#include "core/experiment/IndistinctItems.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace transept {
namespace {

constexpr std::size_t people = 300;
constexpr std::size_t itemCount = 60;

/// People choose among the items of one theme (item % 3), seven times of eight.
ConsumedItems themedItems(std::uint64_t seed = 1)
{
    std::vector<std::set<std::int32_t>> users(itemCount);
    Random random(seed);
    for (std::size_t person = 0; person < people; ++person) {
        for (int nth = 0; nth < 6; ++nth) {
            std::uint64_t item = random.below(itemCount);
            item = random.below(8) == 0 ? item : item / 3 * 3 + person % 3;
            users[static_cast<std::size_t>(item)].insert(static_cast<std::int32_t>(person));
        }
    }
    SparseRows rows{.columnCount = people};
    for (const std::set<std::int32_t>& each : users) {
        for (const std::int32_t user : each) {
            rows.add(user, 1.0F);
        }
        rows.endRow();
    }
    return std::move(
        consumedItems(rows, std::vector<bool>(itemCount, true), std::vector<bool>(people, true), {}).value());
}

/// The theme, noise, and a facet that every other item has.
std::vector<std::vector<Facet>> facetsOfThemes()
{
    const std::vector<std::string> themes{"Space Opera", "crime stories", "Gardens"};
    const std::vector<std::string> noise{"red", "green", "blue"};
    std::vector<std::vector<Facet>> facets(itemCount);
    Random random(8);
    for (std::size_t item = 0; item < itemCount; ++item) {
        facets[item].push_back({"theme", themes[item % 3]});
        facets[item].push_back({"colour", noise[static_cast<std::size_t>(random.below(3))]});
        if (item % 2 == 0) {
            facets[item].push_back({"half", item % 4 == 0 ? "a, b" : "b, c"});
        }
    }
    return facets;
}

std::vector<FacetValues> valuesOf(const std::vector<std::vector<Facet>>& facets)
{
    TextNumbers numbers;
    return std::move(facetValues(facets, numbers, {}).value());
}

const FacetValues& named(const std::vector<FacetValues>& all, std::string_view name)
{
    return *std::ranges::find(all, name, &FacetValues::name);
}

FacetCheck signalOf(const ConsumedItems& consumed, const FacetValues& facet, const DrawnPairs& pairs)
{
    return facetSignal({consumed, consumed}, {.left = facet, .right = facet, .pairs = pairs}, {}).value();
}

bool isNear(double a, double b)
{
    return std::abs(a - b) < 1e-9;
}

} // namespace

class FacetSignalTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesAreComparedByTheirStems();
    void pairsAreOfOnePersonOrOfTwo();
    void pairsOfBothKindsAreAsPopular();
    void divergenceIsTheMutualInformation();
    void signalIsCountedPairByPair();
    void themeTellsAndColourDoesNot();
    void facetOfTooFewPairsHasNoFigure();
    void bitsDoNotDependOnTheThreads();
    void stops();
    void chanceOverlapIsTheMeanOfAllDraws();
    void agreementCountsCommonItems();
    void facetsAgreeByValuesAndWords();
    void itemsWithTheSameKnowledgeAreGrouped();
};

void FacetSignalTest::valuesAreComparedByTheirStems()
{
    const std::vector<FacetValues> all = valuesOf({{{"mood", "Calm gardens"}, {"mood", "DARK"}},
                                                   {{"mood", "calm Garden; dark"}, {"genre", "War|Drama"}},
                                                   {{"mood", "the"}, {"genre", "  "}},
                                                   {}});

    QCOMPARE(all.size(), std::size_t{2});
    QCOMPARE(all[0].name, std::string("genre"));
    const FacetValues& mood = all[1];
    QCOMPARE(mood.values[0], mood.values[1]);
    QCOMPARE(mood.values[0].size(), std::size_t{2});
    QCOMPARE(mood.words[0].size(), std::size_t{3});
    QCOMPARE(mood.values[2].size(), std::size_t{1}); // a stop word alone is a value all the same
    QVERIFY(!shareNumber(mood.values[2], mood.values[0]));
    QVERIFY(all[0].values[2].empty() && mood.values[3].empty());
    QCOMPARE(all[0].values[1].size(), std::size_t{2});
}

void FacetSignalTest::pairsAreOfOnePersonOrOfTwo()
{
    const ConsumedItems consumed = themedItems();
    const ConsumedItems other = themedItems(2);

    const DrawnPairs within = drawPairs({consumed, consumed}, 2000, 1, 0);
    const DrawnPairs across = drawPairs({consumed, other}, 2000, 1, 0);

    QCOMPARE(within.together.size(), std::size_t{2000});
    for (const ItemPair& pair : within.together) {
        QVERIFY(pair.left != pair.right);
        QVERIFY(commonUsers(consumed.users.columnsOf(static_cast<std::size_t>(pair.left)),
                            consumed.users.columnsOf(static_cast<std::size_t>(pair.right))) > 0);
    }
    for (const ItemPair& pair : across.together) {
        QVERIFY(commonUsers(consumed.users.columnsOf(static_cast<std::size_t>(pair.left)),
                            other.users.columnsOf(static_cast<std::size_t>(pair.right))) > 0);
    }
    QVERIFY(std::ranges::all_of(within.independent,
                                [](const ItemPair& pair) { return pair.left != pair.right; }));
}

void FacetSignalTest::pairsOfBothKindsAreAsPopular()
{
    const ConsumedItems consumed = themedItems();
    const DrawnPairs pairs = drawPairs({consumed, consumed}, 200'000, 1, 0);
    const auto shares = [](const std::vector<ItemPair>& drawn, auto side) {
        std::vector<double> share(itemCount);
        for (const ItemPair& pair : drawn) {
            share[static_cast<std::size_t>(pair.*side)] += 1.0 / static_cast<double>(drawn.size());
        }
        return share;
    };
    for (const auto side : {&ItemPair::left, &ItemPair::right}) {
        const std::vector<double> together = shares(pairs.together, side);
        const std::vector<double> independent = shares(pairs.independent, side);
        for (std::size_t item = 0; item < itemCount; ++item) {
            QVERIFY(std::abs(together[item] - independent[item]) < 0.003); // about 1 / 60 each
        }
    }
}

/// I(X; Y) = sum p(x, y) log2(p(x, y) / (p(x) p(y))) with p(y) = 1/2.
void FacetSignalTest::divergenceIsTheMutualInformation()
{
    for (const double p : {0.0, 0.02, 0.4, 1.0}) {
        for (const double q : {0.0, 0.01, 0.5, 1.0}) {
            double information = 0.0;
            const double joint[2][2] = {{p / 2, q / 2}, {(1 - p) / 2, (1 - q) / 2}};
            for (const auto& row : joint) {
                for (const double each : row) {
                    information += each > 0.0 ? each * std::log2(each / ((row[0] + row[1]) * 0.5)) : 0.0;
                }
            }
            QVERIFY(isNear(coinDivergence(p, q), information));
        }
    }
    QCOMPARE(coinDivergence(1.0, 0.0), 1.0);
}

void FacetSignalTest::signalIsCountedPairByPair()
{
    const ConsumedItems consumed = themedItems();
    const std::vector<std::vector<Facet>> facets = facetsOfThemes();
    const DrawnPairs pairs = drawPairs({consumed, consumed}, 5000, 1, 0);
    const auto slowShare = [&](const std::vector<ItemPair>& drawn, std::int64_t& counted) {
        double equal = 0.0;
        counted = 0;
        for (const ItemPair& pair : drawn) {
            if (pair.left % 2 == 0 && pair.right % 2 == 0) { // both have the facet, and "b" in any case
                ++counted;
                equal += 1.0;
            }
        }
        return equal / static_cast<double>(counted);
    };
    std::int64_t counted = 0;

    const FacetCheck half = signalOf(consumed, named(valuesOf(facets), "half"), pairs);

    QCOMPARE(half.together, slowShare(pairs.together, counted));
    QCOMPARE(half.pairs, counted);
    QCOMPARE(half.bits, 0.0);
    QCOMPARE(half.items, std::int64_t{itemCount / 2});
    QCOMPARE(half.values, std::int64_t{3});
    const FacetCheck theme = signalOf(consumed, named(valuesOf(facets), "theme"), pairs);
    const auto alike = [](const ItemPair& pair) { return pair.left % 3 == pair.right % 3; };
    QVERIFY(
        isNear(theme.together, static_cast<double>(std::ranges::count_if(pairs.together, alike)) / 5000.0));
    QVERIFY(isNear(theme.byChance,
                   static_cast<double>(std::ranges::count_if(pairs.independent, alike)) / 5000.0));
    QVERIFY(isNear(theme.bits, coinDivergence(theme.together, theme.byChance)));
    QVERIFY(isNear(theme.adjusted, (theme.bits - theme.noise.value) / (1.0 - theme.noise.value)));
}

void FacetSignalTest::themeTellsAndColourDoesNot()
{
    const ConsumedItems consumed = themedItems();
    const std::vector<FacetValues> values = valuesOf(facetsOfThemes());
    const DrawnPairs pairs = drawPairs({consumed, consumed}, 20'000, 1, 0);

    const FacetCheck theme = signalOf(consumed, named(values, "theme"), pairs);
    const FacetCheck colour = signalOf(consumed, named(values, "colour"), pairs);

    QVERIFY(theme.together > 2.0 * theme.byChance);
    QCOMPARE(theme.p, 0.01);
    QVERIFY(theme.bits > 10.0 * theme.noise.high);
    QVERIFY(theme.noise.low <= theme.noise.value && theme.noise.value <= theme.noise.high);
    QVERIFY2(colour.p > 0.02, qPrintable(QString::number(colour.p)));
    QVERIFY(colour.adjusted < 0.01);
}

void FacetSignalTest::facetOfTooFewPairsHasNoFigure()
{
    const ConsumedItems consumed = themedItems();
    const DrawnPairs pairs = drawPairs({consumed, consumed}, 60, 1, 0);

    const FacetCheck check = signalOf(consumed, named(valuesOf(facetsOfThemes()), "theme"), pairs);

    QCOMPARE(check.pairs, std::int64_t{60});
    QVERIFY(std::isnan(check.bits) && std::isnan(check.adjusted) && std::isnan(check.p));
    QVERIFY(drawPairs({ConsumedItems{}, ConsumedItems{}}, 5, 1, 0).together.empty());
}

void FacetSignalTest::bitsDoNotDependOnTheThreads()
{
    const ConsumedItems consumed = themedItems();
    const std::vector<FacetValues> values = valuesOf(facetsOfThemes());
    const DrawnPairs pairs = drawPairs({consumed, consumed}, 3000, 1, 0);
    setThreadCount(1);
    const FacetCheck once = signalOf(consumed, named(values, "colour"), pairs);
    for (const int threads : {2, 4, 8}) {
        setThreadCount(threads);
        const FacetCheck again = signalOf(consumed, named(values, "colour"), pairs);
        QCOMPARE(again.bits, once.bits);
        QCOMPARE(again.noise.value, once.noise.value);
        QCOMPARE(again.noise.high, once.noise.high);
        QCOMPARE(again.p, once.p);
    }
    setThreadCount(0);
}

void FacetSignalTest::stops()
{
    std::stop_source source;
    source.request_stop();
    const JobContext job{.stop = source.get_token()};
    const ConsumedItems consumed = themedItems();
    const std::vector<FacetValues> values = valuesOf(facetsOfThemes());
    const DrawnPairs pairs = drawPairs({consumed, consumed}, 300, 1, 0);
    TextNumbers numbers;

    const auto check =
        facetSignal({consumed, consumed}, {.left = values[0], .right = values[0], .pairs = pairs}, job);

    QCOMPARE(check.error().code, ErrorCode::Cancelled);
    QCOMPARE(facetValues(facetsOfThemes(), numbers, job).error().code, ErrorCode::Cancelled);
}

/// All subsets of b out of n items; the first a are the other list.
void FacetSignalTest::chanceOverlapIsTheMeanOfAllDraws()
{
    for (const auto& [a, b, n] : {std::tuple(3U, 4U, 9U), std::tuple(5U, 5U, 7U), std::tuple(2U, 0U, 6U)}) {
        double overlap = 0.0;
        double jaccard = 0.0;
        int draws = 0;
        for (unsigned mask = 0; mask < 1U << n; ++mask) {
            if (static_cast<unsigned>(std::popcount(mask)) == b) {
                const auto common = static_cast<double>(std::popcount(mask & ((1U << a) - 1U)));
                overlap += common / 5.0;
                jaccard += common / (a + b - common);
                ++draws;
            }
        }
        const ChanceOverlap expected = chanceOverlap(a, b, n, 5);
        QVERIFY(isNear(expected.overlap, overlap / draws));
        QVERIFY(isNear(expected.jaccard, jaccard / draws));
    }
}

void FacetSignalTest::agreementCountsCommonItems()
{
    const NearestLists one{.most = 2, .rows = {1, 2, 0, 2, 1, -1}, .similarities = std::vector<float>(6)};
    const NearestLists other{.most = 2, .rows = {2, 3, 0, 2, 3, 0}, .similarities = std::vector<float>(6)};

    const auto agreement = neighbourAgreement({one, other, 3}, {});

    QVERIFY_OK(agreement);
    QCOMPARE(agreement->items, std::int64_t{3});
    QVERIFY(std::abs(agreement->overlap.value - (0.5 + 1.0 + 0.0) / 3.0) < 1e-6);
    QVERIFY(std::abs(agreement->jaccard.value - (1.0 / 3.0 + 1.0 + 0.0) / 3.0) < 1e-6);
    const double chance = (chanceOverlap(2, 2, 3, 2).overlap * 2 + chanceOverlap(1, 2, 3, 2).overlap) / 3.0;
    QVERIFY(isNear(agreement->overlapByChance, chance));
    QVERIFY(agreement->overlap.low <= agreement->overlap.value);
}

void FacetSignalTest::facetsAgreeByValuesAndWords()
{
    TextNumbers numbers;
    const auto one = facetValues(
        std::vector<std::vector<Facet>>{
            {{"mood", "calm sea"}}, {{"mood", "dark"}}, {{"mood", "red, blue"}}, {}},
        numbers,
        {});
    const auto other = facetValues(
        std::vector<std::vector<Facet>>{
            {{"mood", "calm night"}}, {{"mood", "bright"}}, {{"mood", "Blue"}}, {{"mood", "calm"}}},
        numbers,
        {});

    const FacetAgreement agreement = facetAgreement(one->front(), other->front(), 1);

    QCOMPARE(agreement.items, std::int64_t{3});
    QVERIFY(isNear(agreement.equal, 1.0 / 3.0));
    QVERIFY(isNear(agreement.words, 2.0 / 3.0));
    QVERIFY(agreement.equalByChance > 0.0 && agreement.equalByChance < 0.3); // expected: 1/9
    QVERIFY(std::isnan(facetAgreement({.name = "none"}, {.name = "none"}, 1).equal));
}

void FacetSignalTest::itemsWithTheSameKnowledgeAreGrouped()
{
    const std::vector<std::vector<Facet>> facets{{{"a", "x"}, {"b", "y"}},
                                                 {{"b", "y"}, {"a", "x"}},
                                                 {},
                                                 {{"a", "xb"}, {"", "y"}},
                                                 {{"c", "z"}},
                                                 {{"c", "z"}},
                                                 {{"c", "z"}},
                                                 {}};
    std::vector<ItemId> ids;
    for (int id = 10; id < 18; ++id) {
        ids.push_back(ItemId{id});
    }
    Matrix vectors = Matrix::Zero(8, 2);
    vectors.row(1) << 0.5F, 1.0F;
    vectors.row(4) << 0.5F, 1.0F;
    vectors.row(6) << 0.5F, std::nextafter(1.0F, 2.0F);

    const IndistinctItems byFacets = indistinctItems(facetTexts(facets), ids);
    const IndistinctItems byVectors = indistinctItems(vectorTexts(vectors), ids);

    QCOMPARE(byFacets.items, std::int64_t{6});
    QCOMPARE(byFacets.alike, std::int64_t{5});
    QCOMPARE(byFacets.groups, std::int64_t{2});
    QCOMPARE(byFacets.largest[0].items, std::int64_t{3});
    QVERIFY(byFacets.largest[0].examples == (std::vector{ItemId{14}, ItemId{15}, ItemId{16}}));
    QVERIFY(byFacets.largest[1].examples == (std::vector{ItemId{10}, ItemId{11}}));
    QCOMPARE(byVectors.items, std::int64_t{3});
    QCOMPARE(byVectors.alike, std::int64_t{2});
    QVERIFY(byVectors.largest[0].examples == (std::vector{ItemId{11}, ItemId{14}}));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::FacetSignalTest)
#include "FacetSignalTest.moc"
