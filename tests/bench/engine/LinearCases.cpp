#include "core/base/Memory.h"
#include "core/model/History.h"
#include "core/model/Neighbours.h"
#include "core/model/Registry.h"
#include "tests/bench/engine/Bench.h"

namespace transept::bench {
namespace {

struct Fitted
{
    std::shared_ptr<const Model> model;
    double seconds = 0.0;
    Json diagnostics = Json::object();
};

Fitted fitted(std::string_view method,
              const std::shared_ptr<const TrainingData>& data,
              const Json& parameters)
{
    const MethodDescription* description = findMethod(method).value();
    const auto created =
        description->create(checkParameters(description->parameters, parameters, "parameters").value());
    Fitted result;
    FitContext context;
    context.onDiagnostic = [&](std::string_view name, double value) {
        result.diagnostics[std::string(name)] = value;
    };
    const Stopwatch watch;
    result.model = created->fit(data, context).value();
    result.seconds = watch.seconds();
    return result;
}

} // namespace

/// Options: "similarity", "neighbours". "similarity" told: the mean of what the items' neighbours have, to be
/// compared.
Json benchItemKnn(const std::filesystem::path& folder, const Json& options)
{
    const auto data = readInteractions(folder);
    const Json parameters{{"similarity", options.at("similarity")},
                          {"neighbours", options.at("neighbours")},
                          {"shrinkage", 0.0},
                          {"k1", 1.2},
                          {"b", 0.75}};
    const Fitted fit = fitted("item-knn", data, parameters);
    const History history = History::of(*data, EntryValue::Binary, {}).value();
    const MethodDescription* description = findMethod("item-knn").value();
    const SparseRows nearest =
        nearestRows(
            history.rows().transposed(),
            history.targetCount(),
            history.firstColumns(),
            neighbourOptionsFrom(checkParameters(description->parameters, parameters, "parameters").value()),
            {})
            .value();
    double sum = 0.0;
    for (const float similarity : nearest.values) {
        sum += static_cast<double>(similarity);
    }
    return {{"seconds", fit.seconds},
            {"neighbours", nearest.values.size()},
            {"similarity", sum / static_cast<double>(nearest.values.size())}};
}

/// Options: "lambda"; "solver" and "neighbourhood" where it is not exact. "score" told: the mean square of
/// some users' scores, to be compared.
Json benchEase(const std::filesystem::path& folder, const Json& options)
{
    const auto data = readInteractions(folder);
    const Json parameters{{"lambda", options.at("lambda")},
                          {"solver", options.value("solver", "exact")},
                          {"neighbourhood", options.value("neighbourhood", 300)}};
    const MemoryPeak peak;
    const Fitted fit = fitted("ease", data, parameters);
    const double megabytes = peak.megabytes();
    constexpr std::size_t users = 50;
    std::vector<float> scores(fit.model->itemCount());
    double squares = 0.0;
    for (std::size_t user = 0; user < users; ++user) {
        fit.model->score(static_cast<UserRow>(user), scores);
        for (const float score : scores) {
            squares += static_cast<double>(score) * static_cast<double>(score);
        }
    }
    Json result{{"seconds", fit.seconds},
                {"megabytes", megabytes},
                {"score", squares / static_cast<double>(users * scores.size())}};
    result.update(fit.diagnostics);
    return result;
}

} // namespace transept::bench
