#include "core/store/RunStore.h"
#include "tests/support/Interactions.h"
#include "tests/support/Temporary.h"

#include <QtCore/QProcess>
#include <QtTest/QTest>

#include <csignal>

namespace transept {

/// The commands around runs, as a script sees them: arguments in, documents and exit statuses out.
class RunCommandsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void runPrintsItsDocument();
    void specComesFromStandardInput();
    void badInputEndsWithThreeAndASentence_data();
    void badInputEndsWithThreeAndASentence();
    void missingSpecIsWrongUsage();
    void interruptEndsWith130AndResumeFinishes();
    void killedRunIsAnnouncedAndResumed();
    void comparisonIsOneDocument();
    void recommendationsNameItemsAndReasons();
    void exportWritesTheFileItNames();

private:
    struct Outcome
    {
        int status = 0;
        std::string output;
        std::string errors;
        Json document() const { return Json::parse(output); }
    };
    Outcome call(const QStringList& arguments, const QByteArray& input = {}) const;
    QStringList onWorkspace(const char* command, const QStringList& rest) const;
    static QStringList words(const char* text);

    test::Temporary m_folder;
    QString m_workspace;
    QString m_spec;
};

QStringList RunCommandsTest::words(const char* text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '));
}

QStringList RunCommandsTest::onWorkspace(const char* command, const QStringList& rest) const
{
    return QStringList{QString::fromUtf8(command), m_workspace} + rest;
}

RunCommandsTest::Outcome RunCommandsTest::call(const QStringList& arguments, const QByteArray& input) const
{
    QProcess program;
    program.start(QString::fromUtf8(TRANSEPT_PROGRAM), arguments);
    program.write(input);
    program.closeWriteChannel();
    program.waitForFinished(60'000);
    return {.status = program.exitCode(),
            .output = program.readAllStandardOutput().toStdString(),
            .errors = program.readAllStandardError().toStdString()};
}

void RunCommandsTest::initTestCase()
{
    const Workspace workspace = m_folder.workspace("films.transept");
    std::string picture = "films: ";
    for (int user = 1; user <= 60; ++user) {
        for (int item = 1 + user % 3; item <= 40; item += 2 + user % 2) {
            picture += "u" + std::to_string(user) + " i" + std::to_string(item) + " " +
                       std::to_string(1 + (user * item + user) % 5) + ", ";
        }
    }
    test::fill(workspace, picture);
    m_workspace = QString::fromStdString(workspace.file().string());
    m_spec = QString::fromStdString(
        m_folder
            .write(
                "spec.json",
                R"({"data": {"target": "films"}, "method": {"name": "mf", "epochs": 3}, "measures": ["rmse", "ndcg@10"]})")
            .string());
}

void RunCommandsTest::runPrintsItsDocument()
{
    const Outcome outcome = call(onWorkspace("run", {m_spec}) + words("--json --set seed=5"));

    QCOMPARE(outcome.status, 0);
    const Json document = outcome.document();
    QCOMPARE(document.at("state").get<std::string>(), std::string("finished"));
    QVERIFY(document.at("run").is_number_integer());
    QVERIFY(document.at("measures").at("rmse").get<double>() > 0.0);
    QVERIFY(document.at("measures").contains("ndcg@10"));
    QVERIFY(document.at("users").get<int>() > 0);
    for (const char* phase : {"load", "train", "evaluate"}) {
        QVERIFY(document.at("seconds").at(phase).is_number());
    }
    QVERIFY(document.at("memory_mb").get<double>() > 0.0);
    const Outcome shown =
        call(onWorkspace("show", {QString::number(document.at("run").get<int>())}) + words("--json"));
    QCOMPARE(shown.document().at("spec").at("seed").get<int>(), 5);
    QCOMPARE(shown.document().at("curves").at("train loss").at("steps").size(), std::size_t{3});
}

void RunCommandsTest::specComesFromStandardInput()
{
    const Outcome outcome = call(onWorkspace("run", words("-")),
                                 R"({"data": {"target": "films"}, "method": {"name": "popularity"}})");

    QCOMPARE(outcome.status, 0);
    QVERIFY(outcome.output.starts_with("run "));
    QVERIFY(outcome.output.find("ndcg@10") != std::string::npos);
}

void RunCommandsTest::badInputEndsWithThreeAndASentence_data()
{
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QString>("said");

    QTest::newRow("domain") << "data.target=flims"
                            << "Did you mean films";
    QTest::newRow("parameter") << "method.epoch=3"
                               << "Did you mean epochs";
    QTest::newRow("range") << "method.epochs=-1"
                           << "between";
    QTest::newRow("threads") << "threads=2"
                             << "setting of the machine";
    QTest::newRow("no test user") << "data.where.min_user=1000"
                                  << "films";
    QTest::newRow("no value") << "seed"
                              << "PATH=VALUE";
}

void RunCommandsTest::badInputEndsWithThreeAndASentence()
{
    QFETCH(QString, setting);
    QFETCH(QString, said);

    const Outcome outcome = call(onWorkspace("run", {m_spec, QStringLiteral("--set"), setting}));

    QCOMPARE(outcome.status, 3);
    QVERIFY2(outcome.errors.find(said.toStdString()) != std::string::npos, outcome.errors.c_str());
}

void RunCommandsTest::missingSpecIsWrongUsage()
{
    QCOMPARE(call(onWorkspace("run", {})).status, 2);
    QCOMPARE(call(onWorkspace("run", words("nowhere.json"))).status, 3);
    QCOMPARE(call(onWorkspace("show", words("999"))).status, 3);
}

void RunCommandsTest::interruptEndsWith130AndResumeFinishes()
{
    QProcess program;
    program.start(QString::fromUtf8(TRANSEPT_PROGRAM),
                  onWorkspace("run", {m_spec}) +
                      words("--json --set method.epochs=1000 --set stop.patience=0 --set name=interrupted"));
    const Result<Workspace> reader = Workspace::open(m_workspace.toStdString(), Access::ReadOnly);
    const auto isTraining = [&] {
        const Result<std::vector<RunRecord>> runs = RunStore(*reader).all();
        return runs && !runs->empty() && runs->back().name == "interrupted" && runs->back().epoch > 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isTraining(), 20'000);
    kill(static_cast<pid_t>(program.processId()), SIGINT);
    QVERIFY(program.waitForFinished(10'000));

    QCOMPARE(program.exitCode(), 130);
    const Json document = Json::parse(program.readAllStandardOutput().toStdString());
    QCOMPARE(document.at("state").get<std::string>(), std::string("cancelled"));
    const Outcome resumed = call(
        onWorkspace("run", {QStringLiteral("--resume"), QString::number(document.at("run").get<int>())}));
    QCOMPARE(resumed.status, 0);
}

void RunCommandsTest::killedRunIsAnnouncedAndResumed()
{
    QProcess program;
    program.start(QString::fromUtf8(TRANSEPT_PROGRAM),
                  onWorkspace("run", {m_spec}) +
                      words("--set method.epochs=1000 --set stop.patience=0 --set name=killed"));
    const Result<Workspace> reader = Workspace::open(m_workspace.toStdString(), Access::ReadOnly);
    RunRecord run;
    const auto isTraining = [&] {
        const Result<std::vector<RunRecord>> runs = RunStore(*reader).all();
        if (!runs || runs->empty() || runs->back().name != "killed" || runs->back().epoch == 0) {
            return false;
        }
        run = runs->back();
        return true;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isTraining(), 20'000);
    program.kill();
    QVERIFY(program.waitForFinished(10'000));

    const Outcome resumed =
        call(onWorkspace("run", {QStringLiteral("--resume"), QString::number(number(run.id))}));

    QCOMPARE(resumed.status, 0);
    QVERIFY2(resumed.errors.find("interrupted") != std::string::npos, resumed.errors.c_str());
    QVERIFY(RunStore(*reader).find(run.id).value().state == RunState::Finished);
}

void RunCommandsTest::comparisonIsOneDocument()
{
    const Json first = call(onWorkspace("run", {m_spec}) + words("--json --set seed=1")).document();
    const Json second = call(onWorkspace("run", {m_spec}) + words("--json --set seed=2")).document();

    const Outcome outcome = call(onWorkspace("compare",
                                             {QString::number(first.at("run").get<int>()),
                                              QString::number(second.at("run").get<int>()),
                                              QStringLiteral("--json")}));

    QCOMPARE(outcome.status, 0);
    const Json document = outcome.document();
    QVERIFY(document.at("runs") == Json::array({first.at("run"), second.at("run")}));
    const Json& rmse = document.at("measures").at("rmse");
    QVERIFY(rmse.at("values") ==
            Json::array({first.at("measures").at("rmse"), second.at("measures").at("rmse")}));
    QCOMPARE(rmse.at("intervals").size(), std::size_t{2});
    QCOMPARE(rmse.at("p").size(), std::size_t{2});
    QVERIFY(rmse.at("p")[0][0].is_null());
    QCOMPARE(document.at("spec_difference").dump(), std::string(R"({"seed":[1,2]})"));
}

void RunCommandsTest::recommendationsNameItemsAndReasons()
{
    const Json run = call(onWorkspace("run", words("- --json")),
                          R"({"data": {"target": "films"}, "method": {"name": "ease"}})")
                         .document();

    const Outcome outcome = call(onWorkspace("recommend", {QString::number(run.at("run").get<int>())}) +
                                 words("--user u7 --top 3 --reasons --json"));

    QCOMPARE(outcome.status, 0);
    const Json document = outcome.document();
    QCOMPARE(document.at("user").get<std::string>(), std::string("u7"));
    QCOMPARE(document.at("items").size(), std::size_t{3});
    QCOMPARE(document.at("items")[0].at("rank").get<int>(), 1);
    QVERIFY(document.at("items")[0].at("key").get<std::string>().starts_with("i"));
    QVERIFY(!document.at("items")[0].at("reasons").empty());
    QCOMPARE(call(onWorkspace("recommend", words("1 --user nobody"))).status, 3);
}

void RunCommandsTest::exportWritesTheFileItNames()
{
    const QString file = QString::fromStdString(m_folder.path("lists.csv").string());

    const Outcome outcome =
        call(onWorkspace("export", {QStringLiteral("1")}) + words("--what lists --to") + QStringList{file});

    QCOMPARE(outcome.status, 0);
    QVERIFY(test::contentOf(file.toStdString()).starts_with("user,rank,item,score\n"));
    QCOMPARE(call(onWorkspace("export", words("1 --what everything --to x.csv"))).status, 2);
    QCOMPARE(call(onWorkspace("export", words("1 --what lists --to x.xls"))).status, 3);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::RunCommandsTest)
#include "RunCommandsTest.moc"
