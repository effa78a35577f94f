#include "core/store/Explorer.h"
#include "core/base/Random.h"
#include "tests/support/Interactions.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>
#include <fmt/format.h>
#include <sqlite3.h>

#include <set>

namespace transept {

class ExplorerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void windowsAgreeWithSortingEverything_data();
    void windowsAgreeWithSortingEverything();
    void anchorsAreEveryStepthRow_data() { windowsAgreeWithSortingEverything_data(); }
    void anchorsAreEveryStepthRow();
    void anchorsStopWhenAsked();
    void deepWindowCostsNoMoreThanAnEarlyOne();
    void unknownUserOrItemHasNoRows();
    void rowShowsWhatWasImported();
    void itemsAreFoundByKeyAndTitleWithoutCase();
    void itemsComeInWindowsOfOneDomain();
    void missingItemIsAnError();

private:
    DomainId domain(std::string_view name) const { return Catalog(*m_workspace).domain(name)->id; }
    std::vector<InteractionPlace> expected(const ExplorerFilter& filter) const;

    test::Temporary m_folder;
    std::optional<Workspace> m_workspace;
    struct Known
    {
        InteractionPlace place;
        std::string user;
        std::string item;
    };
    std::vector<Known> m_films; ///< every interaction of films, in the clustered order
};

namespace {

/// Counts the steps of SQLite's machine while it lives.
class StepCounter
{
public:
    explicit StepCounter(const Database& database) : m_handle(database.handle())
    {
        sqlite3_progress_handler(
            m_handle,
            1,
            [](void* counter) {
                ++static_cast<StepCounter*>(counter)->m_steps;
                return 0;
            },
            this);
    }
    StepCounter(const StepCounter&) = delete;
    StepCounter& operator=(const StepCounter&) = delete;
    ~StepCounter() { sqlite3_progress_handler(m_handle, 0, nullptr, nullptr); }
    std::int64_t steps() const { return m_steps; }

private:
    sqlite3* m_handle;
    std::int64_t m_steps = 0;
};

std::vector<InteractionPlace> placesOf(const std::vector<InteractionRow>& rows)
{
    std::vector<InteractionPlace> places;
    for (const InteractionRow& row : rows) {
        places.push_back(row.place);
    }
    return places;
}

} // namespace

void ExplorerTest::initTestCase()
{
    m_workspace.emplace(m_folder.workspace());
    Random random(1);
    std::string books = "books: ";
    std::string films = "films: ";
    for (int row = 0; row < 3000; ++row) {
        // Few users and items, so that repeated pairs (nth > 0) occur; both domains mixed over the same
        // accounts.
        films += fmt::format("u{} f{} {}@{}, ", random.below(60), random.below(40), random.below(10), row);
        books += fmt::format("u{} b{} 3, ", random.below(60), random.below(40));
    }
    test::fill(*m_workspace, books + "\n" + films + "- f-unseen");

    Result<Statement> rows = m_workspace->database().prepare(
        "SELECT i.account, i.item, i.nth, a.key, t.key FROM interaction i, account a, item t, domain d"
        " WHERE a.id = i.account AND t.id = i.item AND d.id = i.domain AND d.name = 'films'");
    QVERIFY_OK(rows);
    while (rows->step().value()) {
        m_films.push_back({{rows->integer(0), rows->integer(1), rows->integer(2)},
                           std::string(rows->text(3)),
                           std::string(rows->text(4))});
    }
    std::sort(
        m_films.begin(), m_films.end(), [](const Known& a, const Known& b) { return a.place < b.place; });
    QCOMPARE(m_films.size(), std::size_t{3000});
}

std::vector<InteractionPlace> ExplorerTest::expected(const ExplorerFilter& filter) const
{
    std::vector<InteractionPlace> places;
    for (const Known& each : m_films) {
        if ((filter.user.empty() || each.user == filter.user) &&
            (filter.item.empty() || each.item == filter.item)) {
            places.push_back(each.place);
        }
    }
    return places;
}

void ExplorerTest::windowsAgreeWithSortingEverything_data()
{
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<QByteArray>("item");
    QTest::newRow("all") << QByteArray() << QByteArray();
    QTest::newRow("one user") << QByteArray("u7") << QByteArray();
    QTest::newRow("one item") << QByteArray() << QByteArray("f11");
    for (int user = 0; user < 5; ++user) {
        QTest::addRow("pair %d", user) << QByteArray("u") + QByteArray::number(user) << QByteArray("f3");
    }
}

void ExplorerTest::windowsAgreeWithSortingEverything()
{
    QFETCH(QByteArray, user);
    QFETCH(QByteArray, item);
    const ExplorerFilter filter{.user = user.toStdString(), .item = item.toStdString()};
    const std::vector<InteractionPlace> all = expected(filter);
    const Explorer explorer(*m_workspace);

    // From places of the selection, of other rows, and between and beyond rows.
    std::vector<InteractionPlace> starts{{}, {.account = 1'000'000}, {.account = -5, .item = 3, .nth = 2}};
    for (std::size_t at = 0; at < m_films.size(); at += 61) {
        const InteractionPlace place = m_films[at].place;
        starts.push_back(place);
        starts.push_back({place.account, place.item, place.nth + 1});
        starts.push_back({place.account, place.item + 1, 0});
        starts.push_back({place.account + 1, place.item - 1, 5});
    }
    for (std::size_t at = 0; at < all.size(); at += 1 + all.size() / 20) {
        starts.push_back(all[at]);
    }
    for (const InteractionPlace& from : starts) {
        const Result<std::vector<InteractionRow>> window =
            explorer.interactions(domain("films"), filter, from, 13);
        QVERIFY_OK(window);
        const auto first = std::lower_bound(all.begin(), all.end(), from);
        const auto last = first + std::min<std::ptrdiff_t>(13, all.end() - first);
        QVERIFY(placesOf(*window) == std::vector<InteractionPlace>(first, last));
    }
}

void ExplorerTest::anchorsAreEveryStepthRow()
{
    QFETCH(QByteArray, user);
    QFETCH(QByteArray, item);
    const ExplorerFilter filter{.user = user.toStdString(), .item = item.toStdString()};
    const std::vector<InteractionPlace> all = expected(filter);

    for (const int step : {1, 7, 1000, 100'000}) {
        const auto anchors = Explorer(*m_workspace).anchors(domain("films"), filter, step, {});
        QVERIFY_OK(anchors);
        QCOMPARE(anchors->count, static_cast<std::int64_t>(all.size()));
        std::vector<InteractionPlace> places;
        for (std::size_t at = 0; at < all.size(); at += static_cast<std::size_t>(step)) {
            places.push_back(all[at]);
        }
        QVERIFY(anchors->places == places);
    }
}

void ExplorerTest::anchorsStopWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();

    const auto anchors = Explorer(*m_workspace).anchors(domain("films"), {}, 10, {.stop = stop.get_token()});

    QVERIFY(!anchors);
    QCOMPARE(anchors.error().code, ErrorCode::Cancelled);
}

void ExplorerTest::deepWindowCostsNoMoreThanAnEarlyOne()
{
    // A keyset that SQLite searches by its first column only would read the rest of the account or the item.
    const Explorer explorer(*m_workspace);
    for (const ExplorerFilter& filter :
         {ExplorerFilter{}, ExplorerFilter{.user = "u7"}, ExplorerFilter{.item = "f11"}}) {
        const std::vector<InteractionPlace> all = expected(filter);
        const StepCounter counter(m_workspace->database());
        QCOMPARE(explorer.interactions(domain("films"), filter, all.front(), 5)->size(), std::size_t{5});
        const std::int64_t early = counter.steps();
        QCOMPARE(explorer.interactions(domain("films"), filter, all[all.size() - 5], 5)->size(),
                 std::size_t{5});
        const std::int64_t deep = counter.steps() - early;
        QVERIFY2(deep <= early + 50, fmt::format("{} steps against {}", deep, early).c_str());
        QVERIFY(early < 2000);
    }
}

void ExplorerTest::unknownUserOrItemHasNoRows()
{
    const Explorer explorer(*m_workspace);
    for (const ExplorerFilter& filter : {ExplorerFilter{.user = "nobody"},
                                         ExplorerFilter{.item = "nothing"},
                                         ExplorerFilter{.item = "b1"}}) {
        QVERIFY(explorer.interactions(domain("films"), filter, {}, 10)->empty());
        QCOMPARE(explorer.anchors(domain("films"), filter, 10, {})->count, 0);
    }
}

void ExplorerTest::rowShowsWhatWasImported()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    test::fill(workspace, "books: ann dune 4.5@1500000000 test, ann dune 3");
    const DomainId books = Catalog(workspace).domain("books")->id;

    const Result<std::vector<InteractionRow>> rows = Explorer(workspace).interactions(books, {}, {}, 10);

    QVERIFY_OK(rows);
    QCOMPARE(rows->size(), std::size_t{2});
    const InteractionRow& first = rows->front();
    QCOMPARE(first.user, "ann");
    QCOMPARE(first.item, "dune");
    QCOMPARE(first.title, "dune");
    QCOMPARE(first.value, 4.5);
    QCOMPARE(first.time, std::optional<std::int64_t>(1500000000));
    QCOMPARE(first.part, 3);
    QCOMPARE(first.line, 1);
    QCOMPARE(rows->back().place.nth, 1);
    QVERIFY(!rows->back().time);
}

void ExplorerTest::itemsAreFoundByKeyAndTitleWithoutCase()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    test::fill(workspace, "books: ann B-1 5, bob B-1 4, ann b_2 3, ann c%3 3");
    QVERIFY_OK(workspace.database().execute(
        "UPDATE item SET title = 'The Left Hand' WHERE key = 'c%3';"
        "UPDATE item SET title = NULL WHERE key = 'b_2';"
        "INSERT INTO item_field VALUES(1, 'year', '1969'), (1, 'genre', 'novel')"));
    const DomainId books = Catalog(workspace).domain("books")->id;
    const auto keys = [&](std::string_view text) {
        std::vector<std::string> found;
        const auto items = Explorer(workspace).items(books, text, ItemId{0}, 10);
        for (const ItemRecord& each : *items) {
            found.push_back(each.key);
        }
        return found;
    };
    using Keys = std::vector<std::string>;

    QCOMPARE(keys(""), (Keys{"B-1", "b_2", "c%3"}));
    QCOMPARE(keys("b"), (Keys{"B-1", "b_2"}));
    QCOMPARE(keys("_"), (Keys{"b_2"})); // no pattern: letters stand for themselves
    QCOMPARE(keys("%"), (Keys{"c%3"}));
    QCOMPARE(keys("left h"), (Keys{"c%3"}));
    QCOMPARE(keys("right"), Keys{});

    const Result<ItemRecord> first = Explorer(workspace).item(test::itemOf(workspace, "books", "B-1"));
    QVERIFY_OK(first);
    QCOMPARE(first->interactions, 2);
    QCOMPARE(first->fields.size(), std::size_t{2});
    QCOMPARE(first->fields.front().first, "genre");
    QCOMPARE(first->fields.back().second, "1969");
}

void ExplorerTest::itemsComeInWindowsOfOneDomain()
{
    const Explorer explorer(*m_workspace);
    std::set<std::string> seen;
    std::int64_t interactions = 0;
    ItemId last{0};
    for (;;) {
        const Result<std::vector<ItemRecord>> window = explorer.items(domain("films"), "", last, 7);
        QVERIFY_OK(window);
        if (window->empty()) {
            break;
        }
        for (const ItemRecord& each : *window) {
            QVERIFY(each.key.starts_with("f"));
            QVERIFY(seen.insert(each.key).second);
            QVERIFY(each.id > last);
            last = each.id;
            interactions += each.interactions;
        }
    }
    QCOMPARE(seen.size(), std::size_t{41});
    QCOMPARE(interactions, 3000);
}

void ExplorerTest::missingItemIsAnError()
{
    QCOMPARE(Explorer(*m_workspace).item(ItemId{1'000'000}).error().code, ErrorCode::NotFound);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ExplorerTest)
#include "ExplorerTest.moc"
