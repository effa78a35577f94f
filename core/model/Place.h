#pragma once

#include <Eigen/Core>

#include <cstddef>

namespace transept {

/// A place as Eigen counts.
constexpr Eigen::Index place(std::size_t at)
{
    return static_cast<Eigen::Index>(at);
}

} // namespace transept
