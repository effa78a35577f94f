#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "core/model/AlsSolver.h"
#include "core/model/Registry.h"
#include "tests/core/model/ModelTesting.h"
#include "tests/support/SharedData.h"

#include <Eigen/Dense>

#include <cmath>

namespace transept {
namespace {

using Dense = Eigen::MatrixXd;

constexpr std::size_t userCount = 90;
constexpr std::size_t filmCount = 40;
constexpr std::size_t bookCount = 30;

/// A few users act in one domain alone, the last one in none; a few items have no events.
std::shared_ptr<TrainingData> generated()
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = userCount;
    data->target = test::domainOf("films",
                                  FeedbackKind::Implicit,
                                  userCount,
                                  filmCount,
                                  test::generatedEvents(userCount - 6, filmCount - 2, 9 * userCount, 3));
    data->sources.push_back(
        test::domainOf("books",
                       FeedbackKind::Implicit,
                       userCount,
                       bookCount,
                       test::generatedEvents(userCount - 1, bookCount, 5 * userCount, 4)));
    return data;
}

/// The same events with the books as further films.
std::shared_ptr<TrainingData> joined(const TrainingData& data)
{
    std::vector<Event> events = test::eventsOf(data.target);
    for (Event event : test::eventsOf(data.sources[0])) {
        event.item = static_cast<ItemRow>(static_cast<std::size_t>(event.item) + filmCount);
        events.push_back(event);
    }
    auto result = std::make_shared<TrainingData>();
    result->userCount = userCount;
    result->target =
        test::domainOf("both", FeedbackKind::Implicit, userCount, filmCount + bookCount, std::move(events));
    return result;
}

/// w of every pair of the target: 1, or ln(1 + strengths that add up); 0 where there is no event.
Dense weightsOf(const TrainingData& data, bool binary)
{
    const InteractionMatrix& interactions = data.target.interactions;
    Dense weights = Dense::Zero(static_cast<Eigen::Index>(interactions.userCount()),
                                static_cast<Eigen::Index>(interactions.itemCount()));
    for (const Event& event : test::eventsOf(data.target)) {
        weights(static_cast<Eigen::Index>(event.user), static_cast<Eigen::Index>(event.item)) +=
            static_cast<double>(event.value);
    }
    return binary ? Dense((weights.array() > 0.0).cast<double>()) : Dense(weights.array().log1p());
}

Eigen::Index nonZeroRows(const Dense& weights)
{
    return (weights.array() > 0.0).rowwise().any().count();
}

/// The definition's solution for one row of weights.
Eigen::VectorXd slowSolution(const Dense& fixed,
                             const Eigen::VectorXd& weights,
                             const AlsOptions& options,
                             Eigen::Index activeColumns)
{
    const auto interactions = static_cast<double>((weights.array() > 0.0).count());
    Dense left = options.unobservedWeight * fixed.transpose() * fixed +
                 fixed.transpose() * weights.asDiagonal() * fixed;
    left.diagonal().array() +=
        options.regularisation *
        std::pow(interactions + options.unobservedWeight * static_cast<double>(activeColumns),
                 options.exponent);
    return left.fullPivLu().solve(fixed.transpose() * weights);
}

/// The definition's sum without regularisation, pair by pair.
double slowError(const Dense& scores, const Dense& weights, double unobservedWeight)
{
    double sum = 0.0;
    for (Eigen::Index row = 0; row < scores.rows(); ++row) {
        for (Eigen::Index column = 0; column < scores.cols(); ++column) {
            const double score = scores(row, column);
            sum += weights(row, column) * (1.0 - score) * (1.0 - score) + unobservedWeight * score * score;
        }
    }
    return sum;
}

double slowRidge(const Dense& factors, const Dense& weights, const AlsOptions& options)
{
    const auto active = static_cast<double>(nonZeroRows(weights.transpose()));
    double sum = 0.0;
    for (Eigen::Index row = 0; row < factors.rows(); ++row) {
        const auto interactions = static_cast<double>((weights.row(row).array() > 0.0).count());
        if (interactions > 0.0) {
            sum += options.regularisation *
                   std::pow(interactions + options.unobservedWeight * active, options.exponent) *
                   factors.row(row).squaredNorm();
        }
    }
    return sum;
}

/// Rows of very different lengths over `columns` fixed rows; the first has all of them.
SparseRows generatedRows(std::size_t count, std::size_t columns, bool weighted)
{
    Random random(8);
    SparseRows rows{.columnCount = columns};
    for (std::size_t row = 0; row < count; ++row) {
        const double share = row == 0 ? 1.0 : 0.5 / static_cast<double>(row * row);
        for (std::size_t column = 0; column < columns; ++column) {
            if (random.uniform() < share || (row > 0 && row + 1 < count && column == row)) {
                rows.columns.push_back(static_cast<std::int32_t>(column));
                rows.values.push_back(weighted ? static_cast<float>(0.2 + random.uniform()) : 1.0F);
            }
        }
        rows.starts.push_back(rows.columns.size());
    }
    return rows;
}

FactorMatrix randomFactors(std::size_t rows, std::size_t width)
{
    Random random(11);
    FactorMatrix factors(rows, width);
    for (std::size_t row = 0; row < rows; ++row) {
        for (float& value : factors.row(row)) {
            value = static_cast<float>(0.4 * random.normal());
        }
    }
    return factors;
}

Eigen::VectorXd denseRow(const SparseRows& rows, std::size_t row)
{
    Eigen::VectorXd weights = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(rows.columnCount));
    for (std::size_t at = 0; at < rows.lengthOf(row); ++at) {
        weights(rows.columnsOf(row)[at]) = static_cast<double>(rows.valuesOf(row)[at]);
    }
    return weights;
}

/// The largest difference between rows of `solved` and the definition's solutions, relative to their size.
double distanceFromSolution(const FactorMatrix& solved,
                            const FactorMatrix& fixed,
                            const SparseRows& rows,
                            const AlsOptions& options)
{
    const Dense dense = fixed.matrix().cast<double>();
    double largest = 0.0;
    for (std::size_t row = 0; row < rows.rowCount(); ++row) {
        const Eigen::VectorXd expected =
            slowSolution(dense, denseRow(rows, row), options, static_cast<Eigen::Index>(fixed.rows));
        const Eigen::VectorXd actual =
            solved.matrix().row(static_cast<Eigen::Index>(row)).transpose().cast<double>();
        largest = std::max(largest, (actual - expected).norm() / (1e-3 + expected.norm()));
    }
    return largest;
}

std::unique_ptr<Method> method(const Json& parameters)
{
    const auto description = findMethod("ials").value();
    return description->create(checkParameters(description->parameters, parameters, "method").value());
}

} // namespace

class IalsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }
    void sweepSolvesTheDefinition_data();
    void sweepSolvesTheDefinition();
    void otherSolversConvergeToTheSameSolution_data();
    void otherSolversConvergeToTheSameSolution();
    void sweepTellsItsError();
    void unsolvableEquationsAreTold();
    void itemsSolveTheDefinitionGivenTheUsers_data();
    void itemsSolveTheDefinitionGivenTheUsers();
    void objectiveNeverRises_data();
    void objectiveNeverRises();
    void sourcesAreFurtherItems();
    void newUsersGetTheMeanUsersScores();
    void contributionsAddUpToTheExactScore();
    void foldInRepeatsAnExactHalfStep();
    void hasTheSameBitsForAnyThreads_data();
    void hasTheSameBitsForAnyThreads();
    void restoredModelGivesTheSameScores();
    void stopsWhenAsked();
    void reachesTheKnownQualityOnMovieLens();
};

void IalsTest::sweepSolvesTheDefinition_data()
{
    QTest::addColumn<int>("factors");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    QTest::addColumn<bool>("weighted");
    QTest::addRow("less than a register") << 3 << 9 << 40 << false;
    QTest::addRow("one register") << 16 << 5 << 60 << true;
    QTest::addRow("tiles of both widths") << 48 << 7 << 300 << false;
    QTest::addRow("padded") << 50 << 14 << 200 << true;
    QTest::addRow("several panels") << 64 << 6 << 3000 << false;
    QTest::addRow("many factors") << 200 << 4 << 900 << true;
}

void IalsTest::sweepSolvesTheDefinition()
{
    QFETCH(int, factors);
    QFETCH(int, rows);
    QFETCH(int, columns);
    QFETCH(bool, weighted);
    const AlsOptions options{.unobservedWeight = 0.3, .regularisation = 0.02, .exponent = 0.8};
    const SparseRows positives =
        generatedRows(static_cast<std::size_t>(rows), static_cast<std::size_t>(columns), weighted);
    const FactorMatrix fixed = randomFactors(positives.columnCount, static_cast<std::size_t>(factors));
    FactorMatrix solved = randomFactors(positives.rowCount(), fixed.width);
    QVERIFY(AlsSolver(positives, fixed.rows, options).sweep(fixed, solved, {}).has_value());
    QVERIFY(distanceFromSolution(solved, fixed, positives, options) < 1e-4);
}

void IalsTest::otherSolversConvergeToTheSameSolution_data()
{
    QTest::addColumn<int>("columns");
    QTest::addColumn<AlsOptions>("options");
    const AlsOptions base{.unobservedWeight = 0.3, .regularisation = 0.02};
    AlsOptions blocks = base;
    blocks.method = AlsMethod::Blocks;
    AlsOptions gradient = base;
    gradient.method = AlsMethod::ConjugateGradient;
    gradient.steps = 50;
    for (const int columns : {200, 15000}) { // the latter do not stay gathered
        blocks.blockSize = 16;
        QTest::addRow("blocks of 16, %d columns", columns) << columns << blocks;
        blocks.blockSize = 30;
        QTest::addRow("blocks of 32 and a rest, %d columns", columns) << columns << blocks;
        QTest::addRow("conjugate gradient, %d columns", columns) << columns << gradient;
    }
}

void IalsTest::otherSolversConvergeToTheSameSolution()
{
    QFETCH(int, columns);
    QFETCH(AlsOptions, options);
    const SparseRows positives = generatedRows(12, static_cast<std::size_t>(columns), true);
    const FactorMatrix fixed = randomFactors(positives.columnCount, 75);
    FactorMatrix solved(positives.rowCount(), fixed.width);
    AlsSolver solver(positives, fixed.rows, options);
    for (int sweep = 0; sweep < 40; ++sweep) {
        QVERIFY(solver.sweep(fixed, solved, {}).has_value());
    }
    QVERIFY(distanceFromSolution(solved, fixed, positives, options) < 1e-3);
}

void IalsTest::sweepTellsItsError()
{
    const SparseRows positives = generatedRows(12, 300, true);
    const FactorMatrix fixed = randomFactors(positives.columnCount, 20);
    Dense weights(12, 300);
    for (std::size_t row = 0; row < 12; ++row) {
        weights.row(static_cast<Eigen::Index>(row)) = denseRow(positives, row).transpose();
    }
    for (const AlsMethod kind : {AlsMethod::Exact, AlsMethod::Blocks, AlsMethod::ConjugateGradient}) {
        const AlsOptions options{
            .method = kind, .blockSize = 16, .unobservedWeight = 0.3, .regularisation = 0.02};
        FactorMatrix solved = randomFactors(positives.rowCount(), fixed.width);
        const double told = AlsSolver(positives, fixed.rows, options).sweep(fixed, solved, {}).value();
        const Dense scores = solved.matrix().cast<double>() * fixed.matrix().transpose().cast<double>();
        const double expected = slowError(scores, weights, options.unobservedWeight);
        QVERIFY(std::abs(told - expected) < 1e-4 * expected);
    }
}

void IalsTest::unsolvableEquationsAreTold()
{
    const SparseRows positives = generatedRows(5, 50, false);
    FactorMatrix fixed = randomFactors(positives.columnCount, 20);
    fixed.row(7)[3] = std::numeric_limits<float>::infinity();
    for (const AlsMethod kind : {AlsMethod::Exact, AlsMethod::Blocks, AlsMethod::ConjugateGradient}) {
        FactorMatrix solved(positives.rowCount(), fixed.width);
        const Result<double> told =
            AlsSolver(positives, fixed.rows, {.method = kind}).sweep(fixed, solved, {});
        QVERIFY(told.has_value());
        QVERIFY(!std::isfinite(*told));
    }
}

void IalsTest::itemsSolveTheDefinitionGivenTheUsers_data()
{
    QTest::addColumn<bool>("binary");
    QTest::addRow("pairs count once") << true;
    QTest::addRow("strengths add up to weights") << false;
}

void IalsTest::itemsSolveTheDefinitionGivenTheUsers()
{
    QFETCH(bool, binary);
    auto data = std::make_shared<TrainingData>(*generated());
    data->sources.clear();
    const AlsOptions options{.unobservedWeight = 0.2, .regularisation = 0.01, .exponent = 0.7};
    const auto model = test::fitted("ials",
                                    {{"factors", 12},
                                     {"epochs", 3},
                                     {"unobserved-weight", 0.2},
                                     {"regularisation", 0.01},
                                     {"exponent", 0.7},
                                     {"values", binary ? "binary" : "values"}},
                                    data);
    const Dense weights = weightsOf(*data, binary);
    Dense p = model->factors()[0].second.cast<double>();
    const Dense q = model->factors()[1].second.cast<double>();
    for (Eigen::Index user = 0; user < p.rows(); ++user) {
        if (weights.row(user).isZero()) {
            p.row(user).setZero();
        }
    }
    for (Eigen::Index item = 0; item < q.rows(); ++item) {
        const Eigen::VectorXd expected = slowSolution(p, weights.col(item), options, nonZeroRows(weights));
        QVERIFY((q.row(item).transpose() - expected).norm() < 1e-4 * (1.0 + expected.norm()));
    }
}

void IalsTest::objectiveNeverRises_data()
{
    QTest::addColumn<std::string>("solver");
    for (const std::string solver : {"exact", "blocks", "conjugate-gradient"}) {
        QTest::addRow("%s", solver.c_str()) << solver;
    }
}

void IalsTest::objectiveNeverRises()
{
    QFETCH(std::string, solver);
    auto data = std::make_shared<TrainingData>(*generated());
    data->sources.clear();
    const AlsOptions options{.unobservedWeight = 0.1, .regularisation = 0.01, .exponent = 1.0};
    const Dense weights = weightsOf(*data, true);
    std::vector<double> objectives;
    FitContext context;
    context.onEpoch = [&](const EpochReport& report, const std::shared_ptr<const Model>& model) {
        Dense p = model->factors()[0].second.cast<double>();
        const Dense q = model->factors()[1].second.cast<double>();
        for (Eigen::Index user = 0; user < p.rows(); ++user) {
            if (weights.row(user).isZero()) {
                p.row(user).setZero();
            }
        }
        const double error = slowError(p * q.transpose(), weights, options.unobservedWeight);
        const double told = report.trainLoss * weights.sum();
        objectives.push_back(std::abs(told - error) < 1e-4 * error
                                 ? error + slowRidge(p, weights, options) +
                                       slowRidge(q, weights.transpose(), options)
                                 : INFINITY);
        return Verdict::Continue;
    };
    const auto fitted = method({{"factors", 40},
                                {"epochs", 12},
                                {"solver", solver},
                                {"block-size", 16},
                                {"unobserved-weight", 0.1},
                                {"regularisation", 0.01}})
                            ->fit(data, context);
    QVERIFY(fitted.has_value());
    QCOMPARE(objectives.size(), std::size_t{12});
    for (std::size_t epoch = 1; epoch < objectives.size(); ++epoch) {
        QVERIFY(objectives[epoch] <= objectives[epoch - 1] * (1.0 + 1e-6));
    }
    QVERIFY(objectives.back() < 0.9 * objectives.front());
}

void IalsTest::sourcesAreFurtherItems()
{
    const auto data = generated();
    const Json parameters{{"factors", 16}, {"epochs", 4}};
    const auto apart = test::fitted("ials", parameters, data);
    const auto together = test::fitted("ials", parameters, joined(*data));
    data->sources.clear();
    const auto alone = test::fitted("ials", parameters, data);
    QCOMPARE(apart->itemCount(), filmCount);
    std::vector<float> ofApart(filmCount);
    std::vector<float> ofTogether(filmCount + bookCount);
    std::vector<float> ofAlone(filmCount);
    for (std::size_t user = 0; user < userCount; ++user) {
        apart->score(static_cast<UserRow>(user), ofApart);
        together->score(static_cast<UserRow>(user), ofTogether);
        alone->score(static_cast<UserRow>(user), ofAlone);
        QVERIFY(std::ranges::equal(ofApart, std::span(ofTogether).first(filmCount)));
        QVERIFY(ofApart != ofAlone);
    }
}

void IalsTest::newUsersGetTheMeanUsersScores()
{
    const auto model = test::fitted("ials", {{"factors", 16}, {"epochs", 4}}, generated());
    std::vector<float> scores(filmCount);
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(filmCount);
    for (std::size_t user = 0; user + 1 < userCount; ++user) {
        model->score(static_cast<UserRow>(user), scores);
        sum += Eigen::Map<const Vector>(scores.data(), filmCount).cast<double>();
    }
    model->score(UserRow{static_cast<int>(userCount) - 1}, scores);
    const Eigen::VectorXd ofNew = Eigen::Map<const Vector>(scores.data(), filmCount).cast<double>();
    QVERIFY((sum / static_cast<double>(userCount - 1) - ofNew).norm() < 1e-5);
    QVERIFY(ofNew.norm() > 0.1);
}

void IalsTest::contributionsAddUpToTheExactScore()
{
    const auto data = joined(*generated());
    const auto model = test::fitted("ials", {{"factors", 16}, {"epochs", 4}}, data);
    const AlsOptions options;
    const Dense weights = weightsOf(*data, true);
    const Dense q = model->factors()[1].second.cast<double>();
    for (const int user : {0, 5, 40}) {
        const Eigen::VectorXd p =
            slowSolution(q, weights.row(user).transpose(), options, nonZeroRows(weights.transpose()));
        for (const int item : {0, 17, 55}) {
            double sum = 0.0;
            float last = INFINITY;
            for (const Contribution& each : model->contributions(UserRow{user}, ItemRow{item})) {
                QVERIFY(weights(user, static_cast<Eigen::Index>(each.item)) > 0.0);
                QVERIFY(std::abs(each.weight) <= last);
                last = std::abs(each.weight);
                sum += static_cast<double>(each.weight);
            }
            QVERIFY(std::abs(sum - q.row(item).dot(p)) < 1e-4);
        }
    }
    QVERIFY(model->contributions(UserRow{static_cast<int>(userCount) - 1}, ItemRow{0}).empty());
}

void IalsTest::foldInRepeatsAnExactHalfStep()
{
    const AlsOptions options{.unobservedWeight = 0.3, .regularisation = 0.02};
    const SparseRows positives = generatedRows(9, 500, true);
    const FactorMatrix fixed = randomFactors(positives.columnCount, 40);
    FactorMatrix solved(positives.rowCount(), fixed.width);
    QVERIFY(AlsSolver(positives, fixed.rows, options).sweep(fixed, solved, {}).has_value());
    const FactorMatrix gram = weightedGram(fixed, options.unobservedWeight, {}).value();
    std::vector<float> vector(fixed.stride);
    for (std::size_t row = 0; row < positives.rowCount(); ++row) {
        const double pull = ridge(options, positives.lengthOf(row), fixed.rows);
        QVERIFY(
            foldIn(fixed,
                   gram,
                   {.columns = positives.columnsOf(row), .weights = positives.valuesOf(row), .ridge = pull},
                   vector));
        QVERIFY(std::ranges::equal(std::span(vector).first(fixed.width), solved.row(row)));
    }
}

void IalsTest::hasTheSameBitsForAnyThreads_data()
{
    objectiveNeverRises_data();
}

void IalsTest::hasTheSameBitsForAnyThreads()
{
    QFETCH(std::string, solver);
    std::vector<std::string> bytes;
    for (const int threads : {1, 2, 4, 8}) {
        setThreadCount(threads);
        bytes.push_back(
            test::fitted("ials", {{"factors", 40}, {"epochs", 3}, {"solver", solver}}, generated())
                ->serialised()
                .value());
        QCOMPARE(bytes.back(), bytes.front());
    }
}

void IalsTest::restoredModelGivesTheSameScores()
{
    const auto data = generated();
    const auto model = test::fitted("ials", {{"factors", 20}, {"epochs", 3}}, data);
    const std::string bytes = model->serialised().value();
    const auto restored = method({{"factors", 20}})->restore(data, bytes);
    QVERIFY(restored.has_value());
    std::vector<float> before(filmCount);
    std::vector<float> after(filmCount);
    for (std::size_t user = 0; user < userCount; ++user) {
        model->score(static_cast<UserRow>(user), before);
        (*restored)->score(static_cast<UserRow>(user), after);
        QCOMPARE(after, before);
        (*restored)->scoreItems(static_cast<UserRow>(user), std::vector{ItemRow{7}}, {after.data(), 1});
        QCOMPARE(after[0], before[7]);
    }
    QVERIFY(!method(Json::object())->restore(data, bytes.substr(0, bytes.size() - 1)).has_value());
    QVERIFY(!method(Json::object())->restore(joined(*data), bytes.substr(1)).has_value());
}

void IalsTest::stopsWhenAsked()
{
    std::stop_source source;
    int epochs = 0;
    FitContext context;
    context.job.stop = source.get_token();
    context.onEpoch = [&](const EpochReport&, const std::shared_ptr<const Model>&) {
        ++epochs;
        source.request_stop();
        return Verdict::Continue;
    };
    const auto fitted = method(Json::object())->fit(generated(), context);
    QVERIFY(!fitted.has_value());
    QCOMPARE(fitted.error().code, ErrorCode::Cancelled);
    QCOMPARE(epochs, 1);
}

void IalsTest::reachesTheKnownQualityOnMovieLens()
{
    NEED_SHARED_DATA();
    const test::RankingCase movies = test::movieLensPositives(*test::sharedData());
    const Json parameters{
        {"factors", 128}, {"unobserved-weight", 0.25}, {"regularisation", 0.011}, {"epochs", 16}};
    const double quality = test::ndcgAt10(*test::fitted("ials", parameters, movies.data), movies);
    qInfo("ials on MovieLens: NDCG@10 %.4f", quality);
    QVERIFY(quality > 0.278);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::IalsTest)
#include "IalsTest.moc"
