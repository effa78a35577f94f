#pragma once

#include "core/base/Json.h"
#include "core/data/Split.h"

#include <string_view>

namespace transept {

/// The "split" of a spec, of which null stands for all defaults. InvalidInput as specFrom().
Result<SplitSpec> splitFrom(const Json& document);

/// Every default written out: splitFrom(toJson(split)) == split.
Json toJson(const SplitSpec& split);

/// As in the spec: "warm", "leave-one-out" ...
std::string_view wordOf(SplitSpec::Kind kind);

} // namespace transept
