#pragma once

#include <QtCore/QSettings>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <memory>

namespace transept::ui {

enum class ThemeChoice { System, Light, Dark };

/// What the program remembers from one start to the next, in one INI file. A page keeps its own state in a
/// group of its own (Page::saveState). Keys and passwords are never settings.
class Settings final
{
public:
    /// The person's own settings.
    Settings();
    /// Those in this file; for tests and for pictures.
    explicit Settings(const QString& file);

    ThemeChoice theme() const;
    void setTheme(ThemeChoice choice);

    /// "en", "zh_CN"; empty: as the system says.
    QString language() const;
    void setLanguage(const QString& language);

    /// Paths of workspaces, the last one opened first; at most 12.
    QStringList recentWorkspaces() const;
    void addRecentWorkspace(const QString& file);
    void removeRecentWorkspace(const QString& file);

    /// The folder where the last file was chosen; the documents folder at first.
    QString lastFolder() const;
    void setLastFolder(const QString& folder);

    /// For the state of widgets: geometry, splitters, columns.
    QSettings& state() { return *m_settings; }

    /// Forgets sizes, places, columns and filters; keeps language, theme and recent workspaces.
    void forgetLayout();

private:
    std::unique_ptr<QSettings> m_settings;
};

} // namespace transept::ui
