#include "core/base/Kernels.h"
#include "core/base/Random.h"

#include <QtTest/QTest>

#include <array>
#include <bit>
#include <cmath>
#include <vector>

namespace transept {

class KernelsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dotAddsSixteenLanesInTheFixedOrder();
    void dotIsNearTheExactSum();
    void dotRowsIsDotOfEachRow();
    void addScaledAndScaleAreThePlainLoops();
    void adaGradStepIsTheFormula();
    void adamStepIsTheFormula();
    void nothingIsWrittenBeyondTheLength();
};

namespace {

/// Every length around the blocks of 16, and a long one.
const std::vector<std::size_t> lengths{
    0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 47, 63, 64, 65, 127, 129, 1001};

std::vector<float> randomVector(std::size_t length, std::uint64_t seed)
{
    Random random(seed);
    std::vector<float> values(length);
    for (float& value : values) {
        value = static_cast<float>(random.normal());
    }
    return values;
}

/// The promise of the header written out: lane l adds the products l, l + 16 ...; the lanes are added in
/// halves.
float dotInLanes(const std::vector<float>& a, const std::vector<float>& b)
{
    std::array<float, 16> lanes{};
    for (std::size_t at = 0; at < a.size(); ++at) {
        const float product = a[at] * b[at];
        lanes[at % 16] += product;
    }
    for (std::size_t half = 8; half > 0; half /= 2) {
        for (std::size_t lane = 0; lane < half; ++lane) {
            lanes[lane] += lanes[lane + half];
        }
    }
    return lanes[0];
}

bool sameBits(float a, float b)
{
    return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}

bool sameBits(const std::vector<float>& a, const std::vector<float>& b)
{
    return std::equal(
        a.begin(), a.end(), b.begin(), b.end(), [](float x, float y) { return sameBits(x, y); });
}

} // namespace

void KernelsTest::dotAddsSixteenLanesInTheFixedOrder()
{
    for (const std::size_t length : lengths) {
        const std::vector<float> a = randomVector(length, 1);
        const std::vector<float> b = randomVector(length, 2);

        QVERIFY2(sameBits(kernels::dot(a.data(), b.data(), length), dotInLanes(a, b)),
                 std::to_string(length).c_str());
    }
}

void KernelsTest::dotIsNearTheExactSum()
{
    for (const std::size_t length : lengths) {
        const std::vector<float> a = randomVector(length, 3);
        const std::vector<float> b = randomVector(length, 4);
        double exact = 0.0;
        double size = 0.0;
        for (std::size_t at = 0; at < length; ++at) {
            exact += double{a[at]} * double{b[at]};
            size += std::abs(double{a[at]} * double{b[at]});
        }

        QVERIFY(std::abs(double{kernels::dot(a.data(), b.data(), length)} - exact) <= 1e-6 * size);
    }
}

void KernelsTest::dotRowsIsDotOfEachRow()
{
    constexpr std::size_t count = 5;
    for (const std::size_t length : lengths) {
        const std::size_t stride = length + 3;
        const std::vector<float> rows = randomVector(count * stride, 5);
        const std::vector<float> x = randomVector(length, 6);
        std::vector<float> out(count);

        kernels::dotRows(rows.data(), count, stride, x.data(), length, out.data());

        for (std::size_t row = 0; row < count; ++row) {
            QVERIFY(sameBits(out[row], kernels::dot(rows.data() + row * stride, x.data(), length)));
        }
    }
}

void KernelsTest::addScaledAndScaleAreThePlainLoops()
{
    for (const std::size_t length : lengths) {
        const std::vector<float> x = randomVector(length, 7);
        std::vector<float> y = randomVector(length, 8);
        std::vector<float> expected = y;
        for (std::size_t at = 0; at < length; ++at) {
            const float step = 0.3F * x[at];
            expected[at] = (expected[at] + step) * -1.7F;
        }

        kernels::addScaled(0.3F, x.data(), y.data(), length);
        kernels::scale(-1.7F, y.data(), length);

        QVERIFY(sameBits(y, expected));
    }
}

void KernelsTest::adaGradStepIsTheFormula()
{
    for (const std::size_t length : lengths) {
        const std::vector<float> gradient = randomVector(length, 11);
        std::vector<float> values = randomVector(length, 12);
        std::vector<float> squares(length, 0.5F);
        const std::vector<float> old = values;

        kernels::adaGradStep(0.1F, 1e-8F, gradient.data(), values.data(), squares.data(), length);

        for (std::size_t at = 0; at < length; ++at) {
            const double g = gradient[at];
            const double square = 0.5 + g * g;
            QVERIFY(std::abs(double{squares[at]} - square) < 1e-5);
            QVERIFY(std::abs(double{values[at]} - (old[at] - 0.1 * g / std::sqrt(square + 1e-8))) < 1e-6);
        }
    }
}

void KernelsTest::adamStepIsTheFormula()
{
    const kernels::AdamRates rates{
        .rate = 0.01F, .beta1 = 0.9F, .beta2 = 0.99F, .correction = 1.5F, .epsilon = 1e-6F};
    for (const std::size_t length : lengths) {
        const std::vector<float> gradient = randomVector(length, 13);
        std::vector<float> values = randomVector(length, 14);
        std::vector<float> first(length, 0.2F);
        std::vector<float> second(length, 0.4F);
        const std::vector<float> old = values;

        kernels::adamStep(rates, gradient.data(), values.data(), first.data(), second.data(), length);

        for (std::size_t at = 0; at < length; ++at) {
            const double g = gradient[at];
            const double m = 0.9 * 0.2 + 0.1 * g;
            const double v = 0.99 * 0.4 + 0.01 * g * g;
            QVERIFY(std::abs(double{first[at]} - m) < 1e-6);
            QVERIFY(std::abs(double{second[at]} - v) < 1e-6);
            QVERIFY(std::abs(double{values[at]} - (old[at] - 0.01 * m / (std::sqrt(1.5 * v) + 1e-6))) < 1e-6);
        }
    }
}

void KernelsTest::nothingIsWrittenBeyondTheLength()
{
    for (const std::size_t length : lengths) {
        const std::vector<float> x = randomVector(length + 16, 15);
        std::vector<float> p(length + 16, 7.0F);
        std::vector<float> q(length + 16, 7.0F);

        kernels::addScaled(2.0F, x.data(), p.data(), length);
        kernels::scale(3.0F, p.data(), length);
        kernels::adaGradStep(0.1F, 1e-8F, x.data(), p.data(), q.data(), length);

        for (std::size_t at = length; at < p.size(); ++at) {
            QCOMPARE(p[at], 7.0F);
            QCOMPARE(q[at], 7.0F);
        }
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::KernelsTest)
#include "KernelsTest.moc"
