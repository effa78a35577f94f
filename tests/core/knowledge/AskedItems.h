#pragma once

#include "core/knowledge/Extractor.h"
#include "tests/support/Temporary.h"

namespace transept::test {

/// A workspace with the domain films, whose items 1 ... have these titles and no other text.
inline Workspace titledItems(const Temporary& folder,
                             std::string_view file,
                             const std::vector<std::string>& titles)
{
    Workspace workspace = folder.workspace(file);
    const Database& database = workspace.database();
    const Status made =
        database.execute("INSERT INTO platform(id, name) VALUES(1, 'p');"
                         "INSERT INTO domain(id, platform, name, kind) VALUES(1, 1, 'films', 'explicit');");
    Result<Transaction> transaction = Transaction::begin(database);
    Result<Statement> item =
        database.prepare("INSERT INTO item(id, domain, key, title) VALUES(?1, 1, 'i' || ?1, nullif(?2, ''))");
    Q_ASSERT(made && transaction && item);
    std::int64_t id = 0;
    for (const std::string& title : titles) {
        (void)item->bind(1, ++id).bind(2, title).run();
    }
    (void)transaction->commit();
    return workspace;
}

/// "Film 0", "Film 1" ...
inline std::vector<std::string> filmTitles(int count)
{
    std::vector<std::string> titles;
    for (int item = 0; item < count; ++item) {
        titles.push_back("Film " + std::to_string(item));
    }
    return titles;
}

/// Asks a chat model for topic and mood, over one line, each request tried once.
inline ExtractionRequest topicAndMood(const std::string& url)
{
    return {.extractor = "chat",
            .name = "facts",
            .domains = {},
            .fields = {},
            .settings = {{"url", url},
                         {"model", "scripted"},
                         {"facets", "topic, mood"},
                         {"lines", 1},
                         {"timeout", 30},
                         {"attempts", 1}},
            .budget = {}};
}

} // namespace transept::test
