#pragma once

#include "ui/charts/Chart.h"
#include "ui/charts/Legend.h"

#include <set>

namespace transept::ui {

/// Curves over an ascending x: training curves, activity and popularity curves.
class LineChart final : public Chart
{
    Q_OBJECT

public:
    struct Series
    {
        QString id;
        QString name;
        int colour = 0;          ///< as seriesColour() counts
        std::vector<double> x;   ///< ascending
        std::vector<double> y;   ///< as long; NaN and infinities are gaps
        std::vector<double> low; ///< of an interval around y, drawn as a band; empty: none
        std::vector<double> high;
    };

    explicit LineChart(QWidget* parent = nullptr);

    /// Replaces all curves; cheap enough for ten times a second. The view follows new data unless it is
    /// zoomed.
    void setSeries(std::vector<Series> series);
    const std::vector<Series>& series() const { return m_series; }
    std::vector<Legend::Entry> legendEntries() const;

    void setHidden(const std::set<QString>& ids);
    void setHighlighted(const QString& id); ///< drawn strong, the others pale; empty: none
    void setSmoothing(double smoothing);    ///< 0 ... 0.99; above 0 the raw line stays visible, pale
    double smoothing() const { return m_smoothing; }
    void setWholeNumbers(bool whole) { setWholeX(whole); }
    void setStartsAtZero(bool starts) { setYStartsAtZero(starts); }
    /// A dashed line to hold the curves against: none, y = x, or y = 0. The view reaches it.
    enum class Reference { None, Diagonal, Zero };
    void setReference(Reference reference);
    void setNamesAtEnds(bool shown);                       ///< the name of each curve beside its last point
    void setXName(const QString& name) { m_xName = name; } ///< in read-outs and tables: "epoch"

    ValueTable values() const override;
    ValueTable shownValues() const override;

Q_SIGNALS:
    void seriesHovered(const QString& id); ///< empty: none
    void seriesClicked(const QString& id);

protected:
    Bounds bounds() const override;
    void updateSeries() override;
    void paintOver(QPainter& painter) override;
    QString readOutAt(double x) const override;
    std::vector<double> crosshairStops() const override;
    void hover(const QPointF& position) override;
    void click(const QPointF& position) override;

private:
    struct EndLabel
    {
        QPointF at;
        double y = 0.0;
        const Series* series = nullptr;
    };

    bool isHidden(const Series& series) const { return m_hidden.contains(series.id); }
    QColor colourOf(const Series& series) const;
    void drawPieces(const std::vector<double>& x,
                    const std::vector<double>& y,
                    const QPen& pen,
                    std::size_t columns);
    void paintReference(QPainter& painter) const;
    void paintBands(QPainter& painter) const;
    void paintCrosshairMarks(QPainter& painter) const;
    std::vector<EndLabel> endLabels() const;
    void spread(std::vector<EndLabel>& labels, double height) const;
    void paintEnds(QPainter& painter) const;
    const Series* nearest(const QPointF& position) const;
    void reserveSpaceForNames();
    const std::vector<double>& stops() const;

    std::vector<Series> m_series;
    std::vector<std::vector<double>> m_smooth; ///< one a series, over the full data
    mutable std::vector<double> m_stops;       ///< of the crosshair; empty: not yet collected
    std::set<QString> m_hidden;
    QString m_highlighted;
    QString m_xName;
    double m_smoothing = 0.0;
    Reference m_reference = Reference::None;
    bool m_namesAtEnds = false;
    int m_nameWidth = 0;
    std::vector<QLineSeries*> m_pool;
    std::size_t m_used = 0;
};

} // namespace transept::ui
