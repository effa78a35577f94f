#include "tests/support/ScriptedServer.h"
#include "tests/ui/PaintingTime.h"
#include "tests/ui/StallWatchdog.h"
#include "tests/ui/knowledge/KnowledgeFixture.h"

#include <array>

using namespace transept;
using namespace transept::test;

namespace {

constexpr auto serverPause = std::chrono::milliseconds(50);
constexpr int inTime = 60'000; // milliseconds, far longer than any of it takes

/// A mood and a topic for every item, or a vector for each text of an embedding request.
ScriptedServer::Answer answerTo(const Json& request)
{
    if (!request.contains("input")) {
        constexpr std::array topics{"voyage", "harvest", "robbery", "wedding", "empire", "garden", "trial"};
        constexpr std::array moods{"tense", "warm", "dark"};
        const std::size_t hash = std::hash<std::string>{}(request.at("messages").dump());
        return ScriptedServer::chat(
            Json{{"topic", topics[hash % topics.size()]}, {"mood", moods[hash % moods.size()]}}.dump());
    }
    Json data = Json::array();
    for (const Json& text : request.at("input")) {
        const std::size_t hash = std::hash<std::string>{}(text.get<std::string>());
        Json vector = Json::array();
        for (unsigned bit = 0; bit < 32; ++bit) {
            vector.push_back((hash >> bit) % 2 == 0 ? 0.1 : 0.3);
        }
        data.push_back({{"index", data.size()}, {"embedding", std::move(vector)}});
    }
    return {.body = Json{{"data", std::move(data)}, {"usage", {{"prompt_tokens", 1}}}}.dump()};
}

} // namespace

/// The page with its panel and its map, while an extraction runs.
class KnowledgeStallTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<KnowledgeFixture>(); }
    void wordsOfManyItemsNeverStall();
    void slowServerNeverStalls();
    void replayNeverStalls();
    void cleanup() { m_fixture.reset(); }

private:
    /// Fills the panel for a server; ready to start.
    void ask(const ScriptedServer& server, const char* extractor);
    /// Starts what the panel says and waits until the map shows as many items; the window kept up meanwhile.
    void verifyExtraction(std::size_t mapped);

    std::unique_ptr<KnowledgeFixture> m_fixture;
};

void KnowledgeStallTest::ask(const ScriptedServer& server, const char* extractor)
{
    if (!m_fixture->find<QWidget>("extractionPanel")->isVisible()) {
        m_fixture->trigger("extract");
    }
    m_fixture->choose("extractor", extractor);
    m_fixture->type("input:url", server.url());
    m_fixture->type("input:lines", "16");
    if (extractor == std::string_view("chat")) {
        m_fixture->find<QPlainTextEdit>("input:facets")->setPlainText(QStringLiteral("topic, mood"));
    }
    QTRY_COMPARE(m_fixture->find<QLineEdit>("input:model")->text(), QStringLiteral("scripted"));
    QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
    QTRY_VERIFY(!m_fixture->session().jobs().isAnyActive());
}

void KnowledgeStallTest::verifyExtraction(std::size_t mapped)
{
    const double slower = slowness();
    const int newest = m_fixture->rows("knowledgeBases");
    const StallWatchdog watchdog(&m_fixture->window());
    m_fixture->click("startExtraction");
    QVERIFY(liveUntil([&] { return m_fixture->hasFinished(newest); }, inTime));
    QVERIFY(liveUntil([&] { return m_fixture->map().values().rows.size() == mapped; }, inTime));
    qInfo().noquote() << watchdog.figures();
#ifndef TRANSEPT_SANITIZED
    QVERIFY2(watchdog.longest() < 50.0, qPrintable(watchdog.figures())); // whatever the machine
    const QString complaint = watchdog.complaint(slower);
    QVERIFY2(complaint.isEmpty(), qPrintable(complaint));
#endif
}

void KnowledgeStallTest::wordsOfManyItemsNeverStall()
{
    QVERIFY(m_fixture->openWith(12'000, 2'000));
    QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());

    verifyExtraction(14'000);
}

void KnowledgeStallTest::slowServerNeverStalls()
{
    const ScriptedServer server([](const Json& request) {
        std::this_thread::sleep_for(serverPause);
        return answerTo(request);
    });
    QVERIFY(m_fixture->openWith(500, 300));
    ask(server, "chat");
    const int asked = server.posts();

    verifyExtraction(800);

    QCOMPARE(server.posts() - asked, 800);
    QCOMPARE(server.mostAtOnce(), 16);
}

void KnowledgeStallTest::replayNeverStalls()
{
    const ScriptedServer server(&answerTo);
    QVERIFY(m_fixture->openWith(15'000, 5'000));
    ask(server, "embedding");
    verifyExtraction(20'000);
    const int asked = server.posts();
    ask(server, "embedding");

    verifyExtraction(20'000);

    QVERIFY(server.posts() - asked < 5); // the panel looks what the server can do
}

QTEST_MAIN(KnowledgeStallTest)
#include "KnowledgeStallTest.moc"
