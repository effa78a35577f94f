#pragma once

namespace transept::app {

/// Opens the window, with the workspace named on the command line if there is one; returns its exit status.
int runWindow(int argc, char** argv);

} // namespace transept::app
