#include "core/model/SymmetricInverse.h"
#include "core/base/Parallel.h"
#include "core/base/Random.h"

#include <Eigen/Dense>
#include <QtTest/QTest>

namespace transept {
namespace {

/// M M' + I for a random M, with rubbish above the diagonal.
Matrix positiveDefinite(Eigen::Index size)
{
    Random random(5);
    Matrix factor(size, size);
    for (Eigen::Index at = 0; at < factor.size(); ++at) {
        factor.data()[at] = static_cast<float>(random.normal()) / std::sqrt(static_cast<float>(size));
    }
    Matrix result = factor * factor.transpose() + Matrix::Identity(size, size);
    result.triangularView<Eigen::StrictlyUpper>().setConstant(77.0F);
    return result;
}

} // namespace

class SymmetricInverseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheInverse_data();
    void isTheInverse();
    void hasTheSameBitsForAnyThreads();
    void refusesWhatIsNotPositiveDefinite();
    void stopsWhenAsked();
    void productIsTheProduct();
};

void SymmetricInverseTest::isTheInverse_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {1, 7, 256, 257, 600}) {
        QTest::addRow("%d", size) << size;
    }
}

void SymmetricInverseTest::isTheInverse()
{
    QFETCH(int, size);
    Matrix matrix = positiveDefinite(size);
    Eigen::MatrixXd whole = matrix.cast<double>().triangularView<Eigen::Lower>();
    whole.triangularView<Eigen::StrictlyUpper>() = whole.transpose();
    const Eigen::MatrixXd expected = whole.inverse();
    QVERIFY(invertSymmetric(matrix, {}).has_value());
    QVERIFY((matrix.cast<double>() - expected).cwiseAbs().maxCoeff() < 1e-5);
}

void SymmetricInverseTest::hasTheSameBitsForAnyThreads()
{
    Matrix one = positiveDefinite(700);
    Matrix two = one;
    setThreadCount(1);
    QVERIFY(invertSymmetric(one, {}).has_value());
    setThreadCount(2);
    QVERIFY(invertSymmetric(two, {}).has_value());
    setThreadCount(0);
    QVERIFY(one == two);
}

void SymmetricInverseTest::refusesWhatIsNotPositiveDefinite()
{
    Matrix matrix = positiveDefinite(300);
    matrix(280, 280) = -1.0F;
    const Status status = invertSymmetric(matrix, {});
    QVERIFY(!status.has_value());
    QCOMPARE(status.error().code, ErrorCode::Diverged);
}

void SymmetricInverseTest::stopsWhenAsked()
{
    Matrix matrix = positiveDefinite(600);
    std::stop_source source;
    const JobContext job{.stop = source.get_token(),
                         .progress = [&](const Progress&) { source.request_stop(); }};
    const Status status = invertSymmetric(matrix, job);
    QVERIFY(!status.has_value());
    QCOMPARE(status.error().code, ErrorCode::Cancelled);
}

void SymmetricInverseTest::productIsTheProduct()
{
    const Matrix a = positiveDefinite(520).leftCols(300);
    const Matrix b = positiveDefinite(300).rightCols(270);
    Matrix product;
    QVERIFY(multiply(a, b, product, {}).has_value());
    const Eigen::MatrixXd expected = a.cast<double>() * b.cast<double>();
    QVERIFY((product.cast<double>() - expected).norm() < 1e-6 * expected.norm());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::SymmetricInverseTest)
#include "SymmetricInverseTest.moc"
