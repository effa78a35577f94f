#include "core/model/FmSampler.h"

#include "core/base/Interruptible.h"
#include "core/base/Parallel.h"
#include "core/model/Draws.h"
#include "core/model/RandomStreams.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace transept {
namespace {

constexpr std::size_t casesPerTask = std::size_t{1} << 17U;
constexpr std::size_t entriesBetweenChecks = std::size_t{1} << 17U;
constexpr double startDeviation = 0.1;

Result<std::vector<std::size_t>> startsOf(const std::vector<FmCase>& cases,
                                          std::uint32_t FmCase::*row,
                                          std::size_t rows,
                                          const JobContext& job)
{
    std::vector<std::size_t> starts(rows + 1);
    const Status counted = interruptible(job, cases.size(), [&](std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            ++starts[cases[at].*row + 1];
        }
    });
    if (!counted) {
        return passOn(counted);
    }
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    return starts;
}

/// Columns that a row with cases has.
std::vector<bool> metColumns(const FmFeatures& features, const std::vector<std::size_t>& starts)
{
    std::vector<bool> met(features.rows.columnCount);
    for (std::size_t row = 0; row < features.rows.rowCount(); ++row) {
        if (starts[row + 1] > starts[row]) {
            for (const std::int32_t column : features.rows.columnsOf(row)) {
                met[static_cast<std::size_t>(column)] = true;
            }
        }
    }
    return met;
}

/// mu, lambda of each group given its values; values that no case has follow their group's mean.
void drawPriors(const FmSide& side, FmParameters& parameters, Random& random)
{
    const std::vector<std::size_t>& starts = side.features->groupStarts;
    for (std::size_t group = 0; group + 1 < starts.size(); ++group) {
        double count = 0.0;
        double sum = 0.0;
        double squares = 0.0;
        for (std::size_t column = starts[group]; column < starts[group + 1]; ++column) {
            const double value = side.isMet[column] ? parameters.values[column] : 0.0;
            count += side.isMet[column] ? 1.0 : 0.0;
            sum += value;
            squares += value * value;
        }
        // mu ~ N(sum / (n + 1), 1 / ((n + 1) lambda)),   lambda ~ Gamma((n + 2) / 2, (1 + sum (v - mu)^2 +
        // mu^2) / 2)
        FmPrior& prior = parameters.priors[group];
        prior.mean = sum / (count + 1.0) + random.normal() / std::sqrt((count + 1.0) * prior.precision);
        const double around = squares - 2.0 * prior.mean * sum + (count + 1.0) * prior.mean * prior.mean;
        prior.precision = drawPrecision(random, {.shape = 0.5, .rate = 0.5}, count + 1.0, around);
        for (std::size_t column = starts[group]; column < starts[group + 1]; ++column) {
            if (!side.isMet[column]) {
                parameters.values[column] = prior.mean;
            }
        }
    }
}

/// So that a task has about casesPerTask cases and entries of features.
std::size_t rowsPerTask(const FmFeatures& features, std::size_t cases)
{
    const std::size_t rows = features.rows.rowCount();
    const std::size_t work = cases + features.rows.columns.size();
    return std::max<std::size_t>(1, rows * casesPerTask / std::max(work, casesPerTask));
}

std::size_t groupOf(const FmFeatures& features, std::size_t column)
{
    const auto after = std::ranges::upper_bound(features.groupStarts, column);
    return static_cast<std::size_t>(after - features.groupStarts.begin()) - 1;
}

/// A guard that is asked after so many entries of columns.
class EntryGuard
{
public:
    explicit EntryGuard(TaskGuard& guard) : m_guard(guard) {}

    bool mayGoOn(std::size_t entries)
    {
        m_entries += entries;
        if (m_entries < entriesBetweenChecks) {
            return true;
        }
        m_entries = 0;
        return m_guard.mayGoOn();
    }

private:
    TaskGuard& m_guard;
    std::size_t m_entries = 0;
};

/// The sums of the rows and their biases from the parameters.
void sumRows(FmSide& side, TaskGuard& guard)
{
    const SparseRows& rows = side.features->rows;
    forEachBlock(rows.rowCount(), side.rowsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t row = first; row < last && guard.mayGoOn(); ++row) {
            const auto columns = rows.columnsOf(row);
            const auto values = rows.valuesOf(row);
            double weights = 0.0;
            for (std::size_t at = 0; at < columns.size(); ++at) {
                weights += static_cast<double>(values[at]) *
                           side.weights.values[static_cast<std::size_t>(columns[at])];
            }
            side.weights.sums[row] = weights;
            double products = 0.0; // sum_f ((sum x v)^2 - sum x^2 v^2) / 2
            for (FmParameters& factor : side.vectors) {
                double sum = 0.0;
                double squares = 0.0;
                for (std::size_t at = 0; at < columns.size(); ++at) {
                    const double part = static_cast<double>(values[at]) *
                                        factor.values[static_cast<std::size_t>(columns[at])];
                    sum += part;
                    squares += part * part;
                }
                factor.sums[row] = sum;
                products += 0.5 * (sum * sum - squares);
            }
            side.biases[row] = weights + products;
        }
    });
}

/// Own features, whose value is 1, such that the sum and the bias of a row become what a start knows. Vectors
/// of users have no scale, everything else that of the ratings.
void takeSums(const StartingPoint& start, bool areUsers, double scale, FmSide& side)
{
    const SparseRows& features = side.features->rows;
    const std::vector<std::int32_t>& rows = areUsers ? start.users : start.items.front();
    const double vectorScale = areUsers ? 1.0 : scale;
    const auto othersOf = [&](std::size_t row, const std::vector<double>& values, const auto& take) {
        const auto columns = features.columnsOf(row);
        const auto xs = features.valuesOf(row);
        for (std::size_t at = 0; at < columns.size(); ++at) {
            const auto column = static_cast<std::size_t>(columns[at]);
            if (column != row) {
                take(static_cast<double>(xs[at]) * values[column]);
            }
        }
    };
    std::vector<double> products(
        rows.size()); // of a row's own features: sum_f ((sum)^2 - sum of squares) / 2
    start.forEachKnown(
        areUsers ? "users" : "items", rows, [&](std::size_t row, std::span<const float> values) {
            for (std::size_t factor = 0; factor < side.vectors.size(); ++factor) {
                std::vector<double>& ofFeatures = side.vectors[factor].values;
                const double sum = static_cast<double>(values[factor]) / vectorScale;
                double own = sum;
                double squares = 0.0;
                othersOf(row, ofFeatures, [&](double part) {
                    own -= part;
                    squares += part * part;
                });
                ofFeatures[row] = own;
                products[row] += 0.5 * (sum * sum - squares - own * own);
            }
        });
    start.forEachKnown(
        areUsers ? "user-biases" : "item-biases", rows, [&](std::size_t row, std::span<const float> bias) {
            double own = static_cast<double>(bias.front()) / scale - products[row];
            othersOf(row, side.weights.values, [&](double part) { own -= part; });
            side.weights.values[row] = own;
        });
}

} // namespace

FmSampler::FmSampler(const FmProblem& problem, const FmSettings& settings, std::uint64_t seed)
    : m_problem(problem)
    , m_settings(settings)
    , m_seed(seed)
    , m_byItem(problem.cases.size())
    , m_errors(problem.cases.size())
    , m_noiseWeights(problem.users.rows.rowCount(), 1.0)
{
}

Result<FmSampler> FmSampler::of(const FmProblem& problem,
                                const FmSettings& settings,
                                std::uint64_t seed,
                                const JobContext& job)
{
    FmSampler chain(problem, settings, seed);
    const Status started =
        chain.sortCases(job)
            .and_then([&] { return chain.start(chain.m_users, problem.users, Purpose::UserFactors, job); })
            .and_then([&] { return chain.start(chain.m_items, problem.items, Purpose::ItemFactors, job); });
    if (!started) {
        return passOn(started);
    }
    chain.m_users.isMet = metColumns(problem.users, chain.m_userStarts);
    chain.m_items.isMet = metColumns(problem.items, chain.m_itemStarts);
    return chain;
}

Status FmSampler::sortCases(const JobContext& job)
{
    const std::vector<FmCase>& cases = m_problem.cases;
    Result<std::vector<std::size_t>> users =
        startsOf(cases, &FmCase::user, m_problem.users.rows.rowCount(), job);
    Result<std::vector<std::size_t>> items =
        startsOf(cases, &FmCase::item, m_problem.items.rows.rowCount(), job);
    if (!users || !items) {
        return passOn(!users ? users : items);
    }
    m_userStarts = std::move(*users);
    m_itemStarts = std::move(*items);
    std::vector<std::size_t> next = m_itemStarts;
    return interruptible(job, cases.size(), [&](std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            m_byItem[next[cases[at].item]++] = static_cast<std::uint32_t>(at);
        }
    });
}

Status FmSampler::start(FmSide& side, const FmFeatures& features, Purpose purpose, const JobContext& job)
{
    Result<SparseRows> columns = transposed(features.rows, job);
    if (!columns) {
        return passOn(columns);
    }
    const std::size_t rows = features.rows.rowCount();
    const FmParameters none{.values = std::vector<double>(features.rows.columnCount),
                            .priors = std::vector<FmPrior>(features.groupCount()),
                            .sums = std::vector<double>(rows)};
    side = {.features = &features,
            .columns = std::move(*columns),
            .isMet = {},
            .weights = none,
            .vectors = std::vector<FmParameters>(m_settings.factors, none),
            .biases = std::vector<double>(rows),
            .rowsPerTask = rowsPerTask(features, m_problem.cases.size())};
    TaskGuard guard(job);
    parallelTasks(m_settings.factors, [&](std::size_t factor) {
        std::vector<double>& values = side.vectors[factor].values;
        Random random = randomFor(m_seed, purpose, factor);
        for (std::size_t at = 0; at < values.size(); ++at) {
            if (at % entriesBetweenChecks == 0 && !guard.mayGoOn()) {
                return;
            }
            values[at] = startDeviation * random.normal();
        }
    });
    return guard.status();
}

void FmSampler::startFrom(const StartingPoint& start, double scale)
{
    takeSums(start, true, scale, m_users);
    takeSums(start, false, scale, m_items);
}

/// Calls work(place of the case, row of the other side, weight) for the cases of a row.
template<typename Work>
void FmSampler::forCasesOf(bool areUsers, std::size_t row, const Work& work) const
{
    const std::vector<std::size_t>& starts = areUsers ? m_userStarts : m_itemStarts;
    for (std::size_t at = starts[row]; at < starts[row + 1]; ++at) {
        const std::size_t place = areUsers ? at : m_byItem[at];
        const FmCase& each = m_problem.cases[place];
        work(place, areUsers ? each.item : each.user, m_noiseWeights[each.user]);
    }
}

/// Without `cross` the sums with c stay 0.
std::vector<FmSampler::Totals> FmSampler::totals(bool areUsers,
                                                 const std::vector<double>* cross,
                                                 TaskGuard& guard) const
{
    std::vector<Totals> all(side(areUsers).biases.size());
    forEachBlock(
        all.size(), side(areUsers).rowsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
            for (std::size_t row = first; row < last && guard.mayGoOn(); ++row) {
                Totals& sums = all[row];
                forCasesOf(areUsers, row, [&](std::size_t place, std::size_t other, double weight) {
                    const double error = weight * static_cast<double>(m_errors[place]);
                    sums.weight += weight;
                    sums.errors += error;
                    if (cross != nullptr) {
                        const double c = (*cross)[other];
                        sums.cross += weight * c;
                        sums.crossSquares += weight * c * c;
                        sums.crossErrors += error * c;
                    }
                });
            }
        });
    return all;
}

void FmSampler::refresh(TaskGuard& guard)
{
    sumRows(m_users, guard);
    sumRows(m_items, guard);
    forEachBlock(
        m_users.biases.size(), m_users.rowsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
            for (std::size_t user = first; user < last && guard.mayGoOn(); ++user) {
                forCasesOf(true, user, [&](std::size_t place, std::size_t item, double) {
                    m_errors[place] = static_cast<float>(static_cast<double>(m_problem.cases[place].target) -
                                                         expected(user, item));
                });
            }
        });
}

double FmSampler::expected(std::size_t user, std::size_t item) const
{
    double sum = m_bias + m_users.biases[user] + m_items.biases[item];
    for (std::size_t factor = 0; factor < m_settings.factors; ++factor) {
        sum += m_users.vectors[factor].sums[user] * m_items.vectors[factor].sums[item];
    }
    return sum;
}

void FmSampler::drawBias(int number, TaskGuard& guard)
{
    double weight = 0.0;
    double errors = 0.0;
    for (const Totals& each : totals(true, nullptr, guard)) {
        weight += each.weight;
        errors += each.errors;
    }
    Random random = randomFor(m_seed, Purpose::MachineSamples, 0, static_cast<std::uint64_t>(number));
    const double precision = 1.0 + m_noisePrecision * weight;
    const double pull = m_noisePrecision * (errors + m_bias * weight);
    const double drawn = pull / precision + random.normal() / std::sqrt(precision);
    const auto change = static_cast<float>(drawn - m_bias);
    forEachBlock(m_errors.size(), casesPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            m_errors[at] -= change;
        }
    });
    m_bias = drawn;
}

void FmSampler::drawWeights(bool areUsers, int number, TaskGuard& guard)
{
    FmSide& own = side(areUsers);
    std::vector<Totals> sums = totals(areUsers, nullptr, guard);
    Random random =
        randomFor(m_seed, Purpose::MachineSamples, areUsers ? 1 : 2, static_cast<std::uint64_t>(number));
    std::vector<double> changes(own.biases.size());
    EntryGuard entries(guard);
    for (std::size_t column = 0; column < own.isMet.size(); ++column) {
        if (!own.isMet[column]) {
            continue;
        }
        if (!entries.mayGoOn(own.columns.lengthOf(column))) {
            return;
        }
        const FmPrior& prior = own.weights.priors[groupOf(*own.features, column)];
        double& value = own.weights.values[column];
        const auto rows = own.columns.columnsOf(column);
        const auto xs = own.columns.valuesOf(column);
        double squares = 0.0;
        double pull = 0.0;
        for (std::size_t at = 0; at < rows.size(); ++at) {
            const Totals& row = sums[static_cast<std::size_t>(rows[at])];
            const auto x = static_cast<double>(xs[at]);
            squares += x * x * row.weight;
            pull += x * row.errors;
        }
        const double precision = prior.precision + m_noisePrecision * squares;
        const double centre =
            (prior.precision * prior.mean + m_noisePrecision * (pull + value * squares)) / precision;
        const double change = centre + random.normal() / std::sqrt(precision) - value;
        value += change;
        for (std::size_t at = 0; at < rows.size(); ++at) {
            const auto row = static_cast<std::size_t>(rows[at]);
            const double step = static_cast<double>(xs[at]) * change;
            sums[row].errors -= step * sums[row].weight;
            changes[row] += step;
        }
    }
    drawPriors(own, own.weights, random);
    forEachBlock(changes.size(), own.rowsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t row = first; row < last && guard.mayGoOn(); ++row) {
            own.biases[row] += changes[row];
            forCasesOf(areUsers, row, [&](std::size_t place, std::size_t, double) {
                m_errors[place] -= static_cast<float>(changes[row]);
            });
        }
    });
}

/// With a' = a - x v what the rest of a row's features add up to, a case changes with v by h = x (a' + c):
///
///   precision = lambda + tau sum w h^2,   pull = lambda mu + tau sum w h (e + h v).
FmSampler::Conditional FmSampler::conditionalOf(const FmSide& own,
                                                const FmParameters& vectors,
                                                std::size_t column,
                                                std::span<const Totals> totals) const
{
    const FmPrior& prior = vectors.priors[groupOf(*own.features, column)];
    const double value = vectors.values[column];
    const auto rows = own.columns.columnsOf(column);
    const auto xs = own.columns.valuesOf(column);
    double squares = 0.0;
    double errors = 0.0;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const auto row = static_cast<std::size_t>(rows[at]);
        const auto x = static_cast<double>(xs[at]);
        const Totals& sums = totals[row];
        const double rest = vectors.sums[row] - x * value;
        squares += x * x * (rest * (rest * sums.weight + 2.0 * sums.cross) + sums.crossSquares);
        errors += x * (rest * sums.errors + sums.crossErrors);
    }
    return {.precision = prior.precision + m_noisePrecision * squares,
            .pull = prior.precision * prior.mean + m_noisePrecision * (errors + squares * value)};
}

FmSampler::Conditional FmSampler::conditional(bool ofUsers, std::size_t column, std::size_t factor) const
{
    const JobContext job;
    TaskGuard guard(job);
    const std::vector<Totals> sums = totals(ofUsers, &side(!ofUsers).vectors[factor].sums, guard);
    return conditionalOf(side(ofUsers), side(ofUsers).vectors[factor], column, sums);
}

void FmSampler::drawVectors(bool areUsers, std::size_t factor, int number, TaskGuard& guard)
{
    FmSide& own = side(areUsers);
    FmParameters& vectors = own.vectors[factor];
    const std::vector<double>& cross = side(!areUsers).vectors[factor].sums;
    std::vector<Totals> sums = totals(areUsers, &cross, guard);
    Random random = randomFor(m_seed,
                              Purpose::MachineSamples,
                              3 + 2 * factor + (areUsers ? 0 : 1),
                              static_cast<std::uint64_t>(number));
    const std::vector<double> before = vectors.sums;
    std::vector<double> changes(own.biases.size()); // of the products of a row's own features
    EntryGuard entries(guard);
    for (std::size_t column = 0; column < own.isMet.size(); ++column) {
        if (!own.isMet[column]) {
            continue;
        }
        const auto rows = own.columns.columnsOf(column);
        const auto xs = own.columns.valuesOf(column);
        if (!entries.mayGoOn(rows.size())) {
            return;
        }
        const auto [precision, pull] = conditionalOf(own, vectors, column, sums);
        double& value = vectors.values[column];
        const double drawn = pull / precision + random.normal() / std::sqrt(precision);
        for (std::size_t at = 0; at < rows.size(); ++at) {
            const auto row = static_cast<std::size_t>(rows[at]);
            const auto x = static_cast<double>(xs[at]);
            const double rest = vectors.sums[row] - x * value;
            const double step = x * (drawn - value);
            Totals& ofRow = sums[row];
            ofRow.errors -= step * (rest * ofRow.weight + ofRow.cross);
            ofRow.crossErrors -= step * (rest * ofRow.cross + ofRow.crossSquares);
            changes[row] += step * rest;
            vectors.sums[row] += step;
        }
        value = drawn;
    }
    drawPriors(own, vectors, random);
    forEachBlock(changes.size(), own.rowsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t row = first; row < last && guard.mayGoOn(); ++row) {
            own.biases[row] += changes[row];
            const double turned = vectors.sums[row] - before[row];
            forCasesOf(areUsers, row, [&](std::size_t place, std::size_t other, double) {
                m_errors[place] -= static_cast<float>(changes[row] + turned * cross[other]);
            });
        }
    });
}

void FmSampler::drawNoise(int number, TaskGuard& guard)
{
    std::vector<double> squares(m_noiseWeights.size());
    forEachBlock(squares.size(), m_users.rowsPerTask, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t user = first; user < last && guard.mayGoOn(); ++user) {
            forCasesOf(true, user, [&](std::size_t place, std::size_t, double) {
                const auto error = static_cast<double>(m_errors[place]);
                squares[user] += error * error;
            });
            const auto count = static_cast<double>(m_userStarts[user + 1] - m_userStarts[user]);
            if (m_settings.noiseByUser && count > 0.0) {
                Random random =
                    randomFor(m_seed, Purpose::NoiseSamples, user + 1, static_cast<std::uint64_t>(number));
                m_noiseWeights[user] =
                    drawPrecision(random, userWeightPrior, count, m_noisePrecision * squares[user]);
            }
        }
    });
    double errors = 0.0;
    for (std::size_t user = 0; user < squares.size(); ++user) {
        errors += m_noiseWeights[user] * squares[user];
    }
    Random random = randomFor(m_seed, Purpose::NoiseSamples, 0, static_cast<std::uint64_t>(number));
    m_noisePrecision = drawPrecision(random, {}, static_cast<double>(m_problem.cases.size()), errors);
}

void FmSampler::exchange(TrainingState& state)
{
    // Sums, biases of rows and errors follow from these: a sweep begins with them.
    for (FmSide* side : {&m_users, &m_items}) {
        state.array(side->weights.values);
        state.array(side->weights.priors);
        for (FmParameters& factor : side->vectors) {
            state.array(factor.values);
            state.array(factor.priors);
        }
    }
    state.array(m_noiseWeights);
    state.value(m_bias);
    state.value(m_noisePrecision);
}

Status FmSampler::sweep(int number, const JobContext& job)
{
    TaskGuard guard(job);
    refresh(guard);
    drawNoise(number, guard);
    drawBias(number, guard);
    for (const bool areUsers : {true, false}) {
        if (guard.mayGoOn()) {
            drawWeights(areUsers, number, guard);
        }
    }
    for (std::size_t factor = 0; factor < m_settings.factors; ++factor) {
        for (const bool areUsers : {true, false}) {
            if (guard.mayGoOn()) {
                drawVectors(areUsers, factor, number, guard);
            }
        }
    }
    if (guard.mayGoOn()) {
        sumRows(m_users, guard);
        sumRows(m_items, guard);
    }
    if (const Status goOn = guard.status(); !goOn) {
        return goOn;
    }
    double squares = 0.0;
    const Status summed = interruptible(job, m_errors.size(), [&](std::size_t first, std::size_t last) {
        for (std::size_t at = first; at < last; ++at) {
            squares += static_cast<double>(m_errors[at]) * static_cast<double>(m_errors[at]);
        }
    });
    if (!summed) {
        return summed;
    }
    m_squaredError = m_problem.scale * m_problem.scale * squares / static_cast<double>(m_errors.size());
    if (!std::isfinite(m_noisePrecision) || !std::isfinite(m_squaredError)) {
        return samplesRanAway(number);
    }
    return {};
}

double FmSampler::noiseOfNewUsers() const noexcept
{
    return m_settings.noiseByUser ? userWeightPrior.rate / (userWeightPrior.shape - 1.0) : 1.0;
}

} // namespace transept
