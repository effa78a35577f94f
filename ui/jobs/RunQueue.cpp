#include "ui/jobs/RunQueue.h"

#include "ui/shell/Session.h"
#include "ui/text/Sentences.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>

#include <algorithm>
#include <mutex>

namespace transept::ui {

namespace {

constexpr qint64 kTellsEveryMs = 50;

JobInfo trainingInfo(const QString& name)
{
    return {.name = [name] { return RunQueue::tr("Training %1").arg(name); },
            .kind = JobKind::Training,
            .canPause = true};
}

} // namespace

/// Carries epochs from the training thread to the window: all that are new, when the window has time for
/// them.
struct RunQueue::Epochs
{
    QPointer<RunQueue> queue; ///< read on the window's thread only
    std::mutex mutex;
    std::vector<RunProgress> untold;
    bool isOnItsWay = false;
    QElapsedTimer sinceTold;

    void put(const std::shared_ptr<Epochs>& self, const RunProgress& progress)
    {
        {
            const std::lock_guard lock(mutex);
            untold.push_back(progress);
            if (isOnItsWay) {
                return;
            }
            const bool isLast = progress.epoch >= progress.epochs;
            if (!isLast && sinceTold.isValid() && sinceTold.elapsed() < kTellsEveryMs) {
                return;
            }
            isOnItsWay = true;
            sinceTold.start();
        }
        QMetaObject::invokeMethod(
            QCoreApplication::instance(), [self] { self->deliver(); }, Qt::QueuedConnection);
    }

    void deliver()
    {
        std::vector<RunProgress> told;
        {
            const std::lock_guard lock(mutex);
            told.swap(untold);
            isOnItsWay = false;
        }
        for (const RunProgress& progress : told) {
            if (queue && queue->m_current == progress.run) {
                queue->m_progress = progress;
                Q_EMIT queue->progressed(progress);
            }
        }
    }
};

RunQueue::RunQueue(Session& session) : QObject(&session), m_session(session)
{
    connect(this, &RunQueue::progressed, &session, &Session::runProgressed);
    connect(&session, &Session::closed, this, &RunQueue::clear);
}

void RunQueue::enqueue(QObject* owner, Spec spec, std::function<void(Result<RunId>)> added)
{
    m_session.writeAnd<RunId>(
        this,
        [spec = std::move(spec)](const Workspace& workspace) { return transept::enqueue(workspace, spec); },
        [this, watched = QPointer<QObject>(owner), told = std::move(added)](const Result<RunId>& run) {
            if (watched) {
                told(run);
            }
            if (run) {
                m_session.announce(Change::Runs);
                Q_EMIT this->added(*run);
                enqueueStored({*run});
            }
        });
}

void RunQueue::enqueueStored(const std::vector<RunId>& runs)
{
    for (const RunId run : runs) {
        if (run != m_current && !isWaiting(run)) {
            m_waiting.push_back(run);
        }
    }
    Q_EMIT waitingChanged();
    startNext();
}

bool RunQueue::isWaiting(RunId run) const
{
    return std::find(m_waiting.begin(), m_waiting.end(), run) != m_waiting.end();
}

std::optional<RunProgress> RunQueue::progressOf(RunId run) const
{
    return m_progress && m_progress->run == run ? m_progress : std::nullopt;
}

bool RunQueue::isPaused(RunId run) const
{
    return m_current == run && m_job && m_job->state() == Job::State::Paused;
}

void RunQueue::startNext()
{
    if (m_current || m_waiting.empty() || !m_session.isOpen()) {
        return;
    }
    const RunId run = m_waiting.front();
    m_waiting.pop_front();
    m_current = run;
    m_progress.reset();
    m_session.writeAnd<RunRecord>(
        this,
        [run](const Workspace& workspace) -> Result<RunRecord> {
            const RunStore store(workspace);
            Result<RunRecord> record = store.find(run);
            if (record && (record->state == RunState::Cancelled || record->state == RunState::Failed)) {
                if (const Status queued = store.setState(run, RunState::Queued); !queued) {
                    return passOn(queued);
                }
            }
            return record;
        },
        [this, run](const Result<RunRecord>& record) {
            if (m_current != run) {
                return; // cancelled before it began
            }
            if (record) {
                train(run, sentences::runName(record->name));
            } else {
                Q_EMIT m_session.editFailed(record.error());
                endCurrent(run);
            }
        });
    Q_EMIT waitingChanged();
}

void RunQueue::train(RunId run, const QString& name)
{
    const auto epochs = std::make_shared<Epochs>();
    epochs->queue = this;
    m_job = m_session.jobs().start<RunRecord>(
        this,
        trainingInfo(name),
        [run, epochs](Workspace& workspace, const JobContext& context) {
            return execute(workspace, run, {.job = context, .onEpoch = [epochs](const RunProgress& progress) {
                                                epochs->put(epochs, progress);
                                            }});
        },
        [this, run](const Result<RunRecord>&) { endCurrent(run); });
    // The run is marked as running by its own thread: its first word comes after that.
    connect(
        m_job, &Job::changed, this, [this] { m_session.announce(Change::Runs); }, Qt::SingleShotConnection);
    connect(m_job, &Job::changed, this, [this, run, wasPaused = false]() mutable { // whoever paused it
        if (isPaused(run) != wasPaused) {
            wasPaused = !wasPaused;
            Q_EMIT stateChanged(run);
        }
    });
    Q_EMIT started(run);
    m_session.announce(Change::Runs);
}

void RunQueue::endCurrent(RunId run)
{
    m_current.reset();
    m_job.clear();
    m_progress.reset();
    m_session.announce(Change::Runs);
    Q_EMIT finished(run);
    Q_EMIT waitingChanged();
    startNext();
}

void RunQueue::pause(RunId run)
{
    if (m_current == run && m_job) {
        m_job->pause();
    }
}

void RunQueue::resume(RunId run)
{
    if (m_current == run && m_job) {
        m_job->resume();
    }
}

void RunQueue::cancel(RunId run)
{
    if (m_current == run && m_job) {
        m_job->cancel();
        Q_EMIT stateChanged(run);
        return;
    }
    if (m_current == run) {
        m_current.reset();
        startNext();
    } else if (std::erase(m_waiting, run) == 0) {
        return;
    }
    Q_EMIT waitingChanged();
    m_session.write(Change::Runs, [run](const Workspace& workspace) {
        return RunStore(workspace).setState(run, RunState::Cancelled);
    });
}

void RunQueue::cancelAll()
{
    for (const RunId run : waiting()) {
        cancel(run);
    }
    if (m_current) {
        cancel(*m_current);
    }
}

void RunQueue::clear()
{
    m_waiting.clear();
    m_current.reset();
    m_job.clear();
    m_progress.reset();
    Q_EMIT waitingChanged();
}

} // namespace transept::ui
