#pragma once

#include "core/base/Json.h"
#include "core/base/Result.h"

namespace transept {

/// How much a stranger's JSON may hold.
struct JsonLimits
{
    std::size_t bytes = std::size_t{64} * 1024;
    int depth = 8;
    std::size_t values = 1000; ///< of all kinds, at every depth
};

/// The value of a text that came from a server. InvalidInput, with what is wrong, when it is no JSON, larger
/// than the limits, or names a key of one object twice, so that nobody can say which was meant.
Result<Json> parseReply(std::string_view text, const JsonLimits& limits);

} // namespace transept
