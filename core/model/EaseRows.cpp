#include "core/model/EaseRows.h"

#include "core/model/ItemVectors.h"
#include "core/model/SymmetricInverse.h"

#include <algorithm>

namespace transept {
namespace {

/// A row for each term that at least two items have, times `factor`.
SparseRows termRows(const TrainingData& data, const History& history, float factor)
{
    SparseRows items{.columnCount = 0};
    for (std::size_t domain = 0; domain <= data.sources.size(); ++domain) {
        const ItemKnowledge* knowledge =
            (domain == 0 ? data.target : data.sources[domain - 1]).knowledge.get();
        const std::size_t end = history.firstColumns()[domain + 1];
        for (std::size_t item = history.firstColumns()[domain]; item < end; ++item) {
            const std::size_t at = item - history.firstColumns()[domain];
            if (knowledge != nullptr && at < knowledge->termWeights.size()) {
                for (const TermWeight& term : knowledge->termWeights[at]) {
                    items.add(static_cast<std::int32_t>(term.term), factor * term.weight);
                    items.columnCount = std::max(items.columnCount, static_cast<std::size_t>(term.term) + 1);
                }
            }
            items.endRow();
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

} // namespace

StackedRows stackedRows(const TrainingData& data, const History& history, FeatureRows features, float factor)
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
    if (features == FeatureRows::Terms) {
        stacked.rows.append(termRows(data, history, factor));
    } else if (features == FeatureRows::Vectors) {
        stacked.dense = columnVectors(data, history).decoded();
        stacked.dense *= factor;
    }
    stacked.transposed = stacked.rows.transposed();
    return stacked;
}

Result<Matrix> rowGram(const StackedRows& stacked, float lambda, const JobContext& job)
{
    Matrix gram = Matrix::Zero(place(stacked.rowCount()), place(stacked.rowCount()));
    if (const Status status = addGram(stacked.rows, stacked.transposed, 1.0F, gram, job); !status) {
        return passOn(status);
    }
    const Matrix& dense = stacked.dense;
    if (dense.cols() > 0) {
        const std::size_t above = stacked.rows.rowCount();
        Matrix mixed;
        if (const Status status = multiply(stacked.rows, dense, mixed, job); !status) {
            return passOn(status);
        }
        gram.bottomLeftCorner(dense.cols(), place(above)) = mixed.transpose();
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

} // namespace transept
