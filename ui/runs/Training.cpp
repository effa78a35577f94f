#include "ui/runs/Training.h"

#include "ui/runs/RunTableModel.h"
#include "ui/shell/Session.h"

namespace transept::ui {

void followTraining(Session& session, RunTableModel& model)
{
    RunQueue& queue = session.runQueue();
    QObject::connect(&session, &Session::runProgressed, &model, &RunTableModel::setProgress);
    QObject::connect(&queue, &RunQueue::stateChanged, &model, [&queue, &model](RunId run) {
        model.setPaused(run, queue.isPaused(run));
    });
    QObject::connect(&session.jobs(), &JobList::changed, &model, [&queue, &model](const Job* job) {
        if (const std::optional<RunId> run = queue.current(); run && job == queue.currentJob()) {
            model.setSecondsLeft(*run, job->secondsLeft());
        }
    });
}

} // namespace transept::ui
