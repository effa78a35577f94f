#include "ui/compare/ComparedRuns.h"

#include "ui/look/Theme.h"
#include "ui/runs/RunTableModel.h"
#include "ui/text/Numbers.h"

#include <QtGui/QFontMetrics>
#include <QtGui/QGuiApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace transept::ui {
namespace {

/// Columns are as wide as their texts when the runs are read; what is tested comes later.
QSize roomFor(ComparedRunsModel::Test test)
{
    constexpr int padding = 28;
    const QString widest = test == ComparedRunsModel::Difference ? numbers::signedReal(0.000888)
                           : test == ComparedRunsModel::Better   ? numbers::percent(1.0)
                                                                 : numbers::probability(0.0);
    const QFontMetrics metrics(tabularFont(QGuiApplication::font()));
    return {metrics.horizontalAdvance(widest) + padding, metrics.height()};
}

} // namespace

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
    const int last = columnCount() - 1;
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, column(Difference)), index(rowCount() - 1, last));
    }
    Q_EMIT headerDataChanged(Qt::Horizontal, column(Difference), last);
}

int ComparedRunsModel::column(Test test) const
{
    return m_runs->columnCount() + test;
}

QString ComparedRunsModel::columnKey(int column) const
{
    static const QStringList tests{
        QStringLiteral("difference"), QStringLiteral("better"), QStringLiteral("p")};
    const int test = column - m_runs->columnCount();
    return test < 0 ? m_runs->columnKey(column) : tests[test];
}

QStringList ComparedRunsModel::usualOrder() const
{
    QStringList keys;
    for (int column = 0; column < m_runs->columnCount(); ++column) {
        if (column == m_runs->timeColumn()) {
            for (const Test test : {Difference, Better, Probability}) {
                keys << columnKey(this->column(test));
            }
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
    return parent.isValid() ? 0 : m_runs->columnCount() + TestCount;
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
    return proxyIndex.isValid() && proxyIndex.column() < m_runs->columnCount()
               ? m_runs->index(proxyIndex.row(), proxyIndex.column())
               : QModelIndex();
}

Qt::ItemFlags ComparedRunsModel::flags(const QModelIndex& index) const
{
    return index.column() >= m_runs->columnCount()
               ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
               : QIdentityProxyModel::flags(index);
}

std::optional<double> ComparedRunsModel::valueOf(RunId run, Test test) const
{
    const auto found = m_tests.against.find(run);
    if (found == m_tests.against.end() || m_tests.first == run) {
        return std::nullopt;
    }
    const Against& against = found->second;
    const double value = test == Difference ? against.difference
                         : test == Better   ? against.better
                                            : against.p;
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

QString ComparedRunsModel::textOf(RunId run, Test test) const
{
    const std::optional<double> value = valueOf(run, test);
    if (!value) {
        return numbers::missing();
    }
    return test == Difference ? numbers::signedReal(*value)
           : test == Better   ? numbers::percent(*value)
                              : numbers::probability(*value);
}

QVariant ComparedRunsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.column() < m_runs->columnCount()) {
        return QIdentityProxyModel::data(index, role);
    }
    const RunRecord& run = m_runs->runAt(index.row());
    const auto test = static_cast<Test>(index.column() - m_runs->columnCount());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return textOf(run.id, test);
    case RunTableModel::SortRole:
        return valueOf(run.id, test).value_or(std::numeric_limits<double>::infinity());
    case RunTableModel::RunRole:
        return static_cast<qint64>(number(run.id));
    case Qt::TextAlignmentRole:
        return int(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::FontRole:
        return tabularFont(QGuiApplication::font());
    case Qt::SizeHintRole:
        return roomFor(test);
    case Qt::ToolTipRole:
        return m_tests.first == run.id ? tr("The others are tested against this run") : QVariant();
    default:
        return {};
    }
}

QString ComparedRunsModel::titleOf(Test test) const
{
    return test == Difference ? tr("Difference") : test == Better ? tr("Better for") : tr("p against first");
}

QString ComparedRunsModel::meaningOf(Test test) const
{
    const QString measure = m_tests.measure.isEmpty() ? tr("the measure") : m_tests.measure;
    switch (test) {
    case Difference:
        return tr("%1 of the run, less that of the first selected run", "a measure").arg(measure);
    case Better:
        return tr("For how many of the people of both runs %1 is better than with the first selected run; "
                  "equal ones count half",
                  "a measure")
            .arg(measure);
    default:
        return tr("How likely a difference in %1 to the first selected run would be by chance: paired "
                  "Wilcoxon test over the people of both, corrected after Holm")
            .arg(measure);
    }
}

QVariant ComparedRunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < m_runs->columnCount() || section >= columnCount()) {
        return QIdentityProxyModel::headerData(section, orientation, role);
    }
    const auto test = static_cast<Test>(section - m_runs->columnCount());
    switch (role) {
    case Qt::DisplayRole:
        return titleOf(test);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return meaningOf(test);
    default:
        return {};
    }
}

} // namespace transept::ui
