#include "core/knowledge/LlmServer.h"
#include "core/knowledge/Extractor.h"
#include "tests/support/ScriptedServer.h"
#include "tests/support/Temporary.h"

#include <QtCore/QProcess>
#include <QtTest/QTest>

#include <cstdlib>

namespace transept {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using test::ScriptedServer;

const Json anything{{"messages", {{{"role", "user"}, {"content", "hello"}}}}};

double secondsSince(steady_clock::time_point start)
{
    return std::chrono::duration<double>(steady_clock::now() - start).count();
}

ServerSettings once(const std::string& url)
{
    return {.url = url, .keyVariable = {}, .proxy = {}, .timeoutSeconds = 5, .attempts = 1};
}

ExtractionRequest probing(const std::string& url)
{
    return {.extractor = "chat",
            .name = {},
            .domains = {},
            .fields = {},
            .settings = {{"url", url}, {"model", "scripted"}},
            .budget = {}};
}

} // namespace

/// One line to a server: addresses, keys, certificates, waiting, stopping.
class LlmServerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addressIsTheOneThatWasMeant_data();
    void addressIsTheOneThatWasMeant();
    void missingPathIsNamed();
    void webPageIsNamed();
    void modelThatIsNotThereIsNamedWithThoseThatAre();
    void waitsAsLongAsTheServerAsks();
    void oneWaitHoldsAllLines();
    void stopIsHeardWithin100Milliseconds_data();
    void stopIsHeardWithin100Milliseconds();
    void keyGoesToNoOtherHost();
    void nothingGoesOutOverPlainHttp();
    void unknownCertificateIsRefused();
    void proxyIsUsedButNotForThisMachine();
    void probeTellsWhatAServerCan_data();
    void probeTellsWhatAServerCan();
    void streamIsReadHoweverItIsCut();
};

void LlmServerTest::addressIsTheOneThatWasMeant_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("meant");
    const auto is = [](const char* written, const char* meant) {
        QTest::newRow(written) << written << meant;
    };
    is("http://h:1/v1", "http://h:1/v1");
    is(" http://h:1/v1/ ", "http://h:1/v1");
    is("http://h:1/v1/v1", "http://h:1/v1");
    is("http://h:1/v1/chat/completions", "http://h:1/v1");
    is("http://h:1/v1/embeddings/", "http://h:1/v1");
    is("http://h:1/v1/models", "http://h:1/v1");
    is("http://h:1", "http://h:1");
    is("", "");
    is("/", "/");
}

void LlmServerTest::addressIsTheOneThatWasMeant()
{
    QFETCH(QString, written);
    QFETCH(QString, meant);
    QCOMPARE(QString::fromStdString(baseAddress(written.toStdString())), meant);
}

void LlmServerTest::missingPathIsNamed()
{
    const ScriptedServer server([](const ScriptedServer::Asked& asked) {
        return asked.path.starts_with("/v1/") ? ScriptedServer::chat("{}") : ScriptedServer::error(404, "no");
    });
    const std::string bare = server.url().substr(0, server.url().size() - 3);

    const Exchange exchange = LlmServer(once(bare)).post("/chat/completions", anything, {});

    QVERIFY(!exchange.answer);
    QVERIFY(describe(exchange.answer.error()).find("answers at " + server.url()) != std::string::npos);
    const auto status = askServer(probing(bare), {});
    QVERIFY(status && !status->answers);
    QVERIFY(describe(status->problem).find("answers at " + server.url()) != std::string::npos);
    QVERIFY(askServer(probing(server.url() + "/v1/chat/completions"), {})->answers);
}

void LlmServerTest::webPageIsNamed()
{
    const ScriptedServer server([](const Json&) {
        return ScriptedServer::Answer{.body = "<html><body>Hello</body></html>", .contentType = "text/html"};
    });

    const Exchange exchange = LlmServer(once(server.url())).post("/chat/completions", anything, {});

    QVERIFY(!exchange.answer);
    QVERIFY(describe(exchange.answer.error()).find("has nothing at") != std::string::npos);
}

void LlmServerTest::modelThatIsNotThereIsNamedWithThoseThatAre()
{
    const ScriptedServer server(
        [](const Json&) { return ScriptedServer::error(404, "model 'x' not found"); });

    const Exchange exchange = LlmServer(once(server.url())).post("/chat/completions", anything, {});

    QVERIFY(!exchange.answer);
    const std::string sentence = describe(exchange.answer.error());
    QVERIFY(sentence.find("model 'x' not found") != std::string::npos);
    QVERIFY(sentence.find("It has: scripted") != std::string::npos);
}

void LlmServerTest::waitsAsLongAsTheServerAsks()
{
    std::atomic<int> posts = 0;
    const ScriptedServer server([&](const Json&) {
        if (++posts > 1) {
            return ScriptedServer::chat("{}");
        }
        ScriptedServer::Answer answer = ScriptedServer::error(429, "slow down");
        answer.headers = {{"Retry-After", "1"}};
        return answer;
    });
    ServerSettings settings = once(server.url());
    settings.attempts = 3;
    const auto start = steady_clock::now();

    const Exchange exchange = LlmServer(settings).post("/chat/completions", anything, {});

    QVERIFY(exchange.answer.has_value());
    QCOMPARE(exchange.answer->attempts, 2);
    QVERIFY(secondsSince(start) >= 1.0 && secondsSince(start) < 2.0);
}

void LlmServerTest::oneWaitHoldsAllLines()
{
    std::atomic<int> posts = 0;
    const ScriptedServer server([&](const Json&) {
        ScriptedServer::Answer answer = ScriptedServer::error(429, "slow down");
        answer.headers = {{"Retry-After", "1"}};
        return ++posts == 1 ? answer : ScriptedServer::chat("{}");
    });
    const auto pause = std::make_shared<ServerPause>();
    ServerSettings settings = once(server.url());
    settings.attempts = 2;
    std::jthread first([&] { (void)LlmServer(settings, pause).post("/chat/completions", anything, {}); });
    QTRY_COMPARE(posts.load(), 1);
    std::this_thread::sleep_for(milliseconds(50));
    const auto start = steady_clock::now();

    QVERIFY(LlmServer(settings, pause).post("/chat/completions", anything, {}).answer.has_value());

    QVERIFY(secondsSince(start) > 0.8);
}

void LlmServerTest::stopIsHeardWithin100Milliseconds_data()
{
    QTest::addColumn<QString>("server");
    QTest::newRow("that never answers") << "silent";
    QTest::newRow("that asks to wait") << "busy";
    QTest::newRow("that drips") << "dripping";
    QTest::newRow("that is not there") << "none";
}

void LlmServerTest::stopIsHeardWithin100Milliseconds()
{
    QFETCH(QString, server);
    std::atomic<bool> isOver = false;
    const ScriptedServer scripted([&](const Json&) {
        ScriptedServer::Answer answer = ScriptedServer::chat("{}");
        if (server == QLatin1String("busy")) {
            answer = ScriptedServer::error(503, "busy");
            answer.headers = {{"Retry-After", "50"}};
        } else if (server == QLatin1String("dripping")) {
            answer.pieceBytes = 4;
            answer.pause = milliseconds(100);
        }
        while (server == QLatin1String("silent") && !isOver) {
            std::this_thread::sleep_for(milliseconds(5));
        }
        return answer;
    });
    ServerSettings settings =
        once(server == QLatin1String("none") ? "http://127.0.0.1:9/v1" : scripted.url());
    settings.attempts = 20;
    settings.timeoutSeconds = 60;
    const auto secondsUntilHeard = [&] {
        std::stop_source stop;
        steady_clock::time_point asked;
        std::jthread stopper([&] {
            std::this_thread::sleep_for(milliseconds(300));
            asked = steady_clock::now();
            stop.request_stop();
        });
        const Exchange exchange = LlmServer(settings).post("/chat/completions", anything, stop.get_token());
        const auto ended = steady_clock::now();
        stopper.join();
        const bool isCancelled = !exchange.answer && exchange.answer.error().code == ErrorCode::Cancelled;
        return isCancelled ? std::chrono::duration<double>(ended - asked).count() : 1e9;
    };

    double spent = secondsUntilHeard();
    for (int again = 0; again < 2 && spent > 0.1; ++again) { // a busy machine may be late by itself
        spent = std::min(spent, secondsUntilHeard());
    }

    isOver = true;
    QVERIFY2(spent < 0.1, std::to_string(spent).c_str());
}

void LlmServerTest::keyGoesToNoOtherHost()
{
    setenv("TRANSEPT_TEST_KEY", "canary-0815", 1);
    std::string elsewhere = "nothing came";
    const ScriptedServer other([&](const ScriptedServer::Asked& asked) {
        elsewhere = "asked with " + asked.authorization;
        return ScriptedServer::chat("{}");
    });
    std::string seen;
    const ScriptedServer server([&](const ScriptedServer::Asked& asked) {
        seen = asked.authorization;
        return ScriptedServer::Answer{.status = 307,
                                      .headers = {{"Location", other.url() + "/chat/completions"}}};
    });
    ServerSettings settings = once(server.url());
    settings.keyVariable = "TRANSEPT_TEST_KEY";

    const Exchange exchange = LlmServer(settings).post("/chat/completions", anything, {});

    QCOMPARE(seen, std::string("Bearer canary-0815"));
    QCOMPARE(elsewhere, std::string("nothing came"));
    QVERIFY(!exchange.answer);
    QVERIFY(describe(exchange.answer.error()).find("elsewhere") != std::string::npos);
    QVERIFY(describe(exchange.answer.error()).find("canary") == std::string::npos);
}

void LlmServerTest::nothingGoesOutOverPlainHttp()
{
    const auto models = LlmServer(once("http://example.invalid/v1")).models({});

    QVERIFY(!models);
    QCOMPARE(models.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(models.error()).find("plain HTTP") != std::string::npos);
}

void LlmServerTest::unknownCertificateIsRefused()
{
    const test::Temporary folder;
    const QString key = QString::fromStdString(folder.path("key.pem").string());
    const QString certificate = QString::fromStdString(folder.path("certificate.pem").string());
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("req"),
                   QStringLiteral("-x509"),
                   QStringLiteral("-newkey"),
                   QStringLiteral("rsa:2048"),
                   QStringLiteral("-nodes"),
                   QStringLiteral("-days"),
                   QStringLiteral("2"),
                   QStringLiteral("-subj"),
                   QStringLiteral("/CN=localhost"),
                   QStringLiteral("-keyout"),
                   key,
                   QStringLiteral("-out"),
                   certificate});
    QVERIFY(openssl.waitForFinished(60'000));
    QCOMPARE(openssl.exitCode(), 0);
    const ScriptedServer server([](const ScriptedServer::Asked&) { return ScriptedServer::chat("{}"); },
                                certificate.toStdString(),
                                key.toStdString());
    QVERIFY(server.url().starts_with("https://"));

    const Exchange exchange = LlmServer(once(server.url())).post("/chat/completions", anything, {});

    QVERIFY(!exchange.answer);
    QVERIFY2(describe(exchange.answer.error()).find("certificate") != std::string::npos,
             describe(exchange.answer.error()).c_str());
    QCOMPARE(server.posts(), 0);
}

void LlmServerTest::proxyIsUsedButNotForThisMachine()
{
    const ScriptedServer server([](const Json&) { return ScriptedServer::chat("{}"); });
    ServerSettings settings = once(server.url());
    settings.proxy = "http://127.0.0.1:9";

    QVERIFY(LlmServer(settings).post("/chat/completions", anything, {}).answer.has_value());
    settings.url = "https://example.invalid/v1";
    const Exchange exchange = LlmServer(settings).post("/chat/completions", anything, {});
    QVERIFY(!exchange.answer);
    // The proxy is asked, and not there; without one the name would not be known.
    QVERIFY(describe(exchange.answer.error()).find("does not answer") != std::string::npos);
}

void LlmServerTest::probeTellsWhatAServerCan_data()
{
    QTest::addColumn<bool>("schema");
    QTest::addColumn<bool>("system");
    QTest::addColumn<bool>("batches");
    QTest::addColumn<bool>("tells");
    QTest::newRow("all") << true << true << true << true;
    QTest::newRow("plain text only") << false << true << true << true;
    QTest::newRow("no message of the system") << true << false << true << true;
    QTest::newRow("one text at a time") << true << true << false << true;
    QTest::newRow("silent about tokens") << true << true << true << false;
}

void LlmServerTest::probeTellsWhatAServerCan()
{
    QFETCH(bool, schema);
    QFETCH(bool, system);
    QFETCH(bool, batches);
    QFETCH(bool, tells);
    const ScriptedServer server([&](const ScriptedServer::Asked& asked) {
        Json body;
        if (asked.path.ends_with("/embeddings")) {
            if (!batches && asked.body["input"].size() > 1) {
                return ScriptedServer::error(400, "one input only");
            }
            Json data = Json::array();
            for (std::size_t at = 0; at < asked.body["input"].size(); ++at) {
                data.push_back({{"index", at}, {"embedding", {1.0, 2.0, 3.0}}});
            }
            body = {{"data", data}};
        } else {
            if (!schema && asked.body.contains("response_format")) {
                return ScriptedServer::error(400, "response_format is unknown");
            }
            if (!system && asked.body["messages"][0]["role"] == "system") {
                return ScriptedServer::error(400, "System role not supported");
            }
            body = Json::parse(ScriptedServer::chat(R"({"word": "yes"})").body);
            body.erase("usage");
        }
        if (tells) {
            body["usage"] = {{"prompt_tokens", 3}};
        }
        return ScriptedServer::Answer{.body = body.dump()};
    });

    const auto status = probeServer(probing(server.url()), {});

    QVERIFY_OK(status);
    QVERIFY(status->abilities);
    QVERIFY(status->abilities->chat && status->abilities->embeddings);
    QCOMPARE(status->abilities->schema, schema);
    QCOMPARE(status->abilities->object, schema);
    QCOMPARE(status->abilities->systemRole, system);
    QCOMPARE(status->abilities->batches, batches);
    QCOMPARE(status->abilities->tellsTokens, tells);
    QCOMPARE(status->abilities->dimension, 3);
    QCOMPARE(status->models, std::vector<std::string>{"scripted"});
}

void LlmServerTest::streamIsReadHoweverItIsCut()
{
    std::string events = ": a remark\r\n";
    for (const char* piece : {"Hel", "lo, ", "wörld"}) {
        events += "data: " + Json{{"choices", {{{"delta", {{"content", piece}}}}}}}.dump() + "\r\n\r\n";
    }
    events += "data: {broken\n\ndata: {\"choices\": [{\"finish_reason\": \"stop\", \"delta\": {}}]}\n\ndata: "
              "[DONE]\n\n";
    for (const std::size_t piece : {1U, 3U, 7U, 10'000U}) {
        const ScriptedServer server([&](const Json&) {
            ScriptedServer::Answer answer{.body = events, .contentType = "text/event-stream"};
            answer.pieceBytes = piece;
            return answer;
        });
        std::string shown;

        const Exchange exchange =
            LlmServer(once(server.url())).stream(anything, [&](std::string_view text) { shown += text; }, {});

        QVERIFY(exchange.answer.has_value());
        QCOMPARE(shown, std::string("Hello, wörld"));
        QCOMPARE(exchange.answer->body["choices"][0]["message"]["content"].get<std::string>(), shown);
        QCOMPARE(exchange.answer->body["choices"][0]["finish_reason"].get<std::string>(),
                 std::string("stop"));
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::LlmServerTest)
#include "LlmServerTest.moc"
