#pragma once

namespace transept::ui {

class RunTableModel;
class Session;

/// Keeps the rows of runs that train up to date: which epoch, whether it is paused, how long it still takes.
void followTraining(Session& session, RunTableModel& model);

} // namespace transept::ui
