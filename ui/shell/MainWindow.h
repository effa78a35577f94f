#pragma once

#include "ui/settings/Language.h"
#include "ui/shell/CommandPalette.h"
#include "ui/shell/Page.h"

#include <QtWidgets/QMainWindow>

#include <map>

class QActionGroup;
class QLabel;
class QSplitter;
class QStackedWidget;

namespace transept::ui {

class JobPanel;
class JobStrip;
class ModeBar;
class Theme;
class WelcomePage;

/// What the window is made of. References outlive it.
struct WindowParts
{
    Session& session;
    Theme& theme;
    Language& language;
    FileDialogs dialogs;
    std::vector<PageFactory> pages;
    /// Makes a workspace with the generated sample in this file, its texts in the language of this code;
    /// empty: the window does not offer it.
    std::function<Status(const std::filesystem::path&, const QString& language, const JobContext&)>
        makeSample;
};

/// The window: menus, mode bar, pages, jobs strip. Its actions are its menus; the command palette and the
/// list of shortcuts are made from them.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(WindowParts parts);
    ~MainWindow() override;

    const std::vector<Page*>& pages() const { return m_pages; }
    Page* currentPage() const; ///< null while the welcome page is shown
    void showPage(const QString& id);
    void showJobPanel(bool shown);

    std::vector<NamedAction> allActions() const;

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    /// An action, its place, and what sets its text in the present language.
    struct Entry
    {
        QAction* action;
        const char* text; ///< marked for translation under the context MainWindow
    };

    QAction* add(QMenu* menu, const char* name, const char* text, const QKeySequence& shortcut);
    void buildMenus();
    void buildFileMenu();
    void buildEditMenu();
    void buildViewMenu();
    void buildThemeMenu();
    void buildLanguageMenu();
    void buildRunMenu();
    void buildHelpMenu();
    void buildPages();
    void addPage(Page* page);
    void buildLayout();
    void connectSession();
    void retranslate();
    void updateState();
    void updateRecentMenu();
    void askNewWorkspace();
    void askImport();
    void askOpenWorkspace();
    void askSample();
    void openRecent(const QString& file);
    void showAbout();
    void saveState();
    void restoreState();
    void resetLayout();

    WindowParts m_parts;
    std::map<Menu, QMenu*> m_menus;
    std::vector<std::pair<QMenu*, const char*>> m_menuTitles;
    std::vector<Entry> m_entries;
    QMenu* m_recentMenu = nullptr;
    QAction* m_new = nullptr;
    QAction* m_import = nullptr;
    QAction* m_open = nullptr;
    QAction* m_sample = nullptr;
    QAction* m_close = nullptr;
    QAction* m_jobsShown = nullptr;
    QAction* m_pauseRun = nullptr;
    QAction* m_cancelRun = nullptr;
    QAction* m_pagesEnd = nullptr; ///< actions of pages stand before it in the View menu
    QActionGroup* m_pageGroup;
    std::vector<QAction*> m_pageActions;
    std::vector<Page*> m_pages;
    QStringList m_toImport; ///< into the workspace that is being made
    ModeBar* m_modeBar;
    QStackedWidget* m_stack;
    QSplitter* m_halves;
    WelcomePage* m_welcome = nullptr;
    MessageBar* m_messages; ///< what concerns the window and no page
    JobPanel* m_jobPanel;
    JobStrip* m_jobStrip;
    QLabel* m_fileName;
    CommandPalette* m_palette;
    QString m_wantedPage; ///< the page of the last start, until a workspace is open
};

} // namespace transept::ui
