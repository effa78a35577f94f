#pragma once

#include "core/experiment/Runner.h"
#include "ui/jobs/JobList.h"
#include "ui/shell/IdTypes.h"

#include <deque>

namespace transept::ui {

class Session;

/// Trains queued runs one after the other as jobs. What waited when the program ended waits again and starts
/// only when somebody says so.
class RunQueue final : public QObject
{
    Q_OBJECT

public:
    explicit RunQueue(Session& session);

    /// Checks the spec, stores a queued run and trains it when its turn comes. `added` hears the id or what
    /// is wrong with the spec; nothing once `owner` is gone.
    void enqueue(
        QObject* owner, Spec spec, std::function<void(Result<RunId>)> added = [](Result<RunId>) {});

    /// Puts stored runs (queued, interrupted, cancelled, failed) at the end of the queue.
    void enqueueStored(const std::vector<RunId>& runs);

    std::optional<RunId> current() const { return m_current; }
    Job* currentJob() const { return m_job; }
    std::vector<RunId> waiting() const { return {m_waiting.begin(), m_waiting.end()}; }
    bool isWaiting(RunId run) const;
    /// The last that the training run said; nothing for other runs.
    std::optional<RunProgress> progressOf(RunId run) const;
    bool isPaused(RunId run) const;

    void pause(RunId run);  ///< of the current run: at its next step
    void resume(RunId run); ///< opens the gate again
    void cancel(RunId run); ///< the current one, or one that waits
    void cancelAll();

Q_SIGNALS:
    void added(transept::RunId run);
    void started(transept::RunId run);
    /// Of every epoch, in its order; those of a fast run come together, at most 20 times a second.
    void progressed(const transept::RunProgress& progress);
    void stateChanged(transept::RunId run); ///< paused, resumed
    void finished(transept::RunId run);     ///< in any final state; ask RunStore which
    void waitingChanged();

private:
    struct Epochs;
    void startNext();
    void train(RunId run, const QString& name);
    void endCurrent(RunId run);
    void clear();

    Session& m_session;
    std::deque<RunId> m_waiting;
    std::optional<RunId> m_current;
    QPointer<Job> m_job;
    std::optional<RunProgress> m_progress;
};

} // namespace transept::ui
