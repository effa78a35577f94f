#include "core/model/BaselineModel.h"

namespace transept {
namespace {

Matrix column(const std::vector<double>& biases)
{
    return Eigen::Map<const Eigen::VectorXd>(biases.data(), static_cast<Eigen::Index>(biases.size()))
        .cast<float>();
}

} // namespace

void BaselineModel::score(UserRow user, std::span<float> scores) const
{
    for (std::size_t item = 0; item < scores.size(); ++item) {
        scores[item] = static_cast<float>(m_baseline.rating(user, static_cast<ItemRow>(item)));
    }
}

void BaselineModel::scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const
{
    for (std::size_t at = 0; at < items.size(); ++at) {
        scores[at] = static_cast<float>(m_baseline.rating(user, items[at]));
    }
}

bool BaselineModel::foldIn(std::span<const PastEvent> history, std::span<float> scores) const
{
    if (!m_newcomers) {
        return false;
    }
    const TrainingData data = m_newcomers->data.dataOf(history);
    const double own = userBias(m_baseline, data.target.interactions, UserRow{}, m_newcomers->lambdaUser);
    for (std::size_t item = 0; item < scores.size(); ++item) {
        scores[item] = static_cast<float>(m_baseline.mean + own + m_baseline.item[item]);
    }
    return true;
}

std::vector<std::pair<std::string, Matrix>> BaselineModel::factors() const
{
    return {{"users", column(m_baseline.user)}, {"items", column(m_baseline.item)}};
}

} // namespace transept
