#pragma once

class QTableView;

namespace transept::ui {

inline constexpr int tableRowHeight = 28; // pixels

/// The look of every table of rows: one whole row selected, no grid, no numbers of rows, texts in one line,
/// Tab leads out of it. Header views of its own are given to a table before.
void makeQuiet(QTableView& table);

} // namespace transept::ui
