#pragma once

#include "core/base/Ids.h"

#include <cstddef>
#include <span>
#include <vector>

namespace transept {

/// A negative that the user's files give an interaction.
struct GivenNegative
{
    UserRow user{};
    ItemRow item{}; ///< of the interaction
    ItemRow negative{};

    auto operator<=>(const GivenNegative&) const = default; // NOLINT(modernize-use-nullptr)
};

/// The items among which the user's own files want held-out interactions ranked.
class GivenNegatives
{
public:
    GivenNegatives() = default;
    /// In any order; what is repeated counts once.
    explicit GivenNegatives(std::vector<GivenNegative> all);

    /// Those of an interaction: ascending, each once; empty when none were given.
    std::span<const ItemRow> of(UserRow user, ItemRow item) const;

    std::size_t size() const noexcept { return m_negatives.size(); }

private:
    struct Interaction
    {
        UserRow user{};
        ItemRow item{};
        std::size_t first = 0; ///< place of its first negative
    };

    std::vector<Interaction> m_interactions; ///< ascending
    std::vector<ItemRow> m_negatives;
};

} // namespace transept
