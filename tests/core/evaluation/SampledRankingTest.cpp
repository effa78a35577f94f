#include "core/evaluation/SampledRanking.h"

#include "core/base/Parallel.h"
#include "core/evaluation/Measures.h"
#include "core/evaluation/RankingMeasures.h"
#include "tests/support/Datasets.h"
#include "tests/support/TableModel.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace transept {

/// Sampled and given negatives and cold items, alone and as variants of the ranking measures.
class SampledRankingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }
    void negativesAreUnknownDifferentAndAscending();
    void negativesAreEquallyLikely();
    void allUnknownItemsWhenThereAreNoMore();
    void itemsAreRankedAsListsAre();
    void enoughNegativesGiveTheFullRanking();
    void negativesAreNothingKnown();
    void figuresTendToTheirExpectation();
    void negativesAreTheSameForEveryModelAndSource();
    void anotherSeedDrawsOthers();
    void threadsDoNotChangeABit();
    void sampledIsEasierThanFull();
    void givenIsWhatCountingSays_data();
    void givenIsWhatCountingSays();
    void tieAmongGivenIsBrokenByTheItem();
    void withoutGivenThereIsNoValue();
    void givenIsTheSameForAnyNumberOfThreads();
    void coldIsWhatCountingSays_data();
    void coldIsWhatCountingSays();
    void coldIsTheSameForAnyNumberOfThreads();
};

namespace {

using test::randomDataset;
using test::TableModel;
using test::valueOf;

std::vector<ItemRow> rows(std::initializer_list<int> items)
{
    std::vector<ItemRow> result;
    for (const int item : items) {
        result.push_back(ItemRow{item});
    }
    return result;
}

Matrix randomScores(std::size_t users, std::size_t items, std::uint64_t seed)
{
    Random random(seed);
    Matrix scores(static_cast<Eigen::Index>(users), static_cast<Eigen::Index>(items));
    for (Eigen::Index at = 0; at < scores.size(); ++at) {
        scores.data()[at] = static_cast<float>(random.below(60)) / 10.0F; // with ties
    }
    return scores;
}

struct Setting
{
    Dataset data;
    SplitData parts;
    Matrix scores;
};

Setting settingOf(std::uint64_t seed)
{
    Setting setting{.data = randomDataset({.users = 80, .items = 120, .events = 1500, .seed = seed})};
    setting.parts = valueOf(split(setting.data, {}));
    setting.scores = randomScores(setting.data.users.size(), setting.data.target.items.size(), seed);
    return setting;
}

Evaluation evaluated(const Setting& setting,
                     const std::vector<std::string>& measures,
                     std::uint64_t seed = 1,
                     const HeldOut* alsoKnown = nullptr)
{
    return valueOf(evaluate(TableModel(setting.scores),
                            *setting.parts.training,
                            setting.parts.test,
                            &setting.parts.validation,
                            {.measures = measures, .positive = 4.0, .seed = seed, .alsoKnown = alsoKnown},
                            {}));
}

} // namespace

void SampledRankingTest::negativesAreUnknownDifferentAndAscending()
{
    const std::vector<ItemRow> known = rows({0, 3, 4, 5, 11, 19});
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        const std::size_t count = seed % 14;
        const std::vector<ItemRow> drawn = drawNegatives(20, known, count, Random(seed));

        QCOMPARE(drawn.size(), count);
        QVERIFY(std::ranges::adjacent_find(drawn, std::greater_equal()) == drawn.end());
        for (const ItemRow item : drawn) {
            QVERIFY(index(item) < 20);
            QVERIFY(!std::ranges::binary_search(known, item));
        }
    }
}

void SampledRankingTest::negativesAreEquallyLikely()
{
    constexpr int rounds = 20'000;
    std::map<std::vector<ItemRow>, int> counts;
    for (int round = 0; round < rounds; ++round) {
        ++counts[drawNegatives(7, rows({1, 4}), 2, Random(5, static_cast<std::uint64_t>(round)))];
    }

    QCOMPARE(counts.size(), std::size_t{10}); // 2 of 5
    double chiSquared = 0.0;
    for (const auto& [items, count] : counts) {
        chiSquared += std::pow(count - rounds / 10.0, 2) / (rounds / 10.0);
    }
    QVERIFY(chiSquared < 27.9); // 9 degrees of freedom, p = .001
}

void SampledRankingTest::allUnknownItemsWhenThereAreNoMore()
{
    QVERIFY(drawNegatives(5, rows({1, 4}), 3, Random(1)) == rows({0, 2, 3}));
    QVERIFY(drawNegatives(5, rows({1, 4}), 99, Random(1)) == rows({0, 2, 3}));
    QVERIFY(drawNegatives(2, rows({0, 1}), 1, Random(1)).empty());
}

void SampledRankingTest::itemsAreRankedAsListsAre()
{
    const std::vector<float> scores{1.0F, std::nanf(""), 3.0F, 1.0F, 3.0F};

    QVERIFY(rankedAmong(scores, rows({4, 1, 3, 2, 0})) == rows({2, 4, 0, 3, 1}));
    QVERIFY(rankedAmong(scores, rows({3, 1})) == rows({3, 1}));
}

void SampledRankingTest::enoughNegativesGiveTheFullRanking()
{
    Setting setting = settingOf(1);
    // Held out and not relevant, but ranked in full: it would be no negative. Ratings of 4 and more remain.
    std::erase_if(setting.parts.test.events, [](const Event& event) { return event.value < 4.0F; });

    const Evaluation both = evaluated(setting, {"ndcg@10", "ndcg@10~1000", "recall@5", "recall@5~1000"});

    QVERIFY(both.values.at("ndcg@10") > 0.0);
    QCOMPARE(both.perUser.at("ndcg@10~1000"), both.perUser.at("ndcg@10"));
    QCOMPARE(both.perUser.at("recall@5~1000"), both.perUser.at("recall@5"));
    QCOMPARE(both.values.at("ndcg@10~1000"), both.values.at("ndcg@10"));
}

void SampledRankingTest::negativesAreNothingKnown()
{
    // All that is known of the user scores above the relevant item 0: no negative does.
    const auto event = [](int item, float value) {
        return Event{.user = UserRow{0}, .item = ItemRow{item}, .value = value};
    };
    TrainingData training{.userCount = 1, .target = {.name = "films", .scaleMax = 5.0}};
    training.target.interactions = InteractionMatrix(1, 50, std::vector{event(1, 5)});
    const HeldOut test{.events = {event(0, 5), event(2, 1)}}; // the second is not relevant
    const HeldOut validation{.events = {event(3, 5)}};
    const HeldOut unused{.events = {event(4, 5)}};
    Matrix scores = Matrix::Zero(1, 50);
    scores.row(0).head(5) << 1, 2, 2, 2, 2;
    const auto rate = [&](const HeldOut* alsoKnown) {
        return valueOf(evaluate(TableModel(scores),
                                training,
                                test,
                                &validation,
                                {.measures = {"mrr@10", "mrr@10~44", "mrr@10~1000"},
                                 .positive = 4.0,
                                 .alsoKnown = alsoKnown},
                                {}))
            .values;
    };

    QCOMPARE(rate(&unused).at("mrr@10"), 1.0 / 3.0); // behind items 2 and 4, which were not trained on
    QCOMPARE(rate(&unused).at("mrr@10~1000"), 1.0);
    QCOMPARE(rate(nullptr).at("mrr@10~1000"), 0.5); // item 4 is drawn, as nothing is known of it
}

void SampledRankingTest::figuresTendToTheirExpectation()
{
    const Setting setting = settingOf(2);
    const InteractionMatrix& trained = setting.parts.training->target.interactions;
    std::map<UserRow, std::set<ItemRow>> known;
    std::map<UserRow, std::set<ItemRow>> relevant;
    for (const HeldOut* part : {&setting.parts.validation, &setting.parts.test}) {
        for (const Event& event : part->events) {
            known[event.user].insert(event.item);
        }
    }
    const auto isSeen = [&](const Event& event) {
        const auto items = trained.itemsOf(event.user);
        return std::ranges::find(items, event.item) != items.end() ||
               std::ranges::any_of(setting.parts.validation.events, [&](const Event& other) {
                   return other.user == event.user && other.item == event.item;
               });
    };
    for (const Event& event : setting.parts.test.events) {
        if (event.value >= 4.0F && !isSeen(event)) {
            relevant[event.user].insert(event.item);
        }
    }
    // Of one relevant item and one negative: how likely the negative is one that the item stands in front of.
    std::map<UserRow, double> expected;
    for (auto& [user, items] : relevant) {
        if (items.size() != 1) {
            continue;
        }
        const std::span<const ItemRow> had = trained.itemsOf(user);
        known[user].insert(had.begin(), had.end());
        const auto scores = setting.scores.row(static_cast<Eigen::Index>(user));
        const auto place = static_cast<Eigen::Index>(*items.begin());
        double lost = 0.0;
        double all = 0.0;
        for (Eigen::Index item = 0; item < scores.size(); ++item) {
            if (!known[user].contains(ItemRow{static_cast<std::int32_t>(item)})) {
                const bool isBehind =
                    scores(item) < scores(place) || (scores(item) == scores(place) && item > place);
                lost += isBehind ? 1.0 : 0.0;
                all += 1.0;
            }
        }
        expected[user] = lost / all;
    }
    constexpr int rounds = 400;
    std::map<UserRow, double> hits;
    for (int seed = 1; seed <= rounds; ++seed) {
        const Evaluation evaluation = evaluated(setting, {"hit-rate@1~1"}, static_cast<std::uint64_t>(seed));
        for (std::size_t user = 0; user < evaluation.users.size(); ++user) {
            hits[evaluation.users[user]] += evaluation.perUser.at("hit-rate@1~1")[user] / rounds;
        }
    }

    QVERIFY(expected.size() > 10);
    for (const auto& [user, chance] : expected) {
        const double deviation = std::sqrt(chance * (1.0 - chance) / rounds);
        QVERIFY2(std::abs(hits.at(user) - chance) <= 4.5 * deviation + 1e-12,
                 qPrintable(QStringLiteral("%1 instead of %2").arg(hits.at(user)).arg(chance)));
    }
}

void SampledRankingTest::negativesAreTheSameForEveryModelAndSource()
{
    // A model that scores by item: hits of "hit-rate@1~9" say which negatives were drawn.
    const auto drawn = [](const Dataset& data, bool isRaised) {
        const SplitData parts = valueOf(split(data, {}));
        Matrix scores(static_cast<Eigen::Index>(data.users.size()),
                      static_cast<Eigen::Index>(data.target.items.size()));
        for (Eigen::Index row = 0; row < scores.rows(); ++row) {
            for (Eigen::Index item = 0; item < scores.cols(); ++item) {
                scores(row, item) = static_cast<float>((item * 37) % 101) + (isRaised ? 5.0F : 0.0F);
            }
        }
        const Evaluation evaluation = valueOf(evaluate(TableModel(scores),
                                                       *parts.training,
                                                       parts.test,
                                                       &parts.validation,
                                                       {.measures = {"mrr@100~9"}, .seed = 3},
                                                       {}));
        return evaluation.perUser.at("mrr@100~9");
    };
    const Dataset alone = randomDataset({.users = 60, .items = 100, .events = 900, .sources = 0});
    Dataset joined = alone; // one more person in front, of a source alone: all user rows move
    joined.users.insert(joined.users.begin(), PersonId{0});
    for (Event& event : joined.target.events) {
        event.user = UserRow{static_cast<std::int32_t>(event.user) + 1};
    }

    QCOMPARE(drawn(alone, true), drawn(alone, false));
    QCOMPARE(drawn(joined, false), drawn(alone, false));
}

void SampledRankingTest::anotherSeedDrawsOthers()
{
    const Setting setting = settingOf(3);

    QVERIFY(evaluated(setting, {"mrr@10~9"}, 1).perUser != evaluated(setting, {"mrr@10~9"}, 2).perUser);
    QVERIFY(evaluated(setting, {"mrr@10~9"}, 1).perUser == evaluated(setting, {"mrr@10~9"}, 1).perUser);
}

void SampledRankingTest::threadsDoNotChangeABit()
{
    const Setting setting = settingOf(4);
    setThreadCount(1);
    const Evaluation one = evaluated(setting, {"ndcg@10~99", "recall@10~9"});
    for (const int threads : {2, 4, 8}) {
        setThreadCount(threads);
        const Evaluation several = evaluated(setting, {"ndcg@10~99", "recall@10~9"});
        QCOMPARE(several.values, one.values);
        for (const auto& [measure, values] : one.perUser) {
            const std::vector<double>& other = several.perUser.at(measure);
            QVERIFY(std::memcmp(values.data(), other.data(), values.size() * sizeof(double)) == 0);
        }
    }
}

void SampledRankingTest::sampledIsEasierThanFull()
{
    const Setting setting = settingOf(5);
    const auto values = evaluated(setting, {"ndcg@10", "ndcg@10~20", "ndcg@10~5"}).values;

    QVERIFY(values.at("ndcg@10") < values.at("ndcg@10~20"));
    QVERIFY(values.at("ndcg@10~20") < values.at("ndcg@10~5"));
}

namespace {

/// Negatives of every pair of the data, without looking at what the user has: `most` at the most, and the
/// pair that `without` names has none.
Setting givenSetting(std::uint64_t seed, std::size_t most)
{
    Setting setting{.data = randomDataset({.users = 80, .items = 300, .events = 6000, .seed = seed})};
    Random random(seed, 7);
    std::vector<GivenNegative> negatives;
    for (const Event& event : setting.data.target.events) {
        for (std::size_t count = random.below(most + 1); count > 0; --count) {
            const ItemRow other{static_cast<std::int32_t>(random.below(setting.data.target.items.size()))};
            if (other != event.item) {
                negatives.push_back({.user = event.user, .item = event.item, .negative = other});
            }
        }
    }
    setting.data.negatives = std::make_shared<const GivenNegatives>(negatives);
    setting.parts = valueOf(split(setting.data, {}));
    setting.scores = randomScores(setting.data.users.size(), setting.data.target.items.size(), seed);
    return setting;
}

/// Place of an item among its negatives by counting who stands before it, from 1.
std::size_t placeOf(const Setting& setting, UserRow user, ItemRow item, const std::set<ItemRow>& negatives)
{
    const auto scoreOf = [&](ItemRow each) {
        return setting.scores(static_cast<Eigen::Index>(user), static_cast<Eigen::Index>(each));
    };
    return 1 + static_cast<std::size_t>(std::ranges::count_if(negatives, [&](ItemRow other) {
               return scoreOf(other) > scoreOf(item) || (scoreOf(other) == scoreOf(item) && other < item);
           }));
}

double valueAt(std::size_t place, const std::string& measure)
{
    if (place > 5) {
        return 0.0;
    }
    return measure.starts_with("ndcg")        ? 1.0 / std::log2(static_cast<double>(place) + 1.0)
           : measure.starts_with("mrr")       ? 1.0 / static_cast<double>(place)
           : measure.starts_with("map")       ? 1.0 / static_cast<double>(place)
           : measure.starts_with("precision") ? 0.2
           : measure.starts_with("f1")        ? 2.0 * 0.2 / 1.2
                                              : 1.0;
}

} // namespace

void SampledRankingTest::givenIsWhatCountingSays_data()
{
    QTest::addColumn<int>("most");
    QTest::newRow("none to three") << 3;
    QTest::newRow("up to thirty") << 30;
}

/// Brute force: a user's value is the mean over the cases, each from the place of its item alone.
void SampledRankingTest::givenIsWhatCountingSays()
{
    QFETCH(int, most);
    const Setting setting = givenSetting(11, static_cast<std::size_t>(most));
    const std::vector<std::string> measures{"ndcg@5~given",
                                            "mrr@5~given",
                                            "map@5~given",
                                            "precision@5~given",
                                            "f1@5~given",
                                            "recall@5~given",
                                            "hit-rate@5~given",
                                            "ndcg@5"};
    const Evaluation evaluation = evaluated(setting, measures);

    std::size_t several = 0;
    std::size_t none = 0;
    for (std::size_t at = 0; at < evaluation.users.size(); ++at) {
        const UserRow user = evaluation.users[at];
        const auto trained = setting.parts.training->target.interactions.itemsOf(user);
        std::map<ItemRow, std::set<ItemRow>> cases;
        for (const Event& event : setting.parts.test.events) {
            const bool isSeen = std::ranges::find(trained, event.item) != trained.end() ||
                                std::ranges::any_of(setting.parts.validation.events, [&](const Event& other) {
                                    return other.user == user && other.item == event.item;
                                });
            if (event.user == user && event.value >= 4.0F && !isSeen) {
                const auto given = setting.data.negatives->of(user, event.item);
                cases[event.item].insert(given.begin(), given.end());
            }
        }
        std::erase_if(cases, [](const auto& each) { return each.second.empty(); });
        several += cases.size() > 1 ? 1 : 0;
        none += cases.empty() ? 1 : 0;
        for (const std::string& measure : measures) {
            const double value = evaluation.perUser.at(measure)[at];
            double sum = 0.0;
            for (const auto& [item, negatives] : cases) {
                sum += valueAt(placeOf(setting, user, item, negatives), measure);
            }
            if (measure == "ndcg@5") {
                QVERIFY(!std::isnan(value)); // full ranking beside it
            } else if (cases.empty()) {
                QVERIFY(std::isnan(value));
            } else {
                QVERIFY2(std::abs(value - sum / static_cast<double>(cases.size())) < 1e-12, measure.c_str());
            }
        }
    }
    QVERIFY(several > 5);
    QVERIFY(most > 3 || none > 0);
    double sum = 0.0;
    double users = 0.0;
    for (const double value : evaluation.perUser.at("mrr@5~given")) {
        sum += std::isnan(value) ? 0.0 : value;
        users += std::isnan(value) ? 0.0 : 1.0;
    }
    QVERIFY(std::abs(evaluation.values.at("mrr@5~given") - sum / users) < 1e-12);
}

/// A model that scores everything alike: the item with the lowest id stands first, the positive or not.
void SampledRankingTest::tieAmongGivenIsBrokenByTheItem()
{
    Setting setting = givenSetting(12, 30);
    setting.scores.setZero();
    const Evaluation evaluation = evaluated(setting, {"hit-rate@1~given"});
    double hits = 0.0;
    for (std::size_t at = 0; at < evaluation.users.size(); ++at) {
        const UserRow user = evaluation.users[at];
        const double value = evaluation.perUser.at("hit-rate@1~given")[at];
        hits += std::isnan(value) ? 0.0 : value;
        for (const Event& event : setting.parts.test.events) {
            const auto given = setting.data.negatives->of(user, event.item);
            if (event.user == user && value == 1.0 && event.value >= 4.0F && !given.empty()) {
                const auto trained = setting.parts.training->target.interactions.itemsOf(user);
                QVERIFY(event.item < given.front() ||
                        std::ranges::find(trained, event.item) != trained.end() ||
                        std::ranges::any_of(setting.parts.validation.events, [&](const Event& other) {
                            return other.user == user && other.item == event.item;
                        }));
            }
        }
    }
    QVERIFY(hits > 0.0);
    QVERIFY(hits < 0.5 * static_cast<double>(evaluation.users.size()));
}

void SampledRankingTest::withoutGivenThereIsNoValue()
{
    const Setting setting = settingOf(13);
    QVERIFY(setting.parts.test.negatives == nullptr);
    QVERIFY(std::isnan(evaluated(setting, {"ndcg@10~given"}).values.at("ndcg@10~given")));
}

void SampledRankingTest::givenIsTheSameForAnyNumberOfThreads()
{
    const Setting setting = givenSetting(14, 20);
    setThreadCount(1);
    const Evaluation one = evaluated(setting, {"ndcg@10~given"});
    for (const int threads : {2, 4, 8}) {
        setThreadCount(threads);
        const Evaluation several = evaluated(setting, {"ndcg@10~given"});
        const std::vector<double>& values = one.perUser.at("ndcg@10~given");
        const std::vector<double>& other = several.perUser.at("ndcg@10~given");
        QCOMPARE(several.values, one.values);
        QVERIFY(std::memcmp(values.data(), other.data(), values.size() * sizeof(double)) == 0);
    }
}

void SampledRankingTest::coldIsWhatCountingSays_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("cold-item, all that is relevant is cold") << static_cast<int>(SplitSpec::Kind::ColdItem);
    QTest::newRow("warm, little of it is") << static_cast<int>(SplitSpec::Kind::Warm);
}

/// Brute force: the place of each item that nobody has in training, among all of those that the user has
/// nowhere; a user's value is the mean.
void SampledRankingTest::coldIsWhatCountingSays()
{
    QFETCH(int, kind);
    Setting setting{.data = randomDataset({.users = 90, .items = 300, .events = 900, .seed = 15})};
    setting.parts = valueOf(split(setting.data, {.kind = static_cast<SplitSpec::Kind>(kind), .share = 0.3}));
    setting.scores = randomScores(setting.data.users.size(), setting.data.target.items.size(), 15);
    setting.scores = (4.0F * setting.scores).array().floor(); // ties
    const std::vector<std::string> measures{"ndcg@5~cold", "mrr@5~cold", "hit-rate@5~cold", "ndcg@5"};
    const Evaluation evaluation = evaluated(setting, measures);

    std::set<ItemRow> cold;
    for (std::size_t item = 0; item < setting.data.target.items.size(); ++item) {
        cold.insert(static_cast<ItemRow>(item));
    }
    for (std::size_t event = 0; event < setting.data.target.events.size(); ++event) {
        if (setting.parts.ofTarget[event] == Part::Train) {
            cold.erase(setting.data.target.events[event].item);
        }
    }
    std::size_t several = 0;
    std::size_t none = 0;
    for (std::size_t at = 0; at < evaluation.users.size(); ++at) {
        const UserRow user = evaluation.users[at];
        std::set<ItemRow> others = cold;
        std::set<ItemRow> relevant;
        std::set<ItemRow> validated;
        for (std::size_t event = 0; event < setting.data.target.events.size(); ++event) {
            const auto& [by, item, value, time] = setting.data.target.events[event];
            if (by == user) {
                others.erase(item);
                const Part part = setting.parts.ofTarget[event];
                if (part == Part::Test && value >= 4.0F && cold.contains(item)) {
                    relevant.insert(item);
                } else if (part == Part::Validation) {
                    validated.insert(item);
                }
            }
        }
        std::erase_if(relevant, [&](ItemRow item) { return validated.contains(item); });
        several += relevant.size() > 1 ? 1 : 0;
        none += relevant.empty() ? 1 : 0;
        for (const std::string& measure : {measures[0], measures[1], measures[2]}) {
            double sum = 0.0;
            for (const ItemRow item : relevant) {
                sum += valueAt(placeOf(setting, user, item, others), measure);
            }
            const double value = evaluation.perUser.at(measure)[at];
            QVERIFY2(relevant.empty() ? std::isnan(value)
                                      : std::abs(value - sum / static_cast<double>(relevant.size())) < 1e-12,
                     measure.c_str());
        }
        QVERIFY(!std::isnan(evaluation.perUser.at("ndcg@5")[at])); // full ranking beside it
    }
    const bool isWarm = static_cast<SplitSpec::Kind>(kind) == SplitSpec::Kind::Warm;
    QVERIFY(isWarm || several > 5);
    QCOMPARE(none > 0, isWarm);
}

void SampledRankingTest::coldIsTheSameForAnyNumberOfThreads()
{
    Setting setting{.data = randomDataset({.users = 200, .items = 150, .events = 3000, .seed = 16})};
    setting.parts = valueOf(split(setting.data, {.kind = SplitSpec::Kind::ColdItem}));
    setting.scores = randomScores(setting.data.users.size(), setting.data.target.items.size(), 16);
    setThreadCount(1);
    const Evaluation one = evaluated(setting, {"ndcg@10~cold"});
    for (const int threads : {2, 4, 8}) {
        setThreadCount(threads);
        const Evaluation several = evaluated(setting, {"ndcg@10~cold"});
        const std::vector<double>& values = one.perUser.at("ndcg@10~cold");
        const std::vector<double>& other = several.perUser.at("ndcg@10~cold");
        QCOMPARE(several.values, one.values);
        QVERIFY(std::memcmp(values.data(), other.data(), values.size() * sizeof(double)) == 0);
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::SampledRankingTest)
#include "SampledRankingTest.moc"
