#include "ui/data/ImportPanel.h"
#include "core/store/ImportLog.h"
#include "tests/support/SharedData.h"
#include "tests/ui/data/DataFixture.h"
#include "ui/data/DomainModel.h"
#include "ui/data/ImportDraft.h"
#include "ui/data/ImportModel.h"
#include "ui/data/RejectModel.h"

#include <QtCore/QMimeData>
#include <QtGui/QDropEvent>
#include <QtTest/QAbstractItemModelTester>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableWidget>

using namespace transept;
using namespace transept::ui;

namespace {

constexpr const char* ratings = "user,item,rating,timestamp\n"
                                "ann,dune,5,1000000000\n"
                                "ann,emma,3,1000000100\n"
                                "bob,dune,good,1000000200\n"
                                "bob,emma,2,1000000300\n";

class Fixture final : public test::DataFixture
{
public:
    /// Chooses files as a person would, and waits until the first was looked at.
    bool offer(const QStringList& files)
    {
        chosenFiles = files;
        QSignalSpy examined(panel(), &ImportPanel::examined);
        find<QAction>("importAction")->trigger();
        return QTest::qWaitFor([&] { return panel()->isVisible() && !examined.isEmpty(); });
    }
    QString write(const char* name, const char* bytes)
    {
        return QString::fromStdString(folder.write(name, bytes).string());
    }
    ImportPanel* panel() { return find<ImportPanel>("importPanel"); }
    bool becomesReady()
    {
        return QTest::qWaitFor([this] { return panel()->isReady(); });
    }
    bool becomesUnready()
    {
        return QTest::qWaitFor([this] { return find<QLabel>("importProblem")->isVisible(); });
    }
    void choose(const char* box, const QString& text)
    {
        auto* combo = find<QComboBox>(box);
        const int place = combo->findText(text);
        if (place < 0) {
            QFAIL(qPrintable(QStringLiteral("%1 does not offer %2").arg(QLatin1String(box), text)));
        }
        combo->setCurrentIndex(place);
        Q_EMIT combo->activated(place);
    }
    void type(const char* box, const QString& text)
    {
        QLineEdit* edit = find<QComboBox>(box)->lineEdit();
        edit->setFocus();
        edit->selectAll();
        text.isEmpty() ? QTest::keyClick(edit, Qt::Key_Backspace) : QTest::keyClicks(edit, text);
    }
    void press(const char* name) { QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton); }
    int previewColumns() { return table("previewTable")->model()->columnCount(); }
    bool says(const QString& text, int timeout = 5000)
    {
        return QTest::qWaitFor([&] { return messages().contains(text); }, timeout);
    }
};

} // namespace

class ImportPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fileIsShownAsItWillBeRead();
    void rowsReadAreAccountedForAndRejectsAreShown();
    void delimiterCanBeOverruled();
    void rolesAreChosenAboveTheColumns();
    void missingDomainIsExplained();
    void domainColumnIsRenamed();
    void filesComeOneAfterTheOther();
    void droppedFilesAreOffered();
    void unreadableFileSaysSoAndIsLeftOut();
    void everyOptionReachesTheImporter();
    void rejectsAreSavedAsCsv();
    void domainIsProposedFromTheName_data();
    void domainIsProposedFromTheName();
    void movieLensIsImported();
    void doubanDomainsShareTheirAccounts();
    void raggedBookCrossingRowsAreNeverLost();
};

void ImportPanelTest::fileIsShownAsItWillBeRead()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("books_ratings.csv", ratings)}));
    QVERIFY(fixture.becomesReady());
    QCOMPARE(fixture.previewColumns(), 4);
    QCOMPARE(fixture.rows("previewTable"), 4);
    QCOMPARE(fixture.cell("previewTable", 2, 2), QStringLiteral("good"));
    QCOMPARE(fixture.find<QComboBox>("role1")->currentText(), QStringLiteral("user"));
    QCOMPARE(fixture.find<QComboBox>("role4")->currentText(), QStringLiteral("time"));
    QCOMPARE(fixture.find<QComboBox>("delimiterBox")->currentText(), QStringLiteral("comma"));
    QVERIFY(fixture.find<QCheckBox>("headerCheck")->isChecked());
    QCOMPARE(fixture.find<QComboBox>("domainBox")->currentText(), QStringLiteral("books"));
    QVERIFY(!fixture.label("importEvidence").isEmpty());
    const QAbstractItemModelTester tester(fixture.table("previewTable")->model());
}

void ImportPanelTest::rowsReadAreAccountedForAndRejectsAreShown()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("books.csv", ratings)}));
    QVERIFY(fixture.becomesReady());
    fixture.press("importButton");
    QVERIFY(fixture.says(QStringLiteral("4 rows read = 3 imported + 1 rejected + 0 skipped")));
    QTRY_COMPARE(fixture.rows("domainTable"), 1);
    QCOMPARE(fixture.cell("domainTable", 0, DomainModel::InteractionsColumn), QStringLiteral("3"));
    for (auto* button : fixture.page().messages().findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("Show rejected rows")) {
            QTest::mouseClick(button, Qt::LeftButton);
            break;
        }
    }
    QTRY_COMPARE(fixture.rows("rejectTable"), 1);
    QVERIFY(fixture.table("rejectTable")->isVisible());
    QCOMPARE(fixture.cell("rejectTable", 0, RejectModel::LineColumn), QStringLiteral("4"));
    QVERIFY(fixture.cell("rejectTable", 0, RejectModel::RawColumn).contains(QStringLiteral("good")));
    QCOMPARE(fixture.cell("importTable", 0, ImportModel::StateColumn), QStringLiteral("finished"));
    QCOMPARE(fixture.cell("importTable", 0, ImportModel::DomainColumn), QStringLiteral("books"));
}

void ImportPanelTest::delimiterCanBeOverruled()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("books.csv", ratings)}));
    QVERIFY(fixture.becomesReady());
    fixture.choose("delimiterBox", QStringLiteral("semicolon"));
    QTRY_COMPARE(fixture.previewColumns(), 1);
    QVERIFY(fixture.becomesUnready());
    QVERIFY(!fixture.find<QPushButton>("importButton")->isEnabled());
    fixture.choose("delimiterBox", QStringLiteral("comma"));
    QTRY_COMPARE(fixture.previewColumns(), 4);
    QVERIFY(fixture.becomesReady());
    QTest::mouseClick(fixture.find<QCheckBox>("headerCheck"), Qt::LeftButton, {}, {10, 10});
    QTRY_COMPARE(fixture.rows("previewTable"), 5);
}

void ImportPanelTest::rolesAreChosenAboveTheColumns()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("books.csv", ratings)}));
    QVERIFY(fixture.becomesReady());
    fixture.choose("role1", QStringLiteral("item"));
    QVERIFY(fixture.becomesUnready());
    fixture.choose("role2", QStringLiteral("user"));
    QVERIFY(fixture.becomesReady());
    fixture.press("importButton");
    QVERIFY(fixture.says(QStringLiteral("4 rows read")));
    fixture.showTab(DataPage::ItemsTab);
    QTRY_COMPARE(fixture.rows("itemTable"), 2);
    QTRY_COMPARE(fixture.cell("itemTable", 0, 0), QStringLiteral("ann"));
}

void ImportPanelTest::missingDomainIsExplained()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("books.csv", ratings)}));
    QVERIFY(fixture.becomesReady());
    fixture.type("domainBox", {});
    QVERIFY(fixture.becomesUnready());
    QVERIFY2(fixture.label("importProblem").contains(QStringLiteral("domain")),
             qPrintable(fixture.label("importProblem")));
    fixture.type("domainBox", QStringLiteral("novels"));
    QVERIFY(fixture.becomesReady());
    QVERIFY(!fixture.find<QLabel>("importProblem")->isVisible());
}

void ImportPanelTest::domainColumnIsRenamed()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("shop.csv",
                                         "user,item,rating,domain\n"
                                         "ann,dune,5,A\nann,pan,3,B\nbob,pan,4,B\n")}));
    QTRY_COMPARE(fixture.previewColumns(), 4);
    fixture.choose("role4", QStringLiteral("domain"));
    auto* names = fixture.find<QTableWidget>("domainNames");
    QTRY_VERIFY(names->isVisible());
    QTRY_COMPARE(names->rowCount(), 3); // A, B, and one to add
    names->item(0, 1)->setText(QStringLiteral("books"));
    names->item(1, 1)->setText(QStringLiteral("kitchen"));
    QTest::qWait(300);
    QVERIFY(fixture.becomesReady());
    fixture.press("importButton");
    QTRY_COMPARE(fixture.rows("domainTable"), 2);
    std::map<QString, QString> interactions;
    for (int row = 0; row < 2; ++row) {
        interactions[fixture.cell("domainTable", row, DomainModel::NameColumn)] =
            fixture.cell("domainTable", row, DomainModel::InteractionsColumn);
    }
    QCOMPARE(interactions,
             (std::map<QString, QString>{{QStringLiteral("books"), QStringLiteral("1")},
                                         {QStringLiteral("kitchen"), QStringLiteral("2")}}));
}

void ImportPanelTest::filesComeOneAfterTheOther()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    const QString items = fixture.write("catalogue.csv", "item,title,genre\ndune,Dune,sf\nemma,Emma,novel\n");
    QVERIFY(fixture.offer({fixture.write("books.csv", ratings), items}));
    QCOMPARE(fixture.find<QListWidget>("fileList")->count(), 2);
    QVERIFY(fixture.becomesReady());
    fixture.press("importButton");
    QTRY_COMPARE(fixture.label("importFile"), QStringLiteral("catalogue.csv"));
    QVERIFY(fixture.says(QStringLiteral("books.csv: 4 rows read")));
    QCOMPARE(fixture.find<QComboBox>("targetBox")->currentText(), QStringLiteral("items"));
    QTRY_COMPARE(fixture.find<QComboBox>("domainBox")->currentText(), QStringLiteral("books"));
    QVERIFY(fixture.becomesReady());
    fixture.press("importButton");
    QVERIFY(fixture.says(QStringLiteral("catalogue.csv: 2 rows read = 2 imported")));
    QTRY_COMPARE(fixture.cell("domainTable", 0, DomainModel::TextsColumn), QStringLiteral("2"));
    QVERIFY(!fixture.panel()->isVisible());
}

void ImportPanelTest::droppedFilesAreOffered()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(fixture.write("books.csv", ratings))});
    QDragEnterEvent enter({400, 300}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&fixture.window(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({400, 300}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&fixture.window(), &drop);
    QVERIFY(drop.isAccepted());
    QTRY_VERIFY(fixture.panel()->isVisible());
    QVERIFY(fixture.becomesReady());
}

void ImportPanelTest::unreadableFileSaysSoAndIsLeftOut()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("empty.csv", "")}));
    QVERIFY(fixture.becomesUnready());
    QVERIFY(!fixture.label("importProblem").isEmpty());
    QVERIFY(!fixture.find<QPushButton>("importButton")->isEnabled());
    fixture.press("leaveOutButton");
    QTRY_VERIFY(!fixture.panel()->isVisible());
}

void ImportPanelTest::everyOptionReachesTheImporter()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("books.csv", ratings)}));
    QVERIFY(fixture.becomesReady());
    QSignalSpy requested(fixture.panel(), &ImportPanel::importRequested);
    fixture.type("platformBox", QStringLiteral("web"));
    fixture.choose("kindBox", QStringLiteral("implicit"));
    fixture.choose("partBox", QStringLiteral("test"));
    fixture.choose("duplicatesBox", QStringLiteral("add the values up"));
    QTest::keyClicks(fixture.find<QLineEdit>("prefixEdit"), QStringLiteral("x-"));
    QTest::keyClicks(fixture.find<QLineEdit>("implicitEdit"), QStringLiteral("3"));
    QTest::qWait(300);
    QVERIFY(fixture.becomesReady());
    fixture.press("importButton");
    QCOMPARE(requested.count(), 1);
    const auto options = requested.front().at(1).value<ImportOptions>();
    QCOMPARE(options.domain, std::string("books"));
    QCOMPARE(options.platform, std::string("web"));
    QVERIFY(options.kind == FeedbackKind::Implicit);
    QCOMPARE(options.part, std::string("test"));
    QVERIFY(options.duplicates == Duplicates::Sum);
    QCOMPARE(options.userPrefix, std::string("x-"));
    QCOMPARE(options.implicitValue.value_or(0.0), 3.0);
    QVERIFY(fixture.says(QStringLiteral("2 imported + 1 rejected + 1 skipped")));
    fixture.showTab(DataPage::InteractionsTab);
    QTRY_COMPARE(fixture.rows("interactionTable"), 2);
    QTRY_COMPARE(fixture.cell("interactionTable", 0, 0), QStringLiteral("x-ann"));
}

void ImportPanelTest::rejectsAreSavedAsCsv()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("books.csv", ratings)}));
    QVERIFY(fixture.becomesReady());
    fixture.press("importButton");
    QTRY_COMPARE(fixture.rows("importTable"), 1);
    fixture.showTab(DataPage::ImportsTab);
    QTRY_VERIFY(fixture.find<QAction>("exportRejectsAction")->isEnabled());
    fixture.chosenFile = QString::fromStdString(fixture.folder.path("rejects.csv").string());
    fixture.find<QAction>("exportRejectsAction")->trigger();
    QVERIFY(fixture.says(QStringLiteral("rejects.csv")));
    const std::string csv = test::contentOf(fixture.folder.path("rejects.csv"));
    QVERIFY(csv.starts_with("file,line,offset,reason,raw\n"));
    QVERIFY(csv.find("\"bob,dune,good,1000000200\"") != std::string::npos);
}

void ImportPanelTest::domainIsProposedFromTheName_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("domain");
    QTest::newRow("by its own name") << "/data/movies.csv"
                                     << "movies";
    QTest::newRow("without the generic word") << "/data/book_ratings.dat"
                                              << "book";
    QTest::newRow("by the folder") << "/data/music/ratings.csv.gz"
                                   << "music";
    QTest::newRow("nothing tells") << "/data/ratings.csv"
                                   << "";
}

void ImportPanelTest::domainIsProposedFromTheName()
{
    QFETCH(QString, file);
    QFETCH(QString, domain);
    QCOMPARE(QString::fromStdString(proposedDomain(file.toStdString())), domain);
}

void ImportPanelTest::movieLensIsImported()
{
    NEED_SHARED_DATA();
    const auto folder = *test::sharedData() / "movielens_latest_small_2016";
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({QString::fromStdString((folder / "ratings.csv").string()),
                           QString::fromStdString((folder / "movies.csv").string())}));
    fixture.type("domainBox", QStringLiteral("films"));
    QTest::qWait(300);
    QVERIFY(fixture.becomesReady());
    fixture.press("importButton");
    QTRY_COMPARE(fixture.label("importFile"), QStringLiteral("movies.csv"));
    QVERIFY(fixture.says(QStringLiteral("100,004 rows read = 100,004 imported + 0 rejected"), 20000));
    QTRY_COMPARE(fixture.find<QComboBox>("domainBox")->currentText(), QStringLiteral("films"));
    QVERIFY(fixture.becomesReady());
    fixture.press("importButton");
    QVERIFY(fixture.says(QStringLiteral("9,125 rows read = 9,125 imported + 0 rejected"), 20000));
    QTRY_COMPARE(fixture.cell("domainTable", 0, DomainModel::InteractionsColumn), QStringLiteral("100,004"));
    QTRY_COMPARE(fixture.cell("domainTable", 0, DomainModel::TextsColumn), QStringLiteral("9,125"));
    QCOMPARE(fixture.cell("domainTable", 0, DomainModel::UsersColumn), QStringLiteral("671"));
}

void ImportPanelTest::doubanDomainsShareTheirAccounts()
{
    NEED_SHARED_DATA();
    const auto folder = *test::sharedData() / "douban";
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({QString::fromStdString((folder / "douban_book" / "ratings.dat").string()),
                           QString::fromStdString((folder / "douban_music" / "ratings.dat").string())}));
    for (const char* domain : {"douban_book", "douban_music"}) {
        QTRY_COMPARE(fixture.find<QComboBox>("domainBox")->currentText(), QString::fromLatin1(domain));
        fixture.type("platformBox", QStringLiteral("douban"));
        QTest::qWait(300);
        QVERIFY(fixture.becomesReady());
        fixture.press("importButton");
    }
    QVERIFY(fixture.says(QStringLiteral("69,709 rows read = 69,709 imported"), 30000));
    QTRY_COMPARE(fixture.rows("domainTable"), 2);
    QCOMPARE(fixture.cell("domainTable", 0, DomainModel::InteractionsColumn), QStringLiteral("96,041"));
    QTRY_VERIFY(fixture.label("pageSentence").contains(QStringLiteral("1,566")));
}

void ImportPanelTest::raggedBookCrossingRowsAreNeverLost()
{
    NEED_SHARED_DATA();
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer(
        {QString::fromStdString((*test::sharedData() / "book_crossing" / "items_info.dat").string())}));
    fixture.type("domainBox", QStringLiteral("books"));
    QTest::qWait(300);
    QVERIFY(fixture.becomesReady());
    QCOMPARE(fixture.find<QComboBox>("targetBox")->currentText(), QStringLiteral("items"));
    fixture.press("importButton");
    QTRY_COMPARE_WITH_TIMEOUT(fixture.rows("importTable"), 1, 20000);
    QTRY_COMPARE(fixture.cell("importTable", 0, ImportModel::StateColumn), QStringLiteral("finished"));
    const auto count = [&](int column) {
        return fixture.table("importTable")->model()->index(0, column).data(ImportModel::SortRole).toInt();
    };
    QCOMPARE(count(ImportModel::ReadColumn), 17384);
    QCOMPARE(count(ImportModel::ImportedColumn) + count(ImportModel::RejectedColumn) +
                 count(ImportModel::SkippedColumn),
             17384);
}

QTEST_MAIN(ImportPanelTest)
#include "ImportPanelTest.moc"
