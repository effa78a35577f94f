#include "core/model/NeighbourLists.h"

#include "core/base/Processors.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

double correlation(const SharedSums& sums)
{
    const auto n = static_cast<double>(sums.count);
    const double spread = (sums.xx - sums.x * sums.x / n) * (sums.yy - sums.y * sums.y / n);
    return spread > 1e-12 ? (sums.xy - sums.x * sums.y / n) / std::sqrt(spread) : 0.0;
}

FOR_EVERY_PROCESSOR
std::size_t countLarger(std::span<const std::uint64_t> numbers, std::uint64_t limit)
{
    std::size_t count = 0;
    for (const std::uint64_t number : numbers) {
        count += number > limit ? 1 : 0;
    }
    return count;
}

} // namespace

void Nearest::keep(Key key)
{
    constexpr std::size_t least = 64;
    const std::size_t room = m_most + m_most / 2 + least;
    if (m_kept.size() == m_kept.capacity()) {
        m_kept.reserve(std::min(room, 2 * m_kept.size() + least));
    }
    m_kept.push_back(key);
    if (m_kept.size() == room) {
        prune();
    }
}

/// By halving between the numbers that are held, which takes fewer steps than there are bits to tell apart.
void Nearest::prune()
{
    if (m_kept.size() < m_most) {
        return;
    }
    if (m_kept.size() > m_most) {
        const auto [least, largest] = std::ranges::minmax(m_kept);
        Key low = least; // more than wanted are larger, or as many
        Key high = largest;
        for (std::size_t count = m_kept.size() - 1; count != m_most && high - low > 1;) {
            const Key middle = low + (high - low) / 2;
            count = countLarger(m_kept, middle);
            (count >= m_most ? low : high) = middle;
        }
        std::erase_if(m_kept, [low](Key key) { return key <= low; });
    }
    m_last = std::ranges::min(m_kept);
}

void Nearest::moveTo(std::vector<PackedNeighbour>& neighbours)
{
    prune();
    for (Key& key : m_kept) {
        key = PackedNeighbour{static_cast<std::uint32_t>(rowOf(key))} << 32U | key >> 32U;
    }
    std::ranges::sort(m_kept);
    if (neighbours.empty()) {
        neighbours.swap(m_kept);
    } else {
        neighbours.insert(neighbours.end(), m_kept.begin(), m_kept.end());
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
