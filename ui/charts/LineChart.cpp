#include "ui/charts/LineChart.h"

#include "core/base/Curves.h"
#include "ui/look/SeriesColours.h"
#include "ui/look/Tokens.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

#include <algorithm>
#include <cmath>
#include <limits>
#include <ranges>

namespace transept::ui {
namespace {

constexpr std::size_t pointBudget = 4'000; // of all curves together: what Qt Charts moves within a frame
constexpr double hoverDistance = 16.0;
constexpr double markSize = 8.0;
constexpr int nameSpace = 8;
constexpr int widestName = 200;
constexpr float paleAlpha = 0.28F;

/// The place of the value nearest to x that is not a gap; the size of x when there is none.
std::size_t nearestPlace(const LineChart::Series& series, double x)
{
    const auto at =
        static_cast<std::size_t>(std::lower_bound(series.x.begin(), series.x.end(), x) - series.x.begin());
    std::size_t best = series.x.size();
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t place = at > 1 ? at - 2 : 0; place < std::min(at + 3, series.x.size()); ++place) {
        const double distance = std::abs(series.x[place] - x);
        if (std::isfinite(series.y[place]) && distance < least) {
            least = distance;
            best = place;
        }
    }
    return best;
}

void widen(std::optional<Range>& range, double value, bool logarithmic)
{
    if (!std::isfinite(value) || (logarithmic && value <= 0.0)) {
        return;
    }
    range = range ? Range{std::min(range->low, value), std::max(range->high, value)} : Range{value, value};
}

/// In pixels, where there is none: beside a gap, below zero on a logarithmic axis.
constexpr QPointF gap(std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN());

bool isDrawable(const QPointF& pixel)
{
    return std::isfinite(pixel.x()) && std::isfinite(pixel.y());
}

/// What a logarithmic axis cannot show becomes a gap.
std::vector<double> drawable(std::vector<double> values, bool logarithmic)
{
    if (logarithmic) {
        for (double& value : values) {
            value = value > 0.0 ? value : std::numeric_limits<double>::quiet_NaN();
        }
    }
    return values;
}

} // namespace

LineChart::LineChart(QWidget* parent) : Chart(parent)
{
    setSpace(0, nameSpace);
}

void LineChart::setSeries(std::vector<Series> series)
{
    m_series = std::move(series);
    m_smooth.clear();
    m_stops.clear();
    for (const Series& each : m_series) {
        m_smooth.push_back(curves::smoothed(each.y, m_smoothing));
    }
    scheduleUpdate();
    if (crosshair()) {
        const double x = *crosshair();
        setCrosshair({});
        setCrosshair(x);
    }
}

std::vector<Legend::Entry> LineChart::legendEntries() const
{
    std::vector<Legend::Entry> entries;
    for (const Series& each : m_series) {
        entries.push_back({each.id, each.name, each.colour});
    }
    return entries;
}

void LineChart::setHidden(const std::set<QString>& ids)
{
    m_hidden = ids;
    m_stops.clear();
    scheduleUpdate();
}

void LineChart::setHighlighted(const QString& id)
{
    if (m_highlighted != id) {
        m_highlighted = id;
        scheduleUpdate();
    }
}

void LineChart::setSmoothing(double smoothing)
{
    m_smoothing = std::clamp(smoothing, 0.0, 0.99);
    setSeries(std::move(m_series));
}

void LineChart::setNamesAtEnds(bool shown)
{
    m_namesAtEnds = shown;
    scheduleUpdate();
}

void LineChart::setReference(Reference reference)
{
    m_reference = reference;
    scheduleUpdate();
}

void LineChart::reserveSpaceForNames()
{
    QFont bold = font(); // as a highlighted name is drawn
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    m_nameWidth = 0;
    for (const Series& each : m_series) {
        m_nameWidth = std::max(m_nameWidth, metrics.horizontalAdvance(each.name) + 1);
    }
    m_nameWidth = std::min({m_nameWidth, widestName, width() / 4});
    setSpace(0, m_namesAtEnds && m_nameWidth > 0 ? m_nameWidth + 2 * nameSpace : nameSpace);
}

QColor LineChart::colourOf(const Series& series) const
{
    QColor colour = isLight() ? seriesColour(series.colour, false) : seriesColour(series.colour);
    if (!m_highlighted.isEmpty() && series.id != m_highlighted) {
        colour.setAlphaF(paleAlpha);
    }
    return colour;
}

Chart::Bounds LineChart::bounds() const
{
    Bounds all;
    for (std::size_t at = 0; at < m_series.size(); ++at) {
        const Series& each = m_series[at];
        if (isHidden(each)) {
            continue;
        }
        for (const double x : each.x) {
            widen(all.x, x, isLogarithmic(Qt::Horizontal));
        }
        for (const auto* values : {&each.y, &each.low, &each.high}) {
            for (const double y : *values) {
                widen(all.y, y, isLogarithmic(Qt::Vertical));
            }
        }
    }
    if (m_reference == Reference::Zero && all.y) {
        widen(all.y, 0.0, isLogarithmic(Qt::Vertical));
    }
    return all;
}

void LineChart::updateSeries()
{
    reserveSpaceForNames();
    m_used = 0;
    std::size_t shown = 0;
    for (const Series& each : m_series) {
        shown += isHidden(each) ? 0 : (m_smoothing > 0.0 ? 2 : 1);
    }
    const std::size_t budget = pointBudget / std::max<std::size_t>(shown, 1);
    const std::size_t columns = std::clamp<std::size_t>(
        static_cast<std::size_t>(plotArea().width()), 16, std::max<std::size_t>(budget / 4, 16));
    for (std::size_t at = 0; at < m_series.size(); ++at) {
        const Series& each = m_series[at];
        if (isHidden(each)) {
            continue;
        }
        QColor colour = colourOf(each);
        const qreal width = each.id == m_highlighted ? 2.5 : 1.75;
        if (m_smoothing > 0.0) {
            QColor pale = colour;
            pale.setAlphaF(colour.alphaF() * paleAlpha);
            drawPieces(each.x, each.y, QPen(pale, 1.0), columns);
        }
        drawPieces(each.x, m_smooth[at], QPen(colour, width), columns);
    }
    for (std::size_t at = m_used; at < m_pool.size(); ++at) {
        m_pool[at]->setVisible(false);
        m_pool[at]->clear();
    }
}

void LineChart::drawPieces(const std::vector<double>& x,
                           const std::vector<double>& y,
                           const QPen& pen,
                           std::size_t columns)
{
    const Range range = scaleX().range();
    const auto shownX = drawable(x, isLogarithmic(Qt::Horizontal));
    const auto shownY = drawable(y, isLogarithmic(Qt::Vertical));
    for (const auto& piece : curves::pieces(shownX, shownY, range.low, range.high, columns)) {
        if (m_used == m_pool.size()) {
            m_pool.push_back(addLine());
        }
        QList<QPointF> points;
        points.reserve(static_cast<qsizetype>(piece.size()));
        for (const curves::Point& point : piece) {
            points.append({point.x, point.y});
        }
        QLineSeries* line = m_pool[m_used++];
        line->setPen(pen);
        line->replace(points);
        line->setVisible(true);
    }
}

void LineChart::paintReference(QPainter& painter) const
{
    const Range x = scaleX().range();
    const Tokens& tokens = isLight() ? lightTokens() : tokensOf(this);
    painter.setPen(QPen(tokens.mutedText, 1.0, Qt::DashLine));
    if (m_reference == Reference::Diagonal) {
        painter.drawLine(toPixel(x.low, x.low), toPixel(x.high, x.high));
    } else if (m_reference == Reference::Zero && !isLogarithmic(Qt::Vertical)) {
        painter.drawLine(toPixel(x.low, 0.0), toPixel(x.high, 0.0));
    }
}

void LineChart::paintBands(QPainter& painter) const
{
    for (const Series& each : m_series) {
        if (isHidden(each) || each.low.size() != each.x.size() || each.high.size() != each.x.size()) {
            continue;
        }
        QColor colour = colourOf(each);
        colour.setAlphaF(colour.alphaF() * 0.16F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        QPolygonF upper;
        QPolygonF lower;
        for (std::size_t at = 0; at <= each.x.size(); ++at) {
            const QPointF high = at < each.x.size() ? toPixel(each.x[at], each.high[at]) : gap;
            const QPointF low = at < each.x.size() ? toPixel(each.x[at], each.low[at]) : gap;
            if (isDrawable(high) && isDrawable(low)) {
                upper << high;
                lower.prepend(low);
            } else if (!upper.isEmpty()) {
                painter.drawPolygon(lower << upper);
                upper.clear();
                lower.clear();
            }
        }
    }
}

void LineChart::paintOver(QPainter& painter)
{
    painter.save();
    painter.setClipRect(plotArea());
    paintReference(painter);
    paintBands(painter);
    paintCrosshairMarks(painter);
    painter.restore();
    paintEnds(painter);
}

void LineChart::paintCrosshairMarks(QPainter& painter) const
{
    if (!crosshair()) {
        return;
    }
    for (std::size_t at = 0; at < m_series.size(); ++at) {
        const Series& each = m_series[at];
        const std::size_t place = nearestPlace(each, *crosshair());
        if (isHidden(each) || place == each.x.size()) {
            continue;
        }
        const QPointF point = toPixel(each.x[place], m_smooth[at][place]);
        if (!isDrawable(point)) {
            continue;
        }
        painter.setPen(QPen(tokensOf(this).surface, 1.5));
        painter.setBrush(colourOf(each));
        painter.drawPath(markPath(seriesMark(each.colour), markSize + 1.5).translated(point));
    }
}

std::vector<LineChart::EndLabel> LineChart::endLabels() const
{
    std::vector<EndLabel> labels;
    const QRectF area = plotArea();
    for (std::size_t at = 0; at < m_series.size(); ++at) {
        const Series& each = m_series[at];
        const auto [first, last] = curves::visiblePlaces(each.x, scaleX().range().low, scaleX().range().high);
        std::size_t end = last;
        while (end > first &&
               !(std::isfinite(m_smooth[at][end - 1]) && each.x[end - 1] <= scaleX().range().high)) {
            --end;
        }
        if (isHidden(each) || end == first) {
            continue;
        }
        const QPointF point = toPixel(each.x[end - 1], m_smooth[at][end - 1]);
        if (point.y() >= area.top() - 1 && point.y() <= area.bottom() + 1) {
            labels.push_back({point, point.y(), &each});
        }
    }
    return labels;
}

/// Names stand in a column right of the plot, each as high as the end of its curve. Those that would cover
/// another move down, and at the lower end up again.
void LineChart::spread(std::vector<EndLabel>& labels, double height) const
{
    std::ranges::sort(labels, {}, &EndLabel::y);
    double free = plotArea().top();
    for (EndLabel& label : labels) {
        label.y = std::max(label.y, free);
        free = label.y + height;
    }
    double last = plotArea().bottom();
    for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
        label->y = std::min(label->y, last);
        last = label->y - height;
    }
}

void LineChart::paintEnds(QPainter& painter) const
{
    std::vector<EndLabel> labels = endLabels();
    painter.setPen(Qt::NoPen);
    for (const EndLabel& label : labels) {
        painter.setBrush(colourOf(*label.series));
        painter.drawPath(markPath(seriesMark(label.series->colour), markSize).translated(label.at));
    }
    if (!m_namesAtEnds) {
        return;
    }
    const QRectF area = plotArea();
    const double height = fontMetrics().height();
    spread(labels, height);
    for (const EndLabel& label : labels) {
        if (label.y < area.top() - height / 2) {
            continue; // more curves than lines: the legend names this one
        }
        const QColor colour = colourOf(*label.series);
        if (label.at.x() < area.right() - nameSpace) {
            painter.setPen(QPen(colour, 1, Qt::DotLine));
            painter.drawLine(label.at + QPointF(markSize, 0),
                             QPointF(area.right() + nameSpace / 2.0, label.y));
        }
        QFont bold = font();
        bold.setBold(label.series->id == m_highlighted);
        painter.setFont(bold);
        QColor text = seriesTextColour(label.series->colour, !isLight() && tokensOf(this).dark);
        text.setAlphaF(colour.alphaF());
        painter.setPen(text);
        const QRectF box(area.right() + nameSpace, label.y - height / 2, m_nameWidth, height);
        painter.drawText(box,
                         Qt::AlignVCenter,
                         QFontMetrics(bold).elidedText(label.series->name, Qt::ElideMiddle, m_nameWidth));
    }
}

QString LineChart::readOutAt(double x) const
{
    QStringList parts;
    double shownX = x;
    for (const Series& each : m_series) {
        const std::size_t place = nearestPlace(each, x);
        if (isHidden(each) || place == each.x.size()) {
            continue;
        }
        shownX = each.x[place];
        parts << tr("%1 %2", "name of a curve, its value").arg(each.name, numbers::real(each.y[place], 4));
    }
    if (parts.isEmpty()) {
        return {};
    }
    return tr("%1 %2: %3", "epoch 19: values of the curves")
        .arg(m_xName,
             shownX == std::floor(shownX) ? numbers::count(static_cast<std::int64_t>(shownX))
                                          : numbers::real(shownX, 4),
             sentences::list(parts));
}

std::vector<double> LineChart::crosshairStops() const
{
    return stops();
}

const std::vector<double>& LineChart::stops() const
{
    if (m_stops.empty()) {
        for (const Series& each : m_series) {
            if (!isHidden(each)) {
                const auto middle = static_cast<std::ptrdiff_t>(m_stops.size());
                m_stops.insert(m_stops.end(), each.x.begin(), each.x.end());
                std::inplace_merge(m_stops.begin(), m_stops.begin() + middle, m_stops.end());
                m_stops.erase(std::unique(m_stops.begin(), m_stops.end()), m_stops.end());
            }
        }
    }
    return m_stops;
}

const LineChart::Series* LineChart::nearest(const QPointF& position) const
{
    const Series* best = nullptr;
    double least = hoverDistance;
    for (std::size_t at = 0; at < m_series.size(); ++at) {
        const Series& each = m_series[at];
        const std::size_t place = nearestPlace(each, xAt(position.x()));
        if (isHidden(each) || place == each.x.size()) {
            continue;
        }
        const double distance = std::abs(toPixel(each.x[place], m_smooth[at][place]).y() - position.y());
        if (distance < least) {
            least = distance;
            best = &each;
        }
    }
    return best;
}

void LineChart::hover(const QPointF& position)
{
    const bool inside = plotArea().contains(position);
    const Series* series = inside ? nearest(position) : nullptr;
    setHighlighted(series != nullptr ? series->id : QString());
    Q_EMIT seriesHovered(m_highlighted);
    if (!inside) {
        if (position.x() < 0.0 && !hasFocus()) {
            setCrosshair({});
        }
        return;
    }
    const std::vector<double>& stops = this->stops();
    if (stops.empty()) {
        return;
    }
    const double x = xAt(position.x());
    auto next = std::lower_bound(stops.begin(), stops.end(), x);
    if (next == stops.end() || (next != stops.begin() && x - *(next - 1) < *next - x)) {
        --next;
    }
    setCrosshair(*next);
}

void LineChart::click(const QPointF& position)
{
    if (const Series* series = nearest(position)) {
        Q_EMIT seriesClicked(series->id);
    }
}

ValueTable LineChart::values() const
{
    ValueTable table;
    table.headers << (m_xName.isEmpty() ? QStringLiteral("x") : m_xName);
    const std::vector<double>& stops = this->stops();
    table.rows.resize(stops.size());
    for (std::size_t row = 0; row < stops.size(); ++row) {
        table.rows[row].emplace_back(stops[row]);
    }
    for (const Series& each : m_series) {
        if (isHidden(each)) {
            continue;
        }
        table.headers << each.name;
        for (std::size_t row = 0; row < stops.size(); ++row) {
            const auto found = std::lower_bound(each.x.begin(), each.x.end(), stops[row]);
            const bool has = found != each.x.end() && *found == stops[row];
            table.rows[row].push_back(has ? QVariant(each.y[static_cast<std::size_t>(found - each.x.begin())])
                                          : QVariant());
        }
    }
    return table;
}

ValueTable LineChart::shownValues() const
{
    ValueTable table = values();
    const Range range = scaleX().range();
    std::erase_if(table.rows, [&range](const std::vector<QVariant>& row) {
        const double x = row.front().toDouble();
        return x < range.low || x > range.high;
    });
    return table;
}

} // namespace transept::ui
