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

class FileCard;
class TargetForm;

/// Files on their way into the workspace: each is shown as it will be read, every part of that can be
/// overruled, and nothing waits for it. One file after the other, each with settings of its own; or all as
/// proposed, up to the first that needs a decision.
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
    void importEnded(const QString& file, bool good); ///< one that was requested
    /// It was, or is to be, imported by "Import all".
    bool isOneOfAll(const QString& file) const { return m_ofAll.contains(file); }

Q_SIGNALS:
    void importRequested(const QString& file, const transept::ImportOptions& options);
    void allStarted(); ///< the requests that follow are of one bunch
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
    void connectParts();
    void connectCard();
    Entry& current() { return m_entries[m_current]; }
    QString nameOf(const Entry& entry) const;
    void choose(std::size_t place);
    void examineSoon();
    void examineNow();
    void ask();
    void show(Result<Examination> examination);
    void takeFocus();
    bool propose(Entry& entry);
    void showExamination();
    void showSettings(bool isReadable);
    void askDomainWords(const Inspection& inspection);
    void showFiles();
    void showProblem(const std::optional<Error>& problem);
    void requestImport();
    void importAll();
    void goOn();
    void stopAll(const QString& why);
    void showAll();
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
    bool m_isImportingAll = false;
    QStringList m_ofAll;    ///< files of the bunch, as far as they were requested
    QStringList m_underway; ///< requested, not ended
    QString m_stopped;      ///< why not all were imported
    QListWidget* m_files;
    QPushButton* m_importAll;
    QLabel* m_allState;
    QLabel* m_settingsTitle;
    QLabel* m_problem;
    TargetForm* m_target;
    QPushButton* m_import;
    QPushButton* m_leaveOut;
    FileCard* m_card; ///< after the others, as the tab key goes
};

} // namespace transept::ui
