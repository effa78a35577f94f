#pragma once

#include "core/base/Job.h"
#include "core/ingest/Format.h"

namespace transept {

/// One value of a column and in how many rows it stands.
struct ColumnWord
{
    std::string word;
    std::int64_t rows = 0;
};

/// The different values of a column (from 0) in the whole file, in order of the alphabet; rows that do not
/// fit the format count nothing. InvalidInput when there are more than `most`.
Result<std::vector<ColumnWord>> columnWords(const Inspection& inspection,
                                            std::size_t column,
                                            std::size_t most,
                                            const JobContext& context);

} // namespace transept
