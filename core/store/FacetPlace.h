#pragma once

#include "core/base/Ids.h"

#include <compare>

namespace transept {

/// One facet of an item, by its place among the facets of that item.
struct FacetPlace
{
    ItemId item{};
    std::int64_t nth = 0;

    // NOLINTNEXTLINE(modernize-use-nullptr): takes the 0 that it compares with for a pointer
    auto operator<=>(const FacetPlace&) const = default;
};

} // namespace transept
