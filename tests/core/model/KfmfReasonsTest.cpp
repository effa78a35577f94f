#include "core/base/Random.h"
#include "core/model/KfmfModel.h"
#include "core/model/Registry.h"
#include "tests/core/model/ReasonTesting.h"
#include "tests/support/FacetVectors.h"

#include <QtTest/QTest>

using namespace transept;
using namespace transept::test;

namespace {

constexpr int factorCount = 6;

/// Up to four facets an item of the ten that there are; every tenth item has no knowledge.
std::shared_ptr<const ItemKnowledge> drawnKnowledge(std::uint64_t seed)
{
    const Matrix said = [] {
        Random random(1);
        Matrix rows = Matrix::NullaryExpr(10, 8, [&] { return static_cast<float>(random.normal()); });
        rows.rowwise().normalize();
        return rows;
    }();
    auto knowledge = std::make_shared<ItemKnowledge>();
    Matrix vectors = Matrix::Zero(tasteItems, said.cols());
    std::vector<Matrix> ofItems;
    for (std::size_t item = 0; item < tasteItems; ++item) {
        const std::size_t count = item % 10 == 9 ? 0 : 1 + (item + seed) % 4;
        Matrix facets(static_cast<Eigen::Index>(count), said.cols());
        for (Eigen::Index facet = 0; facet < facets.rows(); ++facet) {
            facets.row(facet) = said.row((static_cast<Eigen::Index>(item * 3 + seed) + facet) % said.rows());
        }
        if (count > 0) {
            vectors.row(static_cast<Eigen::Index>(item)) = facets.colwise().mean().normalized();
        }
        ofItems.push_back(std::move(facets));
    }
    knowledge->facetVectors = test::facetVectorsOf(ofItems, said.cols());
    knowledge->vectors = std::move(vectors);
    return knowledge;
}

std::shared_ptr<const TrainingData> knownTastes(FeedbackKind kind)
{
    std::shared_ptr<TrainingData> data = tastes(kind);
    data->target.knowledge = drawnKnowledge(1);
    data->sources.front().knowledge = drawnKnowledge(2);
    return data;
}

/// A trained kfmf, and all that it learnt.
struct Trained
{
    std::shared_ptr<const TrainingData> data;
    KfmfSettings settings;
    KfmfParameters learnt;
    std::shared_ptr<const Model> model;

    std::vector<FactorDomain> domains() const
    {
        return {factorDomain(data->target, data->target),
                factorDomain(data->sources[0], data->target, settings.sourceWeight)};
    }

    /// An item as FusionKernel.h has it, written out.
    SeenItem seen(UserRow user, std::size_t place, std::size_t item) const
    {
        const FusedDomain& domain = place == 0 ? learnt.target : learnt.sources[place - 1];
        SeenItem result = seenItem(domain.factors, user, item);
        if (!domain.facets) {
            return result;
        }
        const auto rowOf = [](const FactorMatrix& matrix, std::size_t row) -> Eigen::VectorXd {
            const Eigen::Map<const Vector> values(matrix.at(row), factorCount);
            return values.cast<double>();
        };
        const FusionRules<float>& rules = settings.rules;
        const Eigen::VectorXd p = rowOf(learnt.target.factors.users, index(user));
        Eigen::VectorXd pooled = Eigen::VectorXd::Zero(factorCount);
        double sum = 0.0;
        double largest = 0.0;
        for (std::size_t facet = domain.facets->starts[item]; facet < domain.facets->starts[item + 1];
             ++facet) {
            const std::size_t vector = domain.facets->vectorOf[facet];
            const double weight =
                std::exp(p.dot(rowOf(domain.facets->attended, vector)) / std::sqrt(1.0 * factorCount));
            pooled += weight * rowOf(domain.facets->projected, vector);
            largest = std::max(largest, weight);
            sum += weight;
        }
        const double alpha = static_cast<double>(rules.sign() * rules.alpha);
        if (rules.scalar && sum > 0.0) {
            result.level += alpha * largest / sum / domains()[place].scale;
        } else if (sum > 0.0) {
            result.vector += alpha * pooled / sum;
        }
        return result;
    }

    /// The user's vector as its events ask for it.
    Eigen::VectorXd asked(UserRow user, const LeftOut& left = {}) const
    {
        const auto see = [&](std::size_t place, std::size_t item) { return seen(user, place, item); };
        return slowVector(domains(), settings.factors, user, see, left);
    }
};

Trained trainedAnew(const FusionRules<float>& rules, FeedbackKind kind)
{
    Trained result{
        .data = knownTastes(kind),
        .settings = {.factors = {.factors = factorCount, .regularisation = 0.02F, .deviation = 0.3F},
                     .rules = rules,
                     .knowledgeRate = 0.003F}};
    Result<FactorState> state = FactorState::start(
        tasteUsers, result.domains(), result.settings.factors, UserBias::Shared, FitContext{});
    KfmfTraining training(std::move(*state), result.settings, 1);
    for (int epoch = 1; epoch <= 60; ++epoch) {
        if (!training.runEpoch(epoch, {})) {
            throw std::runtime_error("kfmf diverged");
        }
    }
    result.learnt = training.parameters();
    result.model = std::make_shared<const KfmfModel>(result.learnt, result.data, result.settings);
    return result;
}

FusionRules<float> rulesOf(Fusion fusion, bool scalar)
{
    return {.fusion = fusion,
            .scalar = scalar,
            .alpha = 0.5F,
            .userWeight = 0.4F,
            .itemWeight = 0.4F,
            .inverseRoot = 1.0F / std::sqrt(static_cast<float>(factorCount))};
}

/// The same for all tests.
const Trained& trained(int fusion, bool scalar, bool implicit)
{
    static std::map<std::tuple<int, bool, bool>, Trained> known;
    const auto [place, isNew] = known.try_emplace({fusion, scalar, implicit});
    if (isNew) {
        place->second = trainedAnew(rulesOf(static_cast<Fusion>(fusion), scalar),
                                    implicit ? FeedbackKind::Implicit : FeedbackKind::Explicit);
    }
    return place->second;
}

float scoreOf(const Model& model, UserRow user, std::size_t item)
{
    float score = 0.0F;
    const auto row = static_cast<ItemRow>(item);
    model.scoreItems(user, {&row, 1}, {&score, 1});
    return score;
}

void addFusions()
{
    QTest::addColumn<int>("fusion");
    QTest::addColumn<bool>("scalar");
    QTest::addColumn<bool>("implicit");
    QTest::newRow("seed") << static_cast<int>(Fusion::Seed) << false << false;
    QTest::newRow("seed, scalar pooling") << static_cast<int>(Fusion::Seed) << true << false;
    QTest::newRow("additive") << static_cast<int>(Fusion::Additive) << false << false;
    QTest::newRow("concat") << static_cast<int>(Fusion::Concat) << false << false;
    QTest::newRow("gated") << static_cast<int>(Fusion::Gated) << false << false;
    QTest::newRow("weighted") << static_cast<int>(Fusion::Weighted) << false << false;
    QTest::newRow("seed, implicit target") << static_cast<int>(Fusion::Seed) << false << true;
    QTest::newRow("gated, implicit target") << static_cast<int>(Fusion::Gated) << false << true;
}

} // namespace

/// The items that made a prediction of kfmf.
class KfmfReasonsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reasonsAndTheRemainderAreTheScore_data() { addFusions(); }
    void reasonsAndTheRemainderAreTheScore();
    void reasonIsWhatTheScoreLosesHadTheItemBeenNeutral_data() { addFusions(); }
    void reasonIsWhatTheScoreLosesHadTheItemBeenNeutral();
    void reasonsAddUpToWhatWasLearnt_data() { addFusions(); }
    void reasonsAddUpToWhatWasLearnt();
    void reasonsComeFromTheDomainsThatWereTrained();
    void restoredModelGivesTheSameScoresAndReasons_data() { addFusions(); }
    void restoredModelGivesTheSameScoresAndReasons();
};

void KfmfReasonsTest::reasonsAndTheRemainderAreTheScore()
{
    QFETCH(int, fusion);
    QFETCH(bool, scalar);
    QFETCH(bool, implicit);
    const Trained& kfmf = trained(fusion, scalar, implicit);
    const FactorParameters& factors = kfmf.learnt.target.factors;
    double most = 0.0;
    for (const UserRow user : {UserRow{1}, UserRow{15}, UserRow{88}}) {
        const Eigen::VectorXd asked = kfmf.asked(user) - kfmf.asked(user, {.all = true});
        const Eigen::VectorXd stopped = vectorOf(factors.users, index(user));
        for (std::size_t item = 0; item < tasteItems; item += 3) {
            const SeenItem seen = kfmf.seen(user, 0, item);
            const double remainder =
                static_cast<double>(factors.mean) + seen.level + (stopped - asked).dot(seen.vector);
            const double sum = sumOf(kfmf.model->contributions(user, static_cast<ItemRow>(item)));
            const double score = static_cast<double>(scoreOf(*kfmf.model, user, item));
            QVERIFY2(std::abs(sum + remainder - score) < 2e-5,
                     qPrintable(QStringLiteral("%1 + %2 is not %3").arg(sum).arg(remainder).arg(score)));
            most = std::max(most, std::abs(sum));
        }
    }
    QVERIFY(most > 0.1);
}

void KfmfReasonsTest::reasonIsWhatTheScoreLosesHadTheItemBeenNeutral()
{
    QFETCH(int, fusion);
    QFETCH(bool, scalar);
    QFETCH(bool, implicit);
    const Trained& kfmf = trained(fusion, scalar, implicit);
    for (const UserRow user : {UserRow{15}, UserRow{41}}) {
        const Eigen::VectorXd towards = kfmf.seen(user, 0, 4).vector;
        const double whole = kfmf.asked(user).dot(towards);
        const std::vector<Contribution> reasons = kfmf.model->contributions(user, ItemRow{4});
        QCOMPARE(reasons.size(),
                 kfmf.data->target.interactions.itemsOf(user).size() +
                     kfmf.data->sources[0].interactions.itemsOf(user).size());
        for (const Contribution& each : reasons) {
            const LeftOut left{.place = static_cast<std::size_t>(each.domain + 1), .item = each.item};
            const double lost = whole - kfmf.asked(user, left).dot(towards);
            QVERIFY(std::abs(static_cast<double>(each.weight) - lost) < 1e-5 * (1.0 + std::abs(whole)));
        }
    }
}

void KfmfReasonsTest::reasonsAddUpToWhatWasLearnt()
{
    QFETCH(int, fusion);
    QFETCH(bool, scalar);
    QFETCH(bool, implicit);
    const Trained& kfmf = trained(fusion, scalar, implicit);
    const FactorParameters& factors = kfmf.learnt.target.factors;
    std::vector<double> explained;
    std::vector<double> learnt;
    for (std::size_t at = 0; at < tasteUsers; ++at) {
        const auto user = static_cast<UserRow>(at);
        const Eigen::VectorXd stopped = vectorOf(factors.users, at);
        const Eigen::VectorXd sampled = kfmf.asked(user, {.all = true});
        for (std::size_t item = 0; item < tasteItems; item += 3) {
            const Eigen::VectorXd towards = kfmf.seen(user, 0, item).vector;
            explained.push_back(sumOf(kfmf.model->contributions(user, static_cast<ItemRow>(item))) +
                                sampled.dot(towards));
            learnt.push_back(stopped.dot(towards));
        }
    }
    double rest = 0.0;
    double whole = 0.0;
    for (std::size_t at = 0; at < learnt.size(); ++at) {
        rest += (learnt[at] - explained[at]) * (learnt[at] - explained[at]);
        whole += learnt[at] * learnt[at];
    }
    const double share = std::sqrt(rest / whole);
    const double likeness = correlation(explained, learnt);
    qInfo("correlation %.3f, unexplained %.3f", likeness, share);
    QVERIFY2(likeness > (implicit ? 0.8 : 0.97), qPrintable(QString::number(likeness)));
    QVERIFY2(share < (implicit ? 0.8 : 0.2), qPrintable(QString::number(share)));
}

void KfmfReasonsTest::reasonsComeFromTheDomainsThatWereTrained()
{
    const auto data = knownTastes(FeedbackKind::Explicit);
    const auto both = fitted("kfmf", {{"factors", 6}, {"epochs", 10}}, data);
    const auto one = fitted("kfmf", {{"factors", 6}, {"epochs", 10}, {"use-sources", false}}, data);

    QCOMPARE(domainsOf(both->contributions(UserRow{12}, ItemRow{4})), (std::set<int>{-1, 0}));
    QCOMPARE(domainsOf(both->contributions(UserRow{15}, ItemRow{4})), std::set<int>{0});
    QCOMPARE(domainsOf(one->contributions(UserRow{12}, ItemRow{4})), std::set<int>{-1});
    QVERIFY(one->contributions(UserRow{15}, ItemRow{4}).empty());
}

void KfmfReasonsTest::restoredModelGivesTheSameScoresAndReasons()
{
    QFETCH(int, fusion);
    QFETCH(bool, scalar);
    QFETCH(bool, implicit);
    const Trained& kfmf = trained(fusion, scalar, implicit);

    const auto restored = restoreKfmfModel(kfmf.data, *kfmf.model->serialised(), kfmf.settings);

    QVERIFY(restored);
    for (const UserRow user : {UserRow{12}, UserRow{15}}) {
        QCOMPARE(scoreOf(**restored, user, 4), scoreOf(*kfmf.model, user, 4));
        const std::vector<Contribution> reasons = (*restored)->contributions(user, ItemRow{4});
        QVERIFY(!reasons.empty());
        QVERIFY(areSame(reasons, kfmf.model->contributions(user, ItemRow{4})));
    }
}

QTEST_GUILESS_MAIN(KfmfReasonsTest)
#include "KfmfReasonsTest.moc"
