#pragma once

#include "core/base/Parameter.h"
#include "core/data/SparseRows.h"

namespace transept {

/// What an interaction counts in a history.
enum class EntryValue {
    Binary, ///< 1
    Value,  ///< a rating's share of the highest rating; ln(1 + strength) of implicit feedback
    Liked,  ///< 1 when a rating is at least the user's mean in that domain, else nothing; 1 of implicit
            ///< feedback
};

/// The three words of EntryValue as a parameter named "values".
Parameter entryValueParameter();
EntryValue entryValueFrom(const Parameters& parameters);

/// The parameter "decay": what an event weighs against the user's next later one.
Parameter decayParameter();

/// What every user did in all domains, side by side in one matrix: a row a user, a column an item, the
/// target's items first (column = item row), then each source's in order. Of a repeated pair a rating keeps
/// its last value, implicit feedback adds up; its place in time is that of its last occurrence.
class History
{
public:
    static Result<History> of(const TrainingData& data, EntryValue value, const JobContext& job);

    const SparseRows& rows() const noexcept { return m_rows; }
    std::size_t userCount() const noexcept { return m_rows.rowCount(); }
    std::size_t columnCount() const noexcept { return m_rows.columnCount; }
    std::size_t targetCount() const noexcept { return m_firstColumns[1]; }

    /// k of every entry of rows(), as recent() uses it.
    std::span<const std::int32_t> ages() const noexcept { return m_ages; }

    /// First column of the target, of each source, and the end.
    std::span<const std::size_t> firstColumns() const noexcept { return m_firstColumns; }

    /// Where a column comes from: -1 for the target, else the place among the sources.
    int domainOf(std::size_t column) const noexcept;
    ItemRow itemOf(std::size_t column) const noexcept;

    /// The rows with every value multiplied by decay^k, where k = 0 is the user's latest event: over all
    /// domains when all of the user's events have times, else within each domain. decay 1: the rows as they
    /// are.
    SparseRows recent(double decay) const;

private:
    History() = default;

    SparseRows m_rows;
    std::vector<std::int32_t> m_ages;
    std::vector<std::size_t> m_firstColumns;
};

} // namespace transept
