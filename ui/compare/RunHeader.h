#pragma once

#include <QtGui/QPainter>
#include <QtWidgets/QHeaderView>

namespace transept::ui {

/// Elides the name of a run so that it fits beside the run's mark, which the header of Qt does not count, and
/// keeps the mark at the name where that stands on the right.
class RunHeader final : public QHeaderView
{
public:
    explicit RunHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {}

    void initStyleOptionForIndex(QStyleOptionHeader* option, int section) const override
    {
        QHeaderView::initStyleOptionForIndex(option, section);
        constexpr int aroundText = 48; // mark and padding
        const QString name = model()->headerData(section, orientation()).toString();
        const bool hasMark = !markOf(section).isNull();
        option->text = option->fontMetrics.elidedText(
            name, Qt::ElideMiddle, sectionSize(section) - (hasMark ? aroundText : aroundText / 2));
        if (isOnTheRight(section)) {
            option->icon = {};
        }
    }

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override
    {
        QHeaderView::paintSection(painter, rect, section);
        const QIcon mark = markOf(section);
        if (mark.isNull() || !isOnTheRight(section)) {
            return;
        }
        constexpr int gap = 6;
        QStyleOptionHeaderV2 option;
        initStyleOption(&option);
        option.rect = rect;
        initStyleOptionForIndex(&option, section);
        const QRect label = style()->subElementRect(QStyle::SE_HeaderLabel, &option, this);
        const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, &option, this);
        const int left = label.right() - option.fontMetrics.horizontalAdvance(option.text) - gap - size;
        mark.paint(painter, QRect(left, label.center().y() - size / 2, size, size));
    }

private:
    QIcon markOf(int section) const
    {
        return model()->headerData(section, orientation(), Qt::DecorationRole).value<QIcon>();
    }

    bool isOnTheRight(int section) const
    {
        return (model()->headerData(section, orientation(), Qt::TextAlignmentRole).toInt() &
                Qt::AlignRight) != 0;
    }
};

} // namespace transept::ui
