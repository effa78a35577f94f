#include "core/store/RunStore.h"
#include "tests/app/Program.h"
#include "tests/support/Interactions.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <fmt/format.h>

#include <cmath>
#include <csignal>
#include <fstream>
#include <set>

#include <sys/resource.h>
#include <unistd.h>

namespace transept {

using test::Keys;
using test::keysOf;
using test::Outcome;

/// Runs that are started, stopped, killed and resumed from the command line.
class RunCommandsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void specComesFromStandardInput();
    void missingSpecIsWrongUsage();
    void interruptEndsWith130AndResumeFinishes();
    void killedRunIsAnnouncedAndResumed();
    void runWithoutMemoryFailsAndSaysWhatToReduce();
    void givenNegativesAreImportedAndRankedAmong();
    void curvesAreThoseOfTheResults();
    void chosenItemsAreASegmentOfTheirOwn();
    void everyPartOfARunCanBeExported_data();
    void everyPartOfARunCanBeExported();

private:
    Outcome call(const QString& line, const QByteArray& input = {}) const
    {
        return test::runProgram(m_folder.path("."), line, input);
    }
    RunId startAndWaitForEpochs(QProcess& program, const QString& name) const;

    test::Temporary m_folder;
};

void RunCommandsTest::initTestCase()
{
    const Workspace workspace = m_folder.workspace("films.transept");
    std::string picture = "films: ";
    for (int user = 1; user <= 120; ++user) {
        for (int item = 1 + user % 3; item <= 80; item += 2 + user % 2) {
            picture += "u" + std::to_string(user) + " i" + std::to_string(item) + " " +
                       std::to_string(1 + (user * item + user) % 5) + ", ";
        }
    }
    test::fill(workspace, picture);
    m_folder.write("spec.json",
                   R"({"data": {"target": "films"}, "method": {"name": "mf", "epochs": 3},
                       "measures": ["rmse", "ndcg@10"]})");
}

void RunCommandsTest::specComesFromStandardInput()
{
    const Outcome outcome = call(QStringLiteral("run films.transept -"),
                                 R"({"data": {"target": "films"}, "method": {"name": "popularity"}})");

    QCOMPARE(outcome.status, 0);
    QVERIFY(outcome.output.starts_with("run 1\n"));
    QVERIFY(outcome.output.find("ndcg@10") != std::string::npos);
}

void RunCommandsTest::missingSpecIsWrongUsage()
{
    QCOMPARE(call(QStringLiteral("run films.transept")).status, 2);
    QCOMPARE(call(QStringLiteral("run films.transept spec.json --resume 1")).status, 2);
}

// The thread sanitizer takes many times as long.
#ifdef TRANSEPT_SANITIZED
constexpr int factors = 8;
#else
constexpr int factors = 512;
#endif

/// Starts a run that takes seconds on the fastest machine, so that it is met training, and returns it once
/// it does.
RunId RunCommandsTest::startAndWaitForEpochs(QProcess& program, const QString& name) const
{
    program.setWorkingDirectory(QString::fromStdString(m_folder.path(".").string()));
    program.start(
        QStringLiteral(TRANSEPT_PROGRAM),
        QProcess::splitCommand(QStringLiteral("run films.transept spec.json --json --set method.epochs=1000 "
                                              "--set method.factors=%1 --set method.optimizer=adam "
                                              "--set stop.patience=0 --set name=")
                                   .arg(factors) +
                               name));
    const Result<Workspace> reader = Workspace::open(m_folder.path("films.transept"), Access::ReadOnly);
    RunId run{};
    const auto isTraining = [&] {
        const Result<std::vector<RunRecord>> runs = RunStore(*reader).all();
        if (!runs || runs->empty() || runs->back().name != name.toStdString() || runs->back().epoch == 0) {
            return false;
        }
        run = runs->back().id;
        return true;
    };
    [&] { QTRY_VERIFY_WITH_TIMEOUT(isTraining(), 60'000); }();
    return run;
}

void RunCommandsTest::interruptEndsWith130AndResumeFinishes()
{
    QProcess program;
    const RunId run = startAndWaitForEpochs(program, QStringLiteral("stopped"));
    kill(static_cast<pid_t>(program.processId()), SIGINT);
    QVERIFY(program.waitForFinished(60'000));

    QCOMPARE(program.exitCode(), 130);
    const Json document = Json::parse(program.readAllStandardOutput().toStdString());
    QCOMPARE(document.at("run").get<std::int64_t>(), number(run));
    QCOMPARE(document.at("state").get<std::string>(), std::string("cancelled"));
    QVERIFY(document.at("measures").empty());
    const Result<Workspace> workspace = Workspace::open(m_folder.path("films.transept"));
    {
        Result<Statement> check = workspace->database().prepare("PRAGMA integrity_check");
        QVERIFY(check && check->step().value_or(false));
        QCOMPARE(std::string(check->text(0)), std::string("ok"));
    }
    QCOMPARE(call(QStringLiteral("run films.transept --resume %1").arg(number(run))).status, 0);
    QVERIFY(RunStore(*workspace).find(run).value().state == RunState::Finished);
}

void RunCommandsTest::killedRunIsAnnouncedAndResumed()
{
    QProcess program;
    const RunId run = startAndWaitForEpochs(program, QStringLiteral("killed"));
    program.kill();
    QVERIFY(program.waitForFinished(60'000));

    const Outcome resumed = call(QStringLiteral("run films.transept --resume %1").arg(number(run)));

    QCOMPARE(resumed.status, 0);
    QVERIFY2(resumed.complainsOf("interrupted"), resumed.errors.c_str());
    const Result<Workspace> workspace = Workspace::open(m_folder.path("films.transept"), Access::ReadOnly);
    QVERIFY(RunStore(*workspace).find(run).value().state == RunState::Finished);
}

void RunCommandsTest::curvesAreThoseOfTheResults()
{
    const auto runOf = [&](const char* method) {
        const std::string spec = fmt::format(R"({{"data": {{"target": "films", "positive": 4}},
            "measures": ["rmse", "auc", "ndcg@10", "ndcg@10~9"], "method": {{"name": "{}"}}}})",
                                             method);
        return call(QStringLiteral("run films.transept - --json"), QByteArray::fromStdString(spec))
            .document();
    };
    const Json bias = runOf("bias");
    const Json ease = runOf("ease");
    const int first = bias.at("run").get<int>();
    const QString both = QStringLiteral("films.transept %1 %2").arg(first).arg(ease.at("run").get<int>());

    const Json roc = call(QStringLiteral("curves films.transept %1 --what roc --json").arg(first)).document();
    const Json calibration =
        call(QStringLiteral("curves films.transept %1 --what calibration --json").arg(first)).document();
    const Json differences =
        call(QStringLiteral("curves %1 --what differences --measure ndcg@10~9 --json").arg(both)).document();

    QVERIFY(std::abs(roc.at("runs")[0].at("auc").get<double>() -
                     bias.at("measures").at("auc").get<double>()) < 1e-12);
    QCOMPARE(keysOf(roc.at("runs")[0]), (Keys{"run", "relevant_from", "auc", "points"}));
    QCOMPARE(keysOf(roc.at("runs")[0].at("points")[1]),
             (Keys{"threshold", "false_positives", "true_positives"}));
    QCOMPARE(keysOf(calibration.at("runs")[0].at("bins")[0]),
             (Keys{"pairs", "low", "high", "mean_prediction", "mean_truth", "standard_error"}));
    QCOMPARE(differences.at("against").get<int>(), first);
    QCOMPARE(keysOf(differences.at("runs")[0]),
             (Keys{"run", "gains", "better", "worse", "mean", "interval", "p"}));
    QVERIFY(call(QStringLiteral("curves films.transept %1 --what calibration").arg(first))
                .output.find("mean truth") != std::string::npos);
    const Outcome ranker = call(QStringLiteral("curves %1 --what calibration").arg(both));
    QCOMPARE(ranker.status, 3);
    QVERIFY(ranker.complainsOf("neither ratings nor probabilities"));
    QCOMPARE(call(QStringLiteral("curves films.transept %1 --what differences").arg(first)).status, 3);
    QCOMPARE(call(QStringLiteral("curves films.transept %1 --what rok").arg(first)).status, 2);
}

void RunCommandsTest::givenNegativesAreImportedAndRankedAmong()
{
    m_folder.write("train.csv", "user,item\nann,dune\nbob,emma\ncid,emma\nbob,it\n");
    m_folder.write("test.csv", "user,item\nann,emma\nbob,dune\n");
    m_folder.write("test_neg.txt", "(ann, emma)\tit\temma\tjaws\n(bob, dune)\tup\n");
    const QByteArray spec = R"({"data": {"target": "shop"}, "split": {"kind": "given"},
        "method": {"name": "popularity"}, "measures": ["hit-rate@1~given"]})";
    for (const char* part : {"train", "test"}) {
        QCOMPARE(call(QStringLiteral("import given.transept %1.csv --domain shop --part %1")
                          .arg(QLatin1String(part)))
                     .status,
                 0);
    }
    const Outcome early = call(QStringLiteral("run given.transept - --json"), spec);
    QCOMPARE(early.status, 3);
    QVERIFY2(early.complainsOf("measures[0] is hit-rate@1~given, but no negatives were given"),
             early.errors.c_str());

    const Outcome imported = call(QStringLiteral("import given.transept test_neg.txt --domain shop"));

    QCOMPARE(imported.status, 0);
    QVERIFY2(imported.output.find("4 rows read = 1 imported + 3 rejected + 0 skipped") != std::string::npos,
             imported.output.c_str());
    QVERIFY(imported.complainsOf("line 1: The negative emma is the item of the interaction itself."));
    QVERIFY(imported.complainsOf("line 2: There is no item up in the domain shop."));
    const Outcome partly = call(QStringLiteral("run given.transept - --json"), spec);
    QCOMPARE(partly.status, 3);
    QVERIFY2(partly.complainsOf("but 1 of 2 test interactions have no given negatives"),
             partly.errors.c_str());
    m_folder.write("rest.csv", "user,item,negative\nbob,dune,emma\n");
    QCOMPARE(call(QStringLiteral("import given.transept rest.csv --as negatives --domain shop")).status, 0);

    const Outcome run = call(QStringLiteral("run given.transept - --json"), spec);

    QCOMPARE(run.status, 0);
    // emma is had twice, it and dune once: Ann's item stands above its negative, Bob's below.
    QCOMPARE(run.document().at("measures").at("hit-rate@1~given").get<double>(), 0.5);
    QVERIFY(call(QStringLiteral("data given.transept")).output.find("ndcg@10~given: shop") !=
            std::string::npos);
}

/// From its second epoch on the program gets no more memory.
void RunCommandsTest::runWithoutMemoryFailsAndSaysWhatToReduce()
{
#ifdef TRANSEPT_SANITIZED
    QSKIP("the sanitizers need the address space");
#endif
    {
        const Workspace many = m_folder.workspace("many.transept");
        std::string crowd = "films: ";
        for (int user = 1; user <= 20'000; ++user) {
            for (int nth = 0; nth < 3; ++nth) {
                crowd +=
                    fmt::format("u{} i{} {}, ", user, (7 * user + 11 * nth) % 3'000, 1 + (user + nth) % 5);
            }
        }
        test::fill(many, crowd);
    }
    QProcess program;
    program.setWorkingDirectory(QString::fromStdString(m_folder.path(".").string()));
    program.start(
        QStringLiteral(TRANSEPT_PROGRAM),
        QProcess::splitCommand(QStringLiteral("run many.transept spec.json --set method.epochs=1000 --set "
                                              "method.factors=256 --set stop.patience=0")));
    const Result<Workspace> reader = Workspace::open(m_folder.path("many.transept"), Access::ReadOnly);
    QVERIFY_OK(reader);
    const RunStore store(*reader);
    QTRY_VERIFY_WITH_TIMEOUT(!store.all()->empty() && store.all()->front().epoch >= 2, 60'000);

    double pages = 0.0;
    std::ifstream(fmt::format("/proc/{}/statm", program.processId())) >> pages;
    const auto present = static_cast<rlim_t>(pages * static_cast<double>(sysconf(_SC_PAGESIZE)));
    const rlimit limit{.rlim_cur = present, .rlim_max = RLIM_INFINITY};
    QCOMPARE(prlimit(static_cast<pid_t>(program.processId()), RLIMIT_AS, &limit, nullptr), 0);
    QVERIFY(program.waitForFinished(60'000));

    const std::string errors = program.readAllStandardError().toStdString();
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QVERIFY2(program.exitCode() == 1, errors.c_str());
    QVERIFY2(errors.find("Lower method.factors (now 256)") != std::string::npos, errors.c_str());
    const RunRecord run = store.all()->front();
    QCOMPARE(run.state, RunState::Failed);
    QVERIFY2(describe(run.reason).find("method.factors") != std::string::npos, describe(run.reason).c_str());
    Result<Statement> check = reader->database().prepare("PRAGMA integrity_check");
    QVERIFY_OK(check);
    QVERIFY(check->step().value_or(false));
    QCOMPARE(std::string(check->text(0)), std::string("ok"));
}

void RunCommandsTest::chosenItemsAreASegmentOfTheirOwn()
{
    const Json run = call(QStringLiteral("run films.transept spec.json --json")).document();
    const QString line = QStringLiteral("segments films.transept %1 ").arg(run.at("run").get<int>());
    const Json without = call(line + QStringLiteral("--json")).document();

    const Json document =
        call(line + QStringLiteral("--json --among i3 i6 i6 i9 i12 i15 i18 i21")).document();

    const Json& segments = document.at("segments");
    const std::size_t before = without.at("segments").size();
    QCOMPARE(segments.size(), before + 2);
    for (std::size_t at = 0; at < before; ++at) {
        QVERIFY(segments[at] == without.at("segments")[at]);
    }
    const Json& selected = segments[before];
    QCOMPARE(keysOf(selected), keysOf(segments[0]));
    QCOMPARE(selected.at("part").get<std::string>(), std::string("Items by selection"));
    QCOMPARE(selected.at("segment").get<std::string>(), std::string("selected items"));
    QVERIFY(selected.at("pairs").get<int>() > 0);
    const Json& others = segments[before + 1];
    QCOMPARE(others.at("segment").get<std::string>(), std::string("other items"));
    const auto squares = [](const Json& segment) {
        const double rmse = segment.at("measures").at("rmse").get<double>();
        return segment.at("pairs").get<double>() * rmse * rmse;
    };
    const double pairs = selected.at("pairs").get<double>() + others.at("pairs").get<double>();
    const double whole = run.at("measures").at("rmse").get<double>();
    QVERIFY(std::abs(std::sqrt((squares(selected) + squares(others)) / pairs) - whole) < 1e-9);

    const std::string text = call(line + QStringLiteral("--among i3 i6")).output;
    QVERIFY2(text.find("\nItems by selection ") != std::string::npos, text.c_str());
    const Outcome mistyped = call(line + QStringLiteral("--among i3 none"));
    QVERIFY2(mistyped.complainsOf("There is no item with the key none."), mistyped.errors.c_str());
    QCOMPARE(mistyped.status, 3);
}

void RunCommandsTest::everyPartOfARunCanBeExported_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("header");

    QTest::newRow("predictions") << "predictions"
                                 << "user,item,truth,prediction\n";
    QTest::newRow("lists") << "lists"
                           << "user,rank,item,score\n";
    QTest::newRow("test") << "test"
                          << "user,item,value,time\n";
    QTest::newRow("train") << "train"
                           << "user,item,value,time\n";
    QTest::newRow("validation") << "validation"
                                << "user,item,value,time\n";
    QTest::newRow("curves") << "curves"
                            << "series,step,value\n";
    QTest::newRow("measures") << "measures"
                              << "measure,value,validation\n";
    QTest::newRow("roc") << "roc"
                         << "threshold,false_positives,true_positives\n";
    QTest::newRow("calibration") << "calibration"
                                 << "pairs,low,high,mean_prediction,mean_truth,standard_error\n";
    QTest::newRow("factors") << "factors"
                             << "matrix,key,1,2,";
}

void RunCommandsTest::everyPartOfARunCanBeExported()
{
    QFETCH(QString, what);
    QFETCH(QString, header);
    const Json run = call(QStringLiteral("run films.transept spec.json --json")).document();

    const Outcome outcome = call(QStringLiteral("export films.transept %1 --what %2 --to %2.csv")
                                     .arg(run.at("run").get<int>())
                                     .arg(what));

    QCOMPARE(outcome.status, 0);
    const std::string content = test::contentOf(m_folder.path(what.toStdString() + ".csv"));
    QVERIFY2(content.starts_with(header.toStdString()), content.substr(0, 100).c_str());
    QVERIFY(std::ranges::count(content, '\n') > 1);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::RunCommandsTest)
#include "RunCommandsTest.moc"
