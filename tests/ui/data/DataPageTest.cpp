#include "tests/ui/StallWatchdog.h"
#include "tests/ui/data/DataFixture.h"
#include "ui/charts/ColumnChart.h"
#include "ui/charts/LineChart.h"
#include "ui/data/DomainModel.h"
#include "ui/data/InteractionModel.h"
#include "ui/data/ItemModel.h"
#include "ui/data/OverlapView.h"
#include "ui/shell/EmptyState.h"

#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QToolButton>

using namespace transept;
using namespace transept::ui;

namespace {

constexpr const char* threeDomains =
    "books: ann dune 5@100, ann emma 3@200, bob dune 4@300 test, cid emma 2@400;"
    " films: ann alien 4, bob alien 2, bob brazil 5; music/store, implicit: eve abba, - queen";

} // namespace

class DataPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyWorkspaceOffersTheImport();
    void domainsAreListedWithTheirCounts();
    void overlapIsReadByKeyboard();
    void chosenDomainIsThatOfAllPages();
    void curvesOfTheChosenDomainAreDrawn();
    void interactionsAreFilteredByUser();
    void jumpGoesToTheRow();
    void itemsAreFoundByTitleOrKey();
    void lassoedItemsCanBeLookedAtAlone();
    void activatedItemShowsItsInteractions();
    void deletedDomainComesBackByUndo();
    void domainIsRenamedInItsCell();
    void stateIsThereAgainAfterARestart();
    void nothingBlocksTheWindow();
};

void DataPageTest::emptyWorkspaceOffersTheImport()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(""));
    auto* empty = fixture.page().findChild<EmptyState*>();
    QVERIFY(empty != nullptr);
    QTRY_VERIFY(empty->isVisible());
    QVERIFY(!empty->findChildren<QPushButton*>().isEmpty());
}

void DataPageTest::domainsAreListedWithTheirCounts()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(threeDomains));
    QCOMPARE(fixture.rows("domainTable"), 3);
    QCOMPARE(fixture.cell("domainTable", 0, DomainModel::NameColumn), QStringLiteral("books"));
    QCOMPARE(fixture.cell("domainTable", 0, DomainModel::UsersColumn), QStringLiteral("3"));
    QCOMPARE(fixture.cell("domainTable", 0, DomainModel::InteractionsColumn), QStringLiteral("4"));
    QCOMPARE(fixture.cell("domainTable", 0, DomainModel::DensityColumn), QStringLiteral("66.7 %"));
    QCOMPARE(fixture.cell("domainTable", 2, DomainModel::PlatformColumn), QStringLiteral("store"));
    QCOMPARE(fixture.cell("domainTable", 2, DomainModel::ItemsColumn), QStringLiteral("2"));
    const QString sentence = fixture.label("pageSentence");
    QVERIFY2(sentence.contains(QStringLiteral("3 domain")), qPrintable(sentence));
    QVERIFY2(sentence.contains(QStringLiteral("8 interaction")), qPrintable(sentence));
}

void DataPageTest::overlapIsReadByKeyboard()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(threeDomains));
    auto* overlap = fixture.find<OverlapView>("overlapView");
    QSignalSpy said(overlap, &OverlapView::readOut);
    overlap->setFocus();
    QTest::keyClick(overlap, Qt::Key_Right);
    QTRY_VERIFY(!said.isEmpty());
    QVERIFY2(overlap->accessibleDescription().contains(QStringLiteral("share 2 people")),
             qPrintable(overlap->accessibleDescription()));
    QTest::keyClick(overlap, Qt::Key_Down);
    QTest::keyClick(overlap, Qt::Key_Return);
    const auto films = fixture.session().selection().domain();
    QVERIFY(films.has_value());
    QTRY_COMPARE(fixture.table("domainTable")->currentIndex().row(), 1);
}

void DataPageTest::chosenDomainIsThatOfAllPages()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(threeDomains));
    QTRY_COMPARE(fixture.table("domainTable")->currentIndex().row(), 0);
    QSignalSpy changed(&fixture.session().selection(), &Selection::domainChanged);
    QTableView* table = fixture.table("domainTable");
    QTest::mouseClick(
        table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(1, 0)).center());
    QCOMPARE(changed.count(), 1);
    fixture.showTab(DataPage::InteractionsTab);
    QTRY_COMPARE(fixture.rows("interactionTable"), 3);
    QTRY_COMPARE(fixture.cell("interactionTable", 0, InteractionModel::ItemColumn), QStringLiteral("alien"));
}

void DataPageTest::curvesOfTheChosenDomainAreDrawn()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(threeDomains));
    fixture.showTab(DataPage::StatisticsTab);
    auto* values = fixture.find<ColumnChart>("valueHistogram");
    QTRY_COMPARE(values->values().rows.size(), std::size_t{4}); // 2, 3, 4, 5
    const auto curve = [&](const char* name) { return fixture.find<LineChart>(name)->series().front().y; };
    QCOMPARE(curve("activityCurve"), (std::vector<double>{2, 1, 1}));
    QCOMPARE(curve("popularityCurve"), (std::vector<double>{2, 2}));
}

void DataPageTest::interactionsAreFilteredByUser()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(threeDomains));
    fixture.showTab(DataPage::InteractionsTab);
    QTRY_COMPARE(fixture.rows("interactionTable"), 4);
    QTest::keyClicks(fixture.find<QLineEdit>("userFilter"), QStringLiteral("ann"));
    QTRY_COMPARE(fixture.rows("interactionTable"), 2);
    QTRY_COMPARE(fixture.cell("interactionTable", 1, InteractionModel::ItemColumn), QStringLiteral("emma"));
    QCOMPARE(fixture.cell("interactionTable", 1, InteractionModel::ValueColumn), QStringLiteral("3"));
    QTest::keyClicks(fixture.find<QLineEdit>("itemFilter"), QStringLiteral("nothing"));
    QTRY_VERIFY(fixture.find<QLabel>("noInteractions")->isVisible());
}

void DataPageTest::jumpGoesToTheRow()
{
    std::string picture = "books:";
    for (int user = 1000; user < 2500; ++user) {
        picture += std::string(user == 1000 ? "" : ",") + " u" + std::to_string(user) + " dune 3";
    }
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(picture));
    fixture.showTab(DataPage::InteractionsTab);
    QTRY_COMPARE(fixture.rows("interactionTable"), 1500);
    auto* jump = fixture.find<QSpinBox>("jumpToRow");
    jump->setFocus();
    jump->selectAll();
    QTest::keyClicks(jump, QStringLiteral("1400"));
    QTest::keyClick(jump, Qt::Key_Return);
    QTRY_COMPARE(fixture.table("interactionTable")->currentIndex().row(), 1399);
    QTRY_COMPARE(fixture.cell("interactionTable", 1399, InteractionModel::UserColumn),
                 QStringLiteral("u2399"));
}

void DataPageTest::itemsAreFoundByTitleOrKey()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(threeDomains));
    fixture.showTab(DataPage::ItemsTab);
    QTRY_COMPARE(fixture.rows("itemTable"), 2);
    QTest::keyClicks(fixture.find<QLineEdit>("itemSearch"), QStringLiteral("EMM"));
    QTRY_COMPARE(fixture.rows("itemTable"), 1);
    QCOMPARE(fixture.cell("itemTable", 0, ItemModel::KeyColumn), QStringLiteral("emma"));
    QCOMPARE(fixture.cell("itemTable", 0, ItemModel::InteractionsColumn), QStringLiteral("2"));
    QTest::keyClicks(fixture.find<QLineEdit>("itemSearch"), QStringLiteral("xyz"));
    QTRY_VERIFY(fixture.find<QLabel>("noItems")->isVisible());
}

void DataPageTest::lassoedItemsCanBeLookedAtAlone()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(threeDomains));
    fixture.showTab(DataPage::ItemsTab);
    QTRY_COMPARE(fixture.rows("itemTable"), 2);
    const int all = fixture.rows("itemTable");
    auto* only = fixture.find<QToolButton>("onlySelected");
    QVERIFY(!only->isVisible());
    const QModelIndex second = fixture.table("itemTable")->model()->index(1, 0);
    const QString key = second.data().toString();
    fixture.session().selection().setItems(
        {ItemId{999'999}, ItemId{second.data(ItemModel::IdRole).toLongLong()}});
    QTRY_VERIFY(only->isVisible());
    QTest::mouseClick(only, Qt::LeftButton);
    QTRY_COMPARE(fixture.rows("itemTable"), 1);
    QTRY_COMPARE(fixture.cell("itemTable", 0, 0), key);
    fixture.session().selection().setItems({});
    QTRY_COMPARE(fixture.rows("itemTable"), all);
    QVERIFY(!only->isVisible());
}

void DataPageTest::activatedItemShowsItsInteractions()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(threeDomains));
    fixture.showTab(DataPage::ItemsTab);
    QTRY_COMPARE(fixture.rows("itemTable"), 2);
    QTableView* table = fixture.table("itemTable");
    table->setFocus();
    table->setCurrentIndex(table->model()->index(1, 0));
    QVERIFY(fixture.session().selection().item().has_value());
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_COMPARE(fixture.find<QTabWidget>("dataTabs")->currentIndex(), int(DataPage::InteractionsTab));
    QTRY_COMPARE(fixture.rows("interactionTable"), 2);
    QCOMPARE(fixture.find<QLineEdit>("itemFilter")->text(), QStringLiteral("emma"));
}

void DataPageTest::deletedDomainComesBackByUndo()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(threeDomains));
    QTableView* table = fixture.table("domainTable");
    table->selectRow(1);
    table->setFocus();
    QTRY_VERIFY(fixture.find<QAction>("deleteDomainAction")->isEnabled());
    fixture.find<QAction>("deleteDomainAction")->trigger();
    QTRY_COMPARE(fixture.rows("domainTable"), 2);
    QVERIFY(fixture.messages().contains(QStringLiteral("films was deleted")));
    fixture.find<QAction>("undoAction")->trigger();
    QCOMPARE(fixture.page().messages().count(), 0); // there is nothing left that its button could undo
    QTRY_COMPARE(fixture.rows("domainTable"), 3);
    QCOMPARE(fixture.cell("domainTable", 1, DomainModel::InteractionsColumn), QStringLiteral("3"));
}

void DataPageTest::domainIsRenamedInItsCell()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(threeDomains));
    QTableView* table = fixture.table("domainTable");
    const auto rename = [&](const char* name, bool byKey) {
        table->selectRow(1);
        table->setFocus();
        if (byKey) {
            QTest::keyClick(table, Qt::Key_F2);
        } else {
            fixture.find<QAction>("renameDomainAction")->trigger();
        }
        auto* editor = table->viewport()->findChild<QLineEdit*>();
        QVERIFY(editor != nullptr);
        editor->setText(QString::fromLatin1(name));
        QTest::keyClick(editor, Qt::Key_Return);
    };
    QTRY_VERIFY(fixture.find<QAction>("renameDomainAction")->isEnabled());
    rename("movies", true);
    QTRY_COMPARE(fixture.cell("domainTable", 1, DomainModel::NameColumn), QStringLiteral("movies"));
    fixture.find<QAction>("undoAction")->trigger();
    QTRY_COMPARE(fixture.cell("domainTable", 1, DomainModel::NameColumn), QStringLiteral("films"));
    rename("books", false);
    const auto isRefused = [&] {
        const auto texts = fixture.window().findChildren<QLabel*>(QStringLiteral("messageText"));
        return std::any_of(texts.begin(), texts.end(), [](const QLabel* text) {
            return text->text() == QStringLiteral("There is a domain books already. Choose another name.");
        });
    };
    QTRY_VERIFY(isRefused());
    QCOMPARE(fixture.cell("domainTable", 1, DomainModel::NameColumn), QStringLiteral("films"));
}

void DataPageTest::stateIsThereAgainAfterARestart()
{
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(threeDomains));
    fixture.showTab(DataPage::ItemsTab);
    fixture.session().selection().setDomain(fixture.session().selection().domain());
    fixture.window().close();
    fixture.reopen();
    QVERIFY(fixture.open(fixture.folder.path("test.transept")));
    fixture.window().showPage(QStringLiteral("data"));
    QCOMPARE(fixture.find<QTabWidget>("dataTabs")->currentIndex(), int(DataPage::ItemsTab));
    QTRY_COMPARE(fixture.rows("itemTable"), 2);
}

void DataPageTest::nothingBlocksTheWindow()
{
    std::string picture = "books:";
    for (int user = 0; user < 4000; ++user) {
        picture += std::string(user == 0 ? "" : ",") + " u" + std::to_string(user) + " i" +
                   std::to_string(user % 700) + " " + std::to_string(1 + user % 5);
    }
    test::DataFixture fixture;
    QVERIFY(fixture.openWith(picture));
    QTest::qWait(300); // the first painting of a window is not what is measured
    test::StallWatchdog watchdog;
    for (int round = 0; round < 3; ++round) {
        fixture.showTab(DataPage::InteractionsTab);
        fixture.find<QSpinBox>("jumpToRow")->setValue(1000 * (round + 1));
        QTest::qWait(60);
        fixture.showTab(DataPage::ItemsTab);
        QTest::qWait(60);
        fixture.showTab(DataPage::StatisticsTab);
        fixture.session().announce(Change::Data);
        QTest::qWait(60);
    }
    QVERIFY(watchdog.count() > 0);
    qInfo("longest %.1f ms, 99th percentile %.1f ms", watchdog.longest(), watchdog.quantile(0.99));
    QVERIFY2(watchdog.longest() < 500.0, "the window was away for half a second");
}

QTEST_MAIN(DataPageTest)
#include "DataPageTest.moc"
