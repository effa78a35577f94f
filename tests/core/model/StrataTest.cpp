#include "core/model/Strata.h"
#include "core/base/Parallel.h"
#include "tests/core/model/ModelTesting.h"

#include <QtTest/QTest>

#include <algorithm>
#include <set>
#include <tuple>

namespace transept {

class StrataTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }
    void everyEventIsVisitedOnceAnEpoch_data();
    void everyEventIsVisitedOnceAnEpoch();
    void blocksOfAStratumShareNoRow_data() { everyEventIsVisitedOnceAnEpoch_data(); }
    void blocksOfAStratumShareNoRow();
    void orderDoesNotDependOnThreads_data() { everyEventIsVisitedOnceAnEpoch_data(); }
    void orderDoesNotDependOnThreads();
    void rowsThatDoNotFitTheCacheComeOneAfterTheOther_data();
    void rowsThatDoNotFitTheCacheComeOneAfterTheOther();
    void stopIsObeyed();
};

namespace {

constexpr std::size_t shortRows = 64;
constexpr std::size_t longRows = std::size_t{1} << 20U; ///< two of them are more than a band may hold

using Seen = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, float>; ///< domain, user, item, value

/// Two domains that share their users, the second on another scale.
struct Data
{
    Data(std::size_t users, std::size_t items)
        : userCount(users)
        , first(test::domainOf(
              "first", FeedbackKind::Explicit, users, items, test::generatedEvents(users, items, 3000, 1)))
        , second(test::domainOf(
              "second", FeedbackKind::Explicit, users, 40, test::generatedEvents(users, 40, 1000, 2)))
    {
    }

    std::vector<FactorDomain> domains() const
    {
        return {{.data = &first, .mean = 3.0}, {.data = &second, .mean = 2.5, .scale = 0.5}};
    }

    Result<Strata> strata(std::size_t rowBytes, const JobContext& job = {}) const
    {
        return Strata::deal(userCount, domains(), {.seed = 5, .rowBytes = rowBytes}, job);
    }

    std::size_t userCount;
    TrainingDomain first;
    TrainingDomain second;
};

std::vector<PairEvent> eventsOf(const Strata& strata, std::size_t block, int epoch)
{
    std::vector<PairEvent> events;
    strata.visit(block, epoch, [&](std::span<const PairEvent> piece) {
        events.insert(events.end(), piece.begin(), piece.end());
    });
    return events;
}

std::vector<Seen> epochOf(const Strata& strata, int epoch)
{
    std::vector<Seen> all;
    for (const std::size_t stratum : strata.strataOf(epoch)) {
        for (std::size_t band = 0; band < strata.bands(); ++band) {
            for (const PairEvent& event : eventsOf(strata, strata.block(stratum, band), epoch)) {
                all.emplace_back(event.domain, event.user, event.item, event.value);
            }
        }
    }
    return all;
}

} // namespace

void StrataTest::everyEventIsVisitedOnceAnEpoch_data()
{
    QTest::addColumn<std::size_t>("users");
    QTest::addColumn<std::size_t>("items");
    QTest::addColumn<std::size_t>("rowBytes");
    QTest::newRow("more users, at random") << std::size_t{300} << std::size_t{50} << shortRows;
    QTest::newRow("more users, in order") << std::size_t{300} << std::size_t{50} << longRows;
    QTest::newRow("more items, at random") << std::size_t{50} << std::size_t{300} << shortRows;
    QTest::newRow("more items, in order") << std::size_t{50} << std::size_t{300} << longRows;
}

void StrataTest::everyEventIsVisitedOnceAnEpoch()
{
    QFETCH(std::size_t, users);
    QFETCH(std::size_t, items);
    QFETCH(std::size_t, rowBytes);
    const Data data(users, items);
    const Result<Strata> strata = data.strata(rowBytes);
    QVERIFY(strata);
    std::vector<Seen> expected;
    for (const Event& event : test::eventsOf(data.first)) {
        expected.emplace_back(
            0, strata->placeOf(event.user), strata->placeOf(0, event.item), event.value - 3.0F);
    }
    for (const Event& event : test::eventsOf(data.second)) {
        expected.emplace_back(
            1, strata->placeOf(event.user), strata->placeOf(1, event.item), (event.value - 2.5F) * 0.5F);
    }
    std::ranges::sort(expected);
    const std::vector<Seen> one = epochOf(*strata, 1);
    const std::vector<Seen> two = epochOf(*strata, 2);

    QVERIFY(one != two);
    for (std::vector<Seen> all : {one, two}) {
        std::ranges::sort(all);
        QVERIFY(all == expected);
    }
    QCOMPARE(strata->eventCount(), expected.size());
}

void StrataTest::blocksOfAStratumShareNoRow()
{
    QFETCH(std::size_t, users);
    QFETCH(std::size_t, items);
    QFETCH(std::size_t, rowBytes);
    const Result<Strata> strata = Data(users, items).strata(rowBytes);
    QVERIFY(strata);

    for (std::size_t stratum = 0; stratum < strata->bands(); ++stratum) {
        std::set<std::uint32_t> usersBefore;
        std::set<std::uint32_t> itemsBefore;
        for (std::size_t band = 0; band < strata->bands(); ++band) {
            const std::vector<PairEvent> events = eventsOf(*strata, strata->block(stratum, band), 1);
            for (const PairEvent& event : events) {
                QVERIFY(!usersBefore.contains(event.user) && !itemsBefore.contains(event.item));
            }
            for (const PairEvent& event : events) {
                usersBefore.insert(event.user);
                itemsBefore.insert(event.item);
            }
        }
    }
}

void StrataTest::orderDoesNotDependOnThreads()
{
    QFETCH(std::size_t, users);
    QFETCH(std::size_t, items);
    QFETCH(std::size_t, rowBytes);
    const Data data(users, items);
    setThreadCount(1);
    const std::vector<Seen> expected = epochOf(data.strata(rowBytes).value(), 3);

    for (const int threads : {2, 4, 8}) {
        setThreadCount(threads);
        QVERIFY(epochOf(data.strata(rowBytes).value(), 3) == expected);
    }
}

void StrataTest::rowsThatDoNotFitTheCacheComeOneAfterTheOther_data()
{
    QTest::addColumn<std::size_t>("users");
    QTest::addColumn<std::size_t>("items");
    QTest::newRow("more users") << std::size_t{600} << std::size_t{20};
    QTest::newRow("more items") << std::size_t{20} << std::size_t{600};
}

void StrataTest::rowsThatDoNotFitTheCacheComeOneAfterTheOther()
{
    QFETCH(std::size_t, users);
    QFETCH(std::size_t, items);
    const Result<Strata> strata = Data(users, items).strata(longRows);
    QVERIFY(strata);
    const auto place = users > items ? &PairEvent::user : &PairEvent::item;

    std::size_t together = 0;
    for (std::size_t block = 0; block < strata->bands() * strata->bands(); ++block) {
        strata->visit(block, 1, [&](std::span<const PairEvent> piece) {
            QVERIFY(std::ranges::is_sorted(piece, {}, place));
            together += piece.size() > 1 ? 1 : 0;
        });
    }
    QVERIFY(together > 100);
}

void StrataTest::stopIsObeyed()
{
    std::stop_source source;
    source.request_stop();

    const Result<Strata> strata = Data(300, 50).strata(shortRows, {.stop = source.get_token()});

    QVERIFY(!strata);
    QCOMPARE(strata.error().code, ErrorCode::Cancelled);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::StrataTest)
#include "StrataTest.moc"
