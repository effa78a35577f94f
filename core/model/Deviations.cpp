#include "core/model/Deviations.h"

#include <cmath>

namespace transept {
namespace {

double rangeOf(const TrainingDomain& domain)
{
    const double range = domain.scaleMax - domain.scaleMin;
    return range > 0.0 ? range : 1.0;
}

/// The domains that a history is made of: the target, then the sources.
const TrainingDomain& domainAt(const TrainingData& data, std::size_t place)
{
    return place == 0 ? data.target : data.sources[place - 1];
}

/// What the users think of the items of one domain beyond its baseline.
void addDeviations(
    const TrainingData& data, std::size_t place, const History& history, double decay, Deviations& result)
{
    const TrainingDomain& domain = domainAt(data, place);
    const Baseline& baseline = place == 0 ? result.target : result.sources[place - 1];
    const double unit = rangeOf(data.target) / rangeOf(domain);
    const std::size_t first = history.firstColumns()[place];
    const std::size_t last = history.firstColumns()[place + 1];
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
                baseline.rating(static_cast<UserRow>(user), static_cast<ItemRow>(column - first));
            result.values[entry] = static_cast<float>((rating - expected) * unit);
            result.weights[entry] = static_cast<float>(std::pow(decay, history.ages()[entry]));
        }
    }
}

Deviations emptyFor(const History& history)
{
    return {.target = {},
            .values = std::vector<float>(history.rows().columns.size()),
            .weights = std::vector<float>(history.rows().columns.size())};
}

} // namespace

Result<Deviations> deviationsOf(const TrainingData& data,
                                const History& history,
                                double decay,
                                const JobContext& job)
{
    Deviations result = emptyFor(history);
    result.sources.resize(data.sources.size());
    for (std::size_t place = 0; place <= data.sources.size(); ++place) {
        const TrainingDomain& domain = domainAt(data, place);
        if (domain.kind != FeedbackKind::Explicit) {
            continue;
        }
        Result<Baseline> baseline = fitBaseline(domain.interactions, {}, job);
        if (!baseline) {
            return passOn(baseline);
        }
        (place == 0 ? result.target : result.sources[place - 1]) = std::move(*baseline);
        addDeviations(data, place, history, decay, result);
    }
    return result;
}

Baseline baselineOfNewcomer(const Baseline& known, const InteractionMatrix& ratings)
{
    Baseline own{.mean = known.mean, .user = {}, .item = known.item};
    own.user = {userBias(own, ratings, UserRow{}, BaselineOptions{}.lambdaUser)};
    return own;
}

Deviations deviationsOfNewcomer(const TrainingData& data,
                                const History& history,
                                double decay,
                                const Deviations& known)
{
    Deviations result = emptyFor(history);
    result.sources.resize(known.sources.size());
    for (std::size_t place = 0; place <= data.sources.size(); ++place) {
        const TrainingDomain& domain = domainAt(data, place);
        if (domain.kind == FeedbackKind::Explicit) {
            const Baseline& before = place == 0 ? known.target : known.sources[place - 1];
            (place == 0 ? result.target : result.sources[place - 1]) =
                baselineOfNewcomer(before, domain.interactions);
            addDeviations(data, place, history, decay, result);
        }
    }
    return result;
}

} // namespace transept
