#pragma once

#include "core/store/Workspace.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace transept {

/// What people can delete. It is put aside with all it holds, and can be brought back.
enum class Deletable { Run, Domain, Knowledge };

std::string_view wordOf(Deletable kind); ///< run, domain, knowledge

struct Deleted
{
    Deletable kind = Deletable::Run;
    std::int64_t id = 0;
    std::string name;
    std::int64_t when = 0; ///< Unix seconds
};

/// What was deleted in a workspace, the latest first.
Result<std::vector<Deleted>> findDeleted(const Workspace& workspace);

/// Deletes all that are named, or none: runs by their number, the others by name. Fails with NotFound, and
/// with InvalidInput for a number that is none and for what is being trained or extracted.
Status deleteNamed(const Workspace& workspace, Deletable kind, std::span<const std::string> names);

/// Brings all that are named back, or none. Fails with NotFound when one is not among the deleted.
Status restoreNamed(const Workspace& workspace, Deletable kind, std::span<const std::string> names);

} // namespace transept
