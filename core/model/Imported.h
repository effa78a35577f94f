#pragma once

#include "core/model/Method.h"

namespace transept {

/// The name in specs of what another program computed: it stands beside the methods and cannot be trained.
inline constexpr std::string_view importedMethod = "imported";

/// How the registry describes it: findMethod() knows it, methods() does not list it.
MethodDescription describeImported();

/// The results of another program, by the rows of a split: lists of some users, ratings of some pairs, or
/// both. What it does not say it does not know.
class ImportedModel final : public Model
{
public:
    struct Entry
    {
        UserRow user{};
        ItemRow item{};
        float value = 0.0F; ///< the score in a list, or the rating
    };

    /// `lists` in the order of users, each list the best first; `ratings` in the order of users and items,
    /// each pair once.
    ImportedModel(std::size_t items, std::vector<Entry> lists, std::vector<Entry> ratings);

    std::size_t itemCount() const noexcept override { return m_items; }
    bool predictsRatings() const noexcept override { return !m_ratings.empty(); }

    /// Minus infinity for what is not in the user's list.
    void score(UserRow user, std::span<float> scores) const override;

    /// The ratings of these pairs, NaN for those that have none; without any ratings, as score().
    void scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const override;
    std::optional<std::string> serialised() const override;

    /// The user's list as it was given, the best first: no score stands for its order. Empty for users
    /// without one.
    std::span<const Entry> listOf(UserRow user) const;

    /// What serialised() wrote, when it fits the data; InvalidInput when it does not.
    static Result<std::shared_ptr<const Model>> restore(const TrainingData& data, std::string_view bytes);

private:
    std::size_t m_items;
    std::vector<Entry> m_lists;
    std::vector<Entry> m_ratings;
};

} // namespace transept
