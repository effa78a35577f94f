#include "app/Window.h"

#include "core/base/Parallel.h"
#include "core/knowledge/Extractor.h"
#include "ui/Pages.h"
#include "ui/Sample.h"
#include "ui/look/Theme.h"
#include "ui/settings/Keychain.h"
#include "ui/settings/Settings.h"
#include "ui/shell/MainWindow.h"

#include <QtCore/QDir>
#include <QtWidgets/QApplication>

namespace transept::app {

namespace {

/// What of the command line is left when Qt has taken its own options: `[--threads N] [WORKSPACE]`.
struct Arguments
{
    QString workspace;
    int threads = 0;
};

Arguments argumentsOf(const QStringList& words)
{
    Arguments found;
    for (qsizetype at = 1; at < words.size(); ++at) {
        if (words[at] == QStringLiteral("--threads") && at + 1 < words.size()) {
            found.threads = words[++at].toInt();
        } else if (!words[at].startsWith(QLatin1Char('-'))) {
            found.workspace = QDir::current().absoluteFilePath(words[at]);
        }
    }
    return found;
}

} // namespace

int runWindow(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("transept"));
    QApplication::setApplicationDisplayName(QStringLiteral("Transept"));
    QApplication::setDesktopFileName(QStringLiteral("org.transept.Transept"));
    QApplication::setApplicationVersion(QStringLiteral(TRANSEPT_VERSION));
    const Arguments arguments = argumentsOf(QApplication::arguments());
    setThreadCount(arguments.threads);

    ui::Settings settings;
    ui::Language language;
    language.choose(settings.language());
    ui::Theme theme(application);
    theme.choose(settings.theme());
    ui::Session session(settings);
    setKeySource(ui::Keychain::of(session).source());
    ui::MainWindow window({.session = session,
                           .theme = theme,
                           .language = language,
                           .dialogs = ui::FileDialogs::ofSystem(settings),
                           .pages = ui::allPages(),
                           .makeSample = ui::makeSampleIn});
    window.show();
    if (!arguments.workspace.isEmpty()) {
        session.open(arguments.workspace.toStdString());
    }
    const int status = QApplication::exec();
    setKeySource(nullptr);
    return status;
}

} // namespace transept::app
