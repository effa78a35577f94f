#include "core/base/Parallel.h"
#include "core/model/BayesianModel.h"
#include "core/model/HistoryMeans.h"
#include "core/model/PrincipalComponents.h"
#include "core/model/Registry.h"
#include "tests/core/model/ModelTesting.h"
#include "tests/core/model/SamplingTesting.h"

#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <QtTest/QTest>

#include <chrono>
#include <cmath>
#include <numeric>

using namespace transept;
using namespace transept::test;

class BayesianKmfTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }

    void componentsAreThoseOfTheCovariance();
    void componentsOfManyFeaturesSpanTheLeadingDirections();
    void rowsOfZerosStayZeros();
    void historyMeansAreThoseOfTheSources_data();
    void historyMeansAreThoseOfTheSources();
    void vectorsOfOtherLengthAreRefused();
    void linkIsDrawnFromItsConditional();
    void knowledgeTellsOfColdItems();
    void historyTellsOfColdUsers();
    void deviationsOfColdItemsAreCalibrated();
    void deviationsOfColdUsersAreCalibrated();
    void deviationsOfUntoldItemsAndUsersAreCalibrated();
    void knowledgeOfNothingDoesNoHarm();
    void anyNumberOfThreadsGivesTheSameBits();
    void restoredModelScoresTheSame();
    void cancelledSamplingEndsWithinATenthOfASecond();
    void dataWithoutKnowledgeIsRefused();
};

namespace {

constexpr std::size_t userCount = 300;
constexpr std::size_t itemCount = 300;
constexpr std::size_t sourceItems = 150;
constexpr std::size_t newUsers = 60; ///< the last of them have ratings in the source only
constexpr std::size_t newItems = 80; ///< the last of them have no training ratings
constexpr Eigen::Index features = 8;
constexpr Eigen::Index trueFactors = 3;
constexpr double noise = 0.5;

Eigen::MatrixXd normals(Random& random, Eigen::Index rows, Eigen::Index columns, double deviation)
{
    return Eigen::MatrixXd::NullaryExpr(rows, columns, [&] { return deviation * random.normal(); });
}

std::shared_ptr<const ItemKnowledge> knowledgeOf(const Eigen::MatrixXd& vectors)
{
    auto knowledge = std::make_shared<ItemKnowledge>();
    knowledge->vectors = Matrix(vectors.rowwise().normalized().cast<float>());
    return knowledge;
}

/// Items whose vectors follow their knowledge but for a rest, and users whose vectors follow what their
/// choice of items is about.
struct Truth
{
    std::shared_ptr<TrainingData> data = std::make_shared<TrainingData>();
    std::vector<Event> coldItems; ///< by users in training
    std::vector<Event> coldUsers; ///< of items in training

    Truth()
    {
        Random random(4);
        const Eigen::MatrixXd films = normals(random, itemCount, features, 1.0);
        const Eigen::MatrixXd books = normals(random, sourceItems, features, 1.0);
        data->userCount = userCount;
        std::vector<Event> reading;
        const Eigen::MatrixXd interests = normals(random, userCount, features, 1.0);
        const Eigen::MatrixXd liking = interests * books.transpose();
        for (std::size_t user = 0; user < userCount; ++user) {
            std::vector<std::size_t> order(sourceItems);
            std::iota(order.begin(), order.end(), std::size_t{0});
            std::ranges::sort(order, std::greater(), [&](std::size_t item) {
                return liking(static_cast<Eigen::Index>(user), static_cast<Eigen::Index>(item));
            });
            for (std::size_t at = 0; at < 12; ++at) { // the books closest to the interests
                reading.push_back({.user = static_cast<UserRow>(user),
                                   .item = static_cast<ItemRow>(order[at]),
                                   .value = 4.0F});
            }
        }
        data->sources.push_back(
            domainOf("books", FeedbackKind::Explicit, userCount, sourceItems, std::move(reading)));
        data->sources.front().knowledge = knowledgeOf(books);
        rate(random, films, interests);
        data->target.knowledge = knowledgeOf(films);
    }

private:
    void rate(Random& random, const Eigen::MatrixXd& films, const Eigen::MatrixXd& interests)
    {
        const Eigen::MatrixXd ofItems = normals(random, features, trueFactors, 1.5);
        const Eigen::MatrixXd ofUsers = normals(random, features, trueFactors, 0.6);
        const Eigen::MatrixXd q =
            films.rowwise().normalized() * ofItems + normals(random, itemCount, trueFactors, 0.3);
        const Eigen::MatrixXd p =
            interests.rowwise().normalized() * ofUsers + normals(random, userCount, trueFactors, 0.3);
        const Eigen::MatrixXd values =
            (p * q.transpose()).array() + 3.0 + normals(random, userCount, itemCount, noise).array();
        std::vector<Event> training;
        for (Eigen::Index user = 0; user < values.rows(); ++user) {
            for (Eigen::Index item = 0; item < values.cols(); ++item) {
                const bool isNewUser = user >= static_cast<Eigen::Index>(userCount - newUsers);
                const bool isNewItem = item >= static_cast<Eigen::Index>(itemCount - newItems);
                const Event event{.user = static_cast<UserRow>(user),
                                  .item = static_cast<ItemRow>(item),
                                  .value = static_cast<float>(values(user, item))};
                if (random.below(5) != 0) {
                    continue;
                }
                if (!isNewUser && !isNewItem) {
                    training.push_back(event);
                } else if (!isNewUser) {
                    coldItems.push_back(event);
                } else if (!isNewItem) {
                    coldUsers.push_back(event);
                }
            }
        }
        data->target = domainOf("films", FeedbackKind::Explicit, userCount, itemCount, training);
        data->target.scaleMin = -100.0; // these ratings have no ends
        data->target.scaleMax = 100.0;
    }
};

const Truth& truth()
{
    static const Truth made;
    return made;
}

const Json usualValues{{"factors", 5}, {"samples", 150}, {"burn-in", 80}, {"kept", 150}, {"implicit", false}};

std::unique_ptr<Method> made(const Json& values)
{
    return methodOf("bayesian-kmf", values);
}

const BayesianModel& usual()
{
    static const auto model =
        std::dynamic_pointer_cast<const BayesianModel>(made(usualValues)->fit(truth().data, {}).value());
    return *model;
}

/// Rows, and what they leave to a link, dense: known rows f with rests r from their prior.
struct LinkedRows
{
    static constexpr Eigen::Index cells = 6; ///< 3 features, a factor and a bias
    std::vector<std::uint32_t> rows{0, 1, 2, 4, 6};
    Matrix known;
    FactorMatrix factors{7, 1};
    FactorMatrix beside{7, 2};
    std::vector<float> biases = std::vector<float>(7);
    GaussianPrior prior{.mean = Eigen::Vector2d(0.1, -0.2),
                        .precision = Eigen::Matrix2d{{2.0, 0.5}, {0.5, 1.0}}};
    Eigen::MatrixXd f{5, 3};
    Eigen::MatrixXd r{5, 2};

    LinkedRows()
    {
        Random random(9);
        known = principalComponents(Matrix(normals(random, 7, 3, 1.0).cast<float>()), rows, 3, {}).value();
        drawNormals(random, biases);
        for (std::size_t row = 0; row < 7; ++row) {
            drawNormals(random, factors.row(row));
            drawNormals(random, beside.row(row));
        }
        for (Eigen::Index at = 0; at < 5; ++at) {
            const std::uint32_t row = rows[static_cast<std::size_t>(at)];
            f.row(at) = known.row(row).cast<double>();
            r(at, 0) = static_cast<double>(factors.row(row)[0] - beside.row(row)[0]) - prior.mean[0];
            r(at, 1) = static_cast<double>(biases[row] - beside.row(row)[1]) - prior.mean[1];
        }
    }

    /// Mean and covariance of all numbers of beta, feature by feature.
    std::pair<Eigen::VectorXd, Eigen::MatrixXd> conditional(double lambda) const
    {
        const Eigen::MatrixXd weights = f.transpose() * f + lambda * Eigen::MatrixXd::Identity(3, 3);
        const Eigen::MatrixXd pulls = f.transpose() * r * prior.precision;
        Eigen::MatrixXd precision(cells, cells);
        Eigen::VectorXd pull(cells);
        for (Eigen::Index feature = 0; feature < 3; ++feature) {
            pull.segment<2>(2 * feature) = pulls.row(feature).transpose();
            for (Eigen::Index other = 0; other < 3; ++other) {
                precision.block<2, 2>(2 * feature, 2 * other) = weights(feature, other) * prior.precision;
            }
        }
        const Eigen::MatrixXd covariance = precision.inverse();
        return {covariance * pull, covariance};
    }
};

std::vector<std::uint32_t> everyRow(std::size_t count)
{
    std::vector<std::uint32_t> rows(count);
    std::iota(rows.begin(), rows.end(), 0U);
    return rows;
}

} // namespace

void BayesianKmfTest::componentsAreThoseOfTheCovariance()
{
    Random random(3);
    const Matrix vectors = (normals(random, 50, 6, 1.0) * normals(random, 6, 6, 1.0)).cast<float>();
    const auto rows = everyRow(40); // the mean and the directions are theirs

    const Matrix found = principalComponents(vectors, rows, 4, {}).value();

    const Eigen::MatrixXd of = vectors.topRows(40).cast<double>();
    const Eigen::MatrixXd centred = of.rowwise() - of.colwise().mean();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(
        Eigen::MatrixXd(centred.transpose() * centred / 40.0));
    const Eigen::VectorXd variances =
        eigen.eigenvalues().reverse().head(4) / eigen.eigenvalues().tail(4).sum();
    const Eigen::MatrixXd moments =
        found.topRows(40).cast<double>().transpose() * found.topRows(40).cast<double>() / 40.0;
    QVERIFY((moments - Eigen::MatrixXd(variances.asDiagonal())).cwiseAbs().maxCoeff() < 1e-5);
    // The others are turned and centred alike.
    const Eigen::MatrixXd other = (vectors.bottomRows(10).cast<double>().rowwise() - of.colwise().mean()) *
                                  eigen.eigenvectors().rowwise().reverse().leftCols(4) /
                                  std::sqrt(eigen.eigenvalues().tail(4).sum());
    const Eigen::MatrixXd bottom = found.bottomRows(10).cast<double>();
    QVERIFY((bottom.cwiseAbs() - other.cwiseAbs()).cwiseAbs().maxCoeff() < 1e-5);
}

void BayesianKmfTest::componentsOfManyFeaturesSpanTheLeadingDirections()
{
    Random random(5);
    const Matrix vectors =
        (normals(random, 400, 5, 1.0) * normals(random, 5, 300, 1.0) + normals(random, 400, 300, 0.01))
            .cast<float>();
    const auto rows = everyRow(400);

    const Matrix found = principalComponents(vectors, rows, 5, {}).value();

    const Eigen::MatrixXd all = vectors.cast<double>();
    const Eigen::MatrixXd centred = all.rowwise() - all.colwise().mean();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(
        Eigen::MatrixXd(centred.transpose() * centred / 400.0));
    const Eigen::VectorXd expected =
        eigen.eigenvalues().reverse().head(5) / eigen.eigenvalues().tail(5).sum();
    const Eigen::MatrixXd moments = found.cast<double>().transpose() * found.cast<double>() / 400.0;
    QVERIFY((moments - Eigen::MatrixXd(expected.asDiagonal())).cwiseAbs().maxCoeff() < 1e-5);
}

void BayesianKmfTest::rowsOfZerosStayZeros()
{
    Random random(6);
    Matrix vectors = normals(random, 20, 3, 1.0).cast<float>();
    vectors.row(4).setZero();
    const Matrix found = principalComponents(vectors, everyRow(20), 3, {}).value();
    const Matrix alike = principalComponents(Matrix(Matrix::Ones(5, 3)), everyRow(5), 3, {}).value();
    QVERIFY(found.row(4).isZero(0.0F));
    QVERIFY(std::abs(found.colwise().sum().maxCoeff()) < 1e-5F); // the mean is that of the others
    QCOMPARE(alike.cols(), Eigen::Index{0});
}

void BayesianKmfTest::historyMeansAreThoseOfTheSources_data()
{
    QTest::addColumn<bool>("hasSources");
    QTest::newRow("the source's") << true;
    QTest::newRow("without sources the target's") << false;
}

void BayesianKmfTest::historyMeansAreThoseOfTheSources()
{
    QFETCH(bool, hasSources);
    TrainingData data = *truth().data;
    data.sources.resize(hasSources ? 1 : 0);
    const TrainingDomain& domain = hasSources ? data.sources.front() : data.target;
    const Matrix vectors = domain.knowledge->vectors.decoded();
    const auto vectorOf = [&](const Event& event) {
        return Eigen::RowVectorXd(vectors.row(static_cast<Eigen::Index>(index(event.item))).cast<double>());
    };

    const Matrix found = historyMeans(data, {}).value();

    Eigen::RowVectorXd centre = Eigen::RowVectorXd::Zero(features);
    const std::vector<Event> events = test::eventsOf(domain);
    for (const Event& event : events) {
        centre += vectorOf(event) / static_cast<double>(events.size());
    }
    for (const std::size_t user : {std::size_t{0}, std::size_t{17}, userCount - newUsers - 1}) {
        Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(features);
        double count = 0.0;
        for (const Event& event : events) {
            if (index(event.user) == user) {
                sum += vectorOf(event) - centre;
                count += 1.0;
            }
        }
        const Eigen::RowVectorXd mean = found.row(static_cast<Eigen::Index>(user)).cast<double>();
        QVERIFY((mean - sum / count).cwiseAbs().maxCoeff() < 1e-6);
    }
    QCOMPARE(found.row(userCount - 1).isZero(0.0F), !hasSources); // nothing is known of a new user
}

void BayesianKmfTest::vectorsOfOtherLengthAreRefused()
{
    auto data = std::make_shared<TrainingData>(*truth().data);
    data->sources.push_back(data->sources.front());
    data->sources.back().name = "games";
    data->sources.back().knowledge = knowledgeOf(Eigen::MatrixXd::Ones(sourceItems, features + 1));

    const auto model = made(usualValues)->fit(data, {});

    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(model.error()).find("games") != std::string::npos);
}

/// With F the features and R the rows x_r - m - beside_r, the rows of beta together, given lambda, are
///
///   N(A^-1 vec(F'R P), A^-1),   A = (F'F + lambda I) (x) P.
void BayesianKmfTest::linkIsDrawnFromItsConditional()
{
    constexpr int draws = 40'000;
    constexpr Eigen::Index cells = LinkedRows::cells;
    const LinkedRows rows;
    const JobContext job;
    TaskGuard guard(job);
    FeatureLink link(rows.known, rows.rows, 2, 1, 0);
    Eigen::VectorXd drawnMean = Eigen::VectorXd::Zero(cells);
    Eigen::MatrixXd drawnProducts = Eigen::MatrixXd::Zero(cells, cells);
    Eigen::VectorXd mean = Eigen::VectorXd::Zero(cells);
    Eigen::MatrixXd products = Eigen::MatrixXd::Zero(cells, cells);
    for (int draw = 1; draw <= draws; ++draw) {
        const auto [expected, covariance] = rows.conditional(link.lambda());
        link.draw({rows.factors, rows.biases, rows.prior, &rows.beside}, draw, guard);
        Eigen::VectorXd drawn(cells);
        for (Eigen::Index feature = 0; feature < 3; ++feature) {
            drawn.segment<2>(2 * feature) = link.beta().row(feature).transpose();
        }
        drawnMean += drawn / draws;
        drawnProducts += drawn * drawn.transpose() / draws;
        mean += expected / draws;
        products += (covariance + expected * expected.transpose()) / draws;
    }

    for (Eigen::Index row = 0; row < cells; ++row) {
        QVERIFY(std::abs(drawnMean[row] - mean[row]) < 0.03 * std::sqrt(products(row, row)));
        for (Eigen::Index column = 0; column < cells; ++column) {
            const double size = std::sqrt(products(row, row) * products(column, column));
            QVERIFY(std::abs(drawnProducts(row, column) - products(row, column)) < 0.06 * size);
        }
    }
    const Eigen::MatrixXd offsets = rows.known.cast<double>() * link.beta(); // also of rows not in the chain
    for (std::size_t row = 0; row < 7; ++row) {
        for (std::size_t number = 0; number < 2; ++number) {
            const double offset = offsets(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(number));
            QVERIFY(std::abs(static_cast<double>(link.offsets().at(row)[number]) - offset) < 1e-5);
        }
    }
    const Eigen::MatrixXd told = link.lambda() * link.beta().transpose() * link.beta();
    QVERIFY((link.moments().products - told).cwiseAbs().maxCoeff() < 1e-9);
    QCOMPARE(link.moments().count, 3.0);
}

void BayesianKmfTest::knowledgeTellsOfColdItems()
{
    const double without = rmseOf(*fitted("bayesian-mf", usualValues, truth().data), truth().coldItems);
    const double with = rmseOf(usual(), truth().coldItems);
    qInfo("RMSE on new items without knowledge %.4f, with %.4f", without, with);
    QVERIFY(with < 0.85 * without);
}

void BayesianKmfTest::historyTellsOfColdUsers()
{
    Json itemsOnly = usualValues;
    itemsOnly["user-knowledge"] = false;
    const double without = rmseOf(**made(itemsOnly)->fit(truth().data, {}), truth().coldUsers);
    const double with = rmseOf(usual(), truth().coldUsers);
    qInfo("RMSE on new users without their history %.4f, with %.4f", without, with);
    QVERIFY(with < 0.95 * without);
}

void BayesianKmfTest::deviationsOfColdItemsAreCalibrated()
{
    const double share = coveredRatings(usual(), truth().coldItems);
    qInfo("new items within 1.645 deviations: %.3f of %zu", share, truth().coldItems.size());
    QVERIFY(share > 0.87 && share < 0.93);
}

void BayesianKmfTest::deviationsOfColdUsersAreCalibrated()
{
    const double share = coveredRatings(usual(), truth().coldUsers);
    qInfo("new users within 1.645 deviations: %.3f of %zu", share, truth().coldUsers.size());
    QVERIFY(share > 0.87 && share < 0.93);
}

/// Half of the new items have no vector, half of the new users no history.
void BayesianKmfTest::deviationsOfUntoldItemsAndUsersAreCalibrated()
{
    auto data = std::make_shared<TrainingData>(*truth().data);
    auto knowledge = std::make_shared<ItemKnowledge>(*data->target.knowledge);
    Matrix vectors = knowledge->vectors.decoded();
    vectors.bottomRows(newItems / 2).setZero();
    knowledge->vectors = std::move(vectors);
    data->target.knowledge = knowledge;
    std::vector<Event> reading = test::eventsOf(data->sources.front());
    std::erase_if(reading, [](const Event& event) { return index(event.user) >= userCount - newUsers / 2; });
    const auto books = data->sources.front().knowledge;
    data->sources.front() = domainOf("books", FeedbackKind::Explicit, userCount, sourceItems, reading);
    data->sources.front().knowledge = books;
    std::vector<Event> items = truth().coldItems;
    std::erase_if(items, [](const Event& event) { return index(event.item) < itemCount - newItems / 2; });
    std::vector<Event> users = truth().coldUsers;
    std::erase_if(users, [](const Event& event) { return index(event.user) < userCount - newUsers / 2; });

    const auto model = made(usualValues)->fit(data, {});

    const auto& found = dynamic_cast<const BayesianModel&>(**model);
    const double ofItems = coveredRatings(found, items);
    const double ofUsers = coveredRatings(found, users);
    qInfo("untold items within 1.645 deviations: %.3f, untold users %.3f", ofItems, ofUsers);
    QVERIFY(ofItems > 0.86 && ofItems < 0.95);
    QVERIFY(ofUsers > 0.86 && ofUsers < 0.95);
    float told = 0.0F;
    float untold = 0.0F;
    for (const auto& [item, deviation] : {std::pair{static_cast<ItemRow>(itemCount - newItems), &told},
                                          std::pair{static_cast<ItemRow>(itemCount - 1), &untold}}) {
        found.deviations(UserRow{3}, {&item, 1}, {deviation, 1});
    }
    QVERIFY(untold > 1.5F * told);
}

/// Vectors drawn at random say nothing: the map stays near 0.
void BayesianKmfTest::knowledgeOfNothingDoesNoHarm()
{
    Random random(12);
    auto data = std::make_shared<TrainingData>(*truth().data);
    data->target.knowledge = knowledgeOf(normals(random, itemCount, features, 1.0));
    data->sources.clear();
    const double without = rmseOf(*fitted("bayesian-mf", usualValues, truth().data), truth().coldItems);
    const double with = rmseOf(**made(usualValues)->fit(data, {}), truth().coldItems);
    qInfo("RMSE on new items without knowledge %.4f, with idle knowledge %.4f", without, with);
    QVERIFY(with < 1.03 * without);
}

void BayesianKmfTest::anyNumberOfThreadsGivesTheSameBits()
{
    const auto method = made({{"factors", 20}, {"samples", 4}, {"burn-in", 3}, {"implicit", true}});
    QVERIFY(hasTheSameBitsForAnyThreads(*method, truth().data));
}

void BayesianKmfTest::restoredModelScoresTheSame()
{
    const auto method = made({{"factors", 5}, {"samples", 6}, {"burn-in", 2}});
    QVERIFY(restoresTheSame(*method, truth().data, truth().coldUsers));
}

void BayesianKmfTest::cancelledSamplingEndsWithinATenthOfASecond()
{
    const auto method = made({{"samples", 10000}, {"factors", 32}});
    QVERIFY(cancelledAfter(*method, truth().data) < std::chrono::milliseconds(100));
}

void BayesianKmfTest::dataWithoutKnowledgeIsRefused()
{
    auto data = std::make_shared<TrainingData>(*truth().data);
    data->target.knowledge = nullptr;

    const auto model = made(usualValues)->fit(data, {});

    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(model.error()).find("bayesian-kmf") != std::string::npos);
}

QTEST_GUILESS_MAIN(BayesianKmfTest)
#include "BayesianKmfTest.moc"
