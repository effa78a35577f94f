#include "ui/jobs/JobStrip.h"

#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/shell/ElidedLabel.h"
#include "ui/shell/Session.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtGui/QMouseEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

namespace transept::ui {

namespace {

constexpr int kHeight = 34;
constexpr int kProgressWidth = 190;
constexpr int kSteps = 1000;

} // namespace

JobStrip::JobStrip(Session& session, QWidget* parent)
    : QFrame(parent)
    , m_session(session)
    , m_name(new ElidedLabel(this))
    , m_progress(new QProgressBar(this))
    , m_stage(new ElidedLabel(this))
    , m_more(new QLabel(this))
    , m_pause(new QPushButton(this))
    , m_cancel(new QPushButton(this))
    , m_list(new QToolButton(this))
{
    setObjectName(QStringLiteral("jobStrip"));
    m_name->setObjectName(QStringLiteral("jobName"));
    m_progress->setObjectName(QStringLiteral("jobProgress"));
    m_stage->setObjectName(QStringLiteral("jobStage"));
    m_pause->setObjectName(QStringLiteral("pauseJobButton"));
    m_cancel->setObjectName(QStringLiteral("cancelJobButton"));
    m_list->setObjectName(QStringLiteral("jobListButton"));
    buildLayout();
    connectJobs();
    update();
}

void JobStrip::buildLayout()
{
    m_progress->setRange(0, kSteps);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(kProgressWidth);
    m_stage->setProperty(look::muted, true);
    m_more->setProperty(look::muted, true);
    for (QPushButton* button : {m_pause, m_cancel}) {
        button->setProperty(look::quiet, true);
    }
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::two, 1, space::one, 1);
    row->setSpacing(space::oneAndHalf);
    row->addWidget(m_name);
    row->addWidget(m_progress);
    row->addWidget(m_stage, 1);
    row->addWidget(m_more);
    row->addWidget(m_pause);
    row->addWidget(m_cancel);
    row->addWidget(m_list);
    setFixedHeight(kHeight);
}

void JobStrip::connectJobs()
{
    JobList& jobs = m_session.jobs();
    connect(&jobs, &JobList::added, this, &JobStrip::update);
    connect(&jobs, &JobList::changed, this, &JobStrip::update);
    connect(&jobs, &JobList::forgotten, this, &JobStrip::update);
    connect(&jobs, &JobList::ended, this, [this](Job* job) {
        m_last = job;
        update();
    });
    connect(&m_session.runQueue(), &RunQueue::waitingChanged, this, &JobStrip::update);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (Job* job = current()) {
            job->state() == Job::State::Paused ? job->resume() : job->pause();
        }
    });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (Job* job = current()) {
            job->cancel();
        }
    });
    connect(m_list, &QToolButton::clicked, this, &JobStrip::panelRequested);
}

Job* JobStrip::current() const
{
    const std::vector<Job*> active = m_session.jobs().active();
    return active.empty() ? nullptr : active.back();
}

void JobStrip::update()
{
    const std::vector<Job*> active = m_session.jobs().active();
    const auto others = active.empty() ? 0 : static_cast<int>(active.size()) - 1;
    const auto waiting = static_cast<int>(m_session.runQueue().waiting().size());
    m_more->setText(others > 0 && waiting > 0 ? tr("%1, %2", "two figures: jobs, runs")
                                                    .arg(tr("%n more running", nullptr, others),
                                                         tr("%n more in the queue", nullptr, waiting))
                    : others > 0  ? tr("%n more running", nullptr, others)
                    : waiting > 0 ? tr("%n more in the queue", nullptr, waiting)
                                  : QString());
    const Job* job = current();
    m_name->setVisible(job != nullptr || m_last != nullptr);
    m_progress->setVisible(job != nullptr);
    m_pause->setVisible(job != nullptr && job->canPause());
    m_pause->setText(job != nullptr && job->state() == Job::State::Paused ? tr("Resume") : tr("Pause"));
    m_cancel->setVisible(job != nullptr);
    m_cancel->setText(tr("Cancel"));
    if (job != nullptr) {
        showJob(*job);
    } else {
        showNothing();
    }
    m_list->setIcon(icon(m_isPanelShown ? QStringLiteral("chevron-down") : QStringLiteral("chevron-up")));
    m_list->setToolTip(m_isPanelShown ? tr("Hide the list of jobs")
                                      : tr("Show the list of jobs and their logs"));
    m_list->setAccessibleName(m_list->toolTip());
}

void JobStrip::showJob(const Job& job)
{
    m_name->setText(job.name());
    m_progress->setAccessibleName(job.name());
    m_progress->setRange(0, job.fraction() < 0.0 ? 0 : kSteps);
    m_progress->setValue(static_cast<int>(job.fraction() * kSteps));
    const bool isPaused = job.state() == Job::State::Paused;
    if (job.isStopping()) {
        m_stage->setText(tr("Stopping…"));
    } else if (isPaused) {
        m_stage->setText(tr("Paused"));
    } else if (const std::optional<double> left = job.secondsLeft()) {
        m_stage->setText(tr("%1, %2 left").arg(job.stage(), numbers::duration(*left)));
    } else {
        m_stage->setText(job.stage());
    }
    m_pause->setEnabled(!job.isStopping());
    m_cancel->setEnabled(!job.isStopping());
}

void JobStrip::showNothing()
{
    if (m_last == nullptr) {
        m_stage->setText(tr("Nothing is running."));
        return;
    }
    m_name->setText(m_last->name());
    m_stage->setText(m_last->error() ? sentences::of(*m_last->error())
                                     : tr("Finished after %1").arg(numbers::duration(m_last->seconds())));
}

void JobStrip::setPanelShown(bool shown)
{
    m_isPanelShown = shown;
    update();
}

void JobStrip::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        update();
    }
}

void JobStrip::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) {
        Q_EMIT panelRequested();
    }
}

} // namespace transept::ui
