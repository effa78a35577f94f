#include "core/ingest/ColumnWords.h"
#include "tests/support/SharedData.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

using namespace transept;

class DetectionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void realFilesAreRecognised_data();
    void realFilesAreRecognised();
    void madeFilesAreRecognised_data();
    void madeFilesAreRecognised();
    void everyPartHasEvidence();
    void unusableFilesAreRefused_data();
    void unusableFilesAreRefused();
    void missingFileIsRefused();
    void formatSurvivesJson();
    void wrongFormatWordNamesTheNearest();
    void overruledFormatIsUsed();
    void wordsOfAColumnAreThoseOfTheWholeFile();
    void columnOfTooManyWordsIsRefused();

private:
    static std::string picture(const Result<Inspection>& inspection);

    test::Temporary m_folder;
};

/// preset target encoding delimiter quote header | name:role ...
std::string DetectionTest::picture(const Result<Inspection>& inspection)
{
    if (!inspection) {
        return describe(inspection.error());
    }
    const Json format = toJson(inspection->format);
    std::string text =
        (inspection->preset.empty() ? "-" : inspection->preset) + " " +
        std::string(wordOf(inspection->target)) + " " + format.at("encoding").get<std::string>() + " " +
        format.at("delimiter").get<std::string>() + " " + format.at("quote").get<std::string>() +
        (inspection->format.header ? " header" : " rows") + " |";
    for (const ColumnGuess& column : inspection->columns) {
        text += " " + column.name + ":" + std::string(wordOf(column.role));
    }
    return text;
}

void DetectionTest::realFilesAreRecognised_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("expected");
    const auto add = [](const char* file, const char* expected) {
        QTest::newRow(file) << QByteArray(file) << QByteArray(expected);
    };
    add("movielens_latest_small_2016/ratings.csv",
        "movielens-csv interactions utf-8 comma \" header | userId:user movieId:item rating:value "
        "timestamp:time");
    add("movielens_latest_small_2016/movies.csv",
        "movielens-csv-movies items utf-8 comma \" header | movieId:item title:title genres:field");
    add("movietweetings_100k/ratings.dat",
        "movietweetings interactions utf-8 double-colon none rows | user:user movie:item rating:value "
        "time:time");
    add("movietweetings_100k/movies.dat",
        "movietweetings-movies items utf-8 double-colon none rows | movie:item title:title genres:field");
    add("douban/douban_book/ratings.dat",
        "douban interactions utf-8 tab none rows | user:user item:item rating:value");
    add("steam/game_play.dat",
        "tab-header interactions utf-8 tab none header | User_ID:user Game_ID:item Hours:value");
    add("steam/game_purchase.dat",
        "tab-header interactions utf-8 tab none header | User_ID:user Game_ID:item Purchase:ignore");
    add("steam/item_info.dat", "tab-header-items items utf-8 tab none header | Game_ID:item Game Name:title");
    add("anime/anime_ratings.dat",
        "tab-header interactions utf-8 tab none header | User_ID:user Anime_ID:item Feedback:value");
    add("anime/anime_info.dat",
        "tab-header-items items utf-8 tab none header | anime_ids:item name:title genre:field type:field "
        "episodes:field rating:field members:field");
    add("lastfm_hetrec/user_artists.dat",
        "tab-header interactions utf-8 tab none header | userID:user artistID:item weight:value");
    add("lastfm_hetrec/artists.dat",
        "tab-header-items items utf-8 tab none header | id:item name:title url:field pictureURL:field");
    add("lastfm_hetrec/tags.dat",
        "tab-header-items items latin-1 tab none header | tagID:item tagValue:title");
    add("amazon_sport_phone/sport_phone/train.txt",
        "- interactions utf-8 tab none rows | 1:user 2:item 3:ignore");
    add("amazon_food_kitchen/afk_50_preprocessed.txt",
        "sequence-events interactions utf-8 blank none rows | user:user item:item time:time");
    add("amazon_food_kitchen/map_item_50.txt",
        "json-map items utf-8 comma \" rows | asin:field item:item domain:domain");
    add("amazon_food_kitchen_partial/items.tsv",
        "tab-header-items items utf-8 tab none header | item:item domain:domain asin:field title:title");
    add("amazon_food_kitchen_partial/valid.txt",
        "sequence-lists interactions utf-8 tab none rows | user:user item:item");
    add("amazon_electronic_cell/electronic_cell/test_neg.txt",
        "negative-lists negatives utf-8 tab none rows | user:user item:item negative:negative");
    add("book_crossing/book_ratings.dat",
        "tab-header interactions utf-8 tab none header | user:user item:item rating:value");
    add("book_crossing/items_info.dat",
        "book-crossing-items items utf-8 tab none header | Book_ID:item ISBN:field Book-Title:title "
        "Book-Author:field "
        "Year-Of-Publication:field Publisher:field Image-URL-S:field Image-URL-M:field Image-URL-L:field");
    add("book_crossing_isbn/BX-Book-Ratings.csv",
        "- interactions utf-8 comma \" header | User-ID:user ISBN:item Book-Rating:value");
    add("goodbooks/samples/ratings.csv",
        "- interactions utf-8 comma \" header | user_id:user book_id:item rating:value");
}

void DetectionTest::realFilesAreRecognised()
{
    NEED_SHARED_DATA();
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, expected);

    QCOMPARE(picture(inspect(*test::sharedData() / file.toStdString())), expected.toStdString());
}

void DetectionTest::madeFilesAreRecognised_data()
{
    using namespace std::string_view_literals;
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    const auto add = [](const char* name, std::string_view bytes, const char* expected) {
        QTest::newRow(name) << QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()))
                            << QByteArray(expected);
    };
    add("Book-Crossing as published",
        "\"User-ID\";\"ISBN\";\"Book-Rating\"\n\"1\";\"034545104X\";\"0\"\n\"2\";\"0155061224\";\"5\"\n",
        "book-crossing interactions utf-8 semicolon \" header | User-ID:user ISBN:item Book-Rating:value");
    add("Book-Crossing books, Latin-1",
        "\"ISBN\";\"Book-Title\";\"Book-Author\"\n\"01\";\"Caf\xE9; "
        "Bar\";\"Zo\xEB\"\n\"02\";\"Two\";\"Ren\xE9\"\n",
        "book-crossing-books items latin-1 semicolon \" header | ISBN:item Book-Title:title "
        "Book-Author:field");
    add("MovieLens with colons",
        "1::1193::5::978300760\n1::661::3::978302109\n",
        "movielens-dat interactions utf-8 double-colon none rows | user:user movie:item rating:value "
        "time:time");
    add("MovieLens films",
        "1::Toy Story (1995)::Animation|Comedy\n2::Jumanji (1995)::Adventure|Fantasy\n",
        "movielens-dat-movies items latin-1 double-colon none rows | movie:item title:title genres:field");
    add("MovieLens users",
        "1::F::1::10::48067\n2::M::56::16::70072\n",
        "movielens-dat-users users utf-8 double-colon none rows | user:user gender:field age:field "
        "occupation:field "
        "zip:field");
    add("RecBole interactions",
        "user_id:token\titem_id:token\trating:float\ttimestamp:float\n1\t2\t3\t978300760\n",
        "recbole interactions utf-8 tab none header | user_id:token:user item_id:token:item "
        "rating:float:value "
        "timestamp:float:time");
    add("RecBole items",
        "item_id:token\ttitle:token_seq\n1\tToy Story\n",
        "recbole-items items utf-8 tab none header | item_id:token:item title:token_seq:title");
    add("byte order mark",
        "\xEF\xBB\xBFuser,item,rating\n1,2,3\n",
        "- interactions utf-8 comma \" header | user:user item:item rating:value");
    add("UTF-16 with mark",
        "\xFF\xFEu\0s\0e\0r\0,\0i\0t\0e\0m\0\n\0001\0,\0002\0\n\0"sv,
        "- interactions utf-16le comma \" header | user:user item:item");
    add("UTF-16 without mark",
        "\0u\0s\0e\0r\0,\0i\0t\0e\0m\0\n\0001\0,\0002\0\n"sv,
        "- interactions utf-16be comma \" header | user:user item:item");
    add("blanks", "1 10 4\n2 11 5\n3 12 3\n", "- interactions utf-8 blank none rows | 1:user 2:item 3:value");
    add("pipes",
        "user|item|rating\n1|2|3\n",
        "- interactions utf-8 pipe \" header | user:user item:item rating:value");
    add("CR only", "user,item\r1,2\r3,4\r", "- interactions utf-8 comma \" header | user:user item:item");
    add("one row without a line end",
        "user,item\n1,2",
        "- interactions utf-8 comma \" header | user:user item:item");
    add("members of a club",
        "member\tfilm\tscore\twhen\nm-7\t10\t8\t1641298243\nm-9\t11\t5\t1641298244\n",
        "tab-header interactions utf-8 tab none header | member:user film:item score:value when:time");
    add("unknown order of columns",
        "rating,date,item_id,user_id\n5,2016-05-31,2,3\n",
        "- interactions utf-8 comma \" header | rating:value date:time item_id:item user_id:user");
    add("negatives in columns",
        "user_id,neg_item_id,item_id\n1,3,2\n1,4,2\n",
        "negatives-csv negatives utf-8 comma \" header | user_id:user neg_item_id:negative item_id:item");
    add("negatives, tab separated, of several domains",
        "domain\tuser\titem\tnegative\nfilms\tann\tdune\temma\n",
        "negatives-tab negatives utf-8 tab none header | domain:domain user:user item:item "
        "negative:negative");
    add("negatives of text ids",
        "('A1', 'B2')\tC3\tD4\n('A2', 'B2')\tC1\n",
        "negative-lists negatives utf-8 tab none rows | user:user item:item negative:negative");
    add("domain and part in columns",
        "user,item,domain,split\n1,2,books,train\n",
        "- interactions utf-8 comma \" header | user:user item:item domain:domain split:part");
}

void DetectionTest::madeFilesAreRecognised()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);

    QCOMPARE(picture(inspect(m_folder.write("made.txt", bytes.toStdString()))), expected.toStdString());
}

void DetectionTest::everyPartHasEvidence()
{
    const auto inspection = inspect(m_folder.write("made.csv", "user,item,rating\n01,2,3\n"));
    QVERIFY_OK(inspection);

    std::vector<std::string> parts;
    for (const Evidence& evidence : inspection->evidence) {
        QVERIFY(!evidence.sentence.empty());
        parts.push_back(evidence.part);
    }

    QCOMPARE(parts,
             (std::vector<std::string>{"encoding", "layout", "delimiter", "quote", "header", "target"}));
    QVERIFY(inspection->wholeFile);
    QCOMPARE(inspection->rows.front().fields, (std::vector<std::string>{"01", "2", "3"}));
    QCOMPARE(inspection->rows.front().line, 2);
}

void DetectionTest::unusableFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("empty") << QByteArray() << QByteArray("is empty");
    QTest::newRow("binary") << QByteArray("a\0b\x01\x02\x03\0\x05", 8) << QByteArray("holds binary data");
    QTest::newRow("zip") << QByteArray("PK\x03\x04\0\0\0\0\0\0", 10) << QByteArray("is a ZIP file");
    QTest::newRow("broken gzip") << QByteArray("\x1F\x8B\x08\0\0", 5) << QByteArray("gzip");
    QTest::newRow("JSON lines") << QByteArray("{\"asin\": \"B0\"}\n{\"asin\": \"B1\"}\n")
                                << QByteArray("holds JSON");
}

void DetectionTest::unusableFilesAreRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, sentence);

    const auto inspection = inspect(m_folder.write("bad.txt", bytes.toStdString()));

    QVERIFY(!inspection);
    QCOMPARE(inspection.error().code, ErrorCode::InvalidInput);
    QVERIFY2(describe(inspection.error()).find(sentence.toStdString()) != std::string::npos,
             describe(inspection.error()).c_str());
}

void DetectionTest::missingFileIsRefused()
{
    const auto inspection = inspect(m_folder.path("nowhere.csv"));

    QVERIFY(!inspection);
    QCOMPARE(inspection.error().code, ErrorCode::NotFound);
    QVERIFY(!inspect(m_folder.path(".")));
}

void DetectionTest::formatSurvivesJson()
{
    for (const Preset& preset : presets()) {
        const Result<Format> back = formatFrom(toJson(preset.format), Format{}, "format");
        QVERIFY_OK(back);
        QVERIFY(*back == preset.format);
    }
}

void DetectionTest::wrongFormatWordNamesTheNearest()
{
    const auto format = formatFrom({{"delimiter", "semicolom"}}, Format{}, "format");

    QVERIFY(!format);
    QVERIFY(describe(format.error()).find("Did you mean semicolon?") != std::string::npos);
    QVERIFY(!formatFrom({{"delimeter", "tab"}}, Format{}, "format"));
    QVERIFY(!findPreset("movielens-cvs"));
}

void DetectionTest::overruledFormatIsUsed()
{
    const auto file = m_folder.write("made.csv", "user;x,item\n1;y,2\n");

    const auto inspection = inspect(file, Format{.delimiter = ",", .header = false});

    QVERIFY_OK(inspection);
    QCOMPARE(inspection->columns.size(), std::size_t{2});
    QCOMPARE(inspection->rows.front().fields, (std::vector<std::string>{"user;x", "item"}));
}

void DetectionTest::wordsOfAColumnAreThoseOfTheWholeFile()
{
    std::string rows = "item,domain\n";
    for (int item = 0; item < 3000; ++item) {
        rows += std::to_string(item) + (item < 2990 ? ", food\n" : ",kitchen\n");
    }
    const auto inspection = inspect(m_folder.write("items.csv", rows + "1,2,3\n\n9,\n"));
    QVERIFY_OK(inspection);
    const auto words = columnWords(*inspection, 1, 2, {});
    QVERIFY_OK(words);
    QCOMPARE(words->size(), std::size_t{2});
    QCOMPARE(words->front().word, std::string("food"));
    QCOMPARE(words->front().rows, std::int64_t{2990});
    QCOMPARE(words->back().word, std::string("kitchen"));
    QCOMPARE(words->back().rows, std::int64_t{10});
}

void DetectionTest::columnOfTooManyWordsIsRefused()
{
    const auto inspection = inspect(m_folder.write("three.csv", "item,domain\n1,a\n2,b\n3,c\n"));
    QVERIFY_OK(inspection);
    const auto words = columnWords(*inspection, 1, 2, {});
    QVERIFY(!words);
    const std::string sentence = describe(words.error());
    QVERIFY2(sentence.find("the column domain has more than 2 different values") != std::string::npos,
             sentence.c_str());
}

QTEST_GUILESS_MAIN(DetectionTest)
#include "DetectionTest.moc"
