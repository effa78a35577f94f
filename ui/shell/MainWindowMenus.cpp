// The menus of the window: what stands in them, with which shortcut, and what it does.
#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/settings/Settings.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/ShortcutsDialog.h"

#include <QtGui/QActionGroup>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>

namespace transept::ui {

QAction* MainWindow::add(QMenu* menu, const char* name, const char* text, const QKeySequence& shortcut)
{
    auto* action = new QAction(this);
    action->setObjectName(QLatin1StringView(name));
    action->setShortcut(shortcut);
    menu->addAction(action);
    m_entries.push_back({.action = action, .text = text});
    return action;
}

void MainWindow::buildMenus()
{
    const std::vector<std::pair<Menu, const char*>> titles{{Menu::File, QT_TR_NOOP("&File")},
                                                           {Menu::Edit, QT_TR_NOOP("&Edit")},
                                                           {Menu::View, QT_TR_NOOP("&View")},
                                                           {Menu::Data, QT_TR_NOOP("&Data")},
                                                           {Menu::Run, QT_TR_NOOP("&Run")},
                                                           {Menu::Help, QT_TR_NOOP("&Help")}};
    for (const auto& [menu, title] : titles) {
        m_menus[menu] = menuBar()->addMenu(QString());
        m_menuTitles.emplace_back(m_menus[menu], title);
    }
    buildFileMenu();
    buildEditMenu();
    buildViewMenu();
    buildRunMenu();
    buildHelpMenu();
}

void MainWindow::buildFileMenu()
{
    QMenu* menu = m_menus[Menu::File];
    m_new = add(menu, "newWorkspaceAction", QT_TR_NOOP("&New workspace…"), QKeySequence::New);
    m_new->setIcon(icon(QStringLiteral("new")));
    connect(m_new, &QAction::triggered, this, &MainWindow::askNewWorkspace);
    m_import = add(menu, "importFilesAction", QT_TR_NOOP("&Import files…"), {});
    m_import->setIcon(icon(QStringLiteral("import")));
    connect(m_import, &QAction::triggered, this, &MainWindow::askImport);
    m_open = add(menu, "openWorkspaceAction", QT_TR_NOOP("&Open workspace…"), QKeySequence::Open);
    m_open->setIcon(icon(QStringLiteral("open")));
    connect(m_open, &QAction::triggered, this, &MainWindow::askOpenWorkspace);
    m_recentMenu = menu->addMenu(QString());
    m_menuTitles.emplace_back(m_recentMenu, QT_TR_NOOP("Open &recent"));
    connect(m_recentMenu, &QMenu::aboutToShow, this, &MainWindow::updateRecentMenu);
    if (m_parts.makeSample) {
        m_sample = add(menu, "createSampleAction", QT_TR_NOOP("Create the &sample…"), {});
        m_sample->setIcon(icon(QStringLiteral("sample")));
        connect(m_sample, &QAction::triggered, this, &MainWindow::askSample);
    }
    menu->addSeparator();
    m_close = add(menu, "closeWorkspaceAction", QT_TR_NOOP("&Close workspace"), QKeySequence::Close);
    connect(m_close, &QAction::triggered, &m_parts.session, &Session::close);
    QAction* quit = add(menu, "quitAction", QT_TR_NOOP("&Quit"), QKeySequence::Quit);
    connect(quit, &QAction::triggered, this, &QWidget::close);
}

void MainWindow::buildEditMenu()
{
    QMenu* menu = m_menus[Menu::Edit];
    QUndoStack& history = m_parts.session.undoStack();
    QAction* undo = add(menu, "undoAction", QT_TR_NOOP("&Undo"), QKeySequence::Undo);
    undo->setIcon(icon(QStringLiteral("undo")));
    undo->setEnabled(false);
    connect(undo, &QAction::triggered, &history, &QUndoStack::undo);
    connect(&history, &QUndoStack::canUndoChanged, undo, &QAction::setEnabled);
    connect(&history, &QUndoStack::undoTextChanged, undo, [undo](const QString& text) {
        undo->setText(text.isEmpty() ? tr("&Undo") : tr("&Undo: %1").arg(text));
    });
    QAction* redo = add(menu, "redoAction", QT_TR_NOOP("&Redo"), QKeySequence::Redo);
    redo->setIcon(icon(QStringLiteral("redo")));
    redo->setEnabled(false);
    connect(redo, &QAction::triggered, &history, &QUndoStack::redo);
    connect(&history, &QUndoStack::canRedoChanged, redo, &QAction::setEnabled);
    connect(&history, &QUndoStack::redoTextChanged, redo, [redo](const QString& text) {
        redo->setText(text.isEmpty() ? tr("&Redo") : tr("&Redo: %1").arg(text));
    });
    menu->addSeparator();
}

void MainWindow::buildViewMenu()
{
    QMenu* menu = m_menus[Menu::View];
    m_pagesEnd = menu->addSeparator();
    QAction* palette =
        add(menu, "commandPaletteAction", QT_TR_NOOP("&Find a command…"), QKeySequence(Qt::CTRL | Qt::Key_K));
    palette->setIcon(icon(QStringLiteral("command")));
    connect(palette, &QAction::triggered, m_palette, &CommandPalette::open);
    m_jobsShown = add(
        menu, "showJobsAction", QT_TR_NOOP("List of &jobs"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_J));
    m_jobsShown->setCheckable(true);
    connect(m_jobsShown, &QAction::triggered, this, &MainWindow::showJobPanel);
    menu->addSeparator();
    buildThemeMenu();
    buildLanguageMenu();
    QAction* fullScreen = add(menu, "fullScreenAction", QT_TR_NOOP("F&ull screen"), QKeySequence::FullScreen);
    fullScreen->setCheckable(true);
    connect(
        fullScreen, &QAction::triggered, this, [this](bool full) { full ? showFullScreen() : showNormal(); });
    QAction* reset = add(menu, "resetLayoutAction", QT_TR_NOOP("Reset &layout"), {});
    connect(reset, &QAction::triggered, this, &MainWindow::resetLayout);
}

void MainWindow::buildThemeMenu()
{
    QMenu* menu = m_menus[Menu::View]->addMenu(QString());
    m_menuTitles.emplace_back(menu, QT_TR_NOOP("&Theme"));
    auto* group = new QActionGroup(this);
    const std::vector<std::pair<ThemeChoice, const char*>> choices{
        {ThemeChoice::System, QT_TR_NOOP("As the system")},
        {ThemeChoice::Light, QT_TR_NOOP("Light")},
        {ThemeChoice::Dark, QT_TR_NOOP("Dark")}};
    for (const auto& [choice, text] : choices) {
        QAction* action = add(menu, "themeAction", text, {});
        action->setCheckable(true);
        action->setChecked(m_parts.theme.choice() == choice);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, chosen = choice] {
            m_parts.session.settings().setTheme(chosen);
            m_parts.theme.choose(chosen);
        });
    }
}

void MainWindow::buildLanguageMenu()
{
    QMenu* menu = m_menus[Menu::View]->addMenu(QString());
    m_menuTitles.emplace_back(menu, QT_TR_NOOP("&Language"));
    auto* group = new QActionGroup(this);
    const auto choose = [this](const QString& code) {
        m_parts.session.settings().setLanguage(code);
        m_parts.language.choose(code);
    };
    QAction* system = add(menu, "languageAction", QT_TR_NOOP("As the system"), {});
    system->setCheckable(true);
    system->setChecked(m_parts.language.chosen().isEmpty());
    group->addAction(system);
    connect(system, &QAction::triggered, this, [choose] { choose(QString()); });
    for (const Language::Choice& each : Language::choices()) {
        QAction* action = menu->addAction(each.name);
        action->setObjectName(QStringLiteral("languageAction_") + each.code);
        action->setCheckable(true);
        action->setChecked(m_parts.language.chosen() == each.code);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [choose, code = each.code] { choose(code); });
    }
}

void MainWindow::buildRunMenu()
{
    QMenu* menu = m_menus[Menu::Run];
    RunQueue& queue = m_parts.session.runQueue();
    m_pauseRun = add(menu, "pauseRunAction", QT_TR_NOOP("&Pause the run"), Qt::CTRL | Qt::SHIFT | Qt::Key_P);
    m_pauseRun->setIcon(icon(QStringLiteral("pause")));
    connect(m_pauseRun, &QAction::triggered, this, [&queue] {
        if (const std::optional<RunId> run = queue.current()) {
            queue.isPaused(*run) ? queue.resume(*run) : queue.pause(*run);
        }
    });
    m_cancelRun = add(menu, "cancelRunAction", QT_TR_NOOP("&Cancel the run"), {});
    m_cancelRun->setIcon(icon(QStringLiteral("stop")));
    connect(m_cancelRun, &QAction::triggered, this, [&queue] {
        if (const std::optional<RunId> run = queue.current()) {
            queue.cancel(*run);
        }
    });
    QAction* cancelAll = add(menu, "cancelAllRunsAction", QT_TR_NOOP("Cancel &all runs in the queue"), {});
    connect(cancelAll, &QAction::triggered, &queue, &RunQueue::cancelAll);
    menu->addSeparator();
}

void MainWindow::buildHelpMenu()
{
    QMenu* menu = m_menus[Menu::Help];
    QAction* shortcuts = add(menu,
                             "shortcutsAction",
                             QT_TR_NOOP("&Keyboard shortcuts"),
                             QKeySequence(Qt::CTRL | Qt::Key_Question));
    shortcuts->setIcon(icon(QStringLiteral("keyboard")));
    connect(
        shortcuts, &QAction::triggered, this, [this] { (new ShortcutsDialog(allActions(), this))->show(); });
    menu->addSeparator();
    QAction* about = add(menu, "aboutAction", QT_TR_NOOP("&About Transept"), {});
    connect(about, &QAction::triggered, this, &MainWindow::showAbout);
    QAction* aboutQt = add(menu, "aboutQtAction", QT_TR_NOOP("About &Qt"), {});
    connect(aboutQt, &QAction::triggered, qApp, &QApplication::aboutQt);
}

} // namespace transept::ui
