#include "ui/runs/EstimateText.h"

#include "ui/text/Numbers.h"

#include <QtCore/QCoreApplication>

#include <cmath>

namespace transept::ui {
namespace {

constexpr double mib = 1024.0 * 1024.0;
constexpr double widerThan = 1.5; // of a range that is told

QString words(const char* text)
{
    return QCoreApplication::translate("RunEstimate", text);
}

/// In steps that fit the size: seconds up to 20, then 5 s, 10 s from two minutes on, 5 min from an hour on.
double calm(double seconds)
{
    const double step = seconds < 20.0 ? 1.0 : seconds < 120.0 ? 5.0 : seconds < 3600.0 ? 10.0 : 300.0;
    return seconds < 1.0 ? seconds : step * std::round(seconds / step);
}

double twoDigits(double value)
{
    const double unit = std::pow(10.0, std::floor(std::log10(std::max(value, 1.0))) - 1.0);
    return unit * std::round(value / unit);
}

} // namespace

QString timeText(const RunEstimate& estimate)
{
    const double most = estimate.seconds();
    const QString longest = numbers::duration(calm(most));
    if (most < 1.0) {
        return longest;
    }
    if (most > widerThan * estimate.leastSeconds()) {
        //: how long a run will take: 3 s to 20 s
        return words(QT_TRANSLATE_NOOP("RunEstimate", "%1 to %2"))
            .arg(numbers::duration(calm(estimate.leastSeconds())), longest);
    }
    return words(QT_TRANSLATE_NOOP("RunEstimate", "about %1")).arg(longest);
}

QString estimateText(const RunEstimate& estimate)
{
    //: time and memory of a run
    return words(QT_TRANSLATE_NOOP("RunEstimate", "%1, %2"))
        .arg(timeText(estimate), numbers::bytes(twoDigits(estimate.memoryMb() * mib)));
}

} // namespace transept::ui
