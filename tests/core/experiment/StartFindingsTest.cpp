#include "core/experiment/Audit.h"
#include "core/store/Deletion.h"
#include "tests/support/Datasets.h"
#include "tests/support/Findings.h"
#include "tests/support/Runs.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <set>

namespace transept {
namespace {

using Changes = std::map<std::string, Json>;

const Changes shortMf{{"method.name", "mf"}, {"method.epochs", 3}, {"method.factors", 4}};

Changes with(Changes changes, const Changes& further)
{
    for (const auto& [path, value] : further) {
        changes[path] = value;
    }
    return changes;
}

RunId trained(const Workspace& workspace, const Changes& further)
{
    return test::finishedRun(workspace, with(shortMf, further)).id;
}

using Pairs = std::multiset<std::pair<PersonId, ItemId>>;

Pairs pairsOf(const Dataset& data, const DomainData& domain, std::span<const Event> events)
{
    Pairs pairs;
    for (const Event& event : events) {
        pairs.emplace(data.users[index(event.user)], domain.items[index(event.item)]);
    }
    return pairs;
}

/// How many test pairs of a run are among the training pairs of one of the others.
std::size_t knownTo(const Workspace& workspace, RunId run, const std::vector<RunId>& earlier)
{
    Pairs learnt;
    for (const RunId id : earlier) {
        const auto fitted = test::valueOf(reopen(workspace, id, {}));
        const TrainingData& training = *fitted->parts.training;
        learnt.merge(pairsOf(fitted->data, fitted->data.target, test::eventsOf(training.target)));
        for (std::size_t at = 0; at < training.sources.size(); ++at) {
            learnt.merge(
                pairsOf(fitted->data, fitted->data.sources[at], test::eventsOf(training.sources[at])));
        }
    }
    const auto fitted = test::valueOf(reopen(workspace, run, {}));
    const Pairs asked = pairsOf(fitted->data, fitted->data.target, fitted->parts.test.events);
    return static_cast<std::size_t>(
        std::ranges::count_if(asked, [&](const auto& pair) { return learnt.contains(pair); }));
}

} // namespace

/// A model that a run goes on from may have learnt what the run is tested on.
class StartFindingsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anotherSplitGivesTheTestAway();
    void theSameSplitGivesNothingAway();
    void grownDataGivesTheTestAway();
    void runsFromOneStartAreToldEach();
    void startOfAStartIsLookedAt();
    void circleOfStartsComesToAnEnd();
    void sourceOfTheStartIsLookedAt();
    void pairThatOwnTrainingHoldsIsNoLeak();
    void startThatIsGoneIsTold_data();
    void startThatIsGoneIsTold();

private:
    Workspace filled(const std::string& name) const
    {
        Workspace workspace = m_folder.workspace(name);
        test::fill(workspace, test::ratingsPicture("films", 60, 40, 16, 1));
        test::fill(workspace, test::ratingsPicture("books", 60, 30, 8, 2));
        return workspace;
    }

    test::Temporary m_folder;
};

void StartFindingsTest::anotherSplitGivesTheTestAway()
{
    const Workspace workspace = filled("split.transept");
    const RunId first = trained(workspace, {});
    const RunId second = trained(workspace, {{"split.seed", 2}, {"start.run", number(first)}});

    const Finding finding = test::findingOf(test::auditOf(workspace, {second}), "start-knew-test");

    QVERIFY(finding.severity == Severity::Serious);
    QVERIFY(finding.runs == (std::vector{second, first}));
    const std::size_t known = knownTo(workspace, second, {first});
    QVERIFY(known > 10);
    QCOMPARE(finding.figures.at("known").get<std::size_t>(), known);
    QVERIFY(finding.figures.at("test_interactions").get<std::size_t>() > known);
    QVERIFY(describe(finding).starts_with(std::to_string(known) + " of "));
    QVERIFY(!test::codesOf(test::auditOf(workspace, {first})).contains("start-knew-test"));
    // Side by side, each run is told of its own start alone.
    QVERIFY(test::findingOf(test::auditOf(workspace, {first, second}), "start-knew-test").runs ==
            finding.runs);
}

void StartFindingsTest::theSameSplitGivesNothingAway()
{
    const Workspace workspace = filled("same.transept");
    const RunId first = trained(workspace, {});
    const RunId second = trained(workspace, {{"method.epochs", 2}, {"start.run", number(first)}});

    const std::set<std::string> codes = test::codesOf(test::auditOf(workspace, {second}));

    QVERIFY(!codes.contains("start-knew-test"));
    QVERIFY(!codes.contains("start-unknown"));
    QCOMPARE(knownTo(workspace, second, {first}), std::size_t{0});
}

void StartFindingsTest::grownDataGivesTheTestAway()
{
    const Workspace workspace = filled("grown.transept");
    const RunId first = trained(workspace, {});
    test::fill(workspace, "films: u1 i201 5, u2 i201 4, u3 i202 3, u4 i202 4");
    const RunId second = trained(workspace, {{"start.run", number(first)}});

    const std::vector<Finding> findings = test::auditOf(workspace, {second});

    const std::size_t known = knownTo(workspace, second, {first});
    QVERIFY(known > 0);
    QCOMPARE(test::findingOf(findings, "start-knew-test").figures.at("known").get<std::size_t>(), known);
}

void StartFindingsTest::runsFromOneStartAreToldEach()
{
    const Workspace workspace = filled("siblings.transept");
    const RunId first = trained(workspace, {});
    const Changes onward{{"split.seed", 2}, {"start.run", number(first)}};
    const std::vector<RunId> siblings{trained(workspace, onward),
                                      trained(workspace, with(onward, {{"method.epochs", 2}}))};

    std::vector<Finding> findings = test::auditOf(workspace, siblings);

    std::erase_if(findings, [](const Finding& finding) { return finding.code != "start-knew-test"; });
    QCOMPARE(findings.size(), siblings.size());
    for (std::size_t at = 0; at < siblings.size(); ++at) {
        QVERIFY(findings[at].runs == (std::vector{siblings[at], first}));
        QCOMPARE(findings[at].figures.at("known").get<std::size_t>(),
                 knownTo(workspace, siblings[at], {first}));
    }
}

void StartFindingsTest::startOfAStartIsLookedAt()
{
    const Workspace workspace = filled("chain.transept");
    const RunId first = trained(workspace, {{"split.seed", 5}});
    const RunId second = trained(workspace, {{"start.run", number(first)}});
    const RunId third = trained(workspace, {{"start.run", number(second)}}); // its own split knows nothing

    const Finding finding = test::findingOf(test::auditOf(workspace, {third}), "start-knew-test");

    QVERIFY(finding.runs == (std::vector{third, first}));
    QCOMPARE(finding.figures.at("known").get<std::size_t>(), knownTo(workspace, third, {first, second}));
}

/// No run of ours can make one; a workspace that was changed by hand may hold it.
void StartFindingsTest::circleOfStartsComesToAnEnd()
{
    const Workspace workspace = filled("circle.transept");
    const RunId first = trained(workspace, {});
    const RunId second = trained(workspace, {{"split.seed", 2}, {"start.run", number(first)}});
    const RunId third = trained(workspace, {{"split.seed", 2}, {"start.run", number(second)}});
    Json spec = test::valueOf(RunStore(workspace).find(first)).spec;
    spec["start"] = {{"run", number(second)}};
    Statement update = test::valueOf(workspace.database().prepare("UPDATE run SET spec = ?1 WHERE id = ?2"));
    QVERIFY_OK(update.bind(1, std::string_view(spec.dump())).bind(2, number(first)).run());

    const std::vector<Finding> findings = test::auditOf(workspace, {third});

    QVERIFY(test::findingOf(findings, "start-knew-test").runs == (std::vector{third, first}));
}

void StartFindingsTest::sourceOfTheStartIsLookedAt()
{
    const Workspace workspace = filled("source.transept");
    const Changes cmf{{"method.name", "cmf"}};
    const RunId first =
        trained(workspace, with(cmf, {{"data.target", "books"}, {"data.sources", {"films"}}}));
    const RunId second =
        trained(workspace, with(cmf, {{"data.sources", {"books"}}, {"start.run", number(first)}}));

    const Finding finding = test::findingOf(test::auditOf(workspace, {second}), "start-knew-test");

    QVERIFY(finding.figures.at("known") == finding.figures.at("test_interactions"));
    QCOMPARE(finding.figures.at("known").get<std::size_t>(), knownTo(workspace, second, {first}));
}

/// Of a pair that occurs twice, training holds one and the test the other, in the start as in the run itself.
void StartFindingsTest::pairThatOwnTrainingHoldsIsNoLeak()
{
    const Workspace workspace = m_folder.workspace("repeated.transept");
    test::fill(
        workspace,
        "films: ann a 5 train, ann a 4 test, ann b 3 train, bob a 2 train, bob b 4 test, bob c 1 train");
    const Changes given{{"split.kind", "given"}};
    const RunId first = trained(workspace, given);
    const RunId second = trained(workspace, with(given, {{"start.run", number(first)}}));

    QVERIFY(!test::codesOf(test::auditOf(workspace, {second})).contains("start-knew-test"));
}

void StartFindingsTest::startThatIsGoneIsTold_data()
{
    QTest::addColumn<bool>("isDeleted");
    QTest::newRow("deleted") << true;
    QTest::newRow("on data that was replaced") << false;
}

void StartFindingsTest::startThatIsGoneIsTold()
{
    QFETCH(bool, isDeleted);
    const Workspace workspace = filled(isDeleted ? "deleted.transept" : "replaced.transept");
    test::fill(workspace, test::ratingsPicture("games", 60, 20, 6, 3));
    const Changes cmf{{"method.name", "cmf"}, {"data.sources", {"books"}}};
    const RunId first = trained(workspace, cmf);
    const RunId second =
        trained(workspace, with(cmf, {{"data.sources", {"games"}}, {"start.run", number(first)}}));
    QVERIFY(!test::codesOf(test::auditOf(workspace, {second})).contains("start-unknown"));

    if (isDeleted) {
        const std::vector<std::string> names{std::to_string(number(first))};
        QVERIFY_OK(deleteNamed(workspace, Deletable::Run, names));
    } else {
        test::falsify(workspace, "books");
    }

    const Finding finding = test::findingOf(test::auditOf(workspace, {second}), "start-unknown");
    QVERIFY(finding.severity == Severity::Warning);
    QVERIFY(finding.runs == std::vector{second});
    QCOMPARE(finding.figures.at("start").get<std::int64_t>(), number(first));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::StartFindingsTest)
#include "StartFindingsTest.moc"
