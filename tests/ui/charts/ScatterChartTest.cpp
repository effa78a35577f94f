#include "ui/charts/ScatterChart.h"

#include "core/base/Random.h"
#include "tests/ui/StallWatchdog.h"
#include "ui/charts/PointPicture.h"
#include "ui/look/SeriesColours.h"
#include "ui/look/Theme.h"

#include <QtGui/QPainter>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

#include <cmath>

using namespace transept;
using namespace transept::ui;

namespace {

constexpr QSize size(700, 600);

/// Points on a grid of so many columns and rows, ids by place; every third of each group.
std::vector<ScatterChart::Point> grid(int columns, int rows)
{
    std::vector<ScatterChart::Point> points;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            points.push_back({.x = static_cast<double>(column),
                              .y = static_cast<double>(row),
                              .group = column % 3,
                              .id = row * columns + column,
                              .name = QStringLiteral("item %1").arg(row * columns + column)});
        }
    }
    return points;
}

const QStringList groups{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};

/// A drag with Ctrl around a box of the chart, given in parts of it.
void lasso(ScatterChart& chart, const QRectF& box, Qt::KeyboardModifiers modifiers = Qt::ControlModifier)
{
    const auto at = [&](double x, double y) {
        return QPoint(1 + static_cast<int>(x * chart.width()), // (0, 0) would be the middle
                      static_cast<int>(y * chart.height()));
    };
    QWidget* target = chart.viewport();
    QTest::mousePress(target, Qt::LeftButton, modifiers, at(box.left(), box.top()));
    for (const QPoint& corner : {at(box.right(), box.top()),
                                 at(box.right(), box.bottom()),
                                 at(box.left(), box.bottom()),
                                 at(box.left(), box.top())}) {
        QMouseEvent move(QEvent::MouseMove,
                         QPointF(corner),
                         target->mapToGlobal(QPointF(corner)),
                         Qt::NoButton,
                         Qt::LeftButton,
                         modifiers);
        QApplication::sendEvent(target, &move);
    }
    QTest::mouseRelease(target, Qt::LeftButton, modifiers, at(box.left(), box.top()));
}

std::unique_ptr<ScatterChart> chartWith(std::vector<ScatterChart::Point> points)
{
    auto chart = std::make_unique<ScatterChart>();
    chart->resize(size);
    chart->setPoints(std::move(points), groups);
    chart->show();
    QTest::qWait(30);
    return chart;
}

/// Pixels of a picture that are not its background.
int painted(const QImage& picture)
{
    int count = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            count += picture.pixel(x, y) != picture.pixel(0, 0) ? 1 : 0;
        }
    }
    return count;
}

} // namespace

class ScatterChartTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stampsAreWhatAPainterDraws();
    void lassoSelectsWhatItHolds();
    void lassoStaysWithItsItemsAndIsLetGo();
    void hiddenGroupsAreNotLassoed();
    void fewPointsInViewAreNamed();
    void twoHundredThousandPointsAreSmooth();
};

void ScatterChartTest::stampsAreWhatAPainterDraws()
{
    QColor colour(0, 114, 178);
    colour.setAlphaF(0.75F);
    PointPicture picture(QSizeF(60, 40), 2.0);
    const std::size_t stamp = picture.addStamp(0, 6.5, colour);
    QImage expected(120, 80, QImage::Format_ARGB32_Premultiplied);
    expected.fill(Qt::transparent);
    QPainter painter(&expected);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const QPointF at :
         {QPointF(20, 20), QPointF(21, 20), QPointF(0.5, 39), QPointF(59, 0), QPointF(400, 3)}) {
        picture.stamp(stamp, at.x(), at.y());
        const QPointF middle(std::floor(at.x() * 2) + 0.5, std::floor(at.y() * 2) + 0.5);
        painter.fillPath(markPath(seriesMark(0), 13.0).translated(middle), colour);
    }
    painter.end();
    for (int y = 0; y < 80; ++y) {
        for (int x = 0; x < 120; ++x) {
            const QRgb ours = picture.image().pixel(x, y);
            const QRgb theirs = expected.pixel(x, y);
            QVERIFY(std::abs(qAlpha(ours) - qAlpha(theirs)) <= 3);
        }
    }
}

void ScatterChartTest::lassoSelectsWhatItHolds()
{
    const auto chart = chartWith(grid(20, 20));
    QSignalSpy changed(chart.get(), &ScatterChart::lassoChanged);
    QSignalSpy clicked(chart.get(), &ScatterChart::pointClicked);

    lasso(*chart, QRectF(0.0, 0.0, 0.5, 1.0)); // the left half

    QCOMPARE(changed.size(), 1);
    QVERIFY(clicked.isEmpty() && !chart->isZoomed());
    const std::vector<qint64> left = chart->lassoed();
    QVERIFY(left.size() >= 180 && left.size() <= 220);
    for (const qint64 id : left) {
        QVERIFY(id % 20 <= 10);
    }
    chart->setLassoMode(true);
    lasso(*chart, QRectF(0.5, 0.0, 0.5, 0.5), Qt::NoModifier); // a quarter: above, right
    QVERIFY(chart->lassoed().size() >= 70 && chart->lassoed().size() <= 140);
    for (const qint64 id : chart->lassoed()) {
        QVERIFY(id % 20 >= 9 && id / 20 >= 7);
    }
}

void ScatterChartTest::lassoStaysWithItsItemsAndIsLetGo()
{
    std::vector<ScatterChart::Point> points = grid(20, 20);
    const auto chart = chartWith(points);
    lasso(*chart, QRectF(0.0, 0.0, 0.5, 1.0));
    const std::vector<qint64> before = chart->lassoed();
    for (ScatterChart::Point& point : points) {
        point.x = -point.x;
    }
    chart->setPoints(points, groups);
    QTest::qWait(30);
    QVERIFY(chart->lassoed() == before);

    QSignalSpy changed(chart.get(), &ScatterChart::lassoChanged);
    QTest::keyClick(chart.get(), Qt::Key_Escape);
    QVERIFY(chart->lassoed().empty());
    QTest::keyClick(chart.get(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(chart->lassoed().size(), std::size_t{400});
    QCOMPARE(changed.size(), 2);
}

void ScatterChartTest::hiddenGroupsAreNotLassoed()
{
    const auto chart = chartWith(grid(21, 10));
    chart->setHidden({QStringLiteral("b"), QStringLiteral("c")});
    QTest::qWait(30);

    lasso(*chart, QRectF(0.0, 0.0, 1.0, 1.0));

    QCOMPARE(chart->lassoed().size(), std::size_t{70});
    for (const qint64 id : chart->lassoed()) {
        QCOMPARE(id % 21 % 3, 0);
    }
}

void ScatterChartTest::fewPointsInViewAreNamed()
{
    const auto chart = chartWith(grid(40, 40));
    const int all = painted(chart->grab().toImage());

    chart->zoomTo(Range{10.5, 13.5}, Range{10.5, 13.5});
    QTest::qWait(30);
    const QImage named = chart->grab().toImage();
    auto nameless = grid(40, 40);
    for (ScatterChart::Point& point : nameless) {
        point.name.clear();
    }
    chart->setPoints(nameless, groups);
    QTest::qWait(30);

    QVERIFY(all > 0);
    QVERIFY(painted(named) > painted(chart->grab().toImage()) + 200);
}

void ScatterChartTest::twoHundredThousandPointsAreSmooth()
{
    std::vector<ScatterChart::Point> points(200'000);
    Random random(1);
    for (std::size_t at = 0; at < points.size(); ++at) {
        points[at] = {.x = random.normal(),
                      .y = random.normal(),
                      .group = static_cast<int>(at % 3),
                      .id = static_cast<qint64>(at),
                      .name = QStringLiteral("an item")};
    }
    const auto chart = chartWith(std::move(points));
    const auto perFrame = [&](const auto& change) {
        constexpr int frames = 20;
        QElapsedTimer clock;
        clock.start();
        for (int frame = 0; frame < frames; ++frame) {
            change(frame);
            chart->viewport()->repaint();
        }
        return static_cast<double>(clock.nsecsElapsed()) / 1e6 / frames;
    };
    test::StallWatchdog watchdog;
    const double hovering = perFrame([&](int frame) {
        QTest::mouseMove(chart->viewport(), QPoint(200 + 5 * frame, 300));
        QCoreApplication::processEvents();
    });
    const double zooming = perFrame([&](int frame) {
        const double width = 4.0 - 0.05 * frame;
        chart->zoomTo(Range{-width, width}, Range{-width, width});
        QCoreApplication::processEvents();
        QTest::qWait(0);
    });
    qInfo("200,000 points: %.1f ms a frame when hovering, %.1f ms when zooming, longest %.1f ms",
          hovering,
          zooming,
          watchdog.longest());
    lasso(*chart, QRectF(0.2, 0.2, 0.4, 0.4));
    QVERIFY(chart->lassoed().size() > 1000);
    QVERIFY(watchdog.longest() < 50.0);
}

QTEST_MAIN(ScatterChartTest)
#include "ScatterChartTest.moc"
