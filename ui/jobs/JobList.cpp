#include "ui/jobs/JobList.h"

#include "ui/jobs/Mailbox.h"

#include <algorithm>

namespace transept::ui {

namespace {

constexpr int kLooksEveryMs = 100;

} // namespace

JobList::JobList(QObject* parent) : QObject(parent)
{
    m_mail.setInterval(kLooksEveryMs);
    connect(&m_mail, &QTimer::timeout, this, &JobList::readMail);
}

JobList::~JobList()
{
    stopAndWait();
}

Job* JobList::run(JobInfo info, Run work)
{
    auto* job = new Job(std::move(info), this);
    m_jobs.push_back(job);
    connect(job, &Job::changed, this, [this, job] { Q_EMIT changed(job); });

    auto body = [this,
                 job,
                 work = std::move(work),
                 gate = job->m_gate,
                 mailbox = job->m_mailbox,
                 stop = job->m_stop.get_token()] {
        const JobContext context{.stop = stop,
                                 .progress = [mailbox](const Progress& progress) { mailbox->put(progress); },
                                 .gate = gate.get()};
        Outcome outcome = work(context);
        QMetaObject::invokeMethod(
            this, [this, job, outcome = std::move(outcome)] { finish(job, outcome); }, Qt::QueuedConnection);
    };
    Q_EMIT added(job);
    m_threads.emplace(job, std::jthread(std::move(body)));
    m_mail.start();
    return job;
}

void JobList::finish(Job* job, const Outcome& outcome)
{
    const auto thread = m_threads.find(job);
    if (thread == m_threads.end()) {
        return; // stopAndWait() came first
    }
    m_threads.erase(thread); // joins: the thread has nothing left to do
    job->readMail();
    job->end(outcome.error);
    if (m_threads.empty()) {
        m_mail.stop();
    }
    Q_EMIT ended(job);
    outcome.deliver();
}

void JobList::readMail()
{
    for (Job* job : active()) {
        job->readMail();
    }
}

std::vector<Job*> JobList::active() const
{
    std::vector<Job*> found;
    std::copy_if(m_jobs.begin(), m_jobs.end(), std::back_inserter(found), [](const Job* job) {
        return job->isActive();
    });
    return found;
}

void JobList::cancelAll()
{
    for (Job* job : active()) {
        job->cancel();
    }
}

void JobList::forgetFinished()
{
    const auto firstEnded =
        std::stable_partition(m_jobs.begin(), m_jobs.end(), [](const Job* job) { return job->isActive(); });
    for (auto ended = firstEnded; ended != m_jobs.end(); ++ended) {
        (*ended)->deleteLater();
    }
    m_jobs.erase(firstEnded, m_jobs.end());
    Q_EMIT forgotten();
}

void JobList::stopAndWait()
{
    cancelAll();
    std::map<Job*, std::jthread> threads;
    threads.swap(m_threads);
    for (auto& [job, thread] : threads) {
        thread.join();
        job->end(cancelled().value());
        Q_EMIT ended(job);
    }
    m_mail.stop();
}

} // namespace transept::ui
