#include "tests/support/LlmServerProcess.h"
#include "tests/support/SharedData.h"
#include "tests/ui/PaintingTime.h"
#include "tests/ui/StallWatchdog.h"
#include "tests/ui/knowledge/KnowledgeFixture.h"

using namespace transept;
using namespace transept::test;

/// The page against a real server with real (small) models.
class KnowledgeServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        NEED_LLM_SERVER();
        m_chat = std::make_unique<LlmServerProcess>("smollm");
        m_embedding = std::make_unique<LlmServerProcess>("minilm");
        QVERIFY(!m_chat->url().empty());
        QVERIFY(!m_embedding->url().empty());
    }

    void chatIsPreviewedExtractedAndBrowsed()
    {
        KnowledgeFixture fixture;
        QVERIFY(fixture.openWith(4, 2));
        fixture.askServerAt(m_chat->url());
        QTRY_VERIFY_WITH_TIMEOUT(fixture.label("serverStatus").contains(QLatin1String("smollm")),
                                 modelPatience);
        QTRY_COMPARE_WITH_TIMEOUT(
            fixture.find<QLineEdit>("input:model")->text(), QStringLiteral("smollm"), modelPatience);
        fixture.find<QPlainTextEdit>("input:facets")->setPlainText(QStringLiteral("topic, mood"));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.label("forecast").startsWith(QLatin1String("6 items, 6 requests")),
                                 modelPatience);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.find<QPushButton>("askForPreview")->isVisible(), modelPatience);
        fixture.click("askForPreview");
        auto* reply = fixture.find<QPlainTextEdit>("previewReply");
        QTRY_VERIFY_WITH_TIMEOUT(reply->toPlainText().contains(QLatin1String("\"choices\"")), modelPatience);
        extract(fixture);
        const Workspace workspace = Workspace::open(fixture.file(), Access::ReadOnly).value();
        const KnowledgeBase base = KnowledgeStore(workspace).find("chat").value();
        const auto failures = KnowledgeStore(workspace).failures(base.id).value();
        QCOMPARE(base.items + static_cast<std::int64_t>(failures.size()), std::int64_t{6});
        QVERIFY2(base.items >= 4, "a small model may fail now and then, not mostly");
        QVERIFY(base.tokensIn > 0 && base.tokensOut > 0);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.rows("failures") == static_cast<int>(failures.size()),
                                 modelPatience);
    }

    void embeddingsMakeNeighboursAndAMap()
    {
        KnowledgeFixture fixture;
        QVERIFY(fixture.openWith(120, 80));
        fixture.trigger("extract");
        fixture.choose("extractor", "embedding");
        fixture.type("input:url", m_embedding->url());
        QTRY_VERIFY_WITH_TIMEOUT(fixture.find<QPushButton>("startExtraction")->isEnabled(), modelPatience);
        extract(fixture);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.map().values().rows.size(), std::size_t{200}, modelPatience);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.rows("nearItems") > 0, modelPatience);
        const Workspace workspace = Workspace::open(fixture.file(), Access::ReadOnly).value();
        QCOMPARE(KnowledgeStore(workspace).find("embedding").value().dimension, 384);
    }

private:
    /// Starts what the panel says and waits for its end, while the window keeps up.
    static void extract(KnowledgeFixture& fixture)
    {
        const double slower = slowness();
        const StallWatchdog watchdog(&fixture.window());
        fixture.click("startExtraction");
        QVERIFY(liveUntil([&] { return fixture.hasFinished(); }, modelPatience));
        qInfo().noquote() << watchdog.figures();
        const QString complaint = watchdog.complaint(slower);
        QVERIFY2(complaint.isEmpty(), qPrintable(complaint));
    }

    static constexpr int modelPatience = 120'000; // milliseconds: a model that answers on a loaded machine
    std::unique_ptr<LlmServerProcess> m_chat;
    std::unique_ptr<LlmServerProcess> m_embedding;
};

QTEST_MAIN(KnowledgeServerTest)
#include "KnowledgeServerTest.moc"
