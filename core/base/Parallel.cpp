#include "core/base/Parallel.h"

#include <atomic>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#ifndef TRANSEPT_SANITIZED
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#endif

namespace transept {
namespace {

std::atomic<int> wantedThreads = 0;

#ifdef TRANSEPT_SANITIZED

void allowThreads() {}

#else

int processorCount()
{
    static const int count = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    return count;
}

/// Lives while this thread works in a loop.
class InLoop
{
public:
    InLoop() { ++depth; }
    ~InLoop() { --depth; }
    InLoop(const InLoop&) = delete;
    InLoop& operator=(const InLoop&) = delete;

    static thread_local int depth;
};

thread_local int InLoop::depth = 0;

/// For as many threads as are wanted. It is kept from loop to loop: the helpers take longer to find a new one
/// than a short loop lasts.
tbb::task_arena& arenaOfThisThread()
{
    static thread_local std::optional<tbb::task_arena> arena;
    if (!arena || arena->max_concurrency() != threadCount()) {
        arena.emplace(threadCount());
    }
    return *arena;
}

/// The library has one thread a processor at most, unless it is told that more are wanted.
void allowThreads()
{
    static std::mutex mutex;
    static std::unique_ptr<tbb::global_control> limit;
    const std::lock_guard lock(mutex);
    limit.reset(); // of several limits the lowest holds
    if (threadCount() > processorCount()) {
        limit = std::make_unique<tbb::global_control>(tbb::global_control::max_allowed_parallelism,
                                                      static_cast<std::size_t>(threadCount()));
    }
}

#endif

} // namespace

void setThreadCount(int threads)
{
    wantedThreads = std::max(threads, 0);
    allowThreads();
}

int threadCount()
{
    const int wanted = wantedThreads;
    return wanted > 0 ? wanted : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

#ifdef TRANSEPT_SANITIZED

void parallelTasks(std::size_t count, const std::function<void(std::size_t)>& work)
{
    std::atomic<std::size_t> taken = 0;
    std::mutex mutex;
    std::exception_ptr thrown;
    const auto take = [&] {
        try {
            for (std::size_t task = taken++; task < count; task = taken++) {
                work(task);
            }
        } catch (...) {
            const std::lock_guard lock(mutex);
            thrown = std::current_exception();
            taken = count;
        }
    };
    {
        std::vector<std::jthread> helpers;
        const std::size_t wanted = std::min(count, static_cast<std::size_t>(threadCount()));
        for (std::size_t helper = 1; helper < wanted; ++helper) {
            helpers.emplace_back(take);
        }
        take();
    }
    if (thrown) {
        std::rethrow_exception(thrown);
    }
}

#else

void parallelTasks(std::size_t count, const std::function<void(std::size_t)>& work)
{
    if (count <= 1 || threadCount() == 1) {
        for (std::size_t task = 0; task < count; ++task) {
            work(task);
        }
        return;
    }
    const auto loop = [&] {
        // A thread that waits for the rest of this loop takes no task of another, whose locks it may hold.
        tbb::this_task_arena::isolate([&] {
            tbb::parallel_for(
                std::size_t{0},
                count,
                [&](std::size_t task) {
                    const InLoop inLoop;
                    work(task);
                },
                tbb::simple_partitioner{});
        });
    };
    if (InLoop::depth > 0 || threadCount() == processorCount()) {
        loop(); // among the threads that are at work already
    } else {
        arenaOfThisThread().execute(loop);
    }
}

#endif

} // namespace transept
