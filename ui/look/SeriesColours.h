#pragma once

#include <QtGui/QColor>
#include <QtGui/QIcon>
#include <QtGui/QPainterPath>

#include <cstdint>

namespace transept::ui {

enum class Mark : std::uint8_t { Circle, Square, Triangle, Diamond, TriangleDown, Plus, Cross, Star };
inline constexpr int markCount = 8;
inline constexpr int seriesColourCount = 8;

/// The colour of series `number` (RunRecord::colour, or a place in a list) in the Okabe-Ito order, lighter on
/// dark. Safe for colour-blind people; never the only difference: the mark differs too.
QColor seriesColour(int number, bool dark);
QColor seriesColour(int number); ///< in the program's present theme

/// The same as the colour of a text: as near to it as 4.5:1 on a surface allows.
QColor seriesTextColour(int number, bool dark);

/// The mark of series `number`: 64 different pairs of colour and mark before one repeats.
Mark seriesMark(int number);

/// The outline of a mark centred on (0, 0), `size` pixels wide, to be filled.
QPainterPath markPath(Mark mark, qreal size);

/// Colour and mark of a series as a small icon, for tables and legends.
QIcon seriesIcon(int number);

/// Of many: 0 ... 1 on a perceptually even single-hue scale that starts at the surface, for heat maps.
QColor scaleColour(double fraction, bool dark);

} // namespace transept::ui
