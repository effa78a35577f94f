#include "core/store/KnowledgeStore.h"

#include "core/base/Words.h"
#include "core/store/Process.h"
#include "core/store/Rows.h"

namespace transept {
namespace {

constexpr std::string_view selectBases = "SELECT id, name, extractor, config, state, reason, dimension, "
                                         "items, tokens_in, tokens_out, started, finished, process, "
                                         "copy_of, last_item, calls, retries, valid, unreadable, "
                                         "vectors_stamp"
                                         " FROM knowledge_base WHERE deleted IS NULL";

/// The state as it is now: what a process that is gone left running was interrupted, also where nobody may
/// write that down.
std::string stateOf(std::string_view stored, std::int64_t process)
{
    return std::string(stored == "running" && !isAlive(process) ? "interrupted" : stored);
}

Result<KnowledgeBase> baseOf(const Statement& row)
{
    Result<Json> config = parseJson(row.text(3), row.text(1));
    if (!config) {
        return passOn(config);
    }
    return KnowledgeBase{.id = KnowledgeId{row.integer(0)},
                         .name = std::string(row.text(1)),
                         .extractor = std::string(row.text(2)),
                         .config = std::move(*config),
                         .state = stateOf(row.text(4), row.integer(12)),
                         .reason = std::string(row.text(5)),
                         .dimension = static_cast<int>(row.integer(6)),
                         .items = row.integer(7),
                         .tokensIn = row.integer(8),
                         .tokensOut = row.integer(9),
                         .answers = {.calls = row.integer(15),
                                     .retries = row.integer(16),
                                     .valid = row.integer(17),
                                     .unreadable = row.integer(18)},
                         .started = row.integer(10),
                         .finished = row.isNull(11) ? std::nullopt : std::optional(row.integer(11)),
                         .copyOf = std::string(row.text(13)),
                         .lastItem = ItemId{std::max<std::int64_t>(row.integer(14), 0)},
                         .isIncompleteCopy = row.integer(14) < 0,
                         .vectorsStamp = row.integer(19)};
}

constexpr std::string_view selectFailures =
    "SELECT failure.item, item.key, coalesce(item.title, ''), failure.reason, failure.arguments,"
    " failure.reply, failure.attempts FROM extraction_failure AS failure"
    " JOIN item ON item.id = failure.item WHERE failure.kb = ?";

ExtractionFailure failureOf(const Statement& row)
{
    std::vector<std::string> arguments;
    const Json stored = Json::parse(row.text(4), nullptr, false);
    for (const Json& argument : stored.is_array() ? stored : Json::array()) {
        arguments.push_back(argument.is_string() ? argument.get<std::string>() : argument.dump());
    }
    return {.item = ItemId{row.integer(0)},
            .itemKey = std::string(row.text(1)),
            .title = std::string(row.text(2)),
            .reason = std::string(row.text(3)),
            .arguments = std::move(arguments),
            .reply = std::string(row.text(5)),
            .attempts = static_cast<int>(row.integer(6))};
}

/// A list of domain numbers for an IN clause.
std::string listOf(std::span<const DomainId> domains)
{
    std::vector<std::string> numbers;
    for (const DomainId domain : domains) {
        numbers.push_back(std::to_string(number(domain)));
    }
    return listed(numbers);
}

} // namespace

bool KnowledgeBase::storesHalves() const
{
    const auto settings = config.find("settings");
    return settings != config.end() && settings->is_object() && settings->value("precision", "") == "float16";
}

Result<std::vector<KnowledgeBase>> KnowledgeStore::all() const
{
    Result<Statement> rows = m_database.prepare(std::string(selectBases) + " ORDER BY id");
    std::vector<KnowledgeBase> found;
    Status parsed;
    const Status read = forEachRow(rows, [&](const Statement& row) {
        Result<KnowledgeBase> base = baseOf(row);
        if (base) {
            found.push_back(std::move(*base));
        } else {
            parsed = passOn(base);
        }
    });
    if (!read || !parsed) {
        return read ? passOn(parsed) : passOn(read);
    }
    return found;
}

Result<KnowledgeBase> KnowledgeStore::find(std::string_view name) const
{
    Result<std::vector<KnowledgeBase>> bases = all();
    if (!bases) {
        return passOn(bases);
    }
    std::vector<std::string> names;
    for (KnowledgeBase& base : *bases) {
        if (base.name == name) {
            return std::move(base);
        }
        names.push_back(base.name);
    }
    if (names.empty()) {
        return fail(
            ErrorCode::NotFound,
            TRANSLATABLE("errors",
                         "There is no knowledge base %1: the workspace has none. Extract knowledge first."),
            {std::string(name)});
    }
    if (const auto nearest = nearestWord(name, names)) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "There is no knowledge base %1. Did you mean %2? There are: %3."),
                    {std::string(name), *nearest, listed(names)});
    }
    return fail(ErrorCode::NotFound,
                TRANSLATABLE("errors", "There is no knowledge base %1. There are: %2."),
                {std::string(name), listed(names)});
}

Result<KnowledgeBase> KnowledgeStore::find(KnowledgeId id) const
{
    Result<Statement> rows = prepared(m_database, std::string(selectBases) + " AND id = ?", number(id));
    if (!rows) {
        return passOn(rows);
    }
    const Result<bool> row = rows->step();
    if (!row) {
        return passOn(row);
    }
    if (!*row) {
        return fail(ErrorCode::NotFound,
                    TRANSLATABLE("errors", "The knowledge base is no longer there. Choose another one."));
    }
    return baseOf(*rows);
}

Status KnowledgeStore::setDimension(KnowledgeId id, int dimension) const
{
    return change(
        m_database, "UPDATE knowledge_base SET dimension = ?2 WHERE id = ?1", number(id), dimension);
}

Status KnowledgeStore::addSpent(KnowledgeId id, const ExtractionStep& step) const
{
    return change(m_database,
                  "UPDATE knowledge_base SET tokens_in = tokens_in + ?2, tokens_out = tokens_out + ?3,"
                  " calls = calls + ?4, retries = retries + ?5, valid = valid + ?6,"
                  " unreadable = unreadable + ?7 WHERE id = ?1",
                  number(id),
                  step.tokensIn,
                  step.tokensOut,
                  step.answers.calls,
                  step.answers.retries,
                  step.answers.valid,
                  step.answers.unreadable);
}

Status KnowledgeStore::putTerms(
    KnowledgeId id, std::span<const std::pair<std::string, std::int64_t>> termsWithDocuments) const
{
    Result<Transaction> transaction = Transaction::begin(m_database);
    Result<Statement> insert =
        m_database.prepare("INSERT INTO term(kb, id, text, documents) VALUES(?, ?, ?, ?)");
    Result<Statement> remove = m_database.prepare("DELETE FROM term WHERE kb = ?");
    if (!transaction || !insert || !remove) {
        return !transaction ? passOn(transaction) : insert ? passOn(remove) : passOn(insert);
    }
    if (const Status removed = remove->bind(1, number(id)).run(); !removed) {
        return removed;
    }
    std::int64_t place = 0;
    for (const auto& [text, documents] : termsWithDocuments) {
        const Status added =
            insert->bind(1, number(id)).bind(2, place++).bind(3, text).bind(4, documents).run();
        if (!added) {
            return added;
        }
    }
    return transaction->commit();
}

Status KnowledgeStore::putFailure(KnowledgeId id, const ExtractionFailure& failure) const
{
    constexpr std::size_t keptReply = 4096;
    Result<Statement> insert = m_database.prepare(
        "INSERT INTO extraction_failure(kb, item, reason, arguments, reply, attempts) VALUES(?1, ?2, ?3, ?4, "
        "?5, ?6)"
        " ON CONFLICT DO UPDATE SET reason = ?3, arguments = ?4, reply = ?5, attempts = attempts + ?6");
    if (!insert) {
        return passOn(insert);
    }
    const std::string arguments =
        Json(failure.arguments).dump(-1, ' ', false, Json::error_handler_t::replace);
    insert->bind(1, number(id)).bind(2, number(failure.item)).bind(3, failure.reason).bind(4, arguments);
    insert->bind(5, std::string_view(failure.reply).substr(0, keptReply));
    return insert->bind(6, static_cast<std::int64_t>(failure.attempts)).run();
}

Result<std::vector<std::string>> KnowledgeStore::terms(KnowledgeId id) const
{
    Result<std::vector<std::pair<std::string, std::int64_t>>> withDocuments = termsWithDocuments(id);
    if (!withDocuments) {
        return passOn(withDocuments);
    }
    std::vector<std::string> texts;
    for (auto& [text, documents] : *withDocuments) {
        texts.push_back(std::move(text));
    }
    return texts;
}

Result<std::vector<std::pair<std::string, std::int64_t>>> KnowledgeStore::termsWithDocuments(
    KnowledgeId id) const
{
    Result<Statement> rows =
        prepared(m_database, "SELECT text, documents FROM term WHERE kb = ? ORDER BY id", number(id));
    std::vector<std::pair<std::string, std::int64_t>> found;
    const Status read =
        forEachRow(rows, [&](const Statement& row) { found.emplace_back(row.text(0), row.integer(1)); });
    return read ? Result<std::vector<std::pair<std::string, std::int64_t>>>(std::move(found)) : passOn(read);
}

Result<std::vector<ExtractionFailure>> KnowledgeStore::failures(KnowledgeId id) const
{
    Result<Statement> rows =
        prepared(m_database, std::string(selectFailures) + " ORDER BY failure.item", number(id));
    std::vector<ExtractionFailure> found;
    const Status read = forEachRow(rows, [&](const Statement& row) { found.push_back(failureOf(row)); });
    return read ? Result<std::vector<ExtractionFailure>>(std::move(found)) : passOn(read);
}

Result<std::optional<ExtractionFailure>> KnowledgeStore::failure(KnowledgeId id, ItemId item) const
{
    return gather<std::optional<ExtractionFailure>>(
        prepared(m_database, std::string(selectFailures) + " AND failure.item = ?", number(id), number(item)),
        [](std::optional<ExtractionFailure>& found, const Statement& row) { found = failureOf(row); });
}

Result<std::vector<ItemText>> KnowledgeStore::itemTexts(std::span<const DomainId> domains,
                                                        const std::vector<std::string>& fields,
                                                        std::optional<ItemId> only) const
{
    const auto among = [&](std::string_view column) {
        return only ? fmt::format("{} = {}", column, number(*only)) : std::string("true");
    };
    Result<Statement> items =
        m_database.prepare(fmt::format("SELECT id, domain, coalesce(title, '') FROM item NOT INDEXED"
                                       " WHERE domain IN ({}) AND {} ORDER BY id",
                                       listOf(domains),
                                       among("id")));
    std::vector<ItemText> texts;
    Status read = forEachRow(items, [&](const Statement& row) {
        texts.push_back({.item = ItemId{row.integer(0)},
                         .domain = DomainId{row.integer(1)},
                         .title = std::string(row.text(2)),
                         .fields = {}});
    });
    if (!read) {
        return passOn(read);
    }
    Result<Statement> rows = m_database.prepare(
        fmt::format("SELECT item, name, value FROM item_field WHERE {} ORDER BY item, name", among("item")));
    std::size_t at = 0; // both lists ascend
    read = forEachRow(rows, [&](const Statement& row) {
        const ItemId item{row.integer(0)};
        while (at < texts.size() && texts[at].item < item) {
            ++at;
        }
        const std::string_view name = row.text(1);
        const bool isChosen = fields.empty() || std::ranges::find(fields, name) != fields.end();
        if (at < texts.size() && texts[at].item == item && isChosen) {
            texts[at].fields.emplace_back(name, row.text(2));
        }
    });
    if (!read) {
        return passOn(read);
    }
    // Fields in the order in which they were asked for.
    for (ItemText& text : texts) {
        std::ranges::stable_sort(text.fields, {}, [&](const auto& field) {
            return std::ranges::find(fields, field.first) - fields.begin();
        });
    }
    return texts;
}

Result<std::vector<std::pair<std::string, std::int64_t>>> KnowledgeStore::fieldNames(
    std::span<const DomainId> domains) const
{
    Result<Statement> rows =
        m_database.prepare(fmt::format("SELECT field.name, count(*) FROM item_field AS field"
                                       " JOIN item ON item.id = field.item WHERE item.domain IN ({})"
                                       " GROUP BY field.name ORDER BY field.name",
                                       listOf(domains)));
    std::vector<std::pair<std::string, std::int64_t>> found;
    const Status read =
        forEachRow(rows, [&](const Statement& row) { found.emplace_back(row.text(0), row.integer(1)); });
    return read ? Result<std::vector<std::pair<std::string, std::int64_t>>>(std::move(found)) : passOn(read);
}

Status KnowledgeStore::commit(KnowledgeId id,
                              const ExtractionStep& step,
                              const std::function<Status()>& more) const
{
    Result<Transaction> transaction = Transaction::begin(m_database);
    if (!transaction) {
        return passOn(transaction);
    }
    Status done = putWithin(id, step.facts);
    for (std::size_t at = 0; done && at < step.replies.size(); ++at) {
        done = cacheReply(step.replies[at]);
    }
    for (std::size_t at = 0; done && at < step.forgotten.size(); ++at) {
        done = forgetReply(step.forgotten[at]);
    }
    for (std::size_t at = 0; done && at < step.failures.size(); ++at) {
        done = putFailure(id, step.failures[at]);
    }
    if (done && (step.tokensIn + step.tokensOut > 0 || step.answers != AnswerCounts{})) {
        done = addSpent(id, step);
    }
    if (done && step.dimension > 0) {
        done = setDimension(id, step.dimension);
    }
    if (done && more) {
        done = more();
    }
    return done ? transaction->commit() : done;
}

Status KnowledgeStore::keepReplies(std::span<const StoredReply> replies) const
{
    Result<Transaction> transaction = Transaction::begin(m_database);
    if (!transaction) {
        return passOn(transaction);
    }
    for (const StoredReply& reply : replies) {
        if (const Status kept = cacheReply(reply); !kept) {
            return kept;
        }
    }
    return transaction->commit();
}

ReplyCache::ReplyCache(const Database& database)
    : m_find(database.prepare("SELECT reply FROM llm_call WHERE hash = ?"))
{
}

Result<std::optional<std::string>> ReplyCache::find(std::string_view hash)
{
    if (!m_find) {
        return passOn(m_find);
    }
    const Result<bool> row = m_find->bind(1, hash).step();
    if (!row) {
        return passOn(row);
    }
    std::optional<std::string> reply;
    if (*row) {
        reply = std::string(m_find->text(0));
    }
    m_find->rewind();
    return reply;
}

Status KnowledgeStore::forgetReply(std::string_view hash) const
{
    Result<Statement> forget = m_database.prepare("DELETE FROM llm_call WHERE hash = ?");
    return forget ? forget->bind(1, hash).run() : passOn(forget);
}

Status KnowledgeStore::cacheReply(const StoredReply& reply) const
{
    Result<Statement> insert = m_database.prepare("INSERT OR REPLACE INTO llm_call(hash, endpoint, model, "
                                                  "reply, tokens_in, tokens_out, seconds, created)"
                                                  " VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) {
        return passOn(insert);
    }
    insert->bind(1, reply.hash).bind(2, reply.endpoint).bind(3, reply.model).bind(4, reply.reply);
    return insert->bind(5, reply.tokensIn)
        .bind(6, reply.tokensOut)
        .bind(7, reply.seconds)
        .bind(8, now())
        .run();
}

} // namespace transept
