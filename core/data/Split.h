#pragma once

#include "core/data/Dataset.h"
#include "core/data/TrainingData.h"

#include <array>
#include <memory>

namespace transept {

/// The "split" part of a spec.
struct SplitSpec
{
    enum class Kind { Warm, LeaveOneOut, Temporal, CrossTime, ColdUser, ColdItem, CrossGroup, KFold, Given };
    enum class Order { File, Random };
    enum class Groups {
        Activity, ///< light, medium, heavy: thirds of the people by their target interactions
        Domain,   ///< the first source in which somebody acts too; the target's name: in none
        Field     ///< what the accounts say in `field`; "": nothing
    };

    Kind kind = Kind::Warm;
    std::array<double, 3> ratios{
        0.8, 0.1, 0.1}; ///< warm (within a user) and temporal (global): train, validation, test
    double share = 0.2; ///< cold-user: of the people in target and source; cold-item: of the target's items
    /// k-fold: of the interactions outside the fold; cold-user, cold-item and cross-group: of the people or
    /// items that are not tested; cross-time: of the training periods. 0: no validation. The other kinds have
    /// their own: warm and temporal their ratios, leave-one-out the interaction before the last, given the
    /// part that the files name.
    double validation = 0.1;
    int folds = 5;               ///< k-fold: interaction number n of the target is tested in fold n % folds
    int fold = 0;                ///< k-fold; cross-time: the last training period
    Order order = Order::Random; ///< k-fold: what is numbered: the file order, or a seeded shuffle of it
    Groups groups = Groups::Activity; ///< cross-group: what tells people apart
    std::string field;                ///< cross-group by field
    std::vector<std::string> tested;  ///< cross-group: the groups that are tested
    double history = 0.8; ///< cross-group: of a tested person's interactions; 0: training knows none of them
    int periods = 5;      ///< cross-time: so many of equally many interactions
    int window = 0;       ///< cross-time: training periods; 0: all up to `fold`
    int gap = 0;          ///< cross-time: periods between training and test
    /// Validation joins training: for a last run of settings that are chosen. The test stays the same.
    bool refit = false;
    std::uint64_t seed = 1;

    bool operator==(const SplitSpec&) const = default;
};

/// How many folds cross-time has: one for every period that can be tested.
constexpr int timeFolds(const SplitSpec& spec)
{
    return spec.periods - 1 - spec.gap;
}

/// Target interactions kept from training. Only evaluation may hold one.
struct HeldOut
{
    std::vector<Event> events; ///< in file order
    /// Of these interactions and others, from the dataset; null where it has none.
    std::shared_ptr<const GivenNegatives> negatives = nullptr;
};

struct SplitData
{
    std::shared_ptr<const TrainingData> training; ///< shared with the methods
    HeldOut validation;
    HeldOut test;
    HeldOut unused;                           ///< cross-time: outside the periods; in no part
    std::vector<Part> ofTarget;               ///< the part that each event of the dataset's target is in
    std::vector<std::vector<Part>> ofSources; ///< of its sources: Train, or None for what is left out
};

/// What the run's knowledge base says about the items of each domain, by the dataset's item rows; null where
/// the run has none. `sources` is empty or as long as the dataset's.
struct DatasetKnowledge
{
    std::shared_ptr<const ItemKnowledge> target;
    std::vector<std::shared_ptr<const ItemKnowledge>> sources;
};

/// Gives every target interaction to training, validation or test. The split of the target is a function of
/// the target's interactions and the spec: other sources do not change it (but for cold-user, where they say
/// who is in both). Source domains are in training whole, except as temporal and given say, and except for
/// twins when the selection says so: then a source gives to training no interaction of a person with an item
/// whose twin (Twins.h) is held out for that very person, in validation or test. Without these there may be
/// new twins; it is done until there is nothing left to drop.
///
/// warm: within each user at random. A held-out part has the whole part of ratio * n interactions; one with a
/// ratio but less than one interaction gets one, the test first, as long as the user keeps one in training.
///
/// leave-one-out: a user's last interaction (by time, then file order) is the test, the one before it
/// validation, as long as one stays in training.
///
/// temporal: cuts at the times that the ratios reach; what happened at the very time of a cut comes after it.
/// Source interactions from the first cut on are left out, so that training knows nothing of the time it is
/// asked about. Interactions without a time are in training.
///
/// cold-user: `share` of the people who act in target and a source lose all target interactions to the test,
/// and `validation` of the rest of these people to validation. cold-item: the same of the items that have
/// interactions.
///
/// cross-group (strong generalisation, as Liang et al. 2018 split people): everybody of the `tested` groups
/// is tested: `history` of a person's target interactions, drawn at random, stay in training (without its
/// fraction, but one at least unless it is 0), the rest is the test. `validation` of the people of the other
/// groups are treated alike, for validation. What is told of the tested people is all that training, and so
/// the model of the items too, learns of them.
///
/// cross-time: the target's interactions are cut by time into `periods` of equally many; what happened at the
/// very time of a cut comes after it. Fold f trains on period f and the `window` - 1 before it (window 0: on
/// all before it) and tests on period f + 1 + gap; all folds together test every period for which there is
/// one to train on. The latest `validation` of the training periods' interactions are validation. Sources
/// are in training from the begin of the first training period (window 0: without begin) until validation
/// begins. Interactions without a time are in training, what is outside of these periods in no part.
///
/// k-fold: see SplitSpec.
///
/// given: the parts that the files name, as they are; interactions that name none are in training. What the
/// files of a source hold out is not in training either.
///
/// With refit, what would be validation is in training, of the sources too (temporal and cross-time: all that
/// is before the test, or the end of the training periods).
///
/// Fails with InvalidInput, saying what is missing, when the split cannot be made: no times for temporal
/// and cross-time, no parts for given, nobody in both domains for cold-user, no such group for cross-group,
/// no test user left; with Cancelled when `job` is asked to stop.
Result<SplitData> split(const Dataset& data,
                        const SplitSpec& spec,
                        const DatasetKnowledge& knowledge = {},
                        const JobContext& job = {});

} // namespace transept
