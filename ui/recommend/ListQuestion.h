#pragma once

#include "core/recommend/Recommend.h"
#include "ui/recommend/ListCard.h"

namespace transept::ui {

/// What a run is asked to recommend.
struct ListQuestion
{
    std::shared_ptr<const FittedRun> fitted;
    PersonId person{};
    int top = 0;
    bool withNew = false;                     ///< items that came after the training stand among the others
    std::optional<std::vector<ItemId>> among; ///< these alone, which ascend; nothing: all
};

struct ListAnswer
{
    std::vector<Recommendation> items;
    std::size_t newItems = 0; ///< that could be chosen from
};

/// For a reading thread.
Result<ListAnswer> answerOf(const Workspace& workspace,
                            const ListQuestion& question,
                            const JobContext& context);

/// What stands beside the list of a run, and in its place when it is empty.
ListCard::Remark remarkOn(const ListQuestion& question, const Result<ListAnswer>& answer);

} // namespace transept::ui
