#include "tests/support/SharedData.h"
#include "tests/ui/data/ImportFixture.h"
#include "ui/data/DomainModel.h"

#include <QtCore/QRegularExpression>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QTableWidget>

using namespace transept;
using namespace transept::ui;

namespace {

/// What a person changes about a file before importing it: `domainBox` is typed into, `0` is the name for a
/// word of the domain column. Everything else is as detected and proposed.
using Overruled = std::vector<std::pair<const char*, const char*>>;

struct WantedFile
{
    const char* path;
    Overruled overruled;
    const char* counts; ///< read = imported + rejected + skipped, as the window says it
};

struct WantedSet
{
    const char* name;
    std::vector<WantedFile> files;
    /// Name, platform, feedback, users, items, interactions, items with text: the rows of the domain table.
    QStringList domains;
    const char* shared;     ///< people in more than one domain
    QStringList parts = {}; ///< domain, interactions of no part, train, validation, test
};

/// Counts are those of the README of the data, or were found with awk.
std::vector<WantedSet> ratingSets()
{
    return {
        {"movielens",
         {{"movielens_latest_small_2016/ratings.csv", {{"domainBox", "films"}}, "100,004 = 100,004 + 0 + 0"},
          {"movielens_latest_small_2016/movies.csv", {}, "9,125 = 9,125 + 0 + 0"}},
         {QStringLiteral("films films explicit 671 9,125 100,004 9,125")},
         "0"},
        {"movietweetings",
         {{"movietweetings_100k/ratings.dat", {{"domainBox", "films"}}, "100,000 = 100,000 + 0 + 0"},
          {"movietweetings_100k/movies.dat", {}, "10,506 = 10,506 + 0 + 0"}},
         {QStringLiteral("films films explicit 16,554 10,506 100,000 10,506")},
         "0"},
        {"douban",
         {{"douban/douban_book/ratings.dat",
           {{"domainBox", "books"}, {"platformBox", "douban"}},
           "96,041 = 96,041 + 0 + 0"},
          {"douban/douban_music/ratings.dat", {{"domainBox", "music"}}, "69,709 = 69,709 + 0 + 0"}},
         {QStringLiteral("books douban explicit 2,110 6,777 96,041 0"),
          QStringLiteral("music douban explicit 1,672 5,567 69,709 0")},
         "1,566"},
        {"steam",
         {{"steam/game_play.dat", {{"domainBox", "games"}}, "70,489 = 70,477 + 0 + 12"},
          {"steam/item_info.dat", {}, "5,155 = 5,155 + 0 + 0"}},
         {QStringLiteral("games games explicit 11,350 5,155 70,477 5,155")},
         "0"},
        {"anime",
         {{"anime/anime_ratings.dat",
           {{"domainBox", "rated"}, {"platformBox", "anime"}},
           "419,943 = 419,943 + 0 + 0"},
          {"anime/anime_info.dat",
           {{"domainBox", "rated, seen"}, {"platformBox", "anime"}},
           "7,390 = 7,390 + 0 + 0"}},
         {QStringLiteral("rated anime explicit 4,714 7,390 419,943 7,390"),
          QStringLiteral("seen anime explicit 0 7,390 0 7,390")},
         "0"},
        {"lastfm",
         {{"lastfm_hetrec/user_artists.dat", {{"domainBox", "music"}}, "92,834 = 92,834 + 0 + 0"},
          {"lastfm_hetrec/artists.dat", {}, "17,632 = 17,632 + 0 + 0"}},
         {QStringLiteral("music music explicit 1,892 17,632 92,834 17,632")},
         "0"},
        // 973 rows have more fields than the header; 968 of them fit after the cut entities are joined.
        {"book crossing",
         {{"book_crossing/book_ratings.dat", {{"domainBox", "books"}}, "62,656 = 62,656 + 0 + 0"},
          {"book_crossing/items_info.dat", {}, "17,384 = 17,379 + 5 + 0"}},
         {QStringLiteral("books books explicit 1,295 17,383 62,656 17,379")},
         "0"}};
}

std::vector<WantedSet> sequenceSets()
{
    return {
        {"sport and phone",
         {{"amazon_sport_phone/sport_phone/train.txt",
           {{"domainBox", "sport"}, {"platformBox", "amazon"}},
           "50,558 = 50,558 + 0 + 0"},
          {"amazon_sport_phone/sport_phone/test.txt", {}, "3,698 = 3,698 + 0 + 0"},
          {"amazon_sport_phone/phone_sport/train.txt", {{"domainBox", "phone"}}, "42,446 = 42,446 + 0 + 0"},
          {"amazon_sport_phone/phone_sport/test.txt", {}, "3,999 = 3,999 + 0 + 0"}},
         {QStringLiteral("sport amazon implicit 4,998 20,845 54,256 0"),
          QStringLiteral("phone amazon implicit 4,998 13,655 46,445 0")},
         "4,998",
         {QStringLiteral("sport 0 50558 0 3698"), QStringLiteral("phone 0 42446 0 3999")}},
        {"electronic and cell",
         {{"amazon_electronic_cell/electronic_cell/train.txt",
           {{"domainBox", "electronic"}, {"platformBox", "amazon"}},
           "115,554 = 115,554 + 0 + 0"},
          {"amazon_electronic_cell/electronic_cell/test.txt", {}, "3,325 = 3,325 + 0 + 0"},
          {"amazon_electronic_cell/electronic_cell/test_neg.txt", {}, "329,175 = 329,168 + 7 + 0"},
          {"amazon_electronic_cell/cell_electronic/train.txt",
           {{"domainBox", "cell"}},
           "50,407 = 50,407 + 0 + 0"},
          {"amazon_electronic_cell/cell_electronic/test.txt", {}, "3,325 = 3,325 + 0 + 0"},
          {"amazon_electronic_cell/cell_electronic/test_neg.txt", {}, "329,175 = 329,153 + 22 + 0"}},
         {QStringLiteral("electronic amazon implicit 3,325 39,463 118,879 0"),
          QStringLiteral("cell amazon implicit 3,325 18,462 53,732 0")},
         "3,325",
         {QStringLiteral("electronic 0 115554 0 3325"), QStringLiteral("cell 0 50407 0 3325")}},
        {"food and kitchen",
         {{"amazon_food_kitchen/map_item_50.txt",
           {{"0", "food"}, {"1", "kitchen"}},
           "28,095 = 28,095 + 0 + 0"},
          {"amazon_food_kitchen/afk_50_preprocessed.txt", {}, "173,548 = 173,548 + 0 + 0"}},
         {QStringLiteral("food food+kitchen implicit 7,144 11,837 83,663 11,837"),
          QStringLiteral("kitchen food+kitchen implicit 7,144 16,258 89,885 16,258")},
         "7,144"},
        {"partial food and kitchen",
         {{"amazon_food_kitchen_partial/items.tsv",
           {{"A", "food"}, {"B", "kitchen"}},
           "36,298 = 36,298 + 0 + 0"},
          {"amazon_food_kitchen_partial/train_overlap.txt", {}, "99,170 = 99,170 + 0 + 0"},
          {"amazon_food_kitchen_partial/train_A.txt", {}, "37,281 = 37,281 + 0 + 0"},
          {"amazon_food_kitchen_partial/train_B.txt", {}, "265,817 = 265,817 + 0 + 0"},
          {"amazon_food_kitchen_partial/valid.txt", {}, "18,133 = 18,133 + 0 + 0"},
          {"amazon_food_kitchen_partial/test.txt", {}, "15,726 = 15,726 + 0 + 0"}},
         {QStringLiteral("food food+kitchen implicit 14,870 8,661 98,316 8,661"),
          QStringLiteral("kitchen food+kitchen implicit 47,589 27,637 337,811 27,637")},
         "9,398",
         // The last item of a line of valid.txt and test.txt is the one to be predicted, the others are
         // train.
         {QStringLiteral("food 0 97653 363 300"), QStringLiteral("kitchen 0 336577 597 637")}}};
}

std::vector<WantedSet> allSets()
{
    std::vector<WantedSet> sets = ratingSets();
    for (WantedSet& set : sequenceSets()) {
        sets.push_back(std::move(set));
    }
    return sets;
}

/// "4 = 3 + 1 + 0" as the message of a finished import.
QString sentence(const WantedFile& file)
{
    const QStringList figures = QString::fromLatin1(file.counts)
                                    .remove(QLatin1Char(' '))
                                    .split(QRegularExpression(QStringLiteral("[=+]")));
    return QStringLiteral("%1: %2 rows read = %3 imported + %4 rejected + %5 skipped")
        .arg(QString::fromStdString(std::filesystem::path(file.path).filename().string()),
             figures[0],
             figures[1],
             figures[2],
             figures[3]);
}

class Fixture final : public test::ImportFixture
{
public:
    void overrule(const char* field, const QString& text)
    {
        if (find<QWidget>(field) != nullptr) {
            type(field, text);
            return;
        }
        auto* names = find<QTableWidget>("domainNames");
        for (QTableWidgetItem* word : names->findItems(QString::fromLatin1(field), Qt::MatchExactly)) {
            names->item(word->row(), 1)->setText(text);
        }
    }
    QString shownFile()
    {
        const QListWidgetItem* item = find<QListWidget>("fileList")->currentItem();
        return item == nullptr ? QString() : item->toolTip();
    }
    /// The parts of the domain table that an import decides.
    QStringList domains()
    {
        QStringList found;
        for (int row = 0; row < rows("domainTable"); ++row) {
            QStringList cells;
            for (const int column : {DomainModel::NameColumn,
                                     DomainModel::PlatformColumn,
                                     DomainModel::KindColumn,
                                     DomainModel::UsersColumn,
                                     DomainModel::ItemsColumn,
                                     DomainModel::InteractionsColumn,
                                     DomainModel::TextsColumn}) {
                cells.append(cell("domainTable", row, column));
            }
            found.append(cells.join(QLatin1Char(' ')));
        }
        return found;
    }
    /// Of a domain: its name, interactions of no part, train, validation, test.
    QString parts(const QString& domain)
    {
        const Result<Workspace> workspace = Workspace::open(folder.path("test.transept"), Access::ReadOnly);
        QString counts = domain;
        for (int part = 0; part < 4; ++part) {
            const QString sql = QStringLiteral("SELECT count(*) FROM interaction JOIN domain ON domain.id = "
                                               "domain WHERE name = '%1' AND part = %2")
                                    .arg(domain)
                                    .arg(part);
            const auto count = workspace->database().scalar(sql.toStdString());
            counts += QStringLiteral(" %1").arg(count->value_or(-1));
        }
        return counts;
    }
};

} // namespace

class ImportPanelRealDataTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void realSetIsImportedByTheWizard_data();
    void realSetIsImportedByTheWizard();

private:
    static void importAll(Fixture& fixture, const WantedSet& set);
};

void ImportPanelRealDataTest::importAll(Fixture& fixture, const WantedSet& set)
{
    QVERIFY(fixture.openWith(""));
    QStringList files;
    for (const WantedFile& file : set.files) {
        files.append(QString::fromStdString((*test::sharedData() / file.path).string()));
    }
    QVERIFY(fixture.offer(files));
    for (const WantedFile& file : set.files) {
        QTRY_COMPARE(fixture.shownFile(), QString::fromStdString((*test::sharedData() / file.path).string()));
        QVERIFY2(fixture.becomesReady(), qPrintable(fixture.label("importProblem")));
        for (const auto& [field, text] : file.overruled) {
            fixture.overrule(field, QString::fromLatin1(text));
        }
        QVERIFY2(fixture.becomesReady(), qPrintable(fixture.label("importProblem")));
        fixture.press("importButton");
        QVERIFY2(fixture.says(sentence(file)), qPrintable(fixture.messages()));
    }
    QTRY_VERIFY(!fixture.panel()->isVisible());
}

void ImportPanelRealDataTest::realSetIsImportedByTheWizard_data()
{
    QTest::addColumn<std::size_t>("place");
    const std::vector<WantedSet> sets = allSets();
    for (std::size_t place = 0; place < sets.size(); ++place) {
        QTest::newRow(sets[place].name) << place;
    }
}

void ImportPanelRealDataTest::realSetIsImportedByTheWizard()
{
    NEED_SHARED_DATA();
    QFETCH(std::size_t, place);
    const WantedSet set = allSets()[place];
    Fixture fixture;
    importAll(fixture, set);
    if (QTest::currentTestFailed()) {
        return;
    }
    QTRY_COMPARE(fixture.domains(), set.domains);
    const QString sentence = fixture.label("pageSentence");
    const QString shared = QStringLiteral(", %1 of them in more than one").arg(QLatin1String(set.shared));
    QVERIFY2(sentence.contains(shared), qPrintable(sentence));
    for (const QString& parts : set.parts) {
        QCOMPARE(fixture.parts(parts.section(QLatin1Char(' '), 0, 0)), parts);
    }
}

QTEST_MAIN(ImportPanelRealDataTest)
#include "ImportPanelRealDataTest.moc"
