#include "ui/knowledge/FigureTable.h"

namespace transept::ui {

void FigureTable::setContent(Content content)
{
    beginResetModel();
    m_content = std::move(content);
    endResetModel();
}

int FigureTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_content.rows.size());
}

int FigureTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_content.headers.size());
}

QVariant FigureTable::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto row = static_cast<std::size_t>(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return m_content.rows[row].value(index.column());
    case Qt::TextAlignmentRole:
        return int((m_content.figures.contains(index.column()) ? Qt::AlignRight : Qt::AlignLeft) |
                   Qt::AlignVCenter);
    case IdRole:
        return row < m_content.ids.size() ? QVariant(m_content.ids[row]) : QVariant();
    default:
        return {};
    }
}

QVariant FigureTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return m_content.headers.value(section);
    case Qt::ToolTipRole:
        return m_content.hints.value(section);
    case Qt::TextAlignmentRole:
        return int((m_content.figures.contains(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

} // namespace transept::ui
