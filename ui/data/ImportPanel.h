#pragma once

#include "ui/data/ImportDraft.h"
#include "ui/shell/Query.h"

#include <QtCore/QStringList>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QAction;
class QLabel;
class QListWidget;
class QPushButton;

namespace transept::ui {

class ElidedLabel;
class FormatForm;
class PreviewTable;
class TargetForm;

/// Files on their way into the workspace: each is shown as it will be read, every part of that can be
/// overruled, and nothing waits for it. One file after the other, each with settings of its own.
class ImportPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit ImportPanel(Session& session, QWidget* parent = nullptr);

    void addFiles(const QStringList& files);
    void clear(); ///< leaves all files out
    bool isEmpty() const { return m_entries.empty(); }
    bool isReady() const; ///< the shown file can be imported as it is

Q_SIGNALS:
    void importRequested(const QString& file, const transept::ImportOptions& options);
    void closed();
    /// The shown file was looked at again; isReady() says how it stands.
    void examined();

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Entry
    {
        ImportDraft draft;
        std::optional<Examination> examination;
        std::optional<Error> unreadable;
        bool hasProposal = false; ///< the domain was proposed once
    };

    void buildLayout();
    QWidget* buildSettings();
    QWidget* buildPreview();
    void connectParts();
    Entry& current() { return m_entries[m_current]; }
    void choose(std::size_t place);
    void examineSoon();
    void examineNow();
    void show(Result<Examination> examination);
    void propose(Entry& entry, const Examination& examination);
    void showExamination();
    void showFiles();
    void showProblem(const std::optional<Error>& problem);
    void requestImport();
    void leaveOut();
    void retranslate();

    Session& m_session;
    Query m_query;
    QTimer m_soon;
    std::vector<Entry> m_entries;
    std::size_t m_current = 0;
    std::string m_lastDomain;      ///< of the file that was imported before
    bool m_isCurrentKnown = false; ///< what is shown is what the draft says now
    QListWidget* m_files;
    ElidedLabel* m_file;
    QLabel* m_size;
    QLabel* m_evidence;
    QLabel* m_settingsTitle;
    QLabel* m_problem;
    QLabel* m_rowsShown;
    FormatForm* m_format;
    TargetForm* m_target;
    PreviewTable* m_preview;
    QPushButton* m_import;
    QPushButton* m_leaveOut;
};

} // namespace transept::ui
