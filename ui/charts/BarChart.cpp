#include "ui/charts/BarChart.h"

#include "ui/look/SeriesColours.h"
#include "ui/look/Tokens.h"
#include "ui/text/Numbers.h"

#include <QtGui/QPainter>

#include <cmath>

namespace transept::ui {
namespace {

constexpr double widestNames = 0.4; // of the chart
constexpr int gap = 8;
constexpr double thickestBar = 20.0;
constexpr double whisker = 4.0; // half the height of its ends

} // namespace

BarChart::BarChart(QWidget* parent) : Chart(parent)
{
    setAxesVisible(true, false);
}

void BarChart::setBars(std::vector<Bar> bars)
{
    m_bars = std::move(bars);
    scheduleUpdate();
}

void BarChart::updateSeries()
{
    QFont bold = font(); // as a highlighted name is drawn
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    m_nameWidth = 0;
    int valueWidth = 0;
    for (const Bar& bar : m_bars) {
        m_nameWidth = std::max(m_nameWidth, metrics.horizontalAdvance(bar.name) + 1);
        valueWidth = std::max(valueWidth, metrics.horizontalAdvance(numbers::real(bar.value, m_digits)));
    }
    m_nameWidth = std::min(m_nameWidth, static_cast<int>(width() * widestNames));
    setSpace(m_nameWidth + 2 * gap, valueWidth + 2 * gap);
}

void BarChart::setHighlighted(const QString& id)
{
    m_highlighted = id;
    viewport()->update();
}

void BarChart::setReference(std::optional<double> value)
{
    m_reference = value;
    viewport()->update();
}

Chart::Bounds BarChart::bounds() const
{
    Range x{0.0, 0.0};
    for (const Bar& bar : m_bars) {
        for (const double end :
             {bar.value, bar.interval ? bar.interval->low : 0.0, bar.interval ? bar.interval->high : 0.0}) {
            if (std::isfinite(end)) {
                x = {std::min(x.low, end), std::max(x.high, end)};
            }
        }
    }
    return {.x = x, .y = Range{0.0, static_cast<double>(std::max<std::size_t>(m_bars.size(), 1))}};
}

void BarChart::paintOver(QPainter& painter)
{
    for (std::size_t place = 0; place < m_bars.size(); ++place) {
        paintBar(painter, place);
    }
    const QRectF area = plotArea();
    if (const double x = m_reference ? toPixel(*m_reference, 0.0).x() : -1.0;
        !m_bars.empty() && area.left() < x && x < area.right()) {
        const Tokens& tokens = isLight() ? lightTokens() : tokensOf(this);
        painter.setPen(QPen(tokens.text, 1.0, Qt::DashLine));
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
}

void BarChart::paintBar(QPainter& painter, std::size_t place) const
{
    const Bar& bar = m_bars[place];
    const Tokens& tokens = isLight() ? lightTokens() : tokensOf(this);
    const QRectF area = plotArea();
    const double line = area.height() / static_cast<double>(m_bars.size());
    const double y = area.top() + (static_cast<double>(place) + 0.5) * line;
    const double half = std::min(thickestBar, line * 0.62) / 2.0;

    QFont names = font();
    names.setBold(bar.id == m_highlighted && !m_highlighted.isEmpty());
    painter.setFont(names);
    painter.setPen(tokens.text);
    painter.drawText(QRectF(area.left() - m_nameWidth - gap, y - line / 2, m_nameWidth, line),
                     Qt::AlignRight | Qt::AlignVCenter,
                     QFontMetrics(names).elidedText(bar.name, Qt::ElideMiddle, m_nameWidth));
    double end = toPixel(std::clamp(0.0, scaleX().range().low, scaleX().range().high), 0.0).x();
    if (std::isfinite(bar.value)) {
        const double zero = end;
        end = toPixel(bar.value, 0.0).x();
        painter.save();
        painter.setClipRect(area.adjusted(0, 0, 1, 0));
        painter.fillRect(QRectF(QPointF(zero, y - half), QPointF(end, y + half)).normalized(),
                         isLight() ? seriesColour(bar.colour, false) : seriesColour(bar.colour));
        if (bar.interval) {
            paintInterval(painter, *bar.interval, y);
            end = std::max(end, toPixel(bar.interval->high, 0.0).x());
        }
        painter.restore();
    }
    painter.setFont(font());
    painter.setPen(tokens.mutedText);
    painter.drawText(QPointF(std::min(end, area.right()) + gap, y + fontMetrics().ascent() / 2.0 - 1),
                     numbers::real(bar.value, m_digits));
}

void BarChart::paintInterval(QPainter& painter, const Range& interval, double y) const
{
    const Tokens& tokens = isLight() ? lightTokens() : tokensOf(this);
    const double low = toPixel(interval.low, 0.0).x();
    const double high = toPixel(interval.high, 0.0).x();
    painter.setPen(QPen(tokens.text, 1.25));
    painter.drawLine(QPointF(low, y), QPointF(high, y));
    painter.drawLine(QPointF(low, y - whisker), QPointF(low, y + whisker));
    painter.drawLine(QPointF(high, y - whisker), QPointF(high, y + whisker));
}

const BarChart::Bar* BarChart::barAt(const QPointF& position) const
{
    const QRectF area = plotArea();
    if (m_bars.empty() || position.x() < 0.0 || position.y() < area.top() || position.y() >= area.bottom()) {
        return nullptr;
    }
    const double place = (position.y() - area.top()) / area.height() * static_cast<double>(m_bars.size());
    return &m_bars[std::min(static_cast<std::size_t>(place), m_bars.size() - 1)];
}

QString BarChart::readOutOf(const Bar& bar) const
{
    const QString value = numbers::real(bar.value, 4);
    if (!bar.interval) {
        return tr("%1: %2").arg(bar.name, value);
    }
    return tr("%1: %2 (%3 to %4)")
        .arg(bar.name, value, numbers::real(bar.interval->low, 4), numbers::real(bar.interval->high, 4));
}

void BarChart::hover(const QPointF& position)
{
    const Bar* bar = barAt(position);
    setHighlighted(bar != nullptr ? bar->id : QString());
    setToolTip(bar != nullptr ? readOutOf(*bar) : QString());
    Q_EMIT readOut(toolTip());
    Q_EMIT barHovered(m_highlighted);
}

void BarChart::click(const QPointF& position)
{
    if (const Bar* bar = barAt(position)) {
        Q_EMIT barClicked(bar->id);
    }
}

ValueTable BarChart::values() const
{
    ValueTable table{.headers = {tr("name"), tr("value"), tr("low"), tr("high")}};
    for (const Bar& bar : m_bars) {
        table.rows.push_back({bar.name,
                              bar.value,
                              bar.interval ? QVariant(bar.interval->low) : QVariant(),
                              bar.interval ? QVariant(bar.interval->high) : QVariant()});
    }
    return table;
}

} // namespace transept::ui
