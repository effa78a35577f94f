#include "ui/data/OverlapView.h"

#include "ui/look/SeriesColours.h"
#include "ui/look/Theme.h"
#include "ui/text/Numbers.h"

#include <QtCore/QEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>

#include <algorithm>
#include <cmath>

namespace transept::ui {

namespace {

constexpr int longestName = 96;
constexpr int smallestCell = 26;  // high
constexpr int narrowestCell = 44; // holds "47,589"
constexpr int mostInFull = 6;     // domains; of more, large counts are left out
constexpr int largestCellHeight = 44;
constexpr double gap = 2.0;

/// Black or white, whichever reads better on the colour.
QColor inkOn(const QColor& colour)
{
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    const double luminance =
        0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
    return luminance > 0.18 ? QColor(Qt::black) : QColor(Qt::white);
}

} // namespace

OverlapView::OverlapView(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("overlapView"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

void OverlapView::setStatistics(const WorkspaceStatistics& statistics)
{
    m_ids.clear();
    m_names.clear();
    m_current.reset();
    const std::size_t count = statistics.domains.size();
    m_people.assign(count * count, 0);
    m_works.assign(count * count, 0);
    for (std::size_t at = 0; at < count; ++at) {
        m_ids.push_back(statistics.domains[at].domain.id);
        m_names.append(QString::fromStdString(statistics.domains[at].domain.name));
        m_people[at * count + at] = statistics.domains[at].users;
        m_works[at * count + at] = statistics.domains[at].items;
    }
    for (const Overlap& overlap : statistics.overlap) {
        const auto a = static_cast<std::size_t>(m_names.indexOf(QString::fromStdString(overlap.a)));
        const auto b = static_cast<std::size_t>(m_names.indexOf(QString::fromStdString(overlap.b)));
        if (a < count && b < count) {
            m_people[a * count + b] = m_people[b * count + a] = overlap.users;
            m_works[a * count + b] = m_works[b * count + a] = overlap.items;
        }
    }
    updateGeometry();
    update();
}

void OverlapView::setShared(Shared shared)
{
    m_shared = shared;
    update();
}

QSize OverlapView::minimumSizeHint() const
{
    const int rows = std::max(1, size());
    return {longestName + std::min(rows, mostInFull) * narrowestCell,
            rows * smallestCell + fontMetrics().height() + space::one};
}

QSize OverlapView::sizeHint() const
{
    const int rows = std::max(1, size());
    return {longestName + rows * 64, rows * 34 + fontMetrics().height() + space::one};
}

std::int64_t OverlapView::valueAt(Cell cell) const
{
    const std::vector<std::int64_t>& values = m_shared == Shared::People ? m_people : m_works;
    return values[static_cast<std::size_t>(cell.first) * static_cast<std::size_t>(size()) +
                  static_cast<std::size_t>(cell.second)];
}

QRectF OverlapView::area() const
{
    int names = 0;
    for (const QString& name : m_names) {
        names = std::max(names, fontMetrics().horizontalAdvance(name) + 1); // its width may be broken
    }
    const int left = std::min(names, longestName) + space::one;
    const int top = fontMetrics().height() + space::half;
    const double high = std::min<double>(height() - top, size() * largestCellHeight);
    return {double(left), double(top), double(width() - left), high};
}

QRectF OverlapView::rectOf(Cell cell) const
{
    const QRectF all = area();
    const double wide = all.width() / size();
    const double high = all.height() / size();
    return QRectF(all.left() + cell.second * wide, all.top() + cell.first * high, wide, high)
        .adjusted(0, 0, -gap, -gap);
}

std::optional<OverlapView::Cell> OverlapView::cellAt(const QPointF& position) const
{
    const QRectF all = area();
    if (size() == 0 || !all.contains(position)) {
        return std::nullopt;
    }
    const auto place = [this](double offset, double length) {
        return std::clamp(static_cast<int>(offset / length * size()), 0, size() - 1);
    };
    return Cell{place(position.y() - all.top(), all.height()), place(position.x() - all.left(), all.width())};
}

QString OverlapView::describe(Cell cell) const
{
    const QString value = numbers::count(valueAt(cell));
    const QString& a = m_names[cell.first];
    const QString& b = m_names[cell.second];
    const bool people = m_shared == Shared::People;
    if (cell.first == cell.second) {
        return people ? tr("%1: %2 people").arg(a, value) : tr("%1: %2 items").arg(a, value);
    }
    const double part = valueAt({cell.first, cell.first}) > 0
                            ? double(valueAt(cell)) / double(valueAt({cell.first, cell.first}))
                            : 0.0;
    return people
               ? tr("%1 and %2 share %3 people, %4 of those in %1").arg(a, b, value, numbers::percent(part))
               : tr("%1 and %2 share %3 works, %4 of those in %1").arg(a, b, value, numbers::percent(part));
}

void OverlapView::setCurrent(std::optional<Cell> cell)
{
    if (cell == m_current) {
        return;
    }
    m_current = cell;
    const QString text = cell ? describe(*cell) : QString();
    setToolTip(text);
    setAccessibleDescription(text);
    Q_EMIT readOut(text);
    update();
}

void OverlapView::paintNames(QPainter& painter) const
{
    painter.setPen(tokensOf(this).mutedText);
    for (int at = 0; at < size(); ++at) {
        const QRectF row = rectOf({at, 0});
        const QRectF left(0, row.top(), area().left() - space::one, row.height());
        painter.drawText(
            left,
            Qt::AlignRight | Qt::AlignVCenter,
            fontMetrics().elidedText(m_names[at], Qt::ElideRight, static_cast<int>(left.width())));
        const QRectF column = rectOf({0, at});
        const QRectF above(column.left(), 0, column.width(), area().top() - space::half);
        painter.drawText(
            above,
            Qt::AlignHCenter | Qt::AlignVCenter,
            fontMetrics().elidedText(m_names[at], Qt::ElideRight, static_cast<int>(above.width())));
    }
}

void OverlapView::paintCell(QPainter& painter, Cell cell) const
{
    const Tokens& tokens = tokensOf(this);
    const bool own = cell.first == cell.second;
    std::int64_t most = 1;
    for (int at = 0; at < size(); ++at) {
        most = std::max(most, valueAt({at, at}));
    }
    // The square root spreads the small shares, which are what one looks for.
    const QColor colour =
        own ? tokens.hover : scaleColour(std::sqrt(double(valueAt(cell)) / double(most)), tokens.dark);
    const QRectF rect = rectOf(cell);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(rect, 3, 3);
    painter.setPen(own ? tokens.mutedText : inkOn(colour));
    const QString text = numbers::count(valueAt(cell));
    if (painter.fontMetrics().horizontalAdvance(text) < rect.width()) {
        painter.drawText(rect, Qt::AlignCenter, text);
    }
    if (m_current == cell) {
        painter.setPen(QPen(hasFocus() ? tokens.accent : tokens.mutedText, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect, 3, 3);
    }
}

void OverlapView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintNames(painter);
    painter.setFont(tabularFont(font()));
    for (int row = 0; row < size(); ++row) {
        for (int column = 0; column < size(); ++column) {
            paintCell(painter, {row, column});
        }
    }
}

void OverlapView::mouseMoveEvent(QMouseEvent* event)
{
    setCurrent(cellAt(event->position()));
}

void OverlapView::mousePressEvent(QMouseEvent* event)
{
    if (const auto cell = cellAt(event->position())) {
        setCurrent(cell);
        Q_EMIT domainClicked(m_ids[static_cast<std::size_t>(cell->first)]);
    }
}

void OverlapView::keyPressEvent(QKeyEvent* event)
{
    const Cell from = m_current.value_or(Cell{0, 0});
    const auto move = [&](int rows, int columns) {
        if (size() > 0) {
            setCurrent(Cell{std::clamp(from.first + rows, 0, size() - 1),
                            std::clamp(from.second + columns, 0, size() - 1)});
        }
    };
    switch (event->key()) {
    case Qt::Key_Left:
        move(0, -1);
        break;
    case Qt::Key_Right:
        move(0, 1);
        break;
    case Qt::Key_Up:
        move(-1, 0);
        break;
    case Qt::Key_Down:
        move(1, 0);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current) {
            Q_EMIT domainClicked(m_ids[static_cast<std::size_t>(m_current->first)]);
        }
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void OverlapView::leaveEvent(QEvent* event)
{
    if (!hasFocus()) {
        setCurrent(std::nullopt);
    }
    QWidget::leaveEvent(event);
}

void OverlapView::focusInEvent(QFocusEvent* event)
{
    if (!m_current && size() > 0) {
        setCurrent(Cell{0, 0});
    }
    QWidget::focusInEvent(event);
}

} // namespace transept::ui
