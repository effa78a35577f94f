#pragma once

#include "ui/jobs/Job.h"

#include <mutex>
#include <string>

namespace transept::ui {

/// What the worker last said. The window looks ten times a second: a loop that reports a million times queues
/// no events.
struct Job::Mailbox
{
    std::mutex mutex;
    bool isNew = false;
    double fraction = -1.0;
    std::string stage;
    std::int64_t done = 0;
    std::int64_t total = 0;

    void put(const Progress& progress)
    {
        const std::lock_guard lock(mutex);
        isNew = true;
        fraction = progress.fraction;
        stage = progress.stage;
        done = progress.done;
        total = progress.total;
    }
};

} // namespace transept::ui
