#include "core/model/FoldedUser.h"
#include "core/model/Registry.h"
#include "tests/core/model/ModelTesting.h"
#include "tests/support/FacetVectors.h"
#include "tests/support/SharedData.h"

#include <QtTest/QTest>

#include <Eigen/Dense>

#include <cmath>
#include <set>

using namespace transept;
using namespace transept::test;

namespace {

constexpr std::size_t userCount = 60;
constexpr std::size_t filmCount = 40;
constexpr std::size_t bookCount = 30;

std::shared_ptr<const ItemKnowledge> drawnKnowledge(std::size_t items, std::uint64_t seed)
{
    auto knowledge = std::make_shared<ItemKnowledge>();
    Random random(seed);
    Matrix vectors = Matrix::NullaryExpr(
        static_cast<Eigen::Index>(items), 5, [&] { return static_cast<float>(random.normal()); });
    vectors.rowwise().normalize();
    knowledge->vectors = std::move(vectors);
    for (std::size_t item = 0; item < items; ++item) {
        const auto term = static_cast<std::uint32_t>(random.below(6));
        knowledge->termWeights.push_back(
            {{.term = term, .weight = 0.8F},
             {.term = term + 1 + static_cast<std::uint32_t>(random.below(5)), .weight = 0.6F}});
    }
    return knowledge;
}

TrainingDomain drawnDomain(const char* name, FeedbackKind kind, std::size_t items, std::uint64_t seed)
{
    TrainingDomain domain = generatedDomain(name, kind, userCount, items, seed);
    domain.knowledge = drawnKnowledge(items, seed + 10);
    return domain;
}

/// Films, and books on a scale twice as long.
std::shared_ptr<const TrainingData> twoDomains(FeedbackKind kind)
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = userCount;
    data->target = drawnDomain("films", kind, filmCount, 1);
    data->sources.push_back(drawnDomain("books", FeedbackKind::Explicit, bookCount, 2));
    data->sources.front().scaleMax = 9.0;
    return data;
}

/// What a user of the data did, as a newcomer would bring it along.
std::vector<PastEvent> pastOf(const TrainingData& data, UserRow user)
{
    std::vector<PastEvent> past;
    for (int domain = -1; domain < static_cast<int>(data.sources.size()); ++domain) {
        const TrainingDomain& from =
            domain < 0 ? data.target : data.sources[static_cast<std::size_t>(domain)];
        for (const Event& event : test::eventsOf(from)) {
            if (event.user == user) {
                past.push_back(
                    {.domain = domain, .item = event.item, .value = event.value, .time = event.time});
            }
        }
    }
    return past;
}

/// Items with vectors of 4 numbers.
FactorParameters drawnItems(const TrainingDomain& domain)
{
    const std::size_t items = domain.interactions.itemCount();
    FactorParameters parameters{.mean = static_cast<float>(domain.interactions.mean()),
                                .items = FactorMatrix(items, 4),
                                .itemBiases = std::vector<float>(items)};
    Random random(items);
    for (std::size_t item = 0; item < items; ++item) {
        for (float& value : parameters.items.row(item)) {
            value = 0.6F * static_cast<float>(random.normal());
        }
        parameters.itemBiases[item] = 0.3F * static_cast<float>(random.normal());
    }
    return parameters;
}

/// The loss of a newcomer's vector and biases in the words of FactorKernel.h; one bias for all domains, or
/// one of each.
double slowLoss(std::span<const ReasonDomain> domains,
                const FactorSettings& settings,
                std::span<const PastEvent> past,
                const Eigen::VectorXd& p,
                const std::vector<double>& biases)
{
    double loss = 0.0;
    std::vector<double> pulls(biases.size());
    std::vector<double> events(biases.size());
    for (std::size_t at = 0; at < domains.size(); ++at) {
        const FactorDomain& domain = domains[at].data;
        const FactorParameters& known = *domains[at].factors;
        const std::size_t bias = biases.size() == 1 ? 0 : at;
        const auto predicted = [&](std::size_t item) {
            return biases[bias] + domain.scale * (static_cast<double>(known.itemBiases[item]) +
                                                  p.dot(vectorOf(known.items, item)));
        };
        double count = 0.0;
        const auto weight = static_cast<double>(domain.weight);
        for (const PastEvent& event : past) {
            if (event.domain == domains[at].domain) {
                const double rhat = predicted(index(event.item));
                const double off = domain.scale * (static_cast<double>(event.value) - domain.mean) - rhat;
                loss += weight * (domain.isImplicit() ? softplus(-rhat) : off * off / 2.0);
                count += 1.0;
            }
        }
        if (domain.isImplicit()) {
            const std::size_t items = known.items.rows;
            for (std::size_t item = 0; item < items; ++item) {
                loss += weight * settings.negatives * count / static_cast<double>(items) *
                        softplus(predicted(item));
            }
            count *= 1.0 + settings.negatives;
        }
        const auto decay = static_cast<double>(domain.isImplicit() ? settings.implicitRegularisation
                                                                   : settings.regularisation);
        loss += weight * count * decay / 2.0 * p.squaredNorm();
        pulls[bias] += weight * count;
        events[bias] += count;
    }
    for (std::size_t bias = 0; bias < biases.size(); ++bias) {
        const double decay = settings.userBiasRegularisation / std::max(events[bias], 1.0);
        loss += pulls[bias] * decay / 2.0 * biases[bias] * biases[bias];
    }
    return loss;
}

} // namespace

/// Somebody whom the training data does not know is answered without training.
class FoldInTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void methodsThatAreLinearInTheHistoryAnswerAsForAUser_data();
    void methodsThatAreLinearInTheHistoryAnswerAsForAUser();
    void mfIsOneRidgeSolve();
    void foldedUserIsTheMinimumOfTheLoss_data();
    void foldedUserIsTheMinimumOfTheLoss();
    void cmfAndEmcdrKnowWhoActedInTheSourceAlone_data();
    void cmfAndEmcdrKnowWhoActedInTheSourceAlone();
    void kfmfFitsAUserAsWellAsTrainingDid_data();
    void kfmfFitsAUserAsWellAsTrainingDid();
    void ialsIsOneExactSolve();
    void ialsAnswersNobodyAsAUserWithoutHistory();
    void withoutHistoryTheItemsAloneSpeak();
    void methodsThatHaveToBeTrainedSaySo_data();
    void methodsThatHaveToBeTrainedSaySo();
};

void FoldInTest::methodsThatAreLinearInTheHistoryAnswerAsForAUser_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("values");
    QTest::addColumn<bool>("ratings");
    const auto add = [](const char* method, const char* values) {
        for (const bool ratings : {false, true}) {
            QTest::addRow("%s %s, %s", method, values, ratings ? "ratings" : "implicit")
                << QString::fromLatin1(method) << QString::fromLatin1(values) << ratings;
        }
    };
    add("ease", "{}"); // users are fewer than items of both domains: by the users
    add("ease", R"({"decay": 0.7})");
    add("ease", R"({"values": "liked"})");
    add("collective-ease", R"({"features": "vectors"})");
    add("collective-ease", R"({"features": "terms", "decay": 0.8})");
    add("item-knn", R"({"decay": 0.7})");
    add("item-knn", R"({"decay": 0.7, "predict": "ratings"})");
    add("item-knn", R"({"similarity": "pearson"})");
    add("text-knn", "{}");
    add("whitened-profile", "{}");
    add("knowledge-blend", R"({"search": false, "weight": 0.3})");
    add("popularity", "{}");
    add("bias", "{}");
}

void FoldInTest::methodsThatAreLinearInTheHistoryAnswerAsForAUser()
{
    QFETCH(QString, method);
    QFETCH(QString, values);
    QFETCH(bool, ratings);
    if (!ratings &&
        (values.contains(QLatin1String("predict")) || values.contains(QLatin1String("pearson")))) {
        return; // there are none
    }
    const auto data = twoDomains(ratings ? FeedbackKind::Explicit : FeedbackKind::Implicit);
    for (const bool withSources : {true, false}) { // ease without them: by the items
        auto part = std::make_shared<TrainingData>(*data);
        if (!withSources) {
            part->sources.clear();
        }
        const auto model = fitted(method.toStdString(), Json::parse(values.toStdString()), part);
        std::vector<float> expected(model->itemCount());
        std::vector<float> folded(model->itemCount());
        for (const UserRow user : {UserRow{0}, UserRow{7}, UserRow{31}}) {
            model->score(user, expected);
            QVERIFY(model->foldIn(pastOf(*part, user), folded));
            for (std::size_t item = 0; item < expected.size(); ++item) {
                QVERIFY(std::abs(expected[item] - folded[item]) <= 1e-3F * (1.0F + std::abs(expected[item])));
            }
        }
    }
}

void FoldInTest::mfIsOneRidgeSolve()
{
    const auto data = twoDomains(FeedbackKind::Explicit);
    const Json values{
        {"factors", 6}, {"epochs", 10}, {"regularisation", 0.07}, {"user-bias-regularisation", 3.0}};
    const auto model = fitted("mf", values, data);
    const std::vector<PastEvent> past = pastOf(*data, UserRow{5});
    std::vector<float> folded(filmCount);
    QVERIFY(model->foldIn(past, folded));

    const Eigen::MatrixXd items = factorOf(*model, "items");
    const Eigen::MatrixXd biases = factorOf(*model, "item-biases");
    const double mean = data->target.interactions.mean();
    Eigen::MatrixXd left = Eigen::MatrixXd::Zero(7, 7);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(7);
    double count = 0.0;
    for (const PastEvent& event : past) {
        if (event.domain < 0) {
            const auto item = static_cast<Eigen::Index>(index(event.item));
            Eigen::VectorXd row(7);
            row << items.row(item).transpose(), 1.0;
            left += row * row.transpose();
            right += (static_cast<double>(event.value) - mean - biases(item, 0)) * row;
            count += 1.0;
        }
    }
    left.diagonal().head(6).array() += 0.07 * count;
    left(6, 6) += 3.0;
    const Eigen::VectorXd solution = left.partialPivLu().solve(right);
    for (Eigen::Index item = 0; item < items.rows(); ++item) {
        const double expected = mean + biases(item, 0) + solution[6] + items.row(item).dot(solution.head(6));
        QVERIFY(std::abs(expected - static_cast<double>(folded[static_cast<std::size_t>(item)])) < 1e-4);
    }
}

void FoldInTest::foldedUserIsTheMinimumOfTheLoss_data()
{
    QTest::addColumn<bool>("ratings");
    QTest::addColumn<bool>("shared");
    QTest::newRow("ratings, shared bias") << true << true;
    QTest::newRow("ratings, own biases") << true << false;
    QTest::newRow("implicit, shared bias") << false << true;
    QTest::newRow("implicit, own biases") << false << false;
}

/// By central differences around what the fold-in found.
void FoldInTest::foldedUserIsTheMinimumOfTheLoss()
{
    QFETCH(bool, ratings);
    QFETCH(bool, shared);
    const auto data = twoDomains(ratings ? FeedbackKind::Explicit : FeedbackKind::Implicit);
    FactorSettings settings;
    settings.factors = 4;
    settings.negatives = 3;
    settings.implicitLoss = PairLoss::Logistic;
    const std::vector<FactorParameters> known{drawnItems(data->target), drawnItems(data->sources.front())};
    std::vector<ReasonDomain> domains;
    domains.push_back({.domain = -1, .data = factorDomain(data->target, data->target), .factors = &known[0]});
    domains.push_back(
        {.domain = 0, .data = factorDomain(data->sources.front(), data->target, 0.4F), .factors = &known[1]});
    const std::vector<PastEvent> past = pastOf(*data, UserRow{9});
    const UserBias kind = shared ? UserBias::Shared : UserBias::OwnPerDomain;

    const FoldedUser found = foldedUser(domains, settings, kind, past);

    const auto lossAt = [&](const Eigen::VectorXd& p, const std::vector<double>& biases) {
        return slowLoss(domains, settings, past, p, biases);
    };
    QCOMPARE(found.biases.size(), std::size_t{shared ? 1U : 2U});
    constexpr double step = 1e-4;
    const auto slopeIs0 = [&](const auto& moved) {
        const double slope = (moved(step) - moved(-step)) / (2.0 * step);
        return std::abs(slope) < 1e-5;
    };
    for (Eigen::Index at = 0; at < found.factors.size(); ++at) {
        QVERIFY(slopeIs0([&](double by) {
            Eigen::VectorXd p = found.factors;
            p[at] += by;
            return lossAt(p, found.biases);
        }));
    }
    for (std::size_t at = 0; at < found.biases.size(); ++at) {
        QVERIFY(slopeIs0([&](double by) {
            std::vector<double> biases = found.biases;
            biases[at] += by;
            return lossAt(found.factors, biases);
        }));
    }
}

void FoldInTest::cmfAndEmcdrKnowWhoActedInTheSourceAlone_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("parameters");
    QTest::newRow("cmf") << "cmf"
                         << "{}";
    QTest::newRow("emcdr") << "emcdr"
                           << "{}";
    QTest::newRow("emcdr, network") << "emcdr"
                                    << R"({"map": "mlp"})";
    QTest::newRow("emcdr, mapped bias") << "emcdr"
                                        << R"({"user-bias": "mapped"})";
    QTest::newRow("emcdr, network, mapped bias") << "emcdr"
                                                 << R"({"map": "mlp", "user-bias": "mapped"})";
}

void FoldInTest::cmfAndEmcdrKnowWhoActedInTheSourceAlone()
{
    QFETCH(QString, method);
    QFETCH(QString, parameters);
    const auto data = twoDomains(FeedbackKind::Explicit);
    std::vector<PastEvent> past = pastOf(*data, UserRow{3});
    std::erase_if(past, [](const PastEvent& event) { return event.domain < 0; });
    Json values = Json::parse(parameters.toStdString());
    values.update({{"factors", 5}, {"epochs", 8}});
    const auto model = fitted(method.toStdString(), values, data);
    std::vector<float> folded(filmCount);
    QVERIFY(model->foldIn(past, folded));

    const auto& known = dynamic_cast<const ExplainedFactorModel&>(*model);
    const FactorBackground& background = known.background();
    const bool maps = !background.map.isEmpty();
    const std::vector<ReasonDomain> source{
        {.domain = 0,
         .data = factorDomain(data->sources.front(), data->target, maps ? 1.0F : background.sourceWeight),
         .factors = &background.sources.front()}};
    const FactorSettings settings =
        factorSettings(*checkParameters((*findMethod(method.toStdString()))->parameters, values, "method"));
    FoldedUser user = foldedUser(source, settings, UserBias::Shared, past);
    double itemScale = 1.0;
    double curve = 0.0;
    if (maps) {
        const double bias = user.biases.front() / source.front().data.scale;
        Eigen::VectorXd extended(6);
        extended << user.factors, bias;
        const Matrix row = extended.transpose().cast<float>();
        const Eigen::VectorXd mapped = background.map.map(row).row(0).transpose().cast<double>();
        user = {.factors = mapped.head(5), .biases = {mapped[5]}};
        if (background.habits) {
            const RatingHabits habits = SourceHabits(source, 10.0, meanSquareOfBiases(source)).of(past);
            const auto weight = [&](std::size_t at) {
                return static_cast<double>(background.habits->weights[at]);
            };
            user.biases = {weight(0) * habits.bias + weight(1) * habits.scale};
            itemScale += weight(2) + weight(3) * habits.bias + weight(4) * habits.scale;
            curve = weight(5);
        }
    }
    QCOMPARE(background.habits.has_value(), maps && !parameters.contains(QLatin1String("mapped")));
    const FactorParameters& target = known.parameters();
    for (std::size_t item = 0; item < filmCount; ++item) {
        const auto itemBias = static_cast<double>(target.itemBiases[item]);
        const double expected = static_cast<double>(target.mean) + user.biases.front() +
                                itemScale * itemBias + curve * itemBias * std::abs(itemBias) +
                                user.factors.dot(vectorOf(target.items, item).head(5));
        QVERIFY(std::abs(expected - static_cast<double>(folded[item])) < 1e-5);
    }
}

void FoldInTest::kfmfFitsAUserAsWellAsTrainingDid_data()
{
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QString>("value");
    for (const char* fusion : {"seed", "additive", "concat", "gated", "weighted"}) {
        QTest::newRow(fusion) << "fusion" << fusion;
    }
    QTest::newRow("scalar pooling") << "pooling"
                                    << "scalar";
}

/// The folded vectors explain what users did as well as those that training ended with, and the answer for no
/// history is another one.
void FoldInTest::kfmfFitsAUserAsWellAsTrainingDid()
{
    QFETCH(QString, setting);
    QFETCH(QString, value);
    auto data = std::make_shared<TrainingData>(*twoDomains(FeedbackKind::Explicit));
    for (TrainingDomain* domain : {&data->target, &data->sources.front()}) { // facets to attend to
        auto knowledge = std::make_shared<ItemKnowledge>(*domain->knowledge);
        std::vector<Matrix> ofItems;
        for (std::size_t item = 0; item < domain->interactions.itemCount(); ++item) {
            ofItems.push_back(drawnKnowledge(2 + item % 2, 50 + item)->vectors.decoded());
        }
        knowledge->facetVectors = test::facetVectorsOf(ofItems, knowledge->dimension());
        domain->knowledge = std::move(knowledge);
    }
    const Json values{{"factors", 4}, {"epochs", 60}, {setting.toStdString(), value.toStdString()}};
    const auto model = fitted("kfmf", values, data);
    double trained = 0.0;
    double folded = 0.0;
    double newcomer = 0.0;
    std::vector<float> ofUser(filmCount);
    std::vector<float> ofHistory(filmCount);
    std::vector<float> ofNobody(filmCount);
    QVERIFY(model->foldIn({}, ofNobody));
    for (std::size_t user = 0; user < userCount; ++user) {
        const std::vector<PastEvent> past = pastOf(*data, static_cast<UserRow>(user));
        model->score(static_cast<UserRow>(user), ofUser);
        QVERIFY(model->foldIn(past, ofHistory));
        for (const PastEvent& event : past) {
            const auto squareOf = [&](const std::vector<float>& scores) {
                const auto off = static_cast<double>(scores[index(event.item)] - event.value);
                return event.domain < 0 ? off * off : 0.0;
            };
            trained += squareOf(ofUser);
            folded += squareOf(ofHistory);
            newcomer += squareOf(ofNobody);
        }
    }
    QVERIFY2(folded < 1.05 * trained, std::to_string(folded / trained).c_str());
    QVERIFY2(folded < 0.95 * newcomer, std::to_string(folded / newcomer).c_str());
}

void FoldInTest::ialsIsOneExactSolve()
{
    const auto data = twoDomains(FeedbackKind::Implicit);
    const Json values{{"factors", 5},
                      {"epochs", 6},
                      {"unobserved-weight", 0.2},
                      {"regularisation", 0.03},
                      {"exponent", 0.7}};
    const auto model = fitted("ials", values, data);
    const std::vector<PastEvent> past = pastOf(*data, UserRow{11});
    std::vector<float> folded(filmCount);
    QVERIFY(model->foldIn(past, folded));

    Eigen::MatrixXd items(filmCount + bookCount, 5);
    items << factorOf(*model, "items"), factorOf(*model, "source-1-items");
    std::set<std::size_t> columns;
    std::set<std::size_t> active;
    for (std::size_t user = 0; user < userCount; ++user) {
        for (const PastEvent& event : pastOf(*data, static_cast<UserRow>(user))) {
            const std::size_t column = index(event.item) + (event.domain < 0 ? 0 : filmCount);
            active.insert(column);
            if (user == 11) {
                columns.insert(column);
            }
        }
    }
    Eigen::MatrixXd left = 0.2 * items.transpose() * items;
    Eigen::VectorXd right = Eigen::VectorXd::Zero(5);
    for (const std::size_t column : columns) {
        const Eigen::VectorXd q = items.row(static_cast<Eigen::Index>(column)).transpose();
        left += q * q.transpose();
        right += q;
    }
    left.diagonal().array() +=
        0.03 * std::pow(static_cast<double>(columns.size()) + 0.2 * static_cast<double>(active.size()), 0.7);
    const Eigen::VectorXd vector = left.partialPivLu().solve(right);
    for (std::size_t item = 0; item < filmCount; ++item) {
        const double expected = items.row(static_cast<Eigen::Index>(item)).dot(vector);
        QVERIFY(std::abs(expected - static_cast<double>(folded[item])) < 1e-4);
    }
}

void FoldInTest::ialsAnswersNobodyAsAUserWithoutHistory()
{
    auto data = std::make_shared<TrainingData>(*twoDomains(FeedbackKind::Implicit));
    data->userCount = userCount + 1; // the last one did nothing
    for (TrainingDomain* domain : {&data->target, &data->sources.front()}) {
        domain->interactions =
            InteractionMatrix(data->userCount, domain->interactions.itemCount(), test::eventsOf(*domain));
    }
    const auto model = fitted("ials", {{"factors", 5}, {"epochs", 4}}, data);
    std::vector<float> expected(filmCount);
    std::vector<float> folded(filmCount);
    model->score(static_cast<UserRow>(userCount), expected);
    QVERIFY(model->foldIn({}, folded));
    for (std::size_t item = 0; item < filmCount; ++item) {
        QVERIFY(std::abs(expected[item] - folded[item]) < 1e-5F);
    }
}

void FoldInTest::withoutHistoryTheItemsAloneSpeak()
{
    const auto data = twoDomains(FeedbackKind::Explicit);
    const auto model = fitted("mf", {{"epochs", 3}}, data);
    std::vector<float> folded(filmCount);
    QVERIFY(model->foldIn({}, folded));
    const Eigen::MatrixXd biases = factorOf(*model, "item-biases");
    for (std::size_t item = 0; item < filmCount; ++item) {
        const double expected = data->target.interactions.mean() + biases(static_cast<Eigen::Index>(item), 0);
        QVERIFY(std::abs(expected - static_cast<double>(folded[item])) < 1e-5);
    }
}

void FoldInTest::methodsThatHaveToBeTrainedSaySo_data()
{
    QTest::addColumn<QString>("method");
    QTest::newRow("bpr") << "bpr";
    QTest::newRow("lightgcn") << "lightgcn";
    QTest::newRow("carried-bias") << "carried-bias";
}

void FoldInTest::methodsThatHaveToBeTrainedSaySo()
{
    QFETCH(QString, method);
    const auto data = twoDomains(FeedbackKind::Explicit);
    const bool hasEpochs = (*findMethod(method.toStdString()))->iterative;
    const auto model = fitted(method.toStdString(), hasEpochs ? Json{{"epochs", 1}} : Json::object(), data);
    std::vector<float> scores(filmCount, 7.0F);
    QVERIFY(!model->foldIn(pastOf(*data, UserRow{1}), scores));
    QCOMPARE(scores, std::vector<float>(filmCount, 7.0F));
}

QTEST_GUILESS_MAIN(FoldInTest)
#include "FoldInTest.moc"
