#pragma once

#include "core/base/Job.h"
#include "core/recommend/TableFile.h"

namespace transept {

using Paths = std::vector<std::filesystem::path>; ///< what an export wrote

constexpr std::size_t rowsBetweenChecks = 4096;

/// Writes `count` rows that `rowAt` makes.
template<typename RowAt>
Result<Paths> writeTable(const std::filesystem::path& to,
                         std::vector<std::string> columns,
                         std::size_t count,
                         const RowAt& rowAt,
                         const JobContext& context)
{
    Result<TableFile> table = TableFile::open(to, std::move(columns));
    if (!table) {
        return passOn(table);
    }
    for (std::size_t at = 0; at < count; ++at) {
        if (at % rowsBetweenChecks == 0) {
            context.progress({.fraction = static_cast<double>(at) / static_cast<double>(count),
                              .stage = TRANSLATABLE("stages", "Writing"),
                              .done = static_cast<std::int64_t>(at),
                              .total = static_cast<std::int64_t>(count)});
            if (const Status goOn = context.checkpoint(); !goOn) {
                return passOn(goOn);
            }
        }
        if (const Status added = table->add(rowAt(at)); !added) {
            return passOn(added);
        }
    }
    const Status closed = table->close();
    return closed ? Result<Paths>(Paths{to}) : passOn(closed);
}

/// These columns, and 1 ... count.
std::vector<std::string> numbered(std::vector<std::string> columns, Eigen::Index count);

} // namespace transept
