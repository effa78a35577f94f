#pragma once

#include "ui/settings/Language.h"
#include "ui/shell/Page.h"

#include <QtWidgets/QMainWindow>

#include <map>

class QActionGroup;
class QStackedWidget;

namespace transept::ui {

class CommandPalette;
class JobStrip;
class ModeBar;
class Theme;
class WelcomePage;

/// What the window is made of. Everything outlives it.
struct WindowParts
{
    Session& session;
    Theme& theme;
    Language& language;
    FileDialogs dialogs;
    std::vector<PageFactory> pages;
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

    /// Every action of the menus, with the titles of the menus above it.
    struct NamedAction
    {
        QString path; ///< "View > Theme"
        QAction* action;
    };
    std::vector<NamedAction> allActions() const;

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void buildPages();
    void buildFileMenu();
    void buildEditMenu();
    void buildViewMenu();
    void buildThemeMenu();
    void buildLanguageMenu();
    void buildHelpMenu();
    void addPageEntries();
    void connectSession();
    QAction* add(QMenu* menu, const char* name, const QKeySequence& shortcut, std::function<void()> act);
    void retranslate();
    void updateTitle();
    void updateRecentMenu();
    void updateActions();
    void showUnfinished(const std::vector<Interrupted>& interrupted, const std::vector<RunId>& queued);
    void askNewWorkspace();
    void askOpenWorkspace();
    void showAbout();
    void saveState();
    void restoreState();
    void resetLayout();

    WindowParts m_parts;
    std::map<Menu, QMenu*> m_menus;
    QMenu* m_recentMenu = nullptr;
    QMenu* m_themeMenu = nullptr;
    QMenu* m_languageMenu = nullptr;
    std::map<QString, QAction*> m_actions; ///< by object name
    std::vector<QAction*> m_pageActions;
    std::vector<Page*> m_pages;
    ModeBar* m_modeBar;
    QStackedWidget* m_stack;
    WelcomePage* m_welcome;
    MessageBar* m_messages; ///< what concerns the window and no page
    JobStrip* m_jobStrip;
    CommandPalette* m_palette;
};

} // namespace transept::ui
