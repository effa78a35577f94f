#include "core/base/Parallel.h"
#include "core/model/BprTraining.h"
#include "core/model/Registry.h"
#include "tests/core/model/ModelTesting.h"
#include "tests/support/SharedData.h"

#include <chrono>
#include <cmath>

using namespace transept;
using namespace transept::test;

namespace {

constexpr TwoDomains shape;
constexpr std::size_t userCount = shape.users;
constexpr std::size_t filmCount = shape.films;

/// Implicit films, and books when asked for. Every user belongs to one of five tastes, as every item does:
/// four of five events are of the user's taste. Within a taste some items are much more popular than others.
/// Every fifth event of films is tested.
RankingCase usersOfFiveTastes(bool withBooks)
{
    constexpr std::size_t users = 300;
    constexpr std::size_t items = 200;
    const auto eventsOf = [](std::uint64_t seed) {
        Random random(seed);
        std::vector<Event> events;
        for (std::size_t at = 0; at < 6000; ++at) {
            const auto user = random.below(users);
            const std::uint64_t taste = random.uniform() < 0.8 ? user % 5 : random.below(5);
            const double popular = random.uniform() * random.uniform();
            const auto item = static_cast<std::uint64_t>(popular * items / 5) * 5 + taste;
            events.push_back({.user = static_cast<UserRow>(user), .item = static_cast<ItemRow>(item)});
        }
        return events;
    };
    auto data = std::make_shared<TrainingData>();
    data->userCount = users;
    Parts parts = foldOf(eventsOf(1), 0);
    data->target = domainOf("films", FeedbackKind::Implicit, users, items, std::move(parts.training));
    if (withBooks) {
        data->sources.push_back(domainOf("books", FeedbackKind::Implicit, users, items, eventsOf(2)));
    }
    return {.data = std::move(data), .test = std::move(parts.test)};
}

std::unique_ptr<Method> made(const Json& values)
{
    const MethodDescription& description = **findMethod("bpr");
    return description.create(*checkParameters(description.parameters, values, "method"));
}

std::vector<float> allScores(const Model& model)
{
    std::vector<float> scores(userCount * filmCount);
    for (std::size_t user = 0; user < userCount; ++user) {
        model.score(static_cast<UserRow>(user), std::span(scores).subspan(user * filmCount, filmCount));
    }
    return scores;
}

/// A triple with the numbers 0.1, -0.2, 0.3, ... for everything.
struct SmallTriple
{
    static constexpr std::size_t width = 16;

    std::vector<double> numbers = std::vector<double>(3 * width + 2);

    SmallTriple()
    {
        for (std::size_t at = 0; at < numbers.size(); ++at) {
            numbers[at] = std::sin(static_cast<double>(at * at + 1));
        }
    }

    TripleRows<double> rows()
    {
        return {.user = numbers.data(),
                .positive = numbers.data() + width,
                .negative = numbers.data() + 2 * width,
                .positiveBias = numbers.data() + 3 * width,
                .negativeBias = numbers.data() + 3 * width + 1,
                .stride = width};
    }

    /// From the definition.
    double loss(double decay) const
    {
        double x = numbers[3 * width] - numbers[3 * width + 1];
        for (std::size_t at = 0; at < width; ++at) {
            x += numbers[at] * (numbers[width + at] - numbers[2 * width + at]);
        }
        double squares = 0.0;
        for (const double number : numbers) {
            squares += number * number;
        }
        return -std::log(1.0 / (1.0 + std::exp(-x))) + decay / 2.0 * squares;
    }
};

/// The definition in double precision and plain loops, one triple after the other.
class SlowBpr
{
public:
    SlowBpr(const BprTraining& start, const BprSettings& settings) : m_settings(settings)
    {
        const auto rowsOf = [](const FactorMatrix& matrix) {
            std::vector<std::vector<double>> rows;
            for (std::size_t row = 0; row < matrix.rows; ++row) {
                rows.emplace_back(matrix.row(row).begin(), matrix.row(row).end());
            }
            return rows;
        };
        users = rowsOf(start.users());
        items = rowsOf(start.items());
        biases.assign(start.itemBiases().begin(), start.itemBiases().end());
        m_userSquares.assign(users.size(), std::vector<double>(users.front().size()));
        m_itemSquares.assign(items.size(), std::vector<double>(users.front().size()));
        m_biasSquares.resize(biases.size());
    }

    /// Returns -ln sigma(x).
    double step(int epoch, const Triple& triple)
    {
        const std::vector<double> p = users[triple.user];
        const std::vector<double> q = items[triple.positive];
        const std::vector<double> r = items[triple.negative];
        const double b = biases[triple.positive];
        const double c = biases[triple.negative];
        double x = b - c;
        for (std::size_t at = 0; at < p.size(); ++at) {
            x += p[at] * (q[at] - r[at]);
        }
        const double weight = triple.domain == 0 ? 1.0 : static_cast<double>(m_settings.sourceWeight);
        const double wrong = weight / (1.0 + std::exp(x));
        const double decay = weight * static_cast<double>(m_settings.regularisation);
        m_rate = m_settings.learningRate / (1.0 + m_settings.learningRateDecay * (epoch - 1));
        for (std::size_t at = 0; at < p.size(); ++at) {
            descend(decay * p[at] - wrong * (q[at] - r[at]),
                    users[triple.user][at],
                    m_userSquares[triple.user][at]);
            descend(decay * q[at] - wrong * p[at],
                    items[triple.positive][at],
                    m_itemSquares[triple.positive][at]);
            descend(decay * r[at] + wrong * p[at],
                    items[triple.negative][at],
                    m_itemSquares[triple.negative][at]);
        }
        if (m_settings.itemBiases) {
            descend(decay * b - wrong, biases[triple.positive], m_biasSquares[triple.positive]);
            descend(decay * c + wrong, biases[triple.negative], m_biasSquares[triple.negative]);
        }
        return std::log(1.0 + std::exp(-x));
    }

    std::vector<std::vector<double>> users;
    std::vector<std::vector<double>> items;
    std::vector<double> biases;

private:
    void descend(double gradient, double& value, double& squares) const
    {
        if (m_settings.optimizer == OptimizerKind::AdaGrad) {
            squares += gradient * gradient;
            gradient /= std::sqrt(squares + 1e-8);
        }
        value -= m_rate * gradient;
    }

    BprSettings m_settings;
    double m_rate = 0.0;
    std::vector<std::vector<double>> m_userSquares;
    std::vector<std::vector<double>> m_itemSquares;
    std::vector<double> m_biasSquares;
};

double largestDifference(const FactorMatrix& actual, const std::vector<std::vector<double>>& expected)
{
    double largest = 0.0;
    for (std::size_t row = 0; row < actual.rows; ++row) {
        for (std::size_t at = 0; at < actual.width; ++at) {
            largest =
                std::max(largest, std::abs(static_cast<double>(actual.row(row)[at]) - expected[row][at]));
        }
    }
    return largest;
}

} // namespace

class BprTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }

    void exponentialFollowsTheLibrary();
    void chancesAddUpToOneAndStayFinite();
    void gradientOfATripleAgreesWithCentralDifferences();
    void stepGoesAgainstTheGradient();
    void trainingAgreesWithASlowSerialOne_data();
    void trainingAgreesWithASlowSerialOne();
    void anyNumberOfThreadsGivesTheSameBits_data();
    void anyNumberOfThreadsGivesTheSameBits();
    void likedIsGivenByTheParameter();
    void restoredModelScoresTheSame();
    void damagedModelIsRefused();
    void withoutItemBiasesTheyStayZero();
    void runawayTrainingEndsAsDiverged();
    void cancelledTrainingEndsWithinATenthOfASecond();
    void personalListsBeatPopularityWhereTastesDiffer();
    void booksHelpUsersWhoAreNewInFilms();
    void ranksRealPositivesAsWellAsThePeer();
};

void BprTest::exponentialFollowsTheLibrary()
{
    double worst = 0.0;
    for (int at = -87'000; at <= 87'000; ++at) {
        const float x = static_cast<float>(at) * 0.001F;
        const double expected = std::exp(static_cast<double>(x));
        worst = std::max(worst, std::abs(static_cast<double>(exponential(x)) - expected) / expected);
    }
    qInfo("largest relative error %.3g", worst);
    QVERIFY(worst < 2.0 * 0x1p-23);
    QCOMPARE(exponential(0.0F), 1.0F);
}

void BprTest::chancesAddUpToOneAndStayFinite()
{
    for (const float x : {-1e30F, -200.0F, -20.0F, -1.0F, 0.0F, 0.3F, 5.0F, 90.0F, 1e30F}) {
        const OrderChance<float> chance = orderChance(x);
        QVERIFY(std::abs(chance.right + chance.wrong - 1.0F) < 1e-6F);
        QVERIFY(chance.right > 0.0F && chance.wrong > 0.0F);
        const double expected = 1.0 / (1.0 + std::exp(-std::clamp(static_cast<double>(x), -80.0, 80.0)));
        QVERIFY(std::abs(static_cast<double>(chance.right) / expected - 1.0) < 1e-6);
    }
}

void BprTest::gradientOfATripleAgreesWithCentralDifferences()
{
    constexpr double decay = 0.07;
    constexpr double nudge = 1e-5;
    SmallTriple triple;
    SmallTriple gradient;

    tripleGradient(orderChance<16>(triple.rows()).wrong, decay, triple.rows(), gradient.rows());

    for (std::size_t at = 0; at < triple.numbers.size(); ++at) {
        SmallTriple up = triple;
        SmallTriple down = triple;
        up.numbers[at] += nudge;
        down.numbers[at] -= nudge;
        const double expected = (up.loss(decay) - down.loss(decay)) / (2.0 * nudge);
        QVERIFY(std::abs(gradient.numbers[at] - expected) < 1e-9);
    }
}

void BprTest::stepGoesAgainstTheGradient()
{
    constexpr double decay = 0.07;
    SmallTriple triple;
    SmallTriple gradient;
    const OrderChance<double> chance = orderChance<16>(triple.rows());
    tripleGradient(chance.wrong, decay, triple.rows(), gradient.rows());
    SmallTriple stepped = triple;

    const double right =
        tripleStep<16, double>({.rate = 0.3, .biasRate = 0.2, .decay = decay}, stepped.rows());

    QCOMPARE(right, chance.right);
    for (std::size_t at = 0; at < triple.numbers.size(); ++at) {
        const double rate = at < 3 * SmallTriple::width ? 0.3 : 0.2;
        const double expected = triple.numbers[at] - rate * gradient.numbers[at];
        QVERIFY(std::abs(stepped.numbers[at] - expected) < 1e-14);
    }
}

void BprTest::trainingAgreesWithASlowSerialOne_data()
{
    QTest::addColumn<double>("exponent");
    QTest::addColumn<bool>("adaGrad");
    QTest::addColumn<bool>("biases");
    QTest::addColumn<int>("groups");
    QTest::newRow("plain") << 0.0 << false << true << 1;
    QTest::newRow("groups") << 0.0 << false << true << 5;
    QTest::newRow("popular negatives") << 0.75 << false << true << 5;
    QTest::newRow("no biases") << 0.0 << false << false << 1;
    QTest::newRow("adagrad") << 0.0 << true << true << 5;
}

void BprTest::trainingAgreesWithASlowSerialOne()
{
    QFETCH(double, exponent);
    QFETCH(bool, adaGrad);
    QFETCH(bool, biases);
    QFETCH(int, groups);
    const BprSettings settings{.factors = 7,
                               .optimizer = adaGrad ? OptimizerKind::AdaGrad : OptimizerKind::Sgd,
                               .learningRateDecay = 0.5,
                               .regularisation = 0.03F,
                               .deviation = 0.3F,
                               .itemBiases = biases,
                               .negativesExponent = exponent,
                               .sourceWeight = 0.4F,
                               .groups = static_cast<std::size_t>(groups)};
    const auto data = twoDomains(shape);
    Result<BprTraining> training = BprTraining::start(*data, settings, {.seed = 7});
    QVERIFY(training);
    SlowBpr slow(*training, settings);
    TripleSchedule schedule = training->triples();

    for (int epoch = 1; epoch <= 3; ++epoch) {
        const std::vector<Triple> triples = triplesOf(schedule, epoch);
        double loss = 0.0;
        for (const Triple& triple : triples) {
            loss += slow.step(epoch, triple);
        }
        const Result<double> fast = training->runEpoch(epoch, {.seed = 7});

        QVERIFY(fast);
        QVERIFY(std::abs(*fast - loss / static_cast<double>(triples.size())) < 1e-6);
    }
    QVERIFY(largestDifference(training->users(), slow.users) < 1e-5);
    QVERIFY(largestDifference(training->items(), slow.items) < 1e-5);
    for (std::size_t column = 0; column < slow.biases.size(); ++column) {
        QVERIFY(std::abs(static_cast<double>(training->itemBiases()[column]) - slow.biases[column]) < 1e-5);
    }
}

void BprTest::anyNumberOfThreadsGivesTheSameBits_data()
{
    QTest::addColumn<int>("optimizer");
    QTest::addColumn<double>("exponent");
    QTest::newRow("sgd") << static_cast<int>(OptimizerKind::Sgd) << 0.0;
    QTest::newRow("sgd, popular negatives") << static_cast<int>(OptimizerKind::Sgd) << 1.0;
    QTest::newRow("adagrad") << static_cast<int>(OptimizerKind::AdaGrad) << 0.0;
    QTest::newRow("adam") << static_cast<int>(OptimizerKind::Adam) << 0.0;
}

void BprTest::anyNumberOfThreadsGivesTheSameBits()
{
    QFETCH(int, optimizer);
    QFETCH(double, exponent);
    const BprSettings settings{.factors = 20,
                               .optimizer = static_cast<OptimizerKind>(optimizer),
                               .negativesExponent = exponent,
                               .groups = 8};
    const auto data = twoDomains(shape);
    const auto trained = [&](int threads) {
        setThreadCount(threads);
        BprTraining training = *BprTraining::start(*data, settings, {});
        std::vector<double> losses;
        for (int epoch = 1; epoch <= 3; ++epoch) {
            losses.push_back(*training.runEpoch(epoch, {}));
        }
        return std::pair(training.parameters(), losses);
    };

    const auto one = trained(1);

    for (const int threads : {2, 4, 8}) {
        const auto several = trained(threads);
        QCOMPARE(several.first, one.first);
        QCOMPARE(several.second, one.second);
    }
}

void BprTest::likedIsGivenByTheParameter()
{
    const MethodDescription& description = **findMethod("bpr");
    const auto settings = [&](const Json& values) {
        return bprSettings(*checkParameters(description.parameters, values, "method"));
    };

    QVERIFY(settings({{"values", "liked"}}).likedOnly);
    QVERIFY(!settings(Json::object()).likedOnly);
    QVERIFY(!checkParameters(description.parameters, {{"values", "values"}}, "method"));
}

void BprTest::restoredModelScoresTheSame()
{
    const auto data = twoDomains(shape);
    const auto method = made({{"epochs", 3}, {"factors", 12}});
    const auto model = method->fit(data, {});
    QVERIFY(model);

    const auto restored = method->restore(data, *(*model)->serialised());

    QVERIFY(restored);
    QCOMPARE(allScores(**restored), allScores(**model));
    QCOMPARE((*restored)->factors(), (*model)->factors());
    QCOMPARE((*restored)->itemCount(), filmCount);
    QVERIFY(!(*restored)->predictsRatings());
    std::vector<UserRow> users;
    for (std::size_t user = 0; user < userCount; ++user) {
        users.push_back(static_cast<UserRow>(user));
    }
    QCOMPARE(test::scoresTogether(**restored, users), allScores(**model));
}

void BprTest::damagedModelIsRefused()
{
    const auto data = twoDomains(shape);
    const auto method = made({{"epochs", 1}});
    const std::string bytes = *(*method->fit(data, {}))->serialised();
    std::string flipped = bytes;
    flipped[bytes.size() / 2] = static_cast<char>(flipped[bytes.size() / 2] ^ 1);
    auto other = std::make_shared<TrainingData>(*data);
    ++other->userCount;

    QVERIFY(method->restore(data, bytes));
    QVERIFY(!method->restore(data, flipped));
    QVERIFY(!method->restore(data, std::string_view(bytes).substr(0, bytes.size() - 9)));
    QVERIFY(!method->restore(other, bytes));
}

void BprTest::withoutItemBiasesTheyStayZero()
{
    const auto with = made({{"epochs", 2}})->fit(twoDomains(shape), {});
    const auto without = made({{"epochs", 2}, {"item-biases", false}})->fit(twoDomains(shape), {});

    const auto biasesOf = [](const Model& model) { return model.factors()[3].second; };
    QVERIFY(biasesOf(**with).norm() > 0.01F);
    QCOMPARE(biasesOf(**without).norm(), 0.0F);
}

void BprTest::runawayTrainingEndsAsDiverged()
{
    const auto model =
        made({{"learning-rate", 1.0}, {"regularisation", 10.0}, {"epochs", 100}})->fit(twoDomains(shape), {});

    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::Diverged);
    QVERIFY(std::stoi(model.error().arguments.front()) >= 1);
}

void BprTest::cancelledTrainingEndsWithinATenthOfASecond()
{
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

    const auto model = made({{"epochs", 1000}, {"factors", 256}})->fit(twoDomains(shape), context);

    QVERIFY(!model);
    QCOMPARE(model.error().code, ErrorCode::Cancelled);
    QVERIFY(std::chrono::steady_clock::now() - asked < std::chrono::milliseconds(100));
}

void BprTest::personalListsBeatPopularityWhereTastesDiffer()
{
    const RankingCase ranking = usersOfFiveTastes(false);
    const double popularity = ndcgAt10(*fitted("popularity", Json::object(), ranking.data), ranking);

    const double personal = ndcgAt10(*fitted("bpr", Json::object(), ranking.data), ranking);

    qInfo("NDCG@10 %.4f, popularity %.4f", personal, popularity);
    QVERIFY(personal > 1.5 * popularity);
}

/// Every fourth user loses the films and is tested on them.
void BprTest::booksHelpUsersWhoAreNewInFilms()
{
    const auto ranked = [](bool withBooks) {
        RankingCase ranking = usersOfFiveTastes(withBooks);
        TrainingData data = *ranking.data;
        std::vector<Event> films = test::eventsOf(data.target);
        std::erase_if(films, [](const Event& event) { return index(event.user) % 4 == 0; });
        std::erase_if(ranking.test, [](const Event& event) { return index(event.user) % 4 != 0; });
        data.target = domainOf("films",
                               FeedbackKind::Implicit,
                               data.userCount,
                               data.target.interactions.itemCount(),
                               std::move(films));
        ranking.data = std::make_shared<TrainingData>(std::move(data));
        return ndcgAt10(*fitted("bpr", {{"source-weight", 1.0}}, ranking.data), ranking);
    };

    const double with = ranked(true);
    const double without = ranked(false);

    qInfo("NDCG@10 of new users %.4f, without books %.4f", with, without);
    QVERIFY(with > 1.5 * without);
}

/// implicit's BPR has .1639 on these positives.
void BprTest::ranksRealPositivesAsWellAsThePeer()
{
    NEED_SHARED_DATA();
    const RankingCase ranking = movieLensPositives(*sharedData());

    const double personal = ndcgAt10(*fitted("bpr", Json::object(), ranking.data), ranking);

    qInfo("NDCG@10 %.4f", personal);
    QVERIFY(personal > 1.1 * 0.1639);
}

QTEST_GUILESS_MAIN(BprTest)
#include "BprTest.moc"
