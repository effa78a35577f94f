#include "ui/compare/RunHeader.h"

#include "ui/look/SeriesColours.h"
#include "ui/look/TableLook.h"
#include "ui/text/Sentences.h"

#include <QtGui/QPainter>
#include <QtWidgets/QTableView>

namespace transept::ui {

void RunHeader::initStyleOptionForIndex(QStyleOptionHeader* option, int section) const
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

void RunHeader::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    painter->save(); // the style leaves an empty clip region behind
    QHeaderView::paintSection(painter, rect, section);
    painter->restore();
    const QIcon mark = markOf(section);
    if (mark.isNull() || !isOnTheRight(section)) {
        return;
    }
    constexpr int gap = 12;
    QStyleOptionHeaderV2 option;
    initStyleOption(&option);
    option.rect = rect;
    initStyleOptionForIndex(&option, section);
    const QRect label = style()->subElementRect(QStyle::SE_HeaderLabel, &option, this);
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, &option, this);
    const int left = label.right() - option.fontMetrics.horizontalAdvance(option.text) - gap - size;
    mark.paint(painter, QRect(left, label.center().y() - size / 2, size, size));
}

QIcon RunHeader::markOf(int section) const
{
    return model()->headerData(section, orientation(), Qt::DecorationRole).value<QIcon>();
}

bool RunHeader::isOnTheRight(int section) const
{
    return (model()->headerData(section, orientation(), Qt::TextAlignmentRole).toInt() & Qt::AlignRight) != 0;
}

QVariant runHeaderData(const RunRecord& run, int role)
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return sentences::runName(run.name);
    case Qt::DecorationRole:
        return seriesIcon(run.colour);
    default:
        return {};
    }
}

void setUpRunTable(QTableView* table, int leastWidth)
{
    table->setHorizontalHeader(new RunHeader(table));
    makeQuiet(*table);
    table->horizontalHeader()->setMinimumSectionSize(leastWidth);
}

} // namespace transept::ui
