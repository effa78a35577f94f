#include "tests/app/FilmFiles.h"
#include "tests/app/Program.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <csignal>
#include <set>

namespace transept {

using test::hasKeys;
using test::Keys;
using test::keysOf;
using test::Outcome;

/// What a script relies on: names in documents, exit statuses, sentences.
class CommandLineTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void inspectDescribesTheFile();
    void importAccountsForEveryRow();
    void importOfSeveralFilesAddsThemUp();
    void dataCountsDomainsAndOverlap();
    void methodsDescribeThemselves();
    void sampleTellsWhatItMade();
    void runTellsMeasuresUsersAndSeconds();
    void estimateTellsTimeAndMemoryAndTrainsNothing();
    void controlsRunBesideARun();
    void runsShowAndCompareAgreeOnTheMeasures();
    void auditTellsItsFindingsAlsoBelowAComparison();
    void recommendationsNameItemsAndReasons();
    void recommendationsOfABayesianMethodHaveDeviations();
    void resultsOfOthersAreMeasuredAsARun();
    void runIsNamedNotedAndStarred();
    void domainIsRenamed();
    void deletedIsListedAndBroughtBack_data();
    void deletedIsListedAndBroughtBack();
    void threadsNeverChangeAResult();
    void interruptedImportKeepsWhatItCommittedAndGoesOn();

private:
    Outcome call(const QString& line, const QByteArray& input = {}) const
    {
        return test::runProgram(m_folder.path("."), line, input);
    }

    test::Temporary m_folder;
};

void CommandLineTest::initTestCase()
{
    m_folder.write("ratings.csv", test::ratingsFile());
    m_folder.write("titles.csv", test::titlesFile());
    m_folder.write("other.csv", "user,item,rating\n1,a,5\n2,b,3\n99,a,4\n");
    m_folder.write("spec.json", R"({"data": {"target": "films"}, "method": {"name": "mf", "epochs": 3},
        "measures": ["rmse", "ndcg@10"]})");
    QCOMPARE(call(QStringLiteral("import w.transept ratings.csv --domain films --platform web")).status, 0);
    QCOMPARE(call(QStringLiteral("import w.transept other.csv --domain books --platform web")).status, 0);
}

void CommandLineTest::inspectDescribesTheFile()
{
    const Outcome outcome = call(QStringLiteral("inspect ratings.csv --json"));

    QCOMPARE(outcome.status, 0);
    const Json document = outcome.document();
    QCOMPARE(
        keysOf(document),
        (Keys{"file", "bytes", "format", "preset", "target", "columns", "evidence", "rows", "whole_file"}));
    QCOMPARE(document.at("format").at("delimiter").get<std::string>(), std::string("comma"));
    QCOMPARE(document.at("columns")[0].at("role").get<std::string>(), std::string("user"));
    QCOMPARE(keysOf(document.at("columns")[0]), (Keys{"name", "type", "role", "evidence"}));
    QCOMPARE(document.at("rows")[0].at("line").get<int>(), 2);
}

void CommandLineTest::importAccountsForEveryRow()
{
    m_folder.write("dirty.csv", "user,item,rating\nann,dune,5\nbob,dune,good\n\nann,emma,3\nann,emma,4\n");

    const Outcome outcome = call(QStringLiteral("import own.transept dirty.csv --domain books --columns "
                                                "user=1,item=2,value=3 --rejects bad.csv --json"));

    QCOMPARE(outcome.status, 0);
    const Json document = outcome.document();
    QCOMPARE(keysOf(document), (Keys{"import", "read", "imported", "rejected", "skipped", "seconds"}));
    QCOMPARE(document.at("read").get<int>(), 5);
    QCOMPARE(document.at("imported").get<int>(), 2);
    QCOMPARE(document.at("rejected").get<int>(), 1);
    QCOMPARE(document.at("skipped").get<int>(), 2); // the blank line and the pair that was replaced
    QVERIFY(test::contentOf(m_folder.path("bad.csv")).find("bob,dune,good") != std::string::npos);
}

void CommandLineTest::importOfSeveralFilesAddsThemUp()
{
    m_folder.write("more.csv", "user,item,rating\ncyd,emma,1\n");

    const Json document =
        call(QStringLiteral("import two.transept other.csv more.csv --domain books --json")).document();

    QCOMPARE(document.at("read").get<int>(), 4);
    QCOMPARE(document.at("imports").size(), std::size_t{2});
    QCOMPARE(document.at("imports")[1].at("imported").get<int>(), 1);
}

void CommandLineTest::dataCountsDomainsAndOverlap()
{
    const Outcome outcome = call(QStringLiteral("data w.transept --json"));

    QCOMPARE(outcome.status, 0);
    const Json document = outcome.document();
    QCOMPARE(keysOf(document), (Keys{"domains", "overlap"}));
    QCOMPARE(document.at("domains").size(), std::size_t{2});
    const Json& films = document.at("domains")[0];
    QCOMPARE(
        keysOf(films),
        (Keys{"name", "platform", "kind", "users", "items", "interactions", "density", "scale", "texts"}));
    QCOMPARE(films.at("users").get<int>(), 60);
    QCOMPARE(films.at("items").get<int>(), 40);
    QCOMPARE(films.at("scale").dump(), std::string("[1.0,5.0]"));
    QCOMPARE(document.at("overlap")[0].dump(),
             std::string(R"({"a":"films","b":"books","items":0,"users":2})"));
    QCOMPARE(call(QStringLiteral("data w.transept books --json")).document().at("domains").size(),
             std::size_t{1});
}

void CommandLineTest::methodsDescribeThemselves()
{
    const Json all = call(QStringLiteral("methods --json")).document();
    QVERIFY(all.size() >= 14);
    for (const Json& method : all) {
        QVERIFY(hasKeys(method,
                        {"name",
                         "title",
                         "family",
                         "source",
                         "meaning",
                         "needs",
                         "needs_by_parameters",
                         "uses_sources",
                         "uses_knowledge",
                         "iterative",
                         "starts_warm",
                         "parameters"}));
        for (const Json& parameter : method.at("parameters")) {
            QVERIFY(hasKeys(parameter, {"name", "type", "default", "label", "meaning", "unit", "only_when"}));
        }
    }
    const Json kfmf = call(QStringLiteral("methods kfmf --json")).document();
    QVERIFY(kfmf.at("needs").at("knowledge").get<bool>());
    const Json members = call(QStringLiteral("methods ensemble --json")).document().at("parameters")[0];
    QCOMPARE(members.at("type").get<std::string>(), std::string("table"));
    QCOMPARE(members.at("columns")[0].at("name").get<std::string>(), std::string("member-weight"));
    QCOMPARE(members.at("methods").size(), all.size());
    QCOMPARE(members.at("default")[0].at("name").get<std::string>(), std::string("ease"));
    const std::string rules = call(QStringLiteral("methods rule")).output;
    QVERIFY(rules.find("rules: 0 to 1000 rows.") != std::string::npos);
    QVERIFY(rules.find("Needs: knowledge (vectors), source domains; it depends") != std::string::npos);
}

void CommandLineTest::sampleTellsWhatItMade()
{
    const Outcome outcome = call(QStringLiteral("sample s.transept --seed 3 --json"));

    QCOMPARE(outcome.status, 0);
    const Json document = outcome.document();
    QCOMPARE(keysOf(document),
             (Keys{"workspace", "folder", "read", "imported", "rejected", "skipped", "seconds"}));
    QCOMPARE(document.at("read").get<int>(),
             document.at("imported").get<int>() + document.at("rejected").get<int>() +
                 document.at("skipped").get<int>());
    QCOMPARE(call(QStringLiteral("sample s.transept")).status, 3); // it is there already
}

void CommandLineTest::runTellsMeasuresUsersAndSeconds()
{
    const Outcome outcome = call(QStringLiteral("run w.transept spec.json --json --set name=told"));

    QCOMPARE(outcome.status, 0);
    const Json document = outcome.document();
    QCOMPARE(keysOf(document),
             (Keys{"run",
                   "name",
                   "state",
                   "measures",
                   "validation",
                   "diagnostics",
                   "users",
                   "seconds",
                   "memory_mb",
                   "phase_mb"}));
    QCOMPARE(document.at("state").get<std::string>(), std::string("finished"));
    QCOMPARE(document.at("name").get<std::string>(), std::string("told"));
    QCOMPARE(keysOf(document.at("measures")), (Keys{"ndcg@10", "rmse"}));
    QCOMPARE(keysOf(document.at("seconds")), (Keys{"evaluate", "load", "train"}));
    QCOMPARE(document.at("users").get<int>(), 60);
}

void CommandLineTest::estimateTellsTimeAndMemoryAndTrainsNothing()
{
    const auto runs = [&] { return call(QStringLiteral("runs w.transept --json")).output; };
    const std::string before = runs();
    const QByteArray spec =
        R"({"data": {"target": "films"}, "method": {"name": "mf", "epochs": 20}, "stop": {"patience": 3}})";

    const Outcome outcome = call(QStringLiteral("run w.transept - --estimate --json"), spec);

    QCOMPARE(outcome.status, 0);
    const Json document = outcome.document();
    QVERIFY(
        hasKeys(document, {"method", "known", "epochs", "seconds", "memory_mb", "available_mb", "threads"}));
    QVERIFY(hasKeys(document["seconds"], {"load", "train", "train_least", "evaluate"}));
    QVERIFY(hasKeys(document["memory_mb"], {"load", "train", "evaluate", "peak"}));
    QCOMPARE(document["epochs"]["least"].get<int>(), 4);
    QCOMPARE(document["epochs"]["most"].get<int>(), 20);
    QVERIFY(document["seconds"]["train_least"].get<double>() < document["seconds"]["train"].get<double>());
    QCOMPARE(runs(), before);

    const Outcome table = call(QStringLiteral("run w.transept - --estimate"), spec);
    QCOMPARE(table.status, 0);
    QVERIFY2(table.output.find("4 to 20 epochs") != std::string::npos, table.output.c_str());
    QCOMPARE(call(QStringLiteral("run w.transept - --estimate --set data.target=flims"), spec).status, 3);
}

void CommandLineTest::controlsRunBesideARun()
{
    const Json report = call(QStringLiteral("run w.transept spec.json --controls --json")).document();

    Keys names;
    for (const Json& control : report.at("controls")) {
        names.insert(control.at("name").get<std::string>());
        QVERIFY(control.at("measures").contains("ndcg@10"));
    }
    QCOMPARE(names,
             (Keys{"control: popularity",
                   "control: global mean",
                   "control: item mean",
                   "control: user mean",
                   "control: bias"}));
    QVERIFY(report.at("measures").contains("rmse"));
    const std::string table = call(QStringLiteral("run w.transept spec.json --controls")).output;
    for (const std::string& name : names) {
        QVERIFY2(table.find(name) != std::string::npos, name.c_str());
    }
}

void CommandLineTest::runsShowAndCompareAgreeOnTheMeasures()
{
    const Json first = call(QStringLiteral("run w.transept spec.json --json --set seed=1")).document();
    const Json second = call(QStringLiteral("run w.transept spec.json --json --set seed=2")).document();
    const QString numbers =
        QStringLiteral("%1 %2").arg(first.at("run").get<int>()).arg(second.at("run").get<int>());

    const Json runs = call(QStringLiteral("runs w.transept --json")).document().at("runs");
    const Json shown =
        call(QStringLiteral("show w.transept %1 --json").arg(second.at("run").get<int>())).document();
    const Json compared = call(QStringLiteral("compare w.transept %1 --json").arg(numbers)).document();

    QVERIFY(hasKeys(
        runs.back(),
        {"run", "name", "method", "state", "measures", "users", "seconds", "created", "star", "note"}));
    QVERIFY(runs.back().at("measures") == second.at("measures"));
    QVERIFY(hasKeys(
        shown,
        {"run", "spec", "spec_hash", "fingerprint", "version", "epoch", "best_epoch", "measures", "curves"}));
    QVERIFY(shown.at("measures") == second.at("measures"));
    QCOMPARE(shown.at("spec").at("seed").get<int>(), 2);
    QCOMPARE(shown.at("curves").at("train loss").at("steps").size(), std::size_t{3});
    QCOMPARE(keysOf(compared),
             (Keys{"runs", "names", "same_data", "measures", "spec_difference", "costs", "findings"}));
    QCOMPARE(keysOf(compared.at("costs")[1]), (Keys{"seconds", "memory_mb", "phase_mb"}));
    QCOMPARE(keysOf(compared.at("costs")[1].at("phase_mb")), (Keys{"load", "train", "evaluate"}));
    QVERIFY(compared.at("costs")[1].at("phase_mb").at("train").get<double>() > 1.0);
    QCOMPARE(keysOf(shown.at("seconds")), (Keys{"load", "train", "evaluate"}));
    QVERIFY(compared.at("costs")[1].at("seconds") == shown.at("seconds"));
    const Json& rmse = compared.at("measures").at("rmse");
    QCOMPARE(keysOf(rmse), (Keys{"values", "intervals", "p", "wins"}));
    QVERIFY(rmse.at("values")[1] == second.at("measures").at("rmse"));
    QVERIFY(rmse.at("intervals")[0][0] < rmse.at("values")[0]);
    QVERIFY(rmse.at("values")[0] < rmse.at("intervals")[0][1]);
    QCOMPARE(compared.at("spec_difference").dump(), std::string(R"({"seed":[1,2]})"));
}

void CommandLineTest::auditTellsItsFindingsAlsoBelowAComparison()
{
    const auto runOf = [&](const char* method) {
        const std::string spec =
            fmt::format(R"({{"data": {{"target": "films"}}, "method": {{"name": "{}"}}}})", method);
        return call(QStringLiteral("run w.transept - --json"), QByteArray::fromStdString(spec))
            .document()
            .at("run")
            .get<int>();
    };
    const auto codesIn = [](const Json& document) {
        Keys codes;
        for (const Json& finding : document.at("findings")) {
            codes.insert(finding.at("code").get<std::string>());
        }
        return codes;
    };
    const QString runs = QStringLiteral("w.transept %1 %2").arg(runOf("item-knn")).arg(runOf("ease"));

    const Outcome audited = call(QStringLiteral("audit %1 --json").arg(runs));

    QCOMPARE(audited.status, 0);
    QCOMPARE(keysOf(audited.document()), Keys{"findings"});
    QVERIFY(codesIn(audited.document()).contains("no-control"));
    QCOMPARE(keysOf(audited.document().at("findings")[0]),
             (Keys{"code", "severity", "runs", "sentence", "arguments", "figures"}));
    const Json compared = call(QStringLiteral("compare %1 --findings --json").arg(runs)).document();
    QVERIFY(compared.at("findings") == audited.document().at("findings"));
    QVERIFY(call(QStringLiteral("compare %1 --findings").arg(runs)).output.find("no-control") !=
            std::string::npos);
    QVERIFY(call(QStringLiteral("compare %1 --json").arg(runs)).document().at("findings").is_null());
    QVERIFY(call(QStringLiteral("compare %1").arg(runs)).output.find("no-control") == std::string::npos);
    QCOMPARE(call(QStringLiteral("audit w.transept 999")).status, 3);
    const Json controlled =
        call(QStringLiteral("audit %1 %2 --json").arg(runs).arg(runOf("bias"))).document();
    QVERIFY(!codesIn(controlled).contains("no-control"));
}

void CommandLineTest::recommendationsNameItemsAndReasons()
{
    const Json run = call(QStringLiteral("run w.transept - --json"),
                          R"({"data": {"target": "films"}, "method": {"name": "ease"}})")
                         .document();

    const Outcome outcome = call(QStringLiteral("recommend w.transept %1 --user 7 --top 3 --reasons --json")
                                     .arg(run.at("run").get<int>()));

    QCOMPARE(outcome.status, 0);
    const Json document = outcome.document();
    QCOMPARE(keysOf(document), (Keys{"user", "folded_in", "new_items", "items"}));
    QCOMPARE(document.at("items").size(), std::size_t{3});
    const Json& item = document.at("items")[0];
    QCOMPARE(keysOf(item), (Keys{"rank", "key", "title", "score", "confirmed", "new", "reasons"}));
    QCOMPARE(item.at("rank").get<int>(), 1);
    QCOMPARE(keysOf(item.at("reasons")[0]), (Keys{"kind", "domain", "key", "title", "weight"}));

    const auto keyOf = [](const Json& list, std::size_t at) {
        return QString::fromStdString(list.at("items")[at].at("key").get<std::string>());
    };
    const QString among = QStringLiteral("recommend w.transept %1 --user 7 --among %2 --json");
    const int number = run.at("run").get<int>();
    const Json alone =
        call(among.arg(number).arg(keyOf(document, 2) + QLatin1Char(' ') + keyOf(document, 1))).document();
    QCOMPARE(alone.at("items").size(), std::size_t{2});
    QCOMPARE(keyOf(alone, 0), keyOf(document, 1));
    QCOMPARE(keyOf(alone, 1), keyOf(document, 2));
    QVERIFY(call(among.arg(number).arg(QStringLiteral("none"))).complainsOf("none"));
}

void CommandLineTest::recommendationsOfABayesianMethodHaveDeviations()
{
    const Json run = call(QStringLiteral("run w.transept - --json"),
                          R"({"data": {"target": "films"}, "method": {"name": "bayesian-mf", "samples": 5}})")
                         .document();

    const Outcome outcome =
        call(QStringLiteral("recommend w.transept %1 --user 7 --top 3 --json").arg(run.at("run").get<int>()));

    QCOMPARE(outcome.status, 0);
    const Json list = outcome.document();
    for (const Json& item : list.at("items")) {
        QVERIFY(item.at("deviation").get<double>() > 0.0);
    }
}

void CommandLineTest::resultsOfOthersAreMeasuredAsARun()
{
    QCOMPARE(call(QStringLiteral("run w.transept spec.json")).status, 0);
    QCOMPARE(call(QStringLiteral("export w.transept 1 --what lists --to theirs.csv")).status, 0);
    const std::size_t before = call(QStringLiteral("runs w.transept --json")).document().at("runs").size();

    const Outcome outcome = call(QStringLiteral("import-results w.transept theirs.csv --like 1 --name theirs "
                                                "--program ranker --json"));

    QCOMPARE(outcome.status, 0);
    const Json document = outcome.document();
    QVERIFY(hasKeys(document,
                    {"run",
                     "name",
                     "state",
                     "measures",
                     "users",
                     "rows",
                     "not_tested",
                     "lists",
                     "predictions",
                     "not_measured"}));
    QCOMPARE(keysOf(document.at("lists")), (Keys{"users", "missing", "short", "seen"}));
    QCOMPARE(keysOf(document.at("predictions")), (Keys{"pairs", "missing"}));
    QVERIFY(document.at("not_measured") == Json::array({"rmse"}));
    const Json own = call(QStringLiteral("show w.transept 1 --json")).document();
    QVERIFY(document.at("measures").at("ndcg@10") == own.at("measures").at("ndcg@10"));
    const Outcome shown = call(QStringLiteral("show w.transept %1").arg(document.at("run").get<int>()));
    QVERIFY(shown.output.find("ranker") != std::string::npos);

    m_folder.write("wrong.csv", "user,item,score\n1,1,0.5\n1,nothing,0.25\n");
    const Outcome wrong = call(QStringLiteral("import-results w.transept wrong.csv --like 1 --name wrong"));
    QCOMPARE(wrong.status, 3);
    QVERIFY2(wrong.complainsOf("wrong.csv, line 3: there is no item nothing"), wrong.errors.c_str());
    QCOMPARE(call(QStringLiteral("import-results w.transept theirs.csv --name none")).status, 2);
    QCOMPARE(call(QStringLiteral("runs w.transept --json")).document().at("runs").size(), before + 1);
}

void CommandLineTest::runIsNamedNotedAndStarred()
{
    const QString run = QString::number(
        call(QStringLiteral("run w.transept spec.json --json")).document().at("run").get<int>());
    const auto labels = [&] {
        return call(QStringLiteral("runs w.transept --json")).document().at("runs").back();
    };

    QCOMPARE(
        call(QStringLiteral("edit w.transept run %1 --name best --note \"twice as good\" --star --tags a,b")
                 .arg(run))
            .status,
        0);
    QCOMPARE(labels().at("name").get<std::string>(), std::string("best"));
    QCOMPARE(labels().at("note").get<std::string>(), std::string("twice as good"));
    QCOMPARE(labels().at("tags").get<std::string>(), std::string("a,b"));
    QVERIFY(labels().at("star").get<bool>());

    QCOMPARE(call(QStringLiteral("edit w.transept run %1 --no-star").arg(run)).status, 0);
    QVERIFY(!labels().at("star").get<bool>());
    QCOMPARE(labels().at("name").get<std::string>(), std::string("best"));
    QCOMPARE(call(QStringLiteral("edit w.transept run %1").arg(run)).status, 2);
    QCOMPARE(call(QStringLiteral("edit w.transept run 999 --star")).status, 3);
}

void CommandLineTest::domainIsRenamed()
{
    QCOMPARE(call(QStringLiteral("import shop.transept other.csv --domain book")).status, 0);

    QCOMPARE(call(QStringLiteral("edit shop.transept domain book --name books")).status, 0);
    QCOMPARE(call(QStringLiteral("data shop.transept books --json")).status, 0);
    QCOMPARE(call(QStringLiteral("data shop.transept book")).status, 3);
    QCOMPARE(call(QStringLiteral("edit shop.transept domain books --name a,b")).status, 3);
    QCOMPARE(call(QStringLiteral("edit shop.transept domain books --star")).status, 2);
}

void CommandLineTest::deletedIsListedAndBroughtBack_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("wherever"); ///< a call that fails without it

    QTest::newRow("run") << "run"
                         << "1"
                         << "show aside.transept 1";
    QTest::newRow("domain") << "domain"
                            << "films"
                            << "data aside.transept films";
    QTest::newRow("knowledge") << "knowledge"
                               << "words"
                               << "export aside.transept words --what vectors --to words.csv";
}

void CommandLineTest::deletedIsListedAndBroughtBack()
{
    QFETCH(QString, kind);
    QFETCH(QString, name);
    QFETCH(QString, wherever);
    if (!std::filesystem::exists(m_folder.path("aside.transept"))) {
        for (const char* line : {"import aside.transept ratings.csv --domain films",
                                 "import aside.transept titles.csv --domain films",
                                 "knowledge aside.transept --extractor lexical --name words",
                                 "run aside.transept spec.json"}) {
            QCOMPARE(call(QString::fromUtf8(line)).status, 0);
        }
    }

    QCOMPARE(call(QStringLiteral("delete aside.transept %1 %2").arg(kind, name)).status, 0);
    QCOMPARE(call(wherever).status, 3);
    QVERIFY(call(QStringLiteral("restore aside.transept")).output.find(kind.toStdString()) !=
            std::string::npos);
    QCOMPARE(call(QStringLiteral("delete aside.transept %1 %2").arg(kind, name)).status, 3);

    QCOMPARE(call(QStringLiteral("restore aside.transept %1 %2").arg(kind, name)).status, 0);
    QCOMPARE(call(wherever).status, 0);
    const Outcome again = call(QStringLiteral("restore aside.transept %1 %2").arg(kind, name));
    QCOMPARE(again.status, 3);
    QVERIFY(again.complainsOf("not among what was deleted"));
}

/// The arguments after "Example: transept" in the help of a subcommand.
void CommandLineTest::threadsNeverChangeAResult()
{
    const Json one = call(QStringLiteral("--threads 1 run w.transept spec.json --json")).document();
    const Json two = call(QStringLiteral("run w.transept spec.json --json --threads 2")).document();

    QVERIFY(one.at("measures") == two.at("measures"));
}

void CommandLineTest::interruptedImportKeepsWhatItCommittedAndGoesOn()
{
    constexpr int rows = 800'000;
    std::string content = "user,item,rating\n";
    for (int row = 0; row < rows; ++row) {
        content += fmt::format("{},{},{}\n", row % 20'000, row / 20'000, 1 + row % 5);
    }
    m_folder.write("large.csv", content);
    const auto imports = [&](const char* column) {
        const Result<Workspace> workspace =
            Workspace::open(m_folder.path("large.transept"), Access::ReadOnly);
        const auto sum =
            workspace
                ? workspace->database().scalar(fmt::format("SELECT coalesce(sum({}), 0) FROM import", column))
                : Result<std::optional<std::int64_t>>(std::nullopt);
        return sum ? sum->value_or(0) : 0;
    };
    QProcess program;
    program.setWorkingDirectory(QString::fromStdString(m_folder.path(".").string()));
    program.start(QStringLiteral(TRANSEPT_PROGRAM),
                  QProcess::splitCommand(QStringLiteral("import large.transept large.csv --domain films")));
    QTRY_VERIFY_WITH_TIMEOUT(imports("imported") > 0, 60'000);
    kill(static_cast<pid_t>(program.processId()), SIGINT);
    QVERIFY(program.waitForFinished(60'000));

    QCOMPARE(program.exitCode(), 130);
    const std::int64_t committed = imports("imported");
    QVERIFY(committed > 0 && committed < rows);
    {
        const Result<Workspace> workspace = Workspace::open(m_folder.path("large.transept"));
        QVERIFY_OK(workspace);
        QCOMPARE(workspace->database().scalar("SELECT count(*) FROM interaction")->value_or(0), committed);
        QCOMPARE(workspace->database()
                     .scalar("SELECT count(*) FROM import WHERE state = 'cancelled'")
                     ->value_or(0),
                 std::int64_t{1});
        Result<Statement> check = workspace->database().prepare("PRAGMA integrity_check");
        QVERIFY(check && check->step().value_or(false));
        QCOMPARE(std::string(check->text(0)), std::string("ok"));
    }
    QCOMPARE(call(QStringLiteral("import large.transept large.csv --domain films --resume")).status, 0);
    QCOMPARE(imports("imported"), std::int64_t{rows});
    QCOMPARE(imports("1"), std::int64_t{1});
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::CommandLineTest)
#include "CommandLineTest.moc"
