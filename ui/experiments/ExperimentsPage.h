#pragma once

#include "ui/experiments/CurvePanel.h"
#include "ui/experiments/SpecForm.h"
#include "ui/shell/Page.h"
#include "ui/shell/Query.h"

#include <map>
#include <set>

class QLabel;
class QSplitter;

namespace transept::ui {

class RunPanel;
class RunTableModel;
class ResultsImport;
class SpecCheck;
class SpecEditor;
struct ResultsSources;

/// Configure a method, train it, watch the curves of several runs.
class ExperimentsPage final : public Page
{
    Q_OBJECT

public:
    ExperimentsPage(const PageContext& context, QWidget* parent);

    QString title() const override;
    QString iconName() const override { return QStringLiteral("experiments"); }
    void saveState(QSettings& settings) const override;
    void restoreState(QSettings& settings) override;

protected:
    void refresh() override;
    void retranslate() override;

private:
    struct Content
    {
        std::vector<RunRecord> runs;
        SpecChoices choices;
    };

    void buildActions();
    void buildContent();
    void followRuns();
    void show(Result<Content> content);
    void beginSpec(const Content& content);
    void run();
    void runControls();
    void enqueue(const Json& document);
    std::string freeName(const std::string& wanted);
    void showSelection();
    void showCurves();
    void showFailure();
    void loadCurves(RunId run);
    void updateActions();
    void updateSentence();
    void editAsNew(RunId run);
    ResultsSources resultsSources() const;

    Query m_query;
    Query m_controlSpecs;
    std::map<RunId, std::unique_ptr<Query>> m_curveQueries;
    RunTableModel* m_model;
    RunPanel* m_runs;
    SpecEditor* m_editor;
    ResultsImport* m_results;
    CurvePanel* m_curves;
    QLabel* m_estimate;
    SpecCheck* m_check;
    QSplitter* m_columns;
    QSplitter* m_rows;
    bool m_hasSpec = false;
    QString m_specOf; ///< the workspace that the spec in the editor belongs to
    QString m_draft;  ///< the spec that was in the editor when the program ended, and whose it was
    QString m_draftOf;
    std::set<std::string> m_given;  ///< names of runs that the table may not have yet
    std::optional<RunId> m_added;   ///< to be scrolled to once the table has it
    std::optional<RunId> m_failure; ///< whose failure the page tells
    QAction* m_run;
    QAction* m_controls;
    QAction* m_pause;
    QAction* m_cancel;
    QAction* m_again;
    QAction* m_reuse;
    QAction* m_compare;
    QAction* m_delete;
    QAction* m_rename;
    QAction* m_chooseColumns;
    QAction* m_find;
    QAction* m_toData;
};

} // namespace transept::ui
