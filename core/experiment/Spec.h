#pragma once

#include "core/base/Json.h"
#include "core/data/Dataset.h"
#include "core/data/Split.h"
#include "core/experiment/SplitJson.h"
#include "core/model/Registry.h"

namespace transept {

/// When an iterative method stops before its last epoch.
struct StopRule
{
    std::string measure; ///< on validation; empty: rmse for ratings, ndcg@10 for rankings
    int patience = 5;    ///< epochs in a row clearly worse than the best; 0: never stops early
    bool operator==(const StopRule&) const = default;
};

/// From which earlier run's model a training goes on. `fingerprint` is of that run's spec and data, so that
/// the spec is complete without the run; it is noted when the run is queued, and a run that has another one
/// is refused.
struct StartRule
{
    std::int64_t run = 0;
    std::string fingerprint;
    bool operator==(const StartRule&) const = default;
};

/// A run, completely described. The window edits its JSON, the command line runs it, the run table stores it.
struct Spec
{
    std::string name;
    DataSelection data;
    SplitSpec split;
    std::string knowledge; ///< name of a knowledge base; empty: none
    /// Name of the base whose terms stand in for those of `knowledge`, so that a run can have the vectors of
    /// one extractor and the words of another; empty: its own.
    std::string knowledgeTerms;
    /// Controls beside a claim: "shuffled" gives every item another item's knowledge.
    bool shuffleKnowledge = false;
    std::string method;
    Parameters parameters;
    std::optional<StartRule> start; ///< nothing: it starts anew
    StopRule stop;
    std::vector<std::string> measures; ///< empty: those that fit the model, see measuresOf()
    std::uint64_t seed = 1;
};

/// Reads and checks a document: unknown keys, wrong types, values out of range are InvalidInput errors that
/// name the JSON path, what is allowed and the nearest valid word. Missing keys get their defaults.
Result<Spec> specFrom(const Json& document);

/// The complete document, every default written out but those of "start" and "knowledge_terms", which are
/// left out when there are none: specFrom(toJson(spec)) == spec.
Json toJson(const Spec& spec);

/// The document with every default of this version written out, for comparing what different versions wrote;
/// as it is where it cannot be read.
Json completed(const Json& document);

/// What a run measures: what its spec names, else what fits a model whose scores are ratings or are not.
std::vector<std::string> measuresOf(const Spec& spec, bool ratings);

/// What the method of the spec, with its parameters, needs and uses. The method must be known.
Traits traitsOf(const Spec& spec);

/// Sets one value by its path, as `--set method.alpha=0.3` does; the text is read as JSON when it is JSON,
/// else as text.
Status setValue(Json& document, std::string_view path, std::string_view text);

/// Checks against a workspace what the document alone cannot tell: domains, the knowledge base, feedback,
/// overlap, the run to start from. The spec as it was, or complete with the fingerprint of its start.
Result<Spec> checkedSpec(const Workspace& workspace, const Spec& spec);
Status checkNeeds(const Workspace& workspace, const Spec& spec); ///< the same check alone

/// Which needs that a method may have are met by the data and the knowledge of a spec, whatever its method.
Result<Needs> metNeeds(const Workspace& workspace, const Spec& spec);

/// The same but for the start, and also for what was computed elsewhere, which checkNeeds() refuses: data,
/// knowledge and split have to be there.
Status checkSelection(const Workspace& workspace, const Spec& spec);

/// The paths in which documents differ, with each document's value (null: absent), in the order of paths.
/// Names are left out.
std::map<std::string, std::vector<Json>> difference(std::span<const Json> documents);

} // namespace transept
