#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// What is done to a curve before it is drawn. Values that are not finite are gaps.
namespace transept::curves {

struct Point
{
    double x = 0.0;
    double y = 0.0;
    bool operator==(const Point&) const = default;
};

/// Exponential moving average without the start's bias (divided by the weight it has so far), over the full
/// data: smooth first, reduce then. `smoothing` 0 changes nothing, towards 1 more; a constant stays what it
/// is; gaps stay gaps and the average goes on behind them.
std::vector<double> smoothed(std::span<const double> values, double smoothing);

/// The places [first, last) of ascending `x` that a view from `low` to `high` shows, with one neighbour on
/// each side so that lines run to the edge.
std::pair<std::size_t, std::size_t> visiblePlaces(std::span<const double> x, double low, double high);

/// The curve cut at its gaps and, where it has more points than `columns` pixel columns of [low, high] can
/// show, reduced to the first, lowest, highest and last point of every column: no extreme is lost. `x`
/// ascends; points outside the view are left out but for one neighbour on each side.
std::vector<std::vector<Point>> pieces(
    std::span<const double> x, std::span<const double> y, double low, double high, std::size_t columns);

} // namespace transept::curves
