#include "ui/look/Theme.h"

#include "ui/look/StyleSheet.h"

#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusPendingReply>
#include <QtGui/QFontDatabase>
#include <QtWidgets/QApplication>
#include <QtWidgets/QStyle>
#include <QtWidgets/QStyleFactory>
#include <QtWidgets/QWidget>

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace transept::ui {

namespace {

// The desktop's light or dark wish, as the XDG desktop portal tells it; Qt 6.4 does not ask by itself.
const QString kPortal = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPortalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kPortalSettings = QStringLiteral("org.freedesktop.portal.Settings");
const QString kAppearance = QStringLiteral("org.freedesktop.appearance");
const QString kColorScheme = QStringLiteral("color-scheme");
constexpr uint kPrefersDark = 1;

// What bare systems fall back to; a better family is taken when there is one.
const QString kFallbackFamily = QStringLiteral("DejaVu Sans");
constexpr int kLeastPointSize = 9;

QPalette paletteOf(const Tokens& tokens)
{
    QPalette palette;
    palette.setColor(QPalette::Window, tokens.window);
    palette.setColor(QPalette::WindowText, tokens.text);
    palette.setColor(QPalette::Base, tokens.surface);
    palette.setColor(QPalette::AlternateBase, tokens.window);
    palette.setColor(QPalette::Text, tokens.text);
    palette.setColor(QPalette::PlaceholderText, tokens.mutedText);
    palette.setColor(QPalette::Button, tokens.surface);
    palette.setColor(QPalette::ButtonText, tokens.text);
    palette.setColor(QPalette::BrightText, tokens.bad);
    palette.setColor(QPalette::ToolTipBase, tokens.surface);
    palette.setColor(QPalette::ToolTipText, tokens.text);
    palette.setColor(QPalette::Highlight, tokens.accent);
    palette.setColor(QPalette::HighlightedText, tokens.accentText);
    palette.setColor(QPalette::Link, tokens.accent);
    palette.setColor(QPalette::LinkVisited, tokens.accent);
    palette.setColor(QPalette::Light, tokens.surface);
    palette.setColor(QPalette::Midlight, tokens.line);
    palette.setColor(QPalette::Mid, tokens.border);
    palette.setColor(QPalette::Dark, tokens.border);
    palette.setColor(QPalette::Shadow, tokens.border);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, tokens.disabledText);
    }
    return palette;
}

QFont programFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    const QStringList installed = QFontDatabase::families();
    QStringList families;
    if (font.family() == kFallbackFamily || !installed.contains(font.family())) {
        for (const QString& better :
             {QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("Cantarell")}) {
            if (installed.contains(better)) {
                families.append(better);
                break;
            }
        }
    }
    families.append(font.family());
    // Without this, Han characters come in whatever variant the system finds first.
    for (const QString& han : {QStringLiteral("Noto Sans CJK SC"), QStringLiteral("Noto Sans SC")}) {
        if (installed.contains(han)) {
            families.append(han);
        }
    }
    font.setFamilies(families);
    font.setPointSize(std::max(kLeastPointSize, font.pointSize()));
    return font;
}

/// Measured once for a font: models ask whenever a cell of figures is painted.
bool hasEqualDigits(const QFont& font)
{
    static std::map<std::tuple<QStringList, qreal, int, bool>, bool> known;
    const auto [place, isNew] =
        known.try_emplace({font.families(), font.pointSizeF(), font.weight(), font.italic()});
    if (isNew) {
        const QFontMetricsF metrics(font);
        const qreal zero = metrics.horizontalAdvance(QLatin1Char('0'));
        place->second = std::ranges::all_of(std::string_view("123456789"), [&](char digit) {
            return qFuzzyCompare(metrics.horizontalAdvance(QLatin1Char(digit)), zero);
        });
    }
    return place->second;
}

} // namespace

Theme::Theme(QApplication& application) : QObject(&application), m_application(application)
{
    m_systemIsDark = tokensOf(QApplication::palette()).dark;
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setFont(programFont());
    apply();
    askDesktopPortal();
}

void Theme::choose(ThemeChoice choice)
{
    m_choice = choice;
    apply();
}

bool Theme::isDark() const
{
    return m_choice == ThemeChoice::Dark || (m_choice == ThemeChoice::System && m_systemIsDark);
}

void Theme::apply()
{
    const Tokens& tokens = isDark() ? darkTokens() : lightTokens();
    if (m_applied && currentTokens().dark == tokens.dark) {
        return;
    }
    m_applied = true;
    QApplication::setPalette(paletteOf(tokens));
    m_application.setStyleSheet(styleSheet(tokens));
    Q_EMIT changed();
}

void Theme::askDesktopPortal()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    bus.connect(kPortal,
                kPortalPath,
                kPortalSettings,
                QStringLiteral("SettingChanged"),
                this,
                SLOT(desktopSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage question =
        QDBusMessage::createMethodCall(kPortal, kPortalPath, kPortalSettings, QStringLiteral("Read"));
    question.setArguments({kAppearance, kColorScheme});
    auto* answer = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* watcher) {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (!reply.isError()) {
            desktopSettingChanged(kAppearance, kColorScheme, reply.value());
        }
        watcher->deleteLater();
    });
}

void Theme::desktopSettingChanged(const QString& space, const QString& key, const QDBusVariant& value)
{
    if (space != kAppearance || key != kColorScheme) {
        return;
    }
    QVariant scheme = value.variant();
    if (scheme.canConvert<QDBusVariant>()) { // "Read" wraps its answer twice
        scheme = scheme.value<QDBusVariant>().variant();
    }
    m_systemIsDark = scheme.toUInt() == kPrefersDark;
    apply();
}

void setLook(QWidget* widget, const char* property, bool on)
{
    if (widget->property(property).toBool() != on) {
        widget->setProperty(property, on);
        widget->style()->unpolish(widget);
        widget->style()->polish(widget);
        widget->update();
    }
}

QFont tabularFont(const QFont& base)
{
    if (hasEqualDigits(base)) {
        return base;
    }
    QFont equal = base;
    equal.setFamilies(QStringList{QStringLiteral("Noto Sans"), kFallbackFamily} + base.families());
    return equal;
}

QFont smallFont(QFont base)
{
    constexpr double size = 0.9; // of the other
    base.setPointSizeF(base.pointSizeF() * size);
    return base;
}

QFont monospaceFont()
{
    return QFontDatabase::systemFont(QFontDatabase::FixedFont);
}

} // namespace transept::ui
