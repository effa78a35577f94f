#include "ui/knowledge/QuietTable.h"

#include "ui/look/TableLook.h"

#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTableView>

namespace transept::ui {

QTableView* quietTable(QAbstractItemModel* model, QLatin1StringView name)
{
    auto* table = new QTableView;
    table->setObjectName(name);
    table->setModel(model);
    makeQuiet(*table);
    table->setFrameShape(QFrame::NoFrame);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    return table;
}

void fitColumns(QTableView& table, int stretched)
{
    // The style takes room for the mark of sorting from every heading, whether sorted or not, and leaves it
    // out of the heading's size.
    constexpr int sortMark = 14;
    QHeaderView* header = table.horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(QHeaderView::Interactive);
    table.resizeColumnsToContents();
    for (int column = 0; column < header->count(); ++column) {
        if (column != stretched) {
            header->resizeSection(column, header->sectionSize(column) + sortMark);
        }
    }
    header->setSectionResizeMode(stretched, QHeaderView::Stretch);
}

} // namespace transept::ui
