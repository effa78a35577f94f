#pragma once

#include "ui/charts/Chart.h"

namespace transept::ui {

/// One horizontal bar a line, from zero, with the interval of its value as a whisker and the value beside it.
class BarChart final : public Chart
{
    Q_OBJECT

public:
    struct Bar
    {
        QString id;
        QString name;
        int colour = 0;
        double value = 0.0; ///< NaN: missing
        std::optional<Range> interval;
    };

    explicit BarChart(QWidget* parent = nullptr);

    void setBars(std::vector<Bar> bars);
    void setHighlighted(const QString& id);
    void setReference(std::optional<double> value); ///< a line across all bars, what they are measured by
    void setDigits(int digits) { m_digits = digits; }

    ValueTable values() const override;

Q_SIGNALS:
    void barHovered(const QString& id); ///< empty: none
    void barClicked(const QString& id);

protected:
    Bounds bounds() const override;
    void updateSeries() override;
    void paintOver(QPainter& painter) override;
    bool zoomsVertically() const override { return false; }
    bool padsX() const override { return true; }
    void hover(const QPointF& position) override;
    void click(const QPointF& position) override;

private:
    void paintBar(QPainter& painter, std::size_t place) const;
    void paintInterval(QPainter& painter, const Range& interval, double y) const;
    const Bar* barAt(const QPointF& position) const;
    QString readOutOf(const Bar& bar) const;

    std::vector<Bar> m_bars;
    QString m_highlighted;
    std::optional<double> m_reference;
    int m_digits = 3;
    int m_nameWidth = 0;
};

} // namespace transept::ui
