#pragma once

#include "core/evaluation/CatalogueMeasures.h"
#include "core/evaluation/NotApplicable.h"
#include "core/evaluation/RankingMeasures.h"

#include <optional>

namespace transept {

/// What list measures look at beside the list; filled as far as the wanted measures need it.
struct Surroundings
{
    std::vector<double> surprises;
    std::vector<ItemRow> popularity;
    std::optional<Categories> categories;
    const KnowledgeVectors* vectors = nullptr;
};

/// One user's ranking while it is measured.
struct RankedUser
{
    std::span<const ItemRow> items;
    std::span<const ItemRow> history;
    std::span<const ItemRow> popular;
    RankedHits hits;
    double auc = notApplicable;

    std::span<const ItemRow> first(std::size_t k) const { return items.first(std::min(k, items.size())); }
};

using ListMeasure = double (*)(const RankedUser&, const Surroundings&, std::size_t k);

/// The measure of a list of this name that looks at more than the hits; null when there is none.
ListMeasure listMeasure(std::string_view base);

} // namespace transept
