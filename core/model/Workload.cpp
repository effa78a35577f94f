#include "core/model/Workload.h"

#include "core/model/PlacedVectors.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

namespace transept {
namespace {

constexpr double floatBytes = sizeof(float);

template<typename Row, typename LengthOf>
double squaresOf(std::size_t rows, const LengthOf& lengthOf)
{
    double sum = 0.0;
    for (std::size_t row = 0; row < rows; ++row) {
        const auto length = static_cast<double>(lengthOf(static_cast<Row>(row)));
        sum += length * length;
    }
    return sum;
}

/// Those that facets have, by what they hold.
double differentVectors(const FacetVectors& facets)
{
    VectorNumbers numbers(static_cast<std::size_t>(facets.vectors().cols()));
    std::vector<PlacedVector> different;
    std::vector<bool> isSeen(static_cast<std::size_t>(facets.vectors().rows()) + 1, false);
    for (std::size_t item = 0; item < facets.items(); ++item) {
        for (const std::int32_t row : facets.rowsOf(item)) {
            const auto place = static_cast<std::size_t>(row - FacetVectors::noRow);
            if (!isSeen[place]) {
                isSeen[place] = true;
                numbers.of(facets.at(row), different);
            }
        }
    }
    return static_cast<double>(different.size());
}

void addKnowledge(const ItemKnowledge& knowledge, DomainShape& shape)
{
    shape.dimension = knowledge.dimension();
    shape.numberBytes = knowledge.vectors.bytesOfNumber();
    std::unordered_map<std::uint32_t, double> items; // by term
    for (const std::vector<TermWeight>& terms : knowledge.termWeights) {
        shape.terms += static_cast<double>(terms.size());
        for (const TermWeight& term : terms) {
            items[term.term] += 1.0;
        }
    }
    for (const auto& [term, count] : items) {
        shape.termSquares += count * count;
        shape.vocabulary += count > 1.0 ? 1.0 : 0.0;
    }
    for (const std::vector<Facet>& facets : knowledge.facets) {
        shape.facets += static_cast<double>(facets.size());
    }
    shape.vectors = static_cast<double>(knowledge.vectors.rows()) + differentVectors(knowledge.facetVectors);
}

DomainShape shapeOf(const TrainingDomain& domain)
{
    const InteractionMatrix& matrix = domain.interactions;
    DomainShape shape{.kind = domain.kind,
                      .items = static_cast<double>(matrix.itemCount()),
                      .interactions = static_cast<double>(matrix.size())};
    for (std::size_t user = 0; user < matrix.userCount(); ++user) {
        shape.users += matrix.itemsOf(static_cast<UserRow>(user)).empty() ? 0.0 : 1.0;
    }
    shape.userSquares =
        squaresOf<UserRow>(matrix.userCount(), [&](UserRow user) { return matrix.itemsOf(user).size(); });
    shape.itemSquares =
        squaresOf<ItemRow>(matrix.itemCount(), [&](ItemRow item) { return matrix.usersOf(item).size(); });
    if (domain.knowledge != nullptr) {
        addKnowledge(*domain.knowledge, shape);
    }
    return shape;
}

} // namespace

Work& Work::operator+=(const Work& other) noexcept
{
    products += other.products;
    streamed += other.streamed;
    scattered += other.scattered;
    nearby += other.nearby;
    steps += other.steps;
    return *this;
}

Work operator+(Work a, const Work& b) noexcept
{
    return a += b;
}

Work operator*(double factor, const Work& work) noexcept
{
    return {.products = factor * work.products,
            .streamed = factor * work.streamed,
            .scattered = factor * work.scattered,
            .nearby = factor * work.nearby,
            .steps = factor * work.steps};
}

Effort& Effort::operator+=(const Effort& other) noexcept
{
    shared += other.shared;
    alone += other.alone;
    return *this;
}

Effort operator+(Effort a, const Effort& b) noexcept
{
    return a += b;
}

/// A history of several domains is taken for a sum of independent ones:
/// (a + b)^2 sums to a^2 + b^2 + 2 n mean(a) mean(b) over the n people who are in both.
DomainShape DataShape::joined() const
{
    DomainShape all = target;
    for (const DomainShape& source : sources) {
        const double both = std::min({shared, all.users, source.users});
        const double cross =
            all.users > 0.0 && source.users > 0.0
                ? 2.0 * both * (all.interactions / all.users) * (source.interactions / source.users)
                : 0.0;
        all.userSquares += source.userSquares + cross;
        all.itemSquares += source.itemSquares;
        all.users += source.users - both;
        all.items += source.items;
        all.interactions += source.interactions;
        all.dimension = std::max(all.dimension, source.dimension);
        all.numberBytes = std::max(all.numberBytes, source.numberBytes);
        all.terms += source.terms;
        all.termSquares += source.termSquares;
        all.vocabulary = std::max(all.vocabulary, source.vocabulary);
        all.facets += source.facets;
        all.vectors += source.vectors;
    }
    return all;
}

DataShape shapeOf(const TrainingData& data)
{
    DataShape shape{.users = static_cast<double>(data.userCount), .target = shapeOf(data.target)};
    for (const TrainingDomain& source : data.sources) {
        shape.sources.push_back(shapeOf(source));
    }
    for (std::size_t user = 0; user < data.userCount; ++user) {
        const auto row = static_cast<UserRow>(user);
        const bool isShared = !data.target.interactions.itemsOf(row).empty() &&
                              std::ranges::any_of(data.sources, [&](const TrainingDomain& source) {
                                  return !source.interactions.itemsOf(row).empty();
                              });
        shape.shared += isShared ? 1.0 : 0.0;
    }
    return shape;
}

namespace workload {

double paddedFactors(double factors)
{
    constexpr double lanes = 16.0; // FactorMatrix::lanes
    return std::ceil(factors / lanes) * lanes;
}

double factorBytes(double rows, double factors)
{
    return rows * paddedFactors(factors) * floatBytes;
}

double countedShare(std::string_view values)
{
    constexpr double usuallyLiked = 0.6;
    return values == "liked" ? usuallyLiked : 1.0;
}

Effort history(const DataShape& shape)
{
    const double entries = shape.joined().interactions;
    return {.shared = {}, .alone = {.scattered = 4.0 * entries, .steps = 15.0 * entries + 5.0 * shape.users}};
}

double historyBytes(const DataShape& shape)
{
    constexpr double entry = 3 * 4; // column, value and age
    constexpr double copy = 2 * 4;
    return shape.joined().interactions * (entry + copy) + shape.users * 2 * sizeof(std::size_t);
}

Effort baseline(const DomainShape& domain)
{
    constexpr double usualSweeps = 40.0;
    return {.shared = usualSweeps * Work{.scattered = 2.0 * domain.interactions,
                                         .steps = domain.interactions + domain.users + domain.items},
            .alone = {}};
}

Work dotScores(double items, double factors)
{
    return {.products = items * paddedFactors(factors), .steps = 0.12 * items};
}

/// Meetings that fall on any of the cells alike meet cells (1 - exp(-pairs / cells)) of them. They prefer the
/// columns that carry the interactions: of all columns and of those the geometric mean counts.
double differentPairs(double pairs, double rows, double columns, double carrying)
{
    const double cells = rows * std::sqrt(columns * std::min(carrying, columns));
    return cells > 0.0 ? cells * -std::expm1(-pairs / cells) : 0.0;
}

double carryingUsers(const DomainShape& domain)
{
    return domain.interactions * domain.interactions / std::max(domain.userSquares, 1.0);
}

double carryingItems(const DomainShape& domain)
{
    return domain.interactions * domain.interactions / std::max(domain.itemSquares, 1.0);
}

Work longDots(double rows, double numbers)
{
    return {.products = 5.0 * rows * numbers, .steps = 0.2 * rows};
}

/// Between the first cache and 1 MB by the logarithm; beyond, where ever less is in a cache, by the root.
Work scatteredAmong(double numbers, double bytes)
{
    constexpr double near = 1U << 15U;
    constexpr double far = 1U << 20U;
    const double share = std::clamp(std::log(bytes / near) / std::log(far / near), 0.0, 1.0);
    return {.scattered = share * numbers * std::sqrt(std::max(1.0, bytes / far)),
            .nearby = (1.0 - share) * numbers};
}

Work gatheredAmong(double numbers, double bytes)
{
    constexpr double cached = 1U << 19U;
    return {.products = 3.5 * numbers * std::pow(std::max(1.0, bytes / cached), 0.28)};
}

} // namespace workload

} // namespace transept
