#include "tests/core/ingest/Imported.h"
#include "tests/support/Interactions.h"

using namespace transept;
using test::countsOf;
using test::negativesOf;
using test::rowsOf;
using test::sentenceOf;

class NegativesImportTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAndColumnsGiveTheSame_data();
    void linesAndColumnsGiveTheSame();
    void badRowsAreReported_data();
    void badRowsAreReported();
    void goodRowsBesideBadOnesAreTaken();
    void placeInTheFileIsKept();
    void repeatedOnesFollowTheRule_data();
    void repeatedOnesFollowTheRule();
    void domainsComeFromAColumn();
    void usersHaveThePrefix();
    void refusedImportsLeaveTheWorkspaceAlone_data();
    void refusedImportsLeaveTheWorkspaceAlone();
    void firstBadRowStopsTheImportWhenAsked();
    void optionsSurviveJson();

private:
    Workspace filled() const
    {
        Workspace workspace = m_folder.workspace(fmt::format("{}.transept", m_number++));
        test::fill(workspace,
                   "films: ann dune 5 train, ann emma 4 test, bob dune 3 test, - it, - up\n"
                   "books/shop: ann it 5 test, - up");
        return workspace;
    }
    Result<ImportReport> load(Workspace& workspace, std::string_view text, ImportOptions options) const
    {
        options.target = ImportTarget::Negatives;
        return importFile(workspace, m_folder.write("negatives.txt", text), options, {});
    }
    Result<ImportReport> load(Workspace& workspace, std::string_view text) const
    {
        return load(workspace, text, {.domain = "films"});
    }

    test::Temporary m_folder;
    mutable int m_number = 0;
};

void NegativesImportTest::linesAndColumnsGiveTheSame_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("lines") << QByteArray("(ann, emma)\tit\tup\n(bob, dune)\temma\n");
    QTest::newRow("quoted pairs") << QByteArray("('ann', 'emma')\tit\tup\r\n('bob', 'dune')\temma\t\r\n");
    QTest::newRow("CSV") << QByteArray("user,item,negative\nann,emma,it\nann,emma,up\nbob,dune,emma\n");
    QTest::newRow("tabs") << QByteArray(
        "negative\tuser_id\titem_id\nit\tann\temma\nup\tann\temma\nemma\tbob\tdune\n");
}

void NegativesImportTest::linesAndColumnsGiveTheSame()
{
    QFETCH(QByteArray, text);
    Workspace workspace = filled();
    const std::string before =
        rowsOf(workspace, "SELECT count(*), (SELECT count(*) FROM account) FROM item", 2);

    QCOMPARE(countsOf(workspace, load(workspace, text.toStdString())), "3 = 3 + 0 + 0");

    QCOMPARE(negativesOf(workspace), "ann|emma|it\nann|emma|up\nbob|dune|emma");
    QCOMPARE(rowsOf(workspace, "SELECT target, domain FROM import ORDER BY id DESC LIMIT 1", 2),
             "negatives|1");
    QCOMPARE(rowsOf(workspace, "SELECT count(*), (SELECT count(*) FROM account) FROM item", 2), before);
}

void NegativesImportTest::badRowsAreReported_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QByteArray>("sentence");
    const auto add = [](const char* row, const char* sentence) {
        QTest::newRow(row) << QByteArray(row) << QByteArray(sentence);
    };
    add("ann,emma,emma",
        "The negative emma is the item of the interaction itself. Take it out, or put another item in its "
        "place.");
    add("eve,emma,it",
        "There is no user eve on the platform web. Import the interactions before their negatives.");
    add("ann,jaws,it",
        "There is no item jaws in the domain films. Import the interactions, and a description of items that "
        "have none, before the negatives.");
    add("ann,emma,jaws",
        "There is no item jaws in the domain films. Import the interactions, and a description of items that "
        "have none, before the negatives.");
    add("bob,emma,it",
        "The user bob has no interaction with the item emma in the domain films. Import the interactions "
        "before their negatives, or choose the domain that they are of.");
    add("ann,emma,", "The negative is empty.");
    add("ann,,it", "The item is empty.");
    add(",emma,it", "The user is empty.");
    add("ann,emma", "The row has 2 fields instead of 3.");
    add("ann,emma,it,up", "The row has 4 fields instead of 3.");
}

void NegativesImportTest::badRowsAreReported()
{
    QFETCH(QByteArray, row);
    QFETCH(QByteArray, sentence);
    Workspace workspace = filled();

    const auto report =
        load(workspace, "user,item,negative\nann,emma,it\n" + row.toStdString() + "\nann,emma,up\n");

    QCOMPARE(countsOf(workspace, report), "3 = 2 + 1 + 0");
    const auto rejects = ImportLog(workspace).rejects(report->id, 0, -1, 5).value();
    QCOMPARE(rejects.size(), std::size_t{1});
    QCOMPARE(describe({.sentence = rejects[0].reason, .arguments = rejects[0].arguments}),
             sentence.toStdString());
    QCOMPARE(rejects[0].line, std::int64_t{3});
    QCOMPARE(rejects[0].raw, row.toStdString());
    QCOMPARE(negativesOf(workspace), "ann|emma|it\nann|emma|up");
}

void NegativesImportTest::goodRowsBesideBadOnesAreTaken()
{
    Workspace workspace = filled();

    const auto report =
        load(workspace,
             "(ann, emma)\tit\temma\tjaws\tup\n(ann, emma)\nbroken\n\n(bob, dune)\tit\t\tit\n",
             {.domain = "films", .preset = "negative-lists"});

    QCOMPARE(countsOf(workspace, report), "10 = 3 + 5 + 2");
    QCOMPARE(negativesOf(workspace), "ann|emma|it\nann|emma|up\nbob|dune|it");
    QCOMPARE(rowsOf(workspace, "SELECT line, entry, raw FROM reject ORDER BY line, entry", 3),
             "1|1|emma\n1|2|jaws\n2|0|(ann, emma)\n3|0|broken\n5|1|");
}

void NegativesImportTest::placeInTheFileIsKept()
{
    Workspace workspace = filled();

    const auto report = load(workspace, "(bob, dune)\tup\n(ann, emma)\tup\tit\n");

    QVERIFY_OK(report);
    QCOMPARE(rowsOf(workspace,
                    fmt::format("SELECT given_negative.line, entry, item.key FROM given_negative JOIN item "
                                "ON item.id = negative"
                                " WHERE given_negative.import = {} ORDER BY 1, 2",
                                number(report->id)),
                    3),
             "1|0|up\n2|0|up\n2|1|it");
}

void NegativesImportTest::repeatedOnesFollowTheRule_data()
{
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QByteArray>("counts");
    QTest::addColumn<QByteArray>("left");
    QTest::newRow("last") << QByteArray("last") << QByteArray("4 = 3 + 0 + 1")
                          << QByteArray("ann|emma|it\nann|emma|dune\nbob|dune|it");
    QTest::newRow("first") << QByteArray("first") << QByteArray("4 = 1 + 0 + 3")
                           << QByteArray("ann|emma|it\nann|emma|up\nbob|dune|it");
    QTest::newRow("keep") << QByteArray("keep") << QByteArray("4 = 2 + 0 + 2")
                          << QByteArray("ann|emma|it\nann|emma|up\nann|emma|dune\nbob|dune|it");
    QTest::newRow("reject") << QByteArray("reject") << QByteArray("4 = 2 + 2 + 0")
                            << QByteArray("ann|emma|it\nann|emma|up\nann|emma|dune\nbob|dune|it");
}

void NegativesImportTest::repeatedOnesFollowTheRule()
{
    QFETCH(QByteArray, rule);
    QFETCH(QByteArray, counts);
    QFETCH(QByteArray, left);
    Workspace workspace = filled();
    QVERIFY_OK(load(workspace, "(ann, emma)\tit\tup\n"));

    const auto report = load(workspace,
                             "(ann, emma)\tit\tdune\tdune\n(bob, dune)\tit\n",
                             {.domain = "films", .duplicates = *duplicatesFrom(rule.toStdString())});

    QCOMPARE(countsOf(workspace, report), counts.toStdString());
    QCOMPARE(negativesOf(workspace), left.toStdString());
    if (rule == "reject") {
        const auto rejects = ImportLog(workspace).rejects(report->id, 0, -1, 5).value();
        QCOMPARE(describe({.sentence = rejects[0].reason, .arguments = rejects[0].arguments}),
                 std::string("The item it is a negative of this interaction already."));
        QCOMPARE(rejects[1].entry, std::int64_t{2});
        QCOMPARE(rejects[1].raw, std::string("dune"));
    }
}

void NegativesImportTest::domainsComeFromAColumn()
{
    Workspace workspace = filled();

    const auto report = load(workspace,
                             "user,item,negative,domain\nann,emma,it,f\nann,it,up,b\nann,emma,it,x\n",
                             {.domainNames = {{"f", "films"}, {"b", "books"}, {"x", "games"}}});

    QCOMPARE(countsOf(workspace, report), "3 = 2 + 1 + 0");
    QCOMPARE(rowsOf(workspace,
                    "SELECT domain.name, account.platform, item.key FROM given_negative"
                    " JOIN domain ON domain.id = given_negative.domain JOIN account ON account.id = account"
                    " JOIN item ON item.id = negative ORDER BY 1",
                    3),
             "books|2|up\nfilms|1|it");
    QCOMPARE(rowsOf(workspace, "SELECT reason, arguments FROM reject", 2),
             "There is no domain %1. Import its interactions before their negatives.|[\"games\"]");
    QCOMPARE(rowsOf(workspace, "SELECT count(*) FROM domain", 1), "2");
}

void NegativesImportTest::usersHaveThePrefix()
{
    Workspace workspace = m_folder.workspace("prefix.transept");
    test::fill(workspace, "films: x-1 a 5 test, - b");

    QCOMPARE(countsOf(workspace, load(workspace, "(1, a)\tb\n", {.domain = "films", .userPrefix = "x-"})),
             "1 = 1 + 0 + 0");
}

void NegativesImportTest::refusedImportsLeaveTheWorkspaceAlone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QByteArray>("sentence");
    const auto add = [](const char* name, const char* text, const char* options, const char* sentence) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(options) << QByteArray(sentence);
    };
    add("no domain", "(ann, emma)\tit\n", "{}", "no domain is named");
    add("unknown domain", "(ann, emma)\tit\n", R"({"domain": "flims"})", "Did you mean films?");
    add("two domains", "(ann, emma)\tit\n", R"({"domain": "films,books"})", "Negatives belong to one domain");
    add("other platform",
        "(ann, emma)\tit\n",
        R"({"domain": "films", "platform": "shop"})",
        "belongs to the platform web");
    add("values", "(ann, emma)\tit\n", R"({"domain": "films", "duplicates": "mean"})", "to make a mean of");
    add("no column of negatives",
        "user,item\nann,emma\n",
        R"({"domain": "films"})",
        "no column is known to hold the negative");
    add("two columns of negatives",
        "user,item,negative,n2\nann,emma,it,up\n",
        R"({"domain": "films", "columns": [["1", "user"], ["2", "item"], ["3", "negative"], ["4", "negative"]]})",
        "two columns have the role negative");
    add("of another domain",
        "(ann, it)\tup\n(bob, it)\tup\n",
        R"({"domain": "films"})",
        "none of the 2 rows fits");
}

void NegativesImportTest::refusedImportsLeaveTheWorkspaceAlone()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, options);
    QFETCH(QByteArray, sentence);
    Workspace workspace = filled();
    const std::string before = test::contentOf(workspace);

    const auto report =
        load(workspace, text.toStdString(), importOptionsFrom(Json::parse(options.toStdString())).value());

    QVERIFY2(sentenceOf(report).find(sentence.toStdString()) != std::string::npos,
             sentenceOf(report).c_str());
    QCOMPARE(test::contentOf(workspace), before);
}

void NegativesImportTest::firstBadRowStopsTheImportWhenAsked()
{
    Workspace workspace = filled();
    const std::string before = test::contentOf(workspace);

    const auto report = load(
        workspace, "(ann, emma)\tit\n(ann, emma)\tjaws\n", {.domain = "films", .stopAtFirstReject = true});

    QVERIFY2(sentenceOf(report).find("line 2: There is no item jaws") != std::string::npos,
             sentenceOf(report).c_str());
    QCOMPARE(test::contentOf(workspace), before);
}

void NegativesImportTest::optionsSurviveJson()
{
    const ImportOptions options{.target = ImportTarget::Negatives,
                                .domain = "films",
                                .columns = {{"3", Role::Negative}},
                                .duplicates = Duplicates::Keep};

    const Json json = toJson(options);

    QCOMPARE(toJson(importOptionsFrom(json).value()).dump(), json.dump());
    QCOMPARE(json.at("target").get<std::string>(), std::string("negatives"));
}

QTEST_GUILESS_MAIN(NegativesImportTest)
#include "NegativesImportTest.moc"
