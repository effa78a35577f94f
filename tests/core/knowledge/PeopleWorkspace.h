#pragma once

#include "tests/core/knowledge/AskedItems.h"
#include "tests/support/Temporary.h"

#include <fmt/format.h>

namespace transept::test {

/// Person p takes five films and, from p = 3 on, five books, in the order of their numbers; the last of each
/// is what leave-one-out tests, the one before it validation.
inline std::string takenBy(int person)
{
    std::string sql =
        fmt::format("INSERT INTO person(id) VALUES({0});"
                    "INSERT INTO account(id, platform, key, person) VALUES({0}, 1, 'secret-user-{0}', {0});",
                    person);
    const auto take = [&](int domain, int firstItem, int nth) {
        sql += fmt::format("INSERT INTO interaction(domain, account, item, nth, value, time, import, line)"
                           " VALUES({0}, {1}, {2}, 0, {3}, {4}, {0}, {3});",
                           domain,
                           person,
                           firstItem + (person + nth) % 10,
                           1 + nth,
                           1000 + nth);
    };
    for (int nth = 0; nth < 5; ++nth) {
        take(1, 1, nth);
        if (person >= 3) {
            take(2, 101, nth);
        }
    }
    return sql;
}

/// Ten films, ten books, and six people who took them. Throws when it cannot be made.
inline Workspace histories(const Temporary& folder)
{
    Workspace workspace = folder.workspace("users.transept");
    const Database& database = workspace.database();
    std::string sql = "INSERT INTO platform(id, name) VALUES(1, 'p');"
                      "INSERT INTO domain(id, platform, name, kind, scale_min, scale_max) VALUES"
                      "(1, 1, 'films', 'explicit', 1, 5), (2, 1, 'books', 'explicit', 1, 5);";
    for (int item = 1; item <= 10; ++item) {
        sql +=
            fmt::format("INSERT INTO item(id, domain, key, title) VALUES({0}, 1, 'f{0}', 'Film {0}');", item);
        sql += fmt::format(
            "INSERT INTO item(id, domain, key, title) VALUES({1}, 2, 'b{0}', 'Book {0}');", item, 100 + item);
    }
    for (int person = 1; person <= 6; ++person) {
        sql += takenBy(person);
    }
    if (const Status made = database.execute(sql); !made) {
        throw std::runtime_error(describe(made.error()));
    }
    return workspace;
}

inline ExtractionRequest aboutUsers(const std::string& url)
{
    ExtractionRequest request = topicAndMood(url);
    request.extractor = "chat-users";
    request.name = "people";
    return request;
}

} // namespace transept::test
