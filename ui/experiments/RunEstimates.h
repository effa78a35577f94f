#pragma once

#include "core/experiment/Estimate.h"
#include "ui/shell/Query.h"

#include <QtCore/QObject>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>

namespace transept::ui {

/// What runs will take before they start: the one that is being edited, and those that wait. All is found out
/// away from the window; the counts of a selection are made once and kept until the data changes.
class RunEstimates final : public QObject
{
    Q_OBJECT

public:
    RunEstimates(Session& session, QObject* parent);

    /// Nothing: there is no sound spec.
    void setSpec(const std::optional<Spec>& spec);
    /// Of the spec, once answered(); nothing while it is unknown.
    const std::optional<RunEstimate>& estimate() const { return m_answer.estimate; }
    bool isAnswered() const { return m_isAnswered; }
    /// Why the memory is not enough for it.
    const std::optional<Error>& unfit() const { return m_answer.unfit; }

    /// Tells queuedEstimated() of those that wait and were not told of yet; nothing where it is unknown.
    void follow(const std::vector<RunRecord>& runs);
    void forget(); ///< the data is another

    /// How much memory there is, in bytes; availableMemory() else. Called from reading threads.
    void setAvailable(std::function<double()> available) { m_available = std::move(available); }

Q_SIGNALS:
    void answered();
    void queuedEstimated(transept::RunId run, const std::optional<transept::RunEstimate>& estimate);

private:
    /// By what they depend on of a spec; shared with the reading threads.
    struct Shapes
    {
        std::mutex mutex;
        std::map<std::string, RunShape> known;
    };
    struct Answer
    {
        std::optional<RunEstimate> estimate;
        std::optional<Error> unfit;
    };

    static Result<RunShape> shapeFor(const Workspace& workspace,
                                     const Spec& spec,
                                     Shapes& shapes,
                                     const JobContext& context);
    static Result<Answer> answerFor(const Workspace& workspace,
                                    const Spec& spec,
                                    Shapes& shapes,
                                    double available,
                                    const JobContext& context);

    Query m_ofSpec;
    Query m_ofQueue;
    std::shared_ptr<Shapes> m_shapes;
    std::optional<Json> m_asked; ///< nothing: to be asked in any case
    Answer m_answer;
    bool m_isAnswered = false;
    std::function<double()> m_available;
    std::set<RunId> m_told;
};

} // namespace transept::ui
