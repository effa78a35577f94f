#pragma once

#include "core/store/RunStore.h"
#include "ui/shell/IdTypes.h"

#include <QtWidgets/QWidget>

#include <map>

class QComboBox;

namespace transept::ui {

class ChartCard;
class LineChart;
struct FileDialogs;

using CurvesOfRuns = std::map<RunId, std::map<std::string, std::vector<CurvePoint>>>;

/// The curves of several runs over each other: what was measured on validation after every epoch, or the
/// loss, chosen above.
class CurveCard final : public QWidget
{
    Q_OBJECT

public:
    explicit CurveCard(const FileDialogs& dialogs, QWidget* parent = nullptr);

    struct Shown
    {
        RunId run{};
        QString name;
        int colour = 0;
    };
    void setRuns(std::vector<Shown> runs);
    void setCurves(CurvesOfRuns curves);
    QString series() const { return m_wanted; } ///< what was chosen: "valid rmse"; empty: nothing yet
    void setSeries(const QString& series);
    void setHighlighted(std::optional<RunId> run);
    void retranslate();

Q_SIGNALS:
    void runClicked(transept::RunId run);

private:
    void fillChoice();
    void draw();
    static QString title(const std::string& series);

    LineChart* m_chart;
    ChartCard* m_card;
    QComboBox* m_choice;
    std::vector<Shown> m_runs;
    CurvesOfRuns m_curves;
    QString m_wanted;
};

} // namespace transept::ui
