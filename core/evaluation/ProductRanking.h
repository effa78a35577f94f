#pragma once

#include "core/base/RowPanels.h"
#include "core/evaluation/TopItems.h"
#include "core/model/FactorModel.h"

#include <optional>

namespace transept {

/// The best items of many users of a model whose scores are products of vectors (Model::products()), without
/// all the scores. Rough scores of all items are compared with the user's worst of the best so far before
/// they leave the registers; how far off they can be is known (the rounding errors of Wilkinson 1963), so
/// that whatever may be among the best is scored as the model scores it, and the lists are the same.
class ProductRanking
{
public:
    /// The model outlives this; its scores are products.
    explicit ProductRanking(const Model& model);

    /// Whether so few of so many items are wanted that this is the shorter way.
    static bool isShorter(std::size_t wanted, std::size_t items) noexcept { return wanted <= items / 8; }

    struct User
    {
        UserRow row{};
        std::span<const ItemRow> excluded; ///< ascending without repeats
    };

    /// What topItems() makes of all scores of each user. Nothing for a user of whom too many scores are too
    /// close to each other to be told apart like that, or are no numbers.
    std::vector<std::optional<TopItems>> best(std::span<const User> users, std::size_t count) const;

private:
    double errorFor(UserRow user) const;
    TopItems exactly(UserRow user, std::span<const Candidate> candidates, std::size_t count) const;

    const Model& m_model;
    const FactorParameters& m_parameters;
    RowPanels m_items;
    double m_longest = 0.0;   ///< of the items' vectors
    double m_strongest = 0.0; ///< of the items' biases
};

} // namespace transept
