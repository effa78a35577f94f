#pragma once

#include "core/base/Ids.h"
#include "core/store/Workspace.h"

#include <string_view>

namespace transept {

/// Gives a domain another name. Fails with InvalidInput when the name is empty, holds a comma (which stands
/// between the names of a list) or belongs to another domain, and when something in the workspace knows the
/// domain by the name that it has: a run, a knowledge base, an import that can go on.
Status renameDomain(const Workspace& workspace, DomainId domain, std::string_view name);

} // namespace transept
