#include "core/base/Kernels.h"
#include "core/base/Parallel.h"
#include "core/model/ColumnGroups.h"
#include "core/model/ElasticNet.h"
#include "core/model/History.h"
#include "core/model/Methods.h"
#include "core/model/SparseItemModel.h"
#include "core/model/Workload.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>

namespace transept {
namespace {

constexpr std::size_t itemsPerBlock = 16;
constexpr std::size_t itemsBetweenReports = 256;

/// The most elements of the Gram matrix that are held: 1.6 GB. With more, so many items are each one's
/// neighbourhood.
constexpr std::size_t largestGram = 200'000'000;
constexpr std::size_t usualNeighbourhood = 500;

constexpr std::string_view weightsStage = TRANSLATABLE("stages", "Learning the weights");
constexpr double shareOfGram = 0.2; ///< of the whole progress

struct SlimOptions
{
    ElasticNet::Options net;
    EntryValue values = EntryValue::Binary;
    double decay = 1.0;
    int neighbourhood = 0; ///< items that may have a weight; 0: all that share users
};

/// Y by rows and by columns, and the squares of its columns.
struct Columns
{
    const SparseRows& rows;
    SparseRows transposed;
    std::vector<float> squares;
};

/// Calls `work(groups, item, result)` for the items 0 ... count-1 side by side and joins their results as
/// rows. Ends early, with fewer rows than items, when they hold more than `most` entries together.
template<typename Work>
Result<SparseRows> rowsOfItems(const Columns& columns,
                               std::size_t count,
                               std::size_t most,
                               std::string_view stage,
                               const JobContext& job,
                               const Work& work)
{
    SparseRows result{.columnCount = columns.transposed.rowCount()};
    TaskGuard guard(job);
    std::vector<SparseRow> found;
    for (std::size_t start = 0; start < count && result.columns.size() <= most;
         start += itemsBetweenReports) {
        found.assign(std::min(itemsBetweenReports, count - start), {});
        forEachBlock(found.size(), itemsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
            ColumnGroups groups(columns.rows, columns.transposed, columns.squares);
            for (std::size_t at = first; at < last && guard.mayGoOn(); ++at) {
                work(groups, start + at, found[at], guard);
            }
        });
        if (const Status status = guard.status(); !status) {
            return passOn(status);
        }
        for (const SparseRow& item : found) {
            result.append(item);
        }
        job.progress({.fraction = static_cast<double>(start + found.size()) / static_cast<double>(count),
                      .stage = stage,
                      .done = static_cast<std::int64_t>(start + found.size()),
                      .total = static_cast<std::int64_t>(count)});
    }
    return result;
}

/// SLIM (Ning and Karypis 2011): weights B with zero diagonal, column by column of the target's items c,
///
///   min 1/2 ||Y_c - Y B_c||^2 + l2/2 ||B_c||^2 + l1 |B_c|_1,      B_jc = 0 where j and c share no user
///
/// over the history Y of all domains, B >= 0 where asked for. (Without negative weights an item that shares
/// no user gets none anyway.) With a neighbourhood only so many items, those that explain Y_c best by
/// themselves, may have a weight: the paper's fsSLIM, and what is done where more than `largestGram` pairs of
/// items share users.
class SlimSolver
{
public:
    SlimSolver(const SparseRows& rows, const SlimOptions& options)
        : m_options(options)
        , m_net(options.net)
        , m_columns{.rows = rows, .transposed = rows.transposed(), .squares = {}}
    {
        m_columns.squares = squaresOf(m_columns.transposed);
    }

    struct Solution
    {
        SparseRows weights;   ///< target items x columns
        bool isWhole = false; ///< every item that shares users could have one
    };

    /// Tells of a neighbourhood that was not asked for.
    Result<Solution> solve(std::size_t targets, const FitContext& context) const
    {
        const JobContext& job = context.job;
        const auto near = [](SparseRows weights) { return Solution{.weights = std::move(weights)}; };
        if (m_options.neighbourhood > 0) {
            return solveNear(targets, static_cast<std::size_t>(m_options.neighbourhood), job).map(near);
        }
        const std::size_t all = m_columns.transposed.rowCount();
        Result<SparseRows> gram =
            rowsOfItems(m_columns,
                        all,
                        largestGram,
                        TRANSLATABLE("stages", "Comparing items"),
                        partOf(job, 0.0, shareOfGram),
                        [](ColumnGroups& groups, std::size_t item, SparseRow& row, TaskGuard&) {
                            for (const Cooccurrence& each : groups.cooccurring(item)) {
                                row.columns.push_back(each.column);
                                row.values.push_back(each.gram);
                            }
                        });
        if (!gram) {
            return passOn(gram);
        }
        if (gram->rowCount() < all) {
            *gram = {};
            context.onDiagnostic(slimNeighbourhoodName, static_cast<double>(usualNeighbourhood));
            return solveNear(targets, usualNeighbourhood, partOf(job, shareOfGram, 1.0)).map(near);
        }
        const Matrix dense = denseWhereHalfFull(*gram);
        return rowsOfItems(m_columns,
                           targets,
                           unlimited,
                           weightsStage,
                           partOf(job, shareOfGram, 1.0),
                           [&](ColumnGroups&, std::size_t item, SparseRow& weights, TaskGuard& guard) {
                               solveItem(*gram, dense, {item, weights}, guard);
                           })
            .map([](SparseRows weights) { return Solution{.weights = std::move(weights), .isWhole = true}; });
    }

    /// The column of an item that Y does not have: min 1/2 ||x - Y b||^2 + ..., on the Gram matrix as it is
    /// needed.
    SparseRow solveNew(const SparseRows& column) const
    {
        const SparseRows& rows = m_columns.rows;
        std::vector<float> residual(rows.columnCount);
        float square = 0.0F;
        for (std::size_t at = 0; at < column.columns.size(); ++at) {
            const auto row = static_cast<std::size_t>(column.columns[at]);
            for (std::size_t entry = rows.starts[row]; entry < rows.starts[row + 1]; ++entry) {
                residual[static_cast<std::size_t>(rows.columns[entry])] +=
                    column.values[at] * rows.values[entry];
            }
            square += column.values[at] * column.values[at];
        }
        std::vector<std::int32_t> candidates;
        for (std::size_t at = 0; at < residual.size(); ++at) {
            if (residual[at] != 0.0F) {
                candidates.push_back(static_cast<std::int32_t>(at));
            }
        }
        std::vector<float> weights(rows.columnCount);
        ColumnGroups groups(rows, m_columns.transposed, m_columns.squares);
        std::map<std::size_t, std::vector<Cooccurrence>> others; // of columns that have moved
        const JobContext job;
        TaskGuard guard(job);
        m_net.solve(
            {.candidates = candidates,
             .squares = m_columns.squares,
             .residual = residual,
             .weights = weights,
             .length = std::sqrt(square)},
            [&](std::size_t moved, float amount) {
                const auto [known, isNew] = others.try_emplace(moved);
                if (isNew) {
                    const auto found = groups.cooccurring(moved);
                    known->second.assign(found.begin(), found.end());
                }
                for (const Cooccurrence& each : known->second) {
                    residual[static_cast<std::size_t>(each.column)] -= amount * each.gram;
                }
            },
            guard);
        SparseRow result;
        for (const std::int32_t candidate : candidates) {
            if (const float weight = weights[static_cast<std::size_t>(candidate)]; weight != 0.0F) {
                result.columns.push_back(candidate);
                result.values.push_back(weight);
            }
        }
        return result;
    }

private:
    static constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

    /// With the neighbourhood alone.
    Result<SparseRows> solveNear(std::size_t targets, std::size_t neighbourhood, const JobContext& job) const
    {
        return rowsOfItems(m_columns,
                           targets,
                           unlimited,
                           weightsStage,
                           job,
                           [&](ColumnGroups& groups, std::size_t item, SparseRow& weights, TaskGuard& guard) {
                               const auto group = groups.strongest(item, neighbourhood, m_options.net.l2);
                               solveGroup(groups, group, std::sqrt(m_columns.squares[item]), weights, guard);
                           });
    }

    /// A Gram matrix that is half full or more, whose rows can be subtracted many numbers at a time; empty
    /// for others.
    static Matrix denseWhereHalfFull(const SparseRows& gram)
    {
        const std::size_t count = gram.rowCount();
        if (gram.columns.size() * 2 < count * count) {
            return {};
        }
        const auto size = static_cast<Eigen::Index>(count);
        Matrix dense = Matrix::Zero(size, size);
        forEachBlock(count, itemsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
            for (std::size_t row = first; row < last; ++row) {
                const auto columns = gram.columnsOf(row);
                for (std::size_t at = 0; at < columns.size(); ++at) {
                    dense(static_cast<Eigen::Index>(row), columns[at]) = gram.valuesOf(row)[at];
                }
            }
        });
        return dense;
    }

    /// On the whole Gram matrix, by its dense form where there is one.
    void solveItem(const SparseRows& gram,
                   const Matrix& dense,
                   std::pair<std::size_t, SparseRow&> target,
                   TaskGuard& guard) const
    {
        const std::size_t item = target.first;
        SparseRow& result = target.second;
        const auto candidates = gram.columnsOf(item);
        const auto right = gram.valuesOf(item);
        std::vector<float> residual(gram.columnCount);
        std::vector<float> weights(gram.columnCount);
        for (std::size_t at = 0; at < candidates.size(); ++at) {
            residual[static_cast<std::size_t>(candidates[at])] = right[at];
        }
        m_net.solve(
            {.candidates = candidates,
             .squares = m_columns.squares,
             .residual = residual,
             .weights = weights,
             .length = std::sqrt(m_columns.squares[item])},
            [&](std::size_t column, float amount) {
                if (dense.size() > 0) {
                    const float* row = dense.row(static_cast<Eigen::Index>(column)).data();
                    kernels::addScaled(-amount, row, residual.data(), residual.size());
                    return;
                }
                const auto others = gram.columnsOf(column);
                const auto values = gram.valuesOf(column);
                for (std::size_t at = 0; at < others.size(); ++at) {
                    residual[static_cast<std::size_t>(others[at])] -= amount * values[at];
                }
            },
            guard);
        for (const std::int32_t column : candidates) {
            if (const float weight = weights[static_cast<std::size_t>(column)]; weight != 0.0F) {
                result.columns.push_back(column);
                result.values.push_back(weight);
            }
        }
    }

    /// On the part of it among the item's neighbours.
    void solveGroup(ColumnGroups& groups,
                    std::span<const Cooccurrence> group,
                    float length,
                    SparseRow& result,
                    TaskGuard& guard) const
    {
        const std::size_t size = group.size();
        std::vector<float> gram;
        groups.gramOf(group, gram);
        std::vector<std::int32_t> candidates;
        std::vector<float> squares(size);
        std::vector<float> residual(size);
        std::vector<float> weights(size);
        for (std::size_t at = 0; at < size; ++at) {
            if (group[at].gram != 0.0F) {
                candidates.push_back(static_cast<std::int32_t>(at));
            }
            squares[at] = gram[at * size + at];
            residual[at] = group[at].gram;
        }
        m_net.solve(
            {.candidates = candidates,
             .squares = squares,
             .residual = residual,
             .weights = weights,
             .length = length},
            [&](std::size_t member, float amount) {
                for (std::size_t at = 0; at < member; ++at) {
                    residual[at] -= amount * gram[member * size + at];
                }
                for (std::size_t at = member + 1; at < size; ++at) {
                    residual[at] -= amount * gram[at * size + member];
                }
            },
            guard);
        for (std::size_t at = 0; at < size; ++at) {
            if (weights[at] != 0.0F) {
                result.columns.push_back(group[at].column);
                result.values.push_back(weights[at]);
            }
        }
    }

    SlimOptions m_options;
    ElasticNet m_net;
    Columns m_columns;
};

/// Finds the column of an item that came after the training, in the history that the model holds.
class NewItems
{
public:
    NewItems(std::shared_ptr<const TrainingData> data, const SlimOptions& options)
        : m_data(std::move(data))
        , m_options(options)
    {
    }

    SparseRow weightsOf(const History& history, std::span<const Event> interactions) const
    {
        std::call_once(m_made, [&] { m_solver.emplace(history.rows(), m_options); });
        return m_solver->solveNew(columnOfNewItem(*m_data, m_options.values, interactions));
    }

private:
    std::shared_ptr<const TrainingData> m_data;
    SlimOptions m_options;
    mutable std::once_flag m_made; ///< when the first is asked for
    mutable std::optional<SlimSolver> m_solver;
};

class Slim final : public Method
{
public:
    explicit Slim(SlimOptions options) : m_options(options) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        Result<ScoredHistory> scored =
            ScoredHistory::of(*data, m_options.values, m_options.decay, context.job);
        if (!scored) {
            return passOn(scored);
        }
        const Result<SlimSolver::Solution> solution =
            SlimSolver(scored->history.rows(), m_options).solve(scored->history.targetCount(), context);
        if (!solution) {
            return passOn(solution);
        }
        if (solution->isWhole) {
            auto newItems = std::make_shared<const NewItems>(data, m_options);
            scored->weightsOfNewItem = [newItems = std::move(newItems)](const History& known,
                                                                        std::span<const Event> interactions) {
                return newItems->weightsOf(known, interactions);
            };
        }
        return std::make_shared<const SparseItemModel>(std::move(*scored), solution->weights.transposed());
    }

private:
    SlimOptions m_options;
};

std::vector<Parameter> parametersOfSlim()
{
    return {
        {.name = "l1",
         .type = Parameter::Type::Real,
         .preset = 0.3,
         .low = 0.0,
         .high = 1000.0,
         .label = TRANSLATABLE("methods", "Sparsity (l1)"),
         .meaning = TRANSLATABLE("methods",
                                 "What two items must have in common, in people, before one gets a weight "
                                 "for the other: larger leaves fewer weights.")},
        {.name = "l2",
         .type = Parameter::Type::Real,
         .preset = 50.0,
         .low = 0.01,
         .high = 10000.0,
         .scale = Parameter::Scale::Log,
         .label = TRANSLATABLE("methods", "Regularisation (l2)"),
         .meaning = TRANSLATABLE("methods",
                                 "Keeps the weights small and spreads them over items that say the same; "
                                 "the same as the regularisation of EASE.")},
        {.name = "non-negative",
         .type = Parameter::Type::Flag,
         .preset = true,
         .label = TRANSLATABLE("methods", "No negative weights"),
         .meaning = TRANSLATABLE("methods",
                                 "Items speak for each other only, never against: easier to explain, "
                                 "sparser and faster.")},
        entryValueParameter(),
        decayParameter(),
        {.name = "neighbourhood",
         .type = Parameter::Type::Integer,
         .preset = 0,
         .low = 0,
         .high = 5000,
         .label = TRANSLATABLE("methods", "Neighbourhood"),
         .meaning = TRANSLATABLE("methods",
                                 "How many items may speak for each one: those that explain best who has "
                                 "it. 0: all that share people with it, or 500 where more than 200 million "
                                 "pairs of items do."),
         .unit = TRANSLATABLE("methods", "items")}};
}

SlimOptions optionsFrom(const Parameters& parameters)
{
    return {.net = {.l1 = parameters.single("l1"),
                    .l2 = parameters.single("l2"),
                    .isNonNegative = parameters.flag("non-negative")},
            .values = entryValueFrom(parameters),
            .decay = parameters.real("decay"),
            .neighbourhood = parameters.integer("neighbourhood")};
}

/// How many moves there are beside those of the presets. Two items that share no more interactions than l1
/// get no weight; counts fall off more slowly than geometrically, since items are popular together. A strong
/// ridge is soon at rest, and weights of both signs move on.
double movesBeside(const ElasticNet::Options& net, double meanShared)
{
    constexpr double usualRidge = 50.0;
    constexpr double ofRidge = -0.2;
    constexpr double ofBothSigns = 1.3;
    constexpr double first = 0.6; // of the exponent of a geometric fall, and how it grows
    constexpr double further = 1.0 / 3.0;
    const double sharesMore = std::max(0.02, 1.0 - 1.0 / std::max(meanShared, 1.0));
    const double known = std::floor(static_cast<double>(net.l1));
    const double stay = std::pow(sharesMore, first * std::pow(known, further));
    const double ridge = std::pow(static_cast<double>(net.l2) / usualRidge, ofRidge);
    return stay * std::clamp(ridge, 0.5, 2.0) * (net.isNonNegative ? 1.0 : ofBothSigns);
}

/// How often a coordinate moves depends on the numbers and the penalties; so often it does with the presets,
/// as fitted to data of six kinds (MovieLens, anime, Douban, three pairs of Amazon). A move goes through a
/// row of the Gram matrix: those of items that move are longer than most, the more so the emptier the matrix
/// is.
std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& parameters)
{
    constexpr double usualMoves = 16.0; ///< of each candidate of an item with one interaction
    constexpr double ofInteractions = -0.2;
    constexpr double usualWeights = 10.0; ///< times the root of the candidates
    constexpr double longerRows = 0.75;   ///< times what follows from the share that is filled
    constexpr double ofEmptiness = -0.3;
    const SlimOptions options = optionsFrom(parameters);
    const DomainShape all = shape.joined();
    const double share = workload::countedShare(parameters.text("values"));
    const double pairs = share * share * all.userSquares;
    const double met = workload::differentPairs(pairs, all.items, all.items, workload::carryingItems(all));
    const double history = share * all.interactions / std::max(shape.users, 1.0);
    const bool isWhole = options.neighbourhood == 0 && met <= static_cast<double>(largestGram);
    const double near =
        isWhole ? met / std::max(all.items, 1.0)
                : std::min<double>(options.neighbourhood > 0 ? options.neighbourhood
                                                             : static_cast<double>(usualNeighbourhood),
                                   met / std::max(all.items, 1.0));
    const bool isDense = 2.0 * met >= all.items * all.items;
    const double filled = std::clamp(near / std::max(all.items, 1.0), 1e-9, 1.0);
    const double degree = std::max(1.0, share * all.interactions / std::max(all.items, 1.0));
    const double moves = usualMoves * std::pow(degree, ofInteractions) * near *
                         movesBeside(options.net, pairs / std::max(met, 1.0));
    Work descent{.streamed = 2.0 * all.items, .steps = 4.0 * moves};
    if (!isWhole) {
        descent.streamed = 2.0 * moves * near;
    } else if (isDense) {
        descent.streamed += 0.5 * moves * all.items; // such a matrix is small
    } else {
        descent.scattered = moves * std::min(all.items, longerRows * std::pow(filled, ofEmptiness) * near);
    }
    Workload load{.start = workload::history(shape)};
    load.start.alone += {.scattered = 4.0 * share * all.interactions};
    if (isWhole) {
        load.start.shared += {.scattered = 1.4 * pairs, .steps = 12.0 * met};
        load.start.alone += {.streamed = 4.0 * met};
    } else {
        const double ofItem = pairs / std::max(all.items, 1.0);
        const double ofGroup = 0.5 * ofItem * near;
        load.start.shared += shape.target.items * Work{.scattered = 1.4 * ofItem + ofGroup};
    }
    load.start.shared += shape.target.items * descent;
    const double kept = std::min(near, usualWeights * std::sqrt(near)) * shape.target.items;
    load.ranking = {.streamed = shape.target.items, .scattered = history * kept / std::max(all.items, 1.0)};
    load.trainBytes =
        workload::historyBytes(shape) + 16.0 * kept + (isWhole ? (isDense ? 12.0 : 8.0) * met : 0.0);
    load.modelBytes = workload::historyBytes(shape) + 8.0 * kept;
    return load;
}

} // namespace

MethodDescription describeSlim()
{
    return {.name = "slim",
            .title = TRANSLATABLE("methods", "SLIM"),
            .family = TRANSLATABLE("methods", "Linear"),
            .source = "Ning, Karypis 2011",
            .meaning = TRANSLATABLE(
                "methods",
                "Sparse weights between items: each item is explained by the few others that tell best who "
                "has it, and all others get no weight at all, so that a recommendation can be traced to a "
                "handful of reasons. Ranks nearly as well as EASE with a small part of its weights. Items of "
                "source domains may speak for the target's."),
            .usesSources = true,
            .parameters = parametersOfSlim(),
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<Slim>(optionsFrom(parameters));
            },
            .workload = workloadOf};
}

} // namespace transept
