#include "core/experiment/EpochWatch.h"

#include "core/evaluation/Measures.h"

#include <cmath>

namespace transept {
namespace {

constexpr std::chrono::milliseconds commitInterval{200};

constexpr double cheapScores = 2e7;

/// An epoch counts against the patience when it is worse than the best by more than this share. Factors that
/// start small grow for many epochs before they show: until then validation trembles at its starting value.
constexpr double clearlyWorse = 5e-4;

double validationUsers(const SplitData& parts)
{
    std::vector<UserRow> users;
    for (const Event& event : parts.validation.events) {
        users.push_back(event.user);
    }
    std::sort(users.begin(), users.end());
    return static_cast<double>(std::unique(users.begin(), users.end()) - users.begin());
}

} // namespace

StopMeasure stopMeasure(const StopRule& rule, const Model& model)
{
    const std::string name = !rule.measure.empty()     ? rule.measure
                             : model.predictsRatings() ? "rmse"
                                                       : "ndcg@10";
    const Result<MeasureName> parsed = parseMeasure(name, "stop.measure");
    return {.name = name, .higherIsBetter = !parsed || describe(*parsed).higherIsBetter};
}

bool isRankingCheap(double users, double items)
{
    return users * items <= cheapScores;
}

Result<double> validationScore(const Model& model,
                               const SplitData& parts,
                               const Spec& spec,
                               const JobContext& context)
{
    const StopMeasure stop = stopMeasure(spec.stop, model);
    const Result<Evaluation> evaluation = evaluate(model,
                                                   *parts.training,
                                                   parts.validation,
                                                   nullptr,
                                                   {.measures = {stop.name}, .positive = spec.data.positive},
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
    , m_rankingIsCheap(isRankingCheap(validationUsers(parts),
                                      static_cast<double>(parts.training->target.interactions.itemCount())))
    , m_committed(Clock::now())
{
}

std::vector<std::string> EpochWatch::measuresFor(const Model& model, const StopMeasure& stop) const
{
    std::vector<std::string> chosen{stop.name};
    const auto needsRatings = [](const std::string& name) {
        const Result<MeasureName> parsed = parseMeasure(name, "measures");
        return parsed && describe(*parsed).needsRatings;
    };
    const bool ranks = !needsRatings(stop.name) || m_rankingIsCheap;
    const std::vector<std::string> wanted =
        m_spec.measures.empty() ? fittingMeasures(model.predictsRatings()) : m_spec.measures;
    for (const std::string& name : wanted) {
        const Result<MeasureName> parsed = parseMeasure(name, "measures");
        if (!parsed || name == stop.name) {
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
    const StopMeasure stop = stopMeasure(m_spec.stop, model);
    const Result<Evaluation> evaluation =
        evaluate(model,
                 *m_parts.training,
                 m_parts.validation,
                 nullptr,
                 {.measures = measuresFor(model, stop), .positive = m_spec.data.positive},
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

bool EpochWatch::keepBest(int epoch, double score, std::shared_ptr<const Model> model)
{
    if (m_best == nullptr || score > m_bestScore || std::isnan(m_bestScore)) {
        m_best = std::move(model);
        m_bestEpoch = epoch;
        m_bestScore = score;
    }
    if (score >= m_bestScore - clearlyWorse * std::abs(m_bestScore)) {
        m_lastGoodEpoch = epoch;
    }
    return m_spec.stop.patience == 0 || epoch - m_lastGoodEpoch < m_spec.stop.patience;
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
        verdict = keepBest(report.epoch, score, std::move(model)) ? Verdict::Continue : Verdict::Stop;
    }
    m_context.onEpoch({.run = m_run, .epoch = report.epoch, .epochs = m_epochs, .values = values});
    m_waiting.emplace_back(report.epoch, std::move(values));
    commitOverdue();
    return verdict;
}

Status EpochWatch::fitDone(const Model& model)
{
    if (m_best != nullptr || m_parts.validation.events.empty()) {
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
    if (m_waiting.empty() || Clock::now() - m_committed < commitInterval) {
        return;
    }
    // Another writer may hold the workspace for seconds: the points then wait for the next chance.
    const Database& database = m_workspace.database();
    if (database.execute("PRAGMA busy_timeout = 20") && commit()) {
        m_waiting.clear();
    }
    database.execute("PRAGMA busy_timeout = 10000"); // as Database::open() has it
    m_committed = Clock::now();
}

Status EpochWatch::commitAll()
{
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
