#pragma once

#include "core/base/Memory.h"
#include "core/store/Workspace.h"
#include "ui/jobs/Job.h"

#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QTimer>

#include <filesystem>
#include <map>
#include <thread>

namespace transept::ui {

/// Runs long work away from the window, several pieces at once, each on a thread and a connection of its own,
/// and hands every outcome over on the window's thread. Finished jobs stay with their log. Destroying the
/// list asks the work to stop and waits, and then nobody is told.
class JobList final : public QObject
{
    Q_OBJECT

public:
    explicit JobList(QObject* parent = nullptr);
    ~JobList() override;

    /// Where the next jobs work. Running jobs keep theirs.
    void setWorkspace(std::filesystem::path file) { m_file = std::move(file); }

    /// `work` is `Result<T>(Workspace&, const JobContext&)` and runs on its own thread; it captures values,
    /// never a widget. `deliver` is `void(Result<T>)`, is called once on this thread, and must know by itself
    /// whether its owner still lives (capture a QPointer, or use the overload with an owner).
    template<typename T, typename Work, typename Deliver>
    Job* start(JobInfo info, Work work, Deliver deliver)
    {
        return run(
            std::move(info),
            [file = m_file, work = std::move(work), deliver = std::move(deliver)](const JobContext& context) {
                return outcomeOf<T>(inWorkspace<T>(file, work, context), deliver);
            });
    }

    /// The same; nothing is delivered once `owner` is gone. The work goes on.
    template<typename T, typename Work, typename Deliver>
    Job* start(QObject* owner, JobInfo info, Work work, Deliver deliver)
    {
        return start<T>(std::move(info), std::move(work), guarded<T>(owner, std::move(deliver)));
    }

    /// For work that needs no workspace, or makes one: `Result<T>(const JobContext&)`.
    template<typename T, typename Work, typename Deliver>
    Job* startOutside(QObject* owner, JobInfo info, Work work, Deliver deliver)
    {
        return run(std::move(info),
                   [work = std::move(work),
                    told = guarded<T>(owner, std::move(deliver))](const JobContext& context) {
                       return outcomeOf<T>(withinMemory([&] { return work(context); }), told);
                   });
    }

    const std::vector<Job*>& jobs() const { return m_jobs; } ///< oldest first; pointers live until forgotten
    std::vector<Job*> active() const;
    bool isAnyActive() const { return !active().empty(); }

    void cancelAll();
    void forgetFinished();
    /// Cancels all and waits; what they deliver is dropped.
    void stopAndWait();

Q_SIGNALS:
    void added(transept::ui::Job* job);
    void changed(transept::ui::Job* job); ///< at most ten times a second a job
    void ended(transept::ui::Job* job);   ///< before its outcome is delivered
    void forgotten();

private:
    struct Outcome
    {
        std::optional<Error> error;
        std::function<void()> deliver;
    };
    using Run = std::function<Outcome(const JobContext&)>;

    template<typename T, typename Work>
    static Result<T> inWorkspace(const std::filesystem::path& file,
                                 const Work& work,
                                 const JobContext& context)
    {
        Result<Workspace> workspace = Workspace::open(file);
        if (!workspace) {
            return passOn(workspace);
        }
        return withinMemory([&] { return work(*workspace, context); });
    }

    template<typename T, typename Deliver>
    static Outcome outcomeOf(Result<T> result, const Deliver& deliver)
    {
        std::optional<Error> error;
        if (!result) {
            error = result.error();
        }
        auto kept = std::make_shared<Result<T>>(std::move(result));
        return {.error = std::move(error), .deliver = [deliver, kept] { deliver(std::move(*kept)); }};
    }

    template<typename T, typename Deliver>
    static auto guarded(QObject* owner, Deliver deliver)
    {
        return [watched = QPointer<QObject>(owner), deliver = std::move(deliver)](Result<T> result) {
            if (watched) {
                deliver(std::move(result));
            }
        };
    }

    Job* run(JobInfo info, Run work);
    void finish(Job* job, const Outcome& outcome);
    void readMail();

    std::filesystem::path m_file;
    std::vector<Job*> m_jobs;
    std::map<Job*, std::jthread> m_threads;
    QTimer m_mail;
};

} // namespace transept::ui
