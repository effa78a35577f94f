#pragma once

#include "core/data/TrainingData.h"

#include <array>
#include <cstdint>
#include <vector>

namespace transept {

/// Points of the plane in nested squares, for forces that far points exert together (Barnes and Hut 1986).
/// Nodes stand in depth-first order, points in that of a Z-order curve.
class QuadTree
{
public:
    static constexpr std::size_t leafPoints = 16;

    explicit QuadTree(const Matrix& positions);

    struct Node
    {
        float x = 0.0F; ///< centre of mass
        float y = 0.0F;
        float width = 0.0F;
        std::uint32_t first = 0; ///< its points, by their places
        std::uint32_t last = 0;
        std::uint32_t next = 0; ///< the node after all that is in this one
        bool isLeaf = false;
    };

    /// At most so many points that lie close together.
    struct Group
    {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
    };

    std::size_t size() const noexcept { return m_points.size(); }
    const std::vector<Node>& nodes() const noexcept { return m_nodes; }
    const std::vector<Group>& groups() const noexcept { return m_groups; }
    std::uint32_t point(std::size_t place) const noexcept { return m_points[place]; }
    float x(std::size_t place) const noexcept { return m_x[place]; }
    float y(std::size_t place) const noexcept { return m_y[place]; }

    /// What acts on a group: single points and, of cells that are far from all its points, centres of mass.
    struct Actors
    {
        std::vector<float> x;
        std::vector<float> y;
        std::vector<float> mass;
    };
    void actorsOn(const Group& group, float theta, Actors& actors) const;

private:
    void sortPoints(const Matrix& positions);
    void build(std::uint32_t first, std::uint32_t last, int level);

    std::vector<std::uint32_t> m_codes; ///< 16 bits of each coordinate, interleaved; ascending
    std::vector<std::uint32_t> m_points;
    std::vector<float> m_x;
    std::vector<float> m_y;
    float m_width = 0.0F;
    std::vector<Node> m_nodes;
    std::vector<Group> m_groups;
};

} // namespace transept
