#include "core/model/NeighbourLists.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace transept {
namespace {

double correlation(const SharedSums& sums)
{
    const auto n = static_cast<double>(sums.count);
    const double spread = (sums.xx - sums.x * sums.x / n) * (sums.yy - sums.y * sums.y / n);
    return spread > 1e-12 ? (sums.xy - sums.x * sums.y / n) / std::sqrt(spread) : 0.0;
}

} // namespace

void Nearest::keep(Key key)
{
    constexpr std::size_t least = 64;
    const std::size_t room = m_most + std::max(m_most / 2, least);
    if (m_kept.size() == m_kept.capacity()) {
        m_kept.reserve(std::min(room, 2 * m_kept.size() + least));
    }
    m_kept.push_back(key);
    if (m_kept.size() == room) {
        prune();
    }
}

void Nearest::prune()
{
    if (m_kept.size() == m_most) {
        m_last = *std::ranges::min_element(m_kept);
    } else if (m_kept.size() > m_most) {
        const auto last = m_kept.begin() + static_cast<std::ptrdiff_t>(m_most) - 1;
        std::nth_element(m_kept.begin(), last, m_kept.end(), std::greater<>());
        m_last = *last;
        m_kept.resize(m_most);
    }
}

void Nearest::moveTo(std::vector<Neighbour>& neighbours)
{
    prune();
    for (Key& key : m_kept) {
        key = Key{static_cast<std::uint32_t>(rowOf(key))} << 32U | key >> 32U;
    }
    std::sort(m_kept.begin(), m_kept.end());
    neighbours.reserve(neighbours.size() + m_kept.size());
    for (const Key key : m_kept) {
        neighbours.push_back({.row = static_cast<std::int32_t>(key >> 32U),
                              .similarity = std::bit_cast<float>(static_cast<std::uint32_t>(key))});
    }
    m_kept = {};
    m_last = none;
}

double normOf(std::span<const float> values)
{
    double sum = 0.0;
    for (const float value : values) {
        sum += static_cast<double>(value) * static_cast<double>(value);
    }
    return std::sqrt(sum);
}

float similarityOf(const NeighbourOptions& options, double norms, const SharedSums& sums)
{
    if (options.similarity == Similarity::Bm25) {
        return static_cast<float>(sums.xy);
    }
    const double plain = options.similarity == Similarity::Pearson ? correlation(sums)
                         : norms > 0.0                             ? sums.xy / norms
                                                                   : 0.0;
    const auto shared = static_cast<double>(sums.count);
    return static_cast<float>(plain * shared / (shared + options.shrinkage));
}

} // namespace transept
