#include "core/nn/Optimizer.h"
#include "core/base/Random.h"
#include "core/nn/Dense.h"

#include <QtTest/QTest>

#include <cmath>

using namespace transept;

namespace {

constexpr std::size_t length = 37; // no multiple of any vector width

std::vector<float> drawn(Random& random)
{
    std::vector<float> values(length);
    for (float& value : values) {
        value = static_cast<float>(random.normal());
    }
    return values;
}

bool near(float actual, double expected)
{
    return std::abs(static_cast<double>(actual) - expected) < 1e-4 * (1.0 + std::abs(expected));
}

using Rows = Activations<double>;

Rows drawnRows(Eigen::Index rows, Eigen::Index columns, Random& random)
{
    return Rows::NullaryExpr(rows, columns, [&] { return random.normal(); });
}

} // namespace

class OptimizerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainDescentGoesAgainstTheGradient();
    void adaGradFollowsItsFormula();
    void adamFollowsItsFormula();
    void rowsKeepStatesOfTheirOwn();
    void wordsNameTheOptimisers();
    void layerGradientsAgreeWithFiniteDifferences();
};

void OptimizerTest::plainDescentGoesAgainstTheGradient()
{
    Random random(1);
    std::vector<float> values = drawn(random);
    const std::vector<float> before = values;
    const std::vector<float> gradient = drawn(random);

    Sgd{.rate = 0.1F}.step(gradient, values);

    for (std::size_t at = 0; at < length; ++at) {
        QVERIFY(near(values[at], before[at] - 0.1 * gradient[at]));
    }
}

void OptimizerTest::adaGradFollowsItsFormula()
{
    Random random(2);
    std::vector<float> values = drawn(random);
    std::vector<double> expected(values.begin(), values.end());
    std::vector<float> state(length);
    std::vector<double> squares(length);

    for (int step = 0; step < 5; ++step) {
        const std::vector<float> gradient = drawn(random);
        AdaGrad{.rate = 0.3F}.step(gradient, values, state);
        for (std::size_t at = 0; at < length; ++at) {
            const auto slope = static_cast<double>(gradient[at]);
            squares[at] += slope * slope;
            expected[at] -= 0.3 * slope / std::sqrt(squares[at] + 1e-8);
        }
    }

    for (std::size_t at = 0; at < length; ++at) {
        QVERIFY(near(values[at], expected[at]));
    }
}

void OptimizerTest::adamFollowsItsFormula()
{
    Random random(3);
    std::vector<float> values = drawn(random);
    std::vector<double> expected(values.begin(), values.end());
    std::vector<float> state(2 * length);
    std::vector<double> first(length);
    std::vector<double> second(length);

    for (std::uint32_t step = 1; step <= 5; ++step) {
        const std::vector<float> gradient = drawn(random);
        Adam{.rate = 0.05F}.step(gradient, values, state, step);
        for (std::size_t at = 0; at < length; ++at) {
            const auto slope = static_cast<double>(gradient[at]);
            first[at] = 0.9 * first[at] + 0.1 * slope;
            second[at] = 0.999 * second[at] + 0.001 * slope * slope;
            const double mean = first[at] / (1.0 - std::pow(0.9, step));
            expected[at] -= 0.05 * mean / (std::sqrt(second[at] / (1.0 - std::pow(0.999, step))) + 1e-8);
        }
    }

    for (std::size_t at = 0; at < length; ++at) {
        QVERIFY(near(values[at], expected[at]));
    }
}

void OptimizerTest::rowsKeepStatesOfTheirOwn()
{
    for (const OptimizerKind kind : {OptimizerKind::Sgd, OptimizerKind::AdaGrad, OptimizerKind::Adam}) {
        Random random(4);
        const std::vector<float> gradient = drawn(random);
        std::vector<float> alone(length, 1.0F);
        std::vector<float> among = alone;
        std::vector<float> other = alone;
        RowOptimizer one(kind, 1, length);
        RowOptimizer two(kind, 2, length);

        for (int step = 0; step < 3; ++step) {
            one.step(0.1F, 0, gradient, alone);
            two.step(0.1F, 0, drawn(random), other);
            two.step(0.1F, 1, gradient, among);
        }

        QCOMPARE(among, alone);
    }
}

void OptimizerTest::wordsNameTheOptimisers()
{
    QCOMPARE(optimizerKind("adagrad"), OptimizerKind::AdaGrad);
    QVERIFY(!optimizerKind("newton"));
}

void OptimizerTest::layerGradientsAgreeWithFiniteDifferences()
{
    Random random(5);
    DenseLayer<double> layer{.weights = drawnRows(3, 4, random), .biases = drawnRows(1, 3, random)};
    Rows inputs = drawnRows(6, 4, random);
    const Rows wanted = drawnRows(6, 3, random);
    const auto loss = [&] { return (forwardTanh(layer, inputs) - wanted).squaredNorm() / 2.0; };

    const Rows outputs = forwardTanh(layer, inputs);
    const Rows bySums = tanhGradient<double>(outputs, outputs - wanted);
    const DenseLayer<double> byParameters = parameterGradient(inputs, bySums);
    const Rows byInputs = inputGradient(layer, bySums);

    const auto slope = [&](double& value) {
        constexpr double step = 1e-6;
        const double before = value;
        value = before + step;
        const double above = loss();
        value = before - step;
        const double below = loss();
        value = before;
        return (above - below) / (2.0 * step);
    };
    for (Eigen::Index at = 0; at < layer.weights.size(); ++at) {
        QVERIFY(std::abs(slope(layer.weights.data()[at]) - byParameters.weights.data()[at]) < 1e-7);
    }
    for (Eigen::Index at = 0; at < layer.biases.size(); ++at) {
        QVERIFY(std::abs(slope(layer.biases.data()[at]) - byParameters.biases.data()[at]) < 1e-7);
    }
    for (Eigen::Index at = 0; at < inputs.size(); ++at) {
        QVERIFY(std::abs(slope(inputs.data()[at]) - byInputs.data()[at]) < 1e-7);
    }
}

QTEST_GUILESS_MAIN(OptimizerTest)
#include "OptimizerTest.moc"
