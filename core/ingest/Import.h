#pragma once

#include "core/base/Ids.h"
#include "core/ingest/Format.h"
#include "core/store/Catalog.h"

#include <map>

namespace transept {

/// What happens to a further interaction of the same user and item (within the same given part). Of
/// negatives: Last has those that an earlier import gave an interaction make way for the new ones, First
/// drops the new ones, Keep adds them, Reject reports them; Mean and Sum are refused. What one import repeats
/// is skipped, with Reject reported.
enum class Duplicates { Last, First, Mean, Sum, Keep, Reject };
std::string_view wordOf(Duplicates rule);
std::optional<Duplicates> duplicatesFrom(std::string_view word);

/// All that describes an import; stored with it as JSON, made by the wizard and by the command line alike.
struct ImportOptions
{
    ImportTarget target = ImportTarget::Interactions;
    std::string
        domain; ///< empty when a column names it, or domainFromItems does; "a,b": descriptions for both
    std::string platform;             ///< empty: the domain's own, or one named like the domain; links: "a,b"
    std::optional<FeedbackKind> kind; ///< none: explicit when there is a value column
    std::optional<Format> format;     ///< none: detected
    std::string preset;               ///< empty: detected
    std::vector<std::pair<std::string, Role>>
        columns; ///< by header name or 1, 2, ...; "*": all others; empty: as guessed
    std::map<std::string, std::string> domainNames; ///< renames what a domain column says: "A" -> "food"
    bool domainFromItems =
        false; ///< sequences over several domains: an item's domain is the one that was imported before
    std::string part; ///< train, valid, test, or empty

    /// For sequence layouts: `part` is meant for the last event of a line, the events before it are of part
    /// train. None: yes for item lists of part valid or test (there the last item is the one to be
    /// predicted), else no.
    std::optional<bool> partOfLastOnly;
    std::string userPrefix; ///< put before every user id: for files whose numbering restarts
    Duplicates duplicates = Duplicates::Last;
    bool stopAtFirstReject = false;
    std::optional<double>
        implicitValue; ///< this value in an explicit file means "seen, not rated": such rows are skipped
};

Json toJson(const ImportOptions& options);
Result<ImportOptions> importOptionsFrom(const Json& json);

struct ImportReport
{
    ImportId id{};
    std::int64_t read = 0; ///< = imported + rejected + skipped, in rows (events for sequence layouts)
    std::int64_t imported = 0;
    std::int64_t rejected = 0;
    std::int64_t skipped = 0; ///< blank lines, repeated pairs that a rule dropped, implicit values
    double seconds = 0.0;
};

/// Imports one file, committing in steps; after a kill or a cancellation `resumeImport` goes on where it
/// stopped. Bad rows land in the ledger. A file or options that do not fit at all leave the workspace
/// unchanged.
Result<ImportReport> importFile(Workspace& workspace,
                                const std::filesystem::path& file,
                                const ImportOptions& options,
                                const JobContext& context);

/// Goes on with an interrupted or cancelled import. InvalidInput when the file has changed before the
/// checkpoint.
Result<ImportReport> resumeImport(Workspace& workspace, ImportId import, const JobContext& context);

} // namespace transept
