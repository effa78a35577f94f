#include "core/recommend/Export.h"
#include "core/store/UserKnowledge.h"
#include "tests/support/ScriptedServer.h"
#include "tests/ui/MapVault.h"
#include "tests/ui/knowledge/KnowledgeFixture.h"
#include "ui/settings/Keychain.h"

#include <QtCore/QDirIterator>
#include <QtGui/QClipboard>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QMenu>

#include <cstdio>
#include <unistd.h>

using namespace transept;
using namespace transept::test;

namespace {

const std::string ofVariable = "sk-canary-of-the-variable-51d7";
const std::string ofKeychain = "sk-canary-of-the-keychain-93be";
constexpr const char* variable = "TRANSEPT_SECRETS_KEY";
constexpr const char* canary = "canary";

QStringList said; // what Qt wrote to its log

void note(QtMsgType, const QMessageLogContext&, const QString& message)
{
    said << message;
}

/// Everything that is written to standard output and error goes to a file, until this ends.
class WrittenTo
{
public:
    explicit WrittenTo(const std::filesystem::path& file)
    {
        std::fflush(nullptr);
        std::FILE* target = std::fopen(file.c_str(), "w");
        dup2(fileno(target), STDOUT_FILENO);
        dup2(fileno(target), STDERR_FILENO);
        std::fclose(target);
    }
    WrittenTo(const WrittenTo&) = delete;
    WrittenTo& operator=(const WrittenTo&) = delete;
    ~WrittenTo()
    {
        std::fflush(nullptr);
        dup2(m_output, STDOUT_FILENO);
        dup2(m_errors, STDERR_FILENO);
        close(m_output);
        close(m_errors);
    }

private:
    int m_output = dup(STDOUT_FILENO);
    int m_errors = dup(STDERR_FILENO);
};

/// All pages, with the keychain of the test in their session before the first is made.
std::vector<ui::PageFactory> pagesWith(const std::shared_ptr<MapVault::State>& vault)
{
    std::vector<ui::PageFactory> pages = ui::allPages();
    const ui::PageFactory first = pages.front();
    pages.front() = [vault, first](const ui::PageContext& context, QWidget* parent) {
        setKeySource((new ui::Keychain(std::make_unique<MapVault>(vault), &context.session))->source());
        return first(context, parent);
    };
    return pages;
}

/// A server that repeats the header of every request in its answer: of films1 with an error, of films2 in no
/// JSON, of the others within the facets.
ScriptedServer::Answer gossip(const ScriptedServer::Asked& asked)
{
    const std::string prompt = asked.body.dump();
    if (prompt.find("films1") != std::string::npos) {
        return ScriptedServer::error(400, "cannot do that for " + asked.authorization);
    }
    if (prompt.find("films2") != std::string::npos) {
        return ScriptedServer::chat("You are " + asked.authorization + ", and I would rather not.");
    }
    const char* const topic = prompt.find("Space") != std::string::npos   ? "space travel"
                              : prompt.find("Crime") != std::string::npos ? "detective work"
                                                                          : "daily life";
    return ScriptedServer::chat(Json{{"topic", topic}, {"mood", "for " + asked.authorization}}.dump());
}

} // namespace

/// The promise that keys are in the keychain, in memory and in the header of requests, and nowhere else: a
/// whole session with two of them, at a server that tells them to everybody.
class SecretsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv(variable, QByteArray::fromStdString(ofVariable));
        m_before = qInstallMessageHandler(note);
    }
    void cleanupTestCase()
    {
        setKeySource(nullptr);
        qInstallMessageHandler(m_before);
    }

    void keysAreWrittenNowhere()
    {
        std::mutex mutex;
        std::set<std::string> heard;
        const ScriptedServer server([&](const ScriptedServer::Asked& asked) {
            const std::lock_guard lock(mutex);
            heard.insert(asked.authorization);
            return gossip(asked);
        });
        const auto vault = std::make_shared<MapVault::State>();
        auto fixture = std::make_unique<KnowledgeFixture>(pagesWith(vault));
        {
            const WrittenTo file(fixture->folder.path("output.log"));
            work(*fixture, server.url());
        }
        if (QTest::currentTestFailed()) {
            std::fputs(contentOf(fixture->folder.path("output.log")).c_str(), stdout);
            return;
        }
        QCOMPARE(heard, (std::set<std::string>{"Bearer " + ofVariable, "Bearer " + ofKeychain}));
        QCOMPARE(vault->keys.size(), std::size_t{1});
        QVERIFY(occurrences(*fixture, "[key]") > 0); // it was told, and would be there
        QCOMPARE(occurrences(*fixture, canary), 0);  // while the workspace is open, with its journal
        fixture->window().close();
        fixture->reopen();
        QCOMPARE(occurrences(*fixture, canary), 0);
        QCOMPARE(said.filter(QLatin1String(canary)), QStringList());
        QVERIFY(!QGuiApplication::clipboard()->text().contains(QLatin1String(canary)));
        QVERIFY(QFile::exists(fixture->settings.state().fileName()));
    }

private:
    /// Looks at, extracts, fails, tries again, exports.
    static void work(KnowledgeFixture& fixture, const std::string& url)
    {
        for (const std::function<void()>& step :
             std::initializer_list<std::function<void()>>{[&] { begin(fixture, url); },
                                                          [&] { extract(fixture, "by-variable"); },
                                                          [&] { tryAgain(fixture); },
                                                          [&] { typeKey(fixture); },
                                                          [&] { extract(fixture, "by-keychain"); },
                                                          [&] { saveAll(fixture); }}) {
            if (!QTest::currentTestFailed()) {
                step();
            }
        }
    }

    static void begin(KnowledgeFixture& fixture, const std::string& url)
    {
        QVERIFY(fixture.openWith(6, 3));
        fixture.askServerAt(url);
        fixture.type("input:key_env", variable);
        fixture.type("input:model", "scripted");
        fixture.find<QPlainTextEdit>("input:facets")->setPlainText(QStringLiteral("topic, mood"));
        QTRY_VERIFY(fixture.label("keyStatus").contains(QLatin1String(variable)));
    }

    static void typeKey(KnowledgeFixture& fixture)
    {
        fixture.trigger("extract");
        fixture.type("input:key_env", "");
        fixture.type("input:temperature", "1"); // so that nothing comes from the cache
        QTRY_VERIFY(fixture.find<QLineEdit>("serverKey")->isEnabled());
        fixture.type("serverKey", ofKeychain);
        fixture.find<QLineEdit>("serverKey")->selectAll();
        QTest::keySequence(fixture.find<QLineEdit>("serverKey"), QKeySequence::Copy);
        fixture.click("storeKey");
        QTRY_VERIFY(fixture.label("keyStatus").contains(QLatin1String("is in the keychain")));
    }

    static void ask(KnowledgeFixture& fixture, const char* item)
    {
        fixture.type("itemSearch", item);
        QTRY_COMPARE(fixture.find<QListView>("foundItems")->model()->rowCount(), 1);
        fixture.find<QListView>("foundItems")
            ->setCurrentIndex(fixture.find<QListView>("foundItems")->model()->index(0, 0));
        fixture.click("askForPreview");
        auto* reply = fixture.find<QPlainTextEdit>("previewReply");
        QTRY_VERIFY(reply->toPlainText().contains(QLatin1String("[key]")) ||
                    fixture.label("previewProblem").contains(QLatin1String("[key]")));
        QVERIFY(!reply->toPlainText().contains(QLatin1String(canary)));
        QVERIFY(!fixture.label("previewProblem").contains(QLatin1String(canary)));
        reply->selectAll();
        reply->copy();
    }

    static void extract(KnowledgeFixture& fixture, const char* name)
    {
        fixture.type("knowledgeName", name);
        QTRY_VERIFY(fixture.find<QPushButton>("startExtraction")->isEnabled());
        for (const char* item : {"films0", "films1", "films2"}) {
            ask(fixture, item);
        }
        const int before = fixture.rows("knowledgeBases");
        fixture.click("startExtraction");
        QVERIFY(fixture.isFinished(before));
        QTRY_COMPARE(fixture.rows("failures"), 2);
    }

    static void tryAgain(KnowledgeFixture& fixture)
    {
        fixture.trigger("goOnExtracting");
        QTRY_VERIFY(fixture.find<QPushButton>("startExtraction")->isEnabled());
        fixture.click("startExtraction");
        QVERIFY(fixture.isFinished());
        QTRY_COMPARE(fixture.rows("failures"), 2);
        QVERIFY(!fixture.messages().contains(QLatin1String(canary)));
    }

    /// By the menu of the map.
    static void saveMap(KnowledgeFixture& fixture, const QString& suffix)
    {
        const QPoint place = fixture.map().rect().center();
        QContextMenuEvent asking(QContextMenuEvent::Mouse, place, fixture.map().mapToGlobal(place));
        QApplication::sendEvent(fixture.map().viewport(), &asking);
        auto* menu = fixture.map().findChild<QMenu*>();
        QVERIFY(menu != nullptr);
        const QString word = suffix == QLatin1String("csv") ? QStringLiteral("Save values as CSV…")
                                                            : QStringLiteral("Save as SVG…");
        const QList<QAction*> actions = menu->actions();
        const auto action =
            std::ranges::find_if(actions, [&](const QAction* each) { return each->text() == word; });
        QVERIFY(action != actions.end());
        (*action)->trigger();
        delete menu;
    }

    static void saveAll(KnowledgeFixture& fixture)
    {
        QTRY_COMPARE(fixture.map().values().rows.size(), std::size_t{7});
        QSignalSpy saved(&fixture.map(), &ui::Chart::saved);
        for (const QString& suffix : {QStringLiteral("svg"), QStringLiteral("csv")}) {
            fixture.chosenFile = QString::fromStdString(fixture.folder.path("map.").string()) + suffix;
            QTRY_VERIFY(fixture.map().isVisible());
            saveMap(fixture, suffix);
            QTRY_COMPARE(saved.size(), 1);
            QCOMPARE(saved.takeFirst().front().toString(), fixture.chosenFile);
        }
        const Workspace workspace = Workspace::open(fixture.file(), Access::ReadOnly).value();
        for (const char* name : {"by-variable", "by-keychain"}) {
            for (const char* suffix : {".csv", ".json"}) {
                QVERIFY_OK(exportKnowledge(workspace,
                                           name,
                                           KnowledgeExport::Facets,
                                           fixture.folder.path(std::string(name) + suffix),
                                           {}));
            }
        }
    }

    /// How many files hold these bytes: the workspace and its journal, settings, exports, outputs.
    static int occurrences(const KnowledgeFixture& fixture, const char* bytes)
    {
        int count = 0;
        int files = 0;
        QDirIterator walk(QString::fromStdString(fixture.folder.path(".").string()),
                          QDir::Files | QDir::Hidden,
                          QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            const std::string content = contentOf(walk.next().toStdString());
            const bool holds = content.find(bytes) != std::string::npos;
            if (holds && bytes == canary) {
                qWarning("%s holds a key", qPrintable(walk.fileName()));
            }
            count += holds ? 1 : 0;
            ++files;
        }
        return files >= 8 ? count : -1;
    }

    QtMessageHandler m_before = nullptr;
};

QTEST_MAIN(SecretsTest)
#include "SecretsTest.moc"
