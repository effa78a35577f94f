/// Saves every page of the real window as PNG: `transept_screenshots WORKSPACE DIR SUFFIX`, in both languages
/// and themes. The scale is the process's (QT_SCALE_FACTOR); tests/screenshots.sh calls it once for each.
#include "ui/Pages.h"
#include "ui/Sample.h"
#include "ui/data/DataPage.h"
#include "ui/look/Theme.h"
#include "ui/settings/Settings.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/ShortcutsDialog.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QApplication>
#include <QtWidgets/QListView>
#include <QtWidgets/QTabWidget>

#include <cstdio>

namespace {

using namespace transept;

constexpr QSize kWindow(1440, 900);
constexpr int kSettleMs = 1500; ///< questions are answered and charts drawn

void settle(int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < milliseconds) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 50);
    }
}

/// Takes the pictures of one language and theme.
class Photographer
{
public:
    Photographer(ui::MainWindow& window, QDir folder, QString suffix)
        : m_window(window)
        , m_folder(std::move(folder))
        , m_suffix(std::move(suffix))
    {
    }

    void takeAll(ui::Session& session, const QString& workspace)
    {
        settle(kSettleMs);
        take(QStringLiteral("welcome"), m_window);
        session.open(workspace.toStdString());
        settle(kSettleMs);
        m_window.showPage(QStringLiteral("compare"));
        settle(kSettleMs);
        if (auto* all = m_window.findChild<QAction*>(QStringLiteral("selectFinished"))) {
            all->trigger();
        }
        for (const ui::Page* page : m_window.pages()) {
            m_window.showPage(page->id());
            settle(kSettleMs);
            for (QListView* list :
                 page->findChildren<QListView*>(QRegularExpression(QStringLiteral("^recommendations")))) {
                list->setCurrentIndex(list->model()->index(0, 0)); // what speaks for it is shown beside
            }
            settle(kSettleMs / 4);
            take(page->id(), m_window);
            takeTabs(*page);
        }
        takeImport(workspace);
        m_window.showJobPanel(true);
        settle(kSettleMs / 4);
        take(QStringLiteral("jobs"), m_window);
        m_window.showJobPanel(false);
        if (auto* palette = m_window.findChild<ui::CommandPalette*>()) {
            palette->open();
            settle(kSettleMs / 4);
            take(QStringLiteral("palette"), m_window);
            palette->hide();
        }
        ui::ShortcutsDialog shortcuts(m_window.allActions(), &m_window);
        shortcuts.setAttribute(Qt::WA_DeleteOnClose, false);
        shortcuts.show();
        settle(kSettleMs / 4);
        take(QStringLiteral("shortcuts"), shortcuts);
    }

private:
    /// What stands behind the first tabs of the comparison.
    void takeTabs(const ui::Page& page)
    {
        for (const char* name : {"compareTabs", "compareResults"}) {
            auto* tabs = page.findChild<QTabWidget*>(QLatin1String(name));
            for (int tab = 1; tabs != nullptr && tab < tabs->count(); ++tab) {
                tabs->setCurrentIndex(tab);
                settle(kSettleMs);
                take(QStringLiteral("%1-%2-%3").arg(page.id(), QLatin1String(name)).arg(tab), m_window);
            }
            if (tabs != nullptr) {
                tabs->setCurrentIndex(0);
            }
        }
    }

    /// The files that the sample was made of, on their way in once more; nothing is imported.
    void takeImport(const QString& workspace)
    {
        const QFileInfo file(workspace);
        const QDir files(file.dir().filePath(file.completeBaseName() + QStringLiteral("-files")));
        const auto data = std::find_if(m_window.pages().begin(), m_window.pages().end(), [](ui::Page* page) {
            return qobject_cast<ui::DataPage*>(page) != nullptr;
        });
        QStringList paths;
        for (const QFileInfo& each : files.entryInfoList(QDir::Files, QDir::Name)) {
            paths.append(each.filePath());
        }
        if (paths.isEmpty() || data == m_window.pages().end()) {
            return;
        }
        m_window.showPage((*data)->id());
        static_cast<ui::DataPage*>(*data)->offerFiles(paths);
        settle(kSettleMs);
        take(QStringLiteral("import"), m_window);
    }

    void take(const QString& name, QWidget& widget)
    {
        const QString file = m_folder.filePath(QStringLiteral("%1-%2.png").arg(name, m_suffix));
        if (!widget.grab().save(file)) {
            std::fprintf(stderr, "cannot write %s\n", qPrintable(file));
        }
    }

    ui::MainWindow& m_window;
    QDir m_folder;
    QString m_suffix;
};

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QStringList words = QApplication::arguments();
    if (words.size() != 4) {
        std::fputs("usage: transept_screenshots WORKSPACE DIR SUFFIX\n", stderr);
        return 2;
    }
    QDir().mkpath(words[2]);
    ui::Theme theme(application);
    ui::Language language;
    for (const ui::ThemeChoice choice : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
        for (const ui::Language::Choice& each : ui::Language::choices()) {
            const QTemporaryDir folder;
            ui::Settings settings(folder.filePath(QStringLiteral("settings.ini")));
            settings.addRecentWorkspace(words[1]);
            theme.choose(choice);
            language.choose(each.code);
            ui::Session session(settings);
            ui::MainWindow window({.session = session,
                                   .theme = theme,
                                   .language = language,
                                   .dialogs = ui::FileDialogs::ofSystem(settings),
                                   .pages = ui::allPages(),
                                   .makeSample = ui::makeSampleIn});
            window.resize(kWindow);
            window.show();
            const QString tone =
                choice == ui::ThemeChoice::Dark ? QStringLiteral("dark") : QStringLiteral("light");
            Photographer(window, QDir(words[2]), QStringLiteral("%1-%2-%3").arg(each.code, tone, words[3]))
                .takeAll(session, words[1]);
        }
    }
    return 0;
}
