#include "tests/support/Interactions.h"

#include "core/base/Words.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace transept::test {
namespace {

std::vector<std::string_view> partsOf(std::string_view text, std::string_view separators)
{
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(separators), text.size());
        if (const std::string_view part = trimmed(text.substr(0, end)); !part.empty()) {
            parts.push_back(part);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

template<typename T>
T need(Result<T> result)
{
    if (!result) {
        throw std::runtime_error(describe(result.error()));
    }
    return std::move(*result);
}

void need(const Status& status)
{
    if (!status) {
        throw std::runtime_error(describe(status.error()));
    }
}

/// One prepared statement of the filling, bound anew for each row.
class Command
{
public:
    Command(const Database& database, std::string_view sql) : m_statement(need(database.prepare(sql))) {}

    template<typename... Values>
    void run(const Values&... values)
    {
        bindAll(values...);
        need(m_statement.run());
    }

    template<typename... Values>
    std::int64_t number(const Values&... values)
    {
        m_statement.rewind();
        bindAll(values...);
        if (!need(m_statement.step())) {
            throw std::runtime_error("the picture names something that is not there");
        }
        const std::int64_t found = m_statement.integer(0);
        m_statement.rewind();
        return found;
    }

private:
    template<typename... Values>
    void bindAll(const Values&... values)
    {
        int at = 0;
        (m_statement.bind(++at, values), ...);
    }

    Statement m_statement;
};

struct Entry
{
    std::string_view user;
    std::string_view item;
    double value = 1.0;
    std::optional<std::int64_t> time;
    std::int64_t part = 0;
};

std::int64_t partOf(std::string_view word)
{
    const std::vector<std::string_view> words{"train", "valid", "test"};
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) {
        throw std::runtime_error("not a part: " + std::string(word));
    }
    return found - words.begin() + 1;
}

Entry entryOf(std::string_view text)
{
    std::vector<std::string_view> words = partsOf(text, " \t");
    if (words.size() < 2) {
        throw std::runtime_error("not an entry: " + std::string(text));
    }
    Entry entry{.user = words[0], .item = words[1]};
    for (const std::string_view word : std::span(words).subspan(2)) {
        const std::size_t mark = word.find('@');
        const std::string_view value = word.substr(0, mark);
        if (!value.empty() && !parseReal(value)) {
            entry.part = partOf(word);
            continue;
        }
        entry.value = value.empty() ? entry.value : parseReal(value).value();
        if (mark != std::string_view::npos) {
            entry.time = parseInteger(word.substr(mark + 1)).value();
        }
    }
    return entry;
}

/// The commands that write entries, compiled once for a picture.
class Filling
{
public:
    explicit Filling(const Database& database) : m_database(database) {}

    void addDomain(std::string_view text)
    {
        const std::size_t colon = text.find(':');
        if (colon == std::string_view::npos) {
            throw std::runtime_error("a domain without a colon: " + std::string(text));
        }
        const std::vector<std::string_view> head = partsOf(text.substr(0, colon), ",");
        const std::vector<std::string_view> names = partsOf(head.at(0), "/");
        const std::string_view kind = head.size() > 1 ? head[1] : "explicit";
        const std::string_view platform = names.size() > 1 ? names[1] : "web";
        m_addPlatform.run(platform);
        m_platformId = m_platform.number(platform);
        m_addDomain.run(m_platformId, names.at(0), kind);
        m_domainId = m_domain.number(names.at(0));
        m_addImport.run(m_domainId);
        m_importId = m_database.lastInsertId();
        std::int64_t line = 0;
        for (const std::string_view entry : partsOf(text.substr(colon + 1), ",")) {
            add(entryOf(entry), ++line);
        }
        m_setScale.run(m_domainId);
    }

private:
    void add(const Entry& entry, std::int64_t line)
    {
        m_addItem.run(m_domainId, entry.item);
        if (entry.user == "-") {
            return;
        }
        const std::int64_t item = m_item.number(m_domainId, entry.item);
        if (m_hasAccount.number(m_platformId, entry.user) == 0) {
            m_addPerson.run();
            m_addAccount.run(m_platformId, entry.user, m_database.lastInsertId());
        }
        const std::int64_t account = m_account.number(m_platformId, entry.user);
        m_addInteraction.run(
            m_domainId, account, item, entry.value, entry.time, entry.part, m_importId, line);
    }

    const Database& m_database;
    std::int64_t m_platformId = 0;
    std::int64_t m_domainId = 0;
    std::int64_t m_importId = 0;
    Command m_addPlatform{m_database, "INSERT OR IGNORE INTO platform(name) VALUES(?1)"};
    Command m_platform{m_database, "SELECT id FROM platform WHERE name = ?1"};
    Command m_addDomain{m_database, "INSERT OR IGNORE INTO domain(platform, name, kind) VALUES(?1, ?2, ?3)"};
    Command m_domain{m_database, "SELECT id FROM domain WHERE name = ?1"};
    Command m_setScale{
        m_database,
        "UPDATE domain SET scale_min = (SELECT min(value) FROM interaction WHERE domain = ?1), scale_max "
        "= (SELECT max(value) FROM interaction WHERE domain = ?1) WHERE id = ?1 AND kind = 'explicit'"};
    Command m_addImport{m_database,
                        "INSERT INTO import(file, target, domain, options, state, started, finished) "
                        "VALUES('picture', 'interactions', ?1, '{}', 'finished', 0, 0)"};
    Command m_addItem{m_database, "INSERT OR IGNORE INTO item(domain, key, title) VALUES(?1, ?2, ?2)"};
    Command m_item{m_database, "SELECT id FROM item WHERE domain = ?1 AND key = ?2"};
    Command m_hasAccount{m_database, "SELECT count(*) FROM account WHERE platform = ?1 AND key = ?2"};
    Command m_addPerson{m_database, "INSERT INTO person DEFAULT VALUES"};
    Command m_addAccount{m_database, "INSERT INTO account(platform, key, person) VALUES(?1, ?2, ?3)"};
    Command m_account{m_database, "SELECT id FROM account WHERE platform = ?1 AND key = ?2"};
    Command m_addInteraction{
        m_database,
        "INSERT INTO interaction(domain, account, item, nth, value, time, part, import, line) "
        "VALUES(?1, ?2, ?3, (SELECT count(*) FROM interaction WHERE domain = ?1 AND account = ?2 "
        "AND item = ?3), ?4, ?5, ?6, ?7, ?8)"};
};

} // namespace

void fill(const Workspace& workspace, std::string_view picture)
{
    Transaction transaction = need(Transaction::begin(workspace.database()));
    Filling filling(workspace.database());
    for (const std::string_view domain : partsOf(picture, ";\n")) {
        filling.addDomain(domain);
    }
    need(transaction.commit());
}

void giveNegatives(const Workspace& workspace,
                   std::string_view domain,
                   std::string_view user,
                   std::string_view item,
                   const std::vector<std::string>& negatives)
{
    const Database& database = workspace.database();
    Command(database,
            "INSERT INTO import(file, target, domain, options, state, started, finished) SELECT 'negatives',"
            " 'negatives', id, '{}', 'finished', 0, 0 FROM domain WHERE name = ?1")
        .run(domain);
    Command give(database,
                 "INSERT INTO given_negative(domain, account, item, negative, import, line)"
                 " SELECT domain.id, account.id, item.id, other.id, (SELECT max(id) FROM import), 1"
                 " FROM domain JOIN account ON account.platform = domain.platform"
                 " JOIN item ON item.domain = domain.id JOIN item other ON other.domain = domain.id"
                 " WHERE domain.name = ?1 AND account.key = ?2 AND item.key = ?3 AND other.key = ?4");
    for (const std::string& negative : negatives) {
        give.run(domain, user, item, std::string_view(negative));
        if (database.changes() != 1) {
            throw std::runtime_error("not there: " + negative);
        }
    }
}

void falsify(const Workspace& workspace, std::string_view domain)
{
    Command(workspace.database(),
            "UPDATE interaction SET value = CASE value WHEN 5 THEN 4 ELSE value + 1 END"
            " WHERE ?1 = '' OR domain = (SELECT id FROM domain WHERE name = ?1)")
        .run(domain);
}

void joinPeople(const Workspace& workspace, std::string_view key)
{
    Command(workspace.database(),
            "UPDATE account SET person = (SELECT min(person) FROM account WHERE key = ?1) WHERE key = ?1")
        .run(key);
}

ItemId itemOf(const Workspace& workspace, std::string_view domain, std::string_view key)
{
    return ItemId{Command(workspace.database(),
                          "SELECT item.id FROM item JOIN domain ON domain.id = item.domain "
                          "WHERE domain.name = ?1 AND item.key = ?2")
                      .number(domain, key)};
}

PersonId personOf(const Workspace& workspace, std::string_view key, std::string_view platform)
{
    return PersonId{
        Command(workspace.database(),
                "SELECT account.person FROM account JOIN platform ON platform.id = account.platform "
                "WHERE account.key = ?1 AND platform.name = ?2")
            .number(key, platform)};
}

} // namespace transept::test
