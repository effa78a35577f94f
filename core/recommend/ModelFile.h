#pragma once

#include "core/recommend/Recommend.h"

#include <filesystem>

namespace transept {

/// A domain of a model by names and keys, so that it means the same in another workspace.
struct ModelDomain
{
    std::string name;
    FeedbackKind kind = FeedbackKind::Explicit;
    double scaleMin = 0.0;
    double scaleMax = 1.0;
    std::vector<std::string> items; ///< keys, in the order of the rows
};

/// A trained model that stands by itself. The file is two lines of text (mark with version, JSON), then the
/// keys of all rows and the model's bytes under a SHA-256 that the JSON names.
struct ModelFile
{
    Spec spec;
    std::vector<ModelDomain> domains; ///< the target, then the sources
    /// Platform and key of an account of every user: on the target's platform where the person has one there.
    std::vector<std::pair<std::string, std::string>> users;
    std::string model; ///< as Model::serialised() gives it
};

/// InvalidInput when the method keeps no model.
Status writeModelFile(const Workspace& workspace, const FittedRun& run, const std::filesystem::path& to);

/// InvalidInput for a file that is foreign, of a newer version, or damaged, each in its own words.
Result<ModelFile> readModelFile(const std::filesystem::path& from);

struct ApplyOptions
{
    std::filesystem::path to; ///< .csv or .json: user, rank, item, score, folded_in
    int top = 10;
};

/// Whom the lists are for.
struct AppliedModel
{
    std::size_t known = 0;        ///< people of the model
    std::size_t foldedIn = 0;     ///< others, by what they did
    std::size_t leftOut = 0;      ///< others, where the method has to be trained for that
    std::size_t unknownItems = 0; ///< interactions with items that the model does not know
};

/// Writes the best items for everybody who acts in the model's domains in this workspace, without those that
/// they have; what is too low for the model's selection (data.where.min_value) nobody has. InvalidInput when
/// a domain is missing or has another kind of feedback.
Result<AppliedModel> applyModel(const Workspace& workspace,
                                const ModelFile& file,
                                const ApplyOptions& options,
                                const JobContext& context);

} // namespace transept
