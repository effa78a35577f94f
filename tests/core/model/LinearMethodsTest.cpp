#include "core/base/Parallel.h"
#include "core/model/EaseNeighbourhoods.h"
#include "tests/core/model/LinearTesting.h"

#include <Eigen/Dense>
#include <QtTest/QTest>

#include <cmath>

namespace transept {
namespace {

constexpr Eigen::Index targets = 40;
constexpr double lambda = 7.0;

/// All indices but one.
std::vector<Eigen::Index> others(Eigen::Index count, Eigen::Index without)
{
    std::vector<Eigen::Index> result;
    for (Eigen::Index at = 0; at < count; ++at) {
        if (at != without) {
            result.push_back(at);
        }
    }
    return result;
}

/// Items x k: the vectors of both domains' items.
Eigen::MatrixXd denseVectors(const TrainingData& data)
{
    const Matrix films = data.target.knowledge->vectors.decoded();
    const Matrix books = data.sources[0].knowledge->vectors.decoded();
    Eigen::MatrixXd vectors(films.rows() + books.rows(), films.cols());
    vectors << films.cast<double>(), books.cast<double>();
    return vectors;
}

/// The b without a place c of its own that minimises ||G^(1/2) b - ...||: the ridge regression of one column
/// on the others, drawn to `prior` with weight kappa.
Eigen::VectorXd slowColumn(const Eigen::MatrixXd& gram,
                           std::pair<double, double> weights,
                           const Eigen::VectorXd& prior,
                           const std::vector<Eigen::Index>& support,
                           Eigen::Index column)
{
    if (support.empty()) {
        return Eigen::VectorXd::Zero(gram.rows());
    }
    Eigen::MatrixXd system = gram(support, support);
    system.diagonal().array() += weights.first + weights.second;
    const Eigen::VectorXd right = gram(support, column) + weights.second * prior(support);
    Eigen::VectorXd result = Eigen::VectorXd::Zero(gram.rows());
    result(support) = system.fullPivLu().solve(right);
    return result;
}

/// Column by column, each item's system without the item itself: no inverse of all items.
Eigen::MatrixXd slowEase(const Eigen::MatrixXd& history, double ridge)
{
    const Eigen::MatrixXd gram = history.transpose() * history;
    Eigen::MatrixXd weights(gram.rows(), targets);
    for (Eigen::Index item = 0; item < targets; ++item) {
        weights.col(item) = slowColumn(
            gram, {ridge, 0.0}, Eigen::VectorXd::Zero(gram.rows()), others(gram.rows(), item), item);
    }
    return weights;
}

Eigen::MatrixXd slowKnowledgeEase(const TrainingData& data, double kappa, double ridge)
{
    const Eigen::MatrixXd vectors = denseVectors(data);
    const Eigen::MatrixXd similarities = vectors * vectors.transpose();
    const Eigen::MatrixXd history = test::denseHistory(data);
    const Eigen::MatrixXd gram = history.transpose() * history;
    Eigen::MatrixXd weights(gram.rows(), targets);
    for (Eigen::Index item = 0; item < targets; ++item) {
        const std::vector<Eigen::Index> rest = others(gram.rows(), item);
        const Eigen::VectorXd none = Eigen::VectorXd::Zero(gram.rows());
        const Eigen::VectorXd meaning = slowColumn(similarities, {ridge, 0.0}, none, rest, item);
        weights.col(item) = slowColumn(gram, {lambda, kappa}, meaning, rest, item);
    }
    return weights;
}

/// The `most` other columns that take most off the squares of the item's column alone.
std::vector<Eigen::Index> strongest(const Eigen::MatrixXd& gram,
                                    double ridge,
                                    Eigen::Index item,
                                    std::size_t most)
{
    std::vector<std::pair<float, Eigen::Index>> gains;
    for (const Eigen::Index other : others(gram.rows(), item)) {
        const double gain = gram(other, item) * gram(other, item) / (gram(other, other) + ridge);
        if (gain > 0.0 || most + 1 >= static_cast<std::size_t>(gram.rows())) {
            gains.emplace_back(-static_cast<float>(gain), other);
        }
    }
    std::sort(gains.begin(), gains.end());
    gains.resize(std::min(gains.size(), most));
    std::vector<Eigen::Index> columns;
    for (const auto& [gain, other] : gains) {
        columns.push_back(other);
    }
    return columns;
}

/// Ridge regressions on the `most` strongest columns.
Eigen::MatrixXd slowNeighbourhoods(const Eigen::MatrixXd& history, std::size_t most)
{
    const Eigen::MatrixXd gram = history.transpose() * history;
    Eigen::MatrixXd weights(gram.rows(), targets);
    for (Eigen::Index item = 0; item < targets; ++item) {
        const Eigen::VectorXd none = Eigen::VectorXd::Zero(gram.rows());
        weights.col(item) = slowColumn(gram, {lambda, 0.0}, none, strongest(gram, lambda, item, most), item);
    }
    return weights;
}

/// Mean of |(G + lambda I) b_c - g_c| / |g_c| without place c, by dense algebra.
double slowResidual(const Eigen::MatrixXd& history, const Eigen::MatrixXd& weights)
{
    const Eigen::MatrixXd gram = history.transpose() * history;
    double sum = 0.0;
    int count = 0;
    for (Eigen::Index item = 0; item < targets; ++item) {
        const std::vector<Eigen::Index> rest = others(gram.rows(), item);
        const Eigen::VectorXd right = gram.col(item)(rest);
        if (right.norm() > 0.0) {
            const Eigen::VectorXd left = gram * weights.col(item) + lambda * weights.col(item);
            sum += (left(rest) - right).norm() / right.norm();
            ++count;
        }
    }
    return sum / count;
}

struct Penalties
{
    double l1 = 0.0;
    double l2 = 0.0;
    bool isNonNegative = true;
    std::size_t neighbourhood = 1000;
};

/// SLIM by proximal gradient steps on the events' matrix: no coordinates.
Eigen::MatrixXd slowSlim(const Eigen::MatrixXd& history, const Penalties& penalties)
{
    const double largest = history.jacobiSvd().singularValues()(0);
    const double step = 1.0 / (largest * largest + penalties.l2);
    const Eigen::MatrixXd gram = history.transpose() * history; // tells only who may have a weight
    Eigen::MatrixXd weights = Eigen::MatrixXd::Zero(history.cols(), targets);
    for (Eigen::Index item = 0; item < targets; ++item) {
        Eigen::ArrayXd allowed = Eigen::ArrayXd::Zero(history.cols());
        for (const Eigen::Index other : strongest(gram, penalties.l2, item, penalties.neighbourhood)) {
            allowed(other) = gram(other, item) > 0.0 ? 1.0 : 0.0;
        }
        Eigen::VectorXd b = Eigen::VectorXd::Zero(history.cols());
        for (int round = 0; round < 20000; ++round) {
            const Eigen::VectorXd gradient =
                history.transpose() * (history * b - history.col(item)) + penalties.l2 * b;
            const Eigen::ArrayXd moved = (b - step * gradient).array();
            const Eigen::ArrayXd size =
                ((penalties.isNonNegative ? moved : moved.abs()) - step * penalties.l1).max(0.0);
            Eigen::VectorXd next = (size * moved.sign() * allowed).matrix();
            next(item) = 0.0;
            const double change = (next - b).norm();
            b = std::move(next);
            if (change < 1e-9) {
                break;
            }
        }
        weights.col(item) = b;
    }
    return weights;
}

double residualOf(const Json& parameters, const std::shared_ptr<const TrainingData>& data)
{
    double residual = NAN;
    FitContext context;
    context.onDiagnostic = [&residual](std::string_view name, double value) {
        QCOMPARE(name, easeResidualName);
        residual = value;
    };
    test::fitted("ease", parameters, data, context);
    return residual;
}

Json neighbourhoodOf(int items)
{
    return {{"lambda", lambda}, {"solver", "neighbourhood"}, {"neighbourhood", items}};
}

} // namespace

/// knowledge-ease, slim, and ease by neighbourhoods.
class LinearMethodsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }
    void knowledgeEaseIsTheDefinition_data();
    void knowledgeEaseIsTheDefinition();
    void knowledgeEaseScoresItemsThatNobodyHad();
    void knowledgeEaseNeedsVectors();
    void wholeNeighbourhoodIsEase();
    void neighbourhoodsAreRidgeRegressions();
    void errorShrinksWithTheNeighbourhood();
    void exactSolverRefusesLargeSystems();
    void slimIsTheDefinition_data();
    void slimIsTheDefinition();
    void slimWeightsAreSparseAndNeverNegative();
    void contributionsAddUpToTheScore_data();
    void contributionsAddUpToTheScore();
    void haveTheSameBitsForAnyThreads_data();
    void haveTheSameBitsForAnyThreads();
    void stopIsHeard_data();
    void stopIsHeard();

private:
    static void addMethods();
};

void LinearMethodsTest::knowledgeEaseIsTheDefinition_data()
{
    QTest::addColumn<int>("users");
    QTest::addColumn<double>("kappa");
    QTest::addColumn<double>("decay");
    for (const int users : {200, 30}) {
        const char* system = users == 200 ? "items" : "users";
        QTest::addRow("%s' system", system) << users << 11.0 << 1.0;
        QTest::addRow("%s' system, strong pull", system) << users << 300.0 << 1.0;
        QTest::addRow("%s' system, recency", system) << users << 11.0 << 0.7;
    }
}

void LinearMethodsTest::knowledgeEaseIsTheDefinition()
{
    QFETCH(int, users);
    QFETCH(double, kappa);
    QFETCH(double, decay);
    const auto data = test::twoKnownDomains(static_cast<std::size_t>(users));
    const auto model = test::fitted(
        "knowledge-ease", {{"lambda", lambda}, {"kappa", kappa}, {"ridge", 0.4}, {"decay", decay}}, data);
    const Eigen::MatrixXd weights = slowKnowledgeEase(*data, kappa, 0.4);
    QVERIFY(test::largestDifference(*model, test::recentHistory(*data, decay) * weights) < 1e-5);
}

void LinearMethodsTest::knowledgeEaseScoresItemsThatNobodyHad()
{
    // Films 38 and 39 have no events; their meaning alone speaks.
    const auto data = test::twoKnownDomains(200);
    const auto model = test::fitted("knowledge-ease", Json::object(), data);
    const auto plain = test::fitted("ease", Json::object(), data);
    QVERIFY(test::scoresOf(*model, UserRow{4})[39] != 0.0F);
    QCOMPARE(test::scoresOf(*plain, UserRow{4})[39], 0.0F);
}

void LinearMethodsTest::knowledgeEaseNeedsVectors()
{
    auto data = std::make_shared<TrainingData>(*test::twoKnownDomains(30));
    auto knowledge = std::make_shared<ItemKnowledge>(*data->target.knowledge);
    knowledge->vectors = KnowledgeVectors::zeros(40, 0);
    data->target.knowledge = knowledge;
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, test::fitted("knowledge-ease", Json::object(), data));
    data->target.knowledge = nullptr;
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, test::fitted("knowledge-ease", Json::object(), data));
}

void LinearMethodsTest::wholeNeighbourhoodIsEase()
{
    for (const int users : {30, 200}) {
        const auto data = test::twoKnownDomains(static_cast<std::size_t>(users));
        const auto model = test::fitted("ease", neighbourhoodOf(69), data);
        const Eigen::MatrixXd history = test::denseHistory(*data);
        QVERIFY(test::largestDifference(*model, history * slowEase(history, lambda)) < 1e-5);
        QVERIFY(residualOf(neighbourhoodOf(69), data) < 1e-5);
    }
}

void LinearMethodsTest::neighbourhoodsAreRidgeRegressions()
{
    const auto data = test::twoKnownDomains(200);
    const Eigen::MatrixXd history = test::denseHistory(*data);
    for (const int items : {1, 12, 60}) {
        const Eigen::MatrixXd weights = slowNeighbourhoods(history, static_cast<std::size_t>(items));
        const auto model = test::fitted("ease", neighbourhoodOf(items), data);
        QVERIFY(test::largestDifference(*model, history * weights) < 1e-5);
        QVERIFY(std::abs(residualOf(neighbourhoodOf(items), data) - slowResidual(history, weights)) < 1e-5);
    }
}

void LinearMethodsTest::errorShrinksWithTheNeighbourhood()
{
    const auto data = test::twoKnownDomains(200);
    const Eigen::MatrixXd history = test::denseHistory(*data);
    const Eigen::MatrixXd exact = history * slowEase(history, lambda);
    double lastResidual = 1.0;
    double lastDifference = INFINITY;
    for (const int items : {2, 8, 20, 40, 69}) {
        const double residual = residualOf(neighbourhoodOf(items), data);
        const auto model = test::fitted("ease", neighbourhoodOf(items), data);
        const double difference = test::largestDifference(*model, exact);
        QVERIFY(residual < lastResidual);
        QVERIFY(difference < lastDifference);
        lastResidual = residual;
        lastDifference = difference;
    }
}

void LinearMethodsTest::exactSolverRefusesLargeSystems()
{
    // One more of either than fits; each user has two items of their own.
    constexpr int count = 20'001;
    auto data = std::make_shared<TrainingData>();
    data->userCount = count;
    std::vector<Event> events;
    for (int user = 0; user < count; ++user) {
        for (const int item : {user, (user + 1) % count}) {
            events.push_back({.user = UserRow{user}, .item = ItemRow{item}});
        }
    }
    data->target = test::domainOf("films", FeedbackKind::Implicit, count, count, std::move(events));
    auto knowledge = std::make_shared<ItemKnowledge>();
    knowledge->vectors = Matrix(Matrix::Constant(count, 1, 1.0F));
    data->target.knowledge = knowledge;
    const std::string limit = "at most 20000";
    for (const auto& [method, parameters, advice] :
         {std::tuple{"ease", Json{{"solver", "exact"}}, "\"neighbourhood\""},
          {"collective-ease", Json::object(), "or use ease"},
          {"knowledge-ease", Json::object(), "or use ease"}}) {
        std::string sentence;
        try {
            test::fitted(method, parameters, data);
        } catch (const std::runtime_error& error) {
            sentence = error.what();
        }
        QVERIFY2(sentence.find(limit) != std::string::npos, sentence.c_str());
        QVERIFY2(sentence.find(advice) != std::string::npos, sentence.c_str());
    }
    // By neighbourhoods: each item has two neighbours, with one user each.
    const auto model = test::fitted("ease", {{"lambda", 1.0}}, data);
    const std::vector<float> scores = test::scoresOf(*model, UserRow{7});
    QVERIFY(scores[6] > 0.0F && scores[7] > 0.0F && scores[9] > 0.0F);
    QCOMPARE(scores[11], 0.0F);
}

void LinearMethodsTest::slimIsTheDefinition_data()
{
    QTest::addColumn<double>("l1");
    QTest::addColumn<double>("l2");
    QTest::addColumn<bool>("nonNegative");
    QTest::addColumn<int>("neighbourhood");
    QTest::newRow("sparse") << 2.0 << 5.0 << true << 0;
    QTest::newRow("ridge alone") << 0.0 << 12.0 << true << 0;
    QTest::newRow("both signs") << 1.0 << 5.0 << false << 0;
    QTest::newRow("neighbourhood") << 0.5 << 5.0 << true << 7;
    QTest::newRow("neighbourhood, both signs") << 0.5 << 5.0 << false << 7;
}

void LinearMethodsTest::slimIsTheDefinition()
{
    QFETCH(double, l1);
    QFETCH(double, l2);
    QFETCH(bool, nonNegative);
    QFETCH(int, neighbourhood);
    Penalties penalties{.l1 = l1, .l2 = l2, .isNonNegative = nonNegative};
    if (neighbourhood > 0) {
        penalties.neighbourhood = static_cast<std::size_t>(neighbourhood);
    }
    for (const std::size_t users : {30, 200}) {
        const auto data = test::twoKnownDomains(users);
        const auto model = test::fitted(
            "slim",
            {{"l1", l1}, {"l2", l2}, {"non-negative", nonNegative}, {"neighbourhood", neighbourhood}},
            data);
        const Eigen::MatrixXd history = test::denseHistory(*data);
        QVERIFY(test::largestDifference(*model, history * slowSlim(history, penalties)) < 2e-4);
    }
}

void LinearMethodsTest::slimWeightsAreSparseAndNeverNegative()
{
    const auto data = test::twoKnownDomains(200);
    const auto weightsOf = [&](double l1) {
        std::size_t count = 0;
        const auto model = test::fitted("slim", {{"l1", l1}, {"l2", 5.0}}, data);
        for (int item = 0; item < 40; ++item) {
            for (const Contribution& each : model->contributions(UserRow{4}, ItemRow{item})) {
                if (!(each.weight > 0.0F)) {
                    throw std::runtime_error("a negative weight");
                }
                ++count;
            }
        }
        return count;
    };
    QVERIFY(weightsOf(4.0) < weightsOf(1.0));
    QCOMPARE(weightsOf(1000.0), std::size_t{0});
}

void LinearMethodsTest::addMethods()
{
    QTest::addColumn<std::string>("method");
    QTest::addColumn<std::string>("parameters");
    QTest::newRow("knowledge-ease") << std::string("knowledge-ease")
                                    << Json{{"lambda", lambda}, {"decay", 0.8}}.dump();
    QTest::newRow("slim") << std::string("slim") << Json{{"l1", 0.5}, {"l2", 5.0}, {"decay", 0.8}}.dump();
    QTest::newRow("neighbourhoods") << std::string("ease") << neighbourhoodOf(10).dump();
}

void LinearMethodsTest::contributionsAddUpToTheScore_data()
{
    addMethods();
}

void LinearMethodsTest::contributionsAddUpToTheScore()
{
    QFETCH(std::string, method);
    QFETCH(std::string, parameters);
    for (const std::size_t users : {30, 200}) {
        const auto model = test::fitted(method, Json::parse(parameters), test::twoKnownDomains(users));
        const std::vector<float> scores = test::scoresOf(*model, UserRow{4});
        bool anyFromBooks = false;
        for (int item = 0; item < 40; ++item) {
            float sum = 0.0F;
            float last = INFINITY;
            for (const Contribution& each : model->contributions(UserRow{4}, ItemRow{item})) {
                anyFromBooks = anyFromBooks || each.domain == 0;
                QVERIFY(std::abs(each.weight) <= last);
                last = std::abs(each.weight);
                sum += each.weight;
            }
            QVERIFY(std::abs(sum - scores[static_cast<std::size_t>(item)]) < 1e-5F);
        }
        QVERIFY(anyFromBooks);
    }
}

void LinearMethodsTest::haveTheSameBitsForAnyThreads_data()
{
    addMethods();
}

void LinearMethodsTest::haveTheSameBitsForAnyThreads()
{
    QFETCH(std::string, method);
    QFETCH(std::string, parameters);
    for (const std::size_t users : {50, 400}) {
        const auto data = test::twoKnownDomains(users);
        std::vector<std::vector<float>> scores;
        for (const int threads : {1, 2, 4, 8}) {
            setThreadCount(threads);
            scores.push_back(
                test::scoresOf(*test::fitted(method, Json::parse(parameters), data), UserRow{7}));
        }
        for (const std::vector<float>& each : scores) {
            QCOMPARE(each, scores.front());
        }
    }
}

void LinearMethodsTest::stopIsHeard_data()
{
    addMethods();
}

void LinearMethodsTest::stopIsHeard()
{
    QFETCH(std::string, method);
    QFETCH(std::string, parameters);
    std::stop_source stop;
    stop.request_stop();
    std::string sentence;
    try {
        FitContext context;
        context.job.stop = stop.get_token();
        test::fitted(method, Json::parse(parameters), test::twoKnownDomains(30), context);
    } catch (const std::runtime_error& error) {
        sentence = error.what();
    }
    QCOMPARE(sentence, describe(cancelled().value()));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::LinearMethodsTest)
#include "LinearMethodsTest.moc"
