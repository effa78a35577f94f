#include "core/store/UserKnowledge.h"

#include "core/store/Rows.h"

namespace transept {
namespace {

constexpr std::size_t keptReply = 4096; // bytes

const UserSubject& subjectOf(std::span<const UserSubject> subjects, ItemId item)
{
    return subjects[static_cast<std::size_t>(number(item))];
}

Statement& bindSubject(Statement& statement, KnowledgeId id, const UserSubject& subject)
{
    return statement.bind(1, number(id)).bind(2, number(subject.person)).bind(3, number(subject.domain));
}

} // namespace

Status UserKnowledge::putWithin(KnowledgeId id,
                                const ExtractionStep& step,
                                std::span<const UserSubject> subjects) const
{
    Result<Statement> drop =
        m_database.prepare("DELETE FROM user_failure WHERE kb = ? AND person = ? AND domain = ?");
    Result<Statement> facet = m_database.prepare(
        "INSERT OR REPLACE INTO user_facet(kb, person, domain, nth, name, text) VALUES(?, ?, ?, ?, ?, ?)");
    Result<Statement> count =
        m_database.prepare("UPDATE knowledge_base SET items = items + ?2 WHERE id = ?1");
    Result<Statement> failure = m_database.prepare(
        "INSERT INTO user_failure(kb, person, domain, reason, arguments, reply) VALUES(?1, ?2, ?3, ?4, ?5, "
        "?6)"
        " ON CONFLICT DO UPDATE SET reason = ?4, arguments = ?5, reply = ?6, attempts = attempts + 1");
    for (const Result<Statement>* each : {&drop, &facet, &count, &failure}) {
        if (!*each) {
            return passOn(*each);
        }
    }
    std::int64_t known = 0;
    for (const ItemFacts& facts : step.facts) {
        const UserSubject& subject = subjectOf(subjects, facts.item);
        Status put = bindSubject(*drop, id, subject).run();
        for (std::size_t nth = 0; put && nth < facts.facets.size(); ++nth) {
            bindSubject(*facet, id, subject).bind(4, static_cast<std::int64_t>(nth));
            put = facet->bind(5, facts.facets[nth].name).bind(6, facts.facets[nth].text).run();
        }
        if (!put) {
            return put;
        }
        known += facts.facets.empty() ? 0 : 1;
    }
    for (const ExtractionFailure& failed : step.failures) {
        const std::string arguments =
            Json(failed.arguments).dump(-1, ' ', false, Json::error_handler_t::replace);
        bindSubject(*failure, id, subjectOf(subjects, failed.item)).bind(4, failed.reason).bind(5, arguments);
        const Status put = failure->bind(6, std::string_view(failed.reply).substr(0, keptReply)).run();
        if (!put) {
            return put;
        }
    }
    return count->bind(1, number(id)).bind(2, known).run();
}

Status UserKnowledge::commit(KnowledgeId id,
                             const ExtractionStep& step,
                             std::span<const UserSubject> subjects) const
{
    const ExtractionStep rest{.replies = step.replies,
                              .forgotten = step.forgotten,
                              .facts = {},
                              .failures = {},
                              .tokensIn = step.tokensIn,
                              .tokensOut = step.tokensOut,
                              .answers = step.answers}; // what is not about subjects
    return m_store.commit(id, rest, [&] { return putWithin(id, step, subjects); });
}

Result<std::vector<UserSubject>> UserKnowledge::subjects(KnowledgeId id) const
{
    return gather<std::vector<UserSubject>>(
        prepared(m_database,
                 "SELECT DISTINCT person, domain FROM user_facet WHERE kb = ? ORDER BY person, domain",
                 number(id)),
        [](std::vector<UserSubject>& found, const Statement& row) {
            found.push_back({PersonId{row.integer(0)}, DomainId{row.integer(1)}});
        });
}

Result<std::vector<UserFacts>> UserKnowledge::of(KnowledgeId id, PersonId person) const
{
    return gather<std::vector<UserFacts>>(
        prepared(m_database,
                 "SELECT domain, name, text FROM user_facet WHERE kb = ? AND person = ? ORDER BY domain, nth",
                 number(id),
                 number(person)),
        [&](std::vector<UserFacts>& found, const Statement& row) {
            const UserSubject subject{person, DomainId{row.integer(0)}};
            if (found.empty() || !(found.back().subject == subject)) {
                found.push_back({.subject = subject, .facets = {}});
            }
            found.back().facets.push_back(
                {.name = std::string(row.text(1)), .text = std::string(row.text(2))});
        });
}

Result<std::vector<UserFailure>> UserKnowledge::failures(KnowledgeId id) const
{
    return gather<std::vector<UserFailure>>(
        prepared(m_database,
                 "SELECT person, domain, reason, arguments, reply, attempts,"
                 " (SELECT group_concat(key, ', ') FROM (SELECT DISTINCT key FROM account"
                 "  WHERE account.person = user_failure.person ORDER BY account.platform, key))"
                 " FROM user_failure WHERE kb = ? ORDER BY person, domain",
                 number(id)),
        [](std::vector<UserFailure>& found, const Statement& row) {
            UserFailure failure{.subject = {PersonId{row.integer(0)}, DomainId{row.integer(1)}},
                                .reason = std::string(row.text(2)),
                                .arguments = {},
                                .reply = std::string(row.text(4)),
                                .attempts = static_cast<int>(row.integer(5)),
                                .keys = std::string(row.text(6))};
            const Json arguments = Json::parse(row.text(3), nullptr, false);
            for (const Json& argument : arguments.is_array() ? arguments : Json::array()) {
                failure.arguments.push_back(argument.is_string() ? argument.get<std::string>()
                                                                 : argument.dump());
            }
            found.push_back(std::move(failure));
        });
}

Status UserKnowledge::commit(KnowledgeId id,
                             const ExtractionStep& step,
                             std::span<const DomainPairText> pairs) const
{
    return m_store.commit(id, step, [&] {
        Status put;
        for (std::size_t at = 0; put && at < pairs.size(); ++at) {
            put = putPair(id, pairs[at]);
        }
        return put;
    });
}

Status UserKnowledge::putPair(KnowledgeId id, const DomainPairText& pair) const
{
    Result<Statement> insert =
        m_database.prepare("INSERT OR REPLACE INTO domain_pair(kb, source, target, text) VALUES(?, ?, ?, ?)");
    if (!insert) {
        return passOn(insert);
    }
    insert->bind(1, number(id)).bind(2, number(pair.source)).bind(3, number(pair.target));
    return insert->bind(4, pair.text).run();
}

Result<std::vector<DomainPairText>> UserKnowledge::pairs(KnowledgeId id) const
{
    return gather<std::vector<DomainPairText>>(
        prepared(m_database,
                 "SELECT source, target, text FROM domain_pair WHERE kb = ? ORDER BY source, target",
                 number(id)),
        [](std::vector<DomainPairText>& found, const Statement& row) {
            found.push_back({DomainId{row.integer(0)}, DomainId{row.integer(1)}, std::string(row.text(2))});
        });
}

} // namespace transept
