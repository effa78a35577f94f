#include "core/model/EaseSolver.h"

#include "core/base/Kernels.h"
#include "core/base/Parallel.h"
#include "core/model/Contributions.h"
#include "core/model/SymmetricInverse.h"
#include "core/model/TaskGuard.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

constexpr std::size_t columnsPerBlock = 64;

Eigen::Index place(std::size_t at)
{
    return static_cast<Eigen::Index>(at);
}

/// Y: rows of users that have a history, then rows of features.
struct StackedRows
{
    SparseRows rows;        ///< users, then terms
    SparseRows transposed;  ///< of rows
    Matrix dense;           ///< columns x k: sqrt(alpha) times the items' vectors; their k rows come last
    std::vector<int> rowOf; ///< of a user; -1: no history
    std::size_t userRows = 0;

    std::size_t columnCount() const { return rows.columnCount; }
    std::size_t rowCount() const { return rows.rowCount() + static_cast<std::size_t>(dense.cols()); }
};

std::vector<const ItemKnowledge*> knowledgeOfDomains(const TrainingData& data)
{
    std::vector<const ItemKnowledge*> all{data.target.knowledge.get()};
    for (const TrainingDomain& source : data.sources) {
        all.push_back(source.knowledge.get());
    }
    return all;
}

/// The vectors of all domains' items times `factor`; zero rows for items of domains without knowledge.
Matrix stackedVectors(const TrainingData& data, const History& history, float factor)
{
    const int dimension = data.target.knowledge->dimension();
    Matrix vectors = Matrix::Zero(place(history.columnCount()), dimension);
    const auto domains = knowledgeOfDomains(data);
    for (std::size_t domain = 0; domain < domains.size(); ++domain) {
        if (domains[domain] != nullptr && domains[domain]->dimension() == dimension) {
            const Matrix& from = domains[domain]->vectors;
            vectors.middleRows(place(history.firstColumns()[domain]), from.rows()) = factor * from;
        }
    }
    return vectors;
}

/// A row for each term that at least two items have, times `factor`.
SparseRows termRows(const TrainingData& data, const History& history, float factor)
{
    SparseRows items{.columnCount = 0};
    const auto domains = knowledgeOfDomains(data);
    for (std::size_t domain = 0; domain < domains.size(); ++domain) {
        const std::size_t end = history.firstColumns()[domain + 1];
        for (std::size_t item = history.firstColumns()[domain]; item < end; ++item) {
            const std::size_t at = item - history.firstColumns()[domain];
            if (domains[domain] != nullptr && at < domains[domain]->termWeights.size()) {
                for (const TermWeight& term : domains[domain]->termWeights[at]) {
                    items.columns.push_back(static_cast<std::int32_t>(term.term));
                    items.values.push_back(factor * term.weight);
                    items.columnCount = std::max(items.columnCount, static_cast<std::size_t>(term.term) + 1);
                }
            }
            items.starts.push_back(items.columns.size());
        }
    }
    const SparseRows terms = items.transposed();
    std::vector<std::int32_t> shared;
    for (std::size_t term = 0; term < terms.rowCount(); ++term) {
        if (terms.lengthOf(term) > 1) {
            shared.push_back(static_cast<std::int32_t>(term));
        }
    }
    return selectedRows(terms, shared);
}

void append(SparseRows& rows, const SparseRows& further)
{
    const std::size_t offset = rows.columns.size();
    rows.columns.insert(rows.columns.end(), further.columns.begin(), further.columns.end());
    rows.values.insert(rows.values.end(), further.values.begin(), further.values.end());
    for (std::size_t row = 0; row < further.rowCount(); ++row) {
        rows.starts.push_back(offset + further.starts[row + 1]);
    }
}

StackedRows stack(const TrainingData& data, const History& history, const EaseOptions& options)
{
    StackedRows stacked;
    std::vector<std::int32_t> active;
    stacked.rowOf.assign(history.userCount(), -1);
    for (std::size_t user = 0; user < history.userCount(); ++user) {
        if (history.rows().lengthOf(user) > 0) {
            stacked.rowOf[user] = static_cast<int>(active.size());
            active.push_back(static_cast<std::int32_t>(user));
        }
    }
    stacked.rows = selectedRows(history.rows(), active);
    stacked.userRows = active.size();
    const auto factor = static_cast<float>(std::sqrt(options.alpha));
    if (options.features == FeatureRows::Terms) {
        append(stacked.rows, termRows(data, history, factor));
    } else if (options.features == FeatureRows::Vectors) {
        stacked.dense = stackedVectors(data, history, factor);
    }
    stacked.transposed = stacked.rows.transposed();
    return stacked;
}

/// B itself, items x items.
class ItemForm final : public Model
{
public:
    ItemForm(History history, SparseRows queries, Matrix weights)
        : m_history(std::move(history))
        , m_queries(std::move(queries))
        , m_weights(std::move(weights))
    {
    }

    std::size_t itemCount() const noexcept override { return m_history.targetCount(); }

    void score(UserRow user, std::span<float> scores) const override
    {
        std::fill(scores.begin(), scores.end(), 0.0F);
        const auto columns = m_queries.columnsOf(index(user));
        const auto values = m_queries.valuesOf(index(user));
        for (std::size_t at = 0; at < columns.size(); ++at) {
            kernels::addScaled(values[at], m_weights.row(columns[at]).data(), scores.data(), scores.size());
        }
    }

    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override
    {
        std::vector<Contribution> result;
        const auto columns = m_queries.columnsOf(index(user));
        const auto values = m_queries.valuesOf(index(user));
        for (std::size_t at = 0; at < columns.size(); ++at) {
            const auto column = static_cast<std::size_t>(columns[at]);
            result.push_back({.domain = m_history.domainOf(column),
                              .item = m_history.itemOf(column),
                              .weight = values[at] * m_weights(columns[at], place(index(item)))});
        }
        return strongestFirst(std::move(result));
    }

private:
    History m_history;
    SparseRows m_queries;
    Matrix m_weights; ///< rows: columns of the history; columns: target items, then what is not read
};

/// A over the rows of Y, for few rows and many items. With q the history that is scored (the user's row r of
/// Y, or that row with recency weights) and t = A Y q:
///
///   (P q)_c = (q_c - <t, Y_c>) / lambda,      score(u, c) = q_c - (P q)_c / P_cc
///
/// For q = Y_r this t is e_r - lambda A_r, so (P q)_c = <A_r, Y_c>.
class RowForm final : public Model
{
public:
    struct Parts
    {
        History history;
        SparseRows queries;
        StackedRows stacked;
        Matrix inverse;              ///< A
        Matrix responses;            ///< a row t a user row; empty when queries are the rows themselves
        std::vector<float> diagonal; ///< P_cc of the target's items
        float lambda = 1.0F;
    };

    explicit RowForm(Parts parts) : m_parts(std::move(parts)) {}

    std::size_t itemCount() const noexcept override { return m_parts.history.targetCount(); }

    void score(UserRow user, std::span<float> scores) const override
    {
        std::fill(scores.begin(), scores.end(), 0.0F);
        const int row = m_parts.stacked.rowOf[index(user)];
        if (row < 0) {
            return;
        }
        const bool asLearnt = m_parts.responses.size() == 0;
        const float* response = (asLearnt ? m_parts.inverse : m_parts.responses).row(row).data();
        const float factor = asLearnt ? -1.0F : 1.0F / m_parts.lambda;
        for (std::size_t column = 0; column < scores.size(); ++column) {
            scores[column] = factor * alongColumn(response, column) / m_parts.diagonal[column];
        }
        const auto columns = m_parts.queries.columnsOf(index(user));
        const auto values = m_parts.queries.valuesOf(index(user));
        for (std::size_t at = 0; at < columns.size(); ++at) {
            const auto column = static_cast<std::size_t>(columns[at]);
            if (column < scores.size()) {
                const float own = asLearnt ? 0.0F : 1.0F / (m_parts.lambda * m_parts.diagonal[column]);
                scores[column] += values[at] * (1.0F - own);
            }
        }
    }

    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override
    {
        const StackedRows& stacked = m_parts.stacked;
        std::vector<float> response(stacked.rowCount());
        const auto rows = stacked.transposed.columnsOf(index(item));
        const auto rowValues = stacked.transposed.valuesOf(index(item));
        for (std::size_t at = 0; at < rows.size(); ++at) {
            addRow(rows[at], rowValues[at], response);
        }
        for (Eigen::Index feature = 0; feature < stacked.dense.cols(); ++feature) {
            addRow(static_cast<std::int32_t>(stacked.rows.rowCount()) + static_cast<std::int32_t>(feature),
                   stacked.dense(place(index(item)), feature),
                   response);
        }
        std::vector<Contribution> result;
        const auto columns = m_parts.queries.columnsOf(index(user));
        const auto values = m_parts.queries.valuesOf(index(user));
        for (std::size_t at = 0; at < columns.size(); ++at) {
            const auto column = static_cast<std::size_t>(columns[at]);
            if (column != index(item)) {
                result.push_back({.domain = m_parts.history.domainOf(column),
                                  .item = m_parts.history.itemOf(column),
                                  .weight = values[at] * alongColumn(response.data(), column) /
                                            (m_parts.lambda * m_parts.diagonal[index(item)])});
            }
        }
        return strongestFirst(std::move(result));
    }

private:
    /// <response, Y_column>
    float alongColumn(const float* response, std::size_t column) const
    {
        const StackedRows& stacked = m_parts.stacked;
        const auto rows = stacked.transposed.columnsOf(column);
        const auto values = stacked.transposed.valuesOf(column);
        float sum = 0.0F;
        for (std::size_t at = 0; at < rows.size(); ++at) {
            sum += response[rows[at]] * values[at];
        }
        if (stacked.dense.cols() > 0) {
            sum += kernels::dot(stacked.dense.row(place(column)).data(),
                                response + stacked.rows.rowCount(),
                                static_cast<std::size_t>(stacked.dense.cols()));
        }
        return sum;
    }

    void addRow(std::int32_t row, float factor, std::vector<float>& response) const
    {
        kernels::addScaled(factor, m_parts.inverse.row(row).data(), response.data(), response.size());
    }

    Parts m_parts;
};

/// Lower triangle of YY' + lambda I.
Result<Matrix> rowGram(const StackedRows& stacked, float lambda, const JobContext& job)
{
    Matrix gram = Matrix::Zero(place(stacked.rowCount()), place(stacked.rowCount()));
    if (const Status status = addGram(stacked.rows, stacked.transposed, 1.0F, gram, job); !status) {
        return passOn(status);
    }
    const Matrix& dense = stacked.dense;
    if (dense.cols() > 0) {
        const std::size_t above = stacked.rows.rowCount();
        TaskGuard guard(job);
        forEachBlock(above, columnsPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
            for (std::size_t row = first; row < last && guard.mayGoOn(); ++row) {
                const auto columns = stacked.rows.columnsOf(row);
                const auto values = stacked.rows.valuesOf(row);
                Vector sum = Vector::Zero(dense.cols());
                for (std::size_t at = 0; at < columns.size(); ++at) {
                    kernels::addScaled(values[at],
                                       dense.row(columns[at]).data(),
                                       sum.data(),
                                       static_cast<std::size_t>(sum.size()));
                }
                gram.block(place(above), place(row), dense.cols(), 1) = sum;
            }
        });
        if (const Status status = guard.status(); !status) {
            return passOn(status);
        }
        const Matrix upright = dense.transpose();
        Matrix corner;
        if (const Status status = multiply(upright, dense, corner, job); !status) {
            return passOn(status);
        }
        gram.bottomRightCorner(dense.cols(), dense.cols()) = corner;
    }
    gram.diagonal().array() += lambda;
    return gram;
}

/// Lower triangle (at least) of Y'Y + lambda I.
Result<Matrix> columnGram(const StackedRows& stacked, float lambda, const JobContext& job)
{
    Matrix gram;
    if (stacked.dense.cols() > 0) {
        const Matrix upright = stacked.dense.transpose();
        if (const Status status = multiply(stacked.dense, upright, gram, job); !status) {
            return passOn(status);
        }
    } else {
        gram = Matrix::Zero(place(stacked.columnCount()), place(stacked.columnCount()));
    }
    if (const Status status = addGram(stacked.transposed, stacked.rows, 1.0F, gram, job); !status) {
        return passOn(status);
    }
    gram.diagonal().array() += lambda;
    return gram;
}

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
Result<Matrix> responsesOf(const RowForm::Parts& parts, const JobContext& job)
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
                const auto columns = parts.queries.columnsOf(user);
                const auto values = parts.queries.valuesOf(user);
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

/// B_jc = -P_jc / P_cc in place.
Status toWeights(Matrix& inverse, std::size_t targets, const JobContext& job)
{
    const Vector factors = -inverse.diagonal().head(place(targets)).cwiseInverse();
    TaskGuard guard(job);
    forEachBlock(static_cast<std::size_t>(inverse.rows()),
                 columnsPerBlock,
                 [&](std::size_t, std::size_t first, std::size_t last) {
                     for (std::size_t row = first; row < last && guard.mayGoOn(); ++row) {
                         auto weights = inverse.row(place(row)).head(place(targets));
                         weights.array() *= factors.transpose().array();
                         if (row < targets) {
                             weights(place(row)) = 0.0F;
                         }
                     }
                 });
    return guard.status();
}

Result<std::shared_ptr<const Model>> fitItems(
    History history, SparseRows queries, const StackedRows& stacked, float lambda, const JobContext& job)
{
    Result<Matrix> gram = columnGram(stacked, lambda, job);
    if (!gram) {
        return passOn(gram);
    }
    const Status status = invertSymmetric(*gram, job, 0.1, 0.95).and_then([&] {
        return toWeights(*gram, history.targetCount(), job);
    });
    if (!status) {
        return passOn(status);
    }
    return std::make_shared<const ItemForm>(std::move(history), std::move(queries), std::move(*gram));
}

Result<std::shared_ptr<const Model>> fitRows(RowForm::Parts parts, bool weighted, const JobContext& job)
{
    Result<Matrix> gram = rowGram(parts.stacked, parts.lambda, job);
    if (!gram) {
        return passOn(gram);
    }
    if (const Status status = invertSymmetric(*gram, job, 0.1, 0.9); !status) {
        return passOn(status);
    }
    parts.inverse = std::move(*gram);
    Result<std::vector<float>> diagonal =
        targetDiagonal(parts.stacked, parts.inverse, parts.history.targetCount(), parts.lambda, job);
    if (!diagonal) {
        return passOn(diagonal);
    }
    parts.diagonal = std::move(*diagonal);
    if (weighted) {
        Result<Matrix> responses = responsesOf(parts, job);
        if (!responses) {
            return passOn(responses);
        }
        parts.responses = std::move(*responses);
    }
    return std::make_shared<const RowForm>(std::move(parts));
}

} // namespace

Result<std::shared_ptr<const Model>> fitEase(const TrainingData& data,
                                             const EaseOptions& options,
                                             const JobContext& job)
{
    Result<History> history = History::of(data, options.values, job);
    if (!history) {
        return passOn(history);
    }
    StackedRows stacked = stack(data, *history, options);
    if (std::min(stacked.rowCount(), stacked.columnCount()) > largestSystem) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "This method inverts a matrix of items or of users and takes at most %1 of either; here "
                "are %2 items and %3 users (with features). Keep fewer with min_item and min_user, leave "
                "out a source domain, or use item-knn."),
            {std::to_string(largestSystem),
             std::to_string(stacked.columnCount()),
             std::to_string(stacked.rowCount())});
    }
    const auto lambda = static_cast<float>(options.lambda);
    SparseRows queries = history->recent(options.decay);
    if (stacked.columnCount() <= stacked.rowCount()) {
        return fitItems(std::move(*history), std::move(queries), stacked, lambda, job);
    }
    RowForm::Parts parts{.history = std::move(*history),
                         .queries = std::move(queries),
                         .stacked = std::move(stacked),
                         .lambda = lambda};
    return fitRows(std::move(parts), options.decay < 1.0, job);
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

Workload easeWorkload(const DataShape& shape, const EaseOptions& options)
{
    const DomainShape all = shape.joined();
    const double share = options.values == EntryValue::Liked ? workload::countedShare("liked") : 1.0;
    const double entries = share * all.interactions;
    const double columns = all.items;
    const double dense = options.features == FeatureRows::Vectors ? all.dimension : 0.0;
    const double rows = all.users + dense + (options.features == FeatureRows::Terms ? all.vocabulary : 0.0);
    const double size = std::min(rows, columns);
    const double history = entries / std::max(shape.users, 1.0);
    const double matrix = sizeof(float) * size * size;
    Workload load{.start = workload::history(shape)};
    load.start.alone += {.scattered = 30.0 * entries + 8.0 * all.terms};
    load.start.shared = {.products = size * size * size, .streamed = 4.0 * size * size};
    load.trainBytes = 3.0 * workload::historyBytes(shape) + 0.1 * matrix;
    load.modelBytes = 2.0 * workload::historyBytes(shape) + matrix;
    if (columns <= rows) {
        load.start.shared +=
            {.products = columns * columns * dense / 2.0, .scattered = share * share * all.userSquares};
        load.ranking = {.streamed = history * shape.target.items};
        return load;
    }
    load.start.shared += {.products = dense * entries, .scattered = 3.0 * share * share * all.itemSquares};
    load.ranking = {.products = shape.target.items * dense,
                    .scattered = share * shape.target.interactions,
                    .steps = shape.target.items};
    load.modelBytes += 16.0 * entries + sizeof(float) * columns * dense;
    if (options.decay < 1.0) {
        load.start.shared += {.products = all.users * rows * rows,
                              .scattered = history * all.itemSquares / std::max(columns, 1.0) * all.users};
        load.trainBytes += sizeof(float) * all.users * rows;
        load.modelBytes += sizeof(float) * all.users * rows;
    }
    return load;
}

} // namespace transept
