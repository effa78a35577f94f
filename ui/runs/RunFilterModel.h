#pragma once

#include <QtCore/QSortFilterProxyModel>
#include <QtCore/QStringList>

namespace transept::ui {

class RunTableModel;

/// Rows whose name, method, note or state hold all the words that were typed; missing numbers stand last
/// whichever way the rows are sorted.
class RunFilterModel final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit RunFilterModel(RunTableModel* runs, QObject* parent = nullptr);

    void setWords(const QString& text);
    void setOnlyStarred(bool only);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    RunTableModel* m_runs;
    QStringList m_words;
    bool m_onlyStarred = false;
};

} // namespace transept::ui
