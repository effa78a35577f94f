#include "core/base/Curves.h"

#include <algorithm>
#include <cmath>

namespace transept::curves {
namespace {

/// First, lowest, highest and last of the points of one pixel column, in the order of x and each once.
void appendExtremes(std::span<const Point> column, std::vector<Point>& reduced)
{
    const auto [lowest, highest] = std::minmax_element(
        column.begin(), column.end(), [](const Point& a, const Point& b) { return a.y < b.y; });
    std::size_t places[] = {0,
                            static_cast<std::size_t>(lowest - column.begin()),
                            static_cast<std::size_t>(highest - column.begin()),
                            column.size() - 1};
    std::sort(std::begin(places), std::end(places));
    std::size_t previous = column.size();
    for (const std::size_t place : places) {
        if (place != previous) {
            reduced.push_back(column[place]);
        }
        previous = place;
    }
}

std::vector<Point> reducedToColumns(const std::vector<Point>& points,
                                    double low,
                                    double high,
                                    std::size_t columns)
{
    if (points.size() <= 4 * columns || !(high > low)) {
        return points;
    }
    const double width = (high - low) / static_cast<double>(columns);
    const auto columnOf = [&](const Point& point) { return std::floor((point.x - low) / width); };
    std::vector<Point> reduced;
    std::size_t first = 0;
    while (first < points.size()) {
        std::size_t last = first + 1;
        while (last < points.size() && columnOf(points[last]) == columnOf(points[first])) {
            ++last;
        }
        appendExtremes(std::span(points).subspan(first, last - first), reduced);
        first = last;
    }
    return reduced;
}

} // namespace

std::vector<double> smoothed(std::span<const double> values, double smoothing)
{
    std::vector<double> result(values.begin(), values.end());
    if (smoothing <= 0.0) {
        return result;
    }
    double average = 0.0;
    double weight = 0.0;
    for (double& value : result) {
        if (!std::isfinite(value)) {
            continue;
        }
        average = smoothing * average + (1.0 - smoothing) * value;
        weight = smoothing * weight + (1.0 - smoothing);
        value = average / weight;
    }
    return result;
}

std::pair<std::size_t, std::size_t> visiblePlaces(std::span<const double> x, double low, double high)
{
    const auto first = std::lower_bound(x.begin(), x.end(), low);
    const auto last = std::upper_bound(first, x.end(), high);
    const auto from = static_cast<std::size_t>(first - x.begin());
    const auto to = static_cast<std::size_t>(last - x.begin());
    return {from > 0 ? from - 1 : 0, std::min(to + 1, x.size())};
}

std::vector<std::vector<Point>> pieces(
    std::span<const double> x, std::span<const double> y, double low, double high, std::size_t columns)
{
    const auto [first, last] = visiblePlaces(x, low, high);
    std::vector<std::vector<Point>> all;
    std::vector<Point> piece;
    const auto finish = [&] {
        if (!piece.empty()) {
            all.push_back(reducedToColumns(piece, low, high, columns));
            piece.clear();
        }
    };
    for (std::size_t at = first; at < last; ++at) {
        if (std::isfinite(y[at])) {
            piece.push_back({x[at], y[at]});
        } else {
            finish();
        }
    }
    finish();
    return all;
}

} // namespace transept::curves
