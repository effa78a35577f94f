#include "core/experiment/Audit.h"
#include "tests/ui/compare/CompareFixture.h"
#include "ui/charts/GroupChart.h"
#include "ui/compare/FindingList.h"
#include "ui/compare/SegmentTable.h"
#include "ui/look/SeriesColours.h"
#include "ui/text/Numbers.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>

using namespace transept;
using namespace transept::test;

/// The tabs below: What differs, For whom, Can it be believed.
class CompareDetailsTest : public CompareTest
{
    Q_OBJECT

private Q_SLOTS:
    void onlyDifferencesAreShownUnlessAllAreWanted()
    {
        QVERIFY(m_fixture->compare({m_runs.fewFactors.id, m_runs.manyFactors.id}));
        QStringList paths;
        for (int row = 0; row < m_fixture->specs().rowCount(); ++row) {
            paths << m_fixture->specs().index(row, 0).data().toString();
        }
        QCOMPARE(paths, QStringList({QStringLiteral("method.epochs"), QStringLiteral("method.factors")}));
        QCOMPARE(m_fixture->specs().index(1, 1).data().toString(), QStringLiteral("2"));
        QCOMPARE(m_fixture->specs().index(1, 2).data().toString(), QStringLiteral("9"));
        QTest::mouseClick(m_fixture->find<QCheckBox>("onlyDifferences"), Qt::LeftButton, {}, QPoint(8, 8));
        QVERIFY(m_fixture->specs().rowCount() > 10);
        int bold = 0;
        for (int row = 0; row < m_fixture->specs().rowCount(); ++row) {
            bold += m_fixture->specs().index(row, 0).data(Qt::FontRole).value<QFont>().bold() ? 1 : 0;
        }
        QCOMPARE(bold, 2);
    }

    void segmentsTellForWhomARunIsBetter()
    {
        const std::vector<RunId> ids{m_runs.bias.id, m_runs.manyFactors.id};
        QVERIFY(m_fixture->compare(ids));
        auto* table = m_fixture->find<QTableView>("segmentTable");
        QVERIFY(!table->isVisible());
        m_fixture->find<QTabWidget>("compareTabs")->setCurrentIndex(1);
        QTRY_VERIFY(table->isVisible());
        for (const char* measure : {"ndcg@10", "rmse"}) {
            m_fixture->chooseMeasure(measure);
            const auto bias = segmentsOf(m_fixture->workspace(), ids[0], {});
            const auto factors = segmentsOf(m_fixture->workspace(), ids[1], {});
            QVERIFY(bias && factors);
            QCOMPARE(static_cast<std::size_t>(table->model()->rowCount()), bias->size());
            for (int row = 0; row < table->model()->rowCount(); ++row) {
                const auto at = static_cast<std::size_t>(row);
                const auto cell = [&](int column) {
                    return table->model()->index(row, column).data().toString();
                };
                QCOMPARE(cell(ui::SegmentTableModel::SegmentColumn),
                         QString::fromStdString((*bias)[at].name));
                QCOMPARE(cell(ui::SegmentTableModel::FirstRunColumn),
                         ui::numbers::real((*bias)[at].values.at(measure)));
                QCOMPARE(cell(ui::SegmentTableModel::FirstRunColumn + 1),
                         ui::numbers::real((*factors)[at].values.at(measure)));
            }
        }
        const QAbstractItemModelTester tester(table->model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void segmentsAreDrawnBesideTheirTable()
    {
        const std::vector<RunId> ids{m_runs.bias.id, m_runs.manyFactors.id};
        QVERIFY(m_fixture->compare(ids));
        m_fixture->find<QTabWidget>("compareTabs")->setCurrentIndex(1);
        auto* chart = m_fixture->find<ui::GroupChart>("segmentColumns");
        QTRY_VERIFY(chart->isVisible());
        const auto bias = segmentsOf(m_fixture->workspace(), ids[0], {});
        const auto factors = segmentsOf(m_fixture->workspace(), ids[1], {});
        QVERIFY(bias && factors);
        const std::string measure =
            m_fixture->find<QComboBox>("measureChoice")->currentData().toString().toStdString();
        auto* choice = m_fixture->find<QComboBox>("segmentChoice");
        for (int at = 0; at < choice->count(); ++at) {
            choice->setCurrentIndex(at);
            Q_EMIT choice->activated(at);
            std::vector<double> expected;
            for (std::size_t segment = 0; segment < bias->size(); ++segment) {
                if (static_cast<int>((*bias)[segment].dimension) == choice->currentData().toInt()) {
                    expected.push_back((*bias)[segment].values.at(measure));
                    expected.push_back((*factors)[segment].values.at(measure));
                }
            }
            std::vector<double> drawn;
            for (const auto& row : chart->values().rows) {
                drawn.push_back(row[1].toDouble());
                drawn.push_back(row[2].toDouble());
            }
            QCOMPARE(drawn, expected);
        }
    }

    void marksStandAtTheNamesOfWideColumns()
    {
        QVERIFY(m_fixture->compare({m_runs.bias.id, m_runs.manyFactors.id}));
        m_fixture->find<QTabWidget>("compareTabs")->setCurrentIndex(1);
        auto* table = m_fixture->find<QTableView>("segmentTable");
        QTRY_VERIFY(table->isVisible());
        QHeaderView* header = table->horizontalHeader();
        const int column = ui::SegmentTableModel::FirstRunColumn;
        constexpr int width = 250;
        for (int each = 0; each <= column; ++each) {
            header->setSectionResizeMode(each, QHeaderView::Interactive);
            header->resizeSection(each, each == column ? width : header->minimumSectionSize());
        }
        const QImage picture = header->grab().toImage();
        const double scale = picture.devicePixelRatio();
        const QRgb colour = ui::seriesColour(m_runs.bias.colour).rgb();
        const int left = header->sectionViewportPosition(column);
        int mark = -1; // where the colour of the run begins
        for (int x = left; x < left + width && mark < 0; ++x) {
            for (int y = 0; y < header->height() && mark < 0; ++y) {
                const QPoint at(static_cast<int>(x * scale), static_cast<int>(y * scale));
                mark = picture.pixel(at) == colour ? x - left : -1;
            }
        }
        const int text = header->fontMetrics().horizontalAdvance(QStringLiteral("plain biases"));
        QVERIFY2(mark > width - text - 60 && mark < width - text, qPrintable(QString::number(mark)));
    }

    void countsInFindingsHaveSeparators()
    {
        const Finding finding{.code = "time-leak",
                              .sentence = "%1 of %2 test interactions of %3",
                              .arguments = {"3216", "33655", "2024"},
                              .figures = {{"earlier", 3216}, {"test_interactions", 33655}, {"share", 0.95}}};
        QCOMPARE(ui::sentenceOf(finding), QStringLiteral("3,216 of 33,655 test interactions of 2024"));
    }

    void findingsStandBesideTheFigures()
    {
        const std::vector<RunId> ids{m_runs.fewFactors.id, m_runs.manyFactors.id};
        QVERIFY(m_fixture->compare(ids));
        m_fixture->find<QTabWidget>("compareTabs")->setCurrentIndex(2);
        auto* list = m_fixture->find<QListWidget>("findings");
        QTRY_VERIFY(list->isVisible());
        const auto findings = audit(m_fixture->workspace(), ids, {});
        QVERIFY(findings && !findings->empty());
        QCOMPARE(static_cast<std::size_t>(list->count()), findings->size());
        for (int row = 0; row < list->count(); ++row) {
            const Finding& finding = (*findings)[static_cast<std::size_t>(row)];
            QCOMPARE(list->item(row)->data(Qt::UserRole).toString(), QString::fromStdString(finding.code));
            const QString text = list->item(row)->text();
            QVERIFY(text.endsWith(ui::sentenceOf(finding)));
            QCOMPARE(text.startsWith(QStringLiteral("two factors: ")),
                     finding.runs == std::vector<RunId>{m_runs.fewFactors.id});
        }
        m_fixture->session().selection().setRuns({ids[0]});
        QTRY_VERIFY(!list->isVisible());
    }
};

QTEST_MAIN(CompareDetailsTest)
#include "CompareDetailsTest.moc"
