#pragma once

#include "core/model/FoldIn.h"

namespace transept {

/// With x_j the vectors of all domains' items, w_j the weights of the user's history and y_c a vector for
/// each item of the target:
///
///   profile = sum_j w_j x_j,      score(u, c) = <profile, y_c>, divided by |profile| as a cosine
class ProfileModel final : public Model
{
public:
    enum class Length { Kept, One };

    struct Vectors
    {
        Matrix history; ///< a row a column of the history
        Matrix items;   ///< a row an item of the target
    };

    /// `queries` is shaped like the history's rows.
    ProfileModel(
        History history, SparseRows queries, Vectors vectors, Length length, NewcomerHistory newcomers);

    std::size_t itemCount() const noexcept override { return m_history.targetCount(); }
    void score(UserRow user, std::span<float> scores) const override;
    bool foldIn(std::span<const PastEvent> history, std::span<float> scores) const override;

    /// Exact: they add up to the score.
    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override;

private:
    Vector profileOf(std::span<const std::int32_t> columns, std::span<const float> weights) const;
    void scoreProfile(const Vector& profile, std::span<float> scores) const;
    float unitOf(const Vector& profile) const;

    History m_history;
    SparseRows m_queries;
    Vectors m_vectors;
    Length m_length;
    NewcomerHistory m_newcomers;
};

} // namespace transept
