#include "core/experiment/Segments.h"

#include "core/evaluation/RankingMeasures.h"
#include "core/experiment/Preparation.h"
#include "tests/support/Events.h"
#include "tests/support/Runs.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cmath>
#include <set>

namespace transept {

class SegmentsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void segmentsOfUsersAddUpToTheWhole_data();
    void segmentsOfUsersAddUpToTheWhole();
    void pairsOfItemsAddUpToTheWhole();
    void rareItemsAreMeasuredByWhatIsRareAmongTheRelevant();
    void coldItemsAreNewAndNothingElse();
    void domainsCountOnlyWithSources();
    void unfinishedRunHasNone();
    void addedDataIsLeftOutAndChangedDataRefused();

private:
    Workspace filled(const char* name) const
    {
        Workspace workspace = m_folder.workspace(name);
        test::fill(workspace,
                   test::ratingsPicture("films", 90, 60, 25, 1) + "; " +
                       test::ratingsPicture("books", 40, 50, 15, 2));
        return workspace;
    }

    test::Temporary m_folder;
};

namespace {

std::vector<Segment> ofDimension(const std::vector<Segment>& segments, Segment::Dimension dimension)
{
    std::vector<Segment> found;
    std::copy_if(segments.begin(), segments.end(), std::back_inserter(found), [=](const Segment& each) {
        return each.dimension == dimension;
    });
    return found;
}

bool isNear(double a, double b)
{
    return std::abs(a - b) < 1e-9;
}

double meanOfUsers(const std::vector<Segment>& segments, const std::string& measure)
{
    double sum = 0.0;
    double users = 0.0;
    for (const Segment& segment : segments) {
        sum += static_cast<double>(segment.users) * (segment.users > 0 ? segment.values.at(measure) : 0.0);
        users += static_cast<double>(segment.users);
    }
    return sum / users;
}

double rootOfPairs(const std::vector<Segment>& segments)
{
    double sum = 0.0;
    double pairs = 0.0;
    for (const Segment& segment : segments) {
        const double rmse = segment.pairs > 0 ? segment.values.at("rmse") : 0.0;
        sum += static_cast<double>(segment.pairs) * rmse * rmse;
        pairs += static_cast<double>(segment.pairs);
    }
    return std::sqrt(sum / pairs);
}

} // namespace

void SegmentsTest::segmentsOfUsersAddUpToTheWhole_data()
{
    QTest::addColumn<int>("dimension");
    QTest::newRow("history") << static_cast<int>(Segment::Dimension::History);
    QTest::newRow("overlap") << static_cast<int>(Segment::Dimension::Overlap);
}

void SegmentsTest::segmentsOfUsersAddUpToTheWhole()
{
    QFETCH(int, dimension);
    const Workspace workspace = filled(dimension == 0 ? "history.transept" : "overlap.transept");
    const RunRecord run =
        test::finishedRun(workspace, {{"data.sources", Json::array({"books"})}, {"method.name", "bias"}});

    const Result<std::vector<Segment>> segments = segmentsOf(workspace, run.id, {});

    QVERIFY_OK(segments);
    const std::vector<Segment> parts = ofDimension(*segments, static_cast<Segment::Dimension>(dimension));
    QVERIFY(parts.size() > 1);
    QVERIFY(isNear(rootOfPairs(parts), run.measures.at("rmse")));
    for (const char* measure : {"ndcg@10", "recall@10"}) {
        QVERIFY2(isNear(meanOfUsers(parts, measure), run.measures.at(measure)), measure);
    }
}

void SegmentsTest::pairsOfItemsAddUpToTheWhole()
{
    const Workspace workspace = filled("items.transept");
    const RunRecord run = test::finishedRun(workspace, {{"method.name", "bias"}});

    const std::vector<Segment> parts =
        ofDimension(segmentsOf(workspace, run.id, {}).value(), Segment::Dimension::Popularity);

    QVERIFY(parts.size() >= 3);
    QVERIFY(isNear(rootOfPairs(parts), run.measures.at("rmse")));
}

/// Counted from the split and the stored lists by plain loops.
void SegmentsTest::rareItemsAreMeasuredByWhatIsRareAmongTheRelevant()
{
    const Workspace workspace = filled("rare.transept");
    const RunRecord run = test::finishedRun(workspace, {{"method.name", "popularity"}});
    const Prepared prepared = prepare(workspace, specFrom(run.spec).value(), {}).value();
    std::map<ItemId, std::size_t> counts;
    for (const Event& event : test::eventsOf(prepared.parts.training->target)) {
        ++counts[prepared.data.target.items[index(event.item)]];
    }
    std::vector<std::pair<std::size_t, ItemId>> ascending;
    for (const auto& [item, count] : counts) {
        ascending.emplace_back(count, item);
    }
    std::sort(ascending.begin(), ascending.end());
    std::set<ItemId> rare;
    std::size_t before = 0;
    for (const auto& [count, item] : ascending) {
        if (3 * before < prepared.parts.training->target.interactions.size()) {
            rare.insert(item);
        }
        before += count;
    }
    double sum = 0.0;
    double users = 0.0;
    const std::vector<StoredList> lists = RunStore(workspace).lists(run.id).value();
    for (const StoredList& list : lists) {
        double relevant = 0.0;
        double hits = 0.0;
        for (const ItemId item : list.relevant) {
            const auto end = list.items.begin() + std::min<std::ptrdiff_t>(10, std::ssize(list.items));
            relevant += rare.contains(item) ? 1.0 : 0.0;
            hits += rare.contains(item) && std::find(list.items.begin(), end, item) != end ? 1.0 : 0.0;
        }
        sum += relevant > 0.0 ? hits / relevant : 0.0;
        users += relevant > 0.0 ? 1.0 : 0.0;
    }

    const std::vector<Segment> segments = segmentsOf(workspace, run.id, {}).value();
    const auto found = std::find_if(segments.begin(), segments.end(), [](const Segment& each) {
        return each.name.find("rarest") != std::string::npos;
    });

    QVERIFY(found != segments.end());
    QCOMPARE(static_cast<double>(found->users), users);
    QVERIFY(isNear(found->values.at("recall@10"), sum / users));
}

void SegmentsTest::coldItemsAreNewAndNothingElse()
{
    const Workspace workspace = filled("cold.transept");
    const RunRecord run =
        test::finishedRun(workspace, {{"split.kind", "cold-item"}, {"method.name", "bias"}});

    const std::vector<Segment> parts =
        ofDimension(segmentsOf(workspace, run.id, {}).value(), Segment::Dimension::Popularity);

    QCOMPARE(parts.size(), std::size_t{1});
    QVERIFY(parts[0].name.find("new") == 0);
}

void SegmentsTest::domainsCountOnlyWithSources()
{
    const Workspace workspace = filled("alone.transept");
    const RunRecord run = test::finishedRun(workspace, {{"method.name", "bias"}});

    QVERIFY(ofDimension(segmentsOf(workspace, run.id, {}).value(), Segment::Dimension::Overlap).empty());
}

void SegmentsTest::unfinishedRunHasNone()
{
    const Workspace workspace = m_folder.workspace("queued.transept");
    const RunId run = RunStore(workspace).add("waits", Json::object()).value();

    QCOMPARE(segmentsOf(workspace, run, {}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(segmentsOf(workspace, RunId{99}, {}).error().code, ErrorCode::NotFound);
}

void SegmentsTest::addedDataIsLeftOutAndChangedDataRefused()
{
    const Workspace workspace = filled("changed.transept");
    const RunRecord run = test::finishedRun(workspace, {{"method.name", "bias"}});
    const auto before = segmentsOf(workspace, run.id, {});
    QVERIFY_OK(before);
    test::fill(workspace, "films: u1 i999 5, somebody i1 4");
    const auto grown = segmentsOf(workspace, run.id, {});
    QVERIFY_OK(grown);
    QCOMPARE(grown->size(), before->size());
    for (std::size_t at = 0; at < grown->size(); ++at) {
        QCOMPARE((*grown)[at].users, (*before)[at].users);
        QCOMPARE((*grown)[at].pairs, (*before)[at].pairs);
        QVERIFY((*grown)[at].values == (*before)[at].values);
    }

    test::falsify(workspace);

    const auto segments = segmentsOf(workspace, run.id, {});
    QVERIFY(!segments);
    QCOMPARE(segments.error().code, ErrorCode::InvalidInput);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::SegmentsTest)
#include "SegmentsTest.moc"
