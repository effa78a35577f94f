#pragma once

#include "core/data/Interactions.h"

namespace transept {

/// Which interactions of the workspace a run works on; the "data" part of a spec.
struct DataSelection
{
    std::string target;               ///< the domain that is recommended
    std::vector<std::string> sources; ///< domains that help, in the given order
    int minUser = 0;                  ///< target interactions a user needs at least (others are left out of the target)
    int minItem = 0;                  ///< interactions an item needs at least; both are repeated until they hold
    std::optional<double> minValue;   ///< keeps only interactions of at least this value, in the target
    std::optional<double> positive;   ///< from this value on a target interaction counts as relevant; none: all do

    bool operator==(const DataSelection&) const = default;
};

/// One domain in memory. Item rows number its items 0 ... items.size()-1.
struct DomainData
{
    DomainId id{};
    std::string name;
    FeedbackKind kind = FeedbackKind::Explicit;
    double scaleMin = 0.0; ///< 0 ... 1 for implicit feedback
    double scaleMax = 1.0;
    std::vector<ItemId> items; ///< every item of the domain, also one without interactions; ascending ids
    std::vector<Event> events; ///< in file order
};

/// What a selection holds: read once, shared by all runs of a study. Users are persons, numbered once for all domains,
/// so that a person who acts in several has one row. Only the runner and the splits see it; methods are handed
/// TrainingData.
struct Dataset
{
    std::vector<PersonId> users; ///< ascending ids; everybody who has an event in one of the domains
    DomainData target;
    std::vector<DomainData> sources;
    std::string fingerprint; ///< of all of it: equal data, equal text
    std::optional<double> positive;
};

/// Fails with NotFound for an unknown domain, InvalidInput when nothing is left of the target.
Result<Dataset> loadDataset(const Workspace& workspace, const DataSelection& selection, const JobContext& context);

} // namespace transept
