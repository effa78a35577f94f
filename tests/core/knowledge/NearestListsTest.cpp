#include "core/knowledge/NearestLists.h"

#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <numeric>

namespace transept {
namespace {

Matrix randomMatrix(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed)
{
    Random random(seed);
    return Matrix::NullaryExpr(rows, columns, [&] { return static_cast<float>(random.normal()); });
}

/// Every third entry of whole numbers, so that sums are exact and ties are many.
SparseRows randomRows(std::size_t rows, std::size_t columns, std::uint64_t seed)
{
    Random random(seed);
    SparseRows made{.columnCount = columns};
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < columns; ++column) {
            if (random.below(3) == 0) {
                made.add(static_cast<std::int32_t>(column), static_cast<float>(1 + random.below(3)));
            }
        }
        made.endRow();
    }
    return made;
}

Matrix dense(const SparseRows& rows)
{
    Matrix made =
        Matrix::Zero(static_cast<Eigen::Index>(rows.rowCount()), static_cast<Eigen::Index>(rows.columnCount));
    for (std::size_t row = 0; row < rows.rowCount(); ++row) {
        for (std::size_t at = rows.starts[row]; at < rows.starts[row + 1]; ++at) {
            made(static_cast<Eigen::Index>(row), rows.columns[at]) = rows.values[at];
        }
    }
    return made;
}

std::vector<std::int32_t> everyRow(std::size_t count)
{
    std::vector<std::int32_t> rows(count);
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

/// The list of one row by sorting all others.
std::vector<std::int32_t> sorted(const Matrix& left,
                                 const Matrix& right,
                                 std::span<const float> penalties,
                                 const NearestQuery& query,
                                 std::int32_t row)
{
    std::vector<std::pair<float, std::int32_t>> all;
    for (Eigen::Index other = 0; other < right.rows(); ++other) {
        if (!query.isSame || other != row) {
            const float penalty = penalties.empty() ? 0.0F : penalties[static_cast<std::size_t>(other)];
            all.emplace_back(-(left.row(row).dot(right.row(other)) - penalty),
                             static_cast<std::int32_t>(other));
        }
    }
    std::ranges::sort(all);
    all.resize(std::min(all.size(), query.most));
    std::vector<std::int32_t> rows;
    std::ranges::transform(all, std::back_inserter(rows), [](const auto& each) { return each.second; });
    return rows;
}

} // namespace

class NearestListsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void denseListsAreThoseOfAFullSort();
    void penaltiesMakeItTheDistance();
    void sparseListsAreThoseOfAFullSort();
    void shortListsEndEarly();
    void bitsDoNotDependOnTheThreads();
    void stops();
};

void NearestListsTest::denseListsAreThoseOfAFullSort()
{
    const Matrix left = randomMatrix(150, 7, 1);
    const Matrix right = randomMatrix(2100, 7, 2);
    const std::vector<std::int32_t> rows{3, 149, 0};
    const NearestQuery query{.rows = rows, .most = 12, .isSame = false};

    const auto lists = nearestLists(left, right, {}, query, {});
    const auto own = nearestLists(right, right, {}, {.rows = rows, .most = 12}, {});

    QVERIFY_OK(lists);
    for (std::size_t at = 0; at < rows.size(); ++at) {
        QVERIFY(std::ranges::equal(lists->rowsOf(at), sorted(left, right, {}, query, rows[at])));
        QVERIFY(std::ranges::equal(own->rowsOf(at), sorted(right, right, {}, {.most = 12}, rows[at])));
        QVERIFY(std::ranges::is_sorted(lists->similaritiesOf(at), std::greater()));
    }
}

void NearestListsTest::penaltiesMakeItTheDistance()
{
    const Matrix points = randomMatrix(300, 5, 3);
    std::vector<float> halves;
    for (Eigen::Index row = 0; row < points.rows(); ++row) {
        halves.push_back(points.row(row).squaredNorm() / 2.0F);
    }
    const std::vector<std::int32_t> rows = everyRow(300);

    const auto lists = nearestLists(points, points, halves, {.rows = rows, .most = 4}, {});

    QVERIFY_OK(lists);
    for (const std::int32_t row : rows) {
        const float last =
            (points.row(row) - points.row(lists->rowsOf(static_cast<std::size_t>(row))[3])).norm();
        int nearer = 0;
        for (Eigen::Index other = 0; other < points.rows(); ++other) {
            nearer += other != row && (points.row(row) - points.row(other)).norm() < last * 0.9999F ? 1 : 0;
        }
        QCOMPARE(nearer, 3);
    }
}

void NearestListsTest::sparseListsAreThoseOfAFullSort()
{
    const SparseRows left = randomRows(80, 14, 4);
    const SparseRows right = randomRows(130, 12, 5); // the left has columns of its own
    const std::vector<std::int32_t> rows = everyRow(80);
    const NearestQuery query{.rows = rows, .most = 9, .isSame = false};

    const auto lists = nearestLists(left, right, query, {});

    QVERIFY_OK(lists);
    const Matrix shared = dense(left).leftCols(12);
    for (std::size_t at = 0; at < rows.size(); ++at) {
        std::vector<std::int32_t> slow = sorted(shared, dense(right), {}, query, rows[at]);
        std::erase_if(slow, [&](std::int32_t other) {
            return shared.row(rows[at]).dot(dense(right).row(other)) == 0.0F;
        });
        QVERIFY(std::ranges::equal(lists->rowsOf(at), slow));
    }
}

void NearestListsTest::shortListsEndEarly()
{
    SparseRows rows{.columnCount = 3};
    for (const std::int32_t column : {0, 0, 1}) {
        rows.add(column, 1.0F);
        rows.endRow();
    }
    const std::vector<std::int32_t> all = everyRow(3);

    Matrix odd = dense(rows);
    odd(1, 0) = std::numeric_limits<float>::quiet_NaN();
    QVERIFY(std::ranges::equal(nearestLists(odd, odd, {}, {.rows = all, .most = 5}, {})->rowsOf(0),
                               std::vector{2})); // what is no number is near nothing

    const auto sparse = nearestLists(rows, rows, {.rows = all, .most = 5}, {});
    const auto full = nearestLists(dense(rows), dense(rows), {}, {.rows = all, .most = 5}, {});

    QVERIFY_OK(sparse);
    QVERIFY(std::ranges::equal(sparse->rowsOf(0), std::vector{1}));
    QVERIFY(sparse->rowsOf(2).empty());
    QVERIFY(std::ranges::equal(full->rowsOf(2), std::vector{0, 1}));
}

void NearestListsTest::bitsDoNotDependOnTheThreads()
{
    const Matrix points = randomMatrix(900, 20, 6);
    const SparseRows sparse = randomRows(400, 60, 7);
    const std::vector<std::int32_t> rows = everyRow(400);
    const NearestQuery query{.rows = rows, .most = 10};
    setThreadCount(1);
    const auto once = nearestLists(points, points, {}, query, {});
    const auto sparseOnce = nearestLists(sparse, sparse, query, {});
    for (const int threads : {2, 4, 8}) {
        setThreadCount(threads);
        const auto again = nearestLists(points, points, {}, query, {});
        const auto sparseAgain = nearestLists(sparse, sparse, query, {});
        QVERIFY(again->rows == once->rows && again->similarities == once->similarities);
        QVERIFY(sparseAgain->rows == sparseOnce->rows &&
                sparseAgain->similarities == sparseOnce->similarities);
    }
    setThreadCount(0);
}

void NearestListsTest::stops()
{
    std::stop_source source;
    source.request_stop();
    const std::vector<std::int32_t> rows = everyRow(5);
    const Matrix points = randomMatrix(5, 3, 8);

    const auto lists = nearestLists(points, points, {}, {.rows = rows}, {.stop = source.get_token()});

    QCOMPARE(lists.error().code, ErrorCode::Cancelled);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::NearestListsTest)
#include "NearestListsTest.moc"
