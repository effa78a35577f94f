#include "core/model/Speeds.h"

#include "core/base/Kernels.h"
#include "core/base/Random.h"
#include "core/model/AlsKernel.h"
#include "core/model/FactorMatrix.h"

#include <algorithm>
#include <limits>

#include <ctime>

namespace transept {
namespace {

constexpr double secondsPerProbe = 0.04;

double processorSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// The least time of `work()`, which does `units`, by unit: what disturbs makes it slower only.
template<typename Run>
double secondsPerUnit(double units, const Run& work)
{
    double least = std::numeric_limits<double>::infinity();
    const double begin = processorSeconds();
    for (double now = begin; now - begin < secondsPerProbe;) {
        work();
        const double end = processorSeconds();
        least = std::min(least, end - now);
        now = end;
    }
    return least / units;
}

FactorMatrix randomRows(std::size_t rows, std::size_t width)
{
    FactorMatrix matrix(rows, width);
    Random random(1);
    for (float& value : matrix.values) {
        value = static_cast<float>(random.uniform());
    }
    return matrix;
}

double probeProducts()
{
    constexpr std::size_t rows = 256;
    constexpr std::size_t size = 128;
    const FactorMatrix matrix = randomRows(rows, size);
    FactorMatrix sums(size, size);
    return secondsPerUnit(rows * size * size / 2.0, [&] {
        als::addOuterProducts(
            {.values = matrix.values.data(), .count = rows, .stride = size}, size, sums.at(0), sums.at(0));
    });
}

double probeStreams()
{
    constexpr std::size_t rows = 1024; // 32 MB: more than the caches hold
    constexpr std::size_t width = 8192;
    const FactorMatrix matrix(rows, width);
    std::vector<float> sum(width);
    return secondsPerUnit(static_cast<double>(rows * width), [&] {
        for (std::size_t row = 0; row < rows; ++row) {
            kernels::addScaled(0.5F, matrix.at(row), sum.data(), width);
        }
    });
}

/// By additions at `places`, a power of two, of 8 bytes each.
double probeScattered(std::size_t places)
{
    constexpr std::size_t draws = std::size_t{1} << 16U;
    std::vector<double> sums(places);
    std::vector<std::uint32_t> order(draws);
    Random random(2);
    for (std::uint32_t& place : order) {
        place = static_cast<std::uint32_t>(random.below(places));
    }
    return secondsPerUnit(static_cast<double>(draws), [&] {
        for (const std::uint32_t place : order) {
            sums[place] += 1.0;
        }
    });
}

double probeSteps()
{
    constexpr std::size_t numbers = std::size_t{1} << 14U;
    constexpr double comparisons = numbers * 14.0; // n log2 n
    std::vector<std::uint64_t> shuffled(numbers);
    Random random(3);
    std::ranges::generate(shuffled, [&] { return random.next(); });
    std::vector<std::uint64_t> sorted;
    return secondsPerUnit(comparisons, [&] {
        sorted = shuffled;
        std::ranges::sort(sorted);
    });
}

} // namespace

double Speeds::secondsFor(const Work& work) const noexcept
{
    return work.products * product + work.streamed * streamed + work.scattered * scattered +
           work.nearby * nearby + work.steps * step;
}

double Speeds::secondsFor(const Effort& effort, int threads) const noexcept
{
    return secondsFor(effort.shared) / std::max(threads, 1) + secondsFor(effort.alone);
}

const Speeds& machineSpeeds()
{
    static const Speeds speeds{.product = probeProducts(),
                               .streamed = probeStreams(),
                               .scattered = probeScattered(std::size_t{1} << 17U),
                               .nearby = probeScattered(std::size_t{1} << 12U),
                               .step = probeSteps()};
    return speeds;
}

} // namespace transept
