#pragma once

#include "core/model/Method.h"

#include <algorithm>

namespace transept::test {

/// A model that has learnt a table by heart: row u holds user u's score of every item.
class TableModel final : public Model
{
public:
    explicit TableModel(Matrix scores, bool areRatings = false)
        : m_scores(std::move(scores))
        , m_areRatings(areRatings)
    {
    }

    std::size_t itemCount() const noexcept override { return static_cast<std::size_t>(m_scores.cols()); }
    bool predictsRatings() const noexcept override { return m_areRatings; }

    void score(UserRow user, std::span<float> scores) const override
    {
        const float* row = m_scores.data() + static_cast<std::ptrdiff_t>(user) * m_scores.cols();
        std::copy(row, row + m_scores.cols(), scores.begin());
    }

private:
    Matrix m_scores;
    bool m_areRatings;
};

} // namespace transept::test
