#pragma once

#include "core/base/Job.h"
#include "core/data/Split.h"
#include "core/model/Method.h"

#include <map>
#include <string>
#include <vector>

namespace transept {

/// A measure by its name in a spec: "rmse", "ndcg@10", "coverage@10", "ndcg@10~99", "ndcg@10~given",
/// "ndcg@10~cold" ...
struct MeasureName
{
    std::string base; ///< rmse, mae, picp, accuracy, precision, recall, f1, auc, log-loss, hit-rate, ndcg,
                      ///< map, mrr, coverage, gini ...
    int k = 0;        ///< 0: has no K
    /// Above 0: sampled. The user's relevant items are ranked among so many negatives for each of them, not
    /// among all items: what many published tables show, which says less (Krichene and Rendle 2020).
    int negatives = 0;
    /// Each relevant item is ranked among the negatives that the user's files give it (HeldOut::negatives),
    /// as the tables of papers that publish theirs have it; a user's value is the mean over them.
    bool isGiven = false;
    /// Each relevant item without training interactions is ranked among all items without any that the user
    /// is not known to have; a user's value is the mean over them. So lists drawn at random reach at most K
    /// over the number of such items, however many of them a user has.
    bool isCold = false;

    bool isSampled() const { return negatives > 0 || isGiven; } ///< among a few items, drawn or given
    bool ranksAll() const { return !isSampled() && !isCold; }   ///< all items that the user has not seen
};

struct MeasureDescription
{
    std::string base;
    std::string title;   ///< TRANSLATABLE("measures", ...)
    std::string meaning; ///< TRANSLATABLE("measures", ...)
    bool hasK = false;
    bool higherIsBetter = true;
    bool hasOptimum = false;     ///< right at some value: neither more nor less is better
    bool needsRatings = false;   ///< only for models whose scores are ratings
    bool needsKnowledge = false; ///< diversity, calibration
    bool perUser = false;        ///< keeps a value for every user
};

std::span<const MeasureDescription> measures();
/// Checks a name; InvalidInput names the JSON path and the nearest word.
Result<MeasureName> parseMeasure(std::string_view name, const std::string& path);
/// Whether one of these names is that of a measure among given negatives.
bool asksForGiven(std::span<const std::string> names);
const MeasureDescription& describe(const MeasureName& name);
/// Whether it looks at users' lists, alone or all together; the others look at held-out pairs.
bool looksAtLists(const MeasureName& name);

/// What one user was recommended and what of it was right.
struct UserList
{
    UserRow user{};
    std::vector<ItemRow> items; ///< best first; ties broken by ascending item row (item id)
    std::vector<float> scores;
    std::vector<ItemRow> relevant; ///< the user's held-out relevant items that were not seen, ascending
};

struct Evaluation
{
    std::map<std::string, double> values; ///< by name as in the spec; NaN when it does not apply

    /// Of the measures that are kept per user, in the order of `users`: rmse the mean squared error, mae the
    /// mean absolute error, ranking measures the user's value (NaN for a user without a relevant item). A
    /// value over all users is the mean of the numbers among them; but rmse and mae are over pairs.
    std::map<std::string, std::vector<double>> perUser;

    /// Ascending. Everybody with a held-out interaction when a measure over held-out pairs (rmse, auc ...) is
    /// asked for, else those with a relevant item: the same for every model.
    std::vector<UserRow> users;
    std::vector<UserList> lists; ///< when asked for: one per user with a relevant item, ascending users

    /// Of heldOut.events, clipped to the scale; for models of ratings, when lists are kept or a measure needs
    /// them.
    std::vector<float> predictions;
};

struct EvaluationOptions
{
    std::vector<std::string> measures;
    std::optional<double> positive; ///< from this value on a held-out interaction is relevant; none: all are
    int listLength = 0;             ///< keep lists of this length (at least the largest K); 0: keep none
    /// Of the negatives of sampled measures, which are drawn without repeats from the items that the user is
    /// not known to have (likewise for cold ones): not in training, not held out (whatever the value), not in
    /// `alsoSeen`, not in `alsoKnown`. A function of the seed and the test users' places: the same for every
    /// model.
    std::uint64_t seed = 1;
    const HeldOut* alsoKnown = nullptr;
};

/// Ranks all target items that the user has not seen in training (full ranking, blocks of users, a bounded
/// heap each) and computes the measures (definitions: methods.md section 6, those of the field's common
/// libraries). Same bits for any number of threads.
Result<Evaluation> evaluate(
    const Model& model,
    const TrainingData& training,
    const HeldOut& heldOut,
    const HeldOut* alsoSeen, ///< not ranked either: validation when the test is measured; null: none
    const EvaluationOptions& options,
    const JobContext& context);

} // namespace transept
