#include "ui/data/ImportPanel.h"
#include "core/store/ImportLog.h"
#include "tests/ui/data/ImportFixture.h"
#include "ui/data/DomainModel.h"
#include "ui/data/ImportModel.h"
#include "ui/data/RejectModel.h"

#include <QtCore/QMimeData>
#include <QtGui/QDropEvent>
#include <QtTest/QAbstractItemModelTester>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QToolButton>

using namespace transept;
using namespace transept::ui;

namespace {

using Fixture = test::ImportFixture;
using test::ratings;

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
    void rowsOfThePreviewHaveRoomInALowWindow();
    void tabKeyGoesThroughTheSettingsThenTheFile();
    void droppedFilesAreOffered();
    void unreadableFileSaysSoAndIsLeftOut_data();
    void unreadableFileSaysSoAndIsLeftOut();
    void cutArchiveLeavesTheWorkspaceUnchanged();
    void textInAColumnOfRatingsIsNotGuessedAway();
    void everyOptionReachesTheImporter();
    void rejectsAreSavedAsCsv();
    void columnOfManyWordsIsNoDomain();
    void partIsProposedFromTheName();
    void proposalsEndWhenAPersonDecides();
    void negativesAreRecognisedAndImported();
    void domainIsProposedFromTheName_data();
    void domainIsProposedFromTheName();
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
    QTRY_COMPARE(fixture.window().focusWidget(), static_cast<QWidget*>(fixture.find<QComboBox>("domainBox")));
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

void ImportPanelTest::negativesAreRecognisedAndImported()
{
    Fixture fixture;
    QVERIFY(fixture.openWith("films: ann dune 5 test, - it, - up"));
    QVERIFY(fixture.offer({fixture.write("shop_neg.txt", "(ann, dune)\tit\tup\tdune\n")}));
    QVERIFY(fixture.becomesReady());
    QCOMPARE(fixture.find<QComboBox>("domainBox")->currentText(), QStringLiteral("films")); // the only one
    QVERIFY(!fixture.find<QComboBox>("platformBox")->isVisible());
    auto* rules = fixture.find<QComboBox>("duplicatesBox");
    QCOMPARE(rules->accessibleName(), QStringLiteral("Given before"));
    for (const auto& [rule, isOffered] : {std::pair{"keep the last", true}, {"add the values up", false}}) {
        const QModelIndex place = rules->model()->index(rules->findText(QLatin1String(rule)), 0);
        QCOMPARE(rules->model()->flags(place).testFlag(Qt::ItemIsEnabled), isOffered);
    }
    fixture.type("domainBox", QStringLiteral("shop"));
    QVERIFY(fixture.becomesUnready());
    QCOMPARE(fixture.label("importProblem"), QStringLiteral("There is no domain shop. There are: films."));
    QCOMPARE(fixture.find<QComboBox>("role1")->currentText(), QStringLiteral("user"));
    QCOMPARE(fixture.find<QComboBox>("role3")->currentText(), QStringLiteral("negative"));
    fixture.type("domainBox", QStringLiteral("films"));
    QVERIFY(fixture.becomesReady());
    fixture.press("importButton");
    QVERIFY(fixture.says(QStringLiteral("3 rows read = 2 imported + 1 rejected + 0 skipped")));
    QTRY_COMPARE(fixture.cell("importTable", 0, ImportModel::DomainColumn), QStringLiteral("films"));
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
    QTRY_COMPARE(names->rowCount(), 2);
    names->item(0, 1)->setText(QStringLiteral("books"));
    names->item(1, 1)->setText(QStringLiteral("kitchen"));
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
    QTRY_COMPARE(fixture.find<QComboBox>("targetBox")->currentText(), QStringLiteral("items"));
    QTRY_COMPARE(fixture.find<QComboBox>("domainBox")->currentText(), QStringLiteral("books"));
    QVERIFY(fixture.becomesReady());
    fixture.press("importButton");
    QVERIFY(fixture.says(QStringLiteral("catalogue.csv: 2 rows read = 2 imported")));
    QTRY_COMPARE(fixture.cell("domainTable", 0, DomainModel::TextsColumn), QStringLiteral("2"));
    QVERIFY(!fixture.panel()->isVisible());
}

void ImportPanelTest::rowsOfThePreviewHaveRoomInALowWindow()
{
    std::string rows = "user,item,rating\n";
    for (int row = 0; row < 40; ++row) {
        rows += "u" + std::to_string(row) + ",dune,4\n";
    }
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    fixture.window().resize(960, 600);
    QVERIFY(fixture.offer({fixture.write("books.csv", rows.c_str()), fixture.write("films.csv", ratings)}));
    QVERIFY(fixture.becomesReady());
    QTableView* preview = fixture.table("previewTable");
    auto* form = fixture.find<QWidget>("formatForm");
    QTRY_VERIFY(!form->isVisible());
    QVERIFY(fixture.label("formatSummary").contains(QStringLiteral("comma")));
    QVERIFY2(preview->rowAt(preview->viewport()->height() - 1) >= 8,
             qPrintable(QString::number(preview->viewport()->height())));
    auto* domain = fixture.find<QComboBox>("domainBox"); // nor is the form beside it cut
    QCOMPARE(domain->visibleRegion().boundingRect().width(), domain->width());
    QTest::mouseClick(fixture.find<QToolButton>("foldFormatButton"), Qt::LeftButton);
    QVERIFY(form->isVisible());
    fixture.window().resize(1000, 610);
    QCoreApplication::processEvents();
    QVERIFY(form->isVisible()); // as the person wants it
}

void ImportPanelTest::tabKeyGoesThroughTheSettingsThenTheFile()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("books.csv", ratings), fixture.write("films.csv", ratings)}));
    QVERIFY(fixture.becomesReady());
    const QStringList wanted{QStringLiteral("fileList"),
                             QStringLiteral("importAllButton"),
                             QStringLiteral("domainBox"),
                             QStringLiteral("importButton"),
                             QStringLiteral("leaveOutButton"),
                             QStringLiteral("foldFormatButton"),
                             QStringLiteral("presetBox"),
                             QStringLiteral("quoteBox"),
                             QStringLiteral("previewTable"),
                             QStringLiteral("role1"),
                             QStringLiteral("role4")};
    QStringList reached{wanted.front()};
    const QWidget* first = fixture.find<QListWidget>("fileList");
    for (const QWidget* each = first->nextInFocusChain(); each != first; each = each->nextInFocusChain()) {
        if (wanted.contains(each->objectName()) && each->isVisible()) {
            reached.append(each->objectName());
        }
    }
    QCOMPARE(reached, wanted);
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

void ImportPanelTest::unreadableFileSaysSoAndIsLeftOut_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    QTest::newRow("empty") << QByteArray() << "is empty";
    QTest::newRow("binary") << QByteArray("\x7f\x45LF\0\0\1\2\0\0\xff\xfe\0", 13) << "holds binary data";
    QTest::newRow("cut gzip") << QByteArray("\x1f\x8b\x08\0\0\0\0\0\0\x03\x4b\xcc", 12) << "gzip file";
    QTest::newRow("folder") << QByteArray("/") << "is a folder";
    QTest::newRow("missing") << QByteArray("-") << "There is no file";
}

void ImportPanelTest::unreadableFileSaysSoAndIsLeftOut()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    const std::filesystem::path file = fixture.folder.path("ratings.csv");
    if (bytes == "/") {
        std::filesystem::create_directory(file);
    } else if (bytes != "-") {
        fixture.folder.write("ratings.csv", {bytes.constData(), static_cast<std::size_t>(bytes.size())});
    }
    QVERIFY(fixture.offer({QString::fromStdString(file.string())}));
    QVERIFY(fixture.becomesUnready());
    const QString problem = fixture.label("importProblem");
    QVERIFY2(problem.contains(says), qPrintable(problem));
    QVERIFY2(problem.contains(QStringLiteral("ratings.csv")), qPrintable(problem));
    QVERIFY2(problem.count(QLatin1Char('.')) >= 2, qPrintable(problem)); // what is wrong, and what to do
    QVERIFY(!fixture.find<QPushButton>("importButton")->isEnabled());
    QVERIFY(!fixture.find<QWidget>("targetForm")->isVisible());
    fixture.press("leaveOutButton");
    QTRY_VERIFY(!fixture.panel()->isVisible());
    QCOMPARE(fixture.rows("importTable"), 0);
}

void ImportPanelTest::cutArchiveLeavesTheWorkspaceUnchanged()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.writeCutArchive("books.csv")}));
    QVERIFY(fixture.becomesReady()); // its head can be read
    fixture.press("importButton");
    QVERIFY(fixture.says(QStringLiteral("books.csv.gz is damaged or not complete. Fetch the file again.")));
    QCOMPARE(fixture.rows("domainTable"), 0);
    QCOMPARE(fixture.rows("importTable"), 0);
}

void ImportPanelTest::textInAColumnOfRatingsIsNotGuessedAway()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("books.csv", "user,item,rating\nann,dune,good\nbob,emma,bad\n")}));
    QVERIFY(fixture.becomesUnready());
    const QString problem = fixture.label("importProblem");
    QVERIFY2(problem.startsWith(QStringLiteral("Line 2: the column rating")), qPrintable(problem));
    fixture.choose("role3", QStringLiteral("leave out")); // now a person says so
    QVERIFY(fixture.becomesReady());
    fixture.press("importButton");
    QVERIFY(fixture.says(QStringLiteral("2 rows read = 2 imported")));
    QTRY_COMPARE(fixture.cell("domainTable", 0, DomainModel::KindColumn), QStringLiteral("implicit"));
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

void ImportPanelTest::columnOfManyWordsIsNoDomain()
{
    std::string items = "item,title\n";
    for (int item = 0; item < 300; ++item) {
        items += std::to_string(item) + ",Title " + std::to_string(item) + "\n";
    }
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("books-items.csv", items.c_str())}));
    QVERIFY(fixture.becomesReady());
    fixture.choose("role2", QStringLiteral("domain"));
    QVERIFY(fixture.becomesUnready());
    QVERIFY2(fixture.label("importProblem").contains(QStringLiteral("more than 200 different values")),
             qPrintable(fixture.label("importProblem")));
    fixture.choose("role2", QStringLiteral("title"));
    QVERIFY(fixture.becomesReady());
}

void ImportPanelTest::partIsProposedFromTheName()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("books-test_original.csv", ratings)}));
    QVERIFY(fixture.becomesReady());
    QCOMPARE(fixture.find<QComboBox>("partBox")->currentText(), QStringLiteral("test"));
    QCOMPARE(QString::fromStdString(proposedPart("/data/train/ratings.csv")), QString());
    QCOMPARE(QString::fromStdString(proposedPart("/data/Validation.txt.gz")), QStringLiteral("valid"));
    QCOMPARE(QString::fromStdString(proposedPart("/data/latest.csv")), QString());
}

void ImportPanelTest::proposalsEndWhenAPersonDecides()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("books.csv", ratings)}));
    QVERIFY(fixture.becomesReady());
    fixture.type("domainBox", QStringLiteral("novels"));
    QVERIFY(fixture.becomesReady());
    QSignalSpy examined(fixture.panel(), &ImportPanel::examined);
    fixture.session().announce(Change::Data); // another import has ended
    QVERIFY(examined.wait(test::patience));
    QVERIFY(fixture.becomesReady());
    QCOMPARE(fixture.find<QComboBox>("domainBox")->currentText(), QStringLiteral("novels"));
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

QTEST_MAIN(ImportPanelTest)
#include "ImportPanelTest.moc"
