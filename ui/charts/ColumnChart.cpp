#include "ui/charts/ColumnChart.h"

#include "ui/look/SeriesColours.h"
#include "ui/text/Numbers.h"

#include <QtGui/QPainter>

#include <cmath>

namespace transept::ui {

ColumnChart::ColumnChart(QWidget* parent) : Chart(parent)
{
    setYStartsAtZero(true);
    setSpace(0, 8);
}

void ColumnChart::setColumns(std::vector<Column> columns, int colour)
{
    m_columns = std::move(columns);
    m_colour = colour;
    m_valueWidth = 0.0;
    for (std::size_t at = 1; at < m_columns.size(); ++at) {
        const double distance = m_columns[at].low - m_columns[at - 1].low;
        m_valueWidth = m_valueWidth == 0.0 ? distance : std::min(m_valueWidth, distance);
    }
    m_valueWidth = m_valueWidth == 0.0 ? 1.0 : 0.8 * m_valueWidth;
    scheduleUpdate();
}

Range ColumnChart::extentOf(const Column& column) const
{
    if (column.high > column.low) {
        return {column.low, column.high};
    }
    return {column.low - m_valueWidth / 2, column.low + m_valueWidth / 2};
}

Chart::Bounds ColumnChart::bounds() const
{
    Bounds all;
    for (const Column& column : m_columns) {
        const Range extent = extentOf(column);
        all.x = all.x ? Range{std::min(all.x->low, extent.low), std::max(all.x->high, extent.high)} : extent;
        all.y = all.y ? Range{0.0, std::max(all.y->high, column.count)} : Range{0.0, column.count};
    }
    return all;
}

void ColumnChart::paintOver(QPainter& painter)
{
    painter.setClipRect(plotArea().adjusted(0, 0, 1, 0));
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QColor colour = isLight() ? seriesColour(m_colour, false) : seriesColour(m_colour);
    for (const Column& column : m_columns) {
        const Range extent = extentOf(column);
        if (isLogarithmic(Qt::Vertical) && column.count <= 0.0) {
            continue;
        }
        const QPointF top = toPixel(extent.low, column.count);
        const double right = toPixel(extent.high, column.count).x();
        const double width = std::max(1.0, right - top.x() - 1.0); // one pixel between neighbours
        painter.fillRect(QRectF(top.x(), top.y(), width, plotArea().bottom() - top.y()), colour);
    }
}

void ColumnChart::hover(const QPointF& position)
{
    QString text;
    if (plotArea().contains(position)) {
        const double x = xAt(position.x());
        for (const Column& column : m_columns) {
            const Range extent = extentOf(column);
            if (x < extent.low || x >= extent.high) {
                continue;
            }
            const QString count = numbers::count(static_cast<std::int64_t>(column.count));
            text = column.high > column.low
                       ? tr("%1 to %2: %3")
                             .arg(numbers::real(column.low, 4), numbers::real(column.high, 4), count)
                       : tr("%1: %2").arg(numbers::real(column.low, 4), count);
        }
    }
    setToolTip(text);
    Q_EMIT readOut(text);
}

ValueTable ColumnChart::values() const
{
    ValueTable table{.headers = {tr("from"), tr("to"), tr("count")}};
    for (const Column& column : m_columns) {
        table.rows.push_back({column.low, column.high, column.count});
    }
    return table;
}

} // namespace transept::ui
