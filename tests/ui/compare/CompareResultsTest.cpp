#include "core/experiment/Comparison.h"
#include "core/experiment/ResultCurves.h"
#include "tests/ui/compare/CompareFixture.h"
#include "ui/charts/LineChart.h"
#include "ui/runs/MeasureTitle.h"
#include "ui/text/Numbers.h"

#include <QtCore/QFile>
#include <QtTest/QTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QTabWidget>

using namespace transept;
using namespace transept::test;

/// Measures and what stands beside them: the tabs Training, Person by person, ROC, Calibration, and the file.
class CompareResultsTest : public CompareTest
{
    Q_OBJECT

private Q_SLOTS:
    void barsIntervalsAndTestsAreThoseOfTheComparison()
    {
        const std::vector<RunId> ids{m_runs.manyFactors.id, m_runs.bias.id, m_runs.fewFactors.id};
        QVERIFY(m_fixture->compare(ids));
        const auto truth = compare(m_fixture->workspace(), ids, {});
        QVERIFY(truth);
        QCOMPARE(m_fixture->find<QComboBox>("measureChoice")->count(), 2);
        for (const char* measure : {"ndcg@10", "rmse"}) {
            m_fixture->chooseMeasure(measure);
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
        const std::vector<RunId> ids{m_runs.bias.id, m_runs.manyFactors.id, m_runs.fewFactors.id};
        QVERIFY(m_fixture->compare(ids));
        const auto truth = compare(m_fixture->workspace(), ids, {});
        QVERIFY(truth);
        for (const char* measure : {"ndcg@10", "rmse"}) {
            m_fixture->chooseMeasure(measure);
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
        QVERIFY(m_fixture->compare({m_runs.fewFactors.id, m_runs.manyFactors.id}));
        auto* chart = m_fixture->find<ui::LineChart>("comparedCurves");
        QCOMPARE(chart->series().size(), std::size_t(2));
        QCOMPARE(chart->series()[0].name, QStringLiteral("two factors"));
        QCOMPARE(chart->series()[0].colour, m_runs.fewFactors.colour);
        auto* choice = m_fixture->find<QComboBox>("comparedCurvesChoice");
        QVERIFY(choice->currentData().toString().startsWith(QLatin1String("valid ")));
        choice->setCurrentIndex(choice->findData(QStringLiteral("train loss")));
        Q_EMIT choice->activated(choice->currentIndex());
        const auto stored = RunStore(m_fixture->workspace()).curves(m_runs.manyFactors.id);
        QVERIFY(stored);
        QCOMPARE(chart->series()[1].y.size(), stored->at("train loss").size());
        QCOMPARE(chart->series()[1].y.back(), stored->at("train loss").back().value);
    }

    void resultsOfThePeopleAndPairsAreDrawn()
    {
        const std::vector<RunId> ids{m_runs.bias.id, m_runs.fewFactors.id, m_runs.manyFactors.id};
        QVERIFY(m_fixture->compare(ids));
        auto* tabs = m_fixture->find<QTabWidget>("compareResults");
        auto* differences = m_fixture->find<ui::LineChart>("differenceCurves");
        auto* roc = m_fixture->find<ui::LineChart>("rocCurves");
        auto* calibration = m_fixture->find<ui::LineChart>("calibrationCurves");
        QVERIFY(differences->series().empty()); // nobody looks
        tabs->setCurrentIndex(1);
        for (const char* measure : {"ndcg@10", "rmse"}) {
            m_fixture->chooseMeasure(measure);
            const auto gains = differencesOf(m_fixture->workspace(), ids[0], ids[2], measure, {});
            QVERIFY(gains);
            QTRY_COMPARE(differences->series().size(), std::size_t{2});
            QCOMPARE(differences->series()[1].name, QStringLiteral("nine factors"));
            QCOMPARE(differences->series()[1].y, gains->gains);
            const QString name = QStringLiteral("legendNote:%1").arg(number(ids[2]));
            const auto* note = differences->parentWidget()->findChild<QLabel*>(name);
            QVERIFY(note != nullptr && note->isVisible());
            QVERIFY2(note->text().contains(ui::numbers::percent(gains->better)), qPrintable(note->text()));
            QVERIFY2(note->text().contains(ui::numbers::signedReal(gains->mean)), qPrintable(note->text()));
        }
        tabs->setCurrentIndex(2);
        QTRY_COMPARE(roc->series().size(), std::size_t{3});
        QCOMPARE(roc->series()[0].colour, m_runs.bias.colour);
        QCOMPARE(roc->series()[0].x.back(), 1.0);
        QCOMPARE(roc->series()[0].y.back(), 1.0);
        tabs->setCurrentIndex(3);
        QTRY_COMPARE(calibration->series().size(), std::size_t{3});
        const auto bins = calibrationOf(m_fixture->workspace(), ids[1]);
        QVERIFY(bins);
        QCOMPARE(calibration->series()[1].x.size(), bins->size());
        QCOMPARE(calibration->series()[1].y.front(), bins->front().meanTruth);
        QVERIFY(m_fixture->compare({ids[1], ids[2]}));
        QTRY_COMPARE(calibration->series().size(), std::size_t{2});
    }

    void sampledMeasuresAreTitledAsSuch()
    {
        QCOMPARE(ui::measureTitle("ndcg@10"), QStringLiteral("NDCG@10"));
        QCOMPARE(ui::measureTitle("ndcg@10~99"), QStringLiteral("NDCG@10 (99 sampled)"));
        QCOMPARE(ui::measureTitle("recall@5~1000"), QStringLiteral("Recall at 5 (1,000 sampled)"));
        QVERIFY(ui::measureMeaning("ndcg@10~99").contains(QStringLiteral("99 sampled items")));
        QVERIFY(!ui::measureMeaning("ndcg@10").contains(QStringLiteral("sampled")));
        QCOMPARE(ui::measureTitle("mrr@10~given"), QStringLiteral("MRR@10 (given negatives)"));
        QCOMPARE(ui::measureTitle("hit-rate@10~cold"), QStringLiteral("Hit rate at 10 (cold items)"));
        QVERIFY(
            ui::measureMeaning("hit-rate@10~cold").contains(QStringLiteral("among all items without any")));
        QVERIFY(
            ui::measureMeaning("mrr@10~given").contains(QStringLiteral("among the negatives that a file")));
    }

    void theComparisonIsSavedWithFullPrecision()
    {
        const std::vector<RunId> ids{m_runs.bias.id, m_runs.manyFactors.id};
        QVERIFY(m_fixture->compare(ids));
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
        const auto truth = compare(m_fixture->workspace(), ids, {});
        QVERIFY(truth);
        QCOMPARE(last[4].toDouble(), truth->measures.at("rmse").values[1]);
        QCOMPARE(last[7].toDouble(), truth->measures.at("rmse").wins[0][1]);
        QCOMPARE(last[8].toDouble(), truth->measures.at("rmse").p[0][1]);
    }
};

QTEST_MAIN(CompareResultsTest)
#include "CompareResultsTest.moc"
