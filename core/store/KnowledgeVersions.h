#pragma once

#include "core/base/Job.h"
#include "core/store/KnowledgeStore.h"

namespace transept {

/// What may become of a knowledge base.
struct KnowledgeVersion
{
    bool isFrozen = false;     ///< a run was trained with it
    std::int64_t newItems = 0; ///< items of its domains that came after it was finished; 0 when it is not
};
Result<KnowledgeVersion> versionOf(const Workspace& workspace, const KnowledgeBase& base);

/// Makes a copy under another name, finished, with all that is stored of the knowledge base, also what people
/// said of its facets and the changes that they made. In steps; until the last, nobody can use it. A copy
/// that was stopped or failed leaves nothing behind, one that was killed leaves a base that can only be
/// deleted. InvalidInput when the name is taken or of no use, or the source is not finished or changed
/// meanwhile.
Result<KnowledgeId> copyKnowledge(const Workspace& workspace,
                                  KnowledgeId source,
                                  const std::string& name,
                                  const JobContext& context);

/// InvalidInput for a name that is empty or starts or ends with a blank.
Status checkKnowledgeName(std::string_view name);

} // namespace transept
