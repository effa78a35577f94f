#include "core/store/KnowledgeVersions.h"
#include "core/base/Parallel.h"
#include "core/store/FacetReviews.h"
#include "core/store/RunStore.h"
#include "core/store/UserKnowledge.h"
#include "tests/core/knowledge/AskedItems.h"
#include "tests/core/knowledge/ThemedItems.h"
#include "tests/support/ScriptedServer.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <fstream>

namespace transept {
namespace {

using test::extension;
using test::ScriptedServer;

/// A run that was trained with a knowledge base.
void train(const Workspace& workspace, const std::string& knowledge)
{
    const RunStore runs(workspace);
    const Result<RunId> run = runs.add("text-knn", {{"knowledge", knowledge}});
    Q_ASSERT(run);
    (void)runs.claim(*run, "0.1.0");
}

ItemId lastItem(const Workspace& workspace)
{
    return ItemId{**workspace.database().scalar("SELECT max(id) FROM item")};
}

/// A copy of an item's texts under another key.
ItemId addTwin(const Workspace& workspace, std::int64_t item)
{
    const Database& database = workspace.database();
    (void)database.execute(fmt::format(
        "INSERT INTO item(domain, key, title) SELECT domain, 'twin' || id, title FROM item WHERE id = {0};"
        "INSERT INTO item_field(item, name, value) SELECT (SELECT max(id) FROM item), name, value"
        " FROM item_field WHERE item = {0};",
        item));
    return lastItem(workspace);
}

double cosine(const std::vector<float>& a, const std::vector<float>& b)
{
    double product = 0.0;
    for (std::size_t at = 0; at < std::min(a.size(), b.size()); ++at) {
        product += static_cast<double>(a[at]) * static_cast<double>(b[at]);
    }
    return a.size() == b.size() ? product : 0.0;
}

std::string embeddingOf(const Json& request)
{
    Json data = Json::array();
    for (const Json& text : request.at("input")) {
        const auto length = static_cast<double>(text.get<std::string>().size());
        data.push_back({{"index", data.size()}, {"embedding", {1.0, length, length * length / 10.0}}});
    }
    return Json{{"data", data}, {"usage", {{"prompt_tokens", 3}}}}.dump();
}

} // namespace

class KnowledgeVersionsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }
    void cleanup() { setThreadCount(0); }
    void frozenOneIsNotTriedAgain();
    void frozenOneIsNeitherExtendedNorCleared();
    void oneOfTheSameNameThatCameLaterIsNotFrozen();
    void copyHasAllThatTheSourceHas();
    void copyOfAFrozenOneCanBeExtended();
    void changesOfTheCopyAreItsOwn();
    void stoppedCopyLeavesNothing();
    void copyOfWhatChangesMeanwhileIsGivenUp();
    void killedCopyCanOnlyBeDeleted();
    void copiesAreRefused();
    void newItemsAreCounted();
    void extensionLeavesWhatIsThere_data();
    void extensionLeavesWhatIsThere();
    void extensionIsTheSameForAnyNumberOfThreads();
    void changedTextsDoNotMatterToAnExtension();
    void stoppedExtensionGoesOnToTheSameResult();
    void extensionAsksAServerAboutNewItemsOnly();
    void extensionOfChatLeavesVectors();
    void extensionOfVectorsFromAServer();
    void extensionReadsTheFileAgain();
    void extensionOfAFileOfFacets();
    void extensionIsRefused();
    void failedExtensionLeavesTheBaseOfUse();

private:
    std::optional<test::Temporary> m_folder;
};

void KnowledgeVersionsTest::frozenOneIsNotTriedAgain()
{
    Workspace workspace = test::titledItems(*m_folder, "w.transept", test::filmTitles(6));
    const ScriptedServer server([](const Json& request) {
        const std::string asked = request.at("messages").dump();
        return asked.find("Film 3") == std::string::npos
                   ? ScriptedServer::chat(R"({"topic": "space", "mood": "calm"})")
                   : ScriptedServer::chat("no");
    });
    const ExtractionRequest request = test::topicAndMood(server.url());
    const auto report = extract(workspace, request, {});
    QVERIFY_OK(report);
    QCOMPARE(report->failed, std::int64_t{1});
    const int posts = server.posts();
    train(workspace, "facts");
    const std::string before = test::contentOf(workspace, report->id);

    const auto again = extract(workspace, request, {});

    QCOMPARE(again.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(again.error()).find("frozen") != std::string::npos);
    QCOMPARE(server.posts(), posts);
    QCOMPARE(test::contentOf(workspace, report->id), before);
    QCOMPARE(KnowledgeStore(workspace).find("facts")->state, std::string("finished"));
}

void KnowledgeVersionsTest::frozenOneIsNeitherExtendedNorCleared()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 30);
    const auto report = extract(workspace, test::lexical("words"), {});
    QVERIFY_OK(report);
    train(workspace, "words");
    test::addItems(workspace, "films", 3, 30);
    const std::string before = test::contentOf(workspace, report->id);
    const KnowledgeStore store(workspace);

    for (const Status& refused : {Status(extract(workspace, extension("words"), {}).map([](const auto&) {})),
                                  store.clear(report->id),
                                  store.remove(report->id)}) {
        QVERIFY(!refused);
        QVERIFY(describe(refused.error()).find("frozen") != std::string::npos);
    }
    QCOMPARE(test::contentOf(workspace, report->id), before);
    const auto version = versionOf(workspace, *store.find("words"));
    QVERIFY_OK(version);
    QVERIFY(version->isFrozen);
    QCOMPARE(version->newItems, std::int64_t{3});
    QVERIFY_OK(store.setDeleted(report->id, true)); // it can be restored
}

void KnowledgeVersionsTest::oneOfTheSameNameThatCameLaterIsNotFrozen()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 30);
    const auto first = extract(workspace, test::lexical("words"), {});
    QVERIFY_OK(first);
    train(workspace, "words");
    QVERIFY_OK(workspace.database().execute("UPDATE knowledge_base SET finished = finished - 20;"
                                            "UPDATE run SET started = started - 10"));
    const KnowledgeStore store(workspace);
    QVERIFY(*store.isFrozen(first->id));
    QVERIFY_OK(store.setDeleted(first->id, true));

    const auto second = extract(workspace, test::lexical("words"), {});

    QVERIFY_OK(second);
    QVERIFY(!*store.isFrozen(second->id));
    QVERIFY(*store.isFrozen(first->id)); // also under the name that it has now
}

void KnowledgeVersionsTest::copyHasAllThatTheSourceHas()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 4100); // several steps
    const auto report = extract(workspace, test::lexical("words", {{"dimension", 8}}), {});
    QVERIFY_OK(report);
    const KnowledgeStore store(workspace);
    QVERIFY_OK(store.putFailure(report->id, {.item = ItemId{5}, .reason = "It failed."}));
    QVERIFY_OK(FacetReviews(workspace).mark(report->id, {ItemId{1}, 0}, FacetVerdict::False));
    QVERIFY_OK(workspace.database().execute(fmt::format(
        "INSERT INTO user_facet(kb, person, domain, nth, name, text) VALUES({0}, 1, 1, 0, 'mood', 'calm');"
        "INSERT INTO user_failure(kb, person, domain, reason) VALUES({0}, 2, 1, 'no');"
        "INSERT INTO domain_pair(kb, source, target, text) VALUES({0}, 1, 2, 'like and like');",
        number(report->id))));

    const auto copied = copyKnowledge(workspace, report->id, "more words", {});

    QVERIFY_OK(copied);
    QVERIFY(test::contentOf(workspace, *copied) == test::contentOf(workspace, report->id));
    const KnowledgeBase source = *store.find(report->id);
    const KnowledgeBase copy = *store.find("more words");
    QCOMPARE(copy.copyOf, std::string("words"));
    QCOMPARE(copy.state, std::string("finished"));
    QCOMPARE(copy.items, source.items);
    QCOMPARE(copy.dimension, source.dimension);
    QVERIFY(copy.config == source.config);
    QVERIFY(copy.lastItem == source.lastItem);
    for (const char* table :
         {"text_space", "extraction_failure", "facet_review", "user_facet", "user_failure", "domain_pair"}) {
        const auto rows = [&](KnowledgeId id) {
            return **workspace.database().scalar(
                fmt::format("SELECT count(*) FROM {} WHERE kb = {}", table, number(id)));
        };
        QVERIFY2(rows(*copied) > 0 && rows(*copied) == rows(report->id), table);
    }
}

void KnowledgeVersionsTest::copyOfAFrozenOneCanBeExtended()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 60);
    const auto report = extract(workspace, test::lexical("words"), {});
    QVERIFY_OK(report);
    train(workspace, "words");
    const std::string before = test::contentOf(workspace, report->id);

    const auto copied = copyKnowledge(workspace, report->id, "more", {});
    QVERIFY_OK(copied);
    QVERIFY(!*KnowledgeStore(workspace).isFrozen(*copied));
    const ItemId last = lastItem(workspace);
    test::addItems(workspace, "films", 6, 60);
    const auto extended = extract(workspace, extension("more"), {});

    QVERIFY_OK(extended);
    QCOMPARE(extended->added, std::int64_t{6});
    QCOMPARE(extended->items, std::int64_t{66});
    QVERIFY(test::contentOf(workspace, report->id) == before);
    QVERIFY(test::contentOf(workspace, *copied, last) == before);
    QVERIFY(test::contentOf(workspace, *copied).size() > before.size());
}

void KnowledgeVersionsTest::changesOfTheCopyAreItsOwn()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 30);
    const auto report = extract(workspace, test::lexical("words"), {});
    QVERIFY_OK(report);
    QVERIFY_OK(workspace.database().execute(
        fmt::format("INSERT INTO facet_edit(change, kb, item, nth, name, text, created, undone) VALUES"
                    "(4, {0}, 1, 0, 'genre', 'Crime', 1, 0), (4, {0}, 2, 0, 'genre', NULL, 1, 0),"
                    "(5, {0}, 3, 0, 'genre', 'Drama', 2, 1), (6, {0}, 1, 0, 'genre', 'Noir', 3, 0);",
                    number(report->id))));

    const auto copied = copyKnowledge(workspace, report->id, "more", {});

    QVERIFY_OK(copied);
    const auto changes = [&](KnowledgeId id) {
        std::vector<std::string> rows;
        Result<Statement> found = workspace.database().prepare(
            "SELECT change || '/' || item || '/' || coalesce(text, '-') FROM facet_edit"
            " WHERE kb = ? AND undone = 0 ORDER BY id");
        found->bind(1, number(id));
        while (found->step().value()) {
            rows.emplace_back(found->text(0));
        }
        return rows;
    };
    QCOMPARE(changes(*copied), (std::vector<std::string>{"4/1/Crime", "4/2/-", "6/1/Noir"}));
    QCOMPARE(changes(report->id), (std::vector<std::string>{"4/1/Crime", "4/2/-", "6/1/Noir"}));
}

void KnowledgeVersionsTest::stoppedCopyLeavesNothing()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 6100);
    const auto report = extract(workspace, test::lexical("words", {{"dimension", 8}}), {});
    QVERIFY_OK(report);
    const KnowledgeStore store(workspace);
    std::stop_source stop;
    bool wasOfUse = false;
    const JobContext stopping{.stop = stop.get_token(), .progress = [&](const Progress& progress) {
                                  const auto half = store.find("more");
                                  wasOfUse = wasOfUse || !half || half->state == "finished" ||
                                             !half->isIncompleteCopy;
                                  if (progress.done >= 4000) {
                                      stop.request_stop();
                                  }
                              }};

    const auto copied = copyKnowledge(workspace, report->id, "more", stopping);

    QCOMPARE(copied.error().code, ErrorCode::Cancelled);
    QVERIFY(!wasOfUse);
    QCOMPARE(store.find("more").error().code, ErrorCode::NotFound);
    for (const char* table : {"facet", "vector", "term", "term_weights", "text_space"}) {
        QCOMPARE(**workspace.database().scalar(
                     fmt::format("SELECT count(*) FROM {} WHERE kb <> {}", table, number(report->id))),
                 std::int64_t{0});
    }
    QVERIFY_OK(copyKnowledge(workspace, report->id, "more", {}));
}

void KnowledgeVersionsTest::copyOfWhatChangesMeanwhileIsGivenUp()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 2100);
    const auto report = extract(workspace, test::lexical("words", {{"dimension", 8}}), {});
    QVERIFY_OK(report);
    const KnowledgeStore store(workspace);
    const JobContext disturbed{
        .progress = [&](const Progress&) { QVERIFY_OK(store.setState(report->id, "interrupted")); }};

    const auto copied = copyKnowledge(workspace, report->id, "more", disturbed);

    QCOMPARE(copied.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(copied.error()).find("changed while it was copied") != std::string::npos);
    QCOMPARE(store.find("more").error().code, ErrorCode::NotFound);
}

void KnowledgeVersionsTest::killedCopyCanOnlyBeDeleted()
{
    Workspace workspace = m_folder->workspace();
    const DomainId films = test::addItems(workspace, "films", 30);
    const auto report = extract(workspace, test::lexical("words"), {});
    QVERIFY_OK(report);
    const auto copied = copyKnowledge(workspace, report->id, "more", {});
    QVERIFY_OK(copied);
    QVERIFY_OK(workspace.database().execute(
        fmt::format("UPDATE knowledge_base SET state = 'running', process = 0, last_item = -1 WHERE id = {};"
                    "DELETE FROM vector WHERE kb = {} AND item > 7",
                    number(*copied),
                    number(*copied))));
    QCOMPARE(workspace.findInterrupted()->size(), std::size_t{1});

    const auto resumed = extract(workspace, test::lexical("more"), {});
    const auto extended = extract(workspace, extension("more"), {});
    const auto loaded = loadKnowledge(workspace, "more", films, {});

    for (const Error& error : {resumed.error(), extended.error(), loaded.error()}) {
        QCOMPARE(error.code, ErrorCode::InvalidInput);
    }
    QVERIFY(describe(resumed.error()).find("not complete") != std::string::npos);
    QVERIFY_OK(KnowledgeStore(workspace).setDeleted(*copied, true));
    QVERIFY_OK(copyKnowledge(workspace, report->id, "more", {}));
}

void KnowledgeVersionsTest::copiesAreRefused()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 12);
    const auto report = extract(workspace, test::lexical("words"), {});
    QVERIFY_OK(report);

    for (const char* name : {"", " more", "words"}) {
        QCOMPARE(copyKnowledge(workspace, report->id, name, {}).error().code, ErrorCode::InvalidInput);
    }
    QCOMPARE(copyKnowledge(workspace, KnowledgeId{99}, "more", {}).error().code, ErrorCode::NotFound);
    QVERIFY_OK(KnowledgeStore(workspace).setState(report->id, "interrupted"));
    QCOMPARE(copyKnowledge(workspace, report->id, "more", {}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(KnowledgeStore(workspace).all()->size(), std::size_t{1});
}

void KnowledgeVersionsTest::newItemsAreCounted()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 12);
    test::addItems(workspace, "books", 12);
    ExtractionRequest request = test::lexical("words");
    request.domains = {"films"};
    QVERIFY_OK(extract(workspace, request, {}));
    const auto newItems = [&] {
        return versionOf(workspace, *KnowledgeStore(workspace).find("words"))->newItems;
    };
    QCOMPARE(newItems(), std::int64_t{0});

    test::addItems(workspace, "films", 2, 12);
    test::addItems(workspace, "books", 5, 12);
    QCOMPARE(newItems(), std::int64_t{2});
    QVERIFY_OK(extract(workspace, extension("words"), {}));

    QCOMPARE(newItems(), std::int64_t{0});
}

void KnowledgeVersionsTest::extensionLeavesWhatIsThere_data()
{
    QTest::addColumn<QString>("extractor");
    QTest::addColumn<QByteArray>("settings");

    QTest::newRow("lexical") << "lexical" << QByteArray(R"({"dimension": 8})");
    QTest::newRow("BM25 over runs of words in any language")
        << "lexical"
        << QByteArray(R"({"dimension": 8, "weighting": "bm25", "n-grams": 3, "language": "auto"})");
    QTest::newRow("rare terms left out")
        << "lexical" << QByteArray(R"({"dimension": 4, "min-documents": 5, "more-stop-words": "garden"})");
    QTest::newRow("float16") << "lexical" << QByteArray(R"({"dimension": 8, "precision": "float16"})");
    QTest::newRow("word vectors") << "word-vectors" << QByteArray(R"({"dimension": 8})");
}

void KnowledgeVersionsTest::extensionLeavesWhatIsThere()
{
    QFETCH(QString, extractor);
    QFETCH(QByteArray, settings);
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 90);
    ExtractionRequest request = test::lexical("words", Json::parse(settings.toStdString()));
    request.extractor = extractor.toStdString();
    const auto report = extract(workspace, request, {});
    QVERIFY_OK(report);
    const std::string before = test::contentOf(workspace, report->id);
    const ItemId last = lastItem(workspace);

    const ItemId twin = addTwin(workspace, 7);
    test::addItems(workspace, "films", 9, 90);
    const auto extended = extract(workspace, extension("words"), {});

    QVERIFY_OK(extended);
    QCOMPARE(extended->added, std::int64_t{10});
    QCOMPARE(extended->items, std::int64_t{100});
    QVERIFY(test::contentOf(workspace, report->id, last) == before);
    const KnowledgeStore store(workspace);
    const ItemFacts original = *store.facts(report->id, ItemId{7});
    const ItemFacts copied = *store.facts(report->id, twin);
    const double rounding = settings.contains("float16") ? 2e-3 : 1e-5;
    QVERIFY(!copied.vector.empty());
    QVERIFY2(cosine(original.vector, copied.vector) > 1.0 - rounding,
             std::to_string(cosine(original.vector, copied.vector)).c_str());
    QCOMPARE(copied.termWeights, original.termWeights); // to the last bit: the same words, the same weights
    QCOMPARE(copied.facets.size(), original.facets.size());
    for (std::size_t nth = 0; nth < original.facets.size(); ++nth) {
        QCOMPARE(copied.facets[nth].name, original.facets[nth].name);
        QCOMPARE(copied.facets[nth].text, original.facets[nth].text);
        QCOMPARE(copied.facets[nth].weight, original.facets[nth].weight);
        QVERIFY(copied.facetVectors.empty() ||
                copied.facetVectors[nth].empty()); // the original's stand for them
    }

    const ItemId second = addTwin(workspace, 8); // and once more
    QVERIFY_OK(extract(workspace, extension("words"), {}));
    QVERIFY(test::contentOf(workspace, report->id, last) == before);
    QVERIFY(cosine(store.facts(report->id, ItemId{8})->vector, store.facts(report->id, second)->vector) >
            1.0 - rounding);
}

void KnowledgeVersionsTest::extensionIsTheSameForAnyNumberOfThreads()
{
    std::string first;
    for (const int threads : {1, 2, 4, 8}) {
        setThreadCount(threads);
        Workspace workspace = m_folder->workspace(fmt::format("{}.transept", threads));
        test::addItems(workspace, "films", 300);
        const auto report = extract(workspace, test::lexical("words", {{"dimension", 8}}), {});
        QVERIFY_OK(report);
        test::addItems(workspace, "films", 300, 300);
        QVERIFY_OK(extract(workspace, extension("words"), {}));
        const std::string content = test::contentOf(workspace, report->id);
        first = first.empty() ? content : first;
        QVERIFY(content == first);
    }
}

void KnowledgeVersionsTest::changedTextsDoNotMatterToAnExtension()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 60);
    const auto report = extract(workspace, test::lexical("words"), {});
    QVERIFY_OK(report);
    const std::string before = test::contentOf(workspace, report->id);
    const ItemId last = lastItem(workspace);
    const ItemId twin = addTwin(workspace, 7);
    QVERIFY_OK(workspace.database().execute(
        "UPDATE item_field SET value = 'dragon castle' WHERE name = 'about' AND item < 9"));

    QVERIFY_OK(extract(workspace, extension("words"), {}));

    QVERIFY(test::contentOf(workspace, report->id, last) == before);
    const KnowledgeStore store(workspace);
    QVERIFY(cosine(store.facts(report->id, ItemId{7})->vector, store.facts(report->id, twin)->vector) >
            1.0 - 1e-5);
}

void KnowledgeVersionsTest::stoppedExtensionGoesOnToTheSameResult()
{
    Workspace straight = m_folder->workspace("straight.transept");
    Workspace broken = m_folder->workspace("broken.transept");
    for (Workspace* workspace : {&straight, &broken}) {
        test::addItems(*workspace, "films", 60);
        QVERIFY_OK(extract(*workspace, test::lexical("words"), {}));
        test::addItems(*workspace, "films", 1500, 60);
    }
    QVERIFY_OK(extract(straight, extension("words"), {}));
    std::stop_source stop;
    const JobContext stopping{.stop = stop.get_token(), .progress = [&](const Progress& progress) {
                                  if (progress.total == 1500 && progress.done >= 500) {
                                      stop.request_stop();
                                  }
                              }};

    const auto cut = extract(broken, extension("words"), stopping);
    const KnowledgeBase half = *KnowledgeStore(broken).find("words");
    const auto rest = extract(broken, test::lexical("words"), {}); // going on needs no word of extension

    QCOMPARE(cut.error().code, ErrorCode::Cancelled);
    QCOMPARE(half.items, std::int64_t{560});
    QCOMPARE(half.state, std::string("cancelled"));
    QVERIFY_OK(rest);
    QCOMPARE(rest->items, std::int64_t{1560});
    QVERIFY(test::contentOf(broken, half.id) ==
            test::contentOf(straight, KnowledgeStore(straight).find("words")->id));
}

void KnowledgeVersionsTest::extensionAsksAServerAboutNewItemsOnly()
{
    Workspace workspace = test::titledItems(*m_folder, "w.transept", test::filmTitles(6));
    const ScriptedServer server([](const Json& request) {
        const std::string asked = request.at("messages").dump();
        return asked.find("Film 3") == std::string::npos
                   ? ScriptedServer::chat(R"({"topic": "space", "mood": "calm"})")
                   : ScriptedServer::chat("no");
    });
    QVERIFY_OK(extract(workspace, test::topicAndMood(server.url()), {}));
    const int posts = server.posts();
    QVERIFY_OK(workspace.database().execute(
        "INSERT INTO item(id, domain, key, title) VALUES(7, 1, 'i7', 'Film 6'), (8, 1, 'i8', NULL)"));

    const auto extended = extract(workspace, extension("facts"), {});

    QVERIFY_OK(extended);
    QCOMPARE(server.posts(), posts + 1); // neither about those that are there, nor about the one that failed
    QCOMPARE(extended->added, std::int64_t{1});
    QCOMPARE(extended->failed, std::int64_t{1});
}

void KnowledgeVersionsTest::extensionOfChatLeavesVectors()
{
    Workspace workspace = test::titledItems(*m_folder, "w.transept", test::filmTitles(12));
    const ScriptedServer server([](const Json& request) {
        const std::string asked = request.at("messages").dump();
        const std::size_t place = asked.find("Film ");
        const int film = std::stoi(asked.substr(place + 5)) % 6;
        return ScriptedServer::chat(Json{{"topic", film % 2 == 0 ? "space travel" : "village life"},
                                         {"mood", film % 3 == 0 ? "calm evening" : "dark space"}}
                                        .dump());
    });
    const auto report = extract(workspace, test::topicAndMood(server.url()), {});
    QVERIFY_OK(report);
    const std::string before = test::contentOf(workspace, report->id);
    QVERIFY_OK(workspace.database().execute("INSERT INTO item(id, domain, key, title) VALUES(20, 1, 'i20', "
                                            "'Film 603'), (21, 1, 'i21', 'Film 610')"));

    QVERIFY_OK(extract(workspace, extension("facts"), {}));

    QVERIFY(test::contentOf(workspace, report->id, ItemId{12}) == before);
    const KnowledgeStore store(workspace);
    // 603 is as 3 (the item 4), 610 as 4 (the item 5).
    for (const auto& [added, like] : {std::pair{20, 4}, std::pair{21, 5}}) {
        const ItemFacts now = *store.facts(report->id, ItemId{added});
        const ItemFacts then = *store.facts(report->id, ItemId{like});
        QVERIFY(!now.vector.empty());
        QVERIFY(cosine(now.vector, then.vector) > 1.0 - 1e-5);
        QCOMPARE(now.termWeights, then.termWeights);
    }
}

void KnowledgeVersionsTest::extensionOfVectorsFromAServer()
{
    Workspace workspace = test::titledItems(*m_folder, "w.transept", test::filmTitles(12));
    const ScriptedServer server(
        [](const Json& request) { return ScriptedServer::Answer{.body = embeddingOf(request)}; });
    const ExtractionRequest request{.extractor = "embedding",
                                    .name = "sentences",
                                    .settings = {{"url", server.url()}, {"model", "scripted"}, {"lines", 1}}};
    const auto report = extract(workspace, request, {});
    QVERIFY_OK(report);
    const std::string before = test::contentOf(workspace, report->id);
    const int posts = server.posts();
    QVERIFY_OK(workspace.database().execute(
        "INSERT INTO item(id, domain, key, title) VALUES(20, 1, 'i20', 'A longer title')"));

    const auto extended = extract(workspace, extension("sentences"), {});

    QVERIFY_OK(extended);
    QCOMPARE(server.posts(), posts + 1);
    QCOMPARE(extended->added, std::int64_t{1});
    QVERIFY(test::contentOf(workspace, report->id, ItemId{12}) == before);
}

void KnowledgeVersionsTest::extensionReadsTheFileAgain()
{
    Workspace workspace = test::titledItems(*m_folder, "w.transept", test::filmTitles(5));
    m_folder->write("v.csv", "i1,1,0\ni2,0,1\n");
    const std::string path = m_folder->path("v.csv").string();
    const auto report =
        extract(workspace, {.extractor = "file", .name = "kb", .settings = {{"path", path}}}, {});
    QVERIFY_OK(report);
    const std::string before = test::contentOf(workspace, report->id);
    m_folder->write("v.csv", "i1,0.6,0.8\ni2,0,1\ni4,3,4\ni5,1,2,3\n");

    const auto extended = extract(workspace, extension("kb"), {});

    QVERIFY_OK(extended);
    QCOMPARE(extended->added, std::int64_t{1});
    QCOMPARE(extended->rejected, std::int64_t{1}); // the vector is longer than those that are there
    QVERIFY(test::contentOf(workspace, report->id, ItemId{3}) == before);
    const KnowledgeStore store(workspace);
    QCOMPARE(store.facts(report->id, ItemId{4})->vector, (std::vector<float>{0.6F, 0.8F}));
    const std::string hash = store.find("kb")->config.at("settings").at("sha256");
    QVERIFY_OK(extract(workspace, extension("kb"), {})); // there is nothing new
    QCOMPARE(store.find("kb")->config.at("settings").at("sha256").get<std::string>(), hash);
}

void KnowledgeVersionsTest::extensionOfAFileOfFacets()
{
    Workspace workspace = test::titledItems(*m_folder, "w.transept", test::filmTitles(6));
    const std::string first = R"({"key": "i1", "facets": {"topic": "space travel"}})"
                              "\n"
                              R"({"key": "i2", "facets": {"topic": "village life"}})"
                              "\n"
                              R"({"key": "i3", "facets": {"topic": "space life"}})"
                              "\n"
                              R"({"key": "i4", "facets": {"topic": "village inn"}})"
                              "\n";
    m_folder->write("f.jsonl", first);
    const std::string path = m_folder->path("f.jsonl").string();
    const auto report =
        extract(workspace, {.extractor = "file", .name = "kb", .settings = {{"path", path}}}, {});
    QVERIFY_OK(report);
    const std::string before = test::contentOf(workspace, report->id);
    m_folder->write("f.jsonl", first + R"({"key": "i5", "facets": {"topic": "space life"}})" + "\n");

    QVERIFY_OK(extract(workspace, extension("kb"), {}));

    QVERIFY(test::contentOf(workspace, report->id, ItemId{4}) == before);
    const KnowledgeStore store(workspace);
    QVERIFY(cosine(store.facts(report->id, ItemId{3})->vector, store.facts(report->id, ItemId{5})->vector) >
            1.0 - 1e-5);
    m_folder->write("f.jsonl",
                    R"({"key": "i6", "facets": {"topic": "x"}, "vector": [1, 2]})"
                    "\n");
    QCOMPARE(extract(workspace, extension("kb"), {}).error().code, ErrorCode::InvalidInput);
}

void KnowledgeVersionsTest::extensionIsRefused()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 12);
    const auto unknown = extract(workspace, extension("words"), {});
    QCOMPARE(unknown.error().code, ErrorCode::NotFound);
    const auto report = extract(workspace, test::lexical("words"), {});
    QVERIFY_OK(report);
    test::addItems(workspace, "films", 3, 12);
    const std::string before = test::contentOf(workspace, report->id);

    ExtractionRequest others = extension("words");
    others.settings = {{"stem", false}};
    ExtractionRequest another = extension("words");
    another.extractor = "word-vectors";
    QCOMPARE(extract(workspace, others, {}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(extract(workspace, another, {}).error().code, ErrorCode::InvalidInput);
    const KnowledgeStore store(workspace);
    QCOMPARE(store.find("words")->state, std::string("finished"));
    QVERIFY_OK(store.setState(report->id, "interrupted"));
    QVERIFY_OK(store.setLastItem(report->id, ItemId{}));
    QCOMPARE(extract(workspace, extension("words"), {}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(test::contentOf(workspace, report->id), before);
}

void KnowledgeVersionsTest::failedExtensionLeavesTheBaseOfUse()
{
    Workspace workspace = m_folder->workspace();
    const DomainId films = test::addItems(workspace, "films", 12);
    const auto report = extract(workspace, test::lexical("words"), {});
    QVERIFY_OK(report);
    test::addItems(workspace, "films", 3, 12);
    QVERIFY_OK(workspace.database().execute("DELETE FROM text_space")); // as one of an earlier version

    const auto extended = extract(workspace, extension("words"), {});

    QCOMPARE(extended.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(extended.error()).find("earlier version") != std::string::npos);
    QVERIFY_OK(loadKnowledge(workspace, "words", films, {}));
    QCOMPARE(versionOf(workspace, *KnowledgeStore(workspace).find("words"))->newItems, std::int64_t{3});
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::KnowledgeVersionsTest)
#include "KnowledgeVersionsTest.moc"
