#pragma once

#include "core/experiment/Runner.h"

namespace transept {

/// Note: worth knowing. Warning: the figures say less than they seem to. Serious: they do not say what they
/// seem to.
enum class Severity { Note, Warning, Serious };
std::string_view wordOf(Severity severity); ///< as in --json: note, warning, serious

/// Something that a reader of the figures has to know. `code` is stable. Of a run:
///
/// selection-on-test         runs that differ in hyperparameters only, without a validation part
/// refit-of-others           refitted with settings other than those that validation chose
/// sampled-negatives         measures that rank among sampled or given items
/// only-sampled-negatives    and none of full ranking
/// known-negatives           given negatives that the very person has, in training or held out
/// one-seed                  no other run of the spec with another seed or fold, where chance plays a part
/// time-leak                 test interactions that are earlier than a training one of the same person
/// twins                     items that a source lists under another id, harmless here
/// twin-leak                 the same, and with the very person of a test interaction
/// start-knew-test           test interactions from which the run that it started from had learnt
/// start-unknown             a start that is gone, or whose data is
/// constant-scores, ties     what ids decide instead of scores, for more than a tenth of the test users
/// approximation             how far ease by neighbourhoods is from the exact weights; that slim narrowed its
///                           neighbourhood, and to how many items
/// weights-as-given          a blend that was to choose the weights of its parts, without validation
/// missing-lists             test users without a list, as imported results may have
/// data-changed              what concerns the data could not be looked at any more
///
/// and of comparisons:
///
/// twin-gain                 what sources gain for those whom a twin tells the answer, and for others
/// no-control                no popularity, bias or carried-bias beside a claim
/// no-mean-controls          ratings learnt without the global mean, the item's and the user's beside them
/// no-carried-control        ratings learnt with sources, without carried-bias beside them
/// no-run-without-knowledge  no run without knowledge beside one with it
/// no-shuffled-knowledge     no run of the same method with shuffled knowledge beside it
struct Finding
{
    std::string code;
    Severity severity = Severity::Note;
    std::string sentence; ///< English with %1 ... %9, TRANSLATABLE("findings", ...)
    std::vector<std::string> arguments;
    std::vector<RunId> runs; ///< whom it concerns, in the order asked for
    Json figures;            ///< what the sentence rounds, by name; an object
};

/// The English sentence with its arguments filled in.
std::string describe(const Finding& finding);

/// What there is to say about one finished run; looks at all finished runs of the workspace for selection and
/// seeds. InvalidInput for a run that is not finished.
Result<std::vector<Finding>> audit(const Workspace& workspace, RunId run, const JobContext& context);

/// What there is to say about each of these finished runs and about them side by side. The most serious ones
/// come first.
Result<std::vector<Finding>> audit(const Workspace& workspace,
                                   std::span<const RunId> runs,
                                   const JobContext& context);

} // namespace transept
