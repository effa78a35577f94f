#include "ui/compare/MeasureCard.h"

#include "ui/charts/BarChart.h"
#include "ui/charts/ChartCard.h"
#include "ui/runs/MeasureTitle.h"
#include "ui/text/Sentences.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace transept::ui {
namespace {

QString idOf(RunId run)
{
    return QString::number(number(run));
}

/// Those that every run has, errors of ratings first.
std::vector<std::string> sharedMeasures(const Comparison& comparison)
{
    std::vector<std::string> shared;
    for (const auto& [name, measure] : comparison.measures) {
        if (std::ranges::none_of(measure.values, [](double value) { return std::isnan(value); })) {
            shared.push_back(name);
        }
    }
    std::stable_partition(shared.begin(), shared.end(), [](const std::string& name) {
        return name == "rmse" || name == "mae";
    });
    return shared;
}

} // namespace

MeasureCard::MeasureCard(const FileDialogs& dialogs, QWidget* parent)
    : QWidget(parent)
    , m_chart(new BarChart)
    , m_card(new ChartCard(m_chart, this))
    , m_choice(new QComboBox)
{
    m_chart->setObjectName(QStringLiteral("measureBars"));
    m_chart->setFileDialogs(dialogs);
    m_choice->setObjectName(QStringLiteral("measureChoice"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_card->setChoice(m_choice);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_card);
    connect(m_choice, &QComboBox::activated, this, [this] {
        m_wanted = measure();
        draw();
        Q_EMIT measureChosen();
    });
    connect(m_chart, &BarChart::barClicked, this, [this](const QString& id) {
        Q_EMIT runClicked(RunId{id.toLongLong()});
    });
}

void MeasureCard::setComparison(const Comparison& comparison)
{
    m_comparison = comparison;
    fillMeasures();
    draw();
}

std::string MeasureCard::measure() const
{
    return m_choice->currentData().toString().toStdString();
}

void MeasureCard::setMeasure(const std::string& measure)
{
    m_wanted = measure;
    fillMeasures();
    draw();
}

void MeasureCard::setHighlighted(std::optional<RunId> run)
{
    m_chart->setHighlighted(run ? idOf(*run) : QString());
}

void MeasureCard::fillMeasures()
{
    const QSignalBlocker quiet(m_choice);
    m_choice->clear();
    for (const std::string& name : sharedMeasures(m_comparison)) {
        m_choice->addItem(measureTitle(name), QString::fromStdString(name));
        m_choice->setItemData(m_choice->count() - 1, measureMeaning(name), Qt::ToolTipRole);
    }
    int chosen = m_choice->findData(QString::fromStdString(m_wanted));
    for (const char* usual : {"ndcg@10", "rmse"}) {
        chosen = chosen >= 0 ? chosen : m_choice->findData(QLatin1String(usual));
    }
    m_choice->setCurrentIndex(std::max(chosen, m_choice->count() > 0 ? 0 : -1));
    m_choice->setVisible(m_choice->count() > 1);
}

QString MeasureCard::axisTitle() const
{
    const QString title = measureTitle(measure());
    const auto& runs = m_comparison.runs;
    const std::optional<std::int64_t> users = runs.empty() ? std::nullopt : runs.front().users;
    const bool isSame =
        users && std::ranges::all_of(runs, [&users](const RunRecord& run) { return run.users == users; });
    return isSame
               ? tr("%1, %Ln people, 95 % bootstrap interval", "measure", static_cast<int>(*users)).arg(title)
               : tr("%1, 95 % bootstrap interval", "measure").arg(title);
}

void MeasureCard::draw()
{
    const auto found = m_comparison.measures.find(measure());
    if (found == m_comparison.measures.end()) {
        m_card->setTitle(tr("Measures"));
        m_card->setNothing(
            m_comparison.runs.size() < 2
                ? tr("Fewer than two of the selected runs have finished.")
                : tr("The selected runs share no measure: run them again with the same ones."));
        m_chart->setBars({});
        return;
    }
    std::vector<BarChart::Bar> bars;
    for (std::size_t at = 0; at < m_comparison.runs.size(); ++at) {
        const RunRecord& run = m_comparison.runs[at];
        const auto& [low, high] = found->second.intervals[at];
        bars.push_back({.id = idOf(run.id),
                        .name = sentences::runName(run.name),
                        .colour = run.colour,
                        .value = found->second.values[at],
                        .interval = std::isnan(low) || std::isnan(high) ? std::nullopt
                                                                        : std::optional(Range{low, high})});
    }
    m_card->setTitle(measureTitle(measure()));
    m_card->setNothing({});
    m_chart->setAxisTitles(axisTitle(), {});
    m_chart->setBars(std::move(bars));
}

void MeasureCard::retranslate()
{
    m_choice->setAccessibleName(tr("Measure that the bars show"));
    m_choice->setToolTip(tr("Which measure the bars and the p-values show"));
    fillMeasures();
    draw();
}

} // namespace transept::ui
