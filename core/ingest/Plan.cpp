#include "core/ingest/Plan.h"

#include "core/base/Words.h"
#include "core/ingest/Columns.h"
#include "core/ingest/Values.h"

namespace transept {
namespace {

std::vector<std::string> splitNames(std::string_view names)
{
    std::vector<std::string> parts;
    while (!names.empty()) {
        const std::size_t end = std::min(names.find(','), names.size());
        if (const std::string_view part = trimmed(names.substr(0, end)); !part.empty()) {
            parts.emplace_back(part);
        }
        names.remove_prefix(std::min(end + 1, names.size()));
    }
    return parts;
}

Result<Inspection> inspectFor(ImportPlan& plan, const Preset* preset)
{
    const ImportOptions& options = plan.options;
    Result<Inspection> detected = inspect(plan.file);
    if (!detected) {
        return detected;
    }
    Format format = detected->format;
    if (preset != nullptr) {
        format = preset->format;
        format.encoding = detected->format.encoding;
        format.compressed = detected->format.compressed;
    }
    if (options.format) {
        format = *options.format;
    }
    plan.format = format;
    return format == detected->format ? detected : inspect(plan.file, format);
}

void nameColumns(Inspection& inspection, const Preset* preset)
{
    if (preset == nullptr || inspection.format.header ||
        inspection.format.layout != Format::Layout::Delimited) {
        return;
    }
    for (std::size_t at = 0; at < std::min(preset->names.size(), inspection.columns.size()); ++at) {
        inspection.columns[at].name = preset->names[at];
    }
}

Status assignRoles(ImportPlan& plan, Inspection& inspection, const Preset* preset)
{
    guessRoles(inspection, plan.options.target);
    for (const ColumnGuess& column : inspection.columns) {
        plan.names.push_back(column.name);
        plan.roles.push_back(column.role);
    }
    const bool presetFits =
        preset != nullptr && preset->target == plan.options.target && !preset->columns.empty();
    if (plan.options.columns.empty() && !presetFits) {
        return {};
    }
    Result<std::vector<Role>> roles =
        rolesFrom(plan.names,
                  plan.options.columns.empty() && preset != nullptr ? preset->columns : plan.options.columns);
    if (!roles) {
        return passOn(roles);
    }
    plan.roles = std::move(*roles);
    return {};
}

Status checkRoles(const ImportPlan& plan)
{
    const auto count = [&](Role role) { return std::count(plan.roles.begin(), plan.roles.end(), role); };
    const ImportTarget target = plan.options.target;
    if (target != ImportTarget::Items && count(Role::User) == 0) {
        return noColumnFor(plan.file, wordOf(Role::User), plan.names);
    }
    const bool hasItems = target == ImportTarget::Items || target == ImportTarget::Interactions ||
                          target == ImportTarget::Negatives;
    if (hasItems && count(Role::Item) == 0) {
        return noColumnFor(plan.file, wordOf(Role::Item), plan.names);
    }
    if (target == ImportTarget::Negatives && count(Role::Negative) == 0) {
        return noColumnFor(plan.file, wordOf(Role::Negative), plan.names);
    }
    if (target == ImportTarget::Links && count(Role::User) != 2) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "%1: a file of links needs two columns of users, one for each platform. The columns "
                         "are: %2."),
            {plan.file.string(), listed(plan.names)});
    }
    for (const Role role : allRoles()) {
        const bool mayRepeat = role == Role::Ignore || role == Role::Field || role == Role::Text ||
                               (target == ImportTarget::Links && role == Role::User);
        if (count(role) > 1 && !mayRepeat) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "%1: two columns have the role %2. Choose one of them."),
                        {plan.file.string(), std::string(wordOf(role))});
        }
    }
    return {};
}

/// Which domains the rows belong to, and whether they say it themselves.
Status decideDomains(ImportPlan& plan)
{
    const auto column = std::find(plan.roles.begin(), plan.roles.end(), Role::Domain);
    const bool columnWasNamed = !plan.options.columns.empty();
    plan.domains = splitNames(plan.options.domain);
    if (column != plan.roles.end() && !plan.domains.empty()) {
        if (columnWasNamed) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors", "A column names the domain and %1 is given as well. Leave one out."),
                {plan.options.domain});
        }
        *column = plan.options.target == ImportTarget::Items ? Role::Field : Role::Ignore;
    }
    if (plan.options.domainFromItems) {
        plan.domains.clear();
        return {};
    }
    const bool isOfOne =
        plan.options.target == ImportTarget::Interactions || plan.options.target == ImportTarget::Negatives;
    const bool needsDomain = isOfOne || plan.options.target == ImportTarget::Items;
    if (needsDomain && plan.domains.empty() && (column == plan.roles.end() || *column != Role::Domain)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1: no domain is named. Name it, or the column that holds it."),
                    {plan.file.string()});
    }
    if (isOfOne && plan.domains.size() > 1) {
        return fail(ErrorCode::InvalidInput,
                    plan.options.target == ImportTarget::Interactions
                        ? TRANSLATABLE("errors",
                                       "Interactions belong to one domain, and %1 are named. Only "
                                       "descriptions of items can be shared by several domains.")
                        : TRANSLATABLE("errors",
                                       "Negatives belong to one domain, and %1 are named. Only descriptions "
                                       "of items can be shared by several domains."),
                    {listed(plan.domains)});
    }
    return {};
}

std::string defaultPlatform(const ImportPlan& plan, const std::vector<Domain>& existing)
{
    std::vector<std::string> names = plan.domains;
    for (const auto& [word, name] : plan.options.domainNames) {
        names.push_back(name);
    }
    for (const Domain& domain : existing) {
        const bool isMeant = std::find(names.begin(), names.end(), domain.name) != names.end();
        if (isMeant || (plan.options.domainFromItems && names.empty())) {
            return domain.platformName;
        }
    }
    if (plan.domains.empty() && !names.empty()) {
        std::string joined;
        for (const std::string& name : names) {
            joined += (joined.empty() ? "" : "+") + name;
        }
        return joined;
    }
    return names.empty() ? std::string() : names.front();
}

Status decidePlatform(ImportPlan& plan, const std::vector<Domain>& existing)
{
    plan.platform = plan.options.platform;
    const std::vector<std::string> platforms = splitNames(plan.options.platform);
    if (plan.options.target == ImportTarget::Links) {
        if (platforms.size() != 2) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE(
                    "errors",
                    "Links join the accounts of two platforms: name both, separated by a comma, in the "
                    "order of the columns."));
        }
        plan.platform = platforms[0];
        plan.secondPlatform = platforms[1];
        return {};
    }
    if (plan.platform.empty()) {
        plan.platform = defaultPlatform(plan, existing);
    }
    std::vector<std::string> all;
    for (const Domain& domain : existing) {
        if (std::find(all.begin(), all.end(), domain.platformName) == all.end()) {
            all.push_back(domain.platformName);
        }
    }
    if (plan.options.domainFromItems &&
        (existing.empty() || (plan.options.platform.empty() && all.size() > 1))) {
        return fail(
            ErrorCode::InvalidInput,
            existing.empty()
                ? TRANSLATABLE("errors",
                               "The domains shall come from the items, and there are no items. Import "
                               "the descriptions of the items first.")
                : TRANSLATABLE("errors",
                               "The domains shall come from the items, and there are several "
                               "platforms: %1. Name one."),
            {listed(all)});
    }
    if (plan.options.target == ImportTarget::Users && plan.platform.empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "%1: no platform is named for these users. Name it, or one of its domains."),
                    {plan.file.string()});
    }
    return {};
}

Result<bool> hasInteractions(const Workspace& workspace, DomainId domain)
{
    const auto found = workspace.database().scalar(
        "SELECT EXISTS(SELECT 1 FROM interaction WHERE domain = " + std::to_string(number(domain)) + ")");
    return found ? Result<bool>(found->value_or(0) != 0) : passOn(found);
}

/// The refusals of ensureDomain(), before anything is written; negatives are of a domain that is there.
Status checkDomains(const Workspace& workspace, const ImportPlan& plan, const std::vector<Domain>& existing)
{
    if (plan.options.target == ImportTarget::Negatives) {
        for (const std::string& name : plan.domains) {
            if (const Result<Domain> found = Catalog(workspace).domain(name); !found) {
                return passOn(found);
            }
        }
    }
    for (const Domain& domain : existing) {
        if (std::find(plan.domains.begin(), plan.domains.end(), domain.name) == plan.domains.end()) {
            continue;
        }
        const Result<bool> filled = hasInteractions(workspace, domain.id);
        if (!filled) {
            return passOn(filled);
        }
        const bool isInteractions = plan.options.target == ImportTarget::Interactions;
        const bool anyPlatform = !isInteractions && plan.options.platform.empty();
        const Result<Domain> fits =
            Catalog(workspace).ensureDomain(domain.name,
                                            anyPlatform ? domain.platformName : plan.platform,
                                            isInteractions && *filled ? plan.kind : domain.kind);
        if (!fits) {
            return passOn(fits);
        }
    }
    return {};
}

tl::unexpected<Error> textsAsValues(const ImportPlan& plan, const Inspection& inspection, std::size_t column)
{
    const auto isText = [&](const PreviewRow& row) {
        double number = 0.0;
        return column >= row.fields.size() || parseNumber(row.fields[column], number) != NumberProblem::None;
    };
    const auto row = std::find_if(inspection.rows.begin(), inspection.rows.end(), isText);
    const bool isThere = row != inspection.rows.end() && column < row->fields.size();
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE(
                    "errors",
                    "%1, line %2: the column %3 is named like a rating and holds \"%4\", which is no number. "
                    "Correct the file, say which columns to read, or that the feedback is implicit."),
                {plan.file.string(),
                 std::to_string(row != inspection.rows.end() ? row->line : 1),
                 inspection.columns[column].name,
                 isThere ? row->fields[column] : std::string()});
}

/// A domain that holds ratings already, among those that the rows belong to.
Result<const Domain*> domainWithRatings(const Workspace& workspace,
                                        const ImportPlan& plan,
                                        const std::vector<Domain>& existing)
{
    for (const Domain& domain : existing) {
        const bool isMeant =
            std::find(plan.domains.begin(), plan.domains.end(), domain.name) != plan.domains.end();
        const Result<bool> filled =
            isMeant && domain.kind == FeedbackKind::Explicit ? hasInteractions(workspace, domain.id) : false;
        if (!filled) {
            return passOn(filled);
        }
        if (*filled) {
            return &domain;
        }
    }
    return nullptr;
}

/// Without a word of the user, interactions without a column of values are implicit feedback. Not so when
/// that would silently drop ratings that cannot be read, or mix them with those of the domain.
Status settleGuessedKind(const Workspace& workspace,
                         ImportPlan& plan,
                         const Inspection& inspection,
                         const std::vector<Domain>& existing)
{
    const bool isGuess = plan.options.target == ImportTarget::Interactions && !plan.options.kind &&
                         plan.kind == FeedbackKind::Implicit;
    if (!isGuess) {
        return {};
    }
    const std::size_t column = columnNamedLikeValues(inspection);
    const bool isNamed = plan.options.columns.empty() && column < inspection.columns.size();
    if (isNamed && !holdsNumbers(inspection, column)) {
        return textsAsValues(plan, inspection, column);
    }
    const Result<const Domain*> domain = domainWithRatings(workspace, plan, existing);
    if (!domain || *domain == nullptr) {
        return domain ? Status{} : passOn(domain);
    }
    if (isNamed && plan.roles[column] == Role::Ignore) { // all 1 in the first rows, and ratings all the same
        plan.roles[column] = Role::Value;
        plan.kind = FeedbackKind::Explicit;
        return {};
    }
    return fail(
        ErrorCode::InvalidInput,
        TRANSLATABLE("errors",
                     "%1: the domain %2 holds ratings, and no column of this file is known to hold some. The "
                     "columns are: %3. Name the column of values, or choose another domain."),
        {plan.file.string(), (*domain)->name, listed(plan.names)});
}

Status checkOptions(const ImportOptions& options)
{
    constexpr std::array<std::string_view, 4> parts{"", "train", "valid", "test"};
    if (std::find(parts.begin(), parts.end(), options.part) == parts.end()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "There is no part %1. A part is train, valid or test."),
                    {options.part});
    }
    const bool isOfValues = options.duplicates == Duplicates::Mean || options.duplicates == Duplicates::Sum;
    if (options.target == ImportTarget::Negatives && isOfValues) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "Negatives have no values to make a %1 of. The rule for repeated ones is "
                                 "last, first, keep or reject."),
                    {std::string(wordOf(options.duplicates))});
    }
    return {};
}

Status decideEverything(const Workspace& workspace, ImportPlan& plan)
{
    Result<const Preset*> preset = plan.options.preset.empty() ? nullptr : findPreset(plan.options.preset);
    if (!preset) {
        return passOn(preset);
    }
    Result<Inspection> inspection = inspectFor(plan, *preset);
    if (!inspection) {
        return passOn(inspection);
    }
    nameColumns(*inspection, *preset);
    const Result<std::vector<Domain>> existing = Catalog(workspace).domains();
    if (!existing) {
        return passOn(existing);
    }
    return assignRoles(plan, *inspection, *preset)
        .and_then([&] { return checkRoles(plan); })
        .and_then([&] { return decideDomains(plan); })
        .and_then([&] { return decidePlatform(plan, *existing); })
        .and_then([&] {
            const bool hasValues =
                std::find(plan.roles.begin(), plan.roles.end(), Role::Value) != plan.roles.end();
            const bool isExplicit = hasValues || plan.options.target != ImportTarget::Interactions;
            plan.kind =
                plan.options.kind.value_or(isExplicit ? FeedbackKind::Explicit : FeedbackKind::Implicit);
            return settleGuessedKind(workspace, plan, *inspection, *existing);
        })
        .and_then([&] { return checkDomains(workspace, plan, *existing); });
}

} // namespace

Result<ImportPlan> planImport(const Workspace& workspace,
                              const std::filesystem::path& file,
                              const ImportOptions& options)
{
    if (const Status sound = checkOptions(options); !sound) {
        return passOn(sound);
    }
    std::error_code ignored;
    ImportPlan plan{.file = std::filesystem::absolute(file, ignored), .options = options};
    if (const Status decided = decideEverything(workspace, plan); !decided) {
        return passOn(decided);
    }
    plan.options.format = plan.format;
    plan.options.kind = plan.kind;
    plan.options.platform = plan.options.target == ImportTarget::Links ? options.platform : plan.platform;
    plan.options.columns.clear();
    for (std::size_t at = 0; at < plan.roles.size(); ++at) {
        plan.options.columns.emplace_back(std::to_string(at + 1), plan.roles[at]);
    }
    const bool isHeldBack = options.part == "valid" || options.part == "test";
    plan.options.partOfLastOnly =
        options.partOfLastOnly.value_or(isHeldBack && plan.format.layout == Format::Layout::ItemList);
    return plan;
}

Result<Domain> ensureDomain(const Workspace& workspace, const std::string& name, const ImportPlan& plan)
{
    const Catalog catalog(workspace);
    const std::string& platform = plan.platform.empty() ? name : plan.platform;
    const FeedbackKind kind = plan.kind;
    const Result<Domain> found = catalog.domain(name);
    if (!found && found.error().code == ErrorCode::NotFound) {
        return catalog.ensureDomain(name, platform, kind);
    }
    if (!found || plan.options.target != ImportTarget::Interactions) {
        return found;
    }
    if (found->kind == kind) {
        return catalog.ensureDomain(name, platform, kind);
    }
    const Result<bool> filled = hasInteractions(workspace, found->id);
    if (!filled || *filled) {
        return filled ? catalog.ensureDomain(name, platform, kind) : passOn(filled);
    }
    Result<Statement> change = workspace.database().prepare("UPDATE domain SET kind = ? WHERE id = ?");
    if (!change) {
        return passOn(change);
    }
    if (const Status changed = change->bind(1, wordOf(kind)).bind(2, number(found->id)).run(); !changed) {
        return passOn(changed);
    }
    return catalog.ensureDomain(name, platform, kind);
}

} // namespace transept
