#include "core/model/ProfileModel.h"

#include "core/base/Kernels.h"
#include "core/model/Contributions.h"

namespace transept {

ProfileModel::ProfileModel(
    History history, SparseRows queries, Vectors vectors, Length length, NewcomerHistory newcomers)
    : m_history(std::move(history))
    , m_queries(std::move(queries))
    , m_vectors(std::move(vectors))
    , m_length(length)
    , m_newcomers(std::move(newcomers))
{
}

Vector ProfileModel::profileOf(std::span<const std::int32_t> columns, std::span<const float> weights) const
{
    Vector profile = Vector::Zero(m_vectors.history.cols());
    for (std::size_t at = 0; at < columns.size(); ++at) {
        kernels::addScaled(weights[at],
                           m_vectors.history.row(columns[at]).data(),
                           profile.data(),
                           static_cast<std::size_t>(profile.size()));
    }
    return profile;
}

float ProfileModel::unitOf(const Vector& profile) const
{
    if (m_length == Length::Kept) {
        return 1.0F;
    }
    const float length = profile.norm();
    return length > 0.0F ? 1.0F / length : 0.0F;
}

void ProfileModel::score(UserRow user, std::span<float> scores) const
{
    scoreProfile(profileOf(m_queries.columnsOf(index(user)), m_queries.valuesOf(index(user))), scores);
}

bool ProfileModel::foldIn(std::span<const PastEvent> history, std::span<float> scores) const
{
    const SparseRows query = m_newcomers.rowOf(history);
    scoreProfile(profileOf(query.columnsOf(0), query.valuesOf(0)), scores);
    return true;
}

void ProfileModel::scoreProfile(const Vector& profile, std::span<float> scores) const
{
    const Vector direction = unitOf(profile) * profile;
    const auto length = static_cast<std::size_t>(direction.size());
    kernels::dotRows(m_vectors.items.data(), scores.size(), length, direction.data(), length, scores.data());
}

std::vector<Contribution> ProfileModel::contributions(UserRow user, ItemRow item) const
{
    std::vector<Contribution> result;
    const auto columns = m_queries.columnsOf(index(user));
    const auto weights = m_queries.valuesOf(index(user));
    const float unit = m_length == Length::Kept ? 1.0F : unitOf(profileOf(columns, weights));
    const float* vector = m_vectors.items.row(static_cast<Eigen::Index>(index(item))).data();
    for (std::size_t at = 0; at < columns.size(); ++at) {
        const auto column = static_cast<std::size_t>(columns[at]);
        const float inner = kernels::dot(vector,
                                         m_vectors.history.row(columns[at]).data(),
                                         static_cast<std::size_t>(m_vectors.history.cols()));
        result.push_back({.domain = m_history.domainOf(column),
                          .item = m_history.itemOf(column),
                          .weight = unit * weights[at] * inner});
    }
    return strongestFirst(std::move(result));
}

} // namespace transept
