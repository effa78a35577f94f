#pragma once

#include "ui/runs/CurveCard.h"
#include "ui/shell/Page.h"
#include "ui/shell/Query.h"

#include "core/experiment/Comparison.h"

class QSplitter;
class QStackedWidget;
class QTabWidget;

namespace transept::ui {

class CalibrationCard;
class ComparedRunsModel;
class DifferenceCard;
class FindingCard;
class LassoBar;
class MeasureCard;
class RocCard;
class RunPanel;
class RunTableModel;
class SegmentCard;
class SpecCard;

/// Which of several runs is better, by how much, whether that is chance, and what was set differently.
class ComparePage final : public Page
{
    Q_OBJECT

public:
    ComparePage(const PageContext& context, QWidget* parent);

    QString title() const override;
    QString iconName() const override { return QStringLiteral("compare"); }
    void saveState(QSettings& settings) const override;
    void restoreState(QSettings& settings) override;

protected:
    void refresh() override;
    void retranslate() override;

private:
    /// What the answer to a question belongs to: asked again only when one of these is new.
    struct Asked
    {
        RunId run{};
        RunState state = RunState::Queued;
        std::optional<std::int64_t> finished;
        bool operator==(const Asked&) const = default;
    };
    struct Answer
    {
        Comparison comparison;
        CurvesOfRuns curves;
    };

    void buildActions();
    void buildContent();
    void buildLasso();
    void followRuns();
    void showRuns(Result<std::vector<RunRecord>> runs);
    void takeSelection();
    void showSelection();
    void ask();
    void show(Result<Answer> answer);
    void showComparison();
    void showMeasure(); ///< in what shows the measure that is chosen
    void showSpecs();
    void showCurves();
    void showTests();
    void showWarning();
    void keepComparable();
    void selectFinished();
    void moveToFront();
    void exportComparison();
    void updateActions();
    void updateSentence();
    std::vector<RunId> compared() const; ///< the selected runs, at most as many as can be told apart
    QString dataOfSelected() const;

    Query m_runsQuery;
    Query m_query;
    RunTableModel* m_model;
    ComparedRunsModel* m_compared;
    RunPanel* m_runs;
    MeasureCard* m_measures;
    CurveCard* m_curves;
    DifferenceCard* m_differences;
    RocCard* m_roc;
    CalibrationCard* m_calibration;
    QTabWidget* m_results;
    QTabWidget* m_tabs;
    SpecCard* m_specs;
    SegmentCard* m_segments;
    FindingCard* m_findings;
    LassoBar* m_lassoed = nullptr;
    EmptyState* m_choose;
    QStackedWidget* m_lower;
    QSplitter* m_rows;
    QSplitter* m_charts;
    QSplitter* m_details;
    std::vector<Asked> m_asked;
    Comparison m_comparison;
    QAction* m_finished;
    QAction* m_first;
    QAction* m_export;
    QAction* m_chooseColumns;
    QAction* m_find;
    QAction* m_delete;
    QAction* m_toExperiments;
};

} // namespace transept::ui
