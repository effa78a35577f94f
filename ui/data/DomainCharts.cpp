#include "ui/data/DomainCharts.h"

#include "ui/charts/ChartCard.h"
#include "ui/charts/ColumnChart.h"
#include "ui/charts/LineChart.h"
#include "ui/text/Numbers.h"

#include <QtCore/QEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QSplitter>

#include <cmath>

namespace transept::ui {

namespace {

/// Counts by rank, both from 1, as a curve; ranks that a picture cannot tell apart are left out, first and
/// last of every count stay, so the curve is exact.
LineChart::Series rankCurve(const std::vector<std::int64_t>& counts, const QString& name, int colour)
{
    LineChart::Series series{.id = QStringLiteral("curve"), .name = name, .colour = colour};
    for (std::size_t at = 0; at < counts.size(); ++at) {
        const bool isEdge = at == 0 || at + 1 == counts.size() || counts[at] != counts[at - 1] ||
                            counts[at] != counts[at + 1];
        if (isEdge && counts[at] > 0) {
            series.x.push_back(static_cast<double>(at + 1));
            series.y.push_back(static_cast<double>(counts[at]));
        }
    }
    return series;
}

std::vector<ColumnChart::Column> columnsOf(const DomainCurves& curves)
{
    // Fewer bars than a histogram of ranges has: each stands for one value and is drawn above it.
    constexpr std::size_t barsOfRanges = 40;
    const bool areValues = !curves.logValues && curves.values.size() < barsOfRanges;
    std::vector<ColumnChart::Column> columns;
    for (const HistogramBar& bar : curves.values) {
        columns.push_back({.low = bar.low,
                           .high = areValues ? bar.low : bar.high,
                           .count = static_cast<double>(bar.count)});
    }
    return columns;
}

} // namespace

DomainCharts::DomainCharts(Session& session, const FileDialogs& dialogs, QWidget* parent)
    : QWidget(parent)
    , m_query(session)
    , m_values(new ColumnChart)
    , m_activity(new LineChart)
    , m_popularity(new LineChart)
    , m_valuesCard(new ChartCard(m_values, this))
    , m_activityCard(new ChartCard(m_activity, this))
    , m_popularityCard(new ChartCard(m_popularity, this))
    , m_parts(new QSplitter(Qt::Horizontal, this))
{
    setObjectName(QStringLiteral("domainCharts"));
    m_values->setObjectName(QStringLiteral("valueHistogram"));
    m_activity->setObjectName(QStringLiteral("activityCurve"));
    m_popularity->setObjectName(QStringLiteral("popularityCurve"));
    for (Chart* chart : std::initializer_list<Chart*>{m_values, m_activity, m_popularity}) {
        chart->setFileDialogs(dialogs);
        connect(chart, &Chart::saveFailed, this, &DomainCharts::failed);
    }
    for (LineChart* chart : {m_activity, m_popularity}) {
        chart->setLogarithmic(Qt::Horizontal, true);
        chart->setLogarithmic(Qt::Vertical, true);
    }
    for (ChartCard* card : {m_valuesCard, m_activityCard, m_popularityCard}) {
        m_parts->addWidget(card);
        card->setMinimumWidth(200);
    }
    m_parts->setObjectName(QStringLiteral("chartSplitter"));
    m_parts->setChildrenCollapsible(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_parts);
    retranslate();
}

void DomainCharts::show(const std::optional<Domain>& domain, int colour)
{
    m_domain = domain;
    m_colour = colour;
    if (!domain) {
        m_query.cancel();
        draw({});
        return;
    }
    m_query.ask<DomainCurves>(
        [id = domain->id](const Workspace& workspace, const JobContext& context) {
            return domainCurves(workspace, id, context);
        },
        [this](const Result<DomainCurves>& curves) {
            if (!curves) {
                Q_EMIT failed(curves.error());
                return;
            }
            draw(*curves);
        });
}

void DomainCharts::draw(const DomainCurves& curves)
{
    const bool isEmpty = curves.values.empty() && curves.userActivity.empty();
    const QString nothing = isEmpty ? tr("This domain has no interactions yet. Import some.") : QString();
    for (ChartCard* card : {m_valuesCard, m_activityCard, m_popularityCard}) {
        card->setNothing(nothing);
    }
    if (curves.values.size() == 1) {
        m_valuesCard->setNothing(
            tr("All interactions have the same value: %1.").arg(numbers::exactly(curves.values.front().low)));
    }
    m_values->setLogarithmic(Qt::Horizontal, curves.logValues);
    m_values->setColumns(columnsOf(curves), m_colour);
    m_activity->setSeries({rankCurve(curves.userActivity, tr("interactions"), m_colour)});
    m_popularity->setSeries({rankCurve(curves.itemPopularity, tr("interactions"), m_colour)});
    m_values->resetZoom();
    m_activity->resetZoom();
    m_popularity->resetZoom();
    Q_EMIT drawn();
}

QByteArray DomainCharts::saveState() const
{
    return m_parts->saveState();
}

void DomainCharts::restoreState(const QByteArray& state)
{
    m_parts->restoreState(state);
}

void DomainCharts::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void DomainCharts::retranslate()
{
    m_valuesCard->setTitle(tr("Values"));
    m_values->setAxisTitles(tr("value"), tr("interactions"));
    m_activityCard->setTitle(tr("Activity of users"));
    m_activity->setAxisTitles(tr("rank of the user"), tr("interactions"));
    m_activity->setXName(tr("user"));
    m_popularityCard->setTitle(tr("Popularity of items"));
    m_popularity->setAxisTitles(tr("rank of the item"), tr("interactions"));
    m_popularity->setXName(tr("item"));
}

} // namespace transept::ui
