#pragma once

#include "ui/forms/Field.h"

class QTableWidget;

namespace transept::ui {

/// A table of rows: a typed cell for every column, rows to be added and taken out. Where a row is a method,
/// it is chosen from a list, and its parameters are edited in a form of their own.
class TableField final : public Field
{
    Q_OBJECT

public:
    TableField(const Parameter& table, QWidget* parent);

    std::optional<Json> value() const override;
    void setValue(const Json& value) override;
    QString problem() const override;
    void retranslate() override;
    QWidget* focusTarget() override;

    /// Opens the form of a row's method over the window; taken over with Ok, left with Cancel.
    void editParameters(int row);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool holdsMethods() const { return parameter().completeRow != nullptr; }
    bool isFixed() const { return parameter().low == parameter().high; }
    int firstColumn() const { return holdsMethods() ? 1 : 0; }
    int summaryColumn() const { return firstColumn() + static_cast<int>(parameter().columns.size()); }
    void build();
    void fill();
    void fillRow(int row);
    void fillCell(int row, const Parameter& column, int at);
    void putChoices(int row, int at, const std::vector<std::string>& choices, const std::string& key);
    void markCells();
    void fit();
    void takeText(int row, int at);
    void take(int row, const std::string& key, const Json& value);
    void chooseMethod(int row, const std::string& name);
    void takeParameters(int row, const std::string& method, const Json& parameters);
    void addRow();
    void removeRow();
    void updateButtons();
    QString summaryOf(const Json& row) const;
    Result<Json> completed(const Json& row) const;

    Json m_rows = Json::array();
    bool m_filling = false;
    QTableWidget* m_table;
    QToolButton* m_add;
    QToolButton* m_remove;
    QToolButton* m_edit;
};

} // namespace transept::ui
