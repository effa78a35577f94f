#include "ui/knowledge/FacetTableView.h"
#include "core/knowledge/FacetChanges.h"
#include "core/knowledge/FacetTable.h"
#include "tests/ui/HeldReaders.h"
#include "tests/ui/knowledge/FacetFixture.h"
#include "ui/knowledge/FacetFilterBar.h"
#include "ui/knowledge/FigureTable.h"
#include "ui/knowledge/ItemPageDialog.h"

#include <QtTest/QSignalSpy>

using namespace transept;
using namespace transept::test;
using ui::FacetTableModel;

/// The table of facets and the page of an item while what they show changes under them.
class FacetTableViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<FacetFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void whatIsBeingTypedStaysWhenPagesArrive()
    {
        QVERIFY(m_fixture->openWithFacets(30, 18));
        QLineEdit* editor = edit(0);
        QVERIFY(editor != nullptr);
        QTest::keyClicks(editor, QStringLiteral("Space ope"));
        QSignalSpy arrived(&m_fixture->model(), &QAbstractItemModel::dataChanged);
        m_fixture->session().announce(ui::Change::Knowledge);
        QVERIFY(arrived.wait(patience));
        QCOMPARE(editor->text(), QStringLiteral("Space ope"));
        QTest::keyClicks(editor, QStringLiteral("ra"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(m_fixture->text(0), QStringLiteral("Space opera"));
    }

    void editIsOfTheFacetThatItWasBegunWith()
    {
        QVERIFY(m_fixture->openWithFacets(30, 18));
        QLineEdit* editor = edit(4); // the genre of the third item
        QVERIFY(editor != nullptr);
        QTest::keyClicks(editor, QStringLiteral("Space opera"));
        {
            const Workspace workspace = Workspace::open(m_fixture->file()).value();
            QVERIFY(changeFacets(workspace, m_fixture->base, {{{ItemId{1}, newFacet}, "theme", "power"}}));
        }
        m_fixture->session().announce(ui::Change::Knowledge);
        QTRY_COMPARE(m_fixture->counted(), 97);
        QTRY_COMPARE(m_fixture->text(2), QStringLiteral("power")); // all rows below stand one lower now
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(m_fixture->text(5), QStringLiteral("Space opera"));
        QCOMPARE(m_fixture->source(4), QStringLiteral("extracted"));
        const Workspace workspace = Workspace::open(m_fixture->file(), Access::ReadOnly).value();
        const auto rows = facetRows(workspace, m_fixture->base, {.edited = true}, {}, 10, {}).value();
        QCOMPARE(rows.size(), std::size_t{2});
        QVERIFY((rows.back().facet.place == FacetPlace{ItemId{3}, 0}));
    }

    void answerAboutAnotherKnowledgeBaseIsDropped()
    {
        QVERIFY(m_fixture->openWithFacets(12, 6));
        const std::vector<KnowledgeBase> bases = basesWithAnEmptyOne();
        ui::FacetTableView view(m_fixture->session());
        view.setBases(bases);
        view.show();
        HeldReaders held(m_fixture->session());
        view.showBase(&bases.front());
        view.hide();
        view.showBase(&bases.back()); // nothing is asked of it while nobody looks
        held.release();
        QCOMPARE(view.findChild<QComboBox*>(QStringLiteral("facetName"))->count(), 1); // all
        QVERIFY(view.findChild<QLabel*>(QStringLiteral("facetFigureNote"))->text().isEmpty());
        view.show();
        QTRY_VERIFY(view.findChild<QLabel*>(QStringLiteral("facetFigureNote"))
                        ->text()
                        .startsWith(QLatin1String("0 of 18 items")));
    }

    void actionsAreThereAgainWhenTheTabIs()
    {
        QVERIFY(m_fixture->openWithFacets(12, 6));
        auto* tabs = m_fixture->find<QTabWidget>("knowledgeTabs");
        QTRY_VERIFY(m_fixture->find<QAction>("editFacet")->isEnabled());
        {
            HeldReaders held(m_fixture->session());
            m_fixture->session().announce(ui::Change::Knowledge);
            m_fixture->session().announce(ui::Change::Facets);
            tabs->setCurrentIndex(0);
            held.release(); // the answers come while nobody looks
        }
        m_fixture->showFacets();
        QTRY_VERIFY(m_fixture->find<QAction>("editFacet")->isEnabled());
        QVERIFY(m_fixture->find<QAction>("addFacet")->isEnabled());
    }

    void chosenFacetThatIsThereNoMoreFiltersNoLonger()
    {
        QVERIFY(m_fixture->openWithFacets(12, 6));
        auto* facet = m_fixture->find<QComboBox>("facetName");
        QTRY_VERIFY(facet->findData(QStringLiteral("mood")) >= 0);
        facet->setCurrentIndex(facet->findData(QStringLiteral("mood")));
        QTRY_COMPARE(m_fixture->counted(), 18);
        {
            const Workspace workspace = Workspace::open(m_fixture->file()).value();
            need(workspace.database().execute("DELETE FROM facet WHERE name = 'mood'"));
        }
        m_fixture->session().announce(ui::Change::Knowledge);
        QTRY_COMPARE(facet->currentIndex(), 0);
        QTRY_COMPARE(m_fixture->counted(), 18); // the genres, which are all that there is
        QTRY_COMPARE(m_fixture->cell("facetTable", 0, FacetTableModel::FacetColumn), QStringLiteral("genre"));
    }

    void filterSaysOnceThatItIsAnother()
    {
        ui::Selection selection;
        ui::FacetFilterBar bar(selection);
        bar.setFacets({"genre", "mood"});
        QSignalSpy changed(&bar, &ui::FacetFilterBar::changed);
        bar.lookFor(QStringLiteral("genre"), QStringLiteral("drama"));
        QCOMPARE(changed.count(), 1);
        QTest::qWait(400); // longer than a pause in typing
        QCOMPARE(changed.count(), 1);
        QCOMPARE(bar.filter().text, std::string("drama"));
        bar.setFacets({"genre"});
        QCOMPARE(changed.count(), 1);
        bar.setFacets({"mood"});
        QCOMPARE(changed.count(), 2);
        QCOMPARE(bar.filter().facet, std::string());
    }

    void closedPageOfAnItemStaysClosed()
    {
        QVERIFY(m_fixture->openWithFacets(12, 6));
        ui::ItemPageDialog page(m_fixture->session(), nullptr);
        page.showItem(ItemId{1});
        QTRY_VERIFY(page.isVisible());
        HeldReaders held(m_fixture->session());
        page.showItem(ItemId{2});
        QTest::keyClick(&page, Qt::Key_Escape);
        held.release();
        QVERIFY(!page.isVisible());
    }

    void pageOfAnItemKeepsNothingOfTheOneBefore()
    {
        QVERIFY(m_fixture->openWithFacets(12, 6));
        ui::ItemPageDialog page(m_fixture->session(), nullptr);
        page.showItem(ItemId{1});
        QTRY_VERIFY(page.isVisible());
        const QString first = page.windowTitle();
        const auto tables = page.findChildren<ui::FigureTable*>().size();
        HeldReaders held(m_fixture->session());
        page.findChild<QTabWidget*>(QStringLiteral("itemPageBases"))->setCurrentIndex(1);
        page.showItem(ItemId{2});
        held.release();
        QTRY_VERIFY(page.windowTitle() != first);
        QCOMPARE(page.findChildren<ui::FigureTable*>().size(), tables);
        QTRY_COMPARE(replyNote(page), QStringLiteral("No reply of the model is kept."));
    }

    void replyThatCannotBeLookedForSaysWhy()
    {
        QVERIFY(m_fixture->openWithFacets(12, 6));
        {
            const Workspace workspace = Workspace::open(m_fixture->file()).value();
            need(workspace.database().execute("UPDATE knowledge_base SET config = '{\"settings\": {\"model\":"
                                              " \"small\"}, \"domains\": [\"nowhere\"]}'"));
        }
        ui::ItemPageDialog page(m_fixture->session(), nullptr);
        page.showItem(ItemId{1});
        QTRY_VERIFY(replyNote(page).contains(QLatin1String("nowhere")));
    }

private:
    /// Opens the editor of a row's text and empties it.
    QLineEdit* edit(int row)
    {
        if (!waitFor([&] { return m_fixture->find<QAction>("editFacet")->isEnabled(); })) {
            return nullptr;
        }
        m_fixture->select(row);
        QTest::keyClick(&m_fixture->table(), Qt::Key_F2);
        auto* editor = m_fixture->table().findChild<QLineEdit*>();
        if (editor != nullptr) {
            editor->selectAll();
        }
        return editor;
    }

    std::vector<KnowledgeBase> basesWithAnEmptyOne() const
    {
        const Workspace workspace = Workspace::open(m_fixture->file()).value();
        const KnowledgeStore store(workspace);
        need(store.setState(store.begin("empty", "lexical", Json::object()).value(), "finished"));
        return store.all().value();
    }

    static QString replyNote(const QWidget& page)
    {
        const auto* tabs = page.findChild<QTabWidget*>(QStringLiteral("itemPageBases"));
        const QWidget* shown = tabs->currentWidget();
        return shown == nullptr ? QString()
                                : shown->findChild<QLabel*>(QStringLiteral("itemReplyNote"))->text();
    }

    std::unique_ptr<FacetFixture> m_fixture;
};

QTEST_MAIN(FacetTableViewTest)
#include "FacetTableViewTest.moc"
