#include "core/base/Parallel.h"

#include <atomic>
#include <exception>
#include <memory>
#include <mutex>
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

/// The library has one thread a processor at most, unless it is told that more are wanted.
void allowThreads()
{
    static std::mutex mutex;
    static std::unique_ptr<tbb::global_control> limit;
    const std::lock_guard lock(mutex);
    limit.reset(); // of several limits the lowest holds
    if (threadCount() > static_cast<int>(std::thread::hardware_concurrency())) {
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
    tbb::task_arena arena(threadCount());
    arena.execute([&] {
        tbb::parallel_for(
            std::size_t{0}, count, [&](std::size_t task) { work(task); }, tbb::simple_partitioner{});
    });
}

#endif

} // namespace transept
