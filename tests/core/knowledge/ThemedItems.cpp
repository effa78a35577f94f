#include "tests/core/knowledge/ThemedItems.h"

#include "core/base/Random.h"

namespace transept::test {

DomainId addItems(const Workspace& workspace, const std::string& domain, int count, int first)
{
    const Result<Domain> made = Catalog(workspace).ensureDomain(domain, domain, FeedbackKind::Explicit);
    Result<Statement> item =
        workspace.database().prepare("INSERT INTO item(domain, key, title) VALUES(?, ?, ?)");
    Result<Statement> field =
        workspace.database().prepare("INSERT INTO item_field(item, name, value) VALUES(?, ?, ?)");
    Result<Transaction> transaction = Transaction::begin(workspace.database());
    const std::vector<std::string> genres{"Slice of Life", "Space Opera", "Crime"};
    const std::vector<std::vector<std::string>> words{{"village", "baker", "family", "garden", "summer"},
                                                      {"starship", "empire", "planet", "alien", "captain"},
                                                      {"murder", "detective", "police", "heist", "trial"}};
    Random random(3);
    for (int nth = first; nth < first + count; ++nth) {
        const auto theme = static_cast<std::size_t>(nth % 3);
        std::string about;
        for (int word = 0; word < 6; ++word) {
            about += words[theme][static_cast<std::size_t>(random.below(5))] + " ";
        }
        const std::string title =
            words[theme][static_cast<std::size_t>(random.below(5))] + " " + std::to_string(nth);
        (void)item->bind(1, number(made->id)).bind(2, "k" + std::to_string(nth)).bind(3, title).run();
        const std::int64_t id = workspace.database().lastInsertId();
        (void)field->bind(1, id).bind(2, "genre").bind(3, genres[theme] + "|Any").run();
        (void)field->bind(1, id).bind(2, "about").bind(3, about).run();
        (void)field->bind(1, id).bind(2, "avg_rating").bind(3, "about 4").run();
        (void)field->bind(1, id).bind(2, "pages").bind(3, std::to_string(100 + nth)).run();
    }
    (void)transaction->commit();
    return made->id;
}

ExtractionRequest lexical(const std::string& name, Json settings)
{
    return {.extractor = "lexical", .name = name, .settings = std::move(settings)};
}

ExtractionRequest extension(const std::string& name)
{
    return {.extractor = {}, .name = name, .extend = true};
}

std::string contentOf(const Workspace& workspace, KnowledgeId id, ItemId upTo)
{
    const bool isPart = upTo != ItemId{};
    std::string all;
    for (const char* sql :
         {"SELECT item || '/' || facet || '/' || hex(data) FROM vector WHERE kb = ? ORDER BY item, facet",
          "SELECT item || '/' || nth || '/' || name || '/' || text || '/' || weight FROM facet"
          " WHERE kb = ? ORDER BY item, nth",
          "SELECT item || '/' || hex(data) FROM term_weights WHERE kb = ? ORDER BY item",
          "SELECT id || '/' || text || '/' || documents FROM term WHERE kb = ? ORDER BY id"}) {
        Result<Statement> rows = workspace.database().prepare(sql);
        rows->bind(1, number(id));
        const bool isTerm = std::string_view(sql).find("FROM term WHERE") != std::string_view::npos;
        for (Result<bool> row = rows->step(); row && *row; row = rows->step()) {
            const std::string text(rows->text(0));
            if (!isPart || isTerm || std::stoll(text) <= number(upTo)) {
                all += text + "\n";
            }
        }
    }
    return all;
}

} // namespace transept::test
