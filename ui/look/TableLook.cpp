#include "ui/look/TableLook.h"

#include "ui/look/CellDelegate.h"
#include "ui/look/Tokens.h"

#include <QtGui/QPaintEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTableView>

namespace transept::ui {
namespace {

/// Fills what a view shows before the view draws on it.
class Ground final : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) {
            auto* viewport = static_cast<QWidget*>(watched);
            QPainter painter(viewport);
            painter.fillRect(static_cast<QPaintEvent*>(event)->rect(), tokensOf(viewport).surface);
        }
        return false;
    }
};

} // namespace

void makeOpaque(QAbstractScrollArea& view)
{
    QWidget* viewport = view.viewport();
    viewport->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport->installEventFilter(new Ground(viewport));
}

void makeQuiet(QTableView& table)
{
    makeOpaque(table);
    table.setItemDelegate(new CellDelegate(&table));
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

QTableView* quietTable(QAbstractItemModel* model, const QString& name, QWidget* parent)
{
    auto* table = new QTableView(parent);
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
