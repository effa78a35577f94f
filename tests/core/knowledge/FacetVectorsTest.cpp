#include "core/base/Parallel.h"
#include "core/knowledge/Extractor.h"
#include "tests/core/knowledge/AskedItems.h"
#include "tests/core/knowledge/ThemedItems.h"
#include "tests/support/ScriptedServer.h"
#include "tests/support/StoredFacets.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <mutex>
#include <set>

namespace transept {
namespace {

using test::ScriptedServer;

ExtractionRequest facetWords(const std::string& name, Json settings)
{
    settings["facets-of"] = settings.value("facets-of", "words");
    return {.extractor = "facet-words", .name = name, .settings = std::move(settings)};
}

ExtractionRequest facetEmbedding(const std::string& url)
{
    return {.extractor = "facet-embedding",
            .name = "sentences",
            .settings = {{"facets-of", "words"},
                         {"url", url},
                         {"model", "scripted"},
                         {"lines", 1},
                         {"attempts", 1},
                         {"batch", 3}}};
}

/// Unlike for unlike texts.
std::vector<double> vectorOf(const std::string& text)
{
    double sum = 0.0;
    for (const char c : text) {
        sum = sum * 1.1 + static_cast<double>(c) / 50.0;
    }
    return {1.0, std::sin(sum), std::cos(sum)};
}

std::string embeddingOf(const Json& request)
{
    Json data = Json::array();
    for (const Json& text : request.at("input")) {
        data.push_back({{"index", data.size()}, {"embedding", vectorOf(text.get<std::string>())}});
    }
    return Json{{"data", data}, {"usage", {{"prompt_tokens", 3}}}}.dump();
}

double length(const std::vector<double>& vector)
{
    double squares = 0.0;
    for (const double each : vector) {
        squares += each * each;
    }
    return std::sqrt(squares);
}

} // namespace

/// Facets of one knowledge base with the vectors of any embedder.
class FacetVectorsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { setThreadCount(0); }
    void everyEmbedderKeepsTheFacets_data();
    void everyEmbedderKeepsTheFacets();
    void itemsAreTheWeightedMeanOfTheirFacets();
    void wordsOfAnotherBasePlaceFacetsWhereItDoes();
    void sameBitsForAnyNumberOfThreads();
    void aServerIsAskedAboutEveryTextOnce();
    void itemsWithAFailedFacetAreTriedAgain();
    void stoppedEmbeddingAsksNothingTwice();
    void newItemsLeaveTheOthers_data();
    void newItemsLeaveTheOthers();
    void halfPrecisionIsWhatMethodsSee();
    void forecastAndPreviewStoreNothing();
    void badSourcesAreRefused();

private:
    std::optional<test::Temporary> m_folder;
    std::optional<Workspace> m_workspace;
    DomainId m_films{};
};

void FacetVectorsTest::init()
{
    m_workspace.reset();
    m_folder.emplace();
    m_workspace = m_folder->workspace();
    m_films = test::addItems(*m_workspace, "films", 60);
    QVERIFY_OK(extract(*m_workspace, test::lexical("words", {{"dimension", 8}}), {}));
}

void FacetVectorsTest::everyEmbedderKeepsTheFacets_data()
{
    QTest::addColumn<QByteArray>("settings");

    QTest::newRow("lexical") << QByteArray(R"({"dimension": 6})");
    QTest::newRow("word vectors") << QByteArray(R"({"dimension": 6, "embedder": "word-vectors"})");
    QTest::newRow("another base") << QByteArray(R"({"embedder": "base", "space-of": "words"})");
}

void FacetVectorsTest::everyEmbedderKeepsTheFacets()
{
    QFETCH(QByteArray, settings);

    const auto report = extract(*m_workspace, facetWords("facets", Json::parse(settings.toStdString())), {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, std::int64_t{60});
    const KnowledgeStore store(*m_workspace);
    const auto before = store.factsOf(store.find("words")->id, m_films);
    const auto after = store.factsOf(report->id, m_films);
    QVERIFY_OK(after);
    QCOMPARE(after->size(), before->size());
    std::set<std::string> stored;
    for (std::size_t at = 0; at < after->size(); ++at) {
        const ItemFacts& item = (*after)[at];
        QCOMPARE(item.facets.size(), (*before)[at].facets.size());
        QCOMPARE(item.vector.size(), static_cast<std::size_t>(store.find("facets")->dimension));
        for (std::size_t nth = 0; nth < item.facets.size(); ++nth) {
            QCOMPARE(item.facets[nth].name, (*before)[at].facets[nth].name);
            QCOMPARE(item.facets[nth].text, (*before)[at].facets[nth].text);
            QCOMPARE(item.facets[nth].weight, (*before)[at].facets[nth].weight);
            if (nth < item.facetVectors.size() && !item.facetVectors[nth].empty()) {
                QVERIFY(stored.insert(item.facets[nth].name + "/" + item.facets[nth].text).second); // once
            }
        }
    }
    std::vector<ItemId> items;
    std::ranges::transform(*after, std::back_inserter(items), &ItemFacts::item);
    const auto loaded = loadKnowledge(*m_workspace, "facets", m_films, items);
    QVERIFY_OK(loaded);
    for (std::size_t item = 0; item < items.size(); ++item) {
        QCOMPARE((*loaded)->facetVectors.rowsOf(item).size(), (*loaded)->facets[item].size());
        QVERIFY(std::abs((*loaded)->vectors.floats()->row(static_cast<Eigen::Index>(item)).norm() - 1.0F) <
                1e-5F);
    }
}

void FacetVectorsTest::itemsAreTheWeightedMeanOfTheirFacets()
{
    const auto report = extract(*m_workspace, facetWords("facets", {{"dimension", 6}}), {});
    QVERIFY_OK(report);
    const std::vector<ItemId> items{ItemId{1}, ItemId{2}, ItemId{30}};
    const auto loaded = loadKnowledge(*m_workspace, "facets", m_films, items);
    QVERIFY_OK(loaded);
    for (std::size_t item = 0; item < items.size(); ++item) {
        std::vector<double> sum(static_cast<std::size_t>((*loaded)->dimension()));
        const Matrix facets = (*loaded)->facetVectors.decoded(item);
        for (Eigen::Index facet = 0; facet < facets.rows(); ++facet) {
            for (Eigen::Index at = 0; at < facets.cols(); ++at) {
                sum[static_cast<std::size_t>(at)] +=
                    static_cast<double>((*loaded)->facets[item][static_cast<std::size_t>(facet)].weight) *
                    static_cast<double>(facets(facet, at));
            }
        }
        for (std::size_t at = 0; at < sum.size(); ++at) {
            const float stored = (*(*loaded)->vectors.floats())(static_cast<Eigen::Index>(item),
                                                                static_cast<Eigen::Index>(at));
            QVERIFY(std::abs(static_cast<double>(stored) - sum[at] / length(sum)) < 1e-5);
        }
    }
}

void FacetVectorsTest::wordsOfAnotherBasePlaceFacetsWhereItDoes()
{
    const auto report =
        extract(*m_workspace, facetWords("facets", {{"embedder", "base"}, {"space-of", "words"}}), {});
    QVERIFY_OK(report);
    const KnowledgeStore store(*m_workspace);
    std::map<std::string, std::vector<float>>
        original; // of the fields' values, which are weighed as any text
    const auto ofWords = test::facetVectors(store, store.find("words")->id);
    const auto ofFacets = test::facetVectors(store, report->id);
    for (const auto& each : *ofWords) {
        if (each.name == "genre") {
            original.emplace(each.text, each.vector);
        }
    }
    int compared = 0;
    for (const auto& each : *ofFacets) {
        if (original.contains(each.text) && each.name == "genre") {
            QCOMPARE(each.vector, original.at(each.text));
            ++compared;
        }
    }
    QVERIFY(compared >= 3);
}

void FacetVectorsTest::sameBitsForAnyNumberOfThreads()
{
    std::string first;
    for (const int threads : {1, 2, 4, 8}) {
        setThreadCount(threads);
        const auto report =
            extract(*m_workspace,
                    facetWords("facets " + std::to_string(threads), {{"embedder", "word-vectors"}}),
                    {});
        QVERIFY_OK(report);
        const std::string content = test::contentOf(*m_workspace, report->id);
        first = first.empty() ? content : first;
        QVERIFY(content == first);
    }
}

void FacetVectorsTest::aServerIsAskedAboutEveryTextOnce()
{
    std::mutex mutex;
    std::multiset<std::string> asked;
    const ScriptedServer server([&](const Json& request) {
        const std::lock_guard lock(mutex);
        for (const Json& text : request.at("input")) {
            asked.insert(text.get<std::string>());
        }
        return ScriptedServer::Answer{.body = embeddingOf(request)};
    });

    const auto report = extract(*m_workspace, facetEmbedding(server.url()), {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, std::int64_t{60});
    QVERIFY(report->tokensIn > 0);
    const KnowledgeStore store(*m_workspace);
    std::set<std::string> texts;
    const auto facts = store.factsOf(report->id, m_films);
    for (const ItemFacts& item : *facts) {
        for (const StoredFacet& facet : item.facets) {
            texts.insert(facet.text);
        }
    }
    QCOMPARE(std::set<std::string>(asked.begin(), asked.end()), texts);
    QCOMPARE(asked.size(), texts.size());
    const auto vectors = test::facetVectors(store, report->id);
    for (const auto& facet : *vectors) {
        const std::vector<double> expected = vectorOf(facet.text);
        for (std::size_t at = 0; at < 3; ++at) {
            QVERIFY(std::abs(static_cast<double>(facet.vector[at]) - expected[at] / length(expected)) < 1e-6);
        }
    }
    QCOMPARE(store.find("sentences")->dimension, 3);
}

void FacetVectorsTest::itemsWithAFailedFacetAreTriedAgain()
{
    std::atomic<bool> isWilling = false;
    const ScriptedServer server([&](const Json& request) {
        return request.at("input").dump().find("Crime") == std::string::npos || isWilling
                   ? ScriptedServer::Answer{.body = embeddingOf(request)}
                   : ScriptedServer::error(400, "not this one");
    });
    ExtractionRequest request = facetEmbedding(server.url());
    request.settings["batch"] = 1;

    const auto some = extract(*m_workspace, request, {});
    QVERIFY_OK(some);
    QCOMPARE(some->items, std::int64_t{40});
    QCOMPARE(some->failed, std::int64_t{20});
    isWilling = true;
    const int posts = server.posts();
    const auto all = extract(*m_workspace, request, {});

    QVERIFY_OK(all);
    QCOMPARE(all->items, std::int64_t{60});
    QCOMPARE(all->failed, std::int64_t{0});
    QCOMPARE(server.posts(), posts + 1); // the other texts are known
}

void FacetVectorsTest::stoppedEmbeddingAsksNothingTwice()
{
    std::stop_source stop;
    std::mutex mutex;
    std::multiset<std::string> answered;
    const ScriptedServer server([&](const Json& request) {
        const std::lock_guard lock(mutex);
        for (const Json& text : request.at("input")) {
            answered.insert(text.get<std::string>());
        }
        return ScriptedServer::Answer{.body = embeddingOf(request)};
    });
    const JobContext stopping{.stop = stop.get_token(), .progress = [&](const Progress& progress) {
                                  if (progress.done >= 6) {
                                      stop.request_stop();
                                  }
                              }};

    const auto cut = extract(*m_workspace, facetEmbedding(server.url()), stopping);
    const auto rest = extract(*m_workspace, facetEmbedding(server.url()), {});

    QCOMPARE(cut.error().code, ErrorCode::Cancelled);
    QVERIFY_OK(rest);
    QCOMPARE(rest->items, std::int64_t{60});
    QCOMPARE(answered.size(), std::set<std::string>(answered.begin(), answered.end()).size());
}

void FacetVectorsTest::newItemsLeaveTheOthers_data()
{
    QTest::addColumn<QByteArray>("settings");

    QTest::newRow("lexical") << QByteArray(R"({"dimension": 6})");
    QTest::newRow("word vectors") << QByteArray(R"({"dimension": 6, "embedder": "word-vectors"})");
}

void FacetVectorsTest::newItemsLeaveTheOthers()
{
    QFETCH(QByteArray, settings);
    const auto report = extract(*m_workspace, facetWords("facets", Json::parse(settings.toStdString())), {});
    QVERIFY_OK(report);
    const std::string before = test::contentOf(*m_workspace, report->id);
    test::addItems(*m_workspace, "films", 6, 60);
    QVERIFY_OK(extract(*m_workspace, {.extractor = {}, .name = "words", .extend = true}, {}));

    const auto extended = extract(*m_workspace, {.extractor = {}, .name = "facets", .extend = true}, {});

    QVERIFY_OK(extended);
    QCOMPARE(extended->added, std::int64_t{6});
    QVERIFY(test::contentOf(*m_workspace, report->id, ItemId{60}) == before);
    QVERIFY(!KnowledgeStore(*m_workspace).facts(report->id, ItemId{63})->vector.empty());
}

void FacetVectorsTest::halfPrecisionIsWhatMethodsSee()
{
    QVERIFY_OK(extract(*m_workspace, facetWords("whole", {{"dimension", 6}}), {}));
    QVERIFY_OK(extract(*m_workspace, facetWords("half", {{"dimension", 6}, {"precision", "float16"}}), {}));
    const std::vector<ItemId> items{ItemId{1}, ItemId{2}, ItemId{30}};
    const auto whole = loadKnowledge(*m_workspace, "whole", m_films, items);
    const auto half = loadKnowledge(*m_workspace, "half", m_films, items);
    QVERIFY_OK(whole);
    QVERIFY_OK(half);

    const auto isRounded = [](const Matrix& rounded, const Matrix& original) {
        const auto nearest = [](float value) { return static_cast<float>(Eigen::half(value)); };
        return rounded == original.unaryExpr(nearest) && rounded != original;
    };
    QVERIFY(isRounded((*half)->vectors.decoded(), (*whole)->vectors.decoded()));
    for (std::size_t item = 0; item < items.size(); ++item) {
        QVERIFY(isRounded((*half)->facetVectors.decoded(item), (*whole)->facetVectors.decoded(item)));
    }
}

void FacetVectorsTest::forecastAndPreviewStoreNothing()
{
    const ScriptedServer server(
        [](const Json& request) { return ScriptedServer::Answer{.body = embeddingOf(request)}; });
    const auto words = preview(*m_workspace, facetWords("x", Json::object()), ItemId{1}, {}, {});
    const auto asked = preview(*m_workspace, facetEmbedding(server.url()), ItemId{1}, {}, {});
    const auto cost = forecast(*m_workspace, facetEmbedding(server.url()), 0, {});

    QVERIFY_OK(words);
    QVERIFY(!words->facets.empty());
    QVERIFY_OK(asked);
    QVERIFY(asked->request.find(words->facets.front().text) != std::string::npos);
    QVERIFY_OK(cost);
    QVERIFY(cost->calls > 0);
    QCOMPARE(server.posts(), 0);
    QCOMPARE(KnowledgeStore(*m_workspace).all()->size(), std::size_t{1});
}

void FacetVectorsTest::badSourcesAreRefused()
{
    m_folder->write("v.csv", "k1,1,0\nk2,0,1\n");
    QVERIFY_OK(extract(
        *m_workspace,
        {.extractor = "file", .name = "bare", .settings = {{"path", m_folder->path("v.csv").string()}}},
        {}));
    for (const Json& settings : {Json{{"facets-of", "wrods"}},
                                 Json{{"facets-of", "facets"}},
                                 Json{{"facets-of", "bare"}},
                                 Json{{"embedder", "base"}, {"space-of", ""}},
                                 Json{{"embedder", "base"}, {"space-of", "bare"}}}) {
        const auto report = extract(*m_workspace, facetWords("facets", settings), {});
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::InvalidInput);
    }
    QCOMPARE(KnowledgeStore(*m_workspace).all()->size(), std::size_t{2}); // nothing is left of them
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::FacetVectorsTest)
#include "FacetVectorsTest.moc"
