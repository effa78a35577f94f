#include "core/experiment/GivenRanking.h"
#include "core/evaluation/Measures.h"
#include "core/experiment/Comparison.h"
#include "core/experiment/ImportResults.h"
#include "core/experiment/Segments.h"
#include "tests/support/Datasets.h"
#include "tests/support/Findings.h"
#include "tests/support/Runs.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cmath>

namespace transept {

/// Runs that are measured among the negatives that files give.
class GivenRankingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesAreThoseOfTheModel();
    void missingNegativesAreRefusedBeforeTraining_data();
    void missingNegativesAreRefusedBeforeTraining();
    void validationIsMeasuredWhereItHasThem();
    void trainingStopsByThem();
    void specsWithoutThemKeepTheirFingerprints();
    void otherNegativesAreNotCompared();
    void replacedNegativesLeaveTheModelUsable();
    void segmentsOfUsersAddUpToTheWhole();
    void auditorTakesThemForSampled();
    void negativesThatPeopleHaveAreTold();
    void resultsOfOthersCannotTell();

private:
    test::Temporary m_folder;
};

namespace {

using Changes = std::map<std::string, Json>;

constexpr int validationPart = 2;
constexpr int testPart = 3;

/// Every fifth rating is tested, every fifth is validation.
Workspace filled(const test::Temporary& folder, const char* name)
{
    Workspace workspace = folder.workspace(name);
    test::fill(workspace, test::ratingsPicture("films", 60, 40, 16, 1));
    const Status parted = workspace.database().execute(
        "UPDATE interaction SET part = CASE line % 5 WHEN 0 THEN 3 WHEN 1 THEN 2 ELSE 1 END");
    if (!parted) {
        throw std::runtime_error(describe(parted.error()));
    }
    return workspace;
}

/// About a third of the items that the person does not have, or whether or not, for every interaction of a
/// part.
void giveAll(const Workspace& workspace, int part, int remainder = 0, bool checked = true)
{
    const std::string known = checked
                                  ? " AND NOT EXISTS(SELECT 1 FROM interaction k WHERE k.domain = i.domain"
                                    " AND k.account = i.account AND k.item = o.id)"
                                  : "";
    const Status given = workspace.database().execute(fmt::format(
        "INSERT INTO import(file, target, domain, options, state, started) VALUES('n', 'negatives', 1, "
        "'{{}}',"
        " 'finished', 0);"
        "INSERT INTO given_negative(domain, account, item, negative, import, line)"
        " SELECT i.domain, i.account, i.item, o.id, (SELECT max(id) FROM import), i.line"
        " FROM interaction i JOIN item o ON o.domain = i.domain WHERE o.id <> i.item AND i.part = {}"
        " AND (o.id * 7 + i.account * 3 + i.item) % 3 = {}{}",
        part,
        remainder,
        known));
    if (!given) {
        throw std::runtime_error(describe(given.error()));
    }
}

Changes changes(const Json& measures, Changes more = {})
{
    more["split.kind"] = "given";
    more["measures"] = measures;
    more.emplace("method.name", "item-knn");
    return more;
}

} // namespace

/// The scores of the run's own model, each test item among its negatives, by hand.
void GivenRankingTest::valuesAreThoseOfTheModel()
{
    const Workspace workspace = filled(m_folder, "values.transept");
    giveAll(workspace, testPart);
    const RunRecord run =
        test::finishedRun(workspace, changes({"hit-rate@3~given", "mrr@3~given", "ndcg@10"}));
    const auto fitted = test::valueOf(reopen(workspace, run.id, {}));
    Dataset data = fitted->data;
    const std::vector<PersonId> users = test::valueOf(RunStore(workspace).users(run.id));
    const auto hits = test::valueOf(RunStore(workspace).perUser(run.id, "hit-rate@3~given"));
    const auto ranks = test::valueOf(RunStore(workspace).perUser(run.id, "mrr@3~given"));

    double sum = 0.0;
    for (std::size_t at = 0; at < users.size(); ++at) {
        double hit = 0.0;
        double reciprocal = 0.0;
        double cases = 0.0;
        Statement tested =
            std::move(*workspace.database().prepare("SELECT DISTINCT item FROM interaction JOIN account ON "
                                                    "account.id = account WHERE person = ? AND part = 3"));
        tested.bind(1, number(users[at]));
        while (tested.step().value()) {
            std::vector<ItemRow> items;
            Statement others = std::move(*workspace.database().prepare(
                "SELECT negative FROM given_negative JOIN account ON account.id = account WHERE person = ?"
                " AND item = ?"));
            others.bind(1, number(users[at])).bind(2, tested.integer(0));
            const auto rowOfItem = [&](std::int64_t id) {
                return static_cast<ItemRow>(std::ranges::find(data.target.items, ItemId{id}) -
                                            data.target.items.begin());
            };
            items.push_back(rowOfItem(tested.integer(0)));
            while (others.step().value()) {
                items.push_back(rowOfItem(others.integer(0)));
            }
            std::vector<float> scores(items.size());
            const auto user =
                static_cast<UserRow>(std::ranges::find(data.users, users[at]) - data.users.begin());
            fitted->model->scoreItems(user, items, scores);
            std::size_t place = 1;
            for (std::size_t other = 1; other < items.size(); ++other) {
                place += scores[other] > scores[0] || (scores[other] == scores[0] && items[other] < items[0])
                             ? 1
                             : 0;
            }
            hit += place <= 3 ? 1.0 : 0.0;
            reciprocal += place <= 3 ? 1.0 / static_cast<double>(place) : 0.0;
            cases += 1.0;
        }
        QVERIFY(std::abs(hits[at] - hit / cases) < 1e-12);
        QVERIFY(std::abs(ranks[at] - reciprocal / cases) < 1e-12);
        sum += hits[at];
    }
    QVERIFY(std::abs(run.measures.at("hit-rate@3~given") - sum / static_cast<double>(users.size())) < 1e-12);
    QVERIFY(run.measures.at("hit-rate@3~given") > 0.05);
    QVERIFY(run.measures.at("hit-rate@3~given") < 0.95);
}

void GivenRankingTest::missingNegativesAreRefusedBeforeTraining_data()
{
    QTest::addColumn<QString>("changes");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("one is missing") << R"({"measures": ["rmse", "ndcg@10~given"], "split.kind": "given"})"
                                    << "measures[1] is ndcg@10~given, but 1 of ";
    QTest::newRow("another split") << R"({"measures": ["ndcg@10~given"]})"
                                   << "(split.kind given), or write ndcg@10.";
    QTest::newRow("validation without any")
        << R"({"split.kind": "given", "stop.measure": "mrr@5~given", "method.name": "mf"})"
        << "stop.measure is mrr@5~given, but ";
}

void GivenRankingTest::missingNegativesAreRefusedBeforeTraining()
{
    QFETCH(QString, changes);
    QFETCH(QString, sentence);
    const Workspace workspace =
        filled(m_folder, (std::string(QTest::currentDataTag()) + ".transept").c_str());
    giveAll(workspace, testPart);
    QVERIFY_OK(workspace.database().execute("DELETE FROM given_negative WHERE (account, item) = (SELECT "
                                            "account, item FROM interaction WHERE part = 3"
                                            " ORDER BY account DESC LIMIT 1)"));
    const Spec spec = test::specOf(Json::parse(changes.toStdString()).get<Changes>());

    const auto loaded = enqueueLoaded(workspace, spec, {});

    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, ErrorCode::InvalidInput);
    QVERIFY2(describe(loaded.error()).find(sentence.toStdString()) != std::string::npos,
             describe(loaded.error()).c_str());
    QVERIFY(RunStore(workspace).all()->empty());
    const auto run = test::valueOf(enqueue(workspace, spec));
    QVERIFY(!execute(workspace, run, {}));
    QVERIFY(RunStore(workspace).find(run)->state == RunState::Failed);
    QCOMPARE(**workspace.database().scalar("SELECT count(*) FROM curve"), 0);
}

void GivenRankingTest::validationIsMeasuredWhereItHasThem()
{
    const Workspace workspace = filled(m_folder, "validation.transept");
    giveAll(workspace, testPart);
    const auto wanted = changes({"ndcg@10", "ndcg@10~given"});

    const RunRecord without = test::finishedRun(workspace, wanted);
    giveAll(workspace, validationPart);
    const RunRecord with = test::finishedRun(workspace, wanted);

    QVERIFY(!without.validation.contains("ndcg@10~given"));
    QVERIFY(without.validation.contains("ndcg@10"));
    QVERIFY(with.validation.at("ndcg@10~given") > with.validation.at("ndcg@10"));
    QCOMPARE(with.measures, without.measures);
}

void GivenRankingTest::trainingStopsByThem()
{
    const Workspace workspace = filled(m_folder, "stop.transept");
    giveAll(workspace, testPart);
    giveAll(workspace, validationPart);

    const RunRecord run = test::finishedRun(
        workspace,
        changes({"ndcg@10~given"},
                {{"method.name", "bpr"}, {"method.epochs", 6}, {"stop.measure", "ndcg@10~given"}}));

    const auto curves = test::valueOf(RunStore(workspace).curves(run.id));
    const auto& points = curves.at(std::string(validationMark) + "ndcg@10~given");
    QCOMPARE(points.size(), std::size_t{6});
    const auto best = std::ranges::max_element(points, {}, &CurvePoint::value);
    QCOMPARE(run.bestEpoch, static_cast<int>(best->step));
    QVERIFY_OK(reopen(workspace, run.id, {}));
}

void GivenRankingTest::specsWithoutThemKeepTheirFingerprints()
{
    const Workspace workspace = filled(m_folder, "fingerprints.transept");
    const RunRecord before = test::finishedRun(workspace, changes({"ndcg@10"}));
    giveAll(workspace, testPart);
    const RunRecord after = test::finishedRun(workspace, changes({"ndcg@10"}));
    const RunRecord given = test::finishedRun(workspace, changes({"ndcg@10", "ndcg@10~given"}));

    QCOMPARE(after.fingerprint, before.fingerprint);
    QCOMPARE(after.specHash, before.specHash);
    QVERIFY(given.fingerprint.starts_with(before.fingerprint + "."));
    QVERIFY(mayBeCompared(before, given));
    QVERIFY(mayBeCompared(given, after));
    QCOMPARE(given.measures.at("ndcg@10"), before.measures.at("ndcg@10"));
}

void GivenRankingTest::otherNegativesAreNotCompared()
{
    const Workspace workspace = filled(m_folder, "others.transept");
    const auto wanted = changes({"ndcg@10", "ndcg@10~given"});
    giveAll(workspace, testPart);
    const RunRecord first = test::finishedRun(workspace, wanted);
    const RunRecord popular =
        test::finishedRun(workspace, changes({"ndcg@10~given"}, {{"method.name", "popularity"}}));
    giveAll(workspace, testPart, 1);
    const RunRecord second = test::finishedRun(workspace, wanted);

    QVERIFY(mayBeCompared(first, popular));
    QVERIFY(!mayBeCompared(first, second));
    QVERIFY(!compare(workspace, std::vector{first.id, second.id}, {})->sameData);
    QVERIFY(compare(workspace, std::vector{first.id, popular.id}, {})->measures.at("ndcg@10~given").p[0][1] <
            1.0);
}

void GivenRankingTest::replacedNegativesLeaveTheModelUsable()
{
    const Workspace workspace = filled(m_folder, "replaced.transept");
    giveAll(workspace, testPart);
    const RunRecord run = test::finishedRun(workspace, changes({"ndcg@10", "ndcg@10~given"}));
    QVERIFY(!test::codesOf(test::auditOf(workspace, {run.id})).contains("data-changed"));

    QVERIFY_OK(workspace.database().execute("DELETE FROM given_negative"));
    giveAll(workspace, testPart, 1);

    QVERIFY_OK(reopen(workspace, run.id, {}));
    QVERIFY_OK(segmentsOf(workspace, run.id, {}));
    QVERIFY(test::codesOf(test::auditOf(workspace, {run.id})).contains("data-changed"));
}

void GivenRankingTest::segmentsOfUsersAddUpToTheWhole()
{
    const Workspace workspace = filled(m_folder, "segments.transept");
    giveAll(workspace, testPart);
    const RunRecord run = test::finishedRun(workspace, changes({"ndcg@10", "ndcg@10~given", "ndcg@10~5"}));

    const auto segments = test::valueOf(segmentsOf(workspace, run.id, {}));

    for (const char* measure : {"ndcg@10", "ndcg@10~given", "ndcg@10~5"}) {
        double sum = 0.0;
        double users = 0.0;
        for (const Segment& segment : segments) {
            if (segment.dimension == Segment::Dimension::History) {
                sum += static_cast<double>(segment.users) * segment.values.at(measure);
                users += static_cast<double>(segment.users);
            } else if (std::string_view(measure) != "ndcg@10") {
                QVERIFY(std::isnan(segment.values.at(measure)));
            }
        }
        QVERIFY2(std::abs(sum / users - run.measures.at(measure)) < 1e-9, measure);
    }
}

void GivenRankingTest::auditorTakesThemForSampled()
{
    const Workspace workspace = filled(m_folder, "sampled.transept");
    giveAll(workspace, testPart);
    const auto codes = [&](const Json& measures) {
        return test::codesOf(test::auditOf(workspace, {test::finishedRun(workspace, changes(measures)).id}));
    };

    const auto both = codes({"ndcg@10", "ndcg@10~given"});
    const auto alone = codes({"ndcg@10~given"});

    QVERIFY(both.contains("sampled-negatives") && !both.contains("only-sampled-negatives"));
    QVERIFY(alone.contains("sampled-negatives") && alone.contains("only-sampled-negatives"));
    QVERIFY(!both.contains("known-negatives"));
}

void GivenRankingTest::negativesThatPeopleHaveAreTold()
{
    const Workspace workspace = m_folder.workspace("known.transept");
    test::fill(workspace,
               "films: ann a 5 train, ann b 4 test, ann c 3 valid, bob a 2 train, bob b 3 test, bob d 3 test,"
               " cid a 3 train, cid e 4 train, - f, - g");
    test::giveNegatives(workspace, "films", "ann", "b", {"a", "c", "d", "e", "f"}); // two are hers
    test::giveNegatives(workspace, "films", "ann", "c", {"a", "g"}); // not of a test interaction
    test::giveNegatives(workspace, "films", "bob", "b", {"d", "g"}); // one is tested too
    test::giveNegatives(workspace, "films", "bob", "d", {"c"});
    const auto findings = [&](const Json& measures) {
        return test::auditOf(workspace, {test::finishedRun(workspace, changes(measures)).id});
    };

    const Finding finding = test::findingOf(findings({"ndcg@10", "mrr@3~given"}), "known-negatives");

    QVERIFY(finding.severity == Severity::Warning);
    QCOMPARE(finding.figures.at("negatives").get<int>(), 8);
    QCOMPARE(finding.figures.at("known").get<int>(), 3);
    QCOMPARE(finding.figures.at("people").get<int>(), 2);
    QCOMPARE(finding.figures.at("share").get<double>(), 3.0 / 8.0);
    QVERIFY2(describe(finding).starts_with("3 of 8 given negatives (37.50 %) are none: 2 people"),
             describe(finding).c_str());
    QVERIFY(!test::codesOf(findings({"ndcg@10"})).contains("known-negatives"));
}

void GivenRankingTest::resultsOfOthersCannotTell()
{
    const Workspace workspace = filled(m_folder, "imported.transept");
    giveAll(workspace, testPart);
    const RunRecord run = test::finishedRun(workspace, changes({"ndcg@10", "ndcg@10~given"}));
    QVERIFY(usesGiven(*specFrom(run.spec)));
    std::string lists = "user,item,rank\n";
    for (int rank = 1; rank <= 40; ++rank) {
        lists += fmt::format("u1,i{0},{0}\n", rank);
    }
    const auto file = m_folder.write("lists.csv", lists);

    const auto imported = importResults(
        workspace, {.spec = *specFrom(run.spec)}, {.files = {{.file = file}}, .name = "others"}, {});

    QVERIFY_OK(imported);
    QCOMPARE(imported->notMeasured, std::vector<std::string>{"ndcg@10~given"});
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::GivenRankingTest)
#include "GivenRankingTest.moc"
