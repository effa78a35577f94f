#include "ui/data/ImportModel.h"

#include "core/base/Json.h"
#include "ui/data/DataWords.h"
#include "ui/look/Tokens.h"
#include "ui/text/Numbers.h"

#include <QtCore/QFileInfo>

namespace transept::ui {

namespace {

bool isNumber(int column)
{
    return column >= ImportModel::ReadColumn && column <= ImportModel::SkippedColumn;
}

std::optional<std::int64_t> countOf(const ImportRecord& record, int column)
{
    switch (column) {
    case ImportModel::ReadColumn:
        return record.read;
    case ImportModel::ImportedColumn:
        return record.imported;
    case ImportModel::RejectedColumn:
        return record.rejected;
    case ImportModel::SkippedColumn:
        return record.skipped;
    default:
        return std::nullopt;
    }
}

/// A number above zero says that there is something to look at.
QVariant colourOf(const ImportRecord& record, int column)
{
    if (column == ImportModel::RejectedColumn && record.rejected > 0) {
        return currentTokens().warning;
    }
    if (column == ImportModel::StateColumn && record.state != "finished" && record.state != "running") {
        return record.state == "failed" ? currentTokens().bad : currentTokens().warning;
    }
    return {};
}

} // namespace

bool canResume(const ImportRecord& record)
{
    return record.state == "interrupted" || record.state == "cancelled";
}

void ImportModel::setImports(std::vector<ImportRecord> imports, std::map<DomainId, QString> domainNames)
{
    beginResetModel();
    m_imports = std::move(imports);
    m_domainNames = std::move(domainNames);
    endResetModel();
}

const ImportRecord* ImportModel::record(int row) const
{
    return row >= 0 && row < rowCount() ? &m_imports[static_cast<std::size_t>(row)] : nullptr;
}

int ImportModel::rowOf(ImportId import) const
{
    const auto found = std::find_if(
        m_imports.begin(), m_imports.end(), [&](const ImportRecord& each) { return each.id == import; });
    return found == m_imports.end() ? -1 : static_cast<int>(found - m_imports.begin());
}

int ImportModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_imports.size());
}

int ImportModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ImportModel::domainName(const ImportRecord& record) const
{
    if (record.domain) {
        const auto found = m_domainNames.find(*record.domain);
        return found == m_domainNames.end() ? tr("deleted") : found->second;
    }
    const Result<Json> options = parseJson(record.options, "options");
    const bool isNamed =
        options && options->is_object() && options->contains("domain") && options->at("domain").is_string();
    return isNamed ? QString::fromStdString(options->at("domain").get<std::string>()) : QString();
}

QString ImportModel::display(const ImportRecord& record, int column) const
{
    if (const auto count = countOf(record, column)) {
        return numbers::count(*count);
    }
    switch (column) {
    case FileColumn:
        return QFileInfo(QString::fromStdString(record.file)).fileName(); // splits the text only
    case TargetColumn:
        return words::target(record.target);
    case DomainColumn: {
        const QString name = domainName(record);
        return name.isEmpty() ? numbers::missing() : name;
    }
    case StateColumn:
        return words::importState(record.state);
    default:
        return numbers::dateTime(record.started);
    }
}

QVariant ImportModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ImportRecord& each = m_imports[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return display(each, index.column());
    case Qt::ToolTipRole:
        if (index.column() == FileColumn) {
            return QString::fromStdString(each.file);
        }
        return index.column() == DomainColumn ? QVariant(display(each, DomainColumn)) : QVariant();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ForegroundRole:
        return colourOf(each, index.column());
    case SortRole:
        if (index.column() == StartedColumn) {
            return qlonglong(each.started);
        }
        return isNumber(index.column()) ? QVariant(qlonglong(*countOf(each, index.column())))
                                        : QVariant(display(each, index.column()));
    default:
        return {};
    }
}

QVariant ImportModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case FileColumn:
        return tr("File");
    case TargetColumn:
        return tr("Rows are");
    case DomainColumn:
        return tr("Domain");
    case StateColumn:
        return tr("State");
    case ReadColumn:
        return tr("Read");
    case ImportedColumn:
        return tr("Imported");
    case RejectedColumn:
        return tr("Rejected");
    case SkippedColumn:
        return tr("Skipped");
    default:
        return tr("Started");
    }
}

} // namespace transept::ui
