#include "core/model/BayesianModel.h"

#include "core/base/Kernels.h"
#include "core/model/FactorModel.h"

#include <Eigen/Cholesky>

#include <cmath>

namespace transept {
namespace {

constexpr std::string_view mark = "GMF1";

Eigen::Index place(std::size_t at)
{
    return static_cast<Eigen::Index>(at);
}

/// The inverse of the precision, factors times `factorScale`, bias times `biasScale`.
Matrix covariance(const GaussianPrior& prior, double factorScale, double biasScale)
{
    const Eigen::Index size = prior.mean.size();
    Eigen::VectorXd scales = Eigen::VectorXd::Constant(size, factorScale);
    scales[size - 1] = biasScale;
    const Eigen::MatrixXd inverse = prior.precision.llt().solve(Eigen::MatrixXd::Identity(size, size));
    return (scales.asDiagonal() * inverse * scales.asDiagonal()).cast<float>();
}

void setToMean(const GaussianPrior& prior, double factorScale, std::span<float> row)
{
    for (std::size_t number = 0; number < row.size(); ++number) {
        row[number] = static_cast<float>(factorScale * prior.mean[place(number)]);
    }
}

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

} // namespace

std::vector<std::uint32_t> userPlaces(const InteractionMatrix& ratings)
{
    std::vector<std::uint32_t> places(ratings.userCount());
    std::uint32_t known = 0;
    for (std::size_t user = 0; user < places.size(); ++user) {
        places[user] = ratings.itemsOf(static_cast<UserRow>(user)).empty() ? UINT32_MAX : known++;
    }
    std::ranges::replace(places, UINT32_MAX, known);
    return places;
}

PosteriorSample keptSample(const GibbsSampler& chain, std::span<const std::uint32_t> places)
{
    const GibbsSide& users = chain.users();
    const GibbsSide& items = chain.items();
    const double scale = chain.scale();
    const std::size_t known = users.rows.size();
    const auto scaled = [&](double number) { return static_cast<float>(scale * number); };
    PosteriorSample kept{.users = FactorMatrix(known + 1, users.factors.width),
                         .items = items.factors,
                         .userBiases = std::vector<float>(known + 1),
                         .itemBiases = items.biases,
                         .userCovariance = covariance(users.prior, 1.0, scale),
                         .itemCovariance = covariance(items.prior, scale, scale),
                         .noiseVariances = std::vector<float>(known + 1)};
    for (const std::uint32_t row : users.rows) {
        std::ranges::copy(users.factors.row(row), kept.users.row(places[row]).begin());
        kept.userBiases[places[row]] = scaled(static_cast<double>(users.biases[row]));
        kept.noiseVariances[places[row]] =
            static_cast<float>(chain.noiseVariance(static_cast<double>(users.noiseWeights[row])));
    }
    setToMean(users.prior, 1.0, kept.users.row(known));
    const Eigen::Index bias = users.prior.mean.size() - 1;
    kept.userBiases[known] = scaled(users.prior.mean[bias]);
    kept.noiseVariances[known] = static_cast<float>(chain.noiseOfNewUsers());
    kernels::scale(static_cast<float>(scale), kept.items.values.data(), kept.items.values.size());
    kernels::scale(static_cast<float>(scale), kept.itemBiases.data(), kept.itemBiases.size());
    std::size_t next = 0; // of the rows with ratings, which ascend
    for (std::size_t item = 0; item < kept.items.rows; ++item) {
        if (next < items.rows.size() && items.rows[next] == item) {
            ++next;
        } else {
            setToMean(items.prior, scale, kept.items.row(item));
            kept.itemBiases[item] = scaled(items.prior.mean[bias]);
        }
    }
    return kept;
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
        state.list(sample.noiseVariances);
        if (state.isRestoring()) {
            samples.push_back(std::make_shared<const PosteriorSample>(std::move(sample)));
        }
    }
}

BayesianModel::BayesianModel(std::shared_ptr<const TrainingData> data,
                             std::shared_ptr<const std::vector<std::uint32_t>> places,
                             Samples samples)
    : m_data(std::move(data))
    , m_places(std::move(places))
    , m_samples(std::move(samples))
    , m_mean(static_cast<float>(m_data->target.interactions.mean()))
{
}

void BayesianModel::score(UserRow user, std::span<float> scores) const
{
    const std::uint32_t at = (*m_places)[index(user)];
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
    const std::uint32_t at = (*m_places)[index(user)];
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

double BayesianModel::priorVariance(const PosteriorSample& sample, UserRow user, ItemRow item) const
{
    double sum = 0.0;
    if (isNew(user)) {
        sum += variance(sample.items.row(index(item)), sample.userCovariance);
    }
    if (isNew(item)) {
        sum += variance(sample.users.row((*m_places)[index(user)]), sample.itemCovariance);
    }
    if (isNew(user) && isNew(item)) {
        const Eigen::Index factors = place(sample.items.width);
        sum += static_cast<double>(sample.userCovariance.topLeftCorner(factors, factors)
                                       .cwiseProduct(sample.itemCovariance.topLeftCorner(factors, factors))
                                       .sum());
    }
    return sum;
}

bool BayesianModel::deviations(UserRow user,
                               std::span<const ItemRow> items,
                               std::span<float> deviations) const
{
    const std::uint32_t at = (*m_places)[index(user)];
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
        sum += static_cast<double>(sample->noiseVariances[(*m_places)[index(user)]]);
    }
    return sum / static_cast<double>(m_samples.size());
}

std::vector<std::pair<std::string, Matrix>> BayesianModel::factors() const
{
    const PosteriorSample& last = *m_samples.back();
    const Matrix known = last.users.matrix();
    const Matrix knownBiases = biasColumn(last.userBiases);
    Matrix users(place(m_places->size()), known.cols());
    Matrix biases(users.rows(), 1);
    for (Eigen::Index user = 0; user < users.rows(); ++user) {
        const auto at = static_cast<Eigen::Index>((*m_places)[static_cast<std::size_t>(user)]);
        users.row(user) = known.row(at);
        biases.row(user) = knownBiases.row(at);
    }
    return {{"users", std::move(users)},
            {"items", last.items.matrix()},
            {"user-biases", std::move(biases)},
            {"item-biases", biasColumn(last.itemBiases)}};
}

std::optional<std::string> BayesianModel::serialised() const
{
    ModelWriter writer(mark);
    writer.number(m_samples.size());
    writer.number(m_samples.front()->items.width);
    for (const auto& sample : m_samples) {
        writer.matrix(sample->users);
        writer.matrix(sample->items);
        writer.array(sample->userBiases);
        writer.array(sample->itemBiases);
        write(writer, sample->userCovariance);
        write(writer, sample->itemCovariance);
        writer.array(sample->noiseVariances);
    }
    return writer.finish();
}

Result<std::shared_ptr<const Model>> BayesianModel::restored(std::shared_ptr<const TrainingData> data,
                                                             std::string_view bytes)
{
    const InteractionMatrix& ratings = data->target.interactions;
    auto places = std::make_shared<const std::vector<std::uint32_t>>(userPlaces(ratings));
    std::size_t known = 0;
    for (std::size_t user = 0; user < ratings.userCount(); ++user) {
        known += ratings.itemsOf(static_cast<UserRow>(user)).empty() ? 0 : 1;
    }
    ModelReader reader(mark, bytes);
    const std::uint64_t count = reader.number();
    const std::uint64_t width = reader.number();
    Samples samples;
    bool fits = count > 0 && ratings.userCount() == data->userCount;
    for (std::uint64_t at = 0; fits && at < count; ++at) {
        auto sample = std::make_shared<PosteriorSample>();
        sample->users = reader.matrix(known + 1);
        sample->items = reader.matrix(ratings.itemCount());
        sample->userBiases = reader.array(known + 1);
        sample->itemBiases = reader.array(ratings.itemCount());
        fits = reader.ok() && sample->users.width == width && sample->items.width == width;
        if (fits) {
            sample->userCovariance = readSquare(reader, width + 1);
            sample->itemCovariance = readSquare(reader, width + 1);
            sample->noiseVariances = reader.array(known + 1);
            samples.push_back(std::move(sample));
        }
    }
    if (!reader.finished() || !fits) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The stored model does not belong to this data or is damaged. Run its spec again."));
    }
    return std::make_shared<const BayesianModel>(std::move(data), std::move(places), std::move(samples));
}

} // namespace transept
