#include "ui/data/DataPage.h"

#include "ui/data/DomainCharts.h"
#include "ui/data/DomainEdits.h"
#include "ui/data/DomainModel.h"
#include "ui/data/ImportNews.h"
#include "ui/data/ImportPanel.h"
#include "ui/data/ImportQueue.h"
#include "ui/data/ImportsView.h"
#include "ui/data/InteractionView.h"
#include "ui/data/ItemView.h"
#include "ui/data/OverlapView.h"
#include "ui/data/Tables.h"
#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QFileInfo>
#include <QtCore/QMimeData>
#include <QtCore/QSettings>
#include <QtCore/QUrl>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {

namespace {

constexpr int kWidestColumn = 170;
constexpr const char* kWorkspaceSuffix = ".transept";

/// A count as a plural knows it.
int plural(std::int64_t count)
{
    return static_cast<int>(std::min<std::int64_t>(count, std::numeric_limits<int>::max()));
}

QStringList localFiles(const QMimeData* data)
{
    QStringList files;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile() && !url.path().endsWith(QLatin1String(kWorkspaceSuffix))) {
            files.append(url.toLocalFile());
        }
    }
    return files;
}

QToolButton* makeToggle(const char* name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setObjectName(QLatin1String(name));
    button->setCheckable(true);
    button->setProperty(look::quiet, true);
    return button;
}

} // namespace

DataPage::DataPage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("data"), context, parent)
    , m_query(session())
    , m_queue(new ImportQueue(session(), this))
    , m_news(new ImportNews(messages(), this))
    , m_import(new QAction(this))
    , m_edits(new DomainEdits(session(), messages(), this))
    , m_rename(new QAction(this))
    , m_delete(new QAction(this))
    , m_resume(new QAction(this))
    , m_exportRejects(new QAction(this))
    , m_domains(new DomainModel(this))
    , m_table(makeTable(m_domains, QStringLiteral("domainTable"), this))
    , m_overlap(new OverlapView(this))
    , m_overlapTitle(new QLabel(this))
    , m_overlapText(new QLabel(this))
    , m_sharedPeople(makeToggle("sharedPeople", this))
    , m_sharedWorks(makeToggle("sharedWorks", this))
    , m_charts(new DomainCharts(session(), dialogs(), this))
    , m_interactions(new InteractionView(session(), this))
    , m_items(new ItemView(session(), this))
    , m_imports(new ImportsView(session(), m_resume, m_exportRejects, this))
    , m_tabs(new QTabWidget(this))
    , m_halves(new QSplitter(Qt::Vertical, this))
    , m_top(new QSplitter(Qt::Horizontal, this))
    , m_panel(new ImportPanel(session(), this))
    , m_stack(new QStackedWidget(this))
{
    follow(Change::Data);
    makeActions();
    m_stack->addWidget(buildOverview());
    m_stack->addWidget(m_panel);
    setContent(m_stack);
    showEmptyState();
    connectParts();
    QTimer::singleShot(0, this, &DataPage::acceptDrops);
}

QString DataPage::title() const
{
    return tr("Data");
}

QString DataPage::iconName() const
{
    return QStringLiteral("data");
}

void DataPage::makeActions()
{
    m_import->setObjectName(QStringLiteral("importAction"));
    m_import->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_I));
    m_import->setIcon(icon(QStringLiteral("import")));
    m_rename->setObjectName(QStringLiteral("renameDomainAction"));
    m_rename->setIcon(icon(QStringLiteral("edit")));
    m_delete->setObjectName(QStringLiteral("deleteDomainAction"));
    m_delete->setIcon(icon(QStringLiteral("delete")));
    m_delete->setShortcut(QKeySequence(Qt::Key_Delete));
    m_delete->setShortcutContext(Qt::WidgetShortcut);
    m_resume->setObjectName(QStringLiteral("resumeImportAction"));
    m_resume->setIcon(icon(QStringLiteral("play")));
    m_exportRejects->setObjectName(QStringLiteral("exportRejectsAction"));
    m_exportRejects->setIcon(icon(QStringLiteral("export")));
    for (QAction* action : {m_import, m_rename, m_delete, m_resume, m_exportRejects}) {
        addToMenu(Menu::Data, action);
    }
    setPrimaryAction(m_import);
    emptyState().setActions({m_import});
    m_table->addActions({m_rename, m_delete});
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_table->installEventFilter(this);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_import, &QAction::triggered, this, &DataPage::askFiles);
    connect(m_rename, &QAction::triggered, this, &DataPage::renameDomain);
    connect(m_delete, &QAction::triggered, this, &DataPage::deleteDomain);
    connect(m_resume, &QAction::triggered, this, &DataPage::resumeImport);
    connect(m_exportRejects, &QAction::triggered, this, &DataPage::exportRejects);
}

QWidget* DataPage::buildOverview()
{
    auto* domains = new QFrame(this);
    domains->setProperty(look::card, true);
    auto* inner = new QVBoxLayout(domains);
    inner->setContentsMargins(1, space::half, 1, space::half);
    inner->addWidget(m_table);
    constexpr std::array<int, DomainModel::ColumnCount> widths{92, 72, 72, 60, 58, 56, 88, 68, 76, 70};
    for (int at = 0; at < DomainModel::ColumnCount; ++at) {
        m_table->setColumnWidth(at, widths[static_cast<std::size_t>(at)]);
    }

    m_top->setObjectName(QStringLiteral("topSplitter"));
    m_top->addWidget(domains);
    m_top->addWidget(buildOverlapCard());
    m_top->setStretchFactor(0, 1);
    m_top->setSizes({848, 284});
    m_halves->setObjectName(QStringLiteral("dataSplitter"));
    m_halves->addWidget(m_top);
    m_halves->addWidget(buildTabs());
    m_halves->setStretchFactor(1, 1);
    m_halves->setSizes({210, 420});
    m_top->setChildrenCollapsible(false);
    m_halves->setChildrenCollapsible(false);
    return m_halves;
}

QWidget* DataPage::buildOverlapCard()
{
    auto* card = new QFrame(this);
    card->setProperty(look::card, true);
    m_overlapTitle->setProperty(look::heading, true);
    m_overlapText->setProperty(look::small, true);
    m_overlapText->setWordWrap(true);
    m_overlapText->setMinimumHeight(fontMetrics().height());
    auto* kinds = new QButtonGroup(this);
    kinds->addButton(m_sharedPeople);
    kinds->addButton(m_sharedWorks);
    m_sharedPeople->setChecked(true);

    auto* head = new QHBoxLayout;
    head->setSpacing(space::half);
    head->addWidget(m_overlapTitle, 1);
    head->addWidget(m_sharedPeople);
    head->addWidget(m_sharedWorks);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(space::two, space::oneAndHalf, space::two, space::one);
    column->setSpacing(space::half);
    column->addLayout(head);
    column->addWidget(m_overlap, 1);
    column->addWidget(m_overlapText);
    return card;
}

QWidget* DataPage::buildTabs()
{
    m_tabs->setObjectName(QStringLiteral("dataTabs"));
    m_tabs->setDocumentMode(true);
    for (QWidget* tab : std::initializer_list<QWidget*>{m_charts, m_interactions, m_items, m_imports}) {
        m_tabs->addTab(tab, QString());
    }
    return m_tabs;
}

void DataPage::connectParts()
{
    connect(&session(), &Session::closed, this, [this] {
        m_isShown = false;
        m_panel->clear();
        m_domains->setDomains({});
        setSentence({});
        showEmptyState();
    });
    connect(m_domains, &DomainModel::renameWanted, m_edits, &DomainEdits::rename);
    connect(m_table->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            [this](const QModelIndex& row) {
                if (row.isValid()) {
                    session().selection().setDomain(
                        m_domains->domains()[static_cast<std::size_t>(row.row())].domain.id);
                }
            });
    connect(&session().selection(), &Selection::domainChanged, this, &DataPage::showChosenDomain);
    connect(m_overlap, &OverlapView::domainClicked, this, [this](DomainId domain) {
        session().selection().setDomain(domain);
    });
    connect(m_overlap, &OverlapView::readOut, m_overlapText, &QLabel::setText);
    connect(m_sharedPeople, &QToolButton::toggled, this, [this](bool people) {
        m_overlap->setShared(people ? OverlapView::Shared::People : OverlapView::Shared::Works);
    });
    const auto complain = [this](const Error& error) {
        messages().show(error, {}, QStringLiteral("reading"));
    };
    connect(m_charts, &DomainCharts::failed, this, complain);
    connect(m_interactions, &InteractionView::failed, this, complain);
    connect(m_items, &ItemView::failed, this, complain);
    connect(m_imports, &ImportsView::failed, this, complain);
    connect(m_items, &ItemView::itemActivated, this, [this](const QString& key) {
        m_tabs->setCurrentIndex(InteractionsTab);
        m_interactions->filterBy({}, key);
    });
    connect(m_tabs, &QTabWidget::currentChanged, this, &DataPage::showTab);
    connect(m_imports, &ImportsView::chosenChanged, this, [this] {
        const ImportRecord* record = m_imports->chosen();
        m_resume->setEnabled(record != nullptr && canResume(*record));
        m_exportRejects->setEnabled(record != nullptr && record->rejected > 0);
    });
    connect(m_panel, &ImportPanel::importRequested, m_queue, &ImportQueue::add);
    connect(&session(), &Session::dataChanged, m_panel, &ImportPanel::examineAgain);
    connect(m_panel, &ImportPanel::allStarted, m_news, &ImportNews::beginBunch);
    connect(m_panel, &ImportPanel::closed, this, &DataPage::showOverviewOrNothing);
    connect(&session(), &Session::filesOffered, this, [this](const QStringList& files) {
        Q_EMIT pageRequested(id());
        offerFiles(files);
    });
    connect(m_queue, &ImportQueue::imported, this, &DataPage::tellImported);
    connect(m_queue, &ImportQueue::failed, this, &DataPage::tellFailed);
    connect(m_news, &ImportNews::rejectsWanted, this, &DataPage::showImport);
    connect(m_news, &ImportNews::importsWanted, this, [this] { m_tabs->setCurrentIndex(ImportsTab); });
    m_resume->setEnabled(false);
    m_exportRejects->setEnabled(false);
    m_rename->setEnabled(false);
    m_delete->setEnabled(false);
}

void DataPage::acceptDrops()
{
    window()->setAcceptDrops(true);
    window()->installEventFilter(this);
}

bool DataPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_F2) {
        event->accept(); // renames the domain here, whatever the key does elsewhere
        return true;
    }
    if (event->type() == QEvent::DragEnter) {
        auto* drag = static_cast<QDragEnterEvent*>(event);
        if (session().isOpen() && !localFiles(drag->mimeData()).isEmpty()) {
            drag->acceptProposedAction();
            return true;
        }
    }
    if (event->type() == QEvent::Drop) {
        auto* drop = static_cast<QDropEvent*>(event);
        const QStringList files = localFiles(drop->mimeData());
        if (session().isOpen() && !files.isEmpty()) {
            drop->acceptProposedAction();
            Q_EMIT pageRequested(id());
            offerFiles(files);
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

void DataPage::refresh()
{
    setBusy(true);
    m_query.ask<Answer>(
        [](const Workspace& workspace, const JobContext& context) -> Result<Answer> {
            Result<WorkspaceStatistics> figures = statistics(workspace, context);
            if (!figures) {
                return passOn(figures);
            }
            Result<std::vector<ImportRecord>> imports = ImportLog(workspace).imports();
            if (!imports) {
                return passOn(imports);
            }
            return Answer{.statistics = std::move(*figures), .imports = std::move(*imports)};
        },
        [this](Result<Answer> answer) {
            setBusy(false);
            if (!answer) {
                messages().show(answer.error(), {}, QStringLiteral("reading"));
                return;
            }
            messages().clear(QStringLiteral("reading"));
            show(std::move(*answer));
        });
}

void DataPage::show(Answer answer)
{
    m_statistics = std::move(answer.statistics);
    m_isShown = true;
    m_domains->setDomains(m_statistics.domains);
    widenToContents(m_table, kWidestColumn);
    m_overlap->setStatistics(m_statistics);
    const bool anyWorks = std::any_of(m_statistics.overlap.begin(),
                                      m_statistics.overlap.end(),
                                      [](const Overlap& overlap) { return overlap.items > 0; });
    m_sharedPeople->setVisible(anyWorks);
    m_sharedWorks->setVisible(anyWorks);
    std::map<DomainId, QString> names;
    for (const DomainStatistics& each : m_statistics.domains) {
        names[each.domain.id] = QString::fromStdString(each.domain.name);
    }
    m_imports->setImports(std::move(answer.imports), std::move(names));
    showSentence();
    showOverviewOrNothing();
    const std::optional<DomainId> chosen = session().selection().domain();
    if ((!chosen || m_domains->rowOf(*chosen) < 0) && !m_statistics.domains.empty()) {
        session().selection().setDomain(m_statistics.domains.front().domain.id);
    }
    showChosenDomain();
}

void DataPage::showSentence()
{
    if (m_statistics.domains.empty()) {
        setSentence({});
        return;
    }
    std::int64_t interactions = 0;
    for (const DomainStatistics& each : m_statistics.domains) {
        interactions += each.interactions;
    }
    const QString domains = tr("%Ln domain(s)", nullptr, plural(m_statistics.domains.size()));
    const QString rows = tr("%Ln interaction(s)", nullptr, plural(interactions));
    const QString people =
        tr("%Ln of them in more than one domain", nullptr, plural(m_statistics.sharedPersons));
    const QString persons = tr("%Ln people", nullptr, plural(m_statistics.persons));
    setSentence(
        tr("%1, %2, %3, %4", "domains, interactions, people, how many of these are in several domains")
            .arg(domains, rows, persons, people));
}

void DataPage::showOverviewOrNothing()
{
    const bool isImporting = !m_panel->isEmpty();
    m_stack->setCurrentIndex(isImporting ? 1 : 0);
    const bool isAny = !m_statistics.domains.empty() || m_imports->chosen() != nullptr;
    if (isImporting || (m_isShown && isAny)) {
        showContent();
    } else {
        showEmptyState();
    }
}

const DomainStatistics* DataPage::chosenDomain() const
{
    const std::optional<DomainId> chosen = const_cast<DataPage*>(this)->session().selection().domain();
    const int row = chosen ? m_domains->rowOf(*chosen) : -1;
    return row < 0 ? nullptr : &m_domains->domains()[static_cast<std::size_t>(row)];
}

void DataPage::showChosenDomain()
{
    const DomainStatistics* chosen = chosenDomain();
    m_rename->setEnabled(chosen != nullptr);
    m_delete->setEnabled(chosen != nullptr);
    if (chosen != nullptr) {
        const QSignalBlocker quiet(m_table->selectionModel());
        m_table->selectRow(m_domains->rowOf(chosen->domain.id));
        m_table->viewport()->update();
    }
    m_staleTabs.fill(true);
    showTab();
}

void DataPage::showTab()
{
    const auto tab = static_cast<std::size_t>(m_tabs->currentIndex());
    if (!m_isShown || !std::exchange(m_staleTabs[tab], false)) {
        return;
    }
    const DomainStatistics* chosen = chosenDomain();
    const auto domain = chosen == nullptr ? std::nullopt : std::optional(chosen->domain);
    const auto domainId = chosen == nullptr ? std::nullopt : std::optional(chosen->domain.id);
    switch (m_tabs->currentIndex()) {
    case StatisticsTab:
        m_charts->show(domain, chosen == nullptr ? 0 : m_domains->rowOf(chosen->domain.id));
        break;
    case InteractionsTab:
        m_interactions->show(domainId);
        break;
    case ItemsTab:
        m_items->show(domainId);
        break;
    default:
        break;
    }
}

void DataPage::askFiles()
{
    offerFiles(dialogs().openFiles(this, {.title = tr("Import files"), .filter = importFilter()}));
}

void DataPage::offerFiles(const QStringList& files)
{
    if (files.isEmpty() || !session().isOpen()) {
        return;
    }
    m_panel->addFiles(files);
    showOverviewOrNothing();
}

void DataPage::deleteDomain()
{
    const DomainStatistics* chosen = chosenDomain();
    if (chosen == nullptr) {
        return;
    }
    m_edits->remove(chosen->domain);
}

void DataPage::renameDomain()
{
    if (const DomainStatistics* chosen = chosenDomain()) {
        m_table->edit(m_domains->index(m_domains->rowOf(chosen->domain.id), DomainModel::NameColumn));
    }
}

void DataPage::resumeImport()
{
    const ImportRecord* record = m_imports->chosen();
    if (record != nullptr && canResume(*record)) {
        m_queue->resume(record->id, QString::fromStdString(record->file));
    }
}

void DataPage::exportRejects()
{
    const ImportRecord* record = m_imports->chosen();
    if (record == nullptr) {
        return;
    }
    const QString source = QFileInfo(QString::fromStdString(record->file)).completeBaseName();
    const QString file = dialogs().saveFile(this,
                                            {.title = tr("Save rejected rows"),
                                             .filter = tr("Tables (*.csv)"),
                                             .proposal = tr("%1-rejected.csv").arg(source),
                                             .suffix = QStringLiteral("csv")});
    if (file.isEmpty()) {
        return;
    }
    session().jobs().start<void>(
        this,
        {.name = [file] { return tr("Saving %1").arg(QFileInfo(file).fileName()); },
         .kind = JobKind::Export,
         .canPause = false},
        [id = record->id, path = std::filesystem::path(file.toStdString())](
            Workspace& workspace, const JobContext&) { return ImportLog(workspace).exportRejects(id, path); },
        [this, file](const Status& saved) {
            if (!saved) {
                messages().show(saved.error());
                return;
            }
            messages().show({.kind = Message::Kind::Good,
                             .text = [file] { return tr("The rejected rows are in %1.").arg(file); },
                             .remedies = {},
                             .topic = QStringLiteral("saved")});
        });
}

void DataPage::tellImported(const QString& file, const ImportReport& report)
{
    if (m_panel->isOneOfAll(file)) {
        m_news->tellOfBunch(report);
    } else {
        m_news->tell(file, report);
    }
    m_panel->importEnded(file, true);
}

void DataPage::tellFailed(const QString& file, const Error& error)
{
    m_news->tellFailed(file, error);
    m_panel->importEnded(file, false);
}

void DataPage::showImport(ImportId import)
{
    Q_EMIT pageRequested(id());
    m_stack->setCurrentIndex(0);
    m_tabs->setCurrentIndex(ImportsTab);
    m_imports->choose(import);
}

void DataPage::saveState(QSettings& settings) const
{
    settings.setValue(QStringLiteral("tab"), m_tabs->currentIndex());
    settings.setValue(QStringLiteral("halves"), m_halves->saveState());
    settings.setValue(QStringLiteral("top"), m_top->saveState());
    settings.setValue(QStringLiteral("charts"), m_charts->saveState());
    settings.setValue(QStringLiteral("domainColumns"), m_table->horizontalHeader()->saveState());
    m_interactions->saveState(settings);
    m_items->saveState(settings);
    m_imports->saveState(settings);
}

void DataPage::restoreState(QSettings& settings)
{
    m_tabs->setCurrentIndex(settings.value(QStringLiteral("tab")).toInt());
    m_halves->restoreState(settings.value(QStringLiteral("halves")).toByteArray());
    m_top->restoreState(settings.value(QStringLiteral("top")).toByteArray());
    m_charts->restoreState(settings.value(QStringLiteral("charts")).toByteArray());
    m_table->horizontalHeader()->restoreState(settings.value(QStringLiteral("domainColumns")).toByteArray());
    m_interactions->restoreState(settings);
    m_items->restoreState(settings);
    m_imports->restoreState(settings);
}

void DataPage::retranslate()
{
    m_import->setText(tr("Import…"));
    m_import->setToolTip(tr("Import files; they can also be dropped onto the window"));
    m_rename->setText(tr("Rename domain"));
    m_rename->setToolTip(tr("Give the chosen domain another name (F2 in the table), while no run or "
                            "knowledge base knows it by the old"));
    m_delete->setText(tr("Delete domain"));
    m_delete->setToolTip(tr("Delete the chosen domain with all it holds; this can be undone"));
    m_resume->setText(tr("Resume import"));
    m_resume->setToolTip(tr("Go on with the chosen import where it stopped"));
    m_exportRejects->setText(tr("Save rejected rows…"));
    m_exportRejects->setToolTip(
        tr("Save the rows that the chosen import rejected, with their reasons, as CSV"));
    m_overlapTitle->setText(tr("In common"));
    m_sharedPeople->setText(tr("People"));
    m_sharedPeople->setAccessibleName(tr("Show how many people two domains share"));
    m_sharedWorks->setText(tr("Works"));
    m_sharedWorks->setAccessibleName(tr("Show how many works two domains share"));
    m_overlap->setAccessibleName(tr("What each two domains share"));
    m_table->setAccessibleName(tr("Domains"));
    m_tabs->setTabText(StatisticsTab, tr("Statistics"));
    m_tabs->setTabText(InteractionsTab, tr("Interactions"));
    m_tabs->setTabText(ItemsTab, tr("Items"));
    m_tabs->setTabText(ImportsTab, tr("Imports"));
    emptyState().setTexts(QStringLiteral("data"),
                          tr("No data yet"),
                          tr("Import ratings, clicks or plays of several domains, and descriptions of the "
                             "items: files with a row "
                             "or a user a line, plain or gzip. They can also be dropped onto this window."));
    showSentence();
}

} // namespace transept::ui
