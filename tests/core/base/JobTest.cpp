#include "core/base/Job.h"
#include "core/base/Interruptible.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <atomic>
#include <thread>

namespace transept {

class JobTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jobWithoutGateRunsThrough();
    void requestedStopEndsTheJobAtItsNextCheckpoint();
    void pausedJobStandsStillUntilItIsResumed();
    void stopReachesAPausedJob();
    void longLoopVisitsEveryRoundOnce();
    void longLoopEndsAtItsNextStretch();
};

namespace {

constexpr auto soon = std::chrono::milliseconds(100);

/// Counts checkpoints until it is stopped.
class CountingJob
{
public:
    explicit CountingJob(const PauseGate* gate)
        : m_thread([this, gate](const std::stop_token& stop) {
            const JobContext context{.stop = stop, .gate = gate};
            m_end = context.checkpoint();
            while (m_end) {
                ++m_steps;
                m_end = context.checkpoint();
            }
            m_ended = true;
        })
    {
    }

    int steps() const { return m_steps; }
    bool hasEnded() const { return m_ended; }
    void stop() { m_thread.request_stop(); }
    Status end()
    {
        m_thread.join();
        return m_end;
    }

private:
    std::atomic<int> m_steps = 0;
    std::atomic<bool> m_ended = false;
    Status m_end;
    std::jthread m_thread; // last: it uses the others
};

} // namespace

void JobTest::jobWithoutGateRunsThrough()
{
    const JobContext context;
    context.progress({.fraction = 0.5, .stage = "Counting"});
    QVERIFY_OK(context.checkpoint());
}

void JobTest::requestedStopEndsTheJobAtItsNextCheckpoint()
{
    CountingJob job(nullptr);
    QTRY_VERIFY(job.steps() > 0);

    job.stop();

    QTRY_VERIFY_WITH_TIMEOUT(job.hasEnded(), 1000);
    const Status end = job.end();
    QVERIFY(!end);
    QCOMPARE(end.error().code, ErrorCode::Cancelled);
}

void JobTest::pausedJobStandsStillUntilItIsResumed()
{
    PauseGate gate;
    CountingJob job(&gate);
    QTRY_VERIFY(job.steps() > 0);

    gate.pause();
    QVERIFY(gate.isPaused());
    std::this_thread::sleep_for(soon); // the step that had passed the gate ends
    const int before = job.steps();
    std::this_thread::sleep_for(soon);
    QCOMPARE(job.steps(), before);

    gate.resume();
    QTRY_VERIFY(job.steps() > before);
    job.stop();
}

void JobTest::stopReachesAPausedJob()
{
    PauseGate gate;
    gate.pause();
    CountingJob job(&gate);
    std::this_thread::sleep_for(soon);
    QCOMPARE(job.steps(), 0);

    job.stop();

    QTRY_VERIFY_WITH_TIMEOUT(job.hasEnded(), 1000);
    QCOMPARE(job.steps(), 0);
    QCOMPARE(job.end().error().code, ErrorCode::Cancelled);
}

void JobTest::longLoopVisitsEveryRoundOnce()
{
    for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{1'000'003}}) {
        std::size_t next = 0;
        const Status done = interruptible({}, count, [&](std::size_t first, std::size_t last) {
            QCOMPARE(first, next);
            QVERIFY(last > first);
            next = last;
        });
        QVERIFY(done);
        QCOMPARE(next, count);
    }
}

void JobTest::longLoopEndsAtItsNextStretch()
{
    std::stop_source stop;
    int stretches = 0;

    const Status done = interruptible({.stop = stop.get_token()}, 1'000'003, [&](std::size_t, std::size_t) {
        ++stretches;
        stop.request_stop();
    });

    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::Cancelled);
    QCOMPARE(stretches, 1);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::JobTest)
#include "JobTest.moc"
