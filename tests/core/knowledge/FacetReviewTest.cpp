#include "core/knowledge/FacetReview.h"

#include "core/store/KnowledgeStore.h"
#include "tests/core/knowledge/ThemedItems.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cmath>
#include <map>
#include <set>

namespace transept {

class FacetReviewTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyNameGivesAsManyAsItCan();
    void sameSeedDrawsTheSameFacets();
    void outcomeCountsTheVerdicts();
    void wilsonsIntervalIsWhereTheScoreTestTurns_data();
    void wilsonsIntervalIsWhereTheScoreTestTurns();

private:
    std::vector<ReviewedFacet> drawn(const ReviewSample& sample = {}) const
    {
        return std::move(facetsToReview(*m_workspace, m_base, sample, {}).value());
    }

    std::optional<test::Temporary> m_folder;
    std::optional<Workspace> m_workspace;
    KnowledgeId m_base{};
};

/// 60 items with a genre each, half of them with a mood, four with a setting.
void FacetReviewTest::init()
{
    m_workspace.reset();
    m_folder.emplace();
    m_workspace = m_folder->workspace();
    test::addItems(*m_workspace, "films", 60);
    const KnowledgeStore store(*m_workspace);
    m_base = store.begin("kb", "chat", Json::object()).value();
    std::vector<ItemFacts> facts;
    for (int item = 1; item <= 60; ++item) {
        facts.push_back({.item = ItemId{item}, .facets = {{"genre", "Drama"}}});
        if (item % 2 == 0) {
            facts.back().facets.push_back({"mood", "calm"});
        }
        if (item <= 4) {
            facts.back().facets.push_back({"setting", "Paris"});
        }
    }
    QVERIFY_OK(store.put(m_base, facts));
}

void FacetReviewTest::everyNameGivesAsManyAsItCan()
{
    std::map<std::string, int> counts;
    std::set<FacetPlace> places;
    for (const ReviewedFacet& facet : drawn()) {
        ++counts[facet.name];
        places.insert(facet.place);
        QVERIFY(!facet.title.empty());
    }
    QCOMPARE(counts, (std::map<std::string, int>{{"genre", 13}, {"mood", 13}, {"setting", 4}}));
    QCOMPARE(places.size(), std::size_t{30});
    QCOMPARE(drawn({.facets = 500}).size(), std::size_t{94});
    QCOMPARE(facetsToReview(*m_workspace, KnowledgeId{9}, {}, {}).error().code, ErrorCode::NotFound);
}

void FacetReviewTest::sameSeedDrawsTheSameFacets()
{
    const auto placesOf = [](const std::vector<ReviewedFacet>& facets) {
        std::vector<FacetPlace> places;
        std::ranges::transform(facets, std::back_inserter(places), &ReviewedFacet::place);
        return places;
    };
    QVERIFY(placesOf(drawn()) == placesOf(drawn()));
    QVERIFY(placesOf(drawn()) != placesOf(drawn({.seed = 2})));
    QVERIFY_OK(FacetReviews(*m_workspace).mark(m_base, drawn()[7].place, FacetVerdict::False));
    QVERIFY(placesOf(drawn()).at(7) == drawn()[7].place); // a verdict does not change what is drawn
    QCOMPARE(drawn()[7].verdict, std::optional(FacetVerdict::False));
}

void FacetReviewTest::outcomeCountsTheVerdicts()
{
    std::vector<ReviewedFacet> facets(10);
    QCOMPARE(outcomeOf(facets).marked, 0);
    QCOMPARE(outcomeOf(facets).shares[0].high, 1.0);
    for (std::size_t at = 0; at < 6; ++at) {
        facets[at].verdict = at < 4 ? FacetVerdict::True : FacetVerdict::Empty;
    }
    const ReviewOutcome outcome = outcomeOf(facets);
    QCOMPARE(outcome.marked, 6);
    QCOMPARE(outcome.shares[0].count, 4);
    QCOMPARE(outcome.shares[1].count, 0);
    QCOMPARE(outcome.shares[2].count, 2);
    QCOMPARE(std::pair(outcome.shares[2].low, outcome.shares[2].high), wilsonInterval(2, 6));
}

void FacetReviewTest::wilsonsIntervalIsWhereTheScoreTestTurns_data()
{
    QTest::addColumn<int>("successes");
    QTest::addColumn<int>("trials");
    QTest::newRow("some") << 22 << 30;
    QTest::newRow("none") << 0 << 30;
    QTest::newRow("all") << 30 << 30;
    QTest::newRow("one") << 1 << 1;
}

/// The ends are the shares p that the test |p' - p| <= z sqrt(p (1 - p) / n) just does not reject.
void FacetReviewTest::wilsonsIntervalIsWhereTheScoreTestTurns()
{
    QFETCH(int, successes);
    QFETCH(int, trials);
    const auto accepts = [&](double p) {
        const double seen = static_cast<double>(successes) / trials;
        return std::abs(seen - p) <= 1.959963984540054 * std::sqrt(p * (1.0 - p) / trials);
    };

    const auto [low, high] = wilsonInterval(successes, trials);

    QVERIFY(low >= 0.0 && high <= 1.0 && low < high);
    QVERIFY(accepts(low + 1e-9) && accepts(high - 1e-9));
    QVERIFY(low < 1e-12 || !accepts(low - 1e-9));
    QVERIFY(high > 1.0 - 1e-12 || !accepts(high + 1e-9));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::FacetReviewTest)
#include "FacetReviewTest.moc"
