#include "ui/data/Tables.h"

#include "ui/look/TableLook.h"
#include "ui/look/Theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QTableView>

namespace transept::ui {

RowNumbers::RowNumbers(QWidget* parent, int rowHeight) : QHeaderView(Qt::Vertical, parent)
{
    setSectionsClickable(true);
    setHighlightSections(false);
    setMinimumSectionSize(rowHeight);
    setDefaultSectionSize(rowHeight);
}

QSize RowNumbers::sectionSizeFromContents(int section) const
{
    const QString text = model()->headerData(section, Qt::Vertical).toString();
    return {fontMetrics().horizontalAdvance(text) + space::two, defaultSectionSize()};
}

void RowNumbers::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    const Tokens& tokens = tokensOf(this);
    painter->fillRect(rect, tokens.surface);
    painter->setPen(tokens.line);
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    painter->setPen(tokens.mutedText);
    painter->drawText(rect.adjusted(0, 0, -space::one, 0),
                      Qt::AlignRight | Qt::AlignVCenter,
                      model()->headerData(section, Qt::Vertical).toString());
}

QTableView* makeTable(QAbstractItemModel* model, const QString& name, QWidget* parent)
{
    QTableView* table = quietTable(model, name, parent);
    table->setFont(tabularFont(table->font()));
    table->setTextElideMode(Qt::ElideRight);
    table->horizontalHeader()->setSectionsMovable(true);
    table->horizontalHeader()->setStretchLastSection(true);
    return table;
}

void widenToContents(QTableView* table, int widest)
{
    const QAbstractItemView* view = table; // in which the hint is public
    QHeaderView* header = table->horizontalHeader();
    for (int column = 0; column < header->count(); ++column) {
        const int needed =
            std::max(view->sizeHintForColumn(column), header->sectionSizeHint(column) + space::one);
        if (table->columnWidth(column) < needed) {
            table->setColumnWidth(column, std::min(needed, std::max(widest, table->columnWidth(column))));
        }
    }
}

} // namespace transept::ui
