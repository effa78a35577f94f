#include "core/ingest/Import.h"
#include "core/ingest/Sink.h"
#include "core/store/PageCache.h"

#include <chrono>

namespace transept {
namespace {

// Steps grow: the first one shows soon that something is happening, the later ones write every page of the
// tables less often. What is not committed when the process is killed is read again.
constexpr std::size_t firstStep = 50'000;
constexpr std::size_t largestStep = 400'000;
constexpr std::size_t mostRejectBytes = std::size_t{1} << 24U; ///< kept in memory before a step ends
constexpr std::int64_t hopelessRows = 50'000; ///< rejected from the start, and not one that fits
constexpr std::int64_t rowsBetweenChecks = 512;

/// What an interrupted import left behind.
struct Checkpoint
{
    ImportId import{};
    std::int64_t offset = 0;
    std::int64_t line = 0;
    std::string hash;
    Counters counters;
};

class ImportJob
{
public:
    ImportJob(Workspace& workspace, ImportPlan plan, const JobContext& context)
        : m_workspace(workspace)
        , m_plan(std::move(plan))
        , m_context(context)
    {
    }

    Result<ImportReport> run(const std::optional<Checkpoint>& checkpoint);

private:
    Status start(const std::optional<Checkpoint>& checkpoint);
    Status skipHeader();
    Status check();
    Status readAll();
    Status takeRecord(const Record& record);
    void reject(const Record& record, Problem problem);
    Status refuseHopeless() const;
    Status finishStep(bool last);
    Status beginImport();
    Status storeRejects();
    Status storeCounters(bool last);
    Status close(const Error& error);
    void report() const;

    Workspace& m_workspace;
    const ImportPlan m_plan;
    const JobContext& m_context;
    std::unique_ptr<RecordReader> m_reader;
    std::unique_ptr<Sink> m_sink;
    std::optional<ImportId> m_import;
    Counters m_counters;
    std::vector<Reject> m_rejects;
    std::size_t m_rejectBytes = 0;
    std::size_t m_stepRows = firstStep;
    bool m_resumed = false;
};

Result<std::unique_ptr<Sink>> makeSink(const Workspace& workspace, const ImportPlan& plan)
{
    switch (plan.options.target) {
    case ImportTarget::Items:
        return makeItemSink(plan);
    case ImportTarget::Users:
        return makeUserSink(plan);
    case ImportTarget::Links:
        return makeLinkSink(plan);
    case ImportTarget::Negatives:
        return makeNegativeSink(workspace, plan);
    case ImportTarget::Interactions:
        break;
    }
    return makeInteractionSink(workspace, plan);
}

/// Reads a compressed file once to its end: a damaged or truncated one is refused before anything is written.
Status checkArchive(const ImportPlan& plan, const JobContext& context)
{
    if (!plan.format.compressed) {
        return {};
    }
    Result<ByteSource> bytes = ByteSource::open(plan.file, true);
    if (!bytes) {
        return passOn(bytes);
    }
    std::string piece;
    Result<std::size_t> got = std::size_t{1};
    while (got && *got > 0) {
        if (const Status going = context.checkpoint(); !going) {
            return going;
        }
        piece.clear();
        got = bytes->read(piece, std::size_t{1} << 18U);
    }
    return got.map([](std::size_t) {});
}

tl::unexpected<Error> noRows(const ImportPlan& plan)
{
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "%1 has no rows. Choose another file, or say that its first line is no header."),
                {plan.file.string()});
}

tl::unexpected<Error> rejectedRow(const ImportPlan& plan, const Reject& reject)
{
    return fail(
        ErrorCode::InvalidInput,
        TRANSLATABLE("errors",
                     "%1, line %2: %3 Nothing was imported, because the first bad row was to stop it."),
        {plan.file.string(),
         std::to_string(reject.line),
         describe({.sentence = reject.problem.sentence, .arguments = reject.problem.arguments})});
}

Status ImportJob::start(const std::optional<Checkpoint>& checkpoint)
{
    Result<std::unique_ptr<RecordReader>> reader =
        openRecords(m_plan.file, m_plan.format, m_plan.names.size());
    if (!reader) {
        return passOn(reader);
    }
    m_reader = std::move(*reader);
    if (!checkpoint) {
        return skipHeader();
    }
    const Result<bool> same = m_reader->skipTo(checkpoint->offset, checkpoint->line, checkpoint->hash);
    if (!same) {
        return passOn(same);
    }
    if (!*same) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "%1 is not the file any more that the import began with: it has changed before line "
                         "%2. Import it again from the start."),
            {m_plan.file.string(), std::to_string(checkpoint->line)});
    }
    m_import = checkpoint->import;
    m_counters = checkpoint->counters;
    m_resumed = true;
    return {};
}

Status ImportJob::skipHeader()
{
    if (!m_plan.format.header || m_plan.format.layout != Format::Layout::Delimited) {
        return {};
    }
    Record record;
    Result<bool> more = m_reader->next(record);
    while (more && *more && record.blank) {
        more = m_reader->next(record);
    }
    return more.map([](bool) {});
}

/// Goes over the whole file without writing: the first row that does not fit is the error.
Status ImportJob::check()
{
    if (const Status started = start(std::nullopt); !started) {
        return started;
    }
    Result<std::unique_ptr<Sink>> sink = makeSink(m_workspace, m_plan);
    if (!sink) {
        return passOn(sink);
    }
    m_sink = std::move(*sink);
    Record record;
    Result<bool> more = m_reader->next(record);
    for (; more && *more; more = m_reader->next(record)) {
        if (const Status taken = takeRecord(record); !taken) {
            return taken;
        }
        if (!m_rejects.empty()) {
            return rejectedRow(m_plan, m_rejects.front());
        }
        if (m_sink->buffered() >= largestStep) {
            sink = makeSink(m_workspace, m_plan);
            if (!sink) {
                return passOn(sink);
            }
            m_sink = std::move(*sink);
        }
    }
    m_counters = {};
    return more.map([](bool) {});
}

void ImportJob::reject(const Record& record, Problem problem)
{
    m_rejectBytes += record.raw.size();
    ++m_counters.rejected;
    m_rejects.push_back({.line = record.line,
                         .entry = record.entry,
                         .offset = record.offset,
                         .problem = std::move(problem),
                         .raw = std::string(record.raw)});
}

Status ImportJob::takeRecord(const Record& record)
{
    if (m_counters.read % rowsBetweenChecks == 0) {
        if (const Status going = m_context.checkpoint(); !going) {
            return going;
        }
        report();
    }
    ++m_counters.read;
    if (record.blank) {
        ++m_counters.skipped;
        return {};
    }
    if (record.problem) {
        reject(record, *record.problem);
        return {};
    }
    std::optional<Problem> problem;
    switch (m_sink->take(record, problem)) {
    case Taken::Buffered:
        break;
    case Taken::Skipped:
        ++m_counters.skipped;
        break;
    case Taken::Rejected:
        reject(record, std::move(*problem));
        break;
    }
    return {};
}

void ImportJob::report() const
{
    m_context.progress({.fraction = std::min(m_reader->fraction(), 0.999),
                        .stage = TRANSLATABLE("stages", "Importing rows"),
                        .done = m_counters.read});
}

/// An import of which no row fits was given the wrong delimiter or columns: nothing is written then.
Status ImportJob::refuseHopeless() const
{
    const bool hasRows = m_counters.imported > 0 || m_sink->buffered() > 0;
    if (m_import || hasRows || m_rejects.empty()) {
        return {};
    }
    const Reject& first = m_rejects.front();
    return fail(
        ErrorCode::InvalidInput,
        TRANSLATABLE(
            "errors",
            "%1: none of the %2 rows fits. Line %3: %4 Check the delimiter and what the columns hold."),
        {m_plan.file.string(),
         std::to_string(m_counters.rejected),
         std::to_string(first.line),
         describe({.sentence = first.problem.sentence, .arguments = first.problem.arguments})});
}

Status ImportJob::readAll()
{
    Record record;
    Result<bool> more = m_reader->next(record);
    for (; more && *more; more = m_reader->next(record)) {
        if (const Status taken = takeRecord(record); !taken) {
            return taken;
        }
        const bool isHopeless = !m_import && m_sink->buffered() == 0 && m_counters.rejected >= hopelessRows &&
                                m_counters.imported == 0;
        const bool isFull =
            m_sink->buffered() >= m_stepRows || m_rejectBytes >= mostRejectBytes || isHopeless;
        if (record.last && isFull) {
            if (const Status finished = finishStep(false); !finished) {
                return finished;
            }
        }
    }
    if (!more) {
        return passOn(more);
    }
    if (m_counters.read == 0) {
        return noRows(m_plan);
    }
    return finishStep(true);
}

Status ImportJob::finishStep(bool last)
{
    if (const Status hopeful = refuseHopeless(); !hopeful) {
        return hopeful;
    }
    Result<Transaction> transaction = Transaction::begin(m_workspace.database());
    if (!transaction) {
        return passOn(transaction);
    }
    const bool isFirst = !m_import || m_resumed;
    if (isFirst) {
        if (const Status begun = beginImport(); !begun) {
            m_import = m_resumed ? m_import : std::nullopt;
            return begun;
        }
    }
    Step step{m_workspace, *m_import, m_counters, m_rejects, m_context};
    Status done = m_sink->write(step);
    if (last) {
        done = done.and_then([&] { return m_sink->finish(step); });
    }
    done = done.and_then([&] { return storeRejects(); })
               .and_then([&] { return storeCounters(last); })
               .and_then([&] { return transaction->commit(); });
    if (!done) {
        m_import = isFirst && !m_resumed ? std::nullopt : m_import;
        return done;
    }
    m_resumed = false;
    m_rejects.clear();
    m_rejectBytes = 0;
    m_stepRows = std::min(m_stepRows * 2, largestStep);
    return {};
}

Status ImportJob::beginImport()
{
    const Database& database = m_workspace.database();
    if (m_resumed) {
        Result<Statement> go =
            database.prepare("UPDATE import SET state = 'running', reason = '', process = ?2 WHERE id = ?1");
        return go ? go->bind(1, number(*m_import)).bind(2, processId()).run() : passOn(go);
    }
    std::optional<std::int64_t> domain;
    for (const std::string& name : m_plan.domains) {
        const Result<Domain> made = ensureDomain(m_workspace, name, m_plan);
        if (!made) {
            return passOn(made);
        }
        domain = m_plan.domains.size() == 1 ? std::optional(number(made->id)) : std::nullopt;
    }
    Result<Statement> insert = database.prepare("INSERT INTO import(file, target, domain, options, state, "
                                                "started, process) VALUES(?, ?, ?, ?, 'running', ?, ?)");
    if (!insert) {
        return passOn(insert);
    }
    const Status inserted = insert->bind(1, std::string_view(m_plan.file.native()))
                                .bind(2, wordOf(m_plan.options.target))
                                .bind(3, domain)
                                .bind(4, std::string_view(toJson(m_plan.options).dump()))
                                .bind(5, now())
                                .bind(6, processId())
                                .run();
    m_import = ImportId{database.lastInsertId()};
    return inserted;
}

Status ImportJob::storeRejects()
{
    Result<Statement> insert =
        m_workspace.database().prepare("INSERT INTO reject(import, line, entry, offset, reason, arguments, "
                                       "raw) VALUES(?, ?, ?, ?, ?, ?, ?)");
    if (!insert) {
        return passOn(insert);
    }
    std::size_t stored = 0;
    for (const Reject& each : m_rejects) {
        const std::string arguments =
            Json(each.problem.arguments).dump(-1, ' ', false, Json::error_handler_t::replace);
        const Status inserted = insert->bind(1, number(*m_import))
                                    .bind(2, each.line)
                                    .bind(3, each.entry)
                                    .bind(4, each.offset)
                                    .bind(5, std::string_view(each.problem.sentence))
                                    .bind(6, std::string_view(arguments))
                                    .bind(7, std::string_view(withEscapedBytes(each.raw)))
                                    .run();
        if (!inserted) {
            return inserted;
        }
        if (++stored % 512 == 0) {
            if (const Status going = m_context.checkpoint(); !going) {
                return going;
            }
        }
    }
    return {};
}

Status ImportJob::storeCounters(bool last)
{
    Result<Statement> update = m_workspace.database().prepare(
        "UPDATE import SET hash = ?2, checkpoint_offset = ?3, checkpoint_line = ?4, rows_read = ?5, imported "
        "= ?6,"
        " rejected = ?7, skipped = ?8, state = ?9, finished = ?10 WHERE id = ?1");
    if (!update) {
        return passOn(update);
    }
    return update->bind(1, number(*m_import))
        .bind(2, std::string_view(m_reader->hashOfConsumed()))
        .bind(3, m_reader->offset())
        .bind(4, m_reader->linesRead())
        .bind(5, m_counters.read)
        .bind(6, m_counters.imported)
        .bind(7, m_counters.rejected)
        .bind(8, m_counters.skipped)
        .bind(9, last ? std::string_view("finished") : std::string_view("running"))
        .bind(10, last ? std::optional(now()) : std::nullopt)
        .run();
}

/// What was committed stays, and says why it is not complete.
Status ImportJob::close(const Error& error)
{
    if (!m_import) {
        return {};
    }
    const bool wasCancelled = error.code == ErrorCode::Cancelled;
    Result<Statement> update =
        m_workspace.database().prepare("UPDATE import SET state = ?2, reason = ?3 WHERE id = ?1");
    if (!update) {
        return passOn(update);
    }
    return update->bind(1, number(*m_import))
        .bind(2, wasCancelled ? std::string_view("cancelled") : std::string_view("failed"))
        .bind(3, std::string_view(wasCancelled ? std::string() : describe(error)))
        .run();
}

Result<ImportReport> ImportJob::run(const std::optional<Checkpoint>& checkpoint)
{
    using Clock = std::chrono::steady_clock;
    const Clock::time_point begun = Clock::now();
    Status done = checkArchive(m_plan, m_context);
    if (done && m_plan.options.stopAtFirstReject && !checkpoint) {
        done = check();
    }
    done = done.and_then([&] { return start(checkpoint); });
    if (done) {
        Result<std::unique_ptr<Sink>> sink = makeSink(m_workspace, m_plan);
        if (!sink) {
            return passOn(sink);
        }
        m_sink = std::move(*sink);
        done = readAll();
    }
    if (!done) {
        if (const Status closed = close(done.error()); !closed && done.error().code != ErrorCode::Database) {
            return passOn(closed);
        }
        return passOn(done);
    }
    m_context.progress(
        {.fraction = 1.0, .stage = TRANSLATABLE("stages", "Importing rows"), .done = m_counters.read});
    return ImportReport{.id = *m_import,
                        .read = m_counters.read,
                        .imported = m_counters.imported,
                        .rejected = m_counters.rejected,
                        .skipped = m_counters.skipped,
                        .seconds = std::chrono::duration<double>(Clock::now() - begun).count()};
}

struct StoredImport
{
    std::string file;
    ImportOptions options;
    Checkpoint checkpoint;
};

Result<StoredImport> loadInterrupted(const Workspace& workspace, ImportId import)
{
    Result<Statement> row =
        workspace.database().prepare("SELECT file, options, state, checkpoint_offset, checkpoint_line, hash, "
                                     "rows_read, imported, rejected, skipped"
                                     " FROM import WHERE id = ?");
    if (!row) {
        return passOn(row);
    }
    const Result<bool> found = row->bind(1, number(import)).step();
    if (!found) {
        return passOn(found);
    }
    const std::string id = std::to_string(number(import));
    if (!*found) {
        return fail(ErrorCode::NotFound, TRANSLATABLE("errors", "There is no import %1."), {id});
    }
    const std::string_view state = row->text(2);
    if (state == "finished" || state == "running") {
        return fail(ErrorCode::InvalidInput,
                    state == "finished" ? TRANSLATABLE("errors", "The import %1 is complete.")
                                        : TRANSLATABLE("errors", "The import %1 is still running."),
                    {id});
    }
    const Result<Json> json = parseJson(row->text(1), "import.options");
    if (!json) {
        return passOn(json);
    }
    Result<ImportOptions> options = importOptionsFrom(*json);
    if (!options) {
        return passOn(options);
    }
    return StoredImport{.file = std::string(row->text(0)),
                        .options = std::move(*options),
                        .checkpoint = {.import = import,
                                       .offset = row->integer(3),
                                       .line = row->integer(4),
                                       .hash = std::string(row->text(5)),
                                       .counters = {.read = row->integer(6),
                                                    .imported = row->integer(7),
                                                    .rejected = row->integer(8),
                                                    .skipped = row->integer(9)}}};
}

constexpr std::int64_t importCacheKib = 400'000; ///< much is written, all over the file

} // namespace

Result<ImportReport> importFile(Workspace& workspace,
                                const std::filesystem::path& file,
                                const ImportOptions& options,
                                const JobContext& context)
{
    Result<ImportPlan> plan = planImport(workspace, file, options);
    if (!plan) {
        return passOn(plan);
    }
    const PageCache cache(workspace.database(), importCacheKib);
    return ImportJob(workspace, std::move(*plan), context).run(std::nullopt);
}

Result<ImportReport> resumeImport(Workspace& workspace, ImportId import, const JobContext& context)
{
    Result<StoredImport> interrupted = loadInterrupted(workspace, import);
    if (!interrupted) {
        return passOn(interrupted);
    }
    Result<ImportPlan> plan = planImport(workspace, interrupted->file, interrupted->options);
    if (!plan) {
        return passOn(plan);
    }
    const PageCache cache(workspace.database(), importCacheKib);
    return ImportJob(workspace, std::move(*plan), context).run(interrupted->checkpoint);
}

} // namespace transept
