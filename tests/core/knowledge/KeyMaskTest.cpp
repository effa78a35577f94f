#include "core/knowledge/Extractor.h"
#include "core/knowledge/LlmServer.h"
#include "core/knowledge/ServerKey.h"
#include "core/store/Catalog.h"
#include "tests/support/ScriptedServer.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cstdlib>

namespace transept {
namespace {

using test::ScriptedServer;

const std::string key = "sk-canary/8+xY=u0_e6";
constexpr const char* variable = "TRANSEPT_MASK_KEY";

/// The key with every character written as JSON may write it.
std::string inCodes(const std::string& text)
{
    std::string codes;
    for (const char each : text) {
        codes += fmt::format("\\u{:04x}", static_cast<int>(each));
    }
    return codes;
}

ServerSettings settingsOf(const ScriptedServer& server)
{
    return {.url = server.url(), .keyVariable = variable, .proxy = {}, .timeoutSeconds = 5, .attempts = 1};
}

} // namespace

/// A server's key is nowhere in what the server is heard to say, and nobody can put it into settings.
class KeyMaskTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { setenv(variable, key.c_str(), 1); }
    void keyIsTakenOutHoweverItIsWritten_data();
    void keyIsTakenOutHoweverItIsWritten();
    void otherTextStays();
    void beginningOfAKeyIsHeldBack();
    void nothingOfAnExchangeHoldsTheKey_data();
    void nothingOfAnExchangeHoldsTheKey();
    void keyInPiecesOfAStreamIsNeverShown();
    void keyAtTheEndOfAStreamIsNeverShown();
    void settingsThatLookLikeSecretsAreRefused_data();
    void settingsThatLookLikeSecretsAreRefused();
    void settingThatHoldsTheKeyBeginsNothing();
};

void KeyMaskTest::keyIsTakenOutHoweverItIsWritten_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("clean");
    const auto is = [](const char* name, const std::string& text, const char* clean) {
        QTest::newRow(name) << QString::fromStdString(text) << QString::fromUtf8(clean);
    };
    const Json echo{{"said", "Bearer " + key}};
    std::string slashed = key;
    slashed.insert(slashed.find('/'), "\\");
    is("plain", "Bearer " + key + ".", "Bearer [key].");
    is("twice", key + key, "[key][key]");
    is("in JSON", echo.dump(), R"({"said":"Bearer [key]"})");
    is("in JSON within JSON",
       Json{{"content", echo.dump()}}.dump(),
       R"({"content":"{\"said\":\"Bearer [key]\"}"})");
    is("with an escaped slash", "\"" + slashed + "\"", "\"[key]\"");
    is("in codes", "\"" + inCodes(key) + "\"", "\"[key]\"");
    is("in codes within JSON", Json{{"content", inCodes(key)}}.dump(), R"({"content":"[key]"})");
    is("behind a line's end", "a\\n" + key, "a\\n[key]");
}

void KeyMaskTest::keyIsTakenOutHoweverItIsWritten()
{
    QFETCH(QString, text);
    QFETCH(QString, clean);
    QCOMPARE(QString::fromStdString(KeyMask(key).masked(text.toStdString())), clean);
}

void KeyMaskTest::otherTextStays()
{
    const std::string near = key.substr(0, key.size() - 1) + " and s and \\\\\\\\sk-canary \\u00 \\";
    QCOMPARE(KeyMask(key).masked(near), near);
    QCOMPARE(KeyMask().masked(key), key);
    QCOMPARE(KeyMask(std::string("none")).masked("none of these"), std::string("none of these"));
    const std::string slashes(1 << 20, '\\'); // in linear time
    QCOMPARE(KeyMask(key).masked(slashes), slashes);
}

void KeyMaskTest::beginningOfAKeyIsHeldBack()
{
    const KeyMask mask(key);
    QCOMPARE(mask.startIn("hello"), std::size_t{5});
    QCOMPARE(mask.startIn(""), std::size_t{0});
    for (std::size_t length = 1; length < key.size(); ++length) {
        QCOMPARE(mask.startIn("hello " + key.substr(0, length)), std::size_t{6});
    }
    QCOMPARE(mask.startIn("hello \\"), std::size_t{6});
    QCOMPARE(mask.startIn("hello \\u00"), std::size_t{6});
    QCOMPARE(KeyMask().startIn("sk-"), std::size_t{3});
}

void KeyMaskTest::nothingOfAnExchangeHoldsTheKey_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {200, 400, 401, 404, 422, 429, 500}) {
        QTest::addRow("HTTP %d", status) << status;
    }
}

void KeyMaskTest::nothingOfAnExchangeHoldsTheKey()
{
    QFETCH(int, status);
    for (const bool inWords : {true, false}) {
        std::string heard;
        const ScriptedServer server([&](const ScriptedServer::Asked& asked) {
            heard = asked.authorization;
            ScriptedServer::Answer answer =
                status == 200 ? ScriptedServer::chat("You sent " + asked.authorization)
                              : ScriptedServer::error(status, "bad: " + asked.authorization);
            answer.body = inWords ? answer.body : "You sent " + asked.authorization;
            answer.status = status;
            return answer;
        });
        LlmServer line(settingsOf(server));
        for (const Exchange& exchange :
             {line.post("/chat/completions", Json::object(), {}), line.stream(Json::object(), {}, {})}) {
            const std::string all = exchange.answer
                                        ? exchange.answer->body.dump()
                                        : describe(exchange.answer.error()) + exchange.answer.error().detail;
            QCOMPARE(heard, "Bearer " + key);
            QVERIFY2(all.find("canary") == std::string::npos, all.c_str());
        }
    }
}

void KeyMaskTest::keyInPiecesOfAStreamIsNeverShown()
{
    std::string events;
    const std::string said = "The key is " + key + ", thank you; sk-";
    for (const char piece : said) {
        events +=
            "data: " + Json{{"choices", {{{"delta", {{"content", std::string(1, piece)}}}}}}}.dump() + "\n\n";
    }
    const ScriptedServer server([&](const Json&) {
        return ScriptedServer::Answer{.body = events, .contentType = "text/event-stream"};
    });
    std::string shown;

    const Exchange exchange = LlmServer(settingsOf(server))
                                  .stream(Json::object(), [&](std::string_view text) { shown += text; }, {});

    QVERIFY_OK(exchange.answer);
    QCOMPARE(shown, std::string("The key is [key], thank you; "));
    QCOMPARE(exchange.answer->body["choices"][0]["message"]["content"].get<std::string>(), shown + "sk-");
}

/// Also in what tells why the reply ended and what it cost, and when the reply ends within the key.
void KeyMaskTest::keyAtTheEndOfAStreamIsNeverShown()
{
    const auto event = [](const Json& content) { return "data: " + content.dump() + "\n\n"; };
    const Json begun{{"delta", {{"content", "The key is " + key.substr(0, key.size() - 1)}}}};
    const Json end{{"finish_reason", "stop " + key}};
    const std::string events = event({{"choices", Json::array({begun})}}) +
                               event({{"choices", Json::array({end})}}) +
                               event({{"usage", {{"prompt_tokens", 7}, {"of", key}}}});
    const ScriptedServer server([&](const Json&) {
        return ScriptedServer::Answer{.body = events, .contentType = "text/event-stream"};
    });

    const Exchange exchange = LlmServer(settingsOf(server)).stream(Json::object(), {}, {});

    QVERIFY_OK(exchange.answer);
    const std::string body = exchange.answer->body.dump();
    QVERIFY2(body.find("canary") == std::string::npos, body.c_str());
    QVERIFY2(body.find("The key is [key]") != std::string::npos, body.c_str());
    QVERIFY2(body.find("stop [key]") != std::string::npos, body.c_str());
    QCOMPARE(exchange.answer->tokensIn, std::int64_t{7});
}

void KeyMaskTest::settingsThatLookLikeSecretsAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("isTaken");
    const auto is = [](const char* name, const char* value, bool isTaken) {
        QTest::newRow(value) << QString::fromUtf8(name) << QString::fromUtf8(value) << isTaken;
    };
    is("key_env", "OPENAI_API_KEY", true);
    is("key_env", "my_key", true);
    is("key_env", "sk-canary", false);
    is("key_env", "gskcanary0123456789abcdef", false);
    is("key_env", "a canary", false);
    is("key_env", "1canary", false);
    is("url", "https://api.example.org/v1", true);
    is("url", "https://user:canary@api.example.org/v1", false);
    is("url", "https://canary@api.example.org/v1", false);
    is("url", "https://api.example.org/v1?key=canary", false);
    is("url", "http://127.0.0.1:9/v1#canary", false);
    is("proxy", "http://proxy.example.org:3128", true);
    is("proxy", "proxy.example.org:3128", true);
    is("proxy", "http://user:canary@proxy.example.org:3128", false);
    is("proxy", "user:canary@proxy.example.org:3128", false);
}

void KeyMaskTest::settingsThatLookLikeSecretsAreRefused()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(bool, isTaken);
    const test::Temporary folder;
    Workspace workspace = folder.workspace();
    QVERIFY_OK(Catalog(workspace).ensureDomain("films", "web", FeedbackKind::Explicit));
    ExtractionRequest request{.extractor = "chat", .name = "asked", .settings = {{"model", "scripted"}}};
    request.settings[name.toStdString()] = value.toStdString();

    const auto cost = forecast(workspace, request, 0, {});

    QCOMPARE(cost.has_value(), isTaken);
    if (!isTaken) {
        const auto done = extract(workspace, request, {});
        QVERIFY(!done);
        QVERIFY(done.error().code == ErrorCode::InvalidInput);
        const std::string sentence = describe(done.error());
        QVERIFY2(sentence.find("settings." + name.toStdString()) != std::string::npos, sentence.c_str());
        QVERIFY2(sentence.find("canary") == std::string::npos, sentence.c_str());
        QVERIFY(KnowledgeStore(workspace).all()->empty());
    }
}

void KeyMaskTest::settingThatHoldsTheKeyBeginsNothing()
{
    const test::Temporary folder;
    Workspace workspace = folder.workspace();
    QVERIFY_OK(Catalog(workspace).ensureDomain("films", "web", FeedbackKind::Explicit));
    const ExtractionRequest request{
        .extractor = "chat",
        .name = "asked",
        .settings = {{"model", "scripted"}, {"key_env", variable}, {"prompt", "{title} " + key}}};

    const auto done = extract(workspace, request, {});

    QVERIFY(!done);
    QVERIFY(describe(done.error()).find("settings.prompt holds the server's key") != std::string::npos);
    QVERIFY(KnowledgeStore(workspace).all()->empty());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::KeyMaskTest)
#include "KeyMaskTest.moc"
