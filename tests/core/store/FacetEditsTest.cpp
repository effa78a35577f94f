#include "core/store/FacetEdits.h"

#include "core/base/Random.h"
#include "core/store/FacetReviews.h"
#include "core/store/RunStore.h"
#include "tests/support/Datasets.h"
#include "tests/support/Interactions.h"
#include "tests/support/StoredFacets.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <map>

namespace transept {

namespace {

std::vector<HeldFacet> heldFacets(const Workspace& workspace, KnowledgeId base, FacetPlace from = {})
{
    std::vector<HeldFacet> facets;
    FacetCursor cursor = FacetCursor::from(workspace.database(), base, from);
    while (cursor.step().value()) {
        facets.push_back(cursor.facet());
    }
    return facets;
}

} // namespace

class FacetEditsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void editedFacetHoldsAndWhatWasExtractedStays();
    void changeIsUndoneAndMadeAgain();
    void changeIsMadeAsAWholeOrNotAtAll();
    void refusesWhatIsNoFacet();
    void frozenKnowledgeIsNotChanged();
    void itemThatIsExtractedAnewKeepsTheEditsOfOthers();
    void editedFacetHasNoVectorOfItsOwn();
    void verdictIsOnTheTextThatWasJudged();
    void otherKnowledgeBaseIsLeftAlone();
    void historyTellsWhatWasDone();
    void anySequenceOfChangesHoldsAsPlayedByHand();

private:
    ItemId item(const char* key) const { return test::itemOf(*m_workspace, "books", key); }
    FacetEdits edits() const { return FacetEdits(*m_workspace); }
    KnowledgeStore store() const { return KnowledgeStore(*m_workspace); }
    std::vector<std::string> textsOf(const char* key) const
    {
        std::vector<std::string> texts;
        const ItemFacts facts = test::valueOf(store().facts(m_base, item(key)));
        for (const StoredFacet& facet : facts.facets) {
            texts.push_back(facet.name + "=" + facet.text);
        }
        return texts;
    }
    std::int64_t commit(std::vector<FacetEdit> made) const
    {
        return test::valueOf(edits().commit(m_base, made));
    }

    std::optional<test::Temporary> m_folder;
    std::optional<Workspace> m_workspace;
    KnowledgeId m_base{};
};

using Texts = std::vector<std::string>;

void FacetEditsTest::init()
{
    m_workspace.reset();
    m_folder.emplace();
    m_workspace = m_folder->workspace();
    test::fill(*m_workspace, "books: ann dune, bob emma, cyd it");
    m_base = store().begin("kb", "chat", Json::object()).value();
    QVERIFY_OK(store().put(
        m_base,
        std::vector<ItemFacts>{{.item = item("dune"),
                                .facets = {{"genre", "SF"}, {"mood", "grave"}},
                                .vector = {1.0F, 0.0F},
                                .facetVectors = {{1.0F, 0.0F}, {0.0F, 1.0F}}},
                               {.item = item("emma"),
                                .facets = {{"genre", "Romance"}, {"mood", "light"}, {"style", "witty"}}}}));
}

void FacetEditsTest::editedFacetHoldsAndWhatWasExtractedStays()
{
    commit({{{item("dune"), 0}, "genre", "Science fiction"}, {{item("emma"), 1}, "mood", std::nullopt}});
    commit({{{item("dune"), newFacet}, "theme", "power"}, {{item("dune"), newFacet}, "theme", "ecology"}});

    QCOMPARE(textsOf("dune"), (Texts{"genre=Science fiction", "mood=grave", "theme=power", "theme=ecology"}));
    QCOMPARE(textsOf("emma"), (Texts{"genre=Romance", "style=witty"}));
    const auto ofDomain = test::valueOf(store().factsOf(m_base, DomainId{1}));
    QCOMPARE(ofDomain.size(), std::size_t{2});
    QCOMPARE(ofDomain[0].facets.size(), std::size_t{4});
    QCOMPARE(ofDomain[1].facets[1].text, std::string("witty"));
    const auto extracted = test::valueOf(store().factsOf(m_base, DomainId{1}, FacetsAs::Extracted));
    QCOMPARE(extracted[0].facets.size(), std::size_t{2});
    QCOMPARE(extracted[0].facets[0].text, std::string("SF"));
    const auto held = heldFacets(*m_workspace, m_base);
    QCOMPARE(held[0].extracted, std::optional<std::string>("SF"));
    QCOMPARE(held[0].text, std::optional<std::string>("Science fiction"));
    QVERIFY(held[0].edited > 0);
    QCOMPARE(held[1].edited, std::int64_t{0});
    QCOMPARE(test::valueOf(edits().names(m_base)), (Texts{"genre", "mood", "style", "theme"}));
    QCOMPARE(held[2].place.nth, firstAddedFacet);
    QCOMPARE(held[2].extracted, std::optional<std::string>());
}

void FacetEditsTest::changeIsUndoneAndMadeAgain()
{
    const std::int64_t first = commit({{{item("dune"), 0}, "genre", "Space opera"}});
    const std::int64_t second =
        commit({{{item("dune"), 0}, "genre", std::nullopt}, {{item("dune"), newFacet}, "theme", "power"}});

    QVERIFY_OK(edits().setUndone(m_base, second, true));
    QCOMPARE(textsOf("dune"), (Texts{"genre=Space opera", "mood=grave"}));
    QVERIFY_OK(edits().setUndone(m_base, first, true));
    QCOMPARE(textsOf("dune"), (Texts{"genre=SF", "mood=grave"}));
    QVERIFY_OK(edits().setUndone(m_base, second, false)); // in whatever order
    QCOMPARE(textsOf("dune"), (Texts{"mood=grave", "theme=power"}));
    QVERIFY_OK(edits().setUndone(m_base, first, false));
    QCOMPARE(textsOf("dune"), (Texts{"mood=grave", "theme=power"})); // the later change counts
    QCOMPARE(edits().setUndone(m_base, 9, true).error().code, ErrorCode::NotFound);
    QVERIFY_OK(edits().setUndone(m_base, second, true));
    commit({{{item("dune"), newFacet}, "theme", "sand"}});
    QVERIFY_OK(edits().setUndone(m_base, second, false));
    QCOMPARE(textsOf("dune"), (Texts{"mood=grave", "theme=power", "theme=sand"})); // no number is used twice
}

void FacetEditsTest::changeIsMadeAsAWholeOrNotAtAll()
{
    const auto refused = edits().commit(m_base,
                                        std::vector<FacetEdit>{{{item("dune"), 0}, "genre", "Space opera"},
                                                               {{item("dune"), 7}, "genre", "Western"}});

    QCOMPARE(refused.error().code, ErrorCode::NotFound);
    QCOMPARE(textsOf("dune"), (Texts{"genre=SF", "mood=grave"}));
    QVERIFY(edits().history(m_base)->empty());
}

void FacetEditsTest::refusesWhatIsNoFacet()
{
    const auto codeOf = [&](const FacetEdit& edit) {
        return edits().commit(m_base, std::span(&edit, 1)).error().code;
    };
    QCOMPARE(codeOf({{item("dune"), 0}, "genre", ""}), ErrorCode::InvalidInput);
    QCOMPARE(codeOf({{item("dune"), newFacet}, "", "text"}), ErrorCode::InvalidInput);
    QCOMPARE(codeOf({{item("dune"), 0}, "mood", "dark"}), ErrorCode::NotFound); // another facet stands there
    QCOMPARE(codeOf({{ItemId{99}, newFacet}, "mood", "dark"}), ErrorCode::NotFound);
    QCOMPARE(codeOf({{item("dune"), firstAddedFacet}, "mood", "dark"}), ErrorCode::NotFound);
    QCOMPARE(edits().commit(m_base, {}).error().code, ErrorCode::InvalidInput);
}

void FacetEditsTest::frozenKnowledgeIsNotChanged()
{
    const std::int64_t made = commit({{{item("dune"), 0}, "genre", "Space opera"}});
    QVERIFY_OK(store().setState(m_base, "finished"));
    const RunStore runs(*m_workspace);
    QVERIFY(*runs.claim(*runs.add("run", Json{{"knowledge", "kb"}}), "0.1.0"));

    const std::vector<FacetEdit> more{{{item("dune"), 0}, "genre", "Western"}};
    QCOMPARE(edits().commit(m_base, more).error().code, ErrorCode::InvalidInput);
    QCOMPARE(edits().setUndone(m_base, made, true).error().code, ErrorCode::InvalidInput);
    QCOMPARE(textsOf("dune"), (Texts{"genre=Space opera", "mood=grave"}));
}

void FacetEditsTest::itemThatIsExtractedAnewKeepsTheEditsOfOthers()
{
    commit({{{item("dune"), 0}, "genre", "Space opera"},
            {{item("emma"), 0}, "genre", "Comedy"},
            {{item("emma"), 2}, "style", "ironic"},
            {{item("it"), newFacet}, "genre", "Horror"}});
    QCOMPARE(*store().itemsWithFacts(m_base),
             (std::vector{item("dune"), item("emma")})); // "it" is to be asked

    // One failed before; the other one comes with other facets than before.
    QVERIFY_OK(store().put(
        m_base,
        std::vector<ItemFacts>{{.item = item("it"), .facets = {{"mood", "dark"}}},
                               {.item = item("emma"), .facets = {{"genre", "Novel"}, {"mood", "gay"}}}}));

    QCOMPARE(textsOf("dune"), (Texts{"genre=Space opera", "mood=grave"}));
    QCOMPARE(textsOf("emma"), (Texts{"genre=Comedy", "mood=gay"})); // there is no style that "ironic" is of
    QCOMPARE(textsOf("it"), (Texts{"mood=dark", "genre=Horror"}));
}

void FacetEditsTest::editedFacetHasNoVectorOfItsOwn()
{
    const std::int64_t made = commit({{{item("dune"), 0}, "genre", "Space opera"}});

    ItemFacts facts = test::valueOf(store().facts(m_base, item("dune")));
    QCOMPARE(facts.vector, (std::vector<float>{1.0F, 0.0F}));
    QVERIFY(facts.facetVectors[0].empty());
    QCOMPARE(facts.facetVectors[1], (std::vector<float>{0.0F, 1.0F}));
    const auto stored = test::valueOf(test::facetVectors(store(), m_base));
    QCOMPARE(stored.size(), std::size_t{2});
    QCOMPARE(stored[0].text, std::string("SF")); // the vector is that of the extracted text

    QVERIFY_OK(edits().setUndone(m_base, made, true));
    facts = test::valueOf(store().facts(m_base, item("dune")));
    QCOMPARE(facts.facetVectors[0], (std::vector<float>{1.0F, 0.0F}));
    commit({{{item("dune"), 0}, "genre", std::nullopt}});
    facts = test::valueOf(store().facts(m_base, item("dune")));
    QCOMPARE(facts.facetVectors, (std::vector<std::vector<float>>{{0.0F, 1.0F}})); // it follows its facet
}

void FacetEditsTest::verdictIsOnTheTextThatWasJudged()
{
    const FacetReviews reviews(*m_workspace);
    const FacetPlace genre{item("dune"), 0};
    QVERIFY_OK(reviews.mark(m_base, genre, FacetVerdict::False));
    QVERIFY_OK(m_workspace->database().execute("UPDATE facet_review SET created = created - 5"));

    const std::int64_t made = commit({{genre, "genre", "Space opera"}});
    QCOMPARE(reviews.at(m_base, std::span(&genre, 1))->front().text, std::string("Space opera"));
    QVERIFY(!reviews.at(m_base, std::span(&genre, 1))->front().verdict);
    QVERIFY_OK(edits().setUndone(m_base, made, true));
    QCOMPARE(reviews.at(m_base, std::span(&genre, 1))->front().verdict, std::optional(FacetVerdict::False));

    commit({{genre, "genre", std::nullopt}, {{item("it"), newFacet}, "genre", "Horror"}});
    QCOMPARE(reviews.mark(m_base, genre, FacetVerdict::True).error().code, ErrorCode::NotFound);
    QVERIFY_OK(reviews.mark(m_base, {item("it"), firstAddedFacet}, FacetVerdict::True));
    const auto names = test::valueOf(reviews.facetNames(m_base));
    QCOMPARE(names.front().name, std::string("genre"));
    QVERIFY(names.front().places ==
            (std::vector<FacetPlace>{{item("emma"), 0}, {item("it"), firstAddedFacet}}));
}

void FacetEditsTest::otherKnowledgeBaseIsLeftAlone()
{
    const KnowledgeId other = store().begin("other", "chat", Json::object()).value();
    QVERIFY_OK(
        store().put(other, std::vector<ItemFacts>{{.item = item("dune"), .facets = {{"genre", "Western"}}}}));
    const std::vector<FacetEdit> made{{{item("dune"), 0}, "genre", "Desert"}};
    QCOMPARE(test::valueOf(edits().commit(other, made)), std::int64_t{1});
    QCOMPARE(commit({{{item("dune"), 0}, "genre", "Space opera"}}), std::int64_t{1}); // numbered apart

    QVERIFY_OK(edits().setUndone(m_base, 1, true));
    QCOMPARE(test::valueOf(store().facts(other, item("dune"))).facets[0].text, std::string("Desert"));
    QVERIFY_OK(store().remove(m_base));
    QCOMPARE(edits().history(other)->size(), std::size_t{1});
    QVERIFY(edits().history(m_base)->empty());
}

void FacetEditsTest::historyTellsWhatWasDone()
{
    commit({{{item("dune"), newFacet}, "theme", "power"}});
    commit({{{item("dune"), firstAddedFacet}, "theme", "sand"}, {{item("emma"), 1}, "mood", std::nullopt}});
    QVERIFY_OK(edits().setUndone(m_base, 2, true));

    const auto history = test::valueOf(edits().history(m_base));
    QCOMPARE(history.size(), std::size_t{2});
    QCOMPARE(history[0].number, std::int64_t{1});
    QCOMPARE(history[0].added, std::int64_t{1});
    QVERIFY(!history[0].undone);
    QCOMPARE(history[1].facets, std::int64_t{2});
    QCOMPARE(history[1].struck, std::int64_t{1});
    QCOMPARE(history[1].added, std::int64_t{0}); // it had been there
    QVERIFY(history[1].undone);
    QCOMPARE(history[1].item, std::string("dune"));
    QCOMPARE(history[1].text, std::optional<std::string>("sand"));
}

/// Against all changes kept in a list and played from the first to the last.
namespace {

/// Changes as a list: what holds is found by playing all that are not undone, from the first to the last.
struct PlayedChanges
{
    struct Made
    {
        std::vector<FacetEdit> edits;
        bool undone = false;
    };

    explicit PlayedChanges(const std::vector<HeldFacet>& facets)
    {
        for (const HeldFacet& facet : facets) {
            extracted[facet.place] = facet.text;
            known.emplace_back(facet.place, facet.name);
        }
    }

    /// Draws a change of known facets, now and then with one that is added to one of the items; notes it, and
    /// gives it as somebody would who does not number what is added.
    std::vector<FacetEdit> draw(Random& random, const std::vector<ItemId>& items)
    {
        const std::string text = "text " + std::to_string(changes.size());
        std::vector<FacetEdit> given;
        for (std::uint64_t left = random.below(3) + 1; left > 0; --left) {
            const auto& [place, name] = known[static_cast<std::size_t>(random.below(known.size()))];
            given.push_back({place, name, random.below(3) == 0 ? std::nullopt : std::optional(text)});
        }
        changes.push_back({given});
        if (random.below(4) == 0) {
            const ItemId item = items[static_cast<std::size_t>(random.below(items.size()))];
            const FacetPlace place{item, firstAddedFacet + nextAdded[item]++};
            given.push_back({{item, newFacet}, "theme", text});
            changes.back().edits.push_back({place, "theme", text});
            known.emplace_back(place, "theme");
        }
        return given;
    }

    std::map<FacetPlace, std::optional<std::string>> held() const
    {
        auto texts = extracted;
        for (const Made& made : changes) {
            for (const FacetEdit& edit : made.edits) {
                if (!made.undone) {
                    texts[edit.place] = edit.text;
                }
            }
        }
        return texts;
    }

    std::map<FacetPlace, std::optional<std::string>> extracted;
    std::vector<std::pair<FacetPlace, std::string>> known; ///< with their names
    std::map<ItemId, std::int64_t> nextAdded;
    std::vector<Made> changes;
};

} // namespace

void FacetEditsTest::anySequenceOfChangesHoldsAsPlayedByHand()
{
    PlayedChanges played(heldFacets(*m_workspace, m_base));
    Random random(5);
    for (int step = 0; step < 120; ++step) {
        if (!played.changes.empty() && random.below(3) == 0) {
            const auto which = static_cast<std::size_t>(random.below(played.changes.size()));
            const bool undone = played.changes[which].undone = !played.changes[which].undone;
            QVERIFY_OK(edits().setUndone(m_base, static_cast<std::int64_t>(which) + 1, undone));
        } else {
            const auto given = played.draw(random, {item("dune"), item("emma"), item("it")});
            QCOMPARE(commit(given), static_cast<std::int64_t>(played.changes.size()));
        }
        const auto wanted = played.held();
        std::map<FacetPlace, std::optional<std::string>> found;
        for (const HeldFacet& facet : heldFacets(*m_workspace, m_base)) {
            found[facet.place] = facet.text;
        }
        QVERIFY(found == wanted);
        const FacetPlace from =
            played.known[static_cast<std::size_t>(random.below(played.known.size()))].first;
        QCOMPARE(heldFacets(*m_workspace, m_base, from).size(),
                 static_cast<std::size_t>(std::distance(wanted.lower_bound(from), wanted.end())));
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::FacetEditsTest)
#include "FacetEditsTest.moc"
