#pragma once

#include "core/experiment/Comparison.h"
#include "ui/shell/IdTypes.h"

#include <QtWidgets/QWidget>

class QComboBox;

namespace transept::ui {

class BarChart;
class ChartCard;
struct FileDialogs;

/// One measure of several runs as bars with their intervals. Which one is chosen above, among those that all
/// of them have.
class MeasureCard final : public QWidget
{
    Q_OBJECT

public:
    explicit MeasureCard(const FileDialogs& dialogs, QWidget* parent = nullptr);

    void setComparison(const Comparison& comparison);
    std::string measure() const; ///< as in the spec; empty while there is none
    void setMeasure(const std::string& measure);
    void setHighlighted(std::optional<RunId> run);
    void retranslate();

Q_SIGNALS:
    void measureChosen(); ///< by a person
    void runClicked(transept::RunId run);

private:
    void fillMeasures();
    void draw();
    QString axisTitle() const;

    BarChart* m_chart;
    ChartCard* m_card;
    QComboBox* m_choice;
    Comparison m_comparison;
    std::string m_wanted; ///< chosen once, kept while runs are shown that lack it
};

} // namespace transept::ui
