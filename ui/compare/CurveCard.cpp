#include "ui/compare/CurveCard.h"

#include "ui/charts/ChartCard.h"
#include "ui/charts/Legend.h"
#include "ui/charts/LineChart.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <set>

namespace transept::ui {
namespace {

constexpr const char* trainLoss = "train loss";
constexpr std::string_view onValidation = "valid ";

QString idOf(RunId run)
{
    return QString::number(number(run));
}

} // namespace

CurveCard::CurveCard(const FileDialogs& dialogs, QWidget* parent)
    : QWidget(parent)
    , m_chart(new LineChart)
    , m_card(new ChartCard(m_chart, this))
    , m_choice(new QComboBox)
{
    m_chart->setObjectName(QStringLiteral("comparedCurves"));
    m_chart->setFileDialogs(dialogs);
    m_chart->setWholeNumbers(true);
    m_chart->setNamesAtEnds(true);
    m_choice->setObjectName(QStringLiteral("curveChoice"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_card->addTool(m_choice);
    m_card->addCurveTools(m_chart);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_card);
    connect(m_choice, &QComboBox::activated, this, [this] {
        m_wanted = m_choice->currentData().toString();
        draw();
    });
    connect(m_chart, &LineChart::seriesClicked, this, [this](const QString& id) {
        Q_EMIT runClicked(RunId{id.toLongLong()});
    });
}

void CurveCard::setRuns(std::vector<Shown> runs)
{
    m_runs = std::move(runs);
    draw();
}

void CurveCard::setCurves(CurvesOfRuns curves)
{
    m_curves = std::move(curves);
    fillChoice();
    draw();
}

void CurveCard::setSeries(const QString& series)
{
    m_wanted = series;
    fillChoice();
    draw();
}

void CurveCard::setHighlighted(std::optional<RunId> run)
{
    m_chart->setHighlighted(run ? idOf(*run) : QString());
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
    int chosen = m_choice->findData(m_wanted);
    for (int at = 0; chosen < 0 && at < m_choice->count(); ++at) {
        chosen = m_choice->itemData(at).toString() != QLatin1String(trainLoss) ? at : -1;
    }
    m_choice->setCurrentIndex(std::max(chosen, m_choice->count() > 0 ? 0 : -1));
    m_choice->setVisible(m_choice->count() > 1);
}

QString CurveCard::title(const std::string& series)
{
    if (series == trainLoss) {
        return tr("Loss in training");
    }
    if (series.starts_with(onValidation)) {
        return tr("%1 on validation", "measure")
            .arg(QString::fromStdString(series.substr(onValidation.size())).toUpper());
    }
    return QString::fromStdString(series);
}

void CurveCard::draw()
{
    const std::string name = m_choice->currentData().toString().toStdString();
    std::vector<LineChart::Series> series;
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
        series.push_back(std::move(line));
    }
    m_card->setTitle(name.empty() ? tr("Curves") : title(name));
    m_card->setNothing(series.empty()
                           ? tr("None of these runs has curves: methods that learn in epochs draw them.")
                           : QString());
    m_chart->setSeries(std::move(series));
    m_card->legend().setEntries(m_chart->legendEntries());
}

void CurveCard::retranslate()
{
    m_chart->setXName(tr("epoch"));
    m_chart->setAxisTitles(tr("epoch"), {});
    m_choice->setAccessibleName(tr("What the curves show"));
    fillChoice();
    draw();
}

} // namespace transept::ui
