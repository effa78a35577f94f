#include "core/data/Dataset.h"

#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "tests/support/Interactions.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace transept {

class DatasetTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eventsStandInFileOrder();
    void eventsAreThoseOfTheTable();
    void eventsAreThoseThatTheSelectionKeeps();
    void itemsWithoutInteractionsStayInTheCatalogue();
    void aPersonWithTwoAccountsHasOneRow();
    void accountsOfTwoPlatformsAreTwoUsersUntilJoined();
    void usersOfUnrelatedDomainsHaveNoRow();
    void minValueIsForTheTargetOnly();
    void fewInteractionsAreFilteredUntilAllHaveEnough();
    void coreIsTheLargestOne();
    void scaleAndKindAreThoseOfTheDomain();
    void partsAndTimesComeAlong();
    void equalDataOfAnotherWorkspaceHasTheSameFingerprint();
    void anyDifferenceChangesTheFingerprint();
    void fingerprintIsThatOfEarlierVersions();
    void unrelatedDomainsDoNotChangeTheFingerprint();
    void unknownAndDeletedDomainsAreNotFound();
    void aDomainNamedTwiceIsRefused();
    void nothingLeftIsAnError();
    void stopIsHeardWhileRowsAreRead();
    void threadsReadTheSameEvents();
    void linesOfFilesGiveTheOrder_data();
    void linesOfFilesGiveTheOrder();
    void whatCameLaterIsLeftOut();
    void partsStayBesideTheirEvents();
    void damagedInteractionIsNamed();
    void timeThatNoEventHasIsRefused();
};

namespace {

using test::fill;

Dataset loaded(const Workspace& workspace, const DataSelection& selection)
{
    Result<Dataset> data = loadDataset(workspace, selection, {});
    if (!data) {
        throw std::runtime_error(describe(data.error()));
    }
    return std::move(*data);
}

std::string failureOf(const Workspace& workspace, const DataSelection& selection, ErrorCode code)
{
    const Result<Dataset> data = loadDataset(workspace, selection, {});
    if (data) {
        return "no failure";
    }
    return data.error().code == code ? describe(data.error()) : "another code: " + describe(data.error());
}

std::string textOf(const Workspace& workspace, std::string_view sql, std::int64_t id)
{
    Statement statement = std::move(*workspace.database().prepare(sql));
    statement.bind(1, id);
    return statement.step() ? std::string(statement.text(0)) : std::string();
}

/// "ann dune 5, bob emma 3@100": a domain's events by the users' own keys, in the order in which they stand.
std::string picture(const Workspace& workspace, const Dataset& data, const DomainData& domain)
{
    std::string text;
    for (const Event& event : domain.events) {
        text += fmt::format(
            "{}{} {} {}",
            text.empty() ? "" : ", ",
            textOf(workspace,
                   "SELECT key FROM account WHERE person = ?1 ORDER BY id LIMIT 1",
                   number(data.users[index(event.user)])),
            textOf(workspace, "SELECT key FROM item WHERE id = ?1", number(domain.items[index(event.item)])),
            event.value);
        text += event.time == 0 ? std::string() : fmt::format("@{}", std::int64_t{event.time});
    }
    return text;
}

std::string randomPicture(std::uint64_t seed, std::size_t events, int users, int items)
{
    Random random(seed);
    std::string text = "books: ";
    for (std::size_t at = 0; at < events; ++at) {
        text += fmt::format("u{} i{} {}@{}, ",
                            random.below(static_cast<std::uint64_t>(users)),
                            random.below(static_cast<std::uint64_t>(items)),
                            1 + random.below(5),
                            1 + random.below(1000));
    }
    return text;
}

} // namespace

void DatasetTest::eventsStandInFileOrder()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, "books: zoe dune 5, ann emma 3@100, zoe emma 1");
    fill(workspace, "books: ann dune 2, bob dune 4");

    const Dataset data = loaded(workspace, {.target = "books"});

    QCOMPARE(picture(workspace, data, data.target),
             "zoe dune 5, ann emma 3@100, zoe emma 1, ann dune 2, bob dune 4");
}

namespace {

/// Whether the target holds the interactions that a condition keeps, in file order.
void compareWithTable(const Workspace& workspace, const Dataset& data, const char* condition)
{
    Statement rows = std::move(*workspace.database().prepare(fmt::format(
        "SELECT person, item, value, time, part FROM interaction JOIN account ON account.id = account "
        "WHERE {} ORDER BY import, line, entry, account, item, nth",
        condition)));
    std::size_t at = 0;
    for (; *rows.step(); ++at) {
        const Event& event = data.target.events.at(at);
        QCOMPARE(number(data.users[index(event.user)]), rows.integer(0));
        QCOMPARE(number(data.target.items[index(event.item)]), rows.integer(1));
        QCOMPARE(static_cast<double>(event.value), rows.real(2));
        QCOMPARE(std::int64_t{event.time}, rows.integer(3));
        QCOMPARE(static_cast<std::int64_t>(data.target.partOf(at)), rows.integer(4));
    }
    QCOMPARE(at, data.target.events.size());
}

} // namespace

void DatasetTest::eventsAreThoseOfTheTable()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, randomPicture(1, 400, 50, 30));
    fill(workspace, randomPicture(2, 400, 70, 60));

    const Dataset data = loaded(workspace, {.target = "books"});

    compareWithTable(workspace, data, "1");
    QVERIFY(std::is_sorted(data.users.begin(), data.users.end()));
    QVERIFY(std::is_sorted(data.target.items.begin(), data.target.items.end()));
}

void DatasetTest::eventsAreThoseThatTheSelectionKeeps()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, "books: ann dune 5, ann emma 1, bob dune 4, bob emma 5");

    const Dataset data = loaded(workspace, {.target = "books", .minValue = 4.0});

    QCOMPARE(picture(workspace, data, data.target), "ann dune 5, bob dune 4, bob emma 5");
}

void DatasetTest::itemsWithoutInteractionsStayInTheCatalogue()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, "books: - it, ann dune 5");

    QCOMPARE(loaded(workspace, {.target = "books"}).target.items.size(), std::size_t{2});
    QCOMPARE(loaded(workspace, {.target = "books", .minItem = 1}).target.items.size(), std::size_t{1});
}

void DatasetTest::aPersonWithTwoAccountsHasOneRow()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, "books: ann dune 5, bob dune 4\n music: ann abba 3, cid abba 2");

    const Dataset data = loaded(workspace, {.target = "books", .sources = {"music"}});

    QCOMPARE(data.users.size(), std::size_t{3});
    QVERIFY(data.target.events[0].user == data.sources[0].events[0].user);
}

void DatasetTest::accountsOfTwoPlatformsAreTwoUsersUntilJoined()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, "books: ann dune 5\n music/shop: ann abba 3");
    QCOMPARE(loaded(workspace, {.target = "books", .sources = {"music"}}).users.size(), std::size_t{2});

    test::joinPeople(workspace, "ann");

    QCOMPARE(loaded(workspace, {.target = "books", .sources = {"music"}}).users.size(), std::size_t{1});
}

void DatasetTest::usersOfUnrelatedDomainsHaveNoRow()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, "music: zoe abba 3; books: ann dune 5; games: ann go 5, bob chess 1");

    const Dataset data = loaded(workspace, {.target = "books", .sources = {"games"}});

    QCOMPARE(data.users, (std::vector{test::personOf(workspace, "ann"), test::personOf(workspace, "bob")}));
}

void DatasetTest::minValueIsForTheTargetOnly()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, "books: ann dune 5, bob dune 1; music: ann abba 1, cid abba 2");

    const Dataset data = loaded(workspace, {.target = "books", .sources = {"music"}, .minValue = 3.0});

    QCOMPARE(picture(workspace, data, data.target), "ann dune 5");
    QCOMPARE(picture(workspace, data, data.sources[0]), "ann abba 1, cid abba 2");
}

void DatasetTest::fewInteractionsAreFilteredUntilAllHaveEnough()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    // cid has two only as long as "solo" counts, which cid alone has read; bob loses nothing.
    fill(workspace,
         "books: ann dune 5, ann emma 4, bob dune 3, bob emma 2, cid dune 5, cid solo 1; music: cid abba 1");

    const Dataset data =
        loaded(workspace, {.target = "books", .sources = {"music"}, .minUser = 2, .minItem = 2});

    QCOMPARE(picture(workspace, data, data.target), "ann dune 5, ann emma 4, bob dune 3, bob emma 2");
    QCOMPARE(picture(workspace, data, data.sources[0]), "cid abba 1");
    QCOMPARE(data.target.items.size(), std::size_t{2});
    QCOMPARE(data.users.size(), std::size_t{3});
}

void DatasetTest::coreIsTheLargestOne()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, randomPicture(5, 360, 60, 60));
    const Dataset all = loaded(workspace, {.target = "books"});
    std::vector<std::pair<PersonId, ItemId>> left;
    for (const Event& event : all.target.events) {
        left.emplace_back(all.users[index(event.user)], all.target.items[index(event.item)]);
    }
    for (std::size_t before = 0; before != left.size();) { // one interaction at a time, in any order
        before = left.size();
        for (std::size_t at = 0; at < left.size(); ++at) {
            const auto of = [&](const auto& part) {
                return std::count_if(
                    left.begin(), left.end(), [&](const auto& pair) { return part(pair) == part(left[at]); });
            };
            if (of([](const auto& pair) { return pair.first; }) < 4 ||
                of([](const auto& pair) { return pair.second; }) < 4) {
                left.erase(left.begin() + static_cast<std::ptrdiff_t>(at));
                break;
            }
        }
    }

    const Dataset core = loaded(workspace, {.target = "books", .minUser = 4, .minItem = 4});

    QVERIFY(!left.empty());
    QVERIFY(left.size() < all.target.events.size());
    QCOMPARE(core.target.events.size(), left.size());
    for (std::size_t at = 0; at < left.size(); ++at) {
        QVERIFY(core.users[index(core.target.events[at].user)] == left[at].first);
        QVERIFY(core.target.items[index(core.target.events[at].item)] == left[at].second);
    }
}

void DatasetTest::scaleAndKindAreThoseOfTheDomain()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, "books: ann dune 5, ann emma 2; music, implicit: ann abba 12");

    const Dataset data = loaded(workspace, {.target = "books", .sources = {"music"}, .positive = 4.0});

    QVERIFY(data.target.kind == FeedbackKind::Explicit);
    QCOMPARE(data.target.scaleMin, 2.0);
    QCOMPARE(data.target.scaleMax, 5.0);
    QVERIFY(data.sources[0].kind == FeedbackKind::Implicit);
    QCOMPARE(data.sources[0].scaleMax, 1.0);
    QCOMPARE(data.sources[0].events[0].value, 12.0F);
    QCOMPARE(data.positive, std::optional(4.0));
}

void DatasetTest::partsAndTimesComeAlong()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, "books: ann dune 5@-7 train, ann emma 2 valid, bob emma 2@9 test, bob dune 1");

    const Dataset data = loaded(workspace, {.target = "books"});

    QCOMPARE(std::int64_t{data.target.events[0].time}, std::int64_t{-7});
    QCOMPARE(std::int64_t{data.target.events[1].time}, std::int64_t{0});
    QVERIFY(data.target.parts == (std::vector{Part::Train, Part::Validation, Part::Test, Part::None}));
}

void DatasetTest::equalDataOfAnotherWorkspaceHasTheSameFingerprint()
{
    const test::Temporary folder;
    const Workspace first = folder.workspace("first.transept");
    const Workspace second = folder.workspace("second.transept");
    fill(second, "films/cinema: eve heat 5, ann solaris 1"); // shifts every id
    for (const Workspace* workspace : {&first, &second}) {
        fill(*workspace, "books: ann dune 5, bob emma 3@100; music: ann abba 3");
    }
    const DataSelection selection{.target = "books", .sources = {"music"}};

    QVERIFY(test::itemOf(first, "books", "dune") != test::itemOf(second, "books", "dune"));
    QCOMPARE(loaded(first, selection).fingerprint, loaded(second, selection).fingerprint);
    QCOMPARE(loaded(first, selection).fingerprint.size(), std::size_t{64});
}

void DatasetTest::anyDifferenceChangesTheFingerprint()
{
    const test::Temporary folder;
    const std::vector<std::string> pictures{
        "books: ann dune 5@7, bob emma 3; music: ann abba 3",
        "books: ann dune 4@7, bob emma 3; music: ann abba 3",
        "books: ann dune 5@8, bob emma 3; music: ann abba 3",
        "books: ann dune 5@7 test, bob emma 3; music: ann abba 3",
        "books: ann dune 5@7, bob emme 3; music: ann abba 3",
        "books: ann dune 5@7, rob emma 3; music: ann abba 3",
        "books: ann dune 5@7, bob emma 3, - it; music: ann abba 3",
        "books: bob emma 3, ann dune 5@7; music: ann abba 3",
        "books: ann dune 5@7, bob emma 3; music: bob abba 3",
        "books: ann dune 5@7, bob emma 3; music, implicit: ann abba 3",
        "books/shop: ann dune 5@7, bob emma 3; music/shop: ann abba 3",
    };
    std::map<std::string, std::size_t> seen;
    for (std::size_t at = 0; at < pictures.size(); ++at) {
        const Workspace workspace = folder.workspace(fmt::format("{}.transept", at));
        fill(workspace, pictures[at]);
        const auto [before, isNew] =
            seen.emplace(loaded(workspace, {.target = "books", .sources = {"music"}}).fingerprint, at);
        QVERIFY2(isNew, fmt::format("{} and {} look the same", before->second, at).c_str());
    }
    const Workspace workspace = folder.workspace("last.transept");
    fill(workspace, pictures[0]);
    QVERIFY(!seen.contains(loaded(workspace, {.target = "books"}).fingerprint));
    QVERIFY(!seen.contains(
        loaded(workspace, {.target = "books", .sources = {"music"}, .positive = 4.0}).fingerprint));
}

/// Else no run of an earlier version could be opened again.
void DatasetTest::fingerprintIsThatOfEarlierVersions()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace,
         "books: ann dune 5@-7 train, bob emma 3@2147483655 test, ann emma 2.5 valid, bob dune 1@9; "
         "music, implicit: ann abba 12@-1073741823, cid abba 1 train");

    QCOMPARE(fingerprintOf(loaded(workspace, {.target = "books", .sources = {"music"}, .positive = 4.0})),
             std::string("8ef368bb22264e48dab0717f62278b3b45ae3c4cf5ed5e6f6c3a8e8c40db1f1a."
                         "c8d788e16cb636392ca5fa90cb14806b439d69a05bcf3e1620849de9c675c8f0"));
}

void DatasetTest::unrelatedDomainsDoNotChangeTheFingerprint()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, "books: ann dune 5");
    const std::string before = loaded(workspace, {.target = "books"}).fingerprint;

    fill(workspace, "films/cinema: ann heat 5, bob heat 4");
    test::joinPeople(workspace, "ann");

    QCOMPARE(loaded(workspace, {.target = "books"}).fingerprint, before);
}

void DatasetTest::unknownAndDeletedDomainsAreNotFound()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, "books: ann dune 5; music: ann abba 3");
    QVERIFY(workspace.database().execute("UPDATE domain SET deleted = 1 WHERE name = 'music'"));

    QVERIFY(failureOf(workspace, {.target = "boks"}, ErrorCode::NotFound).find("books") != std::string::npos);
    QVERIFY(failureOf(workspace, {.target = "music"}, ErrorCode::NotFound).find("music") !=
            std::string::npos);
    QVERIFY(
        failureOf(workspace, {.target = "books", .sources = {"music"}}, ErrorCode::NotFound).find("music") !=
        std::string::npos);
}

void DatasetTest::aDomainNamedTwiceIsRefused()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, "books: ann dune 5");

    QCOMPARE(failureOf(workspace, {.target = "books", .sources = {"books"}}, ErrorCode::InvalidInput),
             "The domain books is named twice in the selection. Name each domain once, as the target or as a "
             "source.");
}

void DatasetTest::nothingLeftIsAnError()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, "books: ann dune 5; empty: - it");

    QVERIFY(failureOf(workspace, {.target = "empty"}, ErrorCode::InvalidInput).find("no interactions") !=
            std::string::npos);
    QVERIFY(failureOf(workspace, {.target = "books", .minUser = 2}, ErrorCode::InvalidInput)
                .find("Lower data.where.min_user") != std::string::npos);
    QVERIFY(failureOf(workspace, {.target = "books", .minValue = 6.0}, ErrorCode::InvalidInput)
                .find("lower data.where.min_value") != std::string::npos);
}

void DatasetTest::stopIsHeardWhileRowsAreRead()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, randomPicture(1, 5000, 100, 100));
    std::stop_source stop;
    stop.request_stop();

    const Result<Dataset> data = loadDataset(workspace, {.target = "books"}, {.stop = stop.get_token()});

    QVERIFY(!data);
    QVERIFY(data.error().code == ErrorCode::Cancelled);
    QVERIFY(loadDataset(workspace, {.target = "books"}, {})); // the connection is as it was
    QVERIFY(workspace.database().execute("BEGIN; COMMIT"));
}

void DatasetTest::threadsReadTheSameEvents()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, randomPicture(2, 30'000, 20'000, 50));
    const auto readBy = [&](int threads) {
        setThreadCount(threads);
        Dataset data = loaded(workspace, {.target = "books"});
        setThreadCount(0);
        return data;
    };

    const Dataset alone = readBy(1);
    const Dataset together = readBy(4);

    QCOMPARE(fingerprintOf(together), fingerprintOf(alone));
    QVERIFY(std::equal(alone.target.events.begin(),
                       alone.target.events.end(),
                       together.target.events.begin(),
                       together.target.events.end(),
                       [](const Event& a, const Event& b) {
                           return a.user == b.user && a.item == b.item && a.time == b.time;
                       }));
}

void DatasetTest::linesOfFilesGiveTheOrder_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<bool>("isTold"); // what the imports read
    QTest::addColumn<int>("files");
    QTest::newRow("a line each") << "" << true << 2;
    QTest::newRow("imports that tell nothing") << "" << false << 2;
    QTest::newRow("behind a header") << "UPDATE interaction SET line = line + 1" << true << 2;
    QTest::newRow("with gaps") << "DELETE FROM interaction WHERE line % 7 = 3" << true << 2;
    QTest::newRow("hardly any") << "DELETE FROM interaction WHERE line % 50 > 0" << true << 2;
    QTest::newRow("in reverse") << "UPDATE interaction SET line = 6001 - line" << true << 2;
    QTest::newRow("two on a line") << "UPDATE interaction SET line = (line + 1) / 2, entry = (line + 1) % 2"
                                   << true << 2;
    QTest::newRow("two at one place")
        << "UPDATE interaction SET line = line - 1 WHERE line % 100 = 0" << true << 2;
    QTest::newRow("no line") << "UPDATE interaction SET line = 0 WHERE line = 17" << true << 2;
    QTest::newRow("behind the end") << "UPDATE interaction SET line = 100000 WHERE line = 17" << true << 2;
    QTest::newRow("of no import") << "UPDATE interaction SET import = 99 WHERE line = 17" << true << 2;
    constexpr auto parts = "UPDATE interaction SET part = (line * 7) % 4";
    QTest::newRow("parts") << parts << true << 2;
    QTest::newRow("parts, imports that tell nothing") << parts << false << 2;
    QTest::newRow("imports that name no domain") << "UPDATE import SET domain = NULL" << true << 2;
    QTest::newRow("one file") << "" << true << 1;
    QTest::newRow("one file with gaps") << "DELETE FROM interaction WHERE line % 7 = 3" << true << 1;
    QTest::newRow("one file in reverse") << "UPDATE interaction SET line = 6001 - line" << true << 1;
    QTest::newRow("one file, two on a line")
        << "UPDATE interaction SET line = (line + 1) / 2, entry = (line + 1) % 2" << true << 1;
    QTest::newRow("one file, second entries alone") << "UPDATE interaction SET entry = 1" << true << 1;
    QTest::newRow("one file, behind the end")
        << "UPDATE interaction SET line = 100000 WHERE line = 17" << true << 1;
    QTest::newRow("one file with parts") << parts << true << 1;
}

/// Of one or two files, by a plain query.
void DatasetTest::linesOfFilesGiveTheOrder()
{
    QFETCH(QString, change);
    QFETCH(bool, isTold);
    QFETCH(int, files);
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    for (int file = 0; file < files; ++file) {
        fill(workspace, randomPicture(5 + file, 6'000, 9'000, 50 + 20 * file));
    }
    QVERIFY(workspace.database().execute(change.toStdString()));
    if (isTold) {
        QVERIFY(workspace.database().execute("UPDATE import SET checkpoint_line = 6001, imported = 6000"));
    }
    for (const int threads : {1, 2, 4}) {
        setThreadCount(threads);
        const Dataset data = loaded(workspace, {.target = "books", .minValue = 2});

        compareWithTable(workspace, data, "value >= 2");
    }
    setThreadCount(0);
}

void DatasetTest::whatCameLaterIsLeftOut()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    constexpr auto told = "UPDATE import SET checkpoint_line = 6001, imported = 6000";
    fill(workspace, randomPicture(5, 6'000, 9'000, 50));
    QVERIFY(workspace.database().execute(told));
    const Dataset before = loaded(workspace, {.target = "books"});
    fill(workspace, randomPicture(6, 6'000, 9'000, 50));
    QVERIFY(workspace.database().execute(told));

    const Result<Dataset> after = loadDataset(workspace, {.target = "books"}, {}, before.extent);

    QVERIFY_OK(after);
    QCOMPARE(fingerprintOf(*after), fingerprintOf(before));
    QVERIFY(loaded(workspace, {.target = "books"}).target.events.size() > before.target.events.size());
}

/// Where those are filtered until all have enough; each tells its line by its time.
void DatasetTest::partsStayBesideTheirEvents()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, randomPicture(5, 360, 60, 60));
    QVERIFY(workspace.database().execute("UPDATE interaction SET part = (line * 7) % 4, time = line"));
    for (const char* told : {"UPDATE import SET imported = 0", // then what was read has to be sorted
                             "UPDATE import SET checkpoint_line = 360, imported = 360"}) {
        QVERIFY(workspace.database().execute(told));

        const Dataset data = loaded(workspace, {.target = "books", .minUser = 4, .minItem = 4});

        const DomainData& target = data.target;
        QVERIFY(!target.events.empty());
        QVERIFY(target.events.size() < 360);
        QCOMPARE(target.parts.size(), target.events.size());
        for (std::size_t at = 0; at < target.events.size(); ++at) {
            QCOMPARE(static_cast<std::int64_t>(target.parts[at]), target.events[at].time * 7 % 4);
        }
    }
}

void DatasetTest::damagedInteractionIsNamed()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, "books: ann dune 5");
    QVERIFY(workspace.database().execute("UPDATE interaction SET item = 999"));

    QVERIFY(failureOf(workspace, {.target = "books"}, ErrorCode::Database).find("books") !=
            std::string::npos);
}

void DatasetTest::timeThatNoEventHasIsRefused()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    fill(workspace, "books: ann dune 5");
    for (const std::int64_t time : {EventTime::earliest - 1, EventTime::latest + 1}) {
        QVERIFY(workspace.database().execute(fmt::format("UPDATE interaction SET time = {}", time)));

        QVERIFY(failureOf(workspace, {.target = "books"}, ErrorCode::InvalidInput).find("2071") !=
                std::string::npos);
    }
    for (const std::int64_t time : {EventTime::earliest, EventTime::latest}) {
        QVERIFY(workspace.database().execute(fmt::format("UPDATE interaction SET time = {}", time)));

        QCOMPARE(std::int64_t{loaded(workspace, {.target = "books"}).target.events.front().time}, time);
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::DatasetTest)
#include "DatasetTest.moc"
