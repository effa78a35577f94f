#pragma once

#include "ui/experiments/CurvePanel.h"
#include "ui/experiments/SpecForm.h"
#include "ui/shell/Page.h"
#include "ui/shell/Query.h"

#include <map>

class QSortFilterProxyModel;
class QSplitter;
class QTableView;

namespace transept::ui {

class RunTableModel;
class SpecEditor;

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
    void buildTable();
    void followRuns();
    void show(Result<Content> content);
    void run();
    void runControls();
    void enqueue(const Json& document);
    void takeSelection();
    void showSelection();
    void showCurves();
    void loadCurves(RunId run);
    void updateActions();
    void updateSentence();
    std::vector<RunId> selectedRuns() const;
    void editAsNew();

    Query m_query;
    std::map<RunId, std::unique_ptr<Query>> m_curveQueries;
    RunTableModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_table;
    SpecEditor* m_editor;
    CurvePanel* m_curves;
    QSplitter* m_columns;
    QSplitter* m_rows;
    bool m_hasSpec = false;
    bool m_selecting = false;
    QAction* m_run;
    QAction* m_controls;
    QAction* m_pause;
    QAction* m_cancel;
    QAction* m_again;
    QAction* m_reuse;
    QAction* m_compare;
    QAction* m_delete;
    QAction* m_rename;
};

} // namespace transept::ui
