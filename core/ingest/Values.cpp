#include "core/ingest/Values.h"

#include "core/base/Words.h"

#include <charconv>
#include <chrono>
#include <cmath>

namespace transept {
namespace {

constexpr std::int64_t firstMilliseconds = 100'000'000'000; // as seconds, this would be the year 5138

bool takeDigits(std::string_view& text, std::size_t count, int& value)
{
    if (text.size() < count) {
        return false;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + count, value);
    if (error != std::errc{} || end != text.data() + count || text.front() == '-') {
        return false;
    }
    text.remove_prefix(count);
    return true;
}

bool take(std::string_view& text, std::string_view anyOf)
{
    if (text.empty() || anyOf.find(text.front()) == std::string_view::npos) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<std::int64_t> parseOffset(std::string_view text)
{
    if (text.empty() || text == "Z" || text == "z") {
        return 0;
    }
    const std::int64_t sign = text.front() == '-' ? -1 : 1;
    int hours = 0;
    int minutes = 0;
    if (!take(text, "+-") || !takeDigits(text, 2, hours)) {
        return std::nullopt;
    }
    take(text, ":");
    if (!text.empty() && !takeDigits(text, 2, minutes)) {
        return std::nullopt;
    }
    return text.empty() && hours < 24 && minutes < 60 ? std::optional(sign * (hours * 3600 + minutes * 60))
                                                      : std::nullopt;
}

std::optional<std::int64_t> parseClock(std::string_view text)
{
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (!takeDigits(text, 2, hour) || !take(text, ":") || !takeDigits(text, 2, minute)) {
        return std::nullopt;
    }
    if (take(text, ":") && !takeDigits(text, 2, second)) {
        return std::nullopt;
    }
    if (take(text, ".,")) {
        text.remove_prefix(std::min(text.find_first_not_of("0123456789"), text.size()));
    }
    const auto offset = parseOffset(trimmed(text));
    if (!offset || hour > 24 || minute > 59 || second > 60) {
        return std::nullopt;
    }
    return hour * 3600 + minute * 60 + second - *offset;
}

std::optional<std::int64_t> parseIso(std::string_view text)
{
    int year = 0;
    int month = 0;
    int day = 0;
    if (!takeDigits(text, 4, year) || !take(text, "-/") || !takeDigits(text, 2, month) || !take(text, "-/") ||
        !takeDigits(text, 2, day)) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) {
        return std::nullopt;
    }
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    if (text.empty()) {
        return days * 86'400;
    }
    const auto clock = take(text, "T t") ? parseClock(text) : std::nullopt;
    return clock ? std::optional(days * 86'400 + *clock) : std::nullopt;
}

} // namespace

std::optional<std::int64_t> parseTime(std::string_view text)
{
    text = trimmed(text);
    std::int64_t whole = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (error == std::errc{} && end == text.data() + text.size()) {
        return std::abs(whole) >= firstMilliseconds ? whole / 1000 : whole;
    }
    if (const auto date = parseIso(text)) {
        return date;
    }
    const auto real = parseReal(text);
    if (!real || std::abs(*real) > 1e15) {
        return std::nullopt;
    }
    const double seconds = std::abs(*real) >= static_cast<double>(firstMilliseconds) ? *real / 1000.0 : *real;
    return static_cast<std::int64_t>(std::floor(seconds));
}

NumberProblem parseNumber(std::string_view text, double& value)
{
    text = trimmed(text);
    if (text.starts_with('+') && text.size() > 1 && text[1] != '-' && text[1] != '+') {
        text.remove_prefix(1);
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || end != text.data() + text.size() || error == std::errc::invalid_argument) {
        return NumberProblem::NotANumber;
    }
    // Out of range is an overflow (1e999) or an underflow (1e-999), which is 0 for every purpose here.
    if (error == std::errc::result_out_of_range) {
        const bool tiny =
            text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos;
        value = 0.0;
        return tiny ? NumberProblem::None : NumberProblem::NotFinite;
    }
    return std::isfinite(value) ? NumberProblem::None : NumberProblem::NotFinite;
}

} // namespace transept
