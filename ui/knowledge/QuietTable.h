#pragma once

#include <QtCore/QLatin1StringView>

class QAbstractItemModel;
class QTableView;

namespace transept::ui {

/// A table of rows as all of the knowledge page are: one whole row selected, no grid, no frame.
QTableView* quietTable(QAbstractItemModel* model, QLatin1StringView name);

/// Gives columns the width of what they hold and of their headings; `stretched` takes what is left.
void fitColumns(QTableView& table, int stretched);

} // namespace transept::ui
