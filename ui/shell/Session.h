#pragma once

#include "core/store/Workspace.h"
#include "ui/jobs/JobList.h"
#include "ui/jobs/RunQueue.h"
#include "ui/shell/Selection.h"
#include "ui/text/LiveText.h"

#include <QtCore/QFlags>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QThreadPool>
#include <QtGui/QUndoStack>

namespace transept::ui {

class Settings;

/// The parts of a workspace that can change. Facets: what people made of those that a knowledge base has.
enum class Change { Data = 1, Knowledge = 2, Runs = 4, Facets = 8 };
Q_DECLARE_FLAGS(Changes, Change)
Q_DECLARE_OPERATORS_FOR_FLAGS(Changes)

/// The open workspace and everything that works on it. Lives on the thread of the window and outlives all
/// pages; that thread never opens a file or a database: Query reads, JobList works, edit() writes, each
/// elsewhere.
class Session final : public QObject
{
    Q_OBJECT

public:
    explicit Session(Settings& settings, QObject* parent = nullptr);
    ~Session() override;

    enum class State { Closed, Opening, Open };
    State state() const { return m_state; }
    bool isOpen() const { return m_state == State::Open; }
    const std::filesystem::path& file() const { return m_file; }
    QString name() const; ///< of the file, without folder

    void open(const std::filesystem::path& file);   ///< closes the present one; then opened() or failed()
    void create(const std::filesystem::path& file); ///< refuses to overwrite; then opened() or failed()
    void close();                                   ///< jobs are asked to stop; what they did is kept

    Settings& settings() { return m_settings; }
    Selection& selection() { return m_selection; }
    JobList& jobs() { return m_jobs; }
    RunQueue& runQueue() { return m_runQueue; }
    QUndoStack& undoStack() { return m_undoStack; }

    using Write = std::function<Status(const Workspace&)>;

    /// One small change that can be undone: runs `forth` on the writing thread now and at every redo, `back`
    /// at every undo, in this order, and says what changed afterwards. When a step fails, editFailed() says
    /// why and the history is left. `text` names it in the menu: "rename run".
    void edit(const QString& text, Changes changes, Write forth, Write back);

    /// The same for a change that nobody wants to undo (a view setting kept with a run).
    void write(Changes changes, Write work);

    /// A small change with an answer, on the writing thread: `work` is `Result<T>(const Workspace&)`,
    /// `deliver` is `void(Result<T>)`. Nothing is delivered once `owner` is gone or the workspace is closed.
    template<typename T, typename Work, typename Deliver>
    void writeAnd(QObject* owner, Work work, Deliver deliver)
    {
        enqueueWrite(
            [watched = QPointer<QObject>(owner), work = std::move(work), deliver = std::move(deliver)](
                const Result<Workspace>& workspace) -> std::function<void()> {
                auto answer =
                    std::make_shared<Result<T>>(workspace ? work(*workspace) : Result<T>(passOn(workspace)));
                return [watched, deliver, answer] {
                    if (watched) {
                        deliver(std::move(*answer));
                    }
                };
            });
    }

    /// To be called when a job has changed the workspace; emits the signals below.
    void announce(Changes changes);

Q_SIGNALS:
    void stateChanged();
    void opened();
    void closed();
    void failed(const transept::Error& error);
    void editFailed(const transept::Error& error);
    /// What the last program left unfinished, once after opened(); runs that were queued are among them.
    void foundUnfinished(const std::vector<transept::Interrupted>& interrupted,
                         const std::vector<transept::RunId>& queued);
    /// Somebody wants these files imported into the open workspace.
    void filesOffered(const QStringList& files);
    void dataChanged();
    void knowledgeChanged();
    void runsChanged();
    void facetsChanged();
    void runProgressed(const transept::RunProgress& progress);

private:
    friend class QueryBase;
    class Edit;
    struct Opened;
    void enqueueWrite(std::function<std::function<void()>(const Result<Workspace>&)> work);
    void begin(const std::filesystem::path& file, bool create);
    void finishOpening(Result<Opened> outcome);
    QString selectionGroup() const;
    void saveSelection();
    void restoreSelection();

    Settings& m_settings;
    State m_state = State::Closed;
    std::filesystem::path m_file;
    quint64 m_generation = 0; ///< grows with every open and close: answers of an older one are dropped
    Selection m_selection;
    QUndoStack m_undoStack;
    QThreadPool m_readers;
    QThreadPool m_writer; ///< one thread: edits keep their order
    JobList m_jobs;
    RunQueue m_runQueue;
};

} // namespace transept::ui
