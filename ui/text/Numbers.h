#pragma once

#include <QtCore/QString>

#include <cstdint>
#include <optional>

/// Numbers as people read them, in the digits and separators of the current language. One place for the
/// rules: thousands separators, three significant digits unless asked, an en dash for what is missing, NaN
/// and infinity shown as such. Never for files: those are written in the C locale by the core.
namespace transept::ui::numbers {

/// The en dash that stands for a missing value.
QString missing();

/// A whole number: "412,907".
QString count(std::int64_t value);
QString count(std::optional<std::int64_t> value);

/// At least `digits` significant digits, never cutting digits before the decimal point: 0.853, 14.2,
/// 1,235, 4.1e-7.
QString real(double value, int digits = 3);
QString real(std::optional<double> value, int digits = 3);

/// A value as it was imported, with as many digits as it has: 5, 3.5, 352,698.
QString exactly(double value);

/// As real(), with a sign for every value but zero: "+0.019", "−0.070".
QString signedReal(double value, int digits = 3);

/// `fraction` 0.123 as "12.3 %".
QString percent(double fraction, int digits = 3);

/// A p-value: "0.013", "< 0.001"; an en dash for NaN.
QString probability(double p);

/// "< 1 s", "14 s", "3 min 20 s", "2 h 5 min", "1 d 3 h".
QString duration(double seconds);

/// "210 MB", in powers of 1000.
QString bytes(double count);

/// Seconds since 1970 as local date, or date and time: 2026-11-21, 2026-11-21 14:05; the same in every
/// language.
QString date(std::int64_t secondsUtc);
QString dateTime(std::int64_t secondsUtc);

/// The number that a person typed in the current language or in C; nothing when it is none or not finite.
std::optional<double> parse(const QString& text);

} // namespace transept::ui::numbers
