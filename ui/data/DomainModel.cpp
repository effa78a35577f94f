#include "ui/data/DomainModel.h"

#include "ui/data/Tables.h"
#include "ui/look/SeriesColours.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

namespace transept::ui {

namespace {

bool isNumber(int column)
{
    return column >= DomainModel::ScaleColumn && column <= DomainModel::TextsColumn;
}

QString scaleOf(const Domain& domain)
{
    if (!domain.scaleMin || !domain.scaleMax) {
        return numbers::missing();
    }
    return QStringLiteral("%1 – %2").arg(numbers::exactly(*domain.scaleMin),
                                         numbers::exactly(*domain.scaleMax));
}

QString periodOf(const DomainStatistics& each)
{
    if (!each.firstTime || !each.lastTime) {
        return numbers::missing();
    }
    return QStringLiteral("%1 – %2").arg(numbers::date(*each.firstTime), numbers::date(*each.lastTime));
}

QString display(const DomainStatistics& each, int column)
{
    switch (column) {
    case DomainModel::NameColumn:
        return QString::fromStdString(each.domain.name);
    case DomainModel::PlatformColumn:
        return QString::fromStdString(each.domain.platformName);
    case DomainModel::KindColumn:
        return sentences::of(each.domain.kind);
    case DomainModel::ScaleColumn:
        return scaleOf(each.domain);
    case DomainModel::UsersColumn:
        return numbers::count(each.users);
    case DomainModel::ItemsColumn:
        return numbers::count(each.items);
    case DomainModel::InteractionsColumn:
        return numbers::count(each.interactions);
    case DomainModel::DensityColumn:
        return each.interactions > 0 ? numbers::percent(each.density) : numbers::missing();
    case DomainModel::TextsColumn:
        return numbers::count(each.texts);
    default:
        return periodOf(each);
    }
}

QVariant sortKey(const DomainStatistics& each, int column)
{
    switch (column) {
    case DomainModel::ScaleColumn:
        return each.domain.scaleMax ? QVariant(*each.domain.scaleMax) : QVariant();
    case DomainModel::UsersColumn:
        return qlonglong(each.users);
    case DomainModel::ItemsColumn:
        return qlonglong(each.items);
    case DomainModel::InteractionsColumn:
        return qlonglong(each.interactions);
    case DomainModel::DensityColumn:
        return each.density;
    case DomainModel::TextsColumn:
        return qlonglong(each.texts);
    case DomainModel::PeriodColumn:
        return each.firstTime ? QVariant(qlonglong(*each.firstTime)) : QVariant();
    default:
        return display(each, column);
    }
}

} // namespace

void DomainModel::setDomains(std::vector<DomainStatistics> domains)
{
    beginResetModel();
    m_domains = std::move(domains);
    endResetModel();
}

int DomainModel::rowOf(DomainId domain) const
{
    const auto found = std::find_if(m_domains.begin(), m_domains.end(), [&](const DomainStatistics& each) {
        return each.domain.id == domain;
    });
    return found == m_domains.end() ? -1 : static_cast<int>(found - m_domains.begin());
}

int DomainModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_domains.size());
}

int DomainModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DomainModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const DomainStatistics& each = m_domains[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return display(each, index.column());
    case Qt::DecorationRole:
        return index.column() == NameColumn ? QVariant(seriesIcon(index.row())) : QVariant();
    case Qt::ToolTipRole:
        if (index.column() == ItemsColumn) {
            return tr("%1 of them have interactions").arg(numbers::count(each.activeItems));
        }
        return index.column() <= PlatformColumn ? QVariant(display(each, index.column())) : QVariant();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    case SortRole:
        return sortKey(each, index.column());
    default:
        return {};
    }
}

Qt::ItemFlags DomainModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags usual = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == NameColumn ? usual | Qt::ItemIsEditable : usual;
}

bool DomainModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || index.column() != NameColumn || role != Qt::EditRole) {
        return false;
    }
    const Domain domain = m_domains[static_cast<std::size_t>(index.row())].domain;
    const QString name = value.toString().trimmed();
    if (name != QString::fromStdString(domain.name)) {
        Q_EMIT renameWanted(domain, name);
    }
    return false;
}

QVariant DomainModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role == Qt::ToolTipRole && section == DensityColumn) {
        return tr("Interactions of all possible pairs of a user and an item that occur");
    }
    if (role == Qt::ToolTipRole && section == TextsColumn) {
        return tr("Items with a title or a field");
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case NameColumn:
        return tr("Domain");
    case PlatformColumn:
        return tr("Platform");
    case KindColumn:
        return tr("Feedback");
    case ScaleColumn:
        return tr("Scale");
    case UsersColumn:
        return tr("Users");
    case ItemsColumn:
        return tr("Items");
    case InteractionsColumn:
        return tr("Interactions");
    case DensityColumn:
        return tr("Density");
    case TextsColumn:
        return tr("With text");
    default:
        return tr("Period");
    }
}

} // namespace transept::ui
