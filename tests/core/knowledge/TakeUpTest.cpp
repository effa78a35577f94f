#include "core/store/KnowledgeVersions.h"
#include "tests/core/knowledge/AskedItems.h"
#include "tests/core/knowledge/ThemedItems.h"
#include "tests/support/ScriptedServer.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {
namespace {

using test::extension;
using test::ScriptedServer;

ExtractionRequest fromFile(const std::filesystem::path& file)
{
    return {.extractor = "file", .name = "kb", .settings = {{"path", file.string()}}};
}

/// The same request with a file that another program made later.
ExtractionRequest extensionBy(const std::filesystem::path& file)
{
    ExtractionRequest request = extension("kb");
    request.settings = {{"path", file.string()}};
    return request;
}

ExtractionRequest retryOf(const Workspace& workspace, const std::string& name)
{
    return requestOf(*KnowledgeStore(workspace).find(name));
}

Status addFilm(const Workspace& workspace, std::int64_t id, const std::string& title)
{
    return workspace.database().execute(
        fmt::format("INSERT INTO item(id, domain, key, title) VALUES({0}, 1, 'i{0}', '{1}')", id, title));
}

/// Facets by a film's number modulo 6; of Film 3 nothing that can be read.
ScriptedServer::Answer sixKinds(const Json& request)
{
    const std::string asked = request.at("messages").dump();
    const int film = std::stoi(asked.substr(asked.find("Film ") + 5));
    if (film == 3) {
        return ScriptedServer::chat("no");
    }
    return ScriptedServer::chat(Json{{"topic", film % 2 == 0 ? "space travel" : "village life"},
                                     {"mood", film % 6 == 0 ? "calm evening" : "dark space"}}
                                    .dump());
}

/// Vectors of the first items, as CSV.
QByteArray rows(int count)
{
    QByteArray all;
    for (int item = 1; item <= count; ++item) {
        all += "i" + QByteArray::number(item) + ",1," + QByteArray::number(item) + "\n";
    }
    return all;
}

/// A knowledge base as a whole, but for how many attempts failed.
std::string stateOf(const Workspace& workspace, const std::string& name)
{
    const KnowledgeBase base = *KnowledgeStore(workspace).find(name);
    const auto failures = KnowledgeStore(workspace).failures(base.id);
    return fmt::format("{} {} {} {} {} {} {}\n{}",
                       base.state,
                       base.reason,
                       base.config.dump(),
                       number(base.lastItem),
                       base.finished.value_or(-1),
                       base.dimension,
                       failures->size(),
                       test::contentOf(workspace, base.id));
}

} // namespace

/// What becomes of a finished knowledge base that is extended, or whose failures are tried again.
class TakeUpTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }
    void retryKeepsWhatTheFirstFileSaid_data();
    void retryKeepsWhatTheFirstFileSaid();
    void retryAsksAServerAndLeavesPlaces();
    void placedItemsKeepTheirPlace_data();
    void placedItemsKeepTheirPlace();
    void fruitlessExtensionLeavesAllAsItWas_data();
    void fruitlessExtensionLeavesAllAsItWas();
    void fruitlessRetryLeavesAllAsItWas();
    void nobodyIsAskedWhenTheAnswersCouldNotBePlaced();
    void facetsOfAnotherOneAreNewUntilItHasSeenThem();
    void oneOfTwoTakesItUp();
    void extractionUnderWayIsNotDisturbed();

private:
    Workspace films(int count, std::string_view file = "w.transept") const
    {
        return test::titledItems(*m_folder, file, test::filmTitles(count));
    }

    std::optional<test::Temporary> m_folder;
};

void TakeUpTest::retryKeepsWhatTheFirstFileSaid_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");

    QTest::newRow("facets") << QByteArray(R"({"key": "i1", "facets": {"topic": "space travel"}}
{"key": "i2", "facets": {"topic": "village life"}}
{"key": "i3", "facets": {"topic": "space life"}}
{"key": "i4", "facets": {"topic": "village inn"}}
)") << QByteArray(R"({"key": "i1", "facets": {"topic": "murder"}}
{"key": "i5", "facets": {"topic": "space murder"}}
{"key": "i2", "facets": 3}
{"key": "i6", "facets": 3}
)");
    QTest::newRow("vectors") << QByteArray(R"({"key": "i1", "vector": [1, 0]}
{"key": "i2", "facets": {"topic": "village"}, "vector": [0, 1]}
)") << QByteArray(R"({"key": "i1", "facets": {"topic": "murder"}}
{"key": "i5", "facets": {"topic": "space murder"}}
{"key": "i2", "vector": [1, 2, 3]}
{"key": "i6", "vector": [1, 2, 3]}
)");
}

void TakeUpTest::retryKeepsWhatTheFirstFileSaid()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    Workspace workspace = films(6);
    const auto report = extract(workspace, fromFile(m_folder->write("1.jsonl", first.toStdString())), {});
    QVERIFY_OK(report);
    const std::string before = test::contentOf(workspace, report->id);
    const auto extended =
        extract(workspace, extensionBy(m_folder->write("2.jsonl", second.toStdString())), {});
    QVERIFY_OK(extended);
    QCOMPARE(extended->failed, std::int64_t{1}); // i6 alone
    const std::string whole = stateOf(workspace, "kb");

    const auto again = extract(workspace, retryOf(workspace, "kb"), {});

    QVERIFY_OK(again);
    QCOMPARE(again->items, extended->items);
    QCOMPARE(again->failed, std::int64_t{1});
    QCOMPARE(stateOf(workspace, "kb"), whole);
    QVERIFY(test::contentOf(workspace, report->id, ItemId{4}) == before);
}

void TakeUpTest::retryAsksAServerAndLeavesPlaces()
{
    Workspace workspace = films(12);
    std::atomic<bool> isStubborn = true;
    const ScriptedServer server([&](const Json& request) {
        const bool refuses = isStubborn && request.dump().find("Film 9") != std::string::npos;
        return refuses ? ScriptedServer::chat("no") : sixKinds(request);
    });
    const auto report = extract(workspace, test::topicAndMood(server.url()), {});
    QVERIFY_OK(report);
    QCOMPARE(report->failed, std::int64_t{2}); // Film 3 and Film 9, the items 4 and 10
    QVERIFY_OK(addFilm(workspace, 20, "Film 603"));
    QVERIFY_OK(extract(workspace, extension("facts"), {}));
    const KnowledgeStore store(workspace);
    const std::vector<float> place = store.facts(report->id, ItemId{20})->vector;
    QVERIFY(!place.empty());
    const std::string before = test::contentOf(workspace, report->id);
    isStubborn = false;

    const auto again = extract(workspace, retryOf(workspace, "facts"), {});

    QVERIFY_OK(again);
    QCOMPARE(again->added, std::int64_t{1});
    QCOMPARE(again->failed, std::int64_t{1});
    QCOMPARE(store.facts(report->id, ItemId{20})->vector, place);
    QVERIFY(!store.facts(report->id, ItemId{10})->vector.empty());
    QVERIFY_OK(workspace.database().execute("DELETE FROM vector WHERE item = 10;"
                                            "DELETE FROM term_weights WHERE item = 10;"
                                            "DELETE FROM facet WHERE item = 10"));
    QVERIFY(test::contentOf(workspace, report->id) == before);
}

void TakeUpTest::placedItemsKeepTheirPlace_data()
{
    QTest::addColumn<bool>("goesOn");

    QTest::newRow("extended") << false;
    QTest::newRow("gone on with after a stop") << true;
}

/// Items that came while an extraction ran are later than the last item that it notes, and have their facts.
void TakeUpTest::placedItemsKeepTheirPlace()
{
    QFETCH(bool, goesOn);
    Workspace workspace = films(12);
    const ScriptedServer server(sixKinds);
    const auto report = extract(workspace, test::topicAndMood(server.url()), {});
    QVERIFY_OK(report);
    const std::string before = test::contentOf(workspace, report->id);
    const KnowledgeStore store(workspace);
    QVERIFY_OK(store.setLastItem(report->id, ItemId{1}));
    if (goesOn) {
        QVERIFY_OK(store.setState(report->id, "cancelled"));
    }
    QVERIFY_OK(addFilm(workspace, 20, "Film 605"));

    const auto again = extract(workspace, goesOn ? test::topicAndMood(server.url()) : extension("facts"), {});

    QVERIFY_OK(again);
    QCOMPARE(again->added, std::int64_t{1});
    QVERIFY(test::contentOf(workspace, report->id, ItemId{12}) == before);
    QVERIFY(!store.facts(report->id, ItemId{20})->vector.empty());
}

void TakeUpTest::fruitlessExtensionLeavesAllAsItWas_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<bool>("isStopped");
    QTest::addColumn<bool>("fails");

    QTest::newRow("nothing new") << QByteArray("i1,0,1\ni2,1,1\n") << false << false;
    QTest::newRow("a file of other items") << QByteArray("a,0,1\nb,1,1\n") << false << true;
    QTest::newRow("no vectors at all") << QByteArray("i1\n") << false << true;
    QTest::newRow("stopped at once") << rows(600) + "i601,1,1\n" << true << true;
}

void TakeUpTest::fruitlessExtensionLeavesAllAsItWas()
{
    QFETCH(QByteArray, file);
    QFETCH(bool, isStopped);
    QFETCH(bool, fails);
    Workspace workspace = films(600);
    const auto report = extract(workspace, fromFile(m_folder->write("1.csv", rows(600).toStdString())), {});
    QVERIFY_OK(report);
    QVERIFY_OK(addFilm(workspace, 601, "Film 600"));
    QVERIFY_OK(workspace.database().execute("UPDATE knowledge_base SET finished = finished - 100"));
    const std::string before = stateOf(workspace, "kb");
    std::stop_source stop;
    JobContext context{.stop = stop.get_token()};
    if (isStopped) {
        context.progress = [&](const Progress&) { stop.request_stop(); };
    }

    const auto extended =
        extract(workspace, extensionBy(m_folder->write("2.csv", file.toStdString())), context);

    QCOMPARE(!extended.has_value(), fails);
    QCOMPARE(stateOf(workspace, "kb"), before);
    QCOMPARE(versionOf(workspace, *KnowledgeStore(workspace).find("kb"))->newItems, std::int64_t{1});
}

void TakeUpTest::fruitlessRetryLeavesAllAsItWas()
{
    Workspace workspace = films(6);
    std::string url;
    {
        const ScriptedServer server(sixKinds);
        QVERIFY_OK(extract(workspace, test::topicAndMood(server.url()), {}));
        const std::string before = stateOf(workspace, "facts");

        const auto again = extract(workspace, retryOf(workspace, "facts"), {});

        QVERIFY_OK(again);
        QCOMPARE(again->failed, std::int64_t{1});
        QCOMPARE(stateOf(workspace, "facts"), before);
    }
    const std::string before = stateOf(workspace, "facts"); // the server is gone

    const auto retried = extract(workspace, retryOf(workspace, "facts"), {});
    QVERIFY_OK(addFilm(workspace, 7, "Film 6"));
    const auto extended = extract(workspace, extension("facts"), {});

    QCOMPARE(retried.error().code, ErrorCode::Network);
    QCOMPARE(extended.error().code, ErrorCode::Network);
    QCOMPARE(stateOf(workspace, "facts"), before);
}

void TakeUpTest::nobodyIsAskedWhenTheAnswersCouldNotBePlaced()
{
    Workspace workspace = films(6);
    const ScriptedServer server(sixKinds);
    QVERIFY_OK(extract(workspace, test::topicAndMood(server.url()), {}));
    const int posts = server.posts();
    QVERIFY_OK(workspace.database().execute("DELETE FROM text_space")); // as one of an earlier version
    const std::string before = stateOf(workspace, "facts");
    QVERIFY_OK(addFilm(workspace, 7, "Film 6"));

    const auto extended = extract(workspace, extension("facts"), {});

    QCOMPARE(extended.error().code, ErrorCode::InvalidInput);
    QCOMPARE(server.posts(), posts);
    QCOMPARE(stateOf(workspace, "facts"), before);
}

void TakeUpTest::facetsOfAnotherOneAreNewUntilItHasSeenThem()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 30);
    QVERIFY_OK(extract(workspace, test::lexical("words"), {}));
    test::addItems(workspace, "films", 6, 30); // unknown to the one whose facets are taken
    const ExtractionRequest request{
        .extractor = "facet-words", .name = "places", .settings = {{"facets-of", "words"}}};
    const auto report = extract(workspace, request, {});
    QVERIFY_OK(report);
    QCOMPARE(report->items, std::int64_t{30});
    const auto newItems = [&] {
        return versionOf(workspace, *KnowledgeStore(workspace).find("places"))->newItems;
    };
    QCOMPARE(newItems(), std::int64_t{6});
    QVERIFY_OK(extract(workspace, extension("places"), {})); // still unknown to it
    QCOMPARE(newItems(), std::int64_t{6});
    QVERIFY_OK(extract(workspace, extension("words"), {}));

    const auto extended = extract(workspace, extension("places"), {});

    QVERIFY_OK(extended);
    QCOMPARE(extended->added, std::int64_t{6});
    QCOMPARE(newItems(), std::int64_t{0});
}

void TakeUpTest::oneOfTwoTakesItUp()
{
    Workspace workspace = films(3);
    QVERIFY_OK(extract(workspace, fromFile(m_folder->write("1.csv", "i1,1,0\ni2,0,1\n")), {}));
    const KnowledgeStore store(workspace);
    const KnowledgeBase seen = *store.find("kb");
    std::atomic<int> taken = 0;
    std::atomic<int> refused = 0;
    const auto take = [&] {
        const Result<Workspace> own = Workspace::open(workspace.file());
        const auto before = KnowledgeStore(*own).takeUp(seen, seen.config);
        ++(before ? taken : refused);
    };
    {
        const std::jthread one(take);
        const std::jthread other(take);
    }
    QCOMPARE(taken.load(), 1);
    QCOMPARE(refused.load(), 1);
    QVERIFY(describe(store.takeUp(seen, seen.config).error()).find("another job") != std::string::npos);
    QVERIFY_OK(store.putBack(seen));
    KnowledgeBase other = seen; // as one who read it before the first one extended it
    other.config["settings"]["path"] = "elsewhere.csv";

    const auto late = store.takeUp(other, other.config);

    QCOMPARE(late.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(late.error()).find("in the meantime") != std::string::npos);
    QCOMPARE(store.find("kb")->state, std::string("finished"));
}

void TakeUpTest::extractionUnderWayIsNotDisturbed()
{
    Workspace workspace = m_folder->workspace();
    test::addItems(workspace, "films", 30);
    QVERIFY_OK(extract(workspace, test::lexical("words"), {}));
    test::addItems(workspace, "films", 6, 30);
    std::vector<Error> refused;
    const JobContext context{.progress = [&](const Progress&) {
        Result<Workspace> own = Workspace::open(workspace.file());
        for (const ExtractionRequest& request : {extension("words"), retryOf(*own, "words")}) {
            refused.push_back(extract(*own, request, {}).error());
        }
    }};

    const auto extended = extract(workspace, extension("words"), context);

    QVERIFY_OK(extended);
    QCOMPARE(extended->added, std::int64_t{6});
    QVERIFY(!refused.empty());
    for (const Error& each : refused) {
        QCOMPARE(each.code, ErrorCode::InvalidInput);
        QVERIFY(describe(each).find("another job") != std::string::npos);
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::TakeUpTest)
#include "TakeUpTest.moc"
