#include "core/base/Parallel.h"
#include "core/model/BayesianModel.h"
#include "core/model/FmSampler.h"
#include "core/model/Registry.h"
#include "tests/core/model/ModelTesting.h"
#include "tests/core/model/SamplingTesting.h"

#include <QtTest/QTest>

#include <chrono>
#include <cmath>

using namespace transept;
using namespace transept::test;

class FmTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }

    void featuresAreThoseOfTheDefinition();
    void expectationIsThatOfAllPairs_data();
    void expectationIsThatOfAllPairs();
    void modelScoresWhatTheChainExpects();
    void startTakesTheSumsOfTheLastSample_data();
    void startTakesTheSumsOfTheLastSample();
    void errorsFollowTheParameters();
    void numbersAreDrawnFromTheirConditional_data();
    void numbersAreDrawnFromTheirConditional();
    void samplesFindTheTruthBehindTheRatings();
    void deviationsAreCalibrated();
    void fieldsTellOfColdItems();
    void sourcesTellOfColdUsers_data();
    void sourcesTellOfColdUsers();
    void anyNumberOfThreadsGivesTheSameBits();
    void restoredModelScoresTheSame();
    void cancelledSamplingEndsWithinATenthOfASecond();
    void valuesBeyondAllBoundsEndAsDiverged();
    void knowledgeWithoutSuchFieldsIsRefused();
    void trainingWithoutRatingsIsRefused();
};

namespace {

constexpr std::size_t userCount = 240;
constexpr std::size_t itemCount = 160;
constexpr std::size_t sourceItems = 60;
constexpr std::size_t newUsers = 40; ///< the last of them have ratings in the source only
constexpr std::size_t newItems = 30; ///< the last of them have no training ratings
constexpr std::size_t genres = 8;
constexpr double noise = 0.5;

double drawn(Random& random, double deviation)
{
    return deviation * random.normal();
}

/// Users with a taste for genres, which all items of a genre share, and who are as strict in the source as in
/// the target.
struct Truth
{
    std::shared_ptr<TrainingData> data = std::make_shared<TrainingData>();
    std::vector<Event> known;     ///< held out, of users and items in training
    std::vector<Event> coldItems; ///< of items without training ratings
    std::vector<Event> coldUsers;

    Truth()
    {
        Random random(6);
        std::vector<double> tastes(userCount * genres);
        std::vector<double> strictness(userCount);
        for (double& taste : tastes) {
            taste = drawn(random, 0.8);
        }
        for (double& each : strictness) {
            each = drawn(random, 0.7);
        }
        data->userCount = userCount;
        data->target = domain(random, "films", itemCount, tastes, strictness, true);
        data->sources.push_back(domain(random, "books", sourceItems, tastes, strictness, false));
    }

private:
    TrainingDomain domain(Random& random,
                          const char* name,
                          std::size_t items,
                          const std::vector<double>& tastes,
                          const std::vector<double>& strictness,
                          bool isTarget)
    {
        auto knowledge = std::make_shared<ItemKnowledge>();
        std::vector<Event> training;
        for (std::size_t item = 0; item < items; ++item) {
            const std::size_t genre = item % genres;
            knowledge->facets.push_back({{.name = "genre", .text = std::to_string(genre)},
                                         {.name = "maker", .text = std::to_string(random.below(20))},
                                         {.name = "place", .text = "only " + std::to_string(item)}});
            knowledge->termWeights.push_back({{.term = static_cast<std::uint32_t>(genre), .weight = 1.0F}});
            const double bias = drawn(random, 0.3);
            for (std::size_t user = 0; user < userCount; ++user) {
                const double value =
                    3.0 + bias + strictness[user] + tastes[user * genres + genre] + drawn(random, noise);
                const Event event{.user = static_cast<UserRow>(user),
                                  .item = static_cast<ItemRow>(item),
                                  .value = static_cast<float>(value)};
                const std::uint64_t cell = random.below(10);
                const bool isCold = isTarget && user >= userCount - newUsers;
                if (isTarget && item >= itemCount - newItems) {
                    (isCold ? coldUsers : coldItems).push_back(event);
                } else if (isCold) {
                    coldUsers.push_back(event);
                } else if (cell < 2) {
                    training.push_back(event);
                } else if (isTarget && cell == 2) {
                    known.push_back(event);
                }
            }
        }
        TrainingDomain made = domainOf(name, FeedbackKind::Explicit, userCount, items, training);
        made.scaleMin = -100.0; // these ratings have no ends
        made.scaleMax = 100.0;
        knowledge->vectors = KnowledgeVectors::zeros(static_cast<Eigen::Index>(items), 0);
        made.knowledge = std::move(knowledge);
        return made;
    }
};

const Truth& truth()
{
    static const Truth made;
    return made;
}

std::unique_ptr<Method> made(const Json& values)
{
    return methodOf("fm", values);
}

const Json usualValues{
    {"factors", 8}, {"samples", 150}, {"burn-in", 80}, {"kept", 150}, {"item-fields", "facets"}};

Json with(const char* name, const Json& value)
{
    Json values = usualValues;
    values[name] = value;
    return values;
}

const BayesianModel& usual()
{
    static const auto model =
        std::dynamic_pointer_cast<const BayesianModel>(made(usualValues)->fit(truth().data, {}).value());
    return *model;
}

FmOptions everything(SourceUse sources)
{
    return {.fields = ItemFields::Facets, .implicit = true, .sources = sources};
}

/// A case written out: a number for every feature of users, then of items, and the parameters beside it.
struct DenseCase
{
    std::vector<double> x;
    std::vector<double> weights;
    std::vector<std::vector<double>> vectors; ///< by feature

    DenseCase(const FmSampler& chain, std::size_t user, std::size_t item)
    {
        append(chain.users(), user);
        append(chain.items(), item);
    }

    /// w_0 + sum w_j x_j + sum over all pairs j < k of <v_j, v_k> x_j x_k
    double expected(double bias) const
    {
        double sum = bias;
        for (std::size_t j = 0; j < x.size(); ++j) {
            sum += weights[j] * x[j];
            for (std::size_t k = j + 1; x[j] != 0.0 && k < x.size(); ++k) {
                double product = 0.0;
                for (std::size_t factor = 0; x[k] != 0.0 && factor < vectors[j].size(); ++factor) {
                    product += vectors[j][factor] * vectors[k][factor];
                }
                sum += product * x[j] * x[k];
            }
        }
        return sum;
    }

private:
    void append(const FmSide& side, std::size_t row)
    {
        const std::size_t first = x.size();
        const std::size_t columns = side.features->rows.columnCount;
        x.resize(first + columns);
        for (std::size_t at = 0; at < side.features->rows.lengthOf(row); ++at) {
            const auto column = static_cast<std::size_t>(side.features->rows.columnsOf(row)[at]);
            x[first + column] = static_cast<double>(side.features->rows.valuesOf(row)[at]);
        }
        for (std::size_t column = 0; column < columns; ++column) {
            weights.push_back(side.weights.values[column]);
            std::vector<double>& vector = vectors.emplace_back();
            for (const FmParameters& factor : side.vectors) {
                vector.push_back(factor.values[column]);
            }
        }
    }
};

void sweepSome(FmSampler& chain, int count)
{
    for (int number = 1; number <= count; ++number) {
        if (!chain.sweep(number, {})) {
            throw std::runtime_error("the chain ran away");
        }
    }
}

void addUses()
{
    QTest::addColumn<int>("use");
    QTest::newRow("none") << static_cast<int>(SourceUse::None);
    QTest::newRow("history") << static_cast<int>(SourceUse::History);
    QTest::newRow("shared") << static_cast<int>(SourceUse::Shared);
}

} // namespace

void FmTest::featuresAreThoseOfTheDefinition()
{
    const TrainingData& data = *truth().data;
    const FmProblem history = fmProblem(data, everything(SourceUse::History), {}).value();
    const FmProblem shared = fmProblem(data, everything(SourceUse::Shared), {}).value();

    // Users: themselves, what they rated, their bias in the source, what they rated there.
    QCOMPARE(history.users.groupStarts,
             (std::vector<std::size_t>{0,
                                       userCount,
                                       userCount + itemCount,
                                       userCount + itemCount + 1,
                                       userCount + itemCount + 1 + sourceItems}));
    const std::size_t user = 5;
    const auto rated = data.target.interactions.itemsOf(UserRow{5});
    std::size_t found = 0;
    for (std::size_t at = 0; at < history.users.rows.lengthOf(user); ++at) {
        const auto column = static_cast<std::size_t>(history.users.rows.columnsOf(user)[at]);
        const float value = history.users.rows.valuesOf(user)[at];
        if (column < userCount) {
            QCOMPARE(column, user);
            QCOMPARE(value, 1.0F);
        } else if (column < userCount + itemCount) {
            QVERIFY(std::ranges::find(rated, static_cast<ItemRow>(column - userCount)) != rated.end());
            QVERIFY(std::abs(value - 1.0F / std::sqrt(static_cast<float>(rated.size()))) < 1e-6F);
            ++found;
        }
    }
    QCOMPARE(found, rated.size());
    QCOMPARE(history.users.rows.lengthOf(user),
             2 + rated.size() + data.sources.front().interactions.itemsOf(UserRow{5}).size());

    // Items: themselves, genres and makers that several have, none that only one has; shared, their domain.
    QCOMPARE(history.items.rows.rowCount(), itemCount);
    QCOMPARE(history.items.groupStarts.back(), itemCount + genres + 20);
    QCOMPARE(history.items.rows.lengthOf(3), std::size_t{3});
    QVERIFY(std::abs(history.items.rows.valuesOf(3)[1] - std::sqrt(0.5F)) < 1e-6F);
    QCOMPARE(history.cases.size(), data.target.interactions.size());
    QCOMPARE(shared.items.rows.rowCount(), itemCount + sourceItems);
    QCOMPARE(shared.items.rows.columnsOf(itemCount).back(),
             static_cast<std::int32_t>(shared.items.groupStarts.back() - 1));
    QCOMPARE(shared.cases.size(), data.target.interactions.size() + data.sources.front().interactions.size());
    double sum = 0.0;
    double squares = 0.0;
    for (const FmCase& each : history.cases) {
        sum += static_cast<double>(each.target);
        squares += static_cast<double>(each.target) * static_cast<double>(each.target);
    }
    const auto count = static_cast<double>(history.cases.size());
    QVERIFY(std::abs(sum / count) < 1e-4 && std::abs(squares / count - 1.0) < 1e-4);
}

void FmTest::expectationIsThatOfAllPairs_data()
{
    addUses();
}

void FmTest::expectationIsThatOfAllPairs()
{
    QFETCH(int, use);
    const FmProblem problem = fmProblem(*truth().data, everything(static_cast<SourceUse>(use)), {}).value();
    FmSampler chain = FmSampler::of(problem, {.factors = 5}, 3, {}).value();
    sweepSome(chain, 4);
    for (const std::size_t user : {std::size_t{2}, std::size_t{77}, userCount - 1}) {
        for (const std::size_t item : {std::size_t{0}, std::size_t{101}, itemCount - 1}) {
            const double expected = DenseCase(chain, user, item).expected(chain.bias());
            QVERIFY(std::abs(chain.expected(user, item) - expected) < 1e-9);
        }
    }
}

/// One sample: what the model scores is the chain's expectation on the scale of the ratings.
void FmTest::modelScoresWhatTheChainExpects()
{
    const FmProblem problem = fmProblem(*truth().data, everything(SourceUse::History), {}).value();
    FmSampler chain = FmSampler::of(problem, {.factors = 5}, 1, {}).value();
    sweepSome(chain, 4);
    const auto model =
        made({{"factors", 5}, {"samples", 1}, {"burn-in", 3}, {"kept", 1}, {"item-fields", "facets"}})
            ->fit(truth().data, {.seed = 1});
    std::vector<float> scores(itemCount);
    for (const std::size_t user : {std::size_t{2}, std::size_t{77}, userCount - 1}) {
        (*model)->score(static_cast<UserRow>(user), scores);
        for (std::size_t item = 0; item < itemCount; ++item) {
            const double expected = problem.mean + problem.scale * chain.expected(user, item);
            QVERIFY(std::abs(static_cast<double>(scores[item]) - expected) < 1e-4);
        }
    }
}

void FmTest::startTakesTheSumsOfTheLastSample_data()
{
    addUses();
}

/// Pairs of known rows are expected to be what the earlier model has of them, pairs of new ones what a chain
/// without a start expects.
void FmTest::startTakesTheSumsOfTheLastSample()
{
    QFETCH(int, use);
    constexpr std::size_t newUser = 4;
    constexpr std::size_t newItem = 9;
    const auto earlier =
        made({{"factors", 5}, {"samples", 3}, {"burn-in", 0}})->fit(truth().data, {}).value();
    const StartingPoint start = turnedStart(*earlier, newUser, newItem);
    const FmProblem problem = fmProblem(*truth().data, everything(static_cast<SourceUse>(use)), {}).value();
    const FmSampler cold = FmSampler::of(problem, {.factors = 5}, 3, {}).value();
    FmSampler chain = cold;

    chain.startFrom(start, problem.scale);

    for (const std::size_t user : {std::size_t{2}, std::size_t{77}, userCount - 1}) {
        for (const std::size_t item : {std::size_t{0}, std::size_t{101}, itemCount - 1}) {
            const double expected = DenseCase(chain, user, item).expected(chain.bias());
            QVERIFY(std::abs(problem.scale * expected - lastSampleOf(start, user, item)) < 1e-4);
        }
    }
    QCOMPARE(DenseCase(chain, newUser, newItem).expected(0.0),
             DenseCase(cold, newUser, newItem).expected(0.0));
}

void FmTest::errorsFollowTheParameters()
{
    const FmProblem problem = fmProblem(*truth().data, everything(SourceUse::Shared), {}).value();
    FmSampler chain = FmSampler::of(problem, {.factors = 5}, 3, {}).value();
    sweepSome(chain, 3);
    double sum = 0.0;
    for (const FmCase& each : problem.cases) {
        const double off = static_cast<double>(each.target) - chain.expected(each.user, each.item);
        sum += off * off;
    }
    const double expected = problem.scale * problem.scale * sum / static_cast<double>(problem.cases.size());
    QVERIFY(std::abs(chain.squaredError() - expected) < 1e-5 * expected);
}

void FmTest::numbersAreDrawnFromTheirConditional_data()
{
    addUses();
}

/// h, by how much a case changes with a number, from the sum over all pairs; then
///
///   precision = lambda + tau sum w h^2,   pull = lambda mu + tau sum w h (target - expected without it).
void FmTest::numbersAreDrawnFromTheirConditional()
{
    QFETCH(int, use);
    const FmProblem problem = fmProblem(*truth().data, everything(static_cast<SourceUse>(use)), {}).value();
    FmSampler chain = FmSampler::of(problem, {.factors = 2}, 3, {}).value();
    sweepSome(chain, 3);
    constexpr std::size_t factor = 1;
    for (const bool ofUsers : {true, false}) {
        const FmSide& side = ofUsers ? chain.users() : chain.items();
        for (std::size_t group = 0; group < side.features->groupCount(); ++group) {
            const std::size_t column = side.features->groupStarts[group];
            double precision = side.vectors[factor].priors[group].precision;
            double pull = precision * side.vectors[factor].priors[group].mean;
            for (const FmCase& each : problem.cases) {
                const auto columns = side.features->rows.columnsOf(ofUsers ? each.user : each.item);
                if (std::ranges::find(columns, static_cast<std::int32_t>(column)) == columns.end()) {
                    continue;
                }
                DenseCase dense(chain, each.user, each.item);
                const std::size_t at = column + (ofUsers ? 0 : chain.users().features->rows.columnCount);
                const double own = dense.vectors[at][factor];
                dense.vectors[at][factor] = 1.0;
                const double one = dense.expected(chain.bias());
                dense.vectors[at][factor] = 0.0;
                const double without = dense.expected(chain.bias());
                QVERIFY(std::isfinite(own));
                const double weight = chain.noisePrecision() * chain.noiseWeight(each.user);
                precision += weight * (one - without) * (one - without);
                pull += weight * (one - without) * (static_cast<double>(each.target) - without);
            }
            const FmSampler::Conditional found = chain.conditional(ofUsers, column, factor);
            QVERIFY(std::abs(found.precision - precision) < 1e-6 * precision);
            QVERIFY(std::abs(found.pull - pull) < 1e-5 * precision);
        }
    }
}

void FmTest::samplesFindTheTruthBehindTheRatings()
{
    const double bias = rmseOf(*fitted("bias", Json::object(), truth().data), truth().known);
    const double found = rmseOf(usual(), truth().known);
    qInfo("RMSE %.4f, bias %.4f, noise %.4f", found, bias, noise);
    QVERIFY(bias > 0.9);
    QVERIFY(found < 1.3 * noise);
}

void FmTest::deviationsAreCalibrated()
{
    const double known = coveredRatings(usual(), truth().known);
    const double items = coveredRatings(usual(), truth().coldItems);
    const double users = coveredRatings(usual(), truth().coldUsers);
    qInfo("within 1.645 deviations: %.3f, new items %.3f, new users %.3f", known, items, users);
    QVERIFY(known > 0.87 && known < 0.93);
    QVERIFY(items > 0.85 && items < 0.95);
    QVERIFY(users > 0.83 && users < 0.96); // forty of them
}

void FmTest::fieldsTellOfColdItems()
{
    const double without =
        rmseOf(**made(with("item-fields", "none"))->fit(truth().data, {}), truth().coldItems);
    const double facets = rmseOf(usual(), truth().coldItems);
    const double terms =
        rmseOf(**made(with("item-fields", "terms"))->fit(truth().data, {}), truth().coldItems);
    qInfo("RMSE on new items without fields %.4f, facets %.4f, terms %.4f", without, facets, terms);
    QVERIFY(facets < 0.8 * without);
    QVERIFY(terms < 0.8 * without);
}

void FmTest::sourcesTellOfColdUsers_data()
{
    QTest::addColumn<QString>("use");
    QTest::newRow("history") << QStringLiteral("history");
    QTest::newRow("shared") << QStringLiteral("shared");
}

void FmTest::sourcesTellOfColdUsers()
{
    QFETCH(QString, use);
    const double without = rmseOf(**made(with("sources", "none"))->fit(truth().data, {}), truth().coldUsers);
    const double found =
        rmseOf(**made(with("sources", use.toStdString()))->fit(truth().data, {}), truth().coldUsers);
    qInfo("RMSE on new users without sources %.4f, with %.4f", without, found);
    QVERIFY(found < 0.9 * without);
}

void FmTest::anyNumberOfThreadsGivesTheSameBits()
{
    for (const char* use : {"history", "shared"}) {
        const auto method = made({{"factors", 9}, {"samples", 4}, {"burn-in", 2}, {"sources", use}});
        QVERIFY(hasTheSameBitsForAnyThreads(*method, truth().data));
    }
}

void FmTest::restoredModelScoresTheSame()
{
    for (const char* use : {"history", "shared"}) {
        const auto method = made({{"factors", 5}, {"samples", 6}, {"burn-in", 2}, {"sources", use}});
        QVERIFY(restoresTheSame(*method, truth().data, truth().coldUsers));
    }
}

void FmTest::cancelledSamplingEndsWithinATenthOfASecond()
{
    const auto method = made({{"samples", 10000}, {"factors", 64}});
    QVERIFY(cancelledAfter(*method, truth().data) < std::chrono::milliseconds(100));
}

void FmTest::valuesBeyondAllBoundsEndAsDiverged()
{
    const auto error = errorWithInfiniteRating(*made({{"samples", 5}}), *truth().data);
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::Diverged);
    QCOMPARE(error->arguments.front(), std::string("1"));
}

void FmTest::knowledgeWithoutSuchFieldsIsRefused()
{
    const auto model = made(with("item-fields", "vectors"))->fit(truth().data, {});
    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(model.error()).find("vectors") != std::string::npos);
}

void FmTest::trainingWithoutRatingsIsRefused()
{
    const auto error = errorWithoutRatings(*made(Json::object()));
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::InvalidInput);
}

QTEST_GUILESS_MAIN(FmTest)
#include "FmTest.moc"
