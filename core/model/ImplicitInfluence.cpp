#include "core/model/ImplicitInfluence.h"

#include "core/base/Kernels.h"
#include "core/base/Processors.h"
#include "core/model/Place.h"
#include "core/model/RandomStreams.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

/// Rows lie anywhere in memory: so many before its turn a row is sent for.
constexpr std::size_t rowsAhead = 8;

/// sum += weight_u * row_u over the users
FOR_EVERY_PROCESSOR
void addWeighted(const FactorMatrix& rows, std::span<const UserRow> users, const float* weights, float* sum)
{
    const std::size_t stride = rows.stride;
    const float* values = rows.values.data();
    for (std::size_t number = 0; number < users.size(); ++number) {
        const float* soon = values + index(users[std::min(number + rowsAhead, users.size() - 1)]) * stride;
        for (std::size_t line = 0; line < stride; line += FactorMatrix::lanes) {
            __builtin_prefetch(soon + line);
        }
        const std::size_t at = index(users[number]);
        const float weight = weights[at];
        for (std::size_t column = 0; column < stride; ++column) {
            sum[column] += weight * values[at * stride + column];
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

/// Every row r becomes basis' r.
void turn(FactorMatrix& rows, const Eigen::MatrixXf& basis)
{
    using Rows = Eigen::Map<Matrix, 0, Eigen::OuterStride<>>;
    Rows all(
        rows.values.data(), place(rows.rows), place(rows.width), Eigen::OuterStride<>(place(rows.stride)));
    all = Matrix(all * basis);
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

void ImplicitInfluence::swapOffsetsAndRests(const Users& users)
{
    const std::size_t bias = users.factors.width;
    const Eigen::VectorXf mean = users.prior.mean.cast<float>();
    for (const std::uint32_t row : users.rows) {
        float* offset = m_offsets.at(row);
        if (users.beside != nullptr) {
            kernels::addScaled(1.0F, users.beside->at(row), offset, m_offsets.width);
        }
        for (std::size_t number = 0; number < bias; ++number) {
            offset[number] = users.factors.at(row)[number] - mean[place(number)] - offset[number];
        }
        offset[bias] = users.biases[row] - mean[place(bias)] - offset[bias];
    }
}

void ImplicitInfluence::drawItem(ItemRow item, const Eigen::VectorXd& precisions, Random& random)
{
    // With e_u = x_u - m - h_u and s = sum w_u^2 every number is drawn for itself from
    // N(p (sum w_u e_u + s y_j) / (s p + lambda), 1 / (s p + lambda)), p its precision.
    const std::size_t size = m_influences.width;
    const std::span<const UserRow> users = m_ratings.usersOf(item);
    std::vector<float> sum(m_offsets.stride);
    addWeighted(m_offsets, users, m_weights.data(), sum.data());
    std::vector<float> normals(size);
    drawNormals(random, normals);
    const double strength = m_strengths[index(item)];
    float* influence = m_influences.at(index(item));
    std::vector<float> change(m_offsets.stride);
    for (std::size_t number = 0; number < size; ++number) {
        const double precision = strength * precisions[place(number)] + m_lambda;
        const auto old = static_cast<double>(influence[number]);
        const double pull = static_cast<double>(sum[number]) + strength * old;
        const double drawn = precisions[place(number)] * pull / precision +
                             static_cast<double>(normals[number]) / std::sqrt(precision);
        influence[number] = static_cast<float>(drawn);
        change[number] = static_cast<float>(drawn - old);
    }
    takeWeighted(m_offsets, users, m_weights.data(), change.data());
}

void ImplicitInfluence::draw(const Users& users, int number, TaskGuard& guard)
{
    // In the directions in which P is diagonal the numbers of a vector are independent.
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> directions(users.prior.precision);
    const Eigen::MatrixXf basis = directions.eigenvectors().cast<float>();
    swapOffsetsAndRests(users);
    turn(m_offsets, basis);
    turn(m_influences, basis);
    for (const ItemRow item : m_items) {
        if (!guard.mayGoOn()) {
            return;
        }
        Random random = randomFor(m_seed,
                                  Purpose::InfluenceSamples,
                                  static_cast<std::uint64_t>(index(item)),
                                  static_cast<std::uint64_t>(number));
        drawItem(item, directions.eigenvalues(), random);
    }
    turn(m_offsets, basis.transpose());
    turn(m_influences, basis.transpose());
    swapOffsetsAndRests(users);

    double squares = 0.0;
    for (const float value : m_influences.values) {
        squares += static_cast<double>(value) * static_cast<double>(value);
    }
    Random random = randomFor(
        m_seed, Purpose::InfluenceSamples, m_ratings.itemCount(), static_cast<std::uint64_t>(number));
    const auto count = static_cast<double>(m_influences.width * m_items.size());
    m_lambda = drawPrecision(random, {}, count, squares);
}

} // namespace transept
