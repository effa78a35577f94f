#include "tests/support/Temporary.h"
#include "tests/ui/Patience.h"
#include "ui/charts/ChartCard.h"
#include "ui/charts/Legend.h"
#include "ui/charts/LineChart.h"

#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtCharts/QLogValueAxis>
#include <QtCharts/QValueAxis>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtGui/QClipboard>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QImage>
#include <QtGui/QPaintEvent>
#include <QtGui/QWheelEvent>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialog>
#include <QtWidgets/QMenu>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QToolButton>

#include <cmath>
#include <limits>
#include <numeric>

using namespace transept::ui;

namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

/// Opens what Chart keeps for its kinds to a test.
struct Geometry : Chart
{
    using Chart::plotArea;
    using Chart::scaleX;
    using Chart::scaleY;
    using Chart::toPixel;
};

/// Whether all of a widget was painted at once since this began to watch.
class PaintWatch final : public QObject
{
public:
    explicit PaintWatch(QWidget& watched) : m_watched(watched) { watched.installEventFilter(this); }

    bool isWhole() const { return m_isWhole; }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) {
            const QRegion region = static_cast<QPaintEvent*>(event)->region();
            m_isWhole = m_isWhole || QRegion(m_watched.rect()).subtracted(region).isEmpty();
        }
        return QObject::eventFilter(watched, event);
    }

private:
    QWidget& m_watched;
    bool m_isWhole = false;
};

/// A chart on the screen, and what a hand does to it.
class OpenChart final
{
public:
    OpenChart()
    {
        m_chart.resize(600, 300);
        m_chart.show();
        m_chart.setXName(QStringLiteral("epoch"));
    }

    LineChart* operator->() { return &m_chart; }
    void wait() { QTest::qWait(20); }
    QRectF plotArea() const { return (m_chart.*&Geometry::plotArea)(); }
    const Scale& scaleX() const { return (m_chart.*&Geometry::scaleX)(); }
    const Scale& scaleY() const { return (m_chart.*&Geometry::scaleY)(); }
    QPoint toPixel(double x, double y) const { return (m_chart.*&Geometry::toPixel)(x, y).toPoint(); }
    QPoint centre() const { return plotArea().center().toPoint(); }
    double widthX() const { return scaleX().range().high - scaleX().range().low; }

    void wheel(const QPoint& at, int delta)
    {
        QWheelEvent event(at,
                          m_chart.viewport()->mapToGlobal(at),
                          {},
                          {0, delta},
                          Qt::NoButton,
                          Qt::NoModifier,
                          Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(m_chart.viewport(), &event);
        wait();
    }

    void drag(const QPoint& from, const QPoint& to, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(m_chart.viewport(), Qt::LeftButton, modifiers, from);
        for (const QPoint& at : {(from + to) / 2, to}) {
            QMouseEvent move(QEvent::MouseMove,
                             at,
                             m_chart.viewport()->mapToGlobal(at),
                             Qt::NoButton,
                             Qt::LeftButton,
                             modifiers);
            QApplication::sendEvent(m_chart.viewport(), &move);
        }
        QTest::mouseRelease(m_chart.viewport(), Qt::LeftButton, modifiers, to);
        wait();
    }

    qsizetype drawnPoints() const
    {
        qsizetype count = 0;
        for (const QAbstractSeries* each : m_chart.chart()->series()) {
            count += static_cast<const QLineSeries*>(each)->count();
        }
        return count;
    }

private:
    LineChart m_chart;
};

/// What the menu of a chart offers, as a right click brings it.
QMenu* menuOf(Chart& chart)
{
    qDeleteAll(chart.findChildren<QMenu*>());
    QContextMenuEvent event(
        QContextMenuEvent::Mouse, QPoint(100, 100), chart.viewport()->mapToGlobal(QPoint(100, 100)));
    QApplication::sendEvent(chart.viewport(), &event);
    return chart.findChild<QMenu*>();
}

bool trigger(Chart& chart, const QString& text)
{
    for (QAction* action : menuOf(chart)->actions()) {
        if (action->text() == text && action->isEnabled()) {
            action->trigger();
            return true;
        }
    }
    return false;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

LineChart::Series line(const QString& name, std::vector<double> y)
{
    LineChart::Series series{.id = name, .name = name, .x = std::vector<double>(y.size()), .y = std::move(y)};
    std::iota(series.x.begin(), series.x.end(), 1.0);
    return series;
}

} // namespace

class ChartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void viewShowsAllValuesAndFollowsNewOnes();
    void ticksAtTheEndsOfAnAxisAreShown();
    void logarithmicAxisOfANarrowRangeHasTicks();
    void movedPlotIsPaintedAsAWhole();
    void gapsInfinitiesAndEmptySeriesAreHarmless();
    void logarithmicAxisLeavesOutWhatItCannotShow();
    void wheelZoomsAtTheCursor();
    void dragPansAndZoomedViewStays();
    void shiftDragZoomsToABox();
    void doubleClickShowsEverythingAgain();
    void arrowKeysReadExactValues();
    void pressWhereNothingLiesIsHarmless();
    void hiddenCurveLeavesViewAndValues();
    void valuesHoldFullPrecision();
    void millionPointsStayWithinTheBudget();
    void everyPixelColumnKeepsItsExtremes();
    void legendHidesAndHighlights();
    void menuSavesPicturesAndValues_data();
    void menuSavesPicturesAndValues();
    void zoomedChartSavesWhatItShows();
    void pictureHasTheChosenSize();
    void menuCopiesThePicture();
    void fileThatCannotBeWrittenIsTold();
};

void ChartsTest::viewShowsAllValuesAndFollowsNewOnes()
{
    OpenChart chart;
    chart->setSeries({line(QStringLiteral("a"), {3.0, 2.0})});
    chart.wait();
    QCOMPARE(chart.scaleX().range().high, 2.0);
    chart->setSeries({line(QStringLiteral("a"), {3.0, 2.0, 9.0, 1.0})});
    chart.wait();
    QCOMPARE(chart.scaleX().range().high, 4.0);
    QVERIFY(chart.scaleY().range().low <= 1.0 && chart.scaleY().range().high >= 9.0);
}

void ChartsTest::gapsInfinitiesAndEmptySeriesAreHarmless()
{
    OpenChart chart;
    chart->setNamesAtEnds(true);
    LineChart::Series banded = line(QStringLiteral("band"), {1.0, gap, 2.0});
    banded.low = {0.5, gap, 1.5};
    banded.high = {1.5, gap, std::numeric_limits<double>::infinity()};
    chart->setSeries({line(QStringLiteral("a"), {gap, 1.0, std::numeric_limits<double>::infinity(), 2.0}),
                      line(QStringLiteral("none"), {}),
                      line(QStringLiteral("gaps"), {gap, gap}),
                      banded});
    chart.wait();
    QVERIFY(!chart->grab().isNull());
    QVERIFY(chart.scaleY().range().high < 10.0);
}

void ChartsTest::logarithmicAxisLeavesOutWhatItCannotShow()
{
    OpenChart chart;
    chart->setSeries({line(QStringLiteral("a"), {0.0, -1.0, 0.1, 10.0})});
    chart->setLogarithmic(Qt::Vertical, true);
    chart->setCrosshair(1.0); // where the value is zero
    chart.wait();
    QVERIFY(chart.scaleY().range().low > 0.0);
    QVERIFY(!chart->grab().isNull());
    chart->setSeries({line(QStringLiteral("a"), {0.0, -1.0})});
    chart.wait();
    QVERIFY(!chart->grab().isNull());
}

void ChartsTest::ticksAtTheEndsOfAnAxisAreShown()
{
    OpenChart chart;
    chart->resize(600, 140);
    chart->setSeries({line(QStringLiteral("a"), {0.8482, 0.81, 0.7766})}); // to 0.85, a tick and a hair
    chart.wait();
    const auto* axis = qobject_cast<QValueAxis*>(chart->chart()->axes(Qt::Vertical).front());
    QVERIFY(axis != nullptr);
    const double step = axis->tickInterval();
    const double last = std::round(chart.scaleY().range().high / step) * step;
    QVERIFY(std::abs(last - chart.scaleY().range().high) < 1e-9);
    QVERIFY(last <= axis->max());
    QVERIFY(axis->max() - last < 1e-6);
}

void ChartsTest::logarithmicAxisOfANarrowRangeHasTicks()
{
    OpenChart chart;
    chart->setSeries({line(QStringLiteral("a"), {0.8482, 0.81, 0.7766})});
    chart->setLogarithmic(Qt::Vertical, true);
    chart.wait();
    QVERIFY(chart.scaleY().range().low > 0.7 && chart.scaleY().range().high < 0.9); // no decade around them
    const auto* axis = qobject_cast<QLogValueAxis*>(chart->chart()->axes(Qt::Vertical).front());
    QVERIFY(axis != nullptr);
    QVERIFY(axis->tickCount() >= 3);
    chart->setSeries({line(QStringLiteral("a"), {35.0, 336.0})});
    chart.wait();
    QCOMPARE(axis->base(), 2.0); // 64, 128, 256
    QCOMPARE(axis->tickCount(), 3);
    chart->setSeries({line(QStringLiteral("a"), {0.002, 3.0})});
    chart.wait();
    QCOMPARE(axis->base(), 10.0);
}

void ChartsTest::movedPlotIsPaintedAsAWhole()
{
    OpenChart chart;
    chart->setNamesAtEnds(true);
    chart->setSeries({line(QStringLiteral("a"), {1.0, 2.0})});
    QVERIFY(QTest::qWaitForWindowExposed(chart.operator->()));
    chart.wait();
    PaintWatch painted(*chart->viewport());
    chart->chart()->setMargins(chart->chart()->margins() +
                               QMargins(0, 0, 40, 0)); // as when a layout ends late
    QTRY_VERIFY(painted.isWhole()); // else the name beside the old end of the curve remains
}

void ChartsTest::wheelZoomsAtTheCursor()
{
    OpenChart chart;
    chart->setSeries({line(QStringLiteral("a"), std::vector<double>(101, 1.0))});
    chart.wait();
    QSignalSpy zoomed(chart.operator->(), &Chart::zoomChanged);
    const double before = chart.widthX();
    const QPoint at(static_cast<int>(chart.plotArea().left() + chart.plotArea().width() / 4),
                    chart.centre().y());
    const double value =
        chart.scaleX().valueAt((at.x() - chart.plotArea().left()) / chart.plotArea().width());
    chart.wheel(at, 120);
    QVERIFY(chart.widthX() < before);
    const double after =
        chart.scaleX().valueAt((at.x() - chart.plotArea().left()) / chart.plotArea().width());
    QVERIFY(std::abs(after - value) < before * 0.01);
    QCOMPARE(zoomed.size(), 1);
    chart.wheel(QPoint(2, 2), 120); // beside the plot: the page may scroll
    QCOMPARE(zoomed.size(), 1);
}

void ChartsTest::dragPansAndZoomedViewStays()
{
    OpenChart chart;
    chart->setSeries({line(QStringLiteral("a"), {1.0, 2.0, 3.0})});
    chart.wait();
    const Range before = chart.scaleX().range();
    chart.drag(chart.centre(), chart.centre() - QPoint(60, 0));
    QVERIFY(chart.scaleX().range().low > before.low);
    QVERIFY(std::abs(chart.widthX() - (before.high - before.low)) < 1e-9);
    const Range kept = chart.scaleX().range();
    chart->setSeries({line(QStringLiteral("a"), {1.0, 2.0, 3.0, 4.0, 5.0})});
    chart.wait();
    QCOMPARE(chart.scaleX().range().high, kept.high);
}

void ChartsTest::shiftDragZoomsToABox()
{
    OpenChart chart;
    chart->setSeries({line(QStringLiteral("a"), {1.0, 2.0, 3.0, 4.0, 5.0})});
    chart.wait();
    const QPoint from = chart.toPixel(2.0, 4.0);
    const QPoint to = chart.toPixel(4.0, 2.0);
    chart.drag(from, to, Qt::ShiftModifier);
    QVERIFY(std::abs(chart.scaleX().range().low - 2.0) < 0.1);
    QVERIFY(std::abs(chart.scaleX().range().high - 4.0) < 0.1);
    QVERIFY(std::abs(chart.scaleY().range().low - 2.0) < 0.1);
    QVERIFY(std::abs(chart.scaleY().range().high - 4.0) < 0.1);
}

void ChartsTest::doubleClickShowsEverythingAgain()
{
    OpenChart chart;
    chart->setSeries({line(QStringLiteral("a"), {1.0, 2.0, 3.0})});
    chart.wait();
    chart.wheel(chart.centre(), 240);
    QVERIFY(chart->isZoomed());
    QTest::mouseDClick(chart->viewport(), Qt::LeftButton, {}, chart.centre());
    chart.wait();
    QVERIFY(!chart->isZoomed());
    QCOMPARE(chart.widthX(), 2.0);
}

void ChartsTest::arrowKeysReadExactValues()
{
    OpenChart chart;
    chart->setSeries(
        {line(QStringLiteral("mf"), {0.5, 0.25, 0.125}), line(QStringLiteral("kfmf"), {0.5, 0.75})});
    chart.wait();
    QSignalSpy read(chart.operator->(), &Chart::readOut);
    QTest::keyClick(chart.operator->(), Qt::Key_Right);
    QTest::keyClick(chart.operator->(), Qt::Key_Right);
    QCOMPARE(chart->crosshair(), std::optional(2.0));
    QCOMPARE(read.last().front().toString(), QStringLiteral("epoch 2: mf 0.2500, kfmf 0.7500"));
    QTest::keyClick(chart.operator->(), Qt::Key_Left);
    QCOMPARE(chart->crosshair(), std::optional(1.0));
    QTest::keyClick(chart.operator->(), Qt::Key_Escape);
    QVERIFY(!chart->crosshair());
    QVERIFY(read.last().front().toString().isEmpty());
}

void ChartsTest::pressWhereNothingLiesIsHarmless()
{
    OpenChart chart; // without any curve
    chart.wait();
    for (const QPoint& at : {QPoint(1, 1), chart.centre(), QPoint(chart->width() - 2, chart->height() - 2)}) {
        QTest::mouseClick(chart->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseClick(chart->viewport(), Qt::MiddleButton, {}, at);
        QTest::mouseMove(chart->viewport(), at);
        QTest::mouseDClick(chart->viewport(), Qt::LeftButton, {}, at);
    }
    QTest::keyClick(chart.operator->(), Qt::Key_Right);
    QVERIFY(!chart->crosshair());
}

void ChartsTest::hiddenCurveLeavesViewAndValues()
{
    OpenChart chart;
    chart->setSeries(
        {line(QStringLiteral("small"), {1.0, 2.0}), line(QStringLiteral("large"), {100.0, 200.0, 300.0})});
    chart->setHidden({QStringLiteral("large")});
    chart.wait();
    QVERIFY(chart.scaleY().range().high < 10.0);
    QCOMPARE(chart->values().headers, (QStringList{QStringLiteral("epoch"), QStringLiteral("small")}));
    QCOMPARE(chart->values().rows.size(), std::size_t{2});
}

void ChartsTest::valuesHoldFullPrecision()
{
    OpenChart chart;
    chart->setSeries({line(QStringLiteral("a"), {1.0 / 3.0, 1e-17}), line(QStringLiteral("b"), {0.1 + 0.2})});
    const QString csv = QString::fromUtf8(csvOf(chart->values()));
    QVERIFY(csv.contains(QStringLiteral("0.3333333333333333")));
    QVERIFY(csv.contains(QStringLiteral("0.30000000000000004")));
    QVERIFY(csv.contains(QStringLiteral("1e-17")));
}

void ChartsTest::millionPointsStayWithinTheBudget()
{
    OpenChart chart;
    std::vector<double> values(1'000'000);
    for (std::size_t at = 0; at < values.size(); ++at) {
        values[at] = std::sin(static_cast<double>(at) * 0.01);
    }
    values[500'123] = 5.0; // one spike
    chart->setSeries({line(QStringLiteral("a"), values)});
    chart.wait();
    QVERIFY(chart.drawnPoints() > 500);
    QVERIFY(chart.drawnPoints() <= 4'100);
    QVERIFY(chart.scaleY().range().high >= 5.0);
    chart->setCrosshair(500'124.0);
    QElapsedTimer clock;
    clock.start();
    for (int move = 0; move < 50; ++move) {
        QTest::mouseMove(chart->viewport(), chart.centre() + QPoint(move, 0));
    }
    QVERIFY2(clock.elapsed() < 2'000, qPrintable(QString::number(clock.elapsed())));
}

void ChartsTest::everyPixelColumnKeepsItsExtremes()
{
    OpenChart chart;
    std::vector<double> values(200'000, 0.0);
    for (std::size_t at = 0; at < values.size(); at += 20'000) {
        values[at + 7] = 3.0 + static_cast<double>(at);      // one high
        values[at + 9'000] = -1.0 - static_cast<double>(at); // and one low value in as many columns
    }
    chart->setSeries({line(QStringLiteral("a"), values)});
    chart.wait();
    std::set<double> drawn;
    for (const QAbstractSeries* each : chart->chart()->series()) {
        for (const QPointF& point : static_cast<const QLineSeries*>(each)->points()) {
            drawn.insert(point.y());
        }
    }
    QVERIFY(chart.drawnPoints() < 5'000);
    for (std::size_t at = 0; at < values.size(); at += 20'000) {
        QVERIFY(drawn.contains(values[at + 7]));
        QVERIFY(drawn.contains(values[at + 9'000]));
    }
}

void ChartsTest::legendHidesAndHighlights()
{
    auto* chart = new LineChart;
    ChartCard card(chart);
    card.addCurveTools(chart);
    chart->setSeries({line(QStringLiteral("one"), {1.0, 2.0}), line(QStringLiteral("two"), {3.0, 4.0})});
    card.legend().setEntries(chart->legendEntries());
    card.resize(500, 300);
    card.show();
    auto* button = card.findChild<QToolButton*>(QStringLiteral("legend:two"));
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(chart->values().headers.size(), 2); // x and the one that is left
    QCOMPARE(chart->values().headers.last(), QStringLiteral("one"));
    auto more = chart->series();
    more.push_back(line(QStringLiteral("three"), {5.0}));
    chart->setSeries(more);
    card.legend().setEntries(chart->legendEntries());
    button = card.findChild<QToolButton*>(QStringLiteral("legend:two"), Qt::FindDirectChildrenOnly);
    QCOMPARE(card.legend().hidden(), std::set<QString>{QStringLiteral("two")}); // what was hidden stays so
    QSignalSpy highlighted(&card.legend(), &Legend::highlighted);
    QEvent enter(QEvent::Enter);
    QApplication::sendEvent(card.findChild<QToolButton*>(QStringLiteral("legend:three")), &enter);
    QCOMPARE(highlighted.last().front().toString(), QStringLiteral("three"));
}

void ChartsTest::menuSavesPicturesAndValues_data()
{
    QTest::addColumn<QString>("entry");
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QByteArray>("begins");
    QTest::newRow("svg") << "Save as SVG…"
                         << "svg" << QByteArray("<?xml");
    QTest::newRow("pdf") << "Save as PDF…"
                         << "pdf" << QByteArray("%PDF");
    QTest::newRow("png") << "Save as PNG…"
                         << "png" << QByteArray("\x89PNG");
    QTest::newRow("csv") << "Save values as CSV…"
                         << "csv" << QByteArray("epoch,a\n1,0.1\n2,0.2");
}

void ChartsTest::menuSavesPicturesAndValues()
{
    QFETCH(QString, entry);
    QFETCH(QString, suffix);
    QFETCH(QByteArray, begins);
    const transept::test::Temporary folder;
    const QString path = QString::fromStdString(folder.path("chart." + suffix.toStdString()).string());
    OpenChart chart;
    chart->setTitle(QStringLiteral("RMSE on validation"));
    FileQuestion asked;
    chart->setFileDialogs({.saveFile = [&](QWidget*, const FileQuestion& question) {
        asked = question;
        return path;
    }});
    chart->setSeries({line(QStringLiteral("a"), {0.1, 0.2})});
    chart.wait();
    QSignalSpy saved(chart.operator->(), &Chart::saved);
    QVERIFY(trigger(*chart.operator->(), entry));
    QTRY_COMPARE(saved.count(), 1);
    QVERIFY2(contentOf(path).startsWith(begins), contentOf(path).left(60).constData());
    QCOMPARE(asked.proposal, QStringLiteral("RMSE on validation.") + suffix);
    if (suffix == QStringLiteral("png")) {
        const QImage picture(path);
        QCOMPARE(picture.width(), chart->width() * 300 / 96); // 300 dots an inch
    }
}

void ChartsTest::zoomedChartSavesWhatItShows()
{
    const transept::test::Temporary folder;
    const QString path = QString::fromStdString(folder.path("shown.csv").string());
    OpenChart chart;
    chart->setFileDialogs({.saveFile = [&](QWidget*, const FileQuestion&) { return path; }});
    chart->setSeries({line(QStringLiteral("a"), {0.1, 0.2, 0.3, 0.4})});
    chart.wait();
    QVERIFY(!trigger(*chart.operator->(), QStringLiteral("Save shown values as CSV…"))); // all are shown
    chart->zoomTo(Range{1.5, 3.5}, Range{0.0, 1.0});
    chart.wait();
    QVERIFY(trigger(*chart.operator->(), QStringLiteral("Save shown values as CSV…")));
    QTRY_COMPARE(contentOf(path), QByteArray("epoch,a\n2,0.2\n3,0.3\n"));
}

void ChartsTest::pictureHasTheChosenSize()
{
    const transept::test::Temporary folder;
    const QString path = QString::fromStdString(folder.path("large.png").string());
    OpenChart chart;
    chart->setFileDialogs({.saveFile = [&](QWidget*, const FileQuestion&) { return path; }});
    chart->setSeries({line(QStringLiteral("a"), {0.1, 0.2})});
    chart.wait();
    const QSize before = chart->size();
    QVERIFY(trigger(*chart.operator->(), QStringLiteral("Save as PNG of a chosen size…")));
    auto* dialog = chart->findChild<QDialog*>();
    dialog->findChild<QSpinBox*>(QStringLiteral("pictureWidth"))->setValue(254);
    dialog->findChild<QSpinBox*>(QStringLiteral("pictureHeight"))->setValue(127);
    auto* fineness = dialog->findChild<QComboBox*>(QStringLiteral("pictureFineness"));
    fineness->setCurrentIndex(fineness->findData(150));
    QSignalSpy saved(chart.operator->(), &Chart::saved);
    dialog->accept();
    QTRY_COMPARE(saved.count(), 1);
    QCOMPARE(QImage(path).size(), QSize(1500, 750));
    QCOMPARE(chart->size(), before);
}

void ChartsTest::menuCopiesThePicture()
{
    OpenChart chart;
    chart->setSeries({line(QStringLiteral("a"), {0.1, 0.2})});
    chart.wait();
    QApplication::clipboard()->clear();
    QVERIFY(trigger(*chart.operator->(), QStringLiteral("Copy as picture")));
    const QImage picture = QApplication::clipboard()->image();
    QCOMPARE(picture.width(), 2 * chart->width());
    QCOMPARE(picture.pixelColor(1, 1), QColor(Qt::white)); // light, whatever the theme
}

void ChartsTest::fileThatCannotBeWrittenIsTold()
{
    OpenChart chart;
    chart->setFileDialogs(
        {.saveFile = [](QWidget*, const FileQuestion&) { return QStringLiteral("/nowhere/at/all.csv"); }});
    chart->setSeries({line(QStringLiteral("a"), {0.1})});
    QSignalSpy failed(chart.operator->(), &Chart::saveFailed);
    QVERIFY(trigger(*chart.operator->(), QStringLiteral("Save values as CSV…")));
    QTRY_COMPARE(failed.count(), 1);
}

QTEST_MAIN(ChartsTest)
#include "ChartsTest.moc"
