#pragma once

#include "ui/experiments/RunEstimates.h"

class QLabel;

namespace transept::ui {

class SpecEditor;

/// Asks the workspace what there is to say about the spec in the editor before it runs: what it lacks, what
/// the machine lacks, which methods could be chosen, and what the run will take; shows the answers in the
/// editor and in a label. Follows the editor and the session.
class SpecCheck final : public QObject
{
    Q_OBJECT

public:
    SpecCheck(Session& session, SpecEditor* editor, QLabel* estimate, QObject* parent);

    void check();                                    ///< the spec may be another
    void follow(const std::vector<RunRecord>& runs); ///< the workspace may be another, or hold other runs
    void reset();                                    ///< there is no workspace any more
    void retranslate() { showEstimate(); }

Q_SIGNALS:
    /// Of a run that waits; nothing when it is unknown.
    void queuedEstimated(transept::RunId run, const std::optional<transept::RunEstimate>& estimate);

private:
    void askWhatIsMet();
    void showUnmet();
    void showEstimate();

    SpecEditor* m_editor;
    QLabel* m_estimate;
    RunEstimates* m_estimates;
    Query m_needs;
    Query m_offers;
    std::optional<Error> m_unmet; ///< of the spec in the editor
    Json m_checked;               ///< the part of the spec that was last asked about
};

} // namespace transept::ui
