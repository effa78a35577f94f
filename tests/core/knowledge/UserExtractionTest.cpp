#include "core/knowledge/Extractor.h"
#include "core/knowledge/UserHistories.h"
#include "core/store/UserKnowledge.h"
#include "tests/core/knowledge/PeopleWorkspace.h"
#include "tests/support/ScriptedServer.h"

#include <QtTest/QTest>

#include <mutex>
#include <set>

namespace transept {
namespace {

using test::aboutUsers;
using test::histories;
using test::ScriptedServer;

const std::string good = R"({"topic": "space", "mood": "calm"})";

/// Everything that is stored of people and of pairs.
std::string contentOf(const Workspace& workspace, KnowledgeId id)
{
    std::string all;
    for (const char* sql :
         {"SELECT person || '/' || domain || '/' || nth || '/' || name || '/' || text FROM user_facet"
          " WHERE kb = ? ORDER BY person, domain, nth",
          "SELECT source || '/' || target || '/' || text FROM domain_pair WHERE kb = ? ORDER BY source, "
          "target"}) {
        Result<Statement> rows = workspace.database().prepare(sql);
        rows->bind(1, number(id));
        for (Result<bool> row = rows->step(); row && *row; row = rows->step()) {
            all += std::string(rows->text(0)) + "\n";
        }
    }
    return all;
}

} // namespace

class UserExtractionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingThatIsTestedReachesAPrompt();
    void everyPersonIsAskedAboutInEveryDomain();
    void tastesCarryOverIntoPromptsAboutPeople();
    void failedPeopleAreTriedAgain();
    void extensionAsksAboutNewPeopleAlone();
    void budgetStopsAndGoesOn();
    void forecastAndPreviewAskNobody();
    void sampleIsNotPaidForTwice();
    void historiesAreRedacted();
    void shortHistoriesAreLeftOut();
    void methodsCannotTakeItForKnowledgeOfItems();

private:
    std::unique_ptr<test::Temporary> m_folder;
};

void UserExtractionTest::initTestCase()
{
    m_folder = std::make_unique<test::Temporary>();
}

void UserExtractionTest::nothingThatIsTestedReachesAPrompt()
{
    const test::Temporary folder;
    Workspace workspace = histories(folder);
    std::mutex mutex;
    std::string seen;
    const ScriptedServer server([&](const Json& request) {
        const std::lock_guard lock(mutex);
        seen += request.dump() + "\n";
        return ScriptedServer::chat(good);
    });
    ExtractionRequest request = aboutUsers(server.url());
    request.domains = {"films"};

    QVERIFY_OK(extract(workspace, request, {}));

    // Of person p: films 1 + (p + 0 ... 4) % 10, the last two held out: ratings 4 and 5 are never told.
    QVERIFY(seen.find("rated 1 of 5") != std::string::npos && seen.find("rated 3 of 5") != std::string::npos);
    QVERIFY(seen.find("rated 4 of 5") == std::string::npos && seen.find("rated 5 of 5") == std::string::npos);
    QVERIFY(seen.find("Film 2: rated 1 of 5\\nFilm 3: rated 2 of 5\\nFilm 4: rated 3 of 5") !=
                std::string::npos ||
            seen.find("Film 3: rated 1 of 5\\nFilm 4: rated 2 of 5\\nFilm 5: rated 3 of 5") !=
                std::string::npos);
    QVERIFY(seen.find("secret-user") == std::string::npos); // who it is stays here
}

void UserExtractionTest::everyPersonIsAskedAboutInEveryDomain()
{
    const test::Temporary folder;
    Workspace workspace = histories(folder);
    const ScriptedServer server([](const Json&) { return ScriptedServer::chat(good); });
    ExtractionRequest request = aboutUsers(server.url());
    request.settings["carry-over"] = false;

    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, 10); // six in films, four in books
    QCOMPARE(server.posts(), 10);
    const UserKnowledge knowledge(workspace);
    QCOMPARE(knowledge.subjects(report->id)->size(), std::size_t{10});
    const auto facts = knowledge.of(report->id, PersonId{5});
    QVERIFY_OK(facts);
    QCOMPARE(facts->size(), std::size_t{2});
    QCOMPARE((*facts)[1].facets[0].text, std::string("space"));
    QCOMPARE(knowledge.of(report->id, PersonId{1})->size(), std::size_t{1});
    QVERIFY(knowledge.pairs(report->id)->empty());
    request.name = "again";
    QCOMPARE(extract(workspace, request, {})->fromCache, 10);
}

void UserExtractionTest::tastesCarryOverIntoPromptsAboutPeople()
{
    const test::Temporary folder;
    Workspace workspace = histories(folder);
    std::vector<std::string> aboutPeople;
    std::vector<std::string> aboutPairs;
    const ScriptedServer server([&](const Json& request) {
        const bool isPair = !request.contains("response_format");
        (isPair ? aboutPairs : aboutPeople).push_back(request["messages"].dump());
        return ScriptedServer::chat(isPair ? "Who likes space films\u202E likes space books." : good);
    });

    const auto report = extract(workspace, aboutUsers(server.url()), {});

    QVERIFY_OK(report);
    QCOMPARE(aboutPairs.size(), std::size_t{2});
    QVERIFY(aboutPairs[0].find("From films to books") != std::string::npos);
    QVERIFY(aboutPairs[0].find("people)") != std::string::npos);
    const auto pairs = UserKnowledge(workspace).pairs(report->id);
    QVERIFY_OK(pairs);
    QCOMPARE(pairs->size(), std::size_t{2});
    QCOMPARE((*pairs)[0].text, std::string("Who likes space films likes space books."));
    QCOMPARE(aboutPeople.size(), std::size_t{10});
    for (const std::string& prompt : aboutPeople) {
        QVERIFY(prompt.find("likes space books.") != std::string::npos);
    }
}

void UserExtractionTest::failedPeopleAreTriedAgain()
{
    const test::Temporary folder;
    Workspace workspace = histories(folder);
    std::atomic<bool> isStubborn = true;
    const ScriptedServer server([&](const Json& request) {
        const bool refuses = isStubborn && request.dump().find("Film 9: rated 3") != std::string::npos;
        return ScriptedServer::chat(refuses ? "no" : good);
    });
    ExtractionRequest request = aboutUsers(server.url());
    request.domains = {"films"};

    const auto report = extract(workspace, request, {});
    QVERIFY_OK(report);
    QCOMPARE(report->failed, 1);
    QCOMPARE(report->items, 5);
    const auto failures = UserKnowledge(workspace).failures(report->id);
    QVERIFY(failures && failures->size() == 1 && failures->front().subject.person == PersonId{6});
    QVERIFY(failures->front().reply.find("no") != std::string::npos);

    isStubborn = false;
    const auto again = extract(workspace, request, {});
    QVERIFY_OK(again);
    QCOMPARE(again->failed, 0);
    QCOMPARE(again->items, 6);
    QCOMPARE(again->calls, 1);
}

/// People come with a second import; one of them is refused at first.
void UserExtractionTest::extensionAsksAboutNewPeopleAlone()
{
    const test::Temporary folder;
    Workspace workspace = histories(folder);
    std::vector<std::string> asked;
    bool isLater = false;
    bool isStubborn = true;
    const ScriptedServer server([&](const Json& request) {
        asked.push_back(request["messages"].dump());
        const bool isPair = !request.contains("response_format");
        const bool refuses = isStubborn && asked.back().find("Film 9: rated 1") != std::string::npos;
        const std::string said = isLater ? R"({"topic": "western", "mood": "dry"})" : good;
        return ScriptedServer::chat(isPair ? (isLater ? "Later." : "So it goes.") : refuses ? "no" : said);
    });
    const auto report = extract(workspace, aboutUsers(server.url()), {});
    QVERIFY_OK(report);
    const std::string before = contentOf(workspace, report->id);
    QVERIFY_OK(workspace.database().execute(test::takenBy(7) + test::takenBy(8)));
    isLater = true;
    asked.clear();

    const auto extended = extract(workspace, {.extractor = {}, .name = "people", .extend = true}, {});

    QVERIFY_OK(extended);
    QCOMPARE(extended->added, std::int64_t{3});
    QCOMPARE(extended->failed, std::int64_t{1}); // person 8 in films
    for (const std::string& prompt : asked) {
        QVERIFY(prompt.find("So it goes.") != std::string::npos); // as it was said to those before
    }
    const UserKnowledge knowledge(workspace);
    QCOMPARE(knowledge.of(report->id, PersonId{7})->front().facets.front().text, std::string("western"));
    isStubborn = false;
    asked.clear();

    const auto again = extract(workspace, requestOf(*KnowledgeStore(workspace).find("people")), {});

    QVERIFY_OK(again);
    QCOMPARE(again->items, 14);
    QCOMPARE(again->failed, 0);
    QCOMPARE(asked.size(), std::size_t{1});
    QVERIFY(asked.front().find("So it goes.") != std::string::npos);
    const auto nobody = extract(workspace, {.extractor = {}, .name = "people", .extend = true}, {});
    QVERIFY_OK(nobody);
    QCOMPARE(nobody->added, std::int64_t{0});
    QVERIFY_OK(workspace.database().execute("DELETE FROM user_facet WHERE person > 6"));
    QCOMPARE(contentOf(workspace, report->id), before);
}

void UserExtractionTest::budgetStopsAndGoesOn()
{
    const test::Temporary folder;
    Workspace workspace = histories(folder);
    std::atomic<std::int64_t> spent = 0;
    const ScriptedServer server([&](const Json& request) {
        spent += 420;
        return ScriptedServer::chat(request.contains("response_format") ? good : "So it goes.", 400, 20);
    });
    ExtractionRequest request = aboutUsers(server.url());
    request.budget.tokens = 5000;

    const auto report = extract(workspace, request, {});
    QVERIFY_OK(report);
    QVERIFY(report->budgetReached);
    QVERIFY(spent <= 5000 && report->items > 0 && report->items < 10);
    QCOMPARE(report->tokensIn + report->tokensOut, spent.load());

    request.budget.tokens = 0;
    const auto rest = extract(workspace, request, {});
    QVERIFY_OK(rest);
    QCOMPARE(rest->items, 10);
    QCOMPARE(server.posts(), 12); // two pairs, ten people: nobody twice
}

void UserExtractionTest::forecastAndPreviewAskNobody()
{
    const test::Temporary folder;
    Workspace workspace = histories(folder);
    const ScriptedServer server([](const Json&) { return ScriptedServer::chat(good); });
    const ExtractionRequest request = aboutUsers(server.url());

    const auto cost = forecast(workspace, request, 0, {});
    const auto shown = preview(workspace, request, ItemId{1}, {}, {});

    QVERIFY_OK(cost);
    QVERIFY_OK(shown);
    QCOMPARE(cost->calls, 12); // two pairs, ten people
    QVERIFY(shown->request.find("Film 2: rated 1 of 5") != std::string::npos);
    QCOMPARE(server.posts(), 0);
}

void UserExtractionTest::sampleIsNotPaidForTwice()
{
    const test::Temporary folder;
    Workspace workspace = histories(folder);
    const ScriptedServer server([](const Json& request) {
        return ScriptedServer::chat(request.contains("response_format") ? good : "So it goes.");
    });
    const ExtractionRequest request = aboutUsers(server.url());

    const auto cost = forecast(workspace, request, 4, {});
    QVERIFY_OK(cost);
    QCOMPARE(cost->calls, 6);
    QCOMPARE(server.posts(), 6); // both pairs, which prompts about people quote, and four people
    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, 10);
    QCOMPARE(server.posts(), 12);
    QCOMPARE(UserKnowledge(workspace).pairs(report->id)->size(), std::size_t{2});
}

void UserExtractionTest::historiesAreRedacted()
{
    const test::Temporary folder;
    Workspace workspace = histories(folder);
    QVERIFY_OK(
        workspace.database().execute("UPDATE item SET title = 'Write to jo@mail.example' WHERE domain = 1"));
    std::string seen;
    const ScriptedServer server([&](const Json& request) {
        seen += request.dump();
        return ScriptedServer::chat(request.contains("response_format") ? good : "So it goes.");
    });
    const auto shown = preview(workspace, aboutUsers(server.url()), ItemId{1}, {}, {});
    QVERIFY_OK(shown);
    QCOMPARE(shown->redactions.addresses, 3); // three films were taken
    QVERIFY(shown->request.find("[e-mail]") != std::string::npos &&
            shown->request.find("jo@mail") == std::string::npos);

    QVERIFY_OK(extract(workspace, aboutUsers(server.url()), {}));

    QVERIFY(seen.find("[e-mail]") != std::string::npos && seen.find("jo@mail") == std::string::npos);
}

void UserExtractionTest::shortHistoriesAreLeftOut()
{
    const test::Temporary folder;
    Workspace workspace = histories(folder);
    const ScriptedServer server([](const Json&) { return ScriptedServer::chat(good); });
    ExtractionRequest request = aboutUsers(server.url());
    request.settings["min-history"] = 4; // training has three of each

    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QCOMPARE(report->items, 0);
    QCOMPARE(report->without, 10);
    QCOMPARE(server.posts(), 0);
    QVERIFY(!preview(workspace, request, ItemId{1}, {}, {}));
}

void UserExtractionTest::methodsCannotTakeItForKnowledgeOfItems()
{
    const test::Temporary folder;
    Workspace workspace = histories(folder);
    const ScriptedServer server([](const Json&) { return ScriptedServer::chat(good); });
    QVERIFY_OK(extract(workspace, aboutUsers(server.url()), {}));
    const ItemId items[] = {ItemId{1}};

    const auto loaded = loadKnowledge(workspace, "people", DomainId{1}, items);

    QVERIFY(!loaded);
    QVERIFY(describe(loaded.error()).find("people") != std::string::npos);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::UserExtractionTest)
#include "UserExtractionTest.moc"
