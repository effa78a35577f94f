#include "ui/compare/ComparedRuns.h"

#include "ui/look/Theme.h"
#include "ui/runs/RunTableModel.h"
#include "ui/text/Numbers.h"

#include <QtGui/QGuiApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace transept::ui {

ComparedRunsModel::ComparedRunsModel(RunTableModel* runs, QObject* parent)
    : QIdentityProxyModel(parent)
    , m_runs(runs)
{
    setSourceModel(runs);
}

void ComparedRunsModel::setTests(Tests tests)
{
    m_tests = std::move(tests);
    retranslate();
}

void ComparedRunsModel::retranslate()
{
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, testColumn()), index(rowCount() - 1, testColumn()));
    }
    Q_EMIT headerDataChanged(Qt::Horizontal, testColumn(), testColumn());
}

int ComparedRunsModel::testColumn() const
{
    return m_runs->columnCount();
}

QString ComparedRunsModel::columnKey(int column) const
{
    return column == testColumn() ? QStringLiteral("p") : m_runs->columnKey(column);
}

QStringList ComparedRunsModel::usualOrder() const
{
    QStringList keys;
    for (int column = 0; column < testColumn(); ++column) {
        if (column == m_runs->timeColumn()) {
            keys << columnKey(testColumn());
        }
        keys << columnKey(column);
    }
    return keys;
}

int ComparedRunsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_runs->rowCount();
}

int ComparedRunsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : testColumn() + 1;
}

bool ComparedRunsModel::hasChildren(const QModelIndex& parent) const
{
    return !parent.isValid() && rowCount() > 0;
}

QModelIndex ComparedRunsModel::index(int row, int column, const QModelIndex& parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex ComparedRunsModel::sibling(int row, int column, const QModelIndex& index) const
{
    return index.isValid() ? this->index(row, column) : QModelIndex();
}

QModelIndex ComparedRunsModel::buddy(const QModelIndex& index) const
{
    return index;
}

QModelIndex ComparedRunsModel::mapToSource(const QModelIndex& proxyIndex) const
{
    return proxyIndex.isValid() && proxyIndex.column() < testColumn()
               ? m_runs->index(proxyIndex.row(), proxyIndex.column())
               : QModelIndex();
}

Qt::ItemFlags ComparedRunsModel::flags(const QModelIndex& index) const
{
    return index.column() == testColumn()
               ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
               : QIdentityProxyModel::flags(index);
}

std::optional<double> ComparedRunsModel::testOf(RunId run) const
{
    const auto found = m_tests.p.find(run);
    return found == m_tests.p.end() || m_tests.first == run || std::isnan(found->second)
               ? std::nullopt
               : std::optional(found->second);
}

QVariant ComparedRunsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.column() != testColumn()) {
        return QIdentityProxyModel::data(index, role);
    }
    const RunRecord& run = m_runs->runAt(index.row());
    const std::optional<double> p = testOf(run.id);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return p ? numbers::probability(*p) : numbers::missing();
    case RunTableModel::SortRole:
        return p.value_or(std::numeric_limits<double>::infinity());
    case RunTableModel::RunRole:
        return static_cast<qint64>(number(run.id));
    case Qt::TextAlignmentRole:
        return int(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::FontRole:
        return tabularFont(QGuiApplication::font());
    case Qt::ToolTipRole:
        return m_tests.first == run.id ? tr("The others are tested against this run") : QVariant();
    default:
        return {};
    }
}

QVariant ComparedRunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section != testColumn()) {
        return QIdentityProxyModel::headerData(section, orientation, role);
    }
    switch (role) {
    case Qt::DisplayRole:
        return tr("p against first");
    case Qt::TextAlignmentRole:
        return int(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return m_tests.measure.isEmpty()
                   ? tr("How likely a difference to the first selected run would be by chance")
                   : tr("How likely a difference in %1 to the first selected run would be by chance: paired "
                        "Wilcoxon test over the people of both, corrected after Holm")
                         .arg(m_tests.measure);
    default:
        return {};
    }
}

} // namespace transept::ui
