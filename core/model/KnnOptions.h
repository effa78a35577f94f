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

/// The workload of a neighbourhood method that compares `count` rows with `rows` by `pairs` shared entries;
/// what a user's scores take is left to the method.
Workload neighbourWorkload(
    const DataShape& shape, double pairs, double count, double rows, const Parameters& parameters);

} // namespace transept
