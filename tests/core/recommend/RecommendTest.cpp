#include "core/recommend/Recommend.h"

#include "core/knowledge/Extractor.h"
#include "tests/support/Datasets.h"
#include "tests/support/Runs.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <set>

namespace transept {

class RecommendTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void listIsTheStoredOne();
    void nothingSeenIsRecommended();
    void someItemsAreRankedAlone();
    void confirmedItemsAreThoseOfTheTestPart();
    void reasonsAreTheUsersOwnItems();
    void sharesCountAllContributionsOfADomain();
    void kfmfNamesItemsOfTheUserAndFacetsOfTheItem();
    void deviationsAreThoseOfTheModel();
    void personOutsideTheDataIsNotFound();
    void userIsFoundByKeyAndPlatform();
    void ambiguousKeyAsksForThePlatform();
    void unknownUserGetsExamples();
    void usersComeByActivity();
    void oneUserIsDescribedAsInTheList();
    void prefixNarrowsTheUsers();
    void fewAndManyUsersComeInTheSameOrder();
    void historyIsByDomainAndLatestFirst();

private:
    std::vector<Recommendation> listFor(PersonId person, int top, bool reasons = false) const;

    test::Temporary m_folder;
    std::optional<Workspace> m_workspace;
    RunId m_run{};
    std::shared_ptr<const FittedRun> m_fitted;
};

std::vector<Recommendation> RecommendTest::listFor(PersonId person, int top, bool reasons) const
{
    return recommend(*m_workspace, *m_fitted, person, {.top = top, .reasons = reasons}, {}).value();
}

void RecommendTest::initTestCase()
{
    m_workspace = m_folder.workspace();
    test::fill(*m_workspace, test::ratingsPicture("films", 60, 50, 15, 1));
    test::fill(*m_workspace, "games/shop: u1 chess 5@10, zoe chess 4, u1 go 3@30, u1 dice 2");
    m_run = test::finishedRun(*m_workspace, {{"method.name", "item-knn"}, {"data.positive", 4}}).id;
    m_fitted = reopen(*m_workspace, m_run, {}).value();
}

void RecommendTest::listIsTheStoredOne()
{
    for (const StoredList& stored : test::valueOf(RunStore(*m_workspace).lists(m_run))) {
        const std::vector<Recommendation> list =
            listFor(stored.person, static_cast<int>(stored.items.size()));
        QCOMPARE(list.size(), stored.items.size());
        for (std::size_t place = 0; place < list.size(); ++place) {
            QCOMPARE(number(list[place].item), number(stored.items[place]));
            QCOMPARE(list[place].score, static_cast<double>(stored.scores[place]));
            QCOMPARE(list[place].rank, static_cast<int>(place) + 1);
        }
    }
}

void RecommendTest::someItemsAreRankedAlone()
{
    const PersonId person = test::personOf(*m_workspace, "u5");
    const std::vector<Recommendation> all = listFor(person, 1000);
    QVERIFY(all.size() > 12);
    std::vector<ItemId> among{all[11].item, all[3].item, all[7].item, ItemId{999'999}};
    std::ranges::sort(among);

    const ListRequest request{.top = 10, .among = std::span<const ItemId>(among)};
    const auto list = test::valueOf(recommend(*m_workspace, *m_fitted, person, request, {}));

    QCOMPARE(list.size(), std::size_t{3});
    const std::size_t places[] = {3, 7, 11};
    for (std::size_t at = 0; at < list.size(); ++at) {
        QVERIFY(list[at].item == all[places[at]].item);
        QCOMPARE(list[at].score, all[places[at]].score);
        QCOMPARE(list[at].rank, static_cast<int>(at) + 1);
    }
}

void RecommendTest::nothingSeenIsRecommended()
{
    const PersonId person = test::personOf(*m_workspace, "u7");
    const auto row = static_cast<UserRow>(
        std::lower_bound(m_fitted->data.users.begin(), m_fitted->data.users.end(), person) -
        m_fitted->data.users.begin());
    std::set<std::int64_t> seen;
    for (const ItemRow item : m_fitted->parts.training->target.interactions.itemsOf(row)) {
        seen.insert(number(m_fitted->data.target.items[index(item)]));
    }

    const std::vector<Recommendation> list = listFor(person, 1000);

    QVERIFY(!seen.empty());
    QVERIFY(list.size() <= m_fitted->data.target.items.size() - seen.size());
    for (const Recommendation& each : list) {
        QVERIFY(!seen.contains(number(each.item)));
    }
}

void RecommendTest::confirmedItemsAreThoseOfTheTestPart()
{
    std::size_t confirmed = 0;
    std::size_t relevant = 0;
    for (const StoredList& stored : test::valueOf(RunStore(*m_workspace).lists(m_run))) {
        const std::set<ItemId> expected(stored.relevant.begin(), stored.relevant.end());
        relevant += expected.size();
        for (const Recommendation& each : listFor(stored.person, 1000)) {
            QCOMPARE(each.confirmed, expected.contains(each.item));
            confirmed += each.confirmed ? 1 : 0;
        }
    }
    QCOMPARE(confirmed, relevant);
}

void RecommendTest::reasonsAreTheUsersOwnItems()
{
    const PersonId person = test::personOf(*m_workspace, "u3");
    std::set<std::string> own;
    for (const HistoryEntry& entry : test::valueOf(history(*m_workspace, person))) {
        own.insert(entry.key);
    }

    const std::vector<Recommendation> list = listFor(person, 5, true);

    std::size_t reasons = 0;
    for (const Recommendation& each : list) {
        QVERIFY(each.reasons.size() <= 5);
        for (const Reason& reason : each.reasons) {
            ++reasons;
            QCOMPARE(reason.kind, std::string("item"));
            QCOMPARE(reason.domain, std::string("films"));
            QVERIFY(own.contains(reason.key));
        }
    }
    QVERIFY(reasons > 0);
}

void RecommendTest::sharesCountAllContributionsOfADomain()
{
    const Workspace workspace = m_folder.workspace("shares.transept");
    test::fill(workspace, test::ratingsPicture("films", 40, 40, 20, 1));
    test::fill(workspace, test::ratingsPicture("books", 40, 40, 20, 2));
    const RunId run =
        test::finishedRun(workspace, {{"method.name", "item-knn"}, {"data.sources", Json{"books"}}}).id;
    const auto fitted = test::valueOf(reopen(workspace, run, {}));
    const PersonId person = test::personOf(workspace, "u3");
    const auto row =
        static_cast<UserRow>(std::lower_bound(fitted->data.users.begin(), fitted->data.users.end(), person) -
                             fitted->data.users.begin());

    const Recommendation first =
        test::valueOf(recommend(workspace, *fitted, person, {.top = 1, .reasons = true}, {})).front();

    const auto item = static_cast<ItemRow>(std::ranges::find(fitted->data.target.items, first.item) -
                                           fitted->data.target.items.begin());
    double films = 0.0;
    double all = 0.0;
    for (const Contribution& each : fitted->model->contributions(row, item)) {
        films += each.domain < 0 ? std::abs(static_cast<double>(each.weight)) : 0.0;
        all += std::abs(static_cast<double>(each.weight));
    }
    QCOMPARE(first.shares.size(), std::size_t{2});
    QVERIFY(first.shares[0].second >= first.shares[1].second);
    for (const auto& [domain, share] : first.shares) {
        QVERIFY(std::abs(share - (domain == "films" ? films : all - films) / all) < 1e-9);
    }
}

void RecommendTest::kfmfNamesItemsOfTheUserAndFacetsOfTheItem()
{
    Workspace workspace = m_folder.workspace("facets.transept");
    test::fill(workspace, test::ratingsPicture("films", 40, 40, 20, 1));
    test::fill(workspace, test::ratingsPicture("books", 40, 40, 20, 2));
    QVERIFY_OK(workspace.database().execute(
        "INSERT INTO item_field(item, name, value) SELECT id, 'genre', CASE id % 3 WHEN 0 THEN 'Space'"
        " WHEN 1 THEN 'Family' ELSE 'Crime' END FROM item"));
    QVERIFY_OK(extract(workspace, {.extractor = "lexical", .name = "words"}, {}));
    const RunId run = test::finishedRun(workspace,
                                        {{"method.name", "kfmf"},
                                         {"method.epochs", 5},
                                         {"knowledge", "words"},
                                         {"data.sources", Json{"books"}}})
                          .id;
    const auto fitted = test::valueOf(reopen(workspace, run, {}));
    const PersonId person = test::personOf(workspace, "u3");

    std::set<std::pair<std::string, std::string>> kinds; // with their domains
    for (const Recommendation& each :
         test::valueOf(recommend(workspace, *fitted, person, {.top = 3, .reasons = true}, {}))) {
        for (const Reason& reason : each.reasons) {
            kinds.emplace(reason.kind, reason.domain);
        }
    }

    QCOMPARE(kinds,
             (std::set<std::pair<std::string, std::string>>{
                 {"facet", "films"}, {"item", "books"}, {"item", "films"}}));
}

void RecommendTest::deviationsAreThoseOfTheModel()
{
    const RunId run =
        test::finishedRun(*m_workspace, {{"method.name", "bayesian-mf"}, {"method.samples", 10}}).id;
    const auto fitted = reopen(*m_workspace, run, {}).value();
    const PersonId person = test::personOf(*m_workspace, "u7");
    const auto row = static_cast<UserRow>(std::ranges::lower_bound(fitted->data.users, person) -
                                          fitted->data.users.begin());

    const auto list = recommend(*m_workspace, *fitted, person, {.top = 5}, {}).value();

    QCOMPARE(list.size(), std::size_t{5});
    for (const Recommendation& each : list) {
        const auto item =
            static_cast<ItemRow>(std::ranges::lower_bound(fitted->data.target.items, each.item) -
                                 fitted->data.target.items.begin());
        float expected = 0.0F;
        QVERIFY(fitted->model->deviations(row, {&item, 1}, {&expected, 1}));
        QCOMPARE(each.deviation.value(), static_cast<double>(expected));
    }
    QVERIFY(!listFor(person, 1).front().deviation); // item-knn cannot say
}

void RecommendTest::personOutsideTheDataIsNotFound()
{
    const auto list =
        recommend(*m_workspace, *m_fitted, test::personOf(*m_workspace, "zoe", "shop"), {.top = 5}, {});

    QCOMPARE(list.error().code, ErrorCode::NotFound);
}

void RecommendTest::userIsFoundByKeyAndPlatform()
{
    QCOMPARE(number(findPerson(*m_workspace, "zoe", "").value()),
             number(test::personOf(*m_workspace, "zoe", "shop")));
    QCOMPARE(number(findPerson(*m_workspace, "u1", "shop").value()),
             number(test::personOf(*m_workspace, "u1", "shop")));
}

void RecommendTest::ambiguousKeyAsksForThePlatform()
{
    const Result<PersonId> person = findPerson(*m_workspace, "u1", "");

    QCOMPARE(person.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(person.error()).find("web, shop") != std::string::npos);
}

void RecommendTest::unknownUserGetsExamples()
{
    const Result<PersonId> person = findPerson(*m_workspace, "nobody", "");

    QCOMPARE(person.error().code, ErrorCode::NotFound);
    QVERIFY(describe(person.error()).find("for example u1") != std::string::npos);
}

void RecommendTest::usersComeByActivity()
{
    const std::vector<UserSummary> found = users(*m_workspace, "", 1000).value();

    QCOMPARE(found.size(), std::size_t{62});
    std::int64_t previous = std::numeric_limits<std::int64_t>::max();
    for (const UserSummary& user : found) {
        std::int64_t total = 0;
        for (const auto& [domain, count] : user.interactions) {
            total += count;
        }
        QVERIFY(total <= previous);
        previous = total;
    }
    QCOMPARE(users(*m_workspace, "", 7).value().size(), std::size_t{7});
}

void RecommendTest::oneUserIsDescribedAsInTheList()
{
    for (const UserSummary& listed : test::valueOf(users(*m_workspace, "", 5))) {
        const UserSummary alone = test::valueOf(user(*m_workspace, listed.person));
        QCOMPARE(alone.key, listed.key);
        QCOMPARE(alone.platform, listed.platform);
        QCOMPARE(alone.interactions, listed.interactions);
    }
    QCOMPARE(user(*m_workspace, PersonId{987'654}).error().code, ErrorCode::NotFound);
}

void RecommendTest::prefixNarrowsTheUsers()
{
    const std::vector<UserSummary> found = users(*m_workspace, "u1", 100).value();

    QCOMPARE(found.size(), std::size_t{12}); // u1 on two platforms, u10 ... u19
    for (const UserSummary& user : found) {
        QVERIFY(user.key.starts_with("u1"));
    }
    QVERIFY(users(*m_workspace, "x", 100).value().empty());
    const UserSummary zoe = users(*m_workspace, "zoe", 100).value().front();
    QCOMPARE(zoe.platform, std::string("shop"));
    QVERIFY((zoe.interactions == std::vector<std::pair<std::string, std::int64_t>>{{"games", 1}}));
}

void RecommendTest::fewAndManyUsersComeInTheSameOrder()
{
    const Workspace workspace = m_folder.workspace("many.transept");
    test::fill(workspace, test::ratingsPicture("films", 2'400, 12, 3, 1));
    test::fill(workspace, test::ratingsPicture("books", 900, 12, 3, 2));
    std::vector<std::string> expected;
    for (const UserSummary& each :
         test::valueOf(users(workspace, "", 5'000))) { // more than are counted singly
        if (each.key.starts_with("u1")) {
            expected.push_back(each.key);
        }
    }

    std::vector<std::string> found;
    for (const UserSummary& each : test::valueOf(users(workspace, "u1", 5'000))) {
        found.push_back(each.key);
    }

    QVERIFY(expected.size() > 800);
    QCOMPARE(found, expected);
}

void RecommendTest::historyIsByDomainAndLatestFirst()
{
    test::joinPeople(*m_workspace, "u1");

    const std::vector<HistoryEntry> entries =
        history(*m_workspace, test::personOf(*m_workspace, "u1")).value();

    std::vector<std::string> games;
    std::int64_t films = 0;
    for (const HistoryEntry& entry : entries) {
        if (entry.domain == "games") {
            games.push_back(entry.key);
            QCOMPARE(entry.scaleMax, 5.0);
        } else {
            ++films;
        }
    }
    QCOMPARE(games, (std::vector<std::string>{"go", "chess", "dice"}));
    QVERIFY(films > 5);
    QVERIFY(!entries.front().implicitFeedback);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::RecommendTest)
#include "RecommendTest.moc"
