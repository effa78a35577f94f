#include "ui/data/Tables.h"

#include "ui/look/Theme.h"

#include <QtCore/QLocale>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTableView>

namespace transept::ui {

QTableView* makeTable(QAbstractItemModel* model, const QString& name, QWidget* parent)
{
    constexpr int rowHeight = 28;
    auto* table = new QTableView(parent);
    table->setObjectName(name);
    table->setModel(model);
    table->setFont(tabularFont(table->font()));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->setTextElideMode(Qt::ElideRight);
    table->verticalHeader()->setDefaultSectionSize(rowHeight);
    table->verticalHeader()->setMinimumSectionSize(rowHeight);
    table->verticalHeader()->setStyleSheet(QStringLiteral("QHeaderView::section { padding: 0px 8px; }"));
    table->verticalHeader()->hide();
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setSectionsMovable(true);
    table->horizontalHeader()->setStretchLastSection(true);
    return table;
}

QString exactly(double value)
{
    return QLocale().toString(value, 'g', QLocale::FloatingPointShortest);
}

} // namespace transept::ui
