#include "core/knowledge/Extractor.h"
#include "core/knowledge/LlmServer.h"
#include "tests/support/LlmServerProcess.h"
#include "tests/support/SharedData.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cstdlib>
#include <thread>

namespace transept {
namespace {

struct Film
{
    const char* key;
    const char* title;
    const char* description;
};

constexpr Film films[] = {
    {"1", "The Silver Orbit", "A crew of astronauts repairs a damaged space station."},
    {"2", "Signals from Mars", "Scientists on Mars receive a radio signal from a distant star."},
    {"3", "A Wedding in June", "Two old friends fall in love while they plan a wedding."},
    {"4", "Letters to Clara", "A tender romance told in love letters."},
    {"5", "The Locked Room", "A detective looks for a murderer in an old hotel."},
    {"6", "", ""},
};

Workspace filmWorkspace(const test::Temporary& temporary, std::string_view name)
{
    Workspace workspace = temporary.workspace(name);
    const Database& database = workspace.database();
    const Status made =
        database.execute("INSERT INTO platform(id, name) VALUES(1, 'p');"
                         "INSERT INTO domain(id, platform, name, kind) VALUES(1, 1, 'films', 'explicit');");
    Result<Statement> item =
        database.prepare("INSERT INTO item(id, domain, key, title) VALUES(?, 1, ?, nullif(?, ''))");
    Result<Statement> field =
        database.prepare("INSERT INTO item_field(item, name, value) VALUES(?, 'description', ?)");
    std::int64_t id = 0;
    for (const Film& film : films) {
        ++id;
        (void)item->bind(1, id)
            .bind(2, std::string_view(film.key))
            .bind(3, std::string_view(film.title))
            .run();
        if (*film.description != '\0') {
            (void)field->bind(1, id).bind(2, std::string_view(film.description)).run();
        }
    }
    Q_ASSERT(made);
    return workspace;
}

ExtractionRequest chatRequest(const std::string& url)
{
    return {.extractor = "chat",
            .name = "facts",
            .settings = {{"url", url}, {"model", "smollm"}, {"facets", "topic, mood"}, {"max_tokens", 120}}};
}

ExtractionRequest embeddingRequest(const std::string& url)
{
    return {.extractor = "embedding",
            .name = "vectors",
            .settings = {{"url", url}, {"model", "minilm"}, {"batch", 2}}};
}

float cosine(const std::vector<float>& a, const std::vector<float>& b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0F);
}

} // namespace

/// Against a real server with a real (small) model.
class ChatEmbeddingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void chatGivesFacetsAndAsksNothingTwice();
    void chatStopsAtTheBudgetAndGoesOn();
    void previewShowsRequestAndReplyWithoutStoringThem();
    void cutRepliesAreFailuresThatCanBeTriedAgain();
    void embeddingsKnowWhatBelongsTogether();
    void stoppedExtractionEndsAtOnceAndGoesOnLater();
    void serverTellsItsModels();
    void missingServerIsASentenceAndKeepsWhatWasDone();
    void keyComesFromTheEnvironmentAndIsStoredNowhere();
    void plainTextIsReadWithRepairs();
    void serverThatIsKilledAndStartedAgainIsWaitedFor();
    void probeTellsChatFromEmbeddings();

private:
    std::unique_ptr<test::LlmServerProcess> m_chat;
    std::unique_ptr<test::LlmServerProcess> m_embedding;
    test::Temporary m_temporary;
};

void ChatEmbeddingTest::initTestCase()
{
    NEED_LLM_SERVER();
    m_chat = std::make_unique<test::LlmServerProcess>("smollm");
    m_embedding = std::make_unique<test::LlmServerProcess>("minilm");
    QVERIFY(!m_chat->url().empty());
    QVERIFY(!m_embedding->url().empty());
}

void ChatEmbeddingTest::chatGivesFacetsAndAsksNothingTwice()
{
    Workspace workspace = filmWorkspace(m_temporary, "chat.transept");
    const ExtractionRequest request = chatRequest(m_chat->url());
    const auto expected = forecast(workspace, request, 0, {});
    QVERIFY_OK(expected);
    QCOMPARE(expected->calls, 5);
    QVERIFY(expected->tokensIn.value > 5 * 50);

    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QCOMPARE(report->items + report->failed, 5);
    QVERIFY2(report->items >= 3, "a small model may fail now and then, not mostly");
    QCOMPARE(report->without, 1);
    QVERIFY(report->tokensIn > 0 && report->tokensOut > 0);
    const auto facts = KnowledgeStore(workspace).factsOf(report->id, DomainId{1});
    QVERIFY_OK(facts);
    for (const ItemFacts& each : *facts) {
        for (const StoredFacet& facet : each.facets) {
            QVERIFY(facet.name == "topic" || facet.name == "mood");
            QVERIFY(!facet.text.empty());
        }
    }

    ExtractionRequest again = request;
    again.name = "again";
    const auto cached = extract(workspace, again, {});
    QVERIFY_OK(cached);
    QCOMPARE(cached->fromCache, report->items);
    QCOMPARE(cached->tokensIn + cached->tokensOut > 0,
             report->failed > 0); // replies of no use are asked anew
    QCOMPARE(forecast(workspace, request, 0, {})->calls, cached->failed);
}

void ChatEmbeddingTest::chatStopsAtTheBudgetAndGoesOn()
{
    Workspace workspace = filmWorkspace(m_temporary, "budget.transept");
    ExtractionRequest request = chatRequest(m_chat->url());
    request.budget.tokens = 1200;

    const auto first = extract(workspace, request, {});
    QVERIFY_OK(first);
    QVERIFY(first->budgetReached);
    QVERIFY(first->tokensIn + first->tokensOut <= 1200);
    const auto base = KnowledgeStore(workspace).find("facts");
    QVERIFY_OK(base);
    QCOMPARE(base->state, std::string("interrupted"));

    request.budget = {};
    const auto second = extract(workspace, request, {});
    QVERIFY_OK(second);
    QCOMPARE(second->items + second->failed, 5);
    QCOMPARE(KnowledgeStore(workspace).find("facts")->state, std::string("finished"));
}

void ChatEmbeddingTest::previewShowsRequestAndReplyWithoutStoringThem()
{
    const Workspace workspace = filmWorkspace(m_temporary, "preview.transept");

    const auto shown =
        preview(workspace, chatRequest(m_chat->url()), ItemId{1}, {.ask = true, .onText = {}}, {});

    QVERIFY_OK(shown);
    QVERIFY(shown->request.find("The Silver Orbit") != std::string::npos);
    QVERIFY(shown->request.find("json_schema") != std::string::npos);
    QVERIFY(!shown->reply.empty());
    QVERIFY(KnowledgeStore(workspace).all()->empty());
}

void ChatEmbeddingTest::cutRepliesAreFailuresThatCanBeTriedAgain()
{
    Workspace workspace = filmWorkspace(m_temporary, "cut.transept");
    ExtractionRequest request = chatRequest(m_chat->url());
    request.settings["max_tokens"] = 16;
    request.settings["facets"] =
        "topic, genre, mood, audience, setting, style, themes, characters, period, "
        "country, pace, ending, music, humour"; // too many for four times as much, too

    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QCOMPARE(report->failed, 5);
    const auto failures = KnowledgeStore(workspace).failures(report->id);
    QVERIFY_OK(failures);
    QVERIFY(failures->front().reason.find("cut") != std::string::npos);
    QVERIFY(!failures->front().reply.empty());
}

void ChatEmbeddingTest::embeddingsKnowWhatBelongsTogether()
{
    Workspace workspace = filmWorkspace(m_temporary, "embedding.transept");

    const auto report = extract(workspace, embeddingRequest(m_embedding->url()), {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, 5);
    const auto facts = KnowledgeStore(workspace).factsOf(report->id, DomainId{1});
    QVERIFY_OK(facts);
    QCOMPARE((*facts)[0].vector.size(), std::size_t{384});
    const auto likeness = [&](std::size_t a, std::size_t b) {
        return cosine((*facts)[a].vector, (*facts)[b].vector);
    };
    QVERIFY(likeness(2, 3) > 0.2F); // both are love stories
    QVERIFY(likeness(2, 3) > likeness(0, 2) && likeness(2, 3) > likeness(1, 3));
    QVERIFY(likeness(0, 1) > likeness(0, 2) && likeness(0, 1) > likeness(1, 2)); // both are set in space
}

void ChatEmbeddingTest::stoppedExtractionEndsAtOnceAndGoesOnLater()
{
    Workspace workspace = filmWorkspace(m_temporary, "stop.transept");
    ExtractionRequest request = chatRequest(m_chat->url());
    request.settings["lines"] = 1;
    std::stop_source stop;
    std::chrono::steady_clock::time_point asked;
    std::jthread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(700));
        asked = std::chrono::steady_clock::now();
        stop.request_stop();
    });

    const auto stopped = extract(workspace, request, {.stop = stop.get_token()});
    const auto ended = std::chrono::steady_clock::now();
    stopper.join();

    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QVERIFY(ended - asked < std::chrono::milliseconds(300));
    QCOMPARE(KnowledgeStore(workspace).find("facts")->state, std::string("cancelled"));
    const auto report = extract(workspace, request, {});
    QVERIFY_OK(report);
    QCOMPARE(report->items + report->failed, 5);
}

void ChatEmbeddingTest::serverTellsItsModels()
{
    const auto status = askServer(chatRequest(m_chat->url()), {});

    QVERIFY_OK(status);
    QVERIFY(status->answers);
    QCOMPARE(status->models, std::vector<std::string>{"smollm"});
}

void ChatEmbeddingTest::missingServerIsASentenceAndKeepsWhatWasDone()
{
    const auto status = askServer(chatRequest("http://127.0.0.1:9"), {});
    QVERIFY_OK(status);
    QVERIFY(!status->answers);
    QVERIFY(describe(status->problem).find("does not answer") != std::string::npos);

    LlmServer overHttp({.url = "http://example.invalid/v1", .keyVariable = "TRANSEPT_TEST_KEY"});
    setenv("TRANSEPT_TEST_KEY", "secret", 1);
    const auto refused = overHttp.models({});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidInput); // a key never travels in the clear
}

void ChatEmbeddingTest::keyComesFromTheEnvironmentAndIsStoredNowhere()
{
    const test::LlmServerProcess guarded("smollm", "canary-4711");
    QVERIFY(!guarded.url().empty());
    Workspace workspace = filmWorkspace(m_temporary, "key.transept");
    ExtractionRequest request = chatRequest(guarded.url());
    request.settings["key_env"] = "TRANSEPT_TEST_KEY";

    setenv("TRANSEPT_TEST_KEY", "wrong", 1);
    const auto refused = extract(workspace, request, {});
    QVERIFY(!refused);
    QVERIFY(describe(refused.error()).find("refused the key") != std::string::npos);

    setenv("TRANSEPT_TEST_KEY", "canary-4711", 1);
    QVERIFY_OK(extract(workspace, request, {}));
    QVERIFY(workspace.database().execute("PRAGMA wal_checkpoint(TRUNCATE)").has_value());
    QVERIFY(test::contentOf(m_temporary.path("key.transept")).find("canary-4711") == std::string::npos);
}

void ChatEmbeddingTest::plainTextIsReadWithRepairs()
{
    Workspace workspace = filmWorkspace(m_temporary, "plain.transept");
    ExtractionRequest request = chatRequest(m_chat->url());
    request.settings["structure"] = "none";

    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QCOMPARE(report->items + report->failed, 5);
    QCOMPARE(report->valid + report->unreadable, 5);
    QCOMPARE(report->repaired, report->unreadable); // each once
    QCOMPARE(report->calls, 5 + report->repaired);
}

void ChatEmbeddingTest::serverThatIsKilledAndStartedAgainIsWaitedFor()
{
    auto server = std::make_unique<test::LlmServerProcess>("smollm");
    const quint16 port = server->port();
    Workspace workspace = filmWorkspace(m_temporary, "restart.transept");
    ExtractionRequest request = chatRequest(server->url());
    request.settings["lines"] = 1;
    request.settings["attempts"] = 12;
    std::atomic<int> answered = 0;
    std::optional<Result<ExtractionReport>> report;
    std::jthread job([&] {
        report = extract(workspace, request, {.progress = [&](const Progress& progress) {
                             answered = static_cast<int>(progress.done);
                         }});
    });
    while (answered < 2) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }

    server->kill();
    server = std::make_unique<test::LlmServerProcess>("smollm", "", port);
    job.join();

    QVERIFY(!server->url().empty());
    QVERIFY_OK(*report);
    QCOMPARE((*report)->items + (*report)->failed, 5);
    QVERIFY((*report)->retries > 0);
}

void ChatEmbeddingTest::probeTellsChatFromEmbeddings()
{
    const auto chat = probeServer(chatRequest(m_chat->url()), {});
    const auto embedding = probeServer(embeddingRequest(m_embedding->url()), {});

    QVERIFY(chat && chat->abilities && embedding && embedding->abilities);
    QVERIFY(chat->abilities->chat && chat->abilities->schema && chat->abilities->systemRole);
    QVERIFY(chat->abilities->tellsTokens);
    QVERIFY(embedding->abilities->embeddings && embedding->abilities->batches);
    QCOMPARE(embedding->abilities->dimension, 384);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ChatEmbeddingTest)
#include "ChatEmbeddingTest.moc"
