#include "core/experiment/IntrinsicChecks.h"

#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "tests/support/Interactions.h"
#include "tests/support/Temporary.h"

#include <fmt/format.h>

#include <QtTest/QTest>

namespace transept {
namespace {

constexpr int people = 120;
constexpr int itemCount = 45;

/// A domain in three themes, and what is held out of it.
std::string domainPicture(const char* name, std::uint64_t seed, const std::string& more = {})
{
    std::string entries;
    Random random(seed);
    for (int person = 0; person < people; ++person) {
        for (int nth = 0; nth < 5; ++nth) {
            auto item = static_cast<int>(random.below(itemCount));
            item = nth < 4 ? item / 3 * 3 + person % 3 : item;
            entries += fmt::format("{}u{} i{} {} train", entries.empty() ? "" : ", ", person, item, 1 + nth);
        }
    }
    return fmt::format("{}: {}{}", name, entries, more);
}

/// A knowledge base of vectors, terms and facets that tell the theme of every item.
KnowledgeId addKnowledge(const Workspace& workspace, const char* name, bool facets = true)
{
    const KnowledgeStore store(workspace);
    const KnowledgeId id = store.begin(name, "chat", {{"name", name}}).value();
    std::vector<ItemFacts> facts;
    Random random(5);
    for (const char* domain : {"books", "films"}) {
        for (int item = 0; item < itemCount; ++item) {
            const int theme = item % 3;
            ItemFacts each{.item = test::itemOf(workspace, domain, fmt::format("i{}", item)),
                           .vector = {0.1F, 0.1F, 0.1F, static_cast<float>(random.uniform())},
                           .termWeights = {{static_cast<std::uint32_t>(theme), 2.0F}}};
            each.vector[static_cast<std::size_t>(theme)] = 3.0F;
            if (facets) {
                each.facets = {{"theme", fmt::format("theme{}", theme)}};
            }
            facts.push_back(std::move(each));
        }
    }
    static_cast<void>(store.setDimension(id, 4));
    static_cast<void>(store.put(id, facts));
    static_cast<void>(store.setState(id, "finished"));
    return id;
}

/// Every figure, to compare two to the last bit.
std::string figures(const IntrinsicChecks& checks)
{
    std::string text;
    const auto add = [&](auto... values) { ((text += fmt::format("{} ", values)), ...); };
    for (const NeighbourCheck& each : checks.neighbours) {
        add(each.domain, each.other, wordOf(each.basis), each.users, each.items, each.shared);
        add(each.cosine, each.byChance, each.lift.value, each.lift.low, each.lift.high, each.p);
    }
    for (const FacetCheck& each : checks.facets) {
        add(each.domain, each.other, each.facet, each.pairs, each.bits, each.noise.value, each.p);
    }
    for (const NeighbourAgreement& each : checks.agreement) {
        add(each.domain, each.items, each.overlap.value, each.jaccard.low, each.jaccardByChance);
    }
    for (const FacetAgreement& each : checks.facetAgreement) {
        add(each.domain, each.facet, each.equal, each.wordsByChance);
    }
    for (const IndistinctItems& each : checks.indistinct) {
        add(each.domain, each.items, each.alike, each.groups);
    }
    return text + std::to_string(checks.interactions);
}

CheckSpec byGivenParts(const char* with = "")
{
    return {.knowledge = "kb", .with = with, .neighbours = 5, .split = {.kind = SplitSpec::Kind::Given}};
}

} // namespace

class IntrinsicChecksTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }
    void everyDomainAndPairIsLookedAt();
    void heldOutInteractionsChangeNothing();
    void basesThatSayTheSameAgree();
    void bitsDoNotDependOnTheThreads();
    void domainThatCannotBeSplitIsNamed();
    void badInputIsRefused();
    void stops();

private:
    Workspace filled(const std::string& heldOut = {}) const
    {
        Workspace workspace = m_folder->workspace(heldOut.empty() ? "a.transept" : "b.transept");
        const std::string test = heldOut.empty() ? ", u0 i0 5 test" : heldOut;
        test::fill(workspace, domainPicture("books", 1, test) + "\n" + domainPicture("films", 2, test));
        addKnowledge(workspace, "kb");
        return workspace;
    }

    std::optional<test::Temporary> m_folder;
};

void IntrinsicChecksTest::everyDomainAndPairIsLookedAt()
{
    const Workspace workspace = filled();

    const auto checks = checkKnowledge(workspace, byGivenParts(), {});

    QVERIFY_OK(checks);
    QCOMPARE(checks->neighbours.size(), std::size_t{6}); // two domains and the pair, by vectors and by terms
    for (const NeighbourCheck& check : checks->neighbours) {
        QCOMPARE(check.users, std::int64_t{people});
        QVERIFY(check.lift.low > 1.2);
        QCOMPARE(check.p, 0.01);
    }
    QCOMPARE(checks->neighbours[4].domain, std::string("books"));
    QCOMPARE(checks->neighbours[4].other, std::string("films"));
    QCOMPARE(checks->facets.size(), std::size_t{3});
    for (const FacetCheck& check : checks->facets) {
        QVERIFY(check.together > 1.5 * check.byChance);
        QCOMPARE(check.values, std::int64_t{3});
    }
    QCOMPARE(checks->indistinct.size(), std::size_t{4});
    QCOMPARE(checks->indistinct[0].alike, std::int64_t{0});
    QCOMPARE(checks->indistinct[1].groups, std::int64_t{3});
    QCOMPARE(checks->indistinct[1].largest[0].items, std::int64_t{15});
    QCOMPARE(checks->indistinct[1].largest[0].titles.size(), std::size_t{5});
    QVERIFY(checks->interactions > people * 6);
    QVERIFY(checks->unchecked.empty() && checks->agreement.empty());
}

void IntrinsicChecksTest::heldOutInteractionsChangeNothing()
{
    std::string more;
    for (int person = 0; person < people; ++person) {
        more +=
            fmt::format(", u{} i{} 5 {}", person, (person * 7) % itemCount, person % 2 ? "test" : "valid");
    }
    const Workspace few = filled();
    const Workspace many = filled(more);

    const auto one = checkKnowledge(few, byGivenParts(), {});
    const auto other = checkKnowledge(many, byGivenParts(), {});
    const auto whole = checkKnowledge(many, {.knowledge = "kb", .neighbours = 5}, {});

    QVERIFY_OK(one);
    QVERIFY_OK(other);
    QCOMPARE(figures(*other), figures(*one));
    QVERIFY(figures(*whole) != figures(*one)); // another split has others in training
}

void IntrinsicChecksTest::basesThatSayTheSameAgree()
{
    const Workspace workspace = filled();
    addKnowledge(workspace, "same");
    addKnowledge(workspace, "bare", false);

    const auto same = checkKnowledge(workspace, byGivenParts("same"), {});
    const auto bare = checkKnowledge(workspace, byGivenParts("bare"), {});

    QVERIFY_OK(same);
    QCOMPARE(same->agreement.size(), std::size_t{2});
    for (const NeighbourAgreement& agreement : same->agreement) {
        QCOMPARE(agreement.overlap.value, 1.0);
        QCOMPARE(agreement.jaccard.low, 1.0);
        QVERIFY(std::abs(agreement.overlapByChance - 5.0 / 44.0) < 1e-9);
    }
    QCOMPARE(same->facetAgreement.size(), std::size_t{2});
    QCOMPARE(same->facetAgreement[0].equal, 1.0);
    QVERIFY(same->facetAgreement[0].equalByChance < 0.6);
    QVERIFY_OK(bare);
    QCOMPARE(bare->agreement.size(), std::size_t{2});
    QVERIFY(bare->facetAgreement.empty());
}

void IntrinsicChecksTest::bitsDoNotDependOnTheThreads()
{
    const Workspace workspace = filled();
    addKnowledge(workspace, "same");
    setThreadCount(1);
    const auto once = checkKnowledge(workspace, byGivenParts("same"), {});
    QVERIFY_OK(once);
    for (const int threads : {2, 4, 8}) {
        setThreadCount(threads);
        const auto again = checkKnowledge(workspace, byGivenParts("same"), {});
        QVERIFY_OK(again);
        QCOMPARE(figures(*again), figures(*once));
    }
    setThreadCount(0);
}

void IntrinsicChecksTest::domainThatCannotBeSplitIsNamed()
{
    Workspace workspace = filled();
    test::fill(workspace, "music: - abba");

    const auto checks = checkKnowledge(workspace, byGivenParts(), {});

    QVERIFY_OK(checks);
    QCOMPARE(checks->unchecked.size(), std::size_t{1});
    QCOMPARE(checks->unchecked[0].domain, std::string("music"));
    QCOMPARE(checks->neighbours.size(), std::size_t{6});
}

void IntrinsicChecksTest::badInputIsRefused()
{
    const Workspace workspace = filled();
    const KnowledgeStore store(workspace);
    QVERIFY_OK(store.begin("begun", "chat", Json::object()));
    const auto codeOf = [&](const CheckSpec& spec) {
        return checkKnowledge(workspace, spec, {}).error().code;
    };
    QCOMPARE(codeOf({.knowledge = "kbb"}), ErrorCode::NotFound);
    QCOMPARE(codeOf({.knowledge = "kb", .with = "other"}), ErrorCode::NotFound);
    QCOMPARE(codeOf({.knowledge = "begun"}), ErrorCode::InvalidInput);
    QCOMPARE(codeOf({.knowledge = "kb", .neighbours = 0}), ErrorCode::InvalidInput);
    QCOMPARE(codeOf({.knowledge = "kb", .neighbours = 101}), ErrorCode::InvalidInput);
}

void IntrinsicChecksTest::stops()
{
    const Workspace workspace = filled();
    for (int reports = 1; reports <= 6; reports += 5) { // at the beginning, and in the middle
        std::stop_source source;
        int left = reports;
        const JobContext job{.stop = source.get_token(), .progress = [&](const Progress&) {
                                 if (--left == 0) {
                                     source.request_stop();
                                 }
                             }};
        QCOMPARE(checkKnowledge(workspace, byGivenParts(), job).error().code, ErrorCode::Cancelled);
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::IntrinsicChecksTest)
#include "IntrinsicChecksTest.moc"
