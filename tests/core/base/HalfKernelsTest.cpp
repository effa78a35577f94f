#include "core/base/HalfKernels.h"

#include "core/base/Kernels.h"
#include "core/base/Processors.h"
#include "core/base/Random.h"

#include <Eigen/Core>
#include <QtTest/QTest>

#include <bit>
#include <cmath>
#include <numeric>
#include <vector>

namespace transept {

/// For every width of registers that this processor has.
class HalfKernelsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { limitVectorBytes(64); }
    void everyHalfIsDecodedExactly_data() { widths(); }
    void everyHalfIsDecodedExactly();
    void nothingIsWrittenBeyondTheLength_data() { widths(); }
    void nothingIsWrittenBeyondTheLength();
    void productsHaveTheBitsOfDecodedRows_data() { widths(); }
    void productsHaveTheBitsOfDecodedRows();

private:
    static void widths()
    {
        QTest::addColumn<int>("bytes");
        for (const int bytes : {16, 32, 64}) {
            QTest::addRow("%d bytes", bytes) << bytes;
        }
    }
};

namespace {

constexpr std::size_t allHalves = 65536;

float expected(std::uint16_t bits)
{
    return static_cast<float>(Eigen::numext::bit_cast<Eigen::half>(bits));
}

bool sameBits(float a, float b)
{
    return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}

} // namespace

void HalfKernelsTest::everyHalfIsDecodedExactly()
{
    QFETCH(int, bytes);
    limitVectorBytes(static_cast<std::size_t>(bytes));
    std::vector<std::uint16_t> halves(allHalves);
    std::iota(halves.begin(), halves.end(), std::uint16_t{0});
    std::vector<float> floats(allHalves);

    kernels::decodeHalves(halves.data(), halves.size(), floats.data());

    for (std::size_t at = 0; at < allHalves; ++at) {
        const float wanted = expected(halves[at]);
        QVERIFY2(std::isnan(wanted) ? std::isnan(floats[at]) : sameBits(floats[at], wanted),
                 qPrintable(QString::number(at)));
    }
}

void HalfKernelsTest::nothingIsWrittenBeyondTheLength()
{
    QFETCH(int, bytes);
    limitVectorBytes(static_cast<std::size_t>(bytes));
    const std::vector<std::uint16_t> halves(80, 0x3C00); // 1
    for (std::size_t length = 0; length <= 70; ++length) {
        std::vector<float> floats(80, -1.0F);
        kernels::decodeHalves(halves.data(), length, floats.data());
        for (std::size_t at = 0; at < floats.size(); ++at) {
            QCOMPARE(floats[at], at < length ? 1.0F : -1.0F);
        }
    }
}

void HalfKernelsTest::productsHaveTheBitsOfDecodedRows()
{
    QFETCH(int, bytes);
    limitVectorBytes(static_cast<std::size_t>(bytes));
    Random random(3);
    const std::vector<std::int32_t> places{2, -1, 0, 3, 3, 1};
    for (const std::size_t length : {1U, 5U, 16U, 31U, 32U, 100U, 257U}) {
        const std::size_t stride = (length + 15) / 16 * 16;
        std::vector<std::uint16_t> halves(4 * stride);
        std::vector<float> x(length);
        for (std::size_t at = 0; at < length; ++at) {
            x[at] = static_cast<float>(random.normal());
            for (std::size_t row = 0; row < 4; ++row) {
                const double scale = row == 3 ? 1e-6 : 0.1; // the last row's numbers are subnormal
                halves[row * stride + at] = Eigen::numext::bit_cast<std::uint16_t>(
                    Eigen::half(static_cast<float>(scale * random.normal())));
            }
        }
        std::vector<float> products(places.size(), -1.0F);

        kernels::dotHalfRows({halves.data(), stride}, places, x.data(), length, products.data());

        std::vector<float> row(length);
        for (std::size_t at = 0; at < places.size(); ++at) {
            if (places[at] < 0) {
                QVERIFY(sameBits(products[at], 0.0F));
                continue;
            }
            kernels::decodeHalves(
                halves.data() + static_cast<std::size_t>(places[at]) * stride, length, row.data());
            QVERIFY(sameBits(products[at], kernels::dot(row.data(), x.data(), length)));
        }
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::HalfKernelsTest)
#include "HalfKernelsTest.moc"
