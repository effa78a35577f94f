#include "core/model/BaselineModel.h"

namespace transept {
namespace {

Matrix column(const std::vector<double>& biases)
{
    return Eigen::Map<const Eigen::VectorXd>(biases.data(), static_cast<Eigen::Index>(biases.size()))
        .cast<float>();
}

} // namespace

double carriedMean(const TrainingData& data, std::span<const double> sourceMeans, UserRow user, double lambda)
{
    const auto widthOf = [](const TrainingDomain& domain) { return domain.scaleMax - domain.scaleMin; };
    double sum = 0.0;
    double count = 0.0;
    for (std::size_t at = 0; at < data.sources.size(); ++at) {
        const TrainingDomain& source = data.sources[at];
        if (source.kind != FeedbackKind::Explicit || widthOf(source) <= 0.0) {
            continue;
        }
        for (const float value : source.interactions.valuesOf(user)) {
            sum += (static_cast<double>(value) - sourceMeans[at]) / widthOf(source);
            count += 1.0;
        }
    }
    return count > 0.0 ? widthOf(data.target) * sum / (count + lambda) : 0.0;
}

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
    const bool isCarried =
        !m_newcomers->sourceMeans.empty() && data.target.interactions.itemsOf(UserRow{}).empty();
    const double own =
        isCarried ? carriedMean(data, m_newcomers->sourceMeans, UserRow{}, m_newcomers->lambdaUser)
                  : userBias(m_baseline, data.target.interactions, UserRow{}, m_newcomers->lambdaUser);
    for (std::size_t item = 0; item < scores.size(); ++item) {
        scores[item] = static_cast<float>(m_baseline.mean + own + m_baseline.item[item]);
    }
    return true;
}

bool BaselineModel::foldInItem(std::span<const Event> interactions,
                               std::span<const UserRow> users,
                               std::span<float> scores) const
{
    if (!m_newcomers || users.empty()) {
        return m_newcomers.has_value();
    }
    const double own = itemBias(m_baseline, interactions, m_newcomers->lambdaItem);
    for (std::size_t at = 0; at < users.size(); ++at) {
        scores[at] = static_cast<float>(m_baseline.mean + m_baseline.user[index(users[at])] + own);
    }
    return true;
}

std::vector<std::pair<std::string, Matrix>> BaselineModel::factors() const
{
    return {{"users", column(m_baseline.user)}, {"items", column(m_baseline.item)}};
}

} // namespace transept
