#include "ui/jobs/Job.h"

#include "ui/jobs/Mailbox.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <cmath>

namespace transept::ui {

namespace {

// Before this the speed is a guess, and a guess that jumps is worse than none.
constexpr double kSecondsBeforeEstimate = 2.0;
constexpr double kFractionBeforeEstimate = 0.02;
constexpr std::size_t kLogLines = 500;

} // namespace

Job::Job(JobInfo info, QObject* parent)
    : QObject(parent)
    , m_info(std::move(info))
    , m_gate(std::make_shared<PauseGate>())
    , m_mailbox(std::make_shared<Mailbox>())
{
    m_sinceResumed.start();
    note([] { return tr("Started"); });
}

QString Job::stage() const
{
    const QString what = sentences::stage(m_stage);
    if (m_total <= 0) {
        return what;
    }
    const QString counted = tr("%1 of %2").arg(numbers::count(m_done), numbers::count(m_total));
    return what.isEmpty() ? counted : tr("%1, %2", "what a job is doing, how far it is").arg(what, counted);
}

double Job::seconds() const
{
    const bool counts = m_state == State::Running && m_sinceResumed.isValid();
    return m_secondsBefore + (counts ? static_cast<double>(m_sinceResumed.elapsed()) / 1000.0 : 0.0);
}

void Job::pause()
{
    if (m_state != State::Running || !m_info.canPause) {
        return;
    }
    m_secondsBefore = seconds();
    m_state = State::Paused;
    m_gate->pause();
    note([] { return tr("Paused"); });
    Q_EMIT changed();
}

void Job::resume()
{
    if (m_state != State::Paused) {
        return;
    }
    m_state = State::Running;
    m_sinceResumed.restart();
    m_gate->resume();
    note([] { return tr("Resumed"); });
    Q_EMIT changed();
}

void Job::cancel()
{
    if (!isActive() || m_stopping) {
        return;
    }
    m_stopping = true;
    m_stop.request_stop();
    note([] { return tr("Asked to stop"); });
    Q_EMIT changed();
}

void Job::readMail()
{
    std::string stage;
    {
        const std::lock_guard lock(m_mailbox->mutex);
        if (!std::exchange(m_mailbox->isNew, false)) {
            return;
        }
        stage = m_mailbox->stage;
        m_fraction = m_mailbox->fraction < 0.0 ? -1.0 : std::min(m_mailbox->fraction, 1.0);
        m_done = m_mailbox->done;
        m_total = m_mailbox->total;
    }
    if (stage != m_stage && !stage.empty()) {
        note([stage] { return sentences::stage(stage); });
    }
    m_stage = std::move(stage);
    estimate(m_fraction);
    Q_EMIT changed();
}

void Job::estimate(double fraction)
{
    const double spent = seconds();
    if (fraction < kFractionBeforeEstimate || spent < kSecondsBeforeEstimate) {
        m_secondsLeft.reset();
        return;
    }
    const double estimated = spent * (1.0 - fraction) / fraction;
    // Half of the old estimate keeps the figure calm.
    m_secondsLeft = m_secondsLeft ? 0.5 * *m_secondsLeft + 0.5 * estimated : estimated;
}

void Job::note(LiveText text)
{
    if (m_log.size() < kLogLines) {
        m_log.push_back({.time = QDateTime::currentDateTime(), .text = std::move(text)});
    }
}

void Job::end(const std::optional<Error>& error)
{
    m_secondsBefore = seconds();
    m_secondsLeft.reset();
    m_error = error;
    m_stopping = false;
    if (!error) {
        m_state = State::Finished;
        m_fraction = 1.0;
        note([seconds = m_secondsBefore] { return tr("Finished after %1").arg(numbers::duration(seconds)); });
    } else {
        m_state = error->code == ErrorCode::Cancelled ? State::Cancelled : State::Failed;
        note([reason = *error] { return sentences::of(reason); });
        if (!error->detail.empty()) {
            note([detail = QString::fromStdString(error->detail)] { return detail; });
        }
    }
    Q_EMIT changed();
}

} // namespace transept::ui
