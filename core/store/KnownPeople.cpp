#include "core/store/KnownPeople.h"

#include "core/store/Rows.h"

namespace transept {

Result<std::vector<KnownPerson>> KnownPeople::page(KnowledgeId id,
                                                   std::string_view text,
                                                   PersonId after,
                                                   int limit) const
{
    Result<Statement> rows = m_database.prepare(
        "SELECT person,"
        " (SELECT group_concat(key, ', ') FROM (SELECT DISTINCT key FROM account WHERE account.person = "
        "known.person"
        "  ORDER BY account.platform, key)),"
        " (SELECT count(DISTINCT domain) FROM user_facet WHERE kb = ?1 AND user_facet.person = known.person),"
        " EXISTS(SELECT 1 FROM user_failure WHERE kb = ?1 AND user_failure.person = known.person)"
        " FROM (SELECT id AS person FROM person WHERE id > ?2"
        "       AND (EXISTS(SELECT 1 FROM user_facet WHERE kb = ?1 AND user_facet.person = person.id)"
        "            OR EXISTS(SELECT 1 FROM user_failure WHERE kb = ?1 AND user_failure.person = "
        "person.id)))"
        " AS known"
        " WHERE ?3 = '' OR EXISTS(SELECT 1 FROM account WHERE account.person = known.person"
        "                          AND instr(lower(account.key), lower(?3)) > 0)"
        " ORDER BY person LIMIT ?4");
    if (rows) {
        rows->bind(1, number(id)).bind(2, number(after)).bind(3, text).bind(4, std::int64_t{limit});
    }
    return gather<std::vector<KnownPerson>>(std::move(rows),
                                            [](std::vector<KnownPerson>& found, const Statement& row) {
                                                found.push_back({.person = PersonId{row.integer(0)},
                                                                 .keys = std::string(row.text(1)),
                                                                 .domains = static_cast<int>(row.integer(2)),
                                                                 .hasFailed = row.integer(3) != 0});
                                            });
}

} // namespace transept
