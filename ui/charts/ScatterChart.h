#pragma once

#include "ui/charts/Chart.h"
#include "ui/charts/Legend.h"

#include <QtGui/QImage>
#include <QtGui/QPolygonF>

#include <set>

namespace transept::ui {

/// Many points in a plane, each of a group: the map of items. Drawn into one cached picture, because Qt
/// Charts makes an item of every point. Ctrl and dragging (or dragging alone, in lasso mode) draws a lasso
/// around points, Ctrl+A selects those in view, Escape lets them go; where few points are in view their names
/// stand beside them.
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
        double figure = 0.0; ///< on a scale; NaN: none
    };

    explicit ScatterChart(QWidget* parent = nullptr);

    static constexpr int scaleSteps = 32;

    void setPoints(std::vector<Point> points, QStringList groups);
    /// Groups 0 ... scaleSteps - 1 are steps of a scale from pale to strong, and the one after them is
    /// without a value; `text` says what is read of a figure. Null: every group has a colour of its own.
    void setScale(std::function<QString(double figure)> text);
    std::vector<Legend::Entry> legendEntries() const; ///< ids are the groups' names; none of a scale
    void setHidden(const std::set<QString>& groups);
    void setSelected(std::optional<qint64> id); ///< drawn with a ring
    void setLassoMode(bool on) { m_lassoMode = on; }
    const std::vector<qint64>& lassoed() const { return m_lassoed; } ///< in the order of points
    void clearLasso();

    ValueTable values() const override;

Q_SIGNALS:
    void pointClicked(qint64 id);
    void lassoChanged(); ///< other points are lassoed, or none any more

protected:
    Bounds bounds() const override { return m_bounds; }
    void updateSeries() override { m_picture = {}; }
    void paintOver(QPainter& painter) override;
    void addToContextMenu(QMenu& menu) override;
    void hover(const QPointF& position) override;
    void click(const QPointF& position) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    /// Pixels of the plot area by data: pixel = offset + factor * value.
    struct Mapping
    {
        QPointF offset;
        QPointF factor;
        QPointF at(const Point& point) const
        {
            return {offset.x() + factor.x() * point.x, offset.y() + factor.y() * point.y};
        }
    };

    Mapping mapping() const;
    QColor colourOf(int group) const;
    QString groupText(const Point& point) const;
    std::vector<bool> hiddenGroups() const;
    void draw();
    void paintNames(QPainter& painter) const;
    const Point* nearest(const QPointF& position) const;
    void select(const std::function<bool(const QPointF&)>& isMeant);
    void selectInLasso();
    void selectInView();

    std::vector<Point> m_points;
    Bounds m_bounds;
    QStringList m_groups;
    std::function<QString(double)> m_scaleText; ///< null: groups are series
    std::set<QString> m_hidden;
    std::optional<qint64> m_selected;
    std::optional<std::size_t> m_selectedPlace;
    bool m_lassoMode = false;
    QPolygonF m_lasso; ///< that is being drawn
    std::vector<qint64> m_lassoed;
    std::vector<bool> m_isLassoed;     ///< by point; empty: none is
    QImage m_picture;                  ///< of the plot area at the screen's resolution; null: to be drawn
    std::vector<std::size_t> m_inView; ///< where the picture shows few points: which
};

} // namespace transept::ui
