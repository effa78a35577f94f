#include "core/base/Parallel.h"
#include "core/model/Baseline.h"
#include "tests/core/model/ModelTesting.h"
#include "tests/support/SharedData.h"

#include <Eigen/Dense>

namespace transept {
namespace {

std::shared_ptr<const TrainingData> generatedRatings()
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = 60;
    data->target =
        test::domainOf("films", FeedbackKind::Explicit, 60, 40, test::generatedEvents(50, 35, 400, 3));
    data->target.scaleMin = 1.0;
    data->target.scaleMax = 5.0;
    return data;
}

/// Mean RMSE of `method` over the five folds of a file.
double meanOverFolds(std::span<const Event> events,
                     std::pair<std::size_t, std::size_t> counts,
                     std::pair<double, double> scale,
                     const Json& parameters)
{
    double sum = 0.0;
    for (int fold = 0; fold < 5; ++fold) {
        test::Parts parts = test::foldOf(events, fold);
        auto data = std::make_shared<TrainingData>();
        data->userCount = counts.first;
        data->target =
            test::domainOf("films", FeedbackKind::Explicit, counts.first, counts.second, parts.training);
        sum += test::rmse(*test::fitted("bias", parameters, data), parts.test, scale.first, scale.second);
    }
    return sum / 5.0;
}

} // namespace

class ControlsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void popularityCountsInteractions();
    void popularityByMeanShrinksTowardsTheMean();
    void popularityForgetsWhatIsOld_data();
    void popularityForgetsWhatIsOld();
    void popularityWithoutTimesIsRefused();
    void biasIsTheRidgeSolution();
    void biasAloneIsAMean();
    void meanOfAUserWhoIsNewIsCarriedOver();
    void biasHasTheSameBitsForAnyThreads();
    void biasReachesTheKnownErrorOnMovieLens();
    void biasReachesTheKnownErrorOnMovieTweetings();
};

void ControlsTest::popularityCountsInteractions()
{
    const auto data = generatedRatings();
    const auto model = test::fitted("popularity", Json::object(), data);
    std::vector<float> expected(40);
    for (const Event& event : test::eventsOf(data->target)) {
        expected[index(event.item)] += 1.0F;
    }
    std::vector<float> scores(40);
    model->score(UserRow{59}, scores);
    QCOMPARE(scores, expected);
    QVERIFY(!model->predictsRatings());
}

void ControlsTest::popularityByMeanShrinksTowardsTheMean()
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = 3;
    data->target = test::domainOf("films",
                                  FeedbackKind::Explicit,
                                  3,
                                  3,
                                  {{.user = UserRow{0}, .item = ItemRow{0}, .value = 5.0F},
                                   {.user = UserRow{1}, .item = ItemRow{0}, .value = 4.0F},
                                   {.user = UserRow{1}, .item = ItemRow{1}, .value = 3.0F}});
    const auto model = test::fitted("popularity", {{"by", "mean"}, {"shrinkage", 2.0}}, data);
    std::vector<float> scores(3);
    model->score(UserRow{2}, scores);
    QCOMPARE(scores, (std::vector<float>{4.25F, 11.0F / 3.0F, 4.0F})); // (9 + 8) / 4, (3 + 8) / 3, 8 / 2
    QVERIFY(model->predictsRatings());
}

void ControlsTest::popularityForgetsWhatIsOld_data()
{
    QTest::addColumn<double>("days");
    QTest::addColumn<double>("halfLife");
    QTest::addColumn<QString>("by");
    for (const char* by : {"count", "mean"}) {
        QTest::addRow("within a time, %s", by) << 0.5 << 0.0 << QString::fromLatin1(by);
        QTest::addRow("half-life, %s", by) << 0.0 << 0.25 << QString::fromLatin1(by);
        QTest::addRow("both, %s", by) << 0.7 << 0.1 << QString::fromLatin1(by);
    }
}

void ControlsTest::popularityForgetsWhatIsOld()
{
    QFETCH(double, days);
    QFETCH(double, halfLife);
    QFETCH(QString, by);
    auto data = std::make_shared<TrainingData>(*generatedRatings());
    std::vector<Event> events = test::eventsOf(data->target);
    events.push_back({.user = UserRow{1}, .item = ItemRow{39}, .value = 5.0F}); // without a time
    data->target = test::domainOf("films", FeedbackKind::Explicit, 60, 40, events);
    std::int64_t latest = 0;
    for (const Event& event : events) {
        latest = std::max<std::int64_t>(latest, event.time);
    }
    std::vector<double> counts(40);
    std::vector<double> sums(40);
    for (const Event& event : events) {
        const double age = static_cast<double>(latest - event.time) / 86400.0;
        if (event.time == 0 || (days > 0.0 && age > days)) {
            continue;
        }
        const double weight = halfLife > 0.0 ? std::pow(0.5, age / halfLife) : 1.0;
        counts[index(event.item)] += weight;
        sums[index(event.item)] += weight * static_cast<double>(event.value);
    }
    const auto model =
        test::fitted("popularity",
                     {{"by", by.toStdString()}, {"shrinkage", 2.0}, {"days", days}, {"half-life", halfLife}},
                     data);
    std::vector<float> scores(40);
    model->score(UserRow{0}, scores);
    const double mean = data->target.interactions.mean();
    for (std::size_t item = 0; item < 40; ++item) {
        const double expected =
            by == QStringLiteral("count") ? counts[item] : (sums[item] + 2.0 * mean) / (counts[item] + 2.0);
        QVERIFY(std::abs(static_cast<double>(scores[item]) - expected) < 1e-4);
    }
}

void ControlsTest::popularityWithoutTimesIsRefused()
{
    auto data = std::make_shared<TrainingData>(*generatedRatings());
    std::vector<Event> events = test::eventsOf(data->target);
    for (Event& event : events) {
        event.time = 0;
    }
    data->target = test::domainOf("films", FeedbackKind::Explicit, 60, 40, events);
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, test::fitted("popularity", {{"days", 30}}, data));
    test::fitted("popularity", Json::object(), data);
}

void ControlsTest::biasIsTheRidgeSolution()
{
    const auto data = generatedRatings();
    const auto baseline = fitBaseline(data->target.interactions, {.lambdaUser = 2.0, .lambdaItem = 1.5}, {});
    QVERIFY(baseline.has_value());

    // The same minimum from the normal equations over all users and items at once.
    const std::vector<Event> events = test::eventsOf(data->target);
    double mean = 0.0;
    for (const Event& event : events) {
        mean += static_cast<double>(event.value) / static_cast<double>(events.size());
    }
    Eigen::MatrixXd left = Eigen::MatrixXd::Zero(100, 100);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(100);
    for (const Event& event : events) {
        Eigen::VectorXd row = Eigen::VectorXd::Zero(100);
        row(static_cast<Eigen::Index>(event.user)) = 1.0;
        row(60 + static_cast<Eigen::Index>(event.item)) = 1.0;
        left += row * row.transpose();
        right += row * (static_cast<double>(event.value) - mean);
    }
    left.diagonal().head(60).array() += 2.0;
    left.diagonal().tail(40).array() += 1.5;
    const Eigen::VectorXd expected = left.ldlt().solve(right);
    for (std::size_t user = 0; user < 60; ++user) {
        QVERIFY(std::abs(baseline->user[user] - expected(static_cast<Eigen::Index>(user))) < 1e-4);
    }
    for (std::size_t item = 0; item < 40; ++item) {
        QVERIFY(std::abs(baseline->item[item] - expected(60 + static_cast<Eigen::Index>(item))) < 1e-4);
    }
}

void ControlsTest::biasAloneIsAMean()
{
    const auto data = generatedRatings();
    const InteractionMatrix& ratings = data->target.interactions;
    const auto scoresOf = [&](const char* terms, UserRow user) {
        std::vector<float> scores(40);
        test::fitted("bias", {{"terms", terms}, {"lambda-user", 0.01}, {"lambda-item", 2.0}}, data)
            ->score(user, scores);
        return scores;
    };
    const auto shrunk = [&](std::span<const float> values, double lambda) {
        double sum = lambda * ratings.mean();
        for (const float value : values) {
            sum += static_cast<double>(value);
        }
        return sum / (static_cast<double>(values.size()) + lambda);
    };
    for (std::size_t item = 0; item < 40; ++item) {
        const auto row = static_cast<ItemRow>(item);
        QVERIFY(std::abs(static_cast<double>(scoresOf("none", UserRow{3})[item]) - ratings.mean()) < 1e-5);
        QVERIFY(std::abs(static_cast<double>(scoresOf("item", UserRow{3})[item]) -
                         shrunk(ratings.itemValuesOf(row), 2.0)) < 1e-4);
        QVERIFY(std::abs(static_cast<double>(scoresOf("user", UserRow{3})[item]) -
                         shrunk(ratings.valuesOf(UserRow{3}), 0.01)) < 1e-4);
    }
}

void ControlsTest::meanOfAUserWhoIsNewIsCarriedOver()
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = 3;
    data->target = test::domainOf("films",
                                  FeedbackKind::Explicit,
                                  3,
                                  2,
                                  {{.user = UserRow{0}, .item = ItemRow{0}, .value = 2.0F},
                                   {.user = UserRow{0}, .item = ItemRow{1}, .value = 4.0F}});
    data->target.scaleMin = 1.0;
    data->target.scaleMax = 5.0;
    data->sources.push_back(test::domainOf("books",
                                           FeedbackKind::Explicit,
                                           3,
                                           2,
                                           {{.user = UserRow{0}, .item = ItemRow{0}, .value = 3.0F},
                                            {.user = UserRow{0}, .item = ItemRow{1}, .value = 5.0F},
                                            {.user = UserRow{1}, .item = ItemRow{0}, .value = 8.0F},
                                            {.user = UserRow{1}, .item = ItemRow{1}, .value = 10.0F}}));
    data->sources.front().scaleMin = 0.0;
    data->sources.front().scaleMax = 10.0;
    const auto meanOf = [&](const char* terms, UserRow user) {
        std::vector<float> scores(2);
        test::fitted("bias", {{"terms", terms}, {"lambda-user", 1.0}, {"lambda-item", 1.0}}, data)
            ->score(user, scores);
        return scores.front();
    };

    QCOMPARE(meanOf("user", UserRow{0}), 3.0F);                             // of the own ratings alone
    QCOMPARE(meanOf("user", UserRow{1}), 3.0F + 4.0F * (0.25F * 2) / 3.0F); // 9 where the mean is 6.5, of 10
    QCOMPARE(meanOf("user", UserRow{2}), 3.0F);
    QCOMPARE(meanOf("none", UserRow{1}), 3.0F);

    const std::vector<PastEvent> past{{.domain = 0, .item = ItemRow{0}, .value = 8.0F},
                                      {.domain = 0, .item = ItemRow{1}, .value = 10.0F}};
    std::vector<float> folded(2);
    QVERIFY(test::fitted("bias", {{"terms", "user"}, {"lambda-user", 1.0}, {"lambda-item", 1.0}}, data)
                ->foldIn(past, folded));
    QCOMPARE(folded.front(), meanOf("user", UserRow{1}));
}

void ControlsTest::biasHasTheSameBitsForAnyThreads()
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = 3000;
    data->target = test::domainOf(
        "films", FeedbackKind::Explicit, 3000, 900, test::generatedEvents(3000, 900, 20000, 3));
    std::vector<std::vector<float>> scores(2, std::vector<float>(900));
    for (int threads = 1; threads <= 2; ++threads) {
        setThreadCount(threads);
        test::fitted("bias", Json::object(), data)
            ->score(UserRow{17}, scores[static_cast<std::size_t>(threads - 1)]);
    }
    setThreadCount(0);
    QCOMPARE(scores[0], scores[1]);
}

void ControlsTest::biasReachesTheKnownErrorOnMovieLens()
{
    NEED_SHARED_DATA();
    test::Numbering users;
    test::Numbering items;
    const auto events = test::readEvents(
        *test::sharedData() / "movielens_latest_small_2016" / "ratings.csv", ",", true, users, items);
    const double error = meanOverFolds(events, {users.size(), items.size()}, {0.5, 5.0}, Json::object());
    qInfo("bias on MovieLens: RMSE %.4f", error);
    QVERIFY(error < 0.8865);
}

void ControlsTest::biasReachesTheKnownErrorOnMovieTweetings()
{
    NEED_SHARED_DATA();
    test::Numbering users;
    test::Numbering items;
    const auto events = test::readEvents(
        *test::sharedData() / "movietweetings_100k" / "ratings.dat", "::", false, users, items);
    const double error = meanOverFolds(
        events, {users.size(), items.size()}, {0.0, 10.0}, {{"lambda-user", 2.0}, {"lambda-item", 2.0}});
    qInfo("bias on MovieTweetings: RMSE %.4f", error);
    QVERIFY(error < 1.5265);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ControlsTest)
#include "ControlsTest.moc"
