#include "core/evaluation/CatalogueMeasures.h"

#include "core/base/Random.h"

#include <QtTest/QTest>

#include <cmath>

namespace transept {

class CatalogueMeasuresTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void coverageIsTheShareOfItemsShown();
    void giniGoesFromEvenToOne_data();
    void giniGoesFromEvenToOne();
    void noveltyIsTheMeanSurprise();
    void diversityIsOneMinusTheMeanCosine();
    void itemsWithoutAVectorDoNotMakeAListDiverse();
    void popularItemsAreThoseOfTraining();
    void serendipityIsAHitThatPopularityMisses();
    void calibrationComparesSharesOfGenres();
    void categoriesAreGenresOrTheMostCommonFacet();
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

/// Item 0 four times, item 1 twice, item 2 twice, item 3 never.
InteractionMatrix training()
{
    std::vector<Event> events;
    for (const int item : {0, 0, 0, 0, 2, 1, 2, 1}) {
        events.push_back({.user = UserRow{0}, .item = ItemRow{item}});
    }
    return {1, 4, events};
}

ItemKnowledge knowledgeOf(const std::vector<std::vector<std::pair<const char*, const char*>>>& items)
{
    ItemKnowledge knowledge;
    for (const auto& facets : items) {
        std::vector<Facet>& own = knowledge.facets.emplace_back();
        for (const auto& [name, text] : facets) {
            own.push_back({.name = name, .text = text});
        }
    }
    return knowledge;
}

} // namespace

void CatalogueMeasuresTest::coverageIsTheShareOfItemsShown()
{
    QCOMPARE(coverageOf(std::vector<std::int64_t>{3, 0, 1, 0}), 0.5);
    QCOMPARE(coverageOf(std::vector<std::int64_t>{0, 0}), 0.0);
    QVERIFY(std::isnan(coverageOf({})));
}

void CatalogueMeasuresTest::giniGoesFromEvenToOne_data()
{
    using Counts = std::vector<qint64>;
    QTest::addColumn<Counts>("counts");
    QTest::addColumn<double>("expected");
    QTest::newRow("even") << Counts{2, 2, 2, 2} << 0.0;
    QTest::newRow("all on one") << Counts{0, 0, 8, 0} << 0.75;
    QTest::newRow("half on each of two") << Counts{4, 0, 0, 4} << 0.5;
    QTest::newRow("a staircase") << Counts{1, 2, 3, 4} << 0.25;
    QTest::newRow("nothing shown") << Counts{0, 0} << std::nan("");
}

void CatalogueMeasuresTest::giniGoesFromEvenToOne()
{
    QFETCH(std::vector<qint64>, counts);
    QFETCH(double, expected);

    QCOMPARE(giniOf(std::vector<std::int64_t>(counts.begin(), counts.end())), expected);
}

void CatalogueMeasuresTest::noveltyIsTheMeanSurprise()
{
    const std::vector<double> all = surprises(training());

    QCOMPARE(all, (std::vector<double>{1.0, 2.0, 2.0, 3.0})); // the last as if seen once in eight
    QCOMPARE(noveltyOf(rows({0, 3}), all), 2.0);
    QVERIFY(std::isnan(noveltyOf({}, all)));
}

void CatalogueMeasuresTest::diversityIsOneMinusTheMeanCosine()
{
    Random random(3);
    Matrix vectors(12, 7);
    for (Eigen::Index item = 0; item < vectors.rows(); ++item) {
        for (Eigen::Index column = 0; column < vectors.cols(); ++column) {
            vectors(item, column) = static_cast<float>(random.normal());
        }
        vectors.row(item).normalize();
    }
    const std::vector<ItemRow> list = rows({3, 11, 0, 5, 7});
    double sum = 0.0;
    int pairs = 0;
    for (std::size_t a = 0; a < list.size(); ++a) {
        for (std::size_t b = a + 1; b < list.size(); ++b, ++pairs) {
            sum += vectors.row(static_cast<Eigen::Index>(list[a]))
                       .cast<double>()
                       .dot(vectors.row(static_cast<Eigen::Index>(list[b])).cast<double>());
        }
    }

    QVERIFY(std::abs(diversityOf(list, vectors) - (1.0 - sum / pairs)) < 1e-12);
    QVERIFY(std::isnan(diversityOf(rows({3}), vectors)));
}

void CatalogueMeasuresTest::itemsWithoutAVectorDoNotMakeAListDiverse()
{
    Matrix vectors = Matrix::Zero(4, 2);
    vectors(0, 0) = 1.0F;
    vectors(1, 1) = 1.0F;

    QCOMPARE(diversityOf(rows({0, 2, 1, 3}), vectors), 1.0);
    QVERIFY(std::isnan(diversityOf(rows({0, 2, 3}), vectors)));
}

void CatalogueMeasuresTest::popularItemsAreThoseOfTraining()
{
    const std::vector<ItemRow> order = byPopularity(training());

    QCOMPARE(order, rows({0, 1, 2, 3}));
    QCOMPARE(popularFor(order, rows({0, 2}), 5), rows({1, 3}));
    QCOMPARE(popularFor(order, {}, 2), rows({0, 1}));
}

void CatalogueMeasuresTest::serendipityIsAHitThatPopularityMisses()
{
    const std::vector<ItemRow> list = rows({4, 1, 5, 2});
    const RankedHits hits{.isHit = {1, 1, 0, 1}, .relevant = 3};
    const std::vector<ItemRow> popular = rows({1, 3, 2, 0});

    QCOMPARE(serendipityOf(list, hits, popular, 1), 1.0);
    QCOMPARE(serendipityOf(list, hits, popular, 2), 0.5);       // 1 is among the two most popular
    QCOMPARE(serendipityOf(list, hits, popular, 4), 0.25);      // 2 is among the four
    QCOMPARE(serendipityOf(list, hits, popular, 8), 1.0 / 8.0); // missing places are misses
}

void CatalogueMeasuresTest::calibrationComparesSharesOfGenres()
{
    const Categories categories = categoriesOf(knowledgeOf({{{"genre", "drama"}},
                                                            {{"genre", "drama"}, {"genre", "crime"}},
                                                            {{"genre", "crime"}},
                                                            {{"mood", "dark"}}}));

    // Taste: drama 3/4, crime 1/4. List: crime alone.
    const double expected =
        0.75 * std::log(0.75 / (0.01 * 0.75)) + 0.25 * std::log(0.25 / (0.99 * 1.0 + 0.01 * 0.25));
    QCOMPARE(calibrationOf(rows({2, 3}), rows({0, 1, 3}), categories), expected);
    QCOMPARE(calibrationOf(rows({0, 1}), rows({1, 0}), categories), 0.0);
    QVERIFY(std::isnan(calibrationOf(rows({3}), rows({0}), categories)));
    QVERIFY(std::isnan(calibrationOf(rows({0}), rows({3}), categories)));
}

void CatalogueMeasuresTest::categoriesAreGenresOrTheMostCommonFacet()
{
    const auto count = [](const Categories& categories) {
        std::string text;
        for (const auto& own : categories.ofItem) {
            text += std::to_string(own.size());
        }
        return text;
    };
    using Items = std::vector<std::vector<std::pair<const char*, const char*>>>;

    QCOMPARE(count(categoriesOf(knowledgeOf(Items{{{"topic", "a"}, {"genre", "b"}}, {{"topic", "c"}}}))),
             "10");
    QCOMPARE(count(categoriesOf(
                 knowledgeOf(Items{{{"topic", "a"}, {"mood", "b"}}, {{"topic", "c"}, {"topic", "d"}}}))),
             "12");
    QCOMPARE(count(categoriesOf(knowledgeOf(Items{{}, {}}))), "00");
    QCOMPARE(count(categoriesOf(knowledgeOf(Items{{{"genre", "a"}, {"genre", "a"}}}))), "1");
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::CatalogueMeasuresTest)
#include "CatalogueMeasuresTest.moc"
