#pragma once

#include "core/base/Processors.h"

#include <cstddef>
#include <vector>

namespace transept::test {

/// The widths in bytes for which this processor has registers and limitVectorBytes() can be asked, ascending.
inline std::vector<std::size_t> vectorWidths()
{
    limitVectorBytes(64);
    std::vector<std::size_t> widths;
    for (std::size_t bytes = 16; bytes <= vectorBytes(); bytes *= 2) {
        widths.push_back(bytes);
    }
    return widths;
}

} // namespace transept::test
