#include "core/base/Parallel.h"
#include "core/ingest/Import.h"
#include "core/knowledge/ItemTexts.h"
#include "tests/core/knowledge/ThemedItems.h"
#include "tests/support/SharedData.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {
namespace {

std::vector<ItemId> itemsOf(const Workspace& workspace)
{
    std::vector<ItemId> items;
    Result<Statement> rows = workspace.database().prepare("SELECT id FROM item ORDER BY id");
    for (Result<bool> row = rows->step(); row && *row; row = rows->step()) {
        items.push_back(ItemId{rows->integer(0)});
    }
    return items;
}

std::string facetsOf(const Workspace& workspace, KnowledgeId id, ItemId item)
{
    std::string shown;
    const ItemFacts facts = KnowledgeStore(workspace).facts(id, item).value();
    for (const StoredFacet& facet : facts.facets) {
        shown += (shown.empty() ? "" : "; ") + facet.name + "=" + facet.text;
    }
    return shown;
}

} // namespace

/// What the lexical extractor finds in texts.
class LexicalTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }
    void cleanup() { setThreadCount(0); }
    void itemsOfOneThemeAreNearest();
    void facetsNameFieldValuesPhrasesAndTopics();
    void facetVectorsLieWhereTheirItemsLie();
    void popularityFiguresAreLeftOut_data();
    void popularityFiguresAreLeftOut();
    void numericFieldsAreReadOnlyWhenNamed();
    void titleAloneIsAControl();
    void knowledgeIsLoadedInTheOrderOfTheItems();
    void sameBitsForAnyNumberOfThreads();
    void twentyThousandItemsTakeSeconds();
    void sequelsAreNearInRealData_data();
    void sequelsAreNearInRealData();

private:
    std::optional<test::Temporary> m_folder;
};

void LexicalTest::itemsOfOneThemeAreNearest()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 90);

    const Result<ExtractionReport> report =
        extract(workspace, test::lexical("words", {{"dimension", 8}}), {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, std::int64_t{90});
    QCOMPARE(report->without, std::int64_t{0});
    const auto near = nearestItems(workspace, report->id, ItemId{1}, 20, {});
    QVERIFY_OK(near);
    QCOMPARE(near->size(), std::size_t{20});
    for (std::size_t place = 0; place < near->size(); ++place) {
        QCOMPARE(number(near->at(place).item) % 3, std::int64_t{1});
        QVERIFY(place == 0 || near->at(place).similarity <= near->at(place - 1).similarity);
        QVERIFY(near->at(place).item != ItemId{1});
    }
}

void LexicalTest::facetsNameFieldValuesPhrasesAndTopics()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 60);

    const Result<ExtractionReport> report = extract(workspace, test::lexical("words", {{"facets", 3}}), {});

    QVERIFY_OK(report);
    const std::string first = facetsOf(workspace, report->id, ItemId{1});
    QVERIFY2(first.starts_with("genre=Slice of Life; genre=Any; "), first.c_str());
    QVERIFY2(first.find("rating") == std::string::npos && first.find("pages") == std::string::npos,
             first.c_str());
    const auto facets = KnowledgeStore(workspace).facts(report->id, ItemId{1})->facets;
    QCOMPARE(facets.size(), std::size_t{5});
    for (const StoredFacet& facet : facets) {
        QVERIFY(facet.weight >= 0.0 && facet.weight <= 1.0 + 1e-6);
    }
}

void LexicalTest::facetVectorsLieWhereTheirItemsLie()
{
    Workspace workspace = m_folder->workspace();
    const DomainId films = test::addItems(workspace, "films", 60);
    const std::vector<ItemId> items = itemsOf(workspace);
    QVERIFY_OK(extract(workspace, test::lexical("words", {{"dimension", 8}}), {}));

    const auto knowledge = loadKnowledge(workspace, "words", films, items);

    QVERIFY_OK(knowledge);
    for (std::size_t row = 0; row < items.size(); ++row) {
        const Matrix facets = (*knowledge)->facetVectors.decoded(row);
        QCOMPARE(facets.rows(), static_cast<Eigen::Index>((*knowledge)->facets[row].size()));
        const auto genre = facets.row(0); // shared by a third of the items, stored once
        QVERIFY(std::abs(genre.norm() - 1.0F) < 1e-5F);
        const std::size_t other = row % 3 == 0 ? row + 1 : row - 1; // another theme
        QVERIFY(genre.dot((*knowledge)->vectors.floats()->row(static_cast<Eigen::Index>(row))) >
                genre.dot((*knowledge)->vectors.floats()->row(static_cast<Eigen::Index>(other))));
    }
}

void LexicalTest::popularityFiguresAreLeftOut_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<bool>("leftOut");

    for (const char* name : {"rating",
                             "Average Rating",
                             "ratings_count",
                             "ratingsCount",
                             "members",
                             "num-votes",
                             "price",
                             "Image-URL-S",
                             "pictureURL",
                             "asin",
                             "ISBN"}) {
        QTest::newRow(name) << QString::fromUtf8(name) << true;
    }
    for (const char* name : {"genres", "description", "Book-Author", "country", "account", "type"}) {
        QTest::newRow(name) << QString::fromUtf8(name) << false;
    }
}

void LexicalTest::popularityFiguresAreLeftOut()
{
    QFETCH(QString, field);
    QFETCH(bool, leftOut);

    QCOMPARE(isPopularityFigure(field.toStdString()), leftOut);
}

void LexicalTest::numericFieldsAreReadOnlyWhenNamed()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 30);
    ExtractionRequest asked = test::lexical("pages");
    asked.fields = {"genre", "pages"};

    QVERIFY_OK(extract(workspace, test::lexical("words"), {}));
    QVERIFY_OK(extract(workspace, asked, {}));

    const KnowledgeStore store(workspace);
    QCOMPARE(store.find("words")->config.at("fields").dump(), std::string(R"(["title","about","genre"])"));
    QCOMPARE(store.find("pages")->config.at("fields").dump(), std::string(R"(["genre","pages"])"));
    const auto terms = store.terms(store.find("pages")->id);
    QVERIFY(std::ranges::find(*terms, "100") != terms->end());
    QVERIFY(std::ranges::find(*terms, "village") == terms->end());
}

void LexicalTest::titleAloneIsAControl()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 30);
    ExtractionRequest asked = test::lexical("titles");
    asked.fields = {"title"};

    const Result<ExtractionReport> report = extract(workspace, asked, {});

    QVERIFY_OK(report);
    QVERIFY(facetsOf(workspace, report->id, ItemId{1}).find("genre") == std::string::npos);
}

void LexicalTest::knowledgeIsLoadedInTheOrderOfTheItems()
{
    Workspace workspace = m_folder->workspace();
    const DomainId films = test::addItems(workspace, "films", 30);
    QVERIFY_OK(workspace.database().execute("INSERT INTO item(domain, key) VALUES(1, 'bare')"));
    std::vector<ItemId> items = itemsOf(workspace);
    std::ranges::reverse(items);
    const Result<ExtractionReport> report =
        extract(workspace, test::lexical("words", {{"dimension", 4}}), {});
    QVERIFY_OK(report);
    QCOMPARE(report->without, std::int64_t{1});

    const auto knowledge = loadKnowledge(workspace, "words", films, items);

    QVERIFY_OK(knowledge);
    QCOMPARE((*knowledge)->vectors.rows(), Eigen::Index{31});
    QVERIFY((*knowledge)->vectors.floats()->row(0).isZero());
    QVERIFY((*knowledge)->termWeights[0].empty() && (*knowledge)->facets[0].empty());
    const ItemFacts first = *KnowledgeStore(workspace).facts(report->id, ItemId{1});
    QVERIFY(
        std::equal(first.vector.begin(), first.vector.end(), (*knowledge)->vectors.floats()->row(30).data()));
    QCOMPARE((*knowledge)->termWeights[30].size(), first.termWeights.size());
    QVERIFY(std::abs((*knowledge)->vectors.floats()->row(30).norm() - 1.0F) < 1e-5F);
}

void LexicalTest::sameBitsForAnyNumberOfThreads()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 700);

    setThreadCount(1);
    const Result<ExtractionReport> one = extract(workspace, test::lexical("one", {{"dimension", 16}}), {});
    setThreadCount(2);
    const Result<ExtractionReport> two = extract(workspace, test::lexical("two", {{"dimension", 16}}), {});

    QVERIFY_OK(one);
    QVERIFY_OK(two);
    QVERIFY(test::contentOf(workspace, one->id) == test::contentOf(workspace, two->id));
}

void LexicalTest::twentyThousandItemsTakeSeconds()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 20'000);

    const Result<ExtractionReport> report = extract(workspace, test::lexical("words"), {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, std::int64_t{20'000});
    qInfo("%.2f s", report->seconds);
}

void LexicalTest::sequelsAreNearInRealData_data()
{
    QTest::addColumn<QString>("extractor");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("part");
    QTest::addColumn<int>("wanted"); // among the ten nearest

    for (const char* extractor : {"lexical", "word-vectors"}) {
        QTest::addRow("films, %s", extractor) << extractor << "movielens_latest_small_2016/movies.csv"
                                              << "Toy Story (1995)"
                                              << "Toy Story" << 2;
        QTest::addRow("anime, %s", extractor) << extractor << "anime/anime_info.dat"
                                              << "Fullmetal Alchemist: Brotherhood"
                                              << "Fullmetal Alchemist" << 3;
    }
}

void LexicalTest::sequelsAreNearInRealData()
{
    NEED_SHARED_DATA();
    QFETCH(QString, extractor);
    QFETCH(QString, file);
    QFETCH(QString, title);
    QFETCH(QString, part);
    QFETCH(int, wanted);
    Workspace workspace = m_folder->workspace();
    QVERIFY_OK(importFile(workspace,
                          *test::sharedData() / file.toStdString(),
                          {.target = ImportTarget::Items, .domain = "all"},
                          {}));

    const Result<ExtractionReport> report =
        extract(workspace, {.extractor = extractor.toStdString(), .name = "words"}, {});

    QVERIFY_OK(report);
    Result<Statement> find = workspace.database().prepare("SELECT id FROM item WHERE title = ?");
    QVERIFY(find->bind(1, title.toStdString()).step().value());
    const auto near = nearestItems(workspace, report->id, ItemId{find->integer(0)}, 10, {});
    QVERIFY_OK(near);
    const auto found = std::ranges::count_if(*near, [&](const NearItem& each) {
        return each.title.find(part.toStdString()) != std::string::npos;
    });
    QVERIFY2(found >= wanted, near->front().title.c_str());
    QVERIFY(KnowledgeStore(workspace).find("words")->config.at("fields").dump().find("members") ==
            std::string::npos);
    qInfo("%lld items in %.2f s", static_cast<long long>(report->items), report->seconds);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::LexicalTest)
#include "LexicalTest.moc"
