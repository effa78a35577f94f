#include "core/store/PriceTable.h"
#include "tests/core/knowledge/AskedItems.h"
#include "tests/support/ScriptedServer.h"

#include <QtTest/QTest>

namespace transept {
namespace {

using test::ScriptedServer;

const std::string good = R"({"topic": "a", "mood": "b"})";

/// All that a request gives to read.
std::string textOf(const Json& request)
{
    return request.at("messages").dump();
}

} // namespace

/// What an extraction spends, what it may spend, and what it says that it will.
class BudgetTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<test::Temporary>(); }
    void tokensAreNeverPassed_data();
    void tokensAreNeverPassed();
    void moneyIsNeverPassed();
    void timeIsKept();
    void silentServerIsCountedByTheMost();
    void forecastBySampleHoldsWhatFollows();
    void sampleIsNotPaidForTwice();

private:
    std::unique_ptr<test::Temporary> m_folder;
};

void BudgetTest::tokensAreNeverPassed_data()
{
    QTest::addColumn<int>("budget");
    QTest::addColumn<int>("lines");
    for (const int budget : {1, 1000, 2000, 5000, 10'000}) {
        for (const int lines : {1, 8}) {
            QTest::addRow("%d tokens, %d lines", budget, lines) << budget << lines;
        }
    }
}

void BudgetTest::tokensAreNeverPassed()
{
    QFETCH(int, budget);
    QFETCH(int, lines);
    std::atomic<std::int64_t> spent = 0;
    const ScriptedServer server([&](const Json& request) {
        // As many as a tokenizer can make of it.
        const auto in = static_cast<int>(textOf(request).size() / 2);
        const int out = request["max_tokens"].get<int>();
        spent += in + out;
        return ScriptedServer::chat(good, in, out);
    });
    const std::vector<std::string> titles = test::filmTitles(60);
    Workspace workspace = test::titledItems(*m_folder, "b.transept", titles);
    ExtractionRequest request = test::topicAndMood(server.url());
    request.settings["lines"] = lines;
    request.settings["max_tokens"] = 50;
    request.budget.tokens = budget;

    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QVERIFY(spent <= budget);
    QCOMPARE(report->tokensIn + report->tokensOut, spent.load());
    QVERIFY(report->budgetReached);
    const auto base = KnowledgeStore(workspace).find("facts");
    QCOMPARE(base->state, std::string("interrupted"));
    QVERIFY(budget < 5000 || spent > budget - 1500); // but nearly all of it is used
    request.budget.tokens = 0;
    const auto rest = extract(workspace, request, {});
    QVERIFY_OK(rest);
    const AnswerCounts answers = KnowledgeStore(workspace).find("facts")->answers;
    QCOMPARE(answers.calls, report->calls + rest->calls); // of both times
    QCOMPARE(answers.valid, report->valid + rest->valid);
    QCOMPARE(rest->items, 60);
    QCOMPARE(server.posts(), 60);
}

void BudgetTest::moneyIsNeverPassed()
{
    const ScriptedServer server([&](const Json&) { return ScriptedServer::chat(good, 100, 10); });
    const std::vector<std::string> titles = test::filmTitles(60);
    Workspace workspace = test::titledItems(*m_folder, "m.transept", titles);
    ExtractionRequest request = test::topicAndMood(server.url());
    request.settings["max_tokens"] = 50;
    request.budget.money = 0.02;
    const auto unpriced = extract(workspace, request, {});
    QVERIFY(!unpriced);
    QVERIFY(describe(unpriced.error()).find("price of scripted") != std::string::npos);

    QVERIFY_OK(PriceTable(workspace).set({.model = "scripted", .perMillionIn = 5.0, .perMillionOut = 20.0}));
    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QVERIFY(report->budgetReached);
    QVERIFY(report->money <= 0.02 && report->money > 0.01);
    QCOMPARE(report->money, static_cast<double>(report->calls) * (500.0 + 200.0) * 1e-6);
}

void BudgetTest::timeIsKept()
{
    const ScriptedServer server([&](const Json&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        return ScriptedServer::chat(good);
    });
    const std::vector<std::string> titles = test::filmTitles(60);
    Workspace workspace = test::titledItems(*m_folder, "d.transept", titles);
    ExtractionRequest request = test::topicAndMood(server.url());
    request.budget.seconds = 1.0;

    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QVERIFY(report->budgetReached);
    QVERIFY(report->calls >= 1 && report->calls <= 10);
    QVERIFY(report->seconds < 2.5);
}

void BudgetTest::silentServerIsCountedByTheMost()
{
    const ScriptedServer server([&](const Json&) {
        Json body = Json::parse(ScriptedServer::chat(good).body);
        body.erase("usage");
        return ScriptedServer::Answer{.body = body.dump()};
    });
    Workspace workspace = test::titledItems(*m_folder, "q.transept", {"One", "Two"});
    ExtractionRequest request = test::topicAndMood(server.url());
    request.settings["max_tokens"] = 50;

    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QVERIFY(report->tokensAreBounds);
    QCOMPARE(report->tokensOut, 100);
    QVERIFY(report->tokensIn > 200);
}

void BudgetTest::forecastBySampleHoldsWhatFollows()
{
    const ScriptedServer server([&](const Json& request) {
        return ScriptedServer::chat(good, static_cast<int>(textOf(request).size() / 4), 7);
    });
    std::vector<std::string> titles;
    for (int item = 0; item < 400; ++item) {
        titles.push_back("Film " + std::to_string(item) +
                         std::string(static_cast<std::size_t>(item % 97), 'x'));
    }
    Workspace workspace = test::titledItems(*m_folder, "o.transept", titles);
    QVERIFY_OK(PriceTable(workspace).set({.model = "scripted", .perMillionIn = 1.0, .perMillionOut = 2.0}));
    const ExtractionRequest request = test::topicAndMood(server.url());

    const auto guess = forecast(workspace, request, 0, {});
    QVERIFY_OK(guess);
    QCOMPARE(guess->calls, 400);
    QCOMPARE(guess->sampled, 0);
    QVERIFY(!guess->seconds && guess->money);
    const auto expected = forecast(workspace, request, 20, {});
    QVERIFY_OK(expected);
    QCOMPARE(expected->sampled, 20);
    QCOMPARE(expected->calls, 380);
    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    const auto holds = [](const Expected& figure, double value) {
        return figure.low <= value && value <= figure.high && figure.high - figure.low < 0.5 * figure.value;
    };
    QVERIFY(holds(expected->tokensIn, static_cast<double>(report->tokensIn)));
    QCOMPARE(expected->tokensOut.value, static_cast<double>(report->tokensOut)); // all the same: no interval
    QCOMPARE(expected->tokensOut.low, expected->tokensOut.high);
    QVERIFY(holds(*expected->money, report->money));
    QVERIFY(expected->seconds && expected->seconds->low <= expected->seconds->value);
}

void BudgetTest::sampleIsNotPaidForTwice()
{
    const ScriptedServer server([&](const Json&) { return ScriptedServer::chat(good); });
    Workspace workspace =
        test::titledItems(*m_folder, "p.transept", {"1", "2", "3", "4", "5", "6", "7", "8"});
    const ExtractionRequest request = test::topicAndMood(server.url());

    QCOMPARE(forecast(workspace, request, 5, {})->calls, 3);
    QCOMPARE(server.posts(), 5);
    QVERIFY(KnowledgeStore(workspace).all()->empty());
    const auto report = extract(workspace, request, {});

    QVERIFY_OK(report);
    QCOMPARE(report->fromCache, 5);
    QCOMPARE(server.posts(), 8);
    QCOMPARE(forecast(workspace, request, 5, {})->calls, 0);
    QCOMPARE(server.posts(), 8);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::BudgetTest)
#include "BudgetTest.moc"
