#include "ui/experiments/CurvePanel.h"

#include "ui/charts/ChartCard.h"
#include "ui/charts/Legend.h"
#include "ui/charts/LineChart.h"
#include "ui/look/Tokens.h"

#include <QtCore/QEvent>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QVBoxLayout>

#include <set>

namespace transept::ui {
namespace {

constexpr int redrawMilliseconds = 100;
constexpr const char* trainLoss = "train loss";
constexpr std::string_view onValidation = "valid ";

QString idOf(RunId run)
{
    return QString::number(number(run));
}

} // namespace

CurvePanel::CurvePanel(const FileDialogs& dialogs, QWidget* parent)
    : QWidget(parent)
    , m_upper(makePanel("upperCurves", dialogs))
    , m_lower(makePanel("lowerCurves", dialogs))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(space::oneAndHalf);
    column->addWidget(m_upper.card, 1);
    column->addWidget(m_lower.card, 1);
    m_redraw.setSingleShot(true);
    m_redraw.setInterval(redrawMilliseconds);
    connect(&m_redraw, &QTimer::timeout, this, qOverload<>(&CurvePanel::draw));
    retranslate();
    draw();
}

CurvePanel::Panel CurvePanel::makePanel(const char* name, const FileDialogs& dialogs)
{
    Panel panel{.chart = new LineChart, .card = nullptr, .series = new QComboBox};
    panel.chart->setObjectName(QLatin1String(name));
    panel.chart->setFileDialogs(dialogs);
    panel.chart->setWholeNumbers(true);
    panel.chart->setNamesAtEnds(true);
    panel.card = new ChartCard(panel.chart, this);
    panel.series->setObjectName(QLatin1String(name) + QLatin1String("Series"));
    panel.series->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    panel.card->addTool(panel.series);
    panel.card->addCurveTools(panel.chart);
    connect(panel.series, &QComboBox::activated, this, qOverload<>(&CurvePanel::draw));
    connect(panel.chart, &LineChart::seriesClicked, this, [this](const QString& id) {
        Q_EMIT runClicked(RunId{id.toLongLong()});
    });
    return panel;
}

void CurvePanel::setRuns(std::vector<Shown> runs)
{
    m_runs = std::move(runs);
    std::erase_if(m_curves, [this](const auto& entry) {
        return std::ranges::find(m_runs, entry.first, &Shown::run) == m_runs.end();
    });
    updateChoices();
    draw();
}

void CurvePanel::setCurves(RunId run, RunCurves curves)
{
    m_curves[run] = std::move(curves);
    updateChoices();
    draw();
}

void CurvePanel::addProgress(const RunProgress& progress)
{
    if (std::ranges::find(m_runs, progress.run, &Shown::run) == m_runs.end()) {
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
        updateChoices();
    }
    if (!m_redraw.isActive()) {
        m_redraw.start();
    }
}

void CurvePanel::setHighlighted(std::optional<RunId> run)
{
    m_upper.chart->setHighlighted(run ? idOf(*run) : QString());
    m_lower.chart->setHighlighted(run ? idOf(*run) : QString());
}

void CurvePanel::updateChoices()
{
    std::set<std::string> names;
    for (const auto& [run, curves] : m_curves) {
        for (const auto& [name, points] : curves) {
            names.insert(name);
        }
    }
    for (Panel* panel : {&m_upper, &m_lower}) {
        const QString chosen = panel->series->currentData().toString();
        const QSignalBlocker quiet(panel->series);
        panel->series->clear();
        for (const std::string& name : names) {
            panel->series->addItem(title(name), QString::fromStdString(name));
        }
        panel->series->setCurrentIndex(panel->series->findData(chosen));
        panel->series->setVisible(names.size() > 1);
    }
    chooseUnlessChosen(m_upper, 0);
    chooseUnlessChosen(m_lower, 1);
}

void CurvePanel::chooseUnlessChosen(Panel& panel, std::size_t place)
{
    if (panel.series->currentIndex() >= 0 || panel.series->count() == 0) {
        return;
    }
    // Validation first: it is what decides. The loss is there when nothing else is.
    std::vector<int> validation;
    for (int at = 0; at < panel.series->count(); ++at) {
        if (panel.series->itemData(at).toString() != QLatin1String(trainLoss)) {
            validation.push_back(at);
        }
    }
    const int loss = panel.series->findData(QLatin1String(trainLoss));
    panel.series->setCurrentIndex(place < validation.size() ? validation[place] : std::max(loss, 0));
}

QString CurvePanel::title(const std::string& series) const
{
    if (series == trainLoss) {
        return tr("Loss in training");
    }
    if (series.starts_with(onValidation)) {
        return tr("%1 on validation")
            .arg(QString::fromStdString(series.substr(onValidation.size())).toUpper());
    }
    return QString::fromStdString(series);
}

void CurvePanel::draw()
{
    draw(m_upper);
    draw(m_lower);
}

void CurvePanel::draw(const Panel& panel)
{
    const std::string name = panel.series->currentData().toString().toStdString();
    std::vector<LineChart::Series> series;
    for (const Shown& shown : m_runs) {
        const auto curves = m_curves.find(shown.run);
        if (curves == m_curves.end() || !curves->second.contains(name)) {
            continue;
        }
        LineChart::Series line{.id = idOf(shown.run), .name = shown.name, .colour = shown.colour};
        for (const CurvePoint& point : curves->second.at(name)) {
            line.x.push_back(point.step);
            line.y.push_back(point.value);
        }
        series.push_back(std::move(line));
    }
    panel.card->setTitle(name.empty() ? tr("Curves") : title(name));
    panel.card->setNothing(series.empty()
                               ? tr("No curves yet: methods that learn in epochs draw them while they train.")
                               : QString());
    panel.chart->setSeries(std::move(series));
    panel.card->legend().setEntries(panel.chart->legendEntries());
}

void CurvePanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void CurvePanel::retranslate()
{
    for (const Panel* panel : {&m_upper, &m_lower}) {
        panel->chart->setXName(tr("epoch"));
        panel->chart->setAxisTitles(tr("epoch"), {});
        panel->series->setAccessibleName(tr("What this chart shows"));
        for (int at = 0; at < panel->series->count(); ++at) {
            panel->series->setItemText(at, title(panel->series->itemData(at).toString().toStdString()));
        }
    }
    draw();
}

} // namespace transept::ui
