#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "core/model/Registry.h"
#include "tests/core/model/ModelTesting.h"
#include "tests/support/FacetVectors.h"
#include "tests/support/SharedData.h"

#include <QtTest/QTest>

#include <chrono>

using namespace transept;
using namespace transept::test;

namespace {

constexpr std::size_t userCount = 120;
constexpr std::size_t itemCount = 80;
constexpr Eigen::Index dimension = 12;

Matrix drawnMatrix(Eigen::Index rows, std::uint64_t seed)
{
    Random random(seed);
    Matrix matrix = Matrix::NullaryExpr(rows, dimension, [&] { return static_cast<float>(random.normal()); });
    matrix.rowwise().normalize();
    return matrix;
}

/// Vectors for all items but the first, several facets for most of the others.
std::shared_ptr<const ItemKnowledge> drawnKnowledge(std::uint64_t seed)
{
    auto knowledge = std::make_shared<ItemKnowledge>();
    Matrix vectors = drawnMatrix(itemCount, seed);
    vectors.row(0).setZero();
    knowledge->vectors = std::move(vectors);
    std::vector<Matrix> ofItems(itemCount);
    for (std::size_t item = 2; item < itemCount; ++item) {
        ofItems[item] = drawnMatrix(static_cast<Eigen::Index>(item % 5), seed + item);
    }
    knowledge->facetVectors = test::facetVectorsOf(ofItems, dimension);
    return knowledge;
}

/// Generated ratings 1 ... 5 in two domains; every tenth user is new in the target. Kind of the target as
/// given.
std::shared_ptr<const TrainingData> twoDomains(FeedbackKind kind = FeedbackKind::Explicit)
{
    auto data = std::make_shared<TrainingData>();
    data->userCount = userCount;
    std::vector<Event> target = generatedEvents(userCount, itemCount, 3000, 1);
    std::erase_if(target, [](const Event& event) { return index(event.user) % 10 == 0; });
    data->target = domainOf("films", kind, userCount, itemCount, target);
    data->sources.push_back(domainOf("books",
                                     FeedbackKind::Explicit,
                                     userCount,
                                     itemCount,
                                     generatedEvents(userCount, itemCount, 3000, 2)));
    for (TrainingDomain* domain : {&data->target, &data->sources.front()}) {
        domain->scaleMin = 1.0;
        domain->scaleMax = 5.0;
        domain->knowledge = drawnKnowledge(domain == &data->target ? 3 : 4);
    }
    return data;
}

std::unique_ptr<Method> made(std::string_view name, const Json& values)
{
    const MethodDescription& description = **findMethod(name);
    return description.create(*checkParameters(description.parameters, values, "method"));
}

std::vector<float> allScores(const Model& model)
{
    std::vector<float> scores(userCount * itemCount);
    for (std::size_t user = 0; user < userCount; ++user) {
        model.score(static_cast<UserRow>(user), std::span(scores).subspan(user * itemCount, itemCount));
    }
    return scores;
}

void addVariants()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("parameters");
    QTest::addColumn<bool>("implicit");
    const auto row = [](const char* name, const char* method, const char* parameters, bool implicit = false) {
        QTest::newRow(name) << QString::fromUtf8(method) << QString::fromUtf8(parameters) << implicit;
    };
    row("mf", "mf", "{}");
    row("mf, adagrad", "mf", R"({"optimizer": "adagrad"})");
    row("mf, adam", "mf", R"({"optimizer": "adam"})");
    row("mf, implicit", "mf", "{}", true);
    row("mf, implicit, squared", "mf", R"({"loss": "squared"})", true);
    row("cmf", "cmf", "{}");
    row("cmf, own biases", "cmf", R"({"user-bias": "own"})");
    row("cmf, implicit target", "cmf", "{}", true);
    row("emcdr", "emcdr", "{}");
    row("emcdr, mapped bias", "emcdr", R"({"user-bias": "mapped"})");
    row("emcdr, implicit target", "emcdr", "{}", true);
    row("emcdr, network", "emcdr", R"({"map": "mlp", "map-everybody": true})");
    row("kfmf, seed", "kfmf", R"({"fusion": "seed"})");
    row("kfmf, scalar", "kfmf", R"({"fusion": "seed", "pooling": "scalar"})");
    row("kfmf, additive, adam", "kfmf", R"({"fusion": "additive", "optimizer": "adam"})");
    row("kfmf, concat", "kfmf", R"({"fusion": "concat"})");
    row("kfmf, gated", "kfmf", R"({"fusion": "gated"})");
    row("kfmf, weighted", "kfmf", R"({"fusion": "weighted"})");
    row("kfmf, implicit target", "kfmf", R"({"fusion": "additive"})", true);
}

/// The method and the data of the row of addVariants(); few factors and epochs.
struct Variant
{
    std::unique_ptr<Method> method;
    std::shared_ptr<const TrainingData> data;
};

Variant variant(const QString& method, const QString& parameters, bool implicit)
{
    Json values = Json::parse(parameters.toStdString());
    values["factors"] = 12;
    values["epochs"] = 4;
    values["deviation"] = 0.3; // enough for factors to matter from the first epoch on
    return {.method = made(method.toStdString(), values),
            .data = twoDomains(implicit ? FeedbackKind::Implicit : FeedbackKind::Explicit)};
}

} // namespace

class FactorMethodsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }

    void oneAndTwoThreadsGiveTheSameBits_data() { addVariants(); }
    void oneAndTwoThreadsGiveTheSameBits();
    void restoredModelScoresTheSame_data() { addVariants(); }
    void restoredModelScoresTheSame();
    void damagedModelIsRefused_data() { addVariants(); }
    void damagedModelIsRefused();
    void lossFallsFromEpochToEpoch_data() { addVariants(); }
    void lossFallsFromEpochToEpoch();
    void runawayTrainingEndsAsDiverged_data();
    void runawayTrainingEndsAsDiverged();
    void cancelledTrainingEndsWithinATenthOfASecond();
    void verdictStopEndsTheTraining();
    void otherSeedGivesOtherFactors();
    void attentionSumsToOneAndIsSorted();
    void kfmfWithoutKnowledgeIsRefused();
    void factorsReachTheFiguresOnRealRatings_data();
    void factorsReachTheFiguresOnRealRatings();
    void implicitFactorsRankBetterThanPopularity();
    void usersNewInTheTargetAreKnownFromTheSource_data();
    void usersNewInTheTargetAreKnownFromTheSource();
};

void FactorMethodsTest::oneAndTwoThreadsGiveTheSameBits()
{
    QFETCH(QString, method);
    QFETCH(QString, parameters);
    QFETCH(bool, implicit);
    const Variant tried = variant(method, parameters, implicit);

    setThreadCount(1);
    const auto one = tried.method->fit(tried.data, {});
    setThreadCount(2);
    const auto two = tried.method->fit(tried.data, {});

    QVERIFY(one && two);
    QCOMPARE(allScores(**one), allScores(**two));
    QCOMPARE((*one)->serialised(), (*two)->serialised());
}

void FactorMethodsTest::restoredModelScoresTheSame()
{
    QFETCH(QString, method);
    QFETCH(QString, parameters);
    QFETCH(bool, implicit);
    const Variant tried = variant(method, parameters, implicit);
    const auto model = tried.method->fit(tried.data, {});
    QVERIFY(model);

    const auto restored = tried.method->restore(tried.data, *(*model)->serialised());

    QVERIFY(restored);
    QCOMPARE(allScores(**restored), allScores(**model));
    QCOMPARE((*restored)->predictsRatings(), !implicit);
    QCOMPARE((*restored)->factors(), (*model)->factors());
    const std::vector<ItemRow> some{ItemRow{5}, ItemRow{0}, ItemRow{79}};
    std::vector<float> scores(some.size());
    (*restored)->scoreItems(UserRow{7}, some, scores);
    const std::vector<UserRow> users{UserRow{7}, UserRow{0}, UserRow{9}, UserRow{3}, UserRow{7}};
    const std::vector<float> together = test::scoresTogether(**restored, users);
    const std::vector<float> all = allScores(**model);
    for (std::size_t at = 0; at < some.size(); ++at) {
        QCOMPARE(scores[at], all[7 * itemCount + index(some[at])]);
    }
    for (std::size_t at = 0; at < users.size(); ++at) {
        const auto row = static_cast<std::ptrdiff_t>(index(users[at]) * itemCount);
        QVERIFY(std::equal(all.begin() + row,
                           all.begin() + row + static_cast<std::ptrdiff_t>(itemCount),
                           together.begin() + static_cast<std::ptrdiff_t>(at * itemCount)));
    }
}

void FactorMethodsTest::damagedModelIsRefused()
{
    QFETCH(QString, method);
    QFETCH(QString, parameters);
    QFETCH(bool, implicit);
    const Variant tried = variant(method, parameters, implicit);
    const auto model = tried.method->fit(tried.data, {});
    QVERIFY(model);
    const std::string bytes = *(*model)->serialised();
    std::string flipped = bytes;
    flipped[bytes.size() / 2] = static_cast<char>(flipped[bytes.size() / 2] ^ 1);
    auto other = std::make_shared<TrainingData>(*tried.data);
    ++other->userCount;

    QVERIFY(!tried.method->restore(tried.data, flipped));
    QVERIFY(!tried.method->restore(tried.data, std::string_view(bytes).substr(0, bytes.size() - 9)));
    QVERIFY(!tried.method->restore(tried.data, ""));
    QVERIFY(!tried.method->restore(other, bytes));
}

void FactorMethodsTest::lossFallsFromEpochToEpoch()
{
    QFETCH(QString, method);
    QFETCH(QString, parameters);
    QFETCH(bool, implicit);
    const Variant tried = variant(method, parameters, implicit);
    std::vector<double> losses;
    FitContext context;
    context.onEpoch = [&](const EpochReport& report, const std::shared_ptr<const Model>&) {
        losses.push_back(report.trainLoss);
        return Verdict::Continue;
    };

    QVERIFY(tried.method->fit(tried.data, context));

    QCOMPARE(losses.size(), std::size_t{4});
    QVERIFY(losses.back() < losses.front());
}

void FactorMethodsTest::runawayTrainingEndsAsDiverged_data()
{
    QTest::addColumn<QString>("method");
    for (const char* method : {"mf", "cmf", "emcdr", "kfmf"}) {
        QTest::newRow(method) << QString::fromUtf8(method);
    }
}

void FactorMethodsTest::runawayTrainingEndsAsDiverged()
{
    QFETCH(QString, method);
    const auto tried =
        made(method.toStdString(), {{"learning-rate", 1.0}, {"deviation", 1.0}, {"epochs", 100}});

    const auto model = tried->fit(twoDomains(), {});

    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::Diverged);
    QVERIFY(model.error().sentence.find("Lower the learning rate") != std::string::npos);
    QVERIFY(std::stoi(model.error().arguments.front()) >= 1);
}

void FactorMethodsTest::cancelledTrainingEndsWithinATenthOfASecond()
{
    for (const char* method : {"mf", "cmf", "emcdr", "kfmf"}) {
        const auto tried = made(method, {{"epochs", 1000}, {"factors", 128}});
        std::stop_source source;
        std::chrono::steady_clock::time_point asked;
        FitContext context;
        context.job.stop = source.get_token();
        context.job.progress = [&](const Progress& progress) {
            if (progress.done == 1 && !source.stop_requested()) {
                asked = std::chrono::steady_clock::now();
                source.request_stop();
            }
        };

        const auto model = tried->fit(twoDomains(), context);

        QVERIFY(!model);
        QCOMPARE(model.error().code, ErrorCode::Cancelled);
        QVERIFY(std::chrono::steady_clock::now() - asked < std::chrono::milliseconds(100));
    }
}

void FactorMethodsTest::verdictStopEndsTheTraining()
{
    std::shared_ptr<const Model> second;
    FitContext context;
    context.onEpoch = [&](const EpochReport& report, const std::shared_ptr<const Model>& model) {
        second = model;
        return report.epoch == 2 ? Verdict::Stop : Verdict::Continue;
    };

    const auto model = made("mf", {{"epochs", 50}})->fit(twoDomains(), context);

    QVERIFY(model);
    QCOMPARE(model->get(), second.get());
}

void FactorMethodsTest::otherSeedGivesOtherFactors()
{
    const auto tried = made("mf", {{"epochs", 2}});

    const auto one = tried->fit(twoDomains(), {.seed = 1});
    const auto two = tried->fit(twoDomains(), {.seed = 2});

    QVERIFY(allScores(**one) != allScores(**two));
}

void FactorMethodsTest::attentionSumsToOneAndIsSorted()
{
    const auto data = twoDomains();
    const auto model = made("kfmf", {{"epochs", 4}, {"deviation", 0.5}})->fit(data, {});
    QVERIFY(model);

    const std::vector<FacetAttention> attention =
        (*model)->attention(UserRow{3}, ItemRow{14}); // has 4 facets

    QCOMPARE(attention.size(), std::size_t{4});
    QVERIFY(std::ranges::is_sorted(attention, std::ranges::greater(), &FacetAttention::weight));
    float sum = 0.0F;
    for (const FacetAttention& each : attention) {
        sum += each.weight;
    }
    QVERIFY(std::abs(sum - 1.0F) < 1e-5F);
    QVERIFY(attention.front().weight > attention.back().weight);
    QVERIFY((*model)->attention(UserRow{3}, ItemRow{0}).empty());
}

void FactorMethodsTest::kfmfWithoutKnowledgeIsRefused()
{
    auto data = std::make_shared<TrainingData>(*twoDomains());
    data->target.knowledge = nullptr;

    const auto model = made("kfmf", Json::object())->fit(data, {});

    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::InvalidInput);
}

void FactorMethodsTest::factorsReachTheFiguresOnRealRatings_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("commas");
    QTest::addColumn<double>("lowest");
    QTest::addColumn<double>("figure"); // the mean of five folds; two of them are tried here
    QTest::newRow("movielens") << "movielens_latest_small_2016/ratings.csv" << true << 0.5 << 0.877;
    QTest::newRow("douban books") << "douban/douban_book/ratings.dat" << false << 1.0 << 0.792;
    QTest::newRow("douban music") << "douban/douban_music/ratings.dat" << false << 1.0 << 0.798;
}

void FactorMethodsTest::factorsReachTheFiguresOnRealRatings()
{
    NEED_SHARED_DATA();
    QFETCH(QString, file);
    QFETCH(bool, commas);
    QFETCH(double, lowest);
    QFETCH(double, figure);
    Numbering users;
    Numbering items;
    const std::vector<Event> events =
        readEvents(*sharedData() / file.toStdString(), commas ? "," : "\t", commas, users, items);
    double total = 0.0;
    for (const int fold : {1, 3}) {
        const Parts parts = foldOf(events, fold);
        auto data = std::make_shared<TrainingData>();
        data->userCount = users.size();
        data->target = domainOf("target", FeedbackKind::Explicit, users.size(), items.size(), parts.training);
        data->target.scaleMin = lowest;
        data->target.scaleMax = 5.0;

        // No validation part ends this training: half the epochs of the default do.
        total += rmse(*fitted("mf", {{"epochs", 15}}, data), parts.test, lowest, 5.0);
    }

    qInfo("RMSE %.4f", total / 2.0);
    QVERIFY2(total / 2.0 < figure + 0.004, qPrintable(QString::number(total / 2.0)));
}

void FactorMethodsTest::implicitFactorsRankBetterThanPopularity()
{
    NEED_SHARED_DATA();
    const RankingCase ranking = movieLensPositives(*sharedData());
    const double popularity = ndcgAt10(*fitted("popularity", Json::object(), ranking.data), ranking);

    const double factors = ndcgAt10(*fitted("mf", Json::object(), ranking.data), ranking);

    qInfo("NDCG@10 %.4f, popularity %.4f", factors, popularity);
    QVERIFY(factors > 1.5 * popularity);
}

void FactorMethodsTest::usersNewInTheTargetAreKnownFromTheSource_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("parameters");
    QTest::newRow("cmf") << "cmf"
                         << "{}";
    QTest::newRow("emcdr, linear") << "emcdr"
                                   << "{}";
    QTest::newRow("emcdr, network") << "emcdr"
                                    << R"({"map": "mlp"})";
    QTest::newRow("emcdr, mapped bias") << "emcdr"
                                        << R"({"user-bias": "mapped"})";
}

/// Douban, books to music: every fifth of the users of both loses the music. What is known without the books
/// is the mean rating of each item.
void FactorMethodsTest::usersNewInTheTargetAreKnownFromTheSource()
{
    NEED_SHARED_DATA();
    QFETCH(QString, method);
    QFETCH(QString, parameters);
    Numbering users;
    Numbering books;
    Numbering albums;
    const auto folder = *sharedData() / "douban";
    const auto reading = readEvents(folder / "douban_book" / "ratings.dat", "\t", false, users, books);
    const std::size_t readers = users.size();
    std::vector<Event> training;
    std::vector<Event> test;
    for (const Event& event :
         readEvents(folder / "douban_music" / "ratings.dat", "\t", false, users, albums)) {
        const bool isNew = index(event.user) < readers && index(event.user) % 5 == 0;
        (isNew ? test : training).push_back(event);
    }
    auto data = std::make_shared<TrainingData>();
    data->userCount = users.size();
    data->target = domainOf("music", FeedbackKind::Explicit, users.size(), albums.size(), training);
    data->sources.push_back(domainOf("books", FeedbackKind::Explicit, users.size(), books.size(), reading));
    for (TrainingDomain* domain : {&data->target, &data->sources.front()}) {
        domain->scaleMin = 1.0;
        domain->scaleMax = 5.0;
    }
    const double itemMean =
        rmse(*fitted("bias", Json::object(), data), test, 1.0, 5.0); // new users have bias 0

    const double mapped =
        rmse(*fitted(method.toStdString(), Json::parse(parameters.toStdString()), data), test, 1.0, 5.0);

    qInfo("RMSE %.4f, item mean %.4f", mapped, itemMean);
    QVERIFY(mapped < itemMean - 0.005);
}

QTEST_GUILESS_MAIN(FactorMethodsTest)
#include "FactorMethodsTest.moc"
