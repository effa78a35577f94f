#include "core/knowledge/ItemFigures.h"

#include "core/store/RunStore.h"
#include "tests/support/Interactions.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cmath>
#include <limits>

namespace transept {
namespace {

const double none = std::numeric_limits<double>::quiet_NaN();

/// The items with these numbers, as a map has them.
std::vector<MapPoint> pointsOf(std::initializer_list<std::int64_t> items)
{
    std::vector<MapPoint> points;
    for (const std::int64_t item : items) {
        points.push_back({.item = ItemId{item}});
    }
    return points;
}

bool areSame(const std::vector<double>& a, const std::vector<double>& b)
{
    return std::ranges::equal(a, b, [](double left, double right) {
        return std::isnan(left) ? std::isnan(right) : std::abs(left - right) < 1e-12;
    });
}

} // namespace

/// What a map can be coloured by beside groups.
class ItemFiguresTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void popularityCountsInteractions();
    void errorsAreThoseOfTheTest();
    void stepsAreEvenOrLogarithmic();

private:
    RunId finished(const Workspace& workspace, const char* name, const RunStore::Outcome& outcome)
    {
        const RunStore store(workspace);
        return store
            .addFinished(
                {.name = name, .spec = Json::object(), .fingerprint = "f", .extent = {}, .version = "1"},
                outcome,
                {})
            .value();
    }

    test::Temporary m_folder;
};

void ItemFiguresTest::popularityCountsInteractions()
{
    const Workspace workspace = m_folder.workspace("counts.transept");
    test::fill(workspace,
               "films: ann alien 4, bob alien 2, bob brazil 5; books: ann dune 1, cid dune 2, bob dune 3");
    std::vector<MapPoint> points;
    Result<Statement> rows = workspace.database().prepare("SELECT id, key FROM item ORDER BY id");
    std::vector<std::string> keys;
    while (rows->step().value()) {
        points.push_back({.item = ItemId{rows->integer(0)}});
        keys.emplace_back(rows->text(1));
    }
    points.push_back({.item = ItemId{99}}); // seen by nobody

    const auto counts = popularityOf(workspace, points, {});

    QVERIFY_OK(counts);
    QCOMPARE(counts->size(), keys.size() + 1);
    for (std::size_t at = 0; at < keys.size(); ++at) {
        QCOMPARE((*counts)[at], keys[at] == "alien" ? 2.0 : keys[at] == "brazil" ? 1.0 : 3.0);
    }
    QCOMPARE(counts->back(), 0.0);
}

void ItemFiguresTest::errorsAreThoseOfTheTest()
{
    const Workspace workspace = m_folder.workspace("errors.transept");
    const std::vector<MapPoint> points = pointsOf({1, 2, 3});
    RunStore::Outcome ratings;
    ratings.predictions = {.persons = {PersonId{1}, PersonId{2}, PersonId{1}},
                           .items = {ItemId{1}, ItemId{1}, ItemId{2}},
                           .truths = {4.0F, 2.0F, 5.0F},
                           .predictions = {3.0F, 4.5F, 5.0F}};
    RunStore::Outcome lists;
    std::vector<ItemId> eleven; // 10 is the last of the first ten, 1 comes after them
    for (const std::int64_t item : {20, 21, 22, 23, 24, 25, 26, 27, 28, 2, 1}) {
        eleven.push_back(ItemId{item});
    }
    lists.lists = {{PersonId{1}, eleven, std::vector<float>(11), {ItemId{1}, ItemId{2}}},
                   {PersonId{2}, {ItemId{1}}, {1.0F}, {ItemId{1}, ItemId{2}}},
                   {PersonId{3}, {}, {}, {ItemId{2}}}};

    const auto off = errorsOf(workspace, finished(workspace, "ratings", ratings), points, {});
    const auto missed = errorsOf(workspace, finished(workspace, "lists", lists), points, {});
    const auto nothing = errorsOf(workspace, finished(workspace, "bare", {}), points, {});

    QVERIFY_OK(off);
    QVERIFY(!off->areMisses);
    QVERIFY(areSame(off->values, {(1.0 + 2.5) / 2.0, 0.0, none}));
    QVERIFY_OK(missed);
    QVERIFY(missed->areMisses);
    QVERIFY(areSame(missed->values, {1.0 / 2.0, 2.0 / 3.0, none}));
    QVERIFY(!nothing && describe(nothing.error()).find("bare kept neither") != std::string::npos);
    QVERIFY(!errorsOf(workspace, RunId{99}, points, {}));
}

void ItemFiguresTest::stepsAreEvenOrLogarithmic()
{
    const FigureSteps even = stepsOf(std::vector<double>{0.0, 2.4, 2.6, none, 10.0}, 4, false);
    QCOMPARE(even.places, (std::vector<int>{0, 0, 1, 4, 3}));
    QCOMPARE(even.low, 0.0);
    QCOMPARE(even.high, 10.0);
    const FigureSteps logarithmic = stepsOf(std::vector<double>{0.0, 9.0, 99.0, 999.0}, 3, true);
    QCOMPARE(logarithmic.places, (std::vector<int>{0, 1, 2, 2})); // 1, 10, 100, 1000
    QCOMPARE(stepsOf(std::vector<double>{7.0, 7.0}, 3, true).places, (std::vector<int>{0, 0}));
    QVERIFY(std::isnan(stepsOf(std::vector<double>{none}, 3, false).low));
    QVERIFY(stepsOf({}, 3, false).places.empty());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ItemFiguresTest)
#include "ItemFiguresTest.moc"
