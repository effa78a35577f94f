#include "ui/experiments/SpecCheck.h"

#include "ui/experiments/SpecEditor.h"
#include "ui/runs/EstimateText.h"

#include <QtWidgets/QLabel>

namespace transept::ui {
namespace {

/// What a workspace lacks for a spec.
struct Unmet
{
    std::optional<Error> reason;
};

} // namespace

SpecCheck::SpecCheck(Session& session, SpecEditor* editor, QLabel* estimate, QObject* parent)
    : QObject(parent)
    , m_editor(editor)
    , m_estimate(estimate)
    , m_estimates(new RunEstimates(session, this))
    , m_needs(session)
    , m_offers(session)
{
    connect(m_editor, &SpecEditor::changed, this, &SpecCheck::check);
    connect(m_editor, &SpecEditor::methodsListed, this, &SpecCheck::askWhatIsMet);
    connect(m_estimates, &RunEstimates::answered, this, &SpecCheck::showEstimate);
    connect(m_estimates, &RunEstimates::queuedEstimated, this, &SpecCheck::queuedEstimated);
    connect(&session, &Session::dataChanged, m_estimates, &RunEstimates::forget);
    connect(&session, &Session::knowledgeChanged, m_estimates, &RunEstimates::forget);
}

void SpecCheck::check()
{
    const std::optional<Spec> spec = m_editor->spec();
    m_estimates->setSpec(spec);
    if (!spec) {
        m_needs.cancel();
        m_checked = {};
        m_unmet.reset();
        showUnmet();
        return;
    }
    const Json document = toJson(*spec);
    const Json asked{document["data"],
                     spec->knowledge,
                     document["method"],
                     document["split"],
                     document.value("start", Json())};
    if (asked == m_checked) {
        return;
    }
    m_checked = asked;
    m_needs.ask<Unmet>(
        [spec = *spec](const Workspace& workspace, const JobContext&) -> Result<Unmet> {
            const Status met = checkNeeds(workspace, spec);
            return met ? Unmet{} : Unmet{met.error()};
        },
        [this](const Result<Unmet>& answer) {
            m_unmet = answer ? answer->reason : std::optional(answer.error());
            showUnmet();
        });
}

void SpecCheck::follow(const std::vector<RunRecord>& runs)
{
    m_estimates->follow(runs);
    m_checked = {};
    check();
}

void SpecCheck::reset()
{
    m_needs.cancel();
    m_offers.cancel();
    m_checked = {};
    m_unmet.reset();
    m_editor->setMetNeeds({});
    m_estimates->setSpec({});
    m_estimates->forget();
}

/// For the list of methods: which of their needs the chosen data and knowledge meet.
void SpecCheck::askWhatIsMet()
{
    const std::optional<Spec> spec = m_editor->spec();
    if (!spec) {
        m_editor->setMetNeeds({});
        return;
    }
    m_offers.ask<Needs>(
        [spec = *spec](const Workspace& workspace, const JobContext&) { return metNeeds(workspace, spec); },
        [this](const Result<Needs>& met) {
            m_editor->setMetNeeds(met ? std::optional(*met) : std::nullopt);
        });
}

/// What the workspace lacks, else what the machine does.
void SpecCheck::showUnmet()
{
    m_editor->setUnmet(m_unmet ? m_unmet : m_estimates->unfit());
}

void SpecCheck::showEstimate()
{
    showUnmet();
    const auto& estimate = m_estimates->estimate();
    m_estimate->setText(estimate                    ? estimateText(*estimate)
                        : m_estimates->isAnswered() ? tr("time unknown", "of a run")
                                                    : QString());
    m_estimate->setToolTip(estimate ? tr("What this run will take: loading, training and measuring")
                                    : QString());
}

} // namespace transept::ui
