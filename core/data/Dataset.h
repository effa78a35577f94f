#pragma once

#include "core/data/GivenNegatives.h"
#include "core/data/Interactions.h"
#include "core/store/DataExtent.h"

#include <memory>

namespace transept {

/// Which interactions of the workspace a run works on; the "data" part of a spec.
struct DataSelection
{
    std::string target;               ///< the domain that is recommended
    std::vector<std::string> sources; ///< domains that help, in the given order
    /// A user needs at least minUser target interactions and an item at least minItem, repeated until both
    /// hold. Who has fewer leaves the target (not the sources); what has fewer leaves the catalogue, so that
    /// with minItem 0 items without any interaction are recommended too.
    int minUser = 0;
    int minItem = 0;
    std::optional<double> minValue; ///< keeps only target interactions of at least this value
    std::optional<double> positive; ///< a target interaction from this value on is relevant; none: all are
    bool dropTwins = false;         ///< training is not told by a source what is held out, see split()

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
    std::vector<Part> parts;   ///< what the files say of each event; empty when they say nothing of any

    Part partOf(std::size_t event) const { return parts.empty() ? Part::None : parts[event]; }
};

/// What a selection holds: read once, shared by all runs of a study. Users are persons, numbered once for all
/// domains, so that a person who acts in several has one row. Only the runner and the splits see it; methods
/// are handed TrainingData.
struct Dataset
{
    std::vector<PersonId> users; ///< ascending ids; everybody who has an event in one of the domains
    DomainData target;
    std::vector<DomainData> sources;
    std::string fingerprint;       ///< of all of it: equal data, equal text
    std::string targetFingerprint; ///< of the target alone: equal for runs whose values may be compared
    std::optional<double> positive;
    bool dropTwins = false;
    std::vector<std::string> userValues; ///< by user row, of the field that a split groups people by
    DataExtent extent;                   ///< of the workspace when this was read
    std::shared_ptr<const GivenNegatives>
        negatives;                    ///< of the target; null unless loadNegatives() was asked for them
    std::string negativesFingerprint; ///< equal for the same negatives of the same target
};

/// How far the data of a workspace reaches now.
Result<DataExtent> extentOf(const Workspace& workspace);

/// With `upTo` only what the workspace held at that extent; what was replaced since is missing, which the
/// fingerprint tells. Fails with NotFound for an unknown domain, InvalidInput when nothing is left of the
/// target.
Result<Dataset> loadDataset(const Workspace& workspace,
                            const DataSelection& selection,
                            const JobContext& context,
                            const std::optional<DataExtent>& upTo = std::nullopt);

/// As a run keeps it: the target's, by which runs are compared, a dot, and that of everything; where
/// negatives were read, one more dot and theirs.
std::string fingerprintOf(const Dataset& data);

} // namespace transept
