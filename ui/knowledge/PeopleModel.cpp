#include "ui/knowledge/PeopleModel.h"

#include "ui/text/Numbers.h"

namespace transept::ui {

PeopleModel::PeopleModel(Session& session, QObject* parent) : WindowModel(session, parent) {}

void PeopleModel::show(std::optional<KnowledgeId> base, const QString& text)
{
    if (!base) {
        clearPages();
        return;
    }
    growFrom(
        [base = *base, text = text.trimmed().toStdString()](
            const Workspace& workspace, PersonId after, int limit, const JobContext&) {
            return KnownPeople(workspace).page(base, text, after, limit);
        },
        PersonId{0});
}

std::optional<int> PeopleModel::rowOf(PersonId person) const
{
    return loadedRow([person](const KnownPerson& each) { return each.person == person; });
}

int PeopleModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PeopleModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const KnownPerson* person = rowAt(index.row());
    if (person == nullptr) {
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("…")) : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        if (index.column() == KeyColumn) {
            return QString::fromStdString(person->keys);
        }
        return person->hasFailed ? tr("%1, failed in others", "number of domains").arg(person->domains)
                                 : numbers::count(person->domains);
    case PersonRole:
        return static_cast<qint64>(number(person->person));
    default:
        return {};
    }
}

QVariant PeopleModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == KeyColumn ? tr("Person") : tr("Domains");
}

} // namespace transept::ui
