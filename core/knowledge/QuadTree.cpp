#include "core/knowledge/QuadTree.h"

#include <algorithm>
#include <limits>

namespace transept {
namespace {

constexpr int levels = 16;

/// The bits of a number with a zero before each.
std::uint32_t spread(std::uint32_t number)
{
    number = (number | (number << 8U)) & 0x00FF00FFU;
    number = (number | (number << 4U)) & 0x0F0F0F0FU;
    number = (number | (number << 2U)) & 0x33333333U;
    return (number | (number << 1U)) & 0x55555555U;
}

} // namespace

QuadTree::QuadTree(const Matrix& positions)
{
    if (positions.rows() == 0) {
        return;
    }
    sortPoints(positions);
    m_nodes.reserve(m_points.size() / 2 + 16);
    build(0, static_cast<std::uint32_t>(m_points.size()), 0);
}

void QuadTree::sortPoints(const Matrix& positions)
{
    const Eigen::RowVector2f low = positions.colwise().minCoeff();
    const Eigen::RowVector2f high = positions.colwise().maxCoeff();
    m_width = std::max((high - low).maxCoeff() * 1.0001F, std::numeric_limits<float>::min());
    const float scale = 65'536.0F / m_width;
    const auto count = static_cast<std::size_t>(positions.rows());
    std::vector<std::uint64_t> keys(count); // code, then point: equal codes keep the order of points
    for (std::size_t point = 0; point < count; ++point) {
        const Eigen::RowVector2f at = (positions.row(static_cast<Eigen::Index>(point)) - low) * scale;
        const auto column = std::min<std::uint32_t>(static_cast<std::uint32_t>(at.x()), 65'535U);
        const auto row = std::min<std::uint32_t>(static_cast<std::uint32_t>(at.y()), 65'535U);
        keys[point] = (static_cast<std::uint64_t>(spread(column) | (spread(row) << 1U)) << 32U) | point;
    }
    std::ranges::sort(keys);
    m_codes.reserve(count);
    for (const std::uint64_t key : keys) {
        const auto point = static_cast<std::uint32_t>(key & 0xFFFFFFFFU);
        m_codes.push_back(static_cast<std::uint32_t>(key >> 32U));
        m_points.push_back(point);
        m_x.push_back(positions(point, 0));
        m_y.push_back(positions(point, 1));
    }
}

/// The node of the points that share the first bits of their codes, two a level, and those in it.
void QuadTree::build(std::uint32_t first, std::uint32_t last, int level)
{
    const std::size_t self = m_nodes.size();
    m_nodes.push_back(
        {.width = m_width / static_cast<float>(std::uint32_t{1} << static_cast<unsigned>(level)),
         .first = first,
         .last = last,
         .isLeaf = last - first <= leafPoints || level == levels});
    if (m_nodes[self].isLeaf) {
        for (std::uint32_t from = first; from < last; from += leafPoints) { // one, unless points coincide
            m_groups.push_back({from, std::min<std::uint32_t>(last, from + leafPoints)});
        }
    } else {
        const auto shift = static_cast<unsigned>(2 * (levels - 1 - level));
        for (std::uint32_t from = first; from < last;) {
            const std::uint32_t quarter = m_codes[from] >> shift;
            const auto end =
                std::partition_point(m_codes.begin() + from, m_codes.begin() + last, [&](std::uint32_t code) {
                    return code >> shift == quarter;
                });
            const auto to = static_cast<std::uint32_t>(end - m_codes.begin());
            build(from, to, level + 1);
            from = to;
        }
    }
    double x = 0.0;
    double y = 0.0;
    for (std::uint32_t place = first; m_nodes[self].isLeaf && place < last; ++place) {
        x += static_cast<double>(m_x[place]);
        y += static_cast<double>(m_y[place]);
    }
    for (std::size_t child = self + 1; !m_nodes[self].isLeaf && child < m_nodes.size();
         child = m_nodes[child].next) {
        const auto mass = static_cast<double>(m_nodes[child].last - m_nodes[child].first);
        x += static_cast<double>(m_nodes[child].x) * mass;
        y += static_cast<double>(m_nodes[child].y) * mass;
    }
    const auto mass = static_cast<double>(last - first);
    m_nodes[self].x = static_cast<float>(x / mass);
    m_nodes[self].y = static_cast<float>(y / mass);
    m_nodes[self].next = static_cast<std::uint32_t>(m_nodes.size());
}

void QuadTree::actorsOn(const Group& group, float theta, Actors& actors) const
{
    actors.x.clear();
    actors.y.clear();
    actors.mass.clear();
    const auto [left, right] = std::minmax_element(m_x.begin() + group.first, m_x.begin() + group.last);
    const auto [low, high] = std::minmax_element(m_y.begin() + group.first, m_y.begin() + group.last);
    const auto add = [&](float x, float y, float mass) {
        actors.x.push_back(x);
        actors.y.push_back(y);
        actors.mass.push_back(mass);
    };
    for (std::size_t at = 0; at < m_nodes.size();) {
        const Node& node = m_nodes[at];
        const float dx = std::max({*left - node.x, node.x - *right, 0.0F});
        const float dy = std::max({*low - node.y, node.y - *high, 0.0F});
        if (node.width * node.width < theta * theta * (dx * dx + dy * dy)) {
            add(node.x, node.y, static_cast<float>(node.last - node.first));
            at = node.next;
        } else if (node.isLeaf) {
            for (std::uint32_t place = node.first; place < node.last; ++place) {
                add(m_x[place], m_y[place], 1.0F);
            }
            at = node.next;
        } else {
            ++at;
        }
    }
}

} // namespace transept
