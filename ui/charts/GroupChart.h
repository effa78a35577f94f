#pragma once

#include "ui/charts/Chart.h"

namespace transept::ui {

/// Columns from zero, side by side in groups that are named below: several series over a few categories. For
/// places too low for an axis: the values are read by pointing at them.
class GroupChart final : public Chart
{
    Q_OBJECT

public:
    struct Series
    {
        QString id;
        QString name;
        int colour = 0;
        std::vector<double> values; ///< by group; NaN: missing
    };

    explicit GroupChart(QWidget* parent = nullptr);

    void setGroups(QStringList groups, std::vector<Series> series);

    ValueTable values() const override;

Q_SIGNALS:
    void seriesClicked(const QString& id);

protected:
    Bounds bounds() const override;
    void updateSeries() override;
    void paintOver(QPainter& painter) override;
    bool zoomsHorizontally() const override { return false; }
    void hover(const QPointF& position) override;
    void click(const QPointF& position) override;

private:
    struct Place
    {
        std::size_t group = 0;
        std::size_t series = 0;
    };
    std::optional<Place> placeAt(const QPointF& position) const;
    Range extentOf(Place place) const;
    void paintColumns(QPainter& painter) const;
    void paintNames(QPainter& painter) const;

    QStringList m_groups;
    std::vector<Series> m_series;
};

} // namespace transept::ui
