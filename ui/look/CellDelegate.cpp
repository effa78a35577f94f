#include "ui/look/CellDelegate.h"

#include "ui/look/Tokens.h"

#include <QtCore/QAbstractItemModel>
#include <QtGui/QIcon>
#include <QtGui/QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace transept::ui {
namespace {

// What the style sheet says of QTableView::item: a line around it, of which the lower edge is seen, and
// padding.
constexpr int edge = 1;
constexpr QMargins aroundContent(edge + 8, edge + 4, edge + 8, edge + 4);
constexpr int margin = 3;       ///< of texts and icons in Fusion
constexpr int keptTexts = 2000; ///< of a table: all that a large screen shows
constexpr std::size_t keptFonts = 32;

/// Whether it has lines of its own, which the style places.
bool hasLines(const QString& text)
{
    return std::ranges::any_of(text, [](QChar each) {
        return each == QChar::LineSeparator || each == QChar::ParagraphSeparator ||
               each == QLatin1Char('\n') || each == QLatin1Char('\r');
    });
}

/// A long text counts as several, but never as more than there is room for.
int costOf(const QString& text)
{
    constexpr qsizetype usual = 200; // characters
    return static_cast<int>(std::min<qsizetype>(1 + text.size() / usual, keptTexts / 4));
}

/// Between the pixels of a screen at 150 % the edges of the style are soft.
bool isOnPixels(const QPainter& painter)
{
    const qreal ratio = painter.deviceTransform().m11();
    return ratio == std::floor(ratio);
}

void paintGround(QPainter& painter, const QRect& rect, const Tokens& tokens, bool isSelected)
{
    if (isSelected) {
        painter.fillRect(rect, tokens.selection);
    }
    const QRect below(rect.left(), rect.bottom() + 1 - edge, rect.width(), edge);
    if (isOnPixels(painter)) {
        painter.fillRect(below, tokens.line);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.line);
    painter.drawRect(QRectF(below));
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace

CellDelegate::CellDelegate(QObject* parent) : QStyledItemDelegate(parent), m_texts(keptTexts) {}

void CellDelegate::paint(QPainter* painter,
                         const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    const std::optional<Cell> cell = plainCell(option, index);
    if (!cell) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    const bool isClipped = !isOnPixels(*painter);
    if (isClipped) {
        painter->save();
        painter->setClipRect(option.rect, Qt::IntersectClip);
    }
    paintGround(*painter, option.rect, tokensOf(option.palette), option.state & QStyle::State_Selected);
    QRect room = option.rect.marginsRemoved(aroundContent);
    if (!cell->iconSize.isEmpty()) {
        room = paintIcon(*painter, *cell, option, room);
    }
    if (!cell->text.isEmpty()) {
        paintText(*painter, *cell, option, room.adjusted(margin, 0, -margin, 0));
    }
    if (isClipped) {
        painter->restore();
    }
}

/// What is left of the room beside it.
QRect CellDelegate::paintIcon(QPainter& painter,
                              const Cell& cell,
                              const QStyleOptionViewItem& option,
                              const QRect& room)
{
    const int width = cell.iconSize.width() + 2 * margin;
    const bool isMirrored = option.direction == Qt::RightToLeft;
    const QRect place(isMirrored ? room.right() + 1 - width : room.left(), room.top(), width, room.height());
    const bool isSelected = option.state & QStyle::State_Selected;
    cell.icon.paint(&painter,
                    QStyle::alignedRect(option.direction, option.decorationAlignment, cell.iconSize, place),
                    option.decorationAlignment,
                    isSelected ? QIcon::Selected : QIcon::Normal);
    return room.adjusted(isMirrored ? 0 : width, 0, isMirrored ? -width : 0, 0);
}

/// Nothing when it is one for the style.
std::optional<CellDelegate::Cell> CellDelegate::plainCell(const QStyleOptionViewItem& option,
                                                          const QModelIndex& index) const
{
    constexpr QStyle::State special = QStyle::State_HasFocus | QStyle::State_Editing;
    if ((option.state & special) || !(option.state & QStyle::State_Enabled) ||
        (option.features & (QStyleOptionViewItem::WrapText | QStyleOptionViewItem::Alternate)) ||
        option.decorationPosition != QStyleOptionViewItem::Left) {
        return std::nullopt;
    }
    std::array<QModelRoleData, 7> roles{QModelRoleData(Qt::DisplayRole),
                                        QModelRoleData(Qt::FontRole),
                                        QModelRoleData(Qt::TextAlignmentRole),
                                        QModelRoleData(Qt::ForegroundRole),
                                        QModelRoleData(Qt::DecorationRole),
                                        QModelRoleData(Qt::CheckStateRole),
                                        QModelRoleData(Qt::BackgroundRole)};
    index.multiData(roles);
    const auto& [display, font, alignment, foreground, decoration, check, background] = roles;
    const bool hasIcon = decoration.data().isValid();
    if (check.data().isValid() || background.data().isValid() ||
        (hasIcon && decoration.data().userType() != QMetaType::QIcon)) {
        return std::nullopt;
    }
    Cell cell;
    if (display.data().isValid()) {
        cell.text = displayText(display.data(), option.locale);
        if (hasLines(cell.text)) {
            return std::nullopt;
        }
    }
    cell.font = fontOf(font.data(), option.font);
    cell.alignment = alignment.data().isValid() ? Qt::Alignment::fromInt(alignment.data().toInt())
                                                : option.displayAlignment;
    const bool isSelected = option.state & QStyle::State_Selected;
    cell.colour = isSelected                               ? tokensOf(option.palette).text
                  : foreground.data().canConvert<QBrush>() ? foreground.data().value<QBrush>().color()
                                                           : option.palette.color(QPalette::Text);
    if (hasIcon) {
        cell.icon = decoration.data().value<QIcon>();
        cell.iconSize =
            cell.icon.actualSize(option.decorationSize, isSelected ? QIcon::Selected : QIcon::Normal)
                .boundedTo(option.decorationSize);
    }
    const int taken = cell.iconSize.isEmpty() ? 0 : cell.iconSize.width() + 2 * margin;
    const int left = option.rect.marginsRemoved(aroundContent).width() - taken - 2 * margin;
    return left > 0 ? std::optional(std::move(cell)) : std::nullopt;
}

/// A font that is mixed anew has to look for its files again: these are kept.
int CellDelegate::fontOf(const QVariant& wanted, const QFont& table) const
{
    const QFont own = wanted.isValid() ? wanted.value<QFont>() : table;
    const auto known = std::ranges::find_if(m_fonts, [&](const MixedFont& each) {
        return each.wanted == own && each.wanted.resolveMask() == own.resolveMask() && each.table == table;
    });
    if (known != m_fonts.end()) {
        return static_cast<int>(known - m_fonts.begin());
    }
    if (m_fonts.size() >= keptFonts) {
        m_fonts.clear();
        m_texts.clear();
    }
    m_fonts.push_back(
        {.wanted = own, .table = table, .mixed = wanted.isValid() ? own.resolve(table) : table});
    return static_cast<int>(m_fonts.size()) - 1;
}

const CellDelegate::Laid& CellDelegate::laidOut(const Shape& shape) const
{
    if (const Laid* kept = m_texts.object(shape)) {
        return *kept;
    }
    const QFont& font = m_fonts[static_cast<std::size_t>(shape.font)].mixed;
    QTextOption option(shape.alignment);
    option.setWrapMode(QTextOption::ManualWrap);
    option.setTextDirection(shape.direction);
    const auto layOut = [&](const QString& text) {
        auto layout = std::make_unique<QTextLayout>(text, font);
        layout->setCacheEnabled(true);
        layout->setTextOption(option);
        layout->beginLayout();
        layout->createLine().setLineWidth(shape.width);
        layout->endLayout();
        return layout;
    };
    std::unique_ptr<Laid> laid(new Laid{.layout = layOut(shape.text), .size = {}});
    laid->size = laid->layout->boundingRect().size().toSize();
    if (laid->layout->lineAt(0).naturalTextWidth() > shape.width) {
        laid->layout = layOut(QFontMetrics(font).elidedText(shape.text, shape.elide, shape.width));
    }
    m_texts.insert(shape, laid.release(), costOf(shape.text));
    return *m_texts.object(shape);
}

void CellDelegate::paintText(QPainter& painter,
                             const Cell& cell,
                             const QStyleOptionViewItem& option,
                             QRect room) const
{
    const Laid& laid = laidOut({.text = cell.text,
                                .font = cell.font,
                                .width = room.width(),
                                .alignment = QStyle::visualAlignment(option.direction, cell.alignment),
                                .direction = option.direction,
                                .elide = option.textElideMode});
    const QRect place = QStyle::alignedRect(Qt::LayoutDirectionAuto, cell.alignment, laid.size, room);
    const QPointF at(room.x(), place.top());
    painter.setPen(cell.colour);
    if (QRectF(option.rect).contains(laid.layout->boundingRect().translated(at))) {
        laid.layout->draw(&painter, at);
        return;
    }
    painter.save();
    painter.setClipRect(option.rect, Qt::IntersectClip);
    laid.layout->draw(&painter, at);
    painter.restore();
}

} // namespace transept::ui
