#include "core/base/Parallel.h"
#include "core/model/BayesianModel.h"
#include "core/model/PeriodBiases.h"
#include "core/model/Registry.h"
#include "tests/core/model/ModelTesting.h"
#include "tests/core/model/SamplingTesting.h"

#include <QtTest/QTest>

#include <cmath>

using namespace transept;
using namespace transept::test;

class RatingPeriodsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }

    void periodsHoldEquallyManyRatings();
    void ratingsOfOneSecondAreOfOnePeriod();
    void ratingsWithoutTimesAreOfNoPeriod();
    void drawsHaveTheMomentsOfTheDefinition();
    void changingTastesAreFound();
    void deviationsAreCalibrated();
    void anyNumberOfThreadsGivesTheSameBits();
    void restoredModelScoresTheSame();
    void ratingsWithoutAnyTimeAreRefused();
};

namespace {

constexpr std::size_t userCount = 400;
constexpr std::size_t itemCount = 80;
constexpr std::size_t periodCount = 4;
constexpr std::size_t newItems = 8; ///< the last of them have no training ratings
constexpr double noise = 0.5;

/// Ratings by users who come in one of four periods, of items that are liked differently in each.
struct Truth
{
    std::shared_ptr<TrainingData> data = std::make_shared<TrainingData>();
    std::vector<Event> known; ///< held out, of items in training
    std::vector<Event> cold;  ///< of the others

    Truth()
    {
        Random random(8);
        std::vector<double> biases(itemCount * periodCount);
        for (double& bias : biases) {
            bias = 0.6 * random.normal();
        }
        std::vector<Event> training;
        for (std::size_t user = 0; user < userCount; ++user) {
            const std::size_t period = user % periodCount;
            const double own = 3.0 + 0.4 * random.normal();
            for (std::size_t item = 0; item < itemCount; ++item) {
                const double value = own + biases[item * periodCount + period] + noise * random.normal();
                const Event event{.user = static_cast<UserRow>(user),
                                  .item = static_cast<ItemRow>(item),
                                  .value = static_cast<float>(value),
                                  .time = static_cast<std::int64_t>(1000 * (period + 1) + random.below(900))};
                const std::uint64_t cell = random.below(10);
                if (item >= itemCount - newItems) {
                    cold.push_back(event);
                } else if (cell < 3) {
                    training.push_back(event);
                } else if (cell < 5) {
                    known.push_back(event);
                }
            }
        }
        data->userCount = userCount;
        data->target = domainOf("films", FeedbackKind::Explicit, userCount, itemCount, training);
    }
};

const Truth& truth()
{
    static const Truth made;
    return made;
}

const Json withTime{{"factors", 2},
                    {"samples", 100},
                    {"burn-in", 50},
                    {"kept", 100},
                    {"time", true},
                    {"periods", 4},
                    {"implicit", false}};

std::unique_ptr<Method> made(const Json& values)
{
    return methodOf("bayesian-mf", values);
}

InteractionMatrix matrixOf(const std::vector<std::int64_t>& times)
{
    std::vector<Event> events;
    for (std::size_t at = 0; at < times.size(); ++at) {
        events.push_back({.user = static_cast<UserRow>(at % 3),
                          .item = static_cast<ItemRow>((at * 7) % 5),
                          .value = 1.0F,
                          .time = times[at]});
    }
    return InteractionMatrix(4, 6, events);
}

} // namespace

void RatingPeriodsTest::periodsHoldEquallyManyRatings()
{
    std::vector<std::int64_t> times;
    Random random(2);
    for (int at = 0; at < 60; ++at) {
        times.push_back(static_cast<std::int64_t>(1 + random.below(1'000'000)));
    }
    const InteractionMatrix ratings = matrixOf(times);

    const RatingPeriods periods(ratings, 6);

    QCOMPARE(periods.count(), std::size_t{6});
    std::vector<std::int64_t> ordered = times;
    std::ranges::sort(ordered);
    std::vector<int> counts(6);
    for (int user = 0; user < 3; ++user) {
        const auto of = periods.ofUser(UserRow{user});
        const auto timesOf = ratings.timesOf(UserRow{user});
        std::vector<int> own(6);
        for (std::size_t at = 0; at < of.size(); ++at) {
            const auto rank = std::ranges::lower_bound(ordered, std::int64_t{timesOf[at]}) - ordered.begin();
            QCOMPARE(static_cast<std::ptrdiff_t>(of[at]), rank / 10);
            ++counts[of[at]];
            ++own[of[at]];
            QVERIFY(periods.isKnown(ratings.itemsOf(UserRow{user})[at], of[at]));
        }
        for (std::size_t period = 0; period < 6; ++period) {
            QCOMPARE(periods.shares(UserRow{user})[period],
                     static_cast<float>(own[period]) / static_cast<float>(of.size()));
        }
    }
    QCOMPARE(counts, std::vector<int>(6, 10));
    for (int item = 0; item < 5; ++item) { // by item the same as by user
        const auto users = ratings.usersOf(ItemRow{item});
        std::map<int, std::vector<std::uint16_t>> byUser;
        for (std::size_t at = 0; at < users.size(); ++at) {
            byUser[static_cast<int>(users[at])].push_back(periods.ofItem(ItemRow{item})[at]);
        }
        for (const auto& [user, found] : byUser) {
            std::vector<std::uint16_t> expected;
            const auto items = ratings.itemsOf(UserRow{user});
            for (std::size_t at = 0; at < items.size(); ++at) {
                if (items[at] == ItemRow{item}) {
                    expected.push_back(periods.ofUser(UserRow{user})[at]);
                }
            }
            QCOMPARE(found, expected);
        }
    }
    QVERIFY(!periods.isKnown(ItemRow{5}, 0));
    QCOMPARE(periods.shares(UserRow{3})[2], periods.sharesOfAll()[2]); // who has no rating
}

void RatingPeriodsTest::ratingsOfOneSecondAreOfOnePeriod()
{
    const RatingPeriods periods(matrixOf({5, 5, 5, 5, 5, 5, 9, 9, 9, 9}), 5);
    QCOMPARE(periods.count(), std::size_t{2});
    for (int user = 0; user < 3; ++user) {
        for (const std::uint16_t period : periods.ofUser(UserRow{user}).first(2)) {
            QCOMPARE(period, std::uint16_t{0});
        }
    }
}

void RatingPeriodsTest::ratingsWithoutTimesAreOfNoPeriod()
{
    const RatingPeriods none(matrixOf({0, 0, 0, 0}), 5);
    const RatingPeriods some(matrixOf({0, 7, 0, 0, 8, 0}), 2); // user 1 has both times
    QCOMPARE(none.count(), std::size_t{0});
    QCOMPARE(some.count(), std::size_t{2});
    QCOMPARE(some.ofUser(UserRow{0})[0], RatingPeriods::none);
    QCOMPARE(some.ofUser(UserRow{1})[1], std::uint16_t{1});
    QCOMPARE(some.shares(UserRow{0})[0], 0.5F);
    const PeriodBiases biases(6, some, 1);
    QCOMPARE(biases.of(ItemRow{0}, RatingPeriods::none), 0.0F);
}

/// Given lambda and c_t before a draw, every b_it is N((lambda c_t + tau s) / A, 1 / A), A = lambda + tau w.
void RatingPeriodsTest::drawsHaveTheMomentsOfTheDefinition()
{
    constexpr int draws = 40'000;
    constexpr double tau = 1.5;
    const RatingPeriods periods(matrixOf({1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2}), 2);
    PeriodBiases biases(6, periods, 3);
    PeriodBiases::Rests rests = biases.noRests();
    for (std::size_t cell = 0; cell < 10; ++cell) {
        rests.weights[cell] = 1.0 + static_cast<double>(cell % 3);
        rests.sums[cell] = rests.weights[cell] * (0.2 * static_cast<double>(cell) - 0.7);
    }
    std::vector<double> sums(10);
    std::vector<double> squares(10);
    std::vector<double> means(10);
    std::vector<double> moments(10);
    for (int draw = 1; draw <= draws; ++draw) {
        const double lambda = biases.lambda();
        const double expected[] = {biases.expected(0), biases.expected(1)};
        biases.draw(rests, tau, draw);
        for (std::size_t cell = 0; cell < 10; ++cell) {
            const auto item = static_cast<ItemRow>(cell / 2);
            const auto drawn = static_cast<double>(biases.of(item, static_cast<std::uint16_t>(cell % 2)));
            if (!periods.isKnown(item, cell % 2)) {
                QCOMPARE(drawn, static_cast<double>(static_cast<float>(biases.expected(cell % 2))));
                continue;
            }
            const double precision = lambda + tau * rests.weights[cell];
            const double mean = (lambda * expected[cell % 2] + tau * rests.sums[cell]) / precision;
            sums[cell] += drawn / draws;
            squares[cell] += drawn * drawn / draws;
            means[cell] += mean / draws;
            moments[cell] += (mean * mean + 1.0 / precision) / draws;
        }
    }

    for (std::size_t cell = 0; cell < 10; ++cell) {
        QVERIFY(std::abs(sums[cell] - means[cell]) < 0.02);
        QVERIFY(std::abs(squares[cell] - moments[cell]) < 0.03 * moments[cell] + 1e-9);
    }
}

void RatingPeriodsTest::changingTastesAreFound()
{
    Json without = withTime;
    without["time"] = false;

    const double plain = rmse(**made(without)->fit(truth().data, {}), truth().known, -100.0, 100.0);
    const double timed = rmse(**made(withTime)->fit(truth().data, {}), truth().known, -100.0, 100.0);

    qInfo("RMSE without %.4f, with time %.4f, noise %.4f", plain, timed, noise);
    QVERIFY(plain > 0.6);
    QVERIFY(timed < 1.1 * noise);
}

void RatingPeriodsTest::deviationsAreCalibrated()
{
    const auto model = made(withTime)->fit(truth().data, {});
    const auto& found = dynamic_cast<const BayesianModel&>(**model);

    const double known = coveredRatings(found, truth().known);
    const double cold = coveredRatings(found, truth().cold);

    qInfo("within 1.645 deviations: %.3f, new items %.3f", known, cold);
    QVERIFY(known > 0.88 && known < 0.92);
    QVERIFY(cold > 0.80 && cold < 0.97); // eight items with four biases each decide
}

void RatingPeriodsTest::anyNumberOfThreadsGivesTheSameBits()
{
    Json values = withTime;
    values["samples"] = 6;
    values["burn-in"] = 4;
    values["implicit"] = true;
    QVERIFY(hasTheSameBitsForAnyThreads(*made(values), truth().data));
}

void RatingPeriodsTest::restoredModelScoresTheSame()
{
    Json values = withTime;
    values["samples"] = 6;
    values["burn-in"] = 2;
    QVERIFY(restoresTheSame(*made(values), truth().data, truth().known));
}

void RatingPeriodsTest::ratingsWithoutAnyTimeAreRefused()
{
    std::vector<Event> events = test::eventsOf(truth().data->target);
    for (Event& event : events) {
        event.time = 0;
    }
    auto data = std::make_shared<TrainingData>();
    data->userCount = userCount;
    data->target = domainOf("films", FeedbackKind::Explicit, userCount, itemCount, events);

    const auto model = made(withTime)->fit(data, {});

    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(model.error()).find("films") != std::string::npos);
}

QTEST_GUILESS_MAIN(RatingPeriodsTest)
#include "RatingPeriodsTest.moc"
