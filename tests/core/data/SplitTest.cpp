#include "core/data/Split.h"

#include "tests/support/Datasets.h"
#include "tests/support/Interactions.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <algorithm>
#include <map>
#include <set>

namespace transept {

class SplitTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyInteractionIsInExactlyOnePart_data();
    void everyInteractionIsInExactlyOnePart();
    void sameSpecGivesTheSameSplit_data();
    void sameSpecGivesTheSameSplit();
    void aSourceDoesNotChangeTheSplitOfTheTarget_data();
    void aSourceDoesNotChangeTheSplitOfTheTarget();
    void anotherSeedGivesAnotherSplit_data();
    void anotherSeedGivesAnotherSplit();
    void warmKeepsItsSizesForEveryUser_data();
    void warmKeepsItsSizesForEveryUser();
    void leaveOneOutTakesTheLatest();
    void leaveOneOutOfTwoHasNoValidation();
    void temporalTrainingLiesBeforeValidationBeforeTest();
    void temporalKeepsEqualTimesTogether();
    void temporalLeavesLaterSourceEventsOut();
    void interactionsWithoutATimeAreInTraining();
    void coldUsersHaveNoTargetHistory();
    void coldUsersAreTheirShareOfThoseInBoth();
    void coldItemsHaveNoInteractions();
    void foldsOfTheFileOrderAreThoseOfTheRemainder();
    void foldsCoverEverythingOnce();
    void foldValidationIsItsShareOfTheRest();
    void givenPartsAreUsedAsTheyAre();
    void whatFilesHoldOutOfASourceIsNotTrainedOn();
    void sourcesAreInTrainingWhole();
    void knowledgeIsHandedToItsDomain();
    void impossibleSplitsSayWhatIsMissing_data();
    void impossibleSplitsSayWhatIsMissing();
    void everySplitHearsAStop_data();
    void everySplitHearsAStop();
};

namespace {

using Kind = SplitSpec::Kind;
using test::randomDataset;
using test::valueOf;

Dataset datasetOf(std::string_view text, const DataSelection& selection = {.target = "books"})
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    test::fill(workspace, text);
    return valueOf(loadDataset(workspace, selection, {}));
}

std::string pictureOf(std::string_view text, const SplitSpec& spec)
{
    const Dataset data = datasetOf(text);
    const SplitData parts = valueOf(split(data, spec));
    test::checkParts(data, parts);
    return test::picture(parts.ofTarget);
}

void everyKind()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("warm") << Kind::Warm;
    QTest::newRow("leave-one-out") << Kind::LeaveOneOut;
    QTest::newRow("temporal") << Kind::Temporal;
    QTest::newRow("cold-user") << Kind::ColdUser;
    QTest::newRow("cold-item") << Kind::ColdItem;
    QTest::newRow("k-fold") << Kind::KFold;
    QTest::newRow("given") << Kind::Given;
}

} // namespace

void SplitTest::everyInteractionIsInExactlyOnePart_data()
{
    everyKind();
    QTest::newRow("cross-time") << Kind::CrossTime;
    QTest::newRow("cross-group") << Kind::CrossGroup;
}

void SplitTest::everyInteractionIsInExactlyOnePart()
{
    QFETCH(Kind, kind);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Dataset data = randomDataset({.users = 10 + 10 * seed, .events = 100 * seed, .seed = seed});
        const SplitData parts =
            valueOf(split(data, {.kind = kind, .fold = 2, .tested = {"heavy"}, .seed = seed}));

        test::checkParts(data, parts);
        QCOMPARE(parts.unused.events.empty(), kind != Kind::CrossTime);
        QVERIFY(!parts.test.events.empty());
        QVERIFY(parts.training->target.interactions.size() > 0);
        QCOMPARE(parts.training->target.interactions.userCount(), data.users.size());
        QCOMPARE(parts.training->target.interactions.itemCount(), data.target.items.size());
    }
}

void SplitTest::sameSpecGivesTheSameSplit_data()
{
    everyKind();
}

void SplitTest::sameSpecGivesTheSameSplit()
{
    QFETCH(Kind, kind);
    const Dataset data = randomDataset();
    const SplitSpec spec{.kind = kind, .seed = 7};

    QVERIFY(valueOf(split(data, spec)).ofTarget == valueOf(split(data, spec)).ofTarget);
}

void SplitTest::aSourceDoesNotChangeTheSplitOfTheTarget_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("warm") << Kind::Warm;
    QTest::newRow("leave-one-out") << Kind::LeaveOneOut;
    QTest::newRow("temporal") << Kind::Temporal;
    QTest::newRow("cold-item") << Kind::ColdItem;
    QTest::newRow("k-fold") << Kind::KFold;
}

void SplitTest::aSourceDoesNotChangeTheSplitOfTheTarget()
{
    QFETCH(Kind, kind);
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    std::string text = "music: ";
    for (int user = 0; user < 20; ++user) {
        text += "only" + std::to_string(user) + " abba 1, "; // people who stand before those of the target
    }
    text += "\nbooks: ";
    for (int at = 0; at < 200; ++at) {
        text += "u" + std::to_string(at % 17) + " i" + std::to_string(at * at % 31) + " 3@" +
                std::to_string(at + 1) + ", ";
    }
    test::fill(workspace, text);

    const SplitSpec spec{.kind = kind, .seed = 3};
    const SplitData alone = valueOf(split(valueOf(loadDataset(workspace, {.target = "books"}, {})), spec));
    const SplitData both =
        valueOf(split(valueOf(loadDataset(workspace, {.target = "books", .sources = {"music"}}, {})), spec));

    QVERIFY(alone.training->userCount != both.training->userCount);
    QCOMPARE(test::picture(both.ofTarget), test::picture(alone.ofTarget));
}

void SplitTest::anotherSeedGivesAnotherSplit_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("warm") << Kind::Warm;
    QTest::newRow("cold-user") << Kind::ColdUser;
    QTest::newRow("cold-item") << Kind::ColdItem;
    QTest::newRow("k-fold") << Kind::KFold;
}

void SplitTest::anotherSeedGivesAnotherSplit()
{
    QFETCH(Kind, kind);
    const Dataset data = randomDataset();

    QVERIFY(valueOf(split(data, {.kind = kind, .seed = 1})).ofTarget !=
            valueOf(split(data, {.kind = kind, .seed = 2})).ofTarget);
}

void SplitTest::warmKeepsItsSizesForEveryUser_data()
{
    QTest::addColumn<int>("events");
    QTest::addColumn<int>("validation");
    QTest::addColumn<int>("test");

    QTest::newRow("one stays") << 1 << 0 << 0;
    QTest::newRow("of two one is tested") << 2 << 0 << 1;
    QTest::newRow("three make all parts") << 3 << 1 << 1;
    QTest::newRow("nine") << 9 << 1 << 1;
    QTest::newRow("ten") << 10 << 1 << 1;
    QTest::newRow("nineteen") << 19 << 1 << 1;
    QTest::newRow("thirty") << 30 << 3 << 3;
    QTest::newRow("a hundred") << 100 << 10 << 10;
}

void SplitTest::warmKeepsItsSizesForEveryUser()
{
    QFETCH(int, events);
    QFETCH(int, validation);
    QFETCH(int, test);
    std::string text = "books: other a, other b, other c";
    for (int at = 0; at < events; ++at) {
        text += ", ann i" + std::to_string(at);
    }

    const std::string parts = pictureOf(text, {.kind = Kind::Warm}).substr(3);

    QCOMPARE(static_cast<int>(std::count(parts.begin(), parts.end(), 'v')), validation);
    QCOMPARE(static_cast<int>(std::count(parts.begin(), parts.end(), 'T')), test);
}

void SplitTest::leaveOneOutTakesTheLatest()
{
    QCOMPARE(pictureOf("books: ann a 1@40, ann b 1@10, ann c 1@30, ann d 1@20", {.kind = Kind::LeaveOneOut}),
             "T.v.");
    QCOMPARE(pictureOf("books: ann a 1@10, ann b 1@10, ann c 1@5", {.kind = Kind::LeaveOneOut}), "vT.");
    QCOMPARE(pictureOf("books: ann a, bob a, ann b, ann c, bob b, bob c, ann d", {.kind = Kind::LeaveOneOut}),
             "...vvTT");
}

void SplitTest::leaveOneOutOfTwoHasNoValidation()
{
    QCOMPARE(pictureOf("books: ann a, bob a, ann b", {.kind = Kind::LeaveOneOut}), "..T");
}

void SplitTest::temporalTrainingLiesBeforeValidationBeforeTest()
{
    const Dataset data = randomDataset({.events = 2000});

    const SplitData parts = valueOf(split(data, {.kind = Kind::Temporal, .ratios = {0.7, 0.1, 0.2}}));

    const auto byTime = [](const Event& a, const Event& b) { return a.time < b.time; };
    const auto range = [&](const std::vector<Event>& events) {
        return std::minmax_element(events.begin(), events.end(), byTime);
    };
    const std::vector<Event> training = test::eventsOf(parts.training->target);
    const auto trainLast = range(training).second;
    const auto [validationFirst, validationLast] = range(parts.validation.events);
    const auto [testFirst, testLast] = range(parts.test.events);
    QVERIFY(trainLast->time < validationFirst->time);
    QVERIFY(validationLast->time < testFirst->time);
    QVERIFY(std::abs(static_cast<double>(parts.test.events.size()) - 400.0) < 10.0);
    QVERIFY(std::abs(static_cast<double>(parts.validation.events.size()) - 200.0) < 10.0);
    for (const Event& event : test::eventsOf(parts.training->sources[0])) {
        QVERIFY(event.time < validationFirst->time);
    }
}

void SplitTest::temporalKeepsEqualTimesTogether()
{
    // Half of four is two, and the second and third happened at once: both come after the cut.
    QCOMPARE(pictureOf("books: a i 1@1, b i 1@2, c i 1@2, d i 1@3",
                       {.kind = Kind::Temporal, .ratios = {0.5, 0, 0.5}}),
             ".TTT");
    QCOMPARE(
        pictureOf("books: a i 1@4, b i 1@3, c i 1@2, d i 1@1", {.kind = Kind::Temporal, .ratios = {2, 1, 1}}),
        "Tv..");
}

void SplitTest::temporalLeavesLaterSourceEventsOut()
{
    const Dataset data =
        datasetOf("books: a i 1@1, b i 1@2, c i 1@3, d i 1@4; music: a x 1@2, b x 1@3, c x 1@9, d x 1",
                  {.target = "books", .sources = {"music"}});

    const SplitData parts = valueOf(split(data, {.kind = Kind::Temporal, .ratios = {0.5, 0.25, 0.25}}));

    QCOMPARE(test::picture(parts.ofSources[0]), std::string(".--."));
    QCOMPARE(parts.training->sources[0].interactions.size(), std::size_t{2});
}

void SplitTest::interactionsWithoutATimeAreInTraining()
{
    QCOMPARE(
        pictureOf("books: a i 1, b i 1@2, c i 1@3, d i 1", {.kind = Kind::Temporal, .ratios = {0.5, 0, 0.5}}),
        "..T.");
}

void SplitTest::coldUsersHaveNoTargetHistory()
{
    const Dataset data = randomDataset({.sources = 2});

    const SplitData parts = valueOf(split(data, {.kind = Kind::ColdUser, .share = 0.5, .validation = 0.3}));

    QVERIFY(!parts.validation.events.empty());
    for (const HeldOut* held : {&parts.validation, &parts.test}) {
        for (const Event& event : held->events) {
            QVERIFY(parts.training->target.interactions.itemsOf(event.user).empty());
            QVERIFY(!parts.training->sources[0].interactions.itemsOf(event.user).empty() ||
                    !parts.training->sources[1].interactions.itemsOf(event.user).empty());
        }
    }
}

void SplitTest::coldUsersAreTheirShareOfThoseInBoth()
{
    std::string text = "books: ";
    for (int user = 0; user < 60; ++user) {
        text += "u" + std::to_string(user) + " i, u" + std::to_string(user) + " j, ";
    }
    text += "\nmusic: stranger x";
    for (int user = 0; user < 50; ++user) { // ten act in the target alone
        text += ", u" + std::to_string(user) + " x";
    }
    const Dataset data = datasetOf(text, {.target = "books", .sources = {"music"}});

    const SplitData parts = valueOf(split(data, {.kind = Kind::ColdUser, .share = 0.2, .validation = 0.1}));

    QCOMPARE(parts.test.events.size(), std::size_t{2 * 10});
    QCOMPARE(parts.validation.events.size(), std::size_t{2 * 4});
    QCOMPARE(parts.training->target.interactions.size(), std::size_t{2 * 46});
}

void SplitTest::coldItemsHaveNoInteractions()
{
    const Dataset data = randomDataset({.events = 1500});

    const SplitData parts = valueOf(split(data, {.kind = Kind::ColdItem, .share = 0.25, .validation = 0.1}));

    std::set<ItemRow> tested;
    for (const Event& event : parts.test.events) {
        tested.insert(event.item);
        QVERIFY(parts.training->target.interactions.usersOf(event.item).empty());
    }
    for (const Event& event : parts.validation.events) {
        QVERIFY(!tested.contains(event.item));
        QVERIFY(parts.training->target.interactions.usersOf(event.item).empty());
    }
    QCOMPARE(tested.size(), std::size_t{10});
    QVERIFY(!parts.validation.events.empty());
}

void SplitTest::foldsOfTheFileOrderAreThoseOfTheRemainder()
{
    const Dataset data = randomDataset({.events = 103});
    for (int fold = 0; fold < 5; ++fold) {
        const SplitData parts = valueOf(split(
            data, {.kind = Kind::KFold, .validation = 0.0, .fold = fold, .order = SplitSpec::Order::File}));

        QVERIFY(parts.validation.events.empty());
        for (std::size_t place = 0; place < 103; ++place) {
            const bool isTested = place % 5 == static_cast<std::size_t>(fold);
            QVERIFY(parts.ofTarget[place] == (isTested ? Part::Test : Part::Train));
        }
    }
}

void SplitTest::foldsCoverEverythingOnce()
{
    const Dataset data = randomDataset({.events = 103});
    std::set<std::size_t> tested;
    for (int fold = 0; fold < 4; ++fold) {
        const SplitData parts =
            valueOf(split(data, {.kind = Kind::KFold, .folds = 4, .fold = fold, .seed = 9}));
        for (std::size_t place = 0; place < 103; ++place) {
            QVERIFY(parts.ofTarget[place] != Part::Test || tested.insert(place).second);
        }
        QVERIFY(parts.test.events.size() == 25 || parts.test.events.size() == 26);
    }
    QCOMPARE(tested.size(), std::size_t{103});
}

void SplitTest::foldValidationIsItsShareOfTheRest()
{
    const Dataset data = randomDataset({.events = 1000});

    const SplitData parts = valueOf(split(data, {.kind = Kind::KFold, .validation = 0.25}));

    QCOMPARE(parts.test.events.size(), std::size_t{200});
    QCOMPARE(parts.validation.events.size(), std::size_t{200});
}

void SplitTest::givenPartsAreUsedAsTheyAre()
{
    QCOMPARE(pictureOf("books: a i train, a j valid, b i test, b j", {.kind = Kind::Given}), ".vT.");
    QCOMPARE(pictureOf("books: a i train, a j train, b i test, b j train", {.kind = Kind::Given}), "..T.");
}

void SplitTest::whatFilesHoldOutOfASourceIsNotTrainedOn()
{
    const Dataset data = datasetOf("books: a i train, b i test; music: a x train, a y valid, b x test, b y",
                                   {.target = "books", .sources = {"music"}});

    const SplitData parts = valueOf(split(data, {.kind = Kind::Given}));

    QCOMPARE(test::picture(parts.ofSources[0]), std::string(".--."));
    QCOMPARE(parts.training->sources[0].interactions.size(), std::size_t{2});
}

void SplitTest::sourcesAreInTrainingWhole()
{
    const Dataset data = randomDataset({.sources = 2});
    for (const Kind kind : {Kind::Warm, Kind::LeaveOneOut, Kind::ColdUser, Kind::ColdItem, Kind::KFold}) {
        const SplitData parts = valueOf(split(data, {.kind = kind}));

        QCOMPARE(parts.training->sources.size(), std::size_t{2});
        for (std::size_t source = 0; source < 2; ++source) {
            QCOMPARE(parts.training->sources[source].name, data.sources[source].name);
            QCOMPARE(parts.training->sources[source].interactions.size(), data.sources[source].events.size());
        }
    }
}

void SplitTest::knowledgeIsHandedToItsDomain()
{
    const Dataset data = randomDataset({.sources = 2});
    const DatasetKnowledge knowledge{.target = std::make_shared<const ItemKnowledge>(),
                                     .sources = {nullptr, std::make_shared<const ItemKnowledge>()}};

    const SplitData with = valueOf(split(data, {}, knowledge));
    const SplitData without = valueOf(split(data, {}));

    QVERIFY(with.training->target.knowledge == knowledge.target);
    QVERIFY(with.training->sources[0].knowledge == nullptr);
    QVERIFY(with.training->sources[1].knowledge == knowledge.sources[1]);
    QVERIFY(without.training->target.knowledge == nullptr);
}

void SplitTest::impossibleSplitsSayWhatIsMissing_data()
{
    QTest::addColumn<QString>("books");
    QTest::addColumn<SplitSpec>("spec");
    QTest::addColumn<QString>("sentence");

    const auto row = [](const char* name, const char* books, const SplitSpec& spec, const char* sentence) {
        QTest::newRow(name) << QString::fromUtf8(books) << spec << QString::fromUtf8(sentence);
    };
    row("no times", "ann a, ann b", {.kind = Kind::Temporal}, "needs times");
    row("one time", "ann a 1@5, ann b 1@5", {.kind = Kind::Temporal}, "no training interaction");
    row("no parts", "ann a, ann b", {.kind = Kind::Given}, "no interaction of books is of a test part");
    row("no test part",
        "ann a train, ann b valid",
        {.kind = Kind::Given},
        "no interaction of books is of a test part");
    row("no training part", "ann a test, ann b valid", {.kind = Kind::Given}, "no training interaction");
    row("nobody in both", "ann a, ann b", {.kind = Kind::ColdUser}, "there are 0");
    row("one item", "ann a, bob a", {.kind = Kind::ColdItem}, "there are 1");
    row("nobody with two", "ann a, bob b", {.kind = Kind::Warm}, "no test user");
    row("nobody with two, leave one out", "ann a, bob b", {.kind = Kind::LeaveOneOut}, "no test user");
    row("fold out of range", "ann a, bob b", {.kind = Kind::KFold, .folds = 5, .fold = 5}, "from 0 to 4");
    row("negative fold", "ann a, bob b", {.kind = Kind::KFold, .fold = -1}, "split.fold is -1");
    row("one fold", "ann a, bob b", {.kind = Kind::KFold, .folds = 1}, "split.folds");
    row("no test ratio", "ann a, ann b", {.kind = Kind::Warm, .ratios = {0.9, 0.1, 0.0}}, "split.ratios");
    row("negative ratio",
        "ann a, ann b",
        {.kind = Kind::Temporal, .ratios = {0.9, -0.1, 0.2}},
        "split.ratios");
    row("whole share", "ann a, ann b", {.kind = Kind::ColdItem, .share = 1.0}, "split.share");
    row("whole validation", "ann a, ann b", {.kind = Kind::KFold, .validation = 1.0}, "split.validation");
}

void SplitTest::impossibleSplitsSayWhatIsMissing()
{
    QFETCH(QString, books);
    QFETCH(SplitSpec, spec);
    QFETCH(QString, sentence);

    const Result<SplitData> parts = split(datasetOf("books: " + books.toStdString()), spec);

    QVERIFY(!parts);
    QVERIFY(parts.error().code == ErrorCode::InvalidInput);
    const std::string said = describe(parts.error());
    QVERIFY2(said.find(sentence.toStdString()) != std::string::npos, said.c_str());
}

void SplitTest::everySplitHearsAStop_data()
{
    everyKind();
}

void SplitTest::everySplitHearsAStop()
{
    QFETCH(Kind, kind);
    const Dataset data = randomDataset({.users = 20, .events = 200, .seed = 3});
    std::stop_source stop;
    stop.request_stop();

    const Result<SplitData> parts = split(data, {.kind = kind}, {}, {.stop = stop.get_token()});

    QVERIFY(!parts);
    QVERIFY(parts.error().code == ErrorCode::Cancelled);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::SplitTest)
#include "SplitTest.moc"
