#include "core/experiment/Wilcoxon.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace transept {
namespace {

constexpr std::size_t exactUpTo = 25;

struct SignedRanks
{
    std::vector<std::uint32_t> doubled; ///< twice the ranks, so that shared ones are whole; ascending
    std::uint64_t positive = 0;         ///< twice the sum of the positive differences' ranks
    double ties = 0.0;                  ///< sum of t^3 - t over the groups of t equal ranks
};

/// |difference| with its sign as the lowest bit: positive doubles sort like their bits.
std::vector<std::uint64_t> sortedMagnitudes(std::span<const double> differences)
{
    std::vector<std::uint64_t> keys;
    keys.reserve(differences.size());
    for (const double difference : differences) {
        if (difference != 0.0 && !std::isnan(difference)) {
            keys.push_back(std::bit_cast<std::uint64_t>(std::abs(difference)) << 1U |
                           (difference > 0.0 ? 1U : 0U));
        }
    }
    std::sort(keys.begin(), keys.end());
    return keys;
}

SignedRanks rank(const std::vector<std::uint64_t>& keys)
{
    SignedRanks ranks;
    ranks.doubled.resize(keys.size());
    for (std::size_t first = 0; first < keys.size();) {
        std::size_t last = first;
        std::uint64_t positives = 0;
        while (last < keys.size() && keys[last] >> 1U == keys[first] >> 1U) {
            positives += keys[last] & 1U;
            ++last;
        }
        // Ranks first+1 ... last have the mean (first + 1 + last) / 2.
        const std::size_t doubled = first + 1 + last;
        std::fill(ranks.doubled.begin() + static_cast<std::ptrdiff_t>(first),
                  ranks.doubled.begin() + static_cast<std::ptrdiff_t>(last),
                  static_cast<std::uint32_t>(doubled));
        ranks.positive += positives * doubled;
        const auto tied = static_cast<double>(last - first);
        ranks.ties += tied * tied * tied - tied;
        first = last;
    }
    return ranks;
}

/// P of a sum at least as far from its mean, every sign being as likely as the other.
double exactP(const SignedRanks& ranks)
{
    std::size_t total = 0;
    for (const std::uint32_t each : ranks.doubled) {
        total += each;
    }
    std::vector<double> ways(total + 1);
    ways[0] = 1.0;
    for (const std::uint32_t each : ranks.doubled) {
        for (std::size_t sum = total; sum >= each; --sum) {
            ways[sum] += ways[sum - each];
        }
    }
    const std::uint64_t smaller = std::min<std::uint64_t>(ranks.positive, total - ranks.positive);
    double tail = 0.0;
    for (std::size_t sum = 0; sum <= smaller; ++sum) {
        tail += ways[sum];
    }
    return std::min(1.0, 2.0 * tail / std::exp2(static_cast<double>(ranks.doubled.size())));
}

double normalP(const SignedRanks& ranks)
{
    const auto n = static_cast<double>(ranks.doubled.size());
    const double mean = n * (n + 1.0) / 4.0;
    const double variance = n * (n + 1.0) * (2.0 * n + 1.0) / 24.0 - ranks.ties / 48.0;
    const double distance = std::abs(static_cast<double>(ranks.positive) / 2.0 - mean) - 0.5;
    return std::erfc(std::max(distance, 0.0) / std::sqrt(variance) / std::numbers::sqrt2);
}

} // namespace

double wilcoxon(std::span<const double> differences)
{
    const SignedRanks ranks = rank(sortedMagnitudes(differences));
    if (ranks.doubled.empty()) {
        return 1.0;
    }
    return ranks.doubled.size() <= exactUpTo ? exactP(ranks) : normalP(ranks);
}

std::vector<double> holm(std::span<const double> p)
{
    std::vector<std::size_t> order;
    for (std::size_t at = 0; at < p.size(); ++at) {
        if (!std::isnan(p[at])) {
            order.push_back(at);
        }
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<double> corrected(p.begin(), p.end());
    double largest = 0.0;
    for (std::size_t place = 0; place < order.size(); ++place) {
        largest =
            std::max(largest, std::min(1.0, p[order[place]] * static_cast<double>(order.size() - place)));
        corrected[order[place]] = largest;
    }
    return corrected;
}

} // namespace transept
