#include "ui/knowledge/FacetTableView.h"

#include "ui/knowledge/AddFacetDialog.h"
#include "ui/knowledge/FacetEditing.h"
#include "ui/knowledge/FacetFigureText.h"
#include "ui/knowledge/FacetFilterBar.h"
#include "ui/knowledge/FacetTextDelegate.h"
#include "ui/knowledge/FigureTable.h"
#include "ui/knowledge/VocabularyPane.h"
#include "ui/look/Card.h"
#include "ui/look/Icons.h"
#include "ui/look/TableLook.h"
#include "ui/look/Theme.h"
#include "ui/shell/ActionButton.h"
#include "ui/text/Numbers.h"

#include <QtCore/QSettings>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr auto kColumns = "facetColumns";
constexpr auto kSide = "facetSide";
constexpr auto kHeader = "facetHeader";

} // namespace

FacetTableView::FacetTableView(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_stateQuery(session)
    , m_frozenQuery(session)
    , m_vectorQuery(session)
    , m_model(new FacetTableModel(session, this))
    , m_table(quietTable(m_model, QStringLiteral("facetTable")))
    , m_filter(new FacetFilterBar(session.selection()))
    , m_count(new QLabel)
    , m_note(new QLabel)
    , m_nothing(new QLabel)
    , m_frozen(new QWidget)
    , m_frozenNote(new QLabel)
    , m_copy(new QPushButton)
    , m_edit(new QAction(this))
    , m_strike(new QAction(this))
    , m_restore(new QAction(this))
    , m_add(new QAction(this))
    , m_page(new QAction(this))
    , m_vocabulary(new VocabularyPane(session))
    , m_figures(new FigureTable(this))
    , m_figureTable(quietTable(m_figures, QStringLiteral("facetFigures")))
    , m_figureNote(new QLabel)
    , m_side(new QTabWidget)
    , m_columns(new QSplitter(Qt::Horizontal))
{
    setObjectName(QStringLiteral("facetView"));
    buildActions();
    build();
    connect(m_filter, &FacetFilterBar::changed, this, &FacetTableView::ask);
    connect(m_copy, &QPushButton::clicked, this, &FacetTableView::copyWanted);
    connect(m_model, &FacetTableModel::arrived, this, &FacetTableView::showTableState);
    connect(m_model, &FacetTableModel::failed, this, &FacetTableView::failed);
    connect(m_vocabulary, &VocabularyPane::failed, this, &FacetTableView::failed);
    connect(m_vocabulary, &VocabularyPane::textWanted, m_filter, &FacetFilterBar::lookFor);
    connect(&m_session, &Session::facetsChanged, this, &FacetTableView::readAgain);
    connect(&m_session, &Session::runsChanged, this, &FacetTableView::askWhetherFrozen);
    connect(&m_session, &Session::closed, this, [this] { showBase(nullptr); });
}

void FacetTableView::buildActions()
{
    const std::tuple<QAction*, const char*, const char*, QKeySequence> actions[] = {
        {m_edit, "editFacet", "edit", QKeySequence(Qt::Key_F2)},
        {m_strike, "strikeFacet", "remove", QKeySequence(Qt::Key_Delete)},
        {m_restore, "restoreFacet", "reset", QKeySequence()},
        {m_add, "addFacet", "add", QKeySequence(Qt::Key_Insert)},
        {m_page, "showItemPage", "item", QKeySequence()}};
    for (const auto& [action, name, picture, key] : actions) {
        action->setObjectName(QLatin1String(name));
        action->setIcon(icon(QLatin1String(picture)));
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut); // while the table has the keyboard
        m_table->addAction(action);
    }
    connect(m_edit, &QAction::triggered, this, [this] {
        m_table->edit(m_table->currentIndex().siblingAtColumn(FacetTableModel::TextColumn));
    });
    connect(m_strike, &QAction::triggered, this, &FacetTableView::strike);
    connect(m_restore, &QAction::triggered, this, &FacetTableView::restore);
    connect(m_add, &QAction::triggered, this, &FacetTableView::add);
    connect(m_page, &QAction::triggered, this, [this] { openPage(m_table->currentIndex()); });
    connect(m_table, &QTableView::activated, this, &FacetTableView::openPage);
}

QWidget* FacetTableView::buildTable()
{
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->setColumnHidden(FacetTableModel::OtherColumn, true);
    m_table->horizontalHeader()->setStretchLastSection(false);
    constexpr std::array<int, FacetTableModel::ColumnCount> widths{210, 90, 90, 240, 200, 70, 90};
    for (int column = 0; column < FacetTableModel::ColumnCount; ++column) {
        m_table->setColumnWidth(column, widths[static_cast<std::size_t>(column)]);
    }
    for (const int column :
         {FacetTableModel::TextColumn, FacetTableModel::OtherColumn}) { // share what is left
        m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    }
    auto* delegate = new FacetTextDelegate(*m_model, m_table);
    m_table->setItemDelegateForColumn(FacetTableModel::TextColumn, delegate);
    connect(delegate, &FacetTextDelegate::textEdited, this, [this](const FacetRow& row, const QString& text) {
        edit(row, text.toStdString(), tr("edit facet"));
    });
    connect(m_table->selectionModel(),
            &QItemSelectionModel::currentChanged,
            this,
            &FacetTableView::updateActions);
    const std::pair<QLabel*, const char*> labels[] = {{m_count, "facetCount"},
                                                      {m_note, "facetNote"},
                                                      {m_nothing, "noFacets"},
                                                      {m_frozenNote, "frozenNote"}};
    for (const auto& [label, name] : labels) {
        label->setObjectName(QLatin1String(name));
        label->setTextFormat(Qt::PlainText); // what a server said is no markup
        label->setProperty(look::muted, true);
    }
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_note->setWordWrap(true);
    m_frozenNote->setWordWrap(true);
    m_note->hide();
    m_frozen->hide();
    m_copy->setObjectName(QStringLiteral("copyFrozen"));
    auto* frozen = new QHBoxLayout(m_frozen);
    frozen->setContentsMargins(space::one, 0, space::one, 0);
    frozen->addWidget(m_frozenNote, 1);
    frozen->addWidget(m_copy);
    auto* below = new QHBoxLayout;
    below->setContentsMargins(space::one, 0, space::one, space::half);
    for (QAction* action : {m_edit, m_strike, m_restore, m_add, m_page}) {
        below->addWidget(new ActionButton(action));
    }
    below->addStretch(1);
    below->addWidget(m_count);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins({});
    column->addWidget(m_filter);
    column->addWidget(m_frozen);
    column->addWidget(m_table, 1);
    column->addWidget(m_nothing, 1);
    column->addWidget(m_note);
    column->addLayout(below);
    return card({content}, space::half);
}

QWidget* FacetTableView::buildSide()
{
    m_figureNote->setObjectName(QStringLiteral("facetFigureNote"));
    m_figureNote->setWordWrap(true);
    m_figureNote->setTextFormat(Qt::PlainText);
    m_figureNote->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* figures = new QWidget;
    auto* column = new QVBoxLayout(figures);
    column->setContentsMargins(space::one, space::one, space::one, space::one);
    column->addWidget(m_figureNote);
    column->addWidget(m_figureTable, 1);
    connect(m_figureTable, &QTableView::activated, this, [this](const QModelIndex& index) {
        m_filter->lookFor(QString::fromStdString(facetNames()[static_cast<std::size_t>(index.row())]), {});
    });
    m_side->setObjectName(QStringLiteral("facetTabs"));
    m_side->setDocumentMode(true);
    m_side->addTab(m_vocabulary, QString());
    m_side->addTab(figures, QString());
    return card({m_side}, space::half);
}

void FacetTableView::build()
{
    m_columns->addWidget(buildTable());
    m_columns->addWidget(buildSide());
    m_columns->setStretchFactor(0, 3);
    m_columns->setStretchFactor(1, 1);
    m_columns->setSizes({880, 380});
    m_columns->setChildrenCollapsible(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->addWidget(m_columns);
}

void FacetTableView::setDomains(const std::vector<Domain>& domains)
{
    std::map<DomainId, QString> names;
    for (const Domain& domain : domains) {
        names[domain.id] = QString::fromStdString(domain.name);
    }
    m_model->setDomains(std::move(names));
    m_filter->setDomains(domains);
}

void FacetTableView::setBases(const std::vector<KnowledgeBase>& bases)
{
    m_bases = bases;
}

void FacetTableView::showBase(const KnowledgeBase* base)
{
    const bool isOther = !base || !m_base || base->id != m_base->id;
    m_base = base != nullptr ? std::optional(*base) : std::nullopt;
    std::vector<KnowledgeBase> others = m_bases;
    std::erase_if(others, [&](const KnowledgeBase& each) { return m_base && each.id == m_base->id; });
    if (isOther) {
        m_isStale = true;
        forgetState();
        const QSignalBlocker quiet(m_filter); // all is asked below
        m_filter->setFacets({});
        m_filter->setOthers(others);
        m_vocabulary->showBase(m_base ? std::optional(m_base->id) : std::nullopt, false);
    } else {
        m_filter->setOthers(others);
    }
    readAgain();
    updateActions();
}

/// What was asked of another knowledge base is no answer for this one.
void FacetTableView::forgetState()
{
    for (Query* query : {&m_stateQuery, &m_frozenQuery, &m_vectorQuery}) {
        query->cancel();
    }
    m_state.reset();
    m_model->show({}, m_filter->filter());
    m_model->setEditable(false);
    m_withoutVector.reset();
    showNote();
    showFrozen();
}

/// After facets were edited, or the knowledge base has changed.
void FacetTableView::readAgain()
{
    if (!isVisible()) {
        m_isStale = true;
    } else if (m_isStale) {
        ask();
        askState();
    } else {
        m_model->readAgain();
        askState();
    }
    m_vocabulary->readAgain();
}

void FacetTableView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale) {
        ask();
        askState();
    }
    updateActions();
}

void FacetTableView::ask()
{
    if (!isVisible()) {
        m_isStale = true;
        return;
    }
    m_isStale = false;
    const FacetFilter wanted = m_filter->filter();
    const bool isOtherComparison = wanted.other != m_model->filter().other;
    m_table->setColumnHidden(FacetTableModel::OtherColumn, !wanted.other);
    m_table->setColumnHidden(FacetTableModel::WeightColumn, wanted.other.has_value()); // makes room
    m_model->setOtherName(m_filter->otherName());
    m_model->show(m_base ? std::optional(m_base->id) : std::nullopt, wanted);
    if (isOtherComparison) {
        askState();
    }
    if (!wanted.facet.empty()) {
        m_vocabulary->chooseFacet(m_filter->facet());
    }
    showTableState();
}

void FacetTableView::askState()
{
    if (!m_base) {
        m_stateQuery.cancel();
        showFigures();
        return;
    }
    if (!isVisible()) {
        m_isStale = true; // when it is shown
        return;
    }
    m_stateQuery.ask<State>(
        [id = m_base->id, other = m_filter->filter().other](const Workspace& workspace,
                                                            const JobContext& context) -> Result<State> {
            const Result<bool> frozen = KnowledgeStore(workspace).isFrozen(id);
            Result<FacetFigures> figures = facetFigures(workspace, id, context);
            auto compared = other ? compareFacets(workspace, id, *other, context)
                                  : Result<std::vector<FacetComparison>>();
            if (!frozen || !figures || !compared) {
                return !frozen ? passOn(frozen) : figures ? passOn(compared) : passOn(figures);
            }
            return State{*frozen, std::move(*figures), std::move(*compared)};
        },
        [this](Result<State> state) { takeState(std::move(state)); });
}

void FacetTableView::takeState(Result<State> state)
{
    if (!state) {
        Q_EMIT failed(state.error());
        return;
    }
    m_state = std::move(*state);
    const std::vector<std::string> names = facetNames();
    m_filter->setFacets(names);
    m_vocabulary->setFacets(names);
    showFrozen();
    showFigures();
}

/// After runs began: the first one that is trained with a knowledge base freezes it.
void FacetTableView::askWhetherFrozen()
{
    if (!m_base) {
        return;
    }
    if (!m_state || m_stateQuery.isWaiting()) {
        askState(); // says it, too
        return;
    }
    m_frozenQuery.ask<bool>(
        [id = m_base->id](const Workspace& workspace, const JobContext&) {
            return KnowledgeStore(workspace).isFrozen(id);
        },
        [this](const Result<bool>& frozen) {
            if (frozen && m_state) {
                m_state->isFrozen = *frozen;
                showFrozen();
            }
        });
}

void FacetTableView::showFrozen()
{
    const bool isEditable = m_base && m_state && !m_state->isFrozen;
    m_model->setEditable(isEditable);
    m_frozen->setVisible(m_base && m_state && m_state->isFrozen);
    m_vocabulary->showBase(m_base ? std::optional(m_base->id) : std::nullopt, isEditable);
    updateActions();
}

std::vector<std::string> FacetTableView::facetNames() const
{
    std::vector<std::string> names;
    if (m_state) {
        std::ranges::transform(m_state->figures.byName, std::back_inserter(names), &FacetFigure::name);
    }
    return names;
}

void FacetTableView::showFigures()
{
    const State state = m_state.value_or(State());
    m_figureNote->setText(m_base && m_state ? figureSentences(state.figures) : QString());
    m_figures->setContent(figureRows(state.figures, state.compared));
    fitColumns(*m_figureTable, 0);
    m_figureTable->setVisible(!state.figures.byName.empty());
}

void FacetTableView::showTableState()
{
    const bool isAny = m_model->rowCount() > 0;
    const std::optional<std::int64_t> count = m_model->count();
    const bool isFiltered = m_base && !(m_model->filter() == FacetFilter{.other = m_model->filter().other});
    m_table->setVisible(isAny);
    m_nothing->setVisible(!isAny);
    m_nothing->setText(!m_base      ? tr("Choose a knowledge base above to look at its facets.")
                       : !count     ? tr("Reading the facets…")
                       : isFiltered ? tr("No facet is like that. Search for less, or show all.")
                                    : tr("This knowledge base has no facets of items."));
    m_count->setText(!isAny  ? QString()
                     : count ? tr("%Ln facet(s)", nullptr, static_cast<int>(*count))
                             : tr("Counting the facets…"));
    if (isAny && !m_table->currentIndex().isValid()) {
        m_table->setCurrentIndex(m_model->index(0, FacetTableModel::TextColumn));
    }
    updateActions();
}

const FacetRow* FacetTableView::chosenRow() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() && current.row() < m_model->rowCount() ? m_model->rowAt(current.row()) : nullptr;
}

void FacetTableView::edit(const FacetRow& row, std::optional<std::string> text, const QString& what)
{
    if (!m_base) {
        return;
    }
    const FacetEdit wanted{row.facet.place, row.facet.name, text};
    editFacets(m_session, what, m_base->id, [base = m_base->id, wanted](const Workspace& workspace) {
        return changeFacets(workspace, base, {wanted});
    });
    if (text && text != row.facet.extracted) {
        tellOfVector(m_base->id, row.facet.name, *text);
    } else {
        m_withoutVector.reset();
        showNote();
    }
}

void FacetTableView::strike()
{
    if (const FacetRow* row = chosenRow()) {
        edit(*row, std::nullopt, tr("strike facet out"));
    }
}

void FacetTableView::restore()
{
    if (const FacetRow* row = chosenRow(); row != nullptr && row->facet.extracted) {
        edit(*row, row->facet.extracted, tr("restore facet"));
    }
}

void FacetTableView::add()
{
    const FacetRow* row = chosenRow();
    if (row == nullptr || !m_base) {
        return;
    }
    auto* dialog = new AddFacetDialog(QString::fromStdString(row->title), facetNames(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(
        dialog, &QDialog::accepted, this, [this, dialog, base = m_base->id, item = row->facet.place.item] {
            const FacetEdit wanted{{item, newFacet}, dialog->name(), dialog->text()};
            editFacets(m_session, tr("add facet"), base, [base, wanted](const Workspace& workspace) {
                return changeFacets(workspace, base, {wanted});
            });
            tellOfVector(base, dialog->name(), dialog->text());
        });
    dialog->open();
}

void FacetTableView::openPage(const QModelIndex& index)
{
    const FacetRow* row = index.isValid() ? m_model->rowAt(index.row()) : nullptr;
    if (row != nullptr) {
        m_session.selection().setItem(row->facet.place.item);
        Q_EMIT pageWanted(row->facet.place.item);
    }
}

/// Whoever writes a text that no facet had before should know what that means for training.
void FacetTableView::tellOfVector(KnowledgeId base, const std::string& facet, const std::string& text)
{
    m_withoutVector.reset();
    showNote();
    m_vectorQuery.ask<bool>(
        [base, facet, text](const Workspace& workspace, const JobContext&) {
            return lacksVector(workspace, base, facet, text);
        },
        [this, text](const Result<bool>& lacks) {
            if (lacks && *lacks) {
                m_withoutVector = text;
            }
            showNote();
        });
}

void FacetTableView::showNote()
{
    m_note->setVisible(m_withoutVector.has_value());
    m_note->setText(tr("The text %1 has no vector until the facets are embedded anew.")
                        .arg(QString::fromStdString(m_withoutVector.value_or(std::string()))));
}

void FacetTableView::updateActions()
{
    const FacetRow* row = m_table->isHidden() ? nullptr : chosenRow(); // also while another page is in front
    const bool isOwn = row != nullptr && !row->isOfOther();
    const bool isEditable = m_base && m_state && !m_state->isFrozen;
    m_edit->setEnabled(isEditable && isOwn);
    m_strike->setEnabled(isEditable && isOwn && row->facet.text);
    m_restore->setEnabled(isEditable && isOwn && row->facet.extracted &&
                          row->facet.text != row->facet.extracted);
    m_add->setEnabled(isEditable && row != nullptr);
    m_page->setEnabled(row != nullptr);
}

void FacetTableView::saveState(QSettings& settings) const
{
    settings.setValue(QLatin1String(kColumns), m_columns->saveState());
    settings.setValue(QLatin1String(kSide), m_side->currentIndex());
    settings.setValue(QLatin1String(kHeader), m_table->horizontalHeader()->saveState());
}

void FacetTableView::restoreState(QSettings& settings)
{
    m_columns->restoreState(settings.value(QLatin1String(kColumns)).toByteArray());
    m_side->setCurrentIndex(settings.value(QLatin1String(kSide)).toInt());
    m_table->horizontalHeader()->restoreState(settings.value(QLatin1String(kHeader)).toByteArray());
}

void FacetTableView::retranslate()
{
    m_filter->retranslate();
    m_table->setAccessibleName(tr("Facets"));
    m_frozenNote->setText(
        tr("A run was trained with this knowledge base, so it stays as it is. Edit a copy."));
    m_copy->setText(tr("Copy…"));
    m_copy->setToolTip(tr("Make a copy of the knowledge base that can be edited"));
    m_edit->setText(tr("Edit"));
    m_edit->setToolTip(tr("Write another text for the facet; can be undone"));
    m_strike->setText(tr("Strike out"));
    m_strike->setToolTip(tr("The facet no longer holds; can be undone"));
    m_restore->setText(tr("As extracted"));
    m_restore->setToolTip(tr("Give the facet back the text that was extracted"));
    m_add->setText(tr("Add…"));
    m_add->setToolTip(tr("Add a facet to the item"));
    m_page->setText(tr("Item…"));
    m_page->setToolTip(tr("All that is known of the item, with its sources (Enter)"));
    m_figureTable->setAccessibleName(tr("Figures of each facet"));
    m_side->setTabText(0, tr("Vocabulary"));
    m_side->setTabText(1, tr("Figures"));
    m_figureNote->setAccessibleName(tr("Figures"));
    m_vocabulary->retranslate();
    m_model->setOtherName(m_filter->otherName());
    showNote();
    showFigures();
    showTableState();
}

} // namespace transept::ui
