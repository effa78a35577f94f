#include "core/model/Triples.h"
#include "core/model/History.h"
#include "tests/core/model/ModelTesting.h"

#include <QtTest/QTest>

#include <cmath>
#include <set>

using namespace transept;
using namespace transept::test;

namespace {

constexpr TwoDomains shape;
constexpr std::size_t userCount = shape.users;
constexpr std::size_t filmCount = shape.films;

Positives positivesOf(const TrainingData& data)
{
    return *Positives::of(data, false, {});
}

std::vector<std::set<std::uint32_t>> columnsByUser(const Positives& positives)
{
    std::vector<std::set<std::uint32_t>> columns(positives.userCount());
    for (std::size_t user = 0; user < columns.size(); ++user) {
        const auto all =
            std::span(positives.columns)
                .subspan(positives.starts[user], positives.starts[user + 1] - positives.starts[user]);
        columns[user] = {all.begin(), all.end()};
    }
    return columns;
}

} // namespace

/// What pairs of a positive and a negative BPR and LightGCN learn from.
class TriplesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void epochTakesEveryPositiveOnceWithANegativeOfItsDomain_data();
    void epochTakesEveryPositiveOnceWithANegativeOfItsDomain();
    void tasksOfAStratumShareNoRow();
    void negativesFollowTheStatedDistribution_data();
    void negativesFollowTheStatedDistribution();
    void groupsLeaveTheDistributionNearlyAsItIs();
    void positiveMeetsEveryOtherItemOverTheEpochs();
    void positivesAreThoseOfTheHistory_data();
    void positivesAreThoseOfTheHistory();
    void userWithAllItemsIsLeftOut();
};

void TriplesTest::epochTakesEveryPositiveOnceWithANegativeOfItsDomain_data()
{
    QTest::addColumn<int>("groups");
    QTest::newRow("one group") << 1;
    QTest::newRow("three groups") << 3;
}

void TriplesTest::epochTakesEveryPositiveOnceWithANegativeOfItsDomain()
{
    QFETCH(int, groups);
    const Positives positives = positivesOf(*twoDomains(shape));
    const auto columns = columnsByUser(positives);
    TripleSchedule schedule(positives, {.groups = static_cast<std::size_t>(groups)});
    for (int epoch = 1; epoch <= 4; ++epoch) {
        std::vector<std::set<std::uint32_t>> taken(userCount);
        std::size_t count = 0;
        for (const Triple& triple : triplesOf(schedule, epoch)) {
            QVERIFY(columns[triple.user].contains(triple.positive));
            QVERIFY(!columns[triple.user].contains(triple.negative));
            QCOMPARE(triple.domain, triple.positive < filmCount ? 0U : 1U);
            QCOMPARE(triple.domain, triple.negative < filmCount ? 0U : 1U);
            taken[triple.user].insert(triple.positive);
            ++count;
        }
        QCOMPARE(taken, columns);
        QCOMPARE(count, positives.columns.size());
    }
}

void TriplesTest::tasksOfAStratumShareNoRow()
{
    TripleSchedule schedule(positivesOf(*twoDomains(shape)), {.groups = 4});
    QVERIFY(schedule.deal(1, {}));
    for (std::size_t stratum = 0; stratum < 4; ++stratum) {
        std::set<std::uint32_t> users;
        std::set<std::uint32_t> items;
        for (std::size_t band = 0; band < 4; ++band) {
            std::set<std::uint32_t> ownUsers;
            std::set<std::uint32_t> ownItems;
            schedule.visit(stratum, band, [&](std::span<const Triple> triples) {
                for (const Triple& triple : triples) {
                    ownUsers.insert(triple.user);
                    ownItems.insert({triple.positive, triple.negative});
                }
                return true;
            });
            for (const std::uint32_t user : ownUsers) {
                QVERIFY(users.insert(user).second);
            }
            for (const std::uint32_t item : ownItems) {
                QVERIFY(items.insert(item).second);
            }
        }
        QVERIFY(users.size() > userCount / 2);
    }
}

void TriplesTest::negativesFollowTheStatedDistribution_data()
{
    QTest::addColumn<double>("exponent");
    QTest::newRow("uniform") << 0.0;
    QTest::newRow("popularity^0.5") << 0.5;
    QTest::newRow("popularity") << 1.0;
}

/// Given the user, item j has the chance w_j / sum of w over the domain's items that the user has not.
void TriplesTest::negativesFollowTheStatedDistribution()
{
    QFETCH(double, exponent);
    constexpr int epochs = 400;
    const Positives positives = positivesOf(*twoDomains(shape));
    const auto columns = columnsByUser(positives);
    std::vector<double> weights(positives.columnCount());
    for (const auto& mine : columns) {
        for (const std::uint32_t column : mine) {
            weights[column] += 1.0;
        }
    }
    for (double& weight : weights) {
        weight = exponent == 0.0 ? 1.0 : weight > 0.0 ? std::pow(weight, exponent) : 0.0;
    }
    std::vector<double> expected(positives.columnCount());
    for (const auto& mine : columns) {
        for (std::size_t domain = 0; domain < positives.domainCount(); ++domain) {
            double sum = 0.0;
            double draws = 0.0;
            for (std::size_t column = positives.firstColumns[domain];
                 column < positives.firstColumns[domain + 1];
                 ++column) {
                const bool has = mine.contains(static_cast<std::uint32_t>(column));
                sum += has ? 0.0 : weights[column];
                draws += has ? epochs : 0.0;
            }
            for (std::size_t column = positives.firstColumns[domain];
                 column < positives.firstColumns[domain + 1];
                 ++column) {
                const bool has = mine.contains(static_cast<std::uint32_t>(column));
                expected[column] += has ? 0.0 : draws * weights[column] / sum;
            }
        }
    }
    TripleSchedule schedule(positives, {.exponent = exponent, .groups = 1});
    std::vector<double> counts(positives.columnCount());
    for (int epoch = 1; epoch <= epochs; ++epoch) {
        for (const Triple& triple : triplesOf(schedule, epoch)) {
            counts[triple.negative] += 1.0;
        }
    }

    double chiSquare = 0.0;
    double freedom = 0.0;
    for (std::size_t column = 0; column < counts.size(); ++column) {
        if (expected[column] == 0.0) {
            QCOMPARE(counts[column], 0.0);
            continue;
        }
        chiSquare +=
            (counts[column] - expected[column]) * (counts[column] - expected[column]) / expected[column];
        freedom += 1.0;
    }
    qInfo("chi square %.1f with %.0f items", chiSquare, freedom);
    QVERIFY(chiSquare < freedom + 5.0 * std::sqrt(2.0 * freedom));
}

/// The groups of an epoch are drawn at random, so over many epochs a draw within a group is nearly one from
/// all.
void TriplesTest::groupsLeaveTheDistributionNearlyAsItIs()
{
    constexpr int epochs = 400;
    const Positives positives = positivesOf(*twoDomains(shape));
    const auto counted = [&](std::size_t groups) {
        TripleSchedule schedule(positives, {.groups = groups});
        std::vector<double> counts(positives.columnCount());
        for (int epoch = 1; epoch <= epochs; ++epoch) {
            for (const Triple& triple : triplesOf(schedule, epoch)) {
                counts[triple.negative] += 1.0;
            }
        }
        return counts;
    };

    const std::vector<double> plain = counted(1);
    const std::vector<double> grouped = counted(4);

    double distance = 0.0;
    double sum = 0.0;
    for (std::size_t column = 0; column < plain.size(); ++column) {
        distance += std::abs(plain[column] - grouped[column]) / 2.0;
        sum += plain[column];
    }
    qInfo("total variation %.4f", distance / sum);
    QVERIFY(distance / sum < 0.05);
}

void TriplesTest::positiveMeetsEveryOtherItemOverTheEpochs()
{
    const Positives positives = positivesOf(*twoDomains(shape));
    const auto columns = columnsByUser(positives);
    TripleSchedule schedule(positives, {.groups = 8});
    std::vector<std::set<std::uint32_t>> met(positives.columnCount());
    for (int epoch = 1; epoch <= 400; ++epoch) {
        for (const Triple& triple : triplesOf(schedule, epoch)) {
            met[triple.positive].insert(triple.negative);
        }
    }
    for (std::size_t positive = 0; positive < filmCount; ++positive) {
        std::set<std::uint32_t> possible;
        for (const auto& mine : columns) {
            for (std::uint32_t other = 0;
                 mine.contains(static_cast<std::uint32_t>(positive)) && other < filmCount;
                 ++other) {
                if (!mine.contains(other)) {
                    possible.insert(other);
                }
            }
        }
        QCOMPARE(met[positive], possible);
    }
}

void TriplesTest::positivesAreThoseOfTheHistory_data()
{
    QTest::addColumn<bool>("likedOnly");
    QTest::newRow("all") << false;
    QTest::newRow("liked") << true;
}

void TriplesTest::positivesAreThoseOfTheHistory()
{
    QFETCH(bool, likedOnly);
    const auto data = twoDomains(shape);
    const History history =
        *History::of(*data, likedOnly ? EntryValue::Liked : EntryValue::Binary, JobContext{});

    const Positives positives = *Positives::of(*data, likedOnly, {});

    const auto span = history.firstColumns();
    QCOMPARE(positives.firstColumns, std::vector<std::size_t>(span.begin(), span.end()));
    QCOMPARE(positives.starts, history.rows().starts);
    QCOMPARE(std::vector<std::int32_t>(positives.columns.begin(), positives.columns.end()),
             history.rows().columns);
}

void TriplesTest::userWithAllItemsIsLeftOut()
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = 2;
    std::vector<Event> events;
    for (int item = 0; item < 5; ++item) {
        events.push_back({.user = UserRow{0}, .item = ItemRow{item}});
    }
    events.push_back({.user = UserRow{1}, .item = ItemRow{2}});
    data->target = domainOf("films", FeedbackKind::Implicit, 2, 5, events);
    TripleSchedule schedule(positivesOf(*data), {});

    const std::vector<Triple> triples = triplesOf(schedule, 1);

    QCOMPARE(triples.size(), std::size_t{1});
    QCOMPARE(triples.front().user, 1U);
}

QTEST_GUILESS_MAIN(TriplesTest)
#include "TriplesTest.moc"
