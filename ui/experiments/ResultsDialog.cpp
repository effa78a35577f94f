#include "ui/experiments/ResultsDialog.h"

#include "ui/look/TableLook.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Sentences.h"

#include <QtCore/QFileInfo>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace transept::ui {
namespace {

constexpr int shownRows = 8;
constexpr qsizetype longestCell = 80; // characters

QString textOf(const std::string& text)
{
    return QString::fromStdString(text);
}

/// The words of a measure list: "rmse, ndcg@10".
std::vector<std::string> wordsIn(const QString& text)
{
    std::vector<std::string> words;
    for (const QString& word : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        words.push_back(word.trimmed().toStdString());
    }
    return words;
}

QComboBox* roleBox()
{
    auto* box = new QComboBox;
    box->addItem(QStringLiteral("–"));
    box->addItem(ResultsDialog::tr("user"), static_cast<int>(ResultRole::User));
    box->addItem(ResultsDialog::tr("item"), static_cast<int>(ResultRole::Item));
    box->addItem(ResultsDialog::tr("rank"), static_cast<int>(ResultRole::Rank));
    box->addItem(ResultsDialog::tr("score"), static_cast<int>(ResultRole::Score));
    box->addItem(ResultsDialog::tr("prediction"), static_cast<int>(ResultRole::Prediction));
    box->setAccessibleName(ResultsDialog::tr("What the column holds"));
    return box;
}

/// The role that a plan gives to a column.
std::optional<ResultRole> plannedRole(const ResultPlan& plan, std::size_t column)
{
    if (column == plan.user) {
        return ResultRole::User;
    }
    if (column == plan.item) {
        return ResultRole::Item;
    }
    if (plan.rank == column) {
        return ResultRole::Rank;
    }
    if (plan.value == column) {
        return plan.kind == ResultKind::Lists ? ResultRole::Score : ResultRole::Prediction;
    }
    return std::nullopt;
}

/// The role that a person gave to a column.
std::optional<ResultRole> pickedRole(const ResultFile& file, std::size_t column)
{
    const auto found = std::ranges::find(
        file.columns, std::to_string(column + 1), [](const auto& each) { return each.first; });
    return found == file.columns.end() ? std::nullopt : std::optional(found->second);
}

/// What is likely while there is no plan.
std::optional<ResultRole> guessedRole(const ColumnGuess& column)
{
    if (column.role == Role::User) {
        return ResultRole::User;
    }
    return column.role == Role::Item ? std::optional(ResultRole::Item) : std::nullopt;
}

/// The role to show for a column: what will be read, else what was picked, else what is likely.
std::optional<ResultRole> roleOf(const ResultFile& file,
                                 const std::optional<ResultPlan>& plan,
                                 const Inspection& inspection,
                                 std::size_t column)
{
    if (plan) {
        return plannedRole(*plan, column);
    }
    if (!file.columns.empty()) {
        return pickedRole(file, column);
    }
    return guessedRole(inspection.columns[column]);
}

} // namespace

ResultsDialog::ResultsDialog(
    Session& session, FileDialogs dialogs, ResultsSources sources, ResultsDraft draft, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_dialogs(std::move(dialogs))
    , m_sources(std::move(sources))
    , m_draft(std::move(draft))
    , m_query(session)
    , m_name(new QLineEdit(textOf(m_draft.options.name), this))
    , m_program(new QLineEdit(textOf(m_draft.options.program), this))
    , m_like(new QComboBox(this))
    , m_measures(new QLineEdit(this))
    , m_mean(new QCheckBox(tr("Let the mean of the training ratings stand for missing predictions"), this))
    , m_files(new QListWidget(this))
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_kind(new QComboBox(this))
    , m_rows(new QTableWidget(this))
    , m_hint(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_import(nullptr)
{
    setObjectName(QStringLiteral("resultsDialog"));
    setWindowTitle(tr("Import results"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_import = buttons->addButton(tr("Import"), QDialogButtonBox::AcceptRole);
    m_import->setObjectName(QStringLiteral("importResultsButton"));
    setLook(m_import, look::primary, true); // the box has polished it already
    m_problem->setObjectName(QStringLiteral("resultsProblem"));
    m_problem->setWordWrap(true);
    m_problem->setProperty(look::small, true);
    m_problem->setProperty(look::invalid, true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::two, space::two, space::two, space::two);
    column->setSpacing(space::one);
    column->addLayout(buildQuestions());
    column->addLayout(buildFiles());
    column->addWidget(m_rows, 1);
    column->addWidget(m_hint, 1);
    column->addWidget(m_problem);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    fillLike();
    connectFields();
    resize(720, 600);
    showFiles(0);
    takeFields();
}

QLayout* ResultsDialog::buildQuestions()
{
    m_name->setObjectName(QStringLiteral("resultsName"));
    m_name->setPlaceholderText(tr("Name of the run"));
    m_program->setObjectName(QStringLiteral("resultsProgram"));
    m_program->setPlaceholderText(tr("What computed the results; otherwise the name of the run"));
    m_like->setObjectName(QStringLiteral("resultsLike"));
    m_like->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_like->setToolTip(tr("Data, split and measures come from there"));
    m_measures->setObjectName(QStringLiteral("resultsMeasures"));
    m_measures->setPlaceholderText(tr("Those of the run or the spec"));
    m_mean->setObjectName(QStringLiteral("resultsMean"));
    m_mean->setChecked(m_draft.options.meanForMissing);
    QStringList measures;
    for (const std::string& each : m_draft.options.measures) {
        measures << textOf(each);
    }
    m_measures->setText(measures.join(QStringLiteral(", ")));
    auto* form = new QFormLayout;
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Program"), m_program);
    form->addRow(tr("Computed for"), m_like);
    form->addRow(tr("Measures"), m_measures);
    form->addRow(QString(), m_mean);
    return form;
}

QLayout* ResultsDialog::buildFiles()
{
    auto* add = new QPushButton(tr("Add files…"), this);
    add->setObjectName(QStringLiteral("addResultFiles"));
    connect(add, &QPushButton::clicked, this, &ResultsDialog::addFiles);
    m_remove->setObjectName(QStringLiteral("removeResultFile"));
    m_files->setObjectName(QStringLiteral("resultFiles"));
    m_files->setAccessibleName(tr("Files of results"));
    m_files->setMaximumHeight(96);
    m_kind->setObjectName(QStringLiteral("resultKind"));
    m_kind->addItem(tr("What its columns say"));
    m_kind->addItem(tr("Lists"), static_cast<int>(ResultKind::Lists));
    m_kind->addItem(tr("Predictions"), static_cast<int>(ResultKind::Predictions));
    m_rows->setObjectName(QStringLiteral("resultRows"));
    m_rows->setAccessibleName(tr("First rows of the file"));
    m_rows->setEditTriggers(QAbstractItemView::NoEditTriggers);
    makeQuiet(*m_rows);
    m_rows->setSelectionMode(QAbstractItemView::NoSelection);
    m_rows->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_rows->horizontalHeader()->setStretchLastSection(true);
    m_hint->setObjectName(QStringLiteral("resultsHint"));
    m_hint->setText(
        tr("Add the lists or predictions that another program wrote. Every row names a user and an "
           "item, with a rank, a score or a prediction."));
    m_hint->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setProperty(look::muted, true);
    for (QWidget* each : std::initializer_list<QWidget*>{m_files, m_rows}) {
        each->setProperty(look::card, true);
    }
    auto* kindLabel = new QLabel(tr("The file holds"), this);
    kindLabel->setBuddy(m_kind);
    auto* side = new QVBoxLayout;
    side->addWidget(add);
    side->addWidget(m_remove);
    side->addStretch(1);
    auto* top = new QHBoxLayout;
    top->addWidget(m_files, 1);
    top->addLayout(side);
    auto* kind = new QHBoxLayout;
    kind->addWidget(kindLabel);
    kind->addWidget(m_kind);
    kind->addStretch(1);
    auto* column = new QVBoxLayout;
    column->addLayout(top);
    column->addLayout(kind);
    return column;
}

void ResultsDialog::fillLike()
{
    for (auto run = m_sources.runs.rbegin(); run != m_sources.runs.rend(); ++run) {
        m_like->addItem(
            tr("Run %1: %2", "number and name").arg(number(run->id)).arg(sentences::runName(run->name)),
            QVariant::fromValue<qlonglong>(number(run->id)));
    }
    if (m_sources.spec) {
        m_like->addItem(tr("The spec that is being edited"));
    }
    const bool isAgain = !m_draft.options.files.empty(); // then no run stands for the spec in the editor
    if (isAgain && !m_draft.like && m_sources.spec) {
        m_like->setCurrentIndex(m_like->count() - 1);
        return;
    }
    const std::optional<RunId> wanted = m_draft.like ? m_draft.like : m_sources.preferred;
    const int place = wanted ? m_like->findData(QVariant::fromValue<qlonglong>(number(*wanted))) : 0;
    m_like->setCurrentIndex(std::max(place, 0));
}

void ResultsDialog::connectFields()
{
    for (QLineEdit* line : {m_name, m_program, m_measures}) {
        connect(line, &QLineEdit::textEdited, this, &ResultsDialog::takeFields);
    }
    connect(m_like, &QComboBox::currentIndexChanged, this, &ResultsDialog::takeFields);
    connect(m_mean, &QCheckBox::toggled, this, &ResultsDialog::takeFields);
    connect(m_remove, &QPushButton::clicked, this, &ResultsDialog::removeFile);
    connect(m_files, &QListWidget::currentRowChanged, this, &ResultsDialog::showFile);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        if (ResultFile* chosen = file()) {
            const QVariant kind = m_kind->currentData();
            chosen->kind =
                kind.isValid() ? std::optional(static_cast<ResultKind>(kind.toInt())) : std::nullopt;
            chosen->columns.clear();
            m_isStale = true;
            check();
        }
    });
}

ResultFile* ResultsDialog::file()
{
    const int row = m_files->currentRow();
    return row < 0 ? nullptr : &m_draft.options.files[static_cast<std::size_t>(row)];
}

void ResultsDialog::addFiles()
{
    const QStringList chosen = m_dialogs.openFiles(
        this, {.title = tr("Import results"), .filter = importFilter(), .proposal = {}, .suffix = {}});
    for (const QString& each : chosen) {
        m_draft.options.files.push_back({.file = each.toStdString()});
    }
    if (!chosen.isEmpty() && m_name->text().trimmed().isEmpty()) {
        m_name->setText(QFileInfo(chosen.first()).completeBaseName()); // splits the text only: asks no disk
    }
    showFiles(static_cast<int>(m_draft.options.files.size()) - 1);
    takeFields();
}

void ResultsDialog::removeFile()
{
    const int row = m_files->currentRow();
    if (row >= 0) {
        m_draft.options.files.erase(m_draft.options.files.begin() + row);
        showFiles(std::max(row - 1, 0));
        check();
    }
}

void ResultsDialog::showFiles(int chosen)
{
    const QSignalBlocker quiet(m_files);
    m_views.clear(); // until the answer is there
    m_isStale = true;
    m_files->clear();
    for (const ResultFile& each : m_draft.options.files) {
        auto* entry = new QListWidgetItem(textOf(each.file.filename().string()), m_files);
        entry->setToolTip(textOf(each.file.string()));
    }
    m_files->setCurrentRow(m_draft.options.files.empty() ? -1 : chosen);
    showFile();
}

/// The first rows of the chosen file below the roles of their columns.
void ResultsDialog::showFile()
{
    const ResultFile* chosen = file();
    const QSignalBlocker quiet(m_kind);
    m_kind->setEnabled(chosen != nullptr);
    m_remove->setEnabled(chosen != nullptr);
    m_kind->setCurrentIndex(
        chosen != nullptr && chosen->kind ? m_kind->findData(static_cast<int>(*chosen->kind)) : 0);
    m_hint->setVisible(m_draft.options.files.empty());
    m_rows->setVisible(!m_draft.options.files.empty());
    m_rows->setRowCount(0);
    m_rows->setColumnCount(0);
    const auto row = static_cast<std::size_t>(std::max(m_files->currentRow(), 0));
    if (chosen == nullptr || row >= m_views.size() || !m_views[row].inspection) {
        return;
    }
    m_isStale = false;
    const Inspection& inspection = *m_views[row].inspection;
    const int rows = std::min(shownRows, static_cast<int>(inspection.rows.size()));
    m_rows->setColumnCount(static_cast<int>(inspection.columns.size()));
    m_rows->setRowCount(rows + 1);
    QStringList names;
    for (const ColumnGuess& column : inspection.columns) {
        names << textOf(column.name);
    }
    m_rows->setHorizontalHeaderLabels(names);
    for (int at = 0; at < rows; ++at) {
        const std::vector<std::string>& fields = inspection.rows[static_cast<std::size_t>(at)].fields;
        for (int column = 0; column < m_rows->columnCount() && column < std::ssize(fields); ++column) {
            const QString cell = textOf(fields[static_cast<std::size_t>(column)]).left(longestCell);
            m_rows->setItem(at + 1, column, new QTableWidgetItem(cell.simplified()));
        }
    }
    showRoles(*chosen, m_views[row]);
    m_rows->resizeColumnsToContents();
    for (int column = 0; column < m_rows->columnCount(); ++column) { // the boxes of roles are not counted
        const int needed = m_rows->cellWidget(0, column)->sizeHint().width() + space::two;
        m_rows->setColumnWidth(column, std::max(needed, m_rows->columnWidth(column)));
    }
    m_rows->resizeRowToContents(0);
}

void ResultsDialog::showRoles(const ResultFile& chosen, const View& view)
{
    const bool isTable = view.inspection->format.layout == Format::Layout::Delimited;
    for (int column = 0; column < m_rows->columnCount(); ++column) {
        QComboBox* box = roleBox();
        const std::optional<ResultRole> role =
            roleOf(chosen, view.plan, *view.inspection, static_cast<std::size_t>(column));
        box->setCurrentIndex(role ? box->findData(static_cast<int>(*role)) : 0);
        box->setEnabled(isTable);
        connect(box, &QComboBox::currentIndexChanged, this, &ResultsDialog::takeRoles);
        m_rows->setCellWidget(0, column, box);
    }
}

void ResultsDialog::takeRoles()
{
    ResultFile* chosen = file();
    if (chosen == nullptr) {
        return;
    }
    chosen->columns.clear();
    for (int column = 0; column < m_rows->columnCount(); ++column) {
        const auto* box = qobject_cast<QComboBox*>(m_rows->cellWidget(0, column));
        if (box != nullptr && box->currentData().isValid()) {
            chosen->columns.emplace_back(std::to_string(column + 1),
                                         static_cast<ResultRole>(box->currentData().toInt()));
        }
    }
    check();
}

void ResultsDialog::takeFields()
{
    m_draft.options.name = m_name->text().trimmed().toStdString();
    m_draft.options.program = m_program->text().trimmed().toStdString();
    m_draft.options.measures = wordsIn(m_measures->text());
    m_draft.options.meanForMissing = m_mean->isChecked();
    const QVariant like = m_like->currentData();
    m_draft.like = like.isValid() ? std::optional(RunId{like.toLongLong()}) : std::nullopt;
    check();
}

Result<ResultsLike> ResultsDialog::likeOf(const Workspace& workspace,
                                          const ResultsDraft& draft,
                                          const std::optional<Json>& spec)
{
    return draft.like ? resultsLike(workspace, *draft.like) : resultsLike(spec.value_or(Json::object()));
}

void ResultsDialog::check()
{
    m_import->setEnabled(false);
    m_query.ask<Examination>(
        [draft = m_draft, spec = m_sources.spec](const Workspace& workspace,
                                                 const JobContext&) -> Result<Examination> {
            Examination examination;
            for (const ResultFile& each : draft.options.files) {
                View& view = examination.views.emplace_back();
                if (Result<Inspection> inspection = inspect(each.file, each.format)) {
                    view.inspection = std::move(*inspection);
                }
                if (Result<ResultPlan> plan = planResults(each)) {
                    view.plan = std::move(*plan);
                }
            }
            const Result<ResultsLike> like = likeOf(workspace, draft, spec);
            const Status fits = like ? checkResults(workspace, *like, draft.options) : passOn(like);
            if (!fits) {
                examination.problem = fits.error();
            }
            return examination;
        },
        [this](Result<Examination> examination) { show(std::move(examination)); });
}

void ResultsDialog::show(Result<Examination> examination)
{
    if (!examination) {
        m_problem->setText(sentences::of(examination.error()));
        return;
    }
    m_views = std::move(examination->views);
    if (m_isStale) { // else the roles are those that were just chosen
        showFile();
    }
    const bool isEmpty = m_draft.options.files.empty(); // nothing is wrong before anything was chosen
    m_problem->setText(examination->problem && !isEmpty ? sentences::of(*examination->problem) : QString());
    m_problem->setVisible(!m_problem->text().isEmpty());
    m_import->setEnabled(!examination->problem);
}

} // namespace transept::ui
