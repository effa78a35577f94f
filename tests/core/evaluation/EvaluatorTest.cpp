#include "core/evaluation/Measures.h"

#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "tests/support/Datasets.h"
#include "tests/support/TableModel.h"

#include <QtTest/QTest>

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <set>

namespace transept {

class EvaluatorTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }
    void rankingMeasuresAgreeWithASlowEvaluator_data();
    void rankingMeasuresAgreeWithASlowEvaluator();
    void ratingMeasuresAgreeWithASlowEvaluator();
    void catalogueMeasuresAgreeWithASlowEvaluator();
    void threadsDoNotChangeABit();
    void seenItemsAreNotRanked();
    void usersWithoutARelevantItemDoNotCount();
    void usersAreTheSameForEveryModel();
    void valuesAreTheMeansOfTheUsers();
    void listsAreKeptAsLongAsAsked();
    void predictionsAreClippedToTheScale();
    void coverageIsOfIntervalsAroundWhatIsExpected();
    void ratingMeasuresDoNotApplyToRankers();
    void knowledgeMeasuresDoNotApplyWithoutKnowledge();
    void nothingHeldOutGivesNoValues();
    void wrongMeasureIsNamedWithItsPath();
    void stopIsHeard();
    void progressReachesTheEnd();
};

namespace {

using test::randomDataset;
using test::TableModel;
using test::valueOf;

Matrix randomScores(std::size_t users, std::size_t items, std::uint64_t seed)
{
    Random random(seed);
    Matrix scores(static_cast<Eigen::Index>(users), static_cast<Eigen::Index>(items));
    for (Eigen::Index at = 0; at < scores.size(); ++at) {
        scores.data()[at] = static_cast<float>(random.below(60)) / 10.0F; // with ties, and beyond the scale
    }
    return scores;
}

std::shared_ptr<const ItemKnowledge> randomKnowledge(std::size_t items)
{
    Random random(99);
    auto knowledge = std::make_shared<ItemKnowledge>();
    Matrix vectors = Matrix::Zero(static_cast<Eigen::Index>(items), 6);
    for (std::size_t item = 0; item < items; ++item) {
        std::vector<Facet>& facets = knowledge->facets.emplace_back();
        if (item % 7 == 3) {
            continue; // nothing is known
        }
        auto row = vectors.row(static_cast<Eigen::Index>(item));
        for (Eigen::Index column = 0; column < row.cols(); ++column) {
            row(column) = static_cast<float>(random.normal());
        }
        row.normalize();
        facets.push_back({.name = "genre", .text = std::to_string(random.below(4))});
        facets.push_back({.name = "topic", .text = "noise"});
        if (random.below(2) == 0) {
            facets.push_back({.name = "genre", .text = std::to_string(4 + random.below(2))});
        }
    }
    knowledge->vectors = std::move(vectors);
    return knowledge;
}

struct Setting
{
    Dataset data;
    SplitData parts;
    Matrix scores;
    std::optional<double> positive;
};

Setting settingOf(std::uint64_t seed, std::optional<double> positive, const SplitSpec& spec = {})
{
    Setting setting{.data = randomDataset({.users = 80, .items = 50, .events = 1500, .seed = seed}),
                    .positive = positive};
    setting.parts =
        valueOf(split(setting.data, spec, {.target = randomKnowledge(setting.data.target.items.size())}));
    setting.scores = randomScores(setting.data.users.size(), setting.data.target.items.size(), seed);
    return setting;
}

Evaluation evaluatedBy(const Model& model,
                       const Setting& setting,
                       const std::vector<std::string>& measures,
                       int listLength = 0)
{
    return valueOf(evaluate(model,
                            *setting.parts.training,
                            setting.parts.test,
                            &setting.parts.validation,
                            {.measures = measures, .positive = setting.positive, .listLength = listLength},
                            {}));
}

Evaluation evaluated(const Setting& setting,
                     const std::vector<std::string>& measures,
                     bool areRatings = false,
                     int listLength = 0)
{
    return evaluatedBy(TableModel(setting.scores, areRatings), setting, measures, listLength);
}

double deviationOf(ItemRow item)
{
    return 0.1 + 0.05 * static_cast<double>(index(item) % 20);
}

/// Ratings from a table, less sure of some items than of others.
class UnsureModel final : public Model
{
public:
    explicit UnsureModel(Matrix scores) : m_table(std::move(scores), true) {}

    std::size_t itemCount() const noexcept override { return m_table.itemCount(); }
    void score(UserRow user, std::span<float> scores) const override { m_table.score(user, scores); }
    bool predictsRatings() const noexcept override { return true; }
    bool ratingDeviations(UserRow /*user*/,
                          std::span<const ItemRow> items,
                          std::span<float> deviations) const override
    {
        std::ranges::transform(
            items, deviations.begin(), [](ItemRow item) { return static_cast<float>(deviationOf(item)); });
        return true;
    }

private:
    TableModel m_table;
};

/// The slow evaluator: every user's whole catalogue sorted, sets for everything.
struct SlowUser
{
    std::vector<int> ranking; ///< all unseen items, best first
    std::set<int> relevant;
};

std::vector<SlowUser> slowRanking(const Setting& setting)
{
    std::vector<SlowUser> users;
    for (std::size_t user = 0; user < setting.data.users.size(); ++user) {
        const auto itemsIn = [&](const std::vector<Event>& events, double least) {
            std::set<int> items;
            for (const Event& event : events) {
                if (index(event.user) == user && static_cast<double>(event.value) >= least) {
                    items.insert(static_cast<int>(event.item));
                }
            }
            return items;
        };
        std::set<int> seen = itemsIn(test::eventsOf(setting.parts.training->target), -1e9);
        seen.merge(itemsIn(setting.parts.validation.events, -1e9));
        SlowUser slow;
        for (const int item : itemsIn(setting.parts.test.events, setting.positive.value_or(-1e9))) {
            if (!seen.contains(item)) {
                slow.relevant.insert(item);
            }
        }
        for (int item = 0; item < setting.scores.cols(); ++item) {
            if (!seen.contains(item)) {
                slow.ranking.push_back(item);
            }
        }
        std::stable_sort(slow.ranking.begin(), slow.ranking.end(), [&](int a, int b) {
            return setting.scores(static_cast<Eigen::Index>(user), a) >
                   setting.scores(static_cast<Eigen::Index>(user), b);
        });
        if (!slow.relevant.empty()) {
            users.push_back(slow);
        }
    }
    return users;
}

double slowMean(const std::vector<SlowUser>& users, const std::function<double(const SlowUser&)>& value)
{
    double sum = 0.0;
    for (const SlowUser& user : users) {
        sum += value(user);
    }
    return sum / static_cast<double>(users.size());
}

bool isHit(const SlowUser& user, std::size_t place)
{
    return place < user.ranking.size() && user.relevant.contains(user.ranking[place]);
}

double slowHits(const SlowUser& user, std::size_t k)
{
    double hits = 0.0;
    for (std::size_t place = 0; place < k; ++place) {
        hits += isHit(user, place) ? 1.0 : 0.0;
    }
    return hits;
}

double slowNdcg(const SlowUser& user, std::size_t k)
{
    double gain = 0.0;
    double ideal = 0.0;
    for (std::size_t place = 0; place < k; ++place) {
        const double worth = std::log(2.0) / std::log(static_cast<double>(place + 2));
        gain += isHit(user, place) ? worth : 0.0;
        ideal += place < user.relevant.size() ? worth : 0.0;
    }
    return gain / ideal;
}

double slowAveragePrecision(const SlowUser& user, std::size_t k)
{
    double sum = 0.0;
    for (std::size_t place = 0; place < k; ++place) {
        sum += isHit(user, place) ? slowHits(user, place + 1) / static_cast<double>(place + 1) : 0.0;
    }
    return sum / static_cast<double>(std::min(k, user.relevant.size()));
}

double slowReciprocalRank(const SlowUser& user, std::size_t k)
{
    for (std::size_t place = 0; place < k; ++place) {
        if (isHit(user, place)) {
            return 1.0 / static_cast<double>(place + 1);
        }
    }
    return 0.0;
}

/// Equal to the last bit, so that NaN equals NaN.
bool areSame(const std::vector<double>& a, const std::vector<double>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](double left, double right) {
        return std::bit_cast<std::uint64_t>(left) == std::bit_cast<std::uint64_t>(right);
    });
}

void compare(double value, double expected, const std::string& name)
{
    QVERIFY2(std::abs(value - expected) < 1e-12,
             (name + ": " + std::to_string(value) + " instead of " + std::to_string(expected)).c_str());
}

} // namespace

void EvaluatorTest::rankingMeasuresAgreeWithASlowEvaluator_data()
{
    QTest::addColumn<std::optional<double>>("positive");
    QTest::addColumn<SplitSpec>("spec");
    QTest::newRow("all relevant") << std::optional<double>() << SplitSpec{};
    QTest::newRow("from four on") << std::optional(4.0) << SplitSpec{};
    QTest::newRow("cold users") << std::optional<double>()
                                << SplitSpec{.kind = SplitSpec::Kind::ColdUser, .share = 0.5};
    QTest::newRow("cold items") << std::optional(3.0)
                                << SplitSpec{.kind = SplitSpec::Kind::ColdItem, .share = 0.3};
    QTest::newRow("last one") << std::optional<double>() << SplitSpec{.kind = SplitSpec::Kind::LeaveOneOut};
}

void EvaluatorTest::rankingMeasuresAgreeWithASlowEvaluator()
{
    QFETCH(std::optional<double>, positive);
    QFETCH(SplitSpec, spec);
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const Setting setting = settingOf(seed, positive, spec);
        const std::vector<SlowUser> users = slowRanking(setting);
        QVERIFY(users.size() > 5);
        for (const std::size_t k : {std::size_t{1}, std::size_t{5}, std::size_t{20}, std::size_t{100}}) {
            const std::string at = "@" + std::to_string(k);
            const Evaluation fast = evaluated(setting,
                                              {"precision" + at,
                                               "recall" + at,
                                               "f1" + at,
                                               "hit-rate" + at,
                                               "ndcg" + at,
                                               "map" + at,
                                               "mrr" + at});
            QCOMPARE(fast.users.size(), users.size());
            const auto agrees = [&](const std::string& name,
                                    const std::function<double(const SlowUser&)>& slow) {
                compare(fast.values.at(name + at), slowMean(users, slow), name + at);
            };
            const auto precision = [&](const SlowUser& user) {
                return slowHits(user, k) / static_cast<double>(k);
            };
            const auto recall = [&](const SlowUser& user) {
                return slowHits(user, k) / static_cast<double>(user.relevant.size());
            };
            agrees("precision", precision);
            agrees("recall", recall);
            agrees("f1", [&](const SlowUser& user) {
                const double sum = precision(user) + recall(user);
                return sum > 0.0 ? 2.0 * precision(user) * recall(user) / sum : 0.0;
            });
            agrees("hit-rate", [&](const SlowUser& user) { return slowHits(user, k) > 0.0 ? 1.0 : 0.0; });
            agrees("ndcg", [&](const SlowUser& user) { return slowNdcg(user, k); });
            agrees("map", [&](const SlowUser& user) { return slowAveragePrecision(user, k); });
            agrees("mrr", [&](const SlowUser& user) { return slowReciprocalRank(user, k); });
        }
    }
}

void EvaluatorTest::ratingMeasuresAgreeWithASlowEvaluator()
{
    const Setting setting = settingOf(4, 4.0);
    const std::vector<Event>& events = setting.parts.test.events;
    double squares = 0.0;
    double absolutes = 0.0;
    double right = 0.0;
    for (const Event& event : events) {
        const double said =
            std::clamp(static_cast<double>(setting.scores(static_cast<Eigen::Index>(event.user),
                                                          static_cast<Eigen::Index>(event.item))),
                       1.0,
                       5.0);
        const double is = static_cast<double>(event.value);
        squares += (said - is) * (said - is);
        absolutes += std::abs(said - is);
        right += (said >= 4.0) == (is >= 4.0) ? 1.0 : 0.0;
    }

    const Evaluation fast = evaluated(setting, {"rmse", "mae", "accuracy"}, true);

    const auto count = static_cast<double>(events.size());
    compare(fast.values.at("rmse"), std::sqrt(squares / count), "rmse");
    compare(fast.values.at("mae"), absolutes / count, "mae");
    compare(fast.values.at("accuracy"), right / count, "accuracy");
    double again = 0.0;
    for (std::size_t place = 0; place < fast.users.size(); ++place) {
        again += fast.perUser.at("rmse")[place] *
                 static_cast<double>(std::count_if(events.begin(), events.end(), [&](const Event& event) {
                     return event.user == fast.users[place];
                 }));
    }
    compare(again, squares, "mean squared errors by user");
}

void EvaluatorTest::catalogueMeasuresAgreeWithASlowEvaluator()
{
    const Setting setting = settingOf(2, std::nullopt);
    const std::vector<SlowUser> users = slowRanking(setting);
    std::set<int> shown;
    for (const SlowUser& user : users) {
        shown.insert(user.ranking.begin(), user.ranking.begin() + 3);
    }
    std::vector<double> counts(50, 0.0);
    for (const Event& event : test::eventsOf(setting.parts.training->target)) {
        counts[index(event.item)] += 1.0;
    }
    const double total = static_cast<double>(setting.parts.training->target.interactions.size());

    const Evaluation fast =
        evaluated(setting, {"coverage@3", "novelty@3", "serendipity@3", "gini@3", "ranking-auc"});

    compare(fast.values.at("coverage@3"), static_cast<double>(shown.size()) / 50.0, "coverage");
    compare(fast.values.at("novelty@3"),
            slowMean(users,
                     [&](const SlowUser& user) {
                         double sum = 0.0;
                         for (std::size_t place = 0; place < 3; ++place) {
                             sum -= std::log2(
                                 std::max(1.0, counts[static_cast<std::size_t>(user.ranking[place])]) /
                                 total);
                         }
                         return sum / 3.0;
                     }),
            "novelty");
    compare(fast.values.at("serendipity@3"),
            slowMean(users,
                     [&](const SlowUser& user) {
                         std::vector<int> popular = user.ranking;
                         std::sort(popular.begin(), popular.end());
                         std::stable_sort(popular.begin(), popular.end(), [&](int a, int b) {
                             return counts[static_cast<std::size_t>(a)] > counts[static_cast<std::size_t>(b)];
                         });
                         double found = 0.0;
                         for (std::size_t place = 0; place < 3; ++place) {
                             const bool isExpected =
                                 std::find(popular.begin(), popular.begin() + 3, user.ranking[place]) !=
                                 popular.begin() + 3;
                             found += isHit(user, place) && !isExpected ? 1.0 : 0.0;
                         }
                         return found / 3.0;
                     }),
            "serendipity");
    QVERIFY(fast.values.at("gini@3") > 0.0 && fast.values.at("gini@3") < 1.0);
    QVERIFY(fast.values.at("ranking-auc") > 0.3 && fast.values.at("ranking-auc") < 0.7);
}

void EvaluatorTest::threadsDoNotChangeABit()
{
    const Setting setting = settingOf(6, 3.0);
    std::vector<std::string> names;
    for (const MeasureDescription& measure : measures()) {
        names.push_back(measure.hasK ? measure.base + "@7" : measure.base);
    }

    setThreadCount(1);
    const Evaluation one = evaluatedBy(UnsureModel(setting.scores), setting, names, 10);
    setThreadCount(4);
    const Evaluation four = evaluatedBy(UnsureModel(setting.scores), setting, names, 10);

    QCOMPARE(one.values.size(), measures().size());
    for (const auto& [name, value] : one.values) {
        QVERIFY2(std::isfinite(value), name.c_str());
        QVERIFY2(std::bit_cast<std::uint64_t>(value) == std::bit_cast<std::uint64_t>(four.values.at(name)),
                 name.c_str());
    }
    for (const auto& [name, values] : one.perUser) {
        QCOMPARE(values.size(), one.users.size());
        QVERIFY2(areSame(values, four.perUser.at(name)), name.c_str());
    }
    QCOMPARE(one.predictions, four.predictions);
    QCOMPARE(one.lists.size(), four.lists.size());
    for (std::size_t place = 0; place < one.lists.size(); ++place) {
        QCOMPARE(one.lists[place].items, four.lists[place].items);
        QCOMPARE(one.lists[place].scores, four.lists[place].scores);
    }
}

void EvaluatorTest::seenItemsAreNotRanked()
{
    const Setting setting = settingOf(3, std::nullopt);

    const Evaluation evaluation = evaluated(setting, {}, false, 50);

    QVERIFY(!evaluation.lists.empty());
    for (const UserList& list : evaluation.lists) {
        const std::set<ItemRow> items(list.items.begin(), list.items.end());
        QCOMPARE(items.size(), list.items.size());
        for (const ItemRow seen : setting.parts.training->target.interactions.itemsOf(list.user)) {
            QVERIFY(!items.contains(seen));
        }
        for (const Event& event : setting.parts.validation.events) {
            QVERIFY(event.user != list.user || !items.contains(event.item));
        }
        for (const ItemRow relevant : list.relevant) {
            QVERIFY(items.contains(relevant));
        }
    }
}

void EvaluatorTest::usersWithoutARelevantItemDoNotCount()
{
    Setting setting = settingOf(1, 4.0);
    TrainingData training{.userCount = 4};
    training.target.scaleMax = 5.0;
    const std::vector<Event> seen{{.user = UserRow{2}, .item = ItemRow{0}, .value = 5}};
    training.target.interactions = InteractionMatrix(4, 2, seen);
    const HeldOut heldOut{{{.user = UserRow{0}, .item = ItemRow{0}, .value = 5},
                           {.user = UserRow{1}, .item = ItemRow{0}, .value = 3},   // not relevant
                           {.user = UserRow{2}, .item = ItemRow{0}, .value = 5}}}; // seen in training
    Matrix scores(4, 2);
    scores << 2, 1, 2, 1, 2, 1, 2, 1;

    const Evaluation evaluation = valueOf(evaluate(
        TableModel(scores), training, heldOut, nullptr, {.measures = {"ndcg@1"}, .positive = 4.0}, {}));

    QCOMPARE(evaluation.users, std::vector{UserRow{0}});
    QCOMPARE(evaluation.values.at("ndcg@1"), 1.0);
}

void EvaluatorTest::usersAreTheSameForEveryModel()
{
    const Setting setting = settingOf(5, 5.0);
    const std::vector<std::string> measures{"rmse", "ndcg@5"};

    const Evaluation ratings = evaluated(setting, measures, true);
    const Evaluation ranks = evaluated(setting, measures, false);
    const Evaluation ranksAlone = evaluated(setting, {"ndcg@5"}, true);

    QCOMPARE(ratings.users, ranks.users);
    QVERIFY(areSame(ratings.perUser.at("ndcg@5"), ranks.perUser.at("ndcg@5")));
    QCOMPARE(ratings.values.at("ndcg@5"), ranksAlone.values.at("ndcg@5"));
    QVERIFY(ranksAlone.users.size() < ratings.users.size());
}

void EvaluatorTest::valuesAreTheMeansOfTheUsers()
{
    const Setting setting = settingOf(8, 5.0);
    const Evaluation evaluation =
        evaluated(setting, {"rmse", "ndcg@5", "diversity@5", "calibration@5"}, true);

    for (const char* name : {"ndcg@5", "diversity@5", "calibration@5"}) {
        double sum = 0.0;
        double count = 0.0;
        for (const double value : evaluation.perUser.at(name)) {
            sum += std::isnan(value) ? 0.0 : value;
            count += std::isnan(value) ? 0.0 : 1.0;
        }
        QVERIFY(count > 0.0 && count < static_cast<double>(evaluation.users.size()));
        compare(evaluation.values.at(name), sum / count, name);
    }
}

void EvaluatorTest::listsAreKeptAsLongAsAsked()
{
    const Setting setting = settingOf(3, std::nullopt);

    QVERIFY(evaluated(setting, {"ndcg@3"}).lists.empty());
    QCOMPARE(evaluated(setting, {"ndcg@3"}, false, 5).lists[0].items.size(), std::size_t{5});
    QCOMPARE(evaluated(setting, {"ndcg@8"}, false, 5).lists[0].items.size(), std::size_t{8});
    QCOMPARE(evaluated(setting, {"ndcg@8"}, false, 5).values, evaluated(setting, {"ndcg@8"}).values);
}

void EvaluatorTest::predictionsAreClippedToTheScale()
{
    const Setting setting = settingOf(3, std::nullopt);

    const Evaluation evaluation = evaluated(setting, {"ndcg@3"}, true, 5);

    QCOMPARE(evaluation.predictions.size(), setting.parts.test.events.size());
    for (std::size_t at = 0; at < evaluation.predictions.size(); ++at) {
        const Event& event = setting.parts.test.events[at];
        QCOMPARE(evaluation.predictions[at],
                 std::clamp(setting.scores(static_cast<Eigen::Index>(event.user),
                                           static_cast<Eigen::Index>(event.item)),
                            1.0F,
                            5.0F));
    }
    QVERIFY(evaluated(setting, {"ndcg@3"}, false, 5).predictions.empty());
}

/// Around the rating before it is clipped, by the deviation of single ratings.
void EvaluatorTest::coverageIsOfIntervalsAroundWhatIsExpected()
{
    const Setting setting = settingOf(3, std::nullopt);
    const auto& events = setting.parts.test.events;
    double covered = 0.0;
    for (const Event& event : events) {
        const double expected = static_cast<double>(
            setting.scores(static_cast<Eigen::Index>(event.user), static_cast<Eigen::Index>(event.item)));
        const double half = 1.959964 * deviationOf(event.item);
        const auto truth = static_cast<double>(event.value);
        covered += expected - half <= truth && truth <= expected + half ? 1.0 : 0.0;
    }
    const auto measured = [&](const Model& model) {
        return evaluatedBy(model, setting, {"picp"}).values.at("picp");
    };

    const double coverage = measured(UnsureModel(setting.scores));

    QCOMPARE(coverage, covered / static_cast<double>(events.size()));
    QVERIFY(coverage > 0.2 && coverage < 0.8);
    QVERIFY(std::isnan(measured(TableModel(setting.scores, true))));  // does not say
    QVERIFY(std::isnan(measured(TableModel(setting.scores, false)))); // has no ratings
}

void EvaluatorTest::ratingMeasuresDoNotApplyToRankers()
{
    const Setting setting = settingOf(3, 4.0);

    const Evaluation evaluation = evaluated(setting, {"rmse", "mae", "accuracy", "log-loss", "auc"});

    QVERIFY(std::isnan(evaluation.values.at("rmse")));
    QVERIFY(std::isnan(evaluation.values.at("mae")));
    QVERIFY(std::isnan(evaluation.values.at("accuracy")));
    QVERIFY(std::isnan(evaluation.values.at("log-loss")));
    QVERIFY(!std::isnan(evaluation.values.at("auc"))); // needs an order only
    QVERIFY(!evaluation.perUser.contains("rmse"));
}

void EvaluatorTest::knowledgeMeasuresDoNotApplyWithoutKnowledge()
{
    Setting setting = settingOf(3, std::nullopt);
    setting.parts = valueOf(split(setting.data, {}));

    const Evaluation evaluation = evaluated(setting, {"diversity@5", "calibration@5", "novelty@5"});

    QVERIFY(std::isnan(evaluation.values.at("diversity@5")));
    QVERIFY(std::isnan(evaluation.values.at("calibration@5")));
    QVERIFY(evaluation.values.at("novelty@5") > 0.0);
}

void EvaluatorTest::nothingHeldOutGivesNoValues()
{
    Setting setting = settingOf(3, std::nullopt);
    setting.parts.test.events.clear();

    const Evaluation evaluation = evaluated(setting, {"rmse", "ndcg@5", "coverage@5", "gini@5"}, true, 5);

    QVERIFY(std::isnan(evaluation.values.at("rmse")));
    QVERIFY(std::isnan(evaluation.values.at("ndcg@5")));
    QVERIFY(std::isnan(evaluation.values.at("gini@5")));
    QCOMPARE(evaluation.values.at("coverage@5"), 0.0);
    QVERIFY(evaluation.users.empty());
    QVERIFY(evaluation.lists.empty());
}

void EvaluatorTest::wrongMeasureIsNamedWithItsPath()
{
    const Setting setting = settingOf(3, std::nullopt);

    const Result<Evaluation> evaluation = evaluate(TableModel(setting.scores),
                                                   *setting.parts.training,
                                                   setting.parts.test,
                                                   nullptr,
                                                   {.measures = {"rmse", "ndcg"}},
                                                   {});

    QVERIFY(!evaluation);
    QCOMPARE(describe(evaluation.error()), "measures[1]: the measure ndcg needs a K, as in ndcg@10.");
}

void EvaluatorTest::stopIsHeard()
{
    const Setting setting = settingOf(3, std::nullopt);
    std::stop_source stop;
    stop.request_stop();

    const Result<Evaluation> evaluation = evaluate(TableModel(setting.scores),
                                                   *setting.parts.training,
                                                   setting.parts.test,
                                                   nullptr,
                                                   {.measures = {"ndcg@10"}},
                                                   {.stop = stop.get_token()});

    QVERIFY(!evaluation);
    QVERIFY(evaluation.error().code == ErrorCode::Cancelled);
}

void EvaluatorTest::progressReachesTheEnd()
{
    const Setting setting = settingOf(3, std::nullopt);
    Progress last;

    const Result<Evaluation> evaluation =
        evaluate(TableModel(setting.scores),
                 *setting.parts.training,
                 setting.parts.test,
                 nullptr,
                 {.measures = {"ndcg@10"}},
                 {.progress = [&](const Progress& progress) { last = progress; }});

    QVERIFY(evaluation);
    QCOMPARE(last.fraction, 1.0);
    QCOMPARE(last.done, last.total);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::EvaluatorTest)
#include "EvaluatorTest.moc"
