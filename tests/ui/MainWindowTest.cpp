#include "tests/ui/StallWatchdog.h"
#include "tests/ui/WindowFixture.h"
#include "ui/jobs/JobPanel.h"
#include "ui/shell/ActionButton.h"
#include "ui/shell/ShortcutsDialog.h"

#include <QtCore/QAbstractItemModel>
#include <QtGui/QAccessible>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QAbstractSpinBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QPushButton>

#include <thread>

using namespace transept;
using namespace transept::ui;

namespace {

/// A page that counts what happens to it.
class CountingPage final : public Page
{
public:
    CountingPage(QString id, const PageContext& context, QWidget* parent)
        : Page(std::move(id), context, parent)
        , m_do(new QAction(this))
    {
        setContent(new QLabel(this));
        m_do->setObjectName(this->id() + QStringLiteral("Do"));
        addToMenu(Menu::Data, m_do);
        setPrimaryAction(m_do);
        follow(Change::Data);
    }

    QString title() const override { return id().toUpper(); }
    QString iconName() const override { return QStringLiteral("data"); }
    void saveState(QSettings& settings) const override { settings.setValue(QStringLiteral("kept"), kept); }
    void restoreState(QSettings& settings) override { kept = settings.value(QStringLiteral("kept")).toInt(); }

    int refreshed = 0;
    int kept = 0;

protected:
    void refresh() override { ++refreshed; }
    void retranslate() override { m_do->setText(QStringLiteral("Do something in %1").arg(id())); }

private:
    QAction* m_do;
};

PageFactory counting(const char* id)
{
    return [id](const PageContext& context, QWidget* parent) {
        return new CountingPage(QString::fromLatin1(id), context, parent);
    };
}

std::vector<PageFactory> twoPages()
{
    return {counting("one"), counting("two")};
}

const CountingPage& page(test::WindowFixture& fixture, int at)
{
    return static_cast<const CountingPage&>(*fixture.window().pages()[static_cast<std::size_t>(at)]);
}

/// The list that a combo box drops, the field inside a spin box: named by the control itself.
bool isInsideAControl(const QWidget* widget)
{
    for (const QWidget* each = widget->parentWidget(); each != nullptr; each = each->parentWidget()) {
        if (qobject_cast<const QComboBox*>(each) != nullptr ||
            qobject_cast<const QAbstractSpinBox*>(each) != nullptr) {
            return true;
        }
    }
    return false;
}

/// "QScrollArea < dataPage < mainWindow": where a widget stands.
QString placeOf(const QWidget* widget)
{
    QStringList chain{QLatin1StringView(widget->metaObject()->className())};
    for (const QWidget* each = widget; each != nullptr; each = each->parentWidget()) {
        if (!each->objectName().isEmpty()) {
            chain.append(each->objectName());
        }
    }
    return chain.join(QStringLiteral(" < "));
}

Result<int> untilStopped(const JobContext& context)
{
    while (context.checkpoint()) {
        context.progress({.fraction = 0.5, .stage = "Working", .done = 1, .total = 2});
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return cancelled();
}

} // namespace

class MainWindowTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void welcomeIsShownUntilAWorkspaceIsOpen();
    void newWorkspaceIsMadeWhereTheDialogSays();
    void filesAreOfferedToTheWorkspaceThatIsMadeForThem();
    void openWorkspaceThatIsNoneSaysSoInTheWindow();
    void controlAndANumberShowsThatPage();
    void focusGoesWhereAPersonLooks();
    void pageIsRefreshedWhenShownAndWhenItsDataChanged();
    void paletteFindsAnActionByAFewLetters();
    void everyActionHasATextAndUniqueShortcuts();
    void shortcutsDialogListsThem();
    void stateIsThereAfterARestart();
    void windowIsAtFirstNoHigherThanTheScreen();
    void languageIsSwitchedWhileOpen();
    void themeIsSwitchedWhileOpen();
    void runningJobIsShownInTheStripAndCancelledThere();
    void jobModelKeepsTheItemModelContract();
    void messageRemedyActsAndGoes();
    void everyFocusableWidgetHasAName();
    void windowNeverStallsWhileAJobReports();
};

void MainWindowTest::welcomeIsShownUntilAWorkspaceIsOpen()
{
    test::WindowFixture fixture(twoPages());
    QVERIFY(fixture.window().currentPage() == nullptr);

    QVERIFY(fixture.open(fixture.folder.path("a.transept")));

    QVERIFY(fixture.window().currentPage() != nullptr);
    QCOMPARE(fixture.window().windowTitle(), QStringLiteral("a.transept \u2013 Transept"));
    fixture.session().close();
    QVERIFY(fixture.window().currentPage() == nullptr);
}

void MainWindowTest::newWorkspaceIsMadeWhereTheDialogSays()
{
    test::WindowFixture fixture(twoPages());
    fixture.chosenFile = QString::fromStdString(fixture.folder.path("made.transept").string());
    QSignalSpy opened(&fixture.session(), &Session::opened);

    QTest::mouseClick(fixture.find<QPushButton>("newWorkspaceActionButton"), Qt::LeftButton);

    QVERIFY(opened.wait(test::patience));
    QVERIFY(std::filesystem::exists(fixture.folder.path("made.transept")));
}

void MainWindowTest::filesAreOfferedToTheWorkspaceThatIsMadeForThem()
{
    test::WindowFixture fixture;
    const auto import = [&fixture] {
        QTest::mouseClick(fixture.find<QPushButton>("importFilesActionButton"), Qt::LeftButton);
    };
    fixture.chosenFiles = {
        QString::fromStdString(fixture.folder.write("a.csv", "user,item,rating\nann,dune,5\n").string()),
        QString::fromStdString(fixture.folder.write("b.csv", "user,item,rating\nann,abba,4\n").string())};
    fixture.chosenFile = QString::fromStdString(fixture.folder.write("taken.transept", "text").string());
    QSignalSpy failed(&fixture.session(), &Session::failed);
    import();
    QVERIFY(failed.wait(test::patience)); // nothing is offered to what is opened later
    QVERIFY(fixture.open(fixture.folder.path("other.transept")));
    QVERIFY(!fixture.find<QListWidget>("fileList")->isVisible());
    QVERIFY(!fixture.find<QAction>("importFilesAction")->isVisible());
    fixture.session().close();

    fixture.chosenFile = QString::fromStdString(fixture.folder.path("made.transept").string());
    import();

    QTRY_VERIFY(fixture.find<QListWidget>("fileList")->isVisible());
    QCOMPARE(fixture.find<QListWidget>("fileList")->count(), 2);
    QCOMPARE(fixture.window().currentPage()->id(), QStringLiteral("data"));
    QVERIFY(std::filesystem::exists(fixture.folder.path("made.transept")));
}

void MainWindowTest::openWorkspaceThatIsNoneSaysSoInTheWindow()
{
    test::WindowFixture fixture(twoPages());
    fixture.chosenFile =
        QString::fromStdString(fixture.folder.write("notes.transept", "these are notes").string());
    QSignalSpy failed(&fixture.session(), &Session::failed);

    QTest::mouseClick(fixture.find<QPushButton>("openWorkspaceActionButton"), Qt::LeftButton);

    QVERIFY(failed.wait(test::patience));
    const auto* message = fixture.find<QLabel>("messageText");
    QVERIFY(message != nullptr && message->isVisible());
    QVERIFY(message->text().contains(QStringLiteral("notes.transept")));
}

void MainWindowTest::controlAndANumberShowsThatPage()
{
    test::WindowFixture fixture(twoPages());
    QVERIFY(fixture.open(fixture.folder.path("a.transept")));
    QVERIFY(QTest::qWaitForWindowActive(&fixture.window()));

    QTest::keyClick(&fixture.window(), Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(fixture.window().currentPage()->id(), QStringLiteral("two"));
    QTest::mouseClick(fixture.find<QAbstractButton>("onePageActionButton"), Qt::LeftButton);
    QCOMPARE(fixture.window().currentPage()->id(), QStringLiteral("one"));
}

void MainWindowTest::focusGoesWhereAPersonLooks()
{
    test::WindowFixture fixture(twoPages());
    fixture.settings.addRecentWorkspace(QStringLiteral("/tmp/earlier.transept"));
    fixture.reopen();
    QVERIFY(QTest::qWaitForWindowActive(&fixture.window()));
    auto* recent = fixture.find<QListWidget>("recentList");
    QCOMPARE(fixture.window().focusWidget(), static_cast<QWidget*>(recent));
    QCOMPARE(recent->currentRow(), 0);

    QVERIFY(fixture.open(fixture.folder.path("a.transept")));
    QVERIFY(page(fixture, 0).isAncestorOf(fixture.window().focusWidget()));
    QTest::keyClick(&fixture.window(), Qt::Key_2, Qt::ControlModifier);
    QVERIFY(page(fixture, 1).isAncestorOf(fixture.window().focusWidget()));
}

void MainWindowTest::pageIsRefreshedWhenShownAndWhenItsDataChanged()
{
    test::WindowFixture fixture(twoPages());
    QVERIFY(fixture.open(fixture.folder.path("a.transept")));
    QTRY_COMPARE(page(fixture, 0).refreshed, 1);
    QCOMPARE(page(fixture, 1).refreshed, 0);

    fixture.session().announce(Change::Data);
    fixture.session().announce(Change::Data);
    QTRY_COMPARE(page(fixture, 0).refreshed, 2);
    fixture.session().announce(Change::Runs);
    fixture.window().showPage(QStringLiteral("two"));
    QTRY_COMPARE(page(fixture, 1).refreshed, 1);

    QCOMPARE(page(fixture, 0).refreshed, 2);
}

void MainWindowTest::paletteFindsAnActionByAFewLetters()
{
    test::WindowFixture fixture(twoPages());
    QVERIFY(fixture.open(fixture.folder.path("a.transept")));
    QVERIFY(QTest::qWaitForWindowActive(&fixture.window()));

    QTest::keyClick(&fixture.window(), Qt::Key_K, Qt::ControlModifier);
    auto* field = fixture.find<QLineEdit>("commandField");
    QTRY_VERIFY(field->isVisible());
    QTest::keyClicks(field, QStringLiteral("dstwo"));
    const auto* list = fixture.find<QListWidget>("commandList");
    QCOMPARE(list->currentItem()->text(), QStringLiteral("Do something in two"));
    QTest::keyClicks(field, QStringLiteral("#"));
    QCOMPARE(list->item(0)->text(), QStringLiteral("No command fits these letters."));
    QTest::keyClick(field, Qt::Key_Return); // does nothing
    QVERIFY(field->isVisible());
    field->clear();
    QVERIFY(list->count() > 5);
    QCOMPARE(list->viewport()->height() % list->sizeHintForRow(0), 0); // no row is cut
    QTest::keyClicks(field, QStringLiteral("dstwo"));
    QTest::keyClick(field, Qt::Key_Return);

    QCOMPARE(fixture.window().currentPage()->id(), QStringLiteral("two"));
    QVERIFY(!field->isVisible());
}

void MainWindowTest::everyActionHasATextAndUniqueShortcuts()
{
    test::WindowFixture fixture;
    std::map<QString, QString> owners;
    for (const NamedAction& each : fixture.window().allActions()) {
        QVERIFY2(!each.action->text().isEmpty(), qPrintable(each.path + each.action->objectName()));
        const QString keys = each.action->shortcut().toString();
        if (!keys.isEmpty()) {
            QVERIFY2(
                owners.emplace(keys, each.action->text()).second,
                qPrintable(QStringLiteral("%1: %2 and %3").arg(keys, owners[keys], each.action->text())));
        }
    }
}

void MainWindowTest::shortcutsDialogListsThem()
{
    test::WindowFixture fixture(twoPages());
    ShortcutsDialog dialog(fixture.window().allActions(), &fixture.window());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);

    QStringList texts;
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        texts.append(label->text());
    }

    QVERIFY(texts.contains(QStringLiteral("Find a command\u2026")));
    QVERIFY(texts.contains(QStringLiteral("Ctrl+K")));
    QVERIFY(texts.contains(QStringLiteral("Zoom to a box"))); // in charts
}

void MainWindowTest::stateIsThereAfterARestart()
{
    test::WindowFixture fixture(twoPages());
    QVERIFY(fixture.open(fixture.folder.path("a.transept")));
    fixture.window().showPage(QStringLiteral("two"));
    const_cast<CountingPage&>(page(fixture, 1)).kept = 17;
    fixture.window().close();

    fixture.reopen();
    QVERIFY(fixture.open(fixture.folder.path("a.transept")));

    QCOMPARE(fixture.window().currentPage()->id(), QStringLiteral("two"));
    QCOMPARE(page(fixture, 1).kept, 17);
}

void MainWindowTest::windowIsAtFirstNoHigherThanTheScreen()
{
    test::WindowFixture fixture(twoPages());
    const int screen = fixture.window().screen()->availableSize().height();
    fixture.window().resize(1440, screen + 100);
    fixture.find<QAction>("resetLayoutAction")->trigger();
    QVERIFY(fixture.window().height() <= std::max(screen, fixture.window().minimumHeight()));
}

void MainWindowTest::languageIsSwitchedWhileOpen()
{
    test::WindowFixture fixture(twoPages());
    const QString english = fixture.window().menuBar()->actions().first()->text();

    fixture.language.choose(QStringLiteral("zh_CN"));
    QTRY_VERIFY(fixture.window().menuBar()->actions().first()->text() != english);
    QVERIFY(fixture.window().menuBar()->actions().first()->text().contains(QString::fromUtf8("文件")));
    // Words of Qt's own dialogs, from the package qt6-translations-l10n.
    QCOMPARE(QCoreApplication::translate("QPlatformTheme", "Cancel"), QStringLiteral("取消"));
    fixture.language.choose(QStringLiteral("en"));
    QCOMPARE(QCoreApplication::translate("QPlatformTheme", "Cancel"), QStringLiteral("Cancel"));
    QTRY_COMPARE(fixture.window().menuBar()->actions().first()->text(), english);
}

void MainWindowTest::themeIsSwitchedWhileOpen()
{
    test::WindowFixture fixture(twoPages());

    fixture.theme.choose(ThemeChoice::Dark);
    QVERIFY(tokensOf(&fixture.window()).dark);
    fixture.theme.choose(ThemeChoice::Light);
    QVERIFY(!tokensOf(&fixture.window()).dark);
}

void MainWindowTest::runningJobIsShownInTheStripAndCancelledThere()
{
    test::WindowFixture fixture(twoPages());
    Job* job =
        fixture.session().jobs().startOutside<int>(this,
                                                   {.name = [] { return QStringLiteral("Counting stars"); }},
                                                   untilStopped,
                                                   [](const Result<int>&) {});

    const auto* name = fixture.find<QLabel>("jobName");
    QTRY_COMPARE(name->text(), QStringLiteral("Counting stars"));
    QTest::mouseClick(fixture.find<QPushButton>("cancelJobButton"), Qt::LeftButton);

    QTRY_COMPARE(job->state(), Job::State::Cancelled);
    QVERIFY(!fixture.find<QPushButton>("cancelJobButton")->isVisible());
}

void MainWindowTest::jobModelKeepsTheItemModelContract()
{
    JobList jobs;
    JobModel model(jobs);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);

    Job* job = jobs.startOutside<int>(
        this,
        {.name = [] { return QStringLiteral("a"); }},
        [](const JobContext&) -> Result<int> { return 1; },
        [](const Result<int>&) {});
    QTRY_VERIFY(!job->isActive());
    QCOMPARE(model.rowCount(), 1);
    jobs.forgetFinished();

    QCOMPARE(model.rowCount(), 0);
}

void MainWindowTest::messageRemedyActsAndGoes()
{
    MessageBar bar;
    int acted = 0;
    bar.show({.text = [] { return QStringLiteral("Two rows were refused."); },
              .remedies = {{.text = [] { return QStringLiteral("Show them"); }, .act = [&] { ++acted; }}},
              .topic = QStringLiteral("rows")});
    bar.show({.text = [] { return QStringLiteral("Three rows were refused."); },
              .remedies = {{.text = [] { return QStringLiteral("Show them"); }, .act = [&] { ++acted; }}},
              .topic = QStringLiteral("rows")});
    QCOMPARE(bar.count(), 1);

    for (QPushButton* button : bar.findChildren<QPushButton*>(QStringLiteral("remedyButton"))) {
        if (button->isVisible()) {
            QTest::mouseClick(button, Qt::LeftButton);
        }
    }

    QCOMPARE(acted, 1);
    QCOMPARE(bar.count(), 0);
}

void MainWindowTest::everyFocusableWidgetHasAName()
{
    test::WindowFixture fixture;
    QVERIFY(fixture.open(fixture.folder.path("a.transept")));
    for (const Page* each : fixture.window().pages()) {
        fixture.window().showPage(each->id());
        QCoreApplication::processEvents();
    }
    for (const QWidget* widget : fixture.window().findChildren<QWidget*>()) {
        const bool isInner =
            widget->objectName().startsWith(QStringLiteral("qt_")) || isInsideAControl(widget);
        if (widget->focusPolicy() == Qt::NoFocus || isInner || widget->focusProxy() != nullptr) {
            continue;
        }
        const QAccessibleInterface* seen =
            QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
        QVERIFY2(seen != nullptr && !seen->text(QAccessible::Name).isEmpty(), qPrintable(placeOf(widget)));
    }
}

void MainWindowTest::windowNeverStallsWhileAJobReports()
{
    test::WindowFixture fixture(twoPages());
    QVERIFY(fixture.open(fixture.folder.path("a.transept")));
    fixture.window().showJobPanel(true);
    Job* job = fixture.session().jobs().startOutside<int>(
        this, {.name = [] { return QStringLiteral("Busy"); }}, untilStopped, [](const Result<int>&) {});
    QTest::qWait(200); // the first painting of the panel is not what is measured

    const test::StallWatchdog watchdog;
    QTest::qWait(1500);

    job->cancel();
    QTRY_VERIFY(!job->isActive());
    qInfo("longest %.1f ms, 99th percentile %.1f ms of %zu",
          watchdog.longest(),
          watchdog.quantile(0.99),
          watchdog.count());
    QVERIFY(watchdog.count() > 10);
    QVERIFY(watchdog.longest() < 50.0);
}

QTEST_MAIN(MainWindowTest)
#include "MainWindowTest.moc"
