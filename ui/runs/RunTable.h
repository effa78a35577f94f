#pragma once

#include <QtWidgets/QTableView>

namespace transept::ui {

/// A table of runs, on a RunTableModel or what stands before one: whole rows are selected, a click on a star
/// turns it, F2 edits and Delete deletes also where another page has the key as a shortcut.
class RunTable final : public QTableView
{
    Q_OBJECT

public:
    explicit RunTable(QWidget* parent = nullptr);

    void editName(); ///< of the current row

Q_SIGNALS:
    void deleteWanted();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace transept::ui
