#include "core/model/Baseline.h"
#include "core/model/History.h"
#include "tests/core/model/LaterFilm.h"
#include "tests/core/model/MemberTesting.h"
#include "tests/core/model/ModelTesting.h"

#include <QtTest/QTest>

#include <Eigen/Dense>
#include <fmt/format.h>

#include <cmath>
#include <set>

using namespace transept;
using namespace transept::test;
using namespace transept::test::laterfilm;

namespace {

/// Cosine with shrinkage of two sparse vectors.
double cosine(const std::map<std::size_t, double>& a,
              const std::map<std::size_t, double>& b,
              double shrinkage)
{
    double product = 0.0;
    double count = 0.0;
    const auto norm = [](const std::map<std::size_t, double>& vector) {
        double sum = 0.0;
        for (const auto& [place, value] : vector) {
            sum += value * value;
        }
        return std::sqrt(sum);
    };
    for (const auto& [place, value] : a) {
        if (const auto found = b.find(place); found != b.end()) {
            product += value * found->second;
            count += 1.0;
        }
    }
    return count == 0.0 ? 0.0 : product / (norm(a) * norm(b)) * count / (count + shrinkage);
}

/// What the users of the added film have of it, as a method counts it.
Eigen::VectorXd columnOfAdded(const TrainingData& earlier, const TrainingData& data, EntryValue counts)
{
    std::map<std::size_t, std::map<std::size_t, double>> ratings;
    for (const Event& event : test::eventsOf(earlier.target)) {
        ratings[index(event.user)][index(event.item)] = static_cast<double>(event.value);
    }
    Eigen::VectorXd own = Eigen::VectorXd::Zero(World::users);
    for (const auto& [user, value] : lastValues(eventsOfAdded(data))) {
        double sum = value;
        for (const auto& [film, rating] : ratings[user]) {
            sum += rating;
        }
        const bool isLiked = value * static_cast<double>(ratings[user].size() + 1) >= sum;
        own[static_cast<Eigen::Index>(user)] = counts == EntryValue::Value               ? value / 5.0
                                               : counts == EntryValue::Liked && !isLiked ? 0.0
                                                                                         : 1.0;
    }
    return own;
}

Eigen::VectorXd ridge(Eigen::MatrixXd gram, const Eigen::VectorXd& right)
{
    gram.diagonal().array() += 20.0;
    return gram.ldlt().solve(right);
}

/// By small steps down the gradient, then the threshold; of columns that share something alone.
Eigen::VectorXd elasticNet(const Eigen::MatrixXd& gram, const Eigen::VectorXd& right, bool isSigned)
{
    Eigen::VectorXd weights = Eigen::VectorXd::Zero(right.size());
    for (int sweep = 0; sweep < 3000; ++sweep) {
        for (Eigen::Index at = 0; at < weights.size(); ++at) {
            const double slope = gram.row(at).dot(weights) - right[at] + 20.0 * weights[at];
            const double step = 1.0 / (gram(at, at) + 20.0);
            const double moved = weights[at] - step * slope;
            const double size = std::max((isSigned ? std::abs(moved) : moved) - 0.5 * step, 0.0);
            weights[at] = right[at] == 0.0 ? 0.0 : std::copysign(size, moved);
        }
    }
    return weights;
}

} // namespace

/// The same for methods whose scores are sums over what users did: neighbours, item-item weights, controls.
class LinearItemFoldInTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itemNeighboursAreThoseOfATrainedItem_data();
    void itemNeighboursAreThoseOfATrainedItem();
    void itemNeighboursByBm25();
    void ratingsByItemNeighbours();
    void easeAndSlimSolveTheColumnOfTheItem_data();
    void easeAndSlimSolveTheColumnOfTheItem();
    void userNeighboursSayWhatTheyDid_data();
    void userNeighboursSayWhatTheyDid();
    void biasIsTheShrunkMeanOfWhatIsLeft();
    void popularityCountsAsInTraining_data();
    void popularityCountsAsInTraining();
    void ensembleAddsWhatItsMembersSay();
};

/// What an item is similar to does not depend on the others: a model that learnt from it says the same.
void LinearItemFoldInTest::itemNeighboursAreThoseOfATrainedItem_data()
{
    QTest::addColumn<QString>("parameters");
    QTest::newRow("binary") << "{}";
    QTest::newRow("few neighbours") << R"({"neighbours": 3, "shrinkage": 4})";
    QTest::newRow("values") << R"({"values": "values"})";
    QTest::newRow("pearson") << R"({"similarity": "pearson"})";
}

void LinearItemFoldInTest::itemNeighboursAreThoseOfATrainedItem()
{
    QFETCH(QString, parameters);
    const auto data = twoDomains(FeedbackKind::Explicit);
    const Json values = Json::parse(parameters.toStdString());
    const auto model = fitted("item-knn", values, before(*data));
    const auto trained = fitted("item-knn", values, data);
    const std::vector<float> folded = foldedScores(*model, eventsOfAdded(*data));
    for (const UserRow user : everybody()) {
        QVERIFY(isNear(static_cast<double>(scoreOf(*trained, user, added)), folded[index(user)]));
    }
    QVERIFY(std::set<float>(folded.begin(), folded.end()).size() > 5);
}

/// In the words of Neighbours.h, a row an item, a column a user.
void LinearItemFoldInTest::itemNeighboursByBm25()
{
    constexpr double k1 = 1.2;
    constexpr double b = 0.1;
    const auto data = twoDomains(FeedbackKind::Explicit);
    const auto earlier = before(*data);
    const auto model = fitted("item-knn", {{"similarity", "bm25"}, {"neighbours", 1000}}, earlier);
    std::vector<std::set<std::size_t>> users(World::films + World::books); // of every item
    std::vector<std::set<std::size_t>> histories(World::users);
    for (const bool isSource : {false, true}) {
        for (const Event& event : test::eventsOf(isSource ? earlier->sources.front() : earlier->target)) {
            const std::size_t column = index(event.item) + (isSource ? World::films : 0);
            users[column].insert(index(event.user));
            histories[index(event.user)].insert(column);
        }
    }
    double length = 0.0;
    for (const auto& each : users) {
        length += static_cast<double>(each.size()) / static_cast<double>(users.size());
    }
    const auto weight = [&](const std::set<std::size_t>& item, std::size_t user) {
        const auto df = static_cast<double>(histories[user].size());
        const auto n = static_cast<double>(users.size());
        return (k1 + 1.0) / (1.0 + k1 * (1.0 - b + b * static_cast<double>(item.size()) / length)) *
               std::log(1.0 + (n - df + 0.5) / (df + 0.5));
    };
    std::set<std::size_t> own;
    for (const Event& event : eventsOfAdded(*data)) {
        own.insert(index(event.user));
    }
    const std::vector<float> folded = foldedScores(*model, eventsOfAdded(*data));
    for (std::size_t user = 0; user < World::users; ++user) {
        double expected = 0.0;
        for (const std::size_t item : histories[user]) {
            for (const std::size_t other : users[item]) {
                expected += own.contains(other) ? weight(own, other) * weight(users[item], other) : 0.0;
            }
        }
        QVERIFY(isNear(expected, folded[user]));
    }
}

void LinearItemFoldInTest::ratingsByItemNeighbours()
{
    const auto data = twoDomains(FeedbackKind::Explicit);
    const auto earlier = before(*data);
    const auto model =
        fitted("item-knn",
               {{"predict", "ratings"}, {"neighbours", 1000}, {"shrinkage", 5}, {"decay", 0.9}},
               earlier);
    const auto folded = foldedScores(*model, eventsOfAdded(*data));

    const Baseline films = fitBaseline(earlier->target.interactions, {}, {}).value();
    const Baseline books = fitBaseline(earlier->sources.front().interactions, {}, {}).value();
    double left = 0.0;
    double count = 0.0;
    for (const Event& event : eventsOfAdded(*data)) {
        left += static_cast<double>(event.value) - films.mean - films.user[index(event.user)];
        count += 1.0;
    }
    const double bias = left / (count + BaselineOptions{}.lambdaItem);
    const Result<History> history = History::of(*earlier, EntryValue::Value, {});
    std::vector<std::map<std::size_t, double>> columns(World::films + World::books);
    for (std::size_t user = 0; user < World::users; ++user) {
        for (std::size_t at = 0; at < history->rows().lengthOf(user); ++at) {
            columns[static_cast<std::size_t>(history->rows().columnsOf(user)[at])][user] =
                static_cast<double>(history->rows().valuesOf(user)[at]);
        }
    }
    std::map<std::size_t, double> own = lastValues(eventsOfAdded(*data));
    for (auto& [user, value] : own) {
        value /= 5.0;
    }
    for (std::size_t user = 0; user < World::users; ++user) {
        double sum = 0.0;
        double total = 1.0;
        const std::size_t start = history->rows().starts[user];
        for (std::size_t at = 0; at < history->rows().lengthOf(user); ++at) {
            const auto column = static_cast<std::size_t>(history->rows().columnsOf(user)[at]);
            const bool isFilm = column < World::films;
            const Baseline& baseline = isFilm ? films : books;
            const double deviation = static_cast<double>(history->rows().valuesOf(user)[at]) * 5.0 -
                                     baseline.mean - baseline.user[user] -
                                     baseline.item[isFilm ? column : column - World::films];
            const double weight =
                std::pow(0.9, history->ages()[start + at]) * cosine(own, columns[column], 5.0);
            sum += weight * deviation;
            total += weight;
        }
        QVERIFY(isNear(films.mean + films.user[user] + bias + sum / total, folded[user]));
    }
}

/// EASE: by dense algebra. SLIM: the column is where its loss has no descent.
void LinearItemFoldInTest::easeAndSlimSolveTheColumnOfTheItem_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("parameters");
    QTest::addColumn<int>("books");
    const char* ease = R"({"lambda": 20, "decay": 0.8, "values": "values"})";
    const char* liked = R"({"lambda": 20, "values": "liked"})";
    const char* slim = R"({"l1": 0.5, "l2": 20, "decay": 0.8})";
    const char* signs = R"({"l1": 0.5, "l2": 20, "non-negative": false})";
    for (const int books : {0, 10, 30}) { // with 30 there are fewer users than items
        QTest::addRow("ease, %d books", books) << "ease" << ease << books;
        QTest::addRow("ease, liked, %d books", books) << "ease" << liked << books;
        QTest::addRow("slim, %d books", books) << "slim" << slim << books;
        QTest::addRow("slim, both signs, %d books", books) << "slim" << signs << books;
    }
}

void LinearItemFoldInTest::easeAndSlimSolveTheColumnOfTheItem()
{
    QFETCH(QString, method);
    QFETCH(QString, parameters);
    QFETCH(int, books);
    const auto data = twoDomains(FeedbackKind::Explicit);
    auto earlier = std::make_shared<TrainingData>(*before(*data));
    std::vector<Event> read = test::eventsOf(earlier->sources.front());
    std::erase_if(read,
                  [books](const Event& event) { return std::cmp_greater_equal(index(event.item), books); });
    earlier->sources.front().interactions =
        InteractionMatrix(World::users, static_cast<std::size_t>(books), read);
    if (books == 0) {
        earlier->sources.clear();
    }
    const Json values = Json::parse(parameters.toStdString());
    const EntryValue counts = parameters.contains(QLatin1String("liked"))    ? EntryValue::Liked
                              : parameters.contains(QLatin1String("values")) ? EntryValue::Value
                                                                             : EntryValue::Binary;
    const auto model = fitted(method.toStdString(), values, earlier);
    const std::vector<float> folded = foldedScores(*model, eventsOfAdded(*data));

    const Result<History> history = History::of(*earlier, counts, {});
    const SparseRows recent = history->recent(values.value("decay", 1.0));
    const auto width = static_cast<Eigen::Index>(history->columnCount());
    Eigen::MatrixXd all = Eigen::MatrixXd::Zero(World::users, width);
    Eigen::MatrixXd queries = all;
    for (std::size_t user = 0; user < World::users; ++user) {
        const auto row = static_cast<Eigen::Index>(user);
        for (std::size_t at = 0; at < recent.lengthOf(user); ++at) {
            const std::int32_t column = recent.columnsOf(user)[at];
            all(row, column) = static_cast<double>(history->rows().valuesOf(user)[at]);
            queries(row, column) = static_cast<double>(recent.valuesOf(user)[at]);
        }
    }
    const Eigen::VectorXd own = columnOfAdded(*earlier, *data, counts);
    const Eigen::MatrixXd gram = all.transpose() * all;
    const Eigen::VectorXd right = all.transpose() * own;
    const bool isSigned = parameters.contains(QLatin1String("non-negative"));
    const Eigen::VectorXd weights =
        method == QLatin1String("ease") ? ridge(gram, right) : elasticNet(gram, right, isSigned);
    QVERIFY(weights.cwiseAbs().maxCoeff() > 0.01);
    const Eigen::VectorXd expected = queries * weights;
    for (std::size_t user = 0; user < World::users; ++user) {
        QVERIFY2(std::abs(expected[static_cast<Eigen::Index>(user)] - static_cast<double>(folded[user])) <
                     2e-4,
                 fmt::format("{} {}", expected[static_cast<Eigen::Index>(user)], folded[user]).c_str());
    }
}

void LinearItemFoldInTest::userNeighboursSayWhatTheyDid_data()
{
    QTest::addColumn<bool>("ratings");
    QTest::newRow("order") << false;
    QTest::newRow("ratings") << true;
}

void LinearItemFoldInTest::userNeighboursSayWhatTheyDid()
{
    QFETCH(bool, ratings);
    constexpr std::size_t neighbours = 12;
    const auto data = twoDomains(FeedbackKind::Explicit);
    const auto earlier = before(*data);
    Json values{{"neighbours", neighbours}, {"shrinkage", 5}, {"values", "values"}};
    if (ratings) {
        values["predict"] = "ratings";
    }
    const auto model = fitted("user-knn", values, earlier);
    const std::vector<Event> events = eventsOfAdded(*data);
    const std::vector<float> folded = foldedScores(*model, events);

    const Baseline films = fitBaseline(earlier->target.interactions, {}, {}).value();
    double left = 0.0;
    for (const Event& event : events) {
        left += static_cast<double>(event.value) - films.mean - films.user[index(event.user)];
    }
    const double bias = left / (static_cast<double>(events.size()) + BaselineOptions{}.lambdaItem);
    const Result<History> history = History::of(*earlier, EntryValue::Value, {});
    std::vector<std::map<std::size_t, double>> rows(World::users);
    for (std::size_t user = 0; user < World::users; ++user) {
        for (std::size_t at = 0; at < history->rows().lengthOf(user); ++at) {
            rows[user][static_cast<std::size_t>(history->rows().columnsOf(user)[at])] =
                static_cast<double>(history->rows().valuesOf(user)[at]);
        }
    }
    const std::map<std::size_t, double> own = lastValues(events);
    for (std::size_t user = 0; user < World::users; ++user) {
        std::vector<std::pair<double, std::size_t>> nearest;
        for (std::size_t other = 0; other < World::users; ++other) {
            if (other != user) {
                nearest.emplace_back(-cosine(rows[user], rows[other], 5.0), other);
            }
        }
        std::ranges::sort(nearest);
        double sum = 0.0;
        double total = 1.0;
        for (std::size_t at = 0; at < neighbours; ++at) {
            const auto& [minus, other] = nearest[at];
            if (const auto found = own.find(other); found != own.end()) {
                sum += -minus * (ratings ? found->second - films.mean - films.user[other] - bias
                                         : found->second / 5.0);
                total += -minus;
            }
        }
        QVERIFY(isNear(ratings ? films.mean + films.user[user] + bias + sum / total : sum, folded[user]));
    }
}

void LinearItemFoldInTest::biasIsTheShrunkMeanOfWhatIsLeft()
{
    const auto data = twoDomains(FeedbackKind::Explicit);
    const auto earlier = before(*data);
    const auto model = fitted("bias", {{"lambda-user", 4.0}, {"lambda-item", 1.5}}, earlier);
    const std::vector<Event> events = eventsOfAdded(*data);
    const Eigen::MatrixXd biases = factorOf(*model, "users");
    const double mean = earlier->target.interactions.mean();
    double left = 0.0;
    for (const Event& event : events) {
        left +=
            static_cast<double>(event.value) - mean - biases(static_cast<Eigen::Index>(index(event.user)), 0);
    }
    const double bias = left / (static_cast<double>(events.size()) + 1.5);
    const std::vector<float> folded = foldedScores(*model, events);
    for (std::size_t user = 0; user < World::users; ++user) {
        QVERIFY(isNear(mean + biases(static_cast<Eigen::Index>(user), 0) + bias, folded[user]));
    }
}

void LinearItemFoldInTest::popularityCountsAsInTraining_data()
{
    QTest::addColumn<QString>("parameters");
    QTest::newRow("count") << "{}";
    QTest::newRow("half-life") << R"({"half-life": 0.005})";
    QTest::newRow("days") << R"({"days": 0.01})";
    QTest::newRow("mean") << R"({"by": "mean", "shrinkage": 4.0})";
}

void LinearItemFoldInTest::popularityCountsAsInTraining()
{
    QFETCH(QString, parameters);
    const auto data = twoDomains(FeedbackKind::Explicit);
    const auto model = fitted("popularity", Json::parse(parameters.toStdString()), data);
    const std::vector<float> folded = foldedScores(*model, eventsOfAdded(*data));
    for (const UserRow user : everybody()) {
        QVERIFY(isNear(static_cast<double>(scoreOf(*model, user, added)), folded[index(user)]));
    }
    const std::vector<Event> muchLater{{.user = UserRow{4}, .value = 5.0F, .time = 2'000'000'000}};
    const float score = foldedScores(*model, muchLater).front();
    QVERIFY(score > 0.9F && score <= 5.0F);
}

void LinearItemFoldInTest::ensembleAddsWhatItsMembersSay()
{
    const auto data = twoDomains(FeedbackKind::Explicit);
    const auto earlier = before(*data);
    const Json ratings{{"predict", "ratings"}};
    const auto ensemble = [&](const Json& members, const char* combination) {
        return fitted("ensemble", {{"combination", combination}, {"members", members}}, earlier);
    };
    const std::vector<Event> events = eventsOfAdded(*data);
    const auto alone = [&](const char* method, const Json& parameters) {
        return std::pair(fitted(method, parameters, earlier),
                         foldedScores(*fitted(method, parameters, earlier), events));
    };
    const auto [bias, ofBias] = alone("bias", Json::object());
    const auto [knn, ofKnn] = alone("item-knn", ratings);
    const auto [ease, ofEase] = alone("ease", Json::object());
    const std::vector<float> mean =
        foldedScores(*ensemble({row("bias", 1.0), row("item-knn", 3.0, ratings)}, "mean"), events);
    const std::vector<float> mixed =
        foldedScores(*ensemble({row("bias", 1.0), row("ease", 3.0)}, "mean"), events);
    std::vector<float> scores(World::films);
    const auto standardised = [&](const Model& model, UserRow user, float score) {
        model.score(user, scores);
        const Eigen::ArrayXd all =
            Eigen::Map<const Eigen::ArrayXf>(scores.data(), World::films).cast<double>();
        return (static_cast<double>(score) - all.mean()) / std::sqrt((all - all.mean()).square().mean());
    };
    for (const UserRow user : everybody()) {
        const std::size_t at = index(user);
        QVERIFY(isNear(static_cast<double>(0.25F * ofBias[at] + 0.75F * ofKnn[at]), mean[at]));
        QVERIFY(isNear(0.25 * standardised(*bias, user, ofBias[at]) +
                           0.75 * standardised(*ease, user, ofEase[at]),
                       mixed[at]));
    }
    QVERIFY(!ensemble({row("bias", 1.0), row("ease", 1.0)}, "vote")->foldInItem({}, {}, {}));
    QVERIFY(!ensemble({row("bias", 1.0), row("bpr", 1.0, {{"epochs", 1}})}, "mean")->foldInItem({}, {}, {}));
}

QTEST_GUILESS_MAIN(LinearItemFoldInTest)
#include "LinearItemFoldInTest.moc"
