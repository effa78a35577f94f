#include "ui/text/Numbers.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QLocale>

#include <algorithm>
#include <cmath>

namespace transept::ui::numbers {

namespace {

constexpr double kPlainFrom = 1e-4; ///< smaller ones are written with an exponent
constexpr double kPlainTo = 1e15;
constexpr double kMinute = 60.0;
constexpr double kHour = 3600.0;
constexpr double kDay = 86400.0;

const QChar kMinus(0x2212);

QString withMinus(QString text)
{
    return text.replace(QLatin1Char('-'), kMinus);
}

// Decimals that show `digits` significant digits of the value, after rounding: 0.9996 has 0 to the left and
// becomes 1.00.
int decimalsFor(double magnitude, int digits)
{
    const double rounded =
        std::pow(10.0, std::floor(std::log10(magnitude)) + 1.0 - digits); // the unit of the last digit
    const double shown = std::round(magnitude / rounded) * rounded;
    return std::max(0, digits - 1 - static_cast<int>(std::floor(std::log10(shown) + 1e-12)));
}

QString two(const char* pattern, double bigger, double smaller)
{
    const QLocale locale;
    return QCoreApplication::translate("Numbers", pattern)
        .arg(locale.toString(static_cast<qlonglong>(bigger)),
             locale.toString(static_cast<qlonglong>(smaller)));
}

} // namespace

QString missing()
{
    return QString(QChar(0x2013));
}

QString count(std::int64_t value)
{
    return withMinus(QLocale().toString(static_cast<qlonglong>(value)));
}

QString count(std::optional<std::int64_t> value)
{
    return value ? count(*value) : missing();
}

QString real(double value, int digits)
{
    if (std::isnan(value)) {
        return QStringLiteral("NaN");
    }
    if (std::isinf(value)) {
        return value > 0 ? QString(QChar(0x221E)) : QString(kMinus) + QChar(0x221E);
    }
    const QLocale locale;
    const double magnitude = std::abs(value);
    if (magnitude == 0.0) {
        return locale.toString(0.0, 'f', std::max(0, digits - 1));
    }
    if (magnitude < kPlainFrom || magnitude >= kPlainTo) {
        return withMinus(locale.toString(value, 'e', std::max(0, digits - 1)));
    }
    return withMinus(locale.toString(value, 'f', decimalsFor(magnitude, digits)));
}

QString real(std::optional<double> value, int digits)
{
    return value ? real(*value, digits) : missing();
}

QString exactly(double value)
{
    if (!std::isfinite(value)) {
        return real(value);
    }
    const double magnitude = std::abs(value);
    const bool isPlain = magnitude == 0.0 || (magnitude >= kPlainFrom && magnitude < kPlainTo);
    return withMinus(QLocale().toString(value, isPlain ? 'f' : 'e', QLocale::FloatingPointShortest));
}

QString signedReal(double value, int digits)
{
    const QString text = real(value, digits);
    return value > 0.0 ? QLatin1Char('+') + text : text;
}

QString percent(double fraction, int digits)
{
    if (std::isnan(fraction)) {
        return missing();
    }
    //: a share of a whole; %1 is the number
    return QCoreApplication::translate("Numbers", "%1 %").arg(real(fraction * 100.0, digits));
}

QString probability(double p)
{
    if (std::isnan(p)) {
        return missing();
    }
    constexpr double least = 0.001;
    const QLocale locale;
    return p < least ? QStringLiteral("< ") + locale.toString(least, 'f', 3) : locale.toString(p, 'f', 3);
}

QString duration(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 0.0) {
        return missing();
    }
    if (seconds < 1.0) {
        return QCoreApplication::translate("Numbers", "< 1 s");
    }
    const double whole = std::round(seconds);
    if (whole < kMinute) {
        return QCoreApplication::translate("Numbers", "%1 s")
            .arg(QLocale().toString(static_cast<qlonglong>(whole)));
    }
    if (whole < kHour) {
        return two(QT_TRANSLATE_NOOP("Numbers", "%1 min %2 s"),
                   std::floor(whole / kMinute),
                   std::fmod(whole, kMinute));
    }
    if (whole < kDay) {
        return two(QT_TRANSLATE_NOOP("Numbers", "%1 h %2 min"),
                   std::floor(whole / kHour),
                   std::floor(std::fmod(whole, kHour) / kMinute));
    }
    return two(QT_TRANSLATE_NOOP("Numbers", "%1 d %2 h"),
               std::floor(whole / kDay),
               std::floor(std::fmod(whole, kDay) / kHour));
}

QString bytes(double count)
{
    if (!std::isfinite(count)) {
        return missing();
    }
    return QLocale().formattedDataSize(
        static_cast<qint64>(count), count < 1e9 ? 0 : 1, QLocale::DataSizeSIFormat);
}

QString date(std::int64_t secondsUtc)
{
    return QDateTime::fromSecsSinceEpoch(secondsUtc).toString(QStringLiteral("yyyy-MM-dd"));
}

QString dateTime(std::int64_t secondsUtc)
{
    return QDateTime::fromSecsSinceEpoch(secondsUtc).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

std::optional<double> parse(const QString& text)
{
    QString plain = text.trimmed();
    plain.replace(kMinus, QLatin1Char('-'));
    for (const QLocale& locale : {QLocale(), QLocale::c()}) {
        bool isNumber = false;
        const double value = locale.toDouble(plain, &isNumber);
        if (isNumber && std::isfinite(value)) {
            return value;
        }
    }
    return std::nullopt;
}

} // namespace transept::ui::numbers
