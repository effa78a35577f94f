#pragma once

#include "core/base/Job.h"
#include "core/base/TaskGuard.h"
#include "core/data/TrainingData.h"

namespace transept {

/// Replaces a symmetric positive definite matrix by its inverse, in place: Cholesky, inverse of the triangle,
/// product of the triangles, all by tiles (n^3 multiplications and additions in float32). Only the lower
/// triangle is read; the whole matrix is written. Fails with Diverged when the matrix is not positive
/// definite in float32, with Cancelled within 50 ms when asked to stop; the content is then undefined.
/// `progress` rises from `from` to `to` under the stage "Inverting the matrix".
Status invertSymmetric(Matrix& matrix, const JobContext& job, double from = 0.0, double to = 1.0);

/// c = a b by tiles, with the same promises on bits and stopping. a must have at least one column.
Status multiply(const Matrix& a, const Matrix& b, Matrix& c, const JobContext& job);

/// Solves a x = b on the calling thread alone, by Cholesky: `matrix` holds the lower triangle of a,
/// row-major, and its factor afterwards; `right` holds b, afterwards x. False when a is not positive definite
/// in float32. Asks the guard every few milliseconds and leaves early, with anything in x, when it says no.
bool solveSymmetric(std::span<float> matrix, std::span<float> right, TaskGuard& guard);

/// The error of a system that is not positive definite.
tl::unexpected<Error> noUniqueSolution();

} // namespace transept
