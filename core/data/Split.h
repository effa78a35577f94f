#pragma once

#include "core/data/Dataset.h"
#include "core/data/TrainingData.h"

#include <array>
#include <memory>

namespace transept {

/// The "split" part of a spec.
struct SplitSpec
{
    enum class Kind { Warm, LeaveOneOut, Temporal, ColdUser, ColdItem, KFold, Given };
    enum class Order { File, Random };

    Kind kind = Kind::Warm;
    std::array<double, 3> ratios{0.8, 0.1, 0.1}; ///< warm (within a user) and temporal (global): train, validation, test
    double share = 0.2;      ///< cold-user: of the people in target and source; cold-item: of the target's items
    double validation = 0.1; ///< the others: of the remaining training interactions (cold-*: of the held-out people or items)
    int folds = 5;           ///< k-fold: interaction number n of the target is tested in fold n % folds
    int fold = 0;
    Order order = Order::Random; ///< k-fold: what is numbered: the file order, or a seeded shuffle of it
    std::uint64_t seed = 1;

    bool operator==(const SplitSpec&) const = default;
};

/// Target interactions kept from training. Only evaluation may hold one.
struct HeldOut
{
    std::vector<Event> events; ///< in file order
};

struct SplitData
{
    std::shared_ptr<const TrainingData> training; ///< shared with the methods
    HeldOut validation;
    HeldOut test;
};

/// Fails with InvalidInput, saying what is missing, when the split cannot be made: no times for temporal, no parts for
/// given, nobody in both domains for cold-user, no test user left.
Result<SplitData> split(const Dataset& data, const SplitSpec& spec);

} // namespace transept
