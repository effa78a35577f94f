#include "ui/runs/RunFilterModel.h"

#include "ui/runs/RunTableModel.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace transept::ui {

RunFilterModel::RunFilterModel(RunTableModel* runs, QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_runs(runs)
{
    setSortRole(RunTableModel::SortRole);
    setSortLocaleAware(true);
    setSortCaseSensitivity(Qt::CaseInsensitive);
}

void RunFilterModel::setWords(const QString& text)
{
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

void RunFilterModel::setOnlyStarred(bool only)
{
    m_onlyStarred = only;
    invalidateFilter();
}

bool RunFilterModel::filterAcceptsRow(int row, const QModelIndex&) const
{
    if (m_onlyStarred && !m_runs->runAt(row).star) {
        return false;
    }
    QStringList texts;
    for (const int column : {int(RunTableModel::NameColumn),
                             int(RunTableModel::MethodColumn),
                             int(RunTableModel::StateColumn),
                             m_runs->noteColumn()}) {
        texts << m_runs->index(row, column).data().toString();
    }
    return std::ranges::all_of(m_words, [&texts](const QString& word) {
        return std::ranges::any_of(
            texts, [&word](const QString& text) { return text.contains(word, Qt::CaseInsensitive); });
    });
}

bool RunFilterModel::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const QVariant leftKey = left.data(sortRole());
    const QVariant rightKey = right.data(sortRole());
    if (leftKey.typeId() != QMetaType::Double || rightKey.typeId() != QMetaType::Double) {
        return QSortFilterProxyModel::lessThan(left, right);
    }
    // Missing values are infinite; a descending order asks with the sides exchanged.
    const auto keyOf = [this](double key) {
        return std::isinf(key) && sortOrder() == Qt::DescendingOrder
                   ? -std::numeric_limits<double>::infinity()
                   : key;
    };
    return keyOf(leftKey.toDouble()) < keyOf(rightKey.toDouble());
}

} // namespace transept::ui
