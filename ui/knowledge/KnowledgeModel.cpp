#include "ui/knowledge/KnowledgeModel.h"

#include "core/knowledge/PromptLibrary.h"
#include "ui/look/Theme.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtGui/QFont>
#include <QtGui/QGuiApplication>

namespace transept::ui {
namespace {

QVariant display(const KnowledgeBase& base, int column)
{
    switch (column) {
    case KnowledgeModel::NameColumn:
        return QString::fromStdString(base.name);
    case KnowledgeModel::ExtractorColumn:
        return extractorText(base);
    case KnowledgeModel::ItemsColumn:
        return numbers::count(base.items);
    case KnowledgeModel::DimensionColumn:
        return base.dimension > 0 ? numbers::count(std::int64_t{base.dimension}) : numbers::missing();
    default:
        return base.tokensIn + base.tokensOut > 0 ? numbers::count(base.tokensIn + base.tokensOut)
                                                  : numbers::missing();
    }
}

} // namespace

QString extractorText(const KnowledgeBase& base)
{
    const QString extractor = QString::fromStdString(base.extractor);
    const Json origins = base.config.is_object() ? base.config.value("prompts", Json()) : Json();
    const std::string prompt = origins.is_object() ? origins.value("prompt", std::string()) : std::string();
    return prompt.empty() || prompt == builtInName
               ? extractor
               : KnowledgeModel::tr("%1, prompt %2", "name of an extractor, of a saved prompt")
                     .arg(extractor, QString::fromStdString(prompt));
}

QString extractionState(const std::string& state)
{
    if (state == "running") {
        return KnowledgeModel::tr("running");
    }
    if (state == "finished") {
        return KnowledgeModel::tr("finished");
    }
    if (state == "interrupted") {
        return KnowledgeModel::tr("interrupted");
    }
    return state == "cancelled" ? KnowledgeModel::tr("cancelled") : KnowledgeModel::tr("failed");
}

void KnowledgeModel::setBases(std::vector<KnowledgeBase> bases, std::vector<KnowledgeVersion> versions)
{
    beginResetModel();
    m_bases = std::move(bases);
    m_versions = std::move(versions);
    m_versions.resize(m_bases.size());
    endResetModel();
}

void KnowledgeModel::updateBases(const std::vector<KnowledgeBase>& bases)
{
    for (const KnowledgeBase& base : bases) {
        if (const std::optional<int> row = rowOf(base.id)) {
            m_bases[static_cast<std::size_t>(*row)] = base;
            Q_EMIT dataChanged(index(*row, 0), index(*row, ColumnCount - 1));
        }
    }
}

QString KnowledgeModel::state(int row) const
{
    const KnowledgeBase& base = m_bases[static_cast<std::size_t>(row)];
    const QString said = version(row).isFrozen ? tr("frozen") : extractionState(base.state);
    return base.copyOf.empty() ? said
                               : tr("%1, copy of %2", "a state, the name of a knowledge base")
                                     .arg(said, QString::fromStdString(base.copyOf));
}

/// What is behind the state, and what can be done.
QString KnowledgeModel::stateHint(int row) const
{
    const KnowledgeBase& base = m_bases[static_cast<std::size_t>(row)];
    if (base.isIncompleteCopy && base.state != "running") {
        return tr("The copy was not completed: delete it, and make it again.");
    }
    if (version(row).isFrozen) {
        return tr("A run was trained with it, so it stays as it is. Make a copy to add new items.");
    }
    return base.reason.empty() ? state(row) : sentences::translated("errors", base.reason);
}

const KnowledgeBase* KnowledgeModel::base(KnowledgeId id) const
{
    const std::optional<int> row = rowOf(id);
    return row ? &m_bases[static_cast<std::size_t>(*row)] : nullptr;
}

std::optional<int> KnowledgeModel::rowOf(KnowledgeId id) const
{
    const auto found = std::ranges::find(m_bases, id, &KnowledgeBase::id);
    return found == m_bases.end() ? std::nullopt : std::optional(static_cast<int>(found - m_bases.begin()));
}

void KnowledgeModel::retranslate()
{
    if (!m_bases.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

int KnowledgeModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_bases.size());
}

int KnowledgeModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant KnowledgeModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const KnowledgeBase& base = m_bases[static_cast<std::size_t>(index.row())];
    const bool isNumber = index.column() >= ItemsColumn;
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == StateColumn ? QVariant(state(index.row())) : display(base, index.column());
    case Qt::ToolTipRole:
        return index.column() == StateColumn ? QVariant(stateHint(index.row()))
                                             : display(base, index.column());
    case Qt::TextAlignmentRole:
        return isNumber ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case Qt::FontRole:
        return isNumber ? QVariant(tabularFont(QGuiApplication::font())) : QVariant();
    case KnowledgeRole:
        return static_cast<qint64>(number(base.id));
    default:
        return {};
    }
}

QVariant KnowledgeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int((section >= ItemsColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case NameColumn:
        return tr("Knowledge base");
    case ExtractorColumn:
        return tr("Extractor");
    case StateColumn:
        return tr("State");
    case ItemsColumn:
        return tr("Items");
    case DimensionColumn:
        return tr("Dimensions");
    default:
        return tr("Tokens");
    }
}

} // namespace transept::ui
