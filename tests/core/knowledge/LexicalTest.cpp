#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "core/ingest/Import.h"
#include "core/knowledge/Extractor.h"
#include "core/knowledge/ItemTexts.h"
#include "tests/support/SharedData.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {
namespace {

/// Items of a domain whose words come from `themes` themes; each has a genre, a rating and a description.
DomainId addItems(const Workspace& workspace, const std::string& domain, int count)
{
    const Result<Domain> made = Catalog(workspace).ensureDomain(domain, domain, FeedbackKind::Explicit);
    Result<Statement> item =
        workspace.database().prepare("INSERT INTO item(domain, key, title) VALUES(?, ?, ?)");
    Result<Statement> field =
        workspace.database().prepare("INSERT INTO item_field(item, name, value) VALUES(?, ?, ?)");
    Result<Transaction> transaction = Transaction::begin(workspace.database());
    const std::vector<std::string> genres{"Slice of Life", "Space Opera", "Crime"};
    const std::vector<std::vector<std::string>> words{{"village", "baker", "family", "garden", "summer"},
                                                      {"starship", "empire", "planet", "alien", "captain"},
                                                      {"murder", "detective", "police", "heist", "trial"}};
    Random random(3);
    for (int nth = 0; nth < count; ++nth) {
        const auto theme = static_cast<std::size_t>(nth % 3);
        std::string about;
        for (int word = 0; word < 6; ++word) {
            about += words[theme][static_cast<std::size_t>(random.below(5))] + " ";
        }
        const std::string title =
            words[theme][static_cast<std::size_t>(random.below(5))] + " " + std::to_string(nth);
        (void)item->bind(1, number(made->id)).bind(2, "k" + std::to_string(nth)).bind(3, title).run();
        const std::int64_t id = workspace.database().lastInsertId();
        (void)field->bind(1, id).bind(2, "genre").bind(3, genres[theme] + "|Any").run();
        (void)field->bind(1, id).bind(2, "about").bind(3, about).run();
        (void)field->bind(1, id).bind(2, "avg_rating").bind(3, "about 4").run();
        (void)field->bind(1, id).bind(2, "pages").bind(3, std::to_string(100 + nth)).run();
    }
    (void)transaction->commit();
    return made->id;
}

ExtractionRequest lexical(const std::string& name, Json settings = Json::object())
{
    return {.extractor = "lexical", .name = name, .settings = std::move(settings)};
}

/// Everything that is stored of a knowledge base, to compare two.
std::string contentOf(const Workspace& workspace, KnowledgeId id)
{
    std::string all;
    for (const char* sql :
         {"SELECT item || '/' || facet || '/' || hex(data) FROM vector WHERE kb = ? ORDER BY item, facet",
          "SELECT item || '/' || nth || '/' || name || '/' || text || '/' || weight FROM facet"
          " WHERE kb = ? ORDER BY item, nth",
          "SELECT item || '/' || hex(data) FROM term_weights WHERE kb = ? ORDER BY item",
          "SELECT id || '/' || text || '/' || documents FROM term WHERE kb = ? ORDER BY id"}) {
        Result<Statement> rows = workspace.database().prepare(sql);
        rows->bind(1, number(id));
        for (Result<bool> row = rows->step(); row && *row; row = rows->step()) {
            all += std::string(rows->text(0)) + "\n";
        }
    }
    return all;
}

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
    void unfinishedKnowledgeIsNotLoaded();
    void stoppedExtractionGoesOnToTheSameResult();
    void changedTextsStartAnew();
    void changedSettingsNeedAnotherName();
    void sameBitsForAnyNumberOfThreads();
    void badRequestsAreRefused_data();
    void badRequestsAreRefused();
    void itemsWithoutTextAreCounted();
    void previewShowsTheFacetsWithoutStoringThem();
    void mapSeparatesTheThemes();
    void mapIsColouredByTheFirstValueOfAField();
    void largestGroupsGetAColourAndTheRestShareOne();
    void workspaceWithoutTextsIsRefusedAndNothingIsLeft();
    void twentyThousandItemsTakeSeconds();
    void sequelsAreNearInRealData_data();
    void sequelsAreNearInRealData();

private:
    std::optional<test::Temporary> m_folder;
};

void LexicalTest::itemsOfOneThemeAreNearest()
{
    Workspace workspace = m_folder->workspace();
    addItems(workspace, "films", 90);

    const Result<ExtractionReport> report = extract(workspace, lexical("words", {{"dimension", 8}}), {});

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
    addItems(workspace, "films", 60);

    const Result<ExtractionReport> report = extract(workspace, lexical("words", {{"facets", 3}}), {});

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
    const DomainId films = addItems(workspace, "films", 60);
    const std::vector<ItemId> items = itemsOf(workspace);
    QVERIFY_OK(extract(workspace, lexical("words", {{"dimension", 8}}), {}));

    const auto knowledge = loadKnowledge(workspace, "words", films, items);

    QVERIFY_OK(knowledge);
    for (std::size_t row = 0; row < items.size(); ++row) {
        const Matrix& facets = (*knowledge)->facetVectors[row];
        QCOMPARE(facets.rows(), static_cast<Eigen::Index>((*knowledge)->facets[row].size()));
        const auto genre = facets.row(0); // shared by a third of the items, stored once
        QVERIFY(std::abs(genre.norm() - 1.0F) < 1e-5F);
        const std::size_t other = row % 3 == 0 ? row + 1 : row - 1; // another theme
        QVERIFY(genre.dot((*knowledge)->vectors.row(static_cast<Eigen::Index>(row))) >
                genre.dot((*knowledge)->vectors.row(static_cast<Eigen::Index>(other))));
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
    addItems(workspace, "films", 30);
    ExtractionRequest asked = lexical("pages");
    asked.fields = {"genre", "pages"};

    QVERIFY_OK(extract(workspace, lexical("words"), {}));
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
    addItems(workspace, "films", 30);
    ExtractionRequest asked = lexical("titles");
    asked.fields = {"title"};

    const Result<ExtractionReport> report = extract(workspace, asked, {});

    QVERIFY_OK(report);
    QVERIFY(facetsOf(workspace, report->id, ItemId{1}).find("genre") == std::string::npos);
}

void LexicalTest::knowledgeIsLoadedInTheOrderOfTheItems()
{
    Workspace workspace = m_folder->workspace();
    const DomainId films = addItems(workspace, "films", 30);
    QVERIFY_OK(workspace.database().execute("INSERT INTO item(domain, key) VALUES(1, 'bare')"));
    std::vector<ItemId> items = itemsOf(workspace);
    std::ranges::reverse(items);
    const Result<ExtractionReport> report = extract(workspace, lexical("words", {{"dimension", 4}}), {});
    QVERIFY_OK(report);
    QCOMPARE(report->without, std::int64_t{1});

    const auto knowledge = loadKnowledge(workspace, "words", films, items);

    QVERIFY_OK(knowledge);
    QCOMPARE((*knowledge)->vectors.rows(), Eigen::Index{31});
    QVERIFY((*knowledge)->vectors.row(0).isZero());
    QVERIFY((*knowledge)->termWeights[0].empty() && (*knowledge)->facets[0].empty());
    const ItemFacts first = *KnowledgeStore(workspace).facts(report->id, ItemId{1});
    QVERIFY(std::equal(first.vector.begin(), first.vector.end(), (*knowledge)->vectors.row(30).data()));
    QCOMPARE((*knowledge)->termWeights[30].size(), first.termWeights.size());
    QVERIFY(std::abs((*knowledge)->vectors.row(30).norm() - 1.0F) < 1e-5F);
}

void LexicalTest::unfinishedKnowledgeIsNotLoaded()
{
    Workspace workspace = m_folder->workspace();
    const DomainId films = addItems(workspace, "films", 12);
    const Result<ExtractionReport> report = extract(workspace, lexical("words"), {});
    QVERIFY_OK(report);
    QVERIFY_OK(KnowledgeStore(workspace).setState(report->id, "interrupted"));

    const auto unfinished = loadKnowledge(workspace, "words", films, {});
    const auto unknown = loadKnowledge(workspace, "wrods", films, {});

    QCOMPARE(unfinished.error().code, ErrorCode::InvalidInput);
    QCOMPARE(unknown.error().code, ErrorCode::NotFound);
}

void LexicalTest::stoppedExtractionGoesOnToTheSameResult()
{
    Workspace straight = m_folder->workspace("straight.transept");
    Workspace broken = m_folder->workspace("broken.transept");
    addItems(straight, "films", 1500);
    addItems(broken, "films", 1500);
    const ExtractionRequest request = lexical("words", {{"dimension", 8}});
    const Result<ExtractionReport> whole = extract(straight, request, {});
    QVERIFY_OK(whole);

    std::stop_source stop;
    const JobContext stopping{.stop = stop.get_token(), .progress = [&](const Progress& progress) {
                                  if (progress.total == 1500 && progress.done >= 500) {
                                      stop.request_stop();
                                  }
                              }};
    const Result<ExtractionReport> cut = extract(broken, request, stopping);
    QVERIFY(!cut);
    QCOMPARE(cut.error().code, ErrorCode::Cancelled);
    const KnowledgeBase base = *KnowledgeStore(broken).find("words");
    QCOMPARE(base.state, std::string("cancelled"));
    QCOMPARE(base.items, std::int64_t{500});

    // A process that was killed leaves the state running; the next start marks it.
    QVERIFY_OK(broken.database().execute("UPDATE knowledge_base SET state = 'running', process = 0"));
    QCOMPARE(broken.findInterrupted()->size(), std::size_t{1});
    QCOMPARE(KnowledgeStore(broken).find("words")->state, std::string("interrupted"));
    const Result<ExtractionReport> rest = extract(broken, request, {});

    QVERIFY_OK(rest);
    QCOMPARE(rest->items, std::int64_t{1500});
    QCOMPARE(KnowledgeStore(broken).find("words")->state, std::string("finished"));
    QVERIFY(contentOf(broken, rest->id) == contentOf(straight, whole->id));
}

void LexicalTest::changedTextsStartAnew()
{
    Workspace workspace = m_folder->workspace();
    addItems(workspace, "films", 60);
    const Result<ExtractionReport> before = extract(workspace, lexical("words"), {});
    QVERIFY_OK(before);
    QVERIFY_OK(KnowledgeStore(workspace).setState(before->id, "interrupted"));
    QVERIFY_OK(workspace.database().execute(
        "UPDATE item_field SET value = 'dragon castle' WHERE name = 'about' AND item < 9"));

    const Result<ExtractionReport> resumed = extract(workspace, lexical("words"), {});
    const Result<ExtractionReport> fresh = extract(workspace, lexical("fresh"), {});

    QVERIFY_OK(resumed);
    QVERIFY_OK(fresh);
    QVERIFY(contentOf(workspace, resumed->id) == contentOf(workspace, fresh->id));
}

void LexicalTest::changedSettingsNeedAnotherName()
{
    Workspace workspace = m_folder->workspace();
    addItems(workspace, "films", 12);
    const Result<ExtractionReport> report = extract(workspace, lexical("words"), {});
    QVERIFY_OK(report);
    const std::string before = contentOf(workspace, report->id);

    const auto finished = extract(workspace, lexical("words"), {});
    QVERIFY_OK(KnowledgeStore(workspace).setState(report->id, "cancelled"));
    const auto changed = extract(workspace, lexical("words", {{"stem", false}}), {});

    QCOMPARE(finished.error().code, ErrorCode::InvalidInput);
    QCOMPARE(changed.error().code, ErrorCode::InvalidInput);
    QCOMPARE(contentOf(workspace, report->id), before);
}

void LexicalTest::sameBitsForAnyNumberOfThreads()
{
    Workspace workspace = m_folder->workspace();
    addItems(workspace, "films", 700);

    setThreadCount(1);
    const Result<ExtractionReport> one = extract(workspace, lexical("one", {{"dimension", 16}}), {});
    setThreadCount(2);
    const Result<ExtractionReport> two = extract(workspace, lexical("two", {{"dimension", 16}}), {});

    QVERIFY_OK(one);
    QVERIFY_OK(two);
    QVERIFY(contentOf(workspace, one->id) == contentOf(workspace, two->id));
}

void LexicalTest::badRequestsAreRefused_data()
{
    QTest::addColumn<QString>("extractor");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QString>("says");

    QTest::newRow("extractor") << "lexcal"
                               << "kb"
                               << "films"
                               << "genre"
                               << "stem"
                               << "Did you mean lexical?";
    QTest::newRow("name") << "lexical"
                          << " "
                          << "films"
                          << "genre"
                          << "stem"
                          << "needs a name";
    QTest::newRow("domain") << "lexical"
                            << "kb"
                            << "flims"
                            << "genre"
                            << "stem"
                            << "Did you mean films?";
    QTest::newRow("field") << "lexical"
                           << "kb"
                           << "films"
                           << "gener"
                           << "stem"
                           << "Did you mean genre?";
    QTest::newRow("setting") << "lexical"
                             << "kb"
                             << "films"
                             << "genre"
                             << "stems"
                             << "Did you mean stem?";
}

void LexicalTest::badRequestsAreRefused()
{
    QFETCH(QString, extractor);
    QFETCH(QString, name);
    QFETCH(QString, domain);
    QFETCH(QString, field);
    QFETCH(QString, setting);
    QFETCH(QString, says);
    Workspace workspace = m_folder->workspace();
    addItems(workspace, "films", 6);
    const ExtractionRequest request{.extractor = extractor.toStdString(),
                                    .name = name.toStdString(),
                                    .domains = {domain.toStdString()},
                                    .fields = {field.toStdString()},
                                    .settings = {{setting.toStdString(), true}}};

    const Result<ExtractionReport> report = extract(workspace, request, {});

    QVERIFY(!report);
    const std::string sentence = describe(report.error());
    QVERIFY2(sentence.find(says.toStdString()) != std::string::npos, sentence.c_str());
    QVERIFY(KnowledgeStore(workspace).all()->empty());
}

void LexicalTest::itemsWithoutTextAreCounted()
{
    Workspace workspace = m_folder->workspace();
    const DomainId films = Catalog(workspace).ensureDomain("films", "web", FeedbackKind::Explicit)->id;
    QVERIFY_OK(workspace.database().execute(
        "INSERT INTO item(domain, key, title) VALUES(1, 'a', 'sea boat'), (1, 'b', NULL), (1, 'c', 'sea')"));
    QCOMPARE(number(films), std::int64_t{1});

    const Result<ExtractionReport> some =
        extract(workspace, lexical("words", {{"max-document-share", 1.0}}), {});
    QVERIFY_OK(workspace.database().execute("UPDATE item SET title = NULL"));
    const Result<ExtractionReport> none = extract(workspace, lexical("nothing"), {});

    QVERIFY_OK(some);
    QCOMPARE(some->without, std::int64_t{1});
    QCOMPARE(none.error().code, ErrorCode::InvalidInput);
    QCOMPARE(KnowledgeStore(workspace).find("nothing").error().code, ErrorCode::NotFound);
}

void LexicalTest::previewShowsTheFacetsWithoutStoringThem()
{
    Workspace workspace = m_folder->workspace();
    addItems(workspace, "films", 30);

    const Result<ExtractionPreview> shown = preview(workspace, lexical(""), ItemId{1}, false, {});
    const Result<ExtractionForecast> cost = forecast(workspace, lexical(""), {});

    QVERIFY_OK(shown);
    QVERIFY_OK(cost);
    QCOMPARE(shown->facets.front().text, std::string("Slice of Life"));
    QCOMPARE(cost->items, std::int64_t{30});
    QCOMPARE(cost->calls, std::int64_t{0});
    QVERIFY(KnowledgeStore(workspace).all()->empty());
}

void LexicalTest::mapSeparatesTheThemes()
{
    Workspace workspace = m_folder->workspace();
    addItems(workspace, "films", 150);
    const Result<ExtractionReport> report = extract(workspace, lexical("words", {{"dimension", 8}}), {});
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

void LexicalTest::mapIsColouredByTheFirstValueOfAField()
{
    Workspace workspace = m_folder->workspace();
    addItems(workspace, "films", 30);
    const Result<ExtractionReport> report = extract(workspace, lexical("words"), {});
    QVERIFY_OK(report);

    const auto byGenre = itemMap(workspace, report->id, "genre", {});
    const auto unknown = itemMap(workspace, report->id, "colour", {});

    QVERIFY_OK(byGenre);
    QCOMPARE(byGenre->at(1).group, std::string("Space Opera"));
    QCOMPARE(unknown.error().code, ErrorCode::InvalidInput);
}

void LexicalTest::largestGroupsGetAColourAndTheRestShareOne()
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

void LexicalTest::workspaceWithoutTextsIsRefusedAndNothingIsLeft()
{
    Workspace workspace = m_folder->workspace();
    addItems(workspace, "films", 30);
    QVERIFY_OK(workspace.database().execute("UPDATE item SET title = NULL; DELETE FROM item_field"));

    const Result<ExtractionReport> report = extract(workspace, lexical("words"), {});

    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(report.error()).find("No item of these domains has a text") != std::string::npos);
    QVERIFY(KnowledgeStore(workspace).all()->empty());
}

void LexicalTest::twentyThousandItemsTakeSeconds()
{
    Workspace workspace = m_folder->workspace();
    addItems(workspace, "films", 20'000);

    const Result<ExtractionReport> report = extract(workspace, lexical("words"), {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, std::int64_t{20'000});
    qInfo("%.2f s", report->seconds);
}

void LexicalTest::sequelsAreNearInRealData_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("part");
    QTest::addColumn<int>("wanted"); // among the ten nearest

    QTest::newRow("films") << "movielens_latest_small_2016/movies.csv"
                           << "Toy Story (1995)"
                           << "Toy Story" << 2;
    QTest::newRow("anime") << "anime/anime_info.dat"
                           << "Fullmetal Alchemist: Brotherhood"
                           << "Fullmetal Alchemist" << 3;
}

void LexicalTest::sequelsAreNearInRealData()
{
    NEED_SHARED_DATA();
    QFETCH(QString, file);
    QFETCH(QString, title);
    QFETCH(QString, part);
    QFETCH(int, wanted);
    Workspace workspace = m_folder->workspace();
    QVERIFY_OK(importFile(workspace,
                          *test::sharedData() / file.toStdString(),
                          {.target = ImportTarget::Items, .domain = "all"},
                          {}));

    const Result<ExtractionReport> report = extract(workspace, lexical("words"), {});

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
