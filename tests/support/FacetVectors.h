#pragma once

#include "core/data/FacetVectors.h"

#include <numeric>
#include <span>
#include <vector>

namespace transept::test {

/// Facets that share nothing: each row of an item's matrix is a vector of its own.
inline FacetVectors facetVectorsOf(std::span<const Matrix> items, Eigen::Index dimension)
{
    std::vector<std::size_t> starts{0};
    for (const Matrix& each : items) {
        starts.push_back(starts.back() + static_cast<std::size_t>(each.rows()));
    }
    Matrix vectors(static_cast<Eigen::Index>(starts.back()), dimension);
    for (std::size_t item = 0; item < items.size(); ++item) {
        if (items[item].rows() > 0) {
            vectors.middleRows(static_cast<Eigen::Index>(starts[item]), items[item].rows()) = items[item];
        }
    }
    std::vector<std::int32_t> rows(starts.back());
    std::iota(rows.begin(), rows.end(), 0);
    return {std::move(vectors), std::move(starts), std::move(rows)};
}

} // namespace transept::test
