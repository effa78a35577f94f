#include "core/base/LargePages.h"

#include "core/base/Parallel.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

namespace transept {
namespace {

constexpr std::size_t bytesPerTask = std::size_t{1} << 22U;

} // namespace

void claimMemory(void* memory, std::size_t bytes)
{
    const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    const auto start = reinterpret_cast<std::uintptr_t>(memory);
    const std::uintptr_t first = (start + page - 1) / page * page; // whole pages of this memory alone
    const std::uintptr_t end = (start + bytes) / page * page;
    if (first >= end) {
        return;
    }
    char* pages = static_cast<char*>(memory) + (first - start);
#ifdef MADV_HUGEPAGE
    static_cast<void>(madvise(pages, end - first, MADV_HUGEPAGE)); // a hint, which may be refused
#endif
    forEachBlock(end - first, bytesPerTask, [&](std::size_t, std::size_t from, std::size_t to) {
        for (std::size_t at = from; at < to; at += page) {
            *static_cast<volatile char*>(pages + at) = 0;
        }
    });
}

} // namespace transept
