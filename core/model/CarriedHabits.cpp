#include "core/model/CarriedHabits.h"

#include "core/base/Kernels.h"
#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"

#include <Eigen/Cholesky>

#include <algorithm>

namespace transept {
namespace {

constexpr std::size_t teachersPerBlock = 256;

/// On the target's scale.
double itemBias(const ReasonDomain& domain, ItemRow item)
{
    return domain.data.scale * static_cast<double>(domain.factors->itemBiases[index(item)]);
}

/// The sums that the weights are the solution of.
struct NormalSums
{
    using Terms = CarriedHabits::Terms;

    Eigen::Matrix<double, Terms::SizeAtCompileTime, Terms::SizeAtCompileTime> squares =
        decltype(squares)::Zero();
    Terms products = Terms::Zero();
    double count = 0.0;

    void add(const Terms& x, double y)
    {
        squares.noalias() += x * x.transpose();
        products += y * x;
        count += 1.0;
    }

    NormalSums& operator+=(const NormalSums& other)
    {
        squares += other.squares;
        products += other.products;
        count += other.count;
        return *this;
    }

    CarriedHabits solved(double lambda) const
    {
        auto left = squares;
        left.diagonal() *= 1.0 + lambda / std::max(count, 1.0);
        for (Eigen::Index term = 0; term < left.rows(); ++term) {
            left(term, term) = left(term, term) > 0.0 ? left(term, term) : 1.0; // it never differs from 0
        }
        const Terms weights = left.llt().solve(products);
        CarriedHabits carried;
        std::ranges::transform(
            weights, carried.weights.begin(), [](double weight) { return static_cast<float>(weight); });
        return carried;
    }
};

/// b_i' of the ratings of one domain.
class BiasesWithoutTheRating
{
public:
    BiasesWithoutTheRating(const InteractionMatrix& ratings, const FactorParameters& factors, double lambda)
        : m_ratings(ratings)
        , m_factors(factors)
        , m_lambda(lambda)
    {
    }

    double of(std::size_t user, ItemRow item, double rating) const
    {
        const std::size_t row = index(item);
        const float taste =
            kernels::dot(m_factors.users.at(user), m_factors.items.at(row), m_factors.items.stride);
        const auto bias = static_cast<double>(m_factors.itemBiases[row]);
        const double error = rating - static_cast<double>(m_factors.mean) -
                             static_cast<double>(m_factors.userBiases[user]) - bias -
                             static_cast<double>(taste);
        const double others = static_cast<double>(m_ratings.usersOf(item).size()) - 1.0 + m_lambda;
        return bias - error / others;
    }

private:
    const InteractionMatrix& m_ratings;
    const FactorParameters& m_factors;
    double m_lambda;
};

} // namespace

SourceHabits::SourceHabits(std::vector<ReasonDomain> sources, double lambda, double meanSquare)
    : m_sources(std::move(sources))
    , m_lambda(lambda)
    , m_meanSquare(meanSquare)
{
}

double meanSquareOfBiases(std::span<const ReasonDomain> sources)
{
    double squares = 0.0;
    double ratings = 0.0;
    for (const ReasonDomain& source : sources) {
        const InteractionMatrix& interactions = source.data.data->interactions;
        for (std::size_t item = 0; !source.data.isImplicit() && item < interactions.itemCount(); ++item) {
            const auto raters = static_cast<double>(interactions.usersOf(static_cast<ItemRow>(item)).size());
            const double bias = itemBias(source, static_cast<ItemRow>(item));
            squares += raters * bias * bias;
            ratings += raters;
        }
    }
    return ratings > 0.0 ? squares / ratings : 0.0;
}

template<typename Visit>
RatingHabits SourceHabits::habitsOf(const Visit& visit) const
{
    double count = 0.0;
    double errors = 0.0;
    double biases = 0.0;
    double squares = 0.0;
    double products = 0.0;
    visit([&](const ReasonDomain& source, ItemRow item, float rating) {
        if (source.data.isImplicit()) {
            return;
        }
        const double bias = itemBias(source, item);
        const double offset = static_cast<double>(rating) - static_cast<double>(source.factors->mean);
        const double error = source.data.scale * offset - bias;
        count += 1.0;
        errors += error;
        biases += bias;
        squares += bias * bias;
        products += error * bias;
    });
    const double own = errors / (count + m_lambda);
    const double pulled = squares + m_lambda * m_meanSquare;
    return {.bias = own, .scale = pulled > 0.0 ? (products - own * biases) / pulled : 0.0};
}

RatingHabits SourceHabits::of(UserRow user) const
{
    return habitsOf([&](const auto& take) {
        for (const ReasonDomain& source : m_sources) {
            const InteractionMatrix& interactions = source.data.data->interactions;
            const auto items = interactions.itemsOf(user);
            const auto values = interactions.valuesOf(user);
            for (std::size_t at = 0; at < items.size(); ++at) {
                take(source, items[at], values[at]);
            }
        }
    });
}

RatingHabits SourceHabits::of(std::span<const PastEvent> history) const
{
    return habitsOf([&](const auto& take) {
        for (const PastEvent& event : history) {
            if (event.domain >= 0) {
                take(m_sources[static_cast<std::size_t>(event.domain)], event.item, event.value);
            }
        }
    });
}

CarriedHabits::Terms CarriedHabits::terms(const RatingHabits& habits, double itemBias)
{
    return Terms{habits.bias,
                 habits.scale,
                 itemBias,
                 habits.bias * itemBias,
                 habits.scale * itemBias,
                 itemBias * std::abs(itemBias)};
}

double CarriedHabits::userBias(const RatingHabits& habits) const
{
    return static_cast<double>(weights[0]) * habits.bias + static_cast<double>(weights[1]) * habits.scale;
}

std::array<double, CarriedHabits::width> CarriedHabits::userNumbers(const RatingHabits& habits) const
{
    return {static_cast<double>(weights[2]) + static_cast<double>(weights[3]) * habits.bias +
                static_cast<double>(weights[4]) * habits.scale,
            static_cast<double>(weights[5])};
}

Result<CarriedHabits> learnCarriedHabits(const SourceHabits& habits,
                                         const InteractionMatrix& ratings,
                                         const FactorParameters& target,
                                         std::span<const std::size_t> teachers,
                                         double lambdaItem,
                                         const JobContext& job)
{
    const BiasesWithoutTheRating biases(ratings, target, lambdaItem);
    std::vector<NormalSums> sums((teachers.size() + teachersPerBlock - 1) / teachersPerBlock);
    TaskGuard guard(job);
    forEachBlock(
        teachers.size(), teachersPerBlock, [&](std::size_t block, std::size_t first, std::size_t last) {
            for (std::size_t at = first; at < last && guard.mayGoOn(); ++at) {
                const auto user = static_cast<UserRow>(teachers[at]);
                const RatingHabits known = habits.of(user);
                const auto items = ratings.itemsOf(user);
                const auto values = ratings.valuesOf(user);
                for (std::size_t entry = 0; entry < items.size(); ++entry) {
                    const auto rating = static_cast<double>(values[entry]);
                    const double bias = biases.of(teachers[at], items[entry], rating);
                    sums[block].add(CarriedHabits::terms(known, bias),
                                    rating - static_cast<double>(target.mean) - bias);
                }
            }
        });
    if (const Status status = guard.status(); !status) {
        return passOn(status);
    }
    NormalSums all;
    for (const NormalSums& block : sums) {
        all += block;
    }
    return all.solved(habits.lambda());
}

} // namespace transept
