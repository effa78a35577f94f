#include "core/base/Random.h"
#include "core/model/FacetPool.h"
#include "tests/core/model/ModelTesting.h"
#include "tests/support/FacetVectors.h"

#include <QtTest/QTest>

namespace transept {

/// What is said of many items has one vector, which kfmf projects once.
class SharedFacetsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itemsThatShareAVectorTrainAsIfEachHadItsOwn_data();
    void itemsThatShareAVectorTrainAsIfEachHadItsOwn();
    void scoresOfSomeItemsAreThoseAmongAll();
    void poolingIsTheSoftmaxOfAnyScores_data();
    void poolingIsTheSoftmaxOfAnyScores();
};

namespace {

constexpr std::size_t userCount = 60;
constexpr std::size_t itemCount = 40;
constexpr Eigen::Index dimension = 12;
constexpr std::size_t saidInAll = 6;

Matrix drawnMatrix(Eigen::Index rows, Random random)
{
    Matrix matrix = Matrix::NullaryExpr(rows, dimension, [&] { return static_cast<float>(random.normal()); });
    matrix.rowwise().normalize();
    return matrix;
}

/// Every item has four facets of the six that there are. `apart` is added to a vector, so that equal ones are
/// no longer the same when it is not 0.
std::shared_ptr<const TrainingData> dataWith(float apart)
{
    const Matrix said = drawnMatrix(saidInAll, Random(1));
    auto knowledge = std::make_shared<ItemKnowledge>();
    knowledge->vectors = drawnMatrix(itemCount, Random(2));
    std::vector<Matrix> ofItems;
    for (std::size_t item = 0; item < itemCount; ++item) {
        Matrix facets(4, dimension);
        for (Eigen::Index facet = 0; facet < facets.rows(); ++facet) {
            const auto of =
                static_cast<Eigen::Index>((item * 7 + static_cast<std::size_t>(facet)) % saidInAll);
            facets.row(facet) = said.row(of).array() + apart * static_cast<float>(item);
        }
        ofItems.push_back(facets);
    }
    knowledge->facetVectors = test::facetVectorsOf(ofItems, dimension);
    auto data = std::make_shared<TrainingData>();
    data->userCount = userCount;
    data->target = test::domainOf("films",
                                  FeedbackKind::Explicit,
                                  userCount,
                                  itemCount,
                                  test::generatedEvents(userCount, itemCount, 900, 3));
    data->target.scaleMin = 1.0;
    data->target.scaleMax = 5.0;
    data->target.knowledge = std::move(knowledge);
    return data;
}

std::vector<float> scoresOf(const Model& model, std::size_t user)
{
    std::vector<float> scores(itemCount);
    model.score(static_cast<UserRow>(user), scores);
    return scores;
}

} // namespace

void SharedFacetsTest::itemsThatShareAVectorTrainAsIfEachHadItsOwn_data()
{
    QTest::addColumn<QString>("fusion");
    QTest::addColumn<QString>("pooling");
    QTest::newRow("seed") << QStringLiteral("seed") << QStringLiteral("attention");
    QTest::newRow("seed, scalar") << QStringLiteral("seed") << QStringLiteral("scalar");
    QTest::newRow("additive") << QStringLiteral("additive") << QStringLiteral("attention");
}

void SharedFacetsTest::itemsThatShareAVectorTrainAsIfEachHadItsOwn()
{
    QFETCH(QString, fusion);
    QFETCH(QString, pooling);
    const Json settings{{"fusion", fusion.toStdString()},
                        {"pooling", pooling.toStdString()},
                        {"factors", 8},
                        {"epochs", 10},
                        {"deviation", 0.3},
                        {"knowledge-rate", 0.02}};

    const auto shared = test::fitted("kfmf", settings, dataWith(0.0F));
    const auto own = test::fitted("kfmf", settings, dataWith(1e-6F));
    const auto untrained = test::fitted(
        "kfmf",
        [&] {
            Json once = settings;
            once["epochs"] = 1;
            return once;
        }(),
        dataWith(0.0F));

    float most = 0.0F;
    float learnt = 0.0F;
    for (std::size_t user = 0; user < userCount; ++user) {
        const std::vector<float> scores = scoresOf(*shared, user);
        const std::vector<float> others = scoresOf(*own, user);
        const std::vector<float> before = scoresOf(*untrained, user);
        for (std::size_t item = 0; item < itemCount; ++item) {
            most = std::max(most, std::abs(scores[item] - others[item]));
            learnt = std::max(learnt, std::abs(scores[item] - before[item]));
        }
    }
    QVERIFY2(most < 0.01F, qPrintable(QString::number(static_cast<double>(most))));
    QVERIFY2(learnt > 0.5F, qPrintable(QString::number(static_cast<double>(learnt))));
}

void SharedFacetsTest::scoresOfSomeItemsAreThoseAmongAll()
{
    const auto model =
        test::fitted("kfmf", {{"fusion", "additive"}, {"epochs", 3}, {"deviation", 0.3}}, dataWith(0.0F));
    const std::vector<ItemRow> items{ItemRow{31}, ItemRow{0}, ItemRow{7}};
    for (std::size_t user = 0; user < userCount; ++user) {
        std::vector<float> some(items.size());
        model->scoreItems(static_cast<UserRow>(user), items, some);
        const std::vector<float> all = scoresOf(*model, user);
        for (std::size_t at = 0; at < items.size(); ++at) {
            QCOMPARE(some[at], all[index(items[at])]);
        }
    }
}

void SharedFacetsTest::poolingIsTheSoftmaxOfAnyScores_data()
{
    QTest::addColumn<float>("largest");
    QTest::newRow("small scores") << 1.0F;
    QTest::newRow("scores whose exponentials run over") << 400.0F;
}

void SharedFacetsTest::poolingIsTheSoftmaxOfAnyScores()
{
    QFETCH(float, largest);
    FacetFactors facets{.starts = {0, 0, 3, 4, 8},
                        .vectorOf = {0, 1, 2, 1, 4, 3, 2, 0},
                        .projected = FactorMatrix(5, 2),
                        .attended = FactorMatrix(5, 2),
                        .rules = {.fusion = Fusion::Additive, .alpha = 1.0F, .inverseRoot = 0.5F}};
    const std::vector<float> user{
        1.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F};
    const std::vector<float> scores{-1.0F, 0.9F, 1.0F, -0.2F, 0.7F};
    const std::vector<float> values{2.0F, -1.0F, 0.5F, 3.0F, 1.0F};
    for (std::size_t vector = 0; vector < scores.size(); ++vector) {
        facets.attended.row(vector)[0] = 2.0F * largest * scores[vector];
        facets.projected.row(vector)[0] = values[vector];
    }
    FacetPool one(facets, user.data());
    FacetPool all(facets, user.data());
    all.prepareAll();
    for (std::size_t item = 0; item + 1 < facets.starts.size(); ++item) {
        double sum = 0.0;
        double total = 0.0;
        for (std::size_t facet = facets.starts[item]; facet < facets.starts[item + 1]; ++facet) {
            const std::uint32_t vector = facets.vectorOf[facet];
            const double weight =
                std::exp(static_cast<double>(largest) * (static_cast<double>(scores[vector]) - 1.0));
            sum += weight;
            total += weight * static_cast<double>(values[vector]);
        }
        const auto row = static_cast<ItemRow>(item);
        QVERIFY(std::abs(static_cast<double>(one.of(row)) - (sum > 0.0 ? total / sum : 0.0)) < 1e-5);
        QCOMPARE(one.of(row), all.of(row));
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::SharedFacetsTest)
#include "SharedFacetsTest.moc"
