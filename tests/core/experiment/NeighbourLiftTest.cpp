#include "core/experiment/NeighbourLift.h"

#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cmath>
#include <numeric>
#include <set>

namespace transept {
namespace {

/// Items in themes: every person has a favourite theme, and items get ever less popular.
struct Shop
{
    std::size_t people = 400;
    std::size_t items = 90;
    int themes = 3;
    double faith = 0.8; ///< of a person's items, how many are of the favourite theme
    std::uint64_t seed = 1;

    int themeOf(std::size_t item) const { return static_cast<int>(item % static_cast<std::size_t>(themes)); }

    SparseRows users() const
    {
        std::vector<std::set<std::int32_t>> users(items);
        Random random(seed);
        for (std::size_t person = 0; person < people; ++person) {
            const int favourite = static_cast<int>(person % static_cast<std::size_t>(themes));
            for (int nth = 0; nth < 8; ++nth) {
                const double skew = random.uniform() * random.uniform();
                auto item = static_cast<std::size_t>(skew * static_cast<double>(items));
                if (random.uniform() < faith) {
                    item = item / static_cast<std::size_t>(themes) * static_cast<std::size_t>(themes) +
                           static_cast<std::size_t>(favourite);
                }
                users[std::min(item, items - 1)].insert(static_cast<std::int32_t>(person));
            }
        }
        SparseRows rows{.columnCount = people};
        for (const std::set<std::int32_t>& each : users) {
            for (const std::int32_t user : each) {
                rows.add(user, 1.0F);
            }
            rows.endRow();
        }
        return rows;
    }

    ConsumedItems consumed() const
    {
        return std::move(
            consumedItems(users(), std::vector<bool>(items, true), std::vector<bool>(people, true), {})
                .value());
    }
};

/// c(i, j) by sets.
double slowCosine(const ConsumedItems& left, std::size_t a, const ConsumedItems& right, std::size_t b)
{
    const auto one = left.users.columnsOf(a);
    const auto other = right.users.columnsOf(b);
    const std::set<std::int32_t> users(one.begin(), one.end());
    double common = 0.0;
    for (const std::int32_t user : other) {
        common += users.contains(user) ? 1.0 : 0.0;
    }
    return common / std::sqrt(static_cast<double>(one.size() * other.size()));
}

/// Lists by any similarity of items.
template<typename Similarity>
NearestLists listsBy(const ConsumedPair& items, std::size_t most, const Similarity& similarity)
{
    NearestLists lists{.most = most};
    for (std::size_t item = 0; item < items.left.count(); ++item) {
        std::vector<std::pair<double, std::int32_t>> all;
        for (std::size_t other = 0; other < items.right.count(); ++other) {
            if (!items.isSame() || item != other) {
                all.emplace_back(-similarity(items.left.rows[item], items.right.rows[other]),
                                 static_cast<std::int32_t>(other));
            }
        }
        std::ranges::sort(all);
        for (std::size_t at = 0; at < most; ++at) {
            lists.rows.push_back(all[at].second);
            lists.similarities.push_back(static_cast<float>(-all[at].first));
        }
    }
    return lists;
}

std::vector<std::int32_t> everyItem(const ConsumedItems& items)
{
    std::vector<std::int32_t> all(items.count());
    std::iota(all.begin(), all.end(), 0);
    return all;
}

/// The mean cosine of an item of band a with another of band b, pair by pair.
double slowExpectation(const ConsumedPair& items,
                       const std::vector<std::int32_t>& a,
                       const std::vector<std::int32_t>& b)
{
    double sum = 0.0;
    int pairs = 0;
    for (const std::int32_t one : a) {
        for (const std::int32_t other : b) {
            if (!items.isSame() || one != other) {
                sum += slowCosine(
                    items.left, static_cast<std::size_t>(one), items.right, static_cast<std::size_t>(other));
                ++pairs;
            }
        }
    }
    return sum / pairs;
}

NeighbourCheck liftOf(const ConsumedPair& items, const NearestLists& near, std::uint64_t seed = 1)
{
    return neighbourLift(items, {.drawn = everyItem(items.left), .near = near, .seed = seed}, {}).value();
}

bool isNear(double a, double b)
{
    return std::abs(a - b) <= 1e-6 * std::abs(b);
}

} // namespace

class NeighbourLiftTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commonUsersAreThoseOfBothSets();
    void bandsHoldItemsOfLikePopularity();
    void itemsAreDealtWithinTheirBands();
    void expectationIsTheMeanOverAllPairs_data();
    void expectationIsTheMeanOverAllPairs();
    void liftIsThatOfASlowComputation();
    void permutationsAgreeWithTheExactExpectation();
    void knowledgeOfPopularityAloneHasNoLift();
    void randomKnowledgeHasNoLift();
    void bitsDoNotDependOnTheThreads();
    void stops();
};

void NeighbourLiftTest::commonUsersAreThoseOfBothSets()
{
    Random random(4);
    for (const std::size_t length : {0U, 1U, 5U, 40U, 900U}) {
        for (const std::size_t other : {0U, 3U, 60U, 1000U}) {
            std::set<std::int32_t> a;
            std::set<std::int32_t> b;
            for (std::size_t at = 0; at < std::max(length, other); ++at) {
                if (at < length) {
                    a.insert(static_cast<std::int32_t>(random.below(1500)));
                }
                if (at < other) {
                    b.insert(static_cast<std::int32_t>(random.below(1500)));
                }
            }
            std::vector<std::int32_t> both;
            std::ranges::set_intersection(a, b, std::back_inserter(both));
            QCOMPARE(commonUsers(std::vector(a.begin(), a.end()), std::vector(b.begin(), b.end())),
                     both.size());
        }
    }
}

void NeighbourLiftTest::bandsHoldItemsOfLikePopularity()
{
    const ConsumedItems items = Shop{}.consumed();
    const PopularityBands bands = PopularityBands::of(items, 10);

    QCOMPARE(bands.items.size(), items.count() / 10);
    std::size_t before = 0;
    std::size_t all = 0;
    for (std::size_t band = 0; band < bands.items.size(); ++band) {
        all += bands.items[band].size();
        QVERIFY(bands.items[band].size() >= 10);
        for (const std::int32_t item : bands.items[band]) {
            const std::size_t popularity = items.users.lengthOf(static_cast<std::size_t>(item));
            QVERIFY(popularity >= before);
            before = popularity;
            QCOMPARE(bands.bandOf[static_cast<std::size_t>(item)], band);
        }
    }
    QCOMPARE(all, items.count());
}

void NeighbourLiftTest::itemsAreDealtWithinTheirBands()
{
    const PopularityBands bands = PopularityBands::of(Shop{}.consumed(), 10);

    const std::vector<std::int32_t> dealt = dealtAnew(bands, 1, 5);

    std::vector<std::int32_t> sorted = dealt;
    std::ranges::sort(sorted);
    int moved = 0;
    for (std::size_t place = 0; place < dealt.size(); ++place) {
        QCOMPARE(sorted[place], static_cast<std::int32_t>(place));
        QCOMPARE(bands.bandOf[static_cast<std::size_t>(dealt[place])], bands.bandOf[place]);
        moved += dealt[place] != static_cast<std::int32_t>(place) ? 1 : 0;
    }
    QVERIFY(moved > static_cast<int>(dealt.size()) / 2);
    QVERIFY(dealtAnew(bands, 1, 5) == dealt && dealtAnew(bands, 1, 6) != dealt);
}

void NeighbourLiftTest::expectationIsTheMeanOverAllPairs_data()
{
    QTest::addColumn<bool>("same");
    QTest::newRow("one domain") << true;
    QTest::newRow("two domains") << false;
}

void NeighbourLiftTest::expectationIsTheMeanOverAllPairs()
{
    QFETCH(bool, same);
    const ConsumedItems left = Shop{}.consumed();
    const ConsumedItems other = Shop{.items = 60, .seed = 2}.consumed();
    const ConsumedPair items{left, same ? left : other};
    const PopularityBands bands = PopularityBands::of(items.left, 10);
    const PopularityBands others = PopularityBands::of(items.right, 10);

    const auto expected = expectedCosines(items, bands, others, {});

    QVERIFY_OK(expected);
    for (std::size_t a = 0; a < bands.items.size(); ++a) {
        for (std::size_t b = 0; b < others.items.size(); ++b) {
            const double slow = slowExpectation(items, bands.items[a], others.items[b]);
            QVERIFY(isNear((*expected)(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b)), slow));
        }
    }
}

void NeighbourLiftTest::liftIsThatOfASlowComputation()
{
    const Shop shop;
    const ConsumedItems consumed = shop.consumed();
    const ConsumedPair items{consumed, consumed};
    const NearestLists near = listsBy(items, 5, [&](std::int32_t a, std::int32_t b) {
        return shop.themeOf(static_cast<std::size_t>(a)) == shop.themeOf(static_cast<std::size_t>(b)) ? 1 : 0;
    });
    const PopularityBands bands = PopularityBands::of(consumed, 10);

    const NeighbourCheck check = liftOf(items, near);

    double observed = 0.0;
    double expected = 0.0;
    double shared = 0.0;
    const auto pairs = static_cast<double>(near.rows.size());
    for (std::size_t item = 0; item < consumed.count(); ++item) {
        for (const std::int32_t other : near.rowsOf(item)) {
            const auto place = static_cast<std::size_t>(other);
            const double cosine = slowCosine(consumed, item, consumed, place);
            observed += cosine / pairs;
            shared += (cosine > 0.0 ? 1.0 : 0.0) / pairs;
            expected +=
                slowExpectation(items, bands.items[bands.bandOf[item]], bands.items[bands.bandOf[place]]) /
                pairs;
        }
    }
    QVERIFY(isNear(check.cosine, observed));
    QVERIFY(isNear(check.shared, shared));
    QVERIFY(std::abs(check.lift.value - observed / expected) < 1e-5);
    QVERIFY(std::abs(check.byChance - expected) < 1e-6);
    QVERIFY(std::abs(check.plainLift -
                     observed / slowExpectation(items, everyItem(consumed), everyItem(consumed))) < 1e-9);
    QVERIFY(check.lift.low < check.lift.value && check.lift.value < check.lift.high);
    QVERIFY(check.lift.low > 1.3); // themes are what people choose by
    QCOMPARE(check.p, 0.01);
}

void NeighbourLiftTest::permutationsAgreeWithTheExactExpectation()
{
    const Shop shop;
    const ConsumedItems consumed = shop.consumed();
    const ConsumedPair items{consumed, consumed};
    const NearestLists near =
        listsBy(items, 5, [](std::int32_t a, std::int32_t b) { return -std::abs(a - b); });
    const PopularityBands bands = PopularityBands::of(consumed, 10);
    const NeighbourCheck check = liftOf(items, near);
    double sum = 0.0;
    constexpr int deals = 400;
    for (int deal = 0; deal < deals; ++deal) {
        const std::vector<std::int32_t> dealt = dealtAnew(bands, 77, static_cast<std::uint64_t>(deal));
        for (std::size_t item = 0; item < consumed.count(); ++item) {
            for (const std::int32_t other : near.rowsOf(item)) {
                sum += slowCosine(consumed,
                                  static_cast<std::size_t>(dealt[item]),
                                  consumed,
                                  static_cast<std::size_t>(dealt[static_cast<std::size_t>(other)]));
            }
        }
    }
    const double mean = sum / deals / static_cast<double>(near.rows.size());
    QVERIFY2(std::abs(mean / check.byChance - 1.0) < 0.02,
             qPrintable(QString::number(mean / check.byChance)));
}

/// Popular items are consumed together because they are popular: that is no merit of the knowledge.
void NeighbourLiftTest::knowledgeOfPopularityAloneHasNoLift()
{
    const ConsumedItems consumed = Shop{.people = 1500, .items = 300, .faith = 0.0}.consumed();
    const ConsumedPair items{consumed, consumed};
    const NearestLists near = listsBy(items, 5, [&](std::int32_t a, std::int32_t b) {
        const auto popularity = [&](std::int32_t row) {
            const auto place = std::ranges::lower_bound(consumed.rows, row) - consumed.rows.begin();
            return static_cast<double>(consumed.users.lengthOf(static_cast<std::size_t>(place)));
        };
        return -std::abs(popularity(a) - popularity(b));
    });

    const NeighbourCheck check = liftOf(items, near);

    QVERIFY(check.plainLift > 1.1);
    QVERIFY(check.lift.low < 1.03 && check.lift.value < 1.05);
}

void NeighbourLiftTest::randomKnowledgeHasNoLift()
{
    int wide = 0;
    int significant = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const ConsumedItems consumed = Shop{.seed = seed}.consumed();
        const ConsumedPair items{consumed, consumed};
        Random random(seed, 9);
        const NearestLists near =
            listsBy(items, 5, [&](std::int32_t, std::int32_t) { return random.uniform(); });
        const NeighbourCheck check = liftOf(items, near, seed);
        wide += check.lift.low <= 1.0 && 1.0 <= check.lift.high ? 1 : 0;
        significant += check.p <= 0.05 ? 1 : 0;
    }
    QVERIFY2(wide >= 16, qPrintable(QString::number(wide)));
    QVERIFY2(significant <= 4, qPrintable(QString::number(significant)));
}

void NeighbourLiftTest::bitsDoNotDependOnTheThreads()
{
    const ConsumedItems left = Shop{}.consumed();
    const ConsumedItems right = Shop{.items = 60, .seed = 2}.consumed();
    const ConsumedPair items{left, right};
    const NearestLists near =
        listsBy(items, 5, [](std::int32_t a, std::int32_t b) { return a * 7 % 31 - b; });
    setThreadCount(1);
    const NeighbourCheck once = liftOf(items, near);
    for (const int threads : {2, 4, 8}) {
        setThreadCount(threads);
        const NeighbourCheck again = liftOf(items, near);
        QCOMPARE(again.lift.value, once.lift.value);
        QCOMPARE(again.lift.low, once.lift.low);
        QCOMPARE(again.cosine, once.cosine);
        QCOMPARE(again.sharedByChance, once.sharedByChance);
        QCOMPARE(again.p, once.p);
    }
    setThreadCount(0);
}

void NeighbourLiftTest::stops()
{
    std::stop_source source;
    source.request_stop();
    const ConsumedItems consumed = Shop{}.consumed();
    const ConsumedPair items{consumed, consumed};
    const NearestLists near = listsBy(items, 3, [](std::int32_t, std::int32_t) { return 0.0; });

    const auto check =
        neighbourLift(items, {.drawn = everyItem(consumed), .near = near}, {.stop = source.get_token()});

    QCOMPARE(check.error().code, ErrorCode::Cancelled);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::NeighbourLiftTest)
#include "NeighbourLiftTest.moc"
