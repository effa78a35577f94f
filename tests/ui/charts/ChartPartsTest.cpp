#include "ui/charts/BarChart.h"
#include "ui/charts/LineChart.h"
#include "ui/charts/Scale.h"
#include "ui/charts/ScatterChart.h"
#include "ui/charts/ValueTable.h"
#include "ui/look/Theme.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QGraphicsTextItem>

#include <cmath>
#include <limits>

using namespace transept::ui;

namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

} // namespace

/// Scales, tables of values, and the charts that are no curves.
class ChartPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scaleGoesThereAndBack();
    void niceStepsAreOneTwoOrFive();
    void tableShowsEpochsAsWholeNumbers();
    void otherChartsTakeNothingAndOddValues();
    void lowChartKeepsTheNumbersOfItsAxis();
    void axesHaveTheMinusSignOfAllFigures();
};

void ChartPartsTest::scaleGoesThereAndBack()
{
    for (const bool logarithmic : {false, true}) {
        const Scale scale({0.01, 100.0}, logarithmic);
        for (const double fraction : {0.0, 0.25, 0.5, 1.0}) {
            QVERIFY(std::abs(scale.fractionOf(scale.valueAt(fraction)) - fraction) < 1e-12);
        }
        const double before = scale.valueAt(0.3);
        const Scale zoomed(scale.zoomed(0.3, 0.5), logarithmic);
        QVERIFY(std::abs(zoomed.valueAt(0.3) / before - 1.0) < 1e-9); // stays under the cursor
    }
}

void ChartPartsTest::niceStepsAreOneTwoOrFive()
{
    QCOMPARE(niceStep(10.0, 10), 1.0);
    QCOMPARE(niceStep(11.0, 10), 2.0);
    QCOMPARE(niceStep(0.45, 10), 0.05);
    const Range padding = padded({3.0, 3.0}, false);
    QVERIFY(padding.low < 3.0 && padding.high > 3.0);
}

void ChartPartsTest::tableShowsEpochsAsWholeNumbers()
{
    const ValueTableModel table(
        {.headers = {QStringLiteral("epoch"), QStringLiteral("a"), QStringLiteral("name")},
         .rows = {{1.0, 0.25, QStringLiteral("x")}, {1200.0, 1.0, QStringLiteral("y")}}});
    QCOMPARE(table.index(1, 0).data().toString(), QStringLiteral("1,200"));
    QCOMPARE(table.index(1, 1).data().toString(), QStringLiteral("1.00000")); // among values that are not
    QCOMPARE(table.headerData(1, Qt::Horizontal, Qt::TextAlignmentRole).toInt(),
             int(Qt::AlignRight | Qt::AlignVCenter));
    QCOMPARE(table.headerData(2, Qt::Horizontal, Qt::TextAlignmentRole).toInt(),
             int(Qt::AlignLeft | Qt::AlignVCenter));
}

void ChartPartsTest::otherChartsTakeNothingAndOddValues()
{
    BarChart bars;
    bars.resize(400, 200);
    bars.show();
    QVERIFY(!bars.grab().isNull());
    bars.setBars({{.id = QStringLiteral("a"), .name = QStringLiteral("a"), .value = gap},
                  {.id = QStringLiteral("b"),
                   .name = QStringLiteral("b"),
                   .value = -0.5,
                   .interval = Range{-0.7, -0.3}},
                  {.id = QStringLiteral("c"), .name = QStringLiteral("c"), .value = 2.0}});
    QTest::qWait(20);
    QVERIFY(!bars.grab().isNull());
    QCOMPARE(bars.values().rows.size(), std::size_t{3});

    ScatterChart points;
    points.resize(300, 300);
    points.show();
    QTest::mouseClick(points.viewport(), Qt::LeftButton, {}, QPoint(150, 150));
    QVERIFY(!points.grab().isNull());
    points.setPoints({{.x = 1.0, .y = 1.0, .group = 0, .id = 7, .name = QStringLiteral("one")}},
                     {QStringLiteral("books")});
    QTest::qWait(20);
    QSignalSpy clicked(&points, &ScatterChart::pointClicked);
    QTest::mouseClick(points.viewport(), Qt::LeftButton, {}, QPoint(150, 150));
    QCOMPARE(clicked.size(), 1);
    QCOMPARE(clicked.front().front().toLongLong(), 7);
}

/// Qt Charts draws "..." for texts that have no room.
void ChartPartsTest::lowChartKeepsTheNumbersOfItsAxis()
{
    Theme theme(*qApp); // its font
    LineChart chart;
    chart.setAxisTitles(QStringLiteral("epoch"), {});
    chart.setSeries({{.id = QStringLiteral("a"),
                      .name = QStringLiteral("a"),
                      .x = {1.0, 10.0, 20.0, 30.0},
                      .y = {0.83, 0.81, 0.76, 0.75}}});
    chart.setNamesAtEnds(true);
    chart.setWholeNumbers(true);
    chart.show();
    const auto texts = [&chart] {
        QStringList all;
        for (const QGraphicsItem* item : chart.scene()->items()) {
            const auto* text = dynamic_cast<const QGraphicsTextItem*>(item);
            if (text != nullptr && text->isVisible() && !text->toPlainText().isEmpty()) {
                all << text->toPlainText();
            }
        }
        return all;
    };
    for (const int height : {300, 96, 200, 112, 160, 130, 104, 120, 96}) {
        chart.resize(500, height);
        if (height <= 96 || height >= 160) {
            QTRY_COMPARE(texts().contains(QStringLiteral("epoch")), height >= 160);
        }
        QTRY_VERIFY2(texts().contains(QStringLiteral("30")) && texts().contains(QStringLiteral("0.80")),
                     qPrintable(texts().join(QLatin1Char(' '))));
        QVERIFY2(texts().filter(QStringLiteral("...")).isEmpty(),
                 qPrintable(QString::number(height) + texts().join(QLatin1Char(' '))));
    }
}

void ChartPartsTest::axesHaveTheMinusSignOfAllFigures()
{
    LineChart chart;
    chart.resize(500, 300);
    chart.setSeries({{.id = QStringLiteral("a"),
                      .name = QStringLiteral("a"),
                      .x = {-2.0, -1.0, 0.0, 1.0},
                      .y = {-3.0, 2.0, 1.0, -1.0}}});
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart));
    const auto labelsThatBegin = [&](QChar sign) {
        QStringList found;
        for (const QGraphicsItem* item : chart.scene()->items()) {
            const auto* label = qgraphicsitem_cast<const QGraphicsTextItem*>(item);
            if (label != nullptr && label->isVisible() && label->toPlainText().startsWith(sign)) {
                found << label->toPlainText();
            }
        }
        return found;
    };
    const QChar minus(0x2212);
    QTRY_VERIFY(labelsThatBegin(minus).contains(minus + QStringLiteral("2")));
    QCOMPARE(labelsThatBegin(QLatin1Char('-')), QStringList());
    chart.setSeries(
        {{.id = QStringLiteral("a"), .name = QStringLiteral("a"), .x = {0.0, 1.0}, .y = {-0.5, -7.0}}});
    QTRY_VERIFY(labelsThatBegin(minus).contains(minus + QStringLiteral("6")));
    QTRY_COMPARE(labelsThatBegin(QLatin1Char('-')), QStringList());
}

QTEST_MAIN(ChartPartsTest)
#include "ChartPartsTest.moc"
