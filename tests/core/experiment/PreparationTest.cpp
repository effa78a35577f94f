#include "core/experiment/Preparation.h"

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
    ItemKnowledge knowledge{.vectors = Matrix::Zero(items, 2)};
    knowledge.facets.resize(items);
    for (Eigen::Index item = 0; item < items; item += 2) {
        knowledge.vectors(item, 0) = static_cast<float>(item + 1);
        knowledge.facets[static_cast<std::size_t>(item)] = {{.name = "n", .text = std::to_string(item + 1)}};
    }

    const auto shuffled = shuffleKnowledge(knowledge, 7, 0);

    int moved = 0;
    float sum = 0.0F;
    for (Eigen::Index item = 0; item < items; ++item) {
        const float value = shuffled->vectors(item, 0);
        sum += value;
        moved += value != knowledge.vectors(item, 0) ? 1 : 0;
        const auto& facets = shuffled->facets[static_cast<std::size_t>(item)];
        QCOMPARE(facets.empty(), item % 2 == 1);
        if (!facets.empty()) {
            QCOMPARE(facets.front().text, std::to_string(static_cast<int>(value)));
        }
    }
    QVERIFY(moved > 15);
    QCOMPARE(sum, knowledge.vectors.col(0).sum());
    QVERIFY(shuffleKnowledge(knowledge, 7, 0)->vectors == shuffled->vectors);
    QVERIFY(shuffleKnowledge(knowledge, 8, 0)->vectors != shuffled->vectors);
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
