// The part of KnowledgeStore that says what state a knowledge base is in, and whether it may change.

#include "core/store/KnowledgeStore.h"
#include "core/store/Process.h"
#include "core/store/Rows.h"

namespace transept {
namespace {

/// InvalidInput while another job extracts it.
Status checkIdle(const KnowledgeBase& base)
{
    if (base.state != "running") {
        return {};
    }
    return fail(
        ErrorCode::InvalidInput,
        TRANSLATABLE("errors",
                     "The knowledge base %1 is being extracted by another job. Wait until it is done."),
        {base.name});
}

/// InvalidInput when one of this name cannot be gone on with.
Status checkBeginnable(const KnowledgeBase& taken, std::string_view extractor, const Json& config)
{
    if (taken.isIncompleteCopy) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "The knowledge base %1 is a copy that is not complete. Delete it, and "
                                 "make the copy again."),
                    {taken.name});
    }
    if (taken.state == "finished") {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The knowledge base %1 exists and is finished. Choose another name, or delete it."),
            {taken.name});
    }
    if (const Status idle = checkIdle(taken); !idle) {
        return idle;
    }
    if (taken.extractor != extractor || taken.config != config) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The knowledge base %1 was begun with other settings. Choose another name, or the "
                         "settings that it was begun with: %2."),
            {taken.name, taken.config.dump()});
    }
    return {};
}

} // namespace

Result<KnowledgeId> KnowledgeStore::begin(std::string_view name,
                                          std::string_view extractor,
                                          const Json& config) const
{
    Result<Transaction> transaction = Transaction::begin(m_database);
    if (!transaction) {
        return passOn(transaction);
    }
    const Result<std::vector<KnowledgeBase>> bases = all();
    if (!bases) {
        return passOn(bases);
    }
    const auto taken = std::ranges::find(*bases, name, &KnowledgeBase::name);
    if (taken != bases->end()) {
        if (const Status free = checkBeginnable(*taken, extractor, config); !free) {
            return passOn(free);
        }
    } else {
        if (const Status added = addWithin(name, extractor, config); !added) {
            return passOn(added);
        }
    }
    const KnowledgeId id = taken != bases->end() ? taken->id : KnowledgeId{m_database.lastInsertId()};
    const Status begun = setState(id, "running").and_then([&] { return transaction->commit(); });
    return begun ? Result<KnowledgeId>(id) : passOn(begun);
}

Result<KnowledgeBase> KnowledgeStore::takeUp(const KnowledgeBase& seen, const Json& config) const
{
    Result<Transaction> transaction = Transaction::begin(m_database);
    Result<KnowledgeBase> now = transaction ? find(seen.id) : passOn(transaction);
    const Status idle = now ? checkIdle(*now) : passOn(now);
    if (!idle) {
        return passOn(idle);
    }
    if (now->state != "finished" || now->config != seen.config) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "Another job changed the knowledge base %1 in the meantime. Try again."),
            {now->name});
    }
    const Status taken = checkChangeable(seen.id)
                             .and_then([&] { return setConfig(seen.id, config); })
                             .and_then([&] { return setState(seen.id, "running"); })
                             .and_then([&] { return transaction->commit(); });
    return taken ? std::move(now) : passOn(taken);
}

Status KnowledgeStore::putBack(const KnowledgeBase& before) const
{
    Result<Statement> update =
        m_database.prepare("UPDATE knowledge_base SET state = ?2, reason = ?3, config = ?4, finished = ?5,"
                           " last_item = ?6 WHERE id = ?1");
    if (!update) {
        return passOn(update);
    }
    return update->bind(1, number(before.id))
        .bind(2, before.state)
        .bind(3, before.reason)
        .bind(4, before.config.dump())
        .bind(5, before.finished)
        .bind(6, number(before.lastItem))
        .run();
}

Status KnowledgeStore::addWithin(std::string_view name, std::string_view extractor, const Json& config) const
{
    // One that was put aside keeps its data but gives up its name.
    Result<Statement> rename =
        m_database.prepare("UPDATE knowledge_base SET name = name || ' #' || id WHERE name = ?");
    Result<Statement> insert = m_database.prepare("INSERT INTO knowledge_base(name, extractor, config, "
                                                  "state, started) VALUES(?, ?, ?, 'interrupted', ?)");
    if (!rename || !insert) {
        return rename ? passOn(insert) : passOn(rename);
    }
    return rename->bind(1, name).run().and_then(
        [&] { return insert->bind(1, name).bind(2, extractor).bind(3, config.dump()).bind(4, now()).run(); });
}

Result<KnowledgeId> KnowledgeStore::beginCopy(const KnowledgeBase& source, std::string_view name) const
{
    Result<Transaction> transaction = Transaction::begin(m_database);
    if (!transaction) {
        return passOn(transaction);
    }
    if (const Status added = addWithin(name, source.extractor, source.config); !added) {
        return passOn(added);
    }
    const KnowledgeId id{m_database.lastInsertId()};
    Result<Statement> describe = m_database.prepare(
        "UPDATE knowledge_base SET copy_of = ?2, dimension = ?3, last_item = -1 WHERE id = ?1");
    const Status begun = (describe ? describe->bind(1, number(id))
                                         .bind(2, source.name)
                                         .bind(3, std::int64_t{source.dimension})
                                         .run()
                                   : Status(passOn(describe)))
                             .and_then([&] { return setState(id, "running"); })
                             .and_then([&] { return transaction->commit(); });
    return begun ? Result<KnowledgeId>(id) : passOn(begun);
}

Status KnowledgeStore::setState(KnowledgeId id, std::string_view state, std::string_view reason) const
{
    Result<Statement> update =
        m_database.prepare("UPDATE knowledge_base SET state = ?2, reason = ?3, process = ?4,"
                           " finished = CASE ?2 WHEN 'running' THEN NULL ELSE ?5 END"
                           " WHERE id = ?1");
    if (!update) {
        return passOn(update);
    }
    return update->bind(1, number(id))
        .bind(2, state)
        .bind(3, reason)
        .bind(4, processId())
        .bind(5, now())
        .run();
}

Status KnowledgeStore::setLastItem(KnowledgeId id, ItemId item) const
{
    return change(
        m_database, "UPDATE knowledge_base SET last_item = ?2 WHERE id = ?1", number(id), number(item));
}

Status KnowledgeStore::setConfig(KnowledgeId id, const Json& config) const
{
    Result<Statement> update = m_database.prepare("UPDATE knowledge_base SET config = ? WHERE id = ?");
    return update ? update->bind(1, config.dump()).bind(2, number(id)).run() : passOn(update);
}

Status KnowledgeStore::setDeleted(KnowledgeId id, bool deleted) const
{
    return deleted
               ? change(m_database, "UPDATE knowledge_base SET deleted = ?2 WHERE id = ?1", number(id), now())
               : change(m_database, "UPDATE knowledge_base SET deleted = NULL WHERE id = ?1", number(id));
}

Result<bool> KnowledgeStore::isFrozen(KnowledgeId id) const
{
    // Runs name what they use. One that is not finished was used by none, and one that was finished after a
    // run began was not what that run used; the number is in the name of one that gave its name up (begin()).
    Result<Statement> uses = m_database.prepare(
        "SELECT 1 FROM knowledge_base AS base JOIN run ON run.started >= base.finished, json_each("
        " json_array(json_extract(run.spec, '$.knowledge'), json_extract(run.spec, '$.knowledge_terms')))"
        " AS used WHERE base.id = ? AND base.state = 'finished'"
        " AND base.name IN (used.value, used.value || ' #' || base.id) LIMIT 1");
    return uses ? uses->bind(1, number(id)).step() : passOn(uses);
}

Status KnowledgeStore::checkChangeable(KnowledgeId id) const
{
    const Result<bool> frozen = isFrozen(id);
    if (!frozen) {
        return passOn(frozen);
    }
    if (!*frozen) {
        return {};
    }
    const Result<KnowledgeBase> base = find(id);
    return !base ? passOn(base)
                 : fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "The knowledge base %1 is frozen, because a run was trained with it. "
                                     "Make a copy of it, and change the copy."),
                        {base->name});
}

Status KnowledgeStore::remove(KnowledgeId id) const
{
    Result<Transaction> transaction = Transaction::begin(m_database);
    if (!transaction) {
        return passOn(transaction);
    }
    return clearWithin(id)
        .and_then([&] { return change(m_database, "DELETE FROM knowledge_base WHERE id = ?", number(id)); })
        .and_then([&] { return transaction->commit(); });
}

Status KnowledgeStore::clear(KnowledgeId id) const
{
    Result<Transaction> transaction = Transaction::begin(m_database);
    if (!transaction) {
        return passOn(transaction);
    }
    return clearWithin(id).and_then([&] { return transaction->commit(); });
}

Status KnowledgeStore::clearWithin(KnowledgeId id) const
{
    if (const Status changeable = checkChangeable(id); !changeable) {
        return changeable;
    }
    for (const std::string_view sql : {"DELETE FROM facet WHERE kb = ?",
                                       "DELETE FROM facet_edit WHERE kb = ?",
                                       "DELETE FROM facet_review WHERE kb = ?",
                                       "DELETE FROM vector WHERE kb = ?",
                                       "DELETE FROM term WHERE kb = ?",
                                       "DELETE FROM term_weights WHERE kb = ?",
                                       "DELETE FROM text_space WHERE kb = ?",
                                       "DELETE FROM extraction_failure WHERE kb = ?",
                                       "DELETE FROM user_facet WHERE kb = ?",
                                       "DELETE FROM user_failure WHERE kb = ?",
                                       "DELETE FROM domain_pair WHERE kb = ?",
                                       "UPDATE knowledge_base SET items = 0 WHERE id = ?"}) {
        if (const Status done = change(m_database, sql, number(id)); !done) {
            return done;
        }
    }
    return stampVectors(id);
}

Status KnowledgeStore::stampVectors(KnowledgeId id) const
{
    return change(m_database, "UPDATE knowledge_base SET vectors_stamp = random() WHERE id = ?", number(id));
}

} // namespace transept
