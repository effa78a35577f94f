#include "ui/look/Tokens.h"

#include <QtGui/QGuiApplication>
#include <QtWidgets/QWidget>

namespace transept::ui {

namespace {

constexpr int kMiddle = 128; ///< lightness that separates dark palettes from light ones

QColor rgb(QRgb value)
{
    return QColor::fromRgb(value);
}

} // namespace

const Tokens& lightTokens()
{
    static const Tokens tokens{.dark = false,
                               .window = rgb(0xf6f6f4),
                               .surface = rgb(0xffffff),
                               .field = rgb(0xffffff),
                               .hover = rgb(0xededea),
                               .border = rgb(0xd9d9d4),
                               .line = rgb(0xe9e9e5),
                               .text = rgb(0x1c1e22),
                               .mutedText = rgb(0x5c6068),
                               .disabledText = rgb(0xa3a6ac),
                               .accent = rgb(0x0b66c8),
                               .accentText = rgb(0xffffff),
                               .selection = rgb(0xe1ecfa),
                               .good = rgb(0x00734f),
                               .warning = rgb(0x8a5a00),
                               .bad = rgb(0xb3261e),
                               .goodSoft = rgb(0xe4f4ec),
                               .warningSoft = rgb(0xfdf2d8),
                               .badSoft = rgb(0xfce8e6),
                               .accentSoft = rgb(0xe1ecfa)};
    return tokens;
}

const Tokens& darkTokens()
{
    static const Tokens tokens{.dark = true,
                               .window = rgb(0x1d1e22),
                               .surface = rgb(0x26272c),
                               .field = rgb(0x2d2f34),
                               .hover = rgb(0x33353b),
                               .border = rgb(0x3d4047),
                               .line = rgb(0x33353b),
                               .text = rgb(0xe9eaec),
                               .mutedText = rgb(0xa4a8b0),
                               .disabledText = rgb(0x6a6e76),
                               .accent = rgb(0x58a2f2),
                               .accentText = rgb(0x0d1b2a),
                               .selection = rgb(0x263449),
                               .good = rgb(0x4cc29a),
                               .warning = rgb(0xe9b44c),
                               .bad = rgb(0xf28b82),
                               .goodSoft = rgb(0x1d372d),
                               .warningSoft = rgb(0x3b3220),
                               .badSoft = rgb(0x432827),
                               .accentSoft = rgb(0x263449)};
    return tokens;
}

const Tokens& tokensOf(const QPalette& palette)
{
    QColor window = palette.color(QPalette::Window);
    if (window.alpha() == 0) { // a list without a background: what is behind it belongs to the program
        window = QGuiApplication::palette().color(QPalette::Window);
    }
    return window.lightness() < kMiddle ? darkTokens() : lightTokens();
}

const Tokens& tokensOf(const QWidget* widget)
{
    return tokensOf(widget->palette());
}

const Tokens& currentTokens()
{
    return tokensOf(QGuiApplication::palette());
}

} // namespace transept::ui
