#pragma once

#include <QtCore/QString>

class QAbstractItemModel;
class QTableView;
class QWidget;

namespace transept::ui {

/// A quiet table of rows, as all tables of the data page are: whole rows selected, no grid, columns movable.
QTableView* makeTable(QAbstractItemModel* model, const QString& name, QWidget* parent);

/// A value as it was imported: 4, 3.5, 11,754.
QString exactly(double value);

} // namespace transept::ui
