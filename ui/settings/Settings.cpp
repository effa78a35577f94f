#include "ui/settings/Settings.h"

#include "ui/settings/Keys.h"

#include <QtCore/QStandardPaths>

namespace transept::ui {

namespace {

constexpr int kRecentWorkspaces = 12;

QString wordOf(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System:
        return QStringLiteral("system");
    case ThemeChoice::Light:
        return QStringLiteral("light");
    case ThemeChoice::Dark:
        return QStringLiteral("dark");
    }
    Q_UNREACHABLE();
}

} // namespace

Settings::Settings()
    : m_settings(std::make_unique<QSettings>(
          QSettings::IniFormat, QSettings::UserScope, QStringLiteral("transept"), QStringLiteral("transept")))
{
}

Settings::Settings(const QString& file) : m_settings(std::make_unique<QSettings>(file, QSettings::IniFormat))
{
}

ThemeChoice Settings::theme() const
{
    const QString word = m_settings->value(keys::theme).toString();
    for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        if (word == wordOf(choice)) {
            return choice;
        }
    }
    return ThemeChoice::System;
}

void Settings::setTheme(ThemeChoice choice)
{
    m_settings->setValue(keys::theme, wordOf(choice));
}

QString Settings::language() const
{
    return m_settings->value(keys::language).toString();
}

void Settings::setLanguage(const QString& language)
{
    m_settings->setValue(keys::language, language);
}

QStringList Settings::recentWorkspaces() const
{
    return m_settings->value(keys::recent).toStringList();
}

void Settings::addRecentWorkspace(const QString& file)
{
    QStringList recent = recentWorkspaces();
    recent.removeAll(file);
    recent.prepend(file);
    m_settings->setValue(keys::recent, recent.first(std::min<qsizetype>(recent.size(), kRecentWorkspaces)));
}

void Settings::removeRecentWorkspace(const QString& file)
{
    QStringList recent = recentWorkspaces();
    recent.removeAll(file);
    m_settings->setValue(keys::recent, recent);
}

QString Settings::lastFolder() const
{
    const QString folder = m_settings->value(keys::lastFolder).toString();
    return folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) : folder;
}

void Settings::setLastFolder(const QString& folder)
{
    m_settings->setValue(keys::lastFolder, folder);
}

void Settings::forgetLayout()
{
    m_settings->remove(keys::layout);
}

} // namespace transept::ui
