#pragma once

#include "core/experiment/Estimate.h"
#include "core/experiment/Runner.h"
#include "core/store/RunStore.h"
#include "ui/shell/IdTypes.h"

#include <QtCore/QAbstractTableModel>

#include <map>
#include <optional>

namespace transept::ui {

/// Runs as rows: star, name with colour and mark, state, what they worked on, one column for every measure
/// that any of them has on the test set, then one for every measure on validation, time, note. While a run
/// trains, its row shows the epoch and how long it still takes.
class RunTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        StarColumn,
        NameColumn,
        StateColumn,
        MethodColumn,
        DataColumn,
        KnowledgeColumn,
        FirstMeasureColumn
    };
    enum Role { SortRole = Qt::UserRole, RunRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows in order of id. Views keep selection, widths and what is being typed: only what differs changes.
    void setRuns(std::vector<RunRecord> runs);
    void setProgress(const RunProgress& progress);
    void setPaused(RunId run, bool paused);
    void setSecondsLeft(RunId run, std::optional<double> seconds);
    void setEstimate(RunId run, const std::optional<RunEstimate>& estimate); ///< shown while it waits
    void retranslate();

    const std::vector<RunRecord>& runs() const { return m_runs; }
    const RunRecord* run(RunId id) const;
    const RunRecord& runAt(int row) const { return m_runs[static_cast<std::size_t>(row)]; }
    std::optional<int> rowOf(RunId id) const;
    /// In the order of their columns; those of the validation part as onValidation() names them.
    const std::vector<std::string>& measures() const { return m_measures; }
    int timeColumn() const { return FirstMeasureColumn + static_cast<int>(m_measures.size()); }
    int noteColumn() const { return timeColumn() + 1; }
    /// A name that does not change with the language: to keep widths and visibility of columns by.
    QString columnKey(int column) const;
    QStringList columnKeys() const; ///< of all columns

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    /// What a person wrote into the table; whoever owns the workspace makes it happen.
    void renameWanted(transept::RunId run, const QString& name);
    void noteWanted(transept::RunId run, const QString& note);
    void starWanted(transept::RunId run, bool star);

private:
    /// What is told of a run while it waits or trains.
    struct Live
    {
        std::optional<RunProgress> progress;
        std::optional<double> secondsLeft;
        std::optional<RunEstimate> estimate;
        bool isPaused = false;
    };

    void setMeasures(const std::vector<RunRecord>& runs);
    void removeGone(const std::vector<RunRecord>& runs);
    void tellChanged(int row, bool sameName, bool sameNote);
    QVariant display(const RunRecord& run, int column) const;
    QVariant sizeHint(const RunRecord& run, int column) const;
    QVariant sortKey(const RunRecord& run, int column) const;
    QVariant toolTip(const RunRecord& run, int column) const;
    QString stateText(const RunRecord& run) const;
    QString timeText(const RunRecord& run) const;
    const Live& liveOf(RunId run) const;
    const RunEstimate* estimateOf(const RunRecord& run) const; ///< null: does not wait, or is unknown
    const std::string& measureAt(int column) const;
    std::optional<double> valueOf(const RunRecord& run, int column) const;
    bool isNumber(int column) const { return column >= FirstMeasureColumn && column < noteColumn(); }

    std::vector<RunRecord> m_runs;
    std::vector<std::string> m_measures;
    std::map<RunId, Live> m_live;
};

/// The seconds a run took in all; nothing while it has not finished.
std::optional<double> secondsOf(const RunRecord& run);

/// "films from books and music"
QString dataSentence(const RunRecord& run);

} // namespace transept::ui
