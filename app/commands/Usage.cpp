#include "app/commands/Usage.h"

#include "core/base/Words.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

void addOptionNames(const CLI::App& command, std::vector<std::string>& names)
{
    for (const CLI::Option* option : command.get_options()) {
        const std::vector<std::string>& own = option->get_lnames();
        names.insert(names.end(), own.begin(), own.end());
    }
}

std::string noSuchCommand(std::string_view word, const std::vector<std::string>& names)
{
    const auto nearest = nearestWord(word, names);
    return nearest ? fmt::format("There is no subcommand {}. Did you mean {}?", word, *nearest)
                   : fmt::format("There is no subcommand {}. There are: {}.", word, listed(names));
}

/// What is said about the first option that the subcommand does not know; empty when it knows all of them.
std::string unknownOption(const CLI::App& program,
                          const CLI::App& command,
                          std::span<const char* const> arguments)
{
    std::vector<std::string> names;
    addOptionNames(command, names);
    addOptionNames(program, names);
    for (const std::string_view argument : arguments) {
        if (!argument.starts_with("--") || argument.size() == 2) {
            continue;
        }
        const std::string_view name = argument.substr(2, argument.find('=') - 2);
        if (std::find(names.begin(), names.end(), name) != names.end()) {
            continue;
        }
        const auto nearest = nearestWord(name, names);
        return fmt::format("{} has no option --{}.{}",
                           command.get_name(),
                           name,
                           nearest ? fmt::format(" Did you mean --{}?", *nearest) : std::string());
    }
    return {};
}

std::string sentenceFor(const CLI::App& program,
                        const CLI::App* command,
                        const CLI::ParseError& error,
                        std::span<const char* const> arguments)
{
    if (command != nullptr) {
        const std::string unknown = unknownOption(program, *command, arguments);
        return unknown.empty() ? error.what() : unknown;
    }
    for (const std::string_view argument : arguments) {
        if (!argument.starts_with("-")) {
            return noSuchCommand(argument, commandNames(program));
        }
    }
    const std::string unknown = unknownOption(program, program, arguments);
    return unknown.empty() ? error.what() : unknown;
}

} // namespace

CLI::Validator oneOf(std::vector<std::string> words)
{
    std::string description = "{" + fmt::format("{}", fmt::join(words, ",")) + "}";
    const auto check = [words = std::move(words)](std::string& word) -> std::string {
        if (std::find(words.begin(), words.end(), word) != words.end()) {
            return {};
        }
        const auto nearest = nearestWord(word, words);
        return fmt::format("{} is not allowed.{} Allowed are: {}.",
                           word,
                           nearest ? fmt::format(" Did you mean {}?", *nearest) : std::string(),
                           listed(words));
    };
    return CLI::Validator(check, std::move(description));
}

void excludeEachOther(std::span<CLI::Option* const> options)
{
    for (std::size_t at = 0; at < options.size(); ++at) {
        for (CLI::Option* other : options.subspan(at + 1)) {
            options[at]->excludes(other); // and the other way round
        }
    }
}

int answerUsage(const CLI::App& program, const CLI::ParseError& error, std::span<const char* const> arguments)
{
    if (error.get_exit_code() == 0) {
        return program.exit(error);
    }
    constexpr int wrongUsage = 2;
    const std::vector<CLI::App*> chosen = program.get_subcommands();
    const CLI::App* command = chosen.empty() ? nullptr : chosen.front();
    fmt::print(stderr,
               "transept: {}\n\"transept {}--help\" shows what is allowed.\n",
               sentenceFor(program, command, error, arguments),
               command == nullptr ? "" : command->get_name() + " ");
    return wrongUsage;
}

std::vector<std::string> commandNames(const CLI::App& program)
{
    std::vector<std::string> names;
    for (const CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(command->get_name());
    }
    return names;
}

} // namespace transept::app
