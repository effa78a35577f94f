#include "ui/charts/ValueTable.h"

#include "ui/look/TableLook.h"
#include "ui/text/Numbers.h"

#include <QtCore/QLocale>
#include <QtCore/QSortFilterProxyModel>
#include <QtWidgets/QDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

#include <cmath>

namespace transept::ui {
namespace {

constexpr int leastColumn = 96;

QString quoted(QString text)
{
    static const QString special = QStringLiteral(",\"\n\r");
    const bool needed = std::any_of(text.cbegin(), text.cend(), [](QChar c) { return special.contains(c); });
    if (!needed) {
        return text;
    }
    text.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

QString cell(const QVariant& value)
{
    return value.typeId() == QMetaType::Double
               ? QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest)
               : quoted(value.toString());
}

} // namespace

QByteArray csvOf(const ValueTable& table)
{
    QString text;
    QStringList cells;
    for (const QString& header : table.headers) {
        cells << quoted(header);
    }
    text += cells.join(QLatin1Char(',')) + QLatin1Char('\n');
    for (const auto& row : table.rows) {
        cells.clear();
        for (const QVariant& value : row) {
            cells << cell(value);
        }
        text += cells.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return text.toUtf8();
}

ValueTableModel::ValueTableModel(ValueTable table, QObject* parent)
    : QAbstractTableModel(parent)
    , m_table(std::move(table))
{
    for (qsizetype column = 0; column < m_table.headers.size(); ++column) {
        m_kinds.push_back(kindOf(static_cast<std::size_t>(column)));
    }
}

ValueTableModel::Kind ValueTableModel::kindOf(std::size_t column) const
{
    Kind kind = Kind::Text;
    for (const auto& row : m_table.rows) {
        if (column >= row.size() || row[column].typeId() != QMetaType::Double) {
            continue;
        }
        constexpr double mostExact = 1e15;
        const double value = row[column].toDouble();
        if (value != std::floor(value) || std::abs(value) > mostExact) {
            return Kind::Real;
        }
        kind = Kind::Whole;
    }
    return kind;
}

int ValueTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size());
}

int ValueTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.headers.size());
}

QVariant ValueTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto& row = m_table.rows[static_cast<std::size_t>(index.row())];
    const QVariant value = row.size() > static_cast<std::size_t>(index.column())
                               ? row[static_cast<std::size_t>(index.column())]
                               : QVariant();
    const bool isNumber = value.typeId() == QMetaType::Double;
    switch (role) {
    case Qt::DisplayRole:
        if (!isNumber) {
            return value;
        }
        return m_kinds[static_cast<std::size_t>(index.column())] == Kind::Whole
                   ? numbers::count(static_cast<std::int64_t>(value.toDouble()))
                   : numbers::real(value.toDouble(), 6);
    case SortRole:
        return value;
    case Qt::TextAlignmentRole:
        return isNumber ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    default:
        return {};
    }
}

QVariant ValueTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && section < m_table.headers.size()) {
        const bool isText = m_kinds[static_cast<std::size_t>(section)] == Kind::Text;
        if (role == Qt::TextAlignmentRole) {
            return int((isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        }
        if (role == Qt::DisplayRole) {
            return m_table.headers[section];
        }
    }
    return QAbstractTableModel::headerData(section, orientation, role);
}

void showValues(ValueTable table, const QString& title, QWidget* parent)
{
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto* sorted = new QSortFilterProxyModel(dialog);
    sorted->setSourceModel(new ValueTableModel(std::move(table), dialog));
    sorted->setSortRole(ValueTableModel::SortRole);
    auto* view = new QTableView(dialog);
    view->setObjectName(QStringLiteral("chartValues"));
    view->setAccessibleName(title);
    view->setModel(sorted);
    view->setSortingEnabled(true);
    view->sortByColumn(0, Qt::AscendingOrder);
    makeQuiet(*view);
    view->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    view->horizontalHeader()->setMinimumSectionSize(leastColumn);
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(view);
    dialog->resize(560, 480);
    dialog->show();
}

} // namespace transept::ui
