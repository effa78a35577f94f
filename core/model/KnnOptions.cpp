#include "core/model/KnnOptions.h"

#include "core/base/Parallel.h"

#include <algorithm>

namespace transept {
namespace {

bool comparesRatings(Similarity similarity)
{
    return similarity == Similarity::AdjustedCosine || similarity == Similarity::Pearson;
}

/// Refuses to predict ratings, or to compare them, where the target has none.
Status checkRatings(const TrainingData& data, const KnnOptions& options)
{
    if (data.target.kind == FeedbackKind::Explicit) {
        return {};
    }
    if (options.ratings) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "The domain %1 has no ratings to predict. Set \"predict\" to \"order\", or choose a domain "
                "with ratings."),
            {data.target.name});
    }
    if (comparesRatings(options.neighbours.similarity)) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "The domain %1 has no ratings that this similarity could compare. Set \"similarity\" to "
                "\"cosine\" or \"bm25\"."),
            {data.target.name});
    }
    return {};
}

Parameter predictParameter()
{
    return {.name = "predict",
            .type = Parameter::Type::Choice,
            .preset = "order",
            .choices = {"order", "ratings"},
            .label = TRANSLATABLE("methods", "Predict"),
            .meaning = TRANSLATABLE(
                "methods",
                "order: scores that rank the items. ratings: the bias of user and item plus what the "
                "neighbours give above or below theirs; needs ratings in the target.")};
}

} // namespace

std::vector<Parameter> knnParameters()
{
    std::vector<Parameter> parameters = neighbourParameters();
    parameters.push_back(entryValueParameter());
    parameters.push_back(decayParameter());
    parameters.push_back(predictParameter());
    return parameters;
}

KnnOptions knnOptionsFrom(const Parameters& parameters)
{
    return {.neighbours = neighbourOptionsFrom(parameters),
            .values = entryValueFrom(parameters),
            .decay = parameters.real("decay"),
            .ratings = parameters.text("predict") == "ratings"};
}

EntryValue valueOf(const KnnOptions& options)
{
    const bool needsRatings = options.ratings || comparesRatings(options.neighbours.similarity);
    return needsRatings ? EntryValue::Value : options.values;
}

Result<History> historyFor(const TrainingData& data, const KnnOptions& options, const JobContext& job)
{
    if (const Status status = checkRatings(data, options); !status) {
        return passOn(status);
    }
    return History::of(data, valueOf(options), job);
}

/// Two users are compared where they share an item: the squares of the items' interactions.
Comparing comparingUsers(const DataShape& shape)
{
    const DomainShape all = shape.joined();
    return {.pairs = all.itemSquares,
            .count = shape.users,
            .rows = shape.users,
            .carrying = workload::carryingUsers(all)};
}

/// Two items are compared where they share a user: a user's target interactions times all of the user's.
Comparing comparingItems(const DataShape& shape)
{
    const DomainShape all = shape.joined();
    double ofSources = 0.0;
    for (const DomainShape& source : shape.sources) {
        ofSources += source.userSquares;
    }
    return {.pairs = 0.5 * (all.userSquares + shape.target.userSquares - ofSources),
            .count = shape.target.items,
            .rows = all.items,
            .carrying = workload::carryingItems(all)};
}

Workload neighbourWorkload(const DataShape& shape,
                           std::span<const Comparing> comparisons,
                           const Parameters& parameters)
{
    constexpr double bytesOfSums = 48.0;
    const KnnOptions options = knnOptionsFrom(parameters);
    const bool byCorrelation = options.neighbours.similarity == Similarity::Pearson;
    const auto most = static_cast<double>(options.neighbours.neighbours);
    const double entries = shape.joined().interactions;
    const double history = workload::historyBytes(shape);
    Workload load{.start = workload::history(shape), .ratings = options.ratings};
    load.modelBytes = 2.0 * history;
    for (const Comparing& each : comparisons) {
        const double touched = each.touched();
        const double kept =
            std::min(touched, each.count * most * static_cast<double>(1 + shape.sources.size()));
        load.start.shared +=
            workload::scatteredAmong((byCorrelation ? 1.5 : 0.7) * each.pairs, sizeof(double) * each.rows) +
            Work{.steps = 2.0 * touched + 18.0 * kept};
        load.start.alone += {.scattered = 20.0 * entries + 10.0 * kept};
        load.trainBytes =
            std::max(load.trainBytes, 4.0 * history + bytesOfSums * each.rows * threadCount() + 8.0 * kept);
        load.modelBytes += 8.0 * kept;
    }
    if (options.ratings) {
        load.start += workload::baseline(shape.target);
    }
    return load;
}

} // namespace transept
