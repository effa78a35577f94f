#include "ui/experiments/CurvePanel.h"

#include <QtCore/QSettings>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr auto kCharts = "charts";

} // namespace

CurvePanel::CurvePanel(const FileDialogs& dialogs, QWidget* parent)
    : QWidget(parent)
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_upper(new CurveCard(QStringLiteral("upperCurves"), 0, dialogs))
    , m_lower(new CurveCard(QStringLiteral("lowerCurves"), 1, dialogs))
{
    m_splitter->addWidget(m_upper);
    m_splitter->addWidget(m_lower);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({230, 190}); // the upper one has the legend of both
    m_lower->followLegendOf(*m_upper);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_splitter);
    for (const CurveCard* card : {m_upper, m_lower}) {
        connect(card, &CurveCard::runClicked, this, &CurvePanel::runClicked);
    }
}

void CurvePanel::setRuns(const std::vector<CurveCard::Shown>& runs)
{
    m_upper->setRuns(runs);
    m_lower->setRuns(runs);
}

void CurvePanel::setCurves(RunId run, const RunCurves& curves)
{
    m_upper->setCurves(run, curves);
    m_lower->setCurves(run, curves);
}

void CurvePanel::forget(RunId run)
{
    m_upper->forget(run);
    m_lower->forget(run);
}

void CurvePanel::addProgress(const RunProgress& progress)
{
    m_upper->addProgress(progress);
    m_lower->addProgress(progress);
}

void CurvePanel::resetZoom()
{
    m_upper->resetZoom();
    m_lower->resetZoom();
}

void CurvePanel::setHighlighted(std::optional<RunId> run)
{
    m_upper->setHighlighted(run);
    m_lower->setHighlighted(run);
}

void CurvePanel::retranslate()
{
    for (CurveCard* card : {m_upper, m_lower}) {
        card->setNothing(tr("No curves yet: methods that learn in epochs draw them while they train."));
        card->retranslate();
    }
}

void CurvePanel::saveState(QSettings& settings) const
{
    settings.setValue(QLatin1String(kCharts), m_splitter->saveState());
    m_upper->saveState(settings);
    m_lower->saveState(settings);
}

void CurvePanel::restoreState(QSettings& settings)
{
    m_splitter->restoreState(settings.value(QLatin1String(kCharts)).toByteArray());
    m_upper->restoreState(settings);
    m_lower->restoreState(settings);
}

} // namespace transept::ui
