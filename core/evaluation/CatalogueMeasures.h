#pragma once

#include "core/data/TrainingData.h"
#include "core/evaluation/RankingMeasures.h"

#include <cstdint>
#include <span>
#include <vector>

namespace transept {

// Of all users' lists together. `counts` says how often each item of the catalogue was recommended.

double coverageOf(std::span<const std::int64_t> counts); ///< share of the items that anybody was recommended

/// Gini index of the counts: 0 when all items are recommended equally often, near 1 when only a few are. NaN
/// when nothing was recommended.
double giniOf(std::vector<std::int64_t> counts);

// Of one user's list.

/// -log2 of each item's share of the training interactions. An item that has none counts as if it had one: it
/// is as surprising as the least known, not infinitely so.
std::vector<double> surprises(const InteractionMatrix& training);

/// Mean surprise of the items; NaN for an empty list.
double noveltyOf(std::span<const ItemRow> items, std::span<const double> surprises);

/// 1 - mean cosine over all pairs of the items that have a vector; NaN with fewer than two of them. Rows of
/// `vectors` are normalised, or zero where the knowledge base has none.
double diversityOf(std::span<const ItemRow> items, const KnowledgeVectors& vectors);

/// All items, the most interactions first; ties broken by ascending row.
std::vector<ItemRow> byPopularity(const InteractionMatrix& training);

/// The `count` most popular items that are not excluded; `excluded` ascends.
std::vector<ItemRow> popularFor(std::span<const ItemRow> popularity,
                                std::span<const ItemRow> excluded,
                                std::size_t count);

/// The share of K places with a hit that the K most popular items would not have given (Ge et al. 2010).
double serendipityOf(std::span<const ItemRow> items,
                     const RankedHits& hits,
                     std::span<const ItemRow> popular,
                     std::size_t k);

/// What kinds of items there are: genres, or what stands for them.
struct Categories
{
    std::vector<std::vector<std::uint32_t>>
        ofItem; ///< numbers of categories, ascending; empty: the item has none
};

/// The facets named "genre" or, when no item has one, "category"; else those of the name that most items have
/// (the first in the alphabet of several).
Categories categoriesOf(const ItemKnowledge& knowledge);

/// Kullback-Leibler divergence (natural logarithm) of the list's shares of categories from those of the
/// user's training items, every item spreading 1 over its categories; the list's shares are mixed with 0.01
/// of the user's so that it stays finite (Steck 2018). 0: the list mirrors the taste. NaN when either has no
/// item with a category.
double calibrationOf(std::span<const ItemRow> items,
                     std::span<const ItemRow> history,
                     const Categories& categories);

} // namespace transept
