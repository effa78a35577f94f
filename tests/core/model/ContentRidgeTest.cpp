#include "core/base/Parallel.h"
#include "core/model/Registry.h"
#include "tests/core/model/KnowledgeTesting.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cmath>

namespace transept {
namespace {

using test::books;
using test::films;
using test::filmsAndBooks;
using test::scoresOf;
using test::users;

constexpr int dimension = 4;
constexpr double lambda = 5.0;
constexpr double lambdaTaste = 4.0;
constexpr double lambdaUser = 3.0;
constexpr double lambdaItem = 20.0;
constexpr double sourceWeight = 0.5;

const Json settings{{"lambda", lambda},
                    {"lambda-taste", lambdaTaste},
                    {"lambda-user", lambdaUser},
                    {"lambda-item", lambdaItem},
                    {"source-weight", sourceWeight}};

std::shared_ptr<TrainingData> rated()
{
    auto data = std::make_shared<TrainingData>(*filmsAndBooks(FeedbackKind::Explicit));
    data->sources[0].scaleMax = 9.0; // 1 ... 5 is half the width: a step in it counts half of one in films
    return data;
}

/// x_i in double, straight from its definition.
Eigen::MatrixXd standardised(const TrainingDomain& domain)
{
    Eigen::MatrixXd vectors = domain.knowledge->vectors.decoded().cast<double>();
    std::vector<Eigen::Index> rated;
    for (Eigen::Index item = 0; item < vectors.rows(); ++item) {
        if (!domain.interactions.usersOf(static_cast<ItemRow>(item)).empty() &&
            vectors.row(item).norm() > 0) {
            rated.push_back(item);
        }
    }
    const Eigen::MatrixXd seen = vectors(rated, Eigen::all);
    const Eigen::RowVectorXd mean = seen.colwise().mean();
    const double scale = std::sqrt((seen.rowwise() - mean).rowwise().squaredNorm().mean());
    for (Eigen::Index item = 0; item < vectors.rows(); ++item) {
        if (vectors.row(item).norm() > 0) {
            vectors.row(item) = (vectors.row(item) - mean) / scale;
        }
    }
    return vectors;
}

/// All unknowns of the objective side by side, and where each begins.
struct Unknowns
{
    Eigen::Index userBias[2] = {0, users};
    Eigen::Index itemBias[2] = {2 * users, 2 * users + films};
    Eigen::Index shared[2] = {2 * users + films + books, 2 * users + films + books + dimension};
    Eigen::Index taste = 2 * users + films + books + 2 * dimension;
    Eigen::Index size = taste + users * dimension;
};

/// What the score of a user and an item is made of, but for the mean.
Eigen::VectorXd rowOf(
    const Unknowns& at, int domain, Eigen::Index user, Eigen::Index item, const auto& vector)
{
    Eigen::VectorXd row = Eigen::VectorXd::Zero(at.size);
    row(at.userBias[domain] + user) = 1.0;
    row(at.itemBias[domain] + item) = 1.0;
    row.segment(at.shared[domain], dimension) = vector.transpose();
    row.segment(at.taste + user * dimension, dimension) = vector.transpose();
    return row;
}

/// The minimum of the whole objective at once, by its normal equations: the ratings of all films.
Eigen::MatrixXd minimum(const TrainingData& data)
{
    const Unknowns at;
    Eigen::VectorXd penalty = Eigen::VectorXd::Constant(at.size, lambdaTaste);
    Eigen::MatrixXd left = Eigen::MatrixXd::Zero(at.size, at.size);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(at.size);
    for (int domain = 0; domain < 2; ++domain) {
        const TrainingDomain& rated = domain == 0 ? data.target : data.sources[0];
        const double weight = domain == 0 ? 1.0 : sourceWeight;
        const double scale = domain == 0 ? 1.0 : 4.0 / 8.0;
        const Eigen::MatrixXd vectors = standardised(rated);
        for (const Event& event : test::eventsOf(rated)) {
            const auto item = static_cast<Eigen::Index>(event.item);
            const Eigen::VectorXd row =
                rowOf(at, domain, static_cast<Eigen::Index>(event.user), item, vectors.row(item));
            left += weight * row * row.transpose();
            right += weight * scale * (static_cast<double>(event.value) - rated.interactions.mean()) * row;
        }
        penalty.segment(at.userBias[domain], users).setConstant(weight * lambdaUser);
        penalty.segment(at.itemBias[domain], vectors.rows()).setConstant(weight * lambdaItem);
        penalty.segment(at.shared[domain], dimension).setConstant(weight * lambda);
    }
    left.diagonal() += penalty;
    const Eigen::VectorXd solution = left.ldlt().solve(right);
    const Eigen::MatrixXd vectors = standardised(data.target);
    Eigen::MatrixXd ratings(users, films);
    for (int user = 0; user < users; ++user) {
        for (int item = 0; item < films; ++item) {
            ratings(user, item) =
                data.target.interactions.mean() + rowOf(at, 0, user, item, vectors.row(item)).dot(solution);
        }
    }
    return ratings;
}

std::vector<PastEvent> eventsOfUser(const TrainingData& data, UserRow user)
{
    std::vector<PastEvent> events;
    for (int domain = -1; domain < 1; ++domain) {
        const InteractionMatrix& rated = domain < 0 ? data.target.interactions : data.sources[0].interactions;
        for (std::size_t at = 0; at < rated.itemsOf(user).size(); ++at) {
            events.push_back(
                {.domain = domain, .item = rated.itemsOf(user)[at], .value = rated.valuesOf(user)[at]});
        }
    }
    return events;
}

} // namespace

class ContentRidgeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ratingsAreTheMinimumOfTheObjective();
    void bothWaysToSolveAUserAgree();
    void reasonsAddUpToTheTaste();
    void newcomerIsRatedForAsTheSameUser();
    void newItemHasItsOwnBias();
    void itemWithoutRatingsIsJudgedByItsText();
    void restoredModelHasTheSameBits();
    void damagedModelIsRefused();
    void bitsAreTheSameForAnyThreads();
    void stopIsHeard();
    void needsRatingsAndVectors();
};

void ContentRidgeTest::ratingsAreTheMinimumOfTheObjective()
{
    const auto data = rated();
    const double off =
        (scoresOf(*test::fitted("content-ridge", settings, data)) - minimum(*data)).cwiseAbs().maxCoeff();
    QVERIFY2(off < 2e-3, std::to_string(off).c_str());
}

void ContentRidgeTest::bothWaysToSolveAUserAgree()
{
    // Fewer ratings than dimensions, and more: each against a dense solve.
    const auto data = rated();
    const auto model = test::fitted("content-ridge", settings, data);
    const Eigen::MatrixXd factors = test::factorOf(*model, "items");
    const Eigen::MatrixXd biases = test::factorOf(*model, "item-biases");
    const double mean = data->target.interactions.mean();
    std::vector<PastEvent> all; // of everybody: nobody's own reach
    for (int user = 0; user < users; ++user) {
        std::ranges::copy_if(eventsOfUser(*data, UserRow{user}),
                             std::back_inserter(all),
                             [](const PastEvent& event) { return event.domain == -1; });
    }
    for (const std::size_t count : {std::size_t{2}, std::size_t{50}}) {
        const std::span<const PastEvent> events = std::span(all).first(count);
        Eigen::MatrixXd left = lambdaTaste * Eigen::MatrixXd::Identity(dimension + 1, dimension + 1);
        left(dimension, dimension) = lambdaUser;
        Eigen::VectorXd right = Eigen::VectorXd::Zero(dimension + 1);
        for (const PastEvent& event : events) {
            const auto item = static_cast<Eigen::Index>(event.item);
            Eigen::VectorXd row(dimension + 1);
            row << factors.row(item).transpose(), 1.0;
            left += row * row.transpose();
            right += row * (static_cast<double>(event.value) - mean - biases(item, 0));
        }
        const Eigen::VectorXd taste = left.ldlt().solve(right);
        std::vector<float> scores(films);
        QVERIFY(model->foldIn(events, scores));
        for (int item = 0; item < films; ++item) {
            const double expected =
                mean + taste(dimension) + biases(item, 0) + factors.row(item).dot(taste.head(dimension));
            QVERIFY(std::abs(scores[static_cast<std::size_t>(item)] - expected) < 1e-4);
        }
    }
}

void ContentRidgeTest::reasonsAddUpToTheTaste()
{
    const auto data = rated();
    const auto model = test::fitted("content-ridge", settings, data);
    const Eigen::MatrixXd biases = test::factorOf(*model, "item-biases");
    const double base = data->target.interactions.mean() + test::factorOf(*model, "user-biases")(5, 0);
    std::vector<float> scores(films);
    model->score(UserRow{5}, scores);
    bool fromBooks = false;
    for (int item = 0; item < films; ++item) {
        double sum = base + biases(item, 0);
        float last = INFINITY;
        for (const Contribution& each : model->contributions(UserRow{5}, ItemRow{item})) {
            QVERIFY(std::abs(each.weight) <= last);
            last = std::abs(each.weight);
            sum += each.weight;
            fromBooks = fromBooks || each.domain == 0;
        }
        QVERIFY(std::abs(scores[static_cast<std::size_t>(item)] - sum) < 1e-4);
    }
    QVERIFY(fromBooks);
}

void ContentRidgeTest::newcomerIsRatedForAsTheSameUser()
{
    const auto data = rated();
    const auto model = test::fitted("content-ridge", settings, data);
    std::vector<float> expected(films);
    model->score(UserRow{7}, expected);

    std::vector<float> scores(films);
    QVERIFY(model->foldIn(eventsOfUser(*data, UserRow{7}), scores));

    for (int item = 0; item < films; ++item) {
        QVERIFY(std::abs(scores[static_cast<std::size_t>(item)] - expected[static_cast<std::size_t>(item)]) <
                1e-4F);
    }
}

void ContentRidgeTest::newItemHasItsOwnBias()
{
    const auto data = rated();
    const auto model = test::fitted("content-ridge", settings, data);
    const Eigen::MatrixXd biases = test::factorOf(*model, "user-biases");
    const double mean = data->target.interactions.mean();
    const std::vector<Event> events{{.user = UserRow{1}, .value = 5.0F}, {.user = UserRow{2}, .value = 4.0F}};
    const double own = (5.0 - mean - biases(1, 0) + 4.0 - mean - biases(2, 0)) / (2.0 + lambdaItem);

    const std::vector<UserRow> asked{UserRow{9}, UserRow{1}};
    std::vector<float> scores(2);
    QVERIFY(model->foldInItem(events, asked, scores));

    QVERIFY(std::abs(scores[0] - (mean + biases(9, 0) + own)) < 1e-5);
    QVERIFY(std::abs(scores[1] - (mean + biases(1, 0) + own)) < 1e-5);
}

void ContentRidgeTest::itemWithoutRatingsIsJudgedByItsText()
{
    // Ratings that follow the first number of the vectors; the last five films are not rated.
    auto data = rated();
    const Eigen::MatrixXd vectors = standardised(data->target);
    std::vector<Event> events;
    for (int user = 0; user < users; ++user) {
        for (int item = 0; item < films - 5; ++item) {
            events.push_back({.user = UserRow{user},
                              .item = ItemRow{item},
                              .value = static_cast<float>(3.0 + vectors(item, 0))});
        }
    }
    data->target = [&] {
        TrainingDomain domain = test::domainOf("films", FeedbackKind::Explicit, users, films, events);
        domain.knowledge = data->target.knowledge;
        return domain;
    }();
    data->sources.clear();
    Json free = settings;
    free["lambda"] = 0.01;
    free["lambda-item"] = 1000.0;
    const Eigen::MatrixXd scores = scoresOf(*test::fitted("content-ridge", free, data));
    for (int item = films - 5; item < films; ++item) {
        QVERIFY(std::abs(scores(0, item) - (3.0 + vectors(item, 0))) < 0.1);
    }
}

void ContentRidgeTest::restoredModelHasTheSameBits()
{
    const auto data = rated();
    const auto model = test::fitted("content-ridge", settings, data);
    const auto description = findMethod("content-ridge");
    const auto parameters = checkParameters((*description)->parameters, settings, "method");

    const auto restored = (*description)->create(*parameters)->restore(data, *model->serialised());

    QVERIFY_OK(restored);
    QVERIFY(scoresOf(**restored) == scoresOf(*model));
    const auto reasons = model->contributions(UserRow{5}, ItemRow{2});
    const auto again = (*restored)->contributions(UserRow{5}, ItemRow{2});
    QVERIFY(std::ranges::equal(reasons, again, {}, &Contribution::weight, &Contribution::weight));
}

void ContentRidgeTest::damagedModelIsRefused()
{
    const auto data = rated();
    std::string bytes = *test::fitted("content-ridge", settings, data)->serialised();
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    const auto description = findMethod("content-ridge");
    const auto parameters = checkParameters((*description)->parameters, settings, "method");

    const auto restored = (*description)->create(*parameters)->restore(data, bytes);

    QVERIFY(!restored);
    QCOMPARE(restored.error().code, ErrorCode::InvalidInput);
}

void ContentRidgeTest::bitsAreTheSameForAnyThreads()
{
    std::vector<Eigen::MatrixXd> scores;
    for (const int threads : {1, 2, 4, 8}) {
        setThreadCount(threads);
        scores.push_back(scoresOf(*test::fitted("content-ridge", settings, rated())));
    }
    setThreadCount(0);
    for (const Eigen::MatrixXd& each : scores) {
        QVERIFY(each == scores.front());
    }
}

void ContentRidgeTest::stopIsHeard()
{
    std::stop_source stop;
    stop.request_stop();
    const auto description = findMethod("content-ridge");
    const auto parameters = checkParameters((*description)->parameters, settings, "method");
    FitContext context;
    context.job.stop = stop.get_token();

    const auto model = (*description)->create(*parameters)->fit(rated(), context);

    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::Cancelled);
}

void ContentRidgeTest::needsRatingsAndVectors()
{
    auto silent = rated();
    silent->target.knowledge = nullptr;
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, test::fitted("content-ridge", settings, silent));
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, test::fitted("content-ridge", settings, filmsAndBooks()));
    auto alone = rated(); // a source that nothing is known of is left out
    alone->sources[0].knowledge = nullptr;
    auto without = rated();
    without->sources.clear();
    QVERIFY(scoresOf(*test::fitted("content-ridge", settings, alone)) ==
            scoresOf(*test::fitted("content-ridge", settings, without)));
}

} // namespace transept

QTEST_APPLESS_MAIN(transept::ContentRidgeTest)
#include "ContentRidgeTest.moc"
