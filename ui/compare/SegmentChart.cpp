#include "ui/compare/SegmentChart.h"

#include "ui/charts/ChartCard.h"
#include "ui/charts/GroupChart.h"
#include "ui/compare/SegmentWords.h"
#include "ui/look/Theme.h"
#include "ui/runs/MeasureTitle.h"
#include "ui/text/Sentences.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace transept::ui {
namespace {

/// NaN: not there.
double valueOf(const std::vector<Segment>& segments,
               int dimension,
               const std::string& name,
               const std::string& measure)
{
    const auto segment = std::ranges::find_if(segments, [&](const Segment& each) {
        return static_cast<int>(each.dimension) == dimension && each.name == name;
    });
    const bool isThere = segment != segments.end() && segment->values.contains(measure);
    return isThere ? segment->values.at(measure) : std::numeric_limits<double>::quiet_NaN();
}

} // namespace

SegmentChart::SegmentChart(const FileDialogs& dialogs, QWidget* parent)
    : QWidget(parent)
    , m_chart(new GroupChart)
    , m_card(new ChartCard(m_chart, this))
    , m_choice(new QComboBox)
{
    m_chart->setObjectName(QStringLiteral("segmentColumns"));
    m_chart->setFileDialogs(dialogs);
    m_choice->setObjectName(QStringLiteral("segmentChoice"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_card->setProperty(look::card, false); // it stands in one
    m_card->setChoice(m_choice);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_card);
    connect(m_choice, &QComboBox::activated, this, [this] {
        m_chosen = static_cast<Segment::Dimension>(m_choice->currentData().toInt());
        draw();
    });
}

void SegmentChart::setSegments(std::vector<RunRecord> runs, SegmentsOfRuns segments)
{
    m_runs = std::move(runs);
    m_segments = std::move(segments);
    fillDimensions();
    draw();
}

void SegmentChart::setMeasure(const std::string& measure)
{
    m_measure = measure;
    draw();
}

void SegmentChart::showDimension(Segment::Dimension dimension)
{
    m_chosen = dimension;
    fillDimensions();
    draw();
}

void SegmentChart::fillDimensions()
{
    std::map<int, Segment::Dimension> dimensions; // by their places
    for (const RunRecord& run : m_runs) {
        for (const Segment& segment : m_segments[run.id]) {
            dimensions.emplace(placeOf(segment.dimension), segment.dimension);
        }
    }
    const QSignalBlocker quiet(m_choice);
    m_choice->clear();
    for (const auto& [place, dimension] : dimensions) {
        m_choice->addItem(partTitle(dimension), static_cast<int>(dimension));
    }
    const int chosen = m_chosen ? m_choice->findData(static_cast<int>(*m_chosen)) : -1;
    m_choice->setCurrentIndex(std::max(chosen, m_choice->count() > 0 ? 0 : -1));
    m_choice->setVisible(m_choice->count() > 0);
}

std::vector<std::string> SegmentChart::segmentNames() const
{
    std::vector<std::string> names;
    const int dimension = m_choice->currentData().toInt();
    for (const RunRecord& run : m_runs) {
        const auto found = m_segments.find(run.id);
        for (const Segment& segment : found == m_segments.end() ? std::vector<Segment>() : found->second) {
            if (static_cast<int>(segment.dimension) == dimension &&
                std::ranges::find(names, segment.name) == names.end()) {
                names.push_back(segment.name);
            }
        }
    }
    return names;
}

void SegmentChart::draw()
{
    const int dimension = m_choice->currentData().toInt();
    const std::vector<std::string> names = segmentNames();
    QStringList groups;
    for (const std::string& name : names) {
        groups << segmentTitle(name);
    }
    std::vector<GroupChart::Series> series;
    bool isThere = false;
    for (const RunRecord& run : m_runs) {
        GroupChart::Series each{.id = QString::number(number(run.id)),
                                .name = sentences::runName(run.name),
                                .colour = run.colour,
                                .values = {}};
        for (const std::string& name : names) {
            each.values.push_back(valueOf(m_segments[run.id], dimension, name, m_measure));
            isThere = isThere || std::isfinite(each.values.back());
        }
        series.push_back(std::move(each));
    }
    m_card->setTitle(m_measure.empty() ? tr("Measure by segment") : measureTitle(m_measure));
    m_card->setNothing(isThere ? QString() : tr("This measure is not there for parts of the test set."));
    m_chart->setAxisTitles({}, m_measure.empty() ? QString() : measureTitle(m_measure));
    m_chart->setGroups(std::move(groups), std::move(series));
}

void SegmentChart::retranslate()
{
    m_choice->setAccessibleName(tr("What the columns are grouped by"));
    fillDimensions();
    draw();
}

} // namespace transept::ui
