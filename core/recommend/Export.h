#pragma once

#include "core/experiment/Runner.h"

#include <filesystem>

namespace transept {

/// What of a run can be written to a file; keys as they were imported, a header line, full precision.
enum class RunExport {
    Predictions, ///< user, item, truth, prediction: of the test pairs, in file order; deviation, of the
                 ///< expected rating, when the method can say and the data is still what the run was made of
    Lists,       ///< user, rank, item, score: of the test users
    Train,       ///< user, item, value, time: the target's interactions that the run learnt from
    Validation,  ///< the same of the part by which it was stopped or chosen
    Test,        ///< the same of the test part; with the lists and predictions all measures follow
    Sources,     ///< domain, user, item, value, time: what the run learnt from its source domains
    Model,       ///< the trained model as a file of its own, as ModelFile.h says; any ending
    Factors,  ///< matrix, key, 1 ... k; as .npy FILE-NAME.npy for each, its rows in FILE-NAME.csv: row, key
    Curves,   ///< series, step, value
    Measures, ///< measure, value (of the test set), validation
    Roc,      ///< threshold, false_positives, true_positives: rates; for models of ratings
    Calibration, ///< pairs, low, high, mean_prediction, mean_truth, standard_error: likewise
};

/// What of a knowledge base can be written to a file.
enum class KnowledgeExport {
    Facets,         ///< domain, item, facet, text, weight; of people: domain, user, facet, text
    Vectors,        ///< domain, item, 1 ... m; as .npy float32, items in order of domains and of import
    Map,            ///< domain, item, title, x, y: by principal components
    Neighbourhoods, ///< likewise, by t-SNE
    Pairs,          ///< source, target, text: how tastes carry over
};

/// The format follows from the file's ending: .csv, .json, .inter for interactions (RecBole's atomic file:
/// tabs, types in the header), and .npy for matrices. Written beside and renamed, so never half a file.
/// Returns what was written. InvalidInput for an ending that does not fit, or when the run kept nothing of
/// the kind.
Result<std::vector<std::filesystem::path>> exportRun(const Workspace& workspace,
                                                     RunId run,
                                                     RunExport what,
                                                     const std::filesystem::path& to,
                                                     const JobContext& context);

Result<std::vector<std::filesystem::path>> exportKnowledge(const Workspace& workspace,
                                                           std::string_view name,
                                                           KnowledgeExport what,
                                                           const std::filesystem::path& to,
                                                           const JobContext& context);

} // namespace transept
