#include "core/experiment/Audit.h"

#include "core/experiment/Findings.h"
#include "core/model/Methods.h"
#include "tests/support/Datasets.h"
#include "tests/support/Findings.h"
#include "tests/support/Runs.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <algorithm>
#include <set>

namespace transept {

using Changes = std::map<std::string, Json>;
using Codes = std::set<std::string>;
using test::auditOf;
using test::codesOf;
using test::findingOf;
using Words = std::vector<std::string>;

/// Every finding is provoked, and absent where there is nothing to find.
class AuditTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosingAmongRunsWithoutValidationIsToldOnce();
    void choosingByValidationIsFine();
    void refitIsHeldAgainstWhatValidationChose();
    void sampledNegativesAreTold();
    void oneSeedIsToldWhereChancePlaysAPart_data();
    void oneSeedIsToldWhereChancePlaysAPart();
    void laterTrainingInteractionsAreCounted();
    void splitsByTimeLeakNothing_data();
    void splitsByTimeLeakNothing();
    void interactionsWithoutTimesLeakNothing();
    void twinsThatGiveAnswersAwayAreCounted();
    void droppedTwinsGiveNothingAway();
    void gainIsSplitByWhomATwinHits();
    void gainNeedsARunWithoutSources();
    void tiesAtTheCutAreTold_data();
    void tiesAtTheCutAreTold();
    void usersWithoutAListAreCounted();
    void missingControlsAreTold_data();
    void missingControlsAreTold();
    void controlsOnOtherDataAreNone();
    void dataThatChangedIsNotedOnly();
    void approximationIsToldWithItsError();
    void weightsThatCouldNotBeChosenAreTold();
    void unfinishedRunIsRefused();
    void auditCanBeStopped();

private:
    test::Temporary m_folder;
};

namespace {

/// Films, and shops that sell most of them under other names: "u1 i7" of the films stands as "u1 x7" in the
/// shop, for even items.
std::string filmsAndShop()
{
    std::string films = test::ratingsPicture("films", 60, 30, 12, 1);
    std::string shop = "shop: ";
    for (int user = 1; user <= 60; ++user) {
        for (int item = 2; item <= 30; item += 2) {
            if (films.find(fmt::format(" u{} i{} ", user, item)) != std::string::npos) {
                shop += fmt::format("u{} x{} 4@1000, ", user, item);
            }
        }
        shop += fmt::format("u{} other{} 3@1000, u{} other{} 5@1000, ", user, user % 4, user, user % 7);
    }
    return films + "; " + shop;
}

const Json shop = Json::array({"shop"});

/// A finished run that no method made, on data that the workspace does not hold.
RunId madeUp(const Workspace& workspace, const Changes& changes, const RunStore::Outcome& outcome)
{
    const RunStore store(workspace);
    const RunId run = test::valueOf(store.add("made up", toJson(test::specOf(changes))));
    if (!store.setFingerprint(run, "films.all") || !store.finish(run, outcome)) {
        throw std::runtime_error("the run could not be stored");
    }
    return run;
}

RunId madeUp(const Workspace& workspace, const Changes& changes, const std::vector<std::string>& measures)
{
    RunStore::Outcome outcome;
    for (const std::string& measure : measures) {
        outcome.measures[measure] = 0.5;
    }
    return madeUp(workspace, changes, outcome);
}

} // namespace

void AuditTest::choosingAmongRunsWithoutValidationIsToldOnce()
{
    const Workspace workspace = m_folder.workspace("selection.transept");
    test::fill(workspace, test::ratingsPicture("films", 40, 30, 12, 1));
    const Json noValidation = Json::array({0.8, 0.0, 0.2});
    const auto runWith = [&](double lambda) {
        return test::finishedRun(workspace, {{"split.ratios", noValidation}, {"method.lambda-user", lambda}})
            .id;
    };
    const RunId only = runWith(1.0);
    QVERIFY(!codesOf(auditOf(workspace, {only})).contains("selection-on-test"));

    const RunId second = runWith(5.0);

    for (const std::vector<RunId>& runs : {std::vector{only}, std::vector{only, second}}) {
        const Finding finding = findingOf(auditOf(workspace, runs), "selection-on-test");
        QVERIFY(finding.severity == Severity::Serious);
        QVERIFY(finding.runs == (std::vector{only, second}));
        QVERIFY(describe(finding).starts_with("2 runs differ"));
    }
}

void AuditTest::choosingByValidationIsFine()
{
    const Workspace workspace = m_folder.workspace("validation.transept");
    test::fill(workspace, test::ratingsPicture("films", 40, 30, 12, 1));
    const RunId first = test::finishedRun(workspace, {{"method.lambda-user", 1.0}}).id;
    const RunId second = test::finishedRun(workspace, {{"method.lambda-user", 5.0}}).id;
    const Json noValidation = Json::array({0.8, 0.0, 0.2});
    const RunId chosen = test::finishedRun(workspace, {{"split.ratios", noValidation}}).id;

    QVERIFY(!codesOf(auditOf(workspace, {first, second, chosen})).contains("selection-on-test"));
}

void AuditTest::refitIsHeldAgainstWhatValidationChose()
{
    const Workspace workspace = m_folder.workspace("refit.transept");
    test::fill(workspace, test::ratingsPicture("films", 40, 30, 12, 1));
    const auto runWith = [&](double lambda, bool refit) {
        return test::finishedRun(workspace, {{"method.lambda-user", lambda}, {"split.refit", refit}});
    };
    const RunRecord alone = runWith(1.0, true);
    QVERIFY(alone.validation.empty());
    QVERIFY(!codesOf(auditOf(workspace, {alone.id})).contains("refit-of-others"));

    const RunRecord first = runWith(1.0, false);
    const RunRecord second = runWith(500.0, false);
    const bool firstIsBetter = first.validation.at("rmse") < second.validation.at("rmse");
    QVERIFY(first.validation.at("rmse") != second.validation.at("rmse"));
    const RunRecord& best = firstIsBetter ? first : second;
    const RunRecord other = runWith(500.0, true);
    const RunRecord& right = firstIsBetter ? alone : other;
    const RunRecord& wrong = firstIsBetter ? other : alone;

    QVERIFY(!codesOf(auditOf(workspace, {right.id})).contains("refit-of-others"));
    const Finding finding = findingOf(auditOf(workspace, {wrong.id}), "refit-of-others");
    QVERIFY(finding.severity == Severity::Warning);
    QVERIFY(finding.runs == (std::vector{wrong.id, best.id}));
    QCOMPARE(finding.figures.at("measure").get<std::string>(), std::string("rmse"));
    // Two refits side by side: the test would choose between them.
    const Finding selection = findingOf(auditOf(workspace, {right.id}), "selection-on-test");
    QVERIFY(selection.runs == (std::vector{alone.id, other.id}));
}

void AuditTest::sampledNegativesAreTold()
{
    const Workspace workspace = m_folder.workspace("sampled.transept");
    test::fill(workspace, test::ratingsPicture("films", 40, 30, 12, 1));
    const auto codes = [&](const Json& measures) {
        const RunRecord run = test::finishedRun(workspace, {{"measures", measures}});
        return codesOf(auditOf(workspace, {run.id}));
    };

    const Codes full = codes({"rmse", "ndcg@10"});
    const Codes both = codes({"ndcg@10~9", "ndcg@10"});
    const Codes sampled = codes({"rmse", "ndcg@10~9"});

    QVERIFY(!full.contains("sampled-negatives") && !full.contains("only-sampled-negatives"));
    QVERIFY(both.contains("sampled-negatives") && !both.contains("only-sampled-negatives"));
    QVERIFY(sampled.contains("sampled-negatives") && sampled.contains("only-sampled-negatives"));
}

void AuditTest::oneSeedIsToldWhereChancePlaysAPart_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("split");
    QTest::addColumn<QString>("other"); ///< what differs in the second run
    QTest::addColumn<bool>("alone");    ///< told of the first run
    QTest::addColumn<bool>("together");

    QTest::newRow("split seed") << "bias"
                                << "warm"
                                << "split.seed" << true << false;
    QTest::newRow("fold") << "bias"
                          << "k-fold"
                          << "split.fold" << true << false;
    QTest::newRow("seed of the method") << "mf"
                                        << "leave-one-out"
                                        << "seed" << true << false;
    QTest::newRow("no repetition") << "mf"
                                   << "leave-one-out"
                                   << "method.factors" << true << true;
    QTest::newRow("nothing drawn") << "bias"
                                   << "leave-one-out"
                                   << "seed" << false << false;
}

void AuditTest::oneSeedIsToldWhereChancePlaysAPart()
{
    QFETCH(QString, method);
    QFETCH(QString, split);
    QFETCH(QString, other);
    QFETCH(bool, alone);
    QFETCH(bool, together);
    const Workspace workspace = m_folder.workspace(std::string(QTest::currentDataTag()) + ".transept");
    test::fill(workspace, test::ratingsPicture("films", 40, 30, 12, 1));
    Changes changes{{"method.name", method.toStdString()}, {"split.kind", split.toStdString()}};
    if (method == QStringLiteral("mf")) {
        changes["method.epochs"] = 2;
    }
    const RunId first = test::finishedRun(workspace, changes).id;
    QCOMPARE(codesOf(auditOf(workspace, {first})).contains("one-seed"), alone);

    changes[other.toStdString()] = 3;
    (void)test::finishedRun(workspace, changes);

    QCOMPARE(codesOf(auditOf(workspace, {first})).contains("one-seed"), together);
}

void AuditTest::laterTrainingInteractionsAreCounted()
{
    const Workspace workspace = m_folder.workspace("times.transept");
    test::fill(
        workspace,
        "films: ann a 5@10 train, ann b 4@20 test, ann c 3@30 test, ann d 3@25 train, bob a 2@50 train,"
        " bob b 3@5 test, cid c 3@7 test, cid a 3 train, dan a 4 train, dan b 4 test; "
        "shop: cid x 4@90 train, bob y 5@1 train");
    const auto leakOf = [&](const Json& sources) {
        const RunId run =
            test::finishedRun(workspace, {{"split.kind", "given"}, {"data.sources", sources}}).id;
        return findingOf(auditOf(workspace, {run}), "time-leak").figures;
    };

    const Json alone = leakOf(Json::array());
    const Json together = leakOf(shop);

    QCOMPARE(alone.at("test_interactions").get<int>(), 4); // dan's has no time
    QCOMPARE(alone.at("earlier_than_training").get<int>(), 2);
    QCOMPARE(together.at("earlier_than_target_training").get<int>(), 2);
    QCOMPARE(together.at("earlier_than_training").get<int>(), 3);
    QCOMPARE(together.at("share").get<double>(), 0.75);
}

void AuditTest::splitsByTimeLeakNothing_data()
{
    QTest::addColumn<QString>("split");
    QTest::addColumn<bool>("leaks");
    QTest::newRow("temporal") << "temporal" << false;
    QTest::newRow("leave-one-out") << "leave-one-out" << false;
    QTest::newRow("warm") << "warm" << true;
}

void AuditTest::splitsByTimeLeakNothing()
{
    QFETCH(QString, split);
    QFETCH(bool, leaks);
    const Workspace workspace = m_folder.workspace((split + QStringLiteral(".transept")).toStdString());
    test::fill(workspace, test::ratingsPicture("films", 40, 30, 12, 1));

    const RunId run = test::finishedRun(workspace, {{"split.kind", split.toStdString()}}).id;

    QCOMPARE(codesOf(auditOf(workspace, {run})).contains("time-leak"), leaks);
}

void AuditTest::interactionsWithoutTimesLeakNothing()
{
    const Workspace workspace = m_folder.workspace("timeless.transept");
    test::fill(workspace, "films: ann a 5, ann b 4, ann c 3, ann d 3, bob a 2, bob b 3, bob c 1");

    const RunId run = test::finishedRun(workspace, {}).id;

    QVERIFY(!codesOf(auditOf(workspace, {run})).contains("time-leak"));
}

void AuditTest::twinsThatGiveAnswersAwayAreCounted()
{
    const Workspace workspace = m_folder.workspace("twins.transept");
    test::fill(
        workspace,
        "films: ann a 5 train, bob a 4 train, cid a 3 train, dan b 4 train, dan a 4 test, ann b 2 test,"
        " eve b 3 train, eve a 3 test; "
        "shop: ann x 5, bob x 3, cid x 2, dan x 5, eve y 4");

    const RunId run = test::finishedRun(workspace, {{"split.kind", "given"}, {"data.sources", shop}}).id;
    const Finding finding = findingOf(auditOf(workspace, {run}), "twin-leak");

    QVERIFY(finding.severity == Severity::Serious);
    QCOMPARE(finding.figures.dump(),
             Json({{"source", "shop"},
                   {"pairs", 1},
                   {"items", 1},
                   {"test_interactions", 3},
                   {"leaked", 1},
                   {"hit_users", 1}})
                 .dump());
    QVERIFY(finding.runs == std::vector{run});
    QVERIFY(describe(finding).starts_with("1 of 3 test interactions, of 1 people,"));
    const RunId alone = test::finishedRun(workspace, {{"split.kind", "given"}}).id;
    QVERIFY(!codesOf(auditOf(workspace, {alone})).contains("twin-leak"));
}

void AuditTest::droppedTwinsGiveNothingAway()
{
    const Workspace workspace = m_folder.workspace("dropped.transept");
    test::fill(workspace, filmsAndShop());
    const Changes changes{{"method.name", "ease"}, {"data.sources", shop}, {"data.drop_twins", true}};

    const RunRecord run = test::finishedRun(workspace, changes);
    const Codes codes = codesOf(auditOf(workspace, {run.id}));

    QVERIFY(codes.contains("twins"));
    QVERIFY(!codes.contains("twin-leak"));
    QVERIFY(run.spec.at("data").at("drop_twins").get<bool>());
    QVERIFY(test::finishedRun(workspace, changes).measures == run.measures);
    const auto again = test::valueOf(reopen(workspace, run.id, {}));
    QVERIFY(again->data.dropTwins);
}

void AuditTest::gainIsSplitByWhomATwinHits()
{
    const Workspace workspace = m_folder.workspace("gain.transept");
    test::fill(workspace, filmsAndShop());
    const RunId alone = test::finishedRun(workspace, {{"method.name", "ease"}}).id;
    const RunId together = test::finishedRun(workspace, {{"method.name", "ease"}, {"data.sources", shop}}).id;
    const RunId bias = test::finishedRun(workspace, {}).id;

    const std::vector<Finding> findings = auditOf(workspace, {bias, alone, together});
    const Finding gain = findingOf(findings, "twin-gain");

    QVERIFY(gain.runs == (std::vector{alone, together}));
    const Json& figures = gain.figures;
    QCOMPARE(figures.at("measure").get<std::string>(), std::string("ndcg@10"));
    const auto hit = figures.at("hit").at("users").get<double>();
    const auto others = figures.at("others").at("users").get<double>();
    QCOMPARE(findingOf(findings, "twin-leak").figures.at("hit_users").get<double>(), hit);
    const RunStore store(workspace);
    for (const auto& [run, which] : {std::pair{alone, "without_sources"}, {together, "with_sources"}}) {
        const double all = store.find(run).value().measures.at("ndcg@10");
        QVERIFY(std::abs(figures.at("all").at(which).get<double>() - all) < 1e-9);
        const double mean = (hit * figures.at("hit").at(which).get<double>() +
                             others * figures.at("others").at(which).get<double>()) /
                            (hit + others);
        QVERIFY(std::abs(mean - all) < 1e-9);
    }
    const auto rise = [&](const char* whose) {
        return figures.at(whose).at("with_sources").get<double>() -
               figures.at(whose).at("without_sources").get<double>();
    };
    QVERIFY(rise("hit") > 0.1);
    QVERIFY(rise("hit") > rise("others") + 0.1);
}

void AuditTest::gainNeedsARunWithoutSources()
{
    const Workspace workspace = m_folder.workspace("nogain.transept");
    test::fill(workspace, filmsAndShop());
    const RunId ease = test::finishedRun(workspace, {{"method.name", "ease"}, {"data.sources", shop}}).id;
    const RunId knn = test::finishedRun(workspace, {{"method.name", "item-knn"}, {"data.sources", shop}}).id;
    const RunId bias = test::finishedRun(workspace, {}).id;

    const Codes codes = codesOf(auditOf(workspace, {ease, knn, bias}));

    QVERIFY(codes.contains("twin-leak"));
    QVERIFY(!codes.contains("twin-gain"));
}

void AuditTest::tiesAtTheCutAreTold_data()
{
    QTest::addColumn<QList<float>>("scores"); ///< of two users in ten; the others' are all different
    QTest::addColumn<QString>("told");

    QTest::newRow("across the cut") << QList<float>{5, 4, 2, 2, 1} << "ties";
    QTest::newRow("within the cut") << QList<float>{5, 4, 4, 3, 1} << "";
    QTest::newRow("beyond the cut") << QList<float>{5, 4, 3, 2, 2} << "";
    QTest::newRow("list that ends at the cut") << QList<float>{5, 2, 2} << "ties";
    QTest::newRow("list that is shorter") << QList<float>{2, 2} << "constant-scores";
    QTest::newRow("all equal") << QList<float>{2, 2, 2, 2, 2} << "constant-scores";
    QTest::newRow("one item") << QList<float>{2} << "";
}

void AuditTest::tiesAtTheCutAreTold()
{
    QFETCH(QList<float>, scores);
    QFETCH(QString, told);
    const Workspace workspace =
        m_folder.workspace(std::string("ties ") + QTest::currentDataTag() + ".transept");
    const auto audited = [&](int concerned) {
        RunStore::Outcome outcome{.measures = {{"ndcg@3", 0.5}, {"recall@1", 0.5}, {"rmse", 1.0}}};
        for (int user = 1; user <= 10; ++user) {
            StoredList list{.person = PersonId{user}, .scores = {9, 8, 7, 6, 5}, .relevant = {ItemId{3}}};
            if (user <= concerned) {
                list.scores = {scores.begin(), scores.end()};
            }
            for (std::size_t item = 1; item <= list.scores.size(); ++item) {
                list.items.push_back(ItemId{static_cast<std::int64_t>(item)});
            }
            outcome.users.push_back(list.person);
            outcome.lists.push_back(std::move(list));
        }
        return auditOf(workspace, {madeUp(workspace, {}, outcome)});
    };

    const std::vector<Finding> of2 = audited(2);
    const Codes of1 = codesOf(audited(1));

    QVERIFY(!of1.contains("ties") && !of1.contains("constant-scores"));
    for (const char* code : {"ties", "constant-scores"}) {
        QCOMPARE(codesOf(of2).contains(code), told == QString::fromUtf8(code));
    }
    if (told == QStringLiteral("ties")) {
        const Json figures = findingOf(of2, "ties").figures;
        QCOMPARE(figures.at("tied_users").get<int>(), 2);
        QCOMPARE(figures.at("cut").get<int>(), 3);
        QCOMPARE(figures.at("relevant_in_by_tie").get<int>(), 2);
    }
}

void AuditTest::usersWithoutAListAreCounted()
{
    const Workspace workspace = m_folder.workspace("missing.transept");
    RunStore::Outcome outcome{.measures = {{"ndcg@10", 0.5}}};
    for (int user = 1; user <= 10; ++user) {
        outcome.lists.push_back({.person = PersonId{user}, .relevant = {ItemId{1}}});
        if (user > 3) {
            outcome.lists.back().items = {ItemId{1}};
            outcome.lists.back().scores = {0.5F};
        }
    }

    const Finding finding = findingOf(auditOf(workspace, {madeUp(workspace, {}, outcome)}), "missing-lists");

    QCOMPARE(finding.severity, Severity::Warning);
    QCOMPARE(finding.arguments, (Words{"3", "10", "30.0"}));
    outcome.lists.erase(outcome.lists.begin(), outcome.lists.begin() + 3);
    QVERIFY(!codesOf(auditOf(workspace, {madeUp(workspace, {}, outcome)})).contains("missing-lists"));
}

void AuditTest::missingControlsAreTold_data()
{
    using Runs = std::vector<Changes>;
    QTest::addColumn<Runs>("runs");
    QTest::addColumn<bool>("ratings");
    QTest::addColumn<Words>("told");

    const Changes mf{{"method.name", "mf"}};
    const Changes cmf{{"method.name", "cmf"}, {"data.sources", shop}};
    const Changes bias{{"method.name", "bias"}};
    const Changes popularity{{"method.name", "popularity"}};
    const Changes carried{{"method.name", "carried-bias"}, {"data.sources", shop}};
    const Changes kfmf{{"method.name", "kfmf"}, {"knowledge", "words"}};
    Changes shuffled = kfmf;
    shuffled["shuffle_knowledge"] = true;
    const Changes textKnn{{"method.name", "text-knn"}, {"knowledge", "words"}, {"shuffle_knowledge", true}};
    const std::string withoutKnowledge = "no-run-without-knowledge";
    const std::string notShuffled = "no-shuffled-knowledge";
    const std::string noMeans = "no-mean-controls";
    const Changes globalMean{{"method.name", "bias"}, {"method.terms", "none"}};
    const Changes userMean{{"method.name", "bias"}, {"method.terms", "user"}};
    const Changes itemMean{{"method.name", "popularity"}, {"method.by", "mean"}};

    QTest::newRow("claims alone") << Runs{mf, cmf} << false << Words{"no-control"};
    QTest::newRow("rankings beside popularity") << Runs{mf, popularity} << false << Words{};
    QTest::newRow("ratings beside popularity") << Runs{mf, popularity} << true << Words{"no-control"};
    QTest::newRow("ratings beside bias") << Runs{mf, bias} << true << Words{noMeans};
    QTest::newRow("ratings beside all means") << Runs{mf, globalMean, userMean, itemMean} << true << Words{};
    QTest::newRow("ratings beside two means") << Runs{mf, globalMean, itemMean} << true << Words{noMeans};
    QTest::newRow("controls alone") << Runs{bias, popularity} << true << Words{};
    QTest::newRow("sources beside bias") << Runs{cmf, bias} << true << Words{"no-carried-control", noMeans};
    QTest::newRow("sources beside carried bias") << Runs{cmf, carried} << true << Words{noMeans};
    QTest::newRow("rankings with sources") << Runs{cmf, popularity} << false << Words{};
    QTest::newRow("knowledge beside bias")
        << Runs{kfmf, bias} << true << Words{noMeans, withoutKnowledge, notShuffled};
    QTest::newRow("knowledge beside none") << Runs{kfmf, mf, bias} << true << Words{noMeans, notShuffled};
    QTest::newRow("knowledge beside shuffled")
        << Runs{kfmf, shuffled, bias} << true << Words{noMeans, withoutKnowledge};
    QTest::newRow("shuffled for another method")
        << Runs{kfmf, mf, textKnn, bias} << true << Words{noMeans, notShuffled};
    QTest::newRow("all there is") << Runs{kfmf, mf, shuffled, bias} << true << Words{noMeans};
}

void AuditTest::missingControlsAreTold()
{
    QFETCH(std::vector<Changes>, runs);
    QFETCH(bool, ratings);
    QFETCH(Words, told);
    const Workspace workspace =
        m_folder.workspace(std::string("controls ") + QTest::currentDataTag() + ".transept");
    test::fill(workspace, filmsAndShop());
    std::vector<RunId> ids;
    for (const Changes& changes : runs) {
        const bool rates = ratings && changes.at("method.name") != "popularity";
        ids.push_back(madeUp(workspace,
                             changes,
                             rates ? std::vector<std::string>{"rmse", "ndcg@10"}
                                   : std::vector<std::string>{"ndcg@10"}));
    }

    Codes found = codesOf(auditOf(workspace, ids));

    std::erase_if(found, [](const std::string& code) { return !code.starts_with("no-"); });
    QCOMPARE(Json(found).dump(), Json(Codes(told.begin(), told.end())).dump());
}

void AuditTest::controlsOnOtherDataAreNone()
{
    const Workspace workspace = m_folder.workspace("elsewhere.transept");
    const RunId claim = madeUp(workspace, {{"method.name", "ease"}}, std::vector<std::string>{"ndcg@10"});
    const RunId control = madeUp(workspace, {{"split.seed", 2}}, std::vector<std::string>{"ndcg@10", "rmse"});

    const Finding finding = findingOf(auditOf(workspace, {claim, control}), "no-control");

    QVERIFY(finding.runs == std::vector{claim});
}

void AuditTest::dataThatChangedIsNotedOnly()
{
    const Workspace workspace = m_folder.workspace("changed.transept");
    test::fill(workspace, filmsAndShop());
    const RunId run = test::finishedRun(workspace, {{"data.sources", shop}, {"method.name", "ease"}}).id;
    QVERIFY(!codesOf(auditOf(workspace, {run})).contains("data-changed"));

    test::fill(workspace, "films: u1 i999 5, somebody i1 4; shop: u2 x999 3");
    const Codes grown = codesOf(auditOf(workspace, {run}));
    QVERIFY(!grown.contains("data-changed"));
    QVERIFY(grown.contains("twin-leak"));

    test::falsify(workspace);

    const Codes codes = codesOf(auditOf(workspace, {run}));
    QVERIFY(codes.contains("data-changed"));
    QVERIFY(!codes.contains("twin-leak") && !codes.contains("time-leak"));
}

void AuditTest::approximationIsToldWithItsError()
{
    const Workspace workspace = m_folder.workspace("approximation.transept");
    test::fill(workspace, test::ratingsPicture("films", 60, 40, 15, 1));
    const Changes approximate{
        {"method.name", "ease"}, {"method.solver", "neighbourhood"}, {"method.neighbourhood", 3}};
    const RunRecord run = test::finishedRun(workspace, approximate);
    const double residual = run.diagnostics.at("relative residual");

    const Finding finding = findingOf(auditOf(workspace, {run.id}), "approximation");

    QVERIFY(residual > 0.0 && residual < 1.0);
    QCOMPARE(finding.figures.at("relative_residual").get<double>(), residual);
    QVERIFY(finding.severity == Severity::Note);
    QVERIFY(RunStore(workspace).curves(run.id)->empty());

    const RunId exact = test::finishedRun(workspace, {{"method.name", "ease"}}).id;
    QVERIFY(!codesOf(auditOf(workspace, {exact})).contains("approximation"));

    const auto narrowed = approximationOf({.diagnostics = {{std::string(slimNeighbourhoodName), 500.0}}});
    QCOMPARE(narrowed->figures.at("neighbourhood").get<double>(), 500.0);
}

void AuditTest::weightsThatCouldNotBeChosenAreTold()
{
    const Workspace workspace = m_folder.workspace("weights.transept");
    test::fill(workspace, test::ratingsPicture("films", 60, 40, 15, 1));
    Changes blend{{"method.name", "ensemble"},
                  {"method.members", Json::parse(R"([{"name": "popularity"}, {"name": "ease"}])")}};
    const RunRecord chosen = test::finishedRun(workspace, blend);
    blend["split.refit"] = true;
    const RunRecord given = test::finishedRun(workspace, blend);

    const Finding finding = findingOf(auditOf(workspace, {given.id}), "weights-as-given");

    QVERIFY(finding.severity == Severity::Note);
    QCOMPARE(given.diagnostics.at("weight of part 1"), 0.5);
    QVERIFY(!codesOf(auditOf(workspace, {chosen.id})).contains("weights-as-given"));
    QVERIFY(chosen.diagnostics.at("weight of part 1") != 0.5);
    QVERIFY(std::abs(chosen.diagnostics.at("weight of part 1") + chosen.diagnostics.at("weight of part 2") -
                     1.0) < 1e-6);
}

void AuditTest::unfinishedRunIsRefused()
{
    const Workspace workspace = m_folder.workspace("queued.transept");
    const RunId run = test::valueOf(RunStore(workspace).add("queued", toJson(test::specOf({}))));

    const Result<std::vector<Finding>> findings = audit(workspace, run, {});

    QVERIFY(!findings.has_value());
    QCOMPARE(findings.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(findings.error()).find("queued") != std::string::npos);
    QCOMPARE(audit(workspace, RunId{99}, {}).error().code, ErrorCode::NotFound);
}

void AuditTest::auditCanBeStopped()
{
    const Workspace workspace = m_folder.workspace("stopped.transept");
    test::fill(workspace, filmsAndShop());
    const RunId run = test::finishedRun(workspace, {{"data.sources", shop}, {"method.name", "ease"}}).id;
    std::stop_source stop;
    stop.request_stop();

    const Result<std::vector<Finding>> findings = audit(workspace, run, JobContext{.stop = stop.get_token()});

    QVERIFY(!findings.has_value());
    QCOMPARE(findings.error().code, ErrorCode::Cancelled);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::AuditTest)
#include "AuditTest.moc"
