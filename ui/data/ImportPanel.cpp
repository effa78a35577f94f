#include "ui/data/ImportPanel.h"

#include "ui/data/DataWords.h"
#include "ui/data/FormatForm.h"
#include "ui/data/PreviewTable.h"
#include "ui/data/TargetForm.h"
#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/shell/ElidedLabel.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtCore/QFileInfo>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {

namespace {

constexpr int kTypingPauseMs = 200;
constexpr int kSettingsWidth = 372;
constexpr int kNarrowestSettings = 304;
constexpr int kFileListHeight = 96;
constexpr std::size_t kMostDomains = 200; ///< in one file

/// The delimiter is an argument by its name for the command line.
QString sentenceOf(const Evidence& evidence)
{
    std::vector<std::string> arguments = evidence.arguments;
    if (evidence.part == "delimiter" && !arguments.empty()) {
        const Result<Format> format = formatFrom({{"delimiter", arguments.front()}}, {}, "format");
        arguments.front() = format ? words::delimiter(format->delimiter).toStdString() : arguments.front();
    }
    return sentences::translated("inspect", evidence.sentence, arguments);
}

} // namespace

ImportPanel::ImportPanel(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_query(session)
    , m_wordsQuery(session)
    , m_files(new QListWidget(this))
    , m_file(new ElidedLabel(this))
    , m_size(new QLabel(this))
    , m_evidence(new QLabel(this))
    , m_settingsTitle(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_rowsShown(new QLabel(this))
    , m_nothing(new QLabel(this))
    , m_format(new FormatForm(this))
    , m_target(new TargetForm(this))
    , m_preview(new PreviewTable(this))
    , m_import(new QPushButton(this))
    , m_leaveOut(new QPushButton(this))
{
    setObjectName(QStringLiteral("importPanel"));
    buildLayout();
    m_soon.setSingleShot(true);
    m_soon.setInterval(kTypingPauseMs);
    connectParts();
    retranslate();
}

void ImportPanel::buildLayout()
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::oneAndHalf);
    row->addWidget(buildSettings(), 1);
    row->addWidget(buildPreview(), 2);
    setTabOrder(m_files, m_format);
    setTabOrder(m_format, m_preview);
    setTabOrder(m_preview, m_target);
    setTabOrder(m_target, m_import);
    setTabOrder(m_import, m_leaveOut);
}

QWidget* ImportPanel::buildSettings()
{
    auto* card = new QFrame(this);
    card->setProperty(look::card, true);
    card->setMaximumWidth(kSettingsWidth);
    card->setMinimumWidth(kNarrowestSettings);
    m_settingsTitle->setProperty(look::heading, true);
    m_files->setObjectName(QStringLiteral("fileList"));
    m_files->setMaximumHeight(kFileListHeight);
    m_problem->setObjectName(QStringLiteral("importProblem"));
    m_problem->setWordWrap(true);
    m_import->setObjectName(QStringLiteral("importButton"));
    m_import->setProperty(look::primary, true);
    m_leaveOut->setObjectName(QStringLiteral("leaveOutButton"));

    auto* scroll = new QScrollArea(card);
    auto* inner = new QWidget(scroll);
    auto* form = new QVBoxLayout(inner);
    form->setContentsMargins(0, 0, space::one, 0);
    form->addWidget(m_target);
    form->addStretch(1);
    scroll->setWidget(inner);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::one);
    buttons->addWidget(m_import, 1);
    buttons->addWidget(m_leaveOut);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(space::two, space::oneAndHalf, space::one, space::oneAndHalf);
    column->setSpacing(space::one);
    column->addWidget(m_files);
    column->addWidget(m_settingsTitle);
    column->addWidget(scroll, 1);
    column->addWidget(m_problem);
    column->addLayout(buttons);
    return card;
}

QWidget* ImportPanel::buildPreview()
{
    auto* card = new QFrame(this);
    card->setProperty(look::card, true);
    m_file->setObjectName(QStringLiteral("importFile"));
    m_file->setProperty(look::heading, true);
    m_size->setProperty(look::muted, true);
    m_evidence->setObjectName(QStringLiteral("importEvidence"));
    m_evidence->setProperty(look::small, true);
    m_evidence->setWordWrap(true);
    m_rowsShown->setProperty(look::muted, true);

    auto* head = new QHBoxLayout;
    head->setSpacing(space::two);
    head->addWidget(m_file, 1);
    head->addWidget(m_size);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(space::two, space::oneAndHalf, space::two, space::one);
    column->setSpacing(space::one);
    column->addLayout(head);
    column->addWidget(m_format);
    column->addWidget(m_evidence);
    column->addWidget(m_preview, 1);
    column->addWidget(m_rowsShown);
    m_nothing->setProperty(look::muted, true);
    m_nothing->setAlignment(Qt::AlignCenter);
    column->addWidget(m_nothing, 1);
    showParts(false);
    return card;
}

void ImportPanel::connectParts()
{
    connect(&m_soon, &QTimer::timeout, this, &ImportPanel::examineNow);
    connect(m_files, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0 && static_cast<std::size_t>(row) != m_current) {
            choose(static_cast<std::size_t>(row));
        }
    });
    connect(m_format, &FormatForm::presetChosen, this, [this] {
        ImportDraft& draft = current().draft;
        draft.preset = m_format->preset();
        draft.format.reset();
        draft.target.reset();
        draft.roles.clear();
        examineNow();
    });
    connect(m_format, &FormatForm::formatChosen, this, [this] {
        current().draft.format = m_format->format();
        current().draft.roles.clear();
        examineNow();
    });
    connect(m_target, &TargetForm::targetChosen, this, [this] {
        current().draft.target = m_target->target();
        current().draft.roles.clear();
        examineNow();
    });
    connect(m_target, &TargetForm::changed, this, [this] {
        current().isDecided = true;
        m_target->applyTo(current().draft.options);
        examineSoon();
    });
    connect(m_preview, &PreviewTable::roleChosen, this, [this] {
        current().draft.roles = m_preview->roles();
        examineNow();
    });
    connect(m_import, &QPushButton::clicked, this, &ImportPanel::requestImport);
    connect(m_leaveOut, &QPushButton::clicked, this, &ImportPanel::leaveOut);
}

void ImportPanel::addFiles(const QStringList& files)
{
    const bool wasEmpty = m_entries.empty();
    for (const QString& file : files) {
        m_entries.push_back({.draft = {.file = std::filesystem::path(file.toStdString())}});
    }
    showFiles();
    if (wasEmpty && !m_entries.empty()) {
        choose(0);
    }
}

void ImportPanel::clear()
{
    m_query.cancel();
    m_wordsQuery.cancel();
    m_soon.stop();
    m_entries.clear();
    m_current = 0;
    m_isCurrentKnown = false;
    m_requested.clear();
    showFiles();
}

bool ImportPanel::isReady() const
{
    if (!m_isCurrentKnown || m_current >= m_entries.size()) {
        return false;
    }
    const Entry& entry = m_entries[m_current];
    return entry.examination && !entry.examination->problem &&
           (!hasRole(entry.examination->inspection, Role::Domain) || (entry.words && *entry.words));
}

void ImportPanel::choose(std::size_t place)
{
    m_current = place;
    m_wordsQuery.cancel();
    if (!current().words) {
        current().wordsOf.clear();
    }
    m_files->setCurrentRow(static_cast<int>(place));
    m_target->setDraft(current().draft);
    m_preview->setInspection({});
    m_evidence->clear();
    m_rowsShown->clear();
    m_size->clear();
    m_nothing->clear();
    m_problem->hide();
    m_file->setText(nameOf(current()));
    m_file->setToolTip(QString::fromStdString(current().draft.file.string()));
    examineNow();
}

/// With its folder when another file has the same name.
QString ImportPanel::nameOf(const Entry& entry) const
{
    const std::filesystem::path& file = entry.draft.file;
    const auto same = std::count_if(m_entries.begin(), m_entries.end(), [&](const Entry& each) {
        return each.draft.file.filename() == file.filename();
    });
    return QString::fromStdString(
        (same > 1 ? file.parent_path().filename() / file.filename() : file.filename()).string());
}

void ImportPanel::examineSoon()
{
    m_query.cancel(); // its answer would be about what the form does not say any more
    m_isCurrentKnown = false;
    m_import->setEnabled(false);
    m_soon.start();
}

void ImportPanel::examineAgain()
{
    if (!m_entries.empty() && !m_soon.isActive()) {
        ask();
    }
}

void ImportPanel::examineNow()
{
    m_soon.stop();
    m_isCurrentKnown = false;
    m_import->setEnabled(false);
    ask();
}

void ImportPanel::ask()
{
    m_query.ask<Examination>(
        [draft = current().draft](const Workspace& workspace, const JobContext&) {
            return examine(workspace, draft);
        },
        [this](Result<Examination> examination) { show(std::move(examination)); });
}

void ImportPanel::show(Result<Examination> examination)
{
    Entry& entry = current();
    m_isCurrentKnown = true;
    if (!examination) {
        entry.examination.reset();
        entry.unreadable = examination.error();
        showParts(false);
        m_nothing->setText(tr("Nothing of this file can be shown."));
        showProblem(entry.unreadable);
    } else {
        entry.unreadable.reset();
        entry.examination = std::move(*examination);
        if (propose(entry)) {
            m_target->setDraft(entry.draft);
            examineNow();
        }
        showExamination();
    }
    showFiles();
    Q_EMIT examined();
}

void ImportPanel::showParts(bool isReadable)
{
    for (QWidget* part : std::initializer_list<QWidget*>{
             m_settingsTitle, m_target, m_size, m_format, m_evidence, m_preview, m_rowsShown}) {
        part->setVisible(isReadable);
    }
    m_nothing->setVisible(!isReadable);
}

bool ImportPanel::propose(Entry& entry)
{
    if (entry.isDecided) {
        return false;
    }
    std::vector<EarlierImport> earlier = m_requested;
    earlier.insert(earlier.end(), entry.examination->earlier.begin(), entry.examination->earlier.end());
    ImportOptions options = entry.draft.options;
    ui::propose(options, entry.examination->inspection, entry.examination->domains, earlier);
    const bool isNew = toJson(options) != toJson(entry.draft.options);
    entry.draft.options = std::move(options);
    return isNew;
}

void ImportPanel::showExamination()
{
    const Entry& entry = current();
    const Examination& examination = *entry.examination;
    const Inspection& inspection = examination.inspection;
    showParts(true);
    m_size->setText(numbers::bytes(static_cast<double>(inspection.bytes)));
    m_format->setFormat(inspection.format, entry.draft.preset, examination.detectedPreset);
    QStringList reasons;
    for (const Evidence& each : inspection.evidence) {
        reasons.append(sentenceOf(each));
    }
    m_evidence->setText(reasons.join(QLatin1Char(' ')));
    m_preview->setInspection(inspection);
    m_target->setExamination(examination);
    if (hasRole(inspection, Role::Domain)) {
        askDomainWords(inspection);
        m_target->setDomainWords(entry.words && *entry.words ? **entry.words : std::vector<ColumnWord>());
    }
    const int rows = static_cast<int>(inspection.rows.size());
    m_rowsShown->setText(inspection.wholeFile ? tr("All %n row(s) of the file", nullptr, rows)
                                              : tr("The first %n row(s) of the file", nullptr, rows));
    std::optional<Error> problem = examination.problem;
    if (hasRole(inspection, Role::Domain) && entry.words && !*entry.words) {
        problem = entry.words->error();
    }
    showProblem(m_isCurrentKnown ? problem : std::nullopt);
}

/// The preview holds the first rows only, and a table is often sorted by domain: the whole column is read.
void ImportPanel::askDomainWords(const Inspection& inspection)
{
    std::size_t column = 0;
    while (inspection.columns[column].role != Role::Domain) {
        ++column;
    }
    Entry& entry = current();
    const std::string asked = std::to_string(column) + toJson(inspection.format).dump();
    if (entry.wordsOf == asked) {
        return;
    }
    entry.wordsOf = asked;
    entry.words.reset();
    m_wordsQuery.ask<std::vector<ColumnWord>>(
        [inspection, column](const Workspace&, const JobContext& context) {
            return columnWords(inspection, column, kMostDomains, context);
        },
        [this](Result<std::vector<ColumnWord>> words) {
            current().words = std::move(words);
            showExamination();
            m_target->applyTo(current().draft.options);
            examineNow();
        });
}

void ImportPanel::showProblem(const std::optional<Error>& problem)
{
    m_problem->setVisible(problem.has_value());
    m_import->setEnabled(isReady());
    if (!problem) {
        return;
    }
    // The path stands above already; what is missing is what matters here.
    QString sentence = sentences::of(*problem);
    const QString path = QString::fromStdString(current().draft.file.string());
    for (const char* mark : {": ", ", "}) {
        if (sentence.startsWith(path + QLatin1String(mark))) {
            sentence = sentence.mid(path.size() + 2);
            sentence[0] = sentence[0].toUpper();
        }
    }
    m_problem->setText(sentence);
    QPalette palette = this->palette();
    palette.setColor(QPalette::WindowText, tokensOf(this).warning);
    m_problem->setPalette(palette);
}

void ImportPanel::showFiles()
{
    m_files->setVisible(m_entries.size() > 1);
    const QSignalBlocker quiet(m_files);
    m_files->clear();
    for (const Entry& entry : m_entries) {
        const bool isWrong = entry.unreadable || (entry.examination && entry.examination->problem);
        const QString picture = isWrong             ? QStringLiteral("warning")
                                : entry.examination ? QStringLiteral("check")
                                                    : QStringLiteral("more");
        auto* item = new QListWidgetItem(icon(picture), nameOf(entry), m_files);
        item->setToolTip(QString::fromStdString(entry.draft.file.string()));
    }
    m_files->setCurrentRow(static_cast<int>(m_current));
}

void ImportPanel::requestImport()
{
    if (!isReady()) {
        return;
    }
    const Entry entry = current();
    const ImportOptions options = optionsOf(entry.draft, entry.examination->inspection);
    m_requested.insert(m_requested.begin(), earlierImport(entry.draft.file, options));
    leaveOut();
    Q_EMIT importRequested(QString::fromStdString(entry.draft.file.string()), options);
}

void ImportPanel::leaveOut()
{
    m_query.cancel();
    m_wordsQuery.cancel();
    m_soon.stop();
    if (!m_entries.empty()) {
        m_entries.erase(m_entries.begin() + static_cast<std::ptrdiff_t>(m_current));
    }
    m_current = std::min(m_current, m_entries.empty() ? 0 : m_entries.size() - 1);
    showFiles();
    if (m_entries.empty()) {
        m_isCurrentKnown = false;
        Q_EMIT closed();
        return;
    }
    choose(m_current);
}

void ImportPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        leaveOut();
        return;
    }
    QWidget::keyPressEvent(event);
}

void ImportPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        if (!m_entries.empty() && current().examination) {
            showExamination();
        }
    }
}

void ImportPanel::retranslate()
{
    m_settingsTitle->setText(tr("Where the rows go"));
    m_import->setText(tr("Import this file"));
    m_leaveOut->setText(tr("Leave out"));
    m_leaveOut->setToolTip(tr("Do not import this file"));
    m_files->setAccessibleName(tr("Files to import"));
    m_preview->setAccessibleName(tr("First rows of the file"));
}

} // namespace transept::ui
