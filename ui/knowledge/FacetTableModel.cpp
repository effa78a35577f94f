#include "ui/knowledge/FacetTableModel.h"

#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtGui/QFont>
#include <QtGui/QGuiApplication>

namespace transept::ui {
namespace {

QString textOr(const std::optional<std::string>& text)
{
    return text ? QString::fromStdString(*text) : numbers::missing();
}

} // namespace

QString editedText(const FacetRow& row)
{
    return QString::fromStdString(row.facet.text.value_or(row.facet.extracted.value_or(std::string())));
}

QString sourceWord(const HeldFacet& facet)
{
    switch (stateOf(facet)) {
    case FacetState::Extracted:
        return FacetTableModel::tr("extracted");
    case FacetState::Edited:
        return FacetTableModel::tr("edited");
    case FacetState::StruckOut:
        return FacetTableModel::tr("struck out");
    case FacetState::Added:
        break;
    }
    return FacetTableModel::tr("added");
}

FacetTableModel::FacetTableModel(Session& session, QObject* parent)
    : WindowModel(session, parent)
    , m_count(session)
{
}

void FacetTableModel::show(std::optional<KnowledgeId> base, const FacetFilter& filter)
{
    m_base = base;
    m_filter = filter;
    m_total.reset();
    if (!base) {
        m_count.cancel();
        clearPages();
        m_total = 0;
        Q_EMIT arrived();
        return;
    }
    growFrom(
        [base = *base,
         filter](const Workspace& workspace, const FacetPlace& from, int limit, const JobContext& context) {
            return facetRows(workspace, base, filter, from, limit, context);
        },
        FacetPlace{});
    countRows();
}

void FacetTableModel::readAgain()
{
    if (m_base) {
        reread();
        countRows();
    }
}

void FacetTableModel::countRows()
{
    m_count.ask<FacetAnchors>(
        [base = *m_base, filter = m_filter](const Workspace& workspace, const JobContext& context) {
            return facetAnchors(workspace, base, filter, pageSize, context);
        },
        [this](Result<FacetAnchors> anchors) {
            if (!anchors) {
                tell(anchors.error());
                return;
            }
            m_total = anchors->count;
            adoptPages(std::move(anchors->places), anchors->count);
            Q_EMIT arrived();
        });
}

FacetPlace FacetTableModel::keyAfter(const FacetRow& last) const
{
    return {last.facet.place.item, last.facet.place.nth + 1};
}

void FacetTableModel::setOtherName(const QString& name)
{
    m_otherName = name;
    Q_EMIT headerDataChanged(Qt::Horizontal, OtherColumn, OtherColumn);
}

int FacetTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString FacetTableModel::display(const FacetRow& row, int column) const
{
    switch (column) {
    case ItemColumn:
        return QString::fromStdString(row.title);
    case DomainColumn: {
        const auto found = m_domains.find(row.domain);
        return found == m_domains.end() ? QString() : found->second;
    }
    case FacetColumn:
        return sentences::facetTitle(row.facet.name);
    case TextColumn:
        return textOr(row.facet.text ? row.facet.text : row.facet.extracted);
    case OtherColumn:
        return textOr(row.other);
    case WeightColumn:
        return row.isOfOther() ? numbers::missing() : numbers::real(row.facet.weight);
    default:
        return row.isOfOther() ? tr("only the other") : sourceWord(row.facet);
    }
}

QVariant FacetTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (index.column() == WeightColumn ? Qt::AlignRight : Qt::AlignLeft));
    }
    const FacetRow* row = rowAt(index.row());
    if (row == nullptr) {
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("…")) : QVariant();
    }
    const bool isConflict = row->conflict && (index.column() == TextColumn || index.column() == OtherColumn);
    switch (role) {
    case Qt::DisplayRole:
        return display(*row, index.column());
    case Qt::EditRole:
        return editedText(*row);
    case Qt::ToolTipRole: {
        const QString text = display(*row, index.column());
        if (index.column() == TextColumn && row->facet.edited > 0 && row->facet.extracted) {
            return tr("%1\nExtracted: %2")
                .arg(row->facet.text ? text : tr("Struck out"), textOr(row->facet.extracted));
        }
        return isConflict ? tr("%1\nIn conflict: nothing in common").arg(text) : text;
    }
    case Qt::DecorationRole:
        return isConflict && index.column() == OtherColumn ? QVariant(icon(QStringLiteral("warning")))
                                                           : QVariant();
    case Qt::ForegroundRole:
        return row->facet.text || index.column() != TextColumn ? QVariant()
                                                               : QVariant(currentTokens().mutedText);
    case Qt::FontRole: {
        QFont font =
            index.column() == WeightColumn ? tabularFont(QGuiApplication::font()) : QGuiApplication::font();
        const bool isMarked = index.column() == TextColumn || index.column() == SourceColumn;
        font.setBold(isMarked && row->facet.edited > 0);
        font.setStrikeOut(index.column() == TextColumn && row->facet.edited > 0 && !row->facet.text);
        return font;
    }
    default:
        return {};
    }
}

Qt::ItemFlags FacetTableModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = WindowModel::flags(index);
    const FacetRow* row =
        m_editable && index.isValid() && index.column() == TextColumn ? rowAt(index.row()) : nullptr;
    return row != nullptr && !row->isOfOther() ? flags | Qt::ItemIsEditable : flags;
}

QVariant FacetTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (section == WeightColumn ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return WindowModel::headerData(section, orientation, role);
    }
    switch (section) {
    case ItemColumn:
        return tr("Item");
    case DomainColumn:
        return tr("Domain");
    case FacetColumn:
        return tr("Facet");
    case TextColumn:
        return tr("Text");
    case OtherColumn:
        return m_otherName;
    case WeightColumn:
        return tr("Weight");
    default:
        return tr("Source", "of a text: extracted or by a person");
    }
}

} // namespace transept::ui
