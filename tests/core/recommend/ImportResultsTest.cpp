#include "core/experiment/Audit.h"
#include "core/experiment/Comparison.h"
#include "core/experiment/Segments.h"
#include "core/recommend/Recommend.h"
#include "tests/core/recommend/ResultsFixture.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <set>

namespace transept {

using test::csvOf;
using test::manyMeasures;
using test::Row;
using test::valueOf;

/// What other programs computed, written by our own export, by hand, or by a slow computation of the test.
class ImportResultsTest final : public QObject, private test::ResultsFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void exportedResultsMeasureTheSame();
    void bruteForcePopularityIsThePopularityOfTheRegistry();
    void ranksDecideWhereScoresTie();
    void usersWithoutAListCountAsZero();
    void seenItemsAreLeftOutAndTheNextMoveUp();
    void peopleWhoAreNotTestedAreLeftOut();
    void missingPredictionsAreRefusedOrTheMean();
    void pairMayStandAsOftenAsInTheTest();
    void measuresThatDoNotFollowAreTold();
    void specStandsForARun();
    void importedRunIsARunToAllThatLook();
    void importedRunStaysAsItWasWhenDataIsAdded();
    void importedRunCannotBeTrained();
};

namespace {

constexpr double tolerance = 1e-9;

void compareValues(const std::vector<double>& actual, const std::vector<double>& expected)
{
    QCOMPARE(actual.size(), expected.size());
    for (std::size_t at = 0; at < actual.size(); ++at) {
        QVERIFY(std::isnan(actual[at]) ? std::isnan(expected[at])
                                       : std::abs(actual[at] - expected[at]) < tolerance);
    }
}

} // namespace

void ImportResultsTest::exportedResultsMeasureTheSame()
{
    const std::filesystem::path lists = m_folder->path("lists.csv");
    const std::filesystem::path predictions = m_folder->path("predictions.csv");
    QVERIFY_OK(exportRun(*m_workspace, m_run.id, RunExport::Lists, lists, {}));
    QVERIFY_OK(exportRun(*m_workspace, m_run.id, RunExport::Predictions, predictions, {}));

    const Result<ResultsReport> report = import(filesOf({lists, predictions}));

    QVERIFY_OK(report);
    const RunStore store(*m_workspace);
    const RunRecord run = valueOf(store.find(report->run.id));
    QCOMPARE(run.state, RunState::Finished);
    QCOMPARE(run.fingerprint, m_run.fingerprint);
    QCOMPARE(run.measures.size(), m_run.measures.size());
    for (const auto& [name, value] : m_run.measures) {
        QVERIFY2(std::abs(run.measures.at(name) - value) < tolerance, name.c_str());
        compareValues(valueOf(store.perUser(run.id, name)), valueOf(store.perUser(m_run.id, name)));
    }
    QCOMPARE(valueOf(store.users(run.id)), valueOf(store.users(m_run.id)));
    QCOMPARE(valueOf(store.predictions(run.id)).predictions,
             valueOf(store.predictions(m_run.id)).predictions);
    QCOMPARE(exported(run.id, RunExport::Lists), exported(m_run.id, RunExport::Lists));
    QCOMPARE(report->counts.withoutList, 0);
    QCOMPARE(report->counts.withoutPrediction, 0);
    QVERIFY(remarksOn(*report).empty());
}

/// Lists that the test makes by counting, with their counts as scores: the same values as those of the
/// method.
void ImportResultsTest::bruteForcePopularityIsThePopularityOfTheRegistry()
{
    std::map<std::string, std::set<std::string>> seen;
    std::map<std::string, int> counts;
    for (const RunExport part : {RunExport::Train, RunExport::Validation}) {
        const std::vector<Row> rows = exported(m_run.id, part);
        for (std::size_t at = 1; at < rows.size(); ++at) {
            seen[rows[at][0]].insert(rows[at][1]);
            counts[rows[at][1]] += part == RunExport::Train ? 1 : 0;
        }
    }
    std::string file;
    for (int user = 1; user <= 60; ++user) {
        for (int item = 1; item <= 40; ++item) {
            const std::string key = fmt::format("i{}", item);
            if (!seen[fmt::format("u{}", user)].contains(key)) {
                file += fmt::format("u{}\t{}\t{}\n", user, key, counts[key]);
            }
        }
    }
    ResultsOptions options = filesOf({m_folder->write("popular.tsv", file)});
    options.files.front().kind = ResultKind::Lists;

    const Result<ResultsReport> report = import(options);

    QVERIFY_OK(report);
    std::map<std::string, Json> changes = manyMeasures();
    changes.erase("method.epochs");
    changes["method.name"] = "popularity";
    changes["measures"] = report->run.spec.at("measures");
    const RunRecord expected = test::finishedRun(*m_workspace, changes);
    QCOMPARE(report->run.measures.size(), std::size_t{11}); // all but rmse, mae, auc and accuracy
    for (const auto& [name, value] : report->run.measures) {
        QVERIFY2(std::abs(value - expected.measures.at(name)) < tolerance, name.c_str());
        compareValues(valueOf(RunStore(*m_workspace).perUser(report->run.id, name)),
                      valueOf(RunStore(*m_workspace).perUser(expected.id, name)));
    }
}

void ImportResultsTest::ranksDecideWhereScoresTie()
{
    const std::vector<Row> test = exported(m_run.id, RunExport::Test);
    const auto relevant =
        std::find_if(test.begin() + 1, test.end(), [](const Row& row) { return row[2] >= "4"; });
    const auto rest = [&](int first) {
        std::string rows;
        for (int item = 1, rank = first; item <= 40 && rank <= 40; ++item) {
            const std::string key = fmt::format("i{}", item);
            const bool isTested = std::ranges::any_of(
                test, [&](const Row& row) { return row[0] == (*relevant)[0] && row[1] == key; });
            if (!isTested) {
                rows += fmt::format("{},{},{},0.5\n", (*relevant)[0], key, rank++);
            }
        }
        return rows;
    };

    const ResultsReport report = imported(
        "ties.csv",
        fmt::format("user,item,rank,score\n{},{},1,0.5\n{}", (*relevant)[0], (*relevant)[1], rest(2)));

    const PersonId person = test::personOf(*m_workspace, (*relevant)[0]);
    const auto list = valueOf(RunStore(*m_workspace).list(report.run.id, person));
    QVERIFY(list.has_value());
    QCOMPARE(list->items.front(), test::itemOf(*m_workspace, "films", (*relevant)[1]));
    QCOMPARE(list->scores.front(), 0.5F);
}

void ImportResultsTest::usersWithoutAListCountAsZero()
{
    std::vector<Row> rows = exported(m_run.id, RunExport::Lists);
    const std::string dropped = rows.back()[0];
    std::erase_if(rows, [&](const Row& row) { return row[0] == dropped; });

    const ResultsReport report = imported("fewer.csv", csvOf(rows));

    const RunStore store(*m_workspace);
    const std::vector<PersonId> users = valueOf(store.users(report.run.id));
    const std::vector<double> values = valueOf(store.perUser(report.run.id, "ndcg@10"));
    std::vector<double> expected;
    const std::vector<PersonId> before = valueOf(store.users(m_run.id));
    const std::vector<double> valuesBefore = valueOf(store.perUser(m_run.id, "ndcg@10"));
    for (std::size_t at = 0; at < before.size(); ++at) {
        if (!std::isnan(valuesBefore[at])) { // those with something relevant
            const bool isDropped = before[at] == test::personOf(*m_workspace, dropped);
            expected.push_back(isDropped ? 0.0 : valuesBefore[at]);
        }
    }
    compareValues(values, expected);
    QCOMPARE(report.counts.withoutList, 1);
    QCOMPARE(report.counts.listUsers, static_cast<std::int64_t>(users.size()));
    QCOMPARE(remarksOn(report).front().arguments.front(), std::string("1"));
}

void ImportResultsTest::seenItemsAreLeftOutAndTheNextMoveUp()
{
    const std::vector<Row> train = exported(m_run.id, RunExport::Train);
    std::vector<Row> rows = exported(m_run.id, RunExport::Lists);
    const std::string user = rows[1][0];
    const auto seen = std::ranges::find_if(train, [&](const Row& row) { return row[0] == user; });
    for (Row& row : rows) {
        if (row[0] == user) {
            row[1] = std::to_string(std::stoi(row[1]) + 1);
        }
    }
    rows.insert(rows.begin() + 1, Row{user, "1", (*seen)[1], "99"});

    const ResultsReport report = imported("seen.csv", csvOf(rows));

    QCOMPARE(report.counts.seen, 1);
    for (const auto& [name, value] : report.run.measures) {
        QVERIFY2(std::abs(value - m_run.measures.at(name)) < tolerance, name.c_str());
    }
}

void ImportResultsTest::peopleWhoAreNotTestedAreLeftOut()
{
    test::fill(*m_workspace, "films/web: quiet i1 4@5");
    const RunRecord run = test::finishedRun(*m_workspace, manyMeasures());
    std::vector<Row> rows = exported(run.id, RunExport::Lists);
    rows.push_back({"quiet", "1", "i2", "1"});
    const ResultsLike like = valueOf(resultsLike(*m_workspace, run.id));

    const Result<ResultsReport> report =
        importResults(*m_workspace, like, filesOf({m_folder->write("more.csv", csvOf(rows))}), {});

    QVERIFY_OK(report);
    QCOMPARE(report->counts.notTested, 1);
    QCOMPARE(report->counts.rows, static_cast<std::int64_t>(rows.size()) - 1);
    QVERIFY(std::abs(report->run.measures.at("ndcg@10") - run.measures.at("ndcg@10")) < tolerance);
}

void ImportResultsTest::missingPredictionsAreRefusedOrTheMean()
{
    std::vector<Row> rows = exported(m_run.id, RunExport::Predictions);
    const Row missing = rows.back();
    rows.pop_back();
    ResultsOptions options = filesOf({m_folder->write("fewer.csv", csvOf(rows))});
    const std::size_t before = runCount();

    const Result<ResultsReport> refused = import(options);
    options.meanForMissing = true;
    const Result<ResultsReport> report = import(options);

    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    const std::string said = describe(refused.error());
    QVERIFY2(said.find(fmt::format("user {} and item {}", missing[0], missing[1])) != std::string::npos,
             said.c_str());
    QVERIFY_OK(report);
    QCOMPARE(runCount(), before + 1);
    QCOMPARE(report->counts.withoutPrediction, 1);
    const std::vector<Row> train = exported(m_run.id, RunExport::Train);
    double mean = 0.0;
    for (std::size_t at = 1; at < train.size(); ++at) {
        mean += std::stod(train[at][2]) / static_cast<double>(train.size() - 1);
    }
    const std::vector<Row> stored = exported(report->run.id, RunExport::Predictions);
    QVERIFY(std::abs(std::stod(stored.back()[3]) - mean) < 1e-5);
    QCOMPARE(report->run.spec.at("method").at("missing").get<std::string>(), std::string("mean"));
}

void ImportResultsTest::pairMayStandAsOftenAsInTheTest()
{
    const Workspace workspace = m_folder->workspace("repeated.transept");
    test::fill(
        workspace,
        "films: ann dune 5 train, ann emma 3 test, ann emma 4 test, bob dune 4 train, bob emma 2 test");
    const ResultsLike like = valueOf(resultsLike(
        Json{{"data", {{"target", "films"}}}, {"split", {{"kind", "given"}}}, {"measures", {"rmse"}}}));
    const auto importOf = [&](const std::string& rows) {
        return importResults(
            workspace,
            like,
            filesOf({m_folder->write("twice.csv", "user,item,prediction\nbob,emma,2.5\n" + rows)}),
            {});
    };

    const Result<ResultsReport> once = importOf("ann,emma,3\n");
    const Result<ResultsReport> twice = importOf("ann,emma,3\nann,emma,3\n");
    const Result<ResultsReport> thrice = importOf("ann,emma,3\nann,emma,3\nann,emma,3\n");
    const Result<ResultsReport> contradicting = importOf("ann,emma,3\nann,emma,4\n");

    const double expected = std::sqrt((0.0 + 1.0 + 0.25) / 3.0);
    QVERIFY_OK(once);
    QVERIFY_OK(twice);
    QVERIFY(std::abs(once->run.measures.at("rmse") - expected) < tolerance);
    QVERIFY(std::abs(twice->run.measures.at("rmse") - expected) < tolerance);
    QVERIFY(!thrice.has_value());
    QVERIFY(describe(thrice.error()).find("line 5") != std::string::npos);
    QVERIFY(!contradicting.has_value());
    QVERIFY(describe(contradicting.error()).find("line 4") != std::string::npos);
}

void ImportResultsTest::measuresThatDoNotFollowAreTold()
{
    const std::vector<Row> lists = exported(m_run.id, RunExport::Lists);
    const std::vector<Row> predictions = exported(m_run.id, RunExport::Predictions);

    const ResultsReport ranked = imported("lists.csv", csvOf(lists));
    const ResultsReport rated = imported("predictions.csv", csvOf(predictions));

    QCOMPARE(ranked.notMeasured, (Row{"rmse", "mae", "auc", "accuracy"}));
    QVERIFY(!ranked.run.measures.contains("rmse"));
    QCOMPARE(rated.run.measures.size(), std::size_t{4});
    QCOMPARE(rated.run.measures.at("rmse"), m_run.measures.at("rmse"));
    QVERIFY(valueOf(RunStore(*m_workspace).lists(rated.run.id)).empty());
}

void ImportResultsTest::specStandsForARun()
{
    const std::vector<Row> lists = exported(m_run.id, RunExport::Lists);
    Json document = m_run.spec;
    document.erase("method");

    const Result<ResultsLike> like = resultsLike(document);
    QVERIFY_OK(like);
    const Result<ResultsReport> report =
        importResults(*m_workspace, *like, filesOf({m_folder->write("lists.csv", csvOf(lists))}), {});

    QVERIFY_OK(report);
    QVERIFY(mayBeCompared(report->run, m_run));
    QCOMPARE(report->run.measures.at("ndcg@10"), m_run.measures.at("ndcg@10"));
}

void ImportResultsTest::importedRunIsARunToAllThatLook()
{
    const ResultsReport lists = imported("lists.csv", csvOf(exported(m_run.id, RunExport::Lists)));
    const RunId run = lists.run.id;
    const std::array both{m_run.id, run};
    const Row last = exported(m_run.id, RunExport::Lists).back();
    const std::string user = last[0];

    const Result<Comparison> comparison = compare(*m_workspace, both, {});
    const auto segments = segmentsOf(*m_workspace, run, {});
    const auto findings = audit(*m_workspace, both, {});
    const auto fitted = reopen(*m_workspace, run, {});
    const std::vector<Row> train = exported(run, RunExport::Train);

    QVERIFY_OK(comparison);
    QVERIFY(comparison->sameData);
    QCOMPARE(comparison->measures.at("ndcg@10").values[0], comparison->measures.at("ndcg@10").values[1]);
    QCOMPARE(comparison->measures.at("ndcg@10").p[0][1], 1.0);
    QCOMPARE(comparison->specDifference.at("method.name")[1].get<std::string>(), std::string("imported"));
    QVERIFY_OK(segments);
    QVERIFY(!segments->empty());
    QVERIFY_OK(findings);
    QVERIFY_OK(fitted);
    QCOMPARE(train, exported(m_run.id, RunExport::Train));
    const PersonId person = test::personOf(*m_workspace, user);
    const auto here = recommend(*m_workspace, **fitted, person, {.top = 5, .reasons = true}, {});
    QVERIFY_OK(here);
    const auto there =
        recommend(*m_workspace, *valueOf(reopen(*m_workspace, m_run.id, {})), person, {.top = 5}, {});
    QVERIFY_OK(there);
    QCOMPARE(here->size(), std::size_t{5});
    for (std::size_t place = 0; place < here->size(); ++place) {
        QCOMPARE((*here)[place].item, (*there)[place].item);
        QCOMPARE((*here)[place].confirmed, (*there)[place].confirmed);
    }
    ResultsOptions other =
        filesOf({m_folder->write("one.csv", "user,item,score\n" + user + "," + last[2] + ",1\n")});
    other.measures = {"hit-rate@1"};
    const Result<ResultsReport> one = import(other);
    QVERIFY_OK(one);
    const auto nobody = recommend(*m_workspace,
                                  *valueOf(reopen(*m_workspace, one->run.id, {})),
                                  test::personOf(*m_workspace, user == "u1" ? "u2" : "u1"),
                                  {.top = 5},
                                  {});
    QVERIFY(!nobody.has_value());
    QVERIFY(describe(nobody.error()).find("no list for this user") != std::string::npos);
}

void ImportResultsTest::importedRunStaysAsItWasWhenDataIsAdded()
{
    const std::filesystem::path file =
        m_folder->write("lists.csv", csvOf(exported(m_run.id, RunExport::Lists)));
    const ResultsReport before = valueOf(import(filesOf({file})));
    const RunId run = before.run.id;
    const auto fitted = valueOf(reopen(*m_workspace, run, {}));
    const std::vector<Row> test = exported(run, RunExport::Test);
    const PersonId person = fitted->data.users[index(fitted->parts.test.events.front().user)];
    const auto list = valueOf(recommend(*m_workspace, *fitted, person, {.top = 5}, {}));

    test::fill(*m_workspace, "films: u1 i999 5, first i1 4, u2 i999 2");

    const auto again = valueOf(reopen(*m_workspace, run, {}));
    QVERIFY(again->data.users == fitted->data.users);
    QVERIFY(again->data.target.items == fitted->data.target.items);
    QCOMPARE(exported(run, RunExport::Test), test);
    const auto listAgain = valueOf(recommend(*m_workspace, *again, person, {.top = 5}, {}));
    QCOMPARE(listAgain.size(), list.size());
    for (std::size_t place = 0; place < list.size(); ++place) {
        QCOMPARE(listAgain[place].item, list[place].item);
    }
    const std::array both{m_run.id, run};
    QVERIFY(std::ranges::none_of(valueOf(audit(*m_workspace, both, {})),
                                 [](const Finding& each) { return each.code == "data-changed"; }));
    // What is imported now for the older run is measured on what that run was measured on.
    const ResultsReport after = valueOf(import(filesOf({file})));
    QVERIFY(after.run.measures == before.run.measures);
    QCOMPARE(after.run.fingerprint, before.run.fingerprint);
}

void ImportResultsTest::importedRunCannotBeTrained()
{
    const ResultsReport lists = imported("lists.csv", csvOf(exported(m_run.id, RunExport::Lists)));
    const Spec spec = valueOf(specFrom(lists.run.spec));
    const std::size_t before = runCount();

    const Result<RunId> queued = enqueue(*m_workspace, spec);

    QCOMPARE(spec.method, std::string("imported"));
    QCOMPARE(spec.parameters.text("program"), std::string("other"));
    QCOMPARE(spec.parameters.text("files"), std::string("lists.csv"));
    QCOMPARE(spec.parameters.text("hash").size(), std::size_t{64});
    QVERIFY(!queued.has_value());
    QVERIFY(describe(queued.error()).find("another program (other)") != std::string::npos);
    QCOMPARE(runCount(), before);
    QVERIFY(std::ranges::none_of(methods(), [](const auto& each) { return each.name == "imported"; }));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ImportResultsTest)
#include "ImportResultsTest.moc"
