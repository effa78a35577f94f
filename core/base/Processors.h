#pragma once

/// Compiles a function of plain loops for several processors; the right one is chosen when the program
/// starts. The sums in it must have a fixed order of additions: then every processor computes the same bits.
#ifdef TRANSEPT_SANITIZED
#define FOR_EVERY_PROCESSOR // the sanitizers start before the dispatcher may run
#else
#define FOR_EVERY_PROCESSOR                                                                                  \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"),                             \
                   optimize("O3", "no-math-errno", "no-trapping-math")))
#endif
