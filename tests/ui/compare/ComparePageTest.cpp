#include "tests/ui/EmptyStates.h"
#include "tests/ui/compare/CompareFixture.h"
#include "ui/compare/SpecTable.h"
#include "ui/runs/RunFilterModel.h"
#include "ui/text/Numbers.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

using namespace transept;
using namespace transept::test;

/// The table of runs: what is selected, shown, edited and remembered.
class ComparePageTest : public CompareTest
{
    Q_OBJECT

private Q_SLOTS:
    void withoutRunsThePageLeadsToExperiments()
    {
        CompareFixture fixture;
        QVERIFY(fixture.show(fixture.folder.path("empty.transept")));
        QCOMPARE(pageThatTheEmptyStateLeadsTo(fixture.page()), QStringLiteral("experiments"));
    }

    void fewerThanTwoSaysToSelect()
    {
        QTRY_VERIFY(m_fixture->find<ui::EmptyState>("chooseRuns")->isVisible());
        m_fixture->click(m_runs.bias);
        QVERIFY(m_fixture->find<ui::EmptyState>("chooseRuns")->isVisible());
        m_fixture->click(m_runs.fewFactors, Qt::ControlModifier);
        QTRY_VERIFY(!m_fixture->find<ui::EmptyState>("chooseRuns")->isVisible());
        const std::vector<RunId> selected{m_runs.bias.id, m_runs.fewFactors.id};
        QCOMPARE(m_fixture->session().selection().runs(), selected);
    }

    void timeSaysWhatEveryPhaseTook()
    {
        const QAbstractItemModel& rows = m_fixture->rows();
        QString said;
        for (int column = 0; column < rows.columnCount(); ++column) {
            if (rows.headerData(column, Qt::Horizontal).toString() == QStringLiteral("Time")) {
                said = rows.index(m_fixture->rowOf(m_runs.bias), column).data(Qt::ToolTipRole).toString();
            }
        }
        for (const char* phase : {"Loading", "training", "evaluation", "MB"}) {
            QVERIFY2(said.contains(QLatin1String(phase)), qPrintable(said));
        }
    }

    void runsOnAnotherSplitAreWarnedOfAndCanBeDropped()
    {
        QVERIFY(m_fixture->compare({m_runs.bias.id, m_runs.elsewhere.id, m_runs.fewFactors.id}));
        QVERIFY(m_fixture->messages().contains(QStringLiteral("different splits")));
        QVERIFY(m_fixture->sentence().contains(QStringLiteral("may not be compared")));
        for (QPushButton* button : m_fixture->page().messages().findChildren<QPushButton*>()) {
            if (button->text().contains(QStringLiteral("Keep only"))) {
                QTest::mouseClick(button, Qt::LeftButton);
                break;
            }
        }
        QVERIFY(m_fixture->showsBars(2));
        const std::vector<RunId> kept{m_runs.bias.id, m_runs.fewFactors.id};
        QCOMPARE(m_fixture->session().selection().runs(), kept);
        QVERIFY(!m_fixture->messages().contains(QStringLiteral("different splits")));
        QVERIFY(m_fixture->sentence().contains(QStringLiteral("films")));
    }

    void theFilterHidesRowsAndKeepsTheSelection()
    {
        m_fixture->click(m_runs.bias);
        QTest::keyClicks(m_fixture->find<QLineEdit>("comparedRunsFilter"), QStringLiteral("FACTORS mf"));
        QCOMPARE(m_fixture->rows().rowCount(), 2);
        QVERIFY(!m_fixture->table()->currentIndex().isValid()); // else another run would be highlighted
        QCOMPARE(m_fixture->session().selection().runs(), std::vector<RunId>{m_runs.bias.id});
        m_fixture->click(m_runs.manyFactors, Qt::ControlModifier);
        const std::vector<RunId> both{m_runs.bias.id, m_runs.manyFactors.id};
        QCOMPARE(m_fixture->session().selection().runs(), both);
        m_fixture->click(m_runs.fewFactors);
        QCOMPARE(m_fixture->session().selection().runs(), std::vector<RunId>{m_runs.fewFactors.id});
    }

    void missingValuesStandLastInBothOrders()
    {
        QVERIFY(m_fixture->compare({m_runs.bias.id, m_runs.fewFactors.id}));
        const int column = m_fixture->rows().columnCount() - 1;
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            m_fixture->table()->sortByColumn(column, order);
            QCOMPARE(m_fixture->rowOf(m_runs.fewFactors), 0);
        }
    }

    void starNoteAndDeletionCanBeUndone()
    {
        QUndoStack& undo = m_fixture->session().undoStack();
        m_fixture->click(m_runs.bias, {}, RunTableModel::StarColumn);
        QTRY_COMPARE(m_fixture->stored(m_runs.bias).star, true);
        const int note = m_fixture->noteColumn();
        QTRY_VERIFY(m_fixture->rowOf(m_runs.bias) >= 0);
        m_fixture->rows().setData(m_fixture->rows().index(m_fixture->rowOf(m_runs.bias), note),
                                  QStringLiteral("the least"));
        QTRY_COMPARE(m_fixture->stored(m_runs.bias).note, std::string("the least"));
        QTRY_COMPARE(m_fixture->rows().index(m_fixture->rowOf(m_runs.bias), note).data().toString(),
                     QStringLiteral("the least"));
        m_fixture->click(m_runs.elsewhere);
        QTest::keyClick(m_fixture->table(), Qt::Key_Delete);
        QTRY_COMPARE(m_fixture->rows().rowCount(), 3);
        undo.undo();
        QTRY_COMPARE(m_fixture->rows().rowCount(), 4);
        undo.undo();
        QTRY_COMPARE(m_fixture->stored(m_runs.bias).note, std::string());
    }

    void anotherRunCanBeTheFirst()
    {
        m_fixture->click(m_runs.bias);
        m_fixture->click(m_runs.fewFactors, Qt::ControlModifier);
        QVERIFY(m_fixture->showsBars(2));
        m_fixture->find<QAction>("compareAgainst")->trigger();
        const std::vector<RunId> turned{m_runs.fewFactors.id, m_runs.bias.id};
        QCOMPARE(m_fixture->session().selection().runs(), turned);
        QTRY_COMPARE(m_fixture->p(m_runs.fewFactors), ui::numbers::missing());
        QVERIFY(m_fixture->p(m_runs.bias) != ui::numbers::missing());
    }

    void columnsFilterAndMeasureAreThereAfterARestart()
    {
        QVERIFY(m_fixture->compare({m_runs.bias.id, m_runs.manyFactors.id}));
        m_fixture->chooseMeasure("rmse");
        QMenu* columns = m_fixture->find<QToolButton>("comparedRunsColumns")->menu();
        Q_EMIT columns->aboutToShow();
        columns->findChild<QAction*>(QStringLiteral("column:method"))->trigger();
        QVERIFY(m_fixture->table()->isColumnHidden(RunTableModel::MethodColumn));
        m_fixture->table()->setColumnWidth(RunTableModel::NameColumn, 222);
        m_fixture->find<QLineEdit>("comparedRunsFilter")->setText(QStringLiteral("a"));
        m_fixture->window().close();
        m_fixture->reopen();
        QVERIFY(m_fixture->show(m_fixture->file()));
        QVERIFY(m_fixture->showsBars(2));
        QCOMPARE(m_fixture->find<QComboBox>("measureChoice")->currentData().toString(),
                 QStringLiteral("rmse"));
        QVERIFY(m_fixture->table()->isColumnHidden(RunTableModel::MethodColumn));
        QCOMPARE(m_fixture->table()->columnWidth(RunTableModel::NameColumn), 222);
        QCOMPARE(m_fixture->find<QLineEdit>("comparedRunsFilter")->text(), QStringLiteral("a"));
    }

    void modelsKeepTheRulesOfItemModels()
    {
        RunTableModel runs;
        ui::ComparedRunsModel compared(&runs);
        ui::RunFilterModel filtered(&runs);
        filtered.setSourceModel(&compared);
        ui::SpecTableModel specs;
        const QAbstractItemModelTester ofCompared(&compared);
        const QAbstractItemModelTester ofFiltered(&filtered);
        const QAbstractItemModelTester ofSpecs(&specs);
        runs.setRuns({m_runs.bias, m_runs.fewFactors});
        compared.setTests(
            {.against = {{m_runs.fewFactors.id, {.difference = -0.1, .better = 0.6, .p = 0.02}}},
             .first = m_runs.bias.id,
             .measure = QStringLiteral("RMSE")});
        filtered.setWords(QStringLiteral("two"));
        QCOMPARE(filtered.rowCount(), 1);
        const int p = compared.column(ui::ComparedRunsModel::Probability);
        QCOMPARE(filtered.index(0, p).data().toString(), ui::numbers::probability(0.02));
        const std::vector<Json> documents{m_runs.bias.spec, m_runs.fewFactors.spec};
        specs.setSpecs({m_runs.bias, m_runs.fewFactors}, difference(documents));
        specs.setOnlyDifferences(false);
        QVERIFY(specs.rowCount() > 10);
    }
};

QTEST_MAIN(ComparePageTest)
#include "ComparePageTest.moc"
