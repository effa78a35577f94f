#include "core/model/EaseModel.h"

#include "core/base/Kernels.h"

#include <algorithm>

namespace transept {

void EaseItemModel::scoreQuery(const Query& query, std::span<float> scores) const
{
    std::fill(scores.begin(), scores.end(), 0.0F);
    for (std::size_t at = 0; at < query.columns.size(); ++at) {
        kernels::addScaled(
            query.weights[at], m_weights.row(query.columns[at]).data(), scores.data(), scores.size());
    }
}

void EaseItemModel::setParts(const Query& query, ItemRow item, std::span<float> parts) const
{
    for (std::size_t at = 0; at < query.columns.size(); ++at) {
        parts[at] = query.weights[at] * m_weights(query.columns[at], place(index(item)));
    }
}

bool EaseItemModel::foldInItem(std::span<const Event> interactions,
                               std::span<const UserRow> users,
                               std::span<float> scores) const
{
    if (m_newItems.data == nullptr || users.empty()) {
        return m_newItems.data != nullptr;
    }
    const SparseRows column = m_newItems.columnOf(interactions);
    std::vector<float> along(history().columnCount()); // Y'x, then by what M has of P
    const SparseRows& rows = history().rows();
    for (std::size_t at = 0; at < column.columns.size(); ++at) {
        const auto user = static_cast<std::size_t>(column.columns[at]);
        for (std::size_t entry = rows.starts[user]; entry < rows.starts[user + 1]; ++entry) {
            along[static_cast<std::size_t>(rows.columns[entry])] += column.values[at] * rows.values[entry];
        }
    }
    for (std::size_t item = 0; item < m_diagonal.size(); ++item) {
        along[item] *= -m_diagonal[item];
    }
    for (std::size_t at = 0; at < users.size(); ++at) {
        const Query query = queryOf(users[at]);
        scores[at] = 0.0F;
        for (std::size_t entry = 0; entry < query.columns.size(); ++entry) {
            const auto own = static_cast<std::size_t>(query.columns[entry]);
            const float others =
                kernels::dot(m_weights.row(query.columns[entry]).data(), along.data(), along.size());
            scores[at] += query.weights[entry] * (others - (own < m_diagonal.size() ? along[own] : 0.0F));
        }
    }
    return true;
}

void EaseRowModel::score(UserRow user, std::span<float> scores) const
{
    const int row = m_parts.stacked.rowOf[index(user)];
    if (row < 0) {
        std::fill(scores.begin(), scores.end(), 0.0F);
        return;
    }
    const Query query = queryOf(user);
    setSemantic(query, scores);
    if (m_parts.responses.size() == 0) {
        addLearnt(query, m_parts.inverse.row(row).data(), -1.0F, 0.0F, scores);
    } else {
        const float share = 1.0F / m_parts.lambda;
        addLearnt(query, m_parts.responses.row(row).data(), share, share, scores);
    }
}

bool EaseRowModel::foldInItem(std::span<const Event> interactions,
                              std::span<const UserRow> users,
                              std::span<float> scores) const
{
    if (m_parts.newItems.data == nullptr || users.empty()) {
        return m_parts.newItems.data != nullptr;
    }
    const SparseRows column = m_parts.newItems.columnOf(interactions);
    for (std::size_t at = 0; at < users.size(); ++at) {
        const int row = m_parts.stacked.rowOf[index(users[at])];
        scores[at] = 0.0F;
        for (std::size_t entry = 0; row >= 0 && entry < column.columns.size(); ++entry) {
            const int other = m_parts.stacked.rowOf[static_cast<std::size_t>(column.columns[entry])];
            if (other >= 0) {
                const float own = other == row ? 1.0F : 0.0F;
                scores[at] +=
                    column.values[entry] * (m_parts.responses.size() > 0
                                                ? m_parts.responses(row, other)
                                                : own - m_parts.lambda * m_parts.inverse(row, other));
            }
        }
    }
    return true;
}

void EaseRowModel::scoreQuery(const Query& query, std::span<float> scores) const
{
    const StackedRows& stacked = m_parts.stacked;
    Vector response = Vector::Zero(place(stacked.rowCount())); // Y q
    for (std::size_t at = 0; at < query.columns.size(); ++at) {
        const auto column = static_cast<std::size_t>(query.columns[at]);
        const auto rows = stacked.transposed.columnsOf(column);
        const auto values = stacked.transposed.valuesOf(column);
        for (std::size_t entry = 0; entry < rows.size(); ++entry) {
            response[rows[entry]] += query.weights[at] * values[entry];
        }
        if (stacked.dense.cols() > 0) {
            response.tail(stacked.dense.cols()) +=
                query.weights[at] * stacked.dense.row(place(column)).transpose();
        }
    }
    response = m_parts.inverse * response;
    const float share = 1.0F / m_parts.lambda;
    setSemantic(query, scores);
    addLearnt(query, response.data(), share, share, scores);
}

void EaseRowModel::addLearnt(
    const Query& query, const float* response, float factor, float own, std::span<float> scores) const
{
    for (std::size_t column = 0; column < scores.size(); ++column) {
        scores[column] += factor * alongColumn(response, column) * m_parts.factors[column];
    }
    for (std::size_t at = 0; at < query.columns.size(); ++at) {
        const auto column = static_cast<std::size_t>(query.columns[at]);
        if (column < scores.size()) {
            scores[column] += query.weights[at] * (1.0F - own * m_parts.factors[column]);
        }
    }
}

void EaseRowModel::setSemantic(const Query& query, std::span<float> scores) const
{
    const SemanticMap& semantic = m_parts.semantic;
    const auto length = static_cast<std::size_t>(semantic.left.cols());
    if (length == 0) {
        std::fill(scores.begin(), scores.end(), 0.0F);
        return;
    }
    std::vector<float> profile(length);
    for (std::size_t at = 0; at < query.columns.size(); ++at) {
        kernels::addScaled(
            query.weights[at], semantic.left.row(query.columns[at]).data(), profile.data(), length);
    }
    kernels::dotRows(semantic.right.data(), scores.size(), length, profile.data(), length, scores.data());
}

void EaseRowModel::setParts(const Query& query, ItemRow item, std::span<float> parts) const
{
    const std::vector<float> response = responseOf(item);
    const float factor = m_parts.factors[index(item)] / m_parts.lambda;
    const SemanticMap& semantic = m_parts.semantic;
    const auto length = static_cast<std::size_t>(semantic.left.cols());
    for (std::size_t at = 0; at < query.columns.size(); ++at) {
        const auto column = static_cast<std::size_t>(query.columns[at]);
        if (column == index(item)) {
            continue;
        }
        float weight = factor * alongColumn(response.data(), column);
        if (length > 0) {
            weight += kernels::dot(semantic.left.row(query.columns[at]).data(),
                                   semantic.right.row(place(index(item))).data(),
                                   length);
        }
        parts[at] = query.weights[at] * weight;
    }
}

std::vector<float> EaseRowModel::responseOf(ItemRow item) const
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
    return response;
}

float EaseRowModel::alongColumn(const float* response, std::size_t column) const
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

void EaseRowModel::addRow(std::int32_t row, float factor, std::vector<float>& response) const
{
    kernels::addScaled(factor, m_parts.inverse.row(row).data(), response.data(), response.size());
}

} // namespace transept
