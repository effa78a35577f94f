#pragma once

#include "core/data/SparseRows.h"
#include "core/data/TrainingData.h"

namespace transept {

/// What an item is described by beside itself.
enum class ItemFields { None, Facets, Terms, Vectors };

/// What a user's ratings in source domains are to the target: nothing, features of the user, or further
/// ratings to learn from, of items marked by their domain.
enum class SourceUse { None, History, Shared };

struct FmOptions
{
    ItemFields fields = ItemFields::None;
    bool implicit = true; ///< what users rated in the target describes them
    SourceUse sources = SourceUse::History;
};

/// The features of users or items, a row each; the columns of a group share a prior. Group 0 is the row
/// itself: column = row, value 1.
struct FmFeatures
{
    SparseRows rows;
    std::vector<std::size_t> groupStarts; ///< the first column of each group, and the end

    std::size_t groupCount() const noexcept { return groupStarts.size() - 1; }
};

struct FmCase
{
    std::uint32_t user = 0;
    std::uint32_t item = 0;
    float target = 0.0F; ///< the rating, on a scale where its domain's mean is 0 and deviation 1
};

/// What a factorisation machine learns from. Item rows are the target's; with SourceUse::Shared then those of
/// the source domains with ratings.
struct FmProblem
{
    FmFeatures users;
    FmFeatures items;
    std::vector<FmCase> cases; ///< by user
    double mean = 0.0;         ///< of the target's ratings
    double scale = 1.0;        ///< their deviation
};

/// The groups after the rows themselves: of users what they rated in the target (1 / sqrt(n) each), what they
/// rated in the sources (rating minus baseline, in deviations, / sqrt(n)), and their bias in each source; of
/// items their fields (rows of length 1; facets and terms of a single item are left out), and their domain.
/// The target has a rating. InvalidInput when the knowledge has no such fields.
Result<FmProblem> fmProblem(const TrainingData& data, const FmOptions& options, const JobContext& job);

} // namespace transept
