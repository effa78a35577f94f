// What a spec's data will look like, from counts alone.

#include "core/experiment/Estimate.h"

#include "core/store/KnowledgeStore.h"
#include "core/store/Statistics.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

/// How many of a person's interactions go to each part, and how likely there is any.
struct Dealt
{
    double training = 0.0;
    double isTrained = 1.0; ///< how likely they are all in training, where all have one lot; else 1
    double validation = 0.0;
    double test = 0.0;
    double isValidated = 0.0;
    double isTested = 0.0;
};

/// Every interaction by its own lot.
Dealt byLot(double count, double training, double validation, double test)
{
    return {.training = training * count,
            .validation = validation * count,
            .test = test * count,
            .isValidated = 1.0 - std::pow(1.0 - validation, count),
            .isTested = 1.0 - std::pow(1.0 - test, count)};
}

/// All interactions of a person by one lot.
Dealt byPerson(double count, double validation, double test)
{
    return {.training = count,
            .isTrained = 1.0 - validation - test,
            .validation = validation * count,
            .test = test * count,
            .isValidated = validation,
            .isTested = test};
}

Dealt byCounts(double count, double validation, double test)
{
    return {.training = std::max(0.0, count - validation - test),
            .validation = validation,
            .test = test,
            .isValidated = validation > 0.0 ? 1.0 : 0.0,
            .isTested = test > 0.0 ? 1.0 : 0.0};
}

/// As the split "warm" cuts each person's interactions.
Dealt warmly(double count, const std::array<double, 3>& ratios)
{
    const auto whole = [&](double ratio) { return std::floor(ratio * count + 1e-9); };
    double test = whole(ratios[2]);
    double validation = whole(ratios[1]);
    if (ratios[2] > 0.0 && test == 0.0 && count - validation > 1.0) {
        test = 1.0;
    }
    if (ratios[1] > 0.0 && validation == 0.0 && count - test > 1.0) {
        validation = 1.0;
    }
    return byCounts(count, validation, test);
}

/// One of three groups is tested with what training does not know of its people.
Dealt byGroup(double count, const SplitSpec& split)
{
    constexpr double isTested = 1.0 / 3.0;
    const double kept = isTested * split.history;
    const double validation = (1.0 - isTested) * split.validation;
    return {.training = count * (1.0 - isTested - validation + kept),
            .validation = validation * count,
            .test = isTested * (1.0 - split.history) * count,
            .isValidated = validation,
            .isTested = isTested};
}

/// cross-time: the share of all interactions that is in the periods which train, with their validation.
double trainedPeriods(const SplitSpec& split)
{
    const int known = split.window > 0 ? std::min(split.window, split.fold + 1) : split.fold + 1;
    return static_cast<double>(known) / split.periods;
}

Dealt dealt(double count, const DomainSpread::OfPerson& person, bool isShared, const SplitSpec& split)
{
    const double rest = 1.0 - split.share;
    switch (split.kind) {
    case SplitSpec::Kind::Warm:
        return warmly(count, split.ratios);
    case SplitSpec::Kind::LeaveOneOut:
        return byCounts(count, count >= 3.0 ? 1.0 : 0.0, count >= 2.0 ? 1.0 : 0.0);
    case SplitSpec::Kind::Temporal:
        return byLot(count, split.ratios[0], split.ratios[1], split.ratios[2]);
    case SplitSpec::Kind::ColdUser:
        return isShared ? byPerson(count, rest * split.validation, split.share) : byCounts(count, 0.0, 0.0);
    case SplitSpec::Kind::ColdItem:
        return byLot(count, rest * (1.0 - split.validation), rest * split.validation, split.share);
    case SplitSpec::Kind::KFold: {
        const double fold = 1.0 / split.folds;
        return byLot(count, (1.0 - fold) * (1.0 - split.validation), (1.0 - fold) * split.validation, fold);
    }
    case SplitSpec::Kind::CrossTime: {
        const double trained = trainedPeriods(split);
        return byLot(
            count, trained * (1.0 - split.validation), trained * split.validation, 1.0 / split.periods);
    }
    case SplitSpec::Kind::CrossGroup:
        return byGroup(count, split);
    case SplitSpec::Kind::Given: {
        const double kept = count / static_cast<double>(std::max<std::int64_t>(person.all, 1));
        return byCounts(
            count, kept * static_cast<double>(person.validation), kept * static_cast<double>(person.test));
    }
    }
    return byCounts(count, 0.0, 0.0);
}

/// The share of their interactions that people and items keep when those with too few are taken away until
/// all have enough, were a person's and an item's numbers independent.
struct Kept
{
    double ofPersons = 1.0;
    double ofItems = 1.0;
};

Kept keptOf(const DomainSpread& spread, double minUser, double minItem)
{
    constexpr int mostRounds = 50;
    const auto shareWith = [](const auto& counts, double factor, double least) {
        double kept = 0.0;
        double all = 0.0;
        for (const double count : counts) {
            all += count;
            kept += count * factor >= least ? count : 0.0;
        }
        return all > 0.0 ? kept / all : 1.0;
    };
    std::vector<double> ofPersons;
    for (const DomainSpread::OfPerson& person : spread.persons) {
        ofPersons.push_back(static_cast<double>(person.all));
    }
    const std::vector<double> ofItems(spread.items.begin(), spread.items.end());
    Kept kept;
    for (int round = 0; round < mostRounds; ++round) {
        const Kept before = kept;
        kept.ofPersons = shareWith(ofPersons, kept.ofItems, minUser);
        kept.ofItems = shareWith(ofItems, kept.ofPersons, minItem);
        if (before.ofPersons == kept.ofPersons && before.ofItems == kept.ofItems) {
            break;
        }
    }
    return kept;
}

Result<DomainSpread> spreadOf(const Workspace& workspace,
                              const Domain& domain,
                              const DataSelection* target,
                              const JobContext& context)
{
    return domainSpread(workspace,
                        domain.id,
                        target != nullptr ? target->minValue : std::nullopt,
                        target != nullptr ? target->positive : std::nullopt,
                        context);
}

bool isIn(const DomainSpread& spread, PersonId person)
{
    const auto found = std::ranges::lower_bound(spread.persons, person, {}, &DomainSpread::OfPerson::person);
    return found != spread.persons.end() && found->person == person;
}

/// The knowledge of a domain's items, in numbers.
Status addKnowledge(const Workspace& workspace, const Spec& spec, const Domain& domain, DomainShape& shape)
{
    if (spec.knowledge.empty()) {
        return {};
    }
    const Result<KnowledgeBase> base = KnowledgeStore(workspace).find(spec.knowledge);
    if (!base) {
        return passOn(base);
    }
    const Result<KnowledgeExtent> extent = KnowledgeStore(workspace).extentOf(base->id, domain.id);
    if (!extent) {
        return passOn(extent);
    }
    const Result<KnowledgeExtent> words =
        spec.knowledgeTerms.empty()
            ? extent
            : KnowledgeStore(workspace).find(spec.knowledgeTerms).and_then([&](const KnowledgeBase& other) {
                  return KnowledgeStore(workspace).extentOf(other.id, domain.id);
              });
    if (!words) {
        return passOn(words);
    }
    shape.dimension = base->dimension;
    shape.numberBytes = base->storesHalves() ? 2.0 : 4.0;
    shape.facets = static_cast<double>(extent->facets);
    shape.vectors = static_cast<double>(extent->vectors);
    shape.vocabulary = static_cast<double>(words->vocabulary);
    shape.terms = static_cast<double>(words->terms);
    // A domain has its share of every word's items.
    const double all = static_cast<double>(words->occurrences);
    const double share = all > 0.0 ? shape.terms / all : 0.0;
    shape.termSquares = share * share * static_cast<double>(words->squares);
    return {};
}

/// Sums up what the split makes of one domain. Items keep the share of their interactions that all do.
class ShapeOfDomain
{
public:
    explicit ShapeOfDomain(const Domain& domain) : m_shape{.kind = domain.kind} {}

    void add(double training, double chance = 1.0)
    {
        m_shape.users += chance * std::min(training, 1.0);
        m_shape.interactions += chance * training;
        m_shape.userSquares += chance * training * training;
    }

    /// `byItem`: an item keeps all of its interactions or none.
    DomainShape finish(const DomainSpread& spread, double minItem, const Kept& kept, bool byItem)
    {
        const double all = static_cast<double>(spread.interactions);
        const double share = all > 0.0 ? m_shape.interactions / all : 0.0;
        double left = 0.0;
        for (const std::int64_t count : spread.items) {
            const auto own = static_cast<double>(count);
            if (own * kept.ofPersons >= minItem) {
                left += 1.0;
                m_shape.itemSquares += own * own * share * (byItem ? 1.0 : share);
            }
        }
        m_shape.items = minItem > 0.0 ? left : static_cast<double>(spread.catalogue);
        return m_shape;
    }

private:
    DomainShape m_shape;
};

/// The target's parts.
void dealTarget(const DomainSpread& target,
                const std::vector<DomainSpread>& sources,
                const Spec& spec,
                const Kept& kept,
                RunShape& shape,
                ShapeOfDomain& domain)
{
    const double positive = target.interactions > 0 ? static_cast<double>(target.positive) /
                                                          static_cast<double>(target.interactions)
                                                    : 1.0;
    for (const DomainSpread::OfPerson& person : target.persons) {
        const double count = static_cast<double>(person.all) * kept.ofItems;
        if (count < spec.data.minUser) {
            continue;
        }
        const bool isShared = std::ranges::any_of(
            sources, [&](const DomainSpread& source) { return isIn(source, person.person); });
        Dealt parts = dealt(count, person, isShared, spec.split);
        if (spec.split.refit) {
            parts.training += parts.validation;
            parts.validation = parts.isValidated = 0.0;
        }
        domain.add(parts.training, parts.isTrained);
        shape.loaded += static_cast<double>(person.all);
        if (spec.split.kind == SplitSpec::Kind::CrossTime) {
            shape.unused += count - parts.training - parts.validation - parts.test;
        }
        shape.data.shared += isShared ? parts.isTrained : 0.0;
        shape.data.users += isShared ? 0.0 : 1.0; // the others are counted with the sources
        shape.validation.pairs += parts.validation;
        shape.validation.users += parts.isValidated;
        shape.validation.ranked += parts.isValidated * (1.0 - std::pow(1.0 - positive, parts.validation));
        shape.test.pairs += parts.test;
        shape.test.users += parts.isTested;
        shape.test.ranked += parts.isTested * (1.0 - std::pow(1.0 - positive, parts.test));
    }
}

/// The share of a source that training holds: what temporal and cross-time leave of it, were its times spread
/// as those of the target.
double trainedOfSource(const SplitSpec& split)
{
    switch (split.kind) {
    case SplitSpec::Kind::Temporal:
        return split.ratios[0] + (split.refit ? split.ratios[1] : 0.0);
    case SplitSpec::Kind::CrossTime:
        return trainedPeriods(split) * (split.refit ? 1.0 : 1.0 - split.validation);
    default:
        return 1.0;
    }
}

/// A source is in training whole, but for what cuts in time and given parts take.
void dealSource(const DomainSpread& source, const Spec& spec, RunShape& shape, ShapeOfDomain& domain)
{
    const double early = trainedOfSource(spec.split);
    const bool isGiven = spec.split.kind == SplitSpec::Kind::Given;
    for (const DomainSpread::OfPerson& person : source.persons) {
        const std::int64_t out = isGiven ? person.test + (spec.split.refit ? 0 : person.validation) : 0;
        domain.add(early * static_cast<double>(person.all - out));
        shape.loaded += static_cast<double>(person.all);
    }
}

} // namespace

Result<RunShape> expectedShape(const Workspace& workspace, const Spec& spec, const JobContext& context)
{
    const Catalog catalog(workspace);
    const Result<Domain> target = catalog.domain(spec.data.target);
    Result<DomainSpread> spread = target ? spreadOf(workspace, *target, &spec.data, context) : passOn(target);
    if (!spread) {
        return passOn(spread);
    }
    RunShape shape;
    std::vector<DomainSpread> sources;
    std::vector<PersonId> elsewhere;
    for (const std::string& name : spec.data.sources) {
        const Result<Domain> domain = catalog.domain(name);
        Result<DomainSpread> source =
            domain ? spreadOf(workspace, *domain, nullptr, context) : passOn(domain);
        if (!source) {
            return passOn(source);
        }
        for (const DomainSpread::OfPerson& person : source->persons) {
            elsewhere.push_back(person.person);
        }
        ShapeOfDomain dealtSource(*domain);
        dealSource(*source, spec, shape, dealtSource);
        shape.data.sources.push_back(dealtSource.finish(*source, 0.0, {}, false));
        if (const Status known = addKnowledge(workspace, spec, *domain, shape.data.sources.back()); !known) {
            return passOn(known);
        }
        sources.push_back(std::move(*source));
    }
    const Kept kept = keptOf(*spread, spec.data.minUser, spec.data.minItem);
    ShapeOfDomain dealtTarget(*target);
    dealTarget(*spread, sources, spec, kept, shape, dealtTarget);
    shape.data.target =
        dealtTarget.finish(*spread, spec.data.minItem, kept, spec.split.kind == SplitSpec::Kind::ColdItem);
    std::ranges::sort(elsewhere);
    const auto last = std::unique(elsewhere.begin(), elsewhere.end());
    shape.data.users += static_cast<double>(last - elsewhere.begin());
    if (const Status known = addKnowledge(workspace, spec, *target, shape.data.target); !known) {
        return passOn(known);
    }
    return shape;
}

} // namespace transept
