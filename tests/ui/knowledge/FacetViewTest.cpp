#include "core/knowledge/FacetChanges.h"
#include "core/knowledge/FacetTable.h"
#include "core/store/RunStore.h"
#include "tests/ui/PaintingTime.h"
#include "tests/ui/StallWatchdog.h"
#include "tests/ui/knowledge/FacetFixture.h"
#include "ui/knowledge/FacetTableView.h"
#include "ui/text/Numbers.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QDialog>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QToolButton>

using namespace transept;
using namespace transept::test;
using ui::FacetTableModel;

class FacetViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<FacetFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void facetsAreFoundAndFiltered()
    {
        QVERIFY(m_fixture->openWithFacets(30, 18));
        QCOMPARE(m_fixture->model().rowCount(), 96);
        QVERIFY(m_fixture->label("facetCount").startsWith(QLatin1String("96 ")));
        QCOMPARE(m_fixture->source(0), QStringLiteral("extracted"));
        m_fixture->type("facetSearch", "SCI");
        QTRY_COMPARE(m_fixture->counted(), 24);
        m_fixture->type("facetSearch", "");
        m_fixture->type("facetItemSearch", "books4");
        QTRY_COMPARE(m_fixture->counted(), 2);
        m_fixture->type("facetItemSearch", "");
        QTRY_COMPARE(m_fixture->counted(), 96);
        chooseIn("facetName", QStringLiteral("mood"));
        QTRY_COMPARE(m_fixture->counted(), 48);
        chooseIn("facetDomain", 2);
        QTRY_COMPARE(m_fixture->counted(), 18);
        m_fixture->type("facetSearch", "nothing like it");
        QTRY_VERIFY(m_fixture->find<QLabel>("noFacets")->isVisible());
        QTRY_VERIFY(m_fixture->label("noFacets").contains(QLatin1String("No facet"))); // once it is read
    }

    void facetIsEditedInTheTableAndUndone()
    {
        QVERIFY(m_fixture->openWithFacets(30, 18));
        QTRY_VERIFY(m_fixture->find<QAction>("editFacet")->isEnabled());
        const QString before = m_fixture->text(0);
        m_fixture->select(0);
        QTest::keyClick(&m_fixture->table(), Qt::Key_F2);
        auto* editor = m_fixture->table().findChild<QLineEdit*>();
        QVERIFY(editor != nullptr && editor->isVisible());
        QCOMPARE(editor->text(), before);
        editor->selectAll();
        QTest::keyClicks(editor, QStringLiteral("Space opera"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(m_fixture->text(0), QStringLiteral("Space opera"));
        QCOMPARE(m_fixture->source(0), QStringLiteral("edited"));
        const QModelIndex index = m_fixture->model().index(0, FacetTableModel::TextColumn);
        QVERIFY(index.data(Qt::ToolTipRole).toString().contains(before));
        QCOMPARE(held(0), std::optional<std::string>("Space opera"));
        m_fixture->find<QCheckBox>("editedFacets")->click();
        QTRY_COMPARE(m_fixture->counted(), 1);
        m_fixture->find<QCheckBox>("editedFacets")->click();
        QTRY_COMPARE(m_fixture->counted(), 96);

        m_fixture->undo();
        QTRY_COMPARE(m_fixture->text(0), before);
        QCOMPARE(m_fixture->source(0), QStringLiteral("extracted"));
        m_fixture->session().undoStack().redo();
        QTRY_COMPARE(m_fixture->text(0), QStringLiteral("Space opera"));
        QCOMPARE(changes(), std::size_t{1}); // done again, not once more
    }

    void facetIsStruckOutRestoredAndAdded()
    {
        QVERIFY(m_fixture->openWithFacets(30, 18));
        QTRY_VERIFY(m_fixture->find<QAction>("strikeFacet")->isEnabled());
        m_fixture->select(1);
        QTest::keyClick(&m_fixture->table(), Qt::Key_Delete);
        QTRY_COMPARE(m_fixture->source(1), QStringLiteral("struck out"));
        QCOMPARE(held(1), std::optional<std::string>());
        m_fixture->select(1);
        QTRY_VERIFY(m_fixture->find<QAction>("restoreFacet")->isEnabled());
        QVERIFY(!m_fixture->find<QAction>("strikeFacet")->isEnabled());
        m_fixture->trigger("restoreFacet");
        QTRY_COMPARE(m_fixture->source(1), QStringLiteral("extracted"));
        QTest::keyClick(&m_fixture->table(), Qt::Key_Insert);
        auto* dialog = m_fixture->find<QDialog>("addFacetDialog");
        QVERIFY(dialog != nullptr && dialog->isVisible());
        QVERIFY(!m_fixture->find<QPushButton>("addChosen")->isEnabled());
        m_fixture->find<QComboBox>("addedName")->setEditText(QStringLiteral("theme"));
        m_fixture->type("addedText", "village life");
        m_fixture->click("addChosen");
        QTRY_COMPARE(m_fixture->model().rowCount(), 97);
        QTRY_COMPARE(m_fixture->text(2), QStringLiteral("village life"));
        QCOMPARE(m_fixture->source(2), QStringLiteral("added"));
        m_fixture->undo();
        QTRY_COMPARE(m_fixture->model().rowCount(), 96);
        QTRY_COMPARE(m_fixture->source(2), QStringLiteral("extracted"));
    }

    void synonymsAreMergedFromTheVocabulary()
    {
        QVERIFY(m_fixture->openWithFacets(30, 18));
        chooseIn("vocabularyFacet", QStringLiteral("genre"));
        auto* alike = m_fixture->find<QListWidget>("alikeTexts");
        QTRY_COMPARE(alike->count(), 1);
        QCOMPARE(m_fixture->rows("vocabulary"), 4);
        QTRY_VERIFY(m_fixture->find<QLabel>("mergeNote")->isVisible());
        QVERIFY(!m_fixture->find<QPushButton>("mergeTexts")->isEnabled());
        QTest::mouseClick(
            alike->viewport(), Qt::LeftButton, {}, alike->visualItemRect(alike->item(0)).center());
        QTRY_VERIFY(m_fixture->find<QPushButton>("mergeTexts")->isEnabled());
        m_fixture->type("mergeInto", "Science fiction");
        m_fixture->click("mergeTexts");
        QTRY_COMPARE(m_fixture->rows("vocabulary"), 3);
        QTRY_COMPARE(m_fixture->cell("vocabulary", 0, 0), QStringLiteral("Science fiction"));
        QCOMPARE(m_fixture->cell("vocabulary", 0, 1), QStringLiteral("24"));
        QVERIFY(!alike->isVisible());
        QCOMPARE(changes(), std::size_t{1});
        m_fixture->undo();
        QTRY_COMPARE(m_fixture->rows("vocabulary"), 4);

        auto* words = m_fixture->find<QTableView>("vocabulary");
        Q_EMIT words->activated(words->model()->index(0, 0));
        QTRY_COMPARE(m_fixture->counted(), 12);
    }

    void twoKnowledgeBasesStandSideBySide()
    {
        QVERIFY(m_fixture->openWithFacets(30, 18));
        QVERIFY(m_fixture->table().isColumnHidden(FacetTableModel::OtherColumn));
        auto* with = m_fixture->find<QComboBox>("facetsWith");
        with->setCurrentIndex(with->findData(static_cast<qint64>(number(m_fixture->other))));
        QTRY_VERIFY(!m_fixture->table().isColumnHidden(FacetTableModel::OtherColumn));
        QCOMPARE(m_fixture->model().headerData(FacetTableModel::OtherColumn, Qt::Horizontal).toString(),
                 QStringLiteral("other"));
        const QTableView& table = m_fixture->table();
        QVERIFY(std::abs(table.columnWidth(FacetTableModel::TextColumn) -
                         table.columnWidth(FacetTableModel::OtherColumn)) <= 1);
        const Workspace workspace = Workspace::open(m_fixture->file(), Access::ReadOnly).value();
        const auto rows =
            facetRows(workspace, m_fixture->base, {.other = m_fixture->other}, {}, 1000, {}).value();
        QTRY_COMPARE(m_fixture->cell("facetTable", 0, FacetTableModel::OtherColumn).toStdString(),
                     rows[0].other.value());
        m_fixture->find<QCheckBox>("facetConflicts")->click();
        const auto conflicts = std::ranges::count_if(rows, &FacetRow::conflict);
        QVERIFY(conflicts > 10);
        QTRY_COMPARE(m_fixture->counted(), static_cast<int>(conflicts));
        m_fixture->find<QTabWidget>("facetTabs")->setCurrentIndex(1);
        QTRY_COMPARE(m_fixture->find<QTableView>("facetFigures")->model()->columnCount(), 8);
        QTRY_COMPARE(m_fixture->cell("facetFigures", 1, 1), QStringLiteral("100 %")); // moods
        QVERIFY(m_fixture->label("facetFigureNote").contains(QLatin1String("1,200 tokens")));

        m_fixture->find<QCheckBox>("facetConflicts")->click();
        with->setCurrentIndex(1); // what was imported
        QTRY_COMPARE(m_fixture->counted(), 96);
        QTRY_COMPARE(m_fixture->cell("facetTable", 0, FacetTableModel::OtherColumn),
                     QStringLiteral("Family"));
        QCOMPARE(m_fixture->cell("facetTable", 1, FacetTableModel::OtherColumn), ui::numbers::missing());
    }

    void lassoedItemsAreLookedAtAlone()
    {
        QVERIFY(m_fixture->openWithFacets(30, 18));
        auto* only = m_fixture->find<QToolButton>("onlyLassoedFacets");
        QVERIFY(!only->isVisible());
        m_fixture->session().selection().setItems({ItemId{2}, ItemId{4}, ItemId{5}});
        QTRY_VERIFY(only->isVisible());
        QCOMPARE(only->text(), QStringLiteral("Only the 3 lassoed"));
        only->click();
        QTRY_COMPARE(m_fixture->counted(), 6); // a genre and a mood of each
        m_fixture->session().selection().setItems({});
        QTRY_COMPARE(m_fixture->counted(), 96);
        QVERIFY(!only->isVisible() && !only->isChecked());
    }

    void pageOfAnItemNamesItsSources()
    {
        QVERIFY(m_fixture->openWithFacets(30, 18));
        m_fixture->select(3); // the second item's mood
        QTest::keyClick(&m_fixture->table(), Qt::Key_Return);
        auto* page = m_fixture->find<QDialog>("itemPage");
        QTRY_VERIFY(page->isVisible());
        QVERIFY(m_fixture->label("itemPageSource").contains(QLatin1String("films1")));
        QCOMPARE(m_fixture->find<QTabWidget>("itemPageBases")->count(), 2);
        QCOMPARE(m_fixture->rows("itemFields"), 2);
        const auto shown = [&] { return m_fixture->find<QTabWidget>("itemPageBases")->currentWidget(); };
        QVERIFY(shown()
                    ->findChild<QLabel*>(QStringLiteral("itemBaseSentence"))
                    ->text()
                    .contains(QLatin1String("small")));
        QTRY_COMPARE(shown()->findChild<QLabel*>(QStringLiteral("itemReplyNote"))->text(),
                     QStringLiteral("No reply of the model is kept."));
        QTest::keyClick(page, Qt::Key_Escape);
        QVERIFY(!page->isVisible());
        m_fixture->find<QTabWidget>("knowledgeTabs")->setCurrentIndex(0);
        QTRY_COMPARE(m_fixture->rows("facets"), 2); // the item is chosen there, too
        auto* facets = m_fixture->find<QTableView>("facets");
        Q_EMIT facets->activated(facets->model()->index(0, 0));
        QTRY_VERIFY(page->isVisible());
    }

    void frozenKnowledgeBaseOffersACopy()
    {
        QVERIFY(m_fixture->openWithFacets(12, 6));
        QVERIFY(!m_fixture->find<QWidget>("copyFrozen")->isVisible());
        {
            const Workspace workspace = Workspace::open(m_fixture->file()).value();
            need(workspace.database().execute(
                "INSERT INTO run(name, spec, spec_hash, state, created, started)"
                " VALUES('r', '{\"knowledge\": \"small\"}', '', 'finished', 1, unixepoch())"));
        }
        m_fixture->session().announce(ui::Change::Runs);
        QTRY_VERIFY(m_fixture->find<QWidget>("copyFrozen")->isVisible());
        QTRY_VERIFY(!m_fixture->find<QAction>("editFacet")->isEnabled());
        m_fixture->select(0);
        QTest::keyClick(&m_fixture->table(), Qt::Key_Delete);
        QCOMPARE(m_fixture->session().undoStack().count(), 0);
        QSignalSpy wanted(m_fixture->find<ui::FacetTableView>("facetView"), &ui::FacetTableView::copyWanted);
        m_fixture->click("copyFrozen");
        QCOMPARE(wanted.count(), 1);
    }

    void tableKeepsTheRulesOfItemModels()
    {
        QVERIFY(m_fixture->openWithFacets(400, 6));
        const QAbstractItemModelTester tester(&m_fixture->model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_fixture->type("facetSearch", "a");
        QTRY_VERIFY(m_fixture->isCounted() && m_fixture->model().rowCount() < 812);
        m_fixture->type("facetSearch", "");
        QTRY_COMPARE(m_fixture->counted(), 812);
        m_fixture->table().scrollToBottom();
        QTRY_COMPARE(m_fixture->cell("facetTable", 811, FacetTableModel::FacetColumn),
                     QStringLiteral("mood"));
        m_fixture->select(811);
        QTRY_VERIFY(m_fixture->find<QAction>("strikeFacet")->isEnabled());
        QTest::keyClick(&m_fixture->table(), Qt::Key_Delete);
        QTRY_COMPARE(m_fixture->source(811), QStringLiteral("struck out"));
        QCOMPARE(m_fixture->table().currentIndex().row(), 811); // nothing jumped
        m_fixture->undo();
        QTRY_COMPARE(m_fixture->source(811), QStringLiteral("extracted"));
    }

    void visibleFacetsArePaintedInAQuarterOfAFrame()
    {
#ifdef TRANSEPT_SANITIZED
        constexpr double most = 16.0; // milliseconds
#else
        constexpr double most = 4.0;
#endif
        QVERIFY(m_fixture->openWithFacets(400, 6));
        QVERIFY(m_fixture->table().viewport()->height() > 12 * m_fixture->table().rowHeight(0));
        const double time = paintingTime(*m_fixture->table().viewport());
        QVERIFY2(time < most, std::to_string(time).c_str());
    }

    void aMillionFacetsKeepTheWindowAwake()
    {
        constexpr int items = 250'000;
        QVERIFY(m_fixture->openWithFacets(3, 3));
        {
            const Workspace workspace = Workspace::open(m_fixture->file()).value();
            need(workspace.database().execute(
                "BEGIN;"
                "INSERT INTO item(domain, key, title) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1"
                " FROM n WHERE i < 250000) SELECT 1, 'k' || i, 'Film number ' || i FROM n;"
                "INSERT OR IGNORE INTO facet(kb, item, nth, name, text) SELECT 2, item.id, n.column1,"
                " n.column2, n.column3 || (item.id * 7919 % 977) FROM item, (VALUES(0, 'genre', 'kind '),"
                " (1, 'mood', 'mood '), (2, 'style', 'way '), (3, 'theme', 'about ')) AS n;"
                "COMMIT"));
        }
        StallWatchdog watchdog(&m_fixture->window());
        m_fixture->session().announce(ui::Change::Knowledge);
        QVERIFY(liveUntil([&] { return m_fixture->model().rowCount() == 4 * (items + 6); }, 60'000));
        QCOMPARE(m_fixture->model().count(), std::optional<std::int64_t>(4 * (items + 6)));
        m_fixture->table().scrollToBottom();
        QVERIFY(liveUntil(
            [&] { return m_fixture->text(m_fixture->model().rowCount() - 1) != QStringLiteral("…"); },
            60'000));
        m_fixture->type("facetSearch", "about 976");
        QVERIFY(liveUntil([&] { return m_fixture->isCounted() && m_fixture->model().rowCount() < 1000; },
                          60'000));
        qInfo().noquote() << watchdog.figures();
        const QString complaint = watchdog.complaint();
        QVERIFY2(complaint.isEmpty(), qPrintable(complaint));
    }

private:
    void chooseIn(const char* box, const QString& value)
    {
        auto* choice = m_fixture->find<QComboBox>(box);
        QTRY_VERIFY(choice->findData(value) >= 0);
        choice->setCurrentIndex(choice->findData(value));
    }
    void chooseIn(const char* box, int row)
    {
        m_fixture->find<QComboBox>(box)->setCurrentIndex(row);
    }

    /// What is written of the first item's facets.
    std::optional<std::string> held(int nth) const
    {
        const Workspace workspace = Workspace::open(m_fixture->file(), Access::ReadOnly).value();
        return facetRows(workspace, m_fixture->base, {}, {ItemId{1}, nth}, 1, {}).value().front().facet.text;
    }
    std::size_t changes() const
    {
        const Workspace workspace = Workspace::open(m_fixture->file(), Access::ReadOnly).value();
        return FacetEdits(workspace).history(m_fixture->base).value().size();
    }

    std::unique_ptr<FacetFixture> m_fixture;
};

QTEST_MAIN(FacetViewTest)
#include "FacetViewTest.moc"
