#include "core/store/RunStore.h"
#include "tests/support/ScriptedServer.h"
#include "tests/ui/EmptyStates.h"
#include "tests/ui/StallWatchdog.h"
#include "tests/ui/knowledge/KnowledgeFixture.h"
#include "ui/charts/ChartCard.h"
#include "ui/knowledge/CheckList.h"
#include "ui/knowledge/ItemBrowser.h"
#include "ui/knowledge/ItemModels.h"
#include "ui/text/Numbers.h"

#include <QtGui/QUndoStack>
#include <QtTest/QAbstractItemModelTester>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QToolButton>

#include <set>

using namespace transept;
using namespace transept::test;
using ui::FacetModel;
using ui::FailureModel;
using ui::KnowledgeModel;
using ui::NearItemModel;

namespace {

std::string promptOf(const Json& request)
{
    return request.at("messages").dump();
}

/// Answers every item with a topic and a mood, by its genre.
ScriptedServer::Answer willing(const Json& request)
{
    const std::string prompt = promptOf(request);
    const bool isSpace = prompt.find("Space") != std::string::npos;
    const bool isCrime = prompt.find("Crime") != std::string::npos;
    Json said{{"genre", "unknown"}, {"style", ""}, {"audience", nullptr}, {"setting", ""}, {"themes", ""}};
    said["topic"] = isSpace ? "space travel" : isCrime ? "detective work" : "daily life";
    said["mood"] = isSpace ? "tense" : isCrime ? "dark" : "warm";
    return ScriptedServer::chat(said.dump());
}

void chooseLayout(QComboBox& box, int layout)
{
    box.setCurrentIndex(layout);
    Q_EMIT box.activated(layout);
}

} // namespace

class KnowledgePageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<KnowledgeFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void withoutItemsThePageLeadsToData()
    {
        QVERIFY(m_fixture->show());
        QCOMPARE(pageThatTheEmptyStateLeadsTo(m_fixture->page()), QStringLiteral("data"));
    }

    void withoutAServerThePageSaysSoAndOffersLexical()
    {
        QVERIFY(m_fixture->openWith(12, 6));
        QTRY_VERIFY(m_fixture->find<QWidget>("extractionPanel")->isVisible());
        m_fixture->askServerAt("http://127.0.0.1:9/v1");
        QTRY_VERIFY(m_fixture->label("serverStatus").contains(QLatin1String("does not answer")));
        QVERIFY(m_fixture->find<QPushButton>("useLexical")->isVisible());
        QVERIFY(!m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->click("useLexical");
        QCOMPARE(m_fixture->find<QComboBox>("extractor")->currentData().toString(),
                 QStringLiteral("lexical"));
        QVERIFY(!m_fixture->find<QPushButton>("useLexical")->isVisible());
        QVERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
    }

    void lexicalKnowledgeIsExtractedAndBrowsed()
    {
        QVERIFY(m_fixture->openWith(30, 18));
        extractLexical();
        QCOMPARE(m_fixture->cell("knowledgeBases", 0, KnowledgeModel::NameColumn), QStringLiteral("lexical"));
        QCOMPARE(m_fixture->cell("knowledgeBases", 0, KnowledgeModel::ItemsColumn), QStringLiteral("48"));
        QVERIFY(m_fixture->messages().contains(QLatin1String("48 items with knowledge")));
        QVERIFY(!m_fixture->find<QWidget>("extractionPanel")->isVisible());

        const Workspace workspace = Workspace::open(m_fixture->file(), Access::ReadOnly).value();
        const KnowledgeId base = KnowledgeStore(workspace).all().value().front().id;
        m_fixture->type("itemSearch", "films4");
        auto* found = m_fixture->find<QListView>("foundItems");
        QTRY_COMPARE(found->model()->rowCount(), 1);
        QTest::mouseClick(
            found->viewport(), Qt::LeftButton, {}, found->visualRect(found->model()->index(0, 0)).center());
        const ItemId item = *m_fixture->session().selection().item();
        const ItemFacts facts = KnowledgeStore(workspace).facts(base, item).value();
        const auto near = nearestItems(workspace, base, item, 15, {}).value();
        QTRY_COMPARE(m_fixture->label("chosenItem"), found->model()->index(0, 0).data().toString());
        QTRY_COMPARE(m_fixture->cell("nearItems", 0, NearItemModel::TitleColumn).toStdString(),
                     near.front().title); // those of the item before are gone
        QCOMPARE(m_fixture->rows("facets"), static_cast<int>(facts.facets.size()));
        QCOMPARE(m_fixture->rows("nearItems"), static_cast<int>(near.size()));
        for (int row = 0; row < m_fixture->rows("facets"); ++row) {
            const StoredFacet& facet = facts.facets[static_cast<std::size_t>(row)];
            QCOMPARE(m_fixture->cell("facets", row, FacetModel::NameColumn).toStdString(), facet.name);
            QCOMPARE(m_fixture->cell("facets", row, FacetModel::TextColumn).toStdString(), facet.text);
            QCOMPARE(m_fixture->cell("facets", row, FacetModel::WeightColumn),
                     ui::numbers::real(facet.weight));
        }
        for (int row = 0; row < m_fixture->rows("nearItems"); ++row) {
            const NearItem& expected = near[static_cast<std::size_t>(row)];
            QCOMPARE(m_fixture->cell("nearItems", row, NearItemModel::TitleColumn).toStdString(),
                     expected.title);
            QCOMPARE(m_fixture->cell("nearItems", row, NearItemModel::SimilarityColumn),
                     ui::numbers::real(static_cast<double>(expected.similarity)));
        }
        auto* nearest = m_fixture->find<QTableView>("nearItems");
        Q_EMIT nearest->activated(nearest->model()->index(0, 0));
        QCOMPARE(*m_fixture->session().selection().item(), near.front().item);
    }

    void aFrozenKnowledgeBaseIsCopiedAndTheCopyExtended()
    {
        QVERIFY(m_fixture->openWith(30, 18));
        extractLexical();
        auto* copy = m_fixture->find<QAction>("copyKnowledge");
        auto* extend = m_fixture->find<QAction>("extendKnowledge");
        QTRY_VERIFY(copy->isEnabled());
        QVERIFY(!extend->isEnabled()); // nothing is new
        {
            const Workspace workspace = Workspace::open(m_fixture->file(), Access::ReadWrite).value();
            const RunStore runs(workspace);
            const RunId run = runs.add("text-knn", {{"knowledge", "lexical"}}).value();
            QVERIFY(runs.claim(run, "0.1.0").value());
            addThemedItems(workspace, "more films", 3);
            need(workspace.database().execute(
                "UPDATE item SET domain = (SELECT id FROM domain WHERE name = 'films')"
                " WHERE domain = (SELECT id FROM domain WHERE name = 'more films')"));
        }
        m_fixture->session().announce(ui::Change::Knowledge);
        QTRY_COMPARE(m_fixture->state(), QStringLiteral("frozen"));
        const QModelIndex state = m_fixture->bases()->model()->index(0, KnowledgeModel::StateColumn);
        QVERIFY(state.data(Qt::ToolTipRole).toString().contains(QLatin1String("Make a copy")));
        QVERIFY(!extend->isEnabled());
        QVERIFY(extend->toolTip().contains(QLatin1String("Make a copy")));

        copy->trigger();
        auto* dialog = m_fixture->find<QInputDialog>("copyName");
        QTRY_VERIFY(dialog->isVisible());
        auto* name = dialog->findChild<QLineEdit*>();
        QCOMPARE(name->text(), QStringLiteral("lexical, extended"));
        name->selectAll();
        QTest::keyClicks(name, QStringLiteral("grown"));
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_COMPARE(m_fixture->rows("knowledgeBases"), 2);
        QTRY_COMPARE(m_fixture->cell("knowledgeBases", 1, KnowledgeModel::StateColumn),
                     QStringLiteral("finished, copy of lexical"));
        QTRY_VERIFY(extend->text().startsWith(QLatin1String("Extend by 3")));
        QVERIFY(extend->isEnabled());

        extend->trigger();
        QTRY_COMPARE(m_fixture->cell("knowledgeBases", 1, KnowledgeModel::ItemsColumn), QStringLiteral("51"));
        QTRY_VERIFY(!extend->isEnabled());
        QCOMPARE(m_fixture->cell("knowledgeBases", 0, KnowledgeModel::ItemsColumn), QStringLiteral("48"));
        QVERIFY(m_fixture->messages().contains(QLatin1String("51 items with knowledge")));
        QVERIFY(m_fixture->messages().contains(QLatin1String("New among them: 3")));
    }

    void aTakenNameForACopyIsRefused()
    {
        QVERIFY(m_fixture->openWith(12, 6));
        extractLexical();
        QTRY_VERIFY(m_fixture->find<QAction>("copyKnowledge")->isEnabled());
        m_fixture->trigger("copyKnowledge");
        auto* name = m_fixture->find<QInputDialog>("copyName")->findChild<QLineEdit*>();
        name->setText(QStringLiteral("lexical"));
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(m_fixture->messages().contains(QLatin1String("Choose another name")));
        QCOMPARE(m_fixture->rows("knowledgeBases"), 1);
    }

    void newItemsAreAskedAboutWithTheBudgetInView()
    {
        std::atomic<bool> isStubborn = true;
        const ScriptedServer server([&](const Json& request) {
            const bool refuses = isStubborn && promptOf(request).find("Newest") != std::string::npos;
            return refuses ? ScriptedServer::chat("I would rather not.") : willing(request);
        });
        QVERIFY(m_fixture->openWith(12, 6));
        m_fixture->askServerAt(server.url());
        m_fixture->type("input:model", "scripted");
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->click("startExtraction");
        QVERIFY(m_fixture->isFinished());
        const int posts = server.posts();
        {
            const Workspace workspace = Workspace::open(m_fixture->file(), Access::ReadWrite).value();
            need(workspace.database().execute("INSERT INTO item(domain, key, title) SELECT id, 'new', 'New' "
                                              "FROM domain WHERE name = 'films';"
                                              "INSERT INTO item(domain, key, title) SELECT id, 'newest',"
                                              "'Newest' FROM domain WHERE name = 'films'"));
        }
        m_fixture->session().announce(ui::Change::Knowledge);
        auto* extend = m_fixture->find<QAction>("extendKnowledge");
        QTRY_VERIFY(extend->isEnabled());

        extend->trigger();
        QTRY_VERIFY(m_fixture->find<QWidget>("extractionPanel")->isVisible());
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        QCOMPARE(server.posts(), posts);
        m_fixture->click("startExtraction");
        QTRY_COMPARE(m_fixture->cell("knowledgeBases", 0, KnowledgeModel::ItemsColumn), QStringLiteral("19"));
        QVERIFY(m_fixture->isFinished());
        QCOMPARE(server.posts(), posts + 3); // about one of them once more

        isStubborn = false;
        QTRY_VERIFY(m_fixture->messages().contains(QLatin1String("1 failed")));
        m_fixture->page().messages().findChild<QPushButton*>(QStringLiteral("remedyButton"))->click();
        QTRY_VERIFY(m_fixture->find<QWidget>("extractionPanel")->isVisible()); // it may cost
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->click("startExtraction");
        QTRY_COMPARE(m_fixture->cell("knowledgeBases", 0, KnowledgeModel::ItemsColumn), QStringLiteral("20"));
        QVERIFY(m_fixture->isFinished());
        QCOMPARE(server.posts(), posts + 4);
    }

    void theMapIsColouredByDomainAndByAField()
    {
        QVERIFY(m_fixture->openWith(30, 18));
        extractLexical();
        QTRY_COMPARE(m_fixture->map().values().rows.size(), std::size_t{48});
        QCOMPARE(groupsOnTheMap(), (std::set<QString>{QStringLiteral("films"), QStringLiteral("books")}));
        m_fixture->choose("colourBy", "genre");
        const std::set<QString> genres{
            QStringLiteral("Family"), QStringLiteral("Space"), QStringLiteral("Crime")};
        QTRY_COMPARE(groupsOnTheMap(), genres);
        const auto* box = m_fixture->find<QComboBox>("colourBy");
        QVERIFY(box->width() >= box->fontMetrics().horizontalAdvance(box->currentText()) + 24);

        QSignalSpy changed(&m_fixture->session().selection(), &ui::Selection::itemChanged);
        Q_EMIT m_fixture->map().pointClicked(lastItem());
        QCOMPARE(changed.count(), 1);
        QTRY_VERIFY(m_fixture->rows("facets") > 0);
    }

    void theMapIsArrangedByNeighbourhoodsInTheBackground()
    {
        QVERIFY(m_fixture->openWith(60, 30));
        extractLexical();
        QTRY_COMPARE(m_fixture->map().values().rows.size(), std::size_t{90});
        const auto components = m_fixture->map().values().rows;
        auto* layout = m_fixture->find<QComboBox>("mapLayout");
        chooseLayout(*layout, 1);
        QVERIFY(m_fixture->find<QLabel>("layoutNote")->isVisible());
        QVERIFY(m_fixture->map().values().rows == components); // until the job is done
        QTRY_VERIFY(!m_fixture->session().jobs().isAnyActive());
        QTRY_VERIFY(m_fixture->map().values().rows != components);
        QVERIFY(!m_fixture->find<QLabel>("layoutNote")->isVisible());
        const auto neighbourhoods = m_fixture->map().values().rows;
        const std::size_t jobs = m_fixture->session().jobs().jobs().size();
        chooseLayout(*layout, 0);
        QVERIFY(m_fixture->map().values().rows == components);
        chooseLayout(*layout, 1);
        QVERIFY(m_fixture->map().values().rows == neighbourhoods); // kept
        QCOMPARE(m_fixture->session().jobs().jobs().size(), jobs);
        m_fixture->choose("colourBy", "genre");
        QTRY_COMPARE(groupsOnTheMap().size(), std::size_t{3});
        QCOMPARE(m_fixture->map().values().rows.front().at(2), neighbourhoods.front().at(2));
    }

    void arrangementIsSeenAsItFormsAndWhenCancelledLeavesTheComponents()
    {
        QVERIFY(m_fixture->openWith(12'000, 3));
        extractLexical();
        QTRY_COMPARE(m_fixture->map().values().rows.size(), std::size_t{12'003});
        const auto components = m_fixture->map().values().rows;
        auto* layout = m_fixture->find<QComboBox>("mapLayout");
        StallWatchdog watchdog;
        chooseLayout(*layout, 1);
        QTRY_VERIFY(m_fixture->map().values().rows != components);
        QVERIFY(m_fixture->find<QLabel>("layoutNote")->isVisible()); // not the last word
        QVERIFY(m_fixture->session().jobs().isAnyActive());
        m_fixture->session().jobs().active().front()->cancel();
        QTRY_COMPARE(layout->currentIndex(), 0);
        QTRY_VERIFY(m_fixture->map().values().rows == components);
#ifndef TRANSEPT_SANITIZED
        QVERIFY2(watchdog.longest() < 50.0, qPrintable(QString::number(watchdog.longest())));
#endif
        QVERIFY(!m_fixture->find<QLabel>("layoutNote")->isVisible());
    }

    void lassoedItemsAreListed()
    {
        QVERIFY(m_fixture->openWith(30, 18));
        extractLexical();
        QTRY_COMPARE(m_fixture->map().values().rows.size(), std::size_t{48});
        ui::Selection& selection = m_fixture->session().selection();
        QSignalSpy selected(&selection, &ui::Selection::itemsChanged);
        QAbstractItemModel* found = m_fixture->find<QListView>("foundItems")->model();
        QTest::keyClick(&m_fixture->map(), Qt::Key_A, Qt::ControlModifier); // those in view: all
        QCOMPARE(selected.count(), 1);
        QCOMPARE(selection.items().size(), std::size_t{48});
        QVERIFY(std::ranges::is_sorted(selection.items()));
        QTRY_COMPARE(found->rowCount(), 48); // of both domains
        QVERIFY(m_fixture->label("lassoNote").startsWith(QLatin1String("48 lassoed")));
        QTest::mouseClick(m_fixture->find<QToolButton>("letGo"), Qt::LeftButton);
        QTRY_VERIFY(found->rowCount() == 18 || found->rowCount() == 30); // of the chosen one
        QVERIFY(!m_fixture->find<QLabel>("lassoNote")->isVisible());
        QVERIFY(selection.items().empty());
        QTest::keyClick(&m_fixture->map(), Qt::Key_A, Qt::ControlModifier);
        QTRY_COMPARE(found->rowCount(), 48);
        m_fixture->type("itemSearch", "films4"); // asks for others
        QTRY_VERIFY(found->rowCount() < 3);
        QTest::keyClick(&m_fixture->map(), Qt::Key_A, Qt::ControlModifier);
        QTRY_COMPARE(found->rowCount(), 48);
        selection.setItems({}); // on another page
        QVERIFY(m_fixture->map().lassoed().empty());
        QTRY_VERIFY(found->rowCount() < 3);
    }

    void theMapIsColouredByFiguresAndFacets()
    {
        QVERIFY(m_fixture->openWith(30, 18));
        extractLexical();
        QTRY_COMPARE(m_fixture->map().values().rows.size(), std::size_t{48});
        auto* box = m_fixture->find<QComboBox>("colourBy");
        QTRY_VERIFY(box->findData(QStringLiteral("facet:genre")) >= 0);
        m_fixture->choose("colourBy", "figure:popularity");
        auto* scale = m_fixture->find<QWidget>("colourScale");
        QTRY_VERIFY(scale->isVisible());
        QVERIFY(groupsOnTheMap().empty()); // the scale is the legend
        QVERIFY(
            m_fixture->map().values().rows.front()[1].toString().startsWith(QLatin1String("0 interaction")));
        m_fixture->choose("colourBy", "facet:genre");
        QTRY_COMPARE(groupsOnTheMap().size(), std::size_t{3});
        QVERIFY(!scale->isVisible());
    }

    void chosenDomainsAndFieldsAloneAreRead()
    {
        QVERIFY(m_fixture->openWith(12, 6));
        QTRY_VERIFY(m_fixture->find<QCheckBox>("extractionDomains:books") != nullptr);
        m_fixture->find<QCheckBox>("extractionDomains:books")->click();
        m_fixture->find<QCheckBox>("extractionFields:title")->click();
        m_fixture->type("knowledgeName", "titles");
        QTRY_VERIFY(m_fixture->label("forecast").startsWith(QLatin1String("12 ")));
        m_fixture->click("startExtraction");
        QVERIFY(m_fixture->isFinished());
        const Workspace workspace = Workspace::open(m_fixture->file(), Access::ReadOnly).value();
        const KnowledgeBase base = KnowledgeStore(workspace).find("titles").value();
        QCOMPARE(base.items, std::int64_t{12});
        QCOMPARE(base.config.at("domains"), Json{"films"});
        QCOMPARE(base.config.at("fields"), Json{"title"});
    }

    void cancelledExtractionGoesOnFromWhereItStopped()
    {
        QVERIFY(m_fixture->openWith(20'000, 3));
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->click("startExtraction");
        const Workspace workspace = Workspace::open(m_fixture->file(), Access::ReadOnly).value();
        QTRY_VERIFY(!KnowledgeStore(workspace).all()->empty());
        QCOMPARE(m_fixture->session().jobs().active().size(), std::size_t{1});
        m_fixture->session().jobs().active().front()->cancel();
        QTRY_COMPARE(m_fixture->state(), QStringLiteral("cancelled"));
        QVERIFY(m_fixture->find<QAction>("goOnExtracting")->isEnabled());
        m_fixture->trigger("goOnExtracting");
        QVERIFY(m_fixture->isFinished());
        QCOMPARE(m_fixture->rows("knowledgeBases"), 1);
        QCOMPARE(KnowledgeStore(workspace).all()->front().items, std::int64_t{20'003});
        QVERIFY(!m_fixture->find<QAction>("goOnExtracting")->isEnabled());
    }

    void workspaceWithoutTextsSaysSoFirst()
    {
        {
            const Workspace workspace = m_fixture->folder.workspace("texts.transept");
            addThemedItems(workspace, "films", 6);
            QVERIFY(workspace.database()
                        .execute("UPDATE item SET title = NULL; DELETE FROM item_field")
                        .has_value());
        }
        QVERIFY(m_fixture->show());
        QTRY_VERIFY(m_fixture->label("forecast").contains(QLatin1String("No item has a text")));
        QVERIFY(!m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        QCOMPARE(m_fixture->rows("knowledgeBases"), 0);
    }

    void theServerIsAskedForOneItemBeforeAnythingIsSpent()
    {
        const ScriptedServer server(willing);
        QVERIFY(m_fixture->openWith(9, 6));
        m_fixture->askServerAt(server.url());
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        QCOMPARE(m_fixture->find<QLineEdit>("input:model")->text(), QStringLiteral("scripted"));
        QTRY_VERIFY(m_fixture->label("forecast").startsWith(QLatin1String("15 items, 15 requests")));
        auto* request = m_fixture->find<QPlainTextEdit>("previewRequest");
        QTRY_VERIFY(request->toPlainText().contains(QLatin1String("films0")));
        QVERIFY(request->toPlainText().contains(QLatin1String("json_schema")));
        QCOMPARE(server.posts(), 0);
        m_fixture->click("askForPreview");
        auto* reply = m_fixture->find<QPlainTextEdit>("previewReply");
        QTRY_VERIFY(reply->toPlainText().contains(QLatin1String("topic: daily life")));
        QCOMPARE(server.posts(), 1);
        QCOMPARE(m_fixture->rows("knowledgeBases"), 0);
    }

    void budgetAndForecastAreSeenWithoutScrolling()
    {
        QVERIFY(m_fixture->openWith(9, 6));
        QVERIFY(m_fixture->window().size() == QSize(1280, 800));
        m_fixture->askServerAt("http://127.0.0.1:9/v1");
        QTRY_VERIFY(m_fixture->label("forecast").startsWith(QLatin1String("15 items")));
        QTRY_VERIFY(m_fixture->find<QPushButton>("useLexical")->isVisible()); // nothing more will move
        for (const char* name : {"tokenBudget", "forecast", "startExtraction"}) {
            auto* part = m_fixture->find<QWidget>(name);
            QCOMPARE(part->visibleRegion().boundingRect(), part->rect());
        }
    }

    void budgetThatIsNoNumberOfTokensSpendsNothing()
    {
        const ScriptedServer server(willing);
        QVERIFY(m_fixture->openWith(9, 6));
        m_fixture->askServerAt(server.url());
        auto* start = m_fixture->find<QPushButton>("startExtraction");
        QTRY_VERIFY(start->isEnabled());
        for (const char* wrong : {"many", "-5", "0", "12.5"}) {
            m_fixture->type("tokenBudget", wrong);
            QVERIFY2(!start->isEnabled(), wrong);
            QVERIFY(m_fixture->find<QLabel>("budgetProblem")->isVisible());
        }
        m_fixture->type("tokenBudget", "1,000");
        QTRY_VERIFY(start->isEnabled());
        QVERIFY(!m_fixture->find<QLabel>("budgetProblem")->isVisible());
        m_fixture->type("tokenBudget", "many");
        m_fixture->choose("extractor", "lexical"); // which costs nothing, and hides the field
        QTRY_VERIFY(start->isEnabled());
    }

    void replyThatIsAskedForWhileTypingIsShown()
    {
        const ScriptedServer server([](const Json& request) {
            std::this_thread::sleep_for(std::chrono::milliseconds(900)); // longer than the form rests
            return willing(request);
        });
        QVERIFY(m_fixture->openWith(9, 6));
        m_fixture->askServerAt(server.url());
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->find<QPlainTextEdit>("input:facets")->setPlainText(QStringLiteral("topic"));
        m_fixture->click("askForPreview");
        auto* reply = m_fixture->find<QPlainTextEdit>("previewReply");
        QTRY_VERIFY(reply->toPlainText().contains(QLatin1String("topic: daily life")));
        QVERIFY(!reply->toPlainText().contains(QLatin1String("mood: ")));
    }

    void budgetStopsTheChatAndARaisedOneGoesOn()
    {
        const ScriptedServer server(willing);
        QVERIFY(m_fixture->openWith(30, 20));
        m_fixture->askServerAt(server.url());
        m_fixture->type("tokenBudget", "2500");
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->click("startExtraction");
        QTRY_COMPARE(m_fixture->state(), QStringLiteral("interrupted"));
        QVERIFY(m_fixture->messages().contains(QLatin1String("budget is used up")));
        const int before = server.posts();
        QVERIFY(before > 0 && before < 50);
        QCOMPARE(m_fixture->cell("knowledgeBases", 0, KnowledgeModel::TokensColumn),
                 ui::numbers::count(std::int64_t{25 * before}));

        m_fixture->trigger("goOnExtracting"); // it may cost: the panel comes first, with the same settings
        QVERIFY(m_fixture->find<QWidget>("extractionPanel")->isVisible());
        QCOMPARE(m_fixture->find<QLineEdit>("knowledgeName")->text(), QStringLiteral("chat"));
        m_fixture->type("tokenBudget", "");
        QTRY_VERIFY(m_fixture->label("forecast").contains(QStringLiteral("%1 requests").arg(50 - before)));
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->click("startExtraction");
        QVERIFY(m_fixture->isFinished());
        QCOMPARE(server.posts(), 50);
        QCOMPARE(m_fixture->rows("knowledgeBases"), 1);
        QTRY_COMPARE(m_fixture->map().values().rows.size(), std::size_t{50});
    }

    void failedItemsShowTheirReasonAndAreTriedAgain()
    {
        std::atomic<bool> isStubborn = true;
        const ScriptedServer server([&](const Json& request) {
            const bool refuses = isStubborn && promptOf(request).find("films7") != std::string::npos;
            return refuses ? ScriptedServer::chat("I would rather not.") : willing(request);
        });
        QVERIFY(m_fixture->openWith(9, 6));
        m_fixture->askServerAt(server.url());
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->click("startExtraction");
        QVERIFY(m_fixture->isFinished());
        QTRY_COMPARE(m_fixture->rows("failures"), 1);
        QVERIFY(m_fixture->find<QTableView>("failures")->isVisible());
        QVERIFY(m_fixture->cell("failures", 0, FailureModel::ItemColumn).contains(QLatin1String("films7")));
        QVERIFY(m_fixture->cell("failures", 0, FailureModel::ReasonColumn)
                    .contains(QLatin1String("not the JSON object")));
        QVERIFY(
            m_fixture->cell("failures", 0, FailureModel::ReplyColumn).contains(QLatin1String("rather not")));
        QVERIFY(m_fixture->messages().contains(QLatin1String("1 failed")));

        isStubborn = false;
        m_fixture->trigger("goOnExtracting");
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->click("startExtraction");
        QTRY_VERIFY(m_fixture->messages().contains(QLatin1String("15 items with knowledge")));
        QTRY_COMPARE(m_fixture->rows("failures"), 0);
        QCOMPARE(server.posts(), 17);
    }

    void cancelledChatAsksNothingTwice()
    {
        std::atomic<bool> isHeld = true;
        const ScriptedServer server([&](const Json& request) {
            while (isHeld && promptOf(request).find("books3") != std::string::npos) {
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
            return willing(request);
        });
        QVERIFY(m_fixture->openWith(9, 6));
        m_fixture->askServerAt(server.url());
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->click("startExtraction");
        QTRY_COMPARE(server.posts(), 15);
        QTRY_COMPARE(m_fixture->state(), QStringLiteral("running")); // listed before it ends
        const Workspace workspace = Workspace::open(m_fixture->file(), Access::ReadOnly).value();
        QTRY_COMPARE(KnowledgeStore(workspace).all()->front().items, std::int64_t{14});
        m_fixture->session().jobs().active().front()->cancel();
        QTRY_COMPARE(m_fixture->state(), QStringLiteral("cancelled"));
        isHeld = false;
        m_fixture->trigger("goOnExtracting");
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->click("startExtraction");
        QVERIFY(m_fixture->isFinished());
        QCOMPARE(server.posts(), 16); // the one that was under way once more, no other
    }

    void deletedKnowledgeComesBackByUndo()
    {
        QVERIFY(m_fixture->openWith(12, 6));
        extractLexical();
        m_fixture->trigger("deleteKnowledge");
        QTRY_COMPARE(m_fixture->rows("knowledgeBases"), 0);
        m_fixture->session().undoStack().undo();
        QTRY_COMPARE(m_fixture->rows("knowledgeBases"), 1);
    }

    void stateIsThereAgainAfterARestart()
    {
        QVERIFY(m_fixture->openWith(12, 6));
        extractLexical();
        m_fixture->choose("colourBy", "genre");
        m_fixture->find<QComboBox>("itemDomain")->setCurrentText(QStringLiteral("books"));
        const ItemId item{lastItem()};
        m_fixture->session().selection().setItem(item);
        m_fixture->window().close();
        m_fixture->reopen();
        QVERIFY(m_fixture->show());
        QTRY_COMPARE(m_fixture->find<QComboBox>("colourBy")->currentData().toString(),
                     QStringLiteral("genre"));
        QCOMPARE(m_fixture->find<QComboBox>("itemDomain")->currentText(), QStringLiteral("books"));
        QVERIFY(m_fixture->session().selection().item() == item);
        QTRY_COMPARE(groupsOnTheMap().size(), std::size_t{3});
        QTRY_VERIFY(m_fixture->rows("facets") > 0);
    }

    void modelsKeepTheContractOfItemModels()
    {
        QVERIFY(m_fixture->openWith(12, 6));
        std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
        for (const char* name : {"knowledgeBases", "failures", "facets", "nearItems"}) {
            testers.push_back(std::make_unique<QAbstractItemModelTester>(
                m_fixture->find<QTableView>(name)->model(),
                QAbstractItemModelTester::FailureReportingMode::QtTest));
        }
        testers.push_back(std::make_unique<QAbstractItemModelTester>(
            m_fixture->find<QListView>("foundItems")->model(),
            QAbstractItemModelTester::FailureReportingMode::QtTest));
        extractLexical();
        QTRY_VERIFY(m_fixture->rows("nearItems") > 0);
    }

private:
    void extractLexical()
    {
        QTRY_VERIFY(m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        m_fixture->click("startExtraction");
        QVERIFY(m_fixture->isFinished());
    }

    std::set<QString> groupsOnTheMap()
    {
        std::set<QString> groups;
        for (const ui::Legend::Entry& entry : m_fixture->map().legendEntries()) {
            groups.insert(entry.name);
        }
        return groups;
    }

    qint64 lastItem()
    {
        const Workspace workspace = Workspace::open(m_fixture->file(), Access::ReadOnly).value();
        Result<Statement> row = workspace.database().prepare("SELECT max(id) FROM item");
        return row->step().value() ? row->integer(0) : 0;
    }

    std::unique_ptr<KnowledgeFixture> m_fixture;
};

QTEST_MAIN(KnowledgePageTest)
#include "KnowledgePageTest.moc"
