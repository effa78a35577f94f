#include "ui/data/InteractionModel.h"

#include "core/data/Interactions.h"
#include "ui/data/DataWords.h"
#include "ui/data/Tables.h"
#include "ui/text/Numbers.h"

namespace transept::ui {

namespace {

bool isNumber(int column)
{
    return column == InteractionModel::ValueColumn || column == InteractionModel::LineColumn;
}

QString display(const InteractionRow& row, int column)
{
    switch (column) {
    case InteractionModel::UserColumn:
        return QString::fromStdString(row.user);
    case InteractionModel::ItemColumn:
        return QString::fromStdString(row.item);
    case InteractionModel::TitleColumn:
        return row.title.empty() ? numbers::missing() : QString::fromStdString(row.title);
    case InteractionModel::ValueColumn:
        return numbers::exactly(row.value);
    case InteractionModel::TimeColumn:
        return row.time ? numbers::dateTime(*row.time) : numbers::missing();
    case InteractionModel::PartColumn:
        return row.part == 0 ? numbers::missing() : words::part(row.part);
    default:
        return numbers::count(row.line);
    }
}

} // namespace

InteractionModel::InteractionModel(Session& session, QObject* parent)
    : WindowModel(session, parent)
    , m_anchors(session)
{
}

void InteractionModel::show(std::optional<DomainId> domain, const ExplorerFilter& filter)
{
    m_anchors.cancel();
    if (!domain) {
        clearPages();
        Q_EMIT counted();
        return;
    }
    m_anchors.ask<Explorer::Anchors>(
        [domain = *domain, filter](const Workspace& workspace, const JobContext& context) {
            return Explorer(workspace).anchors(domain, filter, pageSize, context);
        },
        [this, domain = *domain, filter](Result<Explorer::Anchors> anchors) {
            if (!anchors) {
                tell(anchors.error());
                return;
            }
            setPages(
                [domain, filter](
                    const Workspace& workspace, const InteractionPlace& from, int limit, const JobContext&) {
                    return Explorer(workspace).interactions(domain, filter, from, limit);
                },
                std::move(anchors->places),
                anchors->count);
            Q_EMIT counted();
        });
}

int InteractionModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant InteractionModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    const InteractionRow* row = rowAt(index.row());
    if (row == nullptr) {
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("…")) : QVariant();
    }
    if (role == Qt::ToolTipRole && index.column() != TitleColumn) {
        return {};
    }
    return display(*row, index.column());
}

QVariant InteractionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        return role == Qt::DisplayRole ? QVariant(numbers::count(section + 1)) : QVariant();
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case UserColumn:
        return tr("User");
    case ItemColumn:
        return tr("Item");
    case TitleColumn:
        return tr("Title");
    case ValueColumn:
        return tr("Value");
    case TimeColumn:
        return tr("Time");
    case PartColumn:
        return tr("Part");
    default:
        return tr("Line", "line of the imported file");
    }
}

} // namespace transept::ui
