#include "core/knowledge/Extractor.h"
#include "tests/support/ScriptedServer.h"
#include "tests/ui/knowledge/KnowledgeFixture.h"

#include <QtWidgets/QTabWidget>

using namespace transept;
using namespace transept::test;
using ui::KnowledgeModel;

namespace {

ScriptedServer::Answer willing(const Json&)
{
    return ScriptedServer::chat(R"({"topic": "space travel", "mood": "tense"})");
}

} // namespace

/// The page while the form, an extraction, the chosen knowledge base or the language changes.
class KnowledgeChangesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<KnowledgeFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void nothingIsAskedWithAFormThatDoesNotFit()
    {
        const ScriptedServer server(willing);
        QVERIFY(m_fixture->openWith(9, 6));
        m_fixture->askServerAt(server.url());
        auto* ask = m_fixture->find<QPushButton>("askForPreview");
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        QTRY_VERIFY(ask->isEnabled());
        const QString offer = ask->toolTip();
        m_fixture->type("input:temperature", "hot");
        QVERIFY(!ask->isEnabled()); // at once, not when the form has come to rest
        QVERIFY(ask->toolTip().contains(QLatin1String("marked in the form")));
        QVERIFY(!m_fixture->find<QPushButton>("probeServer")->isEnabled());
        m_fixture->click("askForPreview");
        QTRY_VERIFY(m_fixture->label("previewProblem").contains(QLatin1String("marked in the form")));
        m_fixture->type("input:temperature", "0.5");
        QTRY_VERIFY(ask->isEnabled());
        QCOMPARE(ask->toolTip(), offer);
        m_fixture->type("tokenBudget", "many");
        QVERIFY(!ask->isEnabled());
        QVERIFY(ask->toolTip().contains(QLatin1String("budget")));
        QCOMPARE(server.posts(), 0);
    }

    void previewOfAPersonGoesWithItsExtractor()
    {
        QVERIFY(m_fixture->openWith(9, 6));
        m_fixture->askServerAt("http://127.0.0.1:9/v1");
        auto* request = m_fixture->find<QPlainTextEdit>("previewRequest");
        QTRY_VERIFY(request->toPlainText().contains(QLatin1String("films0")));
        m_fixture->choose("extractor", "chat-users");
        QVERIFY(request->toPlainText().isEmpty());
        m_fixture->type("previewPerson", "nobody");
        QTRY_VERIFY(m_fixture->find<QLabel>("previewProblem")->isVisible());
        m_fixture->session().selection().setItem(std::nullopt);
        m_fixture->choose("extractor", "chat");
        QVERIFY(!m_fixture->find<QLabel>("previewProblem")->isVisible());
        QTRY_VERIFY(m_fixture->label("previewTitle").contains(QLatin1String("choose an item")));
        QVERIFY(request->toPlainText().isEmpty());
    }

    void countsFollowWhatIsExtracted()
    {
        std::atomic<int> allowed = 4;
        const ScriptedServer server([&](const Json& request) {
            while (allowed <= 0) {
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
            --allowed;
            return willing(request);
        });
        QVERIFY(m_fixture->openWith(20, 10));
        begin(server.url());
        QTRY_COMPARE(m_fixture->state(), QStringLiteral("running"));
        QTRY_VERIFY(items() >= 1);
        const int first = items();
        QVERIFY(first < 15); // several are asked at once
        allowed = 8;
        QTRY_VERIFY(items() > first);
        QVERIFY(items() < 30);
        QCOMPARE(m_fixture->state(), QStringLiteral("running"));
        allowed = 1000;
        QVERIFY(m_fixture->isFinished());
        QTRY_COMPARE(items(), 30);
    }

    void noticeOfAnInterruptedExtractionGoesWhenItGoesOn()
    {
        {
            Workspace workspace = m_fixture->folder.workspace("texts.transept");
            addThemedItems(workspace, "films", 12);
            QVERIFY(extract(workspace, {.extractor = "lexical", .name = "words"}, {}));
            // By a program that is there no more.
            need(workspace.database().execute("UPDATE knowledge_base SET state = 'running', finished = NULL, "
                                              "process = 0; DELETE FROM facet"));
        }
        QVERIFY(m_fixture->show());
        QTRY_COMPARE(m_fixture->state(), QStringLiteral("interrupted"));
        QVERIFY(windowSays(QStringLiteral("words was interrupted")));
        m_fixture->trigger("goOnExtracting");
        QTRY_VERIFY(!windowSays(QStringLiteral("words was interrupted")));
    }

    void tabOfPeopleIsNotRestoredWithoutPeople()
    {
        QVERIFY(m_fixture->openWith(12, 6));
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->click("startExtraction");
        QVERIFY(m_fixture->isFinished());
        auto* tabs = m_fixture->find<QTabWidget>("knowledgeTabs");
        const int people = tabs->indexOf(m_fixture->find<QWidget>("peopleView"));
        tabs->setTabVisible(people, true); // as with a knowledge base about people
        tabs->setCurrentIndex(people);
        m_fixture->window().close();
        m_fixture->reopen();
        QVERIFY(m_fixture->show());
        QTRY_COMPARE(m_fixture->rows("knowledgeBases"), 1);
        tabs = m_fixture->find<QTabWidget>("knowledgeTabs");
        QVERIFY(!tabs->isTabVisible(people));
        QVERIFY(tabs->currentIndex() != people);
        QVERIFY(m_fixture->find<QWidget>("itemBrowser")->isVisible());
    }

    void everyTextIsInTheLanguageOfTheMoment()
    {
        QVERIFY(m_fixture->openWith(12, 6));
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->click("startExtraction");
        QVERIFY(m_fixture->isFinished());
        QTRY_COMPARE(m_fixture->map().values().rows.size(), std::size_t{18});
        QTest::keyClick(&m_fixture->map(), Qt::Key_A, Qt::ControlModifier);
        const auto changing = [&] {
            return QStringList{
                m_fixture->label("pageSentence"),
                m_fixture->label("lassoNote"),
                m_fixture->find<QCheckBox>("extractionFields:title")->text(),
                m_fixture->find<QTableView>("vocabulary")->model()->headerData(0, Qt::Horizontal).toString()};
        };
        const QStringList english = changing();
        QVERIFY(english[1].startsWith(QLatin1String("18 lassoed")));
        m_fixture->language.choose(QStringLiteral("zh_CN"));
        for (int at = 0; at < english.size(); ++at) {
            QTRY_VERIFY2(changing()[at] != english[at], qPrintable(english[at]));
        }
        m_fixture->language.choose(QStringLiteral("en"));
        QTRY_COMPARE(changing(), english);
    }

private:
    void begin(const std::string& url)
    {
        m_fixture->askServerAt(url);
        m_fixture->find<QPlainTextEdit>("input:facets")->setPlainText(QStringLiteral("topic, mood"));
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->click("startExtraction");
    }

    int items() { return m_fixture->cell("knowledgeBases", 0, KnowledgeModel::ItemsColumn).toInt(); }

    bool windowSays(const QString& part)
    {
        const QList<QLabel*> labels = m_fixture->window().findChildren<QLabel*>();
        return std::ranges::any_of(
            labels, [&](const QLabel* each) { return each->isVisible() && each->text().contains(part); });
    }

    std::unique_ptr<KnowledgeFixture> m_fixture;
};

QTEST_MAIN(KnowledgeChangesTest)
#include "KnowledgeChangesTest.moc"
