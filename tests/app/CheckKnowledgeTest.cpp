#include "core/store/Workspace.h"
#include "tests/app/FilmFiles.h"
#include "tests/app/Program.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {

using test::Keys;
using test::keysOf;
using test::Outcome;

/// What `check-knowledge` tells a script, and what a review leaves in the workspace.
class CheckKnowledgeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void checksHaveNamesThatAScriptReliesOn();
    void reviewIsListedMarkedAndMeasured();
    void verdictsSurviveAKill();

private:
    Outcome call(const QString& line) const { return test::runProgram(m_folder.path("."), line); }
    std::int64_t verdicts() const
    {
        const Result<Workspace> workspace = Workspace::open(m_folder.path("good.transept"), Access::ReadOnly);
        return workspace->database().scalar("SELECT count(*) FROM facet_review")->value_or(-1);
    }

    test::Temporary m_folder;
};

void CheckKnowledgeTest::initTestCase()
{
    m_folder.write("ratings.csv", test::ratingsFile());
    m_folder.write("titles.csv", test::titlesFile());
    QCOMPARE(call(QStringLiteral("import good.transept ratings.csv titles.csv --domain films")).status, 0);
    for (const char* name : {"words", "more"}) {
        const auto line =
            QStringLiteral("knowledge good.transept --extractor lexical --name %1 --set dimension=%2");
        QCOMPARE(call(line.arg(QLatin1String(name)).arg(strlen(name))).status, 0);
    }
}

void CheckKnowledgeTest::checksHaveNamesThatAScriptReliesOn()
{
    const Outcome outcome =
        call(QStringLiteral("check-knowledge good.transept words --with more --k 5 --seed 2 --json"));

    QVERIFY2(outcome.status == 0, outcome.errors.c_str());
    const Json report = outcome.document();
    QCOMPARE(keysOf(report),
             (Keys{"knowledge",
                   "with",
                   "neighbours",
                   "split",
                   "seed",
                   "interactions",
                   "near",
                   "facets",
                   "indistinct",
                   "agreement",
                   "facet_agreement",
                   "unchecked"}));
    QCOMPARE(report.at("split").at("kind").get<std::string>(), std::string("warm"));
    QCOMPARE(report.at("near").size(), std::size_t{2}); // by vectors and by terms
    QCOMPARE(keysOf(report.at("near")[0]),
             (Keys{"domain",
                   "other",
                   "by",
                   "users",
                   "items",
                   "shared",
                   "shared_by_chance",
                   "cosine",
                   "cosine_by_chance",
                   "lift",
                   "lift_whatever_popularity",
                   "p"}));
    QCOMPARE(keysOf(report.at("facets")[0]),
             (Keys{"domain",
                   "other",
                   "facet",
                   "items",
                   "values",
                   "pairs",
                   "together",
                   "by_chance",
                   "bits",
                   "bits_by_chance",
                   "adjusted",
                   "p"}));
    QCOMPARE(keysOf(report.at("agreement")[0]),
             (Keys{"domain",
                   "by",
                   "other_by",
                   "items",
                   "overlap",
                   "overlap_by_chance",
                   "jaccard",
                   "jaccard_by_chance"}));
    QCOMPARE(call(QStringLiteral(
                      "check-knowledge good.transept words --split {\"\"\"kind\"\"\":\"\"\"k-fold\"\"\"}"))
                 .status,
             0);
    QCOMPARE(call(QStringLiteral("check-knowledge good.transept words --split wram")).status, 3);
    QCOMPARE(call(QStringLiteral("check-knowledge good.transept wrods")).status, 3);
}

void CheckKnowledgeTest::reviewIsListedMarkedAndMeasured()
{
    const QString review = QStringLiteral("check-knowledge good.transept words --review");
    QCOMPARE(
        call(review + QStringLiteral(" --mark 2=false --mark 3=true --mark 4=true --mark 4=none")).status, 0);
    const Json marked = call(review + QStringLiteral(" --json")).document();
    QCOMPARE(keysOf(marked), (Keys{"facets", "marked", "shares"}));
    QCOMPARE(marked.at("facets").size(), std::size_t{30});
    QCOMPARE(marked.at("marked").get<int>(), 2);
    QCOMPARE(marked.at("facets")[1].at("verdict").get<std::string>(), std::string("false"));
    QCOMPARE(marked.at("shares").at("true").at("count").get<int>(), 1);
    QCOMPARE(call(review + QStringLiteral(" --mark 31=true")).status, 3);
    QCOMPARE(call(review + QStringLiteral(" --mark 3=maybe")).status, 3);
}

void CheckKnowledgeTest::verdictsSurviveAKill()
{
    QStringList words{QStringLiteral("check-knowledge"),
                      QString::fromStdString(m_folder.path("good.transept").string()),
                      QStringLiteral("words"),
                      QStringLiteral("--review"),
                      QStringLiteral("--seed"),
                      QStringLiteral("5")};
    for (int facet = 1; facet <= 30; ++facet) {
        words << QStringLiteral("--mark") << QStringLiteral("%1=empty").arg(facet);
    }
    const std::int64_t before = verdicts();
    QProcess program;
    program.start(QStringLiteral(TRANSEPT_PROGRAM), words);
    std::int64_t seen = before;
    while (!program.waitForFinished(1) && seen == before) {
        seen = verdicts();
    }
    program.kill(); // SIGKILL, in the middle of the marks
    program.waitForFinished();

    QVERIFY(verdicts() >= seen);
    const Result<Workspace> workspace = Workspace::open(m_folder.path("good.transept"));
    QVERIFY_OK(workspace);
    auto check = workspace->database().prepare("PRAGMA integrity_check");
    QVERIFY(check->step().value_or(false));
    QCOMPARE(std::string(check->text(0)), std::string("ok"));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::CheckKnowledgeTest)
#include "CheckKnowledgeTest.moc"
