#include "ui/data/ImportDraft.h"

#include "core/ingest/Columns.h"
#include "core/ingest/Plan.h"

#include <algorithm>
#include <array>

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

std::vector<std::string> wordsOf(const Inspection& inspection, Role role)
{
    constexpr std::size_t mostWords = 50;
    std::vector<std::string> words;
    for (std::size_t at = 0; at < inspection.columns.size(); ++at) {
        for (const PreviewRow& row : inspection.rows) {
            const bool isNew = inspection.columns[at].role == role && at < row.fields.size() &&
                               std::find(words.begin(), words.end(), row.fields[at]) == words.end();
            if (isNew && words.size() < mostWords) {
                words.push_back(row.fields[at]);
            }
        }
    }
    std::sort(words.begin(), words.end());
    return words;
}

bool isGeneric(const std::string& word)
{
    constexpr std::array<std::string_view, 26> generic{
        "rating",   "ratings",    "review", "reviews", "interaction", "interactions", "event",
        "events",   "item",       "items",  "info",    "history",     "train",        "test",
        "valid",    "validation", "data",   "dataset", "user",        "users",        "inter",
        "original", "overlap",    "log",    "table",   "export"};
    std::string lower = word;
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    return std::find(generic.begin(), generic.end(), lower) != generic.end();
}

/// The name without its generic words.
std::string telling(const std::string& name)
{
    std::string kept;
    std::string word;
    for (const char letter : name + '_') {
        if (letter != '_' && letter != '-' && letter != ' ' && letter != '.') {
            word += letter;
            continue;
        }
        if (!word.empty() && !isGeneric(word)) {
            kept += (kept.empty() ? "" : "_") + word;
        }
        word.clear();
    }
    return kept;
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
    examination.domainWords = wordsOf(examination.inspection, Role::Domain);
    Result<std::vector<Domain>> domains = Catalog(workspace).domains();
    if (!domains) {
        return passOn(domains);
    }
    examination.domains = std::move(*domains);
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
    for (std::size_t at = 0; at < inspection.columns.size(); ++at) {
        options.columns.emplace_back(std::to_string(at + 1), inspection.columns[at].role);
    }
    if (hasRole(inspection, Role::Domain)) {
        options.domain.clear();
    } else {
        options.domainNames.clear();
    }
    return options;
}

std::string proposedDomain(const std::filesystem::path& file)
{
    std::filesystem::path stem = file.filename();
    for (int ending = 0; ending < 2 && stem.has_extension(); ++ending) {
        stem = stem.stem();
    }
    const std::string name = telling(stem.string());
    return name.empty() ? telling(file.parent_path().filename().string()) : name;
}

} // namespace transept::ui
