#include "ui/data/ImportPanel.h"

#include "ui/data/FileCard.h"
#include "ui/data/FormatForm.h"
#include "ui/data/PreviewTable.h"
#include "ui/data/TargetForm.h"
#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
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
constexpr int kMostFilesShown = 4; ///< before the list scrolls
constexpr int kIcon = 16;
constexpr std::size_t kMostDomains = 200; ///< in one file

} // namespace

ImportPanel::ImportPanel(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_query(session)
    , m_wordsQuery(session)
    , m_files(new QListWidget(this))
    , m_importAll(new QPushButton(this))
    , m_allState(new QLabel(this))
    , m_settingsTitle(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_target(new TargetForm(this))
    , m_import(new QPushButton(this))
    , m_leaveOut(new QPushButton(this))
    , m_card(new FileCard(this))
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
    row->addWidget(m_card, 2);
    showSettings(false);
    m_card->showUnreadable();
}

QWidget* ImportPanel::buildSettings()
{
    auto* card = new QFrame(this);
    card->setProperty(look::card, true);
    card->setMaximumWidth(kSettingsWidth);
    card->setMinimumWidth(kNarrowestSettings);
    m_settingsTitle->setProperty(look::heading, true);
    m_files->setObjectName(QStringLiteral("fileList"));
    m_files->setIconSize({kIcon, kIcon});
    m_importAll->setObjectName(QStringLiteral("importAllButton"));
    m_allState->setObjectName(QStringLiteral("importAllState"));
    m_allState->setProperty(look::small, true);
    m_allState->setWordWrap(true);
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
    column->addWidget(m_importAll);
    column->addWidget(m_allState);
    column->addWidget(m_settingsTitle);
    column->addWidget(scroll, 1);
    column->addWidget(m_problem);
    column->addLayout(buttons);
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
    connectCard();
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
    connect(m_import, &QPushButton::clicked, this, &ImportPanel::requestImport);
    connect(m_importAll, &QPushButton::clicked, this, &ImportPanel::importAll);
    connect(m_leaveOut, &QPushButton::clicked, this, &ImportPanel::leaveOut);
}

void ImportPanel::connectCard()
{
    connect(&m_card->format(), &FormatForm::presetChosen, this, [this] {
        ImportDraft& draft = current().draft;
        draft.preset = m_card->format().preset();
        draft.format.reset();
        draft.target.reset();
        draft.roles.clear();
        examineNow();
    });
    connect(&m_card->format(), &FormatForm::formatChosen, this, [this] {
        current().draft.format = m_card->format().format();
        current().draft.roles.clear();
        examineNow();
    });
    connect(&m_card->preview(), &PreviewTable::roleChosen, this, [this] {
        current().draft.roles = m_card->preview().roles();
        examineNow();
    });
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
    m_isImportingAll = false;
    m_ofAll.clear();
    m_underway.clear();
    m_stopped.clear();
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
    m_problem->hide();
    m_card->setFile(nameOf(current()), QString::fromStdString(current().draft.file.string()));
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
        showSettings(false);
        m_card->showUnreadable();
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
    takeFocus();
    Q_EMIT examined();
    goOn();
}

/// For the keyboard, when the panel has just come: the domain is what one most often wants to say.
void ImportPanel::takeFocus()
{
    if (!isVisible() || isAncestorOf(window()->focusWidget())) {
        return;
    }
    if (current().examination) {
        m_target->focusDomain();
    } else {
        m_leaveOut->setFocus();
    }
}

void ImportPanel::showSettings(bool isReadable)
{
    m_settingsTitle->setVisible(isReadable);
    m_target->setVisible(isReadable);
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
    showSettings(true);
    m_card->show(examination, entry.draft);
    m_target->setExamination(examination);
    if (hasRole(inspection, Role::Domain)) {
        askDomainWords(inspection);
        m_target->setDomainWords(entry.words && *entry.words ? **entry.words : std::vector<ColumnWord>());
    }
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
        const QIcon picture = isWrong             ? icon(QStringLiteral("warning"), tokensOf(this).warning)
                              : entry.examination ? icon(QStringLiteral("check"), tokensOf(this).good)
                                                  : icon(QStringLiteral("more"));
        auto* item = new QListWidgetItem(picture, nameOf(entry), m_files);
        item->setToolTip(QString::fromStdString(entry.draft.file.string()));
    }
    m_files->setCurrentRow(static_cast<int>(m_current));
    m_files->setFixedHeight(m_files->sizeHintForRow(0) * std::min(m_files->count(), kMostFilesShown));
    showAll();
}

void ImportPanel::requestImport()
{
    if (!isReady()) {
        return;
    }
    const Entry entry = current();
    const ImportOptions options = optionsOf(entry.draft, entry.examination->inspection);
    m_requested.insert(m_requested.begin(), earlierImport(entry.draft.file, options));
    const QString file = QString::fromStdString(entry.draft.file.string());
    m_underway.append(file);
    if (m_isImportingAll) {
        m_ofAll.append(file);
    }
    leaveOut();
    Q_EMIT importRequested(file, options);
}

/// Or stops doing so.
void ImportPanel::importAll()
{
    m_stopped.clear();
    if (m_isImportingAll) {
        stopAll({});
        return;
    }
    m_isImportingAll = true;
    m_ofAll.clear();
    Q_EMIT allStarted();
    m_current == 0 ? examineNow() : choose(0);
    showAll();
}

/// What a file needs may come with the one before it (a domain, the table of its items), so each is decided
/// upon when all before it have ended.
void ImportPanel::goOn()
{
    if (!m_isImportingAll || !m_isCurrentKnown || !m_underway.isEmpty()) {
        return;
    }
    const Entry& entry = current();
    const bool isReadingWords =
        entry.examination && hasRole(entry.examination->inspection, Role::Domain) && !entry.words;
    if (isReady()) {
        requestImport();
    } else if (!isReadingWords) {
        stopAll(tr("Stopped at %1, which needs a decision: see below.").arg(nameOf(entry)));
    }
}

void ImportPanel::stopAll(const QString& why)
{
    m_isImportingAll = false;
    m_stopped = why;
    showAll();
}

void ImportPanel::importEnded(const QString& file, bool good)
{
    if (!m_underway.removeOne(file) || m_entries.empty() || !m_isImportingAll) {
        return;
    }
    if (good) {
        examineNow();
    } else {
        stopAll(tr("Stopped, because %1 was not imported.").arg(QFileInfo(file).fileName()));
    }
}

void ImportPanel::showAll()
{
    const bool isOffered = m_isImportingAll || m_entries.size() > 1;
    m_importAll->setVisible(isOffered);
    m_importAll->setText(m_isImportingAll ? tr("Stop after this file")
                                          : tr("Import all %n files", nullptr, int(m_entries.size())));
    m_importAll->setToolTip(
        tr("Imports each file as proposed, and stops at the first that needs a decision"));
    QString state = m_stopped;
    if (m_isImportingAll && !m_underway.isEmpty()) {
        state = tr("Importing %1; the file shown is next.").arg(QFileInfo(m_underway.front()).fileName());
    }
    m_allState->setText(state);
    m_allState->setVisible(!state.isEmpty());
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
        m_isImportingAll = false;
        m_stopped.clear();
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
    showAll();
}

} // namespace transept::ui
