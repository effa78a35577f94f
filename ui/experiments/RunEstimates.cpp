#include "ui/experiments/RunEstimates.h"

#include "core/base/Memory.h"

namespace transept::ui {

RunEstimates::RunEstimates(Session& session, QObject* parent)
    : QObject(parent)
    , m_ofSpec(session)
    , m_ofQueue(session)
    , m_shapes(std::make_shared<Shapes>())
    , m_available(availableMemory)
{
}

Result<RunShape> RunEstimates::shapeFor(const Workspace& workspace,
                                        const Spec& spec,
                                        Shapes& shapes,
                                        const JobContext& context)
{
    const Json document = toJson(spec);
    const std::string key = Json{document["data"],
                                 document["split"],
                                 document["knowledge"],
                                 document.value("knowledge_terms", Json())}
                                .dump();
    {
        const std::lock_guard lock(shapes.mutex);
        if (const auto known = shapes.known.find(key); known != shapes.known.end()) {
            return known->second;
        }
    }
    Result<RunShape> shape = expectedShape(workspace, spec, context);
    if (shape) {
        const std::lock_guard lock(shapes.mutex);
        shapes.known.emplace(key, *shape);
    }
    return shape;
}

Result<RunEstimates::Answer> RunEstimates::answerFor(
    const Workspace& workspace, const Spec& spec, Shapes& shapes, double available, const JobContext& context)
{
    const Result<RunShape> shape = shapeFor(workspace, spec, shapes, context);
    const auto estimate = shape ? estimateRun(workspace, spec, *shape) : passOn(shape);
    if (!estimate) {
        return passOn(estimate);
    }
    const Status fits = checkMemory(spec, *shape, available);
    return Answer{.estimate = *estimate, .unfit = fits ? std::nullopt : std::optional(fits.error())};
}

void RunEstimates::setSpec(const std::optional<Spec>& spec)
{
    Json asked = spec ? toJson(*spec) : Json::object();
    asked.erase("name");
    if (asked == m_asked) {
        return;
    }
    m_asked = std::move(asked);
    if (!spec) {
        m_ofSpec.cancel();
        m_isAnswered = false;
        m_answer = {};
        Q_EMIT answered();
        return;
    }
    m_ofSpec.ask<Answer>(
        [spec = *spec, shapes = m_shapes, available = m_available](const Workspace& workspace,
                                                                   const JobContext& context) {
            return answerFor(workspace, spec, *shapes, available(), context);
        },
        [this](Result<Answer> answer) {
            m_isAnswered = answer.has_value(); // what is wrong is told where the needs are checked
            m_answer = answer ? std::move(*answer) : Answer{};
            Q_EMIT answered();
        });
}

void RunEstimates::follow(const std::vector<RunRecord>& runs)
{
    m_asked.reset();                        // finished runs teach
    std::erase_if(m_told, [&](RunId told) { // a deleted run may come back, and is told of again
        return std::ranges::find(runs, told, &RunRecord::id) == runs.end();
    });
    std::vector<std::pair<RunId, Spec>> waiting;
    for (const RunRecord& run : runs) {
        if (run.state != RunState::Queued) {
            m_told.erase(run.id);
            continue;
        }
        Result<Spec> spec = m_told.contains(run.id) ? passOn(Status(cancelled())) : specFrom(run.spec);
        if (spec) {
            waiting.emplace_back(run.id, std::move(*spec));
        }
    }
    if (waiting.empty()) {
        return;
    }
    using Answers = std::vector<std::pair<RunId, std::optional<RunEstimate>>>;
    m_ofQueue.ask<Answers>(
        [waiting = std::move(waiting), shapes = m_shapes, available = m_available](
            const Workspace& workspace, const JobContext& context) -> Result<Answers> {
            Answers answers;
            for (const auto& [run, spec] : waiting) {
                const Result<Answer> answer = answerFor(workspace, spec, *shapes, available(), context);
                answers.emplace_back(run, answer ? answer->estimate : std::nullopt);
            }
            return answers;
        },
        [this](const Result<Answers>& answers) {
            for (const auto& [run, estimate] : answers ? *answers : Answers{}) {
                m_told.insert(run);
                Q_EMIT queuedEstimated(run, estimate);
            }
        });
}

void RunEstimates::forget()
{
    m_ofQueue.cancel(); // its answers would be of the old data
    m_shapes = std::make_shared<Shapes>();
    m_asked.reset();
    m_told.clear();
}

} // namespace transept::ui
