#pragma once

#include "core/model/RowSums.h"

#include <Eigen/Core>

namespace transept {

/// The Gaussian conditionals of 16 rows at once, each a vector of factors with its bias as the last number.
/// With z_j = (v_j, 1) the rows it met and t_j what they leave to explain, noise precision tau and prior
/// N(m, P^-1):
///
///   x ~ N(A^-1 c, A^-1),   A = P + tau sum z_j z_j',   c = P m + tau sum t_j z_j.
///
/// A = L L', y = L^-1 c; a draw is x = L'^-1 (y + e) with e ~ N(0, I). The 16 systems lie side by side, one a
/// lane.
class GaussianBatch
{
public:
    static constexpr std::size_t lanes = FactorMatrix::lanes;

    explicit GaussianBatch(std::size_t factors);

    std::size_t size() const noexcept { return m_size; } ///< factors and the bias

    /// `precision` is P, size() x size(); `pull` is P m.
    void set(std::size_t lane,
             const RowSums& sums,
             double noisePrecision,
             const Eigen::MatrixXf& precision,
             const Eigen::Ref<const Eigen::VectorXf>& pull);

    /// The number e of that row.
    float& noise(std::size_t lane, std::size_t number) { return m_noise[number * lanes + lane]; }

    /// After all lanes in use were set.
    void factorise();
    void draw();

    float drawn(std::size_t lane, std::size_t number) const { return m_drawn[number * lanes + lane]; }

    /// |e|^2 - |y|^2 of the last draw, which is x'Ax - 2 x'c.
    float energy(std::size_t lane) const { return m_energy[lane]; }

private:
    float& cell(std::size_t lane, std::size_t row, std::size_t column)
    {
        return m_systems[(row * (row + 1) / 2 + column) * lanes + lane];
    }

    using Numbers = std::vector<float, CacheAligned<float>>;

    std::size_t m_size;
    Numbers m_systems; ///< A's lower triangle by rows, then c; after factorise() L, 1 / its diagonal, then y
    Numbers m_noise;
    Numbers m_drawn;
    Numbers m_energy;
};

} // namespace transept
