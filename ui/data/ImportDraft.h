#pragma once

#include "ui/data/ImportProposal.h"

namespace transept::ui {

/// What a person has decided about one file so far; everything else is as detected.
struct ImportDraft
{
    std::filesystem::path file;
    std::optional<Format> format;       ///< overruled
    std::string preset;                 ///< chosen; empty: as detected
    std::optional<ImportTarget> target; ///< chosen
    std::vector<Role> roles;            ///< chosen, one a column; empty: as guessed
    ImportOptions options;              ///< the rest: domain, platform, kind, part, duplicates ...
};

/// What a worker found about a draft.
struct Examination
{
    Inspection inspection; ///< columns with the roles that the import will use
    std::string detectedPreset;
    std::optional<Error> problem;       ///< why it cannot be imported like this
    std::string platform;               ///< decided; empty while there is a problem
    std::optional<FeedbackKind> kind;   ///< decided
    std::vector<Domain> domains;        ///< of the workspace
    std::vector<EarlierImport> earlier; ///< newest first
};

/// Reads the head of the file, and asks the core whether the draft can be imported. Fails when the file
/// cannot be read at all.
Result<Examination> examine(const Workspace& workspace, const ImportDraft& draft);

/// What importFile() is to be given.
ImportOptions optionsOf(const ImportDraft& draft, const Inspection& inspection);

bool hasRole(const Inspection& inspection, Role role);

} // namespace transept::ui
