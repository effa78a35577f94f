#pragma once

#include <QtWidgets/QFrame>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QSettings;
class QToolButton;

namespace transept::ui {

class Chart;
class ElidedLabel;
class Legend;
class LineChart;

/// A chart in its frame: heading, what the crosshair reads, a button back to everything while the chart is
/// zoomed, further tools, and a legend that hides and highlights. Owns the chart.
class ChartCard final : public QFrame
{
    Q_OBJECT

public:
    explicit ChartCard(Chart* chart, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    Legend& legend() { return *m_legend; }
    /// The legend stands at the right of the chart, so wide, and scrolls; else it lies below.
    void placeLegendBeside(int pixels);
    /// "log" and "smooth" beside the heading, for curves.
    void addCurveTools(LineChart* chart);
    void addTool(QWidget* tool);
    /// What the chart shows, to be chosen where the heading stands; the heading is there while it is hidden.
    void setChoice(QComboBox* choice);
    /// A sentence in place of the chart while there is nothing to draw; empty: the chart.
    void setNothing(const QString& sentence);

    /// Zoom, and for curves whether the axis is logarithmic and they are smoothed, by the name of the chart.
    void saveState(QSettings& settings) const;
    void restoreState(QSettings& settings);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    Chart* m_chart;
    QLabel* m_title;
    QComboBox* m_choice = nullptr;
    ElidedLabel* m_readOut;
    QLabel* m_nothing;
    QToolButton* m_reset;
    QToolButton* m_log = nullptr;
    QToolButton* m_smooth = nullptr;
    QHBoxLayout* m_tools;
    QWidget* m_body; ///< the chart, and a legend beside it
    Legend* m_legend;
};

} // namespace transept::ui
