#include "ui/runs/RunTableModel.h"

#include "ui/look/Icons.h"
#include "ui/look/SeriesColours.h"
#include "ui/look/Theme.h"
#include "ui/runs/EstimateText.h"
#include "ui/runs/MeasureTitle.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtGui/QFont>
#include <QtGui/QFontMetrics>
#include <QtGui/QGuiApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace transept::ui {
namespace {

std::string textAt(const Json& spec, std::initializer_list<const char*> path)
{
    const Json* at = &spec;
    for (const char* key : path) {
        const auto found = at->is_object() ? at->find(key) : at->end();
        if (!at->is_object() || found == at->end()) {
            return {};
        }
        at = &*found;
    }
    return at->is_string() ? at->get<std::string>() : std::string();
}

QString knowledgeOf(const RunRecord& run)
{
    QString name = QString::fromStdString(textAt(run.spec, {"knowledge"}));
    if (const std::string terms = textAt(run.spec, {"knowledge_terms"}); !terms.empty()) {
        name += QStringLiteral(" + ") + QString::fromStdString(terms);
    }
    const auto shuffled = run.spec.find("shuffle_knowledge");
    const bool isShuffled = shuffled != run.spec.end() && shuffled->is_boolean() && shuffled->get<bool>();
    return isShuffled && !name.isEmpty() ? RunTableModel::tr("%1, shuffled", "a knowledge base").arg(name)
                                         : name;
}

constexpr double bytesOfMegabyte = 1024.0 * 1024.0; // as RunRecord::memoryMb counts

} // namespace

std::optional<double> secondsOf(const RunRecord& run)
{
    if (!run.trainSeconds) {
        return std::nullopt;
    }
    return run.loadSeconds.value_or(0.0) + *run.trainSeconds + run.evaluateSeconds.value_or(0.0);
}

QString dataSentence(const RunRecord& run)
{
    const QString target = QString::fromStdString(textAt(run.spec, {"data", "target"}));
    QStringList sources;
    if (const auto data = run.spec.find("data"); data != run.spec.end() && data->is_object()) {
        for (const Json& source : data->value("sources", Json::array())) {
            sources << QString::fromStdString(source.is_string() ? source.get<std::string>() : std::string());
        }
    }
    return sources.isEmpty() ? target
                             : RunTableModel::tr("%1 from %2", "target, sources")
                                   .arg(target, sentences::enumeration(sources));
}

void RunTableModel::setRuns(std::vector<RunRecord> runs)
{
    setMeasures(runs);
    removeGone(runs);
    for (std::size_t at = 0; at < runs.size(); ++at) {
        const int row = static_cast<int>(at);
        const RunId id = runs[at].id;
        if (runs[at].state != RunState::Running && runs[at].state != RunState::Paused &&
            runs[at].state != RunState::Queued) { // perhaps read a moment before it began
            m_live.erase(id);
        } else if (const auto live = m_live.find(id);
                   live != m_live.end() && runs[at].state != RunState::Queued) {
            live->second.estimate.reset();
        }
        if (at < m_runs.size() && m_runs[at].id == id) {
            const bool sameName = m_runs[at].name == runs[at].name;
            const bool sameNote = m_runs[at].note == runs[at].note;
            m_runs[at] = std::move(runs[at]);
            tellChanged(row, sameName, sameNote);
        } else {
            beginInsertRows({}, row, row);
            m_runs.insert(m_runs.begin() + row, std::move(runs[at]));
            endInsertRows();
        }
    }
}

/// A cell that is told to have changed loses what somebody is just typing into it: name and note are told
/// only when they have.
void RunTableModel::tellChanged(int row, bool sameName, bool sameNote)
{
    Q_EMIT dataChanged(index(row, StarColumn), index(row, sameName ? StarColumn : NameColumn));
    Q_EMIT dataChanged(index(row, StateColumn), index(row, sameNote ? timeColumn() : noteColumn()));
}

void RunTableModel::removeGone(const std::vector<RunRecord>& runs)
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (std::ranges::find(runs, runAt(row).id, &RunRecord::id) == runs.end()) {
            m_live.erase(runAt(row).id);
            beginRemoveRows({}, row, row);
            m_runs.erase(m_runs.begin() + row);
            endRemoveRows();
        }
    }
}

void RunTableModel::setMeasures(const std::vector<RunRecord>& runs)
{
    std::set<std::string> names;
    for (const RunRecord& run : runs) {
        for (const auto& [name, value] : run.measures) {
            names.insert(name);
        }
        for (const auto& [name, value] : run.validation) {
            names.insert(onValidation(name));
        }
    }
    std::vector<std::string> wanted(names.begin(), names.end());
    // Errors of ratings first, then rankings, as people read them.
    std::ranges::stable_sort(wanted, {}, [](const std::string& name) {
        const std::string measure = measureOf(name);
        return std::pair(isOnValidation(name),
                         measure == "rmse"                ? 0
                         : measure == "mae"               ? 1
                         : measure.starts_with("ndcg@")   ? 2
                         : measure.starts_with("recall@") ? 3
                                                          : 4);
    });
    for (int at = static_cast<int>(m_measures.size()) - 1; at >= 0; --at) {
        if (!names.contains(m_measures[static_cast<std::size_t>(at)])) {
            beginRemoveColumns({}, FirstMeasureColumn + at, FirstMeasureColumn + at);
            m_measures.erase(m_measures.begin() + at);
            endRemoveColumns();
        }
    }
    for (std::size_t at = 0; at < wanted.size(); ++at) {
        if (at == m_measures.size() || m_measures[at] != wanted[at]) {
            const int column = FirstMeasureColumn + static_cast<int>(at);
            beginInsertColumns({}, column, column);
            m_measures.insert(m_measures.begin() + static_cast<std::ptrdiff_t>(at), wanted[at]);
            endInsertColumns();
        }
    }
}

void RunTableModel::setProgress(const RunProgress& progress)
{
    m_live[progress.run].progress = progress;
    if (const std::optional<int> row = rowOf(progress.run)) {
        Q_EMIT dataChanged(index(*row, StateColumn), index(*row, StateColumn));
    }
}

void RunTableModel::setPaused(RunId run, bool paused)
{
    m_live[run].isPaused = paused;
    if (const std::optional<int> row = rowOf(run)) {
        Q_EMIT dataChanged(index(*row, StateColumn), index(*row, StateColumn));
    }
}

void RunTableModel::setSecondsLeft(RunId run, std::optional<double> seconds)
{
    std::optional<double>& left = m_live[run].secondsLeft;
    if (!left && !seconds) {
        return;
    }
    left = seconds;
    if (const std::optional<int> row = rowOf(run)) {
        Q_EMIT dataChanged(index(*row, timeColumn()), index(*row, timeColumn()));
    }
}

void RunTableModel::setEstimate(RunId run, const std::optional<RunEstimate>& estimate)
{
    m_live[run].estimate = estimate;
    if (const std::optional<int> row = rowOf(run)) {
        Q_EMIT dataChanged(index(*row, timeColumn()), index(*row, timeColumn()));
    }
}

const RunEstimate* RunTableModel::estimateOf(const RunRecord& run) const
{
    const Live& live = liveOf(run.id);
    return run.state == RunState::Queued && live.estimate ? &*live.estimate : nullptr;
}

const RunTableModel::Live& RunTableModel::liveOf(RunId run) const
{
    static const Live nothing;
    const auto found = m_live.find(run);
    return found == m_live.end() ? nothing : found->second;
}

void RunTableModel::retranslate()
{
    if (!m_runs.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

const RunRecord* RunTableModel::run(RunId id) const
{
    const std::optional<int> row = rowOf(id);
    return row ? &runAt(*row) : nullptr;
}

std::optional<int> RunTableModel::rowOf(RunId id) const
{
    const auto found = std::ranges::find(m_runs, id, &RunRecord::id);
    return found == m_runs.end() ? std::nullopt : std::optional(static_cast<int>(found - m_runs.begin()));
}

QString RunTableModel::columnKey(int column) const
{
    static const QStringList fixed{QStringLiteral("star"),
                                   QStringLiteral("name"),
                                   QStringLiteral("state"),
                                   QStringLiteral("method"),
                                   QStringLiteral("data"),
                                   QStringLiteral("knowledge")};
    if (column < FirstMeasureColumn) {
        return fixed[column];
    }
    if (column < timeColumn()) {
        const std::string& name = measureAt(column);
        return QLatin1String(isOnValidation(name) ? "validation:" : "measure:") +
               QString::fromStdString(measureOf(name));
    }
    return column == timeColumn() ? QStringLiteral("time") : QStringLiteral("note");
}

QStringList RunTableModel::columnKeys() const
{
    QStringList keys;
    for (int column = 0; column < columnCount(); ++column) {
        keys << columnKey(column);
    }
    return keys;
}

int RunTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : noteColumn() + 1;
}

QString RunTableModel::stateText(const RunRecord& run) const
{
    const Live& live = liveOf(run.id);
    if (live.isPaused) {
        return sentences::of(RunState::Paused);
    }
    if (live.progress) {
        const auto& [epoch, epochs] = std::pair(live.progress->epoch, live.progress->epochs);
        return epochs > 0 ? tr("epoch %1 of %2").arg(epoch).arg(epochs) : tr("epoch %1").arg(epoch);
    }
    return sentences::of(run.state);
}

QString RunTableModel::timeText(const RunRecord& run) const
{
    if (const std::optional<double> left = liveOf(run.id).secondsLeft) {
        return tr("%1 left", "8 s").arg(numbers::duration(*left));
    }
    if (const RunEstimate* estimate = estimateOf(run)) {
        return ui::timeText(*estimate);
    }
    const std::optional<double> seconds = secondsOf(run);
    return seconds ? numbers::duration(*seconds) : numbers::missing();
}

const std::string& RunTableModel::measureAt(int column) const
{
    return m_measures[static_cast<std::size_t>(column - FirstMeasureColumn)];
}

std::optional<double> RunTableModel::valueOf(const RunRecord& run, int column) const
{
    const std::string& name = measureAt(column);
    const auto& values = isOnValidation(name) ? run.validation : run.measures;
    const auto value = values.find(measureOf(name));
    return value == values.end() ? std::nullopt : std::optional(value->second);
}

QVariant RunTableModel::display(const RunRecord& run, int column) const
{
    switch (column) {
    case StarColumn:
        return {};
    case NameColumn:
        return sentences::runName(run.name);
    case StateColumn:
        return stateText(run);
    case MethodColumn:
        return QString::fromStdString(textAt(run.spec, {"method", "name"}));
    case DataColumn:
        return dataSentence(run);
    case KnowledgeColumn: {
        const QString knowledge = knowledgeOf(run);
        return knowledge.isEmpty() ? numbers::missing() : knowledge;
    }
    default:
        break;
    }
    if (column < timeColumn()) {
        return numbers::real(valueOf(run, column));
    }
    if (column == timeColumn()) {
        return timeText(run);
    }
    return QString::fromStdString(run.note);
}

/// Columns are as wide as their texts when the runs are read; what a run says while it trains comes later.
QVariant RunTableModel::sizeHint(const RunRecord& run, int column) const
{
    const bool isActive =
        run.state == RunState::Queued || run.state == RunState::Running || run.state == RunState::Paused;
    if (!isActive || (column != StateColumn && column != timeColumn())) {
        return {};
    }
    constexpr int padding = 28;
    constexpr double widestSeconds = 3599.0;
    const QString widest = column == StateColumn ? tr("epoch %1 of %2").arg(888).arg(888)
                                                 : tr("%1 left", "8 s").arg(numbers::duration(widestSeconds));
    const QFontMetrics metrics(tabularFont(QGuiApplication::font()));
    return QSize(metrics.horizontalAdvance(widest) + padding, metrics.height());
}

QVariant RunTableModel::sortKey(const RunRecord& run, int column) const
{
    constexpr double last = std::numeric_limits<double>::infinity(); // what is missing sorts last
    if (column == StarColumn) {
        return run.star ? 0 : 1;
    }
    if (column >= FirstMeasureColumn && column < timeColumn()) {
        const double value = valueOf(run, column).value_or(last);
        return std::isnan(value) ? last : value;
    }
    if (column == timeColumn()) {
        return secondsOf(run).value_or(last);
    }
    return display(run, column);
}

QVariant RunTableModel::toolTip(const RunRecord& run, int column) const
{
    if (column == timeColumn() && run.trainSeconds) {
        return tr("Loading %1, training %2, evaluation %3; at most %4 of memory", "durations, an amount")
            .arg(numbers::duration(run.loadSeconds.value_or(0.0)),
                 numbers::duration(*run.trainSeconds),
                 numbers::duration(run.evaluateSeconds.value_or(0.0)),
                 numbers::bytes(run.memoryMb.value_or(0.0) * bytesOfMegabyte));
    }
    if (column == StateColumn && run.state == RunState::Failed) {
        return sentences::of(run.reason);
    }
    const RunEstimate* estimate = column == timeColumn() ? estimateOf(run) : nullptr;
    return estimate != nullptr ? estimateText(*estimate) : display(run, column);
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const RunRecord& run = runAt(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return display(run, column);
    case Qt::EditRole:
        return column == NameColumn ? QString::fromStdString(run.name) : display(run, column);
    case SortRole:
        return sortKey(run, column);
    case RunRole:
        return static_cast<qint64>(number(run.id));
    case Qt::SizeHintRole:
        return sizeHint(run, column);
    case Qt::ToolTipRole:
        return toolTip(run, column);
    case Qt::AccessibleTextRole:
        return column == StarColumn ? (run.star ? tr("starred") : tr("not starred")) : display(run, column);
    case Qt::DecorationRole:
        if (column == NameColumn) {
            return seriesIcon(run.colour);
        }
        return column == StarColumn
                   ? QVariant(icon(run.star ? QStringLiteral("star-filled") : QStringLiteral("star")))
                   : QVariant();
    case Qt::TextAlignmentRole:
        return isNumber(column) ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case Qt::FontRole:
        return isNumber(column) ? QVariant(tabularFont(QGuiApplication::font())) : QVariant();
    default:
        return {};
    }
}

bool RunTableModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::EditRole) {
        return false;
    }
    const RunRecord& run = runAt(index.row());
    if (index.column() == StarColumn) {
        Q_EMIT starWanted(run.id, !run.star);
        return true;
    }
    const QString text = value.toString().trimmed();
    if (index.column() == NameColumn && !text.isEmpty() && text != QString::fromStdString(run.name)) {
        Q_EMIT renameWanted(run.id, text);
        return true;
    }
    if (index.column() == noteColumn() && text != QString::fromStdString(run.note)) {
        Q_EMIT noteWanted(run.id, text);
        return true;
    }
    return false;
}

Qt::ItemFlags RunTableModel::flags(const QModelIndex& index) const
{
    const bool editable = index.column() == NameColumn || index.column() == noteColumn();
    return QAbstractTableModel::flags(index) | (editable ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    const bool isMeasure = section >= FirstMeasureColumn && section < timeColumn();
    if (role == Qt::ToolTipRole && isMeasure) {
        const QString meaning = measureMeaning(measureOf(measureAt(section)));
        return isOnValidation(measureAt(section))
                   ? tr("On validation data, by which settings are to be chosen. %1").arg(meaning)
                   : tr("On test data. %1").arg(meaning);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case StarColumn:
        return QString();
    case NameColumn:
        return tr("Run");
    case StateColumn:
        return tr("State");
    case MethodColumn:
        return tr("Method");
    case DataColumn:
        return tr("Data");
    case KnowledgeColumn:
        return tr("Knowledge");
    default:
        break;
    }
    if (isMeasure) {
        const QString title = measureTitle(measureOf(measureAt(section)));
        return isOnValidation(measureAt(section)) ? tr("%1, validation", "measure").arg(title) : title;
    }
    return section == timeColumn() ? tr("Time") : tr("Note");
}

} // namespace transept::ui
