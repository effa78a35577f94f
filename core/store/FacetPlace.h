#pragma once

#include "core/base/Ids.h"

#include <compare>

namespace transept {

/// One facet of an item, by its place among the facets of that item.
struct FacetPlace
{
    ItemId item{};
    std::int64_t nth = 0;

    auto operator<=>(const FacetPlace&) const = default;
};

} // namespace transept
