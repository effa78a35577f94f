#pragma once

#include "core/store/RunStore.h"

#include <QtWidgets/QHeaderView>

class QTableView;

namespace transept::ui {

/// Elides the name of a run so that it fits beside the run's mark, which the header of Qt does not count, and
/// keeps the mark at the name where that stands on the right.
class RunHeader final : public QHeaderView
{
public:
    explicit RunHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {}

    void initStyleOptionForIndex(QStyleOptionHeader* option, int section) const override;

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;

private:
    QIcon markOf(int section) const;
    bool isOnTheRight(int section) const;
};

/// Name and mark of a run, for the header of its column.
QVariant runHeaderData(const RunRecord& run, int role);

/// A quiet table that has a column for every run, each at least so wide.
void setUpRunTable(QTableView* table, int leastWidth);

} // namespace transept::ui
