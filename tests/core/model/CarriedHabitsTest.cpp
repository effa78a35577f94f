#include "core/base/Parallel.h"
#include "core/base/Random.h"
#include "core/model/FactorReasons.h"
#include "core/model/Registry.h"
#include "tests/core/model/ModelTesting.h"

#include <QtTest/QTest>

#include <Eigen/Dense>

#include <array>
#include <cmath>
#include <numeric>

using namespace transept;
using namespace transept::test;

namespace {

constexpr std::size_t userCount = 700;
constexpr std::size_t filmCount = 60;
constexpr std::size_t bookCount = 50;
constexpr double scaleOfBooks = 0.5; ///< films are rated from 1 to 5, books from 1 to 9

bool isNew(std::size_t user)
{
    return user % 4 == 0;
}

/// People with a bias and a scale, which they have in all domains, and nothing else but chance. Who is new
/// has no film.
class People
{
public:
    explicit People(double scaleDeviation)
    {
        Random random(11);
        m_data->userCount = userCount;
        for (std::size_t user = 0; user < userCount; ++user) {
            m_biases.push_back(0.4 * random.normal());
            m_scales.push_back(scaleDeviation * random.normal());
        }
        m_filmBiases = drawnBiases(filmCount, random);
        std::vector<Event> films = drawnRatings(m_filmBiases, 1.0, random);
        std::copy_if(films.begin(), films.end(), std::back_inserter(m_unseen), [](const Event& event) {
            return isNew(index(event.user));
        });
        std::erase_if(films, [](const Event& event) { return isNew(index(event.user)); });
        m_data->target = domain("films", FeedbackKind::Explicit, filmCount, 5.0, std::move(films));
        m_data->sources.push_back(domain("books",
                                         FeedbackKind::Explicit,
                                         bookCount,
                                         9.0,
                                         drawnRatings(drawnBiases(bookCount, random), scaleOfBooks, random)));
        m_data->sources.push_back(domain(
            "plays", FeedbackKind::Implicit, bookCount, 1.0, generatedEvents(userCount, bookCount, 3000, 5)));
    }

    const std::shared_ptr<TrainingData>& data() const { return m_data; }

    /// The ratings of films by who is new in them.
    std::span<const Event> unseen() const { return m_unseen; }

private:
    static std::vector<double> drawnBiases(std::size_t count, Random& random)
    {
        std::vector<double> biases(count);
        for (double& bias : biases) {
            bias = 0.6 * random.normal();
        }
        return biases;
    }

    std::vector<Event> drawnRatings(const std::vector<double>& biases, double scale, Random& random) const
    {
        std::vector<Event> events;
        for (std::size_t user = 0; user < userCount; ++user) {
            for (std::size_t count = 10 + user % 20; count > 0; --count) {
                const std::size_t item = random.below(biases.size());
                const double rating =
                    3.0 + m_biases[user] + (1.0 + m_scales[user]) * biases[item] + 0.5 * random.normal();
                events.push_back({.user = static_cast<UserRow>(user),
                                  .item = static_cast<ItemRow>(item),
                                  .value = static_cast<float>(1.0 + (rating - 1.0) / scale)});
            }
        }
        return events;
    }

    static TrainingDomain domain(
        const char* name, FeedbackKind kind, std::size_t items, double scaleMax, std::vector<Event> events)
    {
        TrainingDomain made = domainOf(name, kind, userCount, items, std::move(events));
        made.scaleMin = 1.0;
        made.scaleMax = scaleMax;
        return made;
    }

    std::vector<double> m_biases;
    std::vector<double> m_scales;
    std::vector<double> m_filmBiases;
    std::vector<Event> m_unseen;
    std::shared_ptr<TrainingData> m_data = std::make_shared<TrainingData>();
};

FactorParameters drawnFactors(const TrainingDomain& domain, std::uint64_t seed)
{
    Random random(seed);
    const std::size_t items = domain.interactions.itemCount();
    FactorParameters factors{.mean = static_cast<float>(domain.interactions.mean()),
                             .users = FactorMatrix(userCount, 3),
                             .items = FactorMatrix(items, 3),
                             .userBiases = std::vector<float>(userCount),
                             .itemBiases = std::vector<float>(items)};
    const auto draw = [&](std::span<float> values) {
        for (float& value : values) {
            value = static_cast<float>(0.4 * random.normal());
        }
    };
    for (FactorMatrix* matrix : {&factors.users, &factors.items}) {
        for (std::size_t row = 0; row < matrix->rows; ++row) {
            draw(matrix->row(row));
        }
    }
    draw(factors.userBiases);
    draw(factors.itemBiases);
    return factors;
}

/// The sources of the data with all numbers drawn.
struct DrawnSources
{
    explicit DrawnSources(const TrainingData& data)
    {
        for (std::size_t at = 0; at < data.sources.size(); ++at) {
            background.sources.push_back(drawnFactors(data.sources[at], 20 + at));
        }
        domains = sourceDomains(data, background);
    }

    FactorBackground background;
    std::vector<ReasonDomain> domains;
};

/// The weights of all columns but the last, for the last.
template<int columns>
Eigen::Vector<double, columns - 1> leastSquares(const std::vector<Eigen::Vector<double, columns>>& rows)
{
    Eigen::MatrixXd system(static_cast<Eigen::Index>(rows.size()), columns);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        system.row(static_cast<Eigen::Index>(row)) = rows[row];
    }
    return system.leftCols(columns - 1).householderQr().solve(system.col(columns - 1));
}

/// b_u and c_u of the user's ratings of books: the least-squares level of what mean and b_j leave of them,
/// then the least-squares slope by b_j of the rest, each with `lambda` more points at 0.
Eigen::Vector2d slowHabits(const TrainingData& data,
                           const FactorParameters& books,
                           std::size_t user,
                           double lambda)
{
    const TrainingDomain& domain = data.sources.front();
    const auto biasOf = [&](const Event& event) {
        return scaleOfBooks * static_cast<double>(books.itemBiases[index(event.item)]);
    };
    double squares = 0.0;
    std::vector<Eigen::Vector2d> levels{Eigen::Vector2d(std::sqrt(lambda), 0.0)};
    std::vector<Eigen::Vector2d> slopes;
    for (const Event& event : test::eventsOf(domain)) {
        squares += biasOf(event) * biasOf(event);
        if (index(event.user) == user) {
            const double left = scaleOfBooks * static_cast<double>(event.value - books.mean) - biasOf(event);
            levels.emplace_back(1.0, left);
            slopes.emplace_back(biasOf(event), left);
        }
    }
    const double bias = leastSquares(levels)[0];
    for (Eigen::Vector2d& slope : slopes) {
        slope[1] -= bias;
    }
    slopes.emplace_back(std::sqrt(lambda * squares / static_cast<double>(domain.interactions.size())), 0.0);
    return {bias, leastSquares(slopes)[0]};
}

/// The bias of an item that ratings ask for, by users' biases and factors as they stand.
double slowItemBias(std::span<const Event> events,
                    const FactorParameters& factors,
                    ItemRow item,
                    double lambda,
                    const Event* left = nullptr)
{
    double sum = 0.0;
    double count = lambda;
    for (const Event& event : events) {
        if (event.item == item && &event != left) {
            const std::size_t user = index(event.user);
            sum += static_cast<double>(event.value) - static_cast<double>(factors.mean) -
                   static_cast<double>(factors.userBiases[user]) -
                   vectorOf(factors.users, user).dot(vectorOf(factors.items, index(item)));
            count += 1.0;
        }
    }
    return sum / count;
}

std::vector<std::size_t> knownUsers()
{
    std::vector<std::size_t> users(userCount);
    std::iota(users.begin(), users.end(), std::size_t{0});
    std::erase_if(users, isNew);
    return users;
}

Json fewSteps(const char* userBias)
{
    return {{"factors", 4}, {"epochs", 5}, {"user-bias", userBias}};
}

std::vector<float> scoresOf(const Model& model, std::size_t user)
{
    std::vector<float> scores(filmCount);
    model.score(static_cast<UserRow>(user), scores);
    return scores;
}

} // namespace

class CarriedHabitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }

    void habitsAreLevelAndSlopeOfTheRatingsByTheBiasesOfItems();
    void habitsOfAHistoryAreThoseOfTheUserWhoHadIt();
    void weightsAreLeastSquaresOfRatingsTakenAway();
    void withoutTeachersNothingIsCarried();
    void anyNumberOfThreadsGivesTheSameBits();
    void stopEndsTheLearning();
    void scoreOfANewUserIsMadeOfHabitsAndMappedTaste();
    void usersOfTheTargetAreScoredAsIfNothingWereCarried();
    void withoutRatingsOnEitherSideTheBiasIsMapped();
    void carriedHabitsTellNewUsersApart();
    void restoredModelFoldsInTheSame();
};

void CarriedHabitsTest::habitsAreLevelAndSlopeOfTheRatingsByTheBiasesOfItems()
{
    const People people(0.3);
    const DrawnSources sources(*people.data());
    const SourceHabits habits(sources.domains, 7.0, meanSquareOfBiases(sources.domains));
    const FactorParameters& books = sources.background.sources.front();

    for (std::size_t user = 0; user < userCount; user += 13) {
        const RatingHabits found = habits.of(static_cast<UserRow>(user));

        const Eigen::Vector2d expected = slowHabits(*people.data(), books, user, 7.0);
        QVERIFY(std::abs(found.bias - expected[0]) < 1e-5);
        QVERIFY(std::abs(found.scale - expected[1]) < 1e-5);
        QVERIFY(expected.norm() > 0.01);
    }
}

void CarriedHabitsTest::habitsOfAHistoryAreThoseOfTheUserWhoHadIt()
{
    const People people(0.3);
    const DrawnSources sources(*people.data());
    const SourceHabits habits(sources.domains, 7.0, meanSquareOfBiases(sources.domains));
    const RatingHabits ofUser = habits.of(UserRow{8});
    std::vector<PastEvent> history{{.domain = -1, .item = ItemRow{1}, .value = 5.0F}};
    for (int domain = 0; domain < 2; ++domain) {
        for (const Event& event : test::eventsOf(people.data()->sources[static_cast<std::size_t>(domain)])) {
            if (event.user == UserRow{8}) {
                history.push_back({.domain = domain, .item = event.item, .value = event.value});
            }
        }
    }

    const RatingHabits ofHistory = habits.of(history);

    QVERIFY(std::abs(ofHistory.bias - ofUser.bias) < 1e-12);
    QVERIFY(std::abs(ofHistory.scale - ofUser.scale) < 1e-12);
    QCOMPARE(habits.of(std::span<const PastEvent>()).bias, 0.0);
    QCOMPARE(habits.of(std::span<const PastEvent>()).scale, 0.0);
}

/// The biases of the items are those that the ratings ask for: then b_i' is what they would ask for without
/// one of them, here computed anew for each.
void CarriedHabitsTest::weightsAreLeastSquaresOfRatingsTakenAway()
{
    const People people(0.3);
    const TrainingDomain& films = people.data()->target;
    const DrawnSources sources(*people.data());
    const SourceHabits habits(sources.domains, 7.0, meanSquareOfBiases(sources.domains));
    FactorParameters target = drawnFactors(films, 3);
    const std::vector<Event> events = test::eventsOf(films);
    for (std::size_t item = 0; item < filmCount; ++item) {
        target.itemBiases[item] =
            static_cast<float>(slowItemBias(events, target, static_cast<ItemRow>(item), 2.0));
    }
    const std::vector<std::size_t> teachers{1, 2, 3, 55, 301, 302, 303};

    const auto found = learnCarriedHabits(habits, films.interactions, target, teachers, 2.0, {});

    std::vector<Eigen::Vector<double, 7>> rows; // x, y
    for (const Event& event : events) {
        if (std::ranges::find(teachers, index(event.user)) != teachers.end()) {
            const RatingHabits known = habits.of(event.user);
            const double bias = slowItemBias(events, target, event.item, 2.0, &event);
            const double rest = static_cast<double>(event.value) - static_cast<double>(target.mean) - bias;
            rows.push_back(Eigen::Vector<double, 7>{known.bias,
                                                    known.scale,
                                                    bias,
                                                    known.bias * bias,
                                                    known.scale * bias,
                                                    bias * std::abs(bias),
                                                    rest});
        }
    }
    const std::size_t count = rows.size();
    CarriedHabits::Terms means = CarriedHabits::Terms::Zero();
    for (const Eigen::Vector<double, 7>& row : rows) {
        means += row.head<6>().cwiseAbs2() / static_cast<double>(count);
    }
    for (int weight = 0; weight < 6; ++weight) { // seven average ratings that ask for 0
        rows.emplace_back(std::sqrt(7.0 * means[weight]) * Eigen::Vector<double, 7>::Unit(weight));
    }
    const CarriedHabits::Terms expected = leastSquares(rows);
    QVERIFY(found);
    QVERIFY(count > 80);
    const Eigen::VectorXd weights =
        Eigen::Map<const Eigen::VectorXf>(found->weights.data(), 6).cast<double>();
    QVERIFY2((weights - expected).norm() < 1e-4 * expected.norm(),
             qPrintable(QString::number((weights - expected).norm())));
}

void CarriedHabitsTest::withoutTeachersNothingIsCarried()
{
    const People people(0.3);
    const DrawnSources sources(*people.data());
    const SourceHabits habits(sources.domains, 7.0, meanSquareOfBiases(sources.domains));

    const auto found = learnCarriedHabits(
        habits, people.data()->target.interactions, drawnFactors(people.data()->target, 3), {}, 2.0, {});

    QVERIFY(found);
    QCOMPARE(found->weights, (std::array<float, 6>{}));
}

void CarriedHabitsTest::anyNumberOfThreadsGivesTheSameBits()
{
    const People people(0.3);
    std::vector<std::string> models;
    for (const int threads : {1, 2, 4, 8}) {
        setThreadCount(threads);
        models.push_back(*fitted("emcdr", fewSteps("carried"), people.data())->serialised());
    }
    QCOMPARE(models[1], models[0]);
    QCOMPARE(models[2], models[0]);
    QCOMPARE(models[3], models[0]);
}

void CarriedHabitsTest::stopEndsTheLearning()
{
    const People people(0.3);
    const DrawnSources sources(*people.data());
    const SourceHabits habits(sources.domains, 7.0, meanSquareOfBiases(sources.domains));
    std::stop_source stop;
    stop.request_stop();

    const auto found = learnCarriedHabits(habits,
                                          people.data()->target.interactions,
                                          drawnFactors(people.data()->target, 3),
                                          knownUsers(),
                                          2.0,
                                          {.stop = stop.get_token()});

    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Cancelled);
}

void CarriedHabitsTest::scoreOfANewUserIsMadeOfHabitsAndMappedTaste()
{
    const People people(0.3);
    const auto model = fitted("emcdr", fewSteps("carried"), people.data());
    const auto& known = dynamic_cast<const ExplainedFactorModel&>(*model);
    const FactorParameters& films = known.parameters();
    const FactorParameters& books = known.background().sources.front();
    QVERIFY(known.background().habits);
    const auto weight = [&](std::size_t at) {
        return static_cast<double>(known.background().habits->weights[at]);
    };
    QCOMPARE(films.items.width, std::size_t{6});

    for (const std::size_t user : {std::size_t{0}, std::size_t{4}, std::size_t{696}}) {
        const std::vector<float> scores = scoresOf(*model, user);
        const Eigen::Vector2d habits = slowHabits(*people.data(), books, user, 10.0); // the preset
        const Eigen::VectorXd taste = vectorOf(films.users, user).head(4);
        for (std::size_t item = 0; item < filmCount; ++item) {
            const auto bias = static_cast<double>(films.itemBiases[item]);
            const double expected =
                static_cast<double>(films.mean) + bias + weight(0) * habits[0] + weight(1) * habits[1] +
                (weight(2) + weight(3) * habits[0] + weight(4) * habits[1]) * bias +
                weight(5) * bias * std::abs(bias) + taste.dot(vectorOf(films.items, item).head(4));
            QVERIFY(std::abs(static_cast<double>(scores[item]) - expected) < 1e-5);
        }
    }
}

void CarriedHabitsTest::usersOfTheTargetAreScoredAsIfNothingWereCarried()
{
    const People people(0.3);
    const auto carried = fitted("emcdr", fewSteps("carried"), people.data());
    const auto mapped = fitted("emcdr", fewSteps("mapped"), people.data());

    for (std::size_t user = 0; user < userCount; user += 3) {
        QCOMPARE(scoresOf(*carried, user) == scoresOf(*mapped, user), !isNew(user));
    }
}

void CarriedHabitsTest::withoutRatingsOnEitherSideTheBiasIsMapped()
{
    const People people(0.3);
    auto plays = std::make_shared<TrainingData>(*people.data());
    plays->target = plays->sources.back();
    auto fromPlays = std::make_shared<TrainingData>(*people.data());
    fromPlays->sources.erase(fromPlays->sources.begin());
    for (const auto& data : {plays, fromPlays}) {
        const auto model = fitted("emcdr", fewSteps("carried"), data);

        QVERIFY(!dynamic_cast<const ExplainedFactorModel&>(*model).background().habits);
        QCOMPARE(model->serialised(), fitted("emcdr", fewSteps("mapped"), data)->serialised());
    }
}

/// Where people differ in their scale, what is carried knows more of new users than the mapped bias does, and
/// comes near the chance in the ratings, .5.
void CarriedHabitsTest::carriedHabitsTellNewUsersApart()
{
    const People people(0.5);
    const auto error = [&](const char* userBias) {
        Json values = fewSteps(userBias);
        return rmse(*fitted("emcdr", values, people.data()), people.unseen(), -10.0, 20.0);
    };

    const double carried = error("carried");
    const double mapped = error("mapped");

    qInfo("RMSE carried %.4f, mapped %.4f", carried, mapped);
    QVERIFY2(carried < 0.95 * mapped, qPrintable(QString::number(carried)));
    QVERIFY2(carried < 0.56, qPrintable(QString::number(carried)));
}

/// Also where nothing is there any more of what it learnt from, as in a workspace that a model file is taken
/// to.
void CarriedHabitsTest::restoredModelFoldsInTheSame()
{
    const People people(0.3);
    const Json values = fewSteps("carried");
    const auto model = fitted("emcdr", values, people.data());
    const MethodDescription& description = **findMethod("emcdr");
    const auto method = description.create(*checkParameters(description.parameters, values, "method"));

    auto emptied = std::make_shared<TrainingData>(*people.data());
    for (TrainingDomain& source : emptied->sources) {
        source.interactions =
            InteractionMatrix(emptied->userCount, source.interactions.itemCount(), std::vector<Event>());
    }
    const std::vector<PastEvent> history{{.domain = 0, .item = ItemRow{3}, .value = 9.0F},
                                         {.domain = 1, .item = ItemRow{4}}};
    std::vector<float> ofModel(filmCount);
    QVERIFY(model->foldIn(history, ofModel));

    for (const auto& data : std::array<std::shared_ptr<const TrainingData>, 2>{people.data(), emptied}) {
        const auto restored = method->restore(data, *model->serialised());

        QVERIFY(restored);
        QCOMPARE(scoresOf(**restored, 4), scoresOf(*model, 4));
        std::vector<float> ofRestored(filmCount);
        QVERIFY((*restored)->foldIn(history, ofRestored));
        QCOMPARE(ofRestored, ofModel);
    }
}

QTEST_GUILESS_MAIN(CarriedHabitsTest)
#include "CarriedHabitsTest.moc"
