#include "ui/knowledge/KnowledgePage.h"

#include "ui/knowledge/ExtractionJobs.h"
#include "ui/knowledge/FacetTableView.h"
#include "ui/knowledge/ItemBrowser.h"
#include "ui/knowledge/ItemModels.h"
#include "ui/knowledge/ItemPageDialog.h"
#include "ui/knowledge/KnowledgeModel.h"
#include "ui/knowledge/PeopleView.h"
#include "ui/knowledge/QualityView.h"
#include "ui/look/Card.h"
#include "ui/look/Icons.h"
#include "ui/look/TableLook.h"
#include "ui/look/Theme.h"

#include <QtCore/QSettings>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QFrame>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>

namespace transept::ui {
namespace {

constexpr auto kRows = "rows";
constexpr auto kTab = "tab";
constexpr int widestItemColumn = 170; // of the failures; the whole text is in the tooltip
constexpr int replyColumnWidth = 140;
constexpr int panelHeight = 440;
constexpr int basesHeight = 120;
constexpr int leastBasesHeight = 104; // the headings and two of them
constexpr int leastBrowserHeight = 200;

} // namespace

KnowledgePage::KnowledgePage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("knowledge"), context, parent)
    , m_query(session())
    , m_failureQuery(session())
    , m_jobs(new ExtractionJobs(session(), messages(), this))
    , m_model(new KnowledgeModel(this))
    , m_table(quietTable(m_model, QStringLiteral("knowledgeBases")))
    , m_failures(new FailureModel(this))
    , m_failureTable(quietTable(m_failures, QStringLiteral("failures")))
    , m_panel(new ExtractionPanel(session(), dialogs()))
    , m_browser(new ItemBrowser(session(), dialogs()))
    , m_facets(new FacetTableView(session()))
    , m_itemPage(new ItemPageDialog(session(), this))
    , m_quality(new QualityView(session(), dialogs()))
    , m_people(new PeopleView(session()))
    , m_tabs(new QTabWidget)
    , m_bases(nullptr)
    , m_rows(new QSplitter(Qt::Vertical))
    , m_extract(new QAction(this))
    , m_retry(new QAction(this))
    , m_extend(new QAction(this))
    , m_copy(new QAction(this))
    , m_delete(new QAction(this))
    , m_toData(new QAction(this))
{
    buildActions();
    buildContent();
    follow(Change::Data | Change::Knowledge);
}

void KnowledgePage::buildActions()
{
    m_extract->setObjectName(QStringLiteral("extract"));
    m_extract->setIcon(icon(QStringLiteral("knowledge")));
    m_extract->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_E));
    m_retry->setObjectName(QStringLiteral("goOnExtracting"));
    m_retry->setIcon(icon(QStringLiteral("refresh")));
    m_extend->setObjectName(QStringLiteral("extendKnowledge"));
    m_extend->setIcon(icon(QStringLiteral("add")));
    m_copy->setObjectName(QStringLiteral("copyKnowledge"));
    m_copy->setIcon(icon(QStringLiteral("copy")));
    m_delete->setObjectName(QStringLiteral("deleteKnowledge"));
    m_delete->setIcon(icon(QStringLiteral("delete")));
    m_toData->setObjectName(QStringLiteral("goToData"));
    connect(m_extract, &QAction::triggered, this, [this] { showPanel(m_panel->isHidden()); });
    connect(m_retry, &QAction::triggered, this, &KnowledgePage::retry);
    connect(m_extend, &QAction::triggered, this, &KnowledgePage::extend);
    connect(m_copy, &QAction::triggered, this, &KnowledgePage::askForCopy);
    connect(m_delete, &QAction::triggered, this, &KnowledgePage::remove);
    connect(m_toData, &QAction::triggered, this, [this] { Q_EMIT pageRequested(QStringLiteral("data")); });
    for (QAction* action : {m_extract, m_retry, m_extend, m_copy, m_delete}) {
        addToMenu(Menu::Data, action);
    }
    addHeaderAction(m_retry);
    addHeaderAction(m_extend);
    setPrimaryAction(m_extract);
    emptyState().setActions({m_toData});
}

void KnowledgePage::buildContent()
{
    m_table->addActions({m_retry, m_extend, m_copy, m_delete});
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto* tables = new QSplitter(Qt::Horizontal);
    tables->addWidget(m_table);
    tables->addWidget(m_failureTable);
    tables->setStretchFactor(0, 2);
    tables->setStretchFactor(1, 3);
    tables->setChildrenCollapsible(false);
    m_failureTable->hide();
    m_bases = card({tables}, space::half);
    m_panel->hide();
    m_rows->addWidget(m_panel);
    m_rows->addWidget(m_bases);
    m_tabs->setObjectName(QStringLiteral("knowledgeTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_browser, QString());
    m_tabs->addTab(m_facets, QString());
    m_tabs->addTab(m_quality, QString());
    m_rows->addWidget(m_tabs);
    m_rows->setStretchFactor(0, 3);
    m_rows->setStretchFactor(1, 0);
    m_rows->setStretchFactor(2, 4);
    m_rows->setSizes({panelHeight, basesHeight, 510});
    m_rows->setChildrenCollapsible(false);
    m_bases->setMinimumHeight(leastBasesHeight);
    m_browser->setMinimumHeight(leastBrowserHeight);
    setContent(m_rows);
    connect(m_table->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            [this](const QModelIndex& current) {
                session().selection().setKnowledge(
                    current.isValid()
                        ? std::optional(KnowledgeId{current.data(KnowledgeModel::KnowledgeRole).toLongLong()})
                        : std::nullopt);
            });
    connect(&session().selection(), &Selection::knowledgeChanged, this, [this] {
        const std::optional<KnowledgeId> wanted = session().selection().knowledge();
        if (const auto row = wanted ? m_model->rowOf(*wanted) : std::nullopt) {
            m_table->setCurrentIndex(m_model->index(*row, 0));
            m_table->scrollTo(m_table->currentIndex());
        }
        showBase();
    });
    connect(m_jobs, &ExtractionJobs::counted, m_model, &KnowledgeModel::updateBases);
    connect(m_jobs, &ExtractionJobs::retryWanted, this, &KnowledgePage::retry);
    connect(m_jobs, &ExtractionJobs::extensionWanted, this, &KnowledgePage::extend);
    connect(m_panel, &ExtractionPanel::startWanted, this, [this] { start(m_panel->request()); });
    connect(m_panel, &ExtractionPanel::closeWanted, this, [this] { showPanel(false); });
    connectViews();
}

/// What the views below the knowledge bases ask for.
void KnowledgePage::connectViews()
{
    const auto tell = [this](const Error& error) { messages().show(error, {}, QStringLiteral("items")); };
    connect(m_browser, &ItemBrowser::failed, this, tell);
    connect(m_quality, &QualityView::failed, this, tell);
    buildPeople();
    connect(m_facets, &FacetTableView::failed, this, tell);
    connect(m_itemPage, &ItemPageDialog::failed, this, tell);
    connect(m_browser, &ItemBrowser::pageWanted, m_itemPage, &ItemPageDialog::showItem);
    connect(m_facets, &FacetTableView::pageWanted, m_itemPage, &ItemPageDialog::showItem);
    connect(&session(), &Session::facetsChanged, m_browser, &ItemBrowser::readFacetsAgain);
    connect(&session(), &Session::facetsChanged, m_quality, &QualityView::forget);
    connect(m_facets, &FacetTableView::copyWanted, m_copy, &QAction::trigger);
    connect(&session(), &Session::closed, this, [this] {
        m_model->setBases({});
        m_browser->showBase({});
        m_quality->showBase(nullptr);
        showPeople(nullptr);
        showPanel(false);
    });
}

void KnowledgePage::buildPeople()
{
    m_tabs->setTabVisible(m_tabs->addTab(m_people, QString()), false);
    connect(m_people, &PeopleView::failuresChanged, this, &KnowledgePage::updateActions);
    connect(m_people, &PeopleView::failed, this, [this](const Error& error) {
        messages().show(error, {}, QStringLiteral("people"));
    });
}

QString KnowledgePage::title() const
{
    return tr("Knowledge");
}

void KnowledgePage::refresh()
{
    setBusy(true);
    m_query.ask<Content>(
        [](const Workspace& workspace, const JobContext&) -> Result<Content> {
            const KnowledgeStore store(workspace);
            Result<std::vector<KnowledgeBase>> bases = store.all();
            Result<std::vector<Domain>> domains = Catalog(workspace).domains();
            if (!bases || !domains) {
                return bases ? passOn(domains) : passOn(bases);
            }
            std::vector<KnowledgeVersion> versions;
            for (const KnowledgeBase& base : *bases) {
                const Result<KnowledgeVersion> version = versionOf(workspace, base);
                if (!version) {
                    return passOn(version);
                }
                versions.push_back(*version);
            }
            std::vector<DomainId> ids;
            std::ranges::transform(*domains, std::back_inserter(ids), &Domain::id);
            auto fields = store.fieldNames(ids);
            if (!fields) {
                return passOn(fields);
            }
            return Content{std::move(*bases), std::move(versions), std::move(*domains), std::move(*fields)};
        },
        [this](Result<Content> content) { show(std::move(content)); });
}

void KnowledgePage::show(Result<Content> content)
{
    setBusy(false);
    if (!content) {
        messages().show(content.error(), {}, QStringLiteral("knowledge"));
        return;
    }
    if (content->domains.empty()) {
        showEmptyState();
        updateActions();
        return;
    }
    showContent();
    QStringList fields;
    for (const auto& [name, count] : content->fields) {
        fields << QString::fromStdString(name);
    }
    std::vector<std::string> names;
    std::ranges::transform(content->bases, std::back_inserter(names), &KnowledgeBase::name);
    m_panel->setTakenNames(std::move(names));
    m_panel->setChoices(content->domains, content->fields);
    m_browser->setFields(fields);
    m_facets->setDomains(content->domains);
    m_browser->setDomains(content->domains);
    const std::optional<KnowledgeId> before = session().selection().knowledge();
    {
        const QSignalBlocker quiet(m_table->selectionModel());
        m_model->setBases(std::move(content->bases), std::move(content->versions));
    }
    m_facets->setBases(m_model->bases());
    m_quality->setBases(m_model->bases());
    fitColumns(*m_table, KnowledgeModel::NameColumn);
    const std::optional<int> row = before ? m_model->rowOf(*before) : std::nullopt;
    if (m_model->rowCount() > 0) {
        m_table->setCurrentIndex(m_model->index(row.value_or(m_model->rowCount() - 1), 0));
        m_table->scrollTo(m_table->currentIndex());
    } else if (!m_jobs->isAny()) {
        showPanel(true);
    }
    showSentence();
    showBase();
}

void KnowledgePage::showSentence()
{
    const auto bases = static_cast<int>(m_model->bases().size());
    setSentence(bases == 0 ? tr("Nothing extracted yet.") : tr("%Ln knowledge base(s)", nullptr, bases));
}

const KnowledgeBase* KnowledgePage::chosen() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? &m_model->bases()[static_cast<std::size_t>(current.row())] : nullptr;
}

void KnowledgePage::showBase()
{
    const KnowledgeBase* base = chosen();
    m_browser->showBase(base != nullptr ? std::optional(base->id) : std::nullopt);
    m_facets->showBase(base);
    m_quality->showBase(base);
    showPeople(base);
    updateActions();
    if (base == nullptr) {
        m_failures->setFailures({});
        showFailures();
        return;
    }
    m_failureQuery.ask<std::vector<ExtractionFailure>>(
        [id = base->id](const Workspace& workspace, const JobContext&) {
            return KnowledgeStore(workspace).failures(id);
        },
        [this](Result<std::vector<ExtractionFailure>> failures) {
            m_failures->setFailures(failures ? std::move(*failures) : std::vector<ExtractionFailure>());
            showFailures();
        });
}

/// People have a tab of their own, in front while a knowledge base about them is chosen.
void KnowledgePage::showPeople(const KnowledgeBase* base)
{
    const auto extractor = findExtractor(base != nullptr ? base->extractor : std::string());
    const bool areThere = extractor && (*extractor)->isAboutUsers;
    const int tab = m_tabs->indexOf(m_people);
    if (areThere != m_tabs->isTabVisible(tab)) {
        const bool isLeft = m_tabs->currentIndex() == tab; // hidden, it may not stay in front
        m_tabs->setTabVisible(tab, areThere);
        if (areThere || isLeft) {
            m_tabs->setCurrentIndex(areThere ? tab : 0);
        }
    }
    m_people->showBase(base);
}

void KnowledgePage::showFailures()
{
    const bool isAny = m_failures->rowCount() > 0;
    m_failureTable->setVisible(isAny);
    fitColumns(*m_failureTable, FailureModel::ReasonColumn);
    QHeaderView* header = m_failureTable->horizontalHeader();
    header->resizeSection(FailureModel::ItemColumn,
                          std::min(widestItemColumn, header->sectionSize(FailureModel::ItemColumn)));
    header->resizeSection(FailureModel::ReplyColumn, replyColumnWidth);
    for (const int column : {KnowledgeModel::ExtractorColumn, KnowledgeModel::DimensionColumn}) {
        m_table->setColumnHidden(column, isAny); // makes room for them
    }
    updateActions();
}

void KnowledgePage::showPanel(bool shown)
{
    if (shown == !m_panel->isHidden()) {
        return;
    }
    // While something is set up, what there is already makes room; the browser stays to choose an item from.
    if (shown) {
        m_sizes = m_rows->sizes();
    }
    m_panel->setVisible(shown);
    m_bases->setVisible(!shown);
    m_rows->setSizes(shown ? QList<int>{2 * m_rows->height() / 3, 0, m_rows->height() / 3} : m_sizes);
    if (!shown) {
        m_panel->startAnew();
        m_extended.clear();
    }
}

void KnowledgePage::start(ExtractionRequest request)
{
    request.extend = request.extend || request.name == m_extended;
    showPanel(false);
    m_jobs->start(request);
}

void KnowledgePage::retry()
{
    const KnowledgeBase* base = chosen();
    if (base == nullptr) {
        return;
    }
    m_extended.clear();
    const auto extractor = findExtractor(base->extractor);
    if (extractor && (*extractor)->needsServer) {
        m_panel->setRequest(requestOf(*base)); // it may cost: budget and forecast come first
        showPanel(true);
    } else {
        start(requestOf(*base));
    }
}

void KnowledgePage::extend()
{
    const KnowledgeBase* base = chosen();
    if (base == nullptr) {
        return;
    }
    ExtractionRequest request = requestOf(*base);
    const auto extractor = findExtractor(base->extractor);
    if (extractor && (*extractor)->needsServer) {
        m_panel->setRequest(request); // it may cost: budget and forecast come first
        showPanel(true);
        m_extended = request.name;
        return;
    }
    start({.extractor = {}, .name = request.name, .extend = true});
}

void KnowledgePage::askForCopy()
{
    const KnowledgeBase* base = chosen();
    if (base == nullptr) {
        return;
    }
    auto* dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("copyName"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Copy of %1").arg(QString::fromStdString(base->name)));
    dialog->setLabelText(tr("Name of the copy"));
    dialog->setTextValue(
        tr("%1, extended", "proposal for the name of a copy").arg(QString::fromStdString(base->name)));
    dialog->setOkButtonText(tr("Copy"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, source = *base](const QString& name) {
        copy(source, name.trimmed());
    });
    dialog->open();
}

void KnowledgePage::copy(const KnowledgeBase& base, const QString& name)
{
    session().jobs().start<KnowledgeId>(
        this,
        {.name = [name] { return tr("Making the copy %1").arg(name); }, .kind = JobKind::Extraction},
        [id = base.id, to = name.toStdString()](Workspace& workspace, const JobContext& context) {
            return copyKnowledge(workspace, id, to, context);
        },
        [this](Result<KnowledgeId> copied) {
            if (copied) {
                session().selection().setKnowledge(*copied);
            } else {
                messages().show(copied.error(), {}, QStringLiteral("extraction"));
            }
            session().announce(Change::Knowledge);
        });
}

void KnowledgePage::remove()
{
    const KnowledgeBase* base = chosen();
    if (base == nullptr) {
        return;
    }
    const auto to = [id = base->id](bool deleted) -> Session::Write {
        return [id, deleted](const Workspace& workspace) {
            return KnowledgeStore(workspace).setDeleted(id, deleted);
        };
    };
    session().edit(tr("delete knowledge base"), Change::Knowledge, to(true), to(false));
}

void KnowledgePage::updateActions()
{
    const KnowledgeBase* base = chosen();
    const bool unfinished = base != nullptr && base->state != "finished" && base->state != "running";
    const bool isFinished = base != nullptr && base->state == "finished";
    const KnowledgeVersion version =
        base != nullptr ? m_model->version(m_table->currentIndex().row()) : KnowledgeVersion();
    const bool canGoOn = unfinished && !base->isIncompleteCopy;
    const bool hasFailures = m_failures->rowCount() > 0 || m_people->hasFailures();
    m_retry->setEnabled(canGoOn || (isFinished && !version.isFrozen && hasFailures));
    const auto extractor =
        isFinished ? findExtractor(base->extractor) : Result<const ExtractorDescription*>();
    const bool isAboutUsers =
        isFinished && extractor && (*extractor)->isAboutUsers; // nobody counts the new ones
    m_extend->setEnabled(isFinished && !version.isFrozen && (version.newItems > 0 || isAboutUsers));
    m_extend->setText(version.newItems > 0 && !isAboutUsers
                          ? tr("Extend by %Ln new item(s)", nullptr, static_cast<int>(version.newItems))
                          : tr("Extend"));
    m_extend->setToolTip(
        version.isFrozen
            ? tr("A run was trained with it, so it stays as it is. Make a copy to add new items.")
            : tr("Add what came since it was finished; what is there stays as it is"));
    m_copy->setEnabled(isFinished);
    m_delete->setEnabled(base != nullptr && base->state != "running");
    m_extract->setEnabled(isShowingContent());
}

void KnowledgePage::retranslate()
{
    m_extract->setText(tr("Extract…"));
    m_extract->setToolTip(tr("Make a knowledge base from the items' texts"));
    m_retry->setText(tr("Go on"));
    m_retry->setToolTip(tr("Go on with an unfinished extraction, or try failed items again"));
    m_copy->setText(tr("Copy…"));
    m_copy->setToolTip(tr("Make a copy of the chosen knowledge base, which can be changed and extended"));
    m_delete->setText(tr("Delete knowledge base"));
    m_delete->setToolTip(tr("Delete the chosen knowledge base; can be undone"));
    m_toData->setText(tr("Go to Data"));
    m_table->setAccessibleName(tr("Knowledge bases"));
    m_failureTable->setAccessibleName(tr("Items that failed"));
    emptyState().setTexts(
        QStringLiteral("knowledge"),
        tr("No knowledge without items"),
        tr("Import items with titles or descriptions first; what is learnt from their texts is shown here."));
    m_tabs->setTabText(0, tr("Items"));
    m_tabs->setTabText(m_tabs->indexOf(m_facets), tr("Facets"));
    m_tabs->setTabText(m_tabs->indexOf(m_quality), tr("Is it any good?"));
    m_tabs->setTabText(m_tabs->indexOf(m_people), tr("People"));
    if (isShowingContent()) {
        showSentence();
    }
    m_model->retranslate();
    for (QAbstractItemView* view : findChildren<QAbstractItemView*>()) { // headings among them
        view->viewport()->update(); // models say it in the language of the moment, when they are asked
    }
    m_facets->retranslate();
    m_quality->retranslate();
    m_people->retranslate();
    updateActions();
}

void KnowledgePage::saveState(QSettings& settings) const
{
    settings.setValue(QLatin1String(kRows), m_rows->saveState());
    settings.setValue(QLatin1String(kTab), m_tabs->currentIndex());
    m_browser->saveState(settings);
    m_facets->saveState(settings);
    m_quality->saveState(settings);
    m_people->saveState(settings);
}

void KnowledgePage::restoreState(QSettings& settings)
{
    m_rows->restoreState(settings.value(QLatin1String(kRows)).toByteArray());
    // That of people comes to the front once a knowledge base about people is chosen.
    if (const int tab = settings.value(QLatin1String(kTab)).toInt(); m_tabs->isTabVisible(tab)) {
        m_tabs->setCurrentIndex(tab);
    }
    m_browser->restoreState(settings);
    m_facets->restoreState(settings);
    m_quality->restoreState(settings);
    m_people->restoreState(settings);
}

} // namespace transept::ui
