#pragma once

#include "core/model/HistoryModel.h"
#include "core/model/Workload.h"

namespace transept {

/// With x_j the vectors of all domains' items, w_j the weights of the user's history and y_c a vector for
/// each item of the target:
///
///   profile = sum_j w_j x_j,      score(u, c) = <profile, y_c>, divided by |profile| as a cosine
class ProfileModel final : public HistoryModel
{
public:
    enum class Length { Kept, One };

    struct Vectors
    {
        KnowledgeVectors history; ///< a row a column of the history
        KnowledgeVectors items;   ///< a row an item of the target
    };

    ProfileModel(ScoredHistory scored, Vectors vectors, Length length)
        : HistoryModel(std::move(scored))
        , m_vectors(std::move(vectors))
        , m_length(length)
    {
    }

private:
    void scoreQuery(const Query& query, std::span<float> scores) const override;
    void setParts(const Query& query, ItemRow item, std::span<float> parts) const override; ///< exact

    Vector profileOf(const Query& query) const;
    float unitOf(const Vector& profile) const;

    Vectors m_vectors;
    Length m_length;
};

/// The workload of a method with this model; what makes the vectors is left to it.
Workload profileWorkload(const DataShape& shape, const Parameters& parameters);

} // namespace transept
