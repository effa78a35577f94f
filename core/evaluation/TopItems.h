#pragma once

#include "core/base/Ids.h"
#include "core/model/Imported.h"

#include <span>
#include <vector>

namespace transept {

/// The best items of one user, best first.
struct TopItems
{
    std::vector<ItemRow> items;
    std::vector<float> scores;
};

/// Finds the `count` best of all items that are not excluded, or as many as there are. Equal scores are
/// broken by ascending item row; a score that is not a number counts as minus infinity. `excluded` ascends
/// without repeats, and outlives this. Candidates above a bar wait until they are many, then the best are
/// picked and the bar rises: O(items) and hardly more than a look at each score.
class BestItems
{
public:
    BestItems(std::span<const ItemRow> excluded, std::size_t count);

    /// The scores of the items that follow those offered so far.
    void offer(std::span<const float> scores);

    /// Of what was offered; to be asked once.
    TopItems take();

private:
    /// Score and item in one number, the larger the better: compared without a branch that is guessed wrong
    /// half of the time.
    using Candidate = std::uint64_t;

    void add(float score, std::size_t item);
    void dropExcluded();
    void pickBest();

    std::span<const ItemRow> m_excluded;
    std::size_t m_nextExcluded = 0;
    std::size_t m_wanted;
    std::size_t m_offered = 0;        ///< items
    std::vector<Candidate> m_waiting; ///< and room behind them
    std::size_t m_count = 0;          ///< of the candidates that wait
    std::size_t m_admitted = 0;       ///< so many of them are known not to be excluded
    float m_bar;                      ///< the score of the worst that may still be wanted
};

/// The same from all scores at once.
TopItems topItems(std::span<const float> scores, std::span<const ItemRow> excluded, std::size_t count);

/// The first `count` items of a user's list as it stands, for a model that knows lists instead of scores.
TopItems firstItems(std::span<const ImportedModel::Entry> list, std::size_t count);

} // namespace transept
