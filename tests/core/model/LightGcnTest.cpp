#include "core/base/Parallel.h"
#include "core/model/LightGcnTraining.h"
#include "core/model/Registry.h"
#include "tests/core/model/ModelTesting.h"
#include "tests/support/SharedData.h"

#include <Eigen/Dense>

#include <chrono>
#include <cmath>
#include <set>

using namespace transept;
using namespace transept::test;

namespace {

constexpr TwoDomains shape{.users = 24, .films = 14, .books = 9, .filmEvents = 120, .bookEvents = 60};
constexpr std::size_t userCount = shape.users;
constexpr std::size_t filmCount = shape.films;

LightGcnSettings settingsOf(int layers)
{
    return {.factors = 5, .layers = layers, .batch = 40, .regularisation = 0.01F, .sourceWeight = 0.4F};
}

/// Users above items.
Eigen::MatrixXd stacked(const NodeVectors& vectors)
{
    const Eigen::MatrixXd users = vectors.users.matrix().cast<double>();
    const Eigen::MatrixXd items = vectors.items.matrix().cast<double>();
    Eigen::MatrixXd all(users.rows() + items.rows(), users.cols());
    all << users, items;
    return all;
}

/// The dense matrix whose product with all nodes' vectors is the mean over the layers, from the definition.
Eigen::MatrixXd slowMean(const Positives& positives, int layers)
{
    const auto users = static_cast<Eigen::Index>(positives.userCount());
    const Eigen::Index nodes = users + static_cast<Eigen::Index>(positives.columnCount());
    Eigen::MatrixXd adjacency = Eigen::MatrixXd::Zero(nodes, nodes);
    for (std::size_t user = 0; user < positives.userCount(); ++user) {
        for (std::size_t at = positives.starts[user]; at < positives.starts[user + 1]; ++at) {
            const auto row = static_cast<Eigen::Index>(user);
            const Eigen::Index column = users + static_cast<Eigen::Index>(positives.columns[at]);
            adjacency(row, column) = 1.0;
            adjacency(column, row) = 1.0;
        }
    }
    const Eigen::VectorXd degrees = adjacency.rowwise().sum();
    for (Eigen::Index row = 0; row < nodes; ++row) {
        for (Eigen::Index column = 0; column < nodes; ++column) {
            if (adjacency(row, column) > 0.0) {
                adjacency(row, column) /= std::sqrt(degrees(row) * degrees(column));
            }
        }
    }
    Eigen::MatrixXd power = Eigen::MatrixXd::Identity(nodes, nodes);
    Eigen::MatrixXd sum = power;
    for (int layer = 0; layer < layers; ++layer) {
        power = adjacency * power;
        sum += power;
    }
    return sum / (layers + 1.0);
}

/// The loss of a batch, from the definition.
double slowLoss(const Eigen::MatrixXd& mean,
                const Eigen::MatrixXd& x,
                std::span<const Triple> batch,
                const LightGcnSettings& settings)
{
    const Eigen::MatrixXd e = mean * x;
    double loss = 0.0;
    for (const Triple& triple : batch) {
        const auto user = static_cast<Eigen::Index>(triple.user);
        const auto positive = static_cast<Eigen::Index>(userCount + triple.positive);
        const auto negative = static_cast<Eigen::Index>(userCount + triple.negative);
        const double order = e.row(user).dot(e.row(positive) - e.row(negative));
        const double squares =
            x.row(user).squaredNorm() + x.row(positive).squaredNorm() + x.row(negative).squaredNorm();
        const double weight = triple.domain == 0 ? 1.0 : static_cast<double>(settings.sourceWeight);
        loss += weight * (std::log(1.0 + std::exp(-order)) +
                          static_cast<double>(settings.regularisation) / 2.0 * squares);
    }
    return loss / static_cast<double>(batch.size());
}

std::unique_ptr<Method> made(const Json& values)
{
    const MethodDescription& description = **findMethod("lightgcn");
    return description.create(*checkParameters(description.parameters, values, "method"));
}

std::vector<float> allScores(const Model& model)
{
    std::vector<float> scores(userCount * filmCount);
    for (std::size_t user = 0; user < userCount; ++user) {
        model.score(static_cast<UserRow>(user), std::span(scores).subspan(user * filmCount, filmCount));
    }
    return scores;
}

void addLayers()
{
    QTest::addColumn<int>("layers");
    QTest::newRow("no layer") << 0;
    QTest::newRow("one layer") << 1;
    QTest::newRow("three layers") << 3;
}

} // namespace

class LightGcnTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }

    void propagationIsTheMeanOfThePowers_data() { addLayers(); }
    void propagationIsTheMeanOfThePowers();
    void gradientAgreesWithCentralDifferences_data() { addLayers(); }
    void gradientAgreesWithCentralDifferences();
    void epochTakesEveryPositiveOnceWithANegativeOfItsDomain();
    void anyNumberOfThreadsGivesTheSameBits();
    void lossFalls();
    void scoresAreProductsOfPropagatedVectors();
    void restoredModelScoresTheSame();
    void damagedModelIsRefused();
    void cancelledTrainingEndsWithinATenthOfASecond();
    void layersHelpOnRealPositives();
};

void LightGcnTest::propagationIsTheMeanOfThePowers()
{
    QFETCH(int, layers);
    const LightGcnTraining training = *LightGcnTraining::start(*twoDomains(shape), settingsOf(layers), {});
    const Propagation propagation(training.positives());

    NodeVectors fast;
    Propagation::Workspace workspace;
    QVERIFY(propagation.mean(training.vectors(), layers, fast, workspace, {}));

    const Eigen::MatrixXd expected = slowMean(training.positives(), layers) * stacked(training.vectors());
    QVERIFY((stacked(fast) - expected).cwiseAbs().maxCoeff() < 1e-7);
}

void LightGcnTest::gradientAgreesWithCentralDifferences()
{
    QFETCH(int, layers);
    constexpr double nudge = 1e-5;
    const LightGcnSettings settings = settingsOf(layers);
    LightGcnTraining training = *LightGcnTraining::start(*twoDomains(shape), settings, {});
    const std::vector<Triple> triples = *training.triplesOf(1, {});
    const auto batch = std::span(triples).first(40);
    const Eigen::MatrixXd mean = slowMean(training.positives(), layers);
    const Eigen::MatrixXd x = stacked(training.vectors());

    const Result<double> loss = training.findGradient(batch, {});

    QVERIFY(loss);
    const Eigen::MatrixXd actual = stacked(training.gradient());
    for (Eigen::Index row = 0; row < x.rows(); ++row) {
        for (Eigen::Index column = 0; column < x.cols(); ++column) {
            Eigen::MatrixXd up = x;
            Eigen::MatrixXd down = x;
            up(row, column) += nudge;
            down(row, column) -= nudge;
            const double expected =
                (slowLoss(mean, up, batch, settings) - slowLoss(mean, down, batch, settings)) / (2.0 * nudge);
            QVERIFY(std::abs(actual(row, column) - expected) < 1e-7);
        }
    }
    QVERIFY(actual.cwiseAbs().maxCoeff() > 1e-4);
    QVERIFY(training.findGradient(batch, {})); // nothing is left of the batch before
    QCOMPARE(stacked(training.gradient()), actual);
}

void LightGcnTest::epochTakesEveryPositiveOnceWithANegativeOfItsDomain()
{
    const LightGcnTraining training = *LightGcnTraining::start(*twoDomains(shape), settingsOf(2), {});
    const Positives& positives = training.positives();
    const auto has = [&](std::uint32_t user, std::uint32_t column) {
        return std::binary_search(
            positives.columns.begin() + static_cast<std::ptrdiff_t>(positives.starts[user]),
            positives.columns.begin() + static_cast<std::ptrdiff_t>(positives.starts[user + 1]),
            column);
    };
    std::set<std::pair<std::uint32_t, std::uint32_t>> taken;
    const std::vector<Triple> triples = *training.triplesOf(3, {});
    for (const Triple& triple : triples) {
        QVERIFY(has(triple.user, triple.positive));
        QVERIFY(!has(triple.user, triple.negative));
        QCOMPARE(triple.domain, triple.positive < filmCount ? 0U : 1U);
        QCOMPARE(triple.domain, triple.negative < filmCount ? 0U : 1U);
        taken.emplace(triple.user, triple.positive);
    }
    QCOMPARE(taken.size(), positives.columns.size());
    const std::vector<Triple> next = *training.triplesOf(4, {});
    QVERIFY(triples != next);
}

void LightGcnTest::anyNumberOfThreadsGivesTheSameBits()
{
    const auto data = twoDomains(shape);
    const auto trained = [&](int threads) {
        setThreadCount(threads);
        return allScores(**made({{"epochs", 3}, {"factors", 20}, {"batch", 30}})->fit(data, {}));
    };

    const std::vector<float> one = trained(1);

    for (const int threads : {2, 4, 8}) {
        QCOMPARE(trained(threads), one);
    }
}

void LightGcnTest::lossFalls()
{
    std::vector<double> losses;
    FitContext context;
    context.onEpoch = [&](const EpochReport& report, const std::shared_ptr<const Model>&) {
        losses.push_back(report.trainLoss);
        return Verdict::Continue;
    };

    QVERIFY(made({{"epochs", 20}, {"batch", 30}})->fit(twoDomains(shape), context));

    QCOMPARE(losses.size(), std::size_t{20});
    QVERIFY(losses.front() < 0.75 && losses.front() > 0.6);
    QVERIFY(losses.back() < 0.7 * losses.front());
}

void LightGcnTest::scoresAreProductsOfPropagatedVectors()
{
    const auto model = *made({{"epochs", 2}})->fit(twoDomains(shape), {});
    const auto factors = model->factors();

    const Matrix expected = factors[0].second * factors[1].second.transpose();

    const std::vector<float> scores = allScores(*model);
    for (std::size_t at = 0; at < scores.size(); ++at) {
        QVERIFY(std::abs(scores[at] - expected.data()[at]) < 1e-6F);
    }
}

void LightGcnTest::restoredModelScoresTheSame()
{
    const auto data = twoDomains(shape);
    const auto method = made({{"epochs", 2}});
    const auto model = *method->fit(data, {});

    const auto restored = method->restore(data, *model->serialised());

    QVERIFY(restored);
    QCOMPARE(allScores(**restored), allScores(*model));
    QCOMPARE((*restored)->factors(), model->factors());
}

void LightGcnTest::damagedModelIsRefused()
{
    const auto data = twoDomains(shape);
    const auto method = made({{"epochs", 1}});
    std::string bytes = *(*method->fit(data, {}))->serialised();
    QVERIFY(method->restore(data, bytes));

    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);

    QVERIFY(!method->restore(data, bytes));
}

void LightGcnTest::cancelledTrainingEndsWithinATenthOfASecond()
{
    std::stop_source source;
    std::chrono::steady_clock::time_point asked;
    FitContext context;
    context.job.stop = source.get_token();
    context.job.progress = [&](const Progress& progress) {
        if (progress.done == 1 && !source.stop_requested()) {
            asked = std::chrono::steady_clock::now();
            source.request_stop();
        }
    };

    const auto model = made({{"epochs", 1000}})->fit(twoDomains(shape), context);

    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::Cancelled);
    QVERIFY(std::chrono::steady_clock::now() - asked < std::chrono::milliseconds(100));
}

/// Phones of a sparse shop: what neighbours bought says more than a user's own few events.
void LightGcnTest::layersHelpOnRealPositives()
{
    NEED_SHARED_DATA();
    const RankingCase ranking = sportPhone(*sharedData(), false);
    const auto reached = [&](int layers) {
        return ndcgAt10(*fitted("lightgcn",
                                {{"layers", layers}, {"epochs", 6}, {"factors", 16}, {"batch", 8192}},
                                ranking.data),
                        ranking);
    };

    const double plain = reached(0);
    const double propagated = reached(2);

    qInfo("NDCG@10 %.4f, without layers %.4f", propagated, plain);
    QVERIFY(propagated > plain);
}

QTEST_GUILESS_MAIN(LightGcnTest)
#include "LightGcnTest.moc"
