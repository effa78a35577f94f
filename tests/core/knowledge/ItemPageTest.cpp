#include "core/knowledge/ItemPage.h"

#include "core/knowledge/Extractor.h"
#include "core/knowledge/FacetChanges.h"
#include "tests/core/knowledge/AskedItems.h"
#include "tests/support/Datasets.h"
#include "tests/support/ScriptedServer.h"

#include <QtTest/QTest>

namespace transept {

using test::ScriptedServer;
using test::valueOf;

/// What an item's page tells, and where it has it from.
class ItemPageTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }
    void everySourceIsNamed();
    void replyOfTheModelIsFoundAgain();
    void editedFacetHasTheVectorOfTheSameText();
    void retriedExtractionKeepsWhatWasEditedAndExtracted();
    void itemThatIsNotThereIsNotFound();

private:
    std::optional<test::Temporary> m_folder;
};

void ItemPageTest::everySourceIsNamed()
{
    const Workspace workspace = test::titledItems(*m_folder, "s.transept", {"Dune", "Emma"});
    QVERIFY_OK(workspace.database().execute(
        "INSERT INTO import(id, file, target, options, state, started)"
        " VALUES(7, 'titles.csv', 'items', '{}', 'finished', 1);"
        "UPDATE item SET import = 7, line = 12 WHERE id = 1;"
        "INSERT INTO item_field(item, name, value) VALUES(1, 'author', 'Herbert')"));
    const KnowledgeStore store(workspace);
    const KnowledgeId chat = valueOf(store.begin("chat", "chat", Json{{"settings", {{"model", "small"}}}}));
    const KnowledgeId words = valueOf(store.begin("words", "lexical", Json::object()));
    const KnowledgeId failed = valueOf(store.begin("failed", "chat", Json::object()));
    valueOf(store.begin("silent", "chat", Json::object()));
    QVERIFY_OK(store.put(
        chat, std::vector<ItemFacts>{{.item = ItemId{1}, .facets = {{"genre", "SF"}, {"mood", "grave"}}}}));
    QVERIFY_OK(
        store.put(words,
                  std::vector<ItemFacts>{
                      {.item = ItemId{1}, .vector = {1.0F, 0.0F}, .termWeights = {{0U, 1.0F}, {4U, 0.5F}}}}));
    QVERIFY_OK(store.putFailure(
        failed, {.item = ItemId{1}, .reason = "No %1.", .arguments = {"answer"}, .reply = "?"}));
    valueOf(changeFacets(workspace, chat, {{{ItemId{1}, 0}, "genre", "Space opera"}}));
    QVERIFY_OK(FacetReviews(workspace).mark(chat, {ItemId{1}, 1}, FacetVerdict::False));

    const ItemPage page = valueOf(itemPage(workspace, ItemId{1}, {}));

    QCOMPARE(page.item.title, std::string("Dune"));
    QCOMPARE(page.file, std::string("titles.csv"));
    QCOMPARE(page.line, std::int64_t{12});
    QVERIFY(page.item.fields == (std::vector<std::pair<std::string, std::string>>{{"author", "Herbert"}}));
    QCOMPARE(page.bases.size(), std::size_t{3}); // one has nothing to say
    const SourcedFacts& said = page.bases[0];
    QCOMPARE(said.model, std::string("small"));
    QCOMPARE(said.facets[0].facet.extracted, std::optional<std::string>("SF"));
    QCOMPARE(said.facets[0].facet.text, std::optional<std::string>("Space opera"));
    QCOMPARE(said.facets[1].verdict, std::optional(FacetVerdict::False));
    QVERIFY(!said.hasVector && said.terms == 0);
    QVERIFY(page.bases[1].hasVector);
    QCOMPARE(page.bases[1].terms, std::int64_t{2});
    QCOMPARE(page.bases[2].failure->arguments, std::vector<std::string>{"answer"});
    QCOMPARE(valueOf(keptReply(workspace, failed, ItemId{1}, {})), std::optional<std::string>("?"));
    QCOMPARE(valueOf(keptReply(workspace, words, ItemId{1}, {})), std::optional<std::string>());
    const ItemPage other = valueOf(itemPage(workspace, ItemId{2}, {}));
    QVERIFY(other.file.empty() && other.bases.empty());
}

void ItemPageTest::replyOfTheModelIsFoundAgain()
{
    const ScriptedServer server([](const Json& request) {
        const bool isDune = request.at("messages").dump().find("Dune") != std::string::npos;
        return ScriptedServer::chat(isDune ? R"({"topic": "sand", "mood": "grave"})"
                                           : R"({"topic": "love", "mood": "light"})");
    });
    Workspace workspace = test::titledItems(*m_folder, "r.transept", {"Dune of ann@web.org", "Emma"});
    const auto report = extract(workspace, test::topicAndMood(server.url()), {});
    QVERIFY_OK(report);
    const int posts = server.posts();

    const auto reply = valueOf(keptReply(workspace, report->id, ItemId{1}, {}));
    QVERIFY(reply && reply->find("sand") != std::string::npos && reply->find("love") == std::string::npos);
    const auto other = valueOf(keptReply(workspace, report->id, ItemId{2}, {}));
    QVERIFY(other && other->find("love") != std::string::npos);
    QCOMPARE(server.posts(), posts); // nobody was asked
    QVERIFY_OK(workspace.database().execute("DELETE FROM llm_call"));
    QCOMPARE(valueOf(keptReply(workspace, report->id, ItemId{1}, {})), std::optional<std::string>());
}

void ItemPageTest::editedFacetHasTheVectorOfTheSameText()
{
    const Workspace workspace = test::titledItems(*m_folder, "v.transept", {"Dune", "Emma", "It"});
    const KnowledgeStore store(workspace);
    const KnowledgeId base = valueOf(store.begin("facets", "embedding", Json::object()));
    QVERIFY_OK(store.setDimension(base, 2));
    QVERIFY_OK(
        store.put(base,
                  std::vector<ItemFacts>{
                      {.item = ItemId{1}, .facets = {{"genre", "SF"}}, .facetVectors = {{1.0F, 0.0F}}},
                      {.item = ItemId{2}, .facets = {{"genre", "Romance"}}, .facetVectors = {{0.0F, 1.0F}}},
                      {.item = ItemId{3}, .facets = {{"genre", "SF"}}}}));
    QVERIFY_OK(store.setState(base, "finished"));
    const auto vectorOf = [&](std::int64_t item) {
        return valueOf(itemPage(workspace, ItemId{item}, {})).bases[0].facets[0].vector;
    };
    QVERIFY(vectorOf(1) == FacetVectorOf::Own);
    QVERIFY(vectorOf(3) == FacetVectorOf::SameText);

    valueOf(changeFacets(workspace, base, {{{ItemId{1}, 0}, "genre", "Romance"}}));
    QVERIFY(vectorOf(1) == FacetVectorOf::SameText);
    QVERIFY(vectorOf(3) == FacetVectorOf::SameText); // the vector of what was extracted is still there
    QVERIFY(!valueOf(lacksVector(workspace, base, "genre", "SF")));
    valueOf(changeFacets(workspace, base, {{{ItemId{2}, 0}, "genre", "Comedy"}}));
    QVERIFY(vectorOf(2) == FacetVectorOf::None);
    QVERIFY(valueOf(lacksVector(workspace, base, "genre", "Comedy")));

    // What methods get says the same.
    const std::vector<ItemId> items{ItemId{1}, ItemId{2}, ItemId{3}};
    const auto knowledge = valueOf(loadKnowledge(workspace, "facets", DomainId{1}, items));
    QCOMPARE(knowledge->facets[0][0].text, std::string("Romance"));
    QVERIFY(knowledge->facetVectors.decoded(0).row(0) == Eigen::RowVector2f(0.0F, 1.0F));
    QVERIFY(knowledge->facetVectors.decoded(1).row(0) == Eigen::RowVector2f(0.0F, 0.0F));
    QVERIFY(knowledge->facetVectors.decoded(2).row(0) == Eigen::RowVector2f(1.0F, 0.0F));
}

void ItemPageTest::retriedExtractionKeepsWhatWasEditedAndExtracted()
{
    std::atomic<bool> isWilling = false;
    const ScriptedServer server([&](const Json& request) {
        const bool isEmma = request.at("messages").dump().find("Emma") != std::string::npos;
        return ScriptedServer::chat(isEmma && !isWilling ? "I would rather not."
                                                         : R"({"topic": "sand", "mood": "grave"})");
    });
    Workspace workspace = test::titledItems(*m_folder, "t.transept", {"Dune", "Emma"});
    const ExtractionRequest request = test::topicAndMood(server.url());
    const auto first = extract(workspace, request, {});
    QVERIFY_OK(first);
    QCOMPARE(first->failed, std::int64_t{1});
    const KnowledgeStore store(workspace);
    valueOf(changeFacets(workspace,
                         first->id,
                         {{{ItemId{1}, 0}, "topic", "spice"},
                          {{ItemId{1}, 1}, "mood", std::nullopt},
                          {{ItemId{2}, newFacet}, "topic", "matchmaking"}}));

    isWilling = true;
    const auto second = extract(workspace, request, {});

    QVERIFY_OK(second);
    QCOMPARE(second->failed, std::int64_t{0});
    const auto textsOf = [&](FacetsAs as) {
        std::string texts;
        for (const ItemFacts& facts : valueOf(store.factsOf(first->id, DomainId{1}, as))) {
            for (const StoredFacet& facet : facts.facets) {
                texts += facet.name + "=" + facet.text + " ";
            }
        }
        return texts;
    };
    QCOMPARE(textsOf(FacetsAs::Extracted), std::string("topic=sand mood=grave topic=sand mood=grave "));
    QCOMPARE(textsOf(FacetsAs::Held), std::string("topic=spice topic=sand mood=grave topic=matchmaking "));
}

void ItemPageTest::itemThatIsNotThereIsNotFound()
{
    const Workspace workspace = test::titledItems(*m_folder, "n.transept", {"Dune"});

    QCOMPARE(itemPage(workspace, ItemId{9}, {}).error().code, ErrorCode::NotFound);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ItemPageTest)
#include "ItemPageTest.moc"
