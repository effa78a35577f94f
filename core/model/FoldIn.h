#pragma once

#include "core/model/History.h"
#include "core/model/Method.h"

namespace transept {

/// Sees somebody whom the training data does not know as a method sees the users of that data: as the only
/// user, row 0, of data with the same domains.
class Newcomer
{
public:
    explicit Newcomer(const TrainingData& data); ///< only the shape of the domains is kept

    /// Data that holds these events and nothing else.
    TrainingData dataOf(std::span<const PastEvent> history) const;

private:
    TrainingData m_shape;                  ///< without interactions
    std::vector<std::size_t> m_itemCounts; ///< of the target and of each source
};

/// Reads the history of a newcomer as History reads those of the training data.
class NewcomerHistory
{
public:
    NewcomerHistory(const TrainingData& data, EntryValue value, double decay)
        : m_newcomer(data)
        , m_value(value)
        , m_decay(decay)
    {
    }

    SparseRows rowOf(std::span<const PastEvent> history) const; ///< one row; as History::recent() has it

private:
    Newcomer m_newcomer;
    EntryValue m_value;
    double m_decay;
};

/// The column of an item that the training data does not know but for these interactions, as History reads
/// the users' histories with them in it: one row, a column a user.
SparseRows columnOfNewItem(const TrainingData& data, EntryValue value, std::span<const Event> interactions);

} // namespace transept
