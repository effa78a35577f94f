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

#include <algorithm>
#include <cstdio>
#include <string_view>

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

/// Without one Qt would end the program with a message about its plugins.
bool hasDisplay(int argc, char** argv)
{
    const auto choosesPlatform = [](std::string_view word) {
        return word == "-platform" || word == "--platform";
    };
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM") || std::any_of(argv, argv + argc, choosesPlatform);
}

} // namespace

int runWindow(int argc, char** argv)
{
    if (!hasDisplay(argc, argv)) {
        std::fputs(
            "transept: There is no display for the window. Name a subcommand; \"transept --help\" lists "
            "them.\n",
            stderr);
        return 1;
    }
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
