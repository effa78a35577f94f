#include "ui/look/SeriesColours.h"

#include "ui/look/Tokens.h"

#include <QtGui/QPainter>
#include <QtGui/QPixmap>
#include <QtGui/QPixmapCache>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace transept::ui {

namespace {

// Okabe and Ito (2008), "Color universal design", in an order that keeps neighbours far apart; yellow is
// replaced by a grey because it is not legible as a line on white.
constexpr std::array<QRgb, seriesColourCount> kLight{
    0x0072b2, 0xe69f00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xd55e00, 0x6b7280, 0x8c6d1f};
constexpr std::array<QRgb, seriesColourCount> kDark{
    0x4da6e0, 0xf2b53a, 0x2fc79a, 0xe09bc1, 0x8accf2, 0xf0803c, 0xa3a9b5, 0xcdb05a};

constexpr std::array<QRgb, seriesColourCount> kLightText{
    0x0072b2, 0x8f6200, 0x00775a, 0xa34a7c, 0x1f75a8, 0xb34f00, 0x5c6370, 0x7a5e18};

constexpr std::array<Mark, markCount> kMarks{Mark::Circle,
                                             Mark::Square,
                                             Mark::Triangle,
                                             Mark::Diamond,
                                             Mark::TriangleDown,
                                             Mark::Plus,
                                             Mark::Cross,
                                             Mark::Star};

std::size_t wrapped(int number, int count)
{
    return static_cast<std::size_t>(((number % count) + count) % count);
}

QPolygonF star(qreal radius)
{
    constexpr int points = 5;
    constexpr qreal inner = 0.45;
    QPolygonF outline;
    for (int at = 0; at < 2 * points; ++at) {
        const qreal angle = std::numbers::pi * (at / static_cast<qreal>(points) - 0.5);
        const qreal reach = at % 2 == 0 ? radius : radius * inner;
        outline << QPointF(reach * std::cos(angle), reach * std::sin(angle));
    }
    return outline;
}

QPainterPath plus(qreal radius)
{
    const qreal arm = radius * 0.38;
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    path.addRect(QRectF(-radius, -arm, 2 * radius, 2 * arm));
    path.addRect(QRectF(-arm, -radius, 2 * arm, 2 * radius));
    return path.simplified();
}

/// Kept: models are asked for it whenever a cell is painted.
QPixmap seriesPixmap(int number, int scale)
{
    constexpr int side = 16;
    constexpr qreal markSize = 10.0;
    const QColor colour = seriesColour(number);
    const QString key = QStringLiteral("transept-series/%1/%2/%3").arg(number).arg(colour.name()).arg(scale);
    QPixmap drawn;
    if (QPixmapCache::find(key, &drawn)) {
        return drawn;
    }
    drawn = QPixmap(side * scale, side * scale);
    drawn.fill(Qt::transparent);
    QPainter painter(&drawn);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(scale, scale);
    painter.translate(side / 2.0, side / 2.0);
    painter.fillPath(markPath(seriesMark(number), markSize), colour);
    painter.end();
    QPixmapCache::insert(key, drawn);
    return drawn;
}

} // namespace

QColor seriesColour(int number, bool dark)
{
    return QColor::fromRgb((dark ? kDark : kLight)[wrapped(number, seriesColourCount)]);
}

QColor seriesColour(int number)
{
    return seriesColour(number, currentTokens().dark);
}

QColor seriesTextColour(int number, bool dark)
{
    return dark ? seriesColour(number, true)
                : QColor::fromRgb(kLightText[wrapped(number, seriesColourCount)]);
}

Mark seriesMark(int number)
{
    const int round = number / seriesColourCount;
    return kMarks[wrapped(number + round, markCount)];
}

QPainterPath markPath(Mark mark, qreal size)
{
    const qreal r = size / 2.0;
    QPainterPath path;
    switch (mark) {
    case Mark::Circle:
        path.addEllipse(QPointF(0, 0), r, r);
        break;
    case Mark::Square:
        path.addRect(QRectF(-r * 0.88, -r * 0.88, r * 1.76, r * 1.76));
        break;
    case Mark::Triangle:
        path.addPolygon(QPolygonF{{0, -r}, {r, r * 0.8}, {-r, r * 0.8}});
        path.closeSubpath();
        break;
    case Mark::Diamond:
        path.addPolygon(QPolygonF{{0, -r}, {r, 0}, {0, r}, {-r, 0}});
        path.closeSubpath();
        break;
    case Mark::TriangleDown:
        path.addPolygon(QPolygonF{{0, r}, {r, -r * 0.8}, {-r, -r * 0.8}});
        path.closeSubpath();
        break;
    case Mark::Plus:
        return plus(r);
    case Mark::Cross:
        return QTransform().rotate(45).map(plus(r));
    case Mark::Star:
        path.addPolygon(star(r));
        path.closeSubpath();
        break;
    }
    return path;
}

QIcon seriesIcon(int number)
{
    QIcon made;
    for (const int scale : {1, 2, 3}) {
        const QPixmap drawn = seriesPixmap(number, scale);
        // The selected state must not be tinted: the colour is what identifies the series.
        made.addPixmap(drawn, QIcon::Normal);
        made.addPixmap(drawn, QIcon::Selected);
    }
    return made;
}

QColor scaleColour(double fraction, bool dark)
{
    const Tokens& tokens = dark ? darkTokens() : lightTokens();
    const QColor from = tokens.surface;
    const QColor to = dark ? QColor::fromRgb(0x7cc0ff) : QColor::fromRgb(0x08457e);
    const double t = std::clamp(fraction, 0.0, 1.0);
    const auto mix = [t](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * t)); };
    return {mix(from.red(), to.red()), mix(from.green(), to.green()), mix(from.blue(), to.blue())};
}

} // namespace transept::ui
