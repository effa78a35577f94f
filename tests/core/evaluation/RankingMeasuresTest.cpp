#include "core/evaluation/RankingMeasures.h"

#include <QtTest/QTest>

#include <cmath>

namespace transept {

class RankingMeasuresTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void atThree_data();
    void atThree();
    void hitsAreFoundInTheList();
    void auc_data();
    void auc();
};

namespace {

/// log2 of the places 2, 3 counted from 1, plus one.
const double log3 = std::log2(3.0);

RankedHits hits(const char* places, int relevant)
{
    RankedHits result{.relevant = static_cast<std::size_t>(relevant)};
    for (; *places != '\0'; ++places) {
        result.isHit.push_back(*places == 'x' ? 1 : 0);
    }
    return result;
}

} // namespace

void RankingMeasuresTest::atThree_data()
{
    QTest::addColumn<QByteArray>("places"); // x: a hit
    QTest::addColumn<int>("relevant");
    QTest::addColumn<double>("precision");
    QTest::addColumn<double>("recall");
    QTest::addColumn<double>("f1");
    QTest::addColumn<double>("hitRate");
    QTest::addColumn<double>("ndcg");
    QTest::addColumn<double>("map");
    QTest::addColumn<double>("mrr");
    const auto row = [](const char* name, const char* places, int relevant, std::array<double, 7> v) {
        QTest::newRow(name) << QByteArray(places) << relevant << v[0] << v[1] << v[2] << v[3] << v[4] << v[5]
                            << v[6];
    };

    row("all right", "xxx", 3, {1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0});
    row("right, but more could be", "xxx", 6, {1.0, 0.5, 2.0 / 3.0, 1.0, 1.0, 1.0, 1.0});
    row("two of two on top", "xx-", 2, {2.0 / 3.0, 1.0, 0.8, 1.0, 1.0, 1.0, 1.0});
    row("the only one is second", "-x-", 1, {1.0 / 3.0, 1.0, 0.5, 1.0, 1.0 / log3, 0.5, 0.5});
    row("the only one is third", "--x", 1, {1.0 / 3.0, 1.0, 0.5, 1.0, 0.5, 1.0 / 3.0, 1.0 / 3.0});
    row("first and third of two",
        "x-x",
        2,
        {2.0 / 3.0, 1.0, 0.8, 1.0, 1.5 / (1.0 + 1.0 / log3), (1.0 + 2.0 / 3.0) / 2.0, 1.0});
    row("one of four, third",
        "--x",
        4,
        {1.0 / 3.0, 0.25, 2.0 / 7.0, 1.0, 0.5 / (1.5 + 1.0 / log3), 1.0 / 9.0, 1.0 / 3.0});
    row("a hit beyond K", "---x", 1, {0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0});
    row("a hit beyond K beside one within",
        "x--x",
        2,
        {1.0 / 3.0, 0.5, 0.4, 1.0, 1.0 / (1.0 + 1.0 / log3), 0.5, 1.0});
    row("no hit", "---", 2, {0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0});
    row("nothing is relevant", "---", 0, {0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0});
    row("list shorter than K", "x", 1, {1.0 / 3.0, 1.0, 0.5, 1.0, 1.0, 1.0, 1.0});
    row("empty list", "", 1, {0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0});
}

void RankingMeasuresTest::atThree()
{
    QFETCH(QByteArray, places);
    QFETCH(int, relevant);
    QFETCH(double, precision);
    QFETCH(double, recall);
    QFETCH(double, f1);
    QFETCH(double, hitRate);
    QFETCH(double, ndcg);
    QFETCH(double, map);
    QFETCH(double, mrr);
    const RankedHits list = hits(places.constData(), relevant);

    QCOMPARE(precisionAt(list, 3), precision);
    QCOMPARE(recallAt(list, 3), recall);
    QCOMPARE(f1At(list, 3), f1);
    QCOMPARE(hitRateAt(list, 3), hitRate);
    QCOMPARE(ndcgAt(list, 3), ndcg);
    QCOMPARE(averagePrecisionAt(list, 3), map);
    QCOMPARE(reciprocalRankAt(list, 3), mrr);
}

void RankingMeasuresTest::hitsAreFoundInTheList()
{
    const std::vector<ItemRow> ranked{ItemRow{4}, ItemRow{1}, ItemRow{7}};
    const std::vector<ItemRow> relevant{ItemRow{1}, ItemRow{2}, ItemRow{7}};

    const RankedHits found = hitsOf(ranked, relevant);

    QCOMPARE(found.isHit, (std::vector<std::uint8_t>{0, 1, 1}));
    QCOMPARE(found.relevant, std::size_t{3});
}

void RankingMeasuresTest::auc_data()
{
    using Rows = std::vector<int>;
    QTest::addColumn<std::vector<float>>("scores");
    QTest::addColumn<Rows>("excluded");
    QTest::addColumn<Rows>("relevant");
    QTest::addColumn<double>("expected");
    const auto nan = std::numeric_limits<float>::quiet_NaN();

    QTest::newRow("on top") << std::vector<float>{1, 9, 2} << Rows{} << Rows{1} << 1.0;
    QTest::newRow("last") << std::vector<float>{1, 0, 2} << Rows{} << Rows{1} << 0.0;
    QTest::newRow("in the middle") << std::vector<float>{1, 3, 2} << Rows{} << Rows{2} << 0.5;
    QTest::newRow("all equal") << std::vector<float>{1, 1, 1} << Rows{} << Rows{0} << 0.5;
    QTest::newRow("two relevant") << std::vector<float>{4, 3, 2, 1} << Rows{} << Rows{0, 2} << 0.75;
    QTest::newRow("excluded do not count") << std::vector<float>{9, 3, 2, 1} << Rows{0} << Rows{1} << 1.0;
    QTest::newRow("not a number is last") << std::vector<float>{nan, 3, 2} << Rows{} << Rows{0} << 0.0;
    QTest::newRow("all relevant") << std::vector<float>{1, 2} << Rows{} << Rows{0, 1} << std::nan("");
    QTest::newRow("nothing relevant") << std::vector<float>{1, 2} << Rows{} << Rows{} << std::nan("");
}

void RankingMeasuresTest::auc()
{
    QFETCH(std::vector<float>, scores);
    QFETCH(std::vector<int>, excluded);
    QFETCH(std::vector<int>, relevant);
    QFETCH(double, expected);
    const auto rows = [](const std::vector<int>& numbers) {
        std::vector<ItemRow> items;
        for (const int number : numbers) {
            items.push_back(ItemRow{number});
        }
        return items;
    };

    QCOMPARE(rankingAuc(scores, rows(excluded), rows(relevant)), expected);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::RankingMeasuresTest)
#include "RankingMeasuresTest.moc"
