/// Saves every page of the real window as PNG: `transept_screenshots WORKSPACE DIR SUFFIX`, in both languages
/// and themes. The scale is the process's (QT_SCALE_FACTOR); tests/screenshots.sh calls it once for each.
#include "core/recommend/Export.h"
#include "core/store/Catalog.h"
#include "core/store/Explorer.h"
#include "ui/Pages.h"
#include "ui/Sample.h"
#include "ui/data/DataPage.h"
#include "ui/knowledge/FacetTableView.h"
#include "ui/knowledge/QualityView.h"
#include "ui/look/Theme.h"
#include "ui/recommend/RecommendationModel.h"
#include "ui/recommend/UserModel.h"
#include "ui/settings/Settings.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/ShortcutsDialog.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtGui/QScreen>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>

#include <cstdio>

namespace {

using namespace transept;

constexpr QSize kWindow(1440, 900); ///< or the screen, where that is smaller
constexpr int kPatienceMs = 20'000;
constexpr int kSettleMs = 1500; ///< questions are answered and charts drawn

void settle(int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < milliseconds) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 50);
    }
}

/// What another program would have written: the predictions of a finished run.
QString writePredictions(const QString& workspace, const QString& file)
{
    const auto opened = Workspace::open(workspace.toStdString(), Access::ReadOnly);
    const auto runs = opened ? RunStore(*opened).all() : passOn(opened);
    for (const RunRecord& run : runs ? *runs : std::vector<RunRecord>()) {
        if (exportRun(*opened, run.id, RunExport::Predictions, file.toStdString(), {})) {
            return file;
        }
    }
    return {};
}

/// Every fourth one, as if lassoed.
std::vector<ItemId> someFilms(const QString& workspace)
{
    constexpr std::size_t step = 4;
    constexpr int most = 400;
    const auto opened = Workspace::open(workspace.toStdString(), Access::ReadOnly);
    const auto films = opened ? Catalog(*opened).domain("films") : passOn(opened);
    const auto items = films ? Explorer(*opened).items(films->id, {}, ItemId{0}, most) : passOn(films);
    std::vector<ItemId> some;
    for (std::size_t at = 0; items && at < items->size(); at += step) {
        some.push_back((*items)[at].id);
    }
    return some;
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
            takeTwo(*page, session);
            takeMethods(*page);
            takeQuality(*page);
            takeFacets(*page);
            takeNewcomer(*page, session);
            takeLassoed(*page, session);
            takeComparedLasso(*page, session, workspace);
        }
        takeImport(workspace);
        takeResults();
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
        shortcuts.hide();
        takeFoldedIn(session, workspace);
    }

private:
    /// "Measuring the segments…": a sentence that ends so stands in place of what is to come.
    void waitUntilFound()
    {
        const auto isWaiting = [this] {
            const auto labels = m_window.findChildren<QLabel*>();
            return std::ranges::any_of(labels, [](const QLabel* label) {
                return label->isVisible() && label->text().endsWith(QChar(0x2026));
            });
        };
        QElapsedTimer clock;
        clock.start();
        while (isWaiting() && clock.elapsed() < kPatienceMs) {
            settle(kSettleMs / 4);
        }
    }

    /// What stands behind the first tabs of the comparison.
    void takeTabs(const ui::Page& page)
    {
        for (const char* name : {"compareTabs", "compareResults"}) {
            auto* tabs = page.findChild<QTabWidget*>(QLatin1String(name));
            for (int tab = 1; tabs != nullptr && tab < tabs->count(); ++tab) {
                tabs->setCurrentIndex(tab);
                settle(kSettleMs);
                waitUntilFound();
                take(QStringLiteral("%1-%2-%3").arg(page.id(), QLatin1String(name)).arg(tab), m_window);
            }
            if (tabs != nullptr) {
                tabs->setCurrentIndex(0);
            }
        }
    }

    /// What a knowledge base is worth, and a review of its facets that has begun.
    void takeQuality(const ui::Page& page)
    {
        auto* tabs = page.findChild<QTabWidget*>(QStringLiteral("knowledgeTabs"));
        if (tabs == nullptr) {
            return;
        }
        auto* layout = page.findChild<QComboBox*>(QStringLiteral("mapLayout"));
        layout->setCurrentIndex(1);
        Q_EMIT layout->activated(1);
        waitUntilFound();
        settle(kSettleMs / 2);
        take(page.id() + QStringLiteral("-neighbourhoods"), m_window);
        tabs->setCurrentWidget(page.findChild<ui::QualityView*>());
        settle(kSettleMs / 2);
        take(page.id() + QStringLiteral("-unchecked"), m_window);
        page.findChild<QPushButton*>(QStringLiteral("checkKnowledge"))->click();
        waitUntilFound();
        settle(kSettleMs / 2);
        auto* parts = page.findChild<QTabWidget*>(QStringLiteral("qualityTabs"));
        for (int tab = 0; tab < parts->count(); ++tab) {
            parts->setCurrentIndex(tab);
            settle(kSettleMs / 2);
            for (auto* button : parts->currentWidget()->findChildren<QPushButton*>()) {
                button->click();
            }
            settle(kSettleMs / 2);
            take(QStringLiteral("%1-quality-%2").arg(page.id()).arg(tab), m_window);
        }
        parts->setCurrentIndex(0);
        tabs->setCurrentIndex(0);
    }

    /// The table of facets, what is beside it, and the page of an item.
    void takeFacets(const ui::Page& page)
    {
        auto* tabs = page.findChild<QTabWidget*>(QStringLiteral("knowledgeTabs"));
        auto* facets = page.findChild<ui::FacetTableView*>();
        if (tabs == nullptr) {
            return;
        }
        tabs->setCurrentWidget(facets);
        waitUntilFound();
        settle(kSettleMs / 2);
        take(page.id() + QStringLiteral("-facets"), m_window);
        auto* with = facets->findChild<QComboBox*>(QStringLiteral("facetsWith"));
        with->setCurrentIndex(with->count() - 1);
        facets->findChild<QTabWidget*>(QStringLiteral("facetTabs"))->setCurrentIndex(1);
        waitUntilFound();
        settle(kSettleMs / 2);
        take(page.id() + QStringLiteral("-compared"), m_window);
        facets->findChild<QAction*>(QStringLiteral("showItemPage"))->trigger();
        settle(kSettleMs);
        if (auto* item = page.findChild<QDialog*>(QStringLiteral("itemPage")); item->isVisible()) {
            take(page.id() + QStringLiteral("-item"), *item);
            item->close();
        }
        with->setCurrentIndex(0);
        tabs->setCurrentIndex(0);
    }

    /// Two runs alone: wide columns.
    void takeTwo(const ui::Page& page, ui::Session& session)
    {
        auto* tabs = page.findChild<QTabWidget*>(QStringLiteral("compareTabs"));
        const std::vector<RunId> before = session.selection().runs();
        if (tabs == nullptr || before.size() < 2) {
            return;
        }
        session.selection().setRuns({before.front(), before.back()});
        tabs->setCurrentIndex(1);
        settle(kSettleMs);
        waitUntilFound();
        take(page.id() + QStringLiteral("-two"), m_window);
        tabs->setCurrentIndex(0);
        session.selection().setRuns(before);
        settle(kSettleMs);
    }

    /// Somebody who has done nothing in the target: unknown to runs without sources.
    void takeNewcomer(const ui::Page& page, ui::Session& session)
    {
        const auto* list = page.findChild<QListView*>(QStringLiteral("users"));
        const auto* users = list == nullptr ? nullptr : qobject_cast<ui::UserModel*>(list->model());
        if (users == nullptr) {
            return;
        }
        const auto found = std::ranges::find_if(users->users(), [](const UserSummary& user) {
            return std::ranges::none_of(user.interactions,
                                        [](const auto& each) { return each.first == "films"; });
        });
        const std::optional<PersonId> before = session.selection().user();
        if (found == users->users().end() || !before) {
            return;
        }
        session.selection().setUser(found->person);
        settle(kSettleMs);
        take(page.id() + QStringLiteral("-newcomer"), m_window);
        session.selection().setUser(*before);
    }

    /// Lists in which some items are lassoed, and of these alone.
    void takeLassoed(const ui::Page& page, ui::Session& session)
    {
        auto* only = page.findChild<QToolButton*>(QStringLiteral("onlyLassoedItems"));
        const auto* list =
            page.findChildren<QListView*>(QRegularExpression(QStringLiteral("^recommendations"))).value(0);
        if (only == nullptr || list == nullptr) {
            return;
        }
        std::vector<ItemId> items;
        for (int row = 0; row < list->model()->rowCount(); row += 3) {
            const QVariant item = list->model()->index(row, 0).data(ui::RecommendationModel::ItemRole);
            items.push_back(ItemId{item.toLongLong()});
        }
        std::ranges::sort(items);
        session.selection().setItems(items);
        settle(kSettleMs / 4);
        take(page.id() + QStringLiteral("-lassoed"), m_window);
        only->click();
        settle(kSettleMs);
        take(page.id() + QStringLiteral("-only-lassoed"), m_window);
        session.selection().setItems({});
        settle(kSettleMs / 4);
    }

    /// What the runs are worth for some items that are lassoed.
    void takeComparedLasso(const ui::Page& page, ui::Session& session, const QString& workspace)
    {
        auto* button = page.findChild<QToolButton*>(QStringLiteral("lassoedItems"));
        if (button == nullptr) {
            return;
        }
        session.selection().setItems(someFilms(workspace));
        button->click();
        settle(kSettleMs);
        waitUntilFound();
        take(page.id() + QStringLiteral("-lassoed"), m_window);
        session.selection().setItems({});
        page.findChild<QTabWidget*>(QStringLiteral("compareTabs"))->setCurrentIndex(0);
        settle(kSettleMs / 4);
    }

    /// Somebody, and films, that came after the runs were trained, in a workspace of its own beside the
    /// other.
    void takeFoldedIn(ui::Session& session, const QString& workspace)
    {
        QString beside = workspace;
        beside.replace(QStringLiteral(".transept"), QStringLiteral("-newcomer.transept"));
        if (!QFileInfo::exists(beside)) {
            return;
        }
        session.open(beside.toStdString());
        settle(kSettleMs);
        m_window.showPage(QStringLiteral("recommend"));
        settle(kSettleMs);
        if (auto* search = m_window.findChild<QLineEdit*>(QStringLiteral("userSearch"))) {
            search->setText(QStringLiteral("newcomer"));
            Q_EMIT search->textEdited(search->text());
            settle(kSettleMs);
            auto* list = m_window.findChild<QListView*>(QStringLiteral("users"));
            list->setCurrentIndex(list->model()->index(0, 0));
            settle(kSettleMs);
            take(QStringLiteral("recommend-folded-in"), m_window);
            search->clear();
            Q_EMIT search->textEdited({});
            settle(kSettleMs);
            list->setCurrentIndex(list->model()->index(1, 0));
            m_window.findChild<QCheckBox*>(QStringLiteral("newItems"))->click();
            settle(kSettleMs);
            take(QStringLiteral("recommend-new-items"), m_window);
            m_window.findChild<QCheckBox*>(QStringLiteral("newItems"))->click();
        }
    }

    /// The list of methods, methods with a table of others or of rules, the parameters of one of the others,
    /// and the spec as text.
    void takeMethods(const ui::Page& page)
    {
        auto* methods = page.findChild<QComboBox*>(QStringLiteral("method"));
        if (methods == nullptr) {
            return;
        }
        const int before = methods->currentIndex();
        for (const char* name : {"ensemble", "hybrid", "rule"}) {
            methods->setCurrentIndex(methods->findData(QLatin1String(name)));
            if (auto* add = page.findChild<QToolButton*>(QStringLiteral("add:rules"))) {
                add->click();
            }
            settle(kSettleMs / 4);
            take(QStringLiteral("%1-%2").arg(page.id(), QLatin1String(name)), m_window);
            takeMember(page);
        }
        for (const char* view : {"showJson", "showForm"}) {
            page.findChild<QToolButton*>(QLatin1String(view))->click();
            settle(kSettleMs / 4);
            take(QStringLiteral("%1-%2").arg(page.id(), QLatin1String(view)), m_window);
        }
        methods->showPopup();
        settle(kSettleMs / 2);
        if (auto* panel = methods->findChild<QWidget*>(QStringLiteral("methodPanel"))) {
            take(QStringLiteral("methods"), *panel);
        }
        methods->hidePopup();
        methods->setCurrentIndex(before);
    }

    void takeMember(const ui::Page& page)
    {
        auto* edit = page.findChild<QToolButton*>(QStringLiteral("edit:members"));
        if (edit == nullptr || !edit->isVisible()) {
            return;
        }
        edit->click();
        settle(kSettleMs / 4);
        if (auto* dialog = m_window.findChild<QDialog*>(QStringLiteral("memberParameters"))) {
            take(QStringLiteral("member"), *dialog);
            dialog->reject();
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

    void takeResults()
    {
        if (auto* action = m_window.findChild<QAction*>(QStringLiteral("importResults"))) {
            action->trigger();
        }
        if (auto* dialog = m_window.findChild<QDialog*>(QStringLiteral("resultsDialog"))) {
            settle(kSettleMs / 4);
            take(QStringLiteral("import-results"), *dialog);
            dialog->findChild<QPushButton*>(QStringLiteral("addResultFiles"))->click();
            settle(kSettleMs);
            take(QStringLiteral("import-results-file"), *dialog);
            dialog->reject();
        }
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
    const QTemporaryDir scratch;
    const QString predictions =
        writePredictions(words[1], scratch.filePath(QStringLiteral("other-program.csv")));
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
            ui::FileDialogs dialogs = ui::FileDialogs::ofSystem(settings);
            dialogs.openFiles = [&](QWidget*, const ui::FileQuestion&) { return QStringList{predictions}; };
            ui::MainWindow window({.session = session,
                                   .theme = theme,
                                   .language = language,
                                   .dialogs = dialogs,
                                   .pages = ui::allPages(),
                                   .makeSample = ui::makeSampleIn});
            window.resize(kWindow.boundedTo(window.screen()->size()));
            window.show();
            const QString tone =
                choice == ui::ThemeChoice::Dark ? QStringLiteral("dark") : QStringLiteral("light");
            Photographer(window, QDir(words[2]), QStringLiteral("%1-%2-%3").arg(each.code, tone, words[3]))
                .takeAll(session, words[1]);
        }
    }
    return 0;
}
