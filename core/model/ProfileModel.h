#pragma once

#include "core/model/History.h"
#include "core/model/Method.h"

namespace transept {

/// With x_j the vectors of all domains' items, w_j the weights of the user's history and y_c a vector for
/// each item of the target:
///
///   profile = sum_j w_j x_j,      score(u, c) = <profile, y_c>, divided by |profile| as a cosine
class ProfileModel final : public Model
{
public:
    enum class Length { Kept, One };

    /// `queries` is shaped like the history's rows, `vectors` has a row a column of it, `items` one an item.
    ProfileModel(History history, SparseRows queries, Matrix vectors, Matrix items, Length length);

    std::size_t itemCount() const noexcept override { return m_history.targetCount(); }
    void score(UserRow user, std::span<float> scores) const override;

    /// Exact: they add up to the score.
    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override;

private:
    Vector profileOf(UserRow user) const;
    float unitOf(const Vector& profile) const;

    History m_history;
    SparseRows m_queries;
    Matrix m_vectors;
    Matrix m_items;
    Length m_length;
};

} // namespace transept
