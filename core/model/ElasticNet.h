#pragma once

#include "core/base/TaskGuard.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace transept {

/// A regression with both penalties, by coordinate descent (Friedman, Hastie and Tibshirani 2010): the b that
/// minimises
///
///   1/2 ||y - Y b||^2 + l2/2 ||b||^2 + l1 |b|_1,      b >= 0 where asked for
///
/// known by the Gram matrix G = Y'Y and by g = Y'y alone. With r = g - G b one coordinate's best value is
///
///   b_j = S(r_j + G_jj b_j) / (G_jj + l2),      S(z) = sign(z) max(|z| - l1, 0), or max(z - l1, 0)
///
/// Sweeps over all candidates alternate with sweeps over those that are not 0. It ends with a sweep over all
/// in which no coordinate moved y's fit by more than a hundred thousandth of |y|, or after 1,000 sweeps.
class ElasticNet
{
public:
    struct Options
    {
        float l1 = 1.0F;
        float l2 = 100.0F;
        bool isNonNegative = true;
    };

    /// Places in the three spans are coordinates.
    struct Problem
    {
        std::span<const std::int32_t> candidates; ///< coordinates that may differ from 0
        std::span<const float> squares;           ///< G_jj
        std::span<float> residual;                ///< g before, r afterwards
        std::span<float> weights;                 ///< 0 before, b afterwards
        float length = 1.0F;                      ///< |y|
    };

    explicit ElasticNet(Options options) : m_options(options) {}

    /// `subtract(j, amount)` takes amount * G_kj off r_k for all other candidates k (what it does to further
    /// places does not matter). Leaves early when the guard says so.
    template<typename Subtract>
    void solve(const Problem& problem, const Subtract& subtract, TaskGuard& guard) const
    {
        constexpr int mostSweeps = 1000;
        constexpr float precision = 1e-5F;
        const float tolerance = precision * problem.length;
        std::vector<std::int32_t> active;
        for (int sweeps = 0; sweeps < mostSweeps && guard.mayGoOn(); ++sweeps) {
            if (sweep(problem, problem.candidates, subtract, guard) <= tolerance) {
                return;
            }
            active.clear();
            for (const std::int32_t place : problem.candidates) {
                if (problem.weights[static_cast<std::size_t>(place)] != 0.0F) {
                    active.push_back(place);
                }
            }
            while (sweep(problem, active, subtract, guard) > tolerance && sweeps < mostSweeps) {
                ++sweeps;
            }
        }
    }

private:
    float shrunk(float value) const
    {
        const float size = (m_options.isNonNegative ? value : std::abs(value)) - m_options.l1;
        return size <= 0.0F ? 0.0F : std::copysign(size, value);
    }

    /// How much the coordinate that moved most changed the fit.
    template<typename Subtract>
    float sweep(const Problem& problem,
                std::span<const std::int32_t> places,
                const Subtract& subtract,
                TaskGuard& guard) const
    {
        float largest = 0.0F;
        for (const std::int32_t number : places) {
            const auto place = static_cast<std::size_t>(number);
            const float square = problem.squares[place];
            float& weight = problem.weights[place];
            const float best = shrunk(problem.residual[place] + square * weight) / (square + m_options.l2);
            const float change = best - weight;
            if (change != 0.0F) {
                if (!guard.mayGoOn()) {
                    return 0.0F;
                }
                weight = best;
                problem.residual[place] -= change * square;
                subtract(place, change);
                largest = std::max(largest, std::abs(change) * std::sqrt(square + m_options.l2));
            }
        }
        return largest;
    }

    Options m_options;
};

} // namespace transept
