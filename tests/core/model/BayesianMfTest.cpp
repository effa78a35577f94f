#include "core/base/Parallel.h"
#include "core/model/BayesianModel.h"
#include "core/model/GaussianBatch.h"
#include "core/model/Registry.h"
#include "tests/core/model/ModelTesting.h"
#include "tests/core/model/SamplingTesting.h"

#include <Eigen/LU>
#include <QtTest/QTest>

#include <chrono>
#include <cmath>

using namespace transept;
using namespace transept::test;

namespace {

constexpr std::size_t userCount = 300;
constexpr std::size_t itemCount = 200;
constexpr std::size_t newUsers = 20; ///< the last of them have no training ratings
constexpr std::size_t newItems = 20;
constexpr int trueFactors = 4;
constexpr double noise = 0.5;

/// Ratings made by the model itself: mean 3, factors of 4 numbers, noise. What is held out is both the
/// ratings and the numbers they scatter around.
struct Truth
{
    std::shared_ptr<TrainingData> data = std::make_shared<TrainingData>();
    std::vector<Event> known;     ///< held-out ratings of users and items in training
    std::vector<Event> cold;      ///< held-out ratings of a new user, a new item, or both
    Eigen::MatrixXd expectations; ///< users x items

    explicit Truth(std::uint64_t seed)
    {
        Random random(seed);
        const auto normal = [&](Eigen::Index rows, Eigen::Index columns, double deviation) {
            return Eigen::MatrixXd(
                Eigen::MatrixXd::NullaryExpr(rows, columns, [&] { return deviation * random.normal(); }));
        };
        const Eigen::MatrixXd p = normal(userCount, trueFactors, 0.7);
        const Eigen::MatrixXd q = normal(itemCount, trueFactors, 0.7);
        const Eigen::VectorXd userBiases = normal(userCount, 1, 0.4);
        const Eigen::VectorXd itemBiases = normal(itemCount, 1, 0.5);
        expectations = 3.0 + (p * q.transpose()).array();
        expectations.colwise() += userBiases;
        expectations.rowwise() += itemBiases.transpose();
        std::vector<Event> training;
        for (Eigen::Index user = 0; user < expectations.rows(); ++user) {
            for (Eigen::Index item = 0; item < expectations.cols(); ++item) {
                const double value = expectations(user, item) + noise * random.normal();
                const Event event{.user = static_cast<UserRow>(user),
                                  .item = static_cast<ItemRow>(item),
                                  .value = static_cast<float>(value)};
                const bool isCold = user >= static_cast<Eigen::Index>(userCount - newUsers) ||
                                    item >= static_cast<Eigen::Index>(itemCount - newItems);
                const std::uint64_t cell = random.below(100);
                if (isCold) {
                    cold.push_back(event);
                } else if (cell < 25) {
                    training.push_back(event);
                } else if (cell < 40) {
                    known.push_back(event);
                }
            }
        }
        data->userCount = userCount;
        data->target = domainOf("films", FeedbackKind::Explicit, userCount, itemCount, training);
        data->target.scaleMin = -100.0; // these ratings have no ends
        data->target.scaleMax = 100.0;
    }
};

const Truth& truth()
{
    static const Truth made(1);
    return made;
}

std::unique_ptr<Method> made(const Json& values)
{
    return methodOf("bayesian-mf", values);
}

std::shared_ptr<const BayesianModel> sampled(const Json& values)
{
    const auto model = made(values)->fit(truth().data, {});
    return std::dynamic_pointer_cast<const BayesianModel>(model.value());
}

const BayesianModel& usual()
{
    static const auto model =
        sampled({{"factors", 6}, {"samples", 200}, {"burn-in", 50}, {"kept", 200}, {"implicit", false}});
    return *model;
}

/// The share of the numbers that held-out ratings scatter around within 1.96 deviations.
double coveredExpectations(const BayesianModel& model, std::span<const Event> events)
{
    int inside = 0;
    for (const Event& event : events) {
        float score = 0.0F;
        float deviation = 0.0F;
        model.scoreItems(event.user, {&event.item, 1}, {&score, 1});
        model.deviations(event.user, {&event.item, 1}, {&deviation, 1});
        const double aim = truth().expectations(index(event.user), index(event.item));
        inside += std::abs(aim - static_cast<double>(score)) <= 1.96 * static_cast<double>(deviation) ? 1 : 0;
    }
    return inside / static_cast<double>(events.size());
}

/// A regression of one row, written out from the definition in GaussianBatch.h.
struct DenseRow
{
    Eigen::MatrixXd vectors; ///< a column each, the last number 1
    Eigen::VectorXd targets;
    Eigen::VectorXd weights;

    Eigen::MatrixXd precision(const GaussianPrior& prior, double tau) const
    {
        Eigen::MatrixXd sum = prior.precision;
        for (Eigen::Index at = 0; at < vectors.cols(); ++at) {
            sum += tau * weights[at] * vectors.col(at) * vectors.col(at).transpose();
        }
        return sum;
    }
    Eigen::VectorXd pull(const GaussianPrior& prior, double tau) const
    {
        Eigen::VectorXd sum = prior.precision * prior.mean;
        for (Eigen::Index at = 0; at < vectors.cols(); ++at) {
            sum += tau * weights[at] * targets[at] * vectors.col(at);
        }
        return sum;
    }
};

GaussianPrior drawnPrior(Random& random, Eigen::Index size)
{
    const Eigen::MatrixXd root = Eigen::MatrixXd::NullaryExpr(size, size, [&] { return random.normal(); });
    return {.mean = Eigen::VectorXd::NullaryExpr(size, [&] { return random.normal(); }),
            .precision = root * root.transpose() + Eigen::MatrixXd::Identity(size, size)};
}

/// A row that met some of 50 others, as the kernels take it and dense.
struct DrawnRow
{
    GaussianPrior prior;
    FactorMatrix others;
    std::vector<std::uint32_t> places;
    std::vector<float> targets;
    std::vector<float> weights;
    DenseRow dense;

    DrawnRow(std::size_t factors, std::size_t ratings)
        : others(50, factors)
        , places(ratings)
        , targets(ratings)
        , weights(ratings)
    {
        Random random(9);
        const auto size = static_cast<Eigen::Index>(factors + 1);
        const auto count = static_cast<Eigen::Index>(ratings);
        prior = drawnPrior(random, size);
        for (std::size_t row = 0; row < others.rows; ++row) {
            drawNormals(random, others.row(row));
        }
        drawNormals(random, targets);
        dense = {.vectors = Eigen::MatrixXd::Ones(size, count),
                 .targets = Eigen::VectorXd(count),
                 .weights = Eigen::VectorXd(count)};
        for (std::size_t at = 0; at < ratings; ++at) {
            const auto column = static_cast<Eigen::Index>(at);
            places[at] = static_cast<std::uint32_t>(random.below(others.rows));
            weights[at] = static_cast<float>(0.5 + random.uniform());
            for (std::size_t number = 0; number < factors; ++number) {
                dense.vectors(static_cast<Eigen::Index>(number), column) =
                    static_cast<double>(others.row(places[at])[number]);
            }
            dense.targets[column] = static_cast<double>(targets[at]);
            dense.weights[column] = static_cast<double>(weights[at]);
        }
    }
};

} // namespace

class BayesianMfTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }

    void rowIsDrawnFromItsConditional_data();
    void rowIsDrawnFromItsConditional();
    void samplesFindTheTruthBehindTheRatings();
    void noiseIsFound();
    void everyUserHasANoise();
    void deviationsAreCalibrated();
    void deviationsOfNewUsersAndItemsAreCalibrated();
    void deviationsOfRatingsHoldTheirNoise();
    void singleScoresAreThoseOfTheWholeRow();
    void startTakesTheLastSampleAndLeavesNewRows();
    void anyNumberOfThreadsGivesTheSameBits();
    void otherSeedGivesOtherSamples();
    void restoredModelScoresTheSame();
    void damagedModelIsRefused();
    void reportsAreFewAndTheLastIsTheResult();
    void verdictStopEndsTheSampling();
    void cancelledSamplingEndsWithinATenthOfASecond();
    void valuesBeyondAllBoundsEndAsDiverged();
    void trainingWithoutRatingsIsRefused();
};

void BayesianMfTest::rowIsDrawnFromItsConditional_data()
{
    QTest::addColumn<int>("factors");
    QTest::addColumn<int>("ratings");
    QTest::newRow("1 factor") << 1 << 7;
    QTest::newRow("6 factors, 1 rating") << 6 << 1;
    QTest::newRow("16 factors, more ratings than one stretch") << 16 << 700;
    QTest::newRow("25 factors") << 25 << 40;
    QTest::newRow("48 factors") << 48 << 90;
}

void BayesianMfTest::rowIsDrawnFromItsConditional()
{
    QFETCH(int, factors);
    QFETCH(int, ratings);
    constexpr double tau = 1.7;
    constexpr std::size_t lane = 5;
    const DrawnRow row(static_cast<std::size_t>(factors), static_cast<std::size_t>(ratings));
    const Eigen::MatrixXd precision = row.dense.precision(row.prior, tau);
    const Eigen::VectorXd pull = row.dense.pull(row.prior, tau);
    const Eigen::MatrixXd covariance = precision.inverse();
    const Eigen::VectorXd mean = covariance * pull;

    RowSums sums(static_cast<std::size_t>(factors));
    sums.add(row.others, row.places, row.targets, row.weights);
    GaussianBatch batch(static_cast<std::size_t>(factors));
    const Eigen::VectorXd ofPrior = row.prior.precision * row.prior.mean;
    batch.set(lane, sums, tau, row.prior.precision.cast<float>(), ofPrior.cast<float>());
    batch.factorise();
    const auto drawnWith = [&](std::size_t unit) {
        for (std::size_t number = 0; number < batch.size(); ++number) {
            batch.noise(lane, number) = number == unit ? 1.0F : 0.0F;
        }
        batch.draw();
        return Eigen::VectorXd(Eigen::VectorXd::NullaryExpr(mean.size(), [&](Eigen::Index number) {
            return static_cast<double>(batch.drawn(lane, static_cast<std::size_t>(number)));
        }));
    };

    const Eigen::VectorXd drawnMean = drawnWith(batch.size()); // no noise
    const Eigen::VectorXd deviations = covariance.diagonal().cwiseSqrt();
    QVERIFY(((drawnMean - mean).array().abs() < 2e-3 * deviations.array()).all());
    Eigen::MatrixXd drawnCovariance = Eigen::MatrixXd::Zero(mean.size(), mean.size());
    for (std::size_t unit = 0; unit < batch.size(); ++unit) {
        const Eigen::VectorXd shift = drawnWith(unit) - drawnMean;
        drawnCovariance += shift * shift.transpose();
    }
    const Eigen::MatrixXd scaled = deviations * deviations.transpose();
    QVERIFY(((drawnCovariance - covariance).array().abs() < 2e-3 * scaled.array()).all());
    const Eigen::VectorXd last = drawnWith(batch.size() - 1);
    const double energy = last.dot(precision * last) - 2.0 * last.dot(pull);
    QVERIFY(std::abs(static_cast<double>(batch.energy(lane)) - energy) < 1e-4 * std::abs(energy));
}

void BayesianMfTest::samplesFindTheTruthBehindTheRatings()
{
    const double bias = rmse(*fitted("bias", Json::object(), truth().data), truth().known, -100.0, 100.0);

    const double found = rmse(usual(), truth().known, -100.0, 100.0);

    qInfo("RMSE %.4f, bias %.4f, noise %.4f", found, bias, noise);
    QVERIFY(bias > 1.0);
    QVERIFY(found < noise * 1.15);
}

void BayesianMfTest::noiseIsFound()
{
    const auto shared = sampled(
        {{"factors", 6}, {"samples", 200}, {"burn-in", 50}, {"noise", "shared"}, {"implicit", false}});
    const double found = std::sqrt(shared->noiseVariance(UserRow{1}));
    QVERIFY2(std::abs(found - noise) < 0.02, qPrintable(QString::number(found)));
    QCOMPARE(shared->noiseVariance(UserRow{2}), shared->noiseVariance(UserRow{1}));
}

/// Every other user's ratings scatter by 1 more.
void BayesianMfTest::everyUserHasANoise()
{
    auto data = std::make_shared<TrainingData>(*truth().data);
    const double wild = std::sqrt(noise * noise + 1.0);
    Random random(7);
    std::vector<Event> events = test::eventsOf(data->target);
    for (Event& event : events) {
        event.value += index(event.user) % 2 == 1 ? static_cast<float>(random.normal()) : 0.0F;
    }
    data->target.interactions = InteractionMatrix(userCount, itemCount, events);
    const Json values{{"factors", 6}, {"samples", 100}, {"burn-in", 100}, {"implicit", false}};
    Json shared = values;
    shared["noise"] = "shared";

    const auto model = made(values)->fit(data, {});
    const auto sharing = made(shared)->fit(data, {});

    const auto& found = dynamic_cast<const BayesianModel&>(**model);
    double sums[2] = {};
    for (std::size_t user = 0; user < userCount - newUsers; ++user) {
        sums[user % 2] += found.noiseVariance(static_cast<UserRow>(user)) / (0.5 * (userCount - newUsers));
    }
    const double without = rmse(**sharing, truth().known, -100.0, 100.0);
    const double with = rmse(**model, truth().known, -100.0, 100.0);
    qInfo("noise %.3f and %.3f; RMSE with one noise %.4f, with many %.4f",
          std::sqrt(sums[0]),
          std::sqrt(sums[1]),
          without,
          with);
    QVERIFY(std::abs(std::sqrt(sums[0]) - noise) < 0.1);
    QVERIFY(std::abs(std::sqrt(sums[1]) - wild) < 0.1);
    QVERIFY(with < without - 0.01);
}

void BayesianMfTest::deviationsAreCalibrated()
{
    const double ratings = coveredRatings(usual(), truth().known, 1.96);
    const double expectations = coveredExpectations(usual(), truth().known);

    qInfo("within 1.96 deviations: ratings %.3f, expectations %.3f", ratings, expectations);
    QVERIFY(ratings > 0.935 && ratings < 0.965);
    QVERIFY(expectations > 0.92 && expectations < 0.98);
}

void BayesianMfTest::deviationsOfNewUsersAndItemsAreCalibrated()
{
    const double ratings = coveredRatings(usual(), truth().cold, 1.96);
    float known = 0.0F;
    float unknown = 0.0F;
    const ItemRow item{3};
    usual().deviations(UserRow{3}, {&item, 1}, {&known, 1});
    usual().deviations(static_cast<UserRow>(userCount - 1), {&item, 1}, {&unknown, 1});

    qInfo("within 1.96 deviations: %.3f; deviation known %.3f, new %.3f",
          ratings,
          static_cast<double>(known),
          static_cast<double>(unknown));
    QVERIFY(ratings > 0.92 && ratings < 0.975);
    QVERIFY(unknown > 2.0F * known);
}

void BayesianMfTest::deviationsOfRatingsHoldTheirNoise()
{
    for (const UserRow user : {UserRow{3}, static_cast<UserRow>(userCount - 1)}) {
        const std::vector<ItemRow> items{ItemRow{0}, ItemRow{77}, static_cast<ItemRow>(itemCount - 1)};
        std::vector<float> ofExpected(items.size());
        std::vector<float> ofRatings(items.size());
        QVERIFY(usual().deviations(user, items, ofExpected));
        QVERIFY(usual().ratingDeviations(user, items, ofRatings));
        for (std::size_t at = 0; at < items.size(); ++at) {
            const double expected =
                std::hypot(static_cast<double>(ofExpected[at]), std::sqrt(usual().noiseVariance(user)));
            QVERIFY(std::abs(static_cast<double>(ofRatings[at]) - expected) < 1e-5 * expected);
            QVERIFY(ofRatings[at] > 0.8 * noise);
        }
    }
}

void BayesianMfTest::singleScoresAreThoseOfTheWholeRow()
{
    const std::vector<ItemRow> items{ItemRow{7}, ItemRow{0}, static_cast<ItemRow>(itemCount - 1)};
    for (const UserRow user : {UserRow{5}, static_cast<UserRow>(userCount - 1)}) {
        std::vector<float> scores(itemCount);
        std::vector<float> single(items.size());
        usual().score(user, scores);
        usual().scoreItems(user, items, single);
        for (std::size_t at = 0; at < items.size(); ++at) {
            QCOMPARE(single[at], scores[index(items[at])]);
        }
    }
}

void BayesianMfTest::startTakesTheLastSampleAndLeavesNewRows()
{
    constexpr std::size_t newUser = 4;
    constexpr std::size_t newItem = 9;
    const StartingPoint start = turnedStart(usual(), newUser, newItem);
    const GibbsSampler cold(truth().data->target.interactions, {.factors = 6}, 3);
    GibbsSampler chain(truth().data->target.interactions, {.factors = 6}, 3);

    chain.startFrom(start);

    const auto expected = [](const GibbsSampler& from, std::size_t user, std::size_t item) {
        double sum =
            static_cast<double>(from.users().biases[user]) + static_cast<double>(from.items().biases[item]);
        for (std::size_t factor = 0; factor < 6; ++factor) {
            sum += static_cast<double>(from.users().factors.at(user)[factor]) *
                   static_cast<double>(from.items().factors.at(item)[factor]);
        }
        return from.scale() * sum;
    };
    for (const std::size_t user : {std::size_t{2}, std::size_t{77}, userCount - 1}) {
        for (const std::size_t item : {std::size_t{0}, std::size_t{101}, itemCount - 1}) {
            QVERIFY(std::abs(expected(chain, user, item) - lastSampleOf(start, user, item)) < 1e-4);
        }
        const double variance =
            static_cast<double>(start.factors.at("noise-variances")(start.users[user], 0));
        const auto weight = static_cast<double>(chain.users().noiseWeights[user]);
        QVERIFY(std::abs(chain.noiseVariance(weight) - variance) < 1e-4 * variance);
    }
    QCOMPARE(expected(chain, newUser, newItem), expected(cold, newUser, newItem));
    QCOMPARE(chain.users().noiseWeights[newUser], 1.0F);
}

void BayesianMfTest::anyNumberOfThreadsGivesTheSameBits()
{
    for (const bool implicit : {false, true}) {
        const auto method = made({{"factors", 20}, {"samples", 6}, {"burn-in", 4}, {"implicit", implicit}});
        QVERIFY(hasTheSameBitsForAnyThreads(*method, truth().data));
    }
}

void BayesianMfTest::otherSeedGivesOtherSamples()
{
    const auto method = made({{"samples", 2}, {"burn-in", 2}});
    const auto one = method->fit(truth().data, {.seed = 1});
    const auto two = method->fit(truth().data, {.seed = 2});
    QVERIFY(allScores(**one, userCount) != allScores(**two, userCount));
}

void BayesianMfTest::restoredModelScoresTheSame()
{
    const auto method = made({{"factors", 5}, {"samples", 6}, {"burn-in", 2}});
    QVERIFY(restoresTheSame(*method, truth().data, truth().cold));
}

void BayesianMfTest::damagedModelIsRefused()
{
    const auto method = made({{"factors", 5}, {"samples", 3}, {"burn-in", 2}});
    const std::string bytes = *(*method->fit(truth().data, {}))->serialised();
    std::string flipped = bytes;
    flipped[bytes.size() / 2] = static_cast<char>(flipped[bytes.size() / 2] ^ 1);
    auto other = std::make_shared<TrainingData>(*truth().data);
    ++other->userCount;

    QVERIFY(!method->restore(truth().data, flipped));
    QVERIFY(!method->restore(truth().data, std::string_view(bytes).substr(0, bytes.size() - 9)));
    QVERIFY(!method->restore(truth().data, ""));
    QVERIFY(!method->restore(other, bytes));
}

void BayesianMfTest::reportsAreFewAndTheLastIsTheResult()
{
    std::vector<int> epochs;
    std::vector<double> losses;
    std::shared_ptr<const Model> latest;
    FitContext context;
    context.onEpoch = [&](const EpochReport& report, const std::shared_ptr<const Model>& model) {
        epochs.push_back(report.epoch);
        losses.push_back(report.trainLoss);
        latest = model;
        return Verdict::Continue;
    };

    const auto model =
        made({{"factors", 4}, {"samples", 90}, {"burn-in", 5}, {"kept", 45}})->fit(truth().data, context);

    QVERIFY(model);
    QCOMPARE(model->get(), latest.get());
    QCOMPARE(epochs.size(), std::size_t{15}); // 45 kept, three a report
    QCOMPARE(epochs.back(), 15);
    QVERIFY(losses.back() < 1.2 * noise * noise && losses.back() > 0.5 * noise * noise);
}

void BayesianMfTest::verdictStopEndsTheSampling()
{
    std::shared_ptr<const Model> second;
    FitContext context;
    context.onEpoch = [&](const EpochReport& report, const std::shared_ptr<const Model>& model) {
        second = model;
        return report.epoch == 2 ? Verdict::Stop : Verdict::Continue;
    };

    const auto model = made({{"factors", 2}, {"samples", 50}})->fit(truth().data, context);

    QVERIFY(model);
    QCOMPARE(model->get(), second.get());
}

void BayesianMfTest::cancelledSamplingEndsWithinATenthOfASecond()
{
    const auto method = made({{"samples", 10000}, {"factors", 64}});
    QVERIFY(cancelledAfter(*method, truth().data) < std::chrono::milliseconds(100));
}

void BayesianMfTest::valuesBeyondAllBoundsEndAsDiverged()
{
    const auto error = errorWithInfiniteRating(*made({{"samples", 5}}), *truth().data);
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::Diverged);
    QCOMPARE(error->arguments.front(), std::string("1"));
}

void BayesianMfTest::trainingWithoutRatingsIsRefused()
{
    const auto error = errorWithoutRatings(*made(Json::object()));
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::InvalidInput);
}

QTEST_GUILESS_MAIN(BayesianMfTest)
#include "BayesianMfTest.moc"
