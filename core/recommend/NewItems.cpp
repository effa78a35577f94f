#include "core/recommend/NewItems.h"

#include "core/base/Parallel.h"
#include "core/base/RowOf.h"
#include "core/base/TaskGuard.h"
#include "core/recommend/Newcomers.h"
#include "core/store/Rows.h"

#include <atomic>

namespace transept {
namespace {

constexpr std::string_view laterItems =
    // CROSS JOIN keeps the order: from the few items to their rows, not through all rows of the domain.
    "SELECT item.id, account.person, interaction.value, coalesce(interaction.time, 0) FROM item"
    " CROSS JOIN interaction ON interaction.domain = item.domain AND interaction.item = item.id"
    " CROSS JOIN account ON account.id = interaction.account"
    " WHERE item.domain = ?1 AND item.id > ?2"
    " ORDER BY item.id, interaction.import, interaction.line, interaction.entry";

tl::unexpected<Error> hasToBeTrained(const FittedRun& run)
{
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "The method %1 with these parameters has to be trained to know new items. Run "
                             "its spec again on the data with them, or take another run."),
                {run.spec.method});
}

Status checkMethod(const FittedRun& run)
{
    return foldsInItems(run) ? Status() : hasToBeTrained(run);
}

} // namespace

bool foldsInItems(const FittedRun& run)
{
    return run.model->foldInItem({}, {}, {});
}

Result<std::vector<NewItem>> newItems(const Workspace& workspace,
                                      const FittedRun& run,
                                      int least,
                                      const JobContext& context)
{
    const Status goOn = checkMethod(run).and_then([&] { return context.checkpoint(); });
    if (!goOn) {
        return passOn(goOn);
    }
    const StopWatcher watcher(workspace.database(), context);
    Result<Statement> rows =
        prepared(workspace.database(), laterItems, number(run.data.target.id), run.data.extent.lastItem);
    std::vector<NewItem> items;
    const Status read = forEachRow(rows, [&](const Statement& row) {
        const double value = row.real(2);
        const auto user = rowOf<UserRow>(run.data.users, PersonId{row.integer(1)});
        if (!user || isTooLow(run.spec.data, -1, value)) {
            return;
        }
        const ItemId item{row.integer(0)};
        if (items.empty() || items.back().item != item) {
            items.push_back({.item = item, .interactions = {}});
        }
        items.back().interactions.push_back(
            {.user = *user, .value = static_cast<float>(value), .time = row.integer(3)});
    });
    std::erase_if(items, [least](const NewItem& each) { return std::ssize(each.interactions) < least; });
    return read ? Result<std::vector<NewItem>>(std::move(items)) : passOn(read);
}

Result<std::vector<float>> foldedScores(const FittedRun& run,
                                        UserRow user,
                                        std::span<const NewItem> items,
                                        const JobContext& context)
{
    if (const Status able = checkMethod(run); !able) {
        return passOn(able);
    }
    std::vector<float> scores(items.size());
    TaskGuard guard(context);
    std::atomic<bool> areFolded = true;
    const auto fold = [&](std::size_t at) {
        if (guard.mayGoOn() && !run.model->foldInItem(items[at].interactions, {&user, 1}, {&scores[at], 1})) {
            areFolded = false;
        }
    };
    if (!items.empty()) { // the first alone: what the model makes once, it makes then
        fold(0);
        parallelTasks(items.size() - 1, [&](std::size_t at) { fold(at + 1); });
    }
    if (const Status status = guard.status(); !status) {
        return passOn(status);
    }
    if (!areFolded) {
        return hasToBeTrained(run);
    }
    return scores;
}

} // namespace transept
