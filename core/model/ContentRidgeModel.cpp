#include "core/model/ContentRidgeModel.h"

#include "core/base/Kernels.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

constexpr std::string_view mark = "CRDG";

float product(const FactorMatrix& a, std::size_t row, const FactorMatrix& b, std::size_t other)
{
    return kernels::dot(a.at(row), b.at(other), a.stride);
}

} // namespace

ContentRidgeModel::ContentRidgeModel(std::shared_ptr<const TrainingData> data,
                                     std::vector<RatedTexts> domains,
                                     const ContentRidgeOptions& options)
    : FactorModel(std::shared_ptr<const FactorParameters>(domains.front().learnt))
    , m_data(std::move(data))
    , m_domains(std::move(domains))
    , m_options(options)
{
}

bool ContentRidgeModel::foldIn(std::span<const PastEvent> history, std::span<float> scores) const
{
    std::vector<RatedText> ratings;
    for (const PastEvent& event : history) {
        const auto domain = std::ranges::find(m_domains, event.domain, &RatedTexts::place);
        if (domain != m_domains.end()) {
            ratings.push_back({.domain = static_cast<std::size_t>(domain - m_domains.begin()),
                               .item = event.item,
                               .value = domain->scale * static_cast<double>(event.value)});
        }
    }
    const UserTaste taste = tasteOf(ratings, m_domains, m_options);
    const FactorParameters& target = parameters();
    FactorMatrix weights(1, target.items.width);
    Eigen::VectorXf::Map(weights.at(0), taste.weights.size()) = taste.weights.cast<float>();
    const float base = target.mean + static_cast<float>(taste.biases.front());
    for (std::size_t item = 0; item < scores.size(); ++item) {
        scores[item] = base + target.itemBiases[item] + product(weights, 0, target.items, item);
    }
    return true;
}

bool ContentRidgeModel::foldInItem(std::span<const Event> interactions,
                                   std::span<const UserRow> users,
                                   std::span<float> scores) const
{
    const FactorParameters& target = parameters();
    const auto expected = [&](UserRow user) { return target.mean + target.userBiases[index(user)]; };
    double sum = 0.0;
    for (const Event& event : interactions) {
        sum += static_cast<double>(event.value - expected(event.user));
    }
    const double own = sum / (static_cast<double>(interactions.size()) + m_options.lambdaItem);
    std::ranges::transform(
        users, scores.begin(), [&](UserRow user) { return expected(user) + static_cast<float>(own); });
    return true;
}

std::vector<Contribution> ContentRidgeModel::contributions(UserRow user, ItemRow item) const
{
    const std::vector<RatedText> ratings = ratingsOf(m_domains, user);
    const UserTaste taste = tasteOf(ratings, m_domains, m_options);
    const FactorMatrix& items = parameters().items;
    std::vector<Contribution> parts;
    for (std::size_t at = 0; at < ratings.size(); ++at) {
        const RatedTexts& domain = m_domains[ratings[at].domain];
        const float alike = product(domain.learnt->items, index(ratings[at].item), items, index(item));
        parts.push_back({.domain = domain.place,
                         .item = ratings[at].item,
                         .weight = static_cast<float>(taste.pulls[at]) * alike});
    }
    std::ranges::stable_sort(
        parts, std::ranges::greater(), [](const Contribution& part) { return std::abs(part.weight); });
    return parts;
}

// The vectors are not stored: they follow from the knowledge and the ratings.
std::optional<std::string> ContentRidgeModel::serialised() const
{
    ModelWriter writer(mark);
    for (const RatedTexts& domain : m_domains) {
        writer.array(domain.learnt->userBiases);
        writer.array(domain.learnt->itemBiases);
    }
    writer.matrix(parameters().users);
    return writer.finish();
}

Result<std::shared_ptr<const Model>> ContentRidgeModel::restore(std::shared_ptr<const TrainingData> data,
                                                                std::string_view bytes,
                                                                const ContentRidgeOptions& options)
{
    std::vector<RatedTexts> domains = ratedTexts(*data, options.sourceWeight);
    ModelReader reader(mark, bytes);
    for (const RatedTexts& domain : domains) {
        FactorParameters& learnt = *domain.learnt;
        learnt.userBiases = reader.array(data->userCount);
        learnt.itemBiases = reader.array(learnt.items.rows);
    }
    FactorParameters& target = *domains.front().learnt;
    target.users = reader.matrix(data->userCount);
    const bool fits = reader.finished() && target.users.width == target.items.width;
    if (!fits) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The stored model does not belong to this data or is damaged. Run its spec again."));
    }
    return std::make_shared<const ContentRidgeModel>(std::move(data), std::move(domains), options);
}

} // namespace transept
