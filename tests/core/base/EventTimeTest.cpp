#include "core/base/EventTime.h"

#include <QtTest/QTest>

namespace transept {

class EventTimeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secondsComeBack();
    void theNearestStandsForWhatItDoesNotHold();
    void withoutATimeItIsZero();
};

void EventTimeTest::secondsComeBack()
{
    for (const std::int64_t seconds : {EventTime::earliest,
                                       std::int64_t{-86'400},
                                       std::int64_t{-1},
                                       std::int64_t{0},
                                       std::int64_t{1},
                                       std::int64_t{1'464'696'001},
                                       std::int64_t{1} << 31,
                                       EventTime::latest}) {
        QVERIFY(EventTime::holds(seconds));
        QCOMPARE(std::int64_t{EventTime(seconds)}, seconds);
    }
}

void EventTimeTest::theNearestStandsForWhatItDoesNotHold()
{
    for (const auto& [seconds, nearest] : {std::pair{EventTime::earliest - 1, EventTime::earliest},
                                           {std::numeric_limits<std::int64_t>::min(), EventTime::earliest},
                                           {EventTime::latest + 1, EventTime::latest},
                                           {std::numeric_limits<std::int64_t>::max(), EventTime::latest}}) {
        QVERIFY(!EventTime::holds(seconds));
        QCOMPARE(std::int64_t{EventTime(seconds)}, nearest);
    }
}

void EventTimeTest::withoutATimeItIsZero()
{
    QCOMPARE(std::int64_t{EventTime()}, std::int64_t{0});
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::EventTimeTest)
#include "EventTimeTest.moc"
