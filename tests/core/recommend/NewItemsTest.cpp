#include "core/base/Parallel.h"
#include "core/base/Words.h"
#include "core/recommend/Recommend.h"
#include "tests/support/EveryMethod.h"
#include "tests/support/Manual.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <set>

namespace transept {

/// Items that came after a run had read its data, in its lists.
class NewItemsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void itemsAreThoseThatKnownPeopleHadToDoWith();
    void listRanksThemAmongTheOthers();
    void whoHadToDoWithOneIsNotRecommendedIt();
    void reasonsAreOfKnownItems();
    void tooLowInteractionsDoNotCount();
    void sameBitsForAnyNumberOfThreads();
    void stopsWhenAsked();
    void newUserIsRefused();
    void methodThatHasToBeTrainedSaysSo();
    void manualNamesTheMethodsThatCanFoldInItems();

private:
    std::shared_ptr<const FittedRun> trained(const char* method, std::map<std::string, Json> changes);

    test::Temporary m_folder;
    std::optional<Workspace> m_workspace;
    std::shared_ptr<const FittedRun> m_run;
};

std::shared_ptr<const FittedRun> NewItemsTest::trained(const char* method,
                                                       std::map<std::string, Json> changes)
{
    changes["method.name"] = method;
    changes["data.sources"] = {"books"};
    return reopen(*m_workspace, test::finishedRun(*m_workspace, changes).id, {}).value();
}

void NewItemsTest::initTestCase()
{
    m_workspace = m_folder.workspace();
    test::fill(*m_workspace, test::ratingsPicture("films", 60, 50, 15, 1));
    test::fill(*m_workspace, test::ratingsPicture("books", 60, 30, 8, 2));
    m_run = trained("cmf", {{"method.epochs", 4}, {"method.factors", 6}});
    test::fill(*m_workspace,
               "films: u2 i901 5@100, u1 i900 5@101, u2 i900 4@102, u9 i900 2@103, newbie i900 1@104,"
               " newbie i902 3@105, newbie i3 5@106");
    test::fill(*m_workspace, "books: u1 i950 5@100");
}

void NewItemsTest::itemsAreThoseThatKnownPeopleHadToDoWith()
{
    const std::vector<NewItem> items = newItems(*m_workspace, *m_run, 1, {}).value();
    QCOMPARE(items.size(), std::size_t{2});
    QCOMPARE(items[0].item, test::itemOf(*m_workspace, "films", "i901"));
    QCOMPARE(items[1].item, test::itemOf(*m_workspace, "films", "i900"));
    QCOMPARE(items[1].interactions.size(), std::size_t{3});
    const std::vector<float> values{5.0F, 4.0F, 2.0F};
    const std::vector<const char*> users{"u1", "u2", "u9"};
    for (std::size_t at = 0; at < values.size(); ++at) {
        const Event& event = items[1].interactions[at];
        QCOMPARE(event.value, values[at]);
        QCOMPARE(m_run->data.users[index(event.user)], test::personOf(*m_workspace, users[at]));
        QCOMPARE(std::int64_t{event.time}, std::int64_t{101} + static_cast<std::int64_t>(at));
    }
    const std::vector<NewItem> often = newItems(*m_workspace, *m_run, 2, {}).value();
    QCOMPARE(often.size(), std::size_t{1});
    QCOMPARE(often.front().item, items[1].item);
    QVERIFY(newItems(*m_workspace, *m_run, 4, {})->empty());
}

void NewItemsTest::listRanksThemAmongTheOthers()
{
    const std::vector<NewItem> items = newItems(*m_workspace, *m_run, 1, {}).value();
    const PersonId person = test::personOf(*m_workspace, "u7");
    const auto user =
        static_cast<UserRow>(std::ranges::find(m_run->data.users, person) - m_run->data.users.begin());
    const auto plain = recommend(*m_workspace, *m_run, person, {.top = 1000}, {}).value();
    auto list = recommend(*m_workspace, *m_run, person, {.top = 1000, .newItems = items}, {}).value();
    QCOMPARE(list.size(), plain.size() + items.size());
    for (std::size_t at = 0; at < list.size(); ++at) {
        QCOMPARE(list[at].rank, static_cast<int>(at) + 1);
        QVERIFY(at == 0 || list[at].score <= list[at - 1].score);
    }
    for (const NewItem& each : items) {
        const auto found = std::ranges::find(list, each.item, &Recommendation::item);
        QVERIFY(found != list.end());
        QCOMPARE(found->foldedFrom, std::optional(each.interactions.size()));
        QVERIFY(found->key == "i900" || found->key == "i901");
        float score = 0.0F;
        QVERIFY(m_run->model->foldInItem(each.interactions, {&user, 1}, {&score, 1}));
        QCOMPARE(found->score, static_cast<double>(score));
        list.erase(found);
    }
    for (std::size_t at = 0; at < list.size(); ++at) {
        QCOMPARE(list[at].item, plain[at].item);
        QCOMPARE(list[at].score, plain[at].score);
        QVERIFY(!list[at].foldedFrom);
    }
}

void NewItemsTest::whoHadToDoWithOneIsNotRecommendedIt()
{
    const std::vector<NewItem> items = newItems(*m_workspace, *m_run, 1, {}).value();
    for (const auto& [user, wanted] : {std::pair("u1", 1), std::pair("u2", 0), std::pair("u7", 2)}) {
        const auto list = recommend(
            *m_workspace, *m_run, test::personOf(*m_workspace, user), {.top = 1000, .newItems = items}, {});
        QCOMPARE(std::ranges::count_if(
                     *list, [](const Recommendation& each) { return each.foldedFrom.has_value(); }),
                 wanted);
    }
}

void NewItemsTest::reasonsAreOfKnownItems()
{
    const std::vector<NewItem> items = newItems(*m_workspace, *m_run, 1, {}).value();
    const auto list = recommend(*m_workspace,
                                *m_run,
                                test::personOf(*m_workspace, "u7"),
                                {.top = 1000, .reasons = true, .newItems = items},
                                {});
    for (const Recommendation& each : *list) {
        QCOMPARE(each.reasons.empty(), each.foldedFrom.has_value());
        QVERIFY(!each.foldedFrom || !each.confirmed);
    }
}

void NewItemsTest::tooLowInteractionsDoNotCount()
{
    const Workspace workspace = m_folder.workspace("low.transept");
    test::fill(workspace, test::ratingsPicture("films", 60, 50, 15, 1));
    const RunRecord record = test::finishedRun(
        workspace, {{"method.name", "mf"}, {"method.epochs", 3}, {"data.where.min_value", 3}});
    const auto run = reopen(workspace, record.id, {}).value();
    QVERIFY(newItems(workspace, *run, 1, {})->empty());
    test::fill(workspace, "films: u1 i900 5, u2 i900 2, u3 i901 1");
    const std::vector<NewItem> items = newItems(workspace, *run, 1, {}).value();
    QCOMPARE(items.size(), std::size_t{1});
    QCOMPARE(items.front().interactions.size(), std::size_t{1});
    const auto list =
        recommend(workspace, *run, test::personOf(workspace, "u2"), {.top = 1000, .newItems = items}, {});
    QVERIFY(std::ranges::any_of(*list, [](const Recommendation& each) { return each.key == "i900"; }));
}

void NewItemsTest::sameBitsForAnyNumberOfThreads()
{
    const std::vector<NewItem> two = newItems(*m_workspace, *m_run, 1, {}).value();
    std::vector<NewItem> many;
    for (std::size_t at = 0; at < 40; ++at) {
        many.push_back(two[at % 2]);
        many.back().interactions.front().value = static_cast<float>(at % 5 + 1);
    }
    const auto ials = trained("ials", {{"method.epochs", 3}, {"method.factors", 6}});
    for (const auto& run : {m_run, ials}) {
        std::set<std::vector<float>> results;
        for (const int threads : {1, 2, 4, 8}) {
            setThreadCount(threads);
            results.insert(foldedScores(*run, UserRow{3}, many, {}).value());
        }
        setThreadCount(0);
        QCOMPARE(results.size(), std::size_t{1});
    }
}

void NewItemsTest::stopsWhenAsked()
{
    const std::vector<NewItem> items = newItems(*m_workspace, *m_run, 1, {}).value();
    std::stop_source stop;
    stop.request_stop();
    const JobContext stopped{.stop = stop.get_token()};
    QCOMPARE(newItems(*m_workspace, *m_run, 1, stopped).error().code, ErrorCode::Cancelled);
    QCOMPARE(foldedScores(*m_run, UserRow{1}, items, stopped).error().code, ErrorCode::Cancelled);
}

void NewItemsTest::newUserIsRefused()
{
    const std::vector<NewItem> items = newItems(*m_workspace, *m_run, 1, {}).value();
    const PersonId person = test::personOf(*m_workspace, "newbie");
    const auto list = recommend(*m_workspace, *m_run, person, {.newItems = items}, {});
    QCOMPARE(list.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(list.error()).find("new items") != std::string::npos);
}

void NewItemsTest::methodThatHasToBeTrainedSaysSo()
{
    const auto bpr = trained("bpr", {{"method.epochs", 2}, {"method.factors", 6}});
    QVERIFY(!foldsInItems(*bpr));
    const std::vector<NewItem> items = newItems(*m_workspace, *m_run, 1, {}).value();
    const auto refused = newItems(*m_workspace, *bpr, 1, {});
    const auto list =
        recommend(*m_workspace, *bpr, test::personOf(*m_workspace, "u7"), {.newItems = items}, {});
    for (const Error& error : {refused.error(), list.error()}) {
        QCOMPARE(error.code, ErrorCode::InvalidInput);
        QVERIFY(describe(error).find("bpr") != std::string::npos);
    }
}

void NewItemsTest::manualNamesTheMethodsThatCanFoldInItems()
{
    const Workspace workspace = m_folder.workspace("all.transept");
    test::fillForEveryMethod(workspace, false);
    std::vector<std::string> able;
    for (const MethodDescription& method : methods()) {
        const RunRecord record = test::finishedRun(workspace, test::shortRunOf(method, 2));
        const auto run = reopen(workspace, record.id, {}).value();
        const std::vector<NewItem> items{
            {.item = {}, .interactions = {{.user = UserRow{1}, .value = 5.0F}, {.user = UserRow{2}}}}};
        const auto scores = foldedScores(*run, UserRow{3}, items, {});
        QCOMPARE(scores.has_value(), foldsInItems(*run));
        if (scores) {
            QVERIFY2(std::isfinite(scores->front()), method.name.c_str());
            able.push_back(method.name);
        }
    }
    QCOMPARE(test::listedInManual("Methods that can take them in:"), listed(able));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::NewItemsTest)
#include "NewItemsTest.moc"
