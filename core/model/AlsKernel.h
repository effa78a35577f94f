#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

/// The arithmetic of alternating least squares. Rows of float32 start on a cache line; `size` and `stride`
/// are multiples of 16. Every sum has a fixed order: same bits on every processor.
namespace transept::als {

/// Rows of factors of which some are wanted.
struct Source
{
    const float* rows = nullptr;
    std::size_t stride = 0;
};

/// out row r = roots[r] times the source's row columns[r]; zero rows follow up to a multiple of 16.
void gatherRows(Source source,
                std::span<const std::int32_t> columns,
                const float* roots,
                float* out) noexcept;

/// Rows side by side, as gatherRows() leaves them: `count` of them, and zeros up to a multiple of 16.
struct Rows
{
    const float* values = nullptr;
    std::size_t count = 0;
    std::size_t stride = 0;
};

/// sums = start + sum_r x_r x_r', where x_r is the first `size` numbers of row r: of two symmetric size x
/// size matrices the upper triangle; what is below is rubbish afterwards. `start` may be `sums`.
void addOuterProducts(Rows rows, std::size_t size, const float* start, float* sums) noexcept;

/// out[r] += sign * <x_r, x>, for the zero rows too
void addDots(Rows rows, std::size_t size, const float* x, float sign, float* out) noexcept;

/// y += sum_r factors[r] x_r; `factors` is as long as the rows with the zero rows
void addRows(Rows rows, std::size_t size, const float* factors, float* y) noexcept;

/// y += sum_r <x_r, x> x_r
void addNormalProduct(Rows rows, std::size_t size, const float* x, float* y) noexcept;

/// A symmetric positive definite system A x = b.
struct System
{
    float* matrix = nullptr; ///< the upper triangle of A, size x size; afterwards U with A = U'U
    float* right = nullptr;  ///< b, afterwards x
    float* scales = nullptr; ///< room for `size` numbers: 1 / U_tt
};

/// Solves systems of the same size, whose steps are interleaved where one waits for the other. The bits of a
/// solution do not depend on the systems beside it. False when a matrix is not positive definite.
bool solveSystems(std::span<const System> systems, std::size_t size) noexcept;

} // namespace transept::als
