#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace transept {

/// Seconds since 1970 of a time as files write it: seconds, milliseconds (12 digits and more), or an ISO 8601
/// date with or without time, fraction and offset (UTC when it has none). Fractions are cut off.
std::optional<std::int64_t> parseTime(std::string_view text);

enum class NumberProblem { None, NotANumber, NotFinite };

/// A number in the C locale with blanks around it allowed.
NumberProblem parseNumber(std::string_view text, double& value);

} // namespace transept
