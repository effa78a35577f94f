#pragma once

#include <span>
#include <vector>

namespace transept {

/// Two-sided p-value of Wilcoxon's signed-rank test on paired differences; pairs that differ by zero are left
/// out, ties share their mean rank. Up to 25 differences the exact conditional distribution, above it the
/// normal approximation with correction for ties and continuity (Hollander and Wolfe 1999). 1 when nothing
/// differs.
double wilcoxon(std::span<const double> differences);

/// Holm's (1979) step-down correction; NaN stays NaN and does not count as a test.
std::vector<double> holm(std::span<const double> p);

} // namespace transept
