#include "core/store/Deletion.h"

#include "core/base/Words.h"
#include "core/store/Catalog.h"
#include "core/store/KnowledgeStore.h"
#include "core/store/Rows.h"
#include "core/store/RunStore.h"
#include "core/store/VectorFolder.h"

#include <algorithm>
#include <functional>

namespace transept {
namespace {

constexpr std::string_view selectDeleted =
    "SELECT 0, id, name, deleted FROM run WHERE deleted IS NOT NULL"
    " UNION ALL SELECT 1, id, name, deleted FROM domain WHERE deleted IS NOT NULL"
    " UNION ALL SELECT 2, id, name, deleted FROM knowledge_base WHERE deleted IS NOT NULL"
    " ORDER BY 4 DESC, 1, 2";

Status setDeleted(const Workspace& workspace, Deletable kind, std::int64_t id, bool deleted)
{
    switch (kind) {
    case Deletable::Run:
        return RunStore(workspace).setDeleted(RunId{id}, deleted);
    case Deletable::Domain:
        return Catalog(workspace).setDeleted(DomainId{id}, deleted);
    case Deletable::Knowledge:
        return KnowledgeStore(workspace).setDeleted(KnowledgeId{id}, deleted);
    }
    return {};
}

Status deleteRun(const Workspace& workspace, const std::string& name)
{
    const Result<RunId> id = runNumber(name);
    return id ? setDeleted(workspace, Deletable::Run, number(*id), true) : passOn(id);
}

Status deleteKnowledge(const Workspace& workspace, const std::string& name)
{
    const Result<KnowledgeBase> base = KnowledgeStore(workspace).find(name);
    if (!base) {
        return passOn(base);
    }
    if (base->state == "running") {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "The knowledge base %1 is still being extracted. Stop that first, then "
                                 "delete it."),
                    {name});
    }
    return setDeleted(workspace, Deletable::Knowledge, number(base->id), true);
}

Status deleteOne(const Workspace& workspace, Deletable kind, const std::string& name)
{
    if (kind == Deletable::Run) {
        return deleteRun(workspace, name);
    }
    if (kind == Deletable::Knowledge) {
        return deleteKnowledge(workspace, name);
    }
    const Result<Domain> domain = Catalog(workspace).domain(name);
    return domain ? setDeleted(workspace, kind, number(domain->id), true) : passOn(domain);
}

Status restoreOne(const Workspace& workspace,
                  Deletable kind,
                  const std::vector<Deleted>& deleted,
                  const std::string& name)
{
    const auto found = std::find_if(deleted.begin(), deleted.end(), [&](const Deleted& each) {
        return each.kind == kind && (kind == Deletable::Run ? std::to_string(each.id) : each.name) == name;
    });
    if (found == deleted.end()) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors",
                                 "%1 is not among what was deleted. \"transept restore\" with the workspace "
                                 "alone lists that."),
                    {name});
    }
    return setDeleted(workspace, kind, found->id, false);
}

/// Does it for every name, and keeps it only if all went well.
Status forAll(const Workspace& workspace,
              std::span<const std::string> names,
              const std::function<Status(const std::string&)>& act)
{
    Result<Transaction> transaction = Transaction::begin(workspace.database());
    if (!transaction) {
        return passOn(transaction);
    }
    for (const std::string& name : names) {
        if (Status done = act(name); !done) {
            return done;
        }
    }
    return transaction->commit();
}

} // namespace

std::string_view wordOf(Deletable kind)
{
    switch (kind) {
    case Deletable::Run:
        return "run";
    case Deletable::Domain:
        return "domain";
    case Deletable::Knowledge:
        return "knowledge";
    }
    return {};
}

Result<std::vector<Deleted>> findDeleted(const Workspace& workspace)
{
    std::vector<Deleted> found;
    Result<Statement> rows = workspace.database().prepare(selectDeleted);
    const Status read = forEachRow(rows, [&found](const Statement& row) {
        found.push_back({.kind = static_cast<Deletable>(row.integer(0)),
                         .id = row.integer(1),
                         .name = std::string(row.text(2)),
                         .when = row.integer(3)});
    });
    return read ? Result<std::vector<Deleted>>(std::move(found)) : passOn(read);
}

Status deleteNamed(const Workspace& workspace, Deletable kind, std::span<const std::string> names)
{
    const Status deleted =
        forAll(workspace, names, [&](const std::string& name) { return deleteOne(workspace, kind, name); });
    if (deleted && kind == Deletable::Knowledge) {
        static_cast<void>(tidyVectors(workspace)); // what stays of the cache goes the next time
    }
    return deleted;
}

Status restoreNamed(const Workspace& workspace, Deletable kind, std::span<const std::string> names)
{
    const Result<std::vector<Deleted>> deleted = findDeleted(workspace);
    if (!deleted) {
        return passOn(deleted);
    }
    return forAll(workspace, names, [&](const std::string& name) {
        return restoreOne(workspace, kind, *deleted, name);
    });
}

} // namespace transept
