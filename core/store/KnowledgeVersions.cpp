#include "core/store/KnowledgeVersions.h"

#include "core/base/Words.h"
#include "core/store/Catalog.h"
#include "core/store/Rows.h"

#include <array>

namespace transept {
namespace {

constexpr std::int64_t itemsPerStep = 2000; ///< numbers of items, copied together

/// Tables that have rows for many items: the columns after `kb` and `item`.
constexpr std::array itemTables{
    std::pair{"facet", "nth, name, text, weight"},
    std::pair{"vector", "facet, data"},
    std::pair{"term_weights", "data"},
    std::pair{"extraction_failure", "reason, arguments, reply, attempts"},
    std::pair{"facet_review", "nth, verdict, created"},
};

/// Those that are copied at once, with the columns after `kb`.
constexpr std::array wholeTables{
    std::pair{"term", "id, text, documents"},
    std::pair{"text_space", "part, data"},
    std::pair{"user_facet", "person, domain, nth, name, text"},
    std::pair{"user_failure", "person, domain, reason, arguments, reply, attempts"},
    std::pair{"domain_pair", "source, target, text"},
};

/// Changes that hold; every knowledge base numbers its own.
constexpr std::string_view copyEdits = "INSERT INTO facet_edit(change, kb, item, nth, name, text, created)"
                                       " SELECT change, ?2, item, nth, name, text, created FROM facet_edit"
                                       " WHERE kb = ?1 AND undone = 0 ORDER BY id";

/// One copy under way.
class Copy
{
public:
    Copy(const Workspace& workspace, const KnowledgeBase& source, const JobContext& context)
        : m_database(workspace.database())
        , m_store(workspace)
        , m_source(source)
        , m_context(context)
    {
    }

    Result<KnowledgeId> make(const std::string& name)
    {
        const Result<KnowledgeId> begun = m_store.beginCopy(m_source, name);
        if (!begun) {
            return passOn(begun);
        }
        m_copy = *begun;
        Status copied = copyWhole().and_then([&] { return copyItems(); });
        if (copied) {
            copied = complete();
        }
        if (copied) {
            return m_copy;
        }
        const Status dropped = drop();
        return dropped ? passOn(copied) : passOn(dropped);
    }

private:
    Status copyWhole()
    {
        const StopWatcher watcher(m_database, m_context);
        for (const auto& [table, columns] : wholeTables) {
            const Status copied = change(
                m_database,
                fmt::format("INSERT INTO {0}(kb, {1}) SELECT ?2, {1} FROM {0} WHERE kb = ?1", table, columns),
                number(m_source.id),
                number(m_copy));
            if (!copied) {
                return copied;
            }
        }
        return change(m_database, copyEdits, number(m_source.id), number(m_copy));
    }

    Status copyItems()
    {
        const auto last = m_database.scalar("SELECT max(id) FROM item");
        if (!last) {
            return passOn(last);
        }
        const std::int64_t end = last->value_or(0);
        for (std::int64_t first = 1; first <= end; first += itemsPerStep) {
            const Status step =
                m_context.checkpoint().and_then([&] { return copyStep(first, first + itemsPerStep - 1); });
            if (!step) {
                return step;
            }
            const std::int64_t done = std::min(end, first + itemsPerStep - 1);
            m_context.progress({.fraction = static_cast<double>(done) / static_cast<double>(end),
                                .stage = TRANSLATABLE("stages", "Copying knowledge"),
                                .done = done,
                                .total = end});
        }
        return {};
    }

    Status copyStep(std::int64_t first, std::int64_t last)
    {
        Result<Transaction> transaction = Transaction::begin(m_database);
        if (!transaction) {
            return passOn(transaction);
        }
        for (const auto& [table, columns] : itemTables) {
            const Status copied =
                change(m_database,
                       fmt::format("INSERT INTO {0}(kb, item, {1}) SELECT ?2, item, {1} FROM {0}"
                                   " WHERE kb = ?1 AND item BETWEEN ?3 AND ?4",
                                   table,
                                   columns),
                       number(m_source.id),
                       number(m_copy),
                       first,
                       last);
            if (!copied) {
                return copied;
            }
        }
        return m_store.stampVectors(m_copy).and_then([&] { return transaction->commit(); });
    }

    /// From here on it is there for all.
    Status complete()
    {
        Result<Transaction> transaction = Transaction::begin(m_database);
        const Result<KnowledgeBase> now = transaction ? m_store.find(m_source.id) : passOn(transaction);
        if (!now) {
            return passOn(now);
        }
        if (now->state != "finished" || now->finished != m_source.finished || now->items != m_source.items) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "The knowledge base %1 changed while it was copied. Make the copy again "
                                     "when nothing is extracted into it."),
                        {m_source.name});
        }
        return m_store.setState(m_copy, "finished")
            .and_then([&] { return m_store.setLastItem(m_copy, m_source.lastItem); })
            .and_then([&] {
                return change(m_database,
                              "UPDATE knowledge_base SET items = ?2 WHERE id = ?1",
                              number(m_copy),
                              m_source.items);
            })
            .and_then([&] { return transaction->commit(); });
    }

    /// What was copied is taken away again, in steps as well, whether or not a stop was asked for.
    Status drop()
    {
        const auto last = m_database.scalar("SELECT max(id) FROM item");
        if (!last) {
            return passOn(last);
        }
        for (std::int64_t first = 1; first <= last->value_or(0); first += itemsPerStep) {
            for (const auto& [table, columns] : itemTables) {
                const Status gone =
                    change(m_database,
                           fmt::format("DELETE FROM {} WHERE kb = ?1 AND item BETWEEN ?2 AND ?3", table),
                           number(m_copy),
                           first,
                           first + itemsPerStep - 1);
                if (!gone) {
                    return gone;
                }
            }
        }
        return m_store.remove(m_copy);
    }

    const Database& m_database;
    KnowledgeStore m_store;
    const KnowledgeBase& m_source;
    const JobContext& m_context;
    KnowledgeId m_copy{};
};

} // namespace

Status checkKnowledgeName(std::string_view name)
{
    if (!trimmed(name).empty() && trimmed(name).size() == name.size()) {
        return {};
    }
    return fail(
        ErrorCode::InvalidInput,
        TRANSLATABLE("errors", "The knowledge base needs a name that does not start or end with a blank."));
}

Result<KnowledgeVersion> versionOf(const Workspace& workspace, const KnowledgeBase& base)
{
    const Result<bool> frozen = KnowledgeStore(workspace).isFrozen(base.id);
    if (!frozen) {
        return passOn(frozen);
    }
    KnowledgeVersion version{.isFrozen = *frozen};
    if (base.state != "finished" || base.lastItem == ItemId{}) {
        return version;
    }
    const Result<std::vector<Domain>> domains = Catalog(workspace).domains();
    Result<Statement> count =
        workspace.database().prepare("SELECT count(*) FROM item NOT INDEXED WHERE id > ? AND domain = ?");
    if (!domains || !count) {
        return domains ? passOn(count) : passOn(domains);
    }
    const auto names = base.config.value("domains", std::vector<std::string>());
    for (const Domain& domain : *domains) {
        if (std::ranges::find(names, domain.name) == names.end()) {
            continue;
        }
        count->rewind();
        const Result<bool> row = count->bind(1, number(base.lastItem)).bind(2, number(domain.id)).step();
        if (!row) {
            return passOn(row);
        }
        version.newItems += count->integer(0);
    }
    return version;
}

Result<KnowledgeId> copyKnowledge(const Workspace& workspace,
                                  KnowledgeId source,
                                  const std::string& name,
                                  const JobContext& context)
{
    const KnowledgeStore store(workspace);
    const Result<KnowledgeBase> base = store.find(source);
    const Result<std::vector<KnowledgeBase>> all = store.all();
    if (!base || !all) {
        return base ? passOn(all) : passOn(base);
    }
    if (const Status named = checkKnowledgeName(name); !named) {
        return passOn(named);
    }
    if (std::ranges::find(*all, name, &KnowledgeBase::name) != all->end()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "There is a knowledge base %1 already. Choose another name."),
                    {name});
    }
    if (base->state != "finished") {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The knowledge base %1 is not finished (%2). Go on with its extraction before "
                         "you make a copy."),
            {base->name, base->state});
    }
    return Copy(workspace, *base, context).make(name);
}

} // namespace transept
