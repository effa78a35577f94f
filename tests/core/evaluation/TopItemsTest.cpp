#include "core/evaluation/TopItems.h"

#include "core/base/Random.h"
#include "core/evaluation/RankingMeasures.h"
#include "tests/support/SharedData.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>

namespace transept {

class TopItemsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalScoresAreBrokenByTheItemRow();
    void excludedItemsAreNotRanked();
    void whatIsNotANumberIsLast();
    void aShortCatalogueGivesAShortList();
    void theyAreTheHeadOfTheSortedCatalogue();
    void stretchesGiveWhatAllAtOnceGives();
    void publishedPopularityFiguresComeOut_data();
    void publishedPopularityFiguresComeOut();
};

namespace {

std::vector<ItemRow> rows(std::initializer_list<int> numbers)
{
    std::vector<ItemRow> items;
    for (const int number : numbers) {
        items.push_back(ItemRow{number});
    }
    return items;
}

/// One line of a file of fixed negatives: the positive item, then the others.
std::vector<long long> candidatesOf(const std::string& line)
{
    std::vector<long long> items;
    const std::size_t end = line.find(')');
    items.push_back(std::stoll(line.substr(line.find(',') + 1, end)));
    std::istringstream rest(line.substr(end + 1));
    for (long long item = 0; rest >> item;) {
        items.push_back(item);
    }
    return items;
}

} // namespace

void TopItemsTest::equalScoresAreBrokenByTheItemRow()
{
    const std::vector<float> scores{1, 3, 2, 3, 3, 2};

    QCOMPARE(topItems(scores, {}, 2).items, rows({1, 3}));
    QCOMPARE(topItems(scores, {}, 5).items, rows({1, 3, 4, 2, 5}));
    QCOMPARE(topItems(scores, {}, 5).scores, (std::vector<float>{3, 3, 3, 2, 2}));
}

void TopItemsTest::excludedItemsAreNotRanked()
{
    const std::vector<float> scores{1, 3, 2, 3, 3, 2};

    QCOMPARE(topItems(scores, rows({0, 1, 5}), 10).items, rows({3, 4, 2}));
    QCOMPARE(topItems(scores, rows({0, 1, 2, 3, 4, 5}), 10).items, rows({}));
}

void TopItemsTest::whatIsNotANumberIsLast()
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> scores{nan, -5, nan, 7, -8};

    QCOMPARE(topItems(scores, {}, 5).items, rows({3, 1, 4, 0, 2}));
    QCOMPARE(topItems(scores, {}, 2).items, rows({3, 1}));
    QCOMPARE(topItems(std::vector<float>{nan, nan, 1}, {}, 1).items, rows({2}));
}

void TopItemsTest::aShortCatalogueGivesAShortList()
{
    QCOMPARE(topItems(std::vector<float>{1, 2}, {}, 10).items, rows({1, 0}));
    QVERIFY(topItems({}, {}, 10).items.empty());
    QVERIFY(topItems(std::vector<float>{1, 2}, {}, 0).items.empty());
}

void TopItemsTest::theyAreTheHeadOfTheSortedCatalogue()
{
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Random random(seed);
        std::vector<float> scores(1 + random.below(300));
        std::vector<ItemRow> excluded;
        std::vector<ItemRow> sorted;
        for (std::size_t item = 0; item < scores.size(); ++item) {
            scores[item] = static_cast<float>(random.below(50));
            (random.below(4) == 0 ? excluded : sorted).push_back(ItemRow{static_cast<std::int32_t>(item)});
        }
        std::stable_sort(sorted.begin(), sorted.end(), [&](ItemRow a, ItemRow b) {
            return scores[index(a)] > scores[index(b)];
        });
        sorted.resize(std::min(sorted.size(), 1 + static_cast<std::size_t>(random.below(40))));

        QCOMPARE(topItems(scores, excluded, sorted.size()).items, sorted);
    }
}

void TopItemsTest::stretchesGiveWhatAllAtOnceGives()
{
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Random random(seed);
        std::vector<float> scores(1 + random.below(3000));
        std::vector<ItemRow> excluded;
        for (std::size_t item = 0; item < scores.size(); ++item) {
            scores[item] = random.below(20) == 0 ? std::numeric_limits<float>::quiet_NaN()
                                                 : static_cast<float>(random.below(500));
            if (random.below(4) == 0) {
                excluded.push_back(ItemRow{static_cast<std::int32_t>(item)});
            }
        }
        const std::size_t count = random.below(60);
        const TopItems atOnce = topItems(scores, excluded, count);

        BestItems best(excluded, count);
        for (std::span<const float> rest = scores; !rest.empty();) {
            const std::size_t length = 1 + static_cast<std::size_t>(random.below(rest.size()));
            best.offer(rest.first(length));
            rest = rest.subspan(length);
        }
        const TopItems inStretches = best.take();

        QCOMPARE(inStretches.items, atOnce.items);
        QCOMPARE(inStretches.scores, atOnce.scores);
    }
}

void TopItemsTest::publishedPopularityFiguresComeOut_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<bool>("tiesAreWon");
    QTest::addColumn<double>("hitRate");
    QTest::addColumn<double>("ndcg");
    QTest::newRow("electronics, ties won") << "electronic_cell" << true << 0.4262 << 0.2620;
    QTest::newRow("electronics, ties lost") << "electronic_cell" << false << 0.3982 << 0.2473;
    QTest::newRow("cell phones, ties won") << "cell_electronic" << true << 0.4722 << 0.2903;
    QTest::newRow("cell phones, ties lost") << "cell_electronic" << false << 0.4358 << 0.2721;
}

/// 99 fixed negatives beside each positive, scored by the training count. The positive is the first candidate
/// or the last, so that equal scores are always won or always lost.
void TopItemsTest::publishedPopularityFiguresComeOut()
{
    NEED_SHARED_DATA();
    QFETCH(QString, folder);
    QFETCH(bool, tiesAreWon);
    QFETCH(double, hitRate);
    QFETCH(double, ndcg);
    const auto path = *test::sharedData() / "amazon_electronic_cell" / folder.toStdString();
    std::map<long long, float> popularity;
    std::ifstream training(path / "train.txt");
    for (std::string user, strength; training >> user;) {
        long long item = 0;
        training >> item >> strength;
        popularity[item] += 1.0F;
    }

    double hits = 0.0;
    double gain = 0.0;
    double users = 0.0;
    std::ifstream lines(path / "test_neg.txt");
    for (std::string line; std::getline(lines, line); users += 1.0) {
        std::vector<long long> candidates = candidatesOf(line);
        QCOMPARE(candidates.size(), std::size_t{100});
        const std::vector<ItemRow> positive = rows({tiesAreWon ? 0 : 99});
        std::swap(candidates.front(), candidates[index(positive[0])]);
        std::vector<float> scores;
        for (const long long item : candidates) {
            scores.push_back(popularity.contains(item) ? popularity.at(item) : 0.0F);
        }
        const RankedHits found = hitsOf(topItems(scores, {}, 10).items, positive);
        hits += hitRateAt(found, 10);
        gain += ndcgAt(found, 10);
    }

    QCOMPARE(users, 3325.0);
    QVERIFY2(std::abs(hits / users - hitRate) <= 0.00005 + 1e-12, std::to_string(hits / users).c_str());
    QVERIFY2(std::abs(gain / users - ndcg) <= 0.00005 + 1e-12, std::to_string(gain / users).c_str());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::TopItemsTest)
#include "TopItemsTest.moc"
