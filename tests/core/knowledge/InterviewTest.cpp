#include "core/knowledge/Interview.h"
#include "core/store/PriceTable.h"
#include "tests/core/knowledge/AskedItems.h"
#include "tests/core/knowledge/NastyReplies.h"

#include <QtTest/QTest>

#include <mutex>
#include <set>

namespace transept {
namespace {

using test::Consequence;
using test::ScriptedServer;

const std::string good = R"({"topic": "a", "mood": "b"})";

/// All that a request gives to read.
std::string textOf(const Json& request)
{
    return request.value("messages", request.value("input", Json())).dump();
}

} // namespace

/// Extraction from a server that says what the test wants.
class InterviewTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<test::Temporary>(); }
    void nastyRepliesAreNamedAndHarmNothing_data();
    void nastyRepliesAreNamedAndHarmNothing();
    void thereAreAHundredNastyReplies();
    void equalTextsAreAskedOnce();
    void nothingIsAskedTwiceAfterACancel();
    void serverThatIsAwayForAWhileIsWaitedFor();
    void badReplyIsRepairedOnceWithWhatIsWrong();
    void cutReplyIsAskedForWithMoreRoom();
    void textThatIsTooLongIsHalved();
    void serverWithoutSchemaIsAskedInAnotherWay();
    void serverWithoutSystemRoleIsAskedInAnotherWay();
    void serverThatRefusesAllIsLeftAfterTen();
    void embeddingsAreKeptTextByText();
    void badTextAmongOthersIsFoundOut();
    void textIsRedactedUnlessToldOtherwise();
    void previewStreamsAndTellsItsCost();
    void allLinesAreBusyTogether();
    void manyCachedItemsAreReplayedInSeconds();

private:
    std::unique_ptr<test::Temporary> m_folder;
};

void InterviewTest::nastyRepliesAreNamedAndHarmNothing_data()
{
    QTest::addColumn<int>("at");
    int at = 0;
    for (const test::NastyReply& nasty : test::nastyReplies()) {
        QTest::newRow(nasty.name.c_str()) << at++;
    }
}

void InterviewTest::nastyRepliesAreNamedAndHarmNothing()
{
    static const std::vector<test::NastyReply> all = test::nastyReplies();
    QFETCH(int, at);
    const test::NastyReply& nasty = all[static_cast<std::size_t>(at)];
    const std::string nastyTitle =
        "Nasty Nasty Nasty Nasty Nasty Nasty Nasty Nasty Nasty Nasty"; // also its eighth
    std::atomic<int> posts = 0;
    const ScriptedServer server([&](const Json& request) {
        const bool isNasty = textOf(request).find("Nasty") != std::string::npos;
        posts += isNasty ? 1 : 0;
        return isNasty ? nasty.answer : ScriptedServer::chat(good);
    });
    Workspace workspace = test::titledItems(*m_folder, "n.transept", {"Kind", nastyTitle});
    ExtractionRequest request = test::topicAndMood(server.url());
    request.settings["attempts"] = 2;
    request.settings["timeout"] = 1;

    const auto report = extract(workspace, request, {});

    const auto base = KnowledgeStore(workspace).find("facts");
    QVERIFY_OK(base);
    const auto kind = KnowledgeStore(workspace).facts(base->id, ItemId{1});
    const auto facts = KnowledgeStore(workspace).facts(base->id, ItemId{2});
    const auto failures = KnowledgeStore(workspace).failures(base->id);
    QVERIFY(kind && facts && failures);
    QCOMPARE(kind->facets.size(), std::size_t{2}); // what was done before is kept
    QCOMPARE(static_cast<bool>(report), nasty.consequence != Consequence::Stops);
    QCOMPARE(facts->facets.empty(), nasty.consequence != Consequence::Known);
    QCOMPARE(failures->size(), std::size_t{nasty.consequence == Consequence::Failed ? 1U : 0U});
    QVERIFY2(posts <= nasty.mostPosts, std::to_string(posts).c_str());
    for (const StoredFacet& facet : facts->facets) {
        QVERIFY(facet.text.size() <= 200 && QString::fromStdString(facet.text).toStdString() == facet.text);
        QVERIFY(std::ranges::none_of(facet.text, [](unsigned char c) { return c < 0x20; }));
    }
    const std::string sentence = report ? failures->empty() ? "-" : failures->front().reason
                                 : report.error().code == ErrorCode::Network ? describe(report.error())
                                                                             : "";
    QVERIFY2(!sentence.empty(), "no sentence");
    QCOMPARE(base->state, std::string(report ? "finished" : "failed"));
}

void InterviewTest::thereAreAHundredNastyReplies()
{
    QVERIFY(test::nastyReplies().size() >= 100);
}

void InterviewTest::equalTextsAreAskedOnce()
{
    const ScriptedServer server([](const Json&) { return ScriptedServer::chat(good); });
    Workspace workspace = test::titledItems(*m_folder, "e.transept", {"One", "Two", "One", "One", "Two"});
    ExtractionRequest request = test::topicAndMood(server.url());
    request.settings["lines"] = 4;

    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QCOMPARE(server.posts(), 2);
    QCOMPARE(report->items, 5);
    QCOMPARE(report->calls, 2);
    QCOMPARE(report->repeated + report->fromCache, 3);
    QCOMPARE(report->valid, 2);
    ExtractionRequest other = request;
    other.name = "again";
    QCOMPARE(extract(workspace, other, {})->fromCache, 5);
    QCOMPARE(server.posts(), 2); // across knowledge bases
}

void InterviewTest::nothingIsAskedTwiceAfterACancel()
{
    std::mutex mutex;
    std::multiset<std::string> asked;
    std::stop_source stop;
    const ScriptedServer server([&](const Json& request) {
        const std::lock_guard lock(mutex);
        asked.insert(textOf(request));
        if (asked.size() == 20) {
            stop.request_stop();
        }
        return ScriptedServer::chat(good);
    });
    const std::vector<std::string> titles = test::filmTitles(100);
    Workspace workspace = test::titledItems(*m_folder, "c.transept", titles);
    ExtractionRequest request = test::topicAndMood(server.url());

    const auto stopped = extract(workspace, request, {.stop = stop.get_token()});
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    request.settings["timeout"] = 30; // how a server is reached may change on the way
    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, 100);
    const std::lock_guard lock(mutex);
    const std::set<std::string> different(asked.begin(), asked.end());
    QCOMPARE(different.size(), std::size_t{100});
    QVERIFY(asked.size() <= 101); // the one that was under way when it was stopped
}

void InterviewTest::serverThatIsAwayForAWhileIsWaitedFor()
{
    std::atomic<int> refusals = 3;
    const ScriptedServer server([&](const Json&) {
        return refusals-- > 0 ? ScriptedServer::error(503, "loading model") : ScriptedServer::chat(good);
    });
    Workspace workspace = test::titledItems(*m_folder, "w.transept", {"One", "Two"});
    ExtractionRequest request = test::topicAndMood(server.url());
    request.settings["attempts"] = 6;

    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, 2);
    QCOMPARE(report->retries, 3);
    QCOMPARE(report->calls, 2);
}

void InterviewTest::badReplyIsRepairedOnceWithWhatIsWrong()
{
    std::vector<Json> requests;
    const ScriptedServer server([&](const Json& request) {
        requests.push_back(request);
        return ScriptedServer::chat(requests.size() == 1 ? R"({"topic": "a"})" : good);
    });
    Workspace workspace = test::titledItems(*m_folder, "r.transept", {"One"});

    const auto report = extract(workspace, test::topicAndMood(server.url()), {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, 1);
    QCOMPARE(report->repaired, 1);
    QCOMPARE(report->unreadable, 1);
    QCOMPARE(report->valid, 0);
    QCOMPARE(report->tokensIn, 40); // both were paid for
    const KnowledgeBase base = KnowledgeStore(workspace).find(report->id).value();
    QCOMPARE(base.answers, (AnswerCounts{.calls = 2, .unreadable = 1})); // told long after
    const Json& messages = requests.at(1)["messages"];
    QCOMPARE(messages[messages.size() - 2]["content"].get<std::string>(), std::string(R"({"topic": "a"})"));
    QVERIFY(messages.back()["content"].get<std::string>().find("nothing of mood") != std::string::npos);
}

void InterviewTest::cutReplyIsAskedForWithMoreRoom()
{
    std::vector<int> limits;
    const ScriptedServer server([&](const Json& request) {
        limits.push_back(request["max_tokens"].get<int>());
        ScriptedServer::Answer answer = ScriptedServer::chat(limits.size() == 1 ? R"({"topic": "a)" : good);
        if (limits.size() == 1) {
            answer.body.replace(answer.body.find("\"stop\""), 6, "\"length\"");
        }
        return answer;
    });
    Workspace workspace = test::titledItems(*m_folder, "l.transept", {"One"});
    ExtractionRequest request = test::topicAndMood(server.url());
    request.settings["max_tokens"] = 20;

    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, 1);
    QCOMPARE(limits, (std::vector<int>{20, 80}));
}

void InterviewTest::textThatIsTooLongIsHalved()
{
    const ScriptedServer server([&](const Json& request) {
        return textOf(request).size() > 700
                   ? ScriptedServer::error(400, "This model's maximum context length is 512 tokens.")
                   : ScriptedServer::chat(good);
    });
    Workspace workspace = test::titledItems(
        *m_folder,
        "t.transept",
        {std::string(300, 'x'), "short", std::string(1200, 'y'), std::string(10'000'000, 'z')});
    ExtractionRequest request = test::topicAndMood(server.url());
    request.settings["prompt"] = "{title}";
    request.settings["text-limit"] = 100'000;

    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, 3);
    QCOMPARE(report->failed, 1); // an eighth of 100,000 is still too much
    QCOMPARE(report->shortened, 2);
    const auto failures = KnowledgeStore(workspace).failures(report->id);
    QVERIFY(failures && failures->front().item == ItemId{4});
}

void InterviewTest::serverWithoutSchemaIsAskedInAnotherWay()
{
    std::vector<std::string> forms;
    const ScriptedServer server([&](const Json& request) {
        const Json form = request.value("response_format", Json());
        forms.push_back(form.is_null() ? "none" : form["type"].get<std::string>());
        return form.is_null() ? ScriptedServer::chat("Here: " + good)
                              : ScriptedServer::error(400, "response_format is not supported");
    });
    Workspace workspace = test::titledItems(*m_folder, "f.transept", {"One", "Two", "Three"});

    const auto report = extract(workspace, test::topicAndMood(server.url()), {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, 3);
    QCOMPARE(forms, (std::vector<std::string>{"json_schema", "json_object", "none", "none", "none"}));
    ExtractionRequest strict = test::topicAndMood(server.url());
    strict.name = "strict";
    strict.settings["structure"] = "schema";
    QCOMPARE(extract(workspace, strict, {})->fromCache, 3); // the same question, already answered
}

void InterviewTest::serverWithoutSystemRoleIsAskedInAnotherWay()
{
    std::atomic<int> withSystem = 0;
    const ScriptedServer server([&](const Json& request) {
        const bool hasSystem = request["messages"][0]["role"] == "system";
        withSystem += hasSystem ? 1 : 0;
        return hasSystem ? ScriptedServer::error(500, "System role not supported")
                         : ScriptedServer::chat(good);
    });
    Workspace workspace = test::titledItems(*m_folder, "s.transept", {"One", "Two"});

    const auto report = extract(workspace, test::topicAndMood(server.url()), {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, 2);
    QCOMPARE(withSystem.load(), 1);
}

void InterviewTest::serverThatRefusesAllIsLeftAfterTen()
{
    const ScriptedServer server(
        [&](const Json&) { return ScriptedServer::error(400, "unknown field seed"); });
    const std::vector<std::string> titles = test::filmTitles(100);
    Workspace workspace = test::titledItems(*m_folder, "x.transept", titles);

    const auto report = extract(workspace, test::topicAndMood(server.url()), {});

    QVERIFY(!report);
    QVERIFY(describe(report.error()).find("unknown field seed") != std::string::npos);
    QVERIFY(server.posts() <= 12);
}

void InterviewTest::embeddingsAreKeptTextByText()
{
    std::atomic<int> texts = 0;
    const ScriptedServer server([&](const Json& request) {
        Json data = Json::array();
        for (std::size_t at = 0; at < request["input"].size(); ++at) {
            const auto length = static_cast<double>(request["input"][at].get<std::string>().size());
            data.push_back({{"index", at}, {"embedding", {length, 1.0}}});
        }
        texts += static_cast<int>(request["input"].size());
        return ScriptedServer::Answer{.body = Json{{"data", data}, {"usage", {{"prompt_tokens", 8}}}}.dump()};
    });
    Workspace workspace =
        test::titledItems(*m_folder, "v.transept", {"a", "bb", "ccc", "a", "dddd", "eeeee"});
    ExtractionRequest request = test::topicAndMood(server.url());
    request.extractor = "embedding";
    request.settings = {{"url", server.url()}, {"model", "scripted"}, {"batch", 4}};

    const auto report = extract(workspace, request, {});
    QVERIFY_OK(report);
    QCOMPARE(report->items, 6);
    QCOMPARE(texts.load(), 5);
    QCOMPARE(report->calls, 2);
    const auto facts = KnowledgeStore(workspace).factsOf(report->id, DomainId{1});
    QCOMPARE((*facts)[2].vector[0] / (*facts)[2].vector[1], 3.0F);

    request.name = "other batches";
    request.settings["batch"] = 3;
    QCOMPARE(extract(workspace, request, {})->fromCache, 6);
    QCOMPARE(texts.load(), 5);
}

void InterviewTest::badTextAmongOthersIsFoundOut()
{
    const ScriptedServer server([&](const Json& request) {
        Json data = Json::array();
        for (const Json& text : request["input"]) {
            if (text.get<std::string>().size() > 100) {
                return ScriptedServer::error(500, "input is too large to process");
            }
            data.push_back({{"embedding", {1.0, 2.0}}});
        }
        return ScriptedServer::Answer{.body = Json{{"data", data}}.dump()};
    });
    Workspace workspace = test::titledItems(
        *m_folder, "g.transept", {"a", "b", std::string(300, 'x'), "d", std::string(5000, 'y'), "f"});
    ExtractionRequest request = test::topicAndMood(server.url());
    request.extractor = "embedding";
    request.settings = {{"url", server.url()}, {"model", "scripted"}, {"batch", 6}, {"text-limit", 5000}};

    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, 5);
    QCOMPARE(report->failed, 1);
    QCOMPARE(report->shortened, 2);
}

void InterviewTest::textIsRedactedUnlessToldOtherwise()
{
    std::string seen;
    const ScriptedServer server([&](const Json& request) {
        seen = textOf(request);
        return ScriptedServer::chat(good);
    });
    Workspace workspace = test::titledItems(*m_folder, "y.transept", {"Write to jo@mail.example"});
    ExtractionRequest request = test::topicAndMood(server.url());

    const auto shown = preview(workspace, request, ItemId{1}, {}, {});
    QVERIFY_OK(shown);
    QCOMPARE(shown->redactions.addresses, 1);
    QVERIFY(shown->request.find("jo@mail") == std::string::npos);
    QVERIFY_OK(extract(workspace, request, {}));
    QVERIFY(seen.find("[e-mail]") != std::string::npos && seen.find("jo@mail") == std::string::npos);

    request.name = "open";
    request.settings["redact"] = false;
    QVERIFY_OK(extract(workspace, request, {}));
    QVERIFY(seen.find("jo@mail.example") != std::string::npos);
}

void InterviewTest::previewStreamsAndTellsItsCost()
{
    const ScriptedServer server([&](const Json& request) {
        std::string events;
        for (const char* piece : {"{\"topic\": \"sp", "ace\", \"mo", "od\": \"calm\"}"}) {
            events += "data: " + Json{{"choices", {{{"delta", {{"content", piece}}}}}}}.dump() + "\n\n";
        }
        events +=
            "data: " +
            Json{{"choices", Json::array()}, {"usage", {{"prompt_tokens", 30}, {"completion_tokens", 9}}}}
                .dump() +
            "\n\ndata: [DONE]\n\n";
        const bool streams = request.value("stream", false);
        ScriptedServer::Answer answer{.body = streams ? events : "{}", .contentType = "text/event-stream"};
        answer.pieceBytes = 40;
        return answer;
    });
    Workspace workspace = test::titledItems(*m_folder, "z.transept", {"One"});
    QVERIFY_OK(PriceTable(workspace).set({.model = "scripted", .perMillionIn = 1.0, .perMillionOut = 2.0}));
    std::vector<std::string> pieces;

    const auto shown =
        preview(workspace,
                test::topicAndMood(server.url()),
                ItemId{1},
                {.ask = true, .onText = [&](std::string_view text) { pieces.emplace_back(text); }},
                {});

    QVERIFY_OK(shown);
    QVERIFY2(!shown->problem, shown->problem ? describe(*shown->problem).c_str() : "");
    QCOMPARE(pieces.size(), std::size_t{3});
    QCOMPARE(shown->facets.size(), std::size_t{2});
    QCOMPARE(shown->facets[0].text, std::string("space"));
    QCOMPARE(shown->tokensIn, 30);
    QCOMPARE(shown->tokensOut, 9);
    QCOMPARE(shown->money.value_or(0.0), 48e-6);
    QVERIFY(KnowledgeStore(workspace).all()->empty());
}

void InterviewTest::allLinesAreBusyTogether()
{
    const ScriptedServer server([&](const Json&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        return ScriptedServer::chat(good);
    });
    const std::vector<std::string> titles = test::filmTitles(1280);
    Workspace workspace = test::titledItems(*m_folder, "k.transept", titles);
    ExtractionRequest request = test::topicAndMood(server.url());
    request.settings["lines"] = 32;

    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, 1280);
    QVERIFY(server.mostAtOnce() >= 30 && server.mostAtOnce() <= 32); // a connection may be slow to come
}

void InterviewTest::manyCachedItemsAreReplayedInSeconds()
{
    constexpr int count = 20'000;
    const ScriptedServer server([&](const Json&) { return ScriptedServer::chat(good); });
    std::vector<std::string> titles;
    titles.reserve(count);
    for (int item = 0; item < count; ++item) {
        titles.push_back("Film " + std::to_string(item));
    }
    Workspace workspace = test::titledItems(*m_folder, "h.transept", titles);
    ExtractionRequest request = test::topicAndMood(server.url());
    request.settings["lines"] = 8;
    QVERIFY_OK(extract(workspace, request, {}));
    request.name = "replayed";
    const auto start = std::chrono::steady_clock::now();

    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QCOMPARE(report->fromCache, count);
    QCOMPARE(server.posts(), count);
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
#ifndef TRANSEPT_SANITIZED // which makes memory several times as slow
    QVERIFY2(spent.count() < 4.0, std::to_string(spent.count()).c_str());
#endif
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::InterviewTest)
#include "InterviewTest.moc"
