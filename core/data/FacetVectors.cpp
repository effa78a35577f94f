#include "core/data/FacetVectors.h"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace transept {

FacetVectors::FacetVectors(KnowledgeVectors vectors,
                           std::vector<std::size_t> starts,
                           std::vector<std::int32_t> rows)
    : m_vectors(std::move(vectors))
{
    assert(!starts.empty() && starts.back() == rows.size());
    m_layout = std::make_shared<const Layout>(Layout{std::move(starts), std::move(rows)});
}

std::span<const std::int32_t> FacetVectors::rowsOf(std::size_t item) const noexcept
{
    if (item >= items()) {
        return {};
    }
    const std::size_t first = m_layout->starts[item];
    return std::span(m_layout->rows).subspan(first, m_layout->starts[item + 1] - first);
}

Matrix FacetVectors::decoded(std::size_t item) const
{
    const std::span<const std::int32_t> rows = rowsOf(item);
    Matrix all(static_cast<Eigen::Index>(rows.size()), m_vectors.cols());
    const auto length = static_cast<std::size_t>(m_vectors.cols());
    for (std::size_t facet = 0; facet < rows.size(); ++facet) {
        const std::span into(all.row(static_cast<Eigen::Index>(facet)).data(), length);
        if (const float* numbers = at(rows[facet]).in(into); numbers != into.data()) {
            std::copy_n(numbers, length, into.data());
        }
    }
    return all;
}

FacetVectors FacetVectors::rearranged(std::span<const std::size_t> sources) const
{
    std::vector<std::size_t> starts{0};
    std::vector<std::int32_t> rows;
    for (const std::size_t source : sources) {
        std::ranges::copy(rowsOf(source), std::back_inserter(rows));
        starts.push_back(rows.size());
    }
    return {m_vectors, std::move(starts), std::move(rows)};
}

} // namespace transept
