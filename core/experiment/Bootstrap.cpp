#include "core/experiment/Bootstrap.h"

#include "core/base/Kernels.h"
#include "core/base/Parallel.h"
#include "core/base/Random.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace transept {
namespace {

constexpr std::size_t resamples = 1000;
constexpr std::size_t resamplesPerTask = 8;
constexpr std::size_t usersPerBlock = 1024; ///< short enough for float32 sums, which double ones then add up
constexpr std::uint64_t seed = 95;

/// How often each user is drawn when as many are drawn as there are.
void drawCounts(std::size_t resample, std::span<float> counts)
{
    std::fill(counts.begin(), counts.end(), 0.0F);
    Random random(seed, resample);
    const std::uint64_t users = counts.size();
    for (std::size_t drawn = 0; drawn < counts.size(); drawn += 2) {
        // Both halves of one number, scaled to 0 ... users-1: the bias is users / 2^32 at most.
        const std::uint64_t bits = random.next();
        counts[static_cast<std::size_t>(((bits >> 32U) * users) >> 32U)] += 1.0F;
        if (drawn + 1 < counts.size()) {
            counts[static_cast<std::size_t>(((bits & 0xFFFFFFFFU) * users) >> 32U)] += 1.0F;
        }
    }
}

double finished(const UserSeries& series, double sum, double weight)
{
    const double mean = weight > 0.0 ? sum / weight : std::numeric_limits<double>::quiet_NaN();
    return series.root ? std::sqrt(mean) : mean;
}

/// Figures of a few resamples at once: a block of users is read once for all of them.
class Resampler
{
public:
    Resampler(std::span<const UserSeries> series, std::size_t users, std::size_t first, std::size_t last)
        : m_series(series)
        , m_users(users)
        , m_first(first)
        , m_count(last - first)
        , m_counts(users * m_count)
        , m_sums(series.size() * m_count)
        , m_weights(series.size() * m_count)
    {
    }

    /// out[series * resamples + resample]
    void run(std::span<double> out)
    {
        for (std::size_t each = 0; each < m_count; ++each) {
            drawCounts(m_first + each, std::span(m_counts).subspan(each * m_users, m_users));
        }
        for (std::size_t from = 0; from < m_users; from += usersPerBlock) {
            addBlock(from, std::min(usersPerBlock, m_users - from));
        }
        for (std::size_t at = 0; at < m_series.size(); ++at) {
            for (std::size_t each = 0; each < m_count; ++each) {
                const std::size_t cell = at * m_count + each;
                const double weight =
                    m_series[at].weights.empty() ? static_cast<double>(m_users) : m_weights[cell];
                out[at * resamples + m_first + each] = finished(m_series[at], m_sums[cell], weight);
            }
        }
    }

private:
    void addBlock(std::size_t from, std::size_t length)
    {
        for (std::size_t at = 0; at < m_series.size(); ++at) {
            const UserSeries& series = m_series[at];
            for (std::size_t each = 0; each < m_count; ++each) {
                const float* counts = m_counts.data() + each * m_users + from;
                const std::size_t cell = at * m_count + each;
                m_sums[cell] +=
                    static_cast<double>(kernels::dot(counts, series.weighted.data() + from, length));
                if (!series.weights.empty()) {
                    m_weights[cell] +=
                        static_cast<double>(kernels::dot(counts, series.weights.data() + from, length));
                }
            }
        }
    }

    std::span<const UserSeries> m_series;
    std::size_t m_users;
    std::size_t m_first;
    std::size_t m_count;
    std::vector<float> m_counts;
    std::vector<double> m_sums;
    std::vector<double> m_weights;
};

/// The quantile between the order statistics on both sides, linearly (Hyndman and Fan's type 7).
double quantile(std::span<const double> sorted, double share)
{
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

std::pair<double, double> interval(std::span<const double> figures)
{
    constexpr double tail = 0.025;
    std::vector<double> sorted(figures.begin(), figures.end());
    std::erase_if(sorted, [](double figure) { return std::isnan(figure); });
    if (sorted.empty()) {
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        return {none, none};
    }
    std::sort(sorted.begin(), sorted.end());
    return {quantile(sorted, tail), quantile(sorted, 1.0 - tail)};
}

} // namespace

double figureOf(const UserSeries& series)
{
    double sum = 0.0;
    double weight = series.weights.empty() ? static_cast<double>(series.weighted.size()) : 0.0;
    for (const float each : series.weighted) {
        sum += static_cast<double>(each);
    }
    for (const float each : series.weights) {
        weight += static_cast<double>(each);
    }
    return finished(series, sum, weight);
}

Result<std::vector<std::pair<double, double>>> bootstrapIntervals(std::span<const UserSeries> series,
                                                                  const JobContext& context)
{
    const std::size_t users = series.empty() ? 0 : series.front().weighted.size();
    std::vector<double> figures(series.size() * resamples, std::numeric_limits<double>::quiet_NaN());
    if (users > 0) {
        forEachBlock(resamples, resamplesPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
            if (!context.stop.stop_requested()) {
                Resampler(series, users, first, last).run(figures);
            }
        });
    }
    if (const Status goOn = context.checkpoint(); !goOn) {
        return passOn(goOn);
    }
    std::vector<std::pair<double, double>> intervals(series.size());
    parallelTasks(series.size(), [&](std::size_t at) {
        intervals[at] = interval(std::span(figures).subspan(at * resamples, resamples));
    });
    return intervals;
}

} // namespace transept
