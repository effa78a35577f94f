#include "core/model/FactorState.h"

#include "core/base/Parallel.h"
#include "core/model/Baseline.h"
#include "core/model/Epochs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

constexpr std::size_t rowsPerTask = 4096;

/// Biases of ratings start at their best values, which plain descent would only shake: at the factors' rate
/// the validation curve trembles more than the first epochs gain, and training seems to be over before the
/// factors have grown. At this share of it they follow slowly what the factors take over.
constexpr float settledBiasRate = 0.05F;

/// Biases that several domains share have no closed form per domain: alternating steps bring them near it.
constexpr int sharedBiasSweeps = 20;

bool allFinite(std::span<const float> values)
{
    return std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
}

} // namespace

void drawRows(FactorMatrix& factors,
              std::size_t count,
              float deviation,
              const std::function<std::optional<std::size_t>(std::size_t)>& rowOf,
              const std::function<Random(std::size_t)>& randomOf)
{
    forEachBlock(count, rowsPerTask, [&](std::size_t /*block*/, std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            const std::optional<std::size_t> row = rowOf(at);
            if (!row) {
                continue;
            }
            Random random = randomOf(at);
            for (float& value : factors.row(*row)) {
                value = deviation * static_cast<float>(random.normal());
            }
        }
    });
}

FactorDomain factorDomain(const TrainingDomain& domain, const TrainingDomain& target, float weight)
{
    FactorDomain result{.data = &domain, .weight = weight};
    if (domain.kind == FeedbackKind::Implicit) {
        return result;
    }
    result.mean = domain.interactions.mean();
    const double range = domain.scaleMax - domain.scaleMin;
    if (target.kind == FeedbackKind::Explicit && range > 0.0) {
        result.scale = (target.scaleMax - target.scaleMin) / range;
    }
    return result;
}

Result<FactorState> FactorState::start(std::size_t userCount,
                                       std::vector<FactorDomain> domains,
                                       const FactorSettings& settings,
                                       UserBias userBias,
                                       const FitContext& context)
{
    if (const Status status = context.job.checkpoint(); !status) {
        return passOn(status);
    }
    FactorState state;
    state.settings = settings;
    state.userCount = userCount;
    state.domains = std::move(domains);
    for (std::size_t domain = 0; domain < state.domains.size(); ++domain) {
        const FactorDomain& each = state.domains[domain];
        const std::size_t biases = userBias == UserBias::Shared ? 0 : domain * userCount;
        const bool implicit = each.isImplicit();
        state.pairDomains.push_back(
            {.weight = each.weight,
             .firstUserBias = static_cast<std::uint32_t>(biases),
             .loss = lossOf(each, settings),
             .rate = implicit ? static_cast<float>(settings.implicitRate / settings.learningRate) : 1.0F,
             .decay = decayOf(each, settings),
             .biasRate = implicit || settings.optimizer != OptimizerKind::Sgd ? 1.0F : settledBiasRate});
    }
    const FactorMatrix row(1, static_cast<std::size_t>(settings.factors));
    Result<Strata> strata = Strata::deal(
        userCount,
        state.domains,
        {.seed = context.seed, .rowBytes = row.stride * sizeof(float), .negatives = settings.negatives},
        context.job);
    if (!strata) {
        return passOn(strata);
    }
    state.strata = std::move(*strata);
    state.userBiases.resize(userCount * (userBias == UserBias::Shared ? 1 : state.domains.size()));
    state.startFactors(context.seed);
    if (const Status status = state.startBiases(context.job); !status) {
        return passOn(status);
    }
    if (const Status status = state.settleSharedBiases(context.job); !status) {
        return passOn(status);
    }
    state.startDecays();
    if (context.start != nullptr) {
        state.startFrom(*context.start);
    }
    return state;
}

std::optional<std::size_t> FactorState::placeOfActive(UserRow user) const
{
    const auto acts = [&](const FactorDomain& domain) {
        return !domain.data->interactions.itemsOf(user).empty();
    };
    return std::ranges::any_of(domains, acts) ? std::optional<std::size_t>(strata.placeOf(user))
                                              : std::nullopt;
}

void FactorState::startFactors(std::uint64_t seed)
{
    const auto width = static_cast<std::size_t>(settings.factors);
    users = FactorMatrix(userCount, width);
    items = FactorMatrix(strata.itemCount(), width);
    drawRows(
        users,
        userCount,
        settings.deviation,
        [&](std::size_t at) { return placeOfActive(static_cast<UserRow>(at)); },
        [&](std::size_t at) { return randomFor(seed, Purpose::UserFactors, at); });
    for (std::size_t domain = 0; domain < domains.size(); ++domain) {
        const InteractionMatrix& interactions = domains[domain].data->interactions;
        drawRows(
            items,
            interactions.itemCount(),
            settings.deviation,
            [&](std::size_t at) {
                const auto item = static_cast<ItemRow>(at);
                return interactions.usersOf(item).empty()
                           ? std::nullopt
                           : std::optional<std::size_t>(strata.placeOf(domain, item));
            },
            [&](std::size_t at) { return randomFor(seed, Purpose::ItemFactors, at, domain); });
    }
}

/// The first domain is the target of the earlier model, the others are its sources. Users without events take
/// what the earlier model knows of them as well. Vectors may have further numbers behind the factors.
void FactorState::startFrom(const StartingPoint& start)
{
    start.forEachKnown("users", start.users, [&](std::size_t user, std::span<const float> values) {
        const std::size_t place = strata.placeOf(static_cast<UserRow>(user));
        std::ranges::copy(values.first(users.width), users.row(place).begin());
    });
    const bool sharesBiases = userBiases.size() == userCount;
    for (std::size_t domain = 0; domain < domains.size(); ++domain) {
        const std::string mark = domain == 0 ? "" : fmt::format("source-{}-", domain);
        const auto scale = static_cast<float>(domains[domain].scale);
        const auto placeOf = [&](std::size_t item) {
            return strata.placeOf(domain, static_cast<ItemRow>(item));
        };
        const std::vector<std::int32_t>& rows = start.items[domain];
        const std::string own = mark + "own-items";
        const auto take = [&](std::size_t item, std::span<const float> values) {
            std::ranges::transform(values.first(items.width),
                                   items.row(placeOf(item)).begin(),
                                   [scale](float value) { return scale * value; });
        };
        start.forEachKnown(start.has(own) ? own : mark + "items", rows, take);
        start.forEachKnown(mark + "item-biases", rows, [&](std::size_t item, std::span<const float> value) {
            itemBiases[placeOf(item)].value = scale * value.front();
        });
        if (domain == 0 || !sharesBiases) {
            start.forEachKnown(
                mark + "user-biases", start.users, [&](std::size_t user, std::span<const float> value) {
                    const std::uint32_t place = strata.placeOf(static_cast<UserRow>(user));
                    userBiases[pairDomains[domain].firstUserBias + place].value = scale * value.front();
                });
        }
    }
}

Status FactorState::startBiases(const JobContext& job)
{
    itemBiases.resize(items.rows);
    std::vector<double> events(userBiases.size());
    std::vector<double> sums(userBiases.size());
    for (std::size_t domain = 0; domain < domains.size(); ++domain) {
        const FactorDomain& each = domains[domain];
        if (each.isImplicit()) {
            continue;
        }
        const Result<Baseline> baseline = fitBaseline(
            each.data->interactions,
            {.lambdaUser = settings.userBiasRegularisation, .lambdaItem = settings.itemBiasRegularisation},
            job);
        if (!baseline) {
            return passOn(baseline);
        }
        for (std::size_t user = 0; user < userCount; ++user) {
            const auto row = static_cast<UserRow>(user);
            const std::size_t place = pairDomains[domain].firstUserBias + strata.placeOf(row);
            const auto count = static_cast<double>(each.data->interactions.itemsOf(row).size());
            events[place] += count;
            sums[place] += count * baseline->user[user] * each.scale;
        }
        for (std::size_t item = 0; item < baseline->item.size(); ++item) {
            itemBiases[strata.placeOf(domain, static_cast<ItemRow>(item))].value =
                static_cast<float>(baseline->item[item] * each.scale);
        }
    }
    for (std::size_t place = 0; place < sums.size(); ++place) {
        userBiases[place].value =
            events[place] > 0.0 ? static_cast<float>(sums[place] / events[place]) : 0.0F;
    }
    return {};
}

/// The best biases of a domain's items while those of the users stand.
void FactorState::settleItemBiases(std::size_t domain)
{
    const FactorDomain& each = domains[domain];
    const InteractionMatrix& ratings = each.data->interactions;
    forEachBlock(ratings.itemCount(), rowsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            const auto item = static_cast<ItemRow>(at);
            const auto raters = ratings.usersOf(item);
            const auto values = ratings.itemValuesOf(item);
            double sum = 0.0;
            for (std::size_t entry = 0; entry < raters.size(); ++entry) {
                sum += each.scale * (static_cast<double>(values[entry]) - each.mean) -
                       userBiases[strata.placeOf(raters[entry])].value;
            }
            itemBiases[strata.placeOf(domain, item)].value = static_cast<float>(
                sum / (static_cast<double>(raters.size()) + settings.itemBiasRegularisation));
        }
    });
}

/// The best shared biases of the users while those of the items stand; a rating counts its domain's weight.
void FactorState::settleUserBiases()
{
    forEachBlock(userCount, rowsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            const auto user = static_cast<UserRow>(at);
            double sum = 0.0;
            double weights = 0.0;
            double events = 0.0;
            for (std::size_t domain = 0; domain < domains.size(); ++domain) {
                const FactorDomain& each = domains[domain];
                const auto rated = each.data->interactions.itemsOf(user);
                const auto values = each.data->interactions.valuesOf(user);
                for (std::size_t entry = 0; !each.isImplicit() && entry < rated.size(); ++entry) {
                    const double rating = each.scale * (static_cast<double>(values[entry]) - each.mean);
                    sum += each.weight * (rating - itemBiases[strata.placeOf(domain, rated[entry])].value);
                    weights += each.weight;
                    events += 1.0;
                }
            }
            if (events > 0.0) {
                userBiases[strata.placeOf(user)].value =
                    static_cast<float>(sum / (weights * (1.0 + settings.userBiasRegularisation / events)));
            }
        }
    });
}

Status FactorState::settleSharedBiases(const JobContext& job)
{
    const auto rated = std::ranges::count_if(domains, [](const auto& each) { return !each.isImplicit(); });
    const bool shared = userBiases.size() == userCount && rated > 1;
    for (int sweep = 0; shared && sweep < sharedBiasSweeps; ++sweep) {
        if (Status status = job.checkpoint(); !status) {
            return status;
        }
        settleUserBiases();
        for (std::size_t domain = 0; domain < domains.size(); ++domain) {
            if (!domains[domain].isImplicit()) {
                settleItemBiases(domain);
            }
        }
    }
    return {};
}

void FactorState::startDecays()
{
    std::vector<double> userEvents(userBiases.size());
    for (std::size_t domain = 0; domain < domains.size(); ++domain) {
        const InteractionMatrix& interactions = domains[domain].data->interactions;
        const double negatives = domains[domain].isImplicit() ? settings.negatives : 0.0;
        for (std::size_t user = 0; user < userCount; ++user) {
            const auto row = static_cast<UserRow>(user);
            userEvents[pairDomains[domain].firstUserBias + strata.placeOf(row)] +=
                (1.0 + negatives) * static_cast<double>(interactions.itemsOf(row).size());
        }
        const auto itemCount = static_cast<double>(std::max<std::size_t>(interactions.itemCount(), 1));
        for (std::size_t item = 0; item < interactions.itemCount(); ++item) {
            const auto row = static_cast<ItemRow>(item);
            const double events = static_cast<double>(interactions.usersOf(row).size()) +
                                  negatives * static_cast<double>(interactions.size()) / itemCount;
            itemBiases[strata.placeOf(domain, row)].decay =
                static_cast<float>(settings.itemBiasRegularisation / std::max(events, 1.0));
        }
    }
    for (std::size_t place = 0; place < userEvents.size(); ++place) {
        userBiases[place].decay =
            static_cast<float>(settings.userBiasRegularisation / std::max(userEvents[place], 1.0));
    }
}

bool FactorState::isFinite() const
{
    const auto finite = [](const BiasTerm<float>& bias) { return std::isfinite(bias.value); };
    return allFinite(users.values) && allFinite(items.values) && std::ranges::all_of(userBiases, finite) &&
           std::ranges::all_of(itemBiases, finite);
}

void FactorState::exchange(TrainingState& state)
{
    state.matrix(users);
    state.matrix(items);
    state.array(userBiases);
    state.array(itemBiases);
}

FactorParameters FactorState::itemParameters(std::size_t domain) const
{
    const FactorDomain& each = domains[domain];
    const std::size_t count = each.data->interactions.itemCount();
    const auto unscale = static_cast<float>(1.0 / each.scale);
    FactorParameters result{.mean = static_cast<float>(each.mean),
                            .ratings = !each.isImplicit(),
                            .items = FactorMatrix(count, items.width),
                            .userBiases = std::vector<float>(userCount),
                            .itemBiases = std::vector<float>(count)};
    forEachBlock(userCount, rowsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t user = first; user < last; ++user) {
            const std::uint32_t place = strata.placeOf(static_cast<UserRow>(user));
            result.userBiases[user] = unscale * userBiases[pairDomains[domain].firstUserBias + place].value;
        }
    });
    forEachBlock(count, rowsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t item = first; item < last; ++item) {
            const std::uint32_t place = strata.placeOf(domain, static_cast<ItemRow>(item));
            std::ranges::transform(items.row(place), result.items.row(item).begin(), [unscale](float value) {
                return unscale * value;
            });
            result.itemBiases[item] = unscale * itemBiases[place].value;
        }
    });
    return result;
}

FactorParameters FactorState::parameters(std::size_t domain) const
{
    FactorParameters result = itemParameters(domain);
    result.users = FactorMatrix(userCount, users.width);
    forEachBlock(userCount, rowsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t user = first; user < last; ++user) {
            const std::uint32_t place = strata.placeOf(static_cast<UserRow>(user));
            std::ranges::copy(users.row(place), result.users.row(user).begin());
        }
    });
    return result;
}

Result<PairTotals> runStrata(const FactorState& state,
                             int epoch,
                             const EpochSteps& steps,
                             const JobContext& job)
{
    PairTotals totals;
    const std::vector<std::size_t> strata = state.strata.strataOf(epoch);
    for (std::size_t at = 0; at < strata.size(); ++at) {
        if (const Status status = steps.beforeStratum(); !status) {
            return passOn(status);
        }
        std::vector<PairTotals> blocks(state.strata.bands());
        parallelTasks(blocks.size(), [&](std::size_t band) {
            if (job.checkpoint()) {
                blocks[band] = steps.trainBlock(state.strata.block(strata[at], band), band);
            }
        });
        if (const Status status = job.checkpoint(); !status) {
            return passOn(status);
        }
        for (const PairTotals& block : blocks) {
            totals += block;
        }
        if (const Status status = steps.afterStratum(); !status) {
            return passOn(status);
        }
        const double fraction = static_cast<double>(at + 1) / static_cast<double>(strata.size());
        reportEpoch(job, epoch, state.settings.epochs, fraction);
    }
    return totals;
}

Result<double> epochLoss(const FactorState& state, int epoch, const PairTotals& totals)
{
    const double mean = totals.weight > 0.0 ? totals.loss / totals.weight : 0.0;
    if (!std::isfinite(mean) || !state.isFinite()) {
        return diverged(epoch,
                        state.domains.front().isImplicit() ? state.settings.implicitRate
                                                           : state.settings.learningRate);
    }
    // The squared error is reported without the half that only simplifies the gradient.
    return state.pairDomains.front().loss == PairLoss::Squared ? 2.0 * mean : mean;
}

} // namespace transept
