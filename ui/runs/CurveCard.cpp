#include "ui/runs/CurveCard.h"

#include "ui/charts/ChartCard.h"
#include "ui/charts/LineChart.h"
#include "ui/runs/MeasureTitle.h"

#include <QtCore/QSettings>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <set>

namespace transept::ui {
namespace {

constexpr int redrawMilliseconds = 100;
constexpr const char* trainLoss = "train loss";
constexpr auto kSeries = "Series";

QString idOf(RunId run)
{
    return QString::number(number(run));
}

} // namespace

CurveCard::CurveCard(const QString& name, std::size_t place, const FileDialogs& dialogs, QWidget* parent)
    : QWidget(parent)
    , m_place(place)
    , m_chart(new LineChart)
    , m_card(new ChartCard(m_chart, this))
    , m_choice(new QComboBox)
{
    m_chart->setObjectName(name);
    m_chart->setFileDialogs(dialogs);
    m_chart->setWholeNumbers(true);
    m_chart->setNamesAtEnds(true);
    m_choice->setObjectName(name + QLatin1String("Choice"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_card->setChoice(m_choice);
    m_card->addCurveTools(m_chart);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_card);
    m_redraw.setSingleShot(true);
    m_redraw.setInterval(redrawMilliseconds);
    connect(&m_redraw, &QTimer::timeout, this, &CurveCard::draw);
    connect(m_choice, &QComboBox::activated, this, [this] {
        m_wanted = m_choice->currentData().toString();
        m_chart->zoomTo(m_chart->zoomX(), {}); // the epochs stay; the values are others
        draw();
    });
    connect(m_chart, &LineChart::seriesClicked, this, [this](const QString& id) {
        Q_EMIT runClicked(RunId{id.toLongLong()});
    });
}

bool CurveCard::isShown(RunId run) const
{
    return std::ranges::find(m_runs, run, &Shown::run) != m_runs.end();
}

void CurveCard::setRuns(std::vector<Shown> runs)
{
    if (runs == m_runs) {
        return;
    }
    m_runs = std::move(runs);
    const std::size_t gone =
        std::erase_if(m_curves, [this](const auto& entry) { return !isShown(entry.first); });
    if (gone > 0) {
        fillChoice();
    }
    draw();
}

void CurveCard::setCurves(CurvesOfRuns curves)
{
    m_curves = std::move(curves);
    fillChoice();
    draw();
}

void CurveCard::setCurves(RunId run, RunCurves curves)
{
    if (!isShown(run)) {
        return;
    }
    RunCurves& present = m_curves[run];
    for (const auto& [name, told] : present) {
        std::vector<CurvePoint>& points = curves[name];
        for (const CurvePoint& point : told) {
            if (points.empty() || points.back().step < point.step) {
                points.push_back(point);
            }
        }
    }
    present = std::move(curves);
    fillChoice();
    draw();
}

void CurveCard::forget(RunId run)
{
    if (m_curves.erase(run) > 0) {
        fillChoice();
        draw();
    }
}

void CurveCard::addProgress(const RunProgress& progress)
{
    if (!isShown(progress.run)) {
        return;
    }
    RunCurves& curves = m_curves[progress.run];
    bool isNew = false;
    for (const auto& [name, value] : progress.values) {
        std::vector<CurvePoint>& points = curves[name];
        isNew = isNew || points.empty();
        // What was stored and what is told may overlap while a run is shown for the first time.
        if (points.empty() || points.back().step < progress.epoch) {
            points.push_back({progress.epoch, value});
        }
    }
    if (isNew) {
        fillChoice();
    }
    if (!m_redraw.isActive()) {
        m_redraw.start();
    }
}

void CurveCard::followLegendOf(CurveCard& leader)
{
    m_hasLegend = false;
    const Legend& legend = leader.m_card->legend();
    connect(&legend, &Legend::hiddenChanged, m_chart, &LineChart::setHidden);
    connect(&legend, &Legend::highlighted, m_chart, &LineChart::setHighlighted);
}

/// Of all runs that have curves, also those that lack the one that is shown: another card may follow.
std::vector<Legend::Entry> CurveCard::entries() const
{
    std::vector<Legend::Entry> entries;
    for (const Shown& shown : m_runs) {
        if (const auto curves = m_curves.find(shown.run);
            curves != m_curves.end() && !curves->second.empty()) {
            entries.push_back({idOf(shown.run), shown.name, shown.colour});
        }
    }
    return entries;
}

void CurveCard::resetZoom()
{
    m_chart->resetZoom();
}

QString CurveCard::series() const
{
    return m_choice->currentData().toString();
}

void CurveCard::setHighlighted(std::optional<RunId> run)
{
    m_chart->setHighlighted(run ? idOf(*run) : QString());
}

void CurveCard::setNothing(const QString& sentence)
{
    m_nothing = sentence;
    draw();
}

void CurveCard::fillChoice()
{
    std::set<std::string> names;
    for (const auto& [run, curves] : m_curves) {
        for (const auto& [name, points] : curves) {
            names.insert(name);
        }
    }
    const QSignalBlocker quiet(m_choice);
    m_choice->clear();
    for (const std::string& name : names) {
        m_choice->addItem(title(name), QString::fromStdString(name));
    }
    const int wanted = m_choice->findData(m_wanted);
    m_choice->setCurrentIndex(wanted >= 0 ? wanted : usualChoice());
    m_choice->setVisible(m_choice->count() > 1);
}

/// What was measured on validation comes first, for it decides: the errors of ratings and the rankings that
/// most methods are stopped by, then all others. The loss stands in where there are too few.
int CurveCard::usualChoice() const
{
    std::vector<int> places;
    const auto add = [&places](int place) {
        if (place >= 0 && std::ranges::find(places, place) == places.end()) {
            places.push_back(place);
        }
    };
    add(m_choice->findData(QStringLiteral("valid rmse")));
    add(m_choice->findData(QStringLiteral("valid ndcg@10")));
    const int loss = m_choice->findData(QLatin1String(trainLoss));
    for (int at = 0; at < m_choice->count(); ++at) {
        add(at == loss ? -1 : at);
    }
    add(loss);
    return places.empty() ? -1 : places[std::min(m_place, places.size() - 1)];
}

QString CurveCard::title(const std::string& series)
{
    if (series == trainLoss) {
        return tr("Loss in training");
    }
    if (isOnValidation(series)) {
        return tr("%1 on validation", "measure").arg(measureTitle(measureOf(series)));
    }
    return QString::fromStdString(series);
}

void CurveCard::draw()
{
    m_redraw.stop();
    const std::string name = series().toStdString();
    std::vector<LineChart::Series> lines;
    for (const Shown& shown : m_runs) {
        const auto curves = m_curves.find(shown.run);
        if (curves == m_curves.end() || !curves->second.contains(name)) {
            continue;
        }
        LineChart::Series line{.id = idOf(shown.run),
                               .name = shown.name,
                               .colour = shown.colour,
                               .x = {},
                               .y = {},
                               .low = {},
                               .high = {}};
        for (const CurvePoint& point : curves->second.at(name)) {
            line.x.push_back(point.step);
            line.y.push_back(point.value);
        }
        lines.push_back(std::move(line));
    }
    m_card->setTitle(name.empty() ? tr("Curves") : title(name));
    m_card->setNothing(lines.empty() ? m_nothing : QString());
    m_chart->setSeries(std::move(lines));
    if (m_hasLegend) {
        m_card->legend().setEntries(entries());
    }
}

void CurveCard::retranslate()
{
    m_chart->setXName(tr("epoch"));
    m_chart->setAxisTitles(tr("epoch"), {});
    m_choice->setAccessibleName(tr("What the curves show"));
    fillChoice();
    draw();
}

void CurveCard::saveState(QSettings& settings) const
{
    settings.setValue(m_chart->objectName() + QLatin1String(kSeries), m_wanted);
    m_card->saveState(settings);
}

void CurveCard::restoreState(QSettings& settings)
{
    m_wanted = settings.value(m_chart->objectName() + QLatin1String(kSeries)).toString();
    m_card->restoreState(settings);
    fillChoice();
    draw();
}

} // namespace transept::ui
