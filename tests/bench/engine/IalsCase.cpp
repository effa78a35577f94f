#include "core/model/Registry.h"
#include "tests/bench/engine/Bench.h"

#include <Eigen/Core>

#include <algorithm>
#include <stdexcept>

namespace transept::bench {
namespace {

/// What both sides minimise, in double: the squared errors, the pull of all pairs to 0 and the factors'
/// squares; a mean over the positives.
double objective(const TrainingData& data, const Model& model, const Json& options)
{
    const Eigen::MatrixXd p = model.factors()[0].second.cast<double>();
    const Eigen::MatrixXd q = model.factors()[1].second.cast<double>();
    const double squares = (p.transpose() * p).cwiseProduct(q.transpose() * q).sum();
    const Eigen::MatrixXd users = p.transpose();
    const Eigen::MatrixXd items = q.transpose();
    double errors = 0.0;
    std::size_t positives = 0;
    std::vector<ItemRow> distinct;
    for (std::size_t user = 0; user < data.userCount; ++user) {
        const auto row = data.target.interactions.itemsOf(static_cast<UserRow>(user));
        distinct.assign(row.begin(), row.end());
        std::ranges::sort(distinct);
        distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
        positives += distinct.size();
        for (const ItemRow item : distinct) {
            const double error =
                1.0 -
                users.col(static_cast<Eigen::Index>(user)).dot(items.col(static_cast<Eigen::Index>(item)));
            errors += error * error;
        }
    }
    return (errors + options.at("unobserved-weight").get<double>() * squares +
            options.at("regularisation").get<double>() * (p.squaredNorm() + q.squaredNorm())) /
           static_cast<double>(positives);
}

template<typename Value>
Value required(Result<Value> result)
{
    if (!result) {
        throw std::runtime_error(describe(result.error()));
    }
    return std::move(*result);
}

} // namespace

/// Options: factors, iterations, solver ("exact", "blocks", "conjugate-gradient"), unobserved-weight,
/// regularisation (of all rows alike: exponent 0), trace (a loss after every iteration, not timed).
Json benchIals(const std::filesystem::path& folder, const Json& options)
{
    const auto data = readInteractions(folder);
    const auto description = required(findMethod("ials"));
    const int iterations = options.at("iterations").get<int>();
    Json parameters{{"factors", options.at("factors")},
                    {"epochs", iterations},
                    {"solver", options.at("solver")},
                    {"unobserved-weight", options.at("unobserved-weight")},
                    {"regularisation", options.at("regularisation")},
                    {"exponent", 0.0}};
    for (const char* name : {"block-size", "steps", "deviation"}) {
        if (options.contains(name)) {
            parameters[name] = options.at(name);
        }
    }
    std::optional<Stopwatch> watch;
    std::vector<double> seconds;
    Json trace = Json::array();
    double total = 0.0;
    double loss = 0.0;
    FitContext context;
    context.job.progress = [&](const Progress& progress) {
        if (progress.done == static_cast<std::int64_t>(seconds.size()) && !watch) {
            watch.emplace();
        }
    };
    context.onEpoch = [&](const EpochReport& report, const std::shared_ptr<const Model>& model) {
        seconds.push_back(watch->seconds());
        total += seconds.back();
        if (options.value("trace", false) || report.epoch == iterations) {
            loss = objective(*data, *model, options);
            trace.push_back({total, loss});
        }
        watch.reset();
        return Verdict::Continue;
    };
    const Parameters checked = required(checkParameters(description->parameters, parameters, "options"));
    required(description->create(checked)->fit(data, context));
    std::ranges::sort(seconds);
    return {{"seconds", total}, {"iteration", seconds[seconds.size() / 2]}, {"loss", loss}, {"trace", trace}};
}

} // namespace transept::bench
