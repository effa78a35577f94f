#pragma once

#include "core/ingest/Import.h"

namespace transept {

/// An import with every open question answered: what the options say, what was detected, and what the
/// workspace has.
struct ImportPlan
{
    std::filesystem::path file; ///< absolute
    ImportOptions options;      ///< complete: resuming needs nothing else
    Format format;
    std::vector<std::string> names;
    std::vector<Role> roles; ///< one a column
    FeedbackKind kind = FeedbackKind::Explicit;
    std::vector<std::string> domains; ///< empty: every row names its own
    std::string platform;             ///< links: of the first account
    std::string secondPlatform;       ///< links only
};

/// Decides everything about an import and changes nothing. Fails when file and options cannot fit.
Result<ImportPlan> planImport(const Workspace& workspace,
                              const std::filesystem::path& file,
                              const ImportOptions& options);

/// The domain of that name, made in the transaction that is open. For interactions one that has none yet
/// takes the kind of the plan; descriptions of items leave the kind of a domain as it is.
Result<Domain> ensureDomain(const Workspace& workspace, const std::string& name, const ImportPlan& plan);

} // namespace transept
