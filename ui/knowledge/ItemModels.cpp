#include "ui/knowledge/ItemModels.h"

#include "ui/look/Theme.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtGui/QFont>
#include <QtGui/QGuiApplication>

namespace transept::ui {
namespace {

QVariant numberLook(int role)
{
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignRight | Qt::AlignVCenter);
    }
    return role == Qt::FontRole ? QVariant(tabularFont(QGuiApplication::font())) : QVariant();
}

/// Headings stand over what they name: figures at the right, texts at the left.
QVariant headingLook(bool isNumber)
{
    return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QString named(const std::string& title, const std::string& key)
{
    return QString::fromStdString(title.empty() ? key : title);
}

} // namespace

void FoundItemModel::setItems(std::vector<ItemRecord> items)
{
    beginResetModel();
    m_items = std::move(items);
    endResetModel();
}

std::optional<int> FoundItemModel::rowOf(ItemId item) const
{
    const auto found = std::ranges::find(m_items, item, &ItemRecord::id);
    return found == m_items.end() ? std::nullopt : std::optional(static_cast<int>(found - m_items.begin()));
}

int FoundItemModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant FoundItemModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ItemRecord& item = m_items[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return named(item.title, item.key);
    case Qt::ToolTipRole:
        return tr("%1 (%2)", "title, id").arg(named(item.title, item.key), QString::fromStdString(item.key));
    case ItemRole:
        return static_cast<qint64>(number(item.id));
    default:
        return {};
    }
}

void FacetModel::setFacets(std::vector<StoredFacet> facets)
{
    beginResetModel();
    m_facets = std::move(facets);
    endResetModel();
}

int FacetModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_facets.size());
}

int FacetModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FacetModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const StoredFacet& facet = m_facets[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) {
        switch (index.column()) {
        case NameColumn:
            return sentences::facetTitle(facet.name);
        case TextColumn:
            return QString::fromStdString(facet.text);
        default:
            return numbers::real(facet.weight);
        }
    }
    return index.column() == WeightColumn ? numberLook(role) : QVariant();
}

QVariant FacetModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        return headingLook(section == WeightColumn);
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return QAbstractTableModel::headerData(section, orientation, role);
    }
    return section == NameColumn ? tr("Facet") : section == TextColumn ? tr("Text") : tr("Weight");
}

void NearItemModel::setItems(std::vector<NearItem> items, std::map<DomainId, QString> domains)
{
    beginResetModel();
    m_items = std::move(items);
    m_domains = std::move(domains);
    endResetModel();
}

int NearItemModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

int NearItemModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant NearItemModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const NearItem& item = m_items[static_cast<std::size_t>(index.row())];
    if (role == ItemRole) {
        return static_cast<qint64>(number(item.item));
    }
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) {
        switch (index.column()) {
        case TitleColumn:
            return named(item.title, item.key);
        case DomainColumn: {
            const auto domain = m_domains.find(item.domain);
            return domain == m_domains.end() ? QString() : domain->second;
        }
        default:
            return numbers::real(static_cast<double>(item.similarity));
        }
    }
    return index.column() == SimilarityColumn ? numberLook(role) : QVariant();
}

QVariant NearItemModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        return headingLook(section == SimilarityColumn);
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return QAbstractTableModel::headerData(section, orientation, role);
    }
    return section == TitleColumn    ? tr("Nearest items")
           : section == DomainColumn ? tr("Domain")
                                     : tr("Similarity");
}

void FailureModel::setFailures(std::vector<ExtractionFailure> failures)
{
    beginResetModel();
    m_failures = std::move(failures);
    endResetModel();
}

int FailureModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_failures.size());
}

int FailureModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FailureModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ExtractionFailure& failure = m_failures[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) {
        switch (index.column()) {
        case ItemColumn:
            return named(failure.title, failure.itemKey);
        case ReasonColumn:
            return sentences::translated("errors", failure.reason, failure.arguments);
        case AttemptsColumn:
            return numbers::count(std::int64_t{failure.attempts});
        default:
            return QString::fromStdString(failure.reply);
        }
    }
    return index.column() == AttemptsColumn ? numberLook(role) : QVariant();
}

QVariant FailureModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        return headingLook(section == AttemptsColumn);
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return QAbstractTableModel::headerData(section, orientation, role);
    }
    switch (section) {
    case ItemColumn:
        return tr("Item");
    case ReasonColumn:
        return tr("Why it failed");
    case AttemptsColumn:
        return tr("Attempts");
    default:
        return tr("Reply");
    }
}

} // namespace transept::ui
