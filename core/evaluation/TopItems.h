#pragma once

#include "core/evaluation/Candidates.h"
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
    void add(float score, std::size_t item);
    void dropExcluded();
    void raiseBar();

    Excluded m_excluded;
    std::size_t m_wanted;
    std::size_t m_offered = 0;        ///< items
    std::vector<Candidate> m_waiting; ///< and room behind them
    std::size_t m_count = 0;          ///< of the candidates that wait
    std::size_t m_admitted = 0;       ///< so many of them are known not to be excluded
    float m_bar;                      ///< the score of the worst that may still be wanted
};

/// Of candidates that stand in any order, and are put in theirs.
TopItems sorted(std::span<Candidate> best);

/// The same from all scores at once.
TopItems topItems(std::span<const float> scores, std::span<const ItemRow> excluded, std::size_t count);

/// The first `count` items of a user's list as it stands, for a model that knows lists instead of scores.
TopItems firstItems(std::span<const ImportedModel::Entry> list, std::size_t count);

} // namespace transept
