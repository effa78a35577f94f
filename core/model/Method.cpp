#include "core/model/Method.h"

#include <algorithm>

namespace transept {

void scoreTogether(const Model& model, std::span<const UserRow> users, std::span<float> scores)
{
    model.scoreUsers(users, [&](const ScoreStretch& stretch) {
        for (std::size_t at = 0; at < users.size(); ++at) {
            std::ranges::copy(stretch.ofUser(at),
                              scores.begin() +
                                  static_cast<std::ptrdiff_t>(at * model.itemCount() + stretch.firstItem));
        }
    });
}

void Model::scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const
{
    std::vector<float> all(itemCount());
    score(user, all);
    for (std::size_t at = 0; at < items.size(); ++at) {
        scores[at] = all[index(items[at])];
    }
}

void Model::scoreUsers(std::span<const UserRow> users, const TakeScores& take) const
{
    const std::size_t items = itemCount();
    std::vector<float> scores(users.size() * items);
    for (std::size_t at = 0; at < users.size(); ++at) {
        score(users[at], std::span(scores).subspan(at * items, items));
    }
    take({.itemCount = items, .scores = scores});
}

std::vector<Contribution> Model::contributions(UserRow /*user*/, ItemRow /*item*/) const
{
    return {};
}

std::vector<FacetAttention> Model::attention(UserRow /*user*/, ItemRow /*item*/) const
{
    return {};
}

Result<std::shared_ptr<const Model>> Method::restore(std::shared_ptr<const TrainingData> /*data*/,
                                                     std::string_view /*bytes*/) const
{
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors", "This method is fitted again instead of restored."));
}

} // namespace transept
