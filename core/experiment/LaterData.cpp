#include "core/experiment/LaterData.h"

#include "core/base/RowOf.h"
#include "core/evaluation/Measures.h"
#include "core/store/Rows.h"

namespace transept {
namespace {

/// The target's interactions of later imports by the run's rows, in file order; counts those that have none.
Result<HeldOut> laterEvents(const Workspace& workspace,
                            const FittedRun& run,
                            LaterResult& result,
                            const JobContext& context)
{
    const StopWatcher watcher(workspace.database(), context);
    Result<Statement> rows = prepared(workspace.database(),
                                      "SELECT account.person, item, value, coalesce(time, 0) FROM interaction"
                                      " JOIN account ON account.id = interaction.account"
                                      " WHERE domain = ?1 AND interaction.import > ?2"
                                      " ORDER BY interaction.import, line, entry",
                                      number(run.data.target.id),
                                      run.data.extent.lastImport);
    HeldOut later;
    const Status read = forEachRow(rows, [&](const Statement& row) {
        const double value = row.real(2);
        if (run.spec.data.minValue && value < *run.spec.data.minValue) {
            return;
        }
        const auto user = rowOf<UserRow>(run.data.users, PersonId{row.integer(0)});
        const auto item = rowOf<ItemRow>(run.data.target.items, ItemId{row.integer(1)});
        if (!user) {
            ++result.ofNewPeople;
        } else if (!item) {
            ++result.withNewItems;
        } else {
            later.events.push_back(
                {.user = *user, .item = *item, .value = static_cast<float>(value), .time = row.integer(3)});
        }
    });
    return read ? Result<HeldOut>(std::move(later)) : passOn(read);
}

} // namespace

Result<LaterResult> measureLater(const Workspace& workspace,
                                 const RunRecord& record,
                                 const FittedRun& run,
                                 const JobContext& context)
{
    if (!record.extent) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "Run %1 was trained by an earlier version, which did not note what was "
                                 "imported by then. Run its spec again."),
                    {std::to_string(number(record.id))});
    }
    LaterResult result;
    const Result<HeldOut> later = laterEvents(workspace, run, result, context);
    if (!later) {
        return passOn(later);
    }
    result.interactions = later->events.size();
    result.people = peopleOf(later->events).size();
    if (later->events.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "Nothing came since run %1 read its data that it could be measured on: %2 later "
                         "interactions are of people and %3 with items that it does not know. Import "
                         "more, or run its spec again."),
            {std::to_string(number(record.id)),
             std::to_string(result.ofNewPeople),
             std::to_string(result.withNewItems)});
    }
    HeldOut seen = run.parts.validation;
    seen.events.insert(seen.events.end(), run.parts.test.events.begin(), run.parts.test.events.end());
    Result<Evaluation> evaluation = evaluate(*run.model,
                                             *run.parts.training,
                                             *later,
                                             &seen,
                                             {.measures = measuresOf(run.spec, run.model->predictsRatings()),
                                              .positive = run.spec.data.positive,
                                              .seed = run.spec.split.seed,
                                              .alsoKnown = &run.parts.unused},
                                             context);
    if (!evaluation) {
        return passOn(evaluation);
    }
    result.measures = std::move(evaluation->values);
    return result;
}

} // namespace transept
