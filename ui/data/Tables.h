#pragma once

#include "ui/look/TableLook.h"

#include <QtCore/QString>
#include <QtWidgets/QHeaderView>

class QTableView;

namespace transept::ui {

/// Numbers of rows, muted, in line with the rows (a style sheet paints them as high as their text only).
class RowNumbers final : public QHeaderView
{
    Q_OBJECT

public:
    explicit RowNumbers(QWidget* parent, int rowHeight = tableRowHeight); // in pixels

protected:
    QSize sectionSizeFromContents(int section) const override;
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
};

/// A quiet table, as all of the data page are: figures of equal width, columns movable.
QTableView* makeTable(QAbstractItemModel* model, const QString& name, QWidget* parent);

/// Makes the columns that cut their texts or headers wider, up to `widest` pixels.
void widenToContents(QTableView* table, int widest);

} // namespace transept::ui
