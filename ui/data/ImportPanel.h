#pragma once

#include "core/ingest/ColumnWords.h"
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
    void examineAgain();  ///< the workspace has changed: what does not fit may fit now

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
        std::optional<Result<std::vector<ColumnWord>>> words; ///< of the domain column
        std::string wordsOf;    ///< the column and format that they were asked for
        bool isDecided = false; ///< a person said where the rows go: nothing is proposed any more
    };

    void buildLayout();
    QWidget* buildSettings();
    QWidget* buildPreview();
    void connectParts();
    Entry& current() { return m_entries[m_current]; }
    QString nameOf(const Entry& entry) const;
    void choose(std::size_t place);
    void examineSoon();
    void examineNow();
    void ask();
    void show(Result<Examination> examination);
    bool propose(Entry& entry);
    void showExamination();
    void showParts(bool isReadable);
    void askDomainWords(const Inspection& inspection);
    void showFiles();
    void showProblem(const std::optional<Error>& problem);
    void requestImport();
    void leaveOut();
    void retranslate();

    Session& m_session;
    Query m_query;
    Query m_wordsQuery;
    QTimer m_soon;
    std::vector<Entry> m_entries;
    std::size_t m_current = 0;
    std::vector<EarlierImport> m_requested; ///< newest first; some may still be waiting
    bool m_isCurrentKnown = false;          ///< what is shown is what the draft says now
    QListWidget* m_files;
    ElidedLabel* m_file;
    QLabel* m_size;
    QLabel* m_evidence;
    QLabel* m_settingsTitle;
    QLabel* m_problem;
    QLabel* m_rowsShown;
    QLabel* m_nothing;
    FormatForm* m_format;
    TargetForm* m_target;
    PreviewTable* m_preview;
    QPushButton* m_import;
    QPushButton* m_leaveOut;
};

} // namespace transept::ui
