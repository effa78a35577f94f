#pragma once

#include "ui/compare/SegmentChart.h"
#include "ui/shell/Query.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QTimer>
#include <QtWidgets/QFrame>

class QLabel;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace transept::ui {

/// One measure of several runs on the parts of the test set: a segment a row, a run a column.
class SegmentTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { PartColumn, SegmentColumn, SizeColumn, FirstRunColumn };

    using QAbstractTableModel::QAbstractTableModel;

    /// Runs without segments stay empty.
    void setSegments(std::vector<RunRecord> runs, const SegmentsOfRuns& segments);
    void setMeasure(const std::string& measure);
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        Segment segment;                                   ///< of the first run that has it
        std::vector<std::map<std::string, double>> values; ///< by run
    };
    double valueOf(const Row& row, std::size_t run) const; ///< NaN: there is none
    bool countsPairs() const;
    QString textOf(const QModelIndex& index) const;
    QString toolTipOf(const QModelIndex& index) const;

    std::vector<RunRecord> m_runs;
    std::vector<Row> m_rows;
    std::string m_measure;
};

/// "For whom": the table and its chart, which asks for the segments of the compared runs once somebody looks
/// at it. While items are lassoed on a map, they are segments too.
class SegmentCard final : public QFrame
{
    Q_OBJECT

public:
    SegmentCard(Session& session, const FileDialogs& dialogs, QWidget* parent = nullptr);

    void setRuns(std::vector<RunRecord> runs); ///< finished ones
    void setMeasure(const std::string& measure);
    void forget();    ///< the data is another, or the workspace
    void showLasso(); ///< what the runs are worth for the lassoed items
    void retranslate();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void ask();
    void show(Result<SegmentsOfRuns> segments);
    void followLasso();
    void askLasso();
    void takeLasso(Result<SegmentsOfRuns> segments, const std::vector<ItemId>& items);
    void dropLasso();
    QString lassoNote() const;
    void fill();
    void arrange();

    Selection& m_selection;
    Query m_query;
    Query m_lassoQuery;
    QTimer m_lassoPause;
    SegmentTableModel* m_model;
    QTableView* m_table;
    SegmentChart* m_chart;
    QSplitter* m_beside;
    QLabel* m_lassoNote;
    QLabel* m_note;
    QStackedWidget* m_stack;
    std::vector<RunRecord> m_runs;
    SegmentsOfRuns m_segments;
    std::optional<Error> m_error;
    std::vector<ItemId> m_lassoed; ///< whose figures are shown
    SegmentsOfRuns m_ofLasso;      ///< those of these
    std::optional<Error> m_lassoError;
};

} // namespace transept::ui
