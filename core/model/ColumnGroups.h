#pragma once

#include "core/data/SparseRows.h"

namespace transept {

/// A column j that shares a row with another one, and their element of the Gram matrix.
struct Cooccurrence
{
    std::int32_t column = 0;
    float gram = 0.0F; ///< <Y_j, Y_c>
};

/// Parts of the Gram matrix G = Y'Y of sparse rows, computed as they are asked for: the whole is never held.
/// Has room of its own for every row and column, so it belongs to one task at a time.
class ColumnGroups
{
public:
    /// Y by rows and by columns, and G_jj of every column; all outlive it.
    ColumnGroups(const SparseRows& rows, const SparseRows& columns, std::span<const float> squares);

    /// Every other column that shares a row with the column, ascending. Valid until the next question.
    std::span<const Cooccurrence> cooccurring(std::size_t column);

    /// The `most` of them that explain the column best by themselves, ascending: those of the largest
    /// G_jc^2 / (G_jj + ridge), which is what a ridge regression of Y_c on Y_j alone takes off |Y_c|^2. Equal
    /// ones by column. All other columns, also those that share no row, when they are no more than `most`.
    /// Valid until the next question.
    std::span<const Cooccurrence> strongest(std::size_t column, std::size_t most, float ridge);

    /// The lower triangle of G among the columns of a group, row-major: group.size()^2 numbers.
    void gramOf(std::span<const Cooccurrence> group, std::vector<float>& gram);

private:
    const SparseRows& m_rows;
    const SparseRows& m_columns;
    std::span<const float> m_squares;
    std::vector<float> m_sums;       ///< a column each; zero between questions
    std::vector<std::uint8_t> m_met; ///< a column each; 0 between questions
    std::vector<Cooccurrence> m_found;
    std::vector<std::int32_t> m_numbers; ///< of a row in the group; -1 between questions
};

/// G_jj of every column: the squares of its values.
std::vector<float> squaresOf(const SparseRows& columns);

} // namespace transept
