#include "tests/core/ingest/Imported.h"

using namespace transept;
using test::countsOf;
using test::interactionsOf;
using test::rowsOf;
using test::sentenceOf;

class ImportTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsStayTextAsWritten();
    void everyRejectHasPlaceReasonAndRawText();
    void repeatedPairs_data();
    void repeatedPairs();
    void repeatedPairsOfOtherPartsAreKept();
    void repeatedPairsAcrossFilesFollowTheRule();
    void rejectedRepetitionShowsItsRow();
    void blankLinesAndImplicitValuesAreSkipped();
    void latin1SemicolonsAndQuotesAreRead();
    void utf16IsRead();
    void gzipIsReadAndATruncatedOneRefused();
    void domainsComeFromAColumn();
    void unknownDomainWordIsRejected();
    void domainsComeFromItems();
    void lastItemOfAHeldBackLineIsTheTarget();
    void partsComeFromAColumn();
    void reviewsBecomeNotes();
    void itemsAreUpdatedAndTheirWorkKept();
    void usersGetFields();
    void linksJoinPersons();
    void domainsOfAPlatformShareAccounts();
    void refusedImportsLeaveTheWorkspaceAlone_data();
    void refusedImportsLeaveTheWorkspaceAlone();
    void wrongColumnNamesTheNearestAndTheOthers();
    void firstBadRowStopsTheImportWhenAsked();
    void descriptionsBeforeRatingsDoNotDecideTheKind();
    void kindMismatchIsRefused();
    void optionsSurviveJson();

private:
    Workspace fresh() const { return m_folder.workspace(fmt::format("{}.transept", m_number++)); }
    Result<ImportReport> load(Workspace& workspace,
                              std::string_view text,
                              ImportOptions options = {.domain = "d"}) const
    {
        return importFile(workspace, m_folder.write("file.txt", text), options, {});
    }

    test::Temporary m_folder;
    mutable int m_number = 0;
};

constexpr auto items = ImportTarget::Items;

void ImportTest::idsStayTextAsWritten()
{
    Workspace workspace = fresh();

    QCOMPARE(countsOf(workspace,
                      load(workspace, "user,item,rating,timestamp\n007,0114709,4,10\n7,1e3,5,\n+7,é,1,20\n")),
             "3 = 3 + 0 + 0");

    QCOMPARE(interactionsOf(workspace), "007|0114709|4.0|10|0\n7|1e3|5.0||0\n+7|é|1.0|20|0");
}

void ImportTest::everyRejectHasPlaceReasonAndRawText()
{
    Workspace workspace = fresh();
    const std::string text = "user,item,rating,timestamp\n"
                             "1,2,3,4\n"
                             "1,2,3\n"
                             ",2,3,4\n"
                             "1, ,3,4\n"
                             "1,3,good,4\n"
                             "1,4,nan,4\n"
                             "1,5,3,soon\n"
                             "1,5,3,2072-06-01\n"
                             "1,\"6,3,4\n"
                             "1,caf\xE9,3,4\n"
                             "2,2,3,4\n";

    const auto report = load(workspace, text, {.domain = "d", .format = Format{.header = true}});
    QCOMPARE(countsOf(workspace, report), "11 = 2 + 9 + 0");

    const auto rejects = ImportLog(workspace).rejects(report->id, 0, 0, 100);
    QVERIFY_OK(rejects);
    std::string picture;
    for (const RejectRecord& each : *rejects) {
        const std::string sentence = describe({.sentence = each.reason, .arguments = each.arguments});
        picture +=
            fmt::format("{} {} {}\n", each.line, each.raw, sentence.substr(0, sentence.find_first_of(":.")));
        if (each.line != 11) {
            QCOMPARE(text.substr(static_cast<std::size_t>(each.offset), each.raw.size()), each.raw);
        }
    }
    QCOMPARE(picture,
             "3 1,2,3 The row has 3 fields instead of 4\n"
             "4 ,2,3,4 The user is empty\n"
             "5 1, ,3,4 The item is empty\n"
             "6 1,3,good,4 rating \"good\" is not a number\n"
             "7 1,4,nan,4 rating \"nan\" is not a finite number\n"
             "8 1,5,3,soon timestamp \"soon\" is not a time\n"
             "9 1,5,3,2072-06-01 timestamp \"2072-06-01\" lies outside the years 1936 to 2071, in which "
             "interactions can be\n"
             "10 1,\"6,3,4 A quote opens in this line and does not close\n"
             "11 1,caf\\xE9,3,4 The row is not valid UTF-8 text\n");
}

void ImportTest::repeatedPairs_data()
{
    QTest::addColumn<int>("rule");
    QTest::addColumn<QByteArray>("counts");
    QTest::addColumn<QByteArray>("expected");
    const auto add = [](const char* name, Duplicates rule, const char* counts, const char* expected) {
        QTest::newRow(name) << static_cast<int>(rule) << QByteArray(counts) << QByteArray(expected);
    };
    add("last", Duplicates::Last, "4 = 2 + 0 + 2", "1|b|2.0|20|0\n1|a|6.0|40|0");
    add("first", Duplicates::First, "4 = 2 + 0 + 2", "1|a|1.0|10|0\n1|b|2.0|20|0");
    add("mean", Duplicates::Mean, "4 = 2 + 0 + 2", "1|b|2.0|20|0\n1|a|4.0|40|0");
    add("sum", Duplicates::Sum, "4 = 2 + 0 + 2", "1|b|2.0|20|0\n1|a|12.0|40|0");
    add("keep", Duplicates::Keep, "4 = 4 + 0 + 0", "1|a|1.0|10|0\n1|b|2.0|20|0\n1|a|5.0|30|0\n1|a|6.0|40|0");
    add("reject", Duplicates::Reject, "4 = 2 + 2 + 0", "1|a|1.0|10|0\n1|b|2.0|20|0");
}

void ImportTest::repeatedPairs()
{
    QFETCH(int, rule);
    QFETCH(QByteArray, counts);
    QFETCH(QByteArray, expected);
    Workspace workspace = fresh();

    const auto report = load(workspace,
                             "user,item,rating,timestamp\n1,a,1,10\n1,b,2,20\n1,a,5,30\n1,a,6,40\n",
                             {.domain = "d", .duplicates = static_cast<Duplicates>(rule)});

    QCOMPARE(countsOf(workspace, report), counts.toStdString());
    QCOMPARE(interactionsOf(workspace), expected.toStdString());
}

void ImportTest::repeatedPairsOfOtherPartsAreKept()
{
    Workspace workspace = fresh();

    QCOMPARE(countsOf(workspace, load(workspace, "1\ta\t3\n1\tb\t4\n", {.domain = "d", .part = "train"})),
             "2 = 2 + 0 + 0");
    QCOMPARE(countsOf(workspace, load(workspace, "1\ta\t5\n", {.domain = "d", .part = "test"})),
             "1 = 1 + 0 + 0");

    QCOMPARE(interactionsOf(workspace), "1|a|3.0||1\n1|b|4.0||1\n1|a|5.0||3");
}

void ImportTest::repeatedPairsAcrossFilesFollowTheRule()
{
    for (const auto& [rule, value] : {std::pair{Duplicates::Last, "5.0"},
                                      {Duplicates::Mean, "4.0"},
                                      {Duplicates::Sum, "8.0"},
                                      {Duplicates::First, "3.0"}}) {
        Workspace workspace = fresh();
        QVERIFY_OK(load(workspace, "user,item,rating\n1,a,3\n2,a,4\n", {.domain = "d", .duplicates = rule}));
        QVERIFY_OK(load(workspace, "user,item,rating\n1,a,5\n3,a,4\n", {.domain = "d", .duplicates = rule}));
        QCOMPARE(rowsOf(workspace, "SELECT value FROM interaction WHERE account = 1", 1), value);
    }
}

void ImportTest::rejectedRepetitionShowsItsRow()
{
    Workspace workspace = fresh();

    QVERIFY_OK(load(workspace, "user,item\n1,a\n1,a\n", {.domain = "d", .duplicates = Duplicates::Reject}));

    QCOMPARE(rowsOf(workspace, "SELECT line, offset, arguments, raw FROM reject", 4),
             "3|14|[\"1\",\"a\"]|1,a");
}

void ImportTest::blankLinesAndImplicitValuesAreSkipped()
{
    Workspace workspace = fresh();

    QCOMPARE(countsOf(workspace,
                      load(workspace,
                           "user,item,rating\n1,a,0\n\n1,b,5\n   \n",
                           {.domain = "d", .implicitValue = 0.0})),
             "4 = 1 + 0 + 3");
    QCOMPARE(rowsOf(workspace, "SELECT scale_min, scale_max FROM domain", 2), "5.0|5.0");
}

void ImportTest::latin1SemicolonsAndQuotesAreRead()
{
    Workspace workspace = fresh();
    const std::string text = "\"ISBN\";\"Book-Title\";\"Book-Author\"\r\n"
                             "\"034545104X\";\"Caf\xE9; \"\"Bar\"\" &amp; \x93Grill\x94\";\"Zo\xEB\"\r\n";

    QCOMPARE(countsOf(workspace, load(workspace, text, {.target = items, .domain = "books"})),
             "1 = 1 + 0 + 0");

    QCOMPARE(rowsOf(workspace, "SELECT key, title FROM item", 2), "034545104X|Café; \"Bar\" & “Grill”");
    QCOMPARE(rowsOf(workspace, "SELECT name, value FROM item_field", 2), "Book-Author|Zoë");
}

void ImportTest::utf16IsRead()
{
    Workspace workspace = fresh();
    std::string text = "\xFF\xFE";
    for (const char each : std::string_view("user\titem\trating\r\n1\ta\t3.5\r\n")) {
        text += each;
        text += '\0';
    }

    QCOMPARE(countsOf(workspace, load(workspace, text)), "1 = 1 + 0 + 0");
    QCOMPARE(interactionsOf(workspace), "1|a|3.5||0");
}

void ImportTest::gzipIsReadAndATruncatedOneRefused()
{
    // printf 'user,item,rating\n1,a,3\n2,b,4\n' | gzip -n
    const std::string packed =
        QByteArray::fromHex("1f8b08000000000000032b2d4e2dd2c92c49cdd5294a2cc9cc4be732d449"
                            "d431e632d249d231e1020052bd1f941d000000")
            .toStdString();
    Workspace workspace = fresh();

    QCOMPARE(countsOf(workspace, load(workspace, packed)), "2 = 2 + 0 + 0");
    QCOMPARE(interactionsOf(workspace), "1|a|3.0||0\n2|b|4.0||0");

    const auto truncated =
        load(workspace, std::string_view(packed).substr(0, packed.size() - 10), {.domain = "other"});
    QVERIFY(!truncated);
    QCOMPARE(truncated.error().code, ErrorCode::InvalidInput);
    QCOMPARE(rowsOf(workspace, "SELECT count(*) FROM domain", 1), "1");
}

void ImportTest::domainsComeFromAColumn()
{
    Workspace workspace = fresh();

    QCOMPARE(countsOf(workspace,
                      load(workspace,
                           "user,item,rating,domain\n1,a,3,A\n1,a,4,B\n",
                           {.domainNames = {{"A", "food"}, {"B", "kitchen"}}})),
             "2 = 2 + 0 + 0");

    QCOMPARE(rowsOf(workspace,
                    "SELECT domain.name, platform.name, scale_min, scale_max FROM domain"
                    " JOIN platform ON platform.id = platform ORDER BY domain.id",
                    4),
             "food|food+kitchen|3.0|3.0\nkitchen|food+kitchen|4.0|4.0");
    QCOMPARE(rowsOf(workspace, "SELECT count(*) FROM account", 1), "1");
    QCOMPARE(rowsOf(workspace, "SELECT count(*) FROM item", 1), "2");
}

void ImportTest::unknownDomainWordIsRejected()
{
    Workspace workspace = fresh();

    QCOMPARE(
        countsOf(workspace,
                 load(workspace, "user,item,domain\n1,a,A\n1,b,C\n1,c,\n", {.domainNames = {{"A", "food"}}})),
        "3 = 1 + 2 + 0");
}

void ImportTest::domainsComeFromItems()
{
    Workspace workspace = fresh();
    QVERIFY_OK(load(workspace,
                    R"({"B0": [1, 0], "B1": [2, 1]})",
                    {.target = items, .domainNames = {{"0", "food"}, {"1", "kitchen"}}}));

    QCOMPARE(countsOf(workspace, load(workspace, "7 1|86400 2|86400 3|86400\n", {.domainFromItems = true})),
             "3 = 2 + 1 + 0");

    QCOMPARE(rowsOf(workspace, "SELECT domain, item, time, line, entry FROM interaction ORDER BY entry", 5),
             "1|1|86400|1|0\n2|2|86400|1|1");
    QCOMPARE(rowsOf(workspace, "SELECT line, entry, offset, raw FROM reject", 4), "1|2|18|3|86400");
}

void ImportTest::lastItemOfAHeldBackLineIsTheTarget()
{
    const ImportOptions valid{.domain = "d", .part = "valid", .userPrefix = "v"};
    Workspace workspace = fresh();

    QCOMPARE(countsOf(workspace, load(workspace, "1\t5,6,7\n2\t8,9\n", valid)), "5 = 5 + 0 + 0");
    QCOMPARE(interactionsOf(workspace), "v1|5|1.0||1\nv1|6|1.0||1\nv1|7|1.0||2\nv2|8|1.0||1\nv2|9|1.0||2");

    Workspace all = fresh();
    ImportOptions every = valid;
    every.partOfLastOnly = false;
    QVERIFY_OK(load(all, "1\t5,6,7\n2\t8,9\n", every));
    QCOMPARE(rowsOf(all, "SELECT DISTINCT part FROM interaction", 1), "2");
}

void ImportTest::partsComeFromAColumn()
{
    Workspace workspace = fresh();

    QCOMPARE(countsOf(workspace, load(workspace, "user,item,split\n1,a,train\n1,b,Test\n1,c,\n1,d,later\n")),
             "4 = 3 + 1 + 0");
    QCOMPARE(rowsOf(workspace, "SELECT group_concat(part) FROM interaction", 1), "1,3,0");
}

void ImportTest::reviewsBecomeNotes()
{
    Workspace workspace = fresh();

    QCOMPARE(
        countsOf(workspace,
                 load(workspace, "user,item,rating,review\n1,a,3,\"fine,\nreally\"\n1,b,4,\n1,a,5,better\n")),
        "3 = 2 + 0 + 1");
    QCOMPARE(rowsOf(workspace, "SELECT item, nth, text FROM note", 3), "1|0|better");
}

void ImportTest::itemsAreUpdatedAndTheirWorkKept()
{
    Workspace workspace = fresh();
    QVERIFY_OK(load(workspace, "user,item,rating\n1,a,3\n1,b,4\n"));
    QVERIFY_OK(workspace.database().execute("UPDATE item SET work = 77 WHERE key = 'a'"));

    QCOMPARE(countsOf(workspace,
                      load(workspace,
                           "item,title,genre,year\na,One,x,1999\nc,Three,y,\n",
                           {.target = items, .domain = "d"})),
             "2 = 2 + 0 + 0");
    QVERIFY_OK(load(workspace, "item,title,genre\na,Uno,z\n", {.target = items, .domain = "d"}));

    QCOMPARE(rowsOf(workspace, "SELECT key, title, work, import, line FROM item ORDER BY id", 5),
             "a|Uno|77|3|2\nb||||\nc|Three||2|3");
    QCOMPARE(rowsOf(workspace, "SELECT item, name, value FROM item_field", 3),
             "1|genre|z\n1|year|1999\n3|genre|y");
    QCOMPARE(rowsOf(workspace, "SELECT kind FROM domain", 1), "explicit");
}

void ImportTest::usersGetFields()
{
    Workspace workspace = fresh();
    QVERIFY_OK(load(workspace, "user,item,rating\n1,a,3\n"));

    QCOMPARE(
        countsOf(workspace,
                 load(workspace, "user,age\n1,30\n2,40\n", {.target = ImportTarget::Users, .platform = "d"})),
        "2 = 2 + 0 + 0");
    QCOMPARE(rowsOf(workspace,
                    "SELECT account.key, name, value FROM account_field JOIN account ON id = account",
                    3),
             "1|age|30\n2|age|40");
}

void ImportTest::linksJoinPersons()
{
    Workspace workspace = fresh();
    QVERIFY_OK(load(workspace, "user,item\n1,a\n2,a\n", {.domain = "films"}));
    QVERIFY_OK(load(workspace, "user,item\nx,a\ny,a\n", {.domain = "books"}));

    QCOMPARE(countsOf(workspace,
                      load(workspace,
                           "film_user,book_user\n1,x\n2,nobody\n1,x\n",
                           {.target = ImportTarget::Links, .platform = "films,books"})),
             "3 = 1 + 1 + 1");
    QCOMPARE(rowsOf(workspace, "SELECT key, person FROM account ORDER BY id", 2), "1|1\n2|2\nx|1\ny|4");
    QCOMPARE(rowsOf(workspace, "SELECT count(*) FROM person", 1), "3");
}

void ImportTest::domainsOfAPlatformShareAccounts()
{
    Workspace workspace = fresh();
    QVERIFY_OK(load(workspace, "1\ta\t3\n2\ta\t4\n", {.domain = "books", .platform = "shop"}));
    QVERIFY_OK(load(workspace, "2\tb\t3\n3\tb\t4\n", {.domain = "music", .platform = "shop"}));
    QVERIFY_OK(load(workspace, "2\tb\t3\n3\tc\t4\n", {.domain = "films"}));

    QCOMPARE(rowsOf(workspace, "SELECT platform, key FROM account ORDER BY id", 2),
             "1|1\n1|2\n1|3\n2|2\n2|3");
}

void ImportTest::refusedImportsLeaveTheWorkspaceAlone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QByteArray>("sentence");
    const auto add = [](const char* name, const char* text, const char* options, const char* sentence) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(options) << QByteArray(sentence);
    };
    add("empty", "", R"({"domain":"d"})", "is empty");
    add("only a header", "user,item,rating\n", R"({"domain":"d"})", "has no rows");
    add("no user column", "product,stars\na,3\n", R"({"domain":"d"})", "no column is known to hold the user");
    add("no domain", "user,item\n1,a\n", "{}", "no domain is named");
    add("unknown column",
        "user,item\n1,a\n",
        R"({"domain":"d","columns":[["usr","user"],["item","item"]]})",
        "There is no column usr. Did you mean user?");
    add("two users",
        "user,item,other\n1,a,2\n",
        R"({"domain":"d","columns":[["1","user"],["3","user"],["2","item"]]})",
        "two columns have the role user");
    add("texts as values",
        "u,i,title\n1,a,x\n2,b,y\n",
        R"({"domain":"d","columns":[["u","user"],["i","item"],["title","value"]]})",
        "none of the 2 rows fits");
    add("wrong delimiter",
        "user;item;rating\n1;a;3\n",
        R"({"domain":"d","format":{"delimiter":"comma","header":true}})",
        "no column is known to hold the user");
    add("unknown preset", "user,item\n1,a\n", R"({"domain":"d","preset":"movielens"})", "There is no preset");
    add("unknown part", "user,item\n1,a\n", R"({"domain":"d","part":"tset"})", "There is no part tset");
    add("several domains", "user,item\n1,a\n", R"({"domain":"d,e"})", "Interactions belong to one domain");
    add("other platform",
        "user,item,rating\n1,a,3\n",
        R"({"domain":"old","platform":"elsewhere"})",
        "belongs to the platform");
    add("other kind", "user,item\n1,a\n", R"({"domain":"old"})", "the domain old holds ratings");
    add("items before domains",
        "user,item\n1,a\n",
        R"({"domain_from_items":true,"platform":"new"})",
        "none of the 1 rows");
    add("links of one platform", "a,b\n1,2\n", R"({"target":"links","platform":"old"})", "name both");
}

void ImportTest::refusedImportsLeaveTheWorkspaceAlone()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, options);
    QFETCH(QByteArray, sentence);
    Workspace workspace = fresh();
    QVERIFY_OK(load(workspace, "user,item,rating\n1,a,3\n", {.domain = "old"}));
    const std::string before = test::contentOf(workspace);
    const auto import = importOptionsFrom(Json::parse(options.toStdString()));

    if (import) {
        const auto report = load(workspace, text.toStdString(), *import);
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::InvalidInput);
        QVERIFY2(sentenceOf(report).find(sentence.toStdString()) != std::string::npos,
                 sentenceOf(report).c_str());
    }

    QCOMPARE(test::contentOf(workspace), before);
    QVERIFY(!importFile(workspace, m_folder.path("nowhere.csv"), {.domain = "d"}, {}));
    QCOMPARE(test::contentOf(workspace), before);
}

void ImportTest::wrongColumnNamesTheNearestAndTheOthers()
{
    Workspace workspace = fresh();

    const auto report = load(workspace,
                             "userId,movieId,rating\n1,2,3\n",
                             {.domain = "d", .columns = {{"userId", Role::User}, {"moveId", Role::Item}}});

    QCOMPARE(sentenceOf(report),
             "There is no column moveId. Did you mean movieId? The columns are: userId, movieId, rating.");
}

void ImportTest::firstBadRowStopsTheImportWhenAsked()
{
    Workspace workspace = fresh();

    const auto report =
        load(workspace, "user,item,rating\n1,a,3\n1,b,x\n", {.domain = "d", .stopAtFirstReject = true});

    QVERIFY(!report);
    QVERIFY(sentenceOf(report).find("line 3: rating \"x\" is not a number.") != std::string::npos);
    QCOMPARE(rowsOf(workspace, "SELECT count(*) FROM domain", 1), "0");
    QCOMPARE(
        countsOf(workspace,
                 load(workspace, "user,item,rating\n1,a,3\n", {.domain = "d", .stopAtFirstReject = true})),
        "1 = 1 + 0 + 0");
}

void ImportTest::descriptionsBeforeRatingsDoNotDecideTheKind()
{
    Workspace workspace = fresh();
    QVERIFY_OK(load(workspace, "item,title\na,One\n", {.target = items, .domain = "d"}));

    QVERIFY_OK(load(workspace, "user,item\n1,a\n"));

    QCOMPARE(rowsOf(workspace, "SELECT kind, scale_min FROM domain", 2), "implicit|");
}

void ImportTest::kindMismatchIsRefused()
{
    Workspace workspace = fresh();
    QVERIFY_OK(load(workspace, "user,item\n1,a\n"));

    QVERIFY(!load(workspace, "user,item,rating\n1,b,3\n"));
    QVERIFY_OK(load(workspace, "user,item,rating\n1,b,3\n", {.domain = "d", .kind = FeedbackKind::Implicit}));
}

void ImportTest::optionsSurviveJson()
{
    const ImportOptions options{.target = items,
                                .domain = "a,b",
                                .platform = "p",
                                .kind = FeedbackKind::Implicit,
                                .format = Format{.delimiter = "::", .quote = '\0'},
                                .preset = "douban",
                                .columns = {{"1", Role::Item}, {"*", Role::Field}},
                                .domainNames = {{"A", "food"}},
                                .domainFromItems = true,
                                .part = "valid",
                                .partOfLastOnly = false,
                                .userPrefix = "x",
                                .duplicates = Duplicates::Mean,
                                .stopAtFirstReject = true,
                                .implicitValue = 0.0};

    const auto back = importOptionsFrom(toJson(options));

    QVERIFY_OK(back);
    QCOMPARE(toJson(*back).dump(), toJson(options).dump());
    QVERIFY(!importOptionsFrom({{"domian", "d"}}));
    QVERIFY(!importOptionsFrom({{"domain", 7}}));
}

QTEST_GUILESS_MAIN(ImportTest)
#include "ImportTest.moc"
