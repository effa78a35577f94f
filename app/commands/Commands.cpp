#include "app/commands/Commands.h"

#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/Usage.h"
#include "core/base/Memory.h"
#include "core/base/Parallel.h"
#include "core/base/Words.h"

#include <fmt/format.h>

#include <csignal>
#include <filesystem>
#include <semaphore.h>
#include <thread>

namespace transept::app {
namespace {

constexpr void (*allCommands[])(CLI::App&, Action&) = {
    addData,    addInspect, addImport,    addKnowledge, addCheckKnowledge, addPrice,
    addMethods, addRun,     addRuns,      addShow,      addSegments,       addCurves,
    addCompare, addAudit,   addRecommend, addApply,     addExport,         addImportResults,
    addEdit,    addDelete,  addRestore,   addSample,    addPrompt,         addFacets,
};

/// Raised in a signal handler, where hardly anything else is allowed, and waited for by a thread.
sem_t interrupt;

extern "C" void raiseInterrupt(int /*signal*/)
{
    sem_post(&interrupt);
}

/// Turns Ctrl-C and a polite kill into a stop request; a second one ends the program at once.
class InterruptWatch
{
public:
    InterruptWatch()
    {
        sem_init(&interrupt, 0, 0);
        struct sigaction action = {};
        action.sa_handler = raiseInterrupt;
        action.sa_flags = static_cast<int>(SA_RESETHAND);
        sigaction(SIGINT, &action, nullptr);
        sigaction(SIGTERM, &action, nullptr);
        m_watcher = std::thread([this] {
            while (sem_wait(&interrupt) != 0) { // another signal
            }
            m_stop.request_stop();
        });
    }
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;
    ~InterruptWatch()
    {
        sem_post(&interrupt);
        m_watcher.join();
    }
    std::stop_token token() const { return m_stop.get_token(); }

private:
    std::stop_source m_stop;
    std::thread m_watcher;
};

void describeProgram(CLI::App& program, int& threads)
{
    program.name("transept");
    program.set_version_flag("--version", std::string("transept ") + TRANSEPT_VERSION);
    program.footer("Without a subcommand the window opens: transept [WORKSPACE]\n"
                   "Exit status: 0 done, 1 failed, 2 wrong usage, 3 bad input, 130 stopped.");
    program.add_option("--threads", threads, "Threads to use; 0: one per processor. Never changes a result.")
        ->check(CLI::Range(0, 1024));
    program.fallthrough();
    program.require_subcommand(1);
}

void addAll(CLI::App& program, Action& chosen)
{
    for (const auto add : allCommands) {
        add(program, chosen);
    }
}

} // namespace

bool wantsCommand(int argc, const char* const* argv)
{
    CLI::App program;
    Action unused;
    addAll(program, unused);
    const std::vector<std::string> names = commandNames(program);
    for (int at = 1; at < argc; ++at) {
        const std::string_view word = argv[at];
        if (word == "--help" || word == "-h" || word == "--version" ||
            std::find(names.begin(), names.end(), word) != names.end()) {
            return true;
        }
        if (word == "--threads") {
            ++at;
            continue;
        }
        if (word.starts_with("-")) { // the window's own options, or one of ours mistyped
            return word.starts_with("--") && nearestWord(word.substr(2), {"help", "version"}).has_value();
        }
        // A word that is no file and looks like a command is a mistyped command, not a workspace.
        return !std::filesystem::exists(word) && nearestWord(word, names).has_value();
    }
    return false;
}

int runCommand(int argc, const char* const* argv)
{
    CLI::App program("Cross-domain recommendation with knowledge from language models.");
    int threads = 0;
    Action chosen;
    describeProgram(program, threads);
    addAll(program, chosen);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return answerUsage(program, error, {argv + 1, argv + argc});
    }
    setThreadCount(threads);
    const InterruptWatch watch;
    const Result<int> status = withinMemory(
        [&] { return Result<int>(chosen({.stop = watch.token(), .progress = progressLine()})); });
    return status ? *status : complain(status.error());
}

} // namespace transept::app
