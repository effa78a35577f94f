#include "ui/knowledge/PeopleView.h"
#include "tests/core/knowledge/PeopleWorkspace.h"
#include "tests/support/ScriptedServer.h"
#include "tests/ui/HeldReaders.h"
#include "tests/ui/knowledge/KnowledgeFixture.h"

#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTextEdit>

using namespace transept;
using namespace transept::test;

/// Preferences of people in the window: extracted, looked through, tried again.
class PeopleViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<KnowledgeFixture>();
        (void)histories(m_fixture->folder); // six people, two domains
        QVERIFY(m_fixture->open(m_fixture->folder.path("users.transept")));
        m_fixture->window().resize(1280, 800);
        m_fixture->window().showPage(QStringLiteral("knowledge"));
    }
    void cleanup() { m_fixture.reset(); }

    void peopleAreExtractedPreviewedBrowsedAndTriedAgain()
    {
        std::atomic<bool> isStubborn = true;
        const ScriptedServer server([&](const Json& request) {
            const std::string prompt = request.at("messages").dump();
            const bool isFourth = prompt.find("Film 5: rated 1 of 5") != std::string::npos;
            return prompt.find("carry over from one") != std::string::npos
                       ? ScriptedServer::chat("Who likes these, likes those.")
                   : isFourth && isStubborn ? ScriptedServer::chat("no idea")
                                            : ScriptedServer::chat(R"({"topic": "space", "mood": "calm"})");
        });
        begin(server.url());
        QTRY_VERIFY(m_fixture->label("forecast").startsWith(QLatin1String("10 histories, 12 requests")));
        m_fixture->type("previewPerson", "secret-user-5");
        chooseDomain(QStringLiteral("books"));
        QTRY_VERIFY(request().contains(QLatin1String("Book 6: rated 1 of 5")));
        m_fixture->type("previewPerson", "nobody");
        QTRY_VERIFY(!m_fixture->label("previewProblem").isEmpty());
        QCOMPARE(m_fixture->find<QComboBox>("input:split")->currentData().toString(),
                 QStringLiteral("leave-one-out"));
        m_fixture->click("startExtraction");
        QVERIFY(m_fixture->isFinished());
        QTRY_VERIFY(m_fixture->find<QWidget>("peopleView")->isVisible());
        QTRY_COMPARE(m_fixture->rows("people"), 6);
        QTRY_COMPARE(m_fixture->rows("peopleFailures"), 1);
        QCOMPARE(m_fixture->cell("peopleFailures", 0, 0), QStringLiteral("secret-user-4"));
        QVERIFY(m_fixture->cell("peopleFailures", 0, 2).contains(QLatin1String("not the JSON object")));
        QVERIFY(m_fixture->find<QTextEdit>("pairTexts")
                    ->toPlainText()
                    .contains(QLatin1String("From books to films\nWho likes these")));
        QTRY_COMPARE(m_fixture->rows("personHistory"), 3); // of five films, two are held out
        browse();

        isStubborn = false;
        m_fixture->trigger("goOnExtracting");
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->click("startExtraction");
        QTRY_VERIFY(m_fixture->messages().contains(QLatin1String("0 failed")));
        QTRY_COMPARE(m_fixture->rows("peopleFailures"), 0);
    }

    void nobodyIsChosenByLooking()
    {
        addBase("people", {3, 4, 5}, {});
        showBase();
        QTRY_COMPARE(m_fixture->rows("people"), 3);
        QTRY_COMPARE(m_fixture->label("personName"), QStringLiteral("secret-user-3"));
        QVERIFY(!m_fixture->session().selection().user());
        m_fixture->session().selection().setUser(PersonId{1}); // on another page
        m_fixture->type("personSearch", "user-5");
        QTRY_COMPARE(m_fixture->label("personName"), QStringLiteral("secret-user-5"));
        QVERIFY(m_fixture->session().selection().user() == PersonId{1});
        click("people", 0);
        QVERIFY(m_fixture->session().selection().user() == PersonId{5});
    }

    void failedPersonIsShownByNumberNotByName()
    {
        {
            const Workspace workspace = Workspace::open(file()).value();
            need(workspace.database().execute("UPDATE account SET key = 'secret-user-42' WHERE person = 2"));
        }
        addBase("people", {2, 3}, {4});
        showBase();
        QTRY_COMPARE(m_fixture->rows("peopleFailures"), 1);
        QCOMPARE(m_fixture->cell("peopleFailures", 0, 0), QStringLiteral("secret-user-4"));
        auto* failures = m_fixture->find<QTableView>("peopleFailures");
        Q_EMIT failures->activated(failures->model()->index(0, 0));
        QTRY_COMPARE(m_fixture->rows("people"), 2); // the other has an id that contains it
        QTRY_COMPARE(m_fixture->find<QTableView>("people")->currentIndex().row(), 1);
        QCOMPARE(m_fixture->label("personName"), QStringLiteral("secret-user-4"));
        QVERIFY(m_fixture->session().selection().user() == PersonId{4});
    }

    void answerAboutAnotherKnowledgeBaseIsDropped()
    {
        addBase("one", {3}, {4});
        addBase("two", {5}, {});
        const std::vector<KnowledgeBase> bases = all();
        ui::PeopleView view(m_fixture->session());
        view.show();
        HeldReaders held(m_fixture->session());
        view.showBase(&bases[0]);
        view.hide();
        view.showBase(&bases[1]); // nothing is asked of it while nobody looks
        held.release();
        QVERIFY(!view.hasFailures());
        view.show();
        QTRY_COMPARE(view.findChild<QTableView*>(QStringLiteral("people"))->model()->rowCount(), 1);
        QVERIFY(!view.hasFailures());
    }

    void tabIsThereForPeopleOnly()
    {
        auto* tabs = m_fixture->find<QTabWidget>("knowledgeTabs");
        const int people = tabs->indexOf(m_fixture->find<QWidget>("peopleView"));
        QVERIFY(!tabs->isTabVisible(people));
        m_fixture->trigger("extract");
        m_fixture->choose("extractor", "lexical");
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->click("startExtraction");
        QVERIFY(m_fixture->isFinished());
        QVERIFY(!tabs->isTabVisible(people));
    }

private:
    std::filesystem::path file() const { return m_fixture->folder.path("users.transept"); }

    /// A finished knowledge base that knows some of them, and failed with others.
    void addBase(const char* name, const std::vector<int>& known, const std::vector<int>& failed)
    {
        const Workspace workspace = Workspace::open(file()).value();
        const KnowledgeStore store(workspace);
        const Json config{{"settings", {{"model", "small"}}}};
        const KnowledgeId id = store.begin(name, "chat-users", config).value();
        ExtractionStep step;
        std::vector<UserSubject> subjects;
        const auto add = [&](int person) {
            subjects.push_back({PersonId{person}, DomainId{1}});
            return ItemId{static_cast<std::int64_t>(subjects.size()) - 1};
        };
        for (const int person : known) {
            step.facts.push_back({.item = add(person), .facets = {{"topic", "space"}}});
        }
        for (const int person : failed) {
            step.failures.push_back({.item = add(person), .reason = "The reply is empty."});
        }
        need(UserKnowledge(workspace).commit(id, step, subjects));
        need(store.setState(id, "finished"));
    }
    std::vector<KnowledgeBase> all() const
    {
        return KnowledgeStore(Workspace::open(file(), Access::ReadOnly).value()).all().value();
    }
    void showBase()
    {
        m_fixture->session().announce(ui::Change::Knowledge);
        QTRY_VERIFY(m_fixture->find<QWidget>("peopleView")->isVisible());
    }
    void click(const char* table, int row)
    {
        auto* view = m_fixture->find<QTableView>(table);
        const QRect place = view->visualRect(view->model()->index(row, 0));
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, place.center());
    }

    QString request() { return m_fixture->find<QPlainTextEdit>("previewRequest")->toPlainText(); }

    void begin(const std::string& url)
    {
        QTRY_VERIFY(m_fixture->find<QWidget>("extractionPanel")->isVisible());
        m_fixture->choose("extractor", "chat-users");
        m_fixture->type("input:url", url);
        m_fixture->type("input:model", "scripted");
        m_fixture->find<QPlainTextEdit>("input:facets")->setPlainText(QStringLiteral("topic, mood"));
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
    }

    void chooseDomain(const QString& name)
    {
        auto* domain = m_fixture->find<QComboBox>("previewDomain");
        domain->setCurrentIndex(domain->findText(name));
        Q_EMIT domain->activated(domain->currentIndex());
    }

    void browse()
    {
        m_fixture->type("personSearch", "user-5");
        QTRY_COMPARE(m_fixture->rows("people"), 1);
        QTRY_COMPARE(m_fixture->rows("personFacets"), 4);
        QTRY_COMPARE(m_fixture->cell("personFacets", 0, 2), QStringLiteral("space"));
        QTRY_COMPARE(m_fixture->rows("personHistory"), 6);
        QCOMPARE(m_fixture->cell("personHistory", 3, 2), QStringLiteral("Book 6"));
        QCOMPARE(m_fixture->cell("personHistory", 3, 1), QStringLiteral("rated 1 of 5"));
        QVERIFY(m_fixture->session().selection().user() != PersonId{5}); // nobody chose
        click("people", 0);
        QVERIFY(m_fixture->session().selection().user() == PersonId{5});
    }

    std::unique_ptr<KnowledgeFixture> m_fixture;
};

QTEST_MAIN(PeopleViewTest)
#include "PeopleViewTest.moc"
