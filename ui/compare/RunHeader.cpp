#include "ui/compare/RunHeader.h"

#include "ui/look/SeriesColours.h"

#include <QtWidgets/QTableView>

namespace transept::ui {

void RunHeader::initStyleOptionForIndex(QStyleOptionHeader* option, int section) const
{
    QHeaderView::initStyleOptionForIndex(option, section);
    constexpr int aroundText = 48; // mark and padding
    const QString name = model()->headerData(section, orientation()).toString();
    const bool hasMark = !model()->headerData(section, orientation(), Qt::DecorationRole).isNull();
    option->text = option->fontMetrics.elidedText(
        name, Qt::ElideMiddle, sectionSize(section) - (hasMark ? aroundText : aroundText / 2));
}

QVariant runHeaderData(const RunRecord& run, int role)
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return QString::fromStdString(run.name);
    case Qt::DecorationRole:
        return seriesIcon(run.colour);
    default:
        return {};
    }
}

void setUpRunTable(QTableView* table, int leastWidth)
{
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setMinimumSectionSize(runRowHeight);
    table->verticalHeader()->setDefaultSectionSize(runRowHeight);
    table->setHorizontalHeader(new RunHeader(table));
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setMinimumSectionSize(leastWidth);
}

} // namespace transept::ui
