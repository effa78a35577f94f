#include "core/model/FactorWorkload.h"

#include <algorithm>

namespace transept {
namespace {

/// One event: two rows are looked up, multiplied and moved. The moments of AdaGrad and Adam are rows as well.
Work eventWork(const FactorSettings& settings, bool isImplicit)
{
    const double numbers = workload::paddedFactors(settings.factors);
    Work work{.products = 4.0 * numbers, .scattered = 4.0, .steps = isImplicit ? 24.0 : 5.0};
    if (settings.optimizer != OptimizerKind::Sgd) {
        work += {.products = (8.0 + 6.0 * momentsOf(settings.optimizer)) * numbers,
                 .scattered = 8.0,
                 .steps = 20.0};
    }
    return work;
}

} // namespace

double factorEvents(std::span<const DomainShape> domains, const FactorSettings& settings)
{
    double events = 0.0;
    for (const DomainShape& domain : domains) {
        const double negatives = domain.kind == FeedbackKind::Implicit ? settings.negatives : 0.0;
        events += domain.interactions * (1.0 + negatives);
    }
    return events;
}

double momentsOf(OptimizerKind kind)
{
    return kind == OptimizerKind::Sgd ? 0.0 : kind == OptimizerKind::Adam ? 2.0 : 1.0;
}

double factorModelBytes(double users, double items, double factors)
{
    return workload::factorBytes(users + items, factors) + (users + items) * sizeof(float);
}

Workload factorWorkload(double users, std::span<const DomainShape> domains, const FactorSettings& settings)
{
    constexpr double eventBytes = sizeof(PairEvent);
    if (domains.empty()) {
        return {.epochs = settings.epochs};
    }
    Workload load{.epochs = settings.epochs, .ratings = domains.front().kind == FeedbackKind::Explicit};
    double interactions = 0.0;
    double items = 0.0;
    for (const DomainShape& domain : domains) {
        const bool isImplicit = domain.kind == FeedbackKind::Implicit;
        const double events = domain.interactions * (isImplicit ? 1.0 + settings.negatives : 1.0);
        load.epoch.shared += events * eventWork(settings, isImplicit);
        if (!isImplicit) {
            load.start += workload::baseline(domain);
        }
        interactions += domain.interactions;
        items += domain.items;
    }
    const double numbers = workload::paddedFactors(settings.factors);
    load.start.alone += {.scattered = 8.0 * interactions, .steps = 15.0 * interactions};
    load.start.shared += {.steps = 8.0 * settings.factors * (users + items)};
    load.epoch.shared += {.streamed = numbers * (users + domains.front().items), .scattered = 4.0 * users};
    load.epoch.alone += {.streamed = numbers * (users + items)}; // are they finite?
    load.ranking = workload::dotScores(domains.front().items, settings.factors);
    load.pair = Work{.products = numbers, .scattered = 4.0, .steps = 4.0};
    load.modelBytes = factorModelBytes(users, domains.front().items, settings.factors);
    const double state =
        (1.0 + momentsOf(settings.optimizer)) * workload::factorBytes(users + items, settings.factors) +
        2.0 * (users + items) * sizeof(BiasTerm<float>);
    // Events are copied once while they are dealt, before there is a model.
    const double whileDealt = std::max(0.0, (eventBytes + 4.0) * interactions - 2.0 * load.modelBytes);
    load.trainBytes = state + eventBytes * interactions + whileDealt;
    return load;
}

} // namespace transept
