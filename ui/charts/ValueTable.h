#pragma once

#include <QtCore/QAbstractTableModel>
#include <QtCore/QByteArray>
#include <QtCore/QStringList>
#include <QtCore/QVariant>

#include <vector>

class QWidget;

namespace transept::ui {

/// The values that a chart shows: what its CSV file, its table and a screen reader get. Cells are double or
/// QString.
struct ValueTable
{
    QStringList headers;
    std::vector<std::vector<QVariant>> rows;
};

/// UTF-8, comma, header line, full precision in the C locale; cells are quoted where needed.
QByteArray csvOf(const ValueTable& table);

class ValueTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role { SortRole = Qt::UserRole };

    explicit ValueTableModel(ValueTable table, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    enum class Kind { Text, Whole, Real };
    Kind kindOf(std::size_t column) const;

    ValueTable m_table;
    std::vector<Kind> m_kinds; ///< of the columns
};

/// Shows the table in a window of its own, beside the chart, deleted when closed.
void showValues(ValueTable table, const QString& title, QWidget* parent);

} // namespace transept::ui
