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
