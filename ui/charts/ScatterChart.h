#pragma once

#include "ui/charts/Chart.h"
#include "ui/charts/Legend.h"

#include <QtGui/QImage>

#include <set>

namespace transept::ui {

/// Many points in a plane, each of a group: the map of items. Drawn into one cached picture, because Qt
/// Charts makes an item of every point.
class ScatterChart final : public Chart
{
    Q_OBJECT

public:
    struct Point
    {
        double x = 0.0;
        double y = 0.0;
        int group = 0; ///< place in the groups
        qint64 id = 0;
        QString name;
    };

    explicit ScatterChart(QWidget* parent = nullptr);

    void setPoints(std::vector<Point> points, QStringList groups);
    std::vector<Legend::Entry> legendEntries() const; ///< ids are the groups' names
    void setHidden(const std::set<QString>& groups);
    void setSelected(std::optional<qint64> id); ///< drawn with a ring

    ValueTable values() const override;

Q_SIGNALS:
    void pointClicked(qint64 id);

protected:
    Bounds bounds() const override;
    void updateSeries() override { m_picture = {}; }
    void paintOver(QPainter& painter) override;
    void hover(const QPointF& position) override;
    void click(const QPointF& position) override;

private:
    bool isHidden(const Point& point) const;
    QImage drawn() const;
    const Point* nearest(const QPointF& position) const;

    std::vector<Point> m_points;
    QStringList m_groups;
    std::set<QString> m_hidden;
    std::optional<qint64> m_selected;
    QImage m_picture; ///< of the plot area at the screen's resolution; null: to be drawn
};

} // namespace transept::ui
