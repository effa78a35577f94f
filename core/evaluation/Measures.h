#pragma once

#include "core/base/Job.h"
#include "core/data/Split.h"
#include "core/model/Method.h"

#include <map>
#include <string>
#include <vector>

namespace transept {

/// A measure by its name in a spec: "rmse", "ndcg@10", "coverage@10" ...
struct MeasureName
{
    std::string base; ///< rmse, mae, accuracy, precision, recall, f1, auc, log-loss, hit-rate, ndcg, map, mrr, coverage, gini ...
    int k = 0;        ///< 0: has no K
};

struct MeasureDescription
{
    std::string base;
    std::string title;   ///< TRANSLATABLE("measures", ...)
    std::string meaning; ///< TRANSLATABLE("measures", ...)
    bool hasK = false;
    bool higherIsBetter = true;
    bool needsRatings = false;   ///< only for models whose scores are ratings
    bool needsKnowledge = false; ///< intra-list diversity
    bool perUser = false;        ///< keeps a value for every user
};

std::span<const MeasureDescription> measures();
/// Checks a name; InvalidInput names the JSON path and the nearest word.
Result<MeasureName> parseMeasure(std::string_view name, const std::string& path);
const MeasureDescription& describe(const MeasureName& name);

/// What one user was recommended and what of it was right.
struct UserList
{
    UserRow user{};
    std::vector<ItemRow> items;    ///< best first; ties broken by ascending item row (item id)
    std::vector<float> scores;
    std::vector<ItemRow> relevant; ///< the user's held-out relevant items, ascending
};

struct Evaluation
{
    std::map<std::string, double> values;               ///< by name as in the spec; NaN when it does not apply
    std::map<std::string, std::vector<double>> perUser; ///< in the order of `users`
    std::vector<UserRow> users;                         ///< with a relevant held-out interaction (or any, for rating measures); ascending
    std::vector<UserList> lists;                        ///< one per user with a relevant item; when asked for
    std::vector<float> predictions;                     ///< of heldOut.events, clipped to the scale; empty for models without ratings
};

struct EvaluationOptions
{
    std::vector<std::string> measures;
    std::optional<double> positive; ///< from this value on a held-out interaction is relevant; none: all are
    int listLength = 0;             ///< keep lists of this length (at least the largest K); 0: keep none
};

/// Ranks all target items that the user has not seen in training (full ranking, blocks of users, a bounded heap each)
/// and computes the measures (definitions: methods.md section 6, those of the field's common libraries). Same bits
/// for any number of threads.
Result<Evaluation> evaluate(const Model& model,
                            const TrainingData& training,
                            const HeldOut& heldOut,
                            const HeldOut* alsoSeen, ///< not ranked either: validation when the test is measured; null: none
                            const EvaluationOptions& options,
                            const JobContext& context);

} // namespace transept
