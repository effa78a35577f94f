#include "ui/charts/ScatterChart.h"

#include "ui/charts/ColourScale.h"
#include "ui/charts/PointPicture.h"
#include "ui/look/SeriesColours.h"
#include "ui/look/Tokens.h"

#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QMenu>

#include <cmath>

namespace transept::ui {
namespace {

constexpr double hoverDistance = 12.0;
constexpr std::size_t mostNames = 60; ///< points in view that are named

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
    m_bounds = {};
    for (const Point& point : m_points) {
        m_bounds.x = m_bounds.x
                         ? Range{std::min(m_bounds.x->low, point.x), std::max(m_bounds.x->high, point.x)}
                         : Range{point.x, point.x};
        m_bounds.y = m_bounds.y
                         ? Range{std::min(m_bounds.y->low, point.y), std::max(m_bounds.y->high, point.y)}
                         : Range{point.y, point.y};
    }
    for (std::optional<Range>* range : {&m_bounds.x, &m_bounds.y}) {
        if (*range) {
            const double margin = 0.03 * ((*range)->high - (*range)->low);
            *range = Range{(*range)->low - margin, (*range)->high + margin};
        }
    }
    if (!m_isLassoed.empty()) { // the same items, wherever they lie now
        const std::set<qint64> ids(m_lassoed.begin(), m_lassoed.end());
        m_isLassoed.assign(m_points.size(), false);
        for (std::size_t at = 0; at < m_points.size(); ++at) {
            m_isLassoed[at] = ids.contains(m_points[at].id);
        }
    }
    setSelected(m_selected);
    scheduleUpdate();
}

void ScatterChart::setScale(std::function<QString(double figure)> text)
{
    m_scaleText = std::move(text);
    scheduleUpdate();
}

QColor ScatterChart::colourOf(int group) const
{
    if (!m_scaleText) {
        return isLight() ? seriesColour(group, false) : seriesColour(group);
    }
    const Tokens& tokens = isLight() ? lightTokens() : tokensOf(this);
    return group < scaleSteps ? markColour(group / (scaleSteps - 1.0), tokens.dark) : tokens.disabledText;
}

QString ScatterChart::groupText(const Point& point) const
{
    return m_scaleText ? m_scaleText(point.figure) : m_groups.value(point.group);
}

std::vector<Legend::Entry> ScatterChart::legendEntries() const
{
    if (m_scaleText) {
        return {};
    }
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
    const auto found = std::ranges::find_if(m_points, [&](const Point& point) { return point.id == id; });
    m_selectedPlace = id && found != m_points.end()
                          ? std::optional(static_cast<std::size_t>(found - m_points.begin()))
                          : std::nullopt;
    viewport()->update();
}

std::vector<bool> ScatterChart::hiddenGroups() const
{
    if (m_scaleText) {
        return std::vector<bool>(scaleSteps + 1);
    }
    std::vector<bool> hidden(std::max<std::size_t>(1, static_cast<std::size_t>(m_groups.size())));
    for (qsizetype group = 0; group < m_groups.size(); ++group) {
        hidden[static_cast<std::size_t>(group)] = m_hidden.contains(m_groups[group]);
    }
    return hidden;
}

ScatterChart::Mapping ScatterChart::mapping() const
{
    const QRectF area = plotArea();
    const Range x = scaleX().range();
    const Range y = scaleY().range();
    const QPointF factor(area.width() / (x.high - x.low), -area.height() / (y.high - y.low));
    return {.offset = {-x.low * factor.x(), area.height() - y.low * factor.y()}, .factor = factor};
}

void ScatterChart::draw()
{
    const QRectF area = plotArea();
    PointPicture picture(area.size(), devicePixelRatioF());
    const double size = markSizeFor(m_points.size());
    const std::vector<bool> hidden = hiddenGroups();
    for (const bool isFaded : {false, true}) {
        for (int group = 0; group < static_cast<int>(hidden.size()); ++group) {
            QColor colour = colourOf(group);
            colour.setAlphaF(isFaded ? 0.12F : 0.75F);
            picture.addStamp(m_scaleText ? 0 : group, size, colour); // one mark for a scale
        }
    }
    const Mapping map = mapping();
    const QRectF inside(QPointF(), area.size());
    m_inView.clear();
    for (const bool isFaded : {true, false}) { // what is lassoed lies above
        for (std::size_t at = 0; at < m_points.size(); ++at) {
            const auto group = static_cast<std::size_t>(m_points[at].group) % hidden.size();
            if (hidden[group] || isFaded != (!m_isLassoed.empty() && !m_isLassoed[at])) {
                continue;
            }
            const QPointF position = map.at(m_points[at]);
            picture.stamp(group + (isFaded ? hidden.size() : 0), position.x(), position.y());
            if (m_inView.size() <= mostNames && inside.contains(position)) {
                m_inView.push_back(at);
            }
        }
    }
    if (m_inView.size() > mostNames) {
        m_inView.clear();
    }
    m_picture = picture.image();
}

void ScatterChart::paintOver(QPainter& painter)
{
    const QRectF area = plotArea();
    const QSize wanted = (area.size() * devicePixelRatioF()).toSize();
    if (m_picture.size() != wanted) {
        draw();
    }
    painter.setClipRect(area);
    painter.drawImage(area.topLeft(), m_picture);
    paintNames(painter);
    if (m_selectedPlace && !m_hidden.contains(m_groups.value(m_points[*m_selectedPlace].group))) {
        painter.setPen(QPen(isLight() ? lightTokens().text : tokensOf(this).text, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(area.topLeft() + mapping().at(m_points[*m_selectedPlace]), 7, 7);
    }
    if (m_lasso.size() > 1) {
        QColor accent = tokensOf(this).accent;
        painter.setPen(QPen(accent, 1.5));
        accent.setAlphaF(0.12F);
        painter.setBrush(accent);
        painter.drawPolygon(m_lasso);
    }
}

/// Beside the points, as far as there is room: the selected one's first, then in the order of points.
void ScatterChart::paintNames(QPainter& painter) const
{
    constexpr int widest = 180;
    constexpr double away = 6.0;
    const QFontMetrics metrics(font());
    const Mapping map = mapping();
    const QRectF area = plotArea();
    std::vector<std::size_t> order = m_inView;
    std::stable_partition(order.begin(), order.end(), [&](std::size_t at) { return m_selectedPlace == at; });
    constexpr double pointReach = 3.0;
    std::vector<QRectF> taken; // by points, and by names
    for (const std::size_t at : order) {
        taken.emplace_back(area.topLeft() + map.at(m_points[at]) - QPointF(pointReach, pointReach),
                           QSizeF(2.0 * pointReach, 2.0 * pointReach));
    }
    painter.setFont(font());
    painter.setPen(isLight() ? lightTokens().text : tokensOf(this).text);
    for (const std::size_t at : order) {
        const QString name = metrics.elidedText(m_points[at].name, Qt::ElideRight, widest);
        QRectF box(QPointF(), QSizeF(metrics.horizontalAdvance(name) + 1, metrics.height()));
        const QPointF beside(box.width() / 2.0 + away, 0.0);
        const QPointF above(0.0, -box.height() / 2.0 - away / 2.0);
        for (const QPointF& place : {beside, -beside, above, -above}) {
            box.moveCenter(area.topLeft() + map.at(m_points[at]) + place);
            const auto overlaps = [&](const QRectF& other) { return other.intersects(box); };
            if (area.contains(box) && std::ranges::none_of(taken, overlaps)) {
                painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, name);
                taken.push_back(box);
                break;
            }
        }
    }
}

const ScatterChart::Point* ScatterChart::nearest(const QPointF& position) const
{
    const Point* best = nullptr;
    double least = hoverDistance * hoverDistance;
    const Mapping map = mapping();
    const QPointF wanted = position - plotArea().topLeft();
    const std::vector<bool> hidden = hiddenGroups();
    for (const Point& point : m_points) {
        const QPointF away = map.at(point) - wanted;
        const double distance = QPointF::dotProduct(away, away);
        if (distance < least && !hidden[static_cast<std::size_t>(point.group) % hidden.size()]) {
            least = distance;
            best = &point;
        }
    }
    return best;
}

void ScatterChart::hover(const QPointF& position)
{
    const Point* point = plotArea().contains(position) ? nearest(position) : nullptr;
    const QString text = point == nullptr ? QString() : tr("%1 (%2)").arg(point->name, groupText(*point));
    setToolTip(text.toHtmlEscaped());
    Q_EMIT readOut(text);
}

void ScatterChart::click(const QPointF& position)
{
    if (const Point* point = nearest(position)) {
        Q_EMIT pointClicked(point->id);
    }
}

void ScatterChart::select(const std::function<bool(const QPointF&)>& isMeant)
{
    const Mapping map = mapping();
    const std::vector<bool> hidden = hiddenGroups();
    m_lassoed.clear();
    m_isLassoed.assign(m_points.size(), false);
    for (std::size_t at = 0; at < m_points.size(); ++at) {
        const bool isHidden = hidden[static_cast<std::size_t>(m_points[at].group) % hidden.size()];
        if (!isHidden && isMeant(map.at(m_points[at]))) {
            m_isLassoed[at] = true;
            m_lassoed.push_back(m_points[at].id);
        }
    }
    if (m_lassoed.empty()) {
        m_isLassoed.clear();
    }
    m_picture = {};
    viewport()->update();
    Q_EMIT lassoChanged();
}

void ScatterChart::clearLasso()
{
    if (!m_isLassoed.empty()) {
        select([](const QPointF&) { return false; });
    }
}

/// By a picture of the lasso, whose pixels are quicker asked than its edges.
void ScatterChart::selectInLasso()
{
    const QRectF area = plotArea();
    QImage mask(area.size().toSize().expandedTo({1, 1}), QImage::Format_Grayscale8);
    mask.fill(0);
    {
        QPainter painter(&mask);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Qt::white);
        painter.drawPolygon(m_lasso.translated(-area.topLeft()));
    }
    select([&](const QPointF& position) {
        const QPoint pixel(static_cast<int>(std::floor(position.x())),
                           static_cast<int>(std::floor(position.y())));
        return mask.rect().contains(pixel) && mask.constScanLine(pixel.y())[pixel.x()] != 0;
    });
}

void ScatterChart::selectInView()
{
    const QRectF inside(QPointF(), plotArea().size());
    select([&](const QPointF& position) { return inside.contains(position); });
}

void ScatterChart::mousePressEvent(QMouseEvent* event)
{
    const bool isLasso = event->modifiers().testFlag(Qt::ControlModifier) ||
                         (m_lassoMode && event->modifiers() == Qt::NoModifier);
    if (event->button() != Qt::LeftButton || !isLasso) {
        Chart::mousePressEvent(event);
        return;
    }
    setFocus(Qt::MouseFocusReason);
    m_lasso = QPolygonF({event->position()});
    event->accept();
}

void ScatterChart::mouseMoveEvent(QMouseEvent* event)
{
    if (m_lasso.isEmpty()) {
        Chart::mouseMoveEvent(event);
        return;
    }
    m_lasso << event->position();
    viewport()->update();
    event->accept();
}

void ScatterChart::mouseReleaseEvent(QMouseEvent* event)
{
    constexpr double leastSize = 4.0;
    if (m_lasso.isEmpty()) {
        Chart::mouseReleaseEvent(event);
        return;
    }
    const QRectF around = m_lasso.boundingRect();
    if (std::max(around.width(), around.height()) < leastSize) {
        click(event->position());
    } else {
        selectInLasso();
    }
    m_lasso.clear();
    viewport()->update();
    event->accept();
}

void ScatterChart::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::SelectAll)) {
        selectInView();
    } else if (event->key() == Qt::Key_Escape && !m_isLassoed.empty()) {
        clearLasso();
    } else {
        Chart::keyPressEvent(event);
    }
}

void ScatterChart::addToContextMenu(QMenu& menu)
{
    menu.addAction(tr("Select what is in view"), this, &ScatterChart::selectInView)
        ->setEnabled(!m_points.empty());
    menu.addAction(tr("Select nothing"), this, &ScatterChart::clearLasso)->setEnabled(!m_isLassoed.empty());
}

ValueTable ScatterChart::values() const
{
    ValueTable table{.headers = {tr("name"), tr("group"), QStringLiteral("x"), QStringLiteral("y")}};
    for (const Point& point : m_points) {
        table.rows.push_back({point.name, groupText(point), point.x, point.y});
    }
    return table;
}

} // namespace transept::ui
