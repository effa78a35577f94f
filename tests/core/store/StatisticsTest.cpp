#include "core/store/Statistics.h"
#include "core/base/Random.h"
#include "tests/support/Interactions.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>
#include <fmt/format.h>

#include <cmath>
#include <map>
#include <set>

namespace transept {

class StatisticsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }
    void countsAgreeWithCountingOneByOne();
    void personWithTwoAccountsIsOneUserAndLinksPlatforms();
    void textsAndWorksOfItemsAreCounted();
    void emptyWorkspaceAndEmptyDomainHaveZeros();
    void domainThatWasPutAsideIsNotCounted();
    void fewValuesHaveABarEach();
    void manyValuesShareFortyBars();
    void countsThatSpanDecadesHaveBarsInTheLogarithm();
    void curvesAreSortedAndAddUp();
    void spreadJoinsTheAccountsOfAPerson();
    void interactionsOfNobodyAreNoPersons();
    void stopEndsTheCounting();

private:
    DomainCurves curvesOf(const Workspace& workspace, std::string_view domain) const
    {
        return domainCurves(workspace, Catalog(workspace).domain(domain)->id, {}).value();
    }

    std::optional<test::Temporary> m_folder;
};

namespace {

struct Seen
{
    std::string user;
    std::string item;
    std::int64_t time = 0;
};

using SeenByDomain = std::map<std::string, std::vector<Seen>>;

/// 400 events in each of four domains; the later a domain, the more users.
SeenByDomain drawnEvents()
{
    SeenByDomain seen;
    Random random(3);
    std::uint64_t users = 40;
    for (const std::string name : {"books", "films", "games", "music"}) {
        for (int row = 0; row < 400; ++row) {
            seen[name].push_back({.user = fmt::format("u{}", random.below(users)),
                                  .item = fmt::format("{}{}", name.front(), random.below(50)),
                                  .time = static_cast<std::int64_t>(1000 + random.below(100'000))});
        }
        users += 30;
    }
    return seen;
}

/// As fill() takes them.
std::string pictureOf(const SeenByDomain& domains)
{
    std::string picture;
    for (const auto& [name, events] : domains) {
        picture += name + ": ";
        for (const Seen& each : events) {
            picture += fmt::format("{} {} 4@{}, ", each.user, each.item, each.time);
        }
        picture += "\n";
    }
    return picture;
}

std::int64_t total(const std::vector<std::int64_t>& counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

std::int64_t total(const std::vector<HistogramBar>& bars)
{
    return std::accumulate(bars.begin(),
                           bars.end(),
                           std::int64_t{0},
                           [](std::int64_t sum, const HistogramBar& bar) { return sum + bar.count; });
}

} // namespace

void StatisticsTest::countsAgreeWithCountingOneByOne()
{
    const SeenByDomain seen = drawnEvents();
    const Workspace workspace = m_folder->workspace();
    test::fill(workspace, pictureOf(seen));

    const Result<WorkspaceStatistics> found = statistics(workspace, {});

    QVERIFY_OK(found);
    QCOMPARE(found->domains.size(), seen.size());
    std::map<std::string, std::set<std::string>> users;
    std::map<std::string, int> domainsOfUser;
    for (const DomainStatistics& domain : found->domains) {
        const std::vector<Seen>& rows = seen.at(domain.domain.name);
        std::set<std::string> items;
        std::set<std::int64_t> times;
        for (const Seen& each : rows) {
            users[domain.domain.name].insert(each.user);
            items.insert(each.item);
            times.insert(each.time);
        }
        for (const std::string& user : users[domain.domain.name]) {
            ++domainsOfUser[user];
        }
        QCOMPARE(domain.interactions, static_cast<std::int64_t>(rows.size()));
        QCOMPARE(domain.users, static_cast<std::int64_t>(users[domain.domain.name].size()));
        QCOMPARE(domain.items, static_cast<std::int64_t>(items.size()));
        QCOMPARE(domain.activeItems, static_cast<std::int64_t>(items.size()));
        QCOMPARE(domain.firstTime, std::optional(*times.begin()));
        QCOMPARE(domain.lastTime, std::optional(*times.rbegin()));
        QCOMPARE(domain.density,
                 400.0 / static_cast<double>(domain.users) / static_cast<double>(items.size()));
    }
    QCOMPARE(found->overlap.size(), std::size_t{6});
    std::set<std::pair<std::string, std::string>> pairs;
    for (const Overlap& pair : found->overlap) {
        QVERIFY(pair.a < pair.b && pairs.emplace(pair.a, pair.b).second);
        std::vector<std::string> both;
        std::ranges::set_intersection(users.at(pair.a), users.at(pair.b), std::back_inserter(both));
        QCOMPARE(pair.users, static_cast<std::int64_t>(both.size()));
    }
    QCOMPARE(found->persons, static_cast<std::int64_t>(domainsOfUser.size()));
    QCOMPARE(found->sharedPersons,
             std::ranges::count_if(domainsOfUser, [](const auto& each) { return each.second > 1; }));
}

void StatisticsTest::personWithTwoAccountsIsOneUserAndLinksPlatforms()
{
    const Workspace workspace = m_folder->workspace();
    test::fill(workspace, "books/web: ann dune 5, bob dune 3; music/radio: ann abba 1, eve abba 2");
    QCOMPARE(statistics(workspace, {})->overlap.front().users, 0);

    test::joinPeople(workspace, "ann");

    const Result<WorkspaceStatistics> found = statistics(workspace, {});
    QVERIFY_OK(found);
    QCOMPARE(found->overlap.front().users, 1);
    QCOMPARE(found->persons, 3);
    QCOMPARE(found->sharedPersons, 1);
}

void StatisticsTest::textsAndWorksOfItemsAreCounted()
{
    const Workspace workspace = m_folder->workspace();
    test::fill(workspace, "books: ann dune 5, ann emma 4, - it, - cujo; films: bob dune 3, bob alien 3");
    QVERIFY_OK(workspace.database().execute(
        "UPDATE item SET title = NULL;"
        "UPDATE item SET title = 'Dune', work = 9 WHERE key = 'dune';"
        "INSERT INTO item_field SELECT id, 'genre', 'horror' FROM item WHERE key = 'it';"
        "INSERT INTO item_field SELECT id, 'genre', '' FROM item WHERE key = 'emma'"));

    const Result<WorkspaceStatistics> found = statistics(workspace, {});

    QVERIFY_OK(found);
    const DomainStatistics& books = found->domains.front();
    QCOMPARE(books.items, 3); // cujo has neither interaction nor description
    QCOMPARE(books.activeItems, 2);
    QCOMPARE(books.texts, 2);
    QCOMPARE(found->overlap.front().items, 1);
    QCOMPARE(found->overlap.front().users, 0);
}

void StatisticsTest::emptyWorkspaceAndEmptyDomainHaveZeros()
{
    const Workspace workspace = m_folder->workspace();
    QVERIFY(statistics(workspace, {})->domains.empty());

    const Result<Domain> books = Catalog(workspace).ensureDomain("books", "web", FeedbackKind::Explicit);
    QVERIFY_OK(books);

    const Result<WorkspaceStatistics> found = statistics(workspace, {});
    QVERIFY_OK(found);
    QCOMPARE(found->domains.front().interactions, 0);
    QCOMPARE(found->domains.front().density, 0.0);
    QVERIFY(!found->domains.front().firstTime);
    QVERIFY(found->overlap.empty());
    QVERIFY(curvesOf(workspace, "books").values.empty());
}

void StatisticsTest::domainThatWasPutAsideIsNotCounted()
{
    const Workspace workspace = m_folder->workspace();
    test::fill(workspace, "books: ann dune 5; films: ann alien 4; games: ann chess 4");
    QVERIFY_OK(Catalog(workspace).setDeleted(Catalog(workspace).domain("films")->id, true));

    const Result<WorkspaceStatistics> found = statistics(workspace, {});

    QCOMPARE(found->domains.size(), std::size_t{2});
    QCOMPARE(found->overlap.size(), std::size_t{1});
    QCOMPARE(found->overlap.front().b, "games");
}

void StatisticsTest::fewValuesHaveABarEach()
{
    const Workspace workspace = m_folder->workspace();
    test::fill(workspace, "books: a x 1, b x 1, c x 2.5, d x 5, e x 4.5, a y 5, b y 5; films: a z 3");

    const DomainCurves curves = curvesOf(workspace, "books");

    QVERIFY(!curves.logValues);
    const std::vector<std::pair<double, std::int64_t>> expected{{1.0, 2}, {2.5, 1}, {4.5, 1}, {5.0, 3}};
    QCOMPARE(curves.values.size(), expected.size());
    for (std::size_t bar = 0; bar < expected.size(); ++bar) {
        QCOMPARE(curves.values[bar].low, expected[bar].first);
        QCOMPARE(curves.values[bar].count, expected[bar].second);
        QCOMPARE(curves.values[bar].high, bar + 1 < expected.size() ? expected[bar + 1].first : 5.5);
    }
    QCOMPARE(curvesOf(workspace, "films").values.front().count, 1);
}

void StatisticsTest::manyValuesShareFortyBars()
{
    const Workspace workspace = m_folder->workspace();
    std::string picture = "books: ";
    for (int value = -100; value <= 100; ++value) {
        picture += fmt::format("u{} x {}, ", value, value);
    }
    test::fill(workspace, picture);

    const DomainCurves curves = curvesOf(workspace, "books");

    QVERIFY(!curves.logValues);
    QCOMPARE(curves.values.size(), std::size_t{40});
    QCOMPARE(curves.values.front().low, -100.0);
    QCOMPARE(curves.values.back().high, 100.0);
    QCOMPARE(total(curves.values), 201);
    for (std::size_t bar = 0; bar < 40; ++bar) {
        QVERIFY(std::abs(curves.values[bar].high - curves.values[bar].low - 5.0) < 1e-9);
        QCOMPARE(curves.values[bar].count, bar == 39 ? 6 : 5); // the last one holds its upper end too
    }
}

void StatisticsTest::countsThatSpanDecadesHaveBarsInTheLogarithm()
{
    const Workspace workspace = m_folder->workspace();
    std::string picture = "music, implicit: ";
    std::vector<double> values;
    for (int play = 0; play < 200; ++play) {
        values.push_back(std::floor(std::pow(1.06, play)));
        picture += fmt::format("u{} x {}, ", play, values.back());
    }
    test::fill(workspace, picture);

    const DomainCurves curves = curvesOf(workspace, "music");

    QVERIFY(curves.logValues);
    QCOMPARE(curves.values.size(), std::size_t{40});
    QCOMPARE(total(curves.values), 200);
    const double ratio = curves.values[0].high / curves.values[0].low;
    for (std::size_t bar = 0; bar < 40; ++bar) {
        const HistogramBar& each = curves.values[bar];
        QVERIFY(std::abs(each.high / each.low - ratio) < 1e-6);
        QCOMPARE(each.count, std::ranges::count_if(values, [&](double value) {
                     return value >= each.low && (value < each.high || (bar == 39 && value == each.high));
                 }));
    }
}

void StatisticsTest::curvesAreSortedAndAddUp()
{
    const Workspace workspace = m_folder->workspace();
    test::fill(
        workspace,
        "books: ann dune 5, ann emma 4, ann it 3, bob dune 3, eve dune 2, eve it 1; films: ann dune 2");
    test::joinPeople(workspace, "eve");

    const DomainCurves curves = curvesOf(workspace, "books");

    QCOMPARE(curves.userActivity, (std::vector<std::int64_t>{3, 2, 1}));
    QCOMPARE(curves.itemPopularity, (std::vector<std::int64_t>{3, 2, 1}));
    QCOMPARE(total(curves.userActivity), total(curves.values));
}

void StatisticsTest::spreadJoinsTheAccountsOfAPerson()
{
    const Workspace workspace = m_folder->workspace();
    test::fill(workspace,
               "films: ann a 5 test, ann b 2 valid, bob a 4\n"
               "films/web: ann c 1\n"
               "other/shop: ann x 3");
    test::joinPeople(workspace, "ann");
    const DomainId films = Catalog(workspace).domain("films")->id;

    const Result<DomainSpread> all = domainSpread(workspace, films, {}, 4.0, {});
    const Result<DomainSpread> high = domainSpread(workspace, films, 4.0, {}, {});

    QVERIFY_OK(all);
    QVERIFY_OK(high);
    QCOMPARE(all->persons.size(), std::size_t{2});
    QVERIFY(all->persons[0].person == test::personOf(workspace, "ann"));
    QCOMPARE(all->persons[0].all, std::int64_t{3});
    QCOMPARE(all->persons[0].validation, std::int64_t{1});
    QCOMPARE(all->persons[0].test, std::int64_t{1});
    QCOMPARE(all->interactions, std::int64_t{4});
    QCOMPARE(all->positive, std::int64_t{2});
    QCOMPARE(all->catalogue, std::int64_t{3});
    QCOMPARE(high->interactions, std::int64_t{2});
    QCOMPARE(high->positive, std::int64_t{2});
}

/// A damaged file: the account is gone, its interactions are not.
void StatisticsTest::interactionsOfNobodyAreNoPersons()
{
    const Workspace workspace = m_folder->workspace();
    test::fill(workspace, "films: ann a 5, bob a 4, bob b 3");
    const DomainId films = Catalog(workspace).domain("films")->id;
    QVERIFY_OK(workspace.database().execute("PRAGMA foreign_keys = OFF;"
                                            "DELETE FROM account WHERE key = 'ann'"));

    const Result<DomainSpread> spread = domainSpread(workspace, films, {}, {}, {});

    QVERIFY_OK(spread);
    QCOMPARE(spread->persons.size(), std::size_t{1});
    QVERIFY(spread->persons[0].person == test::personOf(workspace, "bob"));
    QCOMPARE(spread->interactions, std::int64_t{2});
}

void StatisticsTest::stopEndsTheCounting()
{
    const Workspace workspace = m_folder->workspace();
    std::string picture = "books: ";
    for (int row = 0; row < 5000; ++row) {
        picture += fmt::format("u{} x{} 3, ", row % 71, row);
    }
    test::fill(workspace, picture);
    std::stop_source stop;
    stop.request_stop();
    const JobContext context{.stop = stop.get_token()};

    const auto counted = statistics(workspace, context);
    const auto curves = domainCurves(workspace, Catalog(workspace).domain("books")->id, context);

    QCOMPARE(counted.error().code, ErrorCode::Cancelled);
    QCOMPARE(curves.error().code, ErrorCode::Cancelled);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::StatisticsTest)
#include "StatisticsTest.moc"
