#include "ui/shell/MainWindow.h"

#include "ui/jobs/JobPanel.h"
#include "ui/jobs/JobStrip.h"
#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/settings/Keys.h"
#include "ui/settings/Settings.h"
#include "ui/shell/ActionButton.h"
#include "ui/shell/ModeBar.h"
#include "ui/shell/UnfinishedWork.h"
#include "ui/text/Sentences.h"
#include "ui/welcome/WelcomePage.h"

#include <QtCore/QDir>
#include <QtCore/QEvent>
#include <QtCore/QFileInfo>
#include <QtGui/QActionGroup>
#include <QtGui/QCloseEvent>
#include <QtGui/QResizeEvent>
#include <QtGui/QScreen>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {

namespace {

constexpr int kStateVersion = 1;
constexpr QSize kFirstSize(1440, 900);
constexpr QSize kLeastSize(960, 600);
constexpr int kJobPanelHeight = 240;

std::filesystem::path pathOf(const QString& file)
{
    return {file.toStdString()};
}

/// No larger than the screen: the jobs strip stands at the bottom.
QSize firstSize(const QWidget& window)
{
    return kFirstSize.boundedTo(window.screen()->availableSize());
}

/// To the first of its controls that the tab key reaches, unless one of them has it.
void giveFocus(QWidget* page)
{
    if (page->isAncestorOf(page->window()->focusWidget())) {
        return;
    }
    for (QWidget* each = page->nextInFocusChain(); each != page; each = each->nextInFocusChain()) {
        const bool isReached =
            each->isVisible() && each->isEnabled() && (each->focusPolicy() & Qt::TabFocus) != 0;
        if (isReached && page->isAncestorOf(each)) {
            each->setFocus();
            return;
        }
    }
}

void collect(const QMenu* menu, const QString& path, std::vector<NamedAction>& found)
{
    for (QAction* action : menu->actions()) {
        if (action->isSeparator() || !action->isVisible()) {
            continue;
        }
        if (action->menu() != nullptr) {
            collect(action->menu(), QStringLiteral("%1 › %2").arg(path, plainText(action)), found);
        } else {
            found.push_back({.path = path, .action = action});
        }
    }
}

} // namespace

MainWindow::MainWindow(WindowParts parts)
    : m_parts(std::move(parts))
    , m_pageGroup(new QActionGroup(this))
    , m_modeBar(new ModeBar(this))
    , m_stack(new QStackedWidget(this))
    , m_halves(new QSplitter(Qt::Vertical, this))
    , m_messages(new MessageBar(this))
    , m_jobPanel(new JobPanel(m_parts.session.jobs(), this))
    , m_jobStrip(new JobStrip(m_parts.session, this))
    , m_fileName(new QLabel(this))
    , m_palette(new CommandPalette([this] { return allActions(); }, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(QIcon(QStringLiteral(":/application/transept.svg")));
    setMinimumSize(kLeastSize);
    buildMenus();
    m_welcome = new WelcomePage(m_parts.session.settings(),
                                m_sample != nullptr ? QList<QAction*>{m_sample, m_import, m_new, m_open}
                                                    : QList<QAction*>{m_import, m_new, m_open},
                                this);
    m_stack->addWidget(m_welcome);
    connect(m_welcome, &WelcomePage::workspaceChosen, this, &MainWindow::openRecent);
    buildPages();
    buildLayout();
    connectSession();
    retranslate();
    restoreState();
    updateState();
}

MainWindow::~MainWindow()
{
    // Pages are children: they go when the members they use are gone unless they go first.
    for (Page* page : m_pages) {
        delete page;
    }
    m_pages.clear();
}

void MainWindow::buildPages()
{
    const PageContext context{.session = m_parts.session, .dialogs = m_parts.dialogs};
    for (const PageFactory& make : m_parts.pages) {
        addPage(make(context, m_stack));
    }
}

void MainWindow::addPage(Page* page)
{
    m_pages.push_back(page);
    m_stack->addWidget(page);
    page->updateTexts();

    auto* action = new QAction(this);
    action->setObjectName(page->id() + QStringLiteral("PageAction"));
    action->setCheckable(true);
    action->setIcon(icon(page->iconName()));
    action->setShortcut(
        QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + static_cast<int>(m_pages.size()))));
    m_pageGroup->addAction(action);
    m_pageActions.push_back(action);
    m_menus[Menu::View]->insertAction(m_pagesEnd, action);
    m_modeBar->add(action, page->iconName());
    connect(action, &QAction::triggered, this, [this, page] { showPage(page->id()); });
    connect(page, &Page::pageRequested, this, &MainWindow::showPage);

    for (const Page::MenuEntry& entry : page->menuEntries()) {
        m_menus[entry.menu]->addAction(entry.action);
        addAction(entry.action); // its shortcut works while the page is hidden
        if (entry.showsPage) {
            connect(entry.action, &QAction::triggered, this, [this, page] { showPage(page->id()); });
        }
    }
}

void MainWindow::buildLayout()
{
    auto* right = new QWidget(this);
    auto* rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->setSpacing(0);
    auto* messageFrame = new QWidget(right);
    auto* messageColumn = new QVBoxLayout(messageFrame);
    messageColumn->setContentsMargins(space::side, space::half, space::side, 0);
    messageColumn->addWidget(m_messages);
    rightColumn->addWidget(messageFrame);
    rightColumn->addWidget(m_stack, 1);

    auto* upper = new QWidget(this);
    auto* row = new QHBoxLayout(upper);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_modeBar);
    row->addWidget(right, 1);

    m_halves->setChildrenCollapsible(false);
    m_halves->setHandleWidth(1);
    m_halves->addWidget(upper);
    m_halves->addWidget(m_jobPanel);
    m_halves->setStretchFactor(0, 1);
    m_halves->setStretchFactor(1, 0);
    m_jobPanel->hide();

    auto* central = new QWidget(this);
    auto* column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_halves, 1);
    column->addWidget(m_jobStrip);
    setCentralWidget(central);

    m_fileName->setObjectName(QStringLiteral("fileName"));
    menuBar()->setCornerWidget(m_fileName);
    connect(m_jobStrip, &JobStrip::panelRequested, m_jobsShown, &QAction::trigger);
}

void MainWindow::connectSession()
{
    Session& session = m_parts.session;
    connect(&session, &Session::stateChanged, this, &MainWindow::updateState);
    connect(&session, &Session::opened, this, [this] {
        m_messages->clearAll();
        showPage(m_wantedPage);
        if (!m_toImport.isEmpty()) {
            Q_EMIT m_parts.session.filesOffered(std::exchange(m_toImport, {}));
        }
    });
    connect(&session, &Session::closed, this, [this] {
        m_messages->clearAll();
        m_stack->setCurrentWidget(m_welcome);
    });
    connect(&session, &Session::failed, this, [this](const Error& error) {
        m_toImport.clear();
        m_messages->show(error, {}, QStringLiteral("open"));
        m_welcome->refresh();
    });
    connect(&session, &Session::editFailed, this, [this](const Error& error) { m_messages->show(error); });
    auto* unfinished = new UnfinishedWork(session, *m_messages, this);
    connect(unfinished, &UnfinishedWork::pageRequested, this, &MainWindow::showPage);
    connect(&session.runQueue(), &RunQueue::started, this, &MainWindow::updateState);
    connect(&session.runQueue(), &RunQueue::stateChanged, this, &MainWindow::updateState);
    connect(&session.runQueue(), &RunQueue::finished, this, &MainWindow::updateState);
    connect(&session.runQueue(), &RunQueue::waitingChanged, this, &MainWindow::updateState);
}

Page* MainWindow::currentPage() const
{
    return qobject_cast<Page*>(m_stack->currentWidget());
}

void MainWindow::showPage(const QString& id)
{
    if (!m_parts.session.isOpen() || m_pages.empty()) {
        return;
    }
    const auto wanted =
        std::find_if(m_pages.begin(), m_pages.end(), [&id](const Page* page) { return page->id() == id; });
    const auto at = wanted == m_pages.end() ? 0 : wanted - m_pages.begin();
    Page* page = m_pages[static_cast<std::size_t>(at)];
    const bool movesFocus = focusWidget() == nullptr || m_stack->isAncestorOf(focusWidget());
    m_stack->setCurrentWidget(page);
    if (movesFocus) {
        giveFocus(page);
    }
    m_wantedPage = page->id();
    updateState();
}

void MainWindow::showJobPanel(bool shown)
{
    m_jobPanel->setVisible(shown);
    m_jobsShown->setChecked(shown);
    m_jobStrip->setPanelShown(shown);
}

std::vector<NamedAction> MainWindow::allActions() const
{
    std::vector<NamedAction> found;
    for (const QAction* top : menuBar()->actions()) {
        if (top->menu() != nullptr && top->isVisible()) {
            collect(top->menu(), plainText(top), found);
        }
    }
    return found;
}

void MainWindow::updateState()
{
    const Session& session = m_parts.session;
    const RunQueue& queue = m_parts.session.runQueue();
    const Page* page = currentPage();
    for (std::size_t at = 0; at < m_pages.size(); ++at) {
        m_pageActions[at]->setEnabled(session.isOpen());
        m_pageActions[at]->setChecked(m_pages[at] == page);
    }
    m_modeBar->setVisible(!m_pages.empty());
    m_close->setEnabled(session.isOpen());
    m_import->setVisible(!session.isOpen()); // then the page of data has one, into the open workspace
    const std::optional<RunId> run = queue.current();
    m_pauseRun->setEnabled(run.has_value());
    m_pauseRun->setText(run && queue.isPaused(*run) ? tr("&Resume the run") : tr("&Pause the run"));
    m_cancelRun->setEnabled(run.has_value());
    m_menus[Menu::Data]->menuAction()->setVisible(!m_menus[Menu::Data]->isEmpty());
    m_fileName->setText(session.isOpen() ? session.name() : QString());
    // The menu bar gives its corner a new width only when it is resized itself.
    QResizeEvent resized(menuBar()->size(), menuBar()->size());
    QCoreApplication::sendEvent(menuBar(), &resized);
    m_fileName->setToolTip(QString::fromStdString(session.file().string()));
    setWindowTitle(session.isOpen() ? tr("%1 – Transept").arg(session.name()) : QStringLiteral("Transept"));
}

void MainWindow::updateRecentMenu()
{
    m_recentMenu->clear();
    for (const QString& file : m_parts.session.settings().recentWorkspaces()) {
        QAction* action = m_recentMenu->addAction(QFileInfo(file).fileName());
        action->setToolTip(file);
        connect(action, &QAction::triggered, this, [this, file] { openRecent(file); });
    }
    if (m_recentMenu->isEmpty()) {
        m_recentMenu->addAction(tr("None yet"))->setEnabled(false);
    }
}

void MainWindow::openRecent(const QString& file)
{
    m_parts.session.open(pathOf(file));
}

void MainWindow::askNewWorkspace()
{
    const QString file = m_parts.dialogs.saveFile(this,
                                                  {.title = tr("New workspace"),
                                                   .filter = tr("Transept workspaces (*.transept)"),
                                                   .proposal = tr("workspace") + QStringLiteral(".transept"),
                                                   .suffix = QStringLiteral("transept")});
    if (!file.isEmpty()) {
        m_parts.session.create(pathOf(file));
    }
}

void MainWindow::askImport()
{
    const QStringList files =
        m_parts.dialogs.openFiles(this, {.title = tr("Import files"), .filter = importFilter()});
    if (files.isEmpty()) {
        return;
    }
    const QString folder = QFileInfo(files.first()).dir().dirName();
    const QString file = m_parts.dialogs.saveFile(this,
                                                  {.title = tr("New workspace for these files"),
                                                   .filter = tr("Transept workspaces (*.transept)"),
                                                   .proposal = folder + QStringLiteral(".transept"),
                                                   .suffix = QStringLiteral("transept")});
    if (!file.isEmpty()) {
        m_toImport = files;
        m_parts.session.create(pathOf(file));
    }
}

void MainWindow::askOpenWorkspace()
{
    const QString file = m_parts.dialogs.openFile(
        this,
        {.title = tr("Open workspace"),
         .filter = tr("Transept workspaces (*.transept)") + QStringLiteral(";;") + tr("All files (*)")});
    if (!file.isEmpty()) {
        m_parts.session.open(pathOf(file));
    }
}

void MainWindow::askSample()
{
    const QString file = m_parts.dialogs.saveFile(this,
                                                  {.title = tr("Create the sample"),
                                                   .filter = tr("Transept workspaces (*.transept)"),
                                                   .proposal = QStringLiteral("sample.transept"),
                                                   .suffix = QStringLiteral("transept")});
    if (file.isEmpty()) {
        return;
    }
    m_parts.session.jobs().startOutside<void>(
        this,
        {.name = [] { return tr("Creating the sample"); }, .kind = JobKind::Sample, .canPause = false},
        [make = m_parts.makeSample, path = pathOf(file), language = m_parts.language.shown()](
            const JobContext& context) { return make(path, language, context); },
        [this, path = pathOf(file)](const Status& made) {
            if (made) {
                m_parts.session.open(path);
            } else {
                m_messages->show(made.error());
            }
        });
}

void MainWindow::showAbout()
{
    QMessageBox::about(
        this,
        tr("About Transept"),
        tr("<h3>Transept %1</h3><p>A workbench for cross-domain recommendation with knowledge from language "
           "models.</p><p>Free software under the GNU General Public License, version 3 or later.</p>")
            .arg(QStringLiteral(TRANSEPT_VERSION)));
}

void MainWindow::retranslate()
{
    for (const auto& [menu, title] : m_menuTitles) {
        menu->setTitle(tr(title));
    }
    for (const Entry& entry : m_entries) {
        entry.action->setText(tr(entry.text));
    }
    for (std::size_t at = 0; at < m_pages.size(); ++at) {
        m_pageActions[at]->setText(m_pages[at]->title());
    }
    m_modeBar->setAccessibleName(tr("Pages"));
    updateState();
}

void MainWindow::saveState()
{
    QSettings& settings = m_parts.session.settings().state();
    settings.setValue(keys::geometry, saveGeometry());
    settings.setValue(keys::windowState, QMainWindow::saveState(kStateVersion));
    settings.setValue(keys::openPage, m_wantedPage);
    settings.setValue(keys::jobPanelHeight, m_jobPanel->isVisible() ? m_jobPanel->height() : 0);
    for (const Page* page : m_pages) {
        settings.beginGroup(keys::pages + QLatin1Char('/') + page->id());
        page->saveState(settings);
        settings.endGroup();
    }
}

void MainWindow::restoreState()
{
    QSettings& settings = m_parts.session.settings().state();
    if (!restoreGeometry(settings.value(keys::geometry).toByteArray())) {
        resize(firstSize(*this));
    }
    QMainWindow::restoreState(settings.value(keys::windowState).toByteArray(), kStateVersion);
    m_wantedPage = settings.value(keys::openPage).toString();
    const int panel = settings.value(keys::jobPanelHeight).toInt();
    showJobPanel(panel > 0);
    m_halves->setSizes({kFirstSize.height(), panel > 0 ? panel : kJobPanelHeight});
    for (Page* page : m_pages) {
        settings.beginGroup(keys::pages + QLatin1Char('/') + page->id());
        page->restoreState(settings);
        settings.endGroup();
    }
}

void MainWindow::resetLayout()
{
    const QString page = m_wantedPage;
    m_parts.session.settings().forgetLayout();
    resize(firstSize(*this));
    restoreState();
    showPage(page);
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    saveState();
    m_parts.session.jobs().cancelAll();
    event->accept();
}

} // namespace transept::ui
