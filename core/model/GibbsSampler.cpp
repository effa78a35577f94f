#include "core/model/GibbsSampler.h"

#include "core/base/Kernels.h"
#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"
#include "core/model/GaussianBatch.h"
#include "core/model/Place.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <type_traits>

namespace transept {
namespace {

constexpr std::size_t lanes = GaussianBatch::lanes;
constexpr std::size_t rowsPerTask = 2 * lanes;
constexpr std::size_t rowsPerMoment = 4096;
constexpr std::size_t ratingsAtOnce = 1024;
constexpr float startDeviation = 0.1F;

/// Adds the sums of rows whose targets are their own biases.
void addMoments(const RowSums& sums, Moments& moments)
{
    const std::size_t bias = sums.width;
    for (std::size_t row = 0; row < bias; ++row) {
        for (std::size_t column = 0; column <= row; ++column) {
            const auto product = static_cast<double>(sums.products[row * sums.stride + column]);
            moments.products(place(row), place(column)) += product;
        }
        moments.products(place(bias), place(row)) += static_cast<double>(sums.weighted[row]);
        moments.sum[place(row)] += static_cast<double>(sums.plain[row]);
    }
    moments.products(place(bias), place(bias)) += sums.squares;
    moments.sum[place(bias)] += sums.targets;
    moments.count += sums.weight;
}

Moments momentsOf(const FactorMatrix& factors,
                  const std::vector<float>& biases,
                  const std::vector<std::uint32_t>& all)
{
    const std::size_t blocks = (all.size() + rowsPerMoment - 1) / rowsPerMoment;
    std::vector<RowSums> sums(blocks, RowSums(factors.width));
    forEachBlock(all.size(), rowsPerMoment, [&](std::size_t block, std::size_t first, std::size_t last) {
        const std::span<const std::uint32_t> rows = std::span(all).subspan(first, last - first);
        std::vector<float> targets(rows.size());
        std::ranges::transform(rows, targets.begin(), [&](std::uint32_t row) { return biases[row]; });
        sums[block].add(factors, rows, targets, std::vector<float>(rows.size(), 1.0F));
    });
    const Eigen::Index size = place(factors.width + 1);
    Moments moments{.sum = Eigen::VectorXd::Zero(size), .products = Eigen::MatrixXd::Zero(size, size)};
    for (const RowSums& each : sums) {
        addMoments(each, moments);
    }
    moments.products = Eigen::MatrixXd(moments.products.selfadjointView<Eigen::Lower>());
    return moments;
}

Moments momentsOf(const GibbsSide& side)
{
    return momentsOf(side.factors, side.biases, side.rows);
}

/// What the vectors beside their offsets, x - h, tell of their prior.
Moments momentsBesideOffsets(const GibbsSide& side)
{
    FactorMatrix factors = side.factors;
    std::vector<float> biases = side.biases;
    for (const std::uint32_t row : side.rows) {
        const float* offset = side.offsets.at(row);
        for (std::size_t number = 0; number < factors.width; ++number) {
            factors.at(row)[number] -= offset[number];
        }
        biases[row] -= offset[factors.width];
    }
    return momentsOf(factors, biases, side.rows);
}

/// sum h x' over the rows of the side, which has offsets.
Eigen::MatrixXd productsWithOffsets(const GibbsSide& side)
{
    const Eigen::Index size = side.moments.sum.size();
    Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(size, size);
    Eigen::VectorXf vector(size);
    for (const std::uint32_t row : side.rows) {
        vector << Eigen::Map<const Eigen::VectorXf>(side.factors.at(row), size - 1), side.biases[row];
        const Eigen::Map<const Eigen::VectorXf> offset(side.offsets.at(row), size);
        sum += (offset * vector.transpose()).cast<double>();
    }
    return sum;
}

/// Sets the rows that a start knows. Vectors of users have no scale, everything else that of the ratings;
/// vectors may have further numbers behind the factors.
void takeRows(const StartingPoint& start, bool areUsers, double scale, GibbsSide& side)
{
    const auto unscale = static_cast<float>(1.0 / scale);
    const float factor = areUsers ? 1.0F : unscale;
    const std::vector<std::int32_t>& rows = areUsers ? start.users : start.items.front();
    start.forEachKnown(
        areUsers ? "users" : "items", rows, [&](std::size_t row, std::span<const float> values) {
            std::ranges::transform(values.first(side.factors.width),
                                   side.factors.row(row).begin(),
                                   [factor](float value) { return factor * value; });
        });
    start.forEachKnown(
        areUsers ? "user-biases" : "item-biases", rows, [&](std::size_t row, std::span<const float> value) {
            side.biases[row] = unscale * value.front();
        });
}

/// Draws rows of one side, given the other.
class RowDraws
{
public:
    struct Given
    {
        const InteractionMatrix& ratings;
        bool areUsers;
        GibbsSide& own;
        const GibbsSide& other;
        float centre; ///< the mean of the ratings
        float inverseScale;
        double noisePrecision;
        bool drawsWeights; ///< how precise the ratings of a row are
        std::uint64_t seed;
        int number;
        TaskGuard& guard;
        Eigen::MatrixXf precision;
        Eigen::VectorXf mean;             ///< of the prior
        Eigen::VectorXf pull;             ///< precision times mean
        const PeriodBiases* periodBiases; ///< null: none
    };

    explicit RowDraws(const Given& given)
        : m_given(given)
        , m_batch(given.own.factors.width)
        , m_sums(given.own.factors.width)
        , m_places(ratingsAtOnce)
        , m_targets(ratingsAtOnce)
        , m_weights(ratingsAtOnce)
        , m_normals(m_batch.size())
        , m_pulls(m_given.pull.replicate(1, place(lanes)))
        , m_drawn(m_pulls.rows())
    {
    }

    /// At most `lanes` rows. Returns the sum of tau t^2 + x'Ax - 2 x'c, in the words of GaussianBatch.
    double draw(std::span<const std::uint32_t> rows)
    {
        std::array<double, lanes> energies{};
        std::array<double, lanes> counts{};
        for (std::size_t lane = 0; lane < rows.size(); ++lane) {
            sumRatings(rows[lane]);
            setPull(lane, rows[lane]);
            const double precision = precisionOf(rows[lane]);
            m_batch.set(lane, m_sums, precision, m_given.precision, m_pulls.col(place(lane)));
            energies[lane] = precision * m_sums.squares;
            counts[lane] = m_sums.weight;
            drawNoise(lane, rows[lane]);
        }
        m_batch.factorise();
        m_batch.draw();
        const std::size_t width = m_batch.size() - 1;
        for (std::size_t lane = 0; lane < rows.size(); ++lane) {
            energies[lane] += static_cast<double>(m_batch.energy(lane));
            float* row = m_given.own.factors.at(rows[lane]);
            for (std::size_t number = 0; number < width; ++number) {
                row[number] = m_batch.drawn(lane, number);
            }
            m_given.own.biases[rows[lane]] = m_batch.drawn(lane, width);
            if (m_given.drawsWeights) {
                drawWeight(lane, rows[lane], energies[lane], counts[lane]);
            }
        }
        return std::accumulate(energies.begin(), energies.end(), 0.0);
    }

private:
    void sumRatings(std::uint32_t row)
    {
        m_sums.clear();
        if (m_given.areUsers) {
            const auto user = static_cast<UserRow>(row);
            addRatings(row, m_given.ratings.itemsOf(user), m_given.ratings.valuesOf(user));
        } else {
            const auto item = static_cast<ItemRow>(row);
            addRatings(row, m_given.ratings.usersOf(item), m_given.ratings.itemValuesOf(item));
        }
    }

    template<typename Row>
    void addRatings(std::uint32_t row, std::span<const Row> others, std::span<const float> values)
    {
        const std::vector<float>& biases = m_given.other.biases;
        for (std::size_t first = 0; first < others.size() && m_given.guard.mayGoOn();
             first += ratingsAtOnce) {
            const std::size_t length = std::min(ratingsAtOnce, others.size() - first);
            for (std::size_t at = 0; at < length; ++at) {
                const auto other = static_cast<std::uint32_t>(index(others[first + at]));
                m_places[at] = other;
                m_weights[at] = m_given.other.noiseWeights[other];
                m_targets[at] = (values[first + at] - m_given.centre) * m_given.inverseScale - biases[other];
            }
            takePeriods(row, others.subspan(first, length), first);
            m_sums.add(m_given.other.factors,
                       std::span(m_places).first(length),
                       std::span(m_targets).first(length),
                       std::span(m_weights).first(length));
        }
    }

    /// Takes the biases of items in periods from the targets of the row's ratings from `first` on.
    template<typename Row>
    void takePeriods(std::uint32_t row, std::span<const Row> others, std::size_t first)
    {
        const PeriodBiases* biases = m_given.periodBiases;
        for (std::size_t at = 0; biases != nullptr && at < others.size(); ++at) {
            if constexpr (std::is_same_v<Row, ItemRow>) {
                const auto periods = biases->periods().ofUser(static_cast<UserRow>(row));
                m_targets[at] -= biases->of(others[at], periods[first + at]);
            } else {
                const auto item = static_cast<ItemRow>(row);
                m_targets[at] -= biases->of(item, biases->periods().ofItem(item)[first + at]);
            }
        }
    }

    double precisionOf(std::uint32_t row) const
    {
        return m_given.noisePrecision * static_cast<double>(m_given.own.noiseWeights[row]);
    }

    void setPull(std::size_t lane, std::uint32_t row)
    {
        if (m_given.own.offsets.rows > 0) {
            const Eigen::Map<const Eigen::VectorXf> offset(m_given.own.offsets.at(row), m_pulls.rows());
            m_pulls.col(place(lane)).noalias() = m_given.precision * (m_given.mean + offset);
        }
    }

    /// w ~ Gamma(a + n / 2, a + tau / 2 sum of the squared errors), which are what the energy leaves without
    /// the prior's x'Px - 2 x'Pm.
    void drawWeight(std::size_t lane, std::uint32_t row, double energy, double count)
    {
        for (std::size_t number = 0; number < m_batch.size(); ++number) {
            m_drawn[place(number)] = m_batch.drawn(lane, number);
        }
        const float ofPrior = m_drawn.dot(m_given.precision * m_drawn - 2.0F * m_pulls.col(place(lane)));
        const double errors = std::max(0.0, energy - static_cast<double>(ofPrior)) / precisionOf(row);
        Random random = randomFor(
            m_given.seed, Purpose::NoiseSamples, row + 1, static_cast<std::uint64_t>(m_given.number));
        m_given.own.noiseWeights[row] = static_cast<float>(
            drawPrecision(random, userWeightPrior, count, m_given.noisePrecision * errors));
    }

    void drawNoise(std::size_t lane, std::uint32_t row)
    {
        Random random = randomFor(m_given.seed,
                                  m_given.areUsers ? Purpose::UserSamples : Purpose::ItemSamples,
                                  row,
                                  static_cast<std::uint64_t>(m_given.number));
        drawNormals(random, m_normals);
        for (std::size_t number = 0; number < m_normals.size(); ++number) {
            m_batch.noise(lane, number) = m_normals[number];
        }
    }

    const Given& m_given;
    GaussianBatch m_batch;
    RowSums m_sums;
    std::vector<std::uint32_t> m_places;
    std::vector<float> m_targets;
    std::vector<float> m_weights;
    std::vector<float> m_normals;
    Eigen::MatrixXf m_pulls; ///< of each lane: precision times the prior's mean
    Eigen::VectorXf m_drawn;
};

/// Sum over all values of (value - centre)^2.
double squaresAround(const InteractionMatrix& ratings, double centre)
{
    double sum = 0.0;
    for (std::size_t user = 0; user < ratings.userCount(); ++user) {
        for (const float value : ratings.valuesOf(static_cast<UserRow>(user))) {
            sum += (static_cast<double>(value) - centre) * (static_cast<double>(value) - centre);
        }
    }
    return sum;
}

} // namespace

GibbsSampler::GibbsSampler(const InteractionMatrix& ratings,
                           const GibbsSettings& settings,
                           std::uint64_t seed,
                           const GibbsSideInformation& told)
    : m_ratings(ratings)
    , m_settings(settings)
    , m_seed(seed)
    , m_mean(ratings.mean())
{
    const double variance = squaresAround(ratings, m_mean) / static_cast<double>(ratings.size());
    m_scale = variance > 0.0 ? std::sqrt(variance) : 1.0;
    m_users = start(ratings.userCount(), Purpose::UserSamples);
    m_items = start(ratings.itemCount(), Purpose::ItemSamples);
    const auto hasRatings = [](auto rows) { return !rows.empty(); };
    for (std::size_t user = 0; user < ratings.userCount(); ++user) {
        if (hasRatings(ratings.itemsOf(static_cast<UserRow>(user)))) {
            m_users.rows.push_back(static_cast<std::uint32_t>(user));
        }
    }
    for (std::size_t item = 0; item < ratings.itemCount(); ++item) {
        if (hasRatings(ratings.usersOf(static_cast<ItemRow>(item)))) {
            m_items.rows.push_back(static_cast<std::uint32_t>(item));
        }
    }
    const std::size_t size = m_settings.factors + 1;
    if (m_settings.implicit) {
        m_influence.emplace(ratings, size, m_seed);
    }
    if (told.users != nullptr && told.users->cols() > 0) {
        m_users.link.emplace(*told.users, m_users.rows, size, m_seed, 0);
    }
    if (told.items != nullptr && told.items->cols() > 0) {
        m_items.link.emplace(*told.items, m_items.rows, size, m_seed, 1);
    }
    if (told.periods != nullptr && told.periods->count() > 0) {
        m_periodBiases.emplace(ratings.itemCount(), *told.periods, m_seed);
    }
    addOffsets(m_users);
    addOffsets(m_items);
    m_users.moments = momentsOf(m_users);
    m_items.moments = momentsOf(m_items);
}

GibbsSide GibbsSampler::start(std::size_t rows, Purpose purpose) const
{
    GibbsSide side{.factors = FactorMatrix(rows, m_settings.factors),
                   .biases = std::vector<float>(rows),
                   .noiseWeights = std::vector<float>(rows, 1.0F)};
    for (std::size_t row = 0; row < rows; ++row) {
        Random random = randomFor(m_seed, purpose, row); // sweeps count from 1
        drawNormals(random, side.factors.row(row));
        for (float& number : side.factors.row(row)) {
            number *= startDeviation;
        }
    }
    return side;
}

void GibbsSampler::startFrom(const StartingPoint& start)
{
    takeRows(start, true, m_scale, m_users);
    takeRows(start, false, m_scale, m_items);
    startNoise(start);
    m_users.moments = momentsOf(m_users);
    m_items.moments = momentsOf(m_items);
}

/// tau w_u = scale^2 / variance, the mean of w_u over the users that are known 1.
void GibbsSampler::startNoise(const StartingPoint& start)
{
    double sum = 0.0;
    double count = 0.0;
    const auto forEachPrecision = [&](const auto& take) {
        start.forEachKnown(
            "noise-variances", start.users, [&](std::size_t user, std::span<const float> variance) {
                take(user, m_scale * m_scale / static_cast<double>(variance.front()));
            });
    };
    forEachPrecision([&](std::size_t /*user*/, double precision) {
        sum += precision;
        count += 1.0;
    });
    if (count > 0.0) {
        m_noisePrecision = sum / count;
    }
    forEachPrecision([&](std::size_t user, double precision) {
        m_users.noiseWeights[user] =
            m_settings.noiseByUser ? static_cast<float>(precision / m_noisePrecision) : 1.0F;
    });
}

/// The side's offsets are those of its link and, of users, of what their items lend them.
void GibbsSampler::addOffsets(GibbsSide& side)
{
    const bool isInfluenced = &side == &m_users && m_influence;
    if (side.link) {
        side.offsets = side.link->offsets();
        if (isInfluenced) {
            const FactorMatrix& lent = m_influence->offsets();
            kernels::addScaled(1.0F, lent.values.data(), side.offsets.values.data(), lent.values.size());
        }
    } else if (isInfluenced) {
        side.offsets = m_influence->offsets();
    }
}

void GibbsSampler::drawMean(bool areUsers, int number, TaskGuard& guard)
{
    GibbsSide& own = areUsers ? m_users : m_items;
    Random random =
        randomFor(m_seed, Purpose::PriorSamples, areUsers ? 0 : 1, static_cast<std::uint64_t>(number));
    own.prior = drawPrior(random,
                          own.offsets.rows > 0 ? momentsBesideOffsets(own) : own.moments,
                          m_settings.scatter,
                          m_settings.meanWeight,
                          own.link ? own.link->moments() : Moments{});
    if (own.link) {
        const FactorMatrix* lent = areUsers && m_influence ? &m_influence->offsets() : nullptr;
        own.link->draw({own.factors, own.biases, own.prior, lent}, number, guard);
        addOffsets(own);
    }
}

Result<double> GibbsSampler::drawSide(bool areUsers, int number, const JobContext& job)
{
    GibbsSide& own = areUsers ? m_users : m_items;
    TaskGuard guard(job);
    drawMean(areUsers, number, guard);
    const Eigen::VectorXd pull = own.prior.precision * own.prior.mean;
    const RowDraws::Given given{.ratings = m_ratings,
                                .areUsers = areUsers,
                                .own = own,
                                .other = areUsers ? m_items : m_users,
                                .centre = static_cast<float>(m_mean),
                                .inverseScale = static_cast<float>(1.0 / m_scale),
                                .noisePrecision = m_noisePrecision,
                                .drawsWeights = areUsers && m_settings.noiseByUser,
                                .seed = m_seed,
                                .number = number,
                                .guard = guard,
                                .precision = own.prior.precision.cast<float>(),
                                .mean = own.prior.mean.cast<float>(),
                                .pull = pull.cast<float>(),
                                .periodBiases = periodBiases()};
    const std::size_t tasks = (own.rows.size() + rowsPerTask - 1) / rowsPerTask;
    std::vector<double> energies(tasks);
    const auto drawTask = [&](std::size_t task) {
        RowDraws draws(given);
        const std::size_t last = std::min(own.rows.size(), (task + 1) * rowsPerTask);
        for (std::size_t at = task * rowsPerTask; at < last && guard.mayGoOn(); at += lanes) {
            energies[task] += draws.draw(std::span(own.rows).subspan(at, std::min(lanes, last - at)));
        }
    };
    if (!areUsers &&
        m_influence) { // what items lend depends on the users alone: it is drawn beside the items
        const FactorMatrix* ofLink = m_users.link ? &m_users.link->offsets() : nullptr;
        parallelTasks(tasks + 1, [&](std::size_t task) {
            if (task == 0) {
                m_influence->draw(
                    {m_users.factors, m_users.biases, m_users.rows, m_users.prior, ofLink}, number, guard);
            } else {
                drawTask(task - 1);
            }
        });
        addOffsets(m_users);
    } else {
        parallelTasks(tasks, drawTask);
    }
    if (Status goOn = guard.status(); !goOn) {
        return passOn(goOn);
    }
    own.moments = momentsOf(own);
    return std::accumulate(energies.begin(), energies.end(), 0.0);
}

void GibbsSampler::drawNoise(double energy, int number)
{
    // The energy is tau times the squared errors, each times the weight of its user, and x'Px - 2 x'P(m + h)
    // of all items.
    const GaussianPrior& prior = m_items.prior;
    double ofPrior = prior.precision.cwiseProduct(m_items.moments.products).sum() -
                     2.0 * prior.mean.dot(prior.precision * m_items.moments.sum);
    if (m_items.link) {
        ofPrior -= 2.0 * prior.precision.cwiseProduct(productsWithOffsets(m_items)).sum();
    }
    const double errors = std::max(0.0, energy - ofPrior) / m_noisePrecision;
    Random random = randomFor(m_seed, Purpose::NoiseSamples, 0, static_cast<std::uint64_t>(number));
    m_noisePrecision = drawPrecision(random, {}, static_cast<double>(m_ratings.size()), errors);
}

/// b_u + b_i + <p_u, q_i>
float GibbsSampler::expected(std::uint32_t user, std::size_t item) const
{
    const float product =
        kernels::dot(m_users.factors.at(user), m_items.factors.at(item), m_items.factors.stride);
    return product + m_users.biases[user] + m_items.biases[item];
}

void GibbsSampler::drawPeriods(int number, TaskGuard& guard)
{
    PeriodBiases::Rests rests = m_periodBiases->noRests();
    const RatingPeriods& periods = m_periodBiases->periods();
    forEachBlock(m_items.rows.size(), rowsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last && guard.mayGoOn(); ++at) {
            const auto item = static_cast<ItemRow>(m_items.rows[at]);
            const std::span<const UserRow> users = m_ratings.usersOf(item);
            const std::span<const float> values = m_ratings.itemValuesOf(item);
            const std::span<const std::uint16_t> ofItem = periods.ofItem(item);
            for (std::size_t rating = 0; rating < users.size(); ++rating) {
                if (ofItem[rating] == RatingPeriods::none) {
                    continue;
                }
                const auto user = static_cast<std::uint32_t>(index(users[rating]));
                const double value = (static_cast<double>(values[rating]) - m_mean) / m_scale;
                const auto weight = static_cast<double>(m_users.noiseWeights[user]);
                const std::size_t cell = index(item) * periods.count() + ofItem[rating];
                rests.weights[cell] += weight;
                rests.sums[cell] += weight * (value - static_cast<double>(expected(user, index(item))));
            }
        }
    });
    if (guard.mayGoOn()) {
        m_periodBiases->draw(rests, m_noisePrecision, number);
    }
}

Status GibbsSampler::sweep(int number, const JobContext& job)
{
    if (Result<double> users = drawSide(true, number, job); !users) {
        return passOn(users);
    }
    const Result<double> energy = drawSide(false, number, job);
    if (!energy) {
        return passOn(energy);
    }
    if (!std::isfinite(*energy) || !m_items.moments.products.allFinite()) {
        return samplesRanAway(number);
    }
    drawNoise(*energy, number);
    if (!m_periodBiases) {
        return {};
    }
    TaskGuard guard(job);
    drawPeriods(number, guard);
    return guard.status();
}

void GibbsSampler::exchange(TrainingState& state)
{
    for (GibbsSide* side : {&m_users, &m_items}) {
        state.matrix(side->factors);
        state.array(side->biases);
        state.array(side->noiseWeights);
        if (side->link) {
            side->link->exchange(state);
        }
    }
    state.value(m_noisePrecision);
    if (m_influence) {
        m_influence->exchange(state);
    }
    if (m_periodBiases) {
        m_periodBiases->exchange(state);
    }
    if (state.isRestoring()) {
        for (GibbsSide* side : {&m_users, &m_items}) {
            addOffsets(*side);
            side->moments = momentsOf(*side);
        }
    }
}

double GibbsSampler::noiseOfNewUsers() const noexcept
{
    const auto [shape, rate] = userWeightPrior; // the mean of 1 / w is rate / (shape - 1)
    return noiseVariance(m_settings.noiseByUser ? (shape - 1.0) / rate : 1.0);
}

double GibbsSampler::squaredError() const
{
    std::vector<double> sums((m_users.rows.size() + rowsPerTask - 1) / rowsPerTask);
    forEachBlock(
        m_users.rows.size(), rowsPerTask, [&](std::size_t block, std::size_t first, std::size_t last) {
            for (std::size_t at = first; at < last; ++at) {
                const std::uint32_t row = m_users.rows[at];
                const auto user = static_cast<UserRow>(row);
                const std::span<const ItemRow> items = m_ratings.itemsOf(user);
                const std::span<const float> values = m_ratings.valuesOf(user);
                for (std::size_t number = 0; number < items.size(); ++number) {
                    auto taste = static_cast<double>(expected(row, index(items[number])));
                    if (m_periodBiases) {
                        const auto periods = m_periodBiases->periods().ofUser(user);
                        taste += static_cast<double>(m_periodBiases->of(items[number], periods[number]));
                    }
                    const double off = static_cast<double>(values[number]) - m_mean - m_scale * taste;
                    sums[block] += off * off;
                }
            }
        });
    return std::accumulate(sums.begin(), sums.end(), 0.0) / static_cast<double>(m_ratings.size());
}

} // namespace transept
