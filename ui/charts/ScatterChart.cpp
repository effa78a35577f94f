#include "ui/charts/ScatterChart.h"

#include "ui/look/SeriesColours.h"
#include "ui/look/Tokens.h"

#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

namespace transept::ui {
namespace {

constexpr double hoverDistance = 12.0;

double markSizeFor(std::size_t points)
{
    return points > 20'000 ? 3.0 : points > 3'000 ? 4.5 : 6.5;
}

} // namespace

ScatterChart::ScatterChart(QWidget* parent) : Chart(parent)
{
    setSpace(0, 8);
    setAxesVisible(false, false); // the components have no unit; nearness is what counts
}

void ScatterChart::setPoints(std::vector<Point> points, QStringList groups)
{
    m_points = std::move(points);
    m_groups = std::move(groups);
    scheduleUpdate();
}

std::vector<Legend::Entry> ScatterChart::legendEntries() const
{
    std::vector<Legend::Entry> entries;
    for (int group = 0; group < m_groups.size(); ++group) {
        entries.push_back({m_groups[group], m_groups[group], group});
    }
    return entries;
}

void ScatterChart::setHidden(const std::set<QString>& groups)
{
    m_hidden = groups;
    scheduleUpdate();
}

void ScatterChart::setSelected(std::optional<qint64> id)
{
    m_selected = id;
    viewport()->update();
}

bool ScatterChart::isHidden(const Point& point) const
{
    return m_hidden.contains(m_groups.value(point.group));
}

Chart::Bounds ScatterChart::bounds() const
{
    Bounds all;
    for (const Point& point : m_points) {
        all.x = all.x ? Range{std::min(all.x->low, point.x), std::max(all.x->high, point.x)}
                      : Range{point.x, point.x};
        all.y = all.y ? Range{std::min(all.y->low, point.y), std::max(all.y->high, point.y)}
                      : Range{point.y, point.y};
    }
    for (std::optional<Range>* range : {&all.x, &all.y}) {
        if (*range) {
            const double margin = 0.03 * ((*range)->high - (*range)->low);
            *range = Range{(*range)->low - margin, (*range)->high + margin};
        }
    }
    return all;
}

QImage ScatterChart::drawn() const
{
    const QRectF area = plotArea();
    const qreal ratio = devicePixelRatioF();
    QImage picture((area.size() * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(-area.topLeft());
    const double size = markSizeFor(m_points.size());
    // One stamp a group: drawing a ready picture is ten times faster than filling a path for every point.
    std::vector<QImage> stamps;
    for (int group = 0; group < std::max<int>(1, static_cast<int>(m_groups.size())); ++group) {
        QImage stamp(QSizeF((size + 2) * ratio, (size + 2) * ratio).toSize(),
                     QImage::Format_ARGB32_Premultiplied);
        stamp.setDevicePixelRatio(ratio);
        stamp.fill(Qt::transparent);
        QPainter stamper(&stamp);
        stamper.setRenderHint(QPainter::Antialiasing);
        QColor colour = isLight() ? seriesColour(group, false) : seriesColour(group);
        colour.setAlphaF(0.75F);
        stamper.fillPath(markPath(seriesMark(group), size).translated(size / 2 + 1, size / 2 + 1), colour);
        stamps.push_back(stamp);
    }
    for (const Point& point : m_points) {
        if (!isHidden(point)) {
            const QPointF at = toPixel(point.x, point.y) - QPointF(size / 2 + 1, size / 2 + 1);
            painter.drawImage(at, stamps[static_cast<std::size_t>(point.group) % stamps.size()]);
        }
    }
    return picture;
}

void ScatterChart::paintOver(QPainter& painter)
{
    const QSize wanted = (plotArea().size() * devicePixelRatioF()).toSize();
    if (m_picture.size() != wanted) {
        m_picture = drawn();
    }
    painter.setClipRect(plotArea());
    painter.drawImage(plotArea().topLeft(), m_picture);
    for (const Point& point : m_points) {
        if (m_selected == point.id && !isHidden(point)) {
            painter.setPen(QPen(tokensOf(this).text, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(toPixel(point.x, point.y), 7, 7);
        }
    }
}

const ScatterChart::Point* ScatterChart::nearest(const QPointF& position) const
{
    const Point* best = nullptr;
    double least = hoverDistance * hoverDistance;
    for (const Point& point : m_points) {
        const QPointF away = toPixel(point.x, point.y) - position;
        const double distance = QPointF::dotProduct(away, away);
        if (distance < least && !isHidden(point)) {
            least = distance;
            best = &point;
        }
    }
    return best;
}

void ScatterChart::hover(const QPointF& position)
{
    const Point* point = plotArea().contains(position) ? nearest(position) : nullptr;
    const QString text =
        point == nullptr ? QString() : tr("%1 (%2)").arg(point->name, m_groups.value(point->group));
    setToolTip(text.toHtmlEscaped());
    Q_EMIT readOut(text);
}

void ScatterChart::click(const QPointF& position)
{
    if (const Point* point = nearest(position)) {
        Q_EMIT pointClicked(point->id);
    }
}

ValueTable ScatterChart::values() const
{
    ValueTable table{.headers = {tr("name"), tr("group"), QStringLiteral("x"), QStringLiteral("y")}};
    for (const Point& point : m_points) {
        table.rows.push_back({point.name, m_groups.value(point.group), point.x, point.y});
    }
    return table;
}

} // namespace transept::ui
