#include "core/evaluation/ProductRanking.h"

#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "core/evaluation/Measures.h"
#include "tests/support/VectorWidths.h"

#include <QtTest/QTest>

#include <functional>
#include <limits>

namespace transept {

class ProductRankingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsAreThoseOfAllScores_data();
    void listsAreThoseOfAllScores();
    void whoCannotBeToldApartIsLeft();
    void whatIsNotANumberLeavesEverybody();
    void numbersBeyondTheRangeLeaveTheUser();
    void theEvaluationIsThatOfAllScores();
    void cleanup() { limitVectorBytes(64); }
};

namespace {

constexpr std::size_t userCount = 13;
constexpr std::size_t itemCount = 700;
constexpr std::size_t factors = 20;

using Draw = std::function<float(Random&)>;

FactorParameters parametersOf(std::uint64_t seed, const Draw& draw)
{
    Random random(seed);
    FactorParameters parameters{.mean = 0.25F,
                                .ratings = false,
                                .users = FactorMatrix(userCount, factors),
                                .items = FactorMatrix(itemCount, factors),
                                .userBiases = std::vector<float>(userCount),
                                .itemBiases = std::vector<float>(itemCount)};
    for (FactorMatrix* matrix : {&parameters.users, &parameters.items}) {
        for (std::size_t row = 0; row < matrix->rows; ++row) {
            std::ranges::generate(matrix->row(row), [&] { return draw(random); });
        }
    }
    for (std::vector<float>* biases : {&parameters.userBiases, &parameters.itemBiases}) {
        std::ranges::generate(*biases, [&] { return draw(random); });
    }
    return parameters;
}

float normal(Random& random)
{
    return static_cast<float>(random.normal());
}

/// A third of the items, others for each user.
std::vector<ItemRow> excludedFor(std::size_t user)
{
    Random random(100 + user);
    std::vector<ItemRow> items;
    for (std::size_t item = 0; item < itemCount; ++item) {
        if (random.below(3) == 0) {
            items.push_back(static_cast<ItemRow>(item));
        }
    }
    return items;
}

struct Found
{
    std::vector<std::optional<TopItems>> best;
    std::vector<TopItems> expected;
};

Found findAll(const Model& model, std::size_t count)
{
    std::vector<std::vector<ItemRow>> excluded;
    std::vector<ProductRanking::User> users;
    Found found;
    for (std::size_t user = 0; user < userCount; ++user) {
        excluded.push_back(excludedFor(user));
        std::vector<float> scores(itemCount);
        model.score(static_cast<UserRow>(user), scores);
        found.expected.push_back(topItems(scores, excluded.back(), count));
    }
    for (std::size_t user = 0; user < userCount; ++user) {
        users.push_back({static_cast<UserRow>(user), excluded[user]});
    }
    found.best = ProductRanking(model).best(users, count);
    return found;
}

/// How many users were ranked; all of those have the list of all scores.
std::size_t rankedRight(const Found& found)
{
    std::size_t count = 0;
    for (std::size_t user = 0; user < userCount; ++user) {
        if (!found.best[user]) {
            continue;
        }
        if (found.best[user]->items != found.expected[user].items ||
            found.best[user]->scores != found.expected[user].scores) {
            return 0;
        }
        ++count;
    }
    return count;
}

/// A model that does not tell that its scores are products.
class Opaque final : public Model
{
public:
    explicit Opaque(const FactorModel& model) : m_model(model) {}
    std::size_t itemCount() const noexcept override { return m_model.itemCount(); }
    void score(UserRow user, std::span<float> scores) const override { m_model.score(user, scores); }

private:
    const FactorModel& m_model;
};

} // namespace

void ProductRankingTest::listsAreThoseOfAllScores_data()
{
    QTest::addColumn<std::size_t>("bytes");
    QTest::addColumn<std::size_t>("count");
    QTest::addColumn<int>("steps"); // 0: any number; else numbers of so many values, so that scores tie
    for (const std::size_t bytes : test::vectorWidths()) {
        for (const std::size_t count : {0, 1, 10, 87, 690, 1000}) {
            for (const int steps : {0, 9}) {
                QTest::addRow("%zu bytes, best %zu, %d steps", bytes, count, steps)
                    << bytes << count << steps;
            }
        }
    }
}

void ProductRankingTest::listsAreThoseOfAllScores()
{
    QFETCH(std::size_t, bytes);
    QFETCH(std::size_t, count);
    QFETCH(int, steps);
    limitVectorBytes(bytes);
    const Draw stepped = [steps](Random& random) {
        return static_cast<float>(static_cast<int>(random.below(static_cast<std::uint64_t>(steps))) -
                                  steps / 2);
    };
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        const FactorModel model(parametersOf(seed, steps == 0 ? Draw(normal) : stepped));

        QCOMPARE(rankedRight(findAll(model, count)), userCount);
    }
}

/// The first user's scores are all the same, those of the second but for the biases of the items.
void ProductRankingTest::whoCannotBeToldApartIsLeft()
{
    FactorParameters parameters = parametersOf(3, normal);
    for (const std::size_t user : {0, 1}) {
        std::ranges::fill(parameters.users.row(user), 0.0F);
    }
    std::ranges::fill(parameters.itemBiases, -1.0F);
    const FactorModel model(parameters);
    const Found found = findAll(model, 10);
    QVERIFY(!found.best[0]);
    QVERIFY(!found.best[1]);
    QCOMPARE(rankedRight(found), userCount - 2);

    parameters.itemBiases = parametersOf(3, normal).itemBiases;
    QCOMPARE(rankedRight(findAll(FactorModel(parameters), 10)), userCount);
}

void ProductRankingTest::whatIsNotANumberLeavesEverybody()
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    FactorParameters parameters = parametersOf(4, normal);
    parameters.items.row(30)[2] = nan;
    QVERIFY(std::ranges::none_of(findAll(FactorModel(parameters), 10).best,
                                 [](const auto& best) { return best.has_value(); }));

    parameters = parametersOf(4, normal);
    parameters.itemBiases.front() = nan;
    QVERIFY(std::ranges::none_of(findAll(FactorModel(parameters), 10).best,
                                 [](const auto& best) { return best.has_value(); }));

    parameters = parametersOf(4, normal);
    parameters.users.row(5)[0] = nan;
    parameters.userBiases[6] = std::numeric_limits<float>::infinity();
    const Found found = findAll(FactorModel(parameters), 10);
    QVERIFY(!found.best[5]);
    QVERIFY(!found.best[6]);
    QCOMPARE(rankedRight(found), userCount - 2);
}

void ProductRankingTest::numbersBeyondTheRangeLeaveTheUser()
{
    FactorParameters parameters = parametersOf(5, normal);
    std::ranges::fill(parameters.users.row(2), 1e37F);
    const Found found = findAll(FactorModel(parameters), 10);
    QVERIFY(!found.best[2]);
    QCOMPARE(rankedRight(found), userCount - 1);
}

/// With a user who is ranked by all scores, and the same for any number of threads.
void ProductRankingTest::theEvaluationIsThatOfAllScores()
{
    FactorParameters parameters = parametersOf(6, normal);
    std::ranges::fill(parameters.users.row(4), 0.0F);
    std::ranges::fill(parameters.itemBiases, 0.5F);
    const FactorModel model(parameters);
    TrainingData training;
    training.userCount = userCount;
    training.target.kind = FeedbackKind::Implicit;
    training.target.interactions = InteractionMatrix(userCount, itemCount, {});
    Random random(7);
    HeldOut test;
    for (std::int32_t user = 0; user < static_cast<std::int32_t>(userCount); ++user) {
        for (int n = 0; n < 40; ++n) {
            test.events.push_back(
                {.user = UserRow{user}, .item = ItemRow{static_cast<std::int32_t>(random.below(itemCount))}});
        }
    }
    const EvaluationOptions options{.measures = {"recall@10", "ndcg@20", "mrr@5", "coverage@10"},
                                    .listLength = 15};
    const Evaluation expected = evaluate(Opaque(model), training, test, nullptr, options, {}).value();
    for (const int threads : {1, 2, 4, 8}) {
        setThreadCount(threads);
        const Evaluation found = evaluate(model, training, test, nullptr, options, {}).value();
        QCOMPARE(found.values, expected.values);
        QVERIFY(found.perUser == expected.perUser);
        QCOMPARE(found.lists.size(), expected.lists.size());
        for (std::size_t at = 0; at < found.lists.size(); ++at) {
            QCOMPARE(found.lists[at].items, expected.lists[at].items);
            QCOMPARE(found.lists[at].scores, expected.lists[at].scores);
        }
    }
    setThreadCount(0);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ProductRankingTest)
#include "ProductRankingTest.moc"
