#include "core/knowledge/Svd.h"

#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "tests/support/Temporary.h"

#include <Eigen/SVD>
#include <QtTest/QTest>

namespace transept {
namespace {

struct Example
{
    SparseRows sparse;
    Eigen::MatrixXd dense;
};

/// A sparse matrix whose spectrum falls: rows lean on a few groups of columns.
Example example(std::size_t rows, std::size_t columns)
{
    Example made{{},
                 Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns))};
    made.sparse.columnCount = columns;
    Random random(11);
    for (std::size_t row = 0; row < rows; ++row) {
        std::map<std::int32_t, float> entries;
        const std::uint64_t group = random.below(6);
        for (int nth = 0; nth < 8; ++nth) {
            const bool own = random.uniform() < 0.85;
            const std::uint64_t column =
                own ? group * columns / 6 + random.below(columns / 12) : random.below(columns);
            entries[static_cast<std::int32_t>(column)] = static_cast<float>(0.1 + random.uniform());
        }
        for (const auto& [column, value] : entries) {
            made.sparse.add(column, value);
            made.dense(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(column)) =
                static_cast<double>(value);
        }
        made.sparse.endRow();
    }
    return made;
}

} // namespace

class SvdTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }
    void agreesWithTheDenseDecomposition();
    void fullRankIsExact();
    void rankEndsWhereTheMatrixHasNoMore();
    void largestEntryOfAColumnIsPositive();
    void sameBitsForAnyNumberOfThreads();
    void emptyMatrixHasNoVectors();
    void stopsWhenAsked();
};

void SvdTest::agreesWithTheDenseDecomposition()
{
    constexpr int rank = 6;
    const Example matrix = example(400, 120);

    const Result<TruncatedSvd> svd = truncatedSvd(matrix.sparse, {.rank = rank, .iterations = 12}, {});

    QVERIFY_OK(svd);
    const Eigen::BDCSVD<Eigen::MatrixXd> dense(matrix.dense, Eigen::ComputeThinU | Eigen::ComputeThinV);
    for (int at = 0; at < rank; ++at) {
        const double wanted = dense.singularValues()(at);
        QVERIFY(std::abs(svd->singularValues[static_cast<std::size_t>(at)] - wanted) < 1e-4 * wanted);
    }
    // The same subspaces, whatever the signs and the order within near-equal values: equal projectors.
    const Eigen::MatrixXd right = svd->right.cast<double>();
    const Eigen::MatrixXd wantedRight = dense.matrixV().leftCols(rank);
    QVERIFY((right * right.transpose() - wantedRight * wantedRight.transpose()).norm() < 1e-4);
    // left is X V.
    QVERIFY((svd->left.cast<double>() - matrix.dense * right).norm() < 1e-4);
}

void SvdTest::fullRankIsExact()
{
    const Example matrix = example(30, 24);

    const Result<TruncatedSvd> svd = truncatedSvd(matrix.sparse, {.rank = 24}, {});

    QVERIFY_OK(svd);
    const Eigen::MatrixXd again = svd->left.cast<double>() * svd->right.cast<double>().transpose();
    QVERIFY((again - matrix.dense).norm() < 1e-4 * matrix.dense.norm());
}

void SvdTest::rankEndsWhereTheMatrixHasNoMore()
{
    SparseRows matrix;
    matrix.columnCount = 5;
    for (int row = 0; row < 6; ++row) {
        const float scale = static_cast<float>(row + 1);
        matrix.add(0, scale);
        matrix.add(row % 2 == 0 ? 3 : 4, 2.0F);
        matrix.endRow();
    }
    matrix.endRow();

    const Result<TruncatedSvd> svd = truncatedSvd(matrix, {.rank = 5}, {});

    QVERIFY_OK(svd);
    QCOMPARE(svd->singularValues.size(), std::size_t{3});
    QCOMPARE(svd->left.cols(), Eigen::Index{3});
    QVERIFY(svd->left.row(6).isZero());
    QVERIFY(svd->left.allFinite() && svd->right.allFinite());
}

void SvdTest::largestEntryOfAColumnIsPositive()
{
    const Result<TruncatedSvd> svd = truncatedSvd(example(100, 48).sparse, {.rank = 10}, {});

    QVERIFY_OK(svd);
    for (Eigen::Index column = 0; column < svd->right.cols(); ++column) {
        QCOMPARE(svd->right.col(column).maxCoeff(), svd->right.col(column).cwiseAbs().maxCoeff());
    }
}

void SvdTest::sameBitsForAnyNumberOfThreads()
{
    const Example matrix = example(3000, 240);

    setThreadCount(1);
    const Result<TruncatedSvd> one = truncatedSvd(matrix.sparse, {.rank = 16}, {});
    setThreadCount(2);
    const Result<TruncatedSvd> two = truncatedSvd(matrix.sparse, {.rank = 16}, {});

    QVERIFY_OK(one);
    QVERIFY_OK(two);
    QVERIFY(one->left == two->left);
    QVERIFY(one->right == two->right);
    QCOMPARE(one->singularValues, two->singularValues);
}

void SvdTest::emptyMatrixHasNoVectors()
{
    SparseRows matrix;
    matrix.endRow();

    const Result<TruncatedSvd> svd = truncatedSvd(matrix, {}, {});

    QVERIFY_OK(svd);
    QCOMPARE(svd->left.rows(), Eigen::Index{1});
    QCOMPARE(svd->left.cols(), Eigen::Index{0});
}

void SvdTest::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();

    const Result<TruncatedSvd> svd =
        truncatedSvd(example(100, 48).sparse, {.rank = 4}, {.stop = stop.get_token()});

    QVERIFY(!svd);
    QCOMPARE(svd.error().code, ErrorCode::Cancelled);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::SvdTest)
#include "SvdTest.moc"
