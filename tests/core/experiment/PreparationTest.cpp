#include "core/experiment/Preparation.h"

#include <QtTest/QTest>

namespace transept {

class PreparationTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void peopleOfAPartStandOnceAndInOrder();
    void shuffledKnowledgeIsTheSameRowsElsewhere();
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

} // namespace transept

QTEST_GUILESS_MAIN(transept::PreparationTest)
#include "PreparationTest.moc"
