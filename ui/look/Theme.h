#pragma once

#include "ui/look/Tokens.h"
#include "ui/settings/Settings.h"

#include <QtCore/QObject>
#include <QtGui/QFont>

class QApplication;
class QDBusVariant;

namespace transept::ui {

/// Gives the program its style, palette, style sheet and fonts, and follows the system while the choice is
/// System. Widgets learn of a change by QEvent::PaletteChange. One per program, on the thread of the window.
class Theme final : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QApplication& application);

    ThemeChoice choice() const { return m_choice; }
    void choose(ThemeChoice choice);

    bool isDark() const;

Q_SIGNALS:
    void changed();

private:
    void apply();
    void askDesktopPortal();

private Q_SLOTS:
    void desktopSettingChanged(const QString& space, const QString& key, const QDBusVariant& value);

private:
    QApplication& m_application;
    ThemeChoice m_choice = ThemeChoice::System;
    bool m_systemIsDark = false;
    bool m_applied = false;
};

/// Dynamic properties that the style sheet knows; set them with setProperty(NAME, true) before the widget is
/// shown.
namespace look {
inline constexpr const char* primary = "primary"; ///< QPushButton: the page's primary action
inline constexpr const char* quiet = "quiet";     ///< QToolButton, QPushButton: no frame until hovered
inline constexpr const char* card = "card";       ///< QFrame: a surface with a border and round corners
inline constexpr const char* muted = "muted";     ///< QLabel: said beside
inline constexpr const char* heading = "heading"; ///< QLabel: title of a card
inline constexpr const char* title = "title";     ///< QLabel: title of a page
inline constexpr const char* small = "small";     ///< QLabel: help below a field, muted
inline constexpr const char* invalid =
    "invalid"; ///< a field whose content does not fit; repolish() after setting
} // namespace look

/// Makes a style-sheet property that was changed after showing take effect.
void setLook(QWidget* widget, const char* property, bool on);

/// Digits of equal width, for figures in columns.
QFont tabularFont(const QFont& base);
/// A little smaller, for what is said beside.
QFont smallFont(QFont base);
/// Fixed width, for long ids and JSON.
QFont monospaceFont();

} // namespace transept::ui
