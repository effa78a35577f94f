#include "ui/jobs/JobPanel.h"

#include "ui/jobs/JobList.h"
#include "ui/look/Icons.h"
#include "ui/look/TableLook.h"
#include "ui/look/Theme.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtCore/QLocale>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {

namespace {

QString stateText(const Job& job)
{
    if (job.isStopping()) {
        return JobModel::tr("stopping");
    }
    switch (job.state()) {
    case Job::State::Running:
        return sentences::of(RunState::Running);
    case Job::State::Paused:
        return sentences::of(RunState::Paused);
    case Job::State::Finished:
        return sentences::of(RunState::Finished);
    case Job::State::Failed:
        return sentences::of(RunState::Failed);
    case Job::State::Cancelled:
        return sentences::of(RunState::Cancelled);
    }
    Q_UNREACHABLE();
}

QString stageText(const Job& job)
{
    if (job.error()) {
        return sentences::of(*job.error());
    }
    return job.isActive() ? job.stage() : numbers::missing();
}

} // namespace

JobModel::JobModel(JobList& jobs, QObject* parent) : QAbstractTableModel(parent), m_jobs(jobs)
{
    connect(&jobs, &JobList::added, this, &JobModel::add);
    connect(&jobs, &JobList::changed, this, &JobModel::update);
    connect(&jobs, &JobList::forgotten, this, &JobModel::reload);
    reload();
}

Job* JobModel::job(const QModelIndex& index) const
{
    return index.isValid() ? m_shown[static_cast<std::size_t>(index.row())] : nullptr;
}

void JobModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_shown.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

void JobModel::add(Job* job)
{
    beginInsertRows({}, 0, 0);
    m_shown.insert(m_shown.begin(), job);
    endInsertRows();
}

void JobModel::update(const Job* job)
{
    const auto found = std::find(m_shown.begin(), m_shown.end(), job);
    if (found != m_shown.end()) {
        const int row = static_cast<int>(found - m_shown.begin());
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void JobModel::reload()
{
    beginResetModel();
    m_shown.assign(m_jobs.jobs().rbegin(), m_jobs.jobs().rend());
    endResetModel();
}

int JobModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int JobModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant JobModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (index.column() == TimeColumn ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    const Job& job = *m_shown[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case NameColumn:
        return job.name();
    case StateColumn:
        return stateText(job);
    case StageColumn:
        return stageText(job);
    default:
        return numbers::duration(job.seconds());
    }
}

QVariant JobModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (section == TimeColumn ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case NameColumn:
        return tr("Job");
    case StateColumn:
        return tr("State");
    case StageColumn:
        return tr("What it is doing");
    default:
        return tr("Time");
    }
}

JobPanel::JobPanel(JobList& jobs, QWidget* parent)
    : QFrame(parent)
    , m_jobs(jobs)
    , m_model(new JobModel(jobs, this))
    , m_heading(new QLabel(this))
    , m_table(new QTableView(this))
    , m_log(new QPlainTextEdit(this))
    , m_pause(new QToolButton(this))
    , m_cancel(new QToolButton(this))
    , m_forget(new QPushButton(this))
{
    setObjectName(QStringLiteral("jobPanel"));
    m_table->setObjectName(QStringLiteral("jobTable"));
    m_table->setModel(m_model);
    makeQuiet(*m_table);
    m_table->horizontalHeader()->setSectionResizeMode(JobModel::StageColumn, QHeaderView::Stretch);
    m_table->setColumnWidth(JobModel::NameColumn, 260);
    m_log->setObjectName(QStringLiteral("jobLog"));
    m_log->setReadOnly(true);
    m_log->setFrameShape(QFrame::NoFrame);
    m_log->setProperty(look::quiet, true);

    auto* halves = new QSplitter(Qt::Horizontal, this);
    halves->addWidget(m_table);
    halves->addWidget(m_log);
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::two, space::one, space::two, space::one);
    column->setSpacing(space::one);
    column->addLayout(buildHeader());
    column->addWidget(halves, 1);
    connectButtons();
    retranslate();
    showChosen();
}

QLayout* JobPanel::buildHeader()
{
    QFont bold = m_heading->font();
    bold.setWeight(QFont::DemiBold);
    m_heading->setFont(bold);
    m_pause->setObjectName(QStringLiteral("panelPauseButton"));
    m_cancel->setObjectName(QStringLiteral("panelCancelButton"));
    m_cancel->setIcon(icon(QStringLiteral("stop")));
    m_forget->setObjectName(QStringLiteral("forgetJobsButton"));
    m_forget->setProperty(look::quiet, true);

    auto* row = new QHBoxLayout;
    row->setSpacing(space::one);
    row->addWidget(m_heading);
    row->addStretch();
    row->addWidget(m_pause);
    row->addWidget(m_cancel);
    row->addWidget(m_forget);
    return row;
}

void JobPanel::connectButtons()
{
    connect(m_pause, &QToolButton::clicked, this, [this] {
        if (Job* job = chosen()) {
            job->state() == Job::State::Paused ? job->resume() : job->pause();
        }
    });
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        if (Job* job = chosen()) {
            job->cancel();
        }
    });
    connect(m_forget, &QPushButton::clicked, &m_jobs, &JobList::forgetFinished);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &JobPanel::showChosen);
    connect(m_model, &QAbstractItemModel::modelReset, this, &JobPanel::showChosen);
    connect(&m_jobs, &JobList::changed, this, [this](const Job* job) {
        if (job == chosen()) {
            showChosen();
        }
    });
    connect(&m_jobs, &JobList::added, this, &JobPanel::showJob);
}

void JobPanel::showJob(const Job* job)
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->job(m_model->index(row, 0)) == job) {
            m_table->selectRow(row);
        }
    }
}

Job* JobPanel::chosen() const
{
    return m_model->job(m_table->currentIndex());
}

void JobPanel::showChosen()
{
    const Job* job = chosen();
    const bool isActive = job != nullptr && job->isActive();
    const bool isPaused = isActive && job->state() == Job::State::Paused;
    m_pause->setEnabled(isActive && job->canPause() && !job->isStopping());
    m_pause->setIcon(icon(isPaused ? QStringLiteral("play") : QStringLiteral("pause")));
    m_pause->setToolTip(isPaused ? tr("Resume") : tr("Pause"));
    m_pause->setAccessibleName(m_pause->toolTip());
    m_cancel->setEnabled(isActive && !job->isStopping());
    QStringList lines;
    if (job != nullptr) {
        for (const Job::LogLine& line : job->log()) {
            lines.append(
                QStringLiteral("%1  %2").arg(line.time.toString(QStringLiteral("HH:mm:ss")), line.text()));
        }
    }
    if (const QString text = lines.join(QLatin1Char('\n')); text != m_log->toPlainText()) {
        m_log->setPlainText(text);
    }
}

void JobPanel::retranslate()
{
    m_heading->setText(tr("Jobs"));
    m_cancel->setToolTip(tr("Cancel"));
    m_cancel->setAccessibleName(m_cancel->toolTip());
    m_forget->setText(tr("Clear finished"));
    m_table->setAccessibleName(tr("Jobs"));
    m_log->setAccessibleName(tr("Log of the chosen job"));
    m_log->setPlaceholderText(tr("Choose a job to read its log."));
    m_model->retranslate();
    showChosen();
}

void JobPanel::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

} // namespace transept::ui
