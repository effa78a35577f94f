#pragma once

#include "core/experiment/Segments.h"

#include <QtWidgets/QWidget>

class QComboBox;

namespace transept::ui {

class ChartCard;
class GroupChart;
struct FileDialogs;

using SegmentsOfRuns = std::map<RunId, std::vector<Segment>>;

/// One measure of several runs on the parts of one dimension: a group of columns for every segment.
class SegmentChart final : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentChart(const FileDialogs& dialogs, QWidget* parent = nullptr);

    void setSegments(std::vector<RunRecord> runs, SegmentsOfRuns segments);
    void setMeasure(const std::string& measure);
    void showDimension(Segment::Dimension dimension); ///< once it is there; the first one meanwhile
    void retranslate();

private:
    void fillDimensions();
    void draw();
    std::vector<std::string> segmentNames() const; ///< of the chosen dimension, in order

    GroupChart* m_chart;
    ChartCard* m_card;
    QComboBox* m_choice;
    std::vector<RunRecord> m_runs;
    SegmentsOfRuns m_segments;
    std::string m_measure;
    std::optional<Segment::Dimension> m_chosen; ///< by the user; nothing: the first one
};

} // namespace transept::ui
