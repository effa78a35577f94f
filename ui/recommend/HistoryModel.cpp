#include "ui/recommend/HistoryModel.h"

#include "ui/look/SeriesColours.h"
#include "ui/look/Theme.h"
#include "ui/text/Numbers.h"

#include <QtGui/QFont>
#include <QtGui/QGuiApplication>

namespace transept::ui {

void HistoryModel::setEntries(std::vector<HistoryEntry> entries)
{
    beginResetModel();
    m_branches.clear();
    for (HistoryEntry& entry : entries) {
        auto branch = std::ranges::find(m_branches, entry.domain, &Branch::domain);
        if (branch == m_branches.end()) {
            m_branches.push_back({entry.domain, {}});
            branch = m_branches.end() - 1;
        }
        branch->entries.push_back(std::move(entry));
    }
    endResetModel();
}

void HistoryModel::setDomains(const QStringList& domains)
{
    m_domains = domains;
}

void HistoryModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

QModelIndex HistoryModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : branchMark);
}

QModelIndex HistoryModel::parent(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == branchMark) {
        return {};
    }
    return createIndex(static_cast<int>(index.internalId() - 1), 0, branchMark);
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid()) {
        return static_cast<int>(m_branches.size());
    }
    if (parent.internalId() != branchMark || parent.column() != 0) {
        return 0;
    }
    return static_cast<int>(m_branches[static_cast<std::size_t>(parent.row())].entries.size());
}

int HistoryModel::columnCount(const QModelIndex& /*parent*/) const
{
    return ColumnCount;
}

QVariant HistoryModel::branchData(const Branch& branch, int column, int role) const
{
    if (role == Qt::DisplayRole && column == TitleColumn) {
        return tr("%1 (%2)", "domain, number of interactions")
            .arg(QString::fromStdString(branch.domain), numbers::count(std::ssize(branch.entries)));
    }
    if (role == Qt::DecorationRole && column == TitleColumn) {
        const auto colour = m_domains.indexOf(QString::fromStdString(branch.domain));
        return colour < 0 ? QVariant() : QVariant(seriesIcon(static_cast<int>(colour)));
    }
    if (role == Qt::FontRole) {
        QFont bold = QGuiApplication::font();
        bold.setWeight(QFont::DemiBold);
        return bold;
    }
    return {};
}

QVariant HistoryModel::entryData(const HistoryEntry& entry, int column, int role) const
{
    const QString title = QString::fromStdString(entry.title.empty() ? entry.key : entry.title);
    switch (role) {
    case Qt::DisplayRole:
        if (column == TitleColumn) {
            return title;
        }
        if (column == ValueColumn) {
            return entry.implicitFeedback && entry.value == 1.0 ? QString() : numbers::exactly(entry.value);
        }
        return entry.time ? numbers::date(*entry.time) : numbers::missing();
    case Qt::ToolTipRole:
        return entry.time ? tr("%1, %2", "title, date").arg(title, numbers::date(*entry.time)) : title;
    case Qt::TextAlignmentRole:
        return column == TitleColumn ? QVariant() : QVariant(int(Qt::AlignRight | Qt::AlignVCenter));
    case Qt::FontRole:
        return column == TitleColumn ? QVariant() : QVariant(tabularFont(QGuiApplication::font()));
    case ItemRole:
        return static_cast<qint64>(number(entry.item));
    default:
        return {};
    }
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (index.internalId() == branchMark) {
        return branchData(m_branches[static_cast<std::size_t>(index.row())], index.column(), role);
    }
    const Branch& branch = m_branches[static_cast<std::size_t>(index.internalId() - 1)];
    return entryData(branch.entries[static_cast<std::size_t>(index.row())], index.column(), role);
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && orientation == Qt::Horizontal) {
        return int((section == TitleColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal) {
        return QAbstractItemModel::headerData(section, orientation, role);
    }
    switch (section) {
    case TitleColumn:
        return tr("History");
    case ValueColumn:
        return tr("Value");
    default:
        return tr("Date");
    }
}

} // namespace transept::ui
