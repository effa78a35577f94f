#include "core/experiment/Estimate.h"
#include "core/experiment/Preparation.h"
#include "core/knowledge/Extractor.h"
#include "core/model/Workload.h"
#include "core/store/Halves.h"
#include "core/store/VectorFolder.h"
#include "tests/support/EveryMethod.h"
#include "tests/support/Temporary.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <set>
#include <string>

namespace transept {

/// Float16 vectors are mapped into training, and what is learnt of them is what is learnt of float32 ones of
/// the same values.
class HalfPrecisionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void methodsLearnTheSameBits_data();
    void methodsLearnTheSameBits();
    void shuffledOnesAreTheSameAsWell_data();
    void shuffledOnesAreTheSameAsWell();
    void estimatesCountTheBytesOfANumber();
    void largeBaseIsNotCopied();
    void facetsThatItemsShareAreNotCopied();

private:
    test::Temporary m_folder;
};

namespace {

constexpr int columns = 256;
constexpr std::int64_t manyItems = 100'000;
constexpr std::int64_t itemsWithFacets = 20'000;
constexpr std::int64_t facetsOfItem = 5;
constexpr std::int64_t differentFacets = 2'000;

std::vector<float> rounded(const std::vector<float>& values)
{
    const std::vector<Eigen::half> halves = halvesOf(values);
    return {halves.begin(), halves.end()};
}

/// Vectors for facets, each name and text once; every fourth text has none.
class FacetDrawer
{
public:
    void draw(ItemFacts& item, int dimension)
    {
        for (const StoredFacet& facet : item.facets) {
            std::vector<float>& vector = item.facetVectors.emplace_back();
            const bool isFirst = m_drawn.insert(facet.name + "/" + facet.text).second;
            if (isFirst && m_drawn.size() % 4 != 0) {
                vector.resize(static_cast<std::size_t>(dimension));
                std::ranges::generate(vector, [&] { return static_cast<float>(m_random.normal()); });
                vector = rounded(vector);
            }
        }
    }

private:
    Random m_random{11};
    std::set<std::string> m_drawn;
};

/// The bases "halves" and "floats", with what "kb" has, rounded, and vectors for its facets.
void addRoundedCopies(const Workspace& workspace)
{
    const KnowledgeStore store(workspace);
    const KnowledgeBase original = test::valueOf(store.find("kb"));
    for (const char* name : {"halves", "floats"}) {
        const Json settings{{"precision", name == std::string_view("halves") ? "float16" : "float32"}};
        const KnowledgeId copy = test::valueOf(store.begin(name, "lexical", {{"settings", settings}}));
        test::valueOf(
            store.putTerms(copy, test::valueOf(store.termsWithDocuments(original.id))).map([] { return 0; }));
        FacetDrawer facets;
        for (const DomainId domain : {DomainId{1}, DomainId{2}}) {
            std::vector<ItemFacts> facts = test::valueOf(store.factsOf(original.id, domain));
            for (ItemFacts& item : facts) {
                item.vector = rounded(item.vector);
                facets.draw(item, original.dimension);
            }
            test::valueOf(store.put(copy, facts).map([] { return 0; }));
        }
        test::valueOf(store.setDimension(copy, original.dimension).map([] { return 0; }));
        test::valueOf(store.setState(copy, "finished").map([] { return 0; }));
    }
}

test::Learnt learntFrom(const Workspace& workspace, const char* base, std::map<std::string, Json> changes)
{
    changes["knowledge"] = base;
    return test::learntBy(workspace, test::finishedRun(workspace, changes));
}

/// Memory of this process that no file stands behind, in MB.
double anonymousMegabytes()
{
    std::ifstream status("/proc/self/status");
    std::string word;
    double kilobytes = 0.0;
    while (status >> word) {
        if (word == "RssAnon:") {
            status >> kilobytes;
        }
    }
    return kilobytes / 1024.0;
}

/// A domain of many items with vectors in a base of this precision; returns the items.
std::vector<ItemId> addMany(const Workspace& workspace, const char* precision)
{
    const KnowledgeStore store(workspace);
    const KnowledgeId base =
        test::valueOf(store.begin(precision, "embedding", {{"settings", {{"precision", precision}}}}));
    std::vector<ItemId> items;
    std::vector<ItemFacts> facts;
    for (std::int64_t item = 1; item <= manyItems; ++item) {
        items.push_back(ItemId{item});
        facts.push_back({.item = ItemId{item},
                         .vector = std::vector<float>(columns, 0.001F * static_cast<float>(item % 1000))});
        if (facts.size() == 5000) {
            test::valueOf(store.put(base, facts).map([] { return 0; }));
            facts.clear();
        }
    }
    test::valueOf(store.setDimension(base, columns).map([] { return 0; }));
    test::valueOf(store.setState(base, "finished").map([] { return 0; }));
    return items;
}

/// Likewise with facets that many of the items share.
std::vector<ItemId> addSharedFacets(const Workspace& workspace, const char* precision)
{
    const KnowledgeStore store(workspace);
    const KnowledgeId base =
        test::valueOf(store.begin(precision, "embedding", {{"settings", {{"precision", precision}}}}));
    std::vector<ItemId> items;
    std::vector<ItemFacts> facts;
    for (std::int64_t item = 1; item <= itemsWithFacets; ++item) {
        items.push_back(ItemId{item});
        ItemFacts& each = facts.emplace_back(
            ItemFacts{.item = ItemId{item},
                      .vector = std::vector<float>(columns, 0.001F * static_cast<float>(item % 1000))});
        for (std::int64_t nth = 0; nth < facetsOfItem; ++nth) {
            const std::int64_t said = (item - 1) * facetsOfItem + nth;
            each.facets.push_back({"genre", "a genre of films " + std::to_string(said % differentFacets)});
            each.facetVectors.push_back(said < differentFacets
                                            ? std::vector<float>(columns, 0.01F * static_cast<float>(said))
                                            : std::vector<float>());
        }
    }
    test::valueOf(store.put(base, facts).map([] { return 0; }));
    test::valueOf(store.setDimension(base, columns).map([] { return 0; }));
    test::valueOf(store.setState(base, "finished").map([] { return 0; }));
    return items;
}

/// The file of a workspace with the domain films.
std::filesystem::path withFilms(const test::Temporary& folder, const char* name, std::int64_t items)
{
    const Workspace workspace = folder.workspace(name);
    test::valueOf(
        workspace.database()
            .execute("INSERT INTO platform(id, name) VALUES(1, 'web');"
                     "INSERT INTO domain(id, platform, name, kind) VALUES(1, 1, 'films', 'implicit');"
                     "WITH RECURSIVE number(n) AS"
                     " (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < " +
                     std::to_string(items) + ") INSERT INTO item(id, domain, key) SELECT n, 1, n FROM number")
            .map([] { return 0; }));
    return workspace.file();
}

struct Loaded
{
    std::shared_ptr<const ItemKnowledge> knowledge;
    double seconds = 0.0;
    double megabytes = 0.0;
};

/// By a connection of its own, whose cache is gone afterwards.
Loaded loaded(const std::filesystem::path& file, const char* base, const std::vector<ItemId>& items)
{
    const double before = anonymousMegabytes();
    QElapsedTimer timer;
    timer.start();
    Loaded result;
    {
        const Workspace workspace = test::valueOf(Workspace::open(file, Access::ReadOnly));
        result.knowledge = test::valueOf(loadKnowledge(workspace, base, DomainId{1}, items));
    }
    result.seconds = static_cast<double>(timer.elapsed()) / 1000.0;
    result.megabytes = anonymousMegabytes() - before;
    return result;
}

void print(const char* what, const Loaded& found)
{
    qInfo("%s: %.2f s, %.1f MB more", what, found.seconds, found.megabytes);
}

} // namespace

void HalfPrecisionTest::initTestCase()
{
    for (const char* name : {"explicit.transept", "implicit.transept"}) {
        const Workspace workspace = m_folder.workspace(name);
        test::fillForEveryMethod(workspace, name == std::string_view("implicit.transept"));
        addRoundedCopies(workspace);
    }
}

void HalfPrecisionTest::methodsLearnTheSameBits_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QByteArray>("parameters");
    for (const MethodDescription& method : methods()) {
        if (method.usesKnowledge) {
            QTest::addRow("%s", method.name.c_str())
                << (method.needs.explicitFeedback ? QStringLiteral("explicit.transept")
                                                  : QStringLiteral("implicit.transept"))
                << QString::fromStdString(method.name) << QByteArray("{}");
        }
    }
    QTest::newRow("collective-ease of vectors")
        << QStringLiteral("implicit.transept") << QStringLiteral("collective-ease")
        << QByteArray(R"({"features": "vectors"})");
    QTest::newRow("text-knn of vectors") << QStringLiteral("implicit.transept") << QStringLiteral("text-knn")
                                         << QByteArray(R"({"text": "vectors"})");
    QTest::newRow("fm of vectors") << QStringLiteral("explicit.transept") << QStringLiteral("fm")
                                   << QByteArray(R"({"item-fields": "vectors"})");
}

void HalfPrecisionTest::methodsLearnTheSameBits()
{
    QFETCH(QString, file);
    QFETCH(QString, method);
    QFETCH(QByteArray, parameters);
    const Workspace workspace = test::valueOf(Workspace::open(m_folder.path(file.toStdString())));
    std::map<std::string, Json> changes = test::shortRunOf(*test::valueOf(findMethod(method.toStdString())));
    const Json chosen = Json::parse(parameters.toStdString());
    for (const auto& [name, value] : chosen.items()) {
        changes["method." + name] = value;
    }
    const std::filesystem::path folder = vectorFolderOf(workspace.file());
    std::filesystem::remove_all(folder);

    const test::Learnt fromFloats = learntFrom(workspace, "floats", changes);
    QVERIFY(!std::filesystem::exists(folder));
    const test::Learnt fromFile = learntFrom(workspace, "halves", changes);
    QVERIFY(std::filesystem::is_directory(folder));
    std::filesystem::remove_all(folder);
    std::ofstream(folder) << "no folder can be here";
    const test::Learnt fromMemory = learntFrom(workspace, "halves", changes);

    QVERIFY(!fromFloats.scores.empty());
    QVERIFY(fromFile == fromFloats);
    QVERIFY(fromMemory == fromFloats);
}

void HalfPrecisionTest::shuffledOnesAreTheSameAsWell_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::newRow("vectors of items") << QByteArray("content");
    QTest::newRow("vectors of facets") << QByteArray("kfmf");
}

void HalfPrecisionTest::shuffledOnesAreTheSameAsWell()
{
    QFETCH(QByteArray, method);
    const Workspace workspace = test::valueOf(Workspace::open(m_folder.path("explicit.transept")));
    std::map<std::string, Json> changes = test::shortRunOf(*test::valueOf(findMethod(method.toStdString())));
    changes["shuffle_knowledge"] = true;

    const test::Learnt fromHalves = learntFrom(workspace, "halves", changes);

    QVERIFY(fromHalves == learntFrom(workspace, "floats", changes));
    std::map<std::string, Json> asTheyAre = changes;
    asTheyAre["shuffle_knowledge"] = false;
    QVERIFY(!(fromHalves == learntFrom(workspace, "halves", asTheyAre)));
}

void HalfPrecisionTest::estimatesCountTheBytesOfANumber()
{
    const Workspace workspace = test::valueOf(Workspace::open(m_folder.path("explicit.transept")));
    const auto specOf = [](const char* base) {
        return test::specOf({{"method.name", "content"}, {"data.sources", {"books"}}, {"knowledge", base}});
    };
    double megabytes[2] = {};
    for (const bool areHalves : {false, true}) {
        const Spec spec = specOf(areHalves ? "halves" : "floats");
        RunShape shape = test::valueOf(expectedShape(workspace, spec, {}));
        const Prepared prepared = test::valueOf(prepare(workspace, spec, {}));
        QCOMPARE(shape.data.joined().numberBytes, areHalves ? 2.0 : 4.0);
        QCOMPARE(shapeOf(*prepared.parts.training).joined().numberBytes, areHalves ? 2.0 : 4.0);
        shape.data.target.items = 1e6;
        shape.data.target.vectors = 1.1e6; // facets have the others, whatever number of items shares them
        shape.data.target.dimension = 256;
        megabytes[areHalves ? 1 : 0] = estimate(spec, shape, Machine{}).value().memoryMb();
    }
    const double mib = 1024.0 * 1024.0;
    QVERIFY(std::abs(megabytes[0] - megabytes[1] - 2.0 * 1.1 * 256e6 / mib) < 1.0);
}

void HalfPrecisionTest::largeBaseIsNotCopied()
{
    const std::filesystem::path file = withFilms(m_folder, "large.transept", manyItems);
    std::vector<ItemId> items;
    {
        const Workspace workspace = test::valueOf(Workspace::open(file));
        addMany(workspace, "float32");
        items = addMany(workspace, "float16");
    }

    const Loaded floats = loaded(file, "float32", items);
    Loaded first = loaded(file, "float16", items);
    print("float32", floats);
    print("float16, written", first);
    first.knowledge.reset();
    const Loaded again = loaded(file, "float16", items);
    print("float16, mapped", again);

    QVERIFY(again.knowledge->vectors.floats() == nullptr);
    QVERIFY2(again.megabytes < 30.0, qPrintable(QString::number(again.megabytes)));
    const Vector x = Vector::Constant(columns, 1.0F);
    std::vector<float> fromFloats(manyItems);
    std::vector<float> fromHalves(manyItems);
    qint64 best[2] = {std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::max()};
    for (int round = 0; round < 5; ++round) {
        QElapsedTimer timer;
        timer.start();
        floats.knowledge->vectors.dot(0, x.data(), fromFloats);
        best[0] = std::min(best[0], timer.nsecsElapsed());
        timer.restart();
        again.knowledge->vectors.dot(0, x.data(), fromHalves);
        best[1] = std::min(best[1], timer.nsecsElapsed());
    }
    qInfo("scores of all items: float32 %.1f ms, float16 %.1f ms",
          static_cast<double>(best[0]) / 1e6,
          static_cast<double>(best[1]) / 1e6);
    QCOMPARE(fromHalves.front(), fromHalves[1000]);
}

void HalfPrecisionTest::facetsThatItemsShareAreNotCopied()
{
    const std::filesystem::path file = withFilms(m_folder, "facets.transept", itemsWithFacets);
    std::vector<ItemId> items;
    {
        const Workspace workspace = test::valueOf(Workspace::open(file));
        addSharedFacets(workspace, "float32");
        items = addSharedFacets(workspace, "float16");
    }

    const Loaded floats = loaded(file, "float32", items);
    print("float32", floats);
    Loaded first = loaded(file, "float16", items);
    print("float16, written", first);
    first.knowledge.reset();
    const Loaded again = loaded(file, "float16", items);
    print("float16, mapped", again);

    QVERIFY(again.knowledge->facetVectors.vectors().floats() == nullptr);
    const FacetVectors& ofFloats = floats.knowledge->facetVectors;
    QCOMPARE(ofFloats.vectors().rows(), Eigen::Index{differentFacets});
    for (std::size_t item = 0; item < items.size(); item += 997) {
        QCOMPARE(ofFloats.rowsOf(item).size(), static_cast<std::size_t>(facetsOfItem));
        for (std::size_t nth = 0; nth < ofFloats.rowsOf(item).size(); ++nth) {
            const std::size_t said = (item * facetsOfItem + nth) % differentFacets;
            const float expected = 0.01F * static_cast<float>(said);
            QCOMPARE(ofFloats.decoded(item)(static_cast<Eigen::Index>(nth), 0), expected);
            QCOMPARE(again.knowledge->facetVectors.decoded(item)(static_cast<Eigen::Index>(nth), 0),
                     rounded({expected}).front());
        }
    }
#ifndef TRANSEPT_SANITIZED // the sanitizers keep what was freed for a while
    const double ofItems = static_cast<double>(itemsWithFacets * columns) * sizeof(float) / (1024.0 * 1024.0);
    QVERIFY2(floats.megabytes - again.megabytes < 2.0 * ofItems,
             qPrintable(QString::number(floats.megabytes)));
#endif
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::HalfPrecisionTest)
#include "HalfPrecisionTest.moc"
