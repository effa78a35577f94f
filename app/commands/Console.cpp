#include "app/commands/Console.h"

#include "core/base/Words.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <unistd.h>

namespace transept::app {
namespace {

/// Columns that a text takes on a terminal: one per code point, two for East Asian wide ones.
std::size_t displayWidth(std::string_view text)
{
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if ((byte & 0xC0U) != 0x80U) {
            width += byte >= 0xE3 ? 2 : 1; // U+3000 and above start with E3 or more
        }
    }
    return width;
}

} // namespace

int exitStatus(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled:
        return 130;
    case ErrorCode::InvalidInput:
    case ErrorCode::NotFound:
        return 3;
    case ErrorCode::Io:
    case ErrorCode::Database:
    case ErrorCode::Network:
    case ErrorCode::Diverged:
    case ErrorCode::OutOfMemory:
        return 1;
    }
    return 1;
}

int complain(const Error& error)
{
    fmt::print(stderr, "transept: {}\n", describe(error));
    return exitStatus(error.code);
}

void print(const Json& document)
{
    fmt::print("{}\n", document.dump(2, ' ', false, Json::error_handler_t::replace));
}

void printTable(const std::vector<std::vector<std::string>>& rows)
{
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t column = 0; column < row.size(); ++column) {
            widths[column] = std::max(widths[column], displayWidth(row[column]));
        }
    }
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t column = 0; column < row.size(); ++column) {
            const std::string padding(widths[column] - displayWidth(row[column]), ' ');
            const bool isNumber = parseReal(row[column]).has_value();
            line += (column == 0 ? "" : "  ") + (isNumber ? padding + row[column] : row[column] + padding);
        }
        fmt::print("{}\n", line.substr(0, line.find_last_not_of(' ') + 1));
    }
}

std::function<void(const Progress&)> progressLine()
{
    if (isatty(STDERR_FILENO) == 0) {
        return [](const Progress&) {};
    }
    using Clock = std::chrono::steady_clock;
    return [shown = Clock::time_point{}](const Progress& progress) mutable {
        if (Clock::now() - shown < std::chrono::milliseconds(100) && progress.fraction < 1.0) {
            return;
        }
        shown = Clock::now();
        const std::string percent =
            progress.fraction < 0.0 ? "" : fmt::format(" {:3.0f} %", progress.fraction * 100.0);
        fmt::print(stderr, "\r\033[K{}{}{}", progress.stage, percent, progress.fraction >= 1.0 ? "\n" : "");
        std::fflush(stderr);
    };
}

} // namespace transept::app
