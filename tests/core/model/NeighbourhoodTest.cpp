#include "core/base/Parallel.h"
#include "tests/core/model/ModelTesting.h"
#include "tests/support/SharedData.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

constexpr Eigen::Index filmCount = 30;
constexpr Eigen::Index bookCount = 20;

/// Ratings of films and of books by the same people, no pair twice.
std::shared_ptr<const TrainingData> generatedRatings(FeedbackKind kind)
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = 50;
    const auto make = [&](const char* name, Eigen::Index items, std::uint64_t seed) {
        std::vector<Event> events = test::generatedEvents(47, static_cast<std::size_t>(items), 500, seed);
        std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
            return std::pair(a.user, a.item) < std::pair(b.user, b.item);
        });
        events.erase(
            std::unique(events.begin(),
                        events.end(),
                        [](const Event& a, const Event& b) { return a.user == b.user && a.item == b.item; }),
            events.end());
        TrainingDomain domain =
            test::domainOf(name, kind, 50, static_cast<std::size_t>(items), std::move(events));
        domain.scaleMin = 1.0;
        domain.scaleMax = 5.0;
        return domain;
    };
    data->target = make("films", filmCount, 3);
    data->sources.push_back(make("books", bookCount, 4));
    return data;
}

/// Users x (films, books); 0 where there is nothing.
Eigen::MatrixXd denseValues(const TrainingData& data, bool binary)
{
    Eigen::MatrixXd dense =
        Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(data.userCount), filmCount + bookCount);
    for (const Event& event : test::eventsOf(data.target)) {
        dense(static_cast<Eigen::Index>(event.user), static_cast<Eigen::Index>(event.item)) =
            binary ? 1.0 : static_cast<double>(event.value) / 5.0;
    }
    for (const Event& event : test::eventsOf(data.sources[0])) {
        dense(static_cast<Eigen::Index>(event.user), filmCount + static_cast<Eigen::Index>(event.item)) =
            binary ? 1.0 : static_cast<double>(event.value) / 5.0;
    }
    return dense;
}

/// The values that are compared: rows are things, columns what they have in common.
Eigen::MatrixXd slowComparedValues(const Eigen::MatrixXd& rows, const std::string& similarity)
{
    Eigen::MatrixXd result = rows;
    const double meanLength = rows.sum() / static_cast<double>(rows.rows());
    for (Eigen::Index column = 0; column < rows.cols(); ++column) {
        const auto df = static_cast<double>((rows.col(column).array() != 0.0).count());
        for (Eigen::Index row = 0; row < rows.rows(); ++row) {
            const double value = rows(row, column);
            if (value == 0.0) {
                continue;
            }
            if (similarity == "adjusted-cosine") {
                result(row, column) = value - rows.col(column).sum() / df;
            } else if (similarity == "bm25") {
                const double length = 1.2 * (0.7 + 0.3 * rows.row(row).sum() / meanLength);
                const double n = static_cast<double>(rows.rows());
                result(row, column) =
                    value * 2.2 / (value + length) * std::log(1.0 + (n - df + 0.5) / (df + 0.5));
            }
        }
    }
    return result;
}

double slowSimilarity(const Eigen::MatrixXd& raw,
                      const Eigen::MatrixXd& compared,
                      std::pair<Eigen::Index, Eigen::Index> pair,
                      const std::string& similarity)
{
    std::vector<Eigen::Index> shared;
    for (Eigen::Index column = 0; column < raw.cols(); ++column) {
        if (raw(pair.first, column) != 0.0 && raw(pair.second, column) != 0.0) {
            shared.push_back(column);
        }
    }
    const auto a = compared.row(pair.first);
    const auto b = compared.row(pair.second);
    if (shared.empty() || similarity == "bm25") {
        return a.dot(b);
    }
    const auto n = static_cast<double>(shared.size());
    if (similarity == "pearson") {
        const Eigen::VectorXd x = a(shared).transpose().array() - a(shared).mean();
        const Eigen::VectorXd y = b(shared).transpose().array() - b(shared).mean();
        return x.norm() * y.norm() > 1e-6 ? x.dot(y) / (x.norm() * y.norm()) * n / (n + 3.0) : 0.0;
    }
    return a.norm() * b.norm() > 0.0 ? a.dot(b) / (a.norm() * b.norm()) * n / (n + 3.0) : 0.0;
}

/// All positive similarities; in each group of a row the `most` largest stay.
Eigen::MatrixXd slowNeighbours(const Eigen::MatrixXd& raw,
                               const std::string& similarity,
                               std::size_t most,
                               const std::vector<Eigen::Index>& groups)
{
    const Eigen::MatrixXd compared = slowComparedValues(raw, similarity);
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(raw.rows(), raw.rows());
    for (Eigen::Index row = 0; row < raw.rows(); ++row) {
        for (std::size_t group = 0; group + 1 < groups.size(); ++group) {
            std::vector<std::pair<double, Eigen::Index>> found;
            for (Eigen::Index other = groups[group]; other < groups[group + 1]; ++other) {
                const double value =
                    other == row ? 0.0 : slowSimilarity(raw, compared, {row, other}, similarity);
                found.emplace_back(-static_cast<double>(static_cast<float>(std::max(value, 0.0))), other);
            }
            std::sort(found.begin(), found.end());
            for (std::size_t at = 0; at < std::min(most, found.size()); ++at) {
                result(row, found[at].second) = -found[at].first;
            }
        }
    }
    return result;
}

/// The same of a newcomer with the history of this user, who is a neighbour then.
Eigen::RowVectorXd slowNeighboursOfCopy(const Eigen::MatrixXd& raw,
                                        const std::string& similarity,
                                        std::size_t most,
                                        Eigen::Index user)
{
    const Eigen::MatrixXd compared = slowComparedValues(raw, similarity);
    std::vector<std::pair<double, Eigen::Index>> found;
    for (Eigen::Index other = 0; other < raw.rows(); ++other) {
        const double value = slowSimilarity(raw, compared, {user, other}, similarity);
        found.emplace_back(-static_cast<double>(static_cast<float>(std::max(value, 0.0))), other);
    }
    std::sort(found.begin(), found.end());
    Eigen::RowVectorXd result = Eigen::RowVectorXd::Zero(raw.rows());
    for (std::size_t at = 0; at < most; ++at) {
        result(found[at].second) = -found[at].first;
    }
    return result;
}

/// How far the scores of a newcomer with this user's history are from what is expected.
double foldedDifference(const Model& model,
                        const TrainingData& data,
                        UserRow user,
                        const Eigen::RowVectorXd& expected)
{
    std::vector<PastEvent> past;
    for (int domain = -1; domain < 1; ++domain) {
        for (const Event& event :
             domain < 0 ? test::eventsOf(data.target) : test::eventsOf(data.sources[0])) {
            if (event.user == user) {
                past.push_back({.domain = domain, .item = event.item, .value = event.value});
            }
        }
    }
    std::vector<float> scores(model.itemCount(), NAN);
    if (!model.foldIn(past, scores)) {
        return INFINITY;
    }
    const Eigen::Map<const Eigen::RowVectorXf> folded(scores.data(), expected.size());
    return (folded.cast<double>() - expected).cwiseAbs().maxCoeff();
}

double largestDifference(const Model& model, const Eigen::MatrixXd& expected)
{
    double largest = 0.0;
    std::vector<float> scores(model.itemCount());
    for (Eigen::Index user = 0; user < expected.rows(); ++user) {
        model.score(static_cast<UserRow>(user), scores);
        const Eigen::Map<const Eigen::VectorXf> row(scores.data(), expected.cols());
        largest =
            std::max(largest, (row.cast<double>() - expected.row(user).transpose()).cwiseAbs().maxCoeff());
    }
    return largest;
}

Json parametersFor(const std::string& similarity)
{
    return {
        {"similarity", similarity}, {"neighbours", 6}, {"shrinkage", 3.0}, {"b", 0.3}, {"values", "values"}};
}

/// Baseline of ratings on 1 to 5 by plain alternation.
Eigen::MatrixXd slowDeviations(const Eigen::MatrixXd& fifths, Eigen::MatrixXd& baselines)
{
    const Eigen::MatrixXd ratings = 5.0 * fifths;
    const Eigen::ArrayXXd known = (fifths.array() != 0.0).cast<double>();
    const double mean = ratings.sum() / known.sum();
    Eigen::VectorXd user = Eigen::VectorXd::Zero(ratings.rows());
    Eigen::VectorXd item = Eigen::VectorXd::Zero(ratings.cols());
    for (int sweep = 0; sweep < 500; ++sweep) {
        const Eigen::ArrayXXd left =
            (ratings.array() - mean - user.replicate(1, ratings.cols()).array()) * known;
        item = left.colwise().sum().transpose() / (known.colwise().sum().transpose() + 2.0);
        const Eigen::ArrayXXd rest =
            (ratings.array() - mean - item.transpose().replicate(ratings.rows(), 1).array()) * known;
        user = rest.rowwise().sum() / (known.rowwise().sum() + 3.0);
    }
    baselines =
        (user.replicate(1, ratings.cols()) + item.transpose().replicate(ratings.rows(), 1)).array() + mean;
    return (ratings - baselines).array() * known;
}

} // namespace

class NeighbourhoodTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scoresAreTheDefinitions_data();
    void scoresAreTheDefinitions();
    void itemRatingsAreTheDefinition();
    void userRatingsAreTheDefinition();
    void productRatingsAreTheDefinition();
    void newcomersAskTheirNeighbours_data();
    void newcomersAskTheirNeighbours();
    void newcomersRatingsAreTheDefinition();
    void contributionsAddUpToTheScore();
    void haveTheSameBitsForAnyThreads();
    void recentEventsCountMore();
    void ratingsNeedRatings();
    void itemScoresAgreeWithTheDefinitionOnMovieLens();
    void itemsReachTheKnownQualityOnMovieLens();
};

void NeighbourhoodTest::scoresAreTheDefinitions_data()
{
    QTest::addColumn<std::string>("similarity");
    for (const char* similarity : {"cosine", "adjusted-cosine", "pearson", "bm25"}) {
        QTest::newRow(similarity) << std::string(similarity);
    }
}

void NeighbourhoodTest::scoresAreTheDefinitions()
{
    QFETCH(std::string, similarity);
    const auto data = generatedRatings(FeedbackKind::Explicit);
    const Eigen::MatrixXd values = denseValues(*data, false);

    const Eigen::MatrixXd items =
        slowNeighbours(values.transpose(), similarity, 6, {0, filmCount, filmCount + bookCount});
    QVERIFY(largestDifference(*test::fitted("item-knn", parametersFor(similarity), data),
                              values * items.topRows(filmCount).transpose()) < 1e-5);

    const Eigen::MatrixXd users = slowNeighbours(values, similarity, 6, {0, values.rows()});
    QVERIFY(largestDifference(*test::fitted("user-knn", parametersFor(similarity), data),
                              users * values.leftCols(filmCount)) < 1e-5);

    const Eigen::MatrixXd product = users * values * items.topRows(filmCount).transpose();
    QVERIFY(largestDifference(*test::fitted("cf-product", parametersFor(similarity), data), product) <
            1e-5 * std::max(1.0, product.maxCoeff()));
}

void NeighbourhoodTest::itemRatingsAreTheDefinition()
{
    const auto data = generatedRatings(FeedbackKind::Explicit);
    const Eigen::MatrixXd values = denseValues(*data, false);
    Eigen::MatrixXd baselines;
    Eigen::MatrixXd ignored;
    Eigen::MatrixXd deviations(values.rows(), values.cols());
    deviations << slowDeviations(values.leftCols(filmCount), baselines),
        slowDeviations(values.rightCols(bookCount), ignored);
    const Eigen::MatrixXd near =
        slowNeighbours(values.transpose(), "cosine", 6, {0, filmCount, filmCount + bookCount})
            .topRows(filmCount);
    const Eigen::MatrixXd known = (values.array() != 0.0).cast<double>();
    const Eigen::ArrayXXd totals = (known * near.transpose()).array() + 1.0;
    const Eigen::MatrixXd expected = baselines.array() + (deviations * near.transpose()).array() / totals;

    Json parameters = parametersFor("cosine");
    parameters["predict"] = "ratings";
    const auto model = test::fitted("item-knn", parameters, data);
    QVERIFY(model->predictsRatings());
    QVERIFY(largestDifference(*model, expected) < 1e-4);
}

void NeighbourhoodTest::userRatingsAreTheDefinition()
{
    const auto data = generatedRatings(FeedbackKind::Explicit);
    const Eigen::MatrixXd values = denseValues(*data, false);
    Eigen::MatrixXd baselines;
    const Eigen::MatrixXd deviations = slowDeviations(values.leftCols(filmCount), baselines);
    const Eigen::MatrixXd near = slowNeighbours(values, "cosine", 6, {0, values.rows()});
    const Eigen::MatrixXd known = (values.leftCols(filmCount).array() != 0.0).cast<double>();
    const Eigen::ArrayXXd totals = (near * known).array() + 1.0;
    const Eigen::MatrixXd expected = baselines.array() + (near * deviations).array() / totals;

    Json parameters = parametersFor("cosine");
    parameters["predict"] = "ratings";
    QVERIFY(largestDifference(*test::fitted("user-knn", parameters, data), expected) < 1e-4);
}

void NeighbourhoodTest::productRatingsAreTheDefinition()
{
    const auto data = generatedRatings(FeedbackKind::Explicit);
    const Eigen::MatrixXd values = denseValues(*data, false);
    Eigen::MatrixXd baselines;
    Eigen::MatrixXd ignored;
    Eigen::MatrixXd deviations(values.rows(), values.cols());
    deviations << slowDeviations(values.leftCols(filmCount), baselines),
        slowDeviations(values.rightCols(bookCount), ignored);
    const Eigen::MatrixXd users = slowNeighbours(values, "cosine", 6, {0, values.rows()});
    const Eigen::MatrixXd items =
        slowNeighbours(values.transpose(), "cosine", 6, {0, filmCount, filmCount + bookCount})
            .topRows(filmCount);
    const Eigen::MatrixXd known = (values.array() != 0.0).cast<double>();
    const Eigen::ArrayXXd totals = (users * known * items.transpose()).array() + 1.0;
    const Eigen::MatrixXd expected =
        baselines.array() + (users * deviations * items.transpose()).array() / totals;

    Json parameters = parametersFor("cosine");
    parameters["predict"] = "ratings";
    const auto model = test::fitted("cf-product", parameters, data);
    QVERIFY(model->predictsRatings());
    QVERIFY(largestDifference(*model, expected) < 1e-4);
    std::vector<float> scores(model->itemCount());
    model->score(UserRow{4}, scores);
    for (int item = 0; item < static_cast<int>(filmCount); ++item) {
        double sum = baselines(4, item);
        for (const Contribution& each : model->contributions(UserRow{4}, ItemRow{item})) {
            sum += static_cast<double>(each.weight);
        }
        QVERIFY(std::abs(sum - static_cast<double>(scores[static_cast<std::size_t>(item)])) < 1e-4);
    }
}

void NeighbourhoodTest::newcomersAskTheirNeighbours_data()
{
    scoresAreTheDefinitions_data();
}

void NeighbourhoodTest::newcomersAskTheirNeighbours()
{
    QFETCH(std::string, similarity);
    const auto data = generatedRatings(FeedbackKind::Explicit);
    const Eigen::MatrixXd values = denseValues(*data, false);
    const Eigen::MatrixXd items =
        slowNeighbours(values.transpose(), similarity, 6, {0, filmCount, filmCount + bookCount});
    const auto byUsers = test::fitted("user-knn", parametersFor(similarity), data);
    const auto byBoth = test::fitted("cf-product", parametersFor(similarity), data);
    for (const Eigen::Index user : {4, 17, 30, 49}) { // the last one has no history
        const Eigen::RowVectorXd opinions = slowNeighboursOfCopy(values, similarity, 6, user) * values;
        const auto row = static_cast<UserRow>(user);
        QVERIFY(foldedDifference(*byUsers, *data, row, opinions.leftCols(filmCount)) < 1e-5);
        const Eigen::RowVectorXd product = opinions * items.topRows(filmCount).transpose();
        QVERIFY(foldedDifference(*byBoth, *data, row, product) < 1e-5 * std::max(1.0, product.maxCoeff()));
    }
}

void NeighbourhoodTest::newcomersRatingsAreTheDefinition()
{
    const auto data = generatedRatings(FeedbackKind::Explicit);
    const Eigen::MatrixXd values = denseValues(*data, false);
    Eigen::MatrixXd baselines;
    const Eigen::MatrixXd deviations = slowDeviations(values.leftCols(filmCount), baselines);
    const Eigen::MatrixXd known = (values.leftCols(filmCount).array() != 0.0).cast<double>();
    Json parameters = parametersFor("cosine");
    parameters["predict"] = "ratings";
    const auto model = test::fitted("user-knn", parameters, data);
    for (const Eigen::Index user : {4, 17, 49}) {
        const Eigen::RowVectorXd near = slowNeighboursOfCopy(values, "cosine", 6, user);
        const Eigen::RowVectorXd expected =
            baselines.row(user).array() + (near * deviations).array() / ((near * known).array() + 1.0);
        QVERIFY(foldedDifference(*model, *data, static_cast<UserRow>(user), expected) < 1e-4);
    }
}

void NeighbourhoodTest::contributionsAddUpToTheScore()
{
    const auto data = generatedRatings(FeedbackKind::Explicit);
    for (const char* method : {"item-knn", "user-knn", "cf-product"}) {
        for (const char* similarity : {"cosine", "adjusted-cosine", "bm25"}) {
            const auto model = test::fitted(method, parametersFor(similarity), data);
            std::vector<float> scores(model->itemCount());
            model->score(UserRow{4}, scores);
            for (int item = 0; item < static_cast<int>(filmCount); ++item) {
                float sum = 0.0F;
                float last = INFINITY;
                for (const Contribution& each : model->contributions(UserRow{4}, ItemRow{item})) {
                    QVERIFY(std::abs(each.weight) <= last);
                    last = std::abs(each.weight);
                    sum += each.weight;
                }
                const float score = scores[static_cast<std::size_t>(item)];
                QVERIFY(std::abs(sum - score) < 1e-4F * std::max(1.0F, std::abs(score)));
            }
        }
    }
}

void NeighbourhoodTest::haveTheSameBitsForAnyThreads()
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = 400;
    data->target =
        test::domainOf("films", FeedbackKind::Implicit, 400, 300, test::generatedEvents(400, 300, 6000, 3));
    for (const char* method : {"item-knn", "user-knn", "cf-product"}) {
        std::vector<std::vector<float>> scores;
        for (const int threads : {1, 2, 4, 8}) {
            setThreadCount(threads);
            scores.emplace_back(300);
            test::fitted(method, Json::object(), data)->score(UserRow{7}, scores.back());
            QCOMPARE(scores.back(), scores.front());
        }
        setThreadCount(0);
    }
}

void NeighbourhoodTest::recentEventsCountMore()
{
    // Items 0 and 2 were had together, items 1 and 3 as well. The last user had 0 long ago and 1 yesterday.
    std::vector<Event> events;
    for (const auto& [user, item, time] :
         {std::tuple{0, 0, 1}, {0, 2, 2}, {1, 1, 1}, {1, 3, 2}, {2, 1, 9}, {2, 0, 5}}) {
        events.push_back({.user = UserRow{user}, .item = ItemRow{item}, .time = time});
    }
    auto data = std::make_shared<TrainingData>();
    data->userCount = 3;
    data->target = test::domainOf("films", FeedbackKind::Implicit, 3, 4, events);
    std::vector<float> even(4);
    std::vector<float> recent(4);
    test::fitted("item-knn", {{"shrinkage", 0.0}}, data)->score(UserRow{2}, even);
    test::fitted("item-knn", {{"shrinkage", 0.0}, {"decay", 0.5}}, data)->score(UserRow{2}, recent);
    QCOMPARE(even[2], even[3]);
    QCOMPARE(recent[3], even[3]);
    QCOMPARE(recent[2], 0.5F * even[2]);
}

void NeighbourhoodTest::ratingsNeedRatings()
{
    const auto data = generatedRatings(FeedbackKind::Implicit);
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, test::fitted("item-knn", {{"predict", "ratings"}}, data));
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, test::fitted("user-knn", {{"similarity", "pearson"}}, data));
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, test::fitted("cf-product", {{"predict", "ratings"}}, data));
}

void NeighbourhoodTest::itemScoresAgreeWithTheDefinitionOnMovieLens()
{
    NEED_SHARED_DATA();
    const test::RankingCase films = test::movieLensPositives(*test::sharedData());
    const auto model = test::fitted(
        "item-knn", {{"shrinkage", 0.0}, {"neighbours", 5000}}, films.data); // more than any item has
    const auto items = static_cast<Eigen::Index>(model->itemCount());
    Eigen::MatrixXd history = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(films.data->userCount), items);
    for (const Event& event : test::eventsOf(films.data->target)) {
        history(static_cast<Eigen::Index>(event.user), static_cast<Eigen::Index>(event.item)) = 1.0;
    }
    std::vector<float> scores(model->itemCount());
    for (Eigen::Index user = 0; user < history.rows(); user += 60) {
        model->score(static_cast<UserRow>(user), scores);
        for (Eigen::Index item = 0; item < items; item += 13) {
            double expected = 0.0;
            for (Eigen::Index other = 0; other < items; ++other) {
                if (other != item && history(user, other) > 0.0 && history.col(item).sum() > 0.0) {
                    expected += history.col(item).dot(history.col(other)) /
                                (history.col(item).norm() * history.col(other).norm());
                }
            }
            QVERIFY(std::abs(static_cast<double>(scores[static_cast<std::size_t>(item)]) - expected) < 1e-4);
        }
    }
}

void NeighbourhoodTest::itemsReachTheKnownQualityOnMovieLens()
{
    NEED_SHARED_DATA();
    const test::RankingCase films = test::movieLensPositives(*test::sharedData());
    const double plain = test::ndcgAt10(
        *test::fitted("item-knn", {{"shrinkage", 0.0}, {"neighbours", 5000}}, films.data), films);
    const double usual = test::ndcgAt10(*test::fitted("item-knn", Json::object(), films.data), films);
    const double bm25 =
        test::ndcgAt10(*test::fitted("item-knn", {{"similarity", "bm25"}}, films.data), films);
    const double users = test::ndcgAt10(*test::fitted("user-knn", Json::object(), films.data), films);
    qInfo("NDCG@10 on MovieLens: cosine of all items %.4f, by default %.4f, BM25 %.4f; users %.4f",
          plain,
          usual,
          bm25,
          users);
    QVERIFY(plain > 0.2105);
    QVERIFY(usual > plain);
    QVERIFY(bm25 > 0.2445);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::NeighbourhoodTest)
#include "NeighbourhoodTest.moc"
