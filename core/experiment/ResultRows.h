#pragma once

#include "core/experiment/Preparation.h"
#include "core/ingest/KeyTable.h"
#include "core/ingest/ResultFile.h"

namespace transept {

/// The rows of users or items by the keys of the files that they were imported from.
struct KeyRows
{
    KeyTable keys;
    std::vector<std::int32_t> rows; ///< by key; -1: in the workspace, but not in the data of the split

    std::optional<std::int32_t> rowOf(std::string_view key) const; ///< nothing: not in the workspace
    std::string keyOf(std::int32_t row) const;
};

/// What one row of a file says of a user.
struct ResultCell
{
    ItemRow item{};
    std::uint32_t file = 0;
    std::int64_t line = 0;
    std::int64_t rank = 0;
    double value = 0.0; ///< score or prediction
};

/// The rows of result files by the users of a split, in file order; of those who are tested.
struct ResultRows
{
    KeyRows users;
    KeyRows items;
    std::vector<std::vector<ResultCell>> lists;   ///< by user row; empty when no file holds lists
    std::vector<std::vector<ResultCell>> ratings; ///< by user row; empty when no file holds predictions
    std::vector<std::filesystem::path> files;
    std::vector<std::string> hashes; ///< of the files' texts
    bool hasRanks = false;           ///< lists are ordered by ranks, else by scores alone
    bool hasScores = false;
    std::int64_t read = 0;
    std::int64_t notTested = 0; ///< of users without a test interaction: left out
};

/// Users are those of the target's platform, items those of the target. InvalidInput, with file and line, for
/// a row that cannot be taken or that names a user or an item that is not there, and when files say different
/// things of lists: some ranks, others scores alone.
Result<ResultRows> readResultRows(const Workspace& workspace,
                                  const Prepared& prepared,
                                  std::span<const ResultPlan> plans,
                                  const JobContext& context);

} // namespace transept
