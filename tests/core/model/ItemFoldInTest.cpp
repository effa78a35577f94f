#include "core/model/FoldedUser.h"
#include "core/model/Registry.h"
#include "tests/core/model/LaterFilm.h"
#include "tests/core/model/ModelTesting.h"
#include "tests/support/FacetVectors.h"
#include "tests/support/SharedData.h"

#include <QtTest/QTest>

#include <Eigen/Dense>

#include <cmath>
#include <set>

using namespace transept;
using namespace transept::test;
using namespace transept::test::laterfilm;

namespace {

FactorParameters drawnTarget(const TrainingDomain& domain)
{
    FactorParameters parameters{.mean = static_cast<float>(domain.interactions.mean()),
                                .users = FactorMatrix(World::users, 4),
                                .items = FactorMatrix(World::films, 4),
                                .userBiases = std::vector<float>(World::users),
                                .itemBiases = std::vector<float>(World::films)};
    Random random(5);
    for (std::size_t user = 0; user < World::users; ++user) {
        for (float& value : parameters.users.row(user)) {
            value = 0.6F * static_cast<float>(random.normal());
        }
        parameters.userBiases[user] = 0.3F * static_cast<float>(random.normal());
    }
    return parameters;
}

/// Of held-out ratings: by a model that knows the items, and by one that has them folded in.
struct SquaredErrors
{
    double ofTrained = 0.0;
    double ofFolded = 0.0;
    double ofNothing = 0.0; ///< without their ratings
    double count = 0.0;

    /// Of one item; false: the method folds no items in.
    bool add(const Model& trained,
             const Model& earlier,
             std::span<const Event> later,
             std::span<const Event> tested)
    {
        std::vector<UserRow> who;
        std::ranges::transform(tested, std::back_inserter(who), &Event::user);
        std::vector<float> folded(who.size());
        std::vector<float> nothing(who.size());
        if (!earlier.foldInItem(later, who, folded) || !earlier.foldInItem({}, who, nothing)) {
            return false;
        }
        for (std::size_t at = 0; at < tested.size(); ++at) {
            const auto square = [&](float score) {
                const auto off = static_cast<double>(score - tested[at].value);
                return off * off;
            };
            ofTrained += square(scoreOf(trained, who[at], tested[at].item));
            ofFolded += square(folded[at]);
            ofNothing += square(nothing[at]);
            count += 1.0;
        }
        return true;
    }
};

} // namespace

/// An item that the training data does not know is scored by what users did with it, without training.
class ItemFoldInTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foldedItemIsTheMinimumOfTheLoss_data();
    void foldedItemIsTheMinimumOfTheLoss();
    void factorisationsSolveOneRidgeRegression_data();
    void factorisationsSolveOneRidgeRegression();
    void emcdrHearsWhomItLearntFrom();
    void kfmfFitsAnItemAsWellAsTrainingDid_data();
    void kfmfFitsAnItemAsWellAsTrainingDid();
    void ialsGivesATrainedItemTheBitsOfItsLastSolution_data();
    void ialsGivesATrainedItemTheBitsOfItsLastSolution();
    void ialsHearsUsersWithAHistoryThatLikedTheItem();
    void restoredModelsAnswerTheSame_data();
    void restoredModelsAnswerTheSame();
    void realFilmsAreRatedNearlyAsIfTrained_data();
    void realFilmsAreRatedNearlyAsIfTrained();
    void methodsThatHaveToBeTrainedSaySo_data();
    void methodsThatHaveToBeTrainedSaySo();
};

void ItemFoldInTest::foldedItemIsTheMinimumOfTheLoss_data()
{
    QTest::addColumn<bool>("ratings");
    QTest::addColumn<bool>("logistic");
    QTest::newRow("ratings") << true << false;
    QTest::newRow("implicit, logistic") << false << true;
    QTest::newRow("implicit, squared") << false << false;
}

/// By central differences of the loss in the words of FactorKernel.h, around what the fold-in found.
void ItemFoldInTest::foldedItemIsTheMinimumOfTheLoss()
{
    QFETCH(bool, ratings);
    QFETCH(bool, logistic);
    const auto data = twoDomains(ratings ? FeedbackKind::Explicit : FeedbackKind::Implicit);
    FactorSettings settings;
    settings.factors = 4;
    settings.negatives = 3;
    settings.implicitLoss = logistic ? PairLoss::Logistic : PairLoss::Squared;
    const FactorParameters known = drawnTarget(data->target);
    const std::vector<Event> events = eventsOfAdded(*data);

    const FoldedItem found =
        foldedItem({.domain = -1, .data = factorDomain(data->target, data->target), .factors = &known},
                   settings,
                   events);

    const auto lossAt = [&](const Eigen::VectorXd& q, double bias) {
        const auto predicted = [&](std::size_t user) {
            return static_cast<double>(known.userBiases[user]) + bias + q.dot(vectorOf(known.users, user));
        };
        double loss = 0.0;
        double count = static_cast<double>(events.size());
        for (const Event& event : events) {
            const double rhat = predicted(index(event.user));
            const double value =
                ratings ? static_cast<double>(event.value) - static_cast<double>(known.mean) : 1.0;
            loss += ratings || !logistic ? (value - rhat) * (value - rhat) / 2.0 : softplus(-rhat);
        }
        for (std::size_t user = 0; !ratings && user < World::users; ++user) {
            const auto own =
                static_cast<double>(data->target.interactions.itemsOf(static_cast<UserRow>(user)).size());
            const double times = settings.negatives * own / static_cast<double>(World::films);
            const double rhat = predicted(user);
            loss += times * (logistic ? softplus(rhat) : rhat * rhat / 2.0);
            count += times;
        }
        const auto decay =
            static_cast<double>(ratings ? settings.regularisation : settings.implicitRegularisation);
        return loss + count * decay / 2.0 * q.squaredNorm() +
               settings.itemBiasRegularisation / 2.0 * bias * bias;
    };
    constexpr double step = 1e-4;
    for (Eigen::Index at = 0; at < found.factors.size(); ++at) {
        const Eigen::VectorXd by = step * Eigen::VectorXd::Unit(found.factors.size(), at);
        const double slope =
            (lossAt(found.factors + by, found.bias) - lossAt(found.factors - by, found.bias));
        QVERIFY(std::abs(slope / (2.0 * step)) < 1e-5);
    }
    const double slope = lossAt(found.factors, found.bias + step) - lossAt(found.factors, found.bias - step);
    QVERIFY(std::abs(slope / (2.0 * step)) < 1e-5);
}

void ItemFoldInTest::factorisationsSolveOneRidgeRegression_data()
{
    QTest::addColumn<QString>("method");
    QTest::newRow("mf") << "mf";
    QTest::newRow("cmf") << "cmf"; // users' vectors are of both domains, the item is of the target
}

void ItemFoldInTest::factorisationsSolveOneRidgeRegression()
{
    QFETCH(QString, method);
    const auto data = twoDomains(FeedbackKind::Explicit);
    const Json values{
        {"factors", 6}, {"epochs", 10}, {"regularisation", 0.07}, {"item-bias-regularisation", 2.5}};
    const auto model = fitted(method.toStdString(), values, before(*data));
    const std::vector<Event> events = eventsOfAdded(*data);
    QVERIFY(events.size() > 5);

    const Eigen::MatrixXd users = factorOf(*model, "users");
    const Eigen::MatrixXd biases = factorOf(*model, "user-biases");
    const double mean = before(*data)->target.interactions.mean();
    Eigen::MatrixXd left = Eigen::MatrixXd::Zero(7, 7);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(7);
    for (const Event& event : events) {
        const auto user = static_cast<Eigen::Index>(index(event.user));
        Eigen::VectorXd row(7);
        row << users.row(user).transpose(), 1.0;
        left += row * row.transpose();
        right += (static_cast<double>(event.value) - mean - biases(user, 0)) * row;
    }
    left.diagonal().head(6).array() += 0.07 * static_cast<double>(events.size());
    left(6, 6) += 2.5;
    const Eigen::VectorXd solution = left.partialPivLu().solve(right);
    const std::vector<float> folded = foldedScores(*model, events);
    for (std::size_t user = 0; user < World::users; ++user) {
        const auto row = static_cast<Eigen::Index>(user);
        const double expected = mean + biases(row, 0) + solution[6] + users.row(row).dot(solution.head(6));
        QVERIFY(isNear(expected, folded[user]));
    }
}

/// Users whose vectors came through the mapping are answered, but say nothing of the item.
void ItemFoldInTest::emcdrHearsWhomItLearntFrom()
{
    const auto data = twoDomains(FeedbackKind::Explicit);
    auto earlier = std::make_shared<TrainingData>(*before(*data));
    std::vector<Event> known = test::eventsOf(earlier->target);
    const auto isNew = [](const Event& event) { return index(event.user) % 4 == 0; };
    std::erase_if(known, isNew);
    earlier->target.interactions = InteractionMatrix(World::users, World::films, known);
    std::vector<Event> events = eventsOfAdded(*data);
    for (const char* bias : {"carried", "mapped"}) {
        const auto model = fitted("emcdr", {{"factors", 5}, {"epochs", 8}, {"user-bias", bias}}, earlier);
        const std::vector<float> all = foldedScores(*model, events);
        std::vector<Event> heard = events;
        QVERIFY(std::erase_if(heard, isNew) > 0);
        const std::vector<float> some = foldedScores(*model, heard);
        QVERIFY(all == some);
        const auto& parameters = dynamic_cast<const ExplainedFactorModel&>(*model).parameters();
        std::set<float> different(all.begin(), all.end());
        QVERIFY(different.size() > World::users / 2);
        const FactorSettings settings = factorSettings(
            *checkParameters((*findMethod("emcdr"))->parameters, {{"factors", 5}, {"epochs", 8}}, "method"));
        ReasonDomain target{.domain = -1,
                            .data = factorDomain(earlier->target, earlier->target),
                            .factors = &parameters,
                            .habits = parameters.users.width - 5};
        const FoldedItem item = foldedItem(target, settings, heard);
        for (const UserRow user : everybody()) {
            const float* own = parameters.users.at(index(user));
            double expected = item.scoreFor(parameters, user);
            if (parameters.users.width == 7) {
                expected += static_cast<double>(own[5]) * item.bias +
                            static_cast<double>(own[6]) * item.bias * std::abs(item.bias);
            }
            QVERIFY(isNear(expected, all[index(user)]));
        }
    }
    const auto everyone = fitted("emcdr", {{"factors", 5}, {"epochs", 4}, {"map-everybody", true}}, earlier);
    QVERIFY(!everyone->foldInItem({}, {}, {}));
}

void ItemFoldInTest::kfmfFitsAnItemAsWellAsTrainingDid_data()
{
    QTest::addColumn<QString>("fusion");
    for (const char* fusion : {"seed", "additive", "concat", "gated", "weighted"}) {
        QTest::newRow(fusion) << fusion;
    }
}

/// Films without knowledge, folded in, explain what users did with them as well as training ended with.
void ItemFoldInTest::kfmfFitsAnItemAsWellAsTrainingDid()
{
    QFETCH(QString, fusion);
    const auto data = twoDomains(FeedbackKind::Explicit);
    for (TrainingDomain* domain : {&data->target, &data->sources.front()}) {
        auto knowledge = std::make_shared<ItemKnowledge>();
        Random random(8);
        const auto items = static_cast<Eigen::Index>(domain->interactions.itemCount());
        Matrix vectors = Matrix::NullaryExpr(items, 5, [&] { return static_cast<float>(random.normal()); });
        vectors.rowwise().normalize();
        std::vector<Matrix> ofItems;
        for (Eigen::Index item = 0; item < items; ++item) {
            const bool known = item % 3 != 0;
            if (!known) {
                vectors.row(item).setZero();
            }
            ofItems.push_back(known ? Matrix(vectors.row(item)) : Matrix(0, 5));
        }
        knowledge->facetVectors = test::facetVectorsOf(ofItems, 5);
        knowledge->vectors = std::move(vectors);
        domain->knowledge = std::move(knowledge);
    }
    const auto model = fitted("kfmf",
                              {{"factors", 4},
                               {"epochs", 150},
                               {"learning-rate", 0.02},
                               {"regularisation", 0.1},
                               {"fusion", fusion.toStdString()}},
                              data);
    double trained = 0.0;
    double folded = 0.0;
    double nothing = 0.0;
    for (std::size_t item = 0; item < World::films; item += 3) {
        std::vector<Event> events = test::eventsOf(data->target);
        std::erase_if(events, [item](const Event& event) { return index(event.item) != item; });
        const std::vector<float> ofEvents = foldedScores(*model, events);
        const std::vector<float> ofNothing = foldedScores(*model, {});
        for (const Event& event : events) {
            const auto square = [&](float score) {
                const auto off = static_cast<double>(score - event.value);
                return off * off;
            };
            trained += square(scoreOf(*model, event.user, event.item));
            folded += square(ofEvents[index(event.user)]);
            nothing += square(ofNothing[index(event.user)]);
        }
    }
    QVERIFY2(folded < 1.03 * trained && folded > 0.9 * trained, std::to_string(folded / trained).c_str());
    QVERIFY2(folded < 0.95 * nothing, std::to_string(folded / nothing).c_str());
}

void ItemFoldInTest::ialsGivesATrainedItemTheBitsOfItsLastSolution_data()
{
    QTest::addColumn<QString>("values");
    QTest::newRow("binary") << "binary";
    QTest::newRow("values") << "values";
}

/// The last half of an epoch solves for the items with the users as the model keeps them.
void ItemFoldInTest::ialsGivesATrainedItemTheBitsOfItsLastSolution()
{
    QFETCH(QString, values);
    const auto data = twoDomains(FeedbackKind::Explicit);
    const auto model = fitted("ials",
                              {{"factors", 5},
                               {"epochs", 4},
                               {"solver", "exact"},
                               {"values", values.toStdString()},
                               {"exponent", 0.7}},
                              data);
    const std::vector<float> folded = foldedScores(*model, eventsOfAdded(*data));
    for (const UserRow user : everybody()) {
        QCOMPARE(folded[index(user)], scoreOf(*model, user, added));
    }
}

void ItemFoldInTest::ialsHearsUsersWithAHistoryThatLikedTheItem()
{
    const auto data = twoDomains(FeedbackKind::Explicit);
    auto earlier = std::make_shared<TrainingData>(*before(*data));
    for (TrainingDomain* domain : {&earlier->target, &earlier->sources.front()}) {
        std::vector<Event> events = test::eventsOf(*domain);
        std::erase_if(events, [](const Event& event) { return index(event.user) % 5 == 0; });
        domain->interactions = InteractionMatrix(World::users, domain->interactions.itemCount(), events);
    }
    const Json parameters{{"factors", 5},
                          {"epochs", 5},
                          {"values", "liked"},
                          {"unobserved-weight", 0.2},
                          {"regularisation", 0.03},
                          {"exponent", 0.7}};
    const auto model = fitted("ials", parameters, earlier);
    const std::vector<Event> events = eventsOfAdded(*data);
    const Eigen::MatrixXd users = factorOf(*model, "users");

    std::map<std::size_t, std::map<std::size_t, double>> ratings; // by user: the films, and the new one
    std::set<std::size_t> active;
    for (const Event& event : test::eventsOf(earlier->target)) {
        ratings[index(event.user)][index(event.item)] = static_cast<double>(event.value);
    }
    for (const TrainingDomain* domain : {&earlier->target, &earlier->sources.front()}) {
        for (const Event& event : test::eventsOf(*domain)) {
            active.insert(index(event.user));
        }
    }
    Eigen::MatrixXd left = Eigen::MatrixXd::Zero(5, 5);
    for (const std::size_t user : active) {
        const Eigen::VectorXd p = users.row(static_cast<Eigen::Index>(user)).transpose();
        left += 0.2 * p * p.transpose();
    }
    Eigen::VectorXd right = Eigen::VectorXd::Zero(5);
    double count = 0.0;
    for (const auto& [user, value] : lastValues(events)) {
        auto all = ratings[user];
        all[World::films] = value;
        double sum = 0.0;
        for (const auto& [film, rating] : all) {
            sum += rating;
        }
        if (active.contains(user) && value >= sum / static_cast<double>(all.size())) {
            const Eigen::VectorXd p = users.row(static_cast<Eigen::Index>(user)).transpose();
            left += p * p.transpose();
            right += p;
            count += 1.0;
        }
    }
    QVERIFY(count > 2.0 && count < static_cast<double>(lastValues(events).size()));
    left.diagonal().array() += 0.03 * std::pow(count + 0.2 * static_cast<double>(active.size()), 0.7);
    const Eigen::VectorXd vector = left.partialPivLu().solve(right);
    const std::vector<float> folded = foldedScores(*model, events);
    for (std::size_t user = 0; user < World::users; ++user) {
        QVERIFY(isNear(users.row(static_cast<Eigen::Index>(user)).dot(vector), folded[user]));
    }
}

void ItemFoldInTest::restoredModelsAnswerTheSame_data()
{
    QTest::addColumn<QString>("method");
    for (const char* method : {"mf", "cmf", "emcdr", "ials", "kfmf"}) {
        QTest::newRow(method) << method;
    }
}

void ItemFoldInTest::restoredModelsAnswerTheSame()
{
    QFETCH(QString, method);
    const auto data = twoDomains(FeedbackKind::Explicit);
    auto earlier = std::make_shared<TrainingData>(*before(*data));
    auto knowledge = std::make_shared<ItemKnowledge>();
    knowledge->vectors = Matrix(Matrix::Identity(World::films, World::films));
    earlier->target.knowledge = std::move(knowledge);
    auto ofSource = std::make_shared<ItemKnowledge>();
    ofSource->vectors = Matrix(Matrix::Identity(World::books, World::films));
    earlier->sources.front().knowledge = std::move(ofSource);
    const Json values{{"factors", 5}, {"epochs", 4}};
    const auto model = fitted(method.toStdString(), values, earlier);
    const MethodDescription* description = *findMethod(method.toStdString());
    const auto restored = description->create(*checkParameters(description->parameters, values, "method"))
                              ->restore(earlier, *model->serialised());
    QVERIFY(restored);
    QVERIFY(foldedScores(*model, eventsOfAdded(*data)) == foldedScores(**restored, eventsOfAdded(*data)));
}

void ItemFoldInTest::realFilmsAreRatedNearlyAsIfTrained_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("parameters");
    QTest::newRow("bias") << "bias"
                          << "{}";
    QTest::newRow("mf") << "mf"
                        << R"({"factors": 16})";
    QTest::newRow("bayesian-mf") << "bayesian-mf"
                                 << R"({"factors": 8, "samples": 40, "burn-in": 20, "kept": 20})";
    QTest::newRow("item-knn") << "item-knn"
                              << R"({"predict": "ratings"})";
    QTest::newRow("user-knn") << "user-knn"
                              << R"({"predict": "ratings"})";
}

/// Every fifth film of MovieLens comes after the training; its test ratings are predicted from its training

/// ratings, beside a model that was trained with them and one that has none.
void ItemFoldInTest::realFilmsAreRatedNearlyAsIfTrained()
{
    NEED_SHARED_DATA();
    QFETCH(QString, method);
    QFETCH(QString, parameters);
    Numbering users;
    Numbering items;
    const std::vector<Event> all =
        readEvents(*sharedData() / "movielens_latest_small_2016" / "ratings.csv", ",", true, users, items);
    const auto parts = foldOf(all, 0);
    const auto isNew = [](const Event& event) { return index(event.item) % 5 == 0; };
    std::vector<Event> known = parts.training;
    std::erase_if(known, isNew);
    const auto dataOf = [&](const std::vector<Event>& events) {
        auto data = std::make_shared<TrainingData>();
        data->userCount = users.size();
        data->target = domainOf("films", FeedbackKind::Explicit, users.size(), items.size(), events);
        data->target.scaleMin = 0.5;
        data->target.scaleMax = 5.0;
        return data;
    };
    const Json values = Json::parse(parameters.toStdString());
    const auto trained = fitted(method.toStdString(), values, dataOf(parts.training));
    const auto earlier = fitted(method.toStdString(), values, dataOf(known));
    std::map<ItemRow, std::vector<Event>> later;
    for (const Event& event : parts.training) {
        if (isNew(event)) {
            later[event.item].push_back(event);
        }
    }
    std::map<ItemRow, std::vector<Event>> tested;
    for (const Event& event : parts.test) {
        if (later.contains(event.item)) {
            tested[event.item].push_back(event);
        }
    }
    SquaredErrors errors;
    for (const auto& [item, events] : tested) {
        QVERIFY(errors.add(*trained, *earlier, later[item], events));
    }
    qInfo("%.0f test ratings, RMSE: trained %.4f, folded in %.4f, without ratings %.4f",
          errors.count,
          std::sqrt(errors.ofTrained / errors.count),
          std::sqrt(errors.ofFolded / errors.count),
          std::sqrt(errors.ofNothing / errors.count));
    QVERIFY(errors.ofFolded < errors.ofTrained * 1.04);
    QVERIFY(errors.ofFolded < errors.ofNothing * 0.93);
}

void ItemFoldInTest::methodsThatHaveToBeTrainedSaySo_data()
{
    QTest::addColumn<QString>("method");
    for (const char* method : {"bpr", "lightgcn", "cf-product", "carried-bias"}) {
        QTest::newRow(method) << method;
    }
}

void ItemFoldInTest::methodsThatHaveToBeTrainedSaySo()
{
    QFETCH(QString, method);
    const auto data = twoDomains(FeedbackKind::Explicit);
    Json values = Json::object();
    if (method == QLatin1String("bpr") || method == QLatin1String("lightgcn")) {
        values = {{"epochs", 2}};
    }
    const auto model = fitted(method.toStdString(), values, data);
    const std::vector<UserRow> users = everybody();
    std::vector<float> scores(users.size(), 7.0F);
    QVERIFY(!model->foldInItem({}, {}, {}));
    QVERIFY(!model->foldInItem(eventsOfAdded(*data), users, scores));
    QVERIFY(std::ranges::all_of(scores, [](float score) { return score == 7.0F; }));
}

QTEST_GUILESS_MAIN(ItemFoldInTest)
#include "ItemFoldInTest.moc"
