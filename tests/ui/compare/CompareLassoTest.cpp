#include "core/store/Catalog.h"
#include "core/store/Explorer.h"
#include "tests/ui/compare/CompareFixture.h"
#include "ui/charts/GroupChart.h"
#include "ui/compare/SegmentTable.h"
#include "ui/text/Numbers.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>

using namespace transept;
using namespace transept::test;
using ui::SegmentTableModel;

/// What runs are worth for items that are lassoed on the map of another page.
class CompareLassoTest : public CompareTest
{
    Q_OBJECT

private Q_SLOTS:
    void lassoedItemsAreASegmentOfEveryRun()
    {
        compareTwo();
        lookForWhom();
        const int before = table()->model()->rowCount();
        const std::vector<ItemId> some = everyItem(3);
        lasso(some);
        QTRY_COMPARE(table()->model()->rowCount(), before + 2);
        QCOMPARE(cell(0, SegmentTableModel::PartColumn), QStringLiteral("Items by lasso"));
        QCOMPARE(cell(0, SegmentTableModel::SegmentColumn), QStringLiteral("lassoed items"));
        QCOMPARE(cell(1, SegmentTableModel::PartColumn), QString());
        QCOMPARE(cell(1, SegmentTableModel::SegmentColumn), QStringLiteral("other items"));
        for (const char* measure : {"ndcg@10", "rmse"}) {
            m_fixture->chooseMeasure(measure);
            QVERIFY2(showsFiguresOf(some, measure), measure);
        }
        const QAbstractItemModelTester tester(table()->model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void segmentsFollowTheLasso()
    {
        compareTwo();
        lookForWhom();
        const int before = table()->model()->rowCount();
        lasso(everyItem(3));
        QTRY_COMPARE(table()->model()->rowCount(), before + 2);
        for (const std::size_t each : {2, 5, 7, 4}) { // while the answers about the lassos before are awaited
            lasso(everyItem(each));
            QTest::qWait(each == 5 ? 260 : 20);
        }
        const std::vector<ItemId> last = everyItem(4);
        QTRY_VERIFY(showsFiguresOf(last, measure()));
        QTest::qWait(400); // what was asked before has been answered by now
        QVERIFY(showsFiguresOf(last, measure()));

        m_fixture->session().selection().setRuns(
            {m_runs.bias.id, m_runs.manyFactors.id, m_runs.fewFactors.id});
        QVERIFY(m_fixture->showsBars(3));
        QTRY_VERIFY(cell(0, SegmentTableModel::FirstRunColumn + 2) != ui::numbers::missing() &&
                    showsFiguresOf(last, measure()));
    }

    void lassoIsSeenAndLetGoFromHere()
    {
        compareTwo();
        QVERIFY(!button()->isVisible() && !letGo()->isVisible());
        lasso(everyItem(4));
        QTRY_VERIFY(button()->isVisible());
        QCOMPARE(button()->text(), QStringLiteral("10 lassoed items"));
        QCOMPARE(button()->accessibleName(), button()->text());
        QVERIFY(!letGo()->accessibleName().isEmpty());

        QTest::mouseClick(button(), Qt::LeftButton); // leads to where the items stand
        auto* chart = m_fixture->find<ui::GroupChart>("segmentColumns");
        QTRY_VERIFY(chart->isVisible() && choice()->currentText() == QStringLiteral("Items by lasso"));
        QCOMPARE(chart->values().rows.size(), std::size_t{2});
        const auto ofBias = segmentsBySelection(m_fixture->workspace(), m_runs.bias.id, everyItem(4), {});
        QVERIFY(ofBias);
        QCOMPARE(chart->values().rows[0][1].toDouble(), ofBias->front().values.at(measure()));
        const int before = table()->model()->rowCount();

        letGo()->setFocus();
        QTest::keyClick(letGo(), Qt::Key_Space);
        QVERIFY(m_fixture->session().selection().items().empty());
        QVERIFY(!button()->isVisible());
        QCOMPARE(table()->model()->rowCount(), before - 2); // at once
        QCOMPARE(choice()->currentIndex(), 0);
        QCOMPARE(choice()->currentText(), QStringLiteral("Users by training interactions"));
        QVERIFY(!chart->values().rows.empty());

        lasso(everyItem(5)); // what was chosen comes back with it
        QTRY_COMPARE(choice()->currentText(), QStringLiteral("Items by lasso"));
    }

    void chosenPartStaysWhenALassoComes()
    {
        compareTwo();
        lookForWhom();
        const int popularity = choice()->findText(QStringLiteral("Items by popularity"));
        choice()->setCurrentIndex(popularity);
        Q_EMIT choice()->activated(popularity);
        lasso(everyItem(3));
        QTRY_VERIFY(choice()->findText(QStringLiteral("Items by lasso")) == 0);
        QCOMPARE(choice()->currentText(), QStringLiteral("Items by popularity"));
        lasso({});
        QCOMPARE(choice()->currentText(), QStringLiteral("Items by popularity"));
    }

    void lassoOfAnotherDomainSaysSo()
    {
        compareTwo();
        lookForWhom();
        const int before = table()->model()->rowCount();
        lasso({ItemId{999'999}});
        auto* note = m_fixture->find<QLabel>("segmentLassoNote");
        QTRY_VERIFY(note->isVisible() && note->text().startsWith(QLatin1String("None of the lassoed items")));
        QCOMPARE(table()->model()->rowCount(), before);
        lasso(everyItem(3));
        QTRY_COMPARE(table()->model()->rowCount(), before + 2);
        QVERIFY(!note->isVisible());
        lasso({ItemId{999'999}});
        QTRY_VERIFY(note->isVisible() && table()->model()->rowCount() == before);
        QTest::mouseClick(letGo(), Qt::LeftButton);
        QVERIFY(!note->isVisible());
    }

    void lassoOfBeforeIsThereWhenSomebodyLooks()
    {
        const std::vector<ItemId> some = everyItem(3);
        lasso(some);
        QTest::qWait(400);
        QVERIFY(!button()->isVisible()); // nothing is compared
        compareTwo();
        QVERIFY(button()->isVisible());
        lookForWhom();
        QTRY_VERIFY(showsFiguresOf(some, measure()));
        QCOMPARE(choice()->currentIndex(), 0);
    }

private:
    void compareTwo() { QVERIFY(m_fixture->compare({m_runs.bias.id, m_runs.manyFactors.id})); }
    void lookForWhom()
    {
        m_fixture->find<QTabWidget>("compareTabs")->setCurrentIndex(1);
        QTRY_VERIFY(table()->isVisible());
    }
    QTableView* table() { return m_fixture->find<QTableView>("segmentTable"); }
    QComboBox* choice() { return m_fixture->find<QComboBox>("segmentChoice"); }
    QToolButton* button() { return m_fixture->find<QToolButton>("lassoedItems"); }
    QToolButton* letGo() { return m_fixture->find<QToolButton>("letLassoedGo"); }
    QString cell(int row, int column) { return table()->model()->index(row, column).data().toString(); }
    void lasso(std::vector<ItemId> items) { m_fixture->session().selection().setItems(std::move(items)); }
    std::string measure()
    {
        return m_fixture->find<QComboBox>("measureChoice")->currentData().toString().toStdString();
    }

    /// Every n-th film.
    std::vector<ItemId> everyItem(std::size_t n)
    {
        const Workspace workspace = m_fixture->workspace();
        const DomainId films = valueOf(Catalog(workspace).domain("films")).id;
        std::vector<ItemId> items;
        const auto all = valueOf(Explorer(workspace).items(films, "", ItemId{0}, 1000));
        for (std::size_t at = 0; at < all.size(); at += n) {
            items.push_back(all[at].id);
        }
        std::ranges::sort(items);
        return items;
    }

    /// Whether the first rows are those of these items, for the runs that are compared.
    bool showsFiguresOf(const std::vector<ItemId>& items, const std::string& measure)
    {
        int column = SegmentTableModel::FirstRunColumn;
        for (const RunId run : m_fixture->session().selection().runs()) {
            const auto segments = valueOf(segmentsBySelection(m_fixture->workspace(), run, items, {}));
            for (int row = 0; row < 2; ++row) {
                const Segment& segment = segments[static_cast<std::size_t>(row)];
                const std::size_t size = measure == "rmse" ? segment.pairs : segment.users;
                if (cell(row, column) != ui::numbers::real(segment.values.at(measure)) ||
                    cell(row, SegmentTableModel::SizeColumn) !=
                        ui::numbers::count(static_cast<std::int64_t>(size))) {
                    return false;
                }
            }
            ++column;
        }
        return true;
    }
};

QTEST_MAIN(CompareLassoTest)
#include "CompareLassoTest.moc"
