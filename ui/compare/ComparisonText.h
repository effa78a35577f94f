#pragma once

#include "core/experiment/Comparison.h"
#include "ui/charts/ValueTable.h"

namespace transept::ui {

/// One row for every measure of every run. The headers are names for programs: the same in every language.
ValueTable tableOf(const Comparison& comparison);

/// What keeps the values of runs from being compared.
enum class Incomparable { Domains, Splits, Data };
Incomparable whyNotComparable(const Comparison& comparison);
QString incomparableText(Incomparable why);

} // namespace transept::ui
