#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <functional>

class QWidget;

namespace transept::ui {

class Settings;

struct FileQuestion
{
    QString title;
    QString filter;   ///< "Tables (*.csv *.tsv);;All files (*)"
    QString proposal; ///< a file name to start with; for saving
    QString suffix;   ///< added when none was typed; for saving
};

/// How files are chosen: functions, so that a test chooses without a dialog. Empty answers: nothing was
/// chosen.
struct FileDialogs
{
    std::function<QString(QWidget*, const FileQuestion&)> openFile;
    std::function<QStringList(QWidget*, const FileQuestion&)> openFiles;
    std::function<QString(QWidget*, const FileQuestion&)> saveFile; ///< asks before it overwrites

    /// The dialogs of the system; they start in the folder that was last used. `settings` must outlive them.
    static FileDialogs ofSystem(Settings& settings);
};

/// For files that can be imported.
QString importFilter();

} // namespace transept::ui
