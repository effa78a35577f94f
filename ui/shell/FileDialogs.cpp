#include "ui/shell/FileDialogs.h"

#include "ui/settings/Settings.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QFileIconProvider>

namespace transept::ui {

namespace {

/// What stands beside a file in Qt's own dialog, without a look into it. The usual provider opens and closes
/// the files of the folder to guess their type, and the process would lose its locks on a workspace that is
/// open among them: see markAsOpenDatabase() in core/base/File.h. Asked on a thread of the dialog.
class BlindIcons final : public QFileIconProvider
{
public:
    using QFileIconProvider::icon;
    QIcon icon(const QFileInfo& info) const override { return info.isDir() ? m_folder : m_file; }
    QString type(const QFileInfo& info) const override
    {
        return info.isFile() ? info.suffix().toUpper() : QFileIconProvider::type(info);
    }

private:
    QIcon m_folder = QFileIconProvider::icon(Folder); // made on the thread of the window
    QIcon m_file = QFileIconProvider::icon(File);
};

QStringList ask(Settings& settings, QWidget* parent, const FileQuestion& question, QFileDialog::FileMode mode)
{
    BlindIcons icons; // outlives the dialog
    // It lists its first folder before it can be told of the icons: one in which no workspace is.
    QFileDialog dialog(parent, question.title, QDir::rootPath(), question.filter);
    dialog.setIconProvider(&icons);
    const QString folder = settings.lastFolder();
    dialog.setDirectory(QDir(folder).exists() ? folder : QDir::homePath());
    dialog.setFileMode(mode);
    if (mode == QFileDialog::AnyFile) {
        dialog.setAcceptMode(QFileDialog::AcceptSave);
        dialog.setDefaultSuffix(question.suffix);
        dialog.selectFile(question.proposal);
    }
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) {
        return {};
    }
    settings.setLastFolder(QFileInfo(dialog.selectedFiles().first()).absolutePath());
    return dialog.selectedFiles();
}

} // namespace

FileDialogs FileDialogs::ofSystem(Settings& settings)
{
    return {.openFile =
                [&settings](QWidget* parent, const FileQuestion& question) {
                    return ask(settings, parent, question, QFileDialog::ExistingFile).value(0);
                },
            .openFiles =
                [&settings](QWidget* parent, const FileQuestion& question) {
                    return ask(settings, parent, question, QFileDialog::ExistingFiles);
                },
            .saveFile =
                [&settings](QWidget* parent, const FileQuestion& question) {
                    return ask(settings, parent, question, QFileDialog::AnyFile).value(0);
                }};
}

QString importFilter()
{
    return QCoreApplication::translate(
        "transept::ui::FileDialogs",
        "Tables and text (*.csv *.tsv *.dat *.txt *.inter *.item *.user *.json *.gz);;All files (*)");
}

} // namespace transept::ui
