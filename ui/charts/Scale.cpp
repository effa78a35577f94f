#include "ui/charts/Scale.h"

#include <algorithm>
#include <cmath>

namespace transept::ui {
namespace {

constexpr double smallestWidth = 1e-9; // relative; nearer than this the labels of an axis no longer differ

} // namespace

Scale::Scale(Range range, bool logarithmic) : m_range(range), m_logarithmic(logarithmic) {}

double Scale::transformed(double value) const
{
    return m_logarithmic ? std::log10(value) : value;
}

double Scale::restored(double value) const
{
    return m_logarithmic ? std::pow(10.0, value) : value;
}

double Scale::fractionOf(double value) const
{
    const double low = transformed(m_range.low);
    return (transformed(value) - low) / (transformed(m_range.high) - low);
}

double Scale::valueAt(double fraction) const
{
    const double low = transformed(m_range.low);
    return restored(low + fraction * (transformed(m_range.high) - low));
}

Range Scale::zoomed(double fraction, double factor) const
{
    const double low = transformed(m_range.low);
    const double width = transformed(m_range.high) - low;
    const double centre = low + fraction * width;
    const double newWidth = std::max(width * factor, smallestWidth * std::max(1.0, std::abs(centre)));
    return {restored(centre - fraction * newWidth), restored(centre + (1.0 - fraction) * newWidth)};
}

Range Scale::shifted(double fraction) const
{
    const double low = transformed(m_range.low);
    const double high = transformed(m_range.high);
    const double step = fraction * (high - low);
    return {restored(low + step), restored(high + step)};
}

double niceStep(double width, int ticks)
{
    const double rough = width / std::max(ticks, 1);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= rough * 0.999) {
            return factor * power;
        }
    }
    return 10.0 * power;
}

Range padded(Range range, bool logarithmic)
{
    if (logarithmic && range.high >= decade * range.low) {
        const double low = std::floor(std::log10(range.low) + 1e-9);
        const double high = std::ceil(std::log10(range.high) - 1e-9);
        return {std::pow(10.0, low), std::pow(10.0, std::max(high, low + 1.0))};
    }
    if (!(range.high > range.low)) {
        const double half = range.low == 0.0 ? 0.5 : std::abs(range.low) * 0.05;
        range = {range.low - half, range.high + half};
    }
    const double step = niceStep(range.high - range.low, 10);
    const Range wide{std::floor(range.low / step) * step, std::ceil(range.high / step) * step};
    return logarithmic && !(wide.low > 0.0) ? Range{range.low, wide.high} : wide;
}

} // namespace transept::ui
