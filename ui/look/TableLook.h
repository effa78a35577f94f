#pragma once

#include <QtCore/QString>

class QAbstractItemModel;
class QAbstractScrollArea;
class QTableView;
class QWidget;

namespace transept::ui {

inline constexpr int tableRowHeight = 28; // pixels

/// Fills the ground of a view that lies on a surface itself. The style sheet makes every view let through
/// what is behind it: then all of that is drawn anew whenever a cell is, and scrolling draws every row anew
/// instead of moving those that stay.
void makeOpaque(QAbstractScrollArea& view);

/// The look of every table of rows that is looked through: one whole row selected, no grid, no numbers of
/// rows, texts in one line, Tab leads out of it, cells drawn by a CellDelegate. A horizontal header of its
/// own is given to a table before, numbers of rows after.
void makeQuiet(QTableView& table);

/// A table with that look, without a frame, in which nothing is edited.
QTableView* quietTable(QAbstractItemModel* model, const QString& name, QWidget* parent = nullptr);

/// Gives columns the width of what they hold and of their headings; `stretched` takes what is left.
void fitColumns(QTableView& table, int stretched);

} // namespace transept::ui
