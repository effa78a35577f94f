#include "core/data/Split.h"
#include "core/data/UserGroups.h"

#include "tests/support/Datasets.h"
#include "tests/support/Interactions.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace transept {

/// The protocols that test on other people or in another time, and refitting.
class CrossProtocolsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void periodsAreAssignedByHand_data();
    void periodsAreAssignedByHand();
    void timesOfTrainingAndTestAreApart_data();
    void timesOfTrainingAndTestAreApart();
    void foldsTestEveryLaterPeriodOnce();
    void sourcesAreCutAtTheTimeOfTraining_data();
    void sourcesAreCutAtTheTimeOfTraining();
    void activityGroupsAreThirds_data();
    void activityGroupsAreThirds();
    void domainGroupsAreTheFirstSource();
    void fieldGroupsAreWhatAccountsSay();
    void fieldValuesArePartOfTheFingerprint();
    void testedPeopleAreThoseOfTheirGroups_data();
    void testedPeopleAreThoseOfTheirGroups();
    void historiesAreTheirShare();
    void validationPeopleAreNotTested();
    void aSourceDoesNotChangeTheGroupsByActivity();
    void refitMovesValidationIntoTraining_data();
    void refitMovesValidationIntoTraining();
    void impossibleOnesSayWhatIsMissing_data();
    void impossibleOnesSayWhatIsMissing();
    void stopIsHeard();
};

namespace {

using Kind = SplitSpec::Kind;
using Groups = SplitSpec::Groups;
using Names = std::vector<std::string>;
using test::randomDataset;
using test::valueOf;

Dataset datasetOf(std::string_view text, const Names& sources = {})
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    test::fill(workspace, text);
    return valueOf(loadDataset(workspace, {.target = "books", .sources = sources}, {}));
}

std::string pictureOf(std::string_view text, const SplitSpec& spec)
{
    const Dataset data = datasetOf(text);
    const SplitData parts = valueOf(split(data, spec));
    test::checkParts(data, parts);
    return test::picture(parts.ofTarget);
}

std::set<UserRow> usersOf(const std::vector<Event>& events)
{
    std::set<UserRow> users;
    for (const Event& event : events) {
        users.insert(event.user);
    }
    return users;
}

/// Who is in which group, as "light: ann bob; heavy: cid" without the empty ones.
std::string groupsOf(const Dataset& data, const SplitSpec& spec, const std::vector<std::string>& people)
{
    const UserGroups groups = valueOf(userGroups(data, spec));
    std::string text;
    for (std::size_t group = 0; group < groups.names.size(); ++group) {
        std::string members;
        for (std::size_t user = 0; user < groups.ofUser.size(); ++user) {
            if (groups.ofUser[user] == static_cast<std::int32_t>(group)) {
                members += " " + people[user];
            }
        }
        text += members.empty() ? "" : groups.names[group] + ":" + members + "; ";
    }
    return text;
}

void say(const Workspace& workspace, const char* key, const char* field, const char* value)
{
    const Status said = workspace.database().execute(
        "INSERT INTO account_field(account, name, value) SELECT id, '" + std::string(field) + "', '" + value +
        "' FROM account WHERE key = '" + key + "'");
    if (!said) {
        throw std::runtime_error(describe(said.error()));
    }
}

} // namespace

void CrossProtocolsTest::periodsAreAssignedByHand_data()
{
    QTest::addColumn<QString>("books");
    QTest::addColumn<SplitSpec>("spec");
    QTest::addColumn<QString>("expected");

    constexpr auto eight = "a i 1@1, b i 1@2, a j 1@3, b j 1@4, a k 1@5, b k 1@6, a l 1@7, b l 1@8";
    const auto row = [](const char* name, const char* books, SplitSpec spec, const char* expected) {
        spec.kind = Kind::CrossTime;
        QTest::newRow(name) << QString::fromLatin1(books) << spec << QString::fromLatin1(expected);
    };
    row("the first cut", eight, {.validation = 0.0, .fold = 0, .periods = 4}, "..TT----");
    row("the second cut", eight, {.validation = 0.0, .fold = 1, .periods = 4}, "....TT--");
    row("the last cut", eight, {.validation = 0.0, .fold = 2, .periods = 4}, "......TT");
    row("one period trains", eight, {.validation = 0.0, .fold = 1, .periods = 4, .window = 1}, "--..TT--");
    row("a window that reaches too far",
        eight,
        {.validation = 0.0, .fold = 1, .periods = 4, .window = 9},
        "....TT--");
    row("a gap", eight, {.validation = 0.0, .fold = 0, .periods = 4, .gap = 1}, "..--TT--");
    row("gap and window",
        eight,
        {.validation = 0.0, .fold = 1, .periods = 4, .window = 1, .gap = 1},
        "--..--TT");
    row("the latest half validates", eight, {.validation = 0.5, .fold = 1, .periods = 4}, "..vvTT--");
    row("refit", eight, {.validation = 0.5, .fold = 1, .periods = 4, .refit = true}, "....TT--");
    row("equal times stay together",
        "a i 1@1, b i 1@2, a j 1@2, b j 1@3",
        {.validation = 0.0, .periods = 2},
        ".TTT");
    row("without a time",
        "a i 1, b i 1@2, a j 1@3, b j 1@4, a k 1@5",
        {.validation = 0.0, .fold = 1, .periods = 4, .window = 1},
        ".-.T-");
    row("file order is none",
        "a i 1@4, b i 1@1, a j 1@3, b j 1@2",
        {.validation = 0.0, .periods = 2},
        "T.T.");
}

void CrossProtocolsTest::periodsAreAssignedByHand()
{
    QFETCH(QString, books);
    QFETCH(SplitSpec, spec);
    QFETCH(QString, expected);

    QCOMPARE(QString::fromStdString(pictureOf("books: " + books.toStdString(), spec)), expected);
}

void CrossProtocolsTest::timesOfTrainingAndTestAreApart_data()
{
    QTest::addColumn<int>("window");
    QTest::addColumn<int>("gap");
    QTest::newRow("all before the next") << 0 << 0;
    QTest::newRow("one period, the next") << 1 << 0;
    QTest::newRow("two periods, the next but one") << 2 << 1;
}

void CrossProtocolsTest::timesOfTrainingAndTestAreApart()
{
    QFETCH(int, window);
    QFETCH(int, gap);
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const Dataset data = randomDataset({.events = 500, .seed = seed});
        SplitSpec spec{.kind = Kind::CrossTime, .periods = 6, .window = window, .gap = gap};
        for (spec.fold = 0; spec.fold < timeFolds(spec); ++spec.fold) {
            const SplitData parts = valueOf(split(data, spec));

            const auto times = [](const std::vector<Event>& events) {
                std::vector<std::int64_t> all;
                std::ranges::transform(
                    events, std::back_inserter(all), [](const Event& event) { return event.time; });
                std::ranges::sort(all);
                return all;
            };
            const auto trained = times(test::eventsOf(parts.training->target));
            const auto validated = times(parts.validation.events);
            const auto tested = times(parts.test.events);
            QVERIFY(trained.back() < validated.front());
            QVERIFY(validated.back() < tested.front());
            for (const std::int64_t unused : times(parts.unused.events)) {
                QVERIFY(unused < trained.front() || unused > tested.back() ||
                        (unused > validated.back() && unused < tested.front()));
            }
            QVERIFY(gap == 0 || std::ranges::any_of(parts.unused.events, [&](const Event& event) {
                        return event.time > validated.back() && event.time < tested.front();
                    }));
            test::checkParts(data, parts);
        }
    }
}

void CrossProtocolsTest::foldsTestEveryLaterPeriodOnce()
{
    const Dataset data = randomDataset({.events = 600});
    SplitSpec spec{.kind = Kind::CrossTime, .periods = 5};
    std::vector<int> tested(600, 0);
    for (spec.fold = 0; spec.fold < timeFolds(spec); ++spec.fold) {
        const std::vector<Part> parts = valueOf(split(data, spec)).ofTarget;
        for (std::size_t place = 0; place < parts.size(); ++place) {
            tested[place] += parts[place] == Part::Test ? 1 : 0;
        }
    }
    const SplitData first = valueOf(split(data, {.kind = Kind::CrossTime, .validation = 0.0, .periods = 5}));

    QCOMPARE(spec.fold, 4);
    for (std::size_t place = 0; place < 600; ++place) {
        QCOMPARE(tested[place], first.ofTarget[place] == Part::Train ? 0 : 1);
    }
}

void CrossProtocolsTest::sourcesAreCutAtTheTimeOfTraining_data()
{
    QTest::addColumn<SplitSpec>("spec");
    QTest::addColumn<QString>("expected"); ///< times of the source in training
    const auto row = [](const char* name, SplitSpec spec, const char* expected) {
        spec.kind = Kind::CrossTime;
        spec.periods = 4;
        spec.fold = 1;
        QTest::newRow(name) << spec << QString::fromLatin1(expected);
    };
    row("all before", {.validation = 0.0}, "0 1 2 3 4");
    row("until validation", {.validation = 0.5}, "0 1 2");
    row("until validation, window", {.validation = 0.5, .window = 1}, "0 3");
    row("refit", {.validation = 0.5, .window = 1, .refit = true}, "0 3 4");
}

void CrossProtocolsTest::sourcesAreCutAtTheTimeOfTraining()
{
    QFETCH(SplitSpec, spec);
    QFETCH(QString, expected);
    const Dataset data =
        datasetOf("books: a i 1@1, b i 1@2, a j 1@3, b j 1@4, a k 1@5, b k 1@6, a l 1@7, b l 1@8; "
                  "music: a x 1, a y 1@1, a z 1@2, b x 1@3, b y 1@4, b z 1@5, a w 1@9",
                  {"music"});

    const SplitData parts = valueOf(split(data, spec));
    QStringList times;
    for (std::size_t at = 0; at < data.sources[0].events.size(); ++at) {
        if (parts.ofSources[0][at] == Part::Train) {
            times << QString::number(data.sources[0].events[at].time);
        }
    }

    QCOMPARE(times.join(QLatin1Char(' ')), expected);
}

void CrossProtocolsTest::activityGroupsAreThirds_data()
{
    QTest::addColumn<QString>("books");
    QTest::addColumn<QString>("expected");
    QTest::newRow("six people") << "a i, b i, c i, c j, d i, d j, e i, e j, e k, f i, f j, f k, f l"
                                << "light: a b; medium: c d; heavy: e f; ";
    QTest::newRow("the quiet ones stand last in the file") << "a i, a j, a k, b i, b j, c i"
                                                           << "light: c; medium: b; heavy: a; ";
    QTest::newRow("equally active") << "a i, b i, c i"
                                    << "light: a b c; ";
    QTest::newRow("equal ones go with their first") << "a i, b i, c i, d i, e i, f i, f j"
                                                    << "light: a b c d e; heavy: f; ";
}

void CrossProtocolsTest::activityGroupsAreThirds()
{
    QFETCH(QString, books);
    QFETCH(QString, expected);
    const Dataset data = datasetOf("books: " + books.toStdString());

    QCOMPARE(QString::fromStdString(groupsOf(data, {}, {"a", "b", "c", "d", "e", "f"})), expected);
}

void CrossProtocolsTest::domainGroupsAreTheFirstSource()
{
    const std::string text =
        "books: ann i, bob i, cid i, dan i; music: bob x, dan x, eve x; films: cid y, dan y";
    const std::vector<std::string> people{"ann", "bob", "cid", "dan", "eve"};
    const SplitSpec spec{.groups = Groups::Domain};

    QCOMPARE(groupsOf(datasetOf(text, {"music", "films"}), spec, people),
             std::string("books: ann; music: bob dan; films: cid; "));
    QCOMPARE(groupsOf(datasetOf(text, {"films", "music"}), spec, people),
             std::string("books: ann; films: cid dan; music: bob; "));
}

void CrossProtocolsTest::fieldGroupsAreWhatAccountsSay()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    test::fill(workspace, "books: ann i, bob i, cid i, dan i; music/store: bob x, dan x");
    say(workspace, "ann", "age", "young");
    say(workspace, "bob", "age", "old"); // both of his accounts
    say(workspace, "cid", "town", "Linz");
    say(workspace, "eve", "age", "old");
    test::joinPeople(workspace, "bob");
    Dataset data = valueOf(loadDataset(workspace, {.target = "books"}, {}));

    QVERIFY(loadUserValues(workspace, "age", data, {}));

    QCOMPARE(groupsOf(data, {.groups = Groups::Field}, {"ann", "bob", "cid", "dan"}),
             std::string(": cid dan; old: bob; young: ann; "));
    QCOMPARE(valueOf(userFields(workspace)), (Names{"age", "town"}));
}

void CrossProtocolsTest::fieldValuesArePartOfTheFingerprint()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    test::fill(workspace, "books: ann i, bob i; music: cid x");
    say(workspace, "ann", "age", "young");
    const auto fingerprint = [&](const Names& sources) {
        Dataset data = valueOf(loadDataset(workspace, {.target = "books", .sources = sources}, {}));
        if (!loadUserValues(workspace, "age", data, {})) {
            throw std::runtime_error("no values");
        }
        return std::pair(data.targetFingerprint, fingerprintOf(data));
    };

    const auto before = fingerprint({});
    const auto withSource = fingerprint({"music"});
    say(workspace, "cid", "age", "old"); // acts in the source alone
    const auto other = fingerprint({"music"});
    say(workspace, "bob", "age", "old");
    const auto after = fingerprint({});

    QCOMPARE(withSource.first, before.first);
    QVERIFY(withSource.second != before.second);
    QCOMPARE(other, withSource);
    QVERIFY(after.first != before.first);
    QVERIFY(after.second != before.second);
}

void CrossProtocolsTest::testedPeopleAreThoseOfTheirGroups_data()
{
    QTest::addColumn<Names>("tested");
    QTest::addColumn<double>("history");
    QTest::newRow("heavy, with history") << Names{"heavy"} << 0.8;
    QTest::newRow("heavy, new") << Names{"heavy"} << 0.0;
    QTest::newRow("all but the heavy") << Names{"light", "medium"} << 0.5;
}

void CrossProtocolsTest::testedPeopleAreThoseOfTheirGroups()
{
    QFETCH(Names, tested);
    QFETCH(double, history);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Dataset data = randomDataset({.users = 30 + seed, .events = 100 * seed, .seed = seed});
        const SplitSpec spec{.kind = Kind::CrossGroup, .tested = tested, .history = history, .seed = seed};
        const SplitData parts = valueOf(split(data, spec));

        test::checkParts(data, parts);
        const UserGroups groups = valueOf(userGroups(data, spec));
        const auto isTested = [&](UserRow user) {
            const auto group = static_cast<std::size_t>(groups.ofUser[static_cast<std::size_t>(user)]);
            return std::ranges::find(tested, groups.names[group]) != tested.end();
        };
        const std::set<UserRow> testUsers = usersOf(parts.test.events);
        const std::set<UserRow> validationUsers = usersOf(parts.validation.events);
        QVERIFY(std::ranges::all_of(testUsers, isTested));
        QVERIFY(std::ranges::none_of(validationUsers, isTested));
        QVERIFY(!validationUsers.empty());
        QVERIFY(std::ranges::find(parts.ofTarget, Part::None) == parts.ofTarget.end());
        if (history == 0.0) {
            for (const UserRow user : usersOf(test::eventsOf(parts.training->target))) {
                QVERIFY(!testUsers.contains(user) && !validationUsers.contains(user));
            }
        }
        QVERIFY(valueOf(split(data, spec)).ofTarget == parts.ofTarget);
    }
}

void CrossProtocolsTest::historiesAreTheirShare()
{
    std::string text = "books: a i, b i, b j, c i, c j, c k";
    for (int item = 0; item < 20; ++item) {
        for (const char* user : {"d", "e", "f", "g", "h", "k"}) {
            const bool isHeavy = *user > 'f';
            text += item < 10 || isHeavy ? fmt::format(", {} i{}", user, item) : "";
        }
    }
    const Dataset data = datasetOf(text);
    const auto toldOf = [&](double history) {
        const SplitData parts = valueOf(split(data,
                                              {.kind = Kind::CrossGroup,
                                               .validation = 0.0,
                                               .tested = {"light", "medium"},
                                               .history = history}));
        std::vector<int> told;
        for (int user = 0; user < 6; ++user) {
            const UserRow row{user};
            told.push_back(static_cast<int>(parts.training->target.interactions.itemsOf(row).size()));
        }
        return told;
    };

    QCOMPARE(toldOf(0.7), (std::vector{1, 1, 2, 7, 7, 7}));
    QCOMPARE(toldOf(0.3), (std::vector{1, 1, 1, 3, 3, 3}));
}

void CrossProtocolsTest::validationPeopleAreNotTested()
{
    const Dataset data = randomDataset({.users = 100, .events = 2000});

    const SplitData parts = valueOf(
        split(data, {.kind = Kind::CrossGroup, .validation = 0.25, .tested = {"heavy"}, .history = 0.0}));

    const std::size_t people = usersOf(data.target.events).size();
    const std::size_t tested = usersOf(parts.test.events).size();
    const std::size_t validated = usersOf(parts.validation.events).size();
    QCOMPARE(validated, static_cast<std::size_t>(std::llround(0.25 * static_cast<double>(people - tested))));
}

void CrossProtocolsTest::aSourceDoesNotChangeTheGroupsByActivity()
{
    std::string text = "music: only x, also x; books: ";
    for (int at = 0; at < 120; ++at) {
        text += "u" + std::to_string(at % 17 * at % 13) + " i" + std::to_string(at * at % 31) + " 3@" +
                std::to_string(at + 1) + ", ";
    }
    for (const SplitSpec& spec : {SplitSpec{.kind = Kind::CrossGroup, .tested = {"medium"}},
                                  SplitSpec{.kind = Kind::CrossTime, .fold = 1}}) {
        QCOMPARE(test::picture(valueOf(split(datasetOf(text, {"music"}), spec)).ofTarget),
                 pictureOf(text, spec));
    }
}

void CrossProtocolsTest::refitMovesValidationIntoTraining_data()
{
    QTest::addColumn<SplitSpec>("spec");
    QTest::newRow("warm") << SplitSpec{};
    QTest::newRow("leave-one-out") << SplitSpec{.kind = Kind::LeaveOneOut};
    QTest::newRow("temporal") << SplitSpec{.kind = Kind::Temporal};
    QTest::newRow("cross-time") << SplitSpec{.kind = Kind::CrossTime, .fold = 2};
    QTest::newRow("cold-user") << SplitSpec{.kind = Kind::ColdUser};
    QTest::newRow("cold-item") << SplitSpec{.kind = Kind::ColdItem};
    QTest::newRow("cross-group") << SplitSpec{.kind = Kind::CrossGroup, .tested = {"light"}};
    QTest::newRow("k-fold") << SplitSpec{.kind = Kind::KFold};
    QTest::newRow("given") << SplitSpec{.kind = Kind::Given};
}

void CrossProtocolsTest::refitMovesValidationIntoTraining()
{
    QFETCH(SplitSpec, spec);
    const Dataset data = randomDataset({.events = 900});
    const SplitData apart = valueOf(split(data, spec));
    std::string expected = test::picture(apart.ofTarget);
    QVERIFY(std::ranges::count(expected, 'v') > 0);
    std::ranges::replace(expected, 'v', '.');

    spec.refit = true;
    const SplitData joined = valueOf(split(data, spec));

    test::checkParts(data, apart);
    test::checkParts(data, joined);
    QCOMPARE(test::picture(joined.ofTarget), expected);
    QVERIFY(joined.validation.events.empty());
    const auto trained = [](const SplitData& parts) {
        return parts.training->sources[0].interactions.size();
    };
    const bool cutsSources =
        spec.kind == Kind::Temporal || spec.kind == Kind::CrossTime || spec.kind == Kind::Given;
    QVERIFY(cutsSources ? trained(joined) > trained(apart) : trained(joined) == trained(apart));
}

void CrossProtocolsTest::impossibleOnesSayWhatIsMissing_data()
{
    QTest::addColumn<SplitSpec>("spec");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const SplitSpec& spec, const char* sentence) {
        QTest::newRow(name) << spec << QString::fromUtf8(sentence);
    };
    row("no times", {.kind = Kind::CrossTime}, "needs times");
    row("no period left", {.kind = Kind::CrossTime, .periods = 3, .gap = 2}, "no period is left to test");
    row("fold out of range", {.kind = Kind::CrossTime, .fold = 4, .periods = 5}, "from 0 to 3");
    row("no group", {.kind = Kind::CrossGroup}, "there are \"light\", \"medium\", \"heavy\"");
    row("no such group", {.kind = Kind::CrossGroup, .tested = {"old"}}, "the group \"old\"");
    row("all groups",
        {.kind = Kind::CrossGroup, .tested = {"light", "medium", "heavy"}},
        "leaves nobody of books to train on");
    row("no person of the group", {.kind = Kind::CrossGroup, .tested = {"heavy"}}, "no test user");
    row("whole history", {.kind = Kind::CrossGroup, .tested = {"light"}, .history = 1.0}, "split.history");
}

void CrossProtocolsTest::impossibleOnesSayWhatIsMissing()
{
    QFETCH(SplitSpec, spec);
    QFETCH(QString, sentence);

    const Result<SplitData> parts = split(datasetOf("books: a i, a j, b i, b j"), spec);

    QVERIFY(!parts);
    QVERIFY(parts.error().code == ErrorCode::InvalidInput);
    const std::string said = describe(parts.error());
    QVERIFY2(said.find(sentence.toStdString()) != std::string::npos, said.c_str());
}

void CrossProtocolsTest::stopIsHeard()
{
    const Dataset data = randomDataset();
    std::stop_source stop;
    stop.request_stop();
    for (const SplitSpec& spec :
         {SplitSpec{.kind = Kind::CrossGroup, .tested = {"light"}}, SplitSpec{.kind = Kind::CrossTime}}) {
        const Result<SplitData> parts = split(data, spec, {}, {.stop = stop.get_token()});

        QVERIFY(!parts);
        QVERIFY(parts.error().code == ErrorCode::Cancelled);
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::CrossProtocolsTest)
#include "CrossProtocolsTest.moc"
