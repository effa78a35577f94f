#include "core/store/Schema.h"
#include "tests/app/Program.h"
#include "tests/support/Datasets.h"
#include "tests/support/Interactions.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <fmt/format.h>

namespace transept {

using test::Outcome;
using Words = std::vector<std::string>;

/// Whatever is wrong with the input: status 3, a sentence that says what, where and what to do, nothing on
/// standard output, and a workspace as it was.
class BadInputTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void badFileIsRefused_data();
    void badFileIsRefused();
    void badSpecIsRefused_data();
    void badSpecIsRefused();
    void tooMuchMemoryIsRefused();
    void badNameIsRefused_data();
    void badNameIsRefused();
    void foreignAndNewerFilesAreLeftAlone_data();
    void foreignAndNewerFilesAreLeftAlone();
    void refusedImportMakesNoWorkspace();
    void brokenRowsAreRejectedAndTheRestImported();
    void unwritableTargetIsAFailure();

private:
    Outcome call(const QString& line, const QByteArray& input = {}) const
    {
        return test::runProgram(m_folder.path("."), line, input);
    }
    std::string counts() const;
    void refuses(const QString& line, const Words& said, const QByteArray& input = {}) const;

    test::Temporary m_folder;
};

void BadInputTest::initTestCase()
{
    std::string films = "films: ";
    for (int user = 1; user <= 20; ++user) {
        for (int item = 1 + user % 3; item <= 12; item += 2) {
            films += fmt::format("u{} i{} {}, ", user, item, 1 + (user * item) % 5);
        }
    }
    const Workspace workspace = m_folder.workspace("w.transept");
    test::fill(workspace,
               films + "\nbooks/shop: ann dune 5, bob emma 3\nplays, implicit: u1 abba, u2 queen 12");
    m_folder.write("ratings.csv", "user,item,rating\nann,dune,5\nbob,emma,3\n");
    m_folder.write("empty.csv", "");
    m_folder.write("header.csv", "user,item,rating\n");
    m_folder.write("binary.csv", std::string("\x7f\0\1\2\xff\0\0\3", 8));
    m_folder.write("half.csv.gz", "\x1f\x8b\x08 torn");
    m_folder.write("words.csv", "user,item,rating\nann,dune,good\nbob,emma,bad\n");
    m_folder.write("half.json", "{\"data\": {\"target\": \"films\"},\n \"method\": {\"name\": \"mf\",}}");
    m_folder.write("list.json", "[1, 2]");
}

/// How many rows every table has.
std::string BadInputTest::counts() const
{
    const Workspace workspace = test::valueOf(Workspace::open(m_folder.path("w.transept"), Access::ReadOnly));
    Statement tables = test::valueOf(
        workspace.database().prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"));
    std::string all;
    while (test::valueOf(tables.step())) {
        const std::string name(tables.text(0));
        const auto rows = test::valueOf(workspace.database().scalar("SELECT count(*) FROM \"" + name + "\""));
        all += fmt::format("{} {}, ", name, rows.value_or(-1));
    }
    return all;
}

void BadInputTest::refuses(const QString& line, const Words& said, const QByteArray& input) const
{
    const std::string before = counts();

    const Outcome outcome = call(line, input);

    QVERIFY2(outcome.status == 3, (std::to_string(outcome.status) + " " + outcome.errors).c_str());
    for (const std::string& words : said) {
        QVERIFY2(outcome.complainsOf(words), outcome.errors.c_str());
    }
    QVERIFY2(outcome.output.empty(), outcome.output.c_str());
    QCOMPARE(counts(), before);
}

void BadInputTest::badFileIsRefused_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<Words>("said");

    QTest::newRow("missing") << "nowhere.csv --domain new" << Words{"nowhere.csv", "Check the name"};
    QTest::newRow("empty") << "empty.csv --domain new" << Words{"empty.csv", "Choose another file"};
    QTest::newRow("only a header") << "header.csv --domain new" << Words{"header.csv", "has no rows"};
    QTest::newRow("binary") << "binary.csv --domain new"
                            << Words{"binary.csv", "Choose a delimited text file"};
    QTest::newRow("torn archive") << "half.csv.gz --domain new" << Words{"half.csv.gz", "fetch it again"};
    QTest::newRow("cut archive") << "cut.csv.gz --domain new" << Words{"cut.csv.gz", "again"};
    QTest::newRow("folder") << ". --domain new" << Words{"is a folder", "Choose a file"};
    QTest::newRow("delimiter") << "ratings.csv --domain new --format delimiter=;"
                               << Words{"ratings.csv", "user,item,rating", "another delimiter"};
    QTest::newRow("number of a column") << "ratings.csv --domain new --columns user=1,item=9,value=3"
                                        << Words{"column 9", "user, item, rating"};
    QTest::newRow("name of a column")
        << "ratings.csv --domain new --columns user=usr,item=2" << Words{"usr", "Did you mean user"};
    QTest::newRow("role") << "ratings.csv --domain new --columns usr=1" << Words{"usr", "Did you mean user"};
    QTest::newRow("text as a rating")
        << "words.csv --domain new" << Words{"words.csv, line 2", "rating", "good", "no number"};
    QTest::newRow("text as a named rating") << "words.csv --domain new --columns user=1,item=2,value=3"
                                            << Words{"words.csv", "Line 2", "good", "Check the delimiter"};
    QTest::newRow("no ratings for a domain of them")
        << "ratings.csv --domain films --columns user=1,item=2"
        << Words{"films holds ratings", "Name the column of values"};
    QTest::newRow("events for a domain of ratings")
        << "events.csv --domain films" << Words{"films holds ratings", "Name the column of values"};
    QTest::newRow("platform") << "ratings.csv --domain films --platform shop"
                              << Words{"films", "web", "shop", "Choose another name"};
    QTest::newRow("preset") << "ratings.csv --domain new --preset movilens-csv"
                            << Words{"movilens-csv", "Did you mean movielens-csv"};
    QTest::newRow("format") << "ratings.csv --domain new --format delimter=,"
                            << Words{"delimter", "Did you mean delimiter"};
    QTest::newRow("no domain") << "ratings.csv" << Words{"ratings.csv", "no domain is named", "Name it"};
    QTest::newRow("stop at the first bad row")
        << "dirty.csv --domain new --on-error stop"
        << Words{"dirty.csv, line 3", "\"good\" is not a number", "Nothing was imported"};
    QTest::newRow("items of no domain")
        << "events.csv --domain-from-items --columns user=1,item=2" << Words{"several platforms", "Name one"};
}

void BadInputTest::badFileIsRefused()
{
    QFETCH(QString, arguments);
    QFETCH(Words, said);
    m_folder.write("events.csv", "user,item\nann,dune\nbob,emma\n");
    m_folder.write("dirty.csv", "user,item,rating\nann,dune,5\nbob,dune,good\ncyd,dune,4\neve,dune,3\n");
    m_folder.write(
        "cut.csv.gz",
        std::string_view("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x2b\x2d\x4e\x2d\xd2\xc9\x2c\x49", 18));

    refuses(QStringLiteral("import w.transept ") + arguments, said);
}

void BadInputTest::badSpecIsRefused_data()
{
    QTest::addColumn<QString>("setting"); // PATH=VALUE ... on the smallest spec
    QTest::addColumn<Words>("said");

    const auto row = [](const char* setting, const Words& said) {
        QTest::newRow(setting) << QString::fromUtf8(setting) << said;
    };
    row("data.target=flims", {"data.target", "flims", "Did you mean films"});
    row("data.targett=films", {"data.targett", "Did you mean target"});
    row("data.sources=[\"bokks\"]", {"data.sources[0]", "bokks", "Did you mean books"});
    row("data.sources=[\"films\"]", {"data.sources", "which is the target", "Take it out"});
    row("method={\"name\":\"emcdr\"}", {"emcdr", "needs a source domain", "data.sources"});
    row("method={\"name\":\"emcdr\"} data.sources=[\"books\"]",
        {"emcdr", "act in films", "nobody does in books", "link the accounts"});
    row("method={\"name\":\"popularity\"} data.target=plays",
        {"split leaves no test user", "plays", "choose another split"});
    row("split.kind=cold-user data.sources=[\"books\"]", {"cold-user", "nobody does in books"});
    row("method={\"name\":\"carried-bias\"} data.target=plays data.sources=[\"films\"]",
        {"carried-bias", "plays holds implicit feedback"});
    row("method={\"name\":\"kfmf\"}", {"kfmf", "needs knowledge", "transept knowledge"});
    row("method.name=mff", {"method.name", "mff", "Did you mean mf"});
    row("method.epoch=3", {"method.epoch", "Did you mean epochs"});
    row("method.epochs=many", {"method.epochs", "whole number"});
    row("method.epochs=-1", {"method.epochs", "between 1 and"});
    row("method.factors=0", {"method.factors", "between 1 and"});
    row("method.factors=100000", {"method.factors", "between 1 and"});
    row("method.factors=1e300", {"method.factors", "between 1 and"});
    row("method.learning-rate=-0.1", {"method.learning-rate", "between"});
    row("split.ratios=[1,0,0]", {"split.ratios", "above 0"});
    row("split.ratios=[0.5,0.5]", {"split.ratios", "three numbers"});
    row("split.kind=k-fold split.folds=1", {"split.folds", "between 2"});
    row("split.share=1", {"split.share", "between"});
    row("method.optimizer=sdg", {"method.optimizer", "sdg", "Did you mean sgd"});
    row("knowledge=words", {"knowledge", "words", "Extract one first"});
    row("split.kind=wram", {"split.kind", "wram", "Did you mean warm"});
    row("split.kind=given", {"films", "--part", "choose another split"});
    row("split.kind=temporal", {"films", "times", "time column"});
    row("split.kind=cold-user", {"cold-user", "data.sources"});
    row("split.ratios=[1,2,3]", {"split.ratios", "add up to 1"});
    row("split.kind=k-fold split.fold=7", {"split.fold", "between 0 and 4"});
    row("measures=[\"rsme\"]", {"measures[0]", "rsme", "Did you mean rmse"});
    row("measures=[\"ndcg\"]", {"measures[0]", "ndcg@10"});
    row("measures=[\"ndcg@10\",\"ndcg@10\"]", {"measures", "ndcg@10 twice"});
    row("measures=[\"ndcg@10\",\"NDCG@10\"]", {"measures[1]", "NDCG@10", "Did you mean ndcg@10"});
    row("measures=[\"ndcg@10\",\"ndcg@010\"]", {"measures[1]", "ndcg@010", "whole number"});
    row("measures=[\"ndcg@0\"]", {"measures[0]", "from 1 to 1000"});
    row("measures=[\"ndcg@1001\"]", {"measures[0]", "from 1 to 1000"});
    row("data.sources=[\"books\",\"books\"]", {"data.sources", "books twice"});
    row("stop.measure=rsme", {"stop.measure", "Did you mean rmse"});
    row("data.where.min_user=1000", {"films", "Lower data.where.min_user"});
    row("data.where.min_item=1000", {"films", "data.where.min_item"});
    row("data.where.min_user=some", {"data.where.min_user", "whole number"});
    row("data.positive=9", {"data.positive", "9", "end at 5", "Lower it"});
    row("seed=-1", {"seed", "whole number"});
    row("threads=2", {"threads", "--threads"});
    row("transept=2", {"version 1", "update the program"});
    row("seed", {"--set seed", "PATH=VALUE"});
}

void BadInputTest::badSpecIsRefused()
{
    QFETCH(QString, setting);
    QFETCH(Words, said);
    QString arguments;
    for (const QString& each : setting.split(QLatin1Char(' '))) {
        arguments += QStringLiteral(" --set ") + each;
    }
    arguments.replace(QLatin1Char('"'), QStringLiteral("\"\"\"")); // as QProcess::splitCommand() reads it
    refuses(QStringLiteral("run w.transept - --json") + arguments,
            said,
            R"({"data": {"target": "films"}, "method": {"name": "mf"}})");
}

/// An address space (ulimit -v) that holds the program and little more.
void BadInputTest::tooMuchMemoryIsRefused()
{
    {
        const Workspace many = m_folder.workspace("many.transept");
        std::string crowd = "films: ";
        for (int user = 1; user <= 20'000; ++user) {
            crowd += fmt::format("u{} i{} {}, u{} i{} 3, u{} i{} 4, ",
                                 user,
                                 user % 5'000,
                                 1 + user % 5,
                                 user,
                                 (7 * user + 1) % 5'000,
                                 user,
                                 (11 * user + 2) % 5'000);
        }
        test::fill(many, crowd);
    }
    const QByteArray spec = R"({"data": {"target": "films"}, "method": {"name": "mf", "factors": 512}})";
    const auto runIn = [&](const char* kilobytes, const QString& options) {
        QProcess shell;
        shell.setWorkingDirectory(QString::fromStdString(m_folder.path(".").string()));
        shell.start(QStringLiteral("bash"),
                    {QStringLiteral("-c"),
                     QStringLiteral("ulimit -v %1 && exec \"%2\" run many.transept - --threads 1 %3")
                         .arg(QString::fromLatin1(kilobytes), QStringLiteral(TRANSEPT_PROGRAM), options)});
        shell.write(spec);
        shell.closeWriteChannel();
        shell.waitForFinished(120'000);
        return Outcome{.status = shell.exitCode(),
                       .output = shell.readAllStandardOutput().toStdString(),
                       .errors = shell.readAllStandardError().toStdString()};
    };

    const Outcome refused = runIn("600000", QStringLiteral("--json"));

    QVERIFY2(refused.status == 3, (std::to_string(refused.status) + " " + refused.errors).c_str());
    QVERIFY2(refused.complainsOf("method.factors is 512"), refused.errors.c_str());
    QVERIFY2(refused.complainsOf("fits"), refused.errors.c_str());
    QVERIFY(refused.output.empty());
    QCOMPARE(call(QStringLiteral("runs many.transept --json")).document().at("runs").size(), std::size_t{0});
    QCOMPARE(runIn("600000", QStringLiteral("--set method.factors=8 --set method.epochs=1")).status, 0);
}

void BadInputTest::badNameIsRefused_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<Words>("said");

    const auto row = [](const char* line, const Words& said) {
        QTest::newRow(line) << QString::fromUtf8(line) << said;
    };
    row("run w.transept half.json", {"half.json, line 2, column", "Correct the text"});
    row("run w.transept list.json", {"object"});
    row("run w.transept nowhere.json", {"nowhere.json", "Check the name"});
    row("run w.transept .", {"cannot be read", "Check the name"});
    row("run w.transept w.transept", {"w.transept cannot be read", "Check the name"});
    row("apply w.transept --model w.transept --to lists.csv", {"w.transept is no model file"});
    row("run w.transept --resume 9", {"run 9"});
    row("run w.transept --resume nine", {"nine", "transept runs"});
    row("show w.transept 9", {"run 9", "transept runs"});
    row("show w.transept nine", {"nine", "transept runs"});
    row("compare w.transept 8 9", {"run 8", "transept runs"});
    row("recommend w.transept 9 --user u1", {"run 9", "transept runs"});
    row("recommend w.transept 9 --user nobody", {"nobody"});
    row("export w.transept 9 --what lists --to lists.csv", {"run 9", "transept runs"});
    row("export w.transept words --what facets --to facets.csv", {"words"});
    row("data w.transept flims", {"flims", "Did you mean films"});
    row("data nowhere.transept", {"nowhere.transept", "Check the name"});
    row("inspect binary.csv", {"binary.csv", "Choose"});
    row("methods kfmff", {"kfmff", "Did you mean kfmf"});
    row("knowledge w.transept --extractor lexicl --name k", {"lexicl", "Did you mean lexical"});
    row("knowledge w.transept --extractor lexical --name k --set dimensin=3",
        {"dimensin", "Did you mean dimension"});
    row("knowledge w.transept --extractor lexical --name k --set dimension=many",
        {"dimension", "whole number"});
    row("knowledge w.transept --extractor lexical --name k --domains flims", {"flims"});
    row("knowledge w.transept --extractor lexical --name k --fields blurb", {"blurb", "title"});
    row("knowledge w.transept --extractor lexical --name k --resume", {"k"});
}

void BadInputTest::badNameIsRefused()
{
    QFETCH(QString, line);
    QFETCH(Words, said);

    refuses(line, said);
}

void BadInputTest::foreignAndNewerFilesAreLeftAlone_data()
{
    QTest::addColumn<QString>("line");
    for (const char* line : {"import %1 ratings.csv --domain new",
                             "data %1",
                             "runs %1",
                             "run %1 spec.json",
                             "knowledge %1 --extractor lexical --name k",
                             "show %1 1"}) {
        QTest::newRow(line) << QString::fromUtf8(line);
    }
}

void BadInputTest::foreignAndNewerFilesAreLeftAlone()
{
    QFETCH(QString, line);
    m_folder.write("foreign.transept", "user,item,rating\nann,dune,5\n");
    std::filesystem::remove(m_folder.path("newer.transept"));
    {
        const Workspace newer = m_folder.workspace("newer.transept");
        QVERIFY_OK(newer.database().execute(
            fmt::format("PRAGMA user_version = {}; PRAGMA journal_mode = DELETE", schema::version + 1)));
    }
    for (const auto& [file, said] : {std::pair{"foreign.transept", "is not a Transept workspace"},
                                     std::pair{"newer.transept", "newer Transept"}}) {
        const std::string before = test::contentOf(m_folder.path(file));

        const Outcome outcome = call(line.arg(QString::fromUtf8(file)));

        QCOMPARE(outcome.status, 3);
        QVERIFY2(outcome.complainsOf(said), outcome.errors.c_str());
        QVERIFY(test::contentOf(m_folder.path(file)) == before);
    }
}

void BadInputTest::refusedImportMakesNoWorkspace()
{
    QCOMPARE(call(QStringLiteral("import none.transept words.csv --domain new")).status, 3);

    QVERIFY(!std::filesystem::exists(m_folder.path("none.transept")));
    QVERIFY(!std::filesystem::exists(m_folder.path("none.transept-wal")));
}

void BadInputTest::brokenRowsAreRejectedAndTheRestImported()
{
    m_folder.write("ragged.csv", "user,item,rating\nann,dune,5\nbob\ncyd,dune,4\neve,dune,good\nfay,,3\n");

    const Outcome outcome = call(QStringLiteral("import ragged.transept ragged.csv --domain new --json"));

    QCOMPARE(outcome.status, 0);
    QCOMPARE(outcome.document().at("imported").get<int>(), 2);
    QCOMPARE(outcome.document().at("rejected").get<int>(), 3);
}

void BadInputTest::unwritableTargetIsAFailure()
{
    QCOMPARE(call(QStringLiteral("run w.transept -"),
                  R"({"data": {"target": "films"}, "method": {"name": "bias"}})")
                 .status,
             0);

    const Outcome outcome = call(QStringLiteral("export w.transept 1 --what lists --to nowhere/lists.csv"));

    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.complainsOf("nowhere/lists.csv"), outcome.errors.c_str());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::BadInputTest)
#include "BadInputTest.moc"
