#pragma once

#include "core/base/Job.h"
#include "core/data/TrainingData.h"

namespace transept {

/// A sparse matrix by compressed rows; columns ascend within a row.
struct SparseRows
{
    std::vector<std::size_t> starts{0}; ///< one more than there are rows
    std::vector<std::uint32_t> columns;
    std::vector<float> values;
    std::size_t columnCount = 0;

    std::size_t rowCount() const { return starts.size() - 1; }
    void addRow(std::span<const std::pair<std::uint32_t, float>> entries);
};

struct SvdOptions
{
    int rank = 128;
    int oversampling = 16;
    int iterations = 5; ///< of the power scheme; each squares the gap that separates the wanted from the rest
    std::uint64_t seed = 1;
};

/// X ~ left * right', the columns in order of falling singular value: left = U Sigma, right = V. A column of
/// V has its entry of largest magnitude (the first of equals) positive, which fixes the signs of both.
struct TruncatedSvd
{
    Matrix left;  ///< rows x rank
    Matrix right; ///< columns x rank
    std::vector<double> singularValues;
};

/// Randomised truncated SVD with power iterations and a Rayleigh-Ritz step (Halko, Martinsson and Tropp 2011,
/// algorithms 4.4 and 5.1, on X'X). The rank is at most that of X. The same bits for any number of threads.
Result<TruncatedSvd> truncatedSvd(const SparseRows& matrix,
                                  const SvdOptions& options,
                                  const JobContext& context);

} // namespace transept
