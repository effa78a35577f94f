#include "ui/runs/RunTable.h"

#include "ui/look/TableLook.h"
#include "ui/runs/RunTableModel.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHeaderView>

namespace transept::ui {
namespace {

constexpr int rowsAtLeast = 4; // with the header

bool isOwnKey(const QKeyEvent& key)
{
    return key.matches(QKeySequence::Delete) || key.key() == Qt::Key_F2;
}

} // namespace

RunTable::RunTable(QWidget* parent) : QTableView(parent)
{
    makeQuiet(*this);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::DoubleClicked);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setSortingEnabled(true);
    sortByColumn(-1, Qt::AscendingOrder);
    setMinimumHeight(rowsAtLeast * tableRowHeight);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setTextElideMode(Qt::ElideRight);
    horizontalHeader()->setStretchLastSection(true);
    connect(this, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == RunTableModel::StarColumn) {
            model()->setData(index, true);
        }
    });
}

void RunTable::editName()
{
    edit(currentIndex().siblingAtColumn(RunTableModel::NameColumn));
}

bool RunTable::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && isOwnKey(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QTableView::event(event);
}

void RunTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Delete)) {
        Q_EMIT deleteWanted();
    } else if (event->key() == Qt::Key_F2) {
        currentIndex().flags().testFlag(Qt::ItemIsEditable) ? edit(currentIndex()) : editName();
    } else {
        QTableView::keyPressEvent(event);
    }
}

} // namespace transept::ui
