#include "core/model/BayesianModel.h"

#include "core/base/Kernels.h"
#include "core/model/FactorModel.h"
#include "core/model/Place.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

constexpr std::string_view mark = "GMF3";

/// Of the prior of a side: the inverse of the precision, of untold rows with what the offsets of the others
/// scatter by.
Eigen::MatrixXd priorCovariance(const GibbsSide& side, bool isUntold)
{
    const Eigen::Index size = side.prior.mean.size();
    const Eigen::MatrixXd inverse = side.prior.precision.llt().solve(Eigen::MatrixXd::Identity(size, size));
    return isUntold && side.link ? Eigen::MatrixXd(inverse + side.link->spread()) : inverse;
}

/// The covariance, factors times `factorScale`, bias times `biasScale`; between them a variance for each of
/// `periods` numbers that depend on no others.
Matrix kept(const Eigen::MatrixXd& covariance, double factorScale, double biasScale, const Vector& periods)
{
    const Eigen::Index size = covariance.rows();
    Eigen::VectorXd scales = Eigen::VectorXd::Constant(size, factorScale);
    scales[size - 1] = biasScale;
    const Matrix dense = (scales.asDiagonal() * covariance * scales.asDiagonal()).cast<float>();
    const Eigen::Index factors = size - 1;
    Matrix all = Matrix::Zero(size + periods.size(), size + periods.size());
    const Eigen::Index bias = all.rows() - 1;
    all.topLeftCorner(factors, factors) = dense.topLeftCorner(factors, factors);
    all.block(factors, factors, periods.size(), periods.size()).diagonal() = periods;
    all.col(bias).head(factors) = dense.col(factors).head(factors);
    all.row(bias).head(factors) = dense.row(factors).head(factors);
    all(bias, bias) = dense(factors, factors);
    return all;
}

/// One side of a chain on the scale of a sample.
class KeptSide
{
public:
    KeptSide(const GibbsSide& side, double factorScale, double biasScale)
        : m_side(side)
        , m_factorScale(factorScale)
        , m_biasScale(biasScale)
    {
    }

    /// The factors of a row of the chain; returns its bias.
    float copy(std::uint32_t row, float* factors) const
    {
        const auto scale = static_cast<float>(m_factorScale);
        for (std::size_t number = 0; number < m_side.factors.width; ++number) {
            factors[number] = scale * m_side.factors.at(row)[number];
        }
        return static_cast<float>(m_biasScale * static_cast<double>(m_side.biases[row]));
    }

    /// The same of the mean of the prior of a row without ratings, or without a number.
    float copyMean(std::optional<std::uint32_t> row, float* factors) const
    {
        const std::size_t bias = m_side.factors.width;
        const bool isTold = row && m_side.link;
        const auto mean = [&](std::size_t number) {
            return m_side.prior.mean[place(number)] +
                   (isTold ? static_cast<double>(m_side.link->offsets().at(*row)[number]) : 0.0);
        };
        for (std::size_t number = 0; number < bias; ++number) {
            factors[number] = static_cast<float>(m_factorScale * mean(number));
        }
        return static_cast<float>(m_biasScale * mean(bias));
    }

private:
    const GibbsSide& m_side;
    double m_factorScale;
    double m_biasScale;
};

/// z'Cz with z = (row, 1).
double variance(std::span<const float> row, const Matrix& covariance)
{
    Eigen::VectorXd z(place(row.size() + 1));
    z << Eigen::Map<const Vector>(row.data(), place(row.size())).cast<double>(), 1.0;
    return z.dot(covariance.cast<double>() * z);
}

void write(ModelWriter& writer, const Matrix& matrix)
{
    writer.array({matrix.data(), static_cast<std::size_t>(matrix.size())});
}

Matrix readSquare(ModelReader& reader, std::size_t size)
{
    const std::vector<float> values = reader.array(size * size);
    return reader.ok() ? Matrix(Eigen::Map<const Matrix>(values.data(), place(size), place(size))) : Matrix();
}

/// False when they are not of as many users. They need not be those of the data, which may have been emptied.
bool readPlaces(ModelReader& reader, BayesianModel::Subject& subject)
{
    auto places = std::make_shared<UserPlaces>(*subject.places);
    places->shared = static_cast<std::uint32_t>(reader.number());
    bool fits = reader.number() == places->of.size();
    for (std::size_t user = 0; fits && user < places->of.size(); ++user) {
        places->of[user] = static_cast<std::uint32_t>(reader.number());
        fits = places->of[user] <= places->shared;
    }
    subject.places = std::move(places);
    return reader.ok() && fits;
}

void keepUsers(const GibbsSampler& chain, const UserPlaces& places, PosteriorSample& kept)
{
    const GibbsSide& users = chain.users();
    const KeptSide side(users, 1.0, chain.scale());
    const std::size_t factors = users.factors.width;
    const RatingPeriods* periods =
        chain.periodBiases() != nullptr ? &chain.periodBiases()->periods() : nullptr;
    std::size_t next = 0; // of the rows with ratings, which ascend
    for (std::size_t user = 0; user < places.of.size(); ++user) {
        const auto row = static_cast<std::uint32_t>(user);
        const std::uint32_t at = places.of[user];
        if (next < users.rows.size() && users.rows[next] == row) {
            ++next;
            kept.userBiases[at] = side.copy(row, kept.users.at(at));
            kept.noiseVariances[at] =
                static_cast<float>(chain.noiseVariance(static_cast<double>(users.noiseWeights[row])));
        } else if (at != places.shared) {
            kept.userBiases[at] = side.copyMean(row, kept.users.at(at));
            kept.noiseVariances[at] = static_cast<float>(chain.noiseOfNewUsers());
        }
        if (periods != nullptr && at != places.shared) {
            std::ranges::copy(periods->shares(static_cast<UserRow>(user)), kept.users.at(at) + factors);
        }
    }
    kept.userBiases[places.shared] = side.copyMean({}, kept.users.at(places.shared));
    kept.noiseVariances[places.shared] = static_cast<float>(chain.noiseOfNewUsers());
    if (periods != nullptr) {
        std::ranges::copy(periods->sharesOfAll(), kept.users.at(places.shared) + factors);
    }
}

void keepItems(const GibbsSampler& chain, PosteriorSample& kept)
{
    const GibbsSide& items = chain.items();
    const KeptSide side(items, chain.scale(), chain.scale());
    const auto scale = static_cast<float>(chain.scale());
    const std::size_t factors = items.factors.width;
    std::size_t next = 0;
    for (std::size_t item = 0; item < kept.items.rows; ++item) {
        const auto row = static_cast<std::uint32_t>(item);
        if (next < items.rows.size() && items.rows[next] == row) {
            ++next;
            kept.itemBiases[item] = side.copy(row, kept.items.at(item));
        } else {
            kept.itemBiases[item] = side.copyMean(row, kept.items.at(item));
        }
        for (std::size_t number = factors; number < kept.items.width; ++number) {
            const auto period = static_cast<std::uint16_t>(number - factors);
            kept.items.at(item)[number] =
                scale * chain.periodBiases()->of(static_cast<ItemRow>(item), period);
        }
    }
}

/// What a new row of one side of a sample is thought to be like before any rating of it is known: mean and
/// covariance over the known rows, or over so many of them, evenly spread. The prior that the chain has
/// beside what lends means stands in for as many rows as there are numbers. The bias is the last of them.
GaussianPrior newcomerPrior(const FactorMatrix& rows,
                            std::span<const float> biases,
                            const Matrix& chainCovariance,
                            std::span<const std::uint32_t> known,
                            std::size_t factors)
{
    constexpr std::size_t mostRows = 4096;
    const Eigen::Index size = place(factors + 1);
    const std::size_t count = std::min(mostRows, known.size());
    Eigen::MatrixXd vectors(place(count), size);
    for (std::size_t at = 0; at < count; ++at) {
        const std::uint32_t row = known[at * known.size() / count];
        vectors.row(place(at)) << Eigen::Map<const Eigen::RowVectorXf>(rows.at(row), size - 1).cast<double>(),
            static_cast<double>(biases[row]);
    }
    GaussianPrior prior{.mean = vectors.colwise().mean().transpose(), .precision = {}};
    vectors.rowwise() -= prior.mean.transpose();
    Eigen::MatrixXd ofChain(size, size);
    const Eigen::MatrixXd all = chainCovariance.cast<double>();
    ofChain.topLeftCorner(size - 1, size - 1) = all.topLeftCorner(size - 1, size - 1);
    ofChain.col(size - 1) << all.col(all.cols() - 1).head(size - 1), all(all.rows() - 1, all.cols() - 1);
    ofChain.row(size - 1) = ofChain.col(size - 1).transpose();
    const auto weight = static_cast<double>(size);
    const Eigen::MatrixXd covariance =
        (vectors.transpose() * vectors + weight * ofChain) / (static_cast<double>(count) + weight);
    prior.precision = covariance.llt().solve(Eigen::MatrixXd::Identity(size, size));
    return prior;
}

/// Of a row and its bias, the last number, while the rows that it is multiplied with stand.
class Posterior
{
public:
    explicit Posterior(const GaussianPrior& prior)
        : m_precision(prior.precision)
        , m_pull(prior.precision * prior.mean)
        , m_z(prior.mean.size())
    {
    }

    /// A rating, less all that is known of it, with such a row.
    void add(const float* other, float rest, float noiseVariance)
    {
        const auto noise = static_cast<double>(noiseVariance);
        m_z << Eigen::Map<const Eigen::VectorXf>(other, m_z.size() - 1).cast<double>(), 1.0;
        m_precision += m_z * m_z.transpose() / noise;
        m_pull += static_cast<double>(rest) / noise * m_z;
    }

    Eigen::VectorXf mean() const { return m_precision.llt().solve(m_pull).cast<float>(); }

private:
    Eigen::MatrixXd m_precision;
    Eigen::VectorXd m_pull;
    Eigen::VectorXd m_z;
};

} // namespace

UserPlaces::UserPlaces(const InteractionMatrix& ratings, bool everyUser)
    : of(ratings.userCount())
    , isNew(ratings.userCount())
{
    for (std::size_t user = 0; user < of.size(); ++user) {
        isNew[user] = ratings.itemsOf(static_cast<UserRow>(user)).empty();
        of[user] = everyUser || !isNew[user] ? shared++ : UINT32_MAX;
    }
    std::ranges::replace(of, UINT32_MAX, shared);
}

PosteriorSample keptSample(const GibbsSampler& chain, const UserPlaces& places)
{
    const GibbsSide& users = chain.users();
    const GibbsSide& items = chain.items();
    const PeriodBiases* biases = chain.periodBiases();
    const double scale = chain.scale();
    const std::size_t periods = biases != nullptr ? biases->periods().count() : 0;
    const std::size_t width = users.factors.width + periods;
    const Vector ofUsers = Vector::Zero(place(periods)); // whose shares are known
    const Vector ofItems = Vector::Constant(
        place(periods), static_cast<float>(biases != nullptr ? scale * scale / biases->lambda() : 0.0));
    PosteriorSample sample{.users = FactorMatrix(places.rows(), width),
                           .items = FactorMatrix(items.factors.rows, width),
                           .userBiases = std::vector<float>(places.rows()),
                           .itemBiases = std::vector<float>(items.factors.rows),
                           .userCovariance = kept(priorCovariance(users, false), 1.0, scale, ofUsers),
                           .itemCovariance = kept(priorCovariance(items, false), scale, scale, ofItems),
                           .untoldUserCovariance = kept(priorCovariance(users, true), 1.0, scale, ofUsers),
                           .untoldItemCovariance = kept(priorCovariance(items, true), scale, scale, ofItems),
                           .noiseVariances = std::vector<float>(places.rows())};
    keepUsers(chain, places, sample);
    keepItems(chain, sample);
    return sample;
}

void exchangeSamples(TrainingState& state, std::vector<std::shared_ptr<const PosteriorSample>>& samples)
{
    std::uint64_t count = samples.size();
    state.value(count);
    for (std::uint64_t at = 0; at < count && state.ok(); ++at) {
        PosteriorSample sample = at < samples.size() ? *samples[at] : PosteriorSample{};
        for (FactorMatrix* matrix : {&sample.users, &sample.items}) {
            state.value(matrix->rows);
            state.value(matrix->width);
            state.value(matrix->stride);
            state.list(matrix->values);
        }
        state.list(sample.userBiases);
        state.list(sample.itemBiases);
        state.dense(sample.userCovariance);
        state.dense(sample.itemCovariance);
        state.dense(sample.untoldUserCovariance);
        state.dense(sample.untoldItemCovariance);
        state.list(sample.noiseVariances);
        if (state.isRestoring()) {
            samples.push_back(std::make_shared<const PosteriorSample>(std::move(sample)));
        }
    }
}

BayesianModel::BayesianModel(Subject subject, Samples samples)
    : m_subject(std::move(subject))
    , m_samples(std::move(samples))
    , m_mean(static_cast<float>(ratings().mean()))
{
}

void BayesianModel::score(UserRow user, std::span<float> scores) const
{
    const std::uint32_t at = placeOf(user);
    std::fill(scores.begin(), scores.end(), 0.0F);
    std::vector<float> products(scores.size());
    for (const auto& sample : m_samples) {
        const FactorMatrix& items = sample->items;
        kernels::dotRows(items.values.data(),
                         items.rows,
                         items.stride,
                         sample->users.at(at),
                         items.stride,
                         products.data());
        const float own = base(*sample, at);
        for (std::size_t item = 0; item < scores.size(); ++item) {
            scores[item] += products[item] + (own + sample->itemBiases[item]);
        }
    }
    for (float& score : scores) {
        score /= static_cast<float>(m_samples.size());
    }
}

void BayesianModel::scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const
{
    const std::uint32_t at = placeOf(user);
    std::fill(scores.begin(), scores.end(), 0.0F);
    for (const auto& sample : m_samples) {
        const float own = base(*sample, at);
        for (std::size_t number = 0; number < items.size(); ++number) {
            const std::size_t item = index(items[number]);
            const float product =
                kernels::dot(sample->items.at(item), sample->users.at(at), sample->items.stride);
            scores[number] += product + (own + sample->itemBiases[item]);
        }
    }
    for (float& score : scores) {
        score /= static_cast<float>(m_samples.size());
    }
}

const Matrix& BayesianModel::covarianceOf(const PosteriorSample& sample, UserRow user) const
{
    const bool isUntold = m_subject.untold != nullptr && m_subject.untold->users[index(user)];
    return isUntold ? sample.untoldUserCovariance : sample.userCovariance;
}

const Matrix& BayesianModel::covarianceOf(const PosteriorSample& sample, ItemRow item) const
{
    const bool isUntold = m_subject.untold != nullptr && m_subject.untold->items[index(item)];
    return isUntold ? sample.untoldItemCovariance : sample.itemCovariance;
}

double BayesianModel::priorVariance(const PosteriorSample& sample, UserRow user, ItemRow item) const
{
    const Matrix& ofUser = covarianceOf(sample, user);
    const Matrix& ofItem = covarianceOf(sample, item);
    double sum = periodVariance(sample, user, item);
    if (isNew(user)) {
        sum += variance(sample.items.row(index(item)), ofUser);
    }
    if (isNew(item)) {
        sum += variance(sample.users.row(placeOf(user)), ofItem);
    }
    if (isNew(user) && isNew(item)) {
        const Eigen::Index width = place(sample.items.width);
        sum += static_cast<double>(
            ofUser.topLeftCorner(width, width).cwiseProduct(ofItem.topLeftCorner(width, width)).sum());
    }
    return sum;
}

/// Of the biases of an item in the periods without its ratings; a new item's are part of its prior.
double BayesianModel::periodVariance(const PosteriorSample& sample, UserRow user, ItemRow item) const
{
    double sum = 0.0;
    const std::size_t periods = isNew(item) ? 0 : periodCount();
    const std::size_t factors = sample.items.width - periods;
    for (std::size_t period = 0; period < periods; ++period) {
        if (!m_subject.periods->isKnown(item, period)) {
            const auto share = static_cast<double>(sample.users.at(placeOf(user))[factors + period]);
            const Eigen::Index at = place(factors + period);
            sum += share * share * static_cast<double>(sample.itemCovariance(at, at));
        }
    }
    return sum;
}

bool BayesianModel::deviations(UserRow user,
                               std::span<const ItemRow> items,
                               std::span<float> deviations) const
{
    const std::uint32_t at = placeOf(user);
    std::vector<float> means(items.size());
    scoreItems(user, items, means);
    for (std::size_t number = 0; number < items.size(); ++number) {
        const std::size_t item = index(items[number]);
        double spread = 0.0;
        double unknown = 0.0;
        for (const auto& sample : m_samples) {
            const float product =
                kernels::dot(sample->items.at(item), sample->users.at(at), sample->items.stride);
            const float score = product + (base(*sample, at) + sample->itemBiases[item]);
            const auto off = static_cast<double>(score - means[number]);
            spread += off * off;
            unknown += priorVariance(*sample, user, items[number]);
        }
        const auto count = static_cast<double>(m_samples.size());
        const double between = count > 1.0 ? spread / (count - 1.0) : 0.0;
        deviations[number] = static_cast<float>(std::sqrt(between + unknown / count));
    }
    return true;
}

double BayesianModel::noiseVariance(UserRow user) const noexcept
{
    double sum = 0.0;
    for (const auto& sample : m_samples) {
        sum += static_cast<double>(sample->noiseVariances[placeOf(user)]);
    }
    return sum / static_cast<double>(m_samples.size());
}

bool BayesianModel::ratingDeviations(UserRow user,
                                     std::span<const ItemRow> items,
                                     std::span<float> deviations) const
{
    if (!this->deviations(user, items, deviations)) {
        return false;
    }
    const double noise = noiseVariance(user);
    for (float& each : deviations) {
        each = static_cast<float>(std::sqrt(static_cast<double>(each) * static_cast<double>(each) + noise));
    }
    return true;
}

GaussianPrior BayesianModel::newUserPrior(const PosteriorSample& sample) const
{
    std::vector<std::uint32_t> known;
    for (std::size_t user = 0; user < m_subject.places->of.size(); ++user) {
        if (!m_subject.places->isNew[user]) {
            known.push_back(m_subject.places->of[user]);
        }
    }
    return newcomerPrior(
        sample.users, sample.userBiases, sample.userCovariance, known, sample.users.width - periodCount());
}

GaussianPrior BayesianModel::newItemPrior(const PosteriorSample& sample) const
{
    std::vector<std::uint32_t> known;
    for (std::size_t item = 0; item < sample.items.rows; ++item) {
        if (!isNew(static_cast<ItemRow>(item))) {
            known.push_back(static_cast<std::uint32_t>(item));
        }
    }
    return newcomerPrior(
        sample.items, sample.itemBiases, sample.itemCovariance, known, sample.items.width - periodCount());
}

/// With z = (q_i, 1) and t what item i's biases leave of a rating, the mean of N(A^-1 c, A^-1) as
/// GaussianBatch has it; behind vector and bias nothing.
Eigen::VectorXf BayesianModel::foldedUser(std::size_t sample, std::span<const PastEvent> history) const
{
    const PosteriorSample& from = *m_samples[sample];
    const std::size_t factors = from.items.width - periodCount();
    Posterior posterior(m_newcomers[sample]);
    for (const PastEvent& event : history) {
        if (event.domain >= 0) {
            continue;
        }
        const float* item = from.items.at(index(event.item));
        float rest = event.value - m_mean - from.itemBiases[index(event.item)];
        if (periodCount() > 0) {
            const std::uint16_t period = m_subject.periods->periodOf(event.time);
            rest -= period == RatingPeriods::none ? 0.0F : item[factors + period];
        }
        posterior.add(item, rest, from.noiseVariances[m_subject.places->shared]);
    }
    return posterior.mean();
}

/// Of each period in the newcomer's ratings with times, or in everybody's when there are none.
std::vector<float> BayesianModel::sharesOf(std::span<const PastEvent> history) const
{
    std::vector<float> shares(periodCount());
    float sum = 0.0F;
    for (const PastEvent& event : history) {
        const bool isTimed = event.domain < 0 && event.time != 0 && !shares.empty();
        if (isTimed) {
            shares[m_subject.periods->periodOf(event.time)] += 1.0F;
            sum += 1.0F;
        }
    }
    if (sum == 0.0F && !shares.empty()) {
        std::ranges::copy(m_subject.periods->sharesOfAll(), shares.begin());
        return shares;
    }
    for (float& share : shares) {
        share /= sum;
    }
    return shares;
}

bool BayesianModel::foldIn(std::span<const PastEvent> history, std::span<float> scores) const
{
    const bool hasTarget =
        std::ranges::any_of(history, [](const PastEvent& event) { return event.domain < 0; });
    if (!history.empty() && !hasTarget) {
        return false; // sources say nothing here
    }
    std::call_once(m_newcomersMade, [&] {
        for (const auto& sample : m_samples) {
            m_newcomers.push_back(newUserPrior(*sample));
        }
    });
    const std::vector<float> shares = sharesOf(history);
    std::fill(scores.begin(), scores.end(), 0.0F);
    std::vector<float> products(scores.size());
    for (std::size_t at = 0; at < m_samples.size(); ++at) {
        const FactorMatrix& items = m_samples[at]->items;
        const Eigen::VectorXf folded = foldedUser(at, history);
        std::vector<float> user(folded.begin(), folded.end() - 1);
        user.insert(user.end(), shares.begin(), shares.end());
        user.resize(items.stride);
        kernels::dotRows(
            items.values.data(), items.rows, items.stride, user.data(), items.stride, products.data());
        const float own = m_mean + folded[folded.size() - 1];
        for (std::size_t item = 0; item < scores.size(); ++item) {
            scores[item] += (products[item] + (own + m_samples[at]->itemBiases[item])) /
                            static_cast<float>(m_samples.size());
        }
    }
    return true;
}

bool BayesianModel::foldInItem(std::span<const Event> interactions,
                               std::span<const UserRow> users,
                               std::span<float> scores) const
{
    if (users.empty()) {
        return true;
    }
    std::call_once(m_newItemsMade, [&] {
        for (const auto& sample : m_samples) {
            m_newItems.push_back(newItemPrior(*sample));
        }
    });
    std::ranges::fill(scores, 0.0F);
    for (std::size_t at = 0; at < m_samples.size(); ++at) {
        const PosteriorSample& sample = *m_samples[at];
        Posterior posterior(m_newItems[at]);
        for (const Event& event : interactions) {
            const std::uint32_t user = placeOf(event.user);
            if (!isNew(event.user)) {
                posterior.add(
                    sample.users.at(user), event.value - base(sample, user), sample.noiseVariances[user]);
            }
        }
        const Eigen::VectorXf item = posterior.mean();
        const Eigen::Index factors = item.size() - 1;
        for (std::size_t each = 0; each < users.size(); ++each) {
            const std::uint32_t user = placeOf(users[each]);
            const Eigen::Map<const Eigen::VectorXf> own(sample.users.at(user), factors);
            scores[each] += (base(sample, user) + item[factors] + own.dot(item.head(factors))) /
                            static_cast<float>(m_samples.size());
        }
    }
    return true;
}

std::vector<std::pair<std::string, Matrix>> BayesianModel::factors() const
{
    const PosteriorSample& last = *m_samples.back();
    const std::vector<std::uint32_t>& places = m_subject.places->of;
    const auto byUser = [&](const Matrix& known) {
        Matrix rows(place(places.size()), known.cols());
        for (Eigen::Index user = 0; user < rows.rows(); ++user) {
            rows.row(user) = known.row(places[static_cast<std::size_t>(user)]);
        }
        return rows;
    };
    return {{"users", byUser(last.users.matrix())},
            {"items", last.items.matrix()},
            {"user-biases", byUser(biasColumn(last.userBiases))},
            {"item-biases", biasColumn(last.itemBiases)},
            {"noise-variances", byUser(biasColumn(last.noiseVariances))}};
}

std::optional<std::string> BayesianModel::serialised() const
{
    ModelWriter writer(mark);
    writer.number(m_samples.size());
    writer.number(m_samples.front()->items.width);
    writer.number(m_subject.places->shared);
    writer.number(m_subject.places->of.size());
    for (const std::uint32_t place : m_subject.places->of) {
        writer.number(place);
    }
    for (const auto& sample : m_samples) {
        writer.matrix(sample->users);
        writer.matrix(sample->items);
        writer.array(sample->userBiases);
        writer.array(sample->itemBiases);
        write(writer, sample->userCovariance);
        write(writer, sample->itemCovariance);
        write(writer, sample->untoldUserCovariance);
        write(writer, sample->untoldItemCovariance);
        writer.array(sample->noiseVariances);
    }
    return writer.finish();
}

Result<std::shared_ptr<const Model>> BayesianModel::restored(Subject subject, std::string_view bytes)
{
    const InteractionMatrix& ratings = subject.data->target.interactions;
    ModelReader reader(mark, bytes);
    const std::uint64_t count = reader.number();
    const std::uint64_t width = reader.number();
    const bool placed = readPlaces(reader, subject);
    const std::size_t rows = subject.places->rows();
    Samples samples;
    bool fits = placed && count > 0 && ratings.userCount() == subject.data->userCount;
    for (std::uint64_t at = 0; fits && at < count; ++at) {
        auto sample = std::make_shared<PosteriorSample>();
        sample->users = reader.matrix(rows);
        sample->items = reader.matrix(ratings.itemCount());
        sample->userBiases = reader.array(rows);
        sample->itemBiases = reader.array(ratings.itemCount());
        fits = reader.ok() && sample->users.width == width && sample->items.width == width;
        if (fits) {
            sample->userCovariance = readSquare(reader, width + 1);
            sample->itemCovariance = readSquare(reader, width + 1);
            sample->untoldUserCovariance = readSquare(reader, width + 1);
            sample->untoldItemCovariance = readSquare(reader, width + 1);
            sample->noiseVariances = reader.array(rows);
            samples.push_back(std::move(sample));
        }
    }
    if (!reader.finished() || !fits) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The stored model does not belong to this data or is damaged. Run its spec again."));
    }
    return std::make_shared<const BayesianModel>(std::move(subject), std::move(samples));
}

} // namespace transept
