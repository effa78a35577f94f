#pragma once

#include <vector>

namespace transept {

/// Gives the memory of a vector back, which neither clear() nor `= {}` does: both keep the capacity.
template<typename T>
void release(std::vector<T>& all)
{
    std::vector<T>().swap(all);
}

} // namespace transept
