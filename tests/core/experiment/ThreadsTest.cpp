#include "core/base/Parallel.h"
#include "core/store/KnowledgeStore.h"
#include "tests/support/Datasets.h"
#include "tests/support/Runs.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {
namespace {

/// Vectors, facets and terms for every item of the workspace.
void addKnowledge(const Workspace& workspace, std::string_view name)
{
    constexpr std::uint32_t terms = 20;
    constexpr int dimension = 6;
    const KnowledgeStore store(workspace);
    const KnowledgeId base = test::valueOf(store.begin(name, "lexical", Json::object()));
    Statement items = test::valueOf(workspace.database().prepare("SELECT id FROM item ORDER BY id"));
    std::vector<ItemFacts> facts;
    Random random(5);
    while (test::valueOf(items.step())) {
        ItemFacts item{.item = ItemId{items.integer(0)}};
        for (int column = 0; column < dimension; ++column) {
            item.vector.push_back(static_cast<float>(random.normal()));
        }
        item.facets = {{.name = "genre", .text = std::to_string(random.below(5))},
                       {.name = "mood", .text = std::to_string(random.below(3))}};
        item.termWeights = {{static_cast<std::uint32_t>(random.below(terms / 2)), 0.8F},
                            {static_cast<std::uint32_t>(terms / 2 + random.below(terms / 2)), 0.6F}};
        facts.push_back(std::move(item));
    }
    std::vector<std::pair<std::string, std::int64_t>> words;
    for (std::uint32_t term = 0; term < terms; ++term) {
        words.emplace_back("term" + std::to_string(term), 10);
    }
    test::valueOf(store.putTerms(base, words).map([] { return 0; }));
    test::valueOf(store.put(base, facts).map([] { return 0; }));
    test::valueOf(store.setDimension(base, dimension).map([] { return 0; }));
    test::valueOf(store.setState(base, "finished").map([] { return 0; }));
}

struct Learnt
{
    std::map<std::string, double> measures;
    std::map<std::string, std::vector<double>> curves;
    std::vector<std::vector<ItemId>> items;
    std::vector<std::vector<float>> scores;
    std::vector<float> predictions;
    std::optional<std::string> model;
    bool operator==(const Learnt&) const = default;
};

Learnt learntWith(int threads, const Workspace& workspace, const std::map<std::string, Json>& changes)
{
    setThreadCount(threads);
    const RunRecord run = test::finishedRun(workspace, changes);
    const RunStore store(workspace);
    Learnt learnt{.measures = run.measures,
                  .predictions = test::valueOf(store.predictions(run.id)).predictions,
                  .model = test::valueOf(store.model(run.id))};
    for (const auto& [series, points] : test::valueOf(store.curves(run.id))) {
        for (const CurvePoint& point : points) {
            learnt.curves[series].push_back(point.value);
        }
    }
    for (const StoredList& list : test::valueOf(store.lists(run.id))) {
        learnt.items.push_back(list.items);
        learnt.scores.push_back(list.scores);
    }
    return learnt;
}

} // namespace

/// The same spec, data and seed give the same bits for any number of threads.
class ThreadsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { setThreadCount(0); }
    void everyMethodLearnsTheSameBits_data();
    void everyMethodLearnsTheSameBits();

private:
    test::Temporary m_folder;
};

void ThreadsTest::initTestCase()
{
    for (const char* name : {"explicit.transept", "implicit.transept"}) {
        const Workspace workspace = m_folder.workspace(name);
        const bool isImplicit = name == std::string_view("implicit.transept");
        test::fill(workspace, test::ratingsPicture(isImplicit ? "films, implicit" : "films", 80, 60, 20, 1));
        test::fill(workspace, test::ratingsPicture("books", 80, 50, 12, 2));
        addKnowledge(workspace, "kb");
    }
}

void ThreadsTest::everyMethodLearnsTheSameBits_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("method");
    for (const MethodDescription& method : methods()) {
        const QString name = QString::fromStdString(method.name);
        QTest::addRow("%s, ratings", method.name.c_str()) << QStringLiteral("explicit.transept") << name;
        if (!method.needs.explicitFeedback) {
            QTest::addRow("%s, implicit", method.name.c_str()) << QStringLiteral("implicit.transept") << name;
        }
    }
}

void ThreadsTest::everyMethodLearnsTheSameBits()
{
    QFETCH(QString, file);
    QFETCH(QString, method);
    const Workspace workspace = test::valueOf(Workspace::open(m_folder.path(file.toStdString())));
    std::map<std::string, Json> changes{
        {"method.name", method.toStdString()}, {"data.sources", {"books"}}, {"knowledge", "kb"}};
    for (const Parameter& parameter : test::valueOf(findMethod(method.toStdString()))->parameters) {
        if (parameter.name == "epochs" || parameter.name == "samples") {
            changes["method." + parameter.name] = 4;
        }
    }

    const Learnt one = learntWith(1, workspace, changes);
    const Learnt two = learntWith(2, workspace, changes);

    QVERIFY(!one.scores.empty());
    QVERIFY(one == two);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ThreadsTest)
#include "ThreadsTest.moc"
