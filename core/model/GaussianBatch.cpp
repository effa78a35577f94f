#include "core/model/GaussianBatch.h"

#include "core/base/Processors.h"

#include <cmath>
#include <cstring>

namespace transept {
namespace {

constexpr std::size_t lanes = GaussianBatch::lanes;
using Values [[gnu::vector_size(lanes * sizeof(float))]] = float;

/// A pivot that rounding took below this share of its diagonal element is set to it.
constexpr float smallestPivot = 1e-6F;

[[gnu::always_inline]] inline Values* rowOf(float* systems, std::size_t row)
{
    return reinterpret_cast<Values*>(systems) + row * (row + 1) / 2;
}

[[gnu::always_inline]] inline const Values* rowOf(const float* systems, std::size_t row)
{
    return reinterpret_cast<const Values*>(systems) + row * (row + 1) / 2;
}

/// 1 / sqrt(pivot)
[[gnu::always_inline]] inline void invertRoot(Values& pivot, const Values& diagonal)
{
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        const float least = smallestPivot * diagonal[lane];
        pivot[lane] = 1.0F / std::sqrt(pivot[lane] > least ? pivot[lane] : least);
    }
}

/// Column by column; four rows at a time, so that their sums do not wait for each other. The row below the
/// matrix, c, goes the same way and ends as L^-1 c.
FOR_EVERY_PROCESSOR
void factoriseSystems(float* systems, std::size_t size)
{
    for (std::size_t column = 0; column < size; ++column) {
        Values* pivotRow = rowOf(systems, column);
        Values pivot = pivotRow[column];
        for (std::size_t before = 0; before < column; ++before) {
            pivot -= pivotRow[before] * pivotRow[before];
        }
        invertRoot(pivot, pivotRow[column]);
        pivotRow[column] = pivot; // its inverse root now
        std::size_t row = column + 1;
        for (; row + 4 <= size + 1; row += 4) {
            Values* rows[4];
            Values sums[4];
            for (std::size_t at = 0; at < 4; ++at) {
                rows[at] = rowOf(systems, row + at);
                sums[at] = rows[at][column];
            }
            for (std::size_t before = 0; before < column; ++before) {
                const Values factor = pivotRow[before];
                for (std::size_t at = 0; at < 4; ++at) {
                    sums[at] -= rows[at][before] * factor;
                }
            }
            for (std::size_t at = 0; at < 4; ++at) {
                rows[at][column] = sums[at] * pivot;
            }
        }
        for (; row <= size; ++row) {
            Values* last = rowOf(systems, row);
            Values sum = last[column];
            for (std::size_t before = 0; before < column; ++before) {
                sum -= last[before] * pivotRow[before];
            }
            last[column] = sum * pivot;
        }
    }
}

/// `drawn` solves L' x = y + e, from the last number to the first.
FOR_EVERY_PROCESSOR
void solveSystems(const float* systems, std::size_t size, const float* noise, float* drawn, float* energy)
{
    const Values* y = rowOf(systems, size);
    const auto* e = reinterpret_cast<const Values*>(noise);
    auto* x = reinterpret_cast<Values*>(drawn);
    Values difference = {};
    for (std::size_t number = 0; number < size; ++number) {
        x[number] = y[number] + e[number];
        difference += e[number] * e[number] - y[number] * y[number];
    }
    std::memcpy(energy, &difference, sizeof(difference));
    for (std::size_t number = size; number-- > 0;) {
        const Values* row = rowOf(systems, number);
        const Values solved = x[number] * row[number];
        x[number] = solved;
        for (std::size_t before = 0; before < number; ++before) {
            x[before] -= row[before] * solved;
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
    factoriseSystems(m_systems.data(), m_size);
}

void GaussianBatch::draw()
{
    solveSystems(m_systems.data(), m_size, m_noise.data(), m_drawn.data(), m_energy.data());
}

} // namespace transept
