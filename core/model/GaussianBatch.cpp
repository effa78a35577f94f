#include "core/model/GaussianBatch.h"

#include "core/base/Lanes.h"
#include "core/base/Processors.h"

#include <cmath>

namespace transept {
namespace {

constexpr std::size_t lanes = GaussianBatch::lanes;
static_assert(lanes == laneCount);

template<std::size_t Bytes>
using Lane = LaneParts<float, Bytes>;

/// A pivot that rounding took below this share of its diagonal element is set to it.
constexpr float smallestPivot = 1e-6F;

/// The numbers of `row` in the lower triangle, 16 of each.
template<typename Real>
[[gnu::always_inline]] inline Real* rowOf(Real* systems, std::size_t row) noexcept
{
    return systems + row * (row + 1) / 2 * lanes;
}

/// pivot = 1 / sqrt(pivot)
template<std::size_t Bytes>
[[gnu::always_inline]] inline void invertRoot(Lane<Bytes>& pivot, const float* diagonal) noexcept
{
    float values[lanes];
    pivot.store(values);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        const float least = smallestPivot * diagonal[lane];
        values[lane] = 1.0F / std::sqrt(values[lane] > least ? values[lane] : least);
    }
    pivot.load(values);
}

/// Column `column` of `height` rows from `row` on, so that their sums do not wait for each other.
template<std::size_t Bytes, std::size_t height>
[[gnu::always_inline]] inline void reduceRows(float* systems,
                                              std::size_t row,
                                              std::size_t column,
                                              const Lane<Bytes>& pivot) noexcept
{
    const float* pivotRow = rowOf(systems, column);
    float* rows[height];
    Lane<Bytes> sums[height];
#pragma GCC unroll 4
    for (std::size_t at = 0; at < height; ++at) {
        rows[at] = rowOf(systems, row + at);
        sums[at].load(rows[at] + column * lanes);
    }
    for (std::size_t before = 0; before < column; ++before) {
        Lane<Bytes> factor;
        factor.load(pivotRow + before * lanes);
#pragma GCC unroll 4
        for (std::size_t at = 0; at < height; ++at) {
            Lane<Bytes> number;
            number.load(rows[at] + before * lanes);
            sums[at].subtractProducts(number, factor);
        }
    }
#pragma GCC unroll 4
    for (std::size_t at = 0; at < height; ++at) {
        sums[at] *= pivot;
        sums[at].store(rows[at] + column * lanes);
    }
}

/// Column by column; four rows at a time, where there are registers for them. The row below the matrix, c,
/// goes the same way and ends as L^-1 c.
template<std::size_t Bytes>
[[gnu::always_inline]] inline void factoriseSystems(float* systems, std::size_t size) noexcept
{
    constexpr std::size_t together = Bytes == 16 ? 2 : 4;
    for (std::size_t column = 0; column < size; ++column) {
        float* pivotRow = rowOf(systems, column);
        Lane<Bytes> pivot;
        pivot.load(pivotRow + column * lanes);
        for (std::size_t before = 0; before < column; ++before) {
            Lane<Bytes> number;
            number.load(pivotRow + before * lanes);
            pivot.subtractProducts(number, number);
        }
        invertRoot<Bytes>(pivot, pivotRow + column * lanes);
        pivot.store(pivotRow + column * lanes); // its inverse root now
        std::size_t row = column + 1;
        for (; row + together <= size + 1; row += together) {
            reduceRows<Bytes, together>(systems, row, column, pivot);
        }
        for (; row <= size; ++row) {
            reduceRows<Bytes, 1>(systems, row, column, pivot);
        }
    }
}

/// `drawn` solves L' x = y + e, from the last number to the first.
template<std::size_t Bytes>
[[gnu::always_inline]] inline void solveSystems(
    const float* systems, std::size_t size, const float* noise, float* drawn, float* energy) noexcept
{
    const float* known = rowOf(systems, size);
    Lane<Bytes> difference = {};
    for (std::size_t number = 0; number < size; ++number) {
        Lane<Bytes> y;
        y.load(known + number * lanes);
        Lane<Bytes> e;
        e.load(noise + number * lanes);
        Lane<Bytes> more = e;
        more *= e;
        more.subtractProducts(y, y);
        difference += more;
        y += e;
        y.store(drawn + number * lanes);
    }
    difference.store(energy);
    for (std::size_t number = size; number-- > 0;) {
        const float* row = rowOf(systems, number);
        Lane<Bytes> solved;
        solved.load(drawn + number * lanes);
        Lane<Bytes> factor;
        factor.load(row + number * lanes);
        solved *= factor;
        solved.store(drawn + number * lanes);
        for (std::size_t before = 0; before < number; ++before) {
            Lane<Bytes> rest;
            rest.load(drawn + before * lanes);
            factor.load(row + before * lanes);
            rest.subtractProducts(factor, solved);
            rest.store(drawn + before * lanes);
        }
    }
}

} // namespace

GaussianBatch::GaussianBatch(std::size_t factors)
    : m_size(factors + 1)
    , m_systems((m_size + 1) * (m_size + 2) / 2 * lanes)
    , m_noise(m_size * lanes)
    , m_drawn(m_size * lanes)
    , m_energy(lanes)
{
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        for (std::size_t number = 0; number < m_size; ++number) {
            cell(lane, number, number) = 1.0F; // lanes that stay unused have a system that can be solved
        }
    }
}

void GaussianBatch::set(std::size_t lane,
                        const RowSums& sums,
                        double noisePrecision,
                        const Eigen::MatrixXf& precision,
                        const Eigen::Ref<const Eigen::VectorXf>& pull)
{
    const auto tau = static_cast<float>(noisePrecision);
    const std::size_t bias = m_size - 1;
    const float* prior = precision.data(); // symmetric: its columns are its rows
    for (std::size_t row = 0; row < bias; ++row) {
        const float* products = sums.products.data() + row * sums.stride;
        for (std::size_t column = 0; column <= row; ++column) {
            cell(lane, row, column) = prior[row * m_size + column] + tau * products[column];
        }
    }
    for (std::size_t column = 0; column < bias; ++column) {
        cell(lane, bias, column) = prior[bias * m_size + column] + tau * sums.plain[column];
        cell(lane, m_size, column) = pull[static_cast<Eigen::Index>(column)] + tau * sums.weighted[column];
    }
    cell(lane, bias, bias) = prior[bias * m_size + bias] + tau * static_cast<float>(sums.weight);
    cell(lane, m_size, bias) = pull[static_cast<Eigen::Index>(bias)] + tau * static_cast<float>(sums.targets);
}

void GaussianBatch::factorise()
{
    atThisWidth(EVERY_WIDTH_OF(factoriseSystems), m_systems.data(), m_size);
}

void GaussianBatch::draw()
{
    atThisWidth(EVERY_WIDTH_OF(solveSystems),
                m_systems.data(),
                m_size,
                m_noise.data(),
                m_drawn.data(),
                m_energy.data());
}

} // namespace transept
