#pragma once

#include "core/experiment/ImportResults.h"
#include "ui/shell/FileDialogs.h"
#include "ui/shell/Query.h"

#include <QtWidgets/QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLayout;
class QLineEdit;
class QListWidget;
class QPushButton;
class QTableWidget;

namespace transept::ui {

/// What a person has decided about results of another program so far.
struct ResultsDraft
{
    ResultsOptions options;
    std::optional<RunId> like; ///< none: the spec that is being edited
};

/// What results can be computed for.
struct ResultsSources
{
    std::vector<RunRecord> runs;
    std::optional<RunId> preferred; ///< the run that is looked at
    std::optional<Json> spec;       ///< the document in the editor, when it is a spec
};

/// Asks for the files of another program's results, what they were computed for, and what their columns hold,
/// with the first rows and what is wrong beside it. Asks the workspace on a reading thread.
class ResultsDialog final : public QDialog
{
    Q_OBJECT

public:
    ResultsDialog(
        Session& session, FileDialogs dialogs, ResultsSources sources, ResultsDraft draft, QWidget* parent);

    const ResultsDraft& draft() const { return m_draft; }
    /// What the draft was computed for, for the job; runs on a thread of its own.
    static Result<ResultsLike> likeOf(const Workspace& workspace,
                                      const ResultsDraft& draft,
                                      const std::optional<Json>& spec);

private:
    /// One file as far as it can be read.
    struct View
    {
        std::optional<Inspection> inspection;
        std::optional<ResultPlan> plan;
    };
    struct Examination
    {
        std::vector<View> views;
        std::optional<Error> problem;
    };

    QLayout* buildQuestions();
    QLayout* buildFiles();
    void fillLike();
    void connectFields();
    void addFiles();
    void removeFile();
    void showFiles(int chosen);
    void showFile();
    void showRoles(const ResultFile& chosen, const View& view);
    void takeRoles();
    void takeFields();
    void check();
    void show(Result<Examination> examination);
    ResultFile* file(); ///< the chosen one; null: none

    Session& m_session;
    FileDialogs m_dialogs;
    ResultsSources m_sources;
    ResultsDraft m_draft;
    Query m_query;
    std::vector<View> m_views;
    bool m_isStale = true; ///< the rows are not those of the chosen file
    QLineEdit* m_name;
    QLineEdit* m_program;
    QComboBox* m_like;
    QLineEdit* m_measures;
    QCheckBox* m_mean;
    QListWidget* m_files;
    QPushButton* m_remove;
    QComboBox* m_kind;
    QTableWidget* m_rows;
    QLabel* m_hint; ///< in place of the rows while there is no file
    QLabel* m_problem;
    QPushButton* m_import;
};

} // namespace transept::ui
