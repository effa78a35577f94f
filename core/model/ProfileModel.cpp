#include "core/model/ProfileModel.h"

#include "core/base/Kernels.h"

#include <algorithm>

namespace transept {

Vector ProfileModel::profileOf(const Query& query) const
{
    VectorReader reader(m_vectors.history);
    Vector profile = Vector::Zero(m_vectors.history.cols());
    for (std::size_t at = 0; at < query.columns.size(); ++at) {
        kernels::addScaled(query.weights[at],
                           reader.row(query.columns[at]).data(),
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

void ProfileModel::scoreQuery(const Query& query, std::span<float> scores) const
{
    const Vector profile = profileOf(query);
    const Vector direction = unitOf(profile) * profile;
    m_vectors.items.dot(0, direction.data(), scores);
}

void ProfileModel::setParts(const Query& query, ItemRow item, std::span<float> parts) const
{
    const float unit = m_length == Length::Kept ? 1.0F : unitOf(profileOf(query));
    VectorReader items(m_vectors.items);
    VectorReader reader(m_vectors.history);
    const float* vector = items.row(static_cast<Eigen::Index>(index(item))).data();
    for (std::size_t at = 0; at < query.columns.size(); ++at) {
        const float inner = kernels::dot(
            vector, reader.row(query.columns[at]).data(), static_cast<std::size_t>(m_vectors.history.cols()));
        parts[at] = unit * query.weights[at] * inner;
    }
}

Workload profileWorkload(const DataShape& shape, const Parameters& parameters)
{
    const DomainShape all = shape.joined();
    const double dimension = shape.target.dimension;
    const double history =
        workload::countedShare(parameters.text("values")) * all.interactions / std::max(shape.users, 1.0);
    Workload load{.start = workload::history(shape)};
    load.ranking = workload::longDots(shape.target.items, dimension) +
                   Work{.streamed = history * dimension, .scattered = 4.0 * history};
    load.modelBytes = workload::historyBytes(shape); // the vectors are those of the knowledge
    return load;
}

} // namespace transept
