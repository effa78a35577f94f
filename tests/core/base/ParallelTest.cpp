#include "core/base/Parallel.h"
#include "core/base/Random.h"

#include <QtTest/QTest>

#include <atomic>
#include <mutex>
#include <new>
#include <numeric>
#include <set>
#include <thread>
#include <vector>

namespace transept {

class ParallelTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setThreadCount(0); }
    void cleanup() { setThreadCount(0); }
    void everyTaskRunsExactlyOnce_data();
    void everyTaskRunsExactlyOnce();
    void blocksCoverTheRangeWithoutOverlap();
    void sumsInBlockOrderAreTheSameForAnyNumberOfThreads();
    void oneThreadMeansTheCallersThread();
    void tasksMayStartTasks();
    void waitingForALoopBeginsNoOtherTask();
    void whatATaskThrowsIsThrownHere();
};

void ParallelTest::everyTaskRunsExactlyOnce_data()
{
    QTest::addColumn<int>("threads");
    QTest::addColumn<int>("count");
    for (const int threads : {1, 2, 4}) {
        for (const int count : {0, 1, 2, 3, 1000}) {
            QTest::addRow("%d threads, %d tasks", threads, count) << threads << count;
        }
    }
}

void ParallelTest::everyTaskRunsExactlyOnce()
{
    QFETCH(int, threads);
    QFETCH(int, count);
    setThreadCount(threads);
    QCOMPARE(threadCount(), threads);
    std::vector<std::atomic<int>> calls(static_cast<std::size_t>(count));

    parallelTasks(calls.size(), [&](std::size_t task) { ++calls[task]; });

    for (const std::atomic<int>& each : calls) {
        QCOMPARE(each.load(), 1);
    }
}

void ParallelTest::blocksCoverTheRangeWithoutOverlap()
{
    setThreadCount(2);
    for (const std::size_t count : {0U, 1U, 99U, 100U, 101U, 250U}) {
        std::vector<std::atomic<int>> calls(count);
        std::atomic<std::size_t> blocks = 0;
        std::atomic<bool> misplaced = false;

        forEachBlock(count, 100, [&](std::size_t block, std::size_t first, std::size_t last) {
            ++blocks;
            misplaced = misplaced || first != block * 100 || last - first > 100;
            for (std::size_t at = first; at < last; ++at) {
                ++calls[at];
            }
        });

        QCOMPARE(blocks.load(), (count + 99) / 100);
        QVERIFY(!misplaced);
        QVERIFY(std::all_of(calls.begin(), calls.end(), [](const auto& each) { return each == 1; }));
    }
}

void ParallelTest::sumsInBlockOrderAreTheSameForAnyNumberOfThreads()
{
    Random random(3);
    std::vector<double> values(10'007);
    for (double& value : values) {
        value = random.normal() * 1e6;
    }
    const auto sum = [&](int threads) {
        setThreadCount(threads);
        std::vector<double> parts(values.size() / 64 + 1);
        forEachBlock(values.size(), 64, [&](std::size_t block, std::size_t first, std::size_t last) {
            for (std::size_t at = first; at < last; ++at) {
                parts[block] += values[at];
            }
        });
        return std::accumulate(parts.begin(), parts.end(), 0.0);
    };

    const double alone = sum(1);

    QVERIFY(sum(2) == alone);
    QVERIFY(sum(4) == alone);
}

void ParallelTest::oneThreadMeansTheCallersThread()
{
    setThreadCount(1);
    std::mutex mutex;
    std::set<std::thread::id> threads;

    parallelTasks(100, [&](std::size_t) {
        const std::lock_guard lock(mutex);
        threads.insert(std::this_thread::get_id());
    });

    QCOMPARE(threads.size(), std::size_t{1});
    QVERIFY(threads.contains(std::this_thread::get_id()));
}

void ParallelTest::tasksMayStartTasks()
{
    for (const int threads : {0, 2, 3}) {
        setThreadCount(threads);
        std::vector<std::atomic<int>> calls(20 * 30);

        parallelTasks(20, [&](std::size_t outer) {
            parallelTasks(30, [&](std::size_t inner) { ++calls[outer * 30 + inner]; });
        });

        QVERIFY(std::all_of(calls.begin(), calls.end(), [](const auto& each) { return each == 1; }));
    }
}

/// A thread that waits for its own loop must not begin a task of the loop around it: it may hold a lock.
void ParallelTest::waitingForALoopBeginsNoOtherTask()
{
    for (const int threads : {0, 2, 3}) {
        setThreadCount(threads);
        std::atomic<bool> nested = false;
        parallelTasks(64, [&](std::size_t) {
            static thread_local bool isInTask = false;
            nested = nested || isInTask;
            isInTask = true;
            parallelTasks(64, [&](std::size_t) { std::this_thread::yield(); });
            isInTask = false;
        });
        QVERIFY(!nested);
    }
}

void ParallelTest::whatATaskThrowsIsThrownHere()
{
    for (const int threads : {0, 1, 3}) {
        setThreadCount(threads);
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, parallelTasks(100, [](std::size_t task) {
                                     if (task == 50) {
                                         throw std::bad_alloc();
                                     }
                                 }));
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ParallelTest)
#include "ParallelTest.moc"
