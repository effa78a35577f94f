#include "core/model/BayesianModel.h"
#include "tests/core/model/ModelTesting.h"

#include <QtTest/QTest>

#include <Eigen/Dense>

#include <cmath>
#include <numeric>

using namespace transept;
using namespace transept::test;

namespace {

constexpr std::size_t userCount = 40;
constexpr std::size_t itemCount = 25;
constexpr std::size_t factors = 3;

std::shared_ptr<const TrainingData> timedRatings()
{
    std::vector<Event> events = generatedEvents(userCount - 2, itemCount, 400, 3); // the last two are new
    for (std::size_t at = 0; at < events.size(); ++at) {
        events[at].time = at % 5 == 0 ? 0 : static_cast<std::int64_t>(100 + at);
    }
    auto data = std::make_shared<TrainingData>();
    data->userCount = userCount;
    data->target = domainOf("films", FeedbackKind::Explicit, userCount, itemCount, std::move(events));
    return data;
}

std::shared_ptr<const PosteriorSample> drawnSample(std::size_t rows, std::size_t periods, std::uint64_t seed)
{
    Random random(seed);
    const auto draw = [&](std::size_t count) {
        std::vector<float> values(count);
        drawNormals(random, values);
        return values;
    };
    auto sample = std::make_shared<PosteriorSample>();
    sample->users = FactorMatrix(rows, factors + periods);
    sample->items = FactorMatrix(itemCount, factors + periods);
    for (FactorMatrix* matrix : {&sample->users, &sample->items}) {
        for (std::size_t row = 0; row < matrix->rows; ++row) {
            drawNormals(random, matrix->row(row));
        }
    }
    sample->userBiases = draw(rows);
    sample->itemBiases = draw(itemCount);
    const auto size = static_cast<Eigen::Index>(factors + periods + 1);
    const Matrix root = Matrix::NullaryExpr(size, size, [&] { return static_cast<float>(random.normal()); });
    sample->userCovariance = root * root.transpose() + Matrix::Identity(size, size);
    const Matrix other = Matrix::NullaryExpr(size, size, [&] { return static_cast<float>(random.normal()); });
    sample->itemCovariance = other * other.transpose() + Matrix::Identity(size, size);
    sample->noiseVariances.assign(rows, 0.3F);
    sample->noiseVariances.back() = 0.7F;
    return sample;
}

/// What a newcomer did, by the definition: A^-1 c over the events, in dense algebra.
class DenseNewcomer
{
public:
    DenseNewcomer(const PosteriorSample& sample, std::span<const std::uint32_t> known)
        : m_items(sample.items.matrix().cast<double>())
        , m_biases(Eigen::Map<const Eigen::VectorXf>(sample.itemBiases.data(), m_items.rows()).cast<double>())
    {
        const Eigen::MatrixXd users = sample.users.matrix().cast<double>();
        Eigen::MatrixXd vectors(known.size(), size);
        for (std::size_t at = 0; at < known.size(); ++at) {
            vectors.row(static_cast<Eigen::Index>(at)) << users.row(known[at]).head(factors),
                static_cast<double>(sample.userBiases[known[at]]);
        }
        m_mean = vectors.colwise().mean().transpose();
        std::vector<Eigen::Index> kept{0, 1, 2, sample.userCovariance.rows() - 1};
        Eigen::MatrixXd scatter = size * sample.userCovariance.cast<double>()(kept, kept);
        for (Eigen::Index row = 0; row < vectors.rows(); ++row) {
            const Eigen::VectorXd off = vectors.row(row).transpose() - m_mean;
            scatter += off * off.transpose();
        }
        m_precision = (scatter / (static_cast<double>(vectors.rows()) + size)).inverse();
    }

    /// `periods` of the events and `shares` of the newcomer's, where there are any.
    Eigen::VectorXd scores(std::span<const PastEvent> history,
                           double mean,
                           std::span<const int> periods,
                           const Eigen::VectorXd& shares,
                           double noise = 0.7) const
    {
        Eigen::MatrixXd a = m_precision;
        Eigen::VectorXd c = m_precision * m_mean;
        for (std::size_t at = 0; at < history.size(); ++at) {
            const auto item = static_cast<Eigen::Index>(index(history[at].item));
            Eigen::VectorXd z(size);
            z << m_items.row(item).head(factors).transpose(), 1.0;
            double rest = static_cast<double>(history[at].value) - mean - m_biases[item];
            if (!periods.empty() && periods[at] >= 0) {
                rest -= m_items(item, static_cast<Eigen::Index>(factors) + periods[at]);
            }
            a += z * z.transpose() / noise;
            c += z * rest / noise;
        }
        const Eigen::VectorXd x = a.inverse() * c;
        Eigen::VectorXd all = (m_items.leftCols(factors) * x.head(factors) + m_biases).array() + mean + x[3];
        if (shares.size() > 0) {
            all += m_items.rightCols(shares.size()) * shares;
        }
        return all;
    }

private:
    static constexpr Eigen::Index size = factors + 1;
    Eigen::MatrixXd m_items;
    Eigen::VectorXd m_biases;
    Eigen::VectorXd m_mean;
    Eigen::MatrixXd m_precision;
};

/// The period of an event by counting: how many of the periods' first ratings are not later.
std::vector<int> slowPeriods(std::span<const PastEvent> history,
                             const TrainingData& data,
                             const RatingPeriods& periods)
{
    std::vector<std::int64_t> firsts(periods.count(), INT64_MAX);
    for (std::size_t user = 0; user < userCount; ++user) {
        const auto row = static_cast<UserRow>(user);
        const auto times = data.target.interactions.timesOf(row);
        for (std::size_t at = 0; at < times.size(); ++at) {
            if (const std::uint16_t period = periods.ofUser(row)[at]; period != RatingPeriods::none) {
                firsts[period] = std::min<std::int64_t>(firsts[period], times[at]);
            }
        }
    }
    std::vector<int> found;
    for (const PastEvent& event : history) {
        const auto begun = static_cast<int>(
            std::ranges::count_if(firsts, [&](std::int64_t first) { return first <= event.time; }));
        found.push_back(event.time == 0 ? -1 : std::max(0, begun - 1));
    }
    return found;
}

std::vector<PastEvent> newcomersHistory()
{
    return {{.item = ItemRow{3}, .value = 5.0F, .time = 140},
            {.domain = 0, .item = ItemRow{1}, .value = 1.0F},
            {.item = ItemRow{9}, .value = 2.0F},
            {.item = ItemRow{3}, .value = 4.0F, .time = 7},
            {.item = ItemRow{17}, .value = 1.0F, .time = 480}};
}

/// Ratings made of 3 tastes, by users of the training and by people who come later.
struct Crowd
{
    static constexpr Eigen::Index people = 300;
    static constexpr Eigen::Index trained = 250;
    static constexpr Eigen::Index items = 80;
    std::shared_ptr<TrainingData> data = std::make_shared<TrainingData>();
    Eigen::MatrixXd truth; ///< what ratings scatter around: people x items
    std::vector<std::vector<PastEvent>> brought = std::vector<std::vector<PastEvent>>(people - trained);

    Crowd()
    {
        Random random(5);
        const auto normal = [&] { return 0.8 * random.normal(); };
        const Eigen::MatrixXd tastes = Eigen::MatrixXd::NullaryExpr(people, 3, normal);
        const Eigen::MatrixXd kinds = Eigen::MatrixXd::NullaryExpr(items, 3, normal);
        truth = (tastes * kinds.transpose()).array() + 3.0;
        std::vector<Event> events;
        for (Eigen::Index user = 0; user < people; ++user) {
            for (Eigen::Index item = 0; item < items; ++item) {
                const auto value = static_cast<float>(truth(user, item) + 0.4 * random.normal());
                const bool isRated = random.below(10) < 3;
                if (isRated && user < trained) {
                    events.push_back({.user = static_cast<UserRow>(user),
                                      .item = static_cast<ItemRow>(item),
                                      .value = value});
                } else if (isRated) {
                    brought[static_cast<std::size_t>(user - trained)].push_back(
                        {.item = static_cast<ItemRow>(item), .value = value});
                }
            }
        }
        auto knowledge = std::make_shared<ItemKnowledge>();
        knowledge->vectors = Matrix(kinds.rowwise().normalized().cast<float>());
        data->userCount = trained;
        data->target = domainOf("films", FeedbackKind::Explicit, trained, items, std::move(events));
        data->target.knowledge = std::move(knowledge);
    }
};

BayesianModel::Subject subjectOf(std::shared_ptr<const TrainingData> data, bool everyUser, int periods)
{
    BayesianModel::Subject subject{
        .data = std::move(data), .places = nullptr, .periods = nullptr, .untold = nullptr};
    const InteractionMatrix& ratings = subject.data->target.interactions;
    subject.places = std::make_shared<const UserPlaces>(ratings, everyUser);
    if (periods > 0) {
        subject.periods = std::make_shared<const RatingPeriods>(ratings, static_cast<std::size_t>(periods));
    }
    return subject;
}

} // namespace

/// What a chain's samples answer somebody who came after the training.
class BayesianFoldInTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newcomerHasThePosteriorMean_data();
    void newcomerHasThePosteriorMean();
    void newItemHasThePosteriorMean_data() { newcomerHasThePosteriorMean_data(); }
    void newItemHasThePosteriorMean();
    void newcomersAreServedNearlyAsWellAsUsers_data();
    void newcomersAreServedNearlyAsWellAsUsers();
};

void BayesianFoldInTest::newcomerHasThePosteriorMean_data()
{
    QTest::addColumn<int>("periods");
    QTest::newRow("no periods") << 0;
    QTest::newRow("periods") << 4;
}

void BayesianFoldInTest::newcomerHasThePosteriorMean()
{
    QFETCH(int, periods);
    const auto data = timedRatings();
    const BayesianModel::Subject subject = subjectOf(data, false, periods);
    const auto width = static_cast<std::size_t>(periods);
    const BayesianModel::Samples samples{drawnSample(subject.places->rows(), width, 1),
                                         drawnSample(subject.places->rows(), width, 2)};
    const BayesianModel model(subject, samples);
    std::vector<PastEvent> history = newcomersHistory();
    std::vector<float> folded(itemCount);
    QVERIFY(model.foldIn(history, folded));
    std::vector<float> ofNobody(itemCount);
    QVERIFY(model.foldIn({}, ofNobody));

    std::erase_if(history, [](const PastEvent& event) { return event.domain >= 0; });
    std::vector<int> placed;
    Eigen::VectorXd shares = Eigen::VectorXd::Zero(periods);
    Eigen::VectorXd sharesOfAll = Eigen::VectorXd::Zero(periods);
    if (periods > 0) {
        placed = slowPeriods(history, *data, *subject.periods);
        for (const int period : placed) {
            if (period >= 0) {
                shares[period] += 1.0 / 3.0;
            }
        }
        for (int period = 0; period < periods; ++period) {
            sharesOfAll[period] =
                static_cast<double>(subject.periods->sharesOfAll()[static_cast<std::size_t>(period)]);
        }
    }
    std::vector<std::uint32_t> known(userCount - 2);
    std::iota(known.begin(), known.end(), 0U);
    Eigen::VectorXd expected = Eigen::VectorXd::Zero(itemCount);
    Eigen::VectorXd expectedOfNobody = Eigen::VectorXd::Zero(itemCount);
    for (const auto& sample : samples) {
        const DenseNewcomer dense(*sample, known);
        const double mean = data->target.interactions.mean();
        expected += 0.5 * dense.scores(history, mean, placed, shares);
        expectedOfNobody += 0.5 * dense.scores({}, mean, {}, sharesOfAll);
    }
    for (std::size_t item = 0; item < itemCount; ++item) {
        const auto at = static_cast<Eigen::Index>(item);
        QVERIFY(std::abs(expected[at] - static_cast<double>(folded[item])) < 1e-4);
        QVERIFY(std::abs(expectedOfNobody[at] - static_cast<double>(ofNobody[item])) < 1e-4);
    }
}

/// By the algebra of newcomers in a world where users are items.
void BayesianFoldInTest::newItemHasThePosteriorMean()
{
    QFETCH(int, periods);
    auto data = std::make_shared<TrainingData>(*timedRatings());
    std::vector<Event> known = test::eventsOf(data->target);
    std::erase_if(known, [](const Event& event) { return event.item == ItemRow{7}; });
    data->target.interactions = InteractionMatrix(userCount, itemCount, known);
    const BayesianModel::Subject subject = subjectOf(data, true, periods);
    const auto width = static_cast<std::size_t>(periods);
    const BayesianModel::Samples samples{drawnSample(subject.places->rows(), width, 1),
                                         drawnSample(subject.places->rows(), width, 2)};
    const BayesianModel model(subject, samples);
    const std::vector<Event> interactions{{.user = UserRow{4}, .value = 5.0F, .time = 140},
                                          {.user = UserRow{userCount - 1}, .value = 1.0F}, // new as well
                                          {.user = UserRow{11}, .value = 2.0F},
                                          {.user = UserRow{30}, .value = 3.0F, .time = 480}};
    std::vector<UserRow> users;
    for (std::size_t user = 0; user < userCount; ++user) {
        users.push_back(static_cast<UserRow>(user));
    }
    std::vector<float> folded(userCount);
    QVERIFY(model.foldInItem(interactions, users, folded));

    std::vector<PastEvent> told;
    for (const Event& event : interactions) {
        if (std::ranges::find(known, event.user, &Event::user) != known.end()) {
            told.push_back({.item = static_cast<ItemRow>(index(event.user)), .value = event.value});
        }
    }
    QVERIFY(told.size() > 1 && told.size() < interactions.size());
    std::vector<std::uint32_t> rated;
    for (std::uint32_t item = 0; item < itemCount; ++item) {
        if (std::ranges::find(known, static_cast<ItemRow>(item), &Event::item) != known.end()) {
            rated.push_back(item);
        }
    }
    Eigen::VectorXd expected = Eigen::VectorXd::Zero(userCount + 1);
    for (const auto& sample : samples) {
        PosteriorSample turned;
        turned.users = sample->items;
        turned.items = sample->users;
        turned.userBiases = sample->itemBiases;
        turned.itemBiases = sample->userBiases;
        turned.userCovariance = sample->itemCovariance;
        expected +=
            0.5 * DenseNewcomer(turned, rated).scores(told, data->target.interactions.mean(), {}, {}, 0.3);
    }
    for (std::size_t user = 0; user < userCount; ++user) {
        QVERIFY(std::abs(expected[static_cast<Eigen::Index>(user)] - static_cast<double>(folded[user])) <
                1e-4);
    }
}

void BayesianFoldInTest::newcomersAreServedNearlyAsWellAsUsers_data()
{
    QTest::addColumn<QString>("method");
    QTest::newRow("bayesian-mf") << "bayesian-mf";
    QTest::newRow("bayesian-kmf") << "bayesian-kmf";
    QTest::newRow("fm") << "fm";
}

/// Against the numbers that ratings scatter around: of users who were trained with their ratings, and of
/// people who bring as many along.
void BayesianFoldInTest::newcomersAreServedNearlyAsWellAsUsers()
{
    QFETCH(QString, method);
    const Crowd crowd;
    Json values{{"factors", 3}, {"samples", 60}, {"burn-in", 30}, {"kept", 30}};
    if (method == QLatin1String("fm")) {
        values["item-fields"] = "none";
    }
    const auto model = fitted(method.toStdString(), values, crowd.data);

    const auto squaresOf = [&](const std::vector<float>& scores, Eigen::Index user) {
        const Eigen::Map<const Eigen::RowVectorXf> found(scores.data(), Crowd::items);
        return (found.cast<double>() - crowd.truth.row(user)).squaredNorm() /
               static_cast<double>(Crowd::items);
    };
    std::vector<float> scores(Crowd::items);
    double ofUsers = 0.0;
    for (Eigen::Index user = 0; user < Crowd::trained; ++user) {
        model->score(static_cast<UserRow>(user), scores);
        ofUsers += squaresOf(scores, user) / Crowd::trained;
    }
    double ofNewcomers = 0.0;
    double ofNobody = 0.0;
    for (Eigen::Index user = Crowd::trained; user < Crowd::people; ++user) {
        QVERIFY(model->foldIn(crowd.brought[static_cast<std::size_t>(user - Crowd::trained)], scores));
        ofNewcomers += squaresOf(scores, user) / (Crowd::people - Crowd::trained);
        QVERIFY(model->foldIn({}, scores));
        ofNobody += squaresOf(scores, user) / (Crowd::people - Crowd::trained);
    }
    qInfo("squared errors: of users %.3f, of newcomers %.3f, without their history %.3f",
          ofUsers,
          ofNewcomers,
          ofNobody);
    QVERIFY(ofNewcomers < 1.5 * ofUsers);
    QVERIFY(ofNewcomers < 0.2 * ofNobody);
}

QTEST_GUILESS_MAIN(BayesianFoldInTest)
#include "BayesianFoldInTest.moc"
