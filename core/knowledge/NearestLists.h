#pragma once

#include "core/data/SparseRows.h"

namespace transept {

/// The nearest rows of some rows, best first; a list is shorter where there are not as many.
struct NearestLists
{
    std::size_t most = 0;            ///< rows of a list
    std::vector<std::int32_t> rows;  ///< list after list; -1 behind the end of a shorter one
    std::vector<float> similarities; ///< likewise

    std::size_t count() const noexcept { return most == 0 ? 0 : rows.size() / most; }
    std::span<const std::int32_t> rowsOf(std::size_t list) const noexcept;
    std::span<const float> similaritiesOf(std::size_t list) const noexcept
    {
        return {similarities.data() + list * most, rowsOf(list).size()};
    }
};

/// Which lists are wanted.
struct NearestQuery
{
    std::span<const std::int32_t> rows; ///< of the left matrix: a list each
    std::size_t most = 10;
    bool isSame = true; ///< left and right are the same items: none is near itself
};

/// For each of the rows of `left` the `most` rows r of `right` with the largest <left, r> - penalty(r), of
/// equals the smaller r; no penalties: 0. With rows of length 1 that is the cosine, with half the squared
/// lengths as penalties the order is that of falling distance. Exact; the same bits for any number of
/// threads.
Result<NearestLists> nearestLists(const Matrix& left,
                                  const Matrix& right,
                                  std::span<const float> penalties,
                                  const NearestQuery& query,
                                  const JobContext& job);

/// The same for sparse rows, without penalties; rows that share no column are not near.
Result<NearestLists> nearestLists(const SparseRows& left,
                                  const SparseRows& right,
                                  const NearestQuery& query,
                                  const JobContext& job);

} // namespace transept
