#include "ui/data/RejectModel.h"

#include "ui/look/Theme.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

namespace transept::ui {

namespace {

bool isNumber(int column)
{
    return column == RejectModel::LineColumn || column == RejectModel::OffsetColumn;
}

QString display(const RejectRecord& reject, int column)
{
    switch (column) {
    case RejectModel::LineColumn:
        return numbers::count(reject.line);
    case RejectModel::OffsetColumn:
        return numbers::count(reject.offset);
    case RejectModel::ReasonColumn:
        return sentences::translated("errors", reject.reason, reject.arguments);
    default:
        return QString::fromStdString(reject.raw).replace(QLatin1Char('\t'), QStringLiteral(" ⇥ "));
    }
}

} // namespace

RejectModel::RejectModel(Session& session, QObject* parent) : WindowModel(session, parent) {}

void RejectModel::show(std::optional<ImportId> import)
{
    if (!import) {
        clearPages();
        return;
    }
    using Key = std::pair<std::int64_t, std::int64_t>;
    growFrom(
        [import = *import](const Workspace& workspace, const Key& after, int limit, const JobContext&) {
            return ImportLog(workspace).rejects(import, after.first, after.second, limit);
        },
        Key{-1, -1});
}

int RejectModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RejectModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role == Qt::FontRole && index.column() == RawColumn) {
        return monospaceFont();
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    const RejectRecord* reject = rowAt(index.row());
    if (reject == nullptr) {
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("…")) : QVariant();
    }
    return display(*reject, index.column());
}

QVariant RejectModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case LineColumn:
        return tr("Line", "line of the imported file");
    case OffsetColumn:
        return tr("Byte");
    case ReasonColumn:
        return tr("Why it was rejected");
    default:
        return tr("Row as it stands in the file");
    }
}

} // namespace transept::ui
