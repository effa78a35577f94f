#include "core/model/GibbsSampler.h"
#include "tests/core/model/ModelTesting.h"

#include <Eigen/LU>
#include <QtTest/QTest>

#include <cmath>

using namespace transept;
using namespace transept::test;

class ImplicitInfluenceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offsetsAreTheSumsOfTheUsersItems();
    void drawsHaveTheMomentsOfTheDefinition();
    void samplingWithInfluencesFindsTastesBehindTheChoiceOfItems();
};

namespace {

constexpr std::size_t userCount = 7;
constexpr std::size_t itemCount = 4;

/// Who rated what; the last user and the last item have nothing.
InteractionMatrix choices()
{
    std::vector<Event> events;
    for (const auto& [user, item] :
         {std::pair{0, 0}, {0, 1}, {1, 1}, {2, 0}, {2, 1}, {2, 2}, {3, 2}, {4, 0}, {5, 2}, {5, 1}}) {
        events.push_back({.user = UserRow{user}, .item = ItemRow{item}});
    }
    return InteractionMatrix(userCount, itemCount, events);
}

/// Vectors of one factor and a bias.
struct Users
{
    FactorMatrix factors{userCount, 1};
    std::vector<float> biases{0.3F, -1.2F, 0.8F, 1.9F, -0.4F, 0.6F, 0.0F};
    std::vector<std::uint32_t> rows{0, 1, 2, 3, 4, 5};
    GaussianPrior prior{.mean = Eigen::Vector2d(0.1, -0.2),
                        .precision = Eigen::Matrix2d{{2.0, 0.5}, {0.5, 1.0}}};

    Users()
    {
        const float values[] = {1.0F, -0.7F, 1.4F, 0.2F, 0.9F, -1.1F, 0.0F};
        for (std::size_t user = 0; user < userCount; ++user) {
            factors.row(user)[0] = values[user];
        }
    }
    ImplicitInfluence::Users seen() const { return {factors, biases, rows, prior}; }
};

/// The weights |D_u|^-1/2 of users by items, those with ratings.
Eigen::Matrix<double, 6, 3> weights(const InteractionMatrix& ratings)
{
    Eigen::Matrix<double, 6, 3> all = Eigen::Matrix<double, 6, 3>::Zero();
    for (Eigen::Index user = 0; user < 6; ++user) {
        const auto items = ratings.itemsOf(static_cast<UserRow>(user));
        for (const ItemRow item : items) {
            all(user, static_cast<Eigen::Index>(index(item))) =
                1.0 / std::sqrt(static_cast<double>(items.size()));
        }
    }
    return all;
}

} // namespace

void ImplicitInfluenceTest::offsetsAreTheSumsOfTheUsersItems()
{
    const InteractionMatrix ratings = choices();
    const Users users;
    const JobContext job;
    TaskGuard guard(job);
    ImplicitInfluence influence(ratings, 2, 1);
    for (int number = 1; number <= 50; ++number) {
        influence.draw(users.seen(), number, guard);
    }

    for (std::size_t user = 0; user < userCount; ++user) {
        const auto items = ratings.itemsOf(static_cast<UserRow>(user));
        for (std::size_t number = 0; number < 2; ++number) {
            double sum = 0.0;
            for (const ItemRow item : items) {
                sum += static_cast<double>(influence.influence(item)[number]) /
                       std::sqrt(static_cast<double>(items.size()));
            }
            QVERIFY(std::abs(static_cast<double>(influence.offset(user)[number]) - sum) < 1e-4);
        }
    }
    QVERIFY(influence.offset(0)[0] != 0.0F);
}

/// With X the weights and E the rows x_u - m, the y given lambda, row after row, are
///
///   N(A^-1 vec(X'E P), A^-1),   A = X'X (x) P + lambda I,
///
/// and the moments over the chain are the means of these, and their spread, over its lambdas.
void ImplicitInfluenceTest::drawsHaveTheMomentsOfTheDefinition()
{
    constexpr int draws = 60'000;
    using Vector6 = Eigen::Matrix<double, 6, 1>;
    using Matrix6 = Eigen::Matrix<double, 6, 6>;
    const InteractionMatrix ratings = choices();
    const Users users;
    const JobContext job;
    TaskGuard guard(job);
    const Eigen::Matrix<double, 6, 3> x = weights(ratings);
    Eigen::Matrix<double, 6, 2> e;
    for (Eigen::Index user = 0; user < 6; ++user) {
        const auto row = static_cast<std::size_t>(user);
        e(user, 0) = static_cast<double>(users.factors.row(row)[0]) - users.prior.mean[0];
        e(user, 1) = static_cast<double>(users.biases[row]) - users.prior.mean[1];
    }
    const Eigen::Matrix3d chosen = x.transpose() * x;
    const Eigen::Matrix<double, 3, 2> pulls = x.transpose() * e * users.prior.precision;
    Matrix6 ofData;
    Vector6 pull;
    for (Eigen::Index item = 0; item < 3; ++item) {
        pull.segment<2>(2 * item) = pulls.row(item).transpose();
        for (Eigen::Index other = 0; other < 3; ++other) {
            ofData.block<2, 2>(2 * item, 2 * other) = chosen(item, other) * users.prior.precision;
        }
    }
    Vector6 drawnMean = Vector6::Zero();
    Matrix6 drawnProducts = Matrix6::Zero();
    Vector6 mean = Vector6::Zero();
    Matrix6 products = Matrix6::Zero();
    ImplicitInfluence influence(ratings, 2, 1);
    for (int number = 1; number <= draws + 100; ++number) {
        const double lambda = influence.lambda(); // given which the next are drawn
        influence.draw(users.seen(), number, guard);
        if (number <= 100) {
            continue;
        }
        const Matrix6 covariance = (ofData + lambda * Matrix6::Identity()).inverse();
        const Vector6 expected = covariance * pull;
        Vector6 drawn;
        for (Eigen::Index at = 0; at < 6; ++at) {
            drawn[at] = static_cast<double>(
                influence.influence(static_cast<ItemRow>(at / 2))[static_cast<std::size_t>(at % 2)]);
        }
        drawnMean += drawn / draws;
        drawnProducts += drawn * drawn.transpose() / draws;
        mean += expected / draws;
        products += (covariance + expected * expected.transpose()) / draws;
    }

    for (Eigen::Index row = 0; row < 6; ++row) {
        QVERIFY(std::abs(drawnMean[row] - mean[row]) < 0.05 * std::sqrt(products(row, row)));
        for (Eigen::Index column = 0; column < 6; ++column) {
            const double size = std::sqrt(products(row, row) * products(column, column));
            QVERIFY(std::abs(drawnProducts(row, column) - products(row, column)) < 0.08 * size);
        }
    }
    QCOMPARE(influence.influence(ItemRow{3})[0], 0.0F); // nobody chose it
}

/// Two sorts of users, each with its own half of the items to choose from, and opposite views of the items
/// that both rate. Few ratings, and noisy ones: the choice says more.
void ImplicitInfluenceTest::samplingWithInfluencesFindsTastesBehindTheChoiceOfItems()
{
    constexpr std::size_t users = 400;
    constexpr std::size_t items = 60;
    Random random(3);
    std::vector<float> views(items);
    drawNormals(random, views);
    std::vector<Event> training;
    std::vector<Event> test;
    for (std::size_t user = 0; user < users; ++user) {
        const float sort = user % 2 == 0 ? 1.0F : -1.0F;
        for (int count = 0; count < 8; ++count) {
            const bool shared = count < 3;
            const std::size_t item = shared ? random.below(20) : 20 + 20 * (user % 2) + random.below(20);
            const float value = 3.0F + sort * views[item] + 1.5F * static_cast<float>(random.normal());
            (count == 0 ? test : training)
                .push_back(
                    {.user = static_cast<UserRow>(user), .item = static_cast<ItemRow>(item), .value = value});
        }
    }
    auto data = std::make_shared<TrainingData>();
    data->userCount = users;
    data->target = domainOf("films", FeedbackKind::Explicit, users, items, training);
    const Json plain{{"factors", 2}, {"samples", 200}, {"burn-in", 100}, {"implicit", false}};
    Json influenced = plain;
    influenced["implicit"] = true;

    const double without = rmse(*fitted("bayesian-mf", plain, data), test, -100.0, 100.0);
    const double with = rmse(*fitted("bayesian-mf", influenced, data), test, -100.0, 100.0);

    qInfo("RMSE without %.4f, with %.4f", without, with);
    QVERIFY(with < without - 0.02);
}

QTEST_GUILESS_MAIN(ImplicitInfluenceTest)
#include "ImplicitInfluenceTest.moc"
