#include "core/model/Deviations.h"

#include <cmath>

namespace transept {
namespace {

double rangeOf(const TrainingDomain& domain)
{
    const double range = domain.scaleMax - domain.scaleMin;
    return range > 0.0 ? range : 1.0;
}

} // namespace

Result<Deviations> deviationsOf(const TrainingData& data,
                                const History& history,
                                double decay,
                                const JobContext& job)
{
    Deviations result{.target = {},
                      .values = std::vector<float>(history.rows().columns.size()),
                      .weights = std::vector<float>(history.rows().columns.size())};
    for (std::size_t at = 0; at <= data.sources.size(); ++at) {
        const TrainingDomain& domain = at == 0 ? data.target : data.sources[at - 1];
        if (domain.kind != FeedbackKind::Explicit) {
            continue;
        }
        Result<Baseline> baseline = fitBaseline(domain.interactions, {}, job);
        if (!baseline) {
            return passOn(baseline);
        }
        const double unit = rangeOf(data.target) / rangeOf(domain);
        const std::size_t first = history.firstColumns()[at];
        const std::size_t last = history.firstColumns()[at + 1];
        const double highest = domain.scaleMax > 0.0 ? domain.scaleMax : 1.0;
        for (std::size_t user = 0; user < history.userCount(); ++user) {
            for (std::size_t entry = history.rows().starts[user]; entry < history.rows().starts[user + 1];
                 ++entry) {
                const auto column = static_cast<std::size_t>(history.rows().columns[entry]);
                if (column < first || column >= last) {
                    continue;
                }
                const double rating = static_cast<double>(history.rows().values[entry]) * highest;
                const double expected =
                    baseline->rating(static_cast<UserRow>(user), static_cast<ItemRow>(column - first));
                result.values[entry] = static_cast<float>((rating - expected) * unit);
                result.weights[entry] = static_cast<float>(std::pow(decay, history.ages()[entry]));
            }
        }
        if (at == 0) {
            result.target = std::move(*baseline);
        }
    }
    return result;
}

} // namespace transept
