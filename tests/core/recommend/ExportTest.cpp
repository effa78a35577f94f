#include "core/recommend/Export.h"

#include "core/evaluation/RatingMeasures.h"
#include "core/knowledge/ItemMap.h"
#include "core/store/Deletion.h"
#include "core/store/KnowledgeStore.h"
#include "tests/support/Csv.h"
#include "tests/support/Interactions.h"
#include "tests/support/Runs.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cmath>
#include <cstring>
#include <set>

namespace transept {

using test::Row;
using test::rowsOf;

class ExportTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void ratingMeasuresFollowFromThePredictions();
    void deviationsStandBesidePredictions();
    void predictionsAreWrittenWithoutASourceThatIsGone();
    void rankingMeasuresFollowFromListsAndTest();
    void curvesAndMeasuresAreWhole();
    void rocHasTheAreaOfTheMeasure();
    void jsonHoldsTheSameRows();
    void factorsAreWrittenAsCsvAndNpy();
    void knowledgeIsWritten();
    void mapIsWritten();
    void unfinishedKnowledgeIsNotWritten();
    void splitIsHandedToOtherPrograms();
    void sourcesAreHandedOverWithTheirDomain();
    void atomicFileRefusesWhatItCannotHold();
    void awkwardKeysAreQuoted();
    void whatTheRunDidNotKeepIsRefused();
    void refusedExportLeavesNoFile();

private:
    std::vector<Row> exported(RunId run, RunExport what) const;

    test::Temporary m_folder;
    std::optional<Workspace> m_workspace;
    RunRecord m_run;
};

namespace {

constexpr double tolerance = 1e-6;

/// Measures at K of one list, written out in full.
struct Found
{
    double ndcg = 0.0;
    double recall = 0.0;
    double precision = 0.0;
    double hit = 0.0;
    double reciprocal = 0.0;
};

Found measuresOf(const std::vector<std::string>& list, const std::set<std::string>& relevant, std::size_t k)
{
    Found found;
    double ideal = 0.0;
    for (std::size_t place = 0; place < std::min(k, relevant.size()); ++place) {
        ideal += 1.0 / std::log2(static_cast<double>(place) + 2.0);
    }
    double hits = 0.0;
    for (std::size_t place = 0; place < std::min(k, list.size()); ++place) {
        if (relevant.contains(list[place])) {
            hits += 1.0;
            found.ndcg += 1.0 / std::log2(static_cast<double>(place) + 2.0) / ideal;
            found.reciprocal =
                found.reciprocal > 0.0 ? found.reciprocal : 1.0 / (static_cast<double>(place) + 1.0);
        }
    }
    found.recall = hits / static_cast<double>(relevant.size());
    found.precision = hits / static_cast<double>(k);
    found.hit = hits > 0.0 ? 1.0 : 0.0;
    return found;
}

} // namespace

std::vector<Row> ExportTest::exported(RunId run, RunExport what) const
{
    const std::filesystem::path file = m_folder.path("export.csv");
    const auto written = exportRun(*m_workspace, run, what, file, {});
    if (!written) {
        throw std::runtime_error(describe(written.error()));
    }
    return rowsOf(test::contentOf(file));
}

void ExportTest::initTestCase()
{
    m_workspace = m_folder.workspace();
    test::fill(*m_workspace, test::ratingsPicture("films", 70, 50, 18, 1));
    m_run = test::finishedRun(
        *m_workspace,
        {{"method.name", "mf"},
         {"method.epochs", 5},
         {"data.positive", 4},
         {"measures",
          Json::array(
              {"rmse", "mae", "ndcg@10", "ndcg@5", "recall@10", "precision@10", "hit-rate@10", "mrr@10"})}});
}

void ExportTest::ratingMeasuresFollowFromThePredictions()
{
    const std::vector<Row> rows = exported(m_run.id, RunExport::Predictions);

    QCOMPARE(rows.front(), (Row{"user", "item", "truth", "prediction"}));
    double squares = 0.0;
    double absolute = 0.0;
    for (std::size_t at = 1; at < rows.size(); ++at) {
        const double error = std::stod(rows[at][3]) - std::stod(rows[at][2]);
        squares += error * error;
        absolute += std::abs(error);
    }
    const auto count = static_cast<double>(rows.size() - 1);
    QVERIFY(count > 50.0);
    QVERIFY(std::abs(std::sqrt(squares / count) - m_run.measures.at("rmse")) < tolerance);
    QVERIFY(std::abs(absolute / count - m_run.measures.at("mae")) < tolerance);
}

/// Where the method knows them, and no longer when its data is gone.
void ExportTest::deviationsStandBesidePredictions()
{
    test::Temporary folder;
    const Workspace workspace = folder.workspace();
    test::fill(workspace, test::ratingsPicture("films", 40, 30, 12, 1));
    const RunId run =
        test::finishedRun(workspace, {{"method.name", "bayesian-mf"}, {"method.samples", 10}}).id;
    const std::filesystem::path file = folder.path("predictions.csv");
    QVERIFY_OK(exportRun(workspace, run, RunExport::Predictions, file, {}));

    const std::vector<Row> rows = rowsOf(test::contentOf(file));

    QCOMPARE(rows.front(), (Row{"user", "item", "truth", "prediction", "deviation"}));
    const auto fitted = reopen(workspace, run, {}).value();
    const std::vector<Event>& events = fitted->parts.test.events;
    QCOMPARE(rows.size(), events.size() + 1);
    for (std::size_t at = 0; at < events.size(); ++at) {
        float expected = 0.0F;
        fitted->model->deviations(events[at].user, {&events[at].item, 1}, {&expected, 1});
        QVERIFY(expected > 0.0F);
        QVERIFY(std::abs(std::stod(rows[at + 1][4]) - static_cast<double>(expected)) < tolerance);
    }
    test::fill(workspace, "films: u1 i999 5, somebody i1 4");
    QVERIFY_OK(exportRun(workspace, run, RunExport::Predictions, file, {}));
    QVERIFY(rowsOf(test::contentOf(file)) == rows);
    test::falsify(workspace);
    QVERIFY_OK(exportRun(workspace, run, RunExport::Predictions, file, {}));
    QCOMPARE(rowsOf(test::contentOf(file)).front(), (Row{"user", "item", "truth", "prediction"}));
}

void ExportTest::predictionsAreWrittenWithoutASourceThatIsGone()
{
    test::Temporary folder;
    const Workspace workspace = folder.workspace();
    test::fill(workspace, test::ratingsPicture("films", 40, 30, 12, 1));
    test::fill(workspace, test::ratingsPicture("books", 40, 20, 8, 2));
    const RunId run =
        test::finishedRun(workspace,
                          {{"method.name", "fm"}, {"method.samples", 10}, {"data.sources", {"books"}}})
            .id;
    const std::filesystem::path file = folder.path("predictions.csv");
    QVERIFY_OK(exportRun(workspace, run, RunExport::Predictions, file, {}));
    std::vector<Row> expected = rowsOf(test::contentOf(file));
    QCOMPARE(expected.front().back(), "deviation");
    const std::vector<std::string> names{"books"};
    QVERIFY_OK(deleteNamed(workspace, Deletable::Domain, names));

    QVERIFY_OK(exportRun(workspace, run, RunExport::Predictions, file, {}));

    std::ranges::for_each(expected, [](Row& row) { row.pop_back(); });
    QVERIFY(rowsOf(test::contentOf(file)) == expected);
}

void ExportTest::rankingMeasuresFollowFromListsAndTest()
{
    const std::vector<Row> lists = exported(m_run.id, RunExport::Lists);
    QCOMPARE(lists.front(), (Row{"user", "rank", "item", "score"}));
    std::map<std::string, std::vector<std::string>> ranked;
    for (std::size_t at = 1; at < lists.size(); ++at) {
        ranked[lists[at][0]].push_back(lists[at][2]);
        QCOMPARE(std::stoul(lists[at][1]), ranked[lists[at][0]].size());
    }
    const std::vector<Row> held = exported(m_run.id, RunExport::Test);
    QCOMPARE(held.front(), (Row{"user", "item", "value", "time"}));
    std::map<std::string, std::set<std::string>> relevant;
    for (std::size_t at = 1; at < held.size(); ++at) {
        if (std::stod(held[at][2]) >= 4.0) {
            relevant[held[at][0]].insert(held[at][1]);
        }
    }

    Found sum;
    double ndcgAt5 = 0.0;
    for (const auto& [user, items] : relevant) {
        const Found each = measuresOf(ranked[user], items, 10);
        sum.ndcg += each.ndcg;
        sum.recall += each.recall;
        sum.precision += each.precision;
        sum.hit += each.hit;
        sum.reciprocal += each.reciprocal;
        ndcgAt5 += measuresOf(ranked[user], items, 5).ndcg;
    }
    const auto users = static_cast<double>(relevant.size());
    QVERIFY(users > 20.0);
    QVERIFY(std::abs(sum.ndcg / users - m_run.measures.at("ndcg@10")) < tolerance);
    QVERIFY(std::abs(ndcgAt5 / users - m_run.measures.at("ndcg@5")) < tolerance);
    QVERIFY(std::abs(sum.recall / users - m_run.measures.at("recall@10")) < tolerance);
    QVERIFY(std::abs(sum.precision / users - m_run.measures.at("precision@10")) < tolerance);
    QVERIFY(std::abs(sum.hit / users - m_run.measures.at("hit-rate@10")) < tolerance);
    QVERIFY(std::abs(sum.reciprocal / users - m_run.measures.at("mrr@10")) < tolerance);
}

void ExportTest::curvesAndMeasuresAreWhole()
{
    const std::vector<Row> curves = exported(m_run.id, RunExport::Curves);
    const std::vector<Row> measures = exported(m_run.id, RunExport::Measures);

    QCOMPARE(curves.front(), (Row{"series", "step", "value"}));
    QVERIFY(curves.size() > 10);
    QCOMPARE(measures.size(), m_run.measures.size() + 1);
    for (std::size_t at = 1; at < measures.size(); ++at) {
        QCOMPARE(std::stod(measures[at][1]), m_run.measures.at(measures[at][0]));
    }
}

void ExportTest::rocHasTheAreaOfTheMeasure()
{
    const std::vector<Row> roc = exported(m_run.id, RunExport::Roc);
    const std::vector<Row> calibration = exported(m_run.id, RunExport::Calibration);
    const std::vector<Row> predictions = exported(m_run.id, RunExport::Predictions);

    double area = 0.0;
    for (std::size_t at = 2; at < roc.size(); ++at) {
        area += (std::stod(roc[at][1]) - std::stod(roc[at - 1][1])) *
                (std::stod(roc[at][2]) + std::stod(roc[at - 1][2])) / 2.0;
    }
    std::vector<float> truths;
    std::vector<float> said;
    for (std::size_t at = 1; at < predictions.size(); ++at) {
        truths.push_back(std::stof(predictions[at][2]));
        said.push_back(std::stof(predictions[at][3]));
    }
    std::size_t pairs = 0;
    for (std::size_t at = 1; at < calibration.size(); ++at) {
        pairs += std::stoul(calibration[at][0]);
    }

    QVERIFY(roc[1][0].empty()); // nothing is predicted as high as infinity
    QVERIFY(std::abs(area - rocAuc({truths, said}, 4.0)) < 1e-9);
    QCOMPARE(pairs, truths.size());
}

void ExportTest::jsonHoldsTheSameRows()
{
    const std::filesystem::path file = m_folder.path("lists.json");
    QVERIFY_OK(exportRun(*m_workspace, m_run.id, RunExport::Lists, file, {}));

    const Json document = Json::parse(test::contentOf(file));

    const std::vector<Row> rows = exported(m_run.id, RunExport::Lists);
    QCOMPARE(document.size(), rows.size() - 1);
    QCOMPARE(document.back().at("user").get<std::string>(), rows.back()[0]);
    QCOMPARE(document.back().at("rank").get<int>(), std::stoi(rows.back()[1]));
    QCOMPARE(document.back().at("score").get<double>(), std::stod(rows.back()[3]));
}

void ExportTest::factorsAreWrittenAsCsvAndNpy()
{
    const std::vector<Row> rows = exported(m_run.id, RunExport::Factors);
    const auto written =
        exportRun(*m_workspace, m_run.id, RunExport::Factors, m_folder.path("factors.npy"), {});

    QVERIFY_OK(written);
    QVERIFY(rows.size() > 100);
    const std::string first = test::contentOf(written->front());
    QCOMPARE(first.substr(1, 5), std::string("NUMPY"));
    const std::size_t header =
        static_cast<unsigned char>(first[8]) + 256U * static_cast<unsigned char>(first[9]);
    QCOMPARE((10 + header) % 64, std::size_t{0});
    float value = 0.0F;
    std::memcpy(&value, first.data() + 10 + header, sizeof(value));
    QCOMPARE(static_cast<double>(value), std::stod(rows[1][2]));
    QCOMPARE(written->at(1).filename(), std::filesystem::path("factors-users.csv")); // whose rows they are
    const std::string keys = test::contentOf(written->at(1));
    QVERIFY(keys.starts_with("row,key\n0," + rows[1][1] + "\n"));
    QCOMPARE(std::ranges::count(keys, '\n'),
             std::ranges::count(rows, "users", [](const Row& row) { return row[0]; }) + 1);
}

void ExportTest::knowledgeIsWritten()
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId base = store.begin("small", "lexical", Json::object()).value();
    const ItemFacts facts{.item = test::itemOf(*m_workspace, "films", "i1"),
                          .facets = {{.name = "topic", .text = "space, time", .weight = 0.5}},
                          .vector = {0.5F, -0.25F}};
    QVERIFY_OK(store.put(base, std::span(&facts, 1)));
    QVERIFY_OK(store.setState(base, "finished"));
    const std::filesystem::path file = m_folder.path("knowledge.csv");

    QVERIFY_OK(exportKnowledge(*m_workspace, "small", KnowledgeExport::Facets, file, {}));
    QCOMPARE(test::contentOf(file),
             std::string("domain,item,facet,text,weight\nfilms,i1,topic,\"space, time\",0.5\n"));
    QVERIFY_OK(exportKnowledge(*m_workspace, "small", KnowledgeExport::Vectors, file, {}));
    QCOMPARE(test::contentOf(file), std::string("domain,item,1,2\nfilms,i1,0.5,-0.25\n"));
    QVERIFY_OK(exportKnowledge(*m_workspace, "small", KnowledgeExport::Vectors, m_folder.path("v.npy"), {}));
    QCOMPARE(test::contentOf(m_folder.path("v.npy")).size(), std::size_t{128 + 8});
}

void ExportTest::mapIsWritten()
{
    const Workspace workspace = m_folder.workspace("map.transept");
    test::fill(workspace, "films: - i0, - i1, - i2, - i3, - i4, - i5, - i6, - i7");
    const KnowledgeStore store(workspace);
    const KnowledgeId base = store.begin("mapped", "lexical", Json::object()).value();
    QVERIFY_OK(store.setDimension(base, 2));
    std::vector<ItemFacts> facts;
    for (int item = 0; item < 8; ++item) {
        const ItemId id = test::itemOf(workspace, "films", "i" + std::to_string(item));
        facts.push_back(
            {.item = id, .vector = {static_cast<float>(item % 2), 0.25F * static_cast<float>(item)}});
    }
    QVERIFY_OK(store.put(base, facts));
    QVERIFY_OK(store.setState(base, "finished"));
    const std::filesystem::path file = m_folder.path("map.csv");

    QVERIFY_OK(exportKnowledge(workspace, "mapped", KnowledgeExport::Map, file, {}));
    const std::string components = test::contentOf(file);
    QVERIFY_OK(exportKnowledge(workspace, "mapped", KnowledgeExport::Neighbourhoods, file, {}));
    const std::string neighbourhoods = test::contentOf(file);

    for (const std::string& content : {components, neighbourhoods}) {
        QVERIFY(content.starts_with("domain,item,title,x,y\nfilms,i0,"));
        QCOMPARE(std::ranges::count(content, '\n'), std::ptrdiff_t{9});
    }
    const auto map = itemMap(workspace, base, "domain", {});
    const Json x = map->at(1).x;
    const Json y = map->at(1).y;
    const std::string row = "films,i1," + map->at(1).title + "," + x.dump() + "," + y.dump() + "\n";
    QVERIFY2(components.find(row) != std::string::npos, components.c_str());
    QVERIFY(neighbourhoods != components);
}

void ExportTest::unfinishedKnowledgeIsNotWritten()
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId base = store.begin("broken", "lexical", Json::object()).value();
    QVERIFY_OK(store.setState(base, "failed"));
    const std::filesystem::path file = m_folder.path("broken.csv");

    const auto written = exportKnowledge(*m_workspace, "broken", KnowledgeExport::Facets, file, {});

    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(written.error()).find("not finished (failed)") != std::string::npos);
    QVERIFY(!std::filesystem::exists(file));
}

/// Train, validation and test are all interactions of the target, each once.
void ExportTest::splitIsHandedToOtherPrograms()
{
    const Workspace workspace = m_folder.workspace("split.transept");
    test::fill(workspace, test::ratingsPicture("films", 30, 20, 10, 3));
    const RunRecord run = test::finishedRun(workspace, {});
    std::multiset<std::string> parts;
    for (const auto& [what, name] : {std::pair(RunExport::Train, "train.inter"),
                                     std::pair(RunExport::Validation, "validation.inter"),
                                     std::pair(RunExport::Test, "test.inter")}) {
        QVERIFY_OK(exportRun(workspace, run.id, what, m_folder.path(name), {}));
        std::istringstream lines(test::contentOf(m_folder.path(name)));
        std::string line;
        std::getline(lines, line);
        QCOMPARE(line, std::string("user_id:token\titem_id:token\trating:float\ttimestamp:float"));
        while (std::getline(lines, line)) {
            parts.insert(line);
        }
    }
    std::multiset<std::string> all;
    Result<Statement> rows = workspace.database().prepare(
        "SELECT account.key || char(9) || item.key || char(9) || printf('%.1f', value) || char(9) || time"
        " FROM interaction JOIN account ON account.id = account JOIN item ON item.id = item");
    while (rows->step().value()) {
        all.insert(std::string(rows->text(0)));
    }

    QCOMPARE(parts.size(), all.size());
    QVERIFY(parts == all);
}

void ExportTest::sourcesAreHandedOverWithTheirDomain()
{
    const Workspace workspace = m_folder.workspace("sources.transept");
    test::fill(workspace,
               test::ratingsPicture("films", 30, 20, 10, 3) + "; " +
                   test::ratingsPicture("books", 30, 20, 10, 4));
    const RunRecord run = test::finishedRun(workspace, {{"data.sources", Json::array({"books"})}});
    const std::filesystem::path file = m_folder.path("sources.csv");

    QVERIFY_OK(exportRun(workspace, run.id, RunExport::Sources, file, {}));

    const auto rows = rowsOf(test::contentOf(file));
    const auto stored = workspace.database().scalar(
        "SELECT count(*) FROM interaction JOIN domain ON domain.id = domain WHERE name = 'books'");
    QCOMPARE(static_cast<std::int64_t>(rows.size()) - 1, stored->value_or(-1)); // and a header
    QVERIFY(std::all_of(rows.begin() + 1, rows.end(), [](const Row& row) { return row.at(0) == "books"; }));
}

void ExportTest::atomicFileRefusesWhatItCannotHold()
{
    const Workspace workspace = m_folder.workspace("tabs.transept");
    test::fill(workspace, test::ratingsPicture("films", 20, 20, 10, 3));
    const RunRecord run = test::finishedRun(workspace, {});
    QVERIFY(!exportRun(workspace, run.id, RunExport::Lists, m_folder.path("lists.inter"), {}));
    QVERIFY_OK(workspace.database().execute("UPDATE item SET key = key || char(9)"));

    const auto refused = exportRun(workspace, run.id, RunExport::Train, m_folder.path("tabs.inter"), {});

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    QVERIFY(!std::filesystem::exists(m_folder.path("tabs.inter")));
}

void ExportTest::awkwardKeysAreQuoted()
{
    const Workspace workspace = m_folder.workspace("awkward.transept");
    test::fill(workspace, test::ratingsPicture("films", 20, 20, 10, 3));
    QVERIFY_OK(workspace.database().execute("UPDATE item SET key = 'a,\"' || key"));
    const RunRecord run = test::finishedRun(workspace, {});
    const std::filesystem::path file = m_folder.path("awkward.csv");

    QVERIFY_OK(exportRun(workspace, run.id, RunExport::Test, file, {}));

    QVERIFY(test::contentOf(file).find("\"a,\"\"i") != std::string::npos);
}

void ExportTest::whatTheRunDidNotKeepIsRefused()
{
    const RunRecord run =
        test::finishedRun(*m_workspace, {{"method.name", "bias"}, {"measures", Json::array({"rmse"})}});

    const auto lists = exportRun(*m_workspace, run.id, RunExport::Lists, m_folder.path("no.csv"), {});
    const auto factors = exportRun(*m_workspace, run.id, RunExport::Factors, m_folder.path("no.csv"), {});

    QCOMPARE(lists.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(lists.error()).find("ndcg@10") != std::string::npos);
    QCOMPARE(factors.has_value() || factors.error().code == ErrorCode::InvalidInput, true);
}

void ExportTest::refusedExportLeavesNoFile()
{
    const std::filesystem::path file = m_folder.path("lists.txt");

    QCOMPARE(exportRun(*m_workspace, m_run.id, RunExport::Lists, file, {}).error().code,
             ErrorCode::InvalidInput);
    QCOMPARE(exportRun(*m_workspace, m_run.id, RunExport::Lists, m_folder.path("l.npy"), {}).error().code,
             ErrorCode::InvalidInput);
    QCOMPARE(
        exportRun(*m_workspace, m_run.id, RunExport::Lists, m_folder.path("none/l.csv"), {}).error().code,
        ErrorCode::Io);
    QVERIFY(!std::filesystem::exists(file));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ExportTest)
#include "ExportTest.moc"
