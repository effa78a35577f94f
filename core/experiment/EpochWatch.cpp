#include "core/experiment/EpochWatch.h"

#include "core/evaluation/Measures.h"
#include "core/experiment/GivenRanking.h"
#include "core/model/Epochs.h"

#include <cmath>

namespace transept {
namespace {

constexpr std::chrono::milliseconds commitInterval{200};

constexpr double cheapScores = 2e7;

/// Whether every validation interaction that is ranked has given negatives.
bool isGivenForAll(const Spec& spec, const SplitData& parts)
{
    const auto coverage =
        parts.validation.negatives == nullptr
            ? Result<GivenCoverage>(GivenCoverage{.without = 1})
            : givenCoverage(*parts.training, parts.validation, nullptr, spec.data.positive, {});
    return coverage && coverage->without == 0;
}

} // namespace

StopMeasure stopMeasure(const StopRule& rule, bool ratings)
{
    const std::string name = !rule.measure.empty() ? rule.measure : ratings ? "rmse" : "ndcg@10";
    const Result<MeasureName> parsed = parseMeasure(name, "stop.measure");
    return {.name = name, .higherIsBetter = !parsed || describe(*parsed).higherIsBetter};
}

bool isRankingCheap(double users, double items)
{
    return users * items <= cheapScores;
}

Result<double> validationScore(const Model& model,
                               const TrainingData& training,
                               const HeldOut& events,
                               const Spec& spec,
                               const JobContext& context)
{
    const StopMeasure stop = stopMeasure(spec.stop, model.predictsRatings());
    const Result<Evaluation> evaluation =
        evaluate(model,
                 training,
                 events,
                 nullptr,
                 {.measures = {stop.name}, .positive = spec.data.positive, .seed = spec.split.seed},
                 context);
    if (!evaluation) {
        return passOn(evaluation);
    }
    const double value = evaluation->values.at(stop.name);
    return stop.higherIsBetter ? value : -value;
}

EpochWatch::EpochWatch(
    const Workspace& workspace, RunId run, const Spec& spec, const SplitData& parts, RunContext context)
    : m_workspace(workspace)
    , m_run(run)
    , m_spec(spec)
    , m_parts(parts)
    , m_context(std::move(context))
    , m_epochs(spec.parameters.json().value("epochs", 0))
    , m_rankingIsCheap(isRankingCheap(static_cast<double>(peopleOf(parts.validation.events).size()),
                                      static_cast<double>(parts.training->target.interactions.itemCount())))
    , m_validationIsGiven(isGivenForAll(spec, parts))
    , m_committed(Clock::now())
    , m_best(spec.stop.patience)
    , m_started(Clock::now())
{
}

void EpochWatch::keepCheckpoints(std::string basis, double secondsBefore)
{
    m_basis = std::move(basis);
    m_secondsBefore = secondsBefore;
    m_writer.emplace(m_workspace.file(), m_run, m_context.checkpoints);
}

Status EpochWatch::resume(const RunCheckpoint& checkpoint, const Method& method)
{
    TrainingState state(checkpoint.watch);
    m_best.exchange(state);
    if (!state.finished() || (m_best.epoch() > 0 && !checkpoint.best)) {
        return unusableCheckpoint();
    }
    if (m_best.epoch() > 0) {
        Result<std::shared_ptr<const Model>> best = method.restore(m_parts.training, *checkpoint.best);
        if (!best) {
            return unusableCheckpoint();
        }
        m_best.setModel(std::move(*best));
    }
    m_storedBestEpoch = m_best.epoch();
    return {};
}

void EpochWatch::takeCheckpoint(const EpochReport& report)
{
    if (!m_writer || !report.state || !m_writer->isDue() || !commitWaiting()) {
        return;
    }
    const Clock::time_point start = Clock::now();
    TrainingState watch;
    m_best.exchange(watch);
    RunCheckpoint checkpoint{.epoch = report.epoch,
                             .basis = m_basis,
                             .trainSeconds =
                                 m_secondsBefore + std::chrono::duration<double>(start - m_started).count(),
                             .training = report.state(),
                             .watch = std::move(watch).bytes()};
    if (m_best.model() != nullptr && (m_best.epoch() != m_storedBestEpoch || m_writer->hasFailed())) {
        checkpoint.best = m_best.model()->serialised();
        m_storedBestEpoch = m_best.epoch();
    }
    m_writer->write(std::move(checkpoint), Clock::now() - start);
}

std::vector<std::string> EpochWatch::measuresFor(const Model& model, const StopMeasure& stop) const
{
    std::vector<std::string> chosen{stop.name};
    const auto needsRatings = [](const std::string& name) {
        const Result<MeasureName> parsed = parseMeasure(name, "measures");
        return parsed && describe(*parsed).needsRatings;
    };
    const bool ranks = !needsRatings(stop.name) || m_rankingIsCheap;
    for (const std::string& name : measuresOf(m_spec, model.predictsRatings())) {
        const Result<MeasureName> parsed = parseMeasure(name, "measures");
        if (!parsed || name == stop.name) {
            continue;
        }
        if (parsed->isGiven && !m_validationIsGiven) {
            continue;
        }
        const MeasureDescription& description = describe(*parsed);
        if (description.needsRatings ? model.predictsRatings() : ranks && description.perUser) {
            chosen.push_back(name);
        }
    }
    return chosen;
}

Status EpochWatch::measure(const Model& model, Values& values, double& score)
{
    const StopMeasure stop = stopMeasure(m_spec.stop, model.predictsRatings());
    const Result<Evaluation> evaluation = evaluate(
        model,
        *m_parts.training,
        m_parts.validation,
        nullptr,
        {.measures = measuresFor(model, stop), .positive = m_spec.data.positive, .seed = m_spec.split.seed},
        {.stop = m_context.job.stop, .gate = m_context.job.gate});
    if (!evaluation) {
        return passOn(evaluation);
    }
    for (const auto& [name, value] : evaluation->values) {
        values.emplace_back(std::string(validationMark) + name, value);
    }
    const double value = evaluation->values.at(stop.name);
    score = stop.higherIsBetter ? value : -value;
    return {};
}

Verdict EpochWatch::epochDone(const EpochReport& report, std::shared_ptr<const Model> model)
{
    Values values{{"train loss", report.trainLoss}};
    Verdict verdict = Verdict::Continue;
    if (!std::isfinite(report.trainLoss)) {
        m_failure = Error{
            .code = ErrorCode::Diverged,
            .sentence = TRANSLATABLE("errors",
                                     "Training ran away in epoch %1: the loss is no longer a number. Lower "
                                     "the learning rate or raise the regularisation."),
            .arguments = {std::to_string(report.epoch)}};
        verdict = Verdict::Stop;
    } else if (!m_parts.validation.events.empty()) {
        double score = 0.0;
        if (const Status measured = measure(*model, values, score); !measured) {
            m_failure = measured.error();
            return Verdict::Stop;
        }
        verdict = m_best.take(report.epoch, score, std::move(model));
    }
    m_context.onEpoch({.run = m_run, .epoch = report.epoch, .epochs = m_epochs, .values = values});
    m_waiting.emplace_back(report.epoch, std::move(values));
    commitOverdue();
    if (verdict == Verdict::Continue) {
        takeCheckpoint(report);
    }
    return verdict;
}

void EpochWatch::diagnostic(std::string_view name, double value)
{
    m_waiting.emplace_back(0, Values{{std::string(name), value}});
}

Status EpochWatch::fitDone(const Model& model)
{
    if (m_best.model() != nullptr || m_parts.validation.events.empty()) {
        return {};
    }
    Values values;
    double score = 0.0;
    if (Status measured = measure(model, values, score); !measured) {
        return measured;
    }
    m_waiting.emplace_back(0, std::move(values));
    return {};
}

void EpochWatch::commitOverdue()
{
    if (!m_waiting.empty() && Clock::now() - m_committed >= commitInterval) {
        commitWaiting();
    }
}

/// Another writer may hold the workspace for seconds: the points then wait for the next chance.
bool EpochWatch::commitWaiting()
{
    const Database& database = m_workspace.database();
    if (!m_waiting.empty() && database.execute("PRAGMA busy_timeout = 20") && commit()) {
        m_waiting.clear();
    }
    database.execute("PRAGMA busy_timeout = 10000"); // as Database::open() has it
    m_committed = Clock::now();
    return m_waiting.empty();
}

Status EpochWatch::commitAll()
{
    m_writer
        .reset(); // it may hold the workspace, and what it writes is of no use any more or complete already
    if (m_waiting.empty()) {
        return {};
    }
    const Status committed = commit();
    if (committed) {
        m_waiting.clear();
    }
    return committed;
}

Status EpochWatch::commit()
{
    Result<Transaction> transaction = Transaction::begin(m_workspace.database());
    if (!transaction) {
        return passOn(transaction);
    }
    const RunStore store(m_workspace);
    for (const auto& [epoch, values] : m_waiting) {
        if (const Status added = store.addCurvePoints(m_run, epoch, values); !added) {
            return added;
        }
    }
    return transaction->commit();
}

} // namespace transept
