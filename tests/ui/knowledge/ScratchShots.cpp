#include "tests/support/ScriptedServer.h"
#include "tests/ui/knowledge/KnowledgeFixture.h"

#include <QtTest/QTest>

namespace transept {
using test::KnowledgeFixture;
using test::ScriptedServer;
class ScratchShots : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void shots()
    {
        const ScriptedServer server([](const ScriptedServer::Asked& asked) {
            if (asked.path.ends_with("/embeddings")) { return ScriptedServer::error(400, "no"); }
            std::this_thread::sleep_for(std::chrono::milliseconds(60));
            return ScriptedServer::chat(R"({"topic": "space travel", "genre": "science fiction", "mood": "tense", "style": "", "audience": "adults", "setting": "a ship", "themes": "courage"})", 180 + int(asked.body.dump().size() % 37), 40 + int(asked.body.dump().size() % 11));
        });
        KnowledgeFixture f;
        QVERIFY(f.openWith(90, 60));
        f.window().resize(1440, 900);
        f.askServerAt(server.url());
        QTRY_VERIFY(f.find<QPushButton>("startExtraction")->isEnabled());
        auto* found = f.find<QListView>("foundItems");
        if (found) { found->setCurrentIndex(found->model()->index(3, 0)); }
        f.type("priceIn", "0.5"); f.type("priceOut", "1.5"); f.type("tokenBudget", "200000"); QTest::keyClick(f.find<QLineEdit>("tokenBudget"), Qt::Key_Tab);
        QTest::qWait(1500);
        f.window().grab().save(QStringLiteral("/tmp/shot1.png"));
        f.click("probeServer"); QTest::qWait(1500);
        f.click("sampleForecast"); QTest::qWait(3000);
        f.click("askForPreview"); QTest::qWait(1500);
        f.window().grab().save(QStringLiteral("/tmp/shot2.png"));
        f.choose("extractor", "lexical"); QTest::qWait(1800);
        f.window().grab().save(QStringLiteral("/tmp/shot3.png"));
    }
};
}
QTEST_MAIN(transept::ScratchShots)
#include "ScratchShots.moc"
