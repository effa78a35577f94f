#pragma once

#include "core/model/History.h"
#include "core/model/Neighbours.h"
#include "core/model/Workload.h"

namespace transept {

/// What neighbourhood methods have in common, whether users or items are the neighbours.
struct KnnOptions
{
    NeighbourOptions neighbours;
    EntryValue values = EntryValue::Binary;
    double decay = 1.0;
    bool ratings = false; ///< predicted, not only an order
};

std::vector<Parameter> knnParameters();
KnnOptions knnOptionsFrom(const Parameters& parameters);

/// What an interaction counts with these options: its rating when the similarity or the prediction needs it.
EntryValue valueOf(const KnnOptions& options);

/// The history with valueOf(options). InvalidInput when it does and the target has none.
Result<History> historyFor(const TrainingData& data, const KnnOptions& options, const JobContext& job);

/// What comparing `count` rows with `rows`, of which `carrying` have most interactions, by `pairs` shared
/// entries takes.
struct Comparing
{
    double pairs = 0.0;
    double count = 0.0;
    double rows = 0.0;
    double carrying = 0.0;

    /// Rows that have something in common.
    double touched() const { return workload::differentPairs(pairs, count, rows, carrying); }
};
Comparing comparingUsers(const DataShape& shape);
Comparing comparingItems(const DataShape& shape); ///< the target's with all

/// The workload of a neighbourhood method that compares so; what a user's scores take is left to it.
Workload neighbourWorkload(const DataShape& shape,
                           std::span<const Comparing> comparisons,
                           const Parameters& parameters);

} // namespace transept
