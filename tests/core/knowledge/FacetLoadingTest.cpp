#include "core/base/Random.h"
#include "core/knowledge/Extractor.h"
#include "core/knowledge/FacetChanges.h"
#include "core/store/Halves.h"
#include "core/store/KnowledgeVersions.h"
#include "core/store/Rows.h"
#include "tests/support/Datasets.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cstring>
#include <map>

namespace transept {

using test::valueOf;

/// Methods get of every facet the vector that the knowledge base has first of its name and text, to the bit.
class FacetLoadingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyFacetHasTheFirstVectorOfItsText_data() { precisions(); }
    void everyFacetHasTheFirstVectorOfItsText();
    void editedFacetsHaveThoseOfTheirNewText_data() { precisions(); }
    void editedFacetsHaveThoseOfTheirNewText();
    void copyHasTheSame_data() { precisions(); }
    void copyHasTheSame();
    void vectorOfAnotherLengthIsZeros_data() { precisions(); }
    void vectorOfAnotherLengthIsZeros();
    void baseWithoutThemHasNone_data() { precisions(); }
    void baseWithoutThemHasNone();

private:
    static void precisions();
    KnowledgeId drawnBase(const char* precision, bool withFacetVectors = true) const;
    void checkAll(const char* name) const;

    std::optional<test::Temporary> m_folder;
    std::optional<Workspace> m_workspace;
};

namespace {

constexpr int dimension = 20;
constexpr std::int64_t itemsOfDomain = 40;

std::vector<float> drawnVector(Random& random)
{
    std::vector<float> values(dimension);
    std::ranges::generate(values, [&] { return static_cast<float>(random.normal()); });
    return values;
}

std::vector<ItemId> itemsOf(std::int64_t domain)
{
    std::vector<ItemId> items;
    for (std::int64_t item = domain * itemsOfDomain; item > (domain - 1) * itemsOfDomain; --item) {
        items.push_back(ItemId{item}); // methods have their rows in any order
    }
    return items;
}

/// The first stored vector of every name and text, read one by one.
std::map<std::pair<std::string, std::string>, std::vector<float>> firstVectors(const Workspace& workspace,
                                                                               const KnowledgeBase& base)
{
    Result<Statement> rows = prepared(workspace.database(),
                                      "SELECT name, text, data FROM vector JOIN facet USING(kb, item)"
                                      " WHERE kb = ? AND vector.facet = facet.nth ORDER BY item, nth",
                                      number(base.id));
    std::map<std::pair<std::string, std::string>, std::vector<float>> found;
    valueOf(forEachRow(rows, [&](const Statement& row) {
                found.try_emplace({std::string(row.text(0)), std::string(row.text(1))},
                                  base.storesHalves() ? floatsOfHalves(row.blob(2))
                                                      : valuesOf<float>(row.blob(2)));
            }).map([] { return 0; }));
    return found;
}

} // namespace

void FacetLoadingTest::precisions()
{
    QTest::addColumn<QByteArray>("precision");
    QTest::newRow("float32") << QByteArray("float32");
    QTest::newRow("float16") << QByteArray("float16");
}

void FacetLoadingTest::init()
{
    m_workspace.reset();
    m_folder.emplace();
    m_workspace = m_folder->workspace();
    QVERIFY_OK(m_workspace->database().execute(
        "INSERT INTO platform(id, name) VALUES(1, 'web');"
        "INSERT INTO domain(id, platform, name, kind) VALUES(1, 1, 'films', 'explicit'),"
        " (2, 1, 'books', 'explicit');"
        "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 80)"
        " INSERT INTO item(id, domain, key) SELECT n, 1 + (n > 40), n FROM number"));
}

/// The items of two domains share what is said of them; every text has several vectors, or none.
KnowledgeId FacetLoadingTest::drawnBase(const char* precision, bool withFacetVectors) const
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId id =
        valueOf(store.begin("base", "embedding", {{"settings", {{"precision", precision}}}}));
    Random random(3);
    std::vector<ItemFacts> facts;
    for (std::int64_t item = 1; item <= 2 * itemsOfDomain; ++item) {
        if (item % 7 == 0) {
            continue;
        }
        ItemFacts each{.item = ItemId{item}};
        if (item % 3 != 0) {
            each.vector = drawnVector(random);
        }
        for (std::uint64_t facet = random.below(5); facet > 0; --facet) {
            const std::uint64_t text = random.below(12);
            each.facets.push_back({facet % 2 == 0 ? "genre" : "mood", std::to_string(text)});
            each.facetVectors.push_back(withFacetVectors && text < 9 && random.below(2) == 0
                                            ? drawnVector(random)
                                            : std::vector<float>());
        }
        facts.push_back(std::move(each));
    }
    valueOf(store.put(id, facts).map([] { return 0; }));
    valueOf(store.setDimension(id, dimension).map([] { return 0; }));
    valueOf(store.setState(id, "finished").map([] { return 0; }));
    return id;
}

void FacetLoadingTest::checkAll(const char* name) const
{
    const KnowledgeStore store(*m_workspace);
    const KnowledgeBase base = valueOf(store.find(name));
    const auto first = firstVectors(*m_workspace, base);
    int nonzero = 0;
    for (const std::int64_t domain : {1, 2}) {
        const std::vector<ItemId> items = itemsOf(domain);
        const auto knowledge = valueOf(loadKnowledge(*m_workspace, name, DomainId{domain}, items));
        QVERIFY(!knowledge->facetVectors.isEmpty());
        for (std::size_t row = 0; row < items.size(); ++row) {
            const std::vector<StoredFacet> facets = valueOf(store.facts(base.id, items[row])).facets;
            const Matrix found = knowledge->facetVectors.decoded(row);
            QCOMPARE(found.rows(), static_cast<Eigen::Index>(facets.size()));
            QCOMPARE(found.cols(), Eigen::Index{dimension});
            for (std::size_t nth = 0; nth < facets.size(); ++nth) {
                const auto stored = first.find({facets[nth].name, facets[nth].text});
                const bool fits = stored != first.end() && stored->second.size() == dimension;
                const std::vector<float> expected =
                    fits ? stored->second : std::vector<float>(dimension, 0.0F);
                QVERIFY(std::memcmp(found.row(static_cast<Eigen::Index>(nth)).data(),
                                    expected.data(),
                                    dimension * sizeof(float)) == 0);
                nonzero += fits ? 1 : 0;
            }
        }
    }
    QVERIFY(nonzero > 50);
}

void FacetLoadingTest::everyFacetHasTheFirstVectorOfItsText()
{
    QFETCH(QByteArray, precision);
    drawnBase(precision.constData());

    checkAll("base");
}

void FacetLoadingTest::editedFacetsHaveThoseOfTheirNewText()
{
    QFETCH(QByteArray, precision);
    const KnowledgeId id = drawnBase(precision.constData());
    checkAll("base");
    const auto firstFacetOf = [&](std::int64_t item) {
        return valueOf(KnowledgeStore(*m_workspace).facts(id, ItemId{item})).facets.at(0);
    };
    std::vector<FacetEdit> edits;
    for (std::int64_t item = 1; item <= 2 * itemsOfDomain; ++item) {
        if (valueOf(KnowledgeStore(*m_workspace).facts(id, ItemId{item})).facets.empty()) {
            continue;
        }
        const std::string name = firstFacetOf(item).name;
        if (item % 4 == 0) {
            edits.push_back({{ItemId{item}, 0}, name, std::nullopt}); // struck out
        } else if (item % 4 == 1) {
            edits.push_back({{ItemId{item}, 0}, name, "3"}); // has a vector
        } else if (item % 4 == 2) {
            edits.push_back({{ItemId{item}, 0}, name, "something new"});
        } else {
            edits.push_back({{ItemId{item}, newFacet}, "genre", "4"});
        }
    }

    const std::int64_t change = valueOf(changeFacets(*m_workspace, id, edits));

    checkAll("base");
    QVERIFY_OK(FacetEdits(*m_workspace).setUndone(id, change, true));
    checkAll("base");
    const ItemFacts anew{.item = ItemId{1}, // the first of its text now, with another vector
                         .facets = {{"genre", "2"}, {"mood", "3"}},
                         .facetVectors = {std::vector<float>(dimension, 0.5F), {}}};
    QVERIFY_OK(KnowledgeStore(*m_workspace).put(id, std::span(&anew, 1)));
    checkAll("base");
}

void FacetLoadingTest::copyHasTheSame()
{
    QFETCH(QByteArray, precision);
    const KnowledgeId id = drawnBase(precision.constData());
    QVERIFY_OK(copyKnowledge(*m_workspace, id, "copy", {}));
    checkAll("copy");

    const ItemFacts anew{
        .item = ItemId{2}, .facets = {{"genre", "2"}}, .facetVectors = {std::vector<float>(dimension, 0.5F)}};
    QVERIFY_OK(KnowledgeStore(*m_workspace).put(id, std::span(&anew, 1)));

    checkAll("copy");
    checkAll("base");
}

void FacetLoadingTest::vectorOfAnotherLengthIsZeros()
{
    QFETCH(QByteArray, precision);
    drawnBase(precision.constData());
    QVERIFY_OK(m_workspace->database().execute(
        "UPDATE vector SET data = zeroblob(12) WHERE facet >= 0 AND item IN (1, 2, 3, 4, 5, 6)"));

    checkAll("base");
}

void FacetLoadingTest::baseWithoutThemHasNone()
{
    QFETCH(QByteArray, precision);
    drawnBase(precision.constData(), false);
    const std::vector<ItemId> items = itemsOf(1);

    QVERIFY(valueOf(loadKnowledge(*m_workspace, "base", DomainId{1}, items))->facetVectors.isEmpty());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::FacetLoadingTest)
#include "FacetLoadingTest.moc"
