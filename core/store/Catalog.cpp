#include "core/store/Catalog.h"

#include "core/base/Words.h"

#include <cmath>

namespace transept {
namespace {

constexpr std::string_view selectDomains =
    "SELECT domain.id, domain.platform, platform.name, domain.name, domain.kind, domain.scale_min, "
    "domain.scale_max,"
    " domain.unit, EXISTS(SELECT 1 FROM given_negative WHERE given_negative.domain = domain.id)"
    " FROM domain JOIN platform ON platform.id = domain.platform"
    " WHERE domain.deleted IS NULL ORDER BY domain.id";

std::optional<double> optionalReal(const Statement& row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(row.real(column));
}

Domain domainOf(const Statement& row)
{
    return {.id = DomainId{row.integer(0)},
            .platform = PlatformId{row.integer(1)},
            .platformName = std::string(row.text(2)),
            .name = std::string(row.text(3)),
            .kind = row.text(4) == "explicit" ? FeedbackKind::Explicit : FeedbackKind::Implicit,
            .scaleMin = optionalReal(row, 5),
            .scaleMax = optionalReal(row, 6),
            .unit = std::string(row.text(7)),
            .hasNegatives = row.integer(8) != 0};
}

Status checkSame(const Domain& found, std::string_view platform, FeedbackKind kind)
{
    if (found.platformName != platform) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "The domain %1 belongs to the platform %2, not %3. Choose another name for the domain, "
                "or import to its platform."),
            {found.name, found.platformName, std::string(platform)});
    }
    if (found.kind != kind) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE(
                        "errors",
                        "The domain %1 holds %2 feedback, not %3. Choose another name for the domain, or the "
                        "kind that it has."),
                    {found.name, std::string(wordOf(found.kind)), std::string(wordOf(kind))});
    }
    return {};
}

} // namespace

std::string_view wordOf(FeedbackKind kind)
{
    return kind == FeedbackKind::Explicit ? "explicit" : "implicit";
}

Result<std::vector<Domain>> Catalog::domains() const
{
    Result<Statement> rows = m_database.prepare(selectDomains);
    if (!rows) {
        return passOn(rows);
    }
    std::vector<Domain> found;
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        found.push_back(domainOf(*rows));
    }
    if (!row) {
        return passOn(row);
    }
    return found;
}

Result<Domain> Catalog::domain(std::string_view name) const
{
    Result<std::vector<Domain>> all = domains();
    if (!all) {
        return passOn(all);
    }
    std::vector<std::string> names;
    for (Domain& each : *all) {
        if (each.name == name) {
            return std::move(each);
        }
        names.push_back(each.name);
    }
    if (names.empty()) {
        return fail(
            ErrorCode::NotFound,
            TRANSLATABLE("errors", "There is no domain %1: the workspace is empty. Import data first."),
            {std::string(name)});
    }
    if (const auto nearest = nearestWord(name, names)) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "There is no domain %1. Did you mean %2? There are: %3."),
                    {std::string(name), *nearest, listed(names)});
    }
    return fail(ErrorCode::NotFound,
                TRANSLATABLE("errors", "There is no domain %1. There are: %2."),
                {std::string(name), listed(names)});
}

Result<PlatformId> Catalog::ensurePlatform(std::string_view name) const
{
    Result<Statement> insert =
        m_database.prepare("INSERT INTO platform(name) VALUES(?) ON CONFLICT DO NOTHING");
    Result<Statement> find = m_database.prepare("SELECT id FROM platform WHERE name = ?");
    if (!insert || !find) {
        return insert ? passOn(find) : passOn(insert);
    }
    if (const Status inserted = insert->bind(1, name).run(); !inserted) {
        return passOn(inserted);
    }
    if (const Result<bool> row = find->bind(1, name).step(); !row) {
        return passOn(row);
    }
    return PlatformId{find->integer(0)};
}

Result<Domain> Catalog::ensureDomain(std::string_view name,
                                     std::string_view platform,
                                     FeedbackKind kind) const
{
    if (trimmed(name).empty() || trimmed(platform).empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "A domain and its platform need a name. Give them one, like films."));
    }
    const auto same = [&](Result<Domain> found) -> Result<Domain> {
        const Status checked = found ? checkSame(*found, platform, kind) : passOn(found);
        return checked ? std::move(found) : passOn(checked);
    };
    if (Result<Domain> found = domain(name); found || found.error().code != ErrorCode::NotFound) {
        return same(std::move(found));
    }
    const Result<PlatformId> platformId = ensurePlatform(platform);
    if (!platformId) {
        return passOn(platformId);
    }
    // A domain that was put aside keeps its data but gives up its name. Another program may make the same
    // domain meanwhile: then that one is taken.
    Result<Statement> rename = m_database.prepare(
        "UPDATE domain SET name = name || ' #' || id WHERE name = ? AND deleted IS NOT NULL");
    Result<Statement> insert =
        m_database.prepare("INSERT INTO domain(platform, name, kind) VALUES(?, ?, ?) ON CONFLICT DO NOTHING");
    if (!rename || !insert) {
        return rename ? passOn(insert) : passOn(rename);
    }
    const Status inserted = rename->bind(1, name).run().and_then(
        [&] { return insert->bind(1, number(*platformId)).bind(2, name).bind(3, wordOf(kind)).run(); });
    if (!inserted) {
        return passOn(inserted);
    }
    return same(domain(name));
}

Status Catalog::widenScale(DomainId domain, double lowest, double highest) const
{
    if (!std::isfinite(lowest) || !std::isfinite(highest)) {
        return {}; // SQLite would read NaN as NULL and forget the scale
    }
    Result<Statement> update =
        m_database.prepare("UPDATE domain SET scale_min = min(coalesce(scale_min, ?2), ?2),"
                           " scale_max = max(coalesce(scale_max, ?3), ?3) WHERE id = ?1");
    if (!update) {
        return passOn(update);
    }
    return update->bind(1, number(domain)).bind(2, lowest).bind(3, highest).run();
}

Status Catalog::setDeleted(DomainId domain, bool deleted) const
{
    Result<Statement> update = m_database.prepare("UPDATE domain SET deleted = ?2 WHERE id = ?1");
    if (!update) {
        return passOn(update);
    }
    return update->bind(1, number(domain)).bind(2, deleted ? std::optional(now()) : std::nullopt).run();
}

} // namespace transept
