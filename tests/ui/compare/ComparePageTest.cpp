#include "ui/compare/ComparePage.h"
#include "core/experiment/Audit.h"
#include "core/experiment/Comparison.h"
#include "core/experiment/ResultCurves.h"
#include "tests/support/Runs.h"
#include "tests/ui/EmptyStates.h"
#include "tests/ui/WindowFixture.h"
#include "ui/charts/BarChart.h"
#include "ui/charts/LineChart.h"
#include "ui/compare/ComparedRuns.h"
#include "ui/compare/SegmentTable.h"
#include "ui/compare/SpecTable.h"
#include "ui/runs/MeasureTitle.h"
#include "ui/runs/RunFilterModel.h"
#include "ui/runs/RunTableModel.h"
#include "ui/text/Numbers.h"

#include <QtCore/QFile>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>

using namespace transept;
using namespace transept::test;
using ui::RunTableModel;

namespace {

/// Three runs on the same split and one on another.
struct Runs
{
    RunRecord bias;
    RunRecord fewFactors;
    RunRecord manyFactors;
    RunRecord elsewhere;
};

Runs makeRuns(const Workspace& workspace)
{
    fill(workspace, ratingsPicture("films", 60, 40, 14, 3));
    const Json measures = {"rmse", "ndcg@10"};
    Runs runs;
    runs.bias =
        finishedRun(workspace, {{"name", "plain biases"}, {"method.name", "bias"}, {"measures", measures}});
    runs.fewFactors = finishedRun(workspace,
                                  {{"name", "two factors"},
                                   {"method.name", "mf"},
                                   {"method.factors", 2},
                                   {"method.epochs", 4},
                                   {"measures", measures}});
    runs.manyFactors = finishedRun(workspace,
                                   {{"name", "nine factors"},
                                    {"method.name", "mf"},
                                    {"method.factors", 9},
                                    {"method.epochs", 6},
                                    {"measures", measures}});
    runs.elsewhere = finishedRun(
        workspace,
        {{"name", "another split"}, {"method.name", "bias"}, {"split.seed", 7}, {"measures", measures}});
    return runs;
}

class CompareFixture : public WindowFixture
{
public:
    CompareFixture()
        : WindowFixture({[](const ui::PageContext& context, QWidget* parent) -> ui::Page* {
            return new ui::ComparePage(context, parent);
        }})
    {
    }

    bool show(const std::filesystem::path& file)
    {
        const bool opened = open(file);
        window().resize(1280, 800);
        window().showPage(QStringLiteral("compare"));
        return opened && test::waitFor([this] { return page().isVisible(); });
    }

    ui::Page& page() { return *window().pages().front(); }
    QTableView* table() { return find<QTableView>("comparedRuns"); }
    QAbstractItemModel& rows() { return *table()->model(); }
    QAbstractItemModel& specs() { return *find<QTableView>("specTable")->model(); }
    ui::BarChart& bars() { return *find<ui::BarChart>("measureBars"); }
    QString sentence() { return page().findChild<QLabel*>(QStringLiteral("pageSentence"))->text(); }

    int rowOf(const RunRecord& run)
    {
        for (int row = 0; row < rows().rowCount(); ++row) {
            if (rows().index(row, 0).data(RunTableModel::RunRole).toLongLong() == number(run.id)) {
                return row;
            }
        }
        return -1;
    }
    /// What stands in the columns that hold a run against the first.
    QString test(const RunRecord& run, ui::ComparedRunsModel::Test test)
    {
        const int column = rows().columnCount() - ui::ComparedRunsModel::TestCount + test;
        return rows().index(rowOf(run), column).data().toString();
    }
    QString p(const RunRecord& run) { return test(run, ui::ComparedRunsModel::Probability); }
    int noteColumn() { return rows().columnCount() - ui::ComparedRunsModel::TestCount - 1; }
    void click(const RunRecord& run, Qt::KeyboardModifiers keys = {}, int column = RunTableModel::NameColumn)
    {
        const QRect cell = table()->visualRect(rows().index(rowOf(run), column));
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, keys, cell.center());
    }
    /// Waits until the bars of that many runs are there.
    bool showsBars(std::size_t count)
    {
        return test::waitFor([&] { return bars().values().rows.size() == count; });
    }
    QString messages()
    {
        QStringList texts;
        for (const QLabel* each : page().messages().findChildren<QLabel*>()) {
            texts << each->text();
        }
        return texts.join(QLatin1Char('\n'));
    }
};

} // namespace

class ComparePageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const Workspace workspace = m_folder.workspace();
        m_runs = makeRuns(workspace);
    }

    void init()
    {
        m_fixture = std::make_unique<CompareFixture>();
        m_file = m_fixture->folder.path("copy.transept");
        std::filesystem::copy_file(m_folder.path("test.transept"), m_file);
    }

    void cleanup() { m_fixture.reset(); }

    void withoutRunsThePageLeadsToExperiments()
    {
        CompareFixture fixture;
        QVERIFY(fixture.show(fixture.folder.path("empty.transept")));
        QCOMPARE(pageThatTheEmptyStateLeadsTo(fixture.page()), QStringLiteral("experiments"));
    }

    void fewerThanTwoSaysToSelect()
    {
        openAll();
        QTRY_VERIFY(m_fixture->find<ui::EmptyState>("chooseRuns")->isVisible());
        m_fixture->click(m_runs.bias);
        QVERIFY(m_fixture->find<ui::EmptyState>("chooseRuns")->isVisible());
        m_fixture->click(m_runs.fewFactors, Qt::ControlModifier);
        QTRY_VERIFY(!m_fixture->find<ui::EmptyState>("chooseRuns")->isVisible());
        const std::vector<RunId> selected{m_runs.bias.id, m_runs.fewFactors.id};
        QCOMPARE(m_fixture->session().selection().runs(), selected);
    }

    void barsIntervalsAndTestsAreThoseOfTheComparison()
    {
        openAll();
        const std::vector<RunId> ids{m_runs.manyFactors.id, m_runs.bias.id, m_runs.fewFactors.id};
        m_fixture->session().selection().setRuns(ids);
        QVERIFY(m_fixture->showsBars(3));
        const auto truth = compare(original(), ids, {});
        QVERIFY(truth);
        auto* choice = m_fixture->find<QComboBox>("measureChoice");
        QCOMPARE(choice->count(), 2);
        for (const char* measure : {"ndcg@10", "rmse"}) {
            choice->setCurrentIndex(choice->findData(QLatin1String(measure)));
            Q_EMIT choice->activated(choice->currentIndex());
            const MeasureComparison& expected = truth->measures.at(measure);
            const ui::ValueTable shown = m_fixture->bars().values();
            for (std::size_t at = 0; at < ids.size(); ++at) {
                QCOMPARE(shown.rows[at][1].toDouble(), expected.values[at]);
                QCOMPARE(shown.rows[at][2].toDouble(), expected.intervals[at].first);
                QCOMPARE(shown.rows[at][3].toDouble(), expected.intervals[at].second);
            }
            QCOMPARE(m_fixture->p(m_runs.manyFactors), ui::numbers::missing());
            QCOMPARE(m_fixture->p(m_runs.bias), ui::numbers::probability(expected.p[0][1]));
            QCOMPARE(m_fixture->p(m_runs.fewFactors), ui::numbers::probability(expected.p[0][2]));
            QCOMPARE(m_fixture->p(m_runs.elsewhere), ui::numbers::missing());
        }
    }

    void differenceAndShareOfUsersStandBesideTheTest()
    {
        openAll();
        const std::vector<RunId> ids{m_runs.bias.id, m_runs.manyFactors.id, m_runs.fewFactors.id};
        m_fixture->session().selection().setRuns(ids);
        QVERIFY(m_fixture->showsBars(3));
        const auto truth = compare(original(), ids, {});
        QVERIFY(truth);
        auto* choice = m_fixture->find<QComboBox>("measureChoice");
        for (const char* measure : {"ndcg@10", "rmse"}) {
            choice->setCurrentIndex(choice->findData(QLatin1String(measure)));
            Q_EMIT choice->activated(choice->currentIndex());
            const MeasureComparison& expected = truth->measures.at(measure);
            QCOMPARE(m_fixture->test(m_runs.manyFactors, ui::ComparedRunsModel::Difference),
                     ui::numbers::signedReal(expected.values[1] - expected.values[0]));
            QCOMPARE(m_fixture->test(m_runs.manyFactors, ui::ComparedRunsModel::Better),
                     ui::numbers::percent(expected.wins[0][1]));
            QCOMPARE(m_fixture->test(m_runs.fewFactors, ui::ComparedRunsModel::Better),
                     ui::numbers::percent(expected.wins[0][2]));
            const int column = m_fixture->rows().columnCount() - ui::ComparedRunsModel::TestCount;
            const QModelIndex cell = m_fixture->rows().index(m_fixture->rowOf(m_runs.manyFactors), column);
            const QFontMetrics metrics(cell.data(Qt::FontRole).value<QFont>());
            QVERIFY(cell.data(Qt::SizeHintRole).toSize().width() >
                    metrics.horizontalAdvance(cell.data().toString()));
            for (const auto test : {ui::ComparedRunsModel::Difference, ui::ComparedRunsModel::Better}) {
                QCOMPARE(m_fixture->test(m_runs.bias, test), ui::numbers::missing());
                QCOMPARE(m_fixture->test(m_runs.elsewhere, test), ui::numbers::missing());
            }
        }
    }

    void theSelectedRunsLieOverEachOtherAsCurves()
    {
        openAll();
        m_fixture->session().selection().setRuns({m_runs.fewFactors.id, m_runs.manyFactors.id});
        QVERIFY(m_fixture->showsBars(2));
        auto* chart = m_fixture->find<ui::LineChart>("comparedCurves");
        QCOMPARE(chart->series().size(), std::size_t(2));
        QCOMPARE(chart->series()[0].name, QStringLiteral("two factors"));
        QCOMPARE(chart->series()[0].colour, m_runs.fewFactors.colour);
        auto* choice = m_fixture->find<QComboBox>("comparedCurvesChoice");
        QVERIFY(choice->currentData().toString().startsWith(QLatin1String("valid ")));
        choice->setCurrentIndex(choice->findData(QStringLiteral("train loss")));
        Q_EMIT choice->activated(choice->currentIndex());
        const auto stored = RunStore(original()).curves(m_runs.manyFactors.id);
        QVERIFY(stored);
        QCOMPARE(chart->series()[1].y.size(), stored->at("train loss").size());
        QCOMPARE(chart->series()[1].y.back(), stored->at("train loss").back().value);
    }

    void segmentsTellForWhomARunIsBetter()
    {
        openAll();
        const std::vector<RunId> ids{m_runs.bias.id, m_runs.manyFactors.id};
        m_fixture->session().selection().setRuns(ids);
        QVERIFY(m_fixture->showsBars(2));
        auto* table = m_fixture->find<QTableView>("segmentTable");
        QVERIFY(!table->isVisible());
        m_fixture->find<QTabWidget>("compareTabs")->setCurrentIndex(1);
        QTRY_VERIFY(table->isVisible());
        auto* choice = m_fixture->find<QComboBox>("measureChoice");
        for (const char* measure : {"ndcg@10", "rmse"}) {
            choice->setCurrentIndex(choice->findData(QLatin1String(measure)));
            Q_EMIT choice->activated(choice->currentIndex());
            const auto bias = segmentsOf(original(), ids[0], {});
            const auto factors = segmentsOf(original(), ids[1], {});
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
                         ui::numbers::real((*bias)[at].values.at(measure), 4));
                QCOMPARE(cell(ui::SegmentTableModel::FirstRunColumn + 1),
                         ui::numbers::real((*factors)[at].values.at(measure), 4));
            }
        }
        const QAbstractItemModelTester tester(table->model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void segmentsAreDrawnBesideTheirTable()
    {
        openAll();
        const std::vector<RunId> ids{m_runs.bias.id, m_runs.manyFactors.id};
        m_fixture->session().selection().setRuns(ids);
        QVERIFY(m_fixture->showsBars(2));
        m_fixture->find<QTabWidget>("compareTabs")->setCurrentIndex(1);
        auto* chart = m_fixture->find<ui::BarChart>("segmentBars");
        QTRY_VERIFY(chart->isVisible());
        const auto bias = segmentsOf(original(), ids[0], {});
        const auto factors = segmentsOf(original(), ids[1], {});
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
            }
            QCOMPARE(drawn, expected);
        }
    }

    void marksStandAtTheNamesOfWideColumns()
    {
        openAll();
        m_fixture->session().selection().setRuns({m_runs.bias.id, m_runs.manyFactors.id});
        QVERIFY(m_fixture->showsBars(2));
        m_fixture->find<QTabWidget>("compareTabs")->setCurrentIndex(1);
        auto* table = m_fixture->find<QTableView>("segmentTable");
        QTRY_VERIFY(table->isVisible());
        QHeaderView* header = table->horizontalHeader();
        const int column = ui::SegmentTableModel::FirstRunColumn;
        header->setSectionResizeMode(column, QHeaderView::Interactive);
        header->resizeSection(column, 400);
        header->setOffset(0);
        const QImage picture = header->grab().toImage();
        const double scale = picture.devicePixelRatio();
        const int left = header->sectionViewportPosition(column);
        const int text = header->fontMetrics().horizontalAdvance(QStringLiteral("plain biases"));
        const int row = static_cast<int>(header->height() * scale / 2);
        const auto pixel = [&](int x) { return picture.pixel(static_cast<int>(x * scale), row); };
        int mark = left + 20; // behind the line between columns
        while (mark < left + 380 && pixel(mark) == pixel(left + 20)) {
            ++mark;
        }
        QVERIFY2(mark > left + 400 - text - 60, qPrintable(QString::number(mark - left)));
        QVERIFY2(mark < left + 400 - text, qPrintable(QString::number(mark - left)));
    }

    void resultsOfThePeopleAndPairsAreDrawn()
    {
        openAll();
        const std::vector<RunId> ids{m_runs.bias.id, m_runs.fewFactors.id, m_runs.manyFactors.id};
        m_fixture->session().selection().setRuns(ids);
        QVERIFY(m_fixture->showsBars(3));
        auto* tabs = m_fixture->find<QTabWidget>("compareResults");
        auto* differences = m_fixture->find<ui::LineChart>("differenceCurves");
        auto* roc = m_fixture->find<ui::LineChart>("rocCurves");
        auto* calibration = m_fixture->find<ui::LineChart>("calibrationCurves");
        QVERIFY(differences->series().empty()); // nobody looks
        auto* choice = m_fixture->find<QComboBox>("measureChoice");
        tabs->setCurrentIndex(1);
        for (const char* measure : {"ndcg@10", "rmse"}) {
            choice->setCurrentIndex(choice->findData(QLatin1String(measure)));
            Q_EMIT choice->activated(choice->currentIndex());
            const auto gains = differencesOf(original(), ids[0], ids[2], measure, {});
            QVERIFY(gains);
            QTRY_COMPARE(differences->series().size(), std::size_t{2});
            QCOMPARE(differences->series()[1].name, QStringLiteral("nine factors"));
            QCOMPARE(differences->series()[1].y, gains->gains);
        }
        tabs->setCurrentIndex(2);
        QTRY_COMPARE(roc->series().size(), std::size_t{3});
        QCOMPARE(roc->series()[0].colour, m_runs.bias.colour);
        QCOMPARE(roc->series()[0].x.back(), 1.0);
        QCOMPARE(roc->series()[0].y.back(), 1.0);
        tabs->setCurrentIndex(3);
        QTRY_COMPARE(calibration->series().size(), std::size_t{3});
        const auto bins = calibrationOf(original(), ids[1]);
        QVERIFY(bins);
        QCOMPARE(calibration->series()[1].x.size(), bins->size());
        QCOMPARE(calibration->series()[1].y.front(), bins->front().meanTruth);
        m_fixture->session().selection().setRuns({ids[1], ids[2]});
        QVERIFY(m_fixture->showsBars(2));
        QTRY_COMPARE(calibration->series().size(), std::size_t{2});
    }

    void sampledMeasuresAreTitledAsSuch()
    {
        QCOMPARE(ui::measureTitle("ndcg@10"), QStringLiteral("NDCG@10"));
        QCOMPARE(ui::measureTitle("ndcg@10~99"), QStringLiteral("NDCG@10 (99 sampled)"));
        QCOMPARE(ui::measureTitle("recall@5~1000"), QStringLiteral("Recall at 5 (1,000 sampled)"));
        QVERIFY(ui::measureMeaning("ndcg@10~99").contains(QStringLiteral("99 sampled items")));
        QVERIFY(!ui::measureMeaning("ndcg@10").contains(QStringLiteral("sampled")));
    }

    void findingsStandBesideTheFigures()
    {
        openAll();
        const std::vector<RunId> ids{m_runs.fewFactors.id, m_runs.manyFactors.id};
        m_fixture->session().selection().setRuns(ids);
        QVERIFY(m_fixture->showsBars(2));
        m_fixture->find<QTabWidget>("compareTabs")->setCurrentIndex(2);
        auto* list = m_fixture->find<QListWidget>("findings");
        QTRY_VERIFY(list->isVisible());
        const auto findings = audit(original(), ids, {});
        QVERIFY(findings && !findings->empty());
        QCOMPARE(static_cast<std::size_t>(list->count()), findings->size());
        for (int row = 0; row < list->count(); ++row) {
            const Finding& finding = (*findings)[static_cast<std::size_t>(row)];
            QCOMPARE(list->item(row)->data(Qt::UserRole).toString(), QString::fromStdString(finding.code));
            const QString text = list->item(row)->text();
            QVERIFY(text.endsWith(QString::fromStdString(describe(finding))));
            QCOMPARE(text.startsWith(QStringLiteral("two factors: ")),
                     finding.runs == std::vector<RunId>{m_runs.fewFactors.id});
        }
        m_fixture->session().selection().setRuns({ids[0]});
        QTRY_VERIFY(!list->isVisible());
    }

    void onlyDifferencesAreShownUnlessAllAreWanted()
    {
        openAll();
        m_fixture->session().selection().setRuns({m_runs.fewFactors.id, m_runs.manyFactors.id});
        QVERIFY(m_fixture->showsBars(2));
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

    void runsOnAnotherSplitAreWarnedOfAndCanBeDropped()
    {
        openAll();
        m_fixture->session().selection().setRuns({m_runs.bias.id, m_runs.elsewhere.id, m_runs.fewFactors.id});
        QVERIFY(m_fixture->showsBars(3));
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
        openAll();
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
        openAll();
        m_fixture->session().selection().setRuns({m_runs.bias.id, m_runs.fewFactors.id});
        QVERIFY(m_fixture->showsBars(2));
        const int column = m_fixture->rows().columnCount() - 1;
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            m_fixture->table()->sortByColumn(column, order);
            QCOMPARE(m_fixture->rowOf(m_runs.fewFactors), 0);
        }
    }

    void starNoteAndDeletionCanBeUndone()
    {
        openAll();
        QUndoStack& undo = m_fixture->session().undoStack();
        m_fixture->click(m_runs.bias, {}, RunTableModel::StarColumn);
        QTRY_COMPARE(stored(m_runs.bias)->star, true);
        const int note = m_fixture->noteColumn();
        QTRY_VERIFY(m_fixture->rowOf(m_runs.bias) >= 0);
        m_fixture->rows().setData(m_fixture->rows().index(m_fixture->rowOf(m_runs.bias), note),
                                  QStringLiteral("the least"));
        QTRY_COMPARE(stored(m_runs.bias)->note, std::string("the least"));
        QTRY_COMPARE(m_fixture->rows().index(m_fixture->rowOf(m_runs.bias), note).data().toString(),
                     QStringLiteral("the least"));
        m_fixture->click(m_runs.elsewhere);
        QTest::keyClick(m_fixture->table(), Qt::Key_Delete);
        QTRY_COMPARE(m_fixture->rows().rowCount(), 3);
        undo.undo();
        QTRY_COMPARE(m_fixture->rows().rowCount(), 4);
        undo.undo();
        QTRY_COMPARE(stored(m_runs.bias)->note, std::string());
    }

    void anotherRunCanBeTheFirst()
    {
        openAll();
        m_fixture->click(m_runs.bias);
        m_fixture->click(m_runs.fewFactors, Qt::ControlModifier);
        QVERIFY(m_fixture->showsBars(2));
        m_fixture->find<QAction>("compareAgainst")->trigger();
        const std::vector<RunId> turned{m_runs.fewFactors.id, m_runs.bias.id};
        QCOMPARE(m_fixture->session().selection().runs(), turned);
        QTRY_COMPARE(m_fixture->p(m_runs.fewFactors), ui::numbers::missing());
        QVERIFY(m_fixture->p(m_runs.bias) != ui::numbers::missing());
    }

    void theComparisonIsSavedWithFullPrecision()
    {
        openAll();
        const std::vector<RunId> ids{m_runs.bias.id, m_runs.manyFactors.id};
        m_fixture->session().selection().setRuns(ids);
        QVERIFY(m_fixture->showsBars(2));
        m_fixture->chosenFile = QString::fromStdString(m_fixture->folder.path("out.csv").string());
        m_fixture->find<QAction>("exportComparison")->trigger();
        QTRY_VERIFY(m_fixture->messages().contains(QStringLiteral("out.csv")));
        QFile file(m_fixture->chosenFile);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
        QCOMPARE(lines.size(), 5);
        QCOMPARE(lines[0].trimmed(),
                 QByteArray("measure,run,name,method,value,interval_low,interval_high,better_than_first,"
                            "p_against_first"));
        const QList<QByteArray> last = lines[4].trimmed().split(',');
        QCOMPARE(last[0], QByteArray("rmse"));
        QCOMPARE(last[2], QByteArray("nine factors"));
        const auto truth = compare(original(), ids, {});
        QVERIFY(truth);
        QCOMPARE(last[4].toDouble(), truth->measures.at("rmse").values[1]);
        QCOMPARE(last[7].toDouble(), truth->measures.at("rmse").wins[0][1]);
        QCOMPARE(last[8].toDouble(), truth->measures.at("rmse").p[0][1]);
    }

    void columnsFilterAndMeasureAreThereAfterARestart()
    {
        openAll();
        m_fixture->session().selection().setRuns({m_runs.bias.id, m_runs.manyFactors.id});
        QVERIFY(m_fixture->showsBars(2));
        auto* choice = m_fixture->find<QComboBox>("measureChoice");
        choice->setCurrentIndex(choice->findData(QStringLiteral("rmse")));
        Q_EMIT choice->activated(choice->currentIndex());
        QMenu* columns = m_fixture->find<QToolButton>("comparedRunsColumns")->menu();
        Q_EMIT columns->aboutToShow();
        columns->findChild<QAction*>(QStringLiteral("column:method"))->trigger();
        QVERIFY(m_fixture->table()->isColumnHidden(RunTableModel::MethodColumn));
        m_fixture->table()->setColumnWidth(RunTableModel::NameColumn, 222);
        m_fixture->find<QLineEdit>("comparedRunsFilter")->setText(QStringLiteral("a"));
        m_fixture->window().close();
        m_fixture->reopen();
        QVERIFY(m_fixture->show(m_file));
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

private:
    void openAll()
    {
        QVERIFY(m_fixture->show(m_file));
        QTRY_COMPARE(m_fixture->rows().rowCount(), 4);
    }

    Result<RunRecord> stored(const RunRecord& run)
    {
        const Result<Workspace> workspace = Workspace::open(m_file, Access::ReadOnly);
        return workspace ? RunStore(*workspace).find(run.id) : passOn(workspace);
    }

    Workspace original() const
    {
        Result<Workspace> workspace = Workspace::open(m_folder.path("test.transept"));
        return std::move(*workspace);
    }

    Temporary m_folder;
    Runs m_runs;
    std::unique_ptr<CompareFixture> m_fixture;
    std::filesystem::path m_file;
};

QTEST_MAIN(ComparePageTest)
#include "ComparePageTest.moc"
