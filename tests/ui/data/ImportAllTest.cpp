#include "tests/ui/data/ImportFixture.h"
#include "ui/data/DomainModel.h"

#include <QtWidgets/QListWidget>

using namespace transept;
using namespace transept::ui;

namespace {

using Fixture = test::ImportFixture;
using test::ratings;

} // namespace

/// Several files imported at the press of one button.
class ImportAllTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allFilesAreImportedAsProposed();
    void descriptionsGoToTheDomainOfTheirName();
    void stopsAtTheFileThatNeedsADecision();
    void waitsForWhatAFileNeeds();
    void stopsWhenAFileFails();
    void canBeStopped();
};

void ImportAllTest::allFilesAreImportedAsProposed()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    std::filesystem::create_directory(fixture.folder.path("films"));
    const QStringList files{
        fixture.write("books.csv", ratings),
        fixture.write("films/links.csv", "movieId,imdbId\n1,0111\n2,0112\n3,0113\n"),
        fixture.write("films/movies.csv", "movieId,title,genres\n1,Dune,sf\n2,Emma,drama\n3,Alien,sf\n"),
        fixture.write("films/ratings.csv", "userId,movieId,rating,timestamp\n7,1,4.0,1000\n8,2,3.5,1010\n")};
    QVERIFY(fixture.offer(files));
    QVERIFY(fixture.becomesReady());
    fixture.press("importAllButton");
    QVERIFY(fixture.says(QStringLiteral("4 files: 12 rows read = 11 imported + 1 rejected + 0 skipped")));
    QCOMPARE(fixture.page().messages().count(), 1);
    QTRY_VERIFY(!fixture.panel()->isVisible());
    QTRY_COMPARE(fixture.rows("domainTable"), 2);
    QCOMPARE(fixture.cell("domainTable", 1, DomainModel::NameColumn), QStringLiteral("films"));
    QTRY_COMPARE(fixture.cell("domainTable", 1, DomainModel::InteractionsColumn), QStringLiteral("2"));
    QCOMPARE(fixture.cell("domainTable", 1, DomainModel::TextsColumn), QStringLiteral("3"));
}

void ImportAllTest::descriptionsGoToTheDomainOfTheirName()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(
        fixture.offer({fixture.write("books-ratings.csv", ratings),
                       fixture.write("films-items.csv", "item,title\nf1,Alien\nf2,Brazil\nf3,Casablanca\n"),
                       fixture.write("films-ratings.csv", "user,item,rating\nann,f1,5\n"),
                       fixture.write("gallery.csv", "item,title\np1,Guernica\n")}));
    fixture.press("importAllButton");
    QTRY_VERIFY(!fixture.panel()->isVisible());
    QTRY_COMPARE(fixture.rows("domainTable"), 3);
    QTRY_COMPARE(fixture.cell("domainTable", 0, DomainModel::ItemsColumn), QStringLiteral("2"));
    QCOMPARE(fixture.cell("domainTable", 1, DomainModel::NameColumn), QStringLiteral("films"));
    QCOMPARE(fixture.cell("domainTable", 1, DomainModel::ItemsColumn), QStringLiteral("3"));
    QCOMPARE(fixture.cell("domainTable", 1, DomainModel::InteractionsColumn), QStringLiteral("1"));
    QCOMPARE(fixture.cell("domainTable", 2, DomainModel::NameColumn), QStringLiteral("gallery"));
}

void ImportAllTest::stopsAtTheFileThatNeedsADecision()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("books.csv", ratings),
                           fixture.write("films.csv", "user,item,rating\nann,dune,good\n"),
                           fixture.write("music.csv", "user,item,rating\nann,kind of blue,5\n")}));
    fixture.press("importAllButton");
    auto* state = fixture.find<QLabel>("importAllState");
    QTRY_VERIFY(state->text().startsWith(QStringLiteral("Stopped at films.csv")));
    QVERIFY(fixture.says(QStringLiteral("1 file: 4 rows read = 3 imported")));
    QCOMPARE(fixture.label("importFile"), QStringLiteral("films.csv"));
    QCOMPARE(fixture.find<QListWidget>("fileList")->count(), 2);
    QVERIFY2(fixture.label("importProblem").contains(QStringLiteral("the column rating")),
             qPrintable(fixture.label("importProblem")));
    fixture.choose("role3", QStringLiteral("leave out"));
    QVERIFY(fixture.becomesReady());
    fixture.press("importAllButton");
    QTRY_COMPARE(fixture.rows("domainTable"), 3);
    QTRY_VERIFY(!fixture.panel()->isVisible());
}

void ImportAllTest::waitsForWhatAFileNeeds()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("items.tsv", "item\tdomain\ttitle\n0\tA\tTea\n1\tB\tPan\n"),
                           fixture.write("train_overlap.txt", "0\t0,1\n1\t1,0\n")}));
    fixture.press("importAllButton");
    QVERIFY(fixture.says(QStringLiteral("2 files: 6 rows read = 6 imported")));
    QTRY_COMPARE(fixture.rows("domainTable"), 2);
    QTRY_COMPARE(fixture.cell("domainTable", 0, DomainModel::InteractionsColumn), QStringLiteral("2"));
    QTRY_COMPARE(fixture.cell("domainTable", 1, DomainModel::InteractionsColumn), QStringLiteral("2"));
}

void ImportAllTest::stopsWhenAFileFails()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    const QString cut = fixture.writeCutArchive("books.csv");
    QVERIFY(fixture.offer({cut, fixture.write("films.csv", "user,item,rating\nann,dune,5\n")}));
    fixture.press("importAllButton");
    QVERIFY(fixture.says(QStringLiteral("books.csv.gz is damaged or not complete")));
    QTRY_COMPARE(fixture.label("importAllState"),
                 QStringLiteral("Stopped, because books.csv.gz was not imported."));
    QVERIFY(fixture.becomesReady());
    QCOMPARE(fixture.label("importFile"), QStringLiteral("films.csv"));
    QCOMPARE(fixture.rows("domainTable"), 0);
}

void ImportAllTest::canBeStopped()
{
    Fixture fixture;
    QVERIFY(fixture.openWith(""));
    QVERIFY(fixture.offer({fixture.write("books.csv", ratings),
                           fixture.write("films.csv", "user,item,rating\nann,dune,5\n"),
                           fixture.write("music.csv", "user,item,rating\nann,so what,5\n")}));
    QSignalSpy requested(fixture.panel(), &ImportPanel::importRequested);
    QStringList words; // on the button while the first file is on its way
    connect(
        fixture.panel(),
        &ImportPanel::importRequested,
        this,
        [&] {
            words << fixture.find<QPushButton>("importAllButton")->text();
            fixture.press("importAllButton");
        },
        Qt::QueuedConnection); // in time: its end is told by an event that comes later
    fixture.press("importAllButton");
    QTRY_COMPARE(words, QStringList{QStringLiteral("Stop after this file")});
    QTRY_COMPARE(fixture.rows("domainTable"), 1);
    QVERIFY(fixture.becomesReady());
    QCOMPARE(requested.count(), 1);
    QCOMPARE(fixture.find<QListWidget>("fileList")->count(), 2);
}

QTEST_MAIN(ImportAllTest)
#include "ImportAllTest.moc"
