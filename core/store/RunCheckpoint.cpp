#include "core/store/RunCheckpoint.h"

#include "core/store/Blobs.h"

namespace transept {
Status putCheckpoint(const Workspace& workspace, RunId run, const RunCheckpoint& checkpoint)
{
    Result<Statement> put = workspace.database().prepare(
        "INSERT INTO checkpoint(run, epoch, basis, train_seconds, training, watch, best)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(run) DO UPDATE SET epoch = ?2, basis = ?3,"
        " train_seconds = ?4, training = ?5, watch = ?6, best = coalesce(?7, best)");
    if (!put) {
        return passOn(put);
    }
    put->bind(1, number(run))
        .bind(2, std::int64_t{checkpoint.epoch})
        .bind(3, std::string_view(checkpoint.basis))
        .bind(4, checkpoint.trainSeconds)
        .bind(5, bytesOf(checkpoint.training))
        .bind(6, bytesOf(checkpoint.watch));
    if (checkpoint.best) {
        put->bind(7, bytesOf(*checkpoint.best));
    }
    return put->run();
}

Result<std::optional<RunCheckpoint>> checkpointOf(const Workspace& workspace, RunId run)
{
    Result<Statement> rows = workspace.database().prepare(
        "SELECT epoch, basis, train_seconds, training, watch, best FROM checkpoint WHERE run = ?");
    if (!rows) {
        return passOn(rows);
    }
    const Result<bool> row = rows->bind(1, number(run)).step();
    if (!row) {
        return passOn(row);
    }
    if (!*row) {
        return std::optional<RunCheckpoint>();
    }
    RunCheckpoint found{.epoch = static_cast<int>(rows->integer(0)),
                        .basis = std::string(rows->text(1)),
                        .trainSeconds = rows->real(2),
                        .training = textOf(rows->blob(3)),
                        .watch = textOf(rows->blob(4))};
    if (!rows->isNull(5)) {
        found.best = textOf(rows->blob(5));
    }
    return std::optional(std::move(found));
}

} // namespace transept
