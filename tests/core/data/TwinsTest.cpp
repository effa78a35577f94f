#include "core/data/Twins.h"

#include "core/base/Parallel.h"
#include "tests/support/Datasets.h"

#include <QtTest/QTest>

#include <set>

namespace transept {

class TwinsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twinsAreThoseOfTheDefinition();
    void threeCommonUsersWhoAreHalfOfAllSuffice_data();
    void threeCommonUsersWhoAreHalfOfAllSuffice();
    void threadsNeverChangeTheTwins();
    void searchCanBeStopped();
    void leakIsTheTwinOfTheVeryPerson();
    void splitDropsWhatGivesAnAnswerAwayAndNothingElse();
    void newTwinsThatDroppingMakesAreDroppedToo();
    void splitKeepsTwinsUnlessAskedTo();
    void coldItemsHaveTwins();
};

namespace {

using Users = std::set<std::int32_t>;

/// Random interactions of both domains; every third item of the target stands in the source again, with most
/// of its users and a few others.
Dataset withTwins(std::uint64_t seed)
{
    Dataset data = test::randomDataset({.users = 90, .items = 60, .events = 900, .seed = seed});
    Random random(seed, 77);
    DomainData& source = data.sources.front();
    for (std::size_t at = 0; at < data.target.events.size(); ++at) {
        const Event& event = data.target.events[at];
        const auto item = static_cast<std::int32_t>(event.item);
        if (item % 3 != 0 || random.uniform() < 0.2) {
            continue;
        }
        Event twin = event;
        twin.item = static_cast<ItemRow>(59 - item);
        source.events.push_back(twin);
        source.parts.push_back(data.target.partOf(at));
    }
    return data;
}

std::vector<Users> usersOfItems(const std::vector<Event>& events, std::size_t items)
{
    std::vector<Users> users(items);
    for (const Event& event : events) {
        users[index(event.item)].insert(static_cast<std::int32_t>(event.user));
    }
    return users;
}

/// Every item against every item, as the definition says.
std::vector<Twin> twinsByDefinition(const DomainData& target, const DomainData& source)
{
    const std::vector<Users> ofTarget = usersOfItems(target.events, target.items.size());
    const std::vector<Users> ofSource = usersOfItems(source.events, source.items.size());
    std::vector<Twin> twins;
    for (std::size_t a = 0; a < ofTarget.size(); ++a) {
        for (std::size_t b = 0; b < ofSource.size(); ++b) {
            Users either = ofTarget[a];
            either.insert(ofSource[b].begin(), ofSource[b].end());
            const std::size_t common = ofTarget[a].size() + ofSource[b].size() - either.size();
            if (common >= 3 && 2 * common >= either.size()) {
                twins.push_back({.target = static_cast<ItemRow>(a),
                                 .source = static_cast<ItemRow>(b),
                                 .commonUsers = static_cast<std::int32_t>(common),
                                 .share = static_cast<double>(common) / static_cast<double>(either.size())});
            }
        }
    }
    return twins;
}

InteractionMatrix matrixOf(const Dataset& data, const DomainData& domain)
{
    return {data.users.size(), domain.items.size(), domain.events};
}

std::vector<Event> eventsOf(const std::vector<std::pair<int, int>>& pairs)
{
    std::vector<Event> events;
    for (const auto& [user, item] : pairs) {
        events.push_back({.user = UserRow{user}, .item = ItemRow{item}});
    }
    return events;
}

/// A domain of the "given" split: the last `tested` events are the test part.
DomainData givenDomain(const std::vector<std::pair<int, int>>& pairs, std::size_t items, std::size_t tested)
{
    DomainData domain{.name = "domain", .items = std::vector<ItemId>(items), .events = eventsOf(pairs)};
    for (std::size_t place = 0; place < domain.events.size(); ++place) {
        domain.parts.push_back(place + tested < domain.events.size() ? Part::Train : Part::Test);
    }
    return domain;
}

std::vector<std::pair<int, int>> pairsOf(const std::vector<Event>& events)
{
    std::vector<std::pair<int, int>> pairs;
    for (const Event& event : events) {
        pairs.emplace_back(static_cast<int>(event.user), static_cast<int>(event.item));
    }
    return pairs;
}

constexpr SplitSpec given{.kind = SplitSpec::Kind::Given};

} // namespace

void TwinsTest::twinsAreThoseOfTheDefinition()
{
    std::size_t found = 0;
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        const Dataset data = withTwins(seed);
        const DomainData& source = data.sources.front();

        const Result<std::vector<Twin>> twins =
            findTwins(matrixOf(data, data.target), matrixOf(data, source));

        QVERIFY(twins.has_value());
        QVERIFY(*twins == twinsByDefinition(data.target, source));
        found += twins->size();
    }
    QVERIFY(found > 100);
}

void TwinsTest::threeCommonUsersWhoAreHalfOfAllSuffice_data()
{
    QTest::addColumn<int>("common");
    QTest::addColumn<int>("onlyTarget");
    QTest::addColumn<int>("onlySource");
    QTest::addColumn<bool>("areTwins");

    QTest::newRow("two of two") << 2 << 0 << 0 << false;
    QTest::newRow("three of three") << 3 << 0 << 0 << true;
    QTest::newRow("three of six") << 3 << 3 << 0 << true;
    QTest::newRow("three of six, both sides") << 3 << 1 << 2 << true;
    QTest::newRow("three of seven") << 3 << 0 << 4 << false;
    QTest::newRow("ten of twenty") << 10 << 7 << 3 << true;
    QTest::newRow("ten of twenty-one") << 10 << 7 << 4 << false;
}

void TwinsTest::threeCommonUsersWhoAreHalfOfAllSuffice()
{
    QFETCH(int, common);
    QFETCH(int, onlyTarget);
    QFETCH(int, onlySource);
    QFETCH(bool, areTwins);
    std::vector<std::pair<int, int>> target;
    std::vector<std::pair<int, int>> source;
    for (int user = 0; user < common + onlyTarget + onlySource; ++user) {
        if (user < common + onlyTarget) {
            target.emplace_back(user, 0);
            target.emplace_back(user, 0); // said twice, it is still one user
        }
        if (user < common || user >= common + onlyTarget) {
            source.emplace_back(user, 0);
        }
    }

    const std::vector<Twin> twins =
        test::valueOf(findTwins({40, 1, eventsOf(target)}, {40, 1, eventsOf(source)}));

    QCOMPARE(!twins.empty(), areTwins);
}

void TwinsTest::threadsNeverChangeTheTwins()
{
    const Dataset data = withTwins(5);
    const auto found = [&](int threads) {
        setThreadCount(threads);
        std::vector<Twin> twins =
            test::valueOf(findTwins(matrixOf(data, data.target), matrixOf(data, data.sources.front())));
        setThreadCount(0);
        return twins;
    };

    const std::vector<Twin> one = found(1);

    QVERIFY(!one.empty());
    for (const int threads : {2, 4, 8}) {
        QVERIFY(found(threads) == one);
    }
}

void TwinsTest::searchCanBeStopped()
{
    const Dataset data = withTwins(5);
    std::stop_source stop;
    stop.request_stop();

    const auto twins = findTwins(matrixOf(data, data.target),
                                 matrixOf(data, data.sources.front()),
                                 JobContext{.stop = stop.get_token()});

    QVERIFY(!twins.has_value());
    QCOMPARE(twins.error().code, ErrorCode::Cancelled);
}

void TwinsTest::leakIsTheTwinOfTheVeryPerson()
{
    const std::vector<Twin> twins{{.target = ItemRow{2}, .source = ItemRow{5}},
                                  {.target = ItemRow{2}, .source = ItemRow{7}},
                                  {.target = ItemRow{3}, .source = ItemRow{6}}};
    const std::vector<Event> source = eventsOf({{0, 5}, {0, 7}, {1, 6}, {2, 5}});
    const std::vector<Event> heldOut = eventsOf({{1, 2}, {0, 2}, {0, 3}, {1, 3}});

    const std::vector<TwinLeak> leaks = leaksOf(twins, heldOut, {3, 8, source});

    QVERIFY(leaks == (std::vector<TwinLeak>{{.heldOut = 1, .user = UserRow{0}, .source = ItemRow{5}},
                                            {.heldOut = 1, .user = UserRow{0}, .source = ItemRow{7}},
                                            {.heldOut = 3, .user = UserRow{1}, .source = ItemRow{6}}}));
}

void TwinsTest::splitDropsWhatGivesAnAnswerAwayAndNothingElse()
{
    // Users 0 ... 3 have the twins 0 and 0; what user 3 has of the target is tested, with user 4's item 1.
    Dataset data{.users = std::vector<PersonId>(5),
                 .target = givenDomain({{0, 0}, {1, 0}, {2, 0}, {3, 1}, {3, 0}, {4, 1}}, 2, 2),
                 .sources = {givenDomain({{3, 0}, {0, 0}, {4, 1}, {1, 0}, {2, 0}, {3, 1}}, 2, 0)},
                 .dropTwins = true};

    const SplitData parts = test::valueOf(split(data, given));

    const TrainingDomain& source = parts.training->sources.front();
    QCOMPARE(test::picture(parts.ofSources.front()), std::string("-....."));
    QCOMPARE(pairsOf(test::eventsOf(source)),
             (std::vector<std::pair<int, int>>{{0, 0}, {1, 0}, {2, 0}, {3, 1}, {4, 1}}));
    QCOMPARE(source.interactions.size(), std::size_t{5});
    QCOMPARE(source.interactions.itemsOf(UserRow{3}).size(), std::size_t{1});
    QCOMPARE(pairsOf(parts.test.events), (std::vector<std::pair<int, int>>{{3, 0}, {4, 1}}));
}

void TwinsTest::newTwinsThatDroppingMakesAreDroppedToo()
{
    // Of the seven users of the source's item 0 four have the target's item 0, its twin, and three item 1: no
    // twin. User 3, whose item 0 is held out, loses it; of six users three are enough, and user 4 gives item
    // 1 away.
    Dataset data{.users = std::vector<PersonId>(8),
                 .target = givenDomain(
                     {{0, 0}, {1, 0}, {2, 0}, {5, 0}, {0, 1}, {1, 1}, {2, 1}, {6, 2}, {3, 0}, {4, 1}}, 3, 2),
                 .sources = {givenDomain({{0, 0}, {1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}, {6, 0}}, 1, 0)},
                 .dropTwins = true};

    const SplitData parts = test::valueOf(split(data, given));

    QCOMPARE(pairsOf(test::eventsOf(parts.training->sources.front())),
             (std::vector<std::pair<int, int>>{{0, 0}, {1, 0}, {2, 0}, {5, 0}, {6, 0}}));
}

void TwinsTest::splitKeepsTwinsUnlessAskedTo()
{
    Dataset data = withTwins(3);
    const SplitSpec warm{};

    const SplitData kept = test::valueOf(split(data, warm));
    data.dropTwins = true;
    const SplitData dropped = test::valueOf(split(data, warm));

    QCOMPARE(kept.training->sources.front().interactions.size(), data.sources.front().events.size());
    const auto leaks = [&](const SplitData& parts) {
        const InteractionMatrix& source = parts.training->sources.front().interactions;
        const auto twins = test::valueOf(findTwins(parts.training->target.interactions, source));
        return leaksOf(twins, parts.test.events, source).size() +
               leaksOf(twins, parts.validation.events, source).size();
    };
    QVERIFY(leaks(kept) > 5);
    QCOMPARE(leaks(dropped), std::size_t{0});
    QCOMPARE(pairsOf(dropped.test.events), pairsOf(kept.test.events));
    QCOMPARE(pairsOf(test::eventsOf(dropped.training->target)),
             pairsOf(test::eventsOf(kept.training->target)));
}

void TwinsTest::coldItemsHaveTwins()
{
    const Dataset data = withTwins(3);
    const SplitSpec cold{.kind = SplitSpec::Kind::ColdItem};
    const SplitData parts = test::valueOf(split(data, cold));
    const InteractionMatrix& source = parts.training->sources.front().interactions;

    const std::vector<Twin> twins =
        test::valueOf(findTwins(data, cold, parts.training->target.interactions, source));

    QVERIFY(!leaksOf(twins, parts.test.events, source).empty());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::TwinsTest)
#include "TwinsTest.moc"
