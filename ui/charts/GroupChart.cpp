#include "ui/charts/GroupChart.h"

#include "ui/look/SeriesColours.h"
#include "ui/look/Tokens.h"
#include "ui/text/Numbers.h"

#include <QtGui/QPainter>

#include <cmath>

namespace transept::ui {
namespace {

constexpr double filled = 0.8; // of a group's width
constexpr double widestColumn = 36.0;
constexpr int gap = 6;

} // namespace

GroupChart::GroupChart(QWidget* parent) : Chart(parent)
{
    setYStartsAtZero(true);
    setAxesVisible(false, true);
}

void GroupChart::setGroups(QStringList groups, std::vector<Series> series)
{
    m_groups = std::move(groups);
    m_series = std::move(series);
    scheduleUpdate();
}

void GroupChart::updateSeries()
{
    setSpace(0, gap, fontMetrics().height() + gap);
}

Chart::Bounds GroupChart::bounds() const
{
    Range y{0.0, 0.0};
    for (const Series& each : m_series) {
        for (const double value : each.values) {
            if (std::isfinite(value)) {
                y = {std::min(y.low, value), std::max(y.high, value)};
            }
        }
    }
    return {.x = Range{0.0, static_cast<double>(std::max<qsizetype>(m_groups.size(), 1))}, .y = y};
}

/// The columns of a group stand in its middle.
Range GroupChart::extentOf(Place place) const
{
    const double group = plotArea().width() / static_cast<double>(std::max<qsizetype>(m_groups.size(), 1));
    const auto count = static_cast<double>(m_series.size());
    const double width = std::min(widestColumn, filled * group / count);
    const double left = plotArea().left() + (static_cast<double>(place.group) + 0.5) * group -
                        width * count / 2.0 + static_cast<double>(place.series) * width;
    return {left, left + width};
}

void GroupChart::paintOver(QPainter& painter)
{
    paintColumns(painter);
    paintNames(painter);
}

void GroupChart::paintColumns(QPainter& painter) const
{
    painter.save();
    painter.setClipRect(plotArea().adjusted(0, 0, 1, 1));
    painter.setRenderHint(QPainter::Antialiasing, false);
    const double zero = toPixel(0.0, 0.0).y();
    for (std::size_t series = 0; series < m_series.size(); ++series) {
        const Series& each = m_series[series];
        const QColor colour = isLight() ? seriesColour(each.colour, false) : seriesColour(each.colour);
        for (std::size_t group = 0; group < each.values.size(); ++group) {
            if (std::isfinite(each.values[group])) {
                const Range extent = extentOf({.group = group, .series = series});
                const double width = std::max(1.0, extent.high - extent.low - 1.0);
                const double top = toPixel(0.0, each.values[group]).y();
                painter.fillRect(
                    QRectF(QPointF(extent.low, top), QPointF(extent.low + width, zero)).normalized(), colour);
            }
        }
    }
    painter.restore();
}

void GroupChart::paintNames(QPainter& painter) const
{
    const Tokens& tokens = isLight() ? lightTokens() : tokensOf(this);
    const QRectF area = plotArea();
    const double width = area.width() / static_cast<double>(std::max<qsizetype>(m_groups.size(), 1));
    painter.setFont(font());
    painter.setPen(tokens.mutedText);
    for (qsizetype group = 0; group < m_groups.size(); ++group) {
        const QRectF box(area.left() + static_cast<double>(group) * width,
                         area.bottom() + gap,
                         width,
                         fontMetrics().height());
        painter.drawText(
            box,
            Qt::AlignHCenter | Qt::AlignTop,
            fontMetrics().elidedText(m_groups[group], Qt::ElideMiddle, static_cast<int>(width) - gap));
    }
}

std::optional<GroupChart::Place> GroupChart::placeAt(const QPointF& position) const
{
    const QRectF area = plotArea();
    if (m_groups.isEmpty() || position.x() < area.left() || position.x() >= area.right() ||
        position.y() < area.top()) {
        return std::nullopt;
    }
    const double part = (position.x() - area.left()) / area.width() * static_cast<double>(m_groups.size());
    const auto group = static_cast<std::size_t>(part);
    for (std::size_t series = 0; series < m_series.size(); ++series) {
        const Range extent = extentOf({.group = group, .series = series});
        if (position.x() >= extent.low && position.x() < extent.high) {
            return Place{.group = group, .series = series};
        }
    }
    return std::nullopt;
}

void GroupChart::hover(const QPointF& position)
{
    QString text;
    if (const std::optional<Place> place = placeAt(position)) {
        const Series& series = m_series[place->series];
        text = tr("%1, %2: %3", "a group, the name of a series, its value")
                   .arg(m_groups[static_cast<qsizetype>(place->group)],
                        series.name,
                        numbers::real(series.values[place->group], 4));
    }
    setToolTip(text);
    Q_EMIT readOut(text);
}

void GroupChart::click(const QPointF& position)
{
    if (const std::optional<Place> place = placeAt(position)) {
        Q_EMIT seriesClicked(m_series[place->series].id);
    }
}

ValueTable GroupChart::values() const
{
    ValueTable table{.headers = {tr("group")}, .rows = {}};
    for (const Series& series : m_series) {
        table.headers << series.name;
    }
    for (qsizetype group = 0; group < m_groups.size(); ++group) {
        std::vector<QVariant> row{m_groups[group]};
        for (const Series& series : m_series) {
            const double value = series.values[static_cast<std::size_t>(group)];
            row.push_back(std::isnan(value) ? QVariant() : QVariant(value));
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

} // namespace transept::ui
