#pragma once

#include "core/experiment/Runner.h"
#include "core/store/RunStore.h"
#include "ui/shell/IdTypes.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <map>

class QComboBox;

namespace transept::ui {

class ChartCard;
class LineChart;
struct FileDialogs;

using RunCurves = std::map<std::string, std::vector<CurvePoint>>;

/// Two charts with the curves of several runs, one series of numbers each ("train loss", "valid rmse" ...),
/// chosen above it. Curves of a run that trains grow while it does.
class CurvePanel final : public QWidget
{
    Q_OBJECT

public:
    explicit CurvePanel(const FileDialogs& dialogs, QWidget* parent = nullptr);

    struct Shown
    {
        RunId run{};
        QString name;
        int colour = 0;
    };
    /// Which runs are drawn, in this order; curves of others are forgotten.
    void setRuns(std::vector<Shown> runs);
    const std::vector<Shown>& runs() const { return m_runs; }
    void setCurves(RunId run, RunCurves curves);
    void addProgress(const RunProgress& progress);
    bool hasCurves(RunId run) const { return m_curves.contains(run); }
    void setHighlighted(std::optional<RunId> run);

Q_SIGNALS:
    void runClicked(transept::RunId run);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Panel
    {
        LineChart* chart;
        ChartCard* card;
        QComboBox* series;
    };

    Panel makePanel(const char* name, const FileDialogs& dialogs);
    void updateChoices();
    void chooseUnlessChosen(Panel& panel, std::size_t place);
    void draw();
    void draw(const Panel& panel);
    QString title(const std::string& series) const;
    void retranslate();

    std::vector<Shown> m_runs;
    std::map<RunId, RunCurves> m_curves;
    Panel m_upper;
    Panel m_lower;
    QTimer m_redraw; ///< a run that trains fast must not draw more often than eyes see
};

} // namespace transept::ui
