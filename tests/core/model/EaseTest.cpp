#include "core/base/Parallel.h"
#include "tests/core/model/LinearTesting.h"
#include "tests/support/SharedData.h"

#include <Eigen/Dense>

#include <cmath>

namespace transept {
namespace {

constexpr double lambda = 7.0;

/// The weights B of the definition, by the inverse of the dense items' system.
Eigen::MatrixXd slowWeights(const Eigen::MatrixXd& stacked)
{
    Eigen::MatrixXd gram = stacked.transpose() * stacked;
    gram.diagonal().array() += lambda;
    const Eigen::MatrixXd p = gram.inverse();
    Eigen::MatrixXd weights = -p * p.diagonal().cwiseInverse().asDiagonal();
    weights.diagonal().setZero();
    return weights;
}

/// (X'X + ridge I)^-1 e_item by conjugate gradients in double over the events alone: no matrix, no shortcut
/// in common with the code under test.
Eigen::VectorXd inverseColumn(const Eigen::MatrixXi& pairs,
                              std::pair<int, int> counts,
                              double ridge,
                              Eigen::Index item)
{
    const auto times = [&](const Eigen::VectorXd& x) -> Eigen::VectorXd {
        Eigen::VectorXd perUser = Eigen::VectorXd::Zero(counts.first);
        Eigen::VectorXd result = ridge * x;
        for (Eigen::Index at = 0; at < pairs.cols(); ++at) {
            perUser(pairs(0, at)) += x(pairs(1, at));
        }
        for (Eigen::Index at = 0; at < pairs.cols(); ++at) {
            result(pairs(1, at)) += perUser(pairs(0, at));
        }
        return result;
    };
    Eigen::VectorXd solution = Eigen::VectorXd::Zero(counts.second);
    Eigen::VectorXd residual = Eigen::VectorXd::Unit(counts.second, item);
    Eigen::VectorXd direction = residual;
    double norm = residual.squaredNorm();
    for (int step = 0; step < 500 && norm > 1e-20; ++step) {
        const Eigen::VectorXd image = times(direction);
        const double length = norm / direction.dot(image);
        solution += length * direction;
        residual -= length * image;
        const double next = residual.squaredNorm();
        direction = residual + next / norm * direction;
        norm = next;
    }
    return solution;
}

/// The largest difference between the model's scores of a few items, for all users, and the definition's.
double largestDifferenceOnRealData(const Model& model,
                                   const TrainingData& data,
                                   double ridge,
                                   std::size_t everyNth)
{
    const auto targets = static_cast<int>(data.target.interactions.itemCount());
    const auto sources =
        data.sources.empty() ? 0 : static_cast<int>(data.sources[0].interactions.itemCount());
    std::vector<Event> events = test::eventsOf(data.target);
    for (const TrainingDomain& source : data.sources) {
        for (Event event : test::eventsOf(source)) {
            event.item = static_cast<ItemRow>(static_cast<int>(event.item) + targets);
            events.push_back(event);
        }
    }
    Eigen::MatrixXi pairs(2, static_cast<Eigen::Index>(events.size()));
    for (Eigen::Index at = 0; at < pairs.cols(); ++at) {
        pairs(0, at) = static_cast<int>(events[static_cast<std::size_t>(at)].user);
        pairs(1, at) = static_cast<int>(events[static_cast<std::size_t>(at)].item);
    }
    const std::pair<int, int> counts(static_cast<int>(data.userCount), targets + sources);
    double largest = 0.0;
    std::vector<std::vector<float>> scores(data.userCount, std::vector<float>(model.itemCount()));
    for (std::size_t user = 0; user < data.userCount; ++user) {
        model.score(static_cast<UserRow>(user), scores[user]);
    }
    for (std::size_t item = 0; item < model.itemCount(); item += everyNth) {
        const auto at = static_cast<Eigen::Index>(item);
        const Eigen::VectorXd column = inverseColumn(pairs, counts, ridge, at);
        Eigen::VectorXd expected = Eigen::VectorXd::Zero(counts.first);
        for (Eigen::Index pair = 0; pair < pairs.cols(); ++pair) {
            if (pairs(1, pair) != at) {
                expected(pairs(0, pair)) -= column(pairs(1, pair)) / column(at);
            }
        }
        for (std::size_t user = 0; user < data.userCount; ++user) {
            largest = std::max(largest,
                               std::abs(static_cast<double>(scores[user][item]) -
                                        expected(static_cast<Eigen::Index>(user))));
        }
    }
    return largest;
}

} // namespace

class EaseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scoresAreTheDefinitions_data();
    void scoresAreTheDefinitions();
    void recencyWeighsTheHistoryThatIsScored();
    void contributionsAddUpToTheScore();
    void hasTheSameBitsForAnyThreads();
    void collectiveNeedsKnowledge();
    void agreesWithTheDefinitionOnMovieLens();
    void agreesWithTheDefinitionOnTwoDomains();
    void reachesTheKnownQualityOnMovieLens();
    void sourceDomainHelpsPhones();
};

void EaseTest::scoresAreTheDefinitions_data()
{
    QTest::addColumn<int>("users");
    QTest::addColumn<std::string>("features");
    QTest::addRow("items' system") << 200 << std::string("");
    QTest::addRow("users' system") << 30 << std::string("");
    QTest::addRow("items' system, vectors") << 200 << std::string("vectors");
    QTest::addRow("users' system, vectors") << 30 << std::string("vectors");
    QTest::addRow("items' system, terms") << 200 << std::string("terms");
    QTest::addRow("users' system, terms") << 30 << std::string("terms");
}

void EaseTest::scoresAreTheDefinitions()
{
    QFETCH(int, users);
    QFETCH(std::string, features);
    const auto data = test::twoKnownDomains(static_cast<std::size_t>(users));
    const Eigen::MatrixXd history = test::denseHistory(*data);
    Eigen::MatrixXd stacked = history;
    Json parameters{{"lambda", lambda}};
    if (!features.empty()) {
        parameters["alpha"] = 2.5;
        parameters["features"] = features;
        Eigen::MatrixXd below = Eigen::MatrixXd::Zero(features == "terms" ? 11 : 5, 70);
        for (Eigen::Index item = 0; item < 70; ++item) {
            const ItemKnowledge& knowledge =
                item < 40 ? *data->target.knowledge : *data->sources[0].knowledge;
            const Eigen::Index at = item < 40 ? item : item - 40;
            if (features == "vectors") {
                below.col(item) = knowledge.vectors.floats()->row(at).transpose().cast<double>();
            } else {
                for (const TermWeight& term : knowledge.termWeights[static_cast<std::size_t>(at)]) {
                    below(term.term, item) = static_cast<double>(term.weight);
                }
            }
        }
        stacked.conservativeResize(history.rows() + below.rows(), Eigen::NoChange);
        stacked.bottomRows(below.rows()) = std::sqrt(2.5) * below;
    }
    const auto model = test::fitted(features.empty() ? "ease" : "collective-ease", parameters, data);
    QCOMPARE(model->itemCount(), std::size_t{40});
    QVERIFY(test::largestDifference(*model, history * slowWeights(stacked).leftCols(40)) < 1e-5);
}

void EaseTest::recencyWeighsTheHistoryThatIsScored()
{
    for (const int users : {30, 200}) {
        const auto data = test::twoKnownDomains(static_cast<std::size_t>(users));
        const auto model = test::fitted("ease", {{"lambda", lambda}, {"decay", 0.7}}, data);
        const Eigen::MatrixXd expected =
            test::recentHistory(*data, 0.7) * slowWeights(test::denseHistory(*data)).leftCols(40);
        QVERIFY(test::largestDifference(*model, expected) < 1e-5);
    }
}

void EaseTest::contributionsAddUpToTheScore()
{
    for (const std::size_t users : {30, 200}) {
        for (const double decay : {1.0, 0.8}) {
            const auto model = test::fitted(
                "collective-ease", {{"lambda", lambda}, {"decay", decay}}, test::twoKnownDomains(users));
            std::vector<float> scores(model->itemCount());
            model->score(UserRow{4}, scores);
            for (int item = 0; item < 40; ++item) {
                float sum = 0.0F;
                float last = INFINITY;
                for (const Contribution& each : model->contributions(UserRow{4}, ItemRow{item})) {
                    QVERIFY(each.domain == -1 || each.domain == 0);
                    QVERIFY(std::abs(each.weight) <= last);
                    last = std::abs(each.weight);
                    sum += each.weight;
                }
                QVERIFY(std::abs(sum - scores[static_cast<std::size_t>(item)]) < 1e-5F);
            }
        }
    }
}

void EaseTest::hasTheSameBitsForAnyThreads()
{
    for (const std::size_t users : {50, 400}) {
        std::vector<std::vector<float>> scores(2, std::vector<float>(40));
        for (int threads = 1; threads <= 2; ++threads) {
            setThreadCount(threads);
            test::fitted("collective-ease", {{"decay", 0.9}}, test::twoKnownDomains(users))
                ->score(UserRow{7}, scores[static_cast<std::size_t>(threads - 1)]);
        }
        setThreadCount(0);
        QCOMPARE(scores[0], scores[1]);
    }
}

void EaseTest::collectiveNeedsKnowledge()
{
    auto data = std::make_shared<TrainingData>(*test::twoKnownDomains(30));
    data->target.knowledge = nullptr;
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, test::fitted("collective-ease", Json::object(), data));
}

void EaseTest::agreesWithTheDefinitionOnMovieLens()
{
    NEED_SHARED_DATA();
    const test::RankingCase films = test::movieLensPositives(*test::sharedData());
    const auto model = test::fitted("ease", {{"lambda", 200.0}}, films.data);
    QVERIFY(largestDifferenceOnRealData(*model, *films.data, 200.0, 151) < 1e-4);
}

void EaseTest::agreesWithTheDefinitionOnTwoDomains()
{
    NEED_SHARED_DATA();
    const test::RankingCase phones = test::sportPhone(*test::sharedData(), true);
    const auto model = test::fitted("ease", {{"lambda", 100.0}}, phones.data);
    QVERIFY(largestDifferenceOnRealData(*model, *phones.data, 100.0, 251) < 1e-4);
}

void EaseTest::reachesTheKnownQualityOnMovieLens()
{
    NEED_SHARED_DATA();
    const test::RankingCase films = test::movieLensPositives(*test::sharedData());
    const double quality = test::ndcgAt10(*test::fitted("ease", {{"lambda", 200.0}}, films.data), films);
    qInfo("ease on MovieLens: NDCG@10 %.4f", quality);
    QVERIFY(quality > 0.2695);
}

void EaseTest::sourceDomainHelpsPhones()
{
    NEED_SHARED_DATA();
    const Json parameters{{"lambda", 100.0}};
    double quality[2] = {};
    for (const bool withSource : {false, true}) {
        const test::RankingCase phones = test::sportPhone(*test::sharedData(), withSource);
        quality[withSource ? 1 : 0] = test::ndcgAt10(*test::fitted("ease", parameters, phones.data), phones);
    }
    qInfo("ease on phones: NDCG@10 %.4f alone, %.4f with sport", quality[0], quality[1]);
    QVERIFY(quality[0] > 0.0455);
    QVERIFY(quality[1] > 0.0475);
    QVERIFY(quality[1] > quality[0]);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::EaseTest)
#include "EaseTest.moc"
