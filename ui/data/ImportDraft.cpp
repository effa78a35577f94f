#include "ui/data/ImportDraft.h"

#include "core/ingest/Columns.h"
#include "core/ingest/Plan.h"

#include <algorithm>

namespace transept::ui {

namespace {

/// The head of the file as the draft wants it read; `preset` may be null.
Result<Inspection> inspectAs(const ImportDraft& draft, const Preset* preset, std::string& detectedPreset)
{
    Result<Inspection> detected = inspect(draft.file);
    if (!detected) {
        return detected;
    }
    detectedPreset = detected->preset;
    Format format = detected->format;
    if (preset != nullptr) {
        format = preset->format;
        format.encoding = detected->format.encoding;
        format.compressed = detected->format.compressed;
    }
    format = draft.format.value_or(format);
    if (format == detected->format) {
        return detected;
    }
    Result<Inspection> overruled = inspect(draft.file, format);
    if (overruled) {
        overruled->target = detected->target;
        overruled->evidence = std::move(detected->evidence);
    }
    return overruled;
}

std::vector<std::string> namesOf(const Inspection& inspection)
{
    std::vector<std::string> names;
    for (const ColumnGuess& column : inspection.columns) {
        names.push_back(column.name);
    }
    return names;
}

/// Names by the preset, then roles: guessed, by the preset, or chosen.
void assignRoles(Inspection& inspection, const ImportDraft& draft, const Preset* preset)
{
    const bool isUnnamed = !inspection.format.header && inspection.format.layout == Format::Layout::Delimited;
    for (std::size_t at = 0; preset != nullptr && isUnnamed && at < inspection.columns.size(); ++at) {
        if (at < preset->names.size()) {
            inspection.columns[at].name = preset->names[at];
        }
    }
    guessRoles(inspection, inspection.target);
    if (preset != nullptr && preset->target == inspection.target && !preset->columns.empty()) {
        if (const auto roles = rolesFrom(namesOf(inspection), preset->columns)) {
            for (std::size_t at = 0; at < inspection.columns.size(); ++at) {
                inspection.columns[at].role = (*roles)[at];
            }
        }
    }
    if (draft.roles.size() == inspection.columns.size()) {
        for (std::size_t at = 0; at < inspection.columns.size(); ++at) {
            inspection.columns[at].role = draft.roles[at];
        }
    }
}

} // namespace

bool hasRole(const Inspection& inspection, Role role)
{
    return std::any_of(inspection.columns.begin(), inspection.columns.end(), [&](const ColumnGuess& column) {
        return column.role == role;
    });
}

Result<Examination> examine(const Workspace& workspace, const ImportDraft& draft)
{
    const Result<const Preset*> preset = draft.preset.empty() ? nullptr : findPreset(draft.preset);
    if (!preset) {
        return passOn(preset);
    }
    Examination examination;
    Result<Inspection> inspection = inspectAs(draft, *preset, examination.detectedPreset);
    if (!inspection) {
        return passOn(inspection);
    }
    examination.inspection = std::move(*inspection);
    examination.inspection.target =
        draft.target.value_or(*preset != nullptr ? (*preset)->target : examination.inspection.target);
    assignRoles(examination.inspection, draft, *preset);
    Result<std::vector<Domain>> domains = Catalog(workspace).domains();
    if (!domains) {
        return passOn(domains);
    }
    examination.domains = std::move(*domains);
    Result<std::vector<EarlierImport>> earlier = earlierImports(workspace);
    if (!earlier) {
        return passOn(earlier);
    }
    examination.earlier = std::move(*earlier);
    const Result<ImportPlan> plan =
        planImport(workspace, draft.file, optionsOf(draft, examination.inspection));
    if (!plan) {
        examination.problem = plan.error();
        return examination;
    }
    examination.platform = plan->platform;
    examination.kind = plan->kind;
    return examination;
}

ImportOptions optionsOf(const ImportDraft& draft, const Inspection& inspection)
{
    ImportOptions options = draft.options;
    options.target = inspection.target;
    options.preset = draft.preset;
    options.format = inspection.format;
    options.columns.clear();
    // Roles that nobody chose are guessed again by the import, which refuses what it must not guess.
    for (std::size_t at = 0; !draft.roles.empty() && at < inspection.columns.size(); ++at) {
        options.columns.emplace_back(std::to_string(at + 1), inspection.columns[at].role);
    }
    if (hasRole(inspection, Role::Domain)) {
        options.domain.clear();
    } else {
        options.domainNames.clear();
    }
    return options;
}

} // namespace transept::ui
