#pragma once

#include "core/base/Job.h"
#include "ui/text/LiveText.h"

#include <QtCore/QDateTime>
#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace transept::ui {

enum class JobKind { Import, Extraction, Training, Statistics, Export, Sample };

struct JobInfo
{
    LiveText name; ///< "Importing ratings.csv"
    JobKind kind = JobKind::Import;
    bool canPause = true;
};

/// What is known of one piece of long work: while it runs and afterwards. Lives on the thread of the window.
class Job final : public QObject
{
    Q_OBJECT

public:
    enum class State { Running, Paused, Finished, Failed, Cancelled };

    struct LogLine
    {
        QDateTime time;
        LiveText text;
    };

    QString name() const { return m_info.name(); }
    JobKind kind() const { return m_info.kind; }
    bool canPause() const { return m_info.canPause; }
    State state() const { return m_state; }
    bool isActive() const { return m_state == State::Running || m_state == State::Paused; }
    bool isStopping() const { return m_stopping; } ///< asked to cancel, still at it

    double fraction() const { return m_fraction; } ///< 0 ... 1; below 0 when it cannot be known
    QString stage() const;                         ///< translated: "Reading rows, 120,000 of 412,907"
    std::optional<double> secondsLeft() const { return m_secondsLeft; }
    double seconds() const; ///< since the start, without pauses
    const std::optional<Error>& error() const { return m_error; }
    const std::vector<LogLine>& log() const { return m_log; }

    void pause();
    void resume();
    void cancel(); ///< returns at once; the work still delivers, usually Cancelled

Q_SIGNALS:
    void changed(); ///< at most ten times a second while it runs

private:
    friend class JobList;
    struct Mailbox; ///< what the worker last said

    explicit Job(JobInfo info, QObject* parent);
    void readMail();
    void estimate(double fraction);
    void note(LiveText text);
    void end(const std::optional<Error>& error);

    JobInfo m_info;
    State m_state = State::Running;
    bool m_stopping = false;
    double m_fraction = -1.0;
    std::string m_stage;
    std::int64_t m_done = 0;
    std::int64_t m_total = 0;
    std::optional<double> m_secondsLeft;
    std::optional<Error> m_error;
    std::vector<LogLine> m_log;
    QElapsedTimer m_sinceResumed;
    double m_secondsBefore = 0.0;
    std::stop_source m_stop;
    std::shared_ptr<PauseGate> m_gate;
    std::shared_ptr<Mailbox> m_mailbox;
};

} // namespace transept::ui
