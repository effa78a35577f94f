#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/Usage.h"
#include "core/store/Deletion.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>

namespace transept::app {
namespace {

constexpr std::array kinds{Deletable::Run, Deletable::Domain, Deletable::Knowledge};

struct DeleteArguments
{
    std::string workspace;
    std::string kind;
    std::vector<std::string> names;
};

std::vector<std::string> allWords()
{
    std::vector<std::string> words;
    for (const Deletable kind : kinds) {
        words.emplace_back(wordOf(kind));
    }
    return words;
}

Deletable kindFrom(std::string_view word)
{
    return *std::find_if(kinds.begin(), kinds.end(), [&](Deletable kind) { return wordOf(kind) == word; });
}

void addNames(CLI::App& command, DeleteArguments& options, bool areRequired)
{
    command.add_option("workspace", options.workspace, "The .transept file")->required();
    command.add_option("kind", options.kind, "What it is")->required(areRequired)->check(oneOf(allWords()));
    command.add_option("which", options.names, "Numbers of runs, names of domains or of knowledge bases")
        ->required(areRequired);
}

int deleteChosen(const DeleteArguments& options)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace);
    const Status deleted =
        workspace ? deleteNamed(*workspace, kindFrom(options.kind), options.names) : passOn(workspace);
    if (!deleted) {
        return complain(deleted.error());
    }
    for (const std::string& name : options.names) {
        fmt::print("{0} {1} is deleted; this brings it back: transept restore {2} {0} {1}\n",
                   options.kind,
                   name,
                   options.workspace);
    }
    return 0;
}

int listDeleted(const DeleteArguments& options)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace, Access::ReadOnly);
    const Result<std::vector<Deleted>> deleted = workspace ? findDeleted(*workspace) : passOn(workspace);
    if (!deleted) {
        return complain(deleted.error());
    }
    std::vector<std::vector<std::string>> rows{{"kind", "number", "name", "deleted"}};
    for (const Deleted& each : *deleted) {
        rows.push_back({std::string(wordOf(each.kind)),
                        std::to_string(each.id),
                        each.name,
                        fmt::format("{:%Y-%m-%d %H:%M}", fmt::localtime(each.when))});
    }
    printTable(rows);
    return 0;
}

int restoreChosen(const DeleteArguments& options)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace);
    const Status restored =
        workspace ? restoreNamed(*workspace, kindFrom(options.kind), options.names) : passOn(workspace);
    if (!restored) {
        return complain(restored.error());
    }
    for (const std::string& name : options.names) {
        fmt::print("{} {} is back.\n", options.kind, name);
    }
    return 0;
}

} // namespace

void addDelete(CLI::App& program, Action& chosen)
{
    CLI::App* command = program.add_subcommand(
        "delete", "Puts runs, domains or knowledge bases aside; restore brings them back");
    const auto options = std::make_shared<DeleteArguments>();
    addNames(*command, *options, true);
    command->footer("Example: transept delete films.transept run 2");
    command->callback(
        [options, &chosen] { chosen = [options](const JobContext&) { return deleteChosen(*options); }; });
}

void addRestore(CLI::App& program, Action& chosen)
{
    CLI::App* command = program.add_subcommand("restore", "Brings back what was deleted, or lists it");
    const auto options = std::make_shared<DeleteArguments>();
    addNames(*command, *options, false);
    command->footer("Example: transept restore films.transept run 2");
    command->callback([options, &chosen] {
        if (!options->kind.empty() && options->names.empty()) {
            throw CLI::RequiredError("which");
        }
        chosen = [options](const JobContext&) {
            return options->kind.empty() ? listDeleted(*options) : restoreChosen(*options);
        };
    });
}

} // namespace transept::app
