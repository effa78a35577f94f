#include "tests/core/ingest/Imported.h"
#include "tests/support/SharedData.h"

using namespace transept;
using test::countsOf;
using test::rowsOf;

/// Counts were found with awk and Python, not with this program.
class RealFilesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void movieLens();
    void movieTweetings();
    void doubanSharesAccounts();
    void steam();
    void animeSharesTexts();
    void lastFm();
    void sportAndPhoneHaveGivenParts();
    void electronicAndCellHaveGivenNegatives();
    void foodAndKitchenComeFromTheItemMap();
    void partialFoodAndKitchenHaveOwnUsersInEveryFile();
    void bookCrossing();

private:
    static Result<ImportReport> load(Workspace& workspace, const char* file, const ImportOptions& options)
    {
        return importFile(workspace, *test::sharedData() / file, options, {});
    }
    static std::string counts(const Workspace& workspace, const char* table)
    {
        return rowsOf(workspace, fmt::format("SELECT count(*) FROM {}", table), 1);
    }

    test::Temporary m_folder;
};

constexpr auto items = ImportTarget::Items;

void RealFilesTest::movieLens()
{
    NEED_SHARED_DATA();
    Workspace workspace = m_folder.workspace("movielens.transept");

    QCOMPARE(
        countsOf(workspace, load(workspace, "movielens_latest_small_2016/ratings.csv", {.domain = "films"})),
        "100004 = 100004 + 0 + 0");
    QCOMPARE(
        countsOf(
            workspace,
            load(workspace, "movielens_latest_small_2016/movies.csv", {.target = items, .domain = "films"})),
        "9125 = 9125 + 0 + 0");

    QCOMPARE(counts(workspace, "account"), "671");
    QCOMPARE(counts(workspace, "item"), "9125");
    QCOMPARE(rowsOf(workspace, "SELECT kind, scale_min, scale_max FROM domain", 3), "explicit|0.5|5.0");
    QCOMPARE(rowsOf(workspace, "SELECT count(*), sum(value), min(time), max(time) FROM interaction", 4),
             "100004|354375.0|789652009|1476640644");
    QCOMPARE(rowsOf(workspace, "SELECT title FROM item WHERE key = '11'", 1),
             "American President, The (1995)");
}

void RealFilesTest::movieTweetings()
{
    NEED_SHARED_DATA();
    Workspace workspace = m_folder.workspace("tweets.transept");

    QCOMPARE(countsOf(workspace, load(workspace, "movietweetings_100k/ratings.dat", {.domain = "films"})),
             "100000 = 100000 + 0 + 0");
    QCOMPARE(
        countsOf(workspace,
                 load(workspace, "movietweetings_100k/movies.dat", {.target = items, .domain = "films"})),
        "10506 = 10506 + 0 + 0");

    QCOMPARE(counts(workspace, "account"), "16554");
    QCOMPARE(counts(workspace, "item"), "10506");
    QCOMPARE(rowsOf(workspace, "SELECT scale_min, scale_max FROM domain", 2), "0.0|10.0");
    QCOMPARE(rowsOf(workspace, "SELECT title FROM item WHERE key = '0004936'", 1), "The Bank (1915)");
    QCOMPARE(rowsOf(workspace, "SELECT DISTINCT name FROM item_field", 1), "genres");
}

void RealFilesTest::doubanSharesAccounts()
{
    NEED_SHARED_DATA();
    Workspace workspace = m_folder.workspace("douban.transept");

    QCOMPARE(
        countsOf(
            workspace,
            load(workspace, "douban/douban_book/ratings.dat", {.domain = "books", .platform = "douban"})),
        "96041 = 96041 + 0 + 0");
    QCOMPARE(
        countsOf(
            workspace,
            load(workspace, "douban/douban_music/ratings.dat", {.domain = "music", .platform = "douban"})),
        "69709 = 69709 + 0 + 0");

    QCOMPARE(rowsOf(workspace, "SELECT domain, count(DISTINCT account) FROM interaction GROUP BY 1", 2),
             "1|2110\n2|1672");
    QCOMPARE(
        rowsOf(workspace,
               "SELECT count(*) FROM (SELECT DISTINCT account FROM interaction WHERE domain = 1 INTERSECT"
               " SELECT DISTINCT account FROM interaction WHERE domain = 2)",
               1),
        "1566");
    QCOMPARE(rowsOf(workspace, "SELECT domain, count(*) FROM item GROUP BY 1", 2), "1|6777\n2|5567");
    QCOMPARE(counts(workspace, "person"), counts(workspace, "account"));
}

void RealFilesTest::steam()
{
    NEED_SHARED_DATA();
    Workspace workspace = m_folder.workspace("steam.transept");

    QCOMPARE(countsOf(workspace, load(workspace, "steam/game_play.dat", {.domain = "play"})),
             "70489 = 70477 + 0 + 12");
    QCOMPARE(countsOf(workspace, load(workspace, "steam/item_info.dat", {.target = items, .domain = "play"})),
             "5155 = 5155 + 0 + 0");

    QCOMPARE(counts(workspace, "account"), "11350");
    QCOMPARE(counts(workspace, "item"), "5155");
    QCOMPARE(rowsOf(workspace, "SELECT scale_min, scale_max FROM domain", 2), "0.1|11754.0");
    QCOMPARE(countsOf(workspace, load(workspace, "steam/game_purchase.dat", {.domain = "purchase"})),
             "129511 = 128804 + 0 + 707");
}

void RealFilesTest::animeSharesTexts()
{
    NEED_SHARED_DATA();
    Workspace workspace = m_folder.workspace("anime.transept");

    QCOMPARE(countsOf(workspace,
                      load(workspace, "anime/anime_ratings.dat", {.domain = "rated", .platform = "anime"})),
             "419943 = 419943 + 0 + 0");
    QCOMPARE(countsOf(workspace,
                      load(workspace,
                           "anime/anime_info.dat",
                           {.target = items, .domain = "rated,seen", .platform = "anime"})),
             "7390 = 7390 + 0 + 0");

    QCOMPARE(rowsOf(workspace, "SELECT domain, count(*), count(title) FROM item GROUP BY 1", 3),
             "1|7390|7390\n2|7390|7390");
    QCOMPARE(counts(workspace, "account"), "4714");
}

void RealFilesTest::lastFm()
{
    NEED_SHARED_DATA();
    Workspace workspace = m_folder.workspace("lastfm.transept");

    QCOMPARE(countsOf(workspace, load(workspace, "lastfm_hetrec/user_artists.dat", {.domain = "music"})),
             "92834 = 92834 + 0 + 0");
    QCOMPARE(countsOf(workspace,
                      load(workspace, "lastfm_hetrec/artists.dat", {.target = items, .domain = "music"})),
             "17632 = 17632 + 0 + 0");

    QCOMPARE(counts(workspace, "account"), "1892");
    QCOMPARE(counts(workspace, "item"), "17632");
    QCOMPARE(rowsOf(workspace, "SELECT max(value) FROM interaction", 1), "352698.0");
    QCOMPARE(rowsOf(workspace, "SELECT title FROM item WHERE key = '1686'", 1), "\"Weird Al\" Yankovic");
}

void RealFilesTest::sportAndPhoneHaveGivenParts()
{
    NEED_SHARED_DATA();
    Workspace workspace = m_folder.workspace("sport.transept");
    const auto add = [&](const char* file, const char* domain, const char* part) {
        return countsOf(workspace,
                        load(workspace, file, {.domain = domain, .platform = "amazon", .part = part}));
    };

    QCOMPARE(add("amazon_sport_phone/sport_phone/train.txt", "sport", "train"), "50558 = 50558 + 0 + 0");
    QCOMPARE(add("amazon_sport_phone/sport_phone/test.txt", "sport", "test"), "3698 = 3698 + 0 + 0");
    QCOMPARE(add("amazon_sport_phone/phone_sport/train.txt", "phone", "train"), "42446 = 42446 + 0 + 0");
    QCOMPARE(add("amazon_sport_phone/phone_sport/test.txt", "phone", "test"), "3999 = 3999 + 0 + 0");

    QCOMPARE(rowsOf(workspace, "SELECT domain, part, count(*) FROM interaction GROUP BY 1, 2", 3),
             "1|1|50558\n1|3|3698\n2|1|42446\n2|3|3999");
    QCOMPARE(counts(workspace, "account"), "4998");
    QCOMPARE(rowsOf(workspace, "SELECT kind FROM domain", 1), "implicit\nimplicit");
}

void RealFilesTest::electronicAndCellHaveGivenNegatives()
{
    NEED_SHARED_DATA();
    Workspace workspace = m_folder.workspace("electronic.transept");
    const auto add = [&](const char* pair, const char* domain) {
        const std::string folder = fmt::format("amazon_electronic_cell/{}/", pair);
        for (const char* part : {"train", "test"}) {
            QVERIFY_OK(load(workspace,
                            (folder + part + ".txt").c_str(),
                            {.domain = domain, .platform = "amazon", .part = part}));
        }
    };
    add("electronic_cell", "electronic");
    add("cell_electronic", "cell");
    const auto negatives = [&](const char* pair, const char* domain) {
        return countsOf(workspace,
                        load(workspace,
                             fmt::format("amazon_electronic_cell/{}/test_neg.txt", pair).c_str(),
                             {.target = ImportTarget::Negatives, .domain = domain}));
    };

    // Seven and 22 of them are the very item of the interaction.
    QCOMPARE(negatives("electronic_cell", "electronic"), "329175 = 329168 + 7 + 0");
    QCOMPARE(negatives("cell_electronic", "cell"), "329175 = 329153 + 22 + 0");
    QCOMPARE(rowsOf(workspace,
                    "SELECT domain, count(*), count(DISTINCT account) FROM given_negative GROUP BY 1",
                    3),
             "1|329168|3325\n2|329153|3325");
    QCOMPARE(
        rowsOf(workspace,
               "SELECT min(n), max(n) FROM (SELECT count(*) n FROM given_negative GROUP BY domain, account)",
               2),
        "98|99");
    // The other domain's file: its users are the same people, and hardly any interaction is.
    const auto wrong = load(workspace,
                            "amazon_electronic_cell/cell_electronic/test_neg.txt",
                            {.target = ImportTarget::Negatives, .domain = "electronic"});
    QVERIFY_OK(wrong);
    QVERIFY(wrong->imported < 1000);
    QVERIFY(rowsOf(workspace,
                   fmt::format("SELECT reason FROM reject WHERE import = {} LIMIT 1", number(wrong->id)),
                   1)
                .starts_with("The user %1 has no interaction with the item %2"));
}

void RealFilesTest::foodAndKitchenComeFromTheItemMap()
{
    NEED_SHARED_DATA();
    Workspace workspace = m_folder.workspace("food.transept");

    QCOMPARE(countsOf(workspace,
                      load(workspace,
                           "amazon_food_kitchen/map_item_50.txt",
                           {.target = items, .domainNames = {{"0", "food"}, {"1", "kitchen"}}})),
             "28095 = 28095 + 0 + 0");
    QCOMPARE(
        countsOf(workspace,
                 load(workspace, "amazon_food_kitchen/afk_50_preprocessed.txt", {.domainFromItems = true})),
        "173548 = 173548 + 0 + 0");

    QCOMPARE(rowsOf(workspace,
                    "SELECT name, (SELECT count(*) FROM item WHERE domain = domain.id),"
                    " (SELECT count(*) FROM interaction WHERE domain = domain.id),"
                    " (SELECT count(DISTINCT account) FROM interaction WHERE domain = domain.id)"
                    " FROM domain ORDER BY name",
                    4),
             "food|11837|83663|7144\nkitchen|16258|89885|7144");
    QCOMPARE(
        rowsOf(
            workspace,
            "SELECT item.key, domain.name FROM item_field JOIN item ON item.id = item_field.item"
            " JOIN domain ON domain.id = item.domain WHERE item_field.name = 'asin' AND value = '9742356831'",
            2),
        "2|food");
}

void RealFilesTest::partialFoodAndKitchenHaveOwnUsersInEveryFile()
{
    NEED_SHARED_DATA();
    Workspace workspace = m_folder.workspace("partial.transept");
    const auto add = [&](const std::string& name, const char* part) {
        return countsOf(workspace,
                        load(workspace,
                             ("amazon_food_kitchen_partial/" + name + ".txt").c_str(),
                             {.domainFromItems = true, .part = part, .userPrefix = name + "-"}));
    };

    QCOMPARE(countsOf(workspace,
                      load(workspace,
                           "amazon_food_kitchen_partial/items.tsv",
                           {.target = items, .domainNames = {{"A", "food"}, {"B", "kitchen"}}})),
             "36298 = 36298 + 0 + 0");
    QCOMPARE(add("train_overlap", "train"), "99170 = 99170 + 0 + 0");
    QCOMPARE(add("train_A", "train"), "37281 = 37281 + 0 + 0");
    QCOMPARE(add("train_B", "train"), "265817 = 265817 + 0 + 0");
    QCOMPARE(add("valid", "valid"), "18133 = 18133 + 0 + 0");
    QCOMPARE(add("test", "test"), "15726 = 15726 + 0 + 0");

    QCOMPARE(rowsOf(workspace,
                    "SELECT domain.name, count(*), sum(part = 2), sum(part = 3) FROM interaction"
                    " JOIN domain ON domain.id = domain GROUP BY 1",
                    4),
             "food|98316|363|300\nkitchen|337811|597|637");
    QCOMPARE(
        rowsOf(workspace,
               "SELECT group_concat(item.key) FROM (SELECT * FROM interaction WHERE import = 6 AND line = 2"
               " ORDER BY entry) JOIN item ON item.id = item",
               1),
        "285,29682,470,10861,10533");
    QCOMPARE(counts(workspace, "account"), "53061");
}

void RealFilesTest::bookCrossing()
{
    NEED_SHARED_DATA();
    Workspace workspace = m_folder.workspace("books.transept");

    QCOMPARE(countsOf(workspace, load(workspace, "book_crossing/book_ratings.dat", {.domain = "books"})),
             "62656 = 62656 + 0 + 0");
    // 973 rows have more fields than the header; 968 of them fit after the cut entities are joined.
    QCOMPARE(countsOf(workspace,
                      load(workspace, "book_crossing/items_info.dat", {.target = items, .domain = "books"})),
             "17384 = 17379 + 5 + 0");

    QCOMPARE(counts(workspace, "account"), "1295");
    QCOMPARE(rowsOf(workspace, "SELECT line FROM reject", 1), "5373\n12290\n13446\n15834\n16114");
    QCOMPARE(rowsOf(workspace,
                    "SELECT value FROM item_field JOIN item ON item.id = item_field.item"
                    " WHERE item.key = '2' AND name = 'Publisher'",
                    1),
             "W. W. Norton & Company");
    QCOMPARE(countsOf(workspace,
                      load(workspace,
                           "book_crossing_isbn/BX-Book-Ratings.csv",
                           {.domain = "isbn", .implicitValue = 0.0})),
             "100726 = 35522 + 0 + 65204");
}

QTEST_GUILESS_MAIN(RealFilesTest)
#include "RealFilesTest.moc"
