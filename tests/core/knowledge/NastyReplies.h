#pragma once

#include "tests/support/ScriptedServer.h"

#include <string>
#include <vector>

namespace transept::test {

/// What an extraction makes of an item about which a server answers so.
enum class Consequence {
    Known,  ///< facts
    None,   ///< nothing is known of it, and that is no failure
    Failed, ///< in the table of failures, with the reason
    Stops,  ///< the extraction ends with a sentence; what was done before is kept
};

struct NastyReply
{
    std::string name;
    ScriptedServer::Answer answer;
    Consequence consequence = Consequence::Failed;
    int mostPosts = 2; ///< about this item
};

/// About a hundred answers that servers and models have given, or could. The facets asked for are topic and
/// mood; a request is tried twice at most and waited for a second.
std::vector<NastyReply> nastyReplies();

} // namespace transept::test
