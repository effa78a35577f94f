#pragma once

namespace transept::app {

/// True when the arguments ask for a subcommand (or --help, --version) and not for the window.
bool wantsCommand(int argc, const char* const* argv);

/// Runs the subcommand that the arguments name; Ctrl-C stops it, what was done is kept. Returns the exit
/// status.
int runCommand(int argc, const char* const* argv);

} // namespace transept::app
