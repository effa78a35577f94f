#include "ui/look/TableLook.h"

#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTableView>

namespace transept::ui {

void makeQuiet(QTableView& table)
{
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setTabKeyNavigation(false);
    table.verticalHeader()->setMinimumSectionSize(tableRowHeight);
    table.verticalHeader()->setDefaultSectionSize(tableRowHeight);
    table.verticalHeader()->hide();
    table.horizontalHeader()->setHighlightSections(false);
}

} // namespace transept::ui
