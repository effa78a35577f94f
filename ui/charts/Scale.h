#pragma once

#include <optional>

namespace transept::ui {

struct Range
{
    double low = 0.0;
    double high = 1.0;
    bool operator==(const Range&) const = default;
};

/// One axis as numbers: where a value stands between the ends (0 ... 1), linear or logarithmic, and what
/// zooming and panning make of the range. A logarithmic scale takes positive ranges only.
class Scale
{
public:
    Scale() = default;
    Scale(Range range, bool logarithmic);

    Range range() const { return m_range; }
    bool isLogarithmic() const { return m_logarithmic; }
    double fractionOf(double value) const;
    double valueAt(double fraction) const;

    Range zoomed(double fraction,
                 double factor) const;    ///< about the value at `fraction`; factor below 1 comes nearer
    Range shifted(double fraction) const; ///< by a part of the width

private:
    double transformed(double value) const;
    double restored(double value) const;

    Range m_range;
    bool m_logarithmic = false;
};

/// 1, 2 or 5 times a power of ten, so that about `ticks` of them fill the width.
double niceStep(double width, int ticks);

constexpr double decade = 10.0;

/// The range a little larger, its ends on ticks, or on powers of ten (logarithmic, from a decade on).
Range padded(Range range, bool logarithmic);

} // namespace transept::ui
