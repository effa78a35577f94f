#pragma once

#include <CLI/CLI.hpp>

#include <span>
#include <string>
#include <vector>

namespace transept::app {

/// Accepts one of these words; another one is refused with the nearest of them.
CLI::Validator oneOf(std::vector<std::string> words);

/// At most one of these options is allowed.
void excludeEachOther(std::span<CLI::Option* const> options);

/// Says on standard error what is wrong with the arguments and which word was probably meant; prints the help
/// or the version when that was asked for. Returns the exit status.
int answerUsage(const CLI::App& program,
                const CLI::ParseError& error,
                std::span<const char* const> arguments);

/// The names of all subcommands.
std::vector<std::string> commandNames(const CLI::App& program);

} // namespace transept::app
