#include "core/model/ColumnGroups.h"

#include <algorithm>

namespace transept {

ColumnGroups::ColumnGroups(const SparseRows& rows, const SparseRows& columns, std::span<const float> squares)
    : m_rows(rows)
    , m_columns(columns)
    , m_squares(squares)
    , m_sums(columns.rowCount())
    , m_met(columns.rowCount())
    , m_numbers(rows.rowCount(), -1)
{
}

std::span<const Cooccurrence> ColumnGroups::cooccurring(std::size_t column)
{
    m_found.clear();
    m_met[column] = 1;
    const auto shared = m_columns.columnsOf(column);
    const auto values = m_columns.valuesOf(column);
    for (std::size_t at = 0; at < shared.size(); ++at) {
        const auto others = m_rows.columnsOf(static_cast<std::size_t>(shared[at]));
        const auto otherValues = m_rows.valuesOf(static_cast<std::size_t>(shared[at]));
        for (std::size_t other = 0; other < others.size(); ++other) {
            const auto place = static_cast<std::size_t>(others[other]);
            m_sums[place] += values[at] * otherValues[other];
            if (m_met[place] == 0) {
                m_met[place] = 1;
                m_found.push_back({.column = others[other]});
            }
        }
    }
    std::sort(m_found.begin(), m_found.end(), [](const Cooccurrence& a, const Cooccurrence& b) {
        return a.column < b.column;
    });
    const auto take = [&](std::size_t place) {
        m_met[place] = 0;
        return std::exchange(m_sums[place], 0.0F);
    };
    for (Cooccurrence& each : m_found) {
        each.gram = take(static_cast<std::size_t>(each.column));
    }
    take(column);
    return m_found;
}

std::span<const Cooccurrence> ColumnGroups::strongest(std::size_t column, std::size_t most, float ridge)
{
    cooccurring(column);
    if (m_columns.rowCount() <= most + 1) {
        std::vector<Cooccurrence> all;
        auto next = m_found.begin();
        for (std::size_t other = 0; other < m_columns.rowCount(); ++other) {
            const auto number = static_cast<std::int32_t>(other);
            if (next != m_found.end() && next->column == number) {
                all.push_back(*next++);
            } else if (other != column) {
                all.push_back({.column = number});
            }
        }
        m_found = std::move(all);
    } else if (m_found.size() > most) {
        const auto gain = [&](const Cooccurrence& each) {
            return each.gram * each.gram / (m_squares[static_cast<std::size_t>(each.column)] + ridge);
        };
        std::nth_element(m_found.begin(),
                         m_found.begin() + static_cast<std::ptrdiff_t>(most),
                         m_found.end(),
                         [&](const Cooccurrence& a, const Cooccurrence& b) {
                             const float left = gain(a);
                             const float right = gain(b);
                             return left != right ? left > right : a.column < b.column;
                         });
        m_found.resize(most);
        std::sort(m_found.begin(), m_found.end(), [](const Cooccurrence& a, const Cooccurrence& b) {
            return a.column < b.column;
        });
    }
    return m_found;
}

void ColumnGroups::gramOf(std::span<const Cooccurrence> group, std::vector<float>& gram)
{
    // The rows that the group's columns touch, with these columns alone, numbered as they are met.
    std::vector<std::int32_t> met;
    std::vector<std::size_t> starts{0};
    for (const Cooccurrence& each : group) {
        for (const std::int32_t row : m_columns.columnsOf(static_cast<std::size_t>(each.column))) {
            std::int32_t& number = m_numbers[static_cast<std::size_t>(row)];
            if (number < 0) {
                number = static_cast<std::int32_t>(met.size());
                met.push_back(row);
                starts.push_back(0);
            }
            ++starts[static_cast<std::size_t>(number) + 1];
        }
    }
    for (std::size_t row = 0; row < met.size(); ++row) {
        starts[row + 1] += starts[row];
    }
    struct Entry
    {
        std::uint32_t member;
        float value;
    };
    std::vector<Entry> entries(starts.back());
    std::vector<std::size_t> next(starts.begin(), starts.end() - 1);
    for (std::size_t member = 0; member < group.size(); ++member) {
        const auto column = static_cast<std::size_t>(group[member].column);
        const auto rows = m_columns.columnsOf(column);
        const auto values = m_columns.valuesOf(column);
        for (std::size_t at = 0; at < rows.size(); ++at) {
            const auto number = static_cast<std::size_t>(m_numbers[static_cast<std::size_t>(rows[at])]);
            entries[next[number]++] = {.member = static_cast<std::uint32_t>(member), .value = values[at]};
        }
    }
    gram.assign(group.size() * group.size(), 0.0F);
    for (std::size_t row = 0; row < met.size(); ++row) {
        m_numbers[static_cast<std::size_t>(met[row])] = -1;
        for (std::size_t a = starts[row]; a < starts[row + 1]; ++a) {
            float* sums = gram.data() + entries[a].member * group.size();
            for (std::size_t b = starts[row]; b <= a; ++b) {
                sums[entries[b].member] += entries[a].value * entries[b].value;
            }
        }
    }
}

std::vector<float> squaresOf(const SparseRows& columns)
{
    std::vector<float> squares(columns.rowCount());
    for (std::size_t column = 0; column < squares.size(); ++column) {
        double sum = 0.0;
        for (const float value : columns.valuesOf(column)) {
            sum += static_cast<double>(value) * static_cast<double>(value);
        }
        squares[column] = static_cast<float>(sum);
    }
    return squares;
}

} // namespace transept
