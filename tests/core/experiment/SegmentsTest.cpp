#include "core/experiment/Segments.h"

#include "core/evaluation/RankingMeasures.h"
#include "core/experiment/Preparation.h"
#include "core/store/Catalog.h"
#include "core/store/Explorer.h"
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
    void selectedItemsAreMeasuredByWhatIsSelectedAmongTheRelevant();
    void itemsOfOtherDomainsAreNotSelected();
    void selectedItemsOutsideTheTestSetAreToldAsSuch();
    void selectionNeedsNoMoreThanTheRun();
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

/// Every n-th item of a domain.
std::vector<ItemId> everyItem(const Workspace& workspace, std::size_t n, const std::string& domain)
{
    const std::vector<ItemRecord> items =
        Explorer(workspace).items(Catalog(workspace).domain(domain).value().id, "", {}, 1000).value();
    std::vector<ItemId> chosen;
    for (std::size_t at = 0; at < items.size(); at += n) {
        chosen.push_back(items[at].id);
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

/// recall@10, ndcg@10, rmse and mae of the items for which `has` holds, by their definitions, over all that a
/// run keeps.
template<typename Has>
std::map<std::string, double> slowly(const Workspace& workspace, RunId run, const Has& has, Segment& sizes)
{
    double recall = 0.0;
    double ndcg = 0.0;
    double squares = 0.0;
    double distances = 0.0;
    const std::vector<StoredList> lists = RunStore(workspace).lists(run).value();
    for (const StoredList& list : lists) {
        const auto relevant =
            static_cast<std::size_t>(std::count_if(list.relevant.begin(), list.relevant.end(), has));
        if (relevant == 0) {
            continue;
        }
        double hits = 0.0;
        double gain = 0.0;
        double best = 0.0;
        for (std::size_t place = 0; place < 10; ++place) {
            const double discounted = 1.0 / std::log2(static_cast<double>(place) + 2.0);
            const bool isHit = place < list.items.size() && has(list.items[place]) &&
                               std::find(list.relevant.begin(), list.relevant.end(), list.items[place]) !=
                                   list.relevant.end();
            hits += isHit ? 1.0 : 0.0;
            gain += isHit ? discounted : 0.0;
            best += place < relevant ? discounted : 0.0;
        }
        recall += hits / static_cast<double>(relevant);
        ndcg += gain / best;
        ++sizes.users;
    }
    const StoredPredictions pairs = RunStore(workspace).predictions(run).value();
    for (std::size_t pair = 0; pair < pairs.items.size(); ++pair) {
        if (has(pairs.items[pair])) {
            const double error = static_cast<double>(pairs.predictions[pair]) - pairs.truths[pair];
            squares += error * error;
            distances += std::abs(error);
            ++sizes.pairs;
        }
    }
    const auto users = static_cast<double>(sizes.users);
    const auto count = static_cast<double>(sizes.pairs);
    return {{"recall@10", recall / users},
            {"ndcg@10", ndcg / users},
            {"rmse", std::sqrt(squares / count)},
            {"mae", distances / count}};
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

void SegmentsTest::selectedItemsAreMeasuredByWhatIsSelectedAmongTheRelevant()
{
    const Workspace workspace = filled("selected.transept");
    const RunRecord run = test::finishedRun(
        workspace,
        {{"method.name", "bias"},
         {"measures", Json::array({"rmse", "mae", "ndcg@10", "recall@10", "ndcg@10~20", "coverage@10"})}});
    const std::vector<ItemId> selected = everyItem(workspace, 3, "films");

    const Result<std::vector<Segment>> segments = segmentsBySelection(workspace, run.id, selected, {});

    QVERIFY_OK(segments);
    QCOMPARE(segments->size(), std::size_t{2});
    for (const bool isSelected : {true, false}) {
        const Segment& segment = (*segments)[isSelected ? 0 : 1];
        QVERIFY(segment.dimension == Segment::Dimension::Selection);
        QCOMPARE(segment.name, std::string(isSelected ? "selected items" : "other items"));
        const auto has = [&](ItemId item) {
            return (std::find(selected.begin(), selected.end(), item) != selected.end()) == isSelected;
        };
        Segment sizes;
        for (const auto& [measure, value] : slowly(workspace, run.id, has, sizes)) {
            QVERIFY2(isNear(segment.values.at(measure), value), measure.c_str());
        }
        QVERIFY(sizes.users > 0 && sizes.pairs > 0);
        QCOMPARE(segment.users, sizes.users);
        QCOMPARE(segment.pairs, sizes.pairs);
        QVERIFY(std::isnan(segment.values.at("ndcg@10~20"))); // of which lists do not tell
        QVERIFY(!segment.values.contains("coverage@10"));
    }
    QVERIFY(isNear(rootOfPairs(*segments), run.measures.at("rmse")));
}

void SegmentsTest::itemsOfOtherDomainsAreNotSelected()
{
    const Workspace workspace = filled("mixed.transept");
    const RunRecord run = test::finishedRun(workspace, {{"method.name", "popularity"}});
    const std::vector<ItemId> films = everyItem(workspace, 4, "films");
    const std::vector<ItemId> books = everyItem(workspace, 2, "books");
    std::vector<ItemId> both;
    std::ranges::set_union(films, books, std::back_inserter(both));

    const auto ofFilms = segmentsBySelection(workspace, run.id, films, {});
    const auto ofBoth = segmentsBySelection(workspace, run.id, both, {});

    QVERIFY(ofFilms && ofBoth);
    QCOMPARE(ofFilms->size(), std::size_t{2});
    QCOMPARE(ofBoth->size(), std::size_t{2});
    for (std::size_t at = 0; at < 2; ++at) {
        QCOMPARE((*ofBoth)[at].users, (*ofFilms)[at].users);
        QCOMPARE((*ofBoth)[at].values.at("ndcg@10"), (*ofFilms)[at].values.at("ndcg@10"));
    }
    QVERIFY(segmentsBySelection(workspace, run.id, books, {}).value().empty());
    QVERIFY(segmentsBySelection(workspace, run.id, {}, {}).value().empty());
}

void SegmentsTest::selectedItemsOutsideTheTestSetAreToldAsSuch()
{
    const Workspace workspace = filled("outside.transept");
    const RunRecord run = test::finishedRun(workspace, {{"method.name", "bias"}});
    test::fill(workspace, "films: u1 i999 5");
    const std::vector<ItemId> late{everyItem(workspace, 1, "films").back()};

    const auto segments = segmentsBySelection(workspace, run.id, late, {});

    QVERIFY_OK(segments);
    QCOMPARE(segments->size(), std::size_t{2});
    QCOMPARE(segments->front().users, std::size_t{0});
    QCOMPARE(segments->front().pairs, std::size_t{0});
    for (const auto& [measure, value] : segments->front().values) {
        QVERIFY2(std::isnan(value), measure.c_str());
    }
    QVERIFY(isNear(segments->back().values.at("ndcg@10"), run.measures.at("ndcg@10")));
    QVERIFY(isNear(segments->back().values.at("rmse"), run.measures.at("rmse")));

    const std::vector<ItemId> all = everyItem(workspace, 1, "films");
    const auto whole = segmentsBySelection(workspace, run.id, all, {});
    QVERIFY_OK(whole);
    QCOMPARE(whole->size(), std::size_t{1}); // there are no others
    QVERIFY(isNear(whole->front().values.at("ndcg@10"), run.measures.at("ndcg@10")));
}

void SegmentsTest::selectionNeedsNoMoreThanTheRun()
{
    const Workspace workspace = filled("kept.transept");
    const RunRecord run = test::finishedRun(workspace, {{"method.name", "bias"}});
    const std::vector<ItemId> selected = everyItem(workspace, 3, "films");
    const auto before = segmentsBySelection(workspace, run.id, selected, {});
    test::falsify(workspace);

    const auto after = segmentsBySelection(workspace, run.id, selected, {});

    QVERIFY(before && after);
    QVERIFY(before->front().values == after->front().values);
    QVERIFY(before->back().values == after->back().values);
}

void SegmentsTest::unfinishedRunHasNone()
{
    const Workspace workspace = m_folder.workspace("queued.transept");
    const RunId run = RunStore(workspace).add("waits", Json::object()).value();

    QCOMPARE(segmentsOf(workspace, run, {}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(segmentsOf(workspace, RunId{99}, {}).error().code, ErrorCode::NotFound);
    const ItemId some[] = {ItemId{1}};
    QCOMPARE(segmentsBySelection(workspace, run, some, {}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(segmentsBySelection(workspace, RunId{99}, some, {}).error().code, ErrorCode::NotFound);
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
