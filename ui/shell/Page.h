#pragma once

#include "ui/shell/EmptyState.h"
#include "ui/shell/FileDialogs.h"
#include "ui/shell/MessageBar.h"
#include "ui/shell/Session.h"

#include <QtGui/QAction>
#include <QtWidgets/QWidget>

class QHBoxLayout;
class QLabel;
class QLayout;
class QProgressBar;
class QSettings;
class QStackedWidget;

namespace transept::ui {

class ElidedLabel;

/// What a page is given. The session outlives it.
struct PageContext
{
    Session& session;
    FileDialogs dialogs;
};

enum class Menu { File, Edit, View, Data, Run, Help };

/// One page of the window: a header line (title, one sentence of state, actions, the primary action at the
/// right end), messages, and either its content or an empty state. A page
/// - builds its widgets once in its constructor, calls setContent(), puts every QAction into addToMenu(),
/// - sets all its texts in retranslate() and nowhere else, sets widths by what they hold,
/// - asks its questions in refresh(), which is called when the page is shown and something it follows has
/// changed.
class Page : public QWidget
{
    Q_OBJECT

public:
    Page(QString id, PageContext context, QWidget* parent);

    const QString& id() const { return m_id; } ///< "data": object name, settings group
    virtual QString title() const = 0;
    virtual QString iconName() const = 0; ///< in resources/icons

    struct MenuEntry
    {
        Menu menu;
        QAction* action;
        bool showsPage; ///< triggering it brings this page to the front first
    };
    const std::vector<MenuEntry>& menuEntries() const { return m_menuEntries; }

    /// Splitters, columns, filters. The group is the page's own; state of another program version may be
    /// there.
    virtual void saveState(QSettings& settings) const;
    virtual void restoreState(QSettings& settings);

    /// Sets all texts in the present language: called by the window when it makes the page.
    void updateTexts();

    MessageBar& messages() { return *m_messages; }

Q_SIGNALS:
    /// "Show that page" by its id: "data", "knowledge", "experiments", "compare", "recommend".
    void pageRequested(const QString& id);

protected:
    Session& session() { return m_context.session; }
    const FileDialogs& dialogs() const { return m_context.dialogs; }

    void setContent(QWidget* content);
    /// An action in the menu, in the palette and, by its shortcut, everywhere. Texts and tooltips are set in
    /// retranslate().
    void addToMenu(Menu menu, QAction* action, bool showsPage = true);
    void addHeaderAction(QAction* action);  ///< a button in the header, in the order of calls
    void setPrimaryAction(QAction* action); ///< the accented button at the right end
    void addHeaderWidget(QWidget* widget);  ///< for what is no button

    /// One sentence: "3 domains, 412,907 ratings, 1,566 people in more than one".
    void setSentence(const QString& sentence);
    /// A thin moving line below the header while an answer takes longer than a blink.
    void setBusy(bool busy);

    EmptyState& emptyState() { return *m_empty; }
    void showEmptyState();
    void showContent();
    bool isShowingContent() const;

    /// What makes refresh() necessary; all of them at first.
    void follow(Changes changes) { m_followed = changes; }
    /// Shows what the workspace holds now. Called when visible and stale, and after the workspace was opened.
    virtual void refresh() = 0;
    /// Sets every text anew; called once before the page is first shown and whenever the language changes.
    virtual void retranslate() = 0;
    void markStale(); ///< refresh() soon, or when the page is next shown

    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QLayout* buildHeader();
    void followSession();
    void refreshIfStale();

    QString m_id;
    PageContext m_context;
    Changes m_followed = Change::Data | Change::Knowledge | Change::Runs;
    bool m_stale = true;
    bool m_translated = false;
    std::vector<MenuEntry> m_menuEntries;
    QLabel* m_title;
    ElidedLabel* m_sentence;
    QHBoxLayout* m_headerButtons;
    bool m_hasPrimary = false;
    bool m_isBusy = false;
    QProgressBar* m_busy;
    MessageBar* m_messages;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QWidget* m_content = nullptr;
};

/// How the window makes a page; ui/Pages.cpp lists one a page, in the order of the mode bar.
using PageFactory = std::function<Page*(const PageContext& context, QWidget* parent)>;

} // namespace transept::ui
