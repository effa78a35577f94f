#include "core/store/DomainName.h"

#include "core/base/Words.h"
#include "core/store/Catalog.h"

#include <algorithm>

namespace transept {
namespace {

/// Runs, knowledge bases and unfinished imports that know the domain by its name.
constexpr std::string_view countWhatNamesIt =
    "SELECT (SELECT count(*) FROM run WHERE json_extract(spec, '$.data.target') = ?1"
    "   OR EXISTS(SELECT 1 FROM json_each(run.spec, '$.data.sources') WHERE value = ?1))"
    " + (SELECT count(*) FROM knowledge_base"
    "   WHERE EXISTS(SELECT 1 FROM json_each(knowledge_base.config, '$.domains') WHERE value = ?1))"
    " + (SELECT count(*) FROM import WHERE state IN ('running', 'interrupted', 'cancelled')"
    "   AND (domain = ?2 OR domain IS NULL))";

Status checkName(std::string_view name, DomainId domain, const std::vector<Domain>& domains)
{
    if (name.empty() || name.find(',') != std::string_view::npos) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "The name of a domain is not empty and holds no comma. Type another."));
    }
    const bool isTaken = std::any_of(domains.begin(), domains.end(), [&](const Domain& each) {
        return each.name == name && each.id != domain;
    });
    if (isTaken) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "There is a domain %1 already. Choose another name."),
                    {std::string(name)});
    }
    return {};
}

Status checkNothingNamesIt(const Database& database, const Domain& domain)
{
    Result<Statement> count = database.prepare(countWhatNamesIt);
    const Result<bool> row =
        count ? count->bind(1, domain.name).bind(2, number(domain.id)).step() : passOn(count);
    if (!row) {
        return passOn(row);
    }
    if (count->integer(0) > 0) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "The domain %1 keeps its name: %2 runs, knowledge bases or unfinished "
                                 "imports know it by that. Import it again under another name."),
                    {domain.name, std::to_string(count->integer(0))});
    }
    return {};
}

} // namespace

Status renameDomain(const Workspace& workspace, DomainId domain, std::string_view name)
{
    name = trimmed(name);
    const Database& database = workspace.database();
    Result<Transaction> transaction =
        Transaction::begin(database); // nobody names it between check and change
    if (!transaction) {
        return passOn(transaction);
    }
    const Result<std::vector<Domain>> domains = Catalog(workspace).domains();
    if (!domains) {
        return passOn(domains);
    }
    const auto found =
        std::find_if(domains->begin(), domains->end(), [&](const Domain& each) { return each.id == domain; });
    if (found == domains->end()) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "The domain to be called %1 is no longer there."),
                    {std::string(name)});
    }
    if (found->name == name) {
        return {};
    }
    const Status checked =
        checkName(name, domain, *domains).and_then([&] { return checkNothingNamesIt(database, *found); });
    if (!checked) {
        return checked;
    }
    // One that was put aside gives up its name.
    Result<Statement> free = database.prepare(
        "UPDATE domain SET name = name || ' #' || id WHERE name = ? AND deleted IS NOT NULL");
    Result<Statement> rename = database.prepare("UPDATE domain SET name = ?2 WHERE id = ?1");
    if (!free || !rename) {
        return free ? passOn(rename) : passOn(free);
    }
    return free->bind(1, name)
        .run()
        .and_then([&] { return rename->bind(1, number(domain)).bind(2, name).run(); })
        .and_then([&] { return transaction->commit(); });
}

} // namespace transept
