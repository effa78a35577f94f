#include "core/knowledge/ItemMap.h"

#include "tests/core/knowledge/ThemedItems.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {

/// The map of a knowledge base and its colours.
class ItemMapTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }
    void mapSeparatesTheThemes();
    void neighbourhoodsKeepTheThemesTogether();
    void mapIsColouredByTheFirstValueOfAField();
    void largestGroupsGetAColourAndTheRestShareOne();

private:
    std::optional<test::Temporary> m_folder;
};

void ItemMapTest::mapSeparatesTheThemes()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 150);
    const Result<ExtractionReport> report =
        extract(workspace, test::lexical("words", {{"dimension", 8}}), {});
    QVERIFY_OK(report);

    const auto map = itemMap(workspace, report->id, "domain", {});

    QVERIFY_OK(map);
    QCOMPARE(map->size(), std::size_t{150});
    Eigen::Vector2d centres[3] = {Eigen::Vector2d::Zero(), Eigen::Vector2d::Zero(), Eigen::Vector2d::Zero()};
    for (std::size_t at = 0; at < map->size(); ++at) {
        centres[at % 3] += Eigen::Vector2d(map->at(at).x, map->at(at).y) / 50.0;
        QCOMPARE(map->at(at).group, std::string("films"));
    }
    for (std::size_t at = 0; at < map->size(); ++at) {
        const Eigen::Vector2d point(map->at(at).x, map->at(at).y);
        QVERIFY((point - centres[at % 3]).norm() < (point - centres[(at + 1) % 3]).norm());
        QVERIFY((point - centres[at % 3]).norm() < (point - centres[(at + 2) % 3]).norm());
    }
}

void ItemMapTest::neighbourhoodsKeepTheThemesTogether()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 150);
    const Result<ExtractionReport> report =
        extract(workspace, test::lexical("words", {{"dimension", 8}}), {});
    QVERIFY_OK(report);
    const auto map = itemMap(workspace, report->id, "domain", {});

    const auto places = neighbourhoodMap(workspace, report->id, {});

    QVERIFY_OK(places);
    QCOMPARE(places->size(), map->size());
    int same = 0;
    for (std::size_t at = 0; at < places->size(); ++at) {
        QCOMPARE(places->at(at).item, map->at(at).item);
        const auto away = [&](std::size_t other) {
            return std::hypot(places->at(at).x - places->at(other).x, places->at(at).y - places->at(other).y);
        };
        std::size_t nearest = at == 0 ? 1 : 0;
        for (std::size_t other = 0; other < places->size(); ++other) {
            nearest = other != at && away(other) < away(nearest) ? other : nearest;
        }
        same += at % 3 == nearest % 3 ? 1 : 0;
    }
    QVERIFY(same > 145);
    QCOMPARE(neighbourhoodMap(workspace, KnowledgeId{99}, {}).error().code, ErrorCode::NotFound);
}

void ItemMapTest::mapIsColouredByTheFirstValueOfAField()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 30);
    const Result<ExtractionReport> report = extract(workspace, test::lexical("words"), {});
    QVERIFY_OK(report);

    const auto byGenre = itemMap(workspace, report->id, "genre", {});
    const auto unknown = itemMap(workspace, report->id, "colour", {});

    QVERIFY_OK(byGenre);
    QCOMPARE(byGenre->at(1).group, std::string("Space Opera"));
    QCOMPARE(unknown.error().code, ErrorCode::InvalidInput);
    QVERIFY_OK(itemMap(workspace, report->id, colourOfFacet("genre"), {}));
    const auto unknownFacet = itemMap(workspace, report->id, colourOfFacet("colour"), {});
    QCOMPARE(unknownFacet.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(unknownFacet.error()).find("has no facet colour. It has: ") != std::string::npos);
}

void ItemMapTest::largestGroupsGetAColourAndTheRestShareOne()
{
    std::vector<MapPoint> points;
    for (const char* group : {"b", "a", "c", "c", "d", "a", "c", "", "b"}) {
        points.push_back({.group = group});
    }

    const MapGroups all = groupsOf(points, 5);
    const MapGroups three = groupsOf(points, 3);

    QCOMPARE(all.names, (std::vector<std::string>{"c", "a", "b", "", "d"}));
    QVERIFY(!all.hasOthers);
    QCOMPARE(all.places, (std::vector{2, 1, 0, 0, 4, 1, 0, 3, 2}));
    QCOMPARE(three.names, (std::vector<std::string>{"c", "a"}));
    QVERIFY(three.hasOthers);
    QCOMPARE(three.places, (std::vector{2, 1, 0, 0, 2, 1, 0, 2, 2}));
    QVERIFY(groupsOf({}, 3).names.empty());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ItemMapTest)
#include "ItemMapTest.moc"
