#include "core/experiment/Preparation.h"

#include "core/store/KnowledgeStore.h"
#include "tests/support/Datasets.h"
#include "tests/support/Runs.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {

class PreparationTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void peopleOfAPartStandOnceAndInOrder();
    void shuffledKnowledgeIsTheSameRowsElsewhere();
    void termsOfAnotherBaseStandBesideVectors_data();
    void termsOfAnotherBaseStandBesideVectors();
    void releasedEventsGiveTheirMemoryBack();
};

void PreparationTest::peopleOfAPartStandOnceAndInOrder()
{
    const auto event = [](int user, float value) {
        return Event{.user = UserRow{user}, .item = ItemRow{0}, .value = value};
    };
    const std::vector<Event> events{event(4, 1.0F), event(2, 5.0F), event(4, 5.0F), event(0, 2.0F)};

    QVERIFY(peopleOf(events) == (std::vector{UserRow{0}, UserRow{2}, UserRow{4}}));
    QVERIFY(peopleOf(events, [](const Event& each) { return each.value > 4.0F; }) ==
            (std::vector{UserRow{2}, UserRow{4}}));
    QVERIFY(peopleOf({}).empty());
}

void PreparationTest::shuffledKnowledgeIsTheSameRowsElsewhere()
{
    constexpr Eigen::Index items = 50;
    Matrix vectors = Matrix::Zero(items, 2);
    ItemKnowledge knowledge;
    knowledge.facets.resize(items);
    for (Eigen::Index item = 0; item < items; item += 2) {
        vectors(item, 0) = static_cast<float>(item + 1);
        knowledge.facets[static_cast<std::size_t>(item)] = {{.name = "n", .text = std::to_string(item + 1)}};
    }
    knowledge.vectors = vectors;

    const auto shuffled = shuffleKnowledge(knowledge, 7, 0);

    int moved = 0;
    float sum = 0.0F;
    for (Eigen::Index item = 0; item < items; ++item) {
        const float value = (*shuffled->vectors.floats())(item, 0);
        sum += value;
        moved += value != vectors(item, 0) ? 1 : 0;
        const auto& facets = shuffled->facets[static_cast<std::size_t>(item)];
        QCOMPARE(facets.empty(), item % 2 == 1);
        if (!facets.empty()) {
            QCOMPARE(facets.front().text, std::to_string(static_cast<int>(value)));
        }
    }
    QVERIFY(moved > 15);
    QCOMPARE(sum, vectors.col(0).sum());
    QVERIFY(shuffleKnowledge(knowledge, 7, 0)->vectors.decoded() == shuffled->vectors.decoded());
    QVERIFY(shuffleKnowledge(knowledge, 8, 0)->vectors.decoded() != shuffled->vectors.decoded());
}

void PreparationTest::termsOfAnotherBaseStandBesideVectors_data()
{
    QTest::addColumn<bool>("isShuffled");
    QTest::newRow("as they are") << false;
    QTest::newRow("shuffled together") << true;
}

void PreparationTest::termsOfAnotherBaseStandBesideVectors()
{
    QFETCH(bool, isShuffled);
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    test::fill(workspace, "films: ann a 5, ann b 4, bob c 3, bob d 1, cyd e 2, cyd f 2, dan g 1, dan h 5");
    const KnowledgeStore store(workspace);
    const KnowledgeId meanings = test::valueOf(store.begin("meanings", "embedding", Json::object()));
    const KnowledgeId words = test::valueOf(store.begin("words", "lexical", Json::object()));
    QVERIFY_OK(store.setDimension(meanings, 1));
    QVERIFY_OK(store.putTerms(words, std::vector<std::pair<std::string, std::int64_t>>{{"word", 8}}));
    float number = 0.0F;
    for (const char* item : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
        number += 1.0F;
        const ItemId id = test::itemOf(workspace, "films", item);
        const ItemFacts meaning{.item = id, .vector = {number}, .termWeights = {{0, -1.0F}}};
        const ItemFacts word{.item = id, .vector = {-1.0F}, .termWeights = {{0, number}}};
        QVERIFY_OK(store.put(meanings, std::span(&meaning, 1)));
        QVERIFY_OK(store.put(words, std::span(&word, 1)));
    }
    QVERIFY_OK(store.setState(meanings, "finished"));
    QVERIFY_OK(store.setState(words, "finished"));

    const Prepared prepared = test::valueOf(prepare(
        workspace,
        test::specOf(
            {{"knowledge", "meanings"}, {"knowledge_terms", "words"}, {"shuffle_knowledge", isShuffled}}),
        {}));

    const ItemKnowledge& knowledge = *prepared.parts.training->target.knowledge;
    QCOMPARE(knowledge.vectors.rows(), Eigen::Index{8});
    int moved = 0;
    for (Eigen::Index item = 0; item < 8; ++item) {
        const float value = (*knowledge.vectors.floats())(item, 0);
        moved += value != static_cast<float>(item + 1) ? 1 : 0;
        const auto& terms = knowledge.termWeights[static_cast<std::size_t>(item)];
        QCOMPARE(terms.size(), std::size_t{1});
        QCOMPARE(terms.front().weight, value);
    }
    QCOMPARE(moved > 0, isShuffled);
}

void PreparationTest::releasedEventsGiveTheirMemoryBack()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    test::fill(workspace, "films: ann a 5 train, ann b 4 test, bob a 3 train; books: ann x 5 train, bob x 2");
    Prepared prepared = test::valueOf(
        prepare(workspace, test::specOf({{"data.sources", {"books"}}, {"split.kind", "given"}}), {}));
    const std::array domains{&prepared.data.target, &prepared.data.sources.at(0)};
    for (const DomainData* domain : domains) {
        QVERIFY(!domain->events.empty());
        QCOMPARE(domain->parts.size(), domain->events.size());
    }

    releaseEvents(prepared);

    for (const DomainData* domain : domains) {
        QCOMPARE(domain->events.capacity(), std::size_t{0});
        QCOMPARE(domain->parts.capacity(), std::size_t{0});
    }
    QCOMPARE(prepared.parts.ofTarget.capacity(), std::size_t{0});
    QCOMPARE(prepared.parts.ofSources.capacity(), std::size_t{0});
    QCOMPARE(prepared.parts.training->target.interactions.size(), std::size_t{2});
    QCOMPARE(prepared.parts.test.events.size(), std::size_t{1});
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::PreparationTest)
#include "PreparationTest.moc"
