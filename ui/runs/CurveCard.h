#pragma once

#include "core/experiment/Runner.h"
#include "core/store/RunStore.h"
#include "ui/charts/Legend.h"
#include "ui/shell/IdTypes.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <map>

class QComboBox;
class QSettings;

namespace transept::ui {

class ChartCard;
class LineChart;
struct FileDialogs;

using RunCurves = std::map<std::string, std::vector<CurvePoint>>;
using CurvesOfRuns = std::map<RunId, RunCurves>;

/// The curves of several runs over each other: what was measured on validation after every epoch, or the
/// loss, chosen above. Those of a run that trains grow while it does.
class CurveCard final : public QWidget
{
    Q_OBJECT

public:
    /// The chart is called `name`, the choice above it `name` + "Choice". Until somebody chooses, the card
    /// shows the measure on validation at `place` among those that there are.
    CurveCard(const QString& name, std::size_t place, const FileDialogs& dialogs, QWidget* parent = nullptr);

    struct Shown
    {
        RunId run{};
        QString name;
        int colour = 0;
        bool operator==(const Shown&) const = default;
    };
    void setRuns(std::vector<Shown> runs);         ///< in this order; curves of others are forgotten
    void setCurves(CurvesOfRuns curves);           ///< of all shown runs
    void setCurves(RunId run, RunCurves curves);   ///< later epochs that were told meanwhile are kept
    void forget(RunId run);                        ///< what was known of it: it begins anew
    void addProgress(const RunProgress& progress); ///< ignored for runs that are not shown
    bool hasCurves(RunId run) const { return m_curves.contains(run); }

    /// Has no legend of its own: hides and highlights what the legend of the other card says.
    void followLegendOf(CurveCard& leader);

    void resetZoom();       ///< shows all and follows; else the zoom stays, whatever is shown
    QString series() const; ///< what is shown: "valid rmse"; empty: nothing yet
    void setHighlighted(std::optional<RunId> run);
    void setNothing(const QString& sentence); ///< said in place of the chart while no run has curves
    void retranslate();

    void saveState(QSettings& settings) const;
    void restoreState(QSettings& settings);

Q_SIGNALS:
    void runClicked(transept::RunId run);

private:
    bool isShown(RunId run) const;
    void fillChoice();
    int usualChoice() const;
    std::vector<Legend::Entry> entries() const;
    void draw();
    static QString title(const std::string& series);

    std::size_t m_place;
    LineChart* m_chart;
    ChartCard* m_card;
    QComboBox* m_choice;
    std::vector<Shown> m_runs;
    CurvesOfRuns m_curves;
    QString m_wanted; ///< chosen once, kept while runs are shown that lack it
    QString m_nothing;
    bool m_hasLegend = true;
    QTimer m_redraw; ///< a run that trains fast must not draw more often than eyes see
};

} // namespace transept::ui
