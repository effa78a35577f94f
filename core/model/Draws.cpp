#include "core/model/Draws.h"

#include <Eigen/Cholesky>

#include <array>
#include <cmath>

namespace transept {
namespace {

constexpr std::size_t layerCount = 256;
constexpr double tailStart = 3.6541528853610088; ///< of 256 layers
constexpr double layerArea = 0.00492867323399;

double bell(double x)
{
    return std::exp(-0.5 * x * x);
}

/// Layer n of the area under the bell curve reaches to `edges[n]`; what lies within `edges[n + 1]` is wholly
/// under it. Layer 0 is the tail with a box of the same area.
struct Layers
{
    std::array<double, layerCount + 1> edges{};
    std::array<double, layerCount + 1> heights{};

    Layers()
    {
        edges[0] = layerArea / bell(tailStart);
        edges[1] = tailStart;
        for (std::size_t layer = 2; layer < layerCount; ++layer) {
            const double height = layerArea / edges[layer - 1] + bell(edges[layer - 1]);
            edges[layer] = std::sqrt(-2.0 * std::log(height));
        }
        for (std::size_t layer = 0; layer <= layerCount; ++layer) {
            heights[layer] = bell(edges[layer]);
        }
    }
};

const Layers& layers()
{
    static const Layers made;
    return made;
}

/// Beyond tailStart (Marsaglia 1964).
double drawTail(Random& random)
{
    while (true) {
        const double beyond = -std::log(1.0 - random.uniform()) / tailStart;
        const double against = -std::log(1.0 - random.uniform());
        if (against + against > beyond * beyond) {
            return tailStart + beyond;
        }
    }
}

double drawNormal(Random& random, const Layers& shape)
{
    while (true) {
        const std::uint64_t bits = random.next();
        const std::size_t layer = bits % layerCount;
        const double place = static_cast<double>(static_cast<std::int64_t>(bits) >> 11) * 0x1.0p-52; // -1...1
        const double x = place * shape.edges[layer];
        if (std::abs(x) < shape.edges[layer + 1]) {
            return x;
        }
        if (layer == 0) {
            return std::copysign(drawTail(random), x);
        }
        const double height =
            shape.heights[layer] + random.uniform() * (shape.heights[layer + 1] - shape.heights[layer]);
        if (height < bell(x)) {
            return x;
        }
    }
}

} // namespace

void drawNormals(Random& random, std::span<float> values)
{
    const Layers& shape = layers();
    for (float& value : values) {
        value = static_cast<float>(drawNormal(random, shape));
    }
}

double drawGamma(Random& random, double shape)
{
    if (shape < 1.0) {
        return drawGamma(random, shape + 1.0) * std::pow(1.0 - random.uniform(), 1.0 / shape);
    }
    const double d = shape - 1.0 / 3.0;
    const double c = 1.0 / std::sqrt(9.0 * d);
    while (true) {
        const double x = drawNormal(random, layers());
        const double root = 1.0 + c * x;
        if (root <= 0.0) {
            continue;
        }
        const double v = root * root * root;
        if (std::log(1.0 - random.uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) {
            return d * v;
        }
    }
}

double drawPrecision(Random& random, const GammaPrior& prior, double count, double squares)
{
    return drawGamma(random, prior.shape + 0.5 * count) / (prior.rate + 0.5 * squares);
}

Eigen::MatrixXd drawWishart(Random& random, const Eigen::MatrixXd& root, double freedom)
{
    const Eigen::Index size = root.rows();
    Eigen::MatrixXd triangle = Eigen::MatrixXd::Zero(size, size);
    for (Eigen::Index row = 0; row < size; ++row) {
        for (Eigen::Index column = 0; column < row; ++column) {
            triangle(row, column) = drawNormal(random, layers());
        }
        triangle(row, row) = std::sqrt(2.0 * drawGamma(random, 0.5 * (freedom - static_cast<double>(row))));
    }
    const Eigen::MatrixXd scaled = root * triangle;
    return scaled * scaled.transpose();
}

GaussianPrior drawPrior(
    Random& random, const Moments& rows, double scatter, double weight, const Moments& aroundZero)
{
    const Eigen::Index size = rows.sum.size();
    const double total = weight + rows.count;
    const Eigen::VectorXd centre = rows.sum / total;
    // With S the rows' scatter around their mean m:  S + n weight / total m m' = sum x x' - total centre
    // centre'
    Eigen::MatrixXd inverseScale = rows.products - total * centre * centre.transpose();
    inverseScale.diagonal().array() += scatter;
    if (aroundZero.count > 0.0) {
        inverseScale += aroundZero.products;
    }
    const Eigen::LLT<Eigen::MatrixXd> factor(inverseScale); // W^-1 = M M', so W = M'^-1 M^-1
    const Eigen::MatrixXd root = factor.matrixU().solve(Eigen::MatrixXd::Identity(size, size));

    GaussianPrior prior;
    prior.precision = drawWishart(random, root, static_cast<double>(size) + rows.count + aroundZero.count);
    Eigen::VectorXd noise(size);
    for (double& value : noise) {
        value = drawNormal(random, layers());
    }
    const Eigen::LLT<Eigen::MatrixXd> precision(prior.precision);
    prior.mean = centre + precision.matrixU().solve(noise) / std::sqrt(total);
    return prior;
}

tl::unexpected<Error> samplesRanAway(int sweep)
{
    return fail(ErrorCode::Diverged,
                TRANSLATABLE("errors",
                             "The samples ran away in sweep %1: their numbers are no longer finite. Look for "
                             "values far out of the scale of the ratings, or take fewer factors."),
                {std::to_string(sweep)});
}

} // namespace transept
