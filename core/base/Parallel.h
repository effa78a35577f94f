#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>

namespace transept {

/// How many threads parallel loops may use; a setting of the machine that never changes a result.
/// 0 asks for one per processor. Not to be changed while a loop runs.
void setThreadCount(int threads);
int threadCount();

/// Calls `work(task)` once for each task 0 ... count-1, in any order, on up to threadCount() threads.
/// A task writes only to its own place: then results are the same for any number of threads.
/// What a task throws, std::bad_alloc for one, is thrown here once no task runs any more.
/// The one seam to the parallel library: instrumented builds run it on plain threads.
void parallelTasks(std::size_t count, const std::function<void(std::size_t)>& work);

/// Cuts [0, count) into blocks of `blockSize` and calls `work(block, first, last)` for each. The cut depends
/// on count and blockSize only, so sums that are added up in block order are the same for any number of
/// threads.
template<typename Work>
void forEachBlock(std::size_t count, std::size_t blockSize, const Work& work)
{
    const std::size_t blocks = (count + blockSize - 1) / blockSize;
    parallelTasks(blocks, [&](std::size_t block) {
        work(block, block * blockSize, std::min(count, (block + 1) * blockSize));
    });
}

} // namespace transept
