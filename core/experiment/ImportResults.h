#pragma once

#include "core/experiment/ResultModel.h"

namespace transept {

/// What of another program's results is to stand in the table, and how.
struct ResultsOptions
{
    std::vector<ResultFile> files;
    std::string name;                  ///< of the run
    std::string program;               ///< that computed them; empty: the name of the run
    std::vector<std::string> measures; ///< instead of the spec's; empty: those
    bool meanForMissing = false;       ///< see ResultRules
};

/// What the results were computed on: data, split, measures and the positive threshold come from there.
struct ResultsLike
{
    Spec spec;                     ///< its method does not matter
    std::optional<RunRecord> made; ///< a run of the spec: the data has to be what it was then
};

/// That of a run, as it is stored.
Result<ResultsLike> resultsLike(const Workspace& workspace, RunId run);
/// That of a spec; the method may be missing.
Result<ResultsLike> resultsLike(Json document);

/// One thing that a reader of the figures has to know: English with %1, TRANSLATABLE("results", ...).
struct Remark
{
    std::string sentence;
    std::vector<std::string> arguments;
};

struct ResultsReport
{
    RunRecord run;
    ResultCounts counts;
    std::vector<std::string> notMeasured; ///< measures of the spec that these results say nothing about
};

std::vector<Remark> remarksOn(const ResultsReport& report);

/// What can be told before anything is loaded: whether files, spec and workspace fit each other.
Status checkResults(const Workspace& workspace, const ResultsLike& like, const ResultsOptions& options);

/// Adds a finished run of the method "imported" with what other programs computed: measured by evaluate() on
/// the same test part as every run of the spec, with the values of every user, lists and predictions. All or
/// nothing: InvalidInput, and the workspace unchanged, when a file, the spec or what it needs does not fit.
Result<ResultsReport> importResults(const Workspace& workspace,
                                    const ResultsLike& like,
                                    const ResultsOptions& options,
                                    const JobContext& context);

} // namespace transept
