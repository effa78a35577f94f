#pragma once

#include <QtCore/QCache>
#include <QtGui/QFont>
#include <QtGui/QTextLayout>
#include <QtWidgets/QStyledItemDelegate>

#include <memory>
#include <optional>
#include <vector>

namespace transept::ui {

/// Draws the cells of a table as the style sheet has them, to the pixel, in a small part of its time: the
/// style lays out a text three times for every painting of a cell, and draws four edges by antialiased shapes
/// for one line below. Texts that were laid out are kept. The cell that has the keyboard, and cells with a
/// box to tick, a ground of their own or several lines, are left to the style.
class CellDelegate : public QStyledItemDelegate
{
public:
    explicit CellDelegate(QObject* parent = nullptr);

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    struct Cell
    {
        QString text;
        int font = 0; ///< its place in m_fonts
        Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter;
        QColor colour; ///< of the text
        QIcon icon;
        QSize iconSize; ///< empty: none
    };

    /// Everything that the shape of a text depends on.
    struct Shape
    {
        QString text;
        int font = 0;
        int width = 0; ///< it is cut to this
        Qt::Alignment alignment;
        Qt::LayoutDirection direction = Qt::LeftToRight;
        Qt::TextElideMode elide = Qt::ElideRight;

        bool operator==(const Shape&) const = default;
        friend size_t qHash(const Shape& shape, size_t seed) noexcept
        {
            return qHashMulti(
                seed, shape.text, shape.font, shape.width, shape.alignment.toInt(), int(shape.direction));
        }
    };

    /// A font that a model wants, in the font of the table.
    struct MixedFont
    {
        QFont wanted;
        QFont table;
        QFont mixed;
    };

    /// A text as it is drawn.
    struct Laid
    {
        std::unique_ptr<QTextLayout> layout;
        QSize size; ///< before it was cut: places it from top to bottom
    };

    std::optional<Cell> plainCell(const QStyleOptionViewItem& option, const QModelIndex& index) const;
    int fontOf(const QVariant& wanted, const QFont& table) const;
    const Laid& laidOut(const Shape& shape) const;
    static QRect paintIcon(QPainter& painter,
                           const Cell& cell,
                           const QStyleOptionViewItem& option,
                           const QRect& room);
    void paintText(QPainter& painter, const Cell& cell, const QStyleOptionViewItem& option, QRect room) const;

    mutable std::vector<MixedFont> m_fonts;
    mutable QCache<Shape, Laid> m_texts;
};

} // namespace transept::ui
