#pragma once

#include "ui/charts/Chart.h"

namespace transept::ui {

/// A histogram: columns over intervals of x, from zero.
class ColumnChart final : public Chart
{
    Q_OBJECT

public:
    struct Column
    {
        double low = 0.0;
        double high = 1.0;
        double count = 0.0;
        bool operator==(const Column&) const = default;
    };

    explicit ColumnChart(QWidget* parent = nullptr);

    /// Columns of ascending x. Where low == high the column stands for that one value and is drawn as wide as
    /// the smallest distance between neighbours allows.
    void setColumns(std::vector<Column> columns, int colour = 0);

    ValueTable values() const override;

protected:
    Bounds bounds() const override;
    void paintOver(QPainter& painter) override;
    void hover(const QPointF& position) override;

private:
    Range extentOf(const Column& column) const;

    std::vector<Column> m_columns;
    double m_valueWidth = 1.0; ///< of columns that stand for one value
    int m_colour = 0;
};

} // namespace transept::ui
