#include "core/store/FacetReviews.h"

#include "core/store/KnowledgeStore.h"
#include "tests/support/Interactions.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {

class FacetReviewsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void verdictIsKeptReplacedAndTakenBack();
    void facetsAreListedByName();
    void facetThatIsNotThereIsRefused();
    void verdictsGoWithTheKnowledgeBase();

private:
    FacetPlace place(const char* item, std::int64_t nth) const
    {
        return {test::itemOf(*m_workspace, "books", item), nth};
    }
    std::optional<FacetVerdict> verdictOf(const FacetPlace& place) const
    {
        return FacetReviews(*m_workspace).at(m_base, std::span(&place, 1))->front().verdict;
    }

    std::optional<test::Temporary> m_folder;
    std::optional<Workspace> m_workspace;
    KnowledgeId m_base{};
};

void FacetReviewsTest::init()
{
    m_workspace.reset();
    m_folder.emplace();
    m_workspace = m_folder->workspace();
    test::fill(*m_workspace, "books: ann dune, bob emma");
    const KnowledgeStore store(*m_workspace);
    m_base = store.begin("kb", "lexical", Json::object()).value();
    QVERIFY_OK(store.put(m_base,
                         std::vector<ItemFacts>{
                             {.item = place("dune", 0).item, .facets = {{"genre", "SF"}, {"mood", "grave"}}},
                             {.item = place("emma", 0).item, .facets = {{"genre", ""}}}}));
}

void FacetReviewsTest::verdictIsKeptReplacedAndTakenBack()
{
    const FacetReviews reviews(*m_workspace);
    QCOMPARE(verdictOf(place("dune", 1)), std::optional<FacetVerdict>());
    for (const FacetVerdict verdict : {FacetVerdict::True, FacetVerdict::False, FacetVerdict::Empty}) {
        QVERIFY_OK(reviews.mark(m_base, place("dune", 1), verdict));
        const Result<Workspace> other = Workspace::open(m_workspace->file(), Access::ReadOnly);
        const FacetPlace marked = place("dune", 1);
        QCOMPARE(FacetReviews(*other).at(m_base, std::span(&marked, 1))->front().verdict,
                 std::optional(verdict)); // another program sees it at once
        QCOMPARE(verdictFrom(wordOf(verdict)), std::optional(verdict));
    }
    QCOMPARE(verdictOf(place("dune", 0)), std::optional<FacetVerdict>());
    QVERIFY_OK(reviews.mark(m_base, place("dune", 1), std::nullopt));
    QCOMPARE(verdictOf(place("dune", 1)), std::optional<FacetVerdict>());
}

void FacetReviewsTest::facetsAreListedByName()
{
    const auto names = FacetReviews(*m_workspace).facetNames(m_base);

    QVERIFY_OK(names);
    QCOMPARE(names->size(), std::size_t{2});
    QCOMPARE(names->at(0).name, std::string("genre"));
    QVERIFY(names->at(0).places == (std::vector{place("dune", 0), place("emma", 0)}));
    QVERIFY(names->at(1).places == std::vector{place("dune", 1)});
    const auto facets = FacetReviews(*m_workspace).at(m_base, names->at(1).places);
    QVERIFY_OK(facets);
    QCOMPARE(facets->front().title, std::string("dune"));
    QCOMPARE(facets->front().name, std::string("mood"));
    QCOMPARE(facets->front().text, std::string("grave"));
}

void FacetReviewsTest::facetThatIsNotThereIsRefused()
{
    const FacetReviews reviews(*m_workspace);
    const FacetPlace gone = place("emma", 4);

    QCOMPARE(reviews.mark(m_base, gone, FacetVerdict::True).error().code, ErrorCode::NotFound);
    QCOMPARE(reviews.at(m_base, std::span(&gone, 1)).error().code, ErrorCode::NotFound);
}

void FacetReviewsTest::verdictsGoWithTheKnowledgeBase()
{
    QVERIFY_OK(FacetReviews(*m_workspace).mark(m_base, place("emma", 0), FacetVerdict::Empty));

    QVERIFY_OK(KnowledgeStore(*m_workspace).remove(m_base));

    QCOMPARE(**m_workspace->database().scalar("SELECT count(*) FROM facet_review"), 0);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::FacetReviewsTest)
#include "FacetReviewsTest.moc"
