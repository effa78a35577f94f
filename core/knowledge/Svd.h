#pragma once

#include "core/base/Job.h"
#include "core/data/SparseRows.h"

namespace transept {

struct SvdOptions
{
    int rank = 128;
    int oversampling = 16;
    int iterations = 5; ///< of the power scheme; each squares the gap that separates the wanted from the rest
    std::uint64_t seed = 1;
};

/// dense' dense in double, the lower triangle only: the same bits for any number of threads; unfinished when
/// the job was stopped.
Eigen::MatrixXd gramOf(const Matrix& dense, const JobContext& context);

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
