#pragma once

#include <QtGui/QColor>
#include <QtGui/QPalette>

class QWidget;

namespace transept::ui {

/// The distances of the 8-pixel grid, in device-independent pixels.
namespace space {
inline constexpr int half = 4;
inline constexpr int one = 8;
inline constexpr int oneAndHalf = 12;
inline constexpr int two = 16;
inline constexpr int side = 20; ///< left and right of a page, and of the messages above it
inline constexpr int three = 24;
inline constexpr int radius = 6; ///< of cards, buttons and fields
} // namespace space

/// Every colour of the window. Texts reach 4.5:1 on `window`, `surface` and `hover`.
struct Tokens
{
    bool dark = false;
    QColor window;  ///< behind everything
    QColor surface; ///< cards, tables, charts
    QColor field;   ///< what can be typed into
    QColor hover;   ///< under the pointer
    QColor border;  ///< around cards and fields
    QColor line;    ///< inside cards: grid lines, rows
    QColor text;
    QColor mutedText; ///< what is said beside
    QColor disabledText;
    QColor accent;     ///< the one accent
    QColor accentText; ///< on accent
    QColor selection;  ///< behind selected rows
    QColor good;
    QColor warning;
    QColor bad;
    QColor goodSoft; ///< behind messages
    QColor warningSoft;
    QColor badSoft;
    QColor accentSoft;
};

const Tokens& lightTokens();
const Tokens& darkTokens();

/// Those of the theme that a palette, a widget or the program shows now. Ask when painting, never keep: the
/// theme may change.
const Tokens& tokensOf(const QPalette& palette);
const Tokens& tokensOf(const QWidget* widget);
const Tokens& currentTokens();

} // namespace transept::ui
