#include "ui/jobs/JobList.h"
#include "tests/support/Temporary.h"
#include "tests/ui/Patience.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <atomic>
#include <chrono>
#include <thread>

using namespace transept;
using namespace transept::ui;

namespace {

JobInfo named(const char* name)
{
    return {.name = [name] { return QString::fromLatin1(name); }};
}

Result<int> untilStopped(const JobContext& context)
{
    for (;;) {
        if (const Status going = context.checkpoint(); !going) {
            return passOn(going);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

} // namespace

class JobListTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void outcomeArrivesOnThisThread();
    void workHasAConnectionOfItsOwn();
    void cancelledJobDeliversCancelled();
    void pausedJobStandsStillUntilResumed();
    void severalJobsRunAtOnce();
    void aMillionReportsAreFewSignals();
    void destroyingARunningJobWaitsForIt();
    void nothingIsDeliveredToAnOwnerThatIsGone();
    void finishedJobsStayUntilForgotten();
    void failureIsKeptWithItsSentence();
};

void JobListTest::outcomeArrivesOnThisThread()
{
    JobList jobs;
    QThread* deliveredOn = nullptr;
    int value = 0;

    jobs.startOutside<int>(
        this,
        named("count"),
        [](const JobContext&) -> Result<int> { return 42; },
        [&](const Result<int>& result) {
            deliveredOn = QThread::currentThread();
            value = result.value_or(-1);
        });

    QTRY_COMPARE(value, 42);
    QCOMPARE(deliveredOn, QThread::currentThread());
}

void JobListTest::workHasAConnectionOfItsOwn()
{
    const test::Temporary folder;
    const std::filesystem::path file = folder.workspace().file();
    JobList jobs;
    jobs.setWorkspace(file);
    std::filesystem::path seen;

    jobs.start<std::filesystem::path>(
        this,
        named("look"),
        [](Workspace& workspace, const JobContext&) -> Result<std::filesystem::path> {
            return workspace.file();
        },
        [&](const Result<std::filesystem::path>& result) { seen = result.value_or(""); });

    QTRY_COMPARE(seen, file);
}

void JobListTest::cancelledJobDeliversCancelled()
{
    JobList jobs;
    std::optional<ErrorCode> code;
    Job* job = jobs.startOutside<int>(
        this, named("wait"), untilStopped, [&](const Result<int>& result) { code = result.error().code; });

    job->cancel();

    QTRY_VERIFY(code.has_value());
    QCOMPARE(*code, ErrorCode::Cancelled);
    QCOMPARE(job->state(), Job::State::Cancelled);
    QVERIFY(!job->isActive());
}

void JobListTest::pausedJobStandsStillUntilResumed()
{
    JobList jobs;
    std::atomic<int> steps = 0;
    Job* job = jobs.startOutside<int>(
        this,
        named("step"),
        [&steps](const JobContext& context) -> Result<int> {
            while (context.checkpoint()) {
                ++steps;
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            return cancelled();
        },
        [](const Result<int>&) {});
    QTRY_VERIFY(steps > 0);

    job->pause();
    int before = 0;
    const auto standsStill = [&] { // the step that was under way may end first
        before = steps;
        QTest::qWait(60);
        return steps == before;
    };

    QTRY_VERIFY(standsStill());
    QCOMPARE(job->state(), Job::State::Paused);
    job->resume();
    QTRY_VERIFY(steps > before);
    job->cancel();
    QTRY_VERIFY(!job->isActive());
}

void JobListTest::severalJobsRunAtOnce()
{
    JobList jobs;
    std::atomic<int> running = 0;
    const auto work = [&running](const JobContext& context) {
        ++running;
        return untilStopped(context);
    };

    jobs.startOutside<int>(this, named("one"), work, [](const Result<int>&) {});
    jobs.startOutside<int>(this, named("two"), work, [](const Result<int>&) {});

    QTRY_COMPARE(running.load(), 2);
    jobs.cancelAll();
    QTRY_VERIFY(!jobs.isAnyActive());
}

void JobListTest::aMillionReportsAreFewSignals()
{
    JobList jobs;
    const QSignalSpy changed(&jobs, &JobList::changed);
    bool isDone = false;

    Job* job = jobs.startOutside<int>(
        this,
        named("report"),
        [](const JobContext& context) -> Result<int> {
            constexpr int reports = 1000000;
            for (int at = 0; at < reports; ++at) {
                context.progress(
                    {.fraction = at / double(reports), .stage = "Counting", .done = at, .total = reports});
            }
            return 0;
        },
        [&](const Result<int>&) { isDone = true; });

    QTRY_VERIFY(isDone);
    QVERIFY2(changed.count() <= 5 + static_cast<int>(job->seconds() * 10.0),
             qPrintable(QString::number(changed.count())));
}

void JobListTest::destroyingARunningJobWaitsForIt()
{
    std::atomic<bool> left = false;
    {
        JobList jobs;
        jobs.startOutside<int>(
            this,
            named("wait"),
            [&](const JobContext& context) {
                Result<int> outcome = untilStopped(context);
                left = true;
                return outcome;
            },
            [](const Result<int>&) { QFAIL("nobody is there to be told"); });
    }
    QVERIFY(left);
    QCoreApplication::processEvents();
}

void JobListTest::nothingIsDeliveredToAnOwnerThatIsGone()
{
    JobList jobs;
    auto owner = std::make_unique<QObject>();
    Job* job = jobs.startOutside<int>(
        owner.get(), named("orphan"), untilStopped, [](const Result<int>&) { QFAIL("the owner is gone"); });

    owner.reset();
    job->cancel();

    QTRY_VERIFY(!job->isActive());
    QCoreApplication::processEvents();
}

void JobListTest::finishedJobsStayUntilForgotten()
{
    JobList jobs;
    Job* job = jobs.startOutside<int>(
        this, named("short"), [](const JobContext&) -> Result<int> { return 1; }, [](const Result<int>&) {});
    QTRY_COMPARE(job->state(), Job::State::Finished);

    QCOMPARE(jobs.jobs().size(), std::size_t{1});
    QCOMPARE(job->fraction(), 1.0);
    QVERIFY(job->log().size() >= 2);

    jobs.forgetFinished();
    QVERIFY(jobs.jobs().empty());
}

void JobListTest::failureIsKeptWithItsSentence()
{
    JobList jobs;
    Job* job = jobs.startOutside<int>(
        this,
        named("fail"),
        [](const JobContext&) -> Result<int> {
            return fail(ErrorCode::Io, "The disk is full.", {}, "ENOSPC");
        },
        [](const Result<int>&) {});

    QTRY_COMPARE(job->state(), Job::State::Failed);
    QCOMPARE(QString::fromStdString(job->error()->sentence), QStringLiteral("The disk is full."));
    QCOMPARE(job->log().back().text(), QStringLiteral("ENOSPC"));
}

QTEST_GUILESS_MAIN(JobListTest)
#include "JobListTest.moc"
