#include "core/data/Interactions.h"
#include "core/data/SparseRows.h"

#include "tests/support/Datasets.h"

#include <QtTest/QTest>

#include <algorithm>
#include <tuple>

namespace transept {

class InteractionMatrixTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entriesOfAUserStandInOrderOfTimeThenOfTheFile();
    void repeatedPairsAreKept();
    void transposedMatrixHoldsTheSameEntries();
    void longMatricesAreTransposedInParts();
    void usersAndItemsWithoutEntriesHaveEmptyRows();
    void emptyMatrixHasNoMean();
    void meanIsOfAllValues();
};

namespace {

Event interaction(int user, int item, float value, std::int64_t time)
{
    return {.user = UserRow{user}, .item = ItemRow{item}, .value = value, .time = time};
}

} // namespace

void InteractionMatrixTest::entriesOfAUserStandInOrderOfTimeThenOfTheFile()
{
    const std::vector<Event> events{interaction(0, 3, 1, 30),
                                    interaction(1, 2, 2, 5),
                                    interaction(0, 2, 3, 10),
                                    interaction(0, 1, 4, 30)};

    const InteractionMatrix matrix(2, 4, events);

    const auto items = matrix.itemsOf(UserRow{0});
    QCOMPARE(std::vector<ItemRow>(items.begin(), items.end()),
             (std::vector<ItemRow>{ItemRow{2}, ItemRow{3}, ItemRow{1}}));
    const auto values = matrix.valuesOf(UserRow{0});
    QCOMPARE(std::vector<float>(values.begin(), values.end()), (std::vector<float>{3, 1, 4}));
    const auto times = matrix.timesOf(UserRow{0});
    QCOMPARE(std::vector<std::int64_t>(times.begin(), times.end()), (std::vector<std::int64_t>{10, 30, 30}));
}

void InteractionMatrixTest::repeatedPairsAreKept()
{
    const std::vector<Event> events{interaction(0, 0, 5, 0), interaction(0, 0, 2, 0)};

    const InteractionMatrix matrix(1, 1, events);

    QCOMPARE(matrix.size(), std::size_t{2});
    QCOMPARE(matrix.valuesOf(UserRow{0})[1], 2.0F);
    QCOMPARE(matrix.usersOf(ItemRow{0}).size(), std::size_t{2});
}

void InteractionMatrixTest::transposedMatrixHoldsTheSameEntries()
{
    const Dataset data = test::randomDataset({.seed = 3});
    const InteractionMatrix matrix(data.users.size(), data.target.items.size(), data.target.events);

    std::vector<std::tuple<UserRow, ItemRow, float>> byUser;
    std::vector<std::tuple<UserRow, ItemRow, float>> byItem;
    for (int row = 0; row < static_cast<int>(matrix.userCount()); ++row) {
        for (std::size_t at = 0; at < matrix.itemsOf(UserRow{row}).size(); ++at) {
            byUser.emplace_back(
                UserRow{row}, matrix.itemsOf(UserRow{row})[at], matrix.valuesOf(UserRow{row})[at]);
        }
    }
    for (int row = 0; row < static_cast<int>(matrix.itemCount()); ++row) {
        const auto users = matrix.usersOf(ItemRow{row});
        QVERIFY(std::is_sorted(users.begin(), users.end()));
        for (std::size_t at = 0; at < users.size(); ++at) {
            byItem.emplace_back(users[at], ItemRow{row}, matrix.itemValuesOf(ItemRow{row})[at]);
        }
    }

    std::sort(byUser.begin(), byUser.end());
    std::sort(byItem.begin(), byItem.end());
    QCOMPARE(byUser.size(), data.target.events.size());
    QVERIFY(byUser == byItem);
}

/// Entries enough for several tasks, and columns without any.
void InteractionMatrixTest::longMatricesAreTransposedInParts()
{
    SparseRows rows{.columnCount = 5000};
    for (std::int32_t row = 0; row < 3000; ++row) {
        for (std::int32_t column = row % 7; column < 5000; column += 3 + row % 11) {
            if (column % 10 != 4) {
                rows.add(column, static_cast<float>(row * 5000 + column));
            }
        }
        rows.endRow();
    }
    std::vector<std::int32_t> places;
    const Result<SparseRows> columns = transposed(rows, {}, &places);
    QVERIFY(columns);
    QVERIFY(columns->columns.size() > std::size_t{1} << 20U);
    QCOMPARE(columns->columns.size(), rows.columns.size());
    QCOMPARE(columns->rowCount(), rows.columnCount);
    for (std::size_t row = 0; row < rows.rowCount(); ++row) {
        for (std::size_t at = rows.starts[row]; at < rows.starts[row + 1]; ++at) {
            const auto column = static_cast<std::size_t>(rows.columns[at]);
            const auto place = static_cast<std::size_t>(places[at]);
            QVERIFY(place < columns->lengthOf(column));
            QVERIFY(columns->columnsOf(column)[place] == static_cast<std::int32_t>(row));
            QVERIFY(columns->valuesOf(column)[place] == rows.values[at]);
        }
    }
}

void InteractionMatrixTest::usersAndItemsWithoutEntriesHaveEmptyRows()
{
    const std::vector<Event> events{interaction(1, 1, 1, 0)};

    const InteractionMatrix matrix(3, 3, events);

    QCOMPARE(matrix.userCount(), std::size_t{3});
    QCOMPARE(matrix.itemCount(), std::size_t{3});
    QVERIFY(matrix.itemsOf(UserRow{0}).empty());
    QVERIFY(matrix.itemsOf(UserRow{2}).empty());
    QVERIFY(matrix.usersOf(ItemRow{2}).empty());
}

void InteractionMatrixTest::emptyMatrixHasNoMean()
{
    QCOMPARE(InteractionMatrix(2, 2, {}).mean(), 0.0);
    QCOMPARE(InteractionMatrix(2, 2, {}).userCount(), std::size_t{2});
    QCOMPARE(InteractionMatrix().userCount(), std::size_t{0});
}

void InteractionMatrixTest::meanIsOfAllValues()
{
    const std::vector<Event> events{
        interaction(0, 0, 1, 0), interaction(0, 1, 2, 0), interaction(1, 0, 4.5, 0)};

    QCOMPARE(InteractionMatrix(2, 2, events).mean(), 2.5);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::InteractionMatrixTest)
#include "InteractionMatrixTest.moc"
