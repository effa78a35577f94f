#include "ui/data/ItemModel.h"

#include "ui/text/Numbers.h"

namespace transept::ui {

namespace {

constexpr qsizetype longestField = 80; ///< characters of a field in a cell; the whole is in the tooltip

QString fieldsOf(const ItemRecord& item, qsizetype longest, const QString& separator)
{
    QStringList parts;
    for (const auto& [name, value] : item.fields) {
        QString text = QString::fromStdString(value);
        if (text.size() > longest) {
            text = text.left(longest) + QStringLiteral("…");
        }
        parts.append(QStringLiteral("%1: %2").arg(QString::fromStdString(name), text));
    }
    return parts.isEmpty() ? numbers::missing() : parts.join(separator);
}

QVariant display(const ItemRecord& item, int column)
{
    switch (column) {
    case ItemModel::KeyColumn:
        return QString::fromStdString(item.key);
    case ItemModel::TitleColumn:
        return item.title.empty() ? numbers::missing() : QString::fromStdString(item.title);
    case ItemModel::InteractionsColumn:
        return numbers::count(item.interactions);
    default:
        return fieldsOf(item, longestField, QStringLiteral(" · "));
    }
}

QVariant toolTip(const ItemRecord& item, int column)
{
    constexpr qsizetype longestToolTip = 2000;
    switch (column) {
    case ItemModel::TitleColumn:
        return QString::fromStdString(item.title);
    case ItemModel::FieldsColumn:
        return item.fields.empty() ? QString()
                                   : QStringLiteral("<qt>%1</qt>")
                                         .arg(fieldsOf(item, longestToolTip, QStringLiteral("\n"))
                                                  .toHtmlEscaped()
                                                  .replace(QLatin1Char('\n'), QLatin1String("<br>")));
    default:
        return {};
    }
}

} // namespace

ItemModel::ItemModel(Session& session, QObject* parent) : WindowModel(session, parent) {}

void ItemModel::show(std::optional<DomainId> domain, const QString& text)
{
    if (!domain) {
        clearPages();
        Q_EMIT arrived();
        return;
    }
    growFrom(
        [domain = *domain,
         text = text.toStdString()](const Workspace& workspace, ItemId after, int limit, const JobContext&) {
            return Explorer(workspace).items(domain, text, after, limit);
        },
        ItemId{0});
}

int ItemModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ItemModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter |
                   (index.column() == InteractionsColumn ? Qt::AlignRight : Qt::AlignLeft));
    }
    const bool isAsked = role == Qt::DisplayRole || role == Qt::ToolTipRole || role == IdRole;
    const ItemRecord* item = isAsked ? rowAt(index.row()) : nullptr;
    if (item == nullptr) {
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("…")) : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
        return display(*item, index.column());
    case Qt::ToolTipRole:
        return toolTip(*item, index.column());
    default:
        return qlonglong(number(item->id));
    }
}

QVariant ItemModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        return role == Qt::DisplayRole ? QVariant(numbers::count(section + 1)) : QVariant();
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (section == InteractionsColumn ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case KeyColumn:
        return tr("Item");
    case TitleColumn:
        return tr("Title");
    case InteractionsColumn:
        return tr("Interactions");
    default:
        return tr("Fields");
    }
}

} // namespace transept::ui
