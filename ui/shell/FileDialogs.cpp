#include "ui/shell/FileDialogs.h"

#include "ui/settings/Settings.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtWidgets/QFileDialog>

namespace transept::ui {

namespace {

QStringList ask(Settings& settings, QWidget* parent, const FileQuestion& question, QFileDialog::FileMode mode)
{
    QFileDialog dialog(parent, question.title, settings.lastFolder(), question.filter);
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
