#include "core/model/ImplicitInfluence.h"

#include "core/base/Processors.h"
#include "core/model/RandomStreams.h"

#include <Eigen/Cholesky>

#include <cmath>

namespace transept {
namespace {

Eigen::Index place(std::size_t at)
{
    return static_cast<Eigen::Index>(at);
}

/// sum += weight_u * row_u over the users
FOR_EVERY_PROCESSOR
void addWeighted(const FactorMatrix& rows, std::span<const UserRow> users, const float* weights, float* sum)
{
    const std::size_t stride = rows.stride;
    const float* values = rows.values.data();
    for (const UserRow user : users) {
        const std::size_t at = index(user);
        const float weight = weights[at];
        for (std::size_t number = 0; number < stride; ++number) {
            sum[number] += weight * values[at * stride + number];
        }
    }
}

/// row_u -= weight_u * change over the users
FOR_EVERY_PROCESSOR
void takeWeighted(FactorMatrix& rows,
                  std::span<const UserRow> users,
                  const float* weights,
                  const float* change)
{
    const std::size_t stride = rows.stride;
    float* values = rows.values.data();
    for (const UserRow user : users) {
        const std::size_t at = index(user);
        const float weight = weights[at];
        for (std::size_t number = 0; number < stride; ++number) {
            values[at * stride + number] -= weight * change[number];
        }
    }
}

} // namespace

ImplicitInfluence::ImplicitInfluence(const InteractionMatrix& ratings, std::size_t size, std::uint64_t seed)
    : m_ratings(ratings)
    , m_seed(seed)
    , m_offsets(ratings.userCount(), size)
    , m_influences(ratings.itemCount(), size)
    , m_weights(ratings.userCount())
    , m_strengths(ratings.itemCount())
{
    for (std::size_t user = 0; user < m_weights.size(); ++user) {
        const std::size_t count = ratings.itemsOf(static_cast<UserRow>(user)).size();
        m_weights[user] = count > 0 ? 1.0F / std::sqrt(static_cast<float>(count)) : 0.0F;
    }
    for (std::size_t item = 0; item < m_strengths.size(); ++item) {
        const auto row = static_cast<ItemRow>(item);
        for (const UserRow user : ratings.usersOf(row)) {
            const auto weight = static_cast<double>(m_weights[index(user)]);
            m_strengths[item] += weight * weight;
        }
        if (!ratings.usersOf(row).empty()) {
            m_items.push_back(row);
        }
    }
}

void ImplicitInfluence::addTo(Moments& moments) const
{
    const Matrix all = m_influences.matrix(); // zero where items have no ratings
    moments.products += m_lambda * (all.transpose() * all).cast<double>();
    moments.centred += static_cast<double>(m_items.size());
}

void ImplicitInfluence::turn(const Users& users)
{
    const std::size_t bias = users.factors.width;
    const Eigen::VectorXf mean = users.prior.mean.cast<float>();
    for (const std::uint32_t row : users.rows) {
        float* offset = m_offsets.at(row);
        for (std::size_t number = 0; number < bias; ++number) {
            offset[number] = users.factors.at(row)[number] - mean[place(number)] - offset[number];
        }
        offset[bias] = users.biases[row] - mean[place(bias)] - offset[bias];
    }
}

void ImplicitInfluence::drawItem(ItemRow item, const Eigen::MatrixXd& noiseRoot, Random& random)
{
    // With e_u = x_u - m - h_u the conditional is N(mean, (s + lambda)^-1 P^-1), s = sum w_u^2,
    // mean = (sum w_u e_u + s y_j) / (s + lambda).
    const std::size_t size = m_influences.width;
    const std::span<const UserRow> users = m_ratings.usersOf(item);
    std::vector<float> sum(m_offsets.stride);
    addWeighted(m_offsets, users, m_weights.data(), sum.data());
    std::vector<float> normals(size);
    drawNormals(random, normals);
    const Eigen::VectorXd noise =
        noiseRoot * Eigen::Map<const Eigen::VectorXf>(normals.data(), place(size)).cast<double>();
    const double strength = m_strengths[index(item)];
    const double precision = strength + m_lambda;
    float* influence = m_influences.at(index(item));
    std::vector<float> change(m_offsets.stride);
    for (std::size_t number = 0; number < size; ++number) {
        const auto old = static_cast<double>(influence[number]);
        const double mean = (static_cast<double>(sum[number]) + strength * old) / precision;
        const double drawn = mean + noise[place(number)] / std::sqrt(precision);
        influence[number] = static_cast<float>(drawn);
        change[number] = static_cast<float>(drawn - old);
    }
    takeWeighted(m_offsets, users, m_weights.data(), change.data());
}

void ImplicitInfluence::draw(const Users& users, int number, TaskGuard& guard)
{
    const Eigen::Index size = users.prior.mean.size();
    const Eigen::LLT<Eigen::MatrixXd> factor(users.prior.precision);
    const Eigen::MatrixXd noiseRoot = factor.matrixU().solve(Eigen::MatrixXd::Identity(size, size));
    turn(users);
    for (const ItemRow item : m_items) {
        if (!guard.mayGoOn()) {
            return;
        }
        Random random = randomFor(m_seed,
                                  Purpose::InfluenceSamples,
                                  static_cast<std::uint64_t>(index(item)),
                                  static_cast<std::uint64_t>(number));
        drawItem(item, noiseRoot, random);
    }
    turn(users);

    const Matrix all = m_influences.matrix();
    const Eigen::MatrixXd products = (all.transpose() * all).cast<double>();
    const double squares = users.prior.precision.cwiseProduct(products).sum();
    Random random = randomFor(
        m_seed, Purpose::InfluenceSamples, m_ratings.itemCount(), static_cast<std::uint64_t>(number));
    const double shape = 1.0 + 0.5 * static_cast<double>(size) * static_cast<double>(m_items.size());
    m_lambda = drawGamma(random, shape) / (1.0 + 0.5 * squares);
}

} // namespace transept
