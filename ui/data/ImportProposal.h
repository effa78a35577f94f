#pragma once

#include "core/ingest/Import.h"

namespace transept::ui {

/// A file that came before another: imported already, or asked for and still waiting.
struct EarlierImport
{
    std::filesystem::path file;
    ImportTarget target = ImportTarget::Interactions;
    std::vector<std::string> domains; ///< that its rows went to
    std::string platform;             ///< empty: that of the domains
};
EarlierImport earlierImport(const std::filesystem::path& file, const ImportOptions& options);

/// Those of a workspace that brought something, newest first.
Result<std::vector<EarlierImport>> earlierImports(const Workspace& workspace);

/// What a person would most likely say about where the rows of a file go, from its name, its folder and the
/// files that came before it (newest first): domain, platform, given part, user prefix. The rest of `options`
/// stays.
void propose(ImportOptions& options,
             const Inspection& inspection,
             const std::vector<Domain>& domains,
             const std::vector<EarlierImport>& earlier);

/// A name for the domain of a file, from its name or folder: "ratings.csv" in "films" is "films",
/// "book_ratings.dat" is "book".
std::string proposedDomain(const std::filesystem::path& file);

/// train, valid, test, or nothing, from the name of a file: "test_original.txt" is "test".
std::string proposedPart(const std::filesystem::path& file);

} // namespace transept::ui
