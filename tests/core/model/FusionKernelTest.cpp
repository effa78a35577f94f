#include "core/model/FusionKernel.h"
#include "core/base/Random.h"
#include "core/model/Mapping.h"

#include <QtTest/QTest>

using namespace transept;

namespace {

constexpr std::size_t stride = 16;
constexpr std::size_t dimension = 5;
constexpr std::size_t facets = 3;

/// The slope of `loss` by one number, from both sides.
template<typename Loss>
double slope(const Loss& loss, double& value)
{
    constexpr double step = 1e-5;
    const double before = value;
    value = before + step;
    const double above = loss();
    value = before - step;
    const double below = loss();
    value = before;
    return (above - below) / (2.0 * step);
}

bool agree(double actual, double expected)
{
    return std::abs(actual - expected) < 1e-8 + 1e-6 * std::abs(expected);
}

/// All numbers of one event, one after the other, and the projections W (stride x dimension) with them.
struct EventNumbers
{
    std::vector<double> p = std::vector<double>(stride);
    std::vector<double> taste = std::vector<double>(stride);
    std::vector<double> q = std::vector<double>(stride);
    std::vector<double> biases = std::vector<double>(2);
    std::vector<double> projection = std::vector<double>(stride * dimension);
    std::vector<double> attention = std::vector<double>(stride * dimension);
    std::vector<double> gate = std::vector<double>(2 * stride);

    std::vector<std::vector<double>*> all()
    {
        return {&p, &taste, &q, &biases, &projection, &attention, &gate};
    }
};

EventNumbers drawnNumbers(std::uint64_t seed)
{
    Random random(seed);
    EventNumbers numbers;
    for (std::vector<double>* each : numbers.all()) {
        for (double& value : *each) {
            value = 0.5 * random.normal();
        }
    }
    return numbers;
}

/// W x_f for every facet, written out.
std::vector<double> project(const std::vector<double>& matrix,
                            const std::vector<double>& vectors,
                            std::size_t count)
{
    std::vector<double> rows(count * stride);
    for (std::size_t f = 0; f < count; ++f) {
        for (std::size_t k = 0; k < stride; ++k) {
            for (std::size_t m = 0; m < dimension; ++m) {
                rows[f * stride + k] += matrix[k * dimension + m] * vectors[f * dimension + m];
            }
        }
    }
    return rows;
}

/// sum_f g_f x_f', written out.
std::vector<double> carryBack(const std::vector<double>& byRows,
                              const std::vector<double>& vectors,
                              std::size_t count)
{
    std::vector<double> matrix(stride * dimension);
    for (std::size_t f = 0; f < count; ++f) {
        for (std::size_t k = 0; k < stride; ++k) {
            for (std::size_t m = 0; m < dimension; ++m) {
                matrix[k * dimension + m] += byRows[f * stride + k] * vectors[f * dimension + m];
            }
        }
    }
    return matrix;
}

FusionPlaces<double> placesOf(EventNumbers& numbers,
                              std::vector<double>& projected,
                              std::vector<double>& attended,
                              std::size_t count)
{
    return {.p = numbers.p.data(),
            .taste = numbers.taste.data(),
            .q = numbers.q.data(),
            .userBias = numbers.biases.data(),
            .itemBias = numbers.biases.data() + 1,
            .projected = projected.data(),
            .attended = attended.data(),
            .gateItem = numbers.gate.data(),
            .gateKnowledge = numbers.gate.data() + stride,
            .facets = count,
            .stride = stride};
}

} // namespace

class FusionKernelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void factorStepGoesDownTheGradient_data();
    void factorStepGoesDownTheGradient();
    void factorGradientAgreesWithFiniteDifferences();
    void fusionGradientAgreesWithFiniteDifferences_data();
    void fusionGradientAgreesWithFiniteDifferences();
    void seedFormSubtractsPooledKnowledge();
    void itemWithoutKnowledgeIsPlainFactorisation();
    void projectionsAgreeWithTheProductWrittenOut();
    void networkGradientAgreesWithFiniteDifferences();
};

void FusionKernelTest::factorStepGoesDownTheGradient_data()
{
    QTest::addColumn<bool>("logistic");
    QTest::addColumn<double>("weight");
    QTest::newRow("squared") << false << 1.0;
    QTest::newRow("squared, a source of weight 0.3") << false << 0.3;
    QTest::newRow("logistic") << true << 1.0;
}

void FusionKernelTest::factorStepGoesDownTheGradient()
{
    QFETCH(bool, logistic);
    QFETCH(double, weight);
    const PairLoss kind = logistic ? PairLoss::Logistic : PairLoss::Squared;
    EventNumbers numbers = drawnNumbers(1);
    const double decay = 0.07;
    BiasTerm<double> user{.value = 0.4, .decay = 0.2};
    BiasTerm<double> item{.value = -0.3, .decay = 0.5};
    const auto loss = [&] {
        double prediction = user.value + item.value;
        double squares = 0.0;
        for (std::size_t k = 0; k < stride; ++k) {
            prediction += numbers.p[k] * numbers.q[k];
            squares += numbers.p[k] * numbers.p[k] + numbers.q[k] * numbers.q[k];
        }
        const double fit = logistic ? std::log(1.0 + std::exp(prediction)) - prediction
                                    : (1.0 - prediction) * (1.0 - prediction) / 2.0;
        return weight * (fit + decay / 2.0 * squares + user.decay / 2.0 * user.value * user.value +
                         item.decay / 2.0 * item.value * item.value);
    };
    std::vector<double> expected;
    for (std::vector<double>* each : {&numbers.p, &numbers.q}) {
        for (double& value : *each) {
            expected.push_back(slope(loss, value));
        }
    }
    const double byUser = slope(loss, user.value);
    const double byItem = slope(loss, item.value);

    // A step is linear in the rate, so a rate of 1 shows the whole gradient.
    EventNumbers stepped = numbers;
    BiasTerm<double> steppedUser = user;
    BiasTerm<double> steppedItem = item;
    pairStep<16, double>({.rate = weight, .decay = decay, .loss = kind},
                         1.0,
                         stepped.p,
                         stepped.q.data(),
                         steppedUser,
                         steppedItem);

    for (std::size_t k = 0; k < stride; ++k) {
        QVERIFY(agree(numbers.p[k] - stepped.p[k], expected[k]));
        QVERIFY(agree(numbers.q[k] - stepped.q[k], expected[stride + k]));
    }
    QVERIFY(agree(user.value - steppedUser.value, byUser));
    QVERIFY(agree(item.value - steppedItem.value, byItem));
}

void FusionKernelTest::factorGradientAgreesWithFiniteDifferences()
{
    EventNumbers numbers = drawnNumbers(2);
    const auto loss = [&] {
        double prediction = 0.0;
        double squares = 0.0;
        for (std::size_t k = 0; k < stride; ++k) {
            prediction += numbers.p[k] * numbers.q[k];
            squares += numbers.p[k] * numbers.p[k] + numbers.q[k] * numbers.q[k];
        }
        return pairLoss(PairLoss::Squared, 0.8, prediction) + 0.05 * squares / 2.0;
    };
    std::vector<double> byP(stride);
    std::vector<double> byQ(stride);
    const double error = 0.8 - paddedDot<16>(numbers.p.data(), numbers.q.data(), stride);

    pairGradient<double>(error, 0.05, numbers.p.data(), numbers.q.data(), byP, byQ);

    for (std::size_t k = 0; k < stride; ++k) {
        QVERIFY(agree(byP[k], slope(loss, numbers.p[k])));
        QVERIFY(agree(byQ[k], slope(loss, numbers.q[k])));
    }
}

void FusionKernelTest::fusionGradientAgreesWithFiniteDifferences_data()
{
    QTest::addColumn<int>("fusion");
    QTest::addColumn<bool>("scalar");
    QTest::newRow("seed") << static_cast<int>(Fusion::Seed) << false;
    QTest::newRow("seed, scalar pooling") << static_cast<int>(Fusion::Seed) << true;
    QTest::newRow("additive") << static_cast<int>(Fusion::Additive) << false;
    QTest::newRow("concat") << static_cast<int>(Fusion::Concat) << false;
    QTest::newRow("gated") << static_cast<int>(Fusion::Gated) << false;
    QTest::newRow("weighted") << static_cast<int>(Fusion::Weighted) << false;
}

void FusionKernelTest::fusionGradientAgreesWithFiniteDifferences()
{
    QFETCH(int, fusion);
    QFETCH(bool, scalar);
    const FusionRules<double> rules{.fusion = static_cast<Fusion>(fusion),
                                    .scalar = scalar,
                                    .alpha = 0.7,
                                    .userWeight = 0.3,
                                    .itemWeight = 0.5,
                                    .inverseRoot = 0.25};
    const std::size_t count = rules.usesFacets() ? facets : 1;
    EventNumbers numbers = drawnNumbers(3);
    Random random(4);
    std::vector<double> vectors(count * dimension);
    for (double& value : vectors) {
        value = random.normal();
    }
    FusionScratch<double> scratch;
    scratch.reserve(count);
    const double rating = 1.3;
    const auto loss = [&] {
        std::vector<double> projected = project(numbers.projection, vectors, count);
        std::vector<double> attended = project(numbers.attention, vectors, count);
        const double prediction =
            fusionPrediction<16>(rules, placesOf(numbers, projected, attended, count), scratch);
        return (rating - prediction) * (rating - prediction) / 2.0;
    };

    EventNumbers gradient;
    std::vector<double> projected = project(numbers.projection, vectors, count);
    std::vector<double> attended = project(numbers.attention, vectors, count);
    std::vector<double> byProjected(projected.size());
    std::vector<double> byAttended(attended.size());
    const FusionPlaces<double> at = placesOf(numbers, projected, attended, count);
    const double prediction = fusionPrediction<16>(rules, at, scratch);
    addFusionGradient<16>(
        rules, at, scratch, prediction - rating, placesOf(gradient, byProjected, byAttended, count));
    gradient.projection = carryBack(byProjected, vectors, count);
    gradient.attention = carryBack(byAttended, vectors, count);

    const auto parameters = numbers.all();
    const auto gradients = gradient.all();
    bool moves = false;
    for (std::size_t part = 0; part < parameters.size(); ++part) {
        for (std::size_t value = 0; value < parameters[part]->size(); ++value) {
            const double expected = slope(loss, (*parameters[part])[value]);
            moves = moves || std::abs(expected) > 1e-3;
            QVERIFY2(agree((*gradients[part])[value], expected),
                     qPrintable(QStringLiteral("part %1, number %2").arg(part).arg(value)));
        }
    }
    QVERIFY(moves);
}

void FusionKernelTest::seedFormSubtractsPooledKnowledge()
{
    EventNumbers numbers = drawnNumbers(5);
    std::vector<double> projected(facets * stride);
    std::vector<double> attended(facets * stride);
    Random random(6);
    for (std::size_t at = 0; at < projected.size(); ++at) {
        projected[at] = random.normal();
        attended[at] = random.normal();
    }
    // The definition, term by term.
    double product = 0.0;
    std::vector<double> scores(facets);
    std::vector<double> values(facets);
    for (std::size_t k = 0; k < stride; ++k) {
        product += numbers.p[k] * numbers.q[k];
        for (std::size_t f = 0; f < facets; ++f) {
            scores[f] += numbers.p[k] * attended[f * stride + k] / 4.0;
            values[f] += numbers.p[k] * projected[f * stride + k];
        }
    }
    double sum = 0.0;
    double pooled = 0.0;
    for (std::size_t f = 0; f < facets; ++f) {
        sum += std::exp(scores[f]);
        pooled += std::exp(scores[f]) * values[f];
    }
    const double expected = numbers.biases[0] + numbers.biases[1] + product - 0.3 * pooled / sum;
    FusionScratch<double> scratch;
    scratch.reserve(facets);

    const double actual =
        fusionPrediction<16, double>({.fusion = Fusion::Seed, .alpha = 0.3, .inverseRoot = 0.25},
                                     placesOf(numbers, projected, attended, facets),
                                     scratch);

    QVERIFY(agree(actual, expected));
}

void FusionKernelTest::itemWithoutKnowledgeIsPlainFactorisation()
{
    for (const Fusion fusion : {Fusion::Seed, Fusion::Additive, Fusion::Concat, Fusion::Gated}) {
        EventNumbers numbers = drawnNumbers(7);
        std::vector<double> none(stride);
        FusionScratch<double> scratch;
        const double expected =
            numbers.biases[0] + numbers.biases[1] + paddedDot<16>(numbers.p.data(), numbers.q.data(), stride);

        const double actual = fusionPrediction<16, double>(
            {.fusion = fusion, .alpha = 0.3, .inverseRoot = 0.25}, placesOf(numbers, none, none, 0), scratch);

        QVERIFY(agree(actual, expected));
    }
}

void FusionKernelTest::projectionsAgreeWithTheProductWrittenOut()
{
    Random random(8);
    constexpr std::size_t rows = 9;
    std::vector<float> vectors(rows * dimension);
    std::vector<float> transposed(dimension * stride);
    std::vector<float> byRows(rows * stride);
    for (std::vector<float>* each : {&vectors, &transposed, &byRows}) {
        for (float& value : *each) {
            value = static_cast<float>(random.normal());
        }
    }
    std::vector<const float*> pointers;
    for (std::size_t row = 0; row < rows; ++row) {
        pointers.push_back(vectors.data() + row * dimension);
    }
    std::vector<float> projected(rows * stride);
    std::vector<float> gradient(dimension * stride, 1.0F);

    projectRows(pointers, dimension, transposed.data(), stride, projected.data());
    addProjectionGradient(pointers, dimension, byRows.data(), stride, gradient.data());

    for (std::size_t k = 0; k < stride; ++k) {
        for (std::size_t row = 0; row < rows; ++row) {
            double expected = 0.0;
            for (std::size_t m = 0; m < dimension; ++m) {
                expected += static_cast<double>(vectors[row * dimension + m] * transposed[m * stride + k]);
            }
            QVERIFY(std::abs(static_cast<double>(projected[row * stride + k]) - expected) < 1e-5);
        }
        for (std::size_t m = 0; m < dimension; ++m) {
            double expected = 1.0;
            for (std::size_t row = 0; row < rows; ++row) {
                expected += static_cast<double>(vectors[row * dimension + m] * byRows[row * stride + k]);
            }
            QVERIFY(std::abs(static_cast<double>(gradient[m * stride + k]) - expected) < 1e-5);
        }
    }
}

void FusionKernelTest::networkGradientAgreesWithFiniteDifferences()
{
    Random random(9);
    const auto draw = [&](Eigen::Index rows, Eigen::Index columns) {
        return Activations<double>(
            Activations<double>::NullaryExpr(rows, columns, [&] { return random.normal(); }));
    };
    const Activations<double> inputs = draw(7, 4);
    const Activations<double> outputs = draw(7, 4);
    MappingNetwork<double> network{.hidden = {.weights = draw(8, 4), .biases = draw(1, 8)},
                                   .output = {.weights = draw(4, 8), .biases = draw(1, 4)}};
    const auto loss = [&] { return networkLoss(network, inputs, outputs, 0.1); };

    MappingNetwork<double> gradient = networkGradient(network, inputs, outputs, 0.1);

    const auto check = [&](auto& parameters, const auto& actual) {
        bool right = true;
        for (Eigen::Index at = 0; at < parameters.size(); ++at) {
            right = right && std::abs(slope(loss, parameters.data()[at]) - actual.data()[at]) < 1e-7;
        }
        return right;
    };
    QVERIFY(check(network.hidden.weights, gradient.hidden.weights));
    QVERIFY(check(network.hidden.biases, gradient.hidden.biases));
    QVERIFY(check(network.output.weights, gradient.output.weights));
    QVERIFY(check(network.output.biases, gradient.output.biases));
}

QTEST_GUILESS_MAIN(FusionKernelTest)
#include "FusionKernelTest.moc"
