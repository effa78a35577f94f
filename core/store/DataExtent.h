#pragma once

#include <cstdint>

namespace transept {

/// How far the data of a workspace reached at some moment: what was imported later has higher numbers.
struct DataExtent
{
    std::int64_t lastImport = 0;
    std::int64_t lastItem = 0;

    bool operator==(const DataExtent&) const = default;
};

} // namespace transept
