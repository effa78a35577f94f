#include "core/base/Parallel.h"
#include "core/model/Registry.h"
#include "tests/core/model/KnowledgeTesting.h"
#include "tests/support/SharedData.h"
#include "tests/support/Temporary.h"

#include <cmath>
#include <map>

namespace transept {
namespace {

using test::books;
using test::denseFeatures;
using test::denseHistory;
using test::films;
using test::scoresOf;
using test::standardised;
using test::users;

std::shared_ptr<const TrainingData> generated()
{
    return test::filmsAndBooks();
}

Result<std::shared_ptr<const Model>> blendWith(const std::shared_ptr<const TrainingData>& data,
                                               std::function<double(const Model&)> validate)
{
    const auto description = findMethod("knowledge-blend");
    const auto parameters = checkParameters((*description)->parameters, {{"weight", 0.25}}, "method");
    FitContext context;
    context.validate = std::move(validate);
    return (*description)->create(*parameters)->fit(data, context);
}

} // namespace

class KnowledgeMethodsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textScoresAreTheDefinition_data();
    void textScoresAreTheDefinition();
    void whitenedScoresAreTheDefinition();
    void contentIsTheCosineOfTheProfile();
    void rulesJoinWhatTheySay_data();
    void rulesJoinWhatTheySay();
    void blendAddsStandardisedScores();
    void blendTakesTheWeightThatValidationPrefers();
    void contributionsAddUp();
    void haveTheSameBitsForAnyThreads();
    void missingKnowledgeIsAnError();
    void carriedBiasIsTheJointMinimum();
    void carriedBiasBeatsTheItemMeanForNewUsers();
};

void KnowledgeMethodsTest::textScoresAreTheDefinition_data()
{
    QTest::addColumn<std::string>("basis");
    QTest::newRow("terms") << std::string("terms");
    QTest::newRow("vectors") << std::string("vectors");
    QTest::newRow("both") << std::string("both");
}

void KnowledgeMethodsTest::textScoresAreTheDefinition()
{
    QFETCH(std::string, basis);
    const auto data = generated();
    const Eigen::MatrixXd terms = denseFeatures(*data, true);
    const Eigen::MatrixXd vectors = denseFeatures(*data, false);
    Eigen::MatrixXd cosines = basis == "terms" ? Eigen::MatrixXd(terms * terms.transpose())
                              : basis == "vectors"
                                  ? Eigen::MatrixXd(vectors * vectors.transpose())
                                  : 0.5 * (terms * terms.transpose() + vectors * vectors.transpose());
    cosines.diagonal().setZero();
    const Eigen::MatrixXd similarities = cosines.cwiseMax(0.0).array().pow(3.0);
    const Eigen::MatrixXd expected = denseHistory(*data, 0.7) * similarities.leftCols(films);
    const auto model = test::fitted("text-knn", {{"text", basis}, {"power", 3}, {"decay", 0.7}}, data);
    QVERIFY((scoresOf(*model) - expected).cwiseAbs().maxCoeff() < 1e-5);
}

void KnowledgeMethodsTest::whitenedScoresAreTheDefinition()
{
    const auto data = generated();
    const Eigen::MatrixXd vectors = denseFeatures(*data, false);
    const Eigen::MatrixXd inverse =
        (vectors.transpose() * vectors + 2.0 * Eigen::MatrixXd::Identity(4, 4)).inverse();
    const Eigen::MatrixXd expected =
        denseHistory(*data, 0.9) * vectors * inverse * vectors.topRows(films).transpose();
    const auto model = test::fitted("whitened-profile", {{"gamma", 2.0}}, data);
    QVERIFY((scoresOf(*model) - expected).cwiseAbs().maxCoeff() < 1e-5);
}

void KnowledgeMethodsTest::contentIsTheCosineOfTheProfile()
{
    const auto data = test::filmsAndBooks(FeedbackKind::Explicit);
    const Eigen::MatrixXd vectors = denseFeatures(*data, false);
    Eigen::MatrixXd ratings = Eigen::MatrixXd::Zero(users, films + books); // the last of a pair counts
    std::map<std::pair<int, int>, std::int64_t> latest;
    const auto take = [&](const TrainingDomain& domain, int first) {
        for (const Event& event : test::eventsOf(domain)) {
            const int user = static_cast<int>(event.user);
            const int item = first + static_cast<int>(event.item);
            std::int64_t& time = latest[{user, item}];
            if (event.time >= time) {
                time = event.time;
                ratings(user, item) = static_cast<double>(event.value);
            }
        }
    };
    take(data->target, 0);
    take(data->sources[0], films);
    Eigen::MatrixXd profiles = ratings * vectors;
    for (Eigen::Index user = 0; user < users; ++user) {
        const double length = profiles.row(user).norm();
        profiles.row(user) /= length > 0.0 ? length : 1.0;
    }
    const Eigen::MatrixXd expected = profiles * vectors.topRows(films).transpose();
    QVERIFY((scoresOf(*test::fitted("content", Json::object(), data)) - expected).cwiseAbs().maxCoeff() <
            1e-5);
}

void KnowledgeMethodsTest::rulesJoinWhatTheySay_data()
{
    QTest::addColumn<QByteArray>("rules");
    QTest::newRow("none") << QByteArray("[]");
    QTest::newRow("a source") << QByteArray(R"([{"source": "books", "tau": 0.3}])");
    QTest::newRow("the target itself") << QByteArray(R"([{"source": "films", "tau": 0.5}])");
    QTest::newRow("from value to value")
        << QByteArray(R"([{"facet": "genre", "from": "g1", "to": "G2", "tau": 0.0}])");
    QTest::newRow("a facet in common") << QByteArray(R"([{"facet": "genre", "tau": 0.1}])");
    QTest::newRow("two, one against") << QByteArray(
        R"([{"tau": 0.2, "weight": 2}, {"source": "books", "to": "g0", "tau": 0, "weight": -1}])");
}

void KnowledgeMethodsTest::rulesJoinWhatTheySay()
{
    QFETCH(QByteArray, rules);
    auto data = std::make_shared<TrainingData>(*test::filmsAndBooks());
    for (TrainingDomain* domain : {&data->target, &data->sources[0]}) {
        auto knowledge = std::make_shared<ItemKnowledge>(*domain->knowledge);
        for (Eigen::Index item = 0; item < knowledge->vectors.rows(); ++item) {
            knowledge->facets.push_back({{.name = "genre", .text = "g" + std::to_string(item % 3)}});
        }
        domain->knowledge = std::move(knowledge);
    }
    const Json table = Json::parse(rules.toStdString());
    const Eigen::MatrixXd vectors = denseFeatures(*data, false);
    Eigen::MatrixXd expected = Eigen::MatrixXd::Zero(users, films);
    const Eigen::MatrixXd history = denseHistory(*data, 1.0);
    const auto genre = [](int column) { return (column < films ? column : column - films) % 3; };
    for (const Json& rule : table.empty() ? Json::array({Json::object()}) : table) {
        const std::string source = rule.value("source", "");
        const auto says = [&](const char* key, int item) {
            const std::string value = rule.value(key, "");
            return value.empty() || value.substr(1) == std::to_string(genre(item));
        };
        for (int column = 0; column < films + books; ++column) {
            const bool isFilm = column < films;
            if (isFilm ? source != "films" : !source.empty() && source != "books") {
                continue;
            }
            for (int item = 0; item < films; ++item) {
                const double cosine = vectors.row(column).dot(vectors.row(item));
                const bool common = rule.contains("from") || rule.contains("to") || !rule.contains("facet") ||
                                    genre(column) == genre(item);
                if (column != item && says("from", column) && says("to", item) && common &&
                    cosine > rule.value("tau", 0.8)) {
                    expected.col(item) += rule.value("weight", 1.0) * cosine * history.col(column);
                }
            }
        }
    }
    const auto model = test::fitted("rule", {{"rules", table}}, data);
    QVERIFY(expected.cwiseAbs().maxCoeff() > 0.0);
    QVERIFY((scoresOf(*model) - expected).cwiseAbs().maxCoeff() < 1e-5);
}

void KnowledgeMethodsTest::blendAddsStandardisedScores()
{
    const auto data = generated();
    const Eigen::MatrixXd text = standardised(scoresOf(*test::fitted("text-knn", {{"power", 2}}, data)));
    for (const char* base : {"ease", "item-knn"}) {
        const Json own = base == std::string("ease") ? Json{{"lambda", 5.0}} : Json{{"similarity", "bm25"}};
        Json all = own;
        all.update({{"base", base}, {"search", false}, {"weight", 0.3}, {"text-power", 2}});
        const Eigen::MatrixXd expected = standardised(scoresOf(*test::fitted(base, own, data))) + 0.3 * text;
        QVERIFY((scoresOf(*test::fitted("knowledge-blend", all, data)) - expected).cwiseAbs().maxCoeff() <
                1e-4);
    }
}

void KnowledgeMethodsTest::blendTakesTheWeightThatValidationPrefers()
{
    const auto data = generated();
    const Eigen::MatrixXd base = standardised(scoresOf(*test::fitted("ease", Json::object(), data)));
    const Eigen::MatrixXd text = standardised(scoresOf(*test::fitted("text-knn", Json::object(), data)));
    const auto weightOf = [&](const Model& model) {
        return (scoresOf(model) - base).cwiseProduct(text).sum() / text.squaredNorm();
    };
    const auto chosen =
        blendWith(data, [&](const Model& model) { return -std::abs(weightOf(model) - 0.015); });
    QVERIFY_OK(chosen);
    QVERIFY(std::abs(weightOf(**chosen) - 0.015) < 1e-4);
    const auto given = blendWith(data, nullptr);
    QVERIFY_OK(given);
    QVERIFY(std::abs(weightOf(**given) - 0.25) < 1e-4);
}

void KnowledgeMethodsTest::contributionsAddUp()
{
    const auto data = generated();
    for (const char* method : {"text-knn", "whitened-profile", "knowledge-blend"}) {
        const auto model = test::fitted(method, Json::object(), data);
        std::vector<float> scores(films);
        model->score(UserRow{4}, scores);
        float offset = NAN; // a blend's contributions leave out the same constant for all items
        for (int item = 0; item < films; ++item) {
            float sum = 0.0F;
            float last = INFINITY;
            for (const Contribution& each : model->contributions(UserRow{4}, ItemRow{item})) {
                QVERIFY(std::abs(each.weight) <= last);
                last = std::abs(each.weight);
                sum += each.weight;
            }
            const float missing = scores[static_cast<std::size_t>(item)] - sum;
            offset = std::isnan(offset) ? missing : offset;
            QVERIFY(std::abs(missing - offset) < 1e-4F);
            QVERIFY(method == std::string("knowledge-blend") || std::abs(missing) < 1e-4F);
        }
    }
}

void KnowledgeMethodsTest::haveTheSameBitsForAnyThreads()
{
    for (const char* method : {"text-knn", "whitened-profile", "knowledge-blend"}) {
        Eigen::MatrixXd scores[2];
        for (int threads = 1; threads <= 2; ++threads) {
            setThreadCount(threads);
            scores[threads - 1] = scoresOf(*test::fitted(method, Json::object(), generated()));
        }
        setThreadCount(0);
        QVERIFY(scores[0] == scores[1]);
    }
}

void KnowledgeMethodsTest::missingKnowledgeIsAnError()
{
    auto data = std::make_shared<TrainingData>(*generated());
    data->target.knowledge = nullptr;
    for (const char* method : {"text-knn", "whitened-profile", "knowledge-blend"}) {
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, test::fitted(method, Json::object(), data));
    }
}

void KnowledgeMethodsTest::carriedBiasIsTheJointMinimum()
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = users;
    data->target = test::domainOf(
        "films", FeedbackKind::Explicit, users, films, test::generatedEvents(30, films, 150, 3));
    data->sources.push_back(test::domainOf(
        "books", FeedbackKind::Explicit, users, books, test::generatedEvents(users, books, 150, 4)));
    const Eigen::MatrixXd scores = scoresOf(*test::fitted(
        "carried-bias", {{"lambda-user", 2.0}, {"lambda-item", 1.5}, {"lambda-source", 4.0}}, data));

    // The source's biases by another method of ours, whose own test checks it; the joint minimum by normal
    // equations over (user biases, item biases, slope).
    const Eigen::MatrixXd source = [&] {
        auto alone = std::make_shared<TrainingData>();
        alone->userCount = users;
        alone->target = data->sources[0];
        const auto factors =
            test::fitted("bias", {{"lambda-user", 4.0}, {"lambda-item", 2.0}}, alone)->factors();
        return Eigen::MatrixXd(factors[0].second.cast<double>());
    }();
    const int size = users + films + 1;
    Eigen::MatrixXd left = Eigen::MatrixXd::Zero(size, size);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(size);
    const double mean = data->target.interactions.mean();
    for (const Event& event : test::eventsOf(data->target)) {
        Eigen::VectorXd row = Eigen::VectorXd::Zero(size);
        row(static_cast<Eigen::Index>(event.user)) = 1.0;
        row(users + static_cast<Eigen::Index>(event.item)) = 1.0;
        left += row * row.transpose();
        right += row * (static_cast<double>(event.value) - mean);
    }
    left.diagonal().segment(users, films).array() += 1.5;
    for (int user = 0; user < users; ++user) {
        Eigen::VectorXd row = Eigen::VectorXd::Zero(size);
        row(user) = 1.0;
        row(size - 1) = -source(user, 0);
        left += 2.0 * row * row.transpose();
    }
    const Eigen::VectorXd solution = left.ldlt().solve(right);
    for (int user = 0; user < users; ++user) {
        for (int item = 0; item < films; ++item) {
            QVERIFY(std::abs(scores(user, item) - (mean + solution(user) + solution(users + item))) < 1e-3);
        }
    }
}

void KnowledgeMethodsTest::carriedBiasBeatsTheItemMeanForNewUsers()
{
    NEED_SHARED_DATA();
    test::Numbering people;
    test::Numbering musicItems;
    test::Numbering bookItems;
    const std::filesystem::path folder = *test::sharedData() / "douban";
    const std::vector<Event> music =
        test::readEvents(folder / "douban_music" / "ratings.dat", "\t", false, people, musicItems);
    const std::vector<Event> read =
        test::readEvents(folder / "douban_book" / "ratings.dat", "\t", false, people, bookItems);
    std::vector<bool> reads(people.size());
    for (const Event& event : read) {
        reads[index(event.user)] = true;
    }
    test::Parts parts;
    for (const Event& event : music) {
        const bool isNew = reads[index(event.user)] && index(event.user) % 2 == 0;
        (isNew ? parts.test : parts.training).push_back(event);
    }
    auto data = std::make_shared<TrainingData>();
    data->userCount = people.size();
    data->target =
        test::domainOf("music", FeedbackKind::Explicit, people.size(), musicItems.size(), parts.training);
    data->sources.push_back(
        test::domainOf("books", FeedbackKind::Explicit, people.size(), bookItems.size(), read));
    const double itemMean =
        test::rmse(*test::fitted("popularity", {{"by", "mean"}}, data), parts.test, 1.0, 5.0);
    const double carried =
        test::rmse(*test::fitted("carried-bias", Json::object(), data), parts.test, 1.0, 5.0);
    qInfo("new users of douban music: RMSE %.4f by the item mean, %.4f with the carried bias",
          itemMean,
          carried);
    QVERIFY(carried < itemMean - 0.009);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::KnowledgeMethodsTest)
#include "KnowledgeMethodsTest.moc"
