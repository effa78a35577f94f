#pragma once

#include "core/base/Parameter.h"

namespace transept::ui {

/// A parameter of a form that is no method's: a whole number between `low` and `high`. Label and meaning are
/// TRANSLATABLE("methods", ...).
inline Parameter wholeNumber(
    const char* name, int preset, double low, double high, const char* label, const char* meaning)
{
    return {.name = name,
            .type = Parameter::Type::Integer,
            .preset = preset,
            .low = low,
            .high = high,
            .label = label,
            .meaning = meaning};
}

} // namespace transept::ui
