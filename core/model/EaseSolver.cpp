#include "core/model/EaseSolver.h"

#include "core/base/Kernels.h"
#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"
#include "core/model/EaseModel.h"
#include "core/model/EaseNeighbourhoods.h"
#include "core/model/ItemVectors.h"
#include "core/model/SparseItemModel.h"
#include "core/model/SymmetricInverse.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

constexpr std::size_t columnsPerBlock = 64;
constexpr Eigen::Index rowsPerStripe = 1024; ///< of the product that a semantic map adds to the weights

/// P_cc = (1 - Y_c' A Y_c) / lambda for the target's items.
Result<std::vector<float>> targetDiagonal(const StackedRows& stacked,
                                          const Matrix& inverse,
                                          std::size_t targets,
                                          float lambda,
                                          const JobContext& job)
{
    std::vector<float> diagonal(targets);
    TaskGuard guard(job);
    const auto above = place(stacked.rows.rowCount());
    const Eigen::Index k = stacked.dense.cols();
    forEachBlock(targets, columnsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        for (std::size_t column = first; column < last && guard.mayGoOn(); ++column) {
            const auto rows = stacked.transposed.columnsOf(column);
            const auto values = stacked.transposed.valuesOf(column);
            double sum = 0.0;
            for (std::size_t a = 0; a < rows.size() && guard.mayGoOn(); ++a) {
                double inner = 0.0;
                for (std::size_t b = 0; b < rows.size(); ++b) {
                    inner += static_cast<double>(inverse(rows[a], rows[b]) * values[b]);
                }
                if (k > 0) {
                    const float mixed =
                        inverse.block(rows[a], above, 1, k).row(0).dot(stacked.dense.row(place(column)));
                    inner += 2.0 * static_cast<double>(mixed);
                }
                sum += inner * static_cast<double>(values[a]);
            }
            if (k > 0) {
                const Vector features = stacked.dense.row(place(column)).transpose();
                sum += static_cast<double>(features.dot(inverse.block(above, above, k, k) * features));
            }
            diagonal[column] = static_cast<float>((1.0 - sum) / static_cast<double>(lambda));
        }
    });
    if (const Status status = guard.status(); !status) {
        return passOn(status);
    }
    return diagonal;
}

/// t = A Y q for every user row.
Result<Matrix> responsesOf(const EaseRowModel::Parts& parts, const SparseRows& queries, const JobContext& job)
{
    const StackedRows& stacked = parts.stacked;
    Matrix projected = Matrix::Zero(place(stacked.userRows), place(stacked.rowCount()));
    TaskGuard guard(job);
    forEachBlock(
        stacked.rowOf.size(), columnsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
            for (std::size_t user = first; user < last && guard.mayGoOn(); ++user) {
                const int row = stacked.rowOf[user];
                if (row < 0) {
                    continue;
                }
                float* sums = projected.row(row).data();
                const auto columns = queries.columnsOf(user);
                const auto values = queries.valuesOf(user);
                for (std::size_t at = 0; at < columns.size(); ++at) {
                    const auto column = static_cast<std::size_t>(columns[at]);
                    const auto others = stacked.transposed.columnsOf(column);
                    const auto otherValues = stacked.transposed.valuesOf(column);
                    for (std::size_t other = 0; other < others.size(); ++other) {
                        sums[others[other]] += values[at] * otherValues[other];
                    }
                    if (stacked.dense.cols() > 0) {
                        kernels::addScaled(values[at],
                                           stacked.dense.row(columns[at]).data(),
                                           sums + stacked.rows.rowCount(),
                                           static_cast<std::size_t>(stacked.dense.cols()));
                    }
                }
            }
        });
    if (const Status status = guard.status(); !status) {
        return passOn(status);
    }
    Matrix responses;
    if (const Status status = multiply(projected, parts.inverse, responses, job); !status) {
        return passOn(status);
    }
    return responses;
}

/// P_cc g_c = 1, or 1 + <L_c, R_c> with a semantic map: the diagonal of B is zero.
std::vector<float> factorsOf(std::span<const float> diagonal, const SemanticMap& semantic)
{
    std::vector<float> factors(diagonal.size());
    const auto length = static_cast<std::size_t>(semantic.left.cols());
    for (std::size_t item = 0; item < factors.size(); ++item) {
        const float own = length == 0 ? 0.0F
                                      : kernels::dot(semantic.left.row(place(item)).data(),
                                                     semantic.right.row(place(item)).data(),
                                                     length);
        factors[item] = (1.0F + own) / diagonal[item];
    }
    return factors;
}

/// The map times kappa as it enters B: L = P V, R = kappa W of the target's items.
SemanticMap scaledRight(SemanticMap map, std::size_t targets, double kappa)
{
    map.right = static_cast<float>(kappa) * map.right.topRows(place(targets)).eval();
    return map;
}

/// B = L R' - P diag(g) with zero diagonal in place of P, in the columns of the target's items.
Status toWeights(Matrix& inverse,
                 std::span<const float> factors,
                 const SemanticMap& semantic,
                 const JobContext& job)
{
    const auto targets = place(factors.size());
    const Eigen::Map<const Eigen::RowVectorXf> minus(factors.data(), targets);
    const Matrix upright = semantic.right.transpose();
    Matrix added;
    TaskGuard guard(job);
    for (Eigen::Index start = 0; start < inverse.rows(); start += rowsPerStripe) {
        const Eigen::Index height = std::min(rowsPerStripe, inverse.rows() - start);
        if (upright.rows() > 0) {
            const Matrix left = semantic.left.middleRows(start, height);
            if (const Status status = multiply(left, upright, added, job); !status) {
                return status;
            }
        }
        forEachBlock(static_cast<std::size_t>(height),
                     columnsPerBlock,
                     [&](std::size_t, std::size_t first, std::size_t last) {
                         for (std::size_t at = first; at < last && guard.mayGoOn(); ++at) {
                             const Eigen::Index row = start + place(at);
                             auto weights = inverse.row(row).head(targets);
                             weights.array() *= -minus.array();
                             if (added.size() > 0) {
                                 weights += added.row(place(at));
                             }
                             if (row < targets) {
                                 weights(row) = 0.0F;
                             }
                         }
                     });
    }
    return guard.status();
}

/// What a fit works with.
struct Ingredients
{
    ScoredHistory scored;
    StackedRows stacked;
    SemanticMap semantic; ///< empty, or V and kappa W
    float lambda = 1.0F;  ///< with kappa
    bool isRecent = false;
    EaseNewItems newItems;
};

Result<std::shared_ptr<const Model>> fitItems(Ingredients parts, const JobContext& job)
{
    Result<Matrix> gram = columnGram(parts.stacked, parts.lambda, job);
    if (!gram) {
        return passOn(gram);
    }
    if (const Status status = invertSymmetric(*gram, job, 0.1, 0.9); !status) {
        return passOn(status);
    }
    SemanticMap& semantic = parts.semantic;
    if (semantic.left.size() > 0) {
        Matrix left;
        if (const Status status = multiply(*gram, semantic.left, left, job); !status) {
            return passOn(status);
        }
        semantic.left = std::move(left);
    }
    std::vector<float> diagonal(parts.scored.history.targetCount());
    for (std::size_t item = 0; item < diagonal.size(); ++item) {
        diagonal[item] = (*gram)(place(item), place(item));
    }
    if (const Status status = toWeights(*gram, factorsOf(diagonal, semantic), semantic, job); !status) {
        return passOn(status);
    }
    return std::make_shared<const EaseItemModel>(
        std::move(parts.scored), std::move(*gram), std::move(diagonal), std::move(parts.newItems));
}

/// L = P V = (V - Y' A Y V) / lambda in place of V.
Status multiplyByInverse(
    const StackedRows& stacked, const Matrix& inverse, float lambda, Matrix& vectors, const JobContext& job)
{
    Matrix projected;
    Matrix solved;
    Matrix back;
    const Status status = multiply(stacked.rows, vectors, projected, job)
                              .and_then([&] { return multiply(inverse, projected, solved, job); })
                              .and_then([&] { return multiply(stacked.transposed, solved, back, job); });
    if (status) {
        vectors = (vectors - back) / lambda;
    }
    return status;
}

Result<std::shared_ptr<const Model>> fitRows(Ingredients ingredients, const JobContext& job)
{
    EaseRowModel::Parts parts{.stacked = std::move(ingredients.stacked),
                              .semantic = std::move(ingredients.semantic),
                              .lambda = ingredients.lambda,
                              .newItems = std::move(ingredients.newItems)};
    const std::size_t targets = ingredients.scored.history.targetCount();
    Result<Matrix> gram = rowGram(parts.stacked, parts.lambda, job);
    if (!gram) {
        return passOn(gram);
    }
    if (const Status status = invertSymmetric(*gram, job, 0.1, 0.9); !status) {
        return passOn(status);
    }
    parts.inverse = std::move(*gram);
    Result<std::vector<float>> diagonal =
        targetDiagonal(parts.stacked, parts.inverse, targets, parts.lambda, job);
    if (!diagonal) {
        return passOn(diagonal);
    }
    if (parts.semantic.left.size() > 0) {
        const Status status =
            multiplyByInverse(parts.stacked, parts.inverse, parts.lambda, parts.semantic.left, job);
        if (!status) {
            return passOn(status);
        }
    }
    parts.factors = factorsOf(*diagonal, parts.semantic);
    if (ingredients.isRecent) {
        Result<Matrix> responses = responsesOf(parts, ingredients.scored.queries, job);
        if (!responses) {
            return passOn(responses);
        }
        parts.responses = std::move(*responses);
    }
    return std::make_shared<const EaseRowModel>(std::move(ingredients.scored), std::move(parts));
}

Result<std::shared_ptr<const Model>> fitNeighbourhoods(Ingredients parts,
                                                       int neighbourhood,
                                                       const FitContext& context)
{
    const std::size_t targets = parts.scored.history.targetCount();
    const Result<SparseRows> weights =
        easeNeighbourhoods(parts.stacked, targets, neighbourhood, parts.lambda, context.job);
    if (!weights) {
        return passOn(weights);
    }
    const Result<double> residual = easeResidual(parts.stacked, *weights, parts.lambda, context.job);
    if (!residual) {
        return passOn(residual);
    }
    context.onDiagnostic(easeResidualName, *residual);
    return std::make_shared<const SparseItemModel>(std::move(parts.scored), weights->transposed());
}

tl::unexpected<Error> tooLarge(const StackedRows& stacked, bool couldApproximate)
{
    return fail(
        ErrorCode::InvalidInput,
        couldApproximate
            ? TRANSLATABLE(
                  "errors",
                  "The exact solution inverts a matrix of items or of users and takes at most %1 of either; "
                  "here are %2 items and %3 users. Set \"solver\" to \"auto\" or \"neighbourhood\", or keep "
                  "fewer with min_item and min_user.")
            : TRANSLATABLE(
                  "errors",
                  "This method inverts a matrix of items or of users and takes at most %1 of either; here "
                  "are %2 items and %3 users (with features). Keep fewer with min_item and min_user, leave "
                  "out a source domain, or use ease, which approximates where there are more."),
        {std::to_string(largestSystem),
         std::to_string(stacked.columnCount()),
         std::to_string(stacked.rowCount())});
}

/// Whether the weights come from neighbourhoods; InvalidInput when neither way is open.
Result<bool> approximates(const StackedRows& stacked, const EaseOptions& options)
{
    const bool isLarge = std::min(stacked.rowCount(), stacked.columnCount()) > largestSystem;
    if (isLarge && options.solver == EaseSystem::Exact) {
        return tooLarge(stacked, options.neighbourhood > 0);
    }
    return options.solver == EaseSystem::Neighbourhood || isLarge;
}

} // namespace

Result<std::shared_ptr<const Model>> fitEase(std::shared_ptr<const TrainingData> data,
                                             const EaseOptions& options,
                                             const FitContext& context)
{
    const JobContext& job = context.job;
    Result<ScoredHistory> scored = ScoredHistory::of(*data, options.values, options.decay, job);
    if (!scored) {
        return passOn(scored);
    }
    const History& history = scored->history;
    StackedRows stacked =
        stackedRows(*data, history, options.features, static_cast<float>(std::sqrt(options.alpha)));
    const Result<bool> isApproximate = approximates(stacked, options);
    if (!isApproximate) {
        return passOn(isApproximate);
    }
    SemanticMap semantic;
    if (options.kappa > 0.0) {
        Result<SemanticMap> map = semanticMap(columnVectors(*data, history).decoded(), options.ridge, job);
        if (!map) {
            return passOn(map);
        }
        semantic = scaledRight(std::move(*map), history.targetCount(), options.kappa);
    }
    const bool hasFewItems = stacked.columnCount() <= stacked.rowCount();
    Ingredients parts{
        .scored = std::move(*scored),
        .stacked = std::move(stacked),
        .semantic = std::move(semantic),
        .lambda = static_cast<float>(options.lambda + options.kappa),
        .isRecent = options.decay < 1.0,
        .newItems = {.data = options.kappa > 0.0 ? nullptr : std::move(data), .value = options.values}};
    if (*isApproximate) {
        return fitNeighbourhoods(std::move(parts), options.neighbourhood, context);
    }
    return hasFewItems ? fitItems(std::move(parts), job) : fitRows(std::move(parts), job);
}

std::vector<Parameter> easeParameters()
{
    return {{.name = "lambda",
             .type = Parameter::Type::Real,
             .preset = 200.0,
             .low = 1.0,
             .high = 10000.0,
             .scale = Parameter::Scale::Log,
             .label = TRANSLATABLE("methods", "Regularisation"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "Keeps the weights between items small: larger for few interactions per item or many "
                 "accidental ones. Good values lie between 50 and 1,000.")},
            entryValueParameter(),
            decayParameter()};
}

EaseOptions easeOptionsFrom(const Parameters& parameters)
{
    return {.lambda = parameters.real("lambda"),
            .values = entryValueFrom(parameters),
            .decay = parameters.real("decay")};
}

std::optional<Workload> easeWorkload(const DataShape& shape, const EaseOptions& options)
{
    const DomainShape all = shape.joined();
    const double share = options.values == EntryValue::Liked ? workload::countedShare("liked") : 1.0;
    const double entries = share * all.interactions;
    const double columns = all.items;
    const double dense = options.features == FeatureRows::Vectors ? all.dimension : 0.0;
    const double rows = all.users + dense + (options.features == FeatureRows::Terms ? all.vocabulary : 0.0);
    const double size = std::min(rows, columns);
    const bool isApproximate =
        options.solver == EaseSystem::Neighbourhood ||
        (options.solver == EaseSystem::Auto && size > static_cast<double>(largestSystem));
    if (isApproximate) {
        return std::nullopt;
    }
    const double semantic = options.kappa > 0.0 ? all.dimension : 0.0;
    const double history = entries / std::max(shape.users, 1.0);
    const double matrix = sizeof(float) * size * size;
    Workload load{.start = workload::history(shape)};
    load.start.alone += {.scattered = 30.0 * entries + 8.0 * all.terms};
    load.start.shared = {.products = size * size * size, .streamed = 4.0 * size * size};
    load.trainBytes = 3.0 * workload::historyBytes(shape) + 0.1 * matrix;
    load.modelBytes = 2.0 * workload::historyBytes(shape) + matrix;
    load.start.alone += {.products = semantic * semantic * (3.0 * columns + 2.0 * semantic)};
    load.trainBytes += sizeof(float) * 3.0 * columns * semantic;
    if (columns <= rows) {
        load.start.shared +=
            {.products = columns * columns * dense / 2.0, .scattered = share * share * all.userSquares};
        load.start.shared += {.products = columns * semantic * (columns + shape.target.items)};
        load.ranking = {.streamed = history * shape.target.items};
        return load;
    }
    load.start.shared += {.products = dense * entries, .scattered = 3.0 * share * share * all.itemSquares};
    load.start.shared += {.products = semantic * (2.0 * entries + rows * rows)};
    constexpr double ofFeature = 0.6; // the items' features partly stay in the caches
    load.ranking = {.streamed =
                        ofFeature * (dense * shape.target.items + semantic * (history + shape.target.items)),
                    .scattered = share * shape.target.interactions,
                    .steps = shape.target.items};
    load.modelBytes += 16.0 * entries + sizeof(float) * columns * dense +
                       sizeof(float) * semantic * (columns + shape.target.items);
    if (options.decay < 1.0) {
        load.start.shared += {.products = all.users * rows * rows,
                              .scattered = history * all.itemSquares / std::max(columns, 1.0) * all.users};
        load.trainBytes += sizeof(float) * all.users * rows;
        load.modelBytes += sizeof(float) * all.users * rows;
    }
    return load;
}

} // namespace transept
