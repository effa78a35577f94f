#include "ui/compare/SegmentTable.h"

#include "ui/compare/RunHeader.h"
#include "ui/compare/SegmentWords.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/runs/MeasureTitle.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtGui/QGuiApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace transept::ui {
namespace {

constexpr int leastWidth = 96;   // of a run
constexpr int mostOfWords = 150; // the room is for the figures
constexpr int lassoPauseMs = 250;

bool isSame(const Segment& a, const Segment& b)
{
    return a.dimension == b.dimension && a.name == b.name;
}

template<typename SegmentsOf>
Result<SegmentsOfRuns> segmentsOfEach(const std::vector<RunId>& runs, const SegmentsOf& segmentsOf)
{
    SegmentsOfRuns found;
    for (const RunId run : runs) {
        Result<std::vector<Segment>> segments = segmentsOf(run);
        if (!segments) {
            return passOn(segments);
        }
        found[run] = std::move(*segments);
    }
    return found;
}

} // namespace

void SegmentTableModel::setSegments(std::vector<RunRecord> runs, const SegmentsOfRuns& segments)
{
    beginResetModel();
    m_runs = std::move(runs);
    m_rows.clear();
    for (std::size_t run = 0; run < m_runs.size(); ++run) {
        const auto found = segments.find(m_runs[run].id);
        for (const Segment& segment : found == segments.end() ? std::vector<Segment>() : found->second) {
            auto row =
                std::ranges::find_if(m_rows, [&](const Row& each) { return isSame(each.segment, segment); });
            if (row == m_rows.end()) {
                row = m_rows.insert(row, {.segment = segment, .values = {}});
            }
            row->values.resize(m_runs.size());
            row->values[run] = segment.values;
        }
    }
    std::ranges::stable_sort(m_rows, {}, [](const Row& row) { return placeOf(row.segment.dimension); });
    endResetModel();
}

void SegmentTableModel::setMeasure(const std::string& measure)
{
    m_measure = measure;
    retranslate();
}

void SegmentTableModel::retranslate()
{
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

int SegmentTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SegmentTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : FirstRunColumn + static_cast<int>(m_runs.size());
}

double SegmentTableModel::valueOf(const Row& row, std::size_t run) const
{
    if (run >= row.values.size()) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const auto value = row.values[run].find(m_measure);
    return value == row.values[run].end() ? std::numeric_limits<double>::quiet_NaN() : value->second;
}

bool SegmentTableModel::countsPairs() const
{
    return m_measure == "rmse" || m_measure == "mae";
}

QString SegmentTableModel::textOf(const QModelIndex& index) const
{
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const Segment& segment = row.segment;
    switch (index.column()) {
    case PartColumn: {
        const bool isFirst =
            index.row() == 0 ||
            m_rows[static_cast<std::size_t>(index.row() - 1)].segment.dimension != segment.dimension;
        return isFirst ? partTitle(segment.dimension) : QString();
    }
    case SegmentColumn:
        return segmentTitle(segment.name);
    case SizeColumn:
        return numbers::count(static_cast<std::int64_t>(countsPairs() ? segment.pairs : segment.users));
    default: {
        const double value = valueOf(row, static_cast<std::size_t>(index.column() - FirstRunColumn));
        return std::isnan(value) ? numbers::missing() : numbers::real(value);
    }
    }
}

/// How far a run is from the first one.
QString SegmentTableModel::toolTipOf(const QModelIndex& index) const
{
    if (index.column() <= FirstRunColumn) {
        return textOf(index);
    }
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const double difference =
        valueOf(row, static_cast<std::size_t>(index.column() - FirstRunColumn)) - valueOf(row, 0);
    return std::isnan(difference)
               ? QString()
               : tr("%1 against %2", "a difference, the name of a run")
                     .arg(numbers::signedReal(difference), sentences::runName(m_runs.front().name));
}

QVariant SegmentTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return textOf(index);
    case Qt::ToolTipRole:
        return toolTipOf(index);
    case Qt::TextAlignmentRole:
        return int((index.column() < SizeColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::FontRole:
        return tabularFont(QGuiApplication::font());
    default:
        return {};
    }
}

QVariant SegmentTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int((section < SizeColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (section < FirstRunColumn) {
        const QString titles[] = {tr("Part"), tr("Segment"), countsPairs() ? tr("Pairs") : tr("Users")};
        return role == Qt::DisplayRole ? titles[section] : QVariant();
    }
    return runHeaderData(m_runs[static_cast<std::size_t>(section - FirstRunColumn)], role);
}

SegmentCard::SegmentCard(Session& session, const FileDialogs& dialogs, QWidget* parent)
    : QFrame(parent)
    , m_selection(session.selection())
    , m_query(session)
    , m_lassoQuery(session)
    , m_model(new SegmentTableModel(this))
    , m_table(new QTableView)
    , m_chart(new SegmentChart(dialogs))
    , m_beside(new QSplitter)
    , m_lassoNote(new QLabel)
    , m_note(new QLabel(this))
    , m_stack(new QStackedWidget(this))
{
    setProperty(look::card, true);
    m_note->setObjectName(QStringLiteral("segmentNote"));
    m_note->setProperty(look::muted, true);
    m_note->setAlignment(Qt::AlignCenter);
    m_note->setWordWrap(true);
    m_table->setObjectName(QStringLiteral("segmentTable"));
    m_table->setModel(m_model);
    setUpRunTable(m_table, leastWidth);
    m_beside->setObjectName(QStringLiteral("segmentParts"));
    m_beside->addWidget(m_table);
    m_beside->addWidget(m_chart);
    m_beside->setChildrenCollapsible(false);
    m_beside->setStretchFactor(0, 5); // room for four runs on the screen of a laptop
    m_beside->setStretchFactor(1, 2);
    m_lassoNote->setObjectName(QStringLiteral("segmentLassoNote"));
    m_lassoNote->setProperty(look::muted, true);
    m_lassoNote->setWordWrap(true);
    m_lassoNote->setContentsMargins(space::one, space::half, space::one, 0);
    m_lassoNote->hide();
    auto* parts = new QWidget;
    auto* below = new QVBoxLayout(parts);
    below->setContentsMargins({});
    below->setSpacing(0);
    below->addWidget(m_lassoNote);
    below->addWidget(m_beside, 1);
    m_stack->addWidget(parts);
    m_stack->addWidget(m_note);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, space::half);
    column->addWidget(m_stack);
    m_lassoPause.setSingleShot(true);
    m_lassoPause.setInterval(lassoPauseMs);
    connect(&m_lassoPause, &QTimer::timeout, this, &SegmentCard::askLasso);
    connect(&m_selection, &Selection::itemsChanged, this, &SegmentCard::followLasso);
}

void SegmentCard::setRuns(std::vector<RunRecord> runs)
{
    for (const RunRecord& run : runs) { // one that ran again has other results
        const auto before = std::ranges::find(m_runs, run.id, &RunRecord::id);
        if (before != m_runs.end() && before->finished != run.finished) {
            m_segments.erase(run.id);
            m_ofLasso.erase(run.id);
        }
    }
    m_runs = std::move(runs);
    fill();
    ask();
}

void SegmentCard::fill()
{
    SegmentsOfRuns all = m_segments;
    for (const auto& [run, segments] : m_ofLasso) {
        all[run].insert(all[run].end(), segments.begin(), segments.end());
    }
    m_model->setSegments(m_runs, all);
    m_chart->setSegments(m_runs, std::move(all));
}

void SegmentCard::setMeasure(const std::string& measure)
{
    m_model->setMeasure(measure);
    m_chart->setMeasure(measure);
}

void SegmentCard::forget()
{
    m_query.cancel();
    m_segments.clear();
    m_error.reset();
    dropLasso();
    setRuns({});
}

void SegmentCard::showLasso()
{
    m_chart->showDimension(Segment::Dimension::Selection);
    m_table->scrollToTop();
}

/// The figures of the lasso before stay until those of this one are there.
void SegmentCard::followLasso()
{
    if (!m_selection.items().empty()) {
        m_lassoPause.start();
        return;
    }
    dropLasso();
    fill();
    arrange();
}

void SegmentCard::dropLasso()
{
    m_lassoPause.stop();
    m_lassoQuery.cancel();
    m_lassoError.reset();
    m_ofLasso.clear();
    m_lassoed.clear();
}

void SegmentCard::showEvent(QShowEvent* event)
{
    QFrame::showEvent(event);
    ask();
}

/// What the runs lack of these is measured on what they keep, without their data.
void SegmentCard::askLasso()
{
    m_lassoPause.stop();
    const std::vector<ItemId>& items = m_selection.items();
    std::vector<RunId> missing;
    for (const RunRecord& run : m_runs) {
        if (m_lassoed != items || !m_ofLasso.contains(run.id)) {
            missing.push_back(run.id);
        }
    }
    if (items.empty() || missing.empty()) {
        m_lassoQuery.cancel();
    } else if (isVisible()) {
        m_lassoQuery.ask<SegmentsOfRuns>(
            [missing, items](const Workspace& workspace, const JobContext& context) {
                return segmentsOfEach(
                    missing, [&](RunId run) { return segmentsBySelection(workspace, run, items, context); });
            },
            [this, items](Result<SegmentsOfRuns> segments) { takeLasso(std::move(segments), items); });
    }
    arrange();
}

void SegmentCard::takeLasso(Result<SegmentsOfRuns> segments, const std::vector<ItemId>& items)
{
    m_lassoError.reset();
    if (std::exchange(m_lassoed, items) != items || !segments) {
        m_ofLasso.clear();
    }
    if (segments) {
        m_ofLasso.merge(*segments);
    } else {
        m_lassoError = segments.error();
    }
    fill();
    arrange();
}

/// Data is loaded and split for it: only when somebody looks, and once for every run.
void SegmentCard::ask()
{
    std::vector<RunId> missing;
    for (const RunRecord& run : m_runs) {
        if (!m_segments.contains(run.id)) {
            missing.push_back(run.id);
        }
    }
    m_error.reset();
    if (missing.empty()) {
        m_query.cancel();
    } else if (isVisible()) {
        m_query.ask<SegmentsOfRuns>(
            [missing](const Workspace& workspace, const JobContext& context) {
                return segmentsOfEach(missing,
                                      [&](RunId run) { return segmentsOf(workspace, run, context); });
            },
            [this](Result<SegmentsOfRuns> segments) { show(std::move(segments)); });
    }
    askLasso();
}

void SegmentCard::show(Result<SegmentsOfRuns> segments)
{
    if (segments) {
        m_segments.merge(*segments);
        fill();
    } else {
        m_error = segments.error();
    }
    arrange();
}

void SegmentCard::arrange()
{
    if (m_error) {
        m_note->setText(sentences::of(*m_error));
    } else if (m_query.isWaiting()) {
        m_note->setText(tr("Measuring the segments…"));
    } else {
        m_note->setText(tr("None of these runs has lists or predictions to look into."));
    }
    const bool hasRows = m_model->rowCount() > 0 && !m_query.isWaiting() && !m_error;
    m_stack->setCurrentIndex(hasRows ? 0 : 1);
    const QString ofLasso = lassoNote();
    m_lassoNote->setText(ofLasso);
    m_lassoNote->setVisible(!ofLasso.isEmpty());
    QHeaderView* header = m_table->horizontalHeader();
    for (int column = 0; column < m_model->columnCount(); ++column) {
        const bool ofRun = column >= SegmentTableModel::FirstRunColumn;
        header->setSectionResizeMode(column, ofRun ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (!ofRun) {
            m_table->resizeColumnToContents(column);
            header->resizeSection(column, std::min(header->sectionSize(column), mostOfWords));
        }
    }
}

/// Why the table has no rows for the lasso.
QString SegmentCard::lassoNote() const
{
    if (m_lassoError) {
        return sentences::of(*m_lassoError);
    }
    const bool areAny =
        std::ranges::any_of(m_ofLasso, [](const auto& ofRun) { return !ofRun.second.empty(); });
    if (m_selection.items().empty() || areAny) {
        return {};
    }
    return m_lassoed == m_selection.items()
               ? tr("None of the lassoed items is of the domain that these runs recommend from.")
               : tr("Measuring the lassoed items…");
}

void SegmentCard::retranslate()
{
    m_table->setAccessibleName(tr("Measure by segment"));
    m_model->retranslate();
    m_chart->retranslate();
    arrange();
}

} // namespace transept::ui
