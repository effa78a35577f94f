#include "ui/compare/RunPanel.h"

#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/runs/RunTableModel.h"

#include <QtCore/QScopedValueRollback>
#include <QtCore/QSettings>
#include <QtGui/QAction>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace transept::ui {
namespace {

constexpr int rowHeight = 28;
constexpr int widestColumn = 280;
constexpr int narrowestColumn = 48;
constexpr int starWidth = 36;
constexpr int measuresShown = 5; // until somebody asks for more

constexpr auto kFilter = "filter";
constexpr auto kStarred = "onlyStarred";
constexpr auto kOrder = "columnOrder";
constexpr auto kWidths = "columnWidths";
constexpr auto kShown = "columnsShown";
constexpr auto kSort = "sortColumn";
constexpr auto kDescending = "sortDescending";

QToolButton* quietButton(const char* name, const QString& iconName, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setObjectName(QLatin1String(name));
    button->setProperty(look::quiet, true);
    button->setIcon(icon(iconName));
    return button;
}

} // namespace

RunPanel::RunPanel(QWidget* parent)
    : QFrame(parent)
    , m_model(new RunTableModel(this))
    , m_compared(new ComparedRunsModel(m_model, this))
    , m_filtered(new RunFilterModel(m_model, this))
    , m_filter(new QLineEdit(this))
    , m_starred(quietButton("onlyStarred", QStringLiteral("star"), this))
    , m_columns(quietButton("chooseColumns", QStringLiteral("columns"), this))
    , m_columnMenu(new QMenu(this))
    , m_table(new QTableView(this))
{
    setProperty(look::card, true);
    m_filtered->setSourceModel(m_compared);
    buildFilterLine();
    buildTable();
    connectTable();
}

void RunPanel::buildFilterLine()
{
    m_filter->setObjectName(QStringLiteral("runFilter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(QStringLiteral("filter")), QLineEdit::LeadingPosition);
    m_filter->setMaximumWidth(480);
    m_starred->setCheckable(true);
    m_columns->setMenu(m_columnMenu);
    m_columns->setPopupMode(QToolButton::InstantPopup);
    m_columns->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(space::oneAndHalf, space::one, space::oneAndHalf, space::half);
    line->setSpacing(space::one);
    line->addWidget(m_filter, 1);
    line->addWidget(m_starred);
    line->addStretch(1);
    line->addWidget(m_columns);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, space::half); // the table must not cover the card's border
    column->setSpacing(0);
    column->addLayout(line);
    column->addWidget(m_table, 1);
    connect(m_filter, &QLineEdit::textChanged, this, &RunPanel::filter);
    connect(m_starred, &QToolButton::toggled, this, &RunPanel::filter);
    connect(m_columnMenu, &QMenu::aboutToShow, this, &RunPanel::fillColumnMenu);
}

void RunPanel::buildTable()
{
    m_table->setObjectName(QStringLiteral("comparedRuns"));
    m_table->setModel(m_filtered);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    m_table->setMinimumHeight(4 * rowHeight);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setMinimumSectionSize(rowHeight);
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setMinimumSectionSize(starWidth);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->installEventFilter(this);
}

void RunPanel::connectTable()
{
    connect(
        m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunPanel::takeSelection);
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RunPanel::currentChanged);
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == RunTableModel::StarColumn) {
            m_filtered->setData(index, true);
        }
    });
    QHeaderView* header = m_table->horizontalHeader();
    connect(header, &QHeaderView::customContextMenuRequested, this, [this, header](const QPoint& place) {
        m_columnMenu->popup(header->mapToGlobal(place));
    });
    connect(header, &QHeaderView::sectionResized, this, [this, header](int column, int, int width) {
        const bool isLast = header->visualIndex(column) == header->count() - 1;
        if (!m_arranging && width > 0 && !isLast) {
            m_widths[m_compared->columnKey(column)] = width;
        }
    });
    connect(header, &QHeaderView::sortIndicatorChanged, this, [this](int column, Qt::SortOrder order) {
        if (!m_arranging) {
            m_sortKey = column < 0 ? QString() : m_compared->columnKey(column);
            m_sortOrder = order;
        }
    });
    connect(header, &QHeaderView::sectionMoved, this, [this] {
        if (!m_arranging) {
            rememberColumns();
        }
    });
}

/// F2 edits and Delete deletes in this table even where another page has the key as a shortcut.
bool RunPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<const QKeyEvent*>(event);
        const bool deletes = key->matches(QKeySequence::Delete);
        if (event->type() == QEvent::ShortcutOverride && (deletes || key->key() == Qt::Key_F2)) {
            event->accept();
            return true;
        }
        if (event->type() == QEvent::KeyPress && deletes) {
            Q_EMIT deleteWanted();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void RunPanel::setRuns(std::vector<RunRecord> runs)
{
    const std::optional<RunId> before = current();
    {
        const QScopedValueRollback selecting(m_selecting, true);
        const QScopedValueRollback arranging(m_arranging, true);
        m_model->setRuns(std::move(runs));
        arrangeColumns();
    }
    setSelected(m_selected);
    if (before && m_model->rowOf(*before)) {
        scrollTo(*before);
    }
}

void RunPanel::setSelected(const std::vector<RunId>& runs)
{
    m_selected = runs;
    std::erase_if(m_selected, [this](RunId run) { return !m_model->rowOf(run); });
    showSelection();
}

std::vector<RunId> RunPanel::shown() const
{
    std::vector<RunId> runs;
    for (int row = 0; row < m_filtered->rowCount(); ++row) {
        runs.push_back(RunId{m_filtered->index(row, 0).data(RunTableModel::RunRole).toLongLong()});
    }
    return runs;
}

std::vector<RunId> RunPanel::shownSelected() const
{
    std::vector<RunId> runs;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        runs.push_back(RunId{index.data(RunTableModel::RunRole).toLongLong()});
    }
    return runs;
}

std::optional<RunId> RunPanel::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? std::optional(RunId{index.data(RunTableModel::RunRole).toLongLong()})
                           : std::nullopt;
}

void RunPanel::scrollTo(RunId run)
{
    const std::optional<int> row = m_model->rowOf(run);
    const QModelIndex index =
        row ? m_filtered->mapFromSource(m_compared->index(*row, RunTableModel::NameColumn)) : QModelIndex();
    if (index.isValid()) {
        m_table->selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        m_table->scrollTo(index);
    }
}

void RunPanel::takeSelection()
{
    if (m_selecting) {
        return;
    }
    const std::vector<RunId> clicked = shownSelected();
    const std::vector<RunId> visible = shown();
    const bool adds = QGuiApplication::keyboardModifiers() & (Qt::ControlModifier | Qt::ShiftModifier);
    std::vector<RunId> selected;
    for (const RunId run : m_selected) {
        const bool isVisible = std::ranges::find(visible, run) != visible.end();
        const bool isClicked = std::ranges::find(clicked, run) != clicked.end();
        if (isVisible ? isClicked : adds) {
            selected.push_back(run);
        }
    }
    for (const RunId run : clicked) {
        if (std::ranges::find(selected, run) == selected.end()) {
            selected.push_back(run);
        }
    }
    m_selected = std::move(selected);
    Q_EMIT selectionEdited();
}

void RunPanel::showSelection()
{
    const QScopedValueRollback selecting(m_selecting, true);
    QItemSelection rows;
    for (const RunId run : m_selected) {
        const std::optional<int> row = m_model->rowOf(run);
        const QModelIndex index = row ? m_filtered->mapFromSource(m_compared->index(*row, 0)) : QModelIndex();
        if (index.isValid()) {
            rows.select(index, index.siblingAtColumn(m_compared->testColumn()));
        }
    }
    m_table->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
}

void RunPanel::filter()
{
    {
        const QScopedValueRollback selecting(m_selecting, true);
        m_filtered->setOnlyStarred(m_starred->isChecked());
        m_filtered->setWords(m_filter->text());
        m_starred->setIcon(
            icon(m_starred->isChecked() ? QStringLiteral("star-filled") : QStringLiteral("star")));
    }
    showSelection();
}

void RunPanel::setContextActions(const QList<QAction*>& actions)
{
    m_table->addActions(actions);
}

void RunPanel::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void RunPanel::showColumnMenu()
{
    m_columnMenu->popup(m_columns->mapToGlobal(QPoint(0, m_columns->height())));
}

bool RunPanel::isShownColumn(const QString& key) const
{
    if (const auto chosen = m_isShown.find(key); chosen != m_isShown.end()) {
        return chosen->second;
    }
    if (key == QLatin1String("data")) {
        return false;
    }
    const std::optional<int> column = columnOf(key);
    const int measure = column.value_or(0) - RunTableModel::FirstMeasureColumn;
    return !key.startsWith(QLatin1String("measure:")) || measure < measuresShown;
}

QString RunPanel::columnName(int column) const
{
    return column == RunTableModel::StarColumn ? tr("Star")
                                               : m_compared->headerData(column, Qt::Horizontal).toString();
}

void RunPanel::fillColumnMenu()
{
    m_columnMenu->clear();
    for (const QString& key : m_compared->usualOrder()) {
        const std::optional<int> column = columnOf(key);
        if (!column || *column == RunTableModel::NameColumn) {
            continue;
        }
        QAction* action = m_columnMenu->addAction(columnName(*column));
        action->setObjectName(QLatin1String("column:") + key);
        action->setCheckable(true);
        action->setChecked(isShownColumn(key));
        connect(action, &QAction::toggled, this, [this, key](bool isShown) {
            m_isShown[key] = isShown;
            const QScopedValueRollback arranging(m_arranging, true);
            arrangeColumns();
        });
    }
    m_columnMenu->addSeparator();
    connect(m_columnMenu->addAction(tr("Columns as at first")), &QAction::triggered, this, [this] {
        m_isShown.clear();
        m_order.clear();
        m_widths.clear();
        const QScopedValueRollback arranging(m_arranging, true);
        arrangeColumns();
    });
}

std::optional<int> RunPanel::columnOf(const QString& key) const
{
    for (int column = 0; column < m_compared->columnCount(); ++column) {
        if (m_compared->columnKey(column) == key) {
            return column;
        }
    }
    return std::nullopt;
}

void RunPanel::rememberColumns()
{
    const QHeaderView* header = m_table->horizontalHeader();
    QStringList order;
    for (int place = 0; place < header->count(); ++place) {
        order << m_compared->columnKey(header->logicalIndex(place));
    }
    m_order = order;
}

void RunPanel::orderColumns()
{
    QHeaderView* header = m_table->horizontalHeader();
    QStringList order = m_order.isEmpty() ? m_compared->usualOrder() : m_order;
    const QStringList usual = m_compared->usualOrder();
    order.removeIf([&usual](const QString& key) { return !usual.contains(key); });
    for (qsizetype at = 0; at < usual.size(); ++at) {
        if (!order.contains(usual[at])) { // a measure that is new stands behind the one it usually follows
            order.insert(at == 0 ? 0 : order.indexOf(usual[at - 1]) + 1, usual[at]);
        }
    }
    for (int place = 0; place < std::min<int>(header->count(), static_cast<int>(order.size())); ++place) {
        header->moveSection(header->visualIndex(columnOf(order[place]).value_or(place)), place);
    }
}

void RunPanel::arrangeColumns()
{
    orderColumns();
    m_table->resizeColumnsToContents();
    for (int column = 0; column < m_compared->columnCount(); ++column) {
        const QString key = m_compared->columnKey(column);
        const auto width = m_widths.find(key);
        const int natural = std::clamp(m_table->columnWidth(column), narrowestColumn, widestColumn);
        m_table->setColumnWidth(column,
                                column == RunTableModel::StarColumn ? starWidth
                                : width != m_widths.end()           ? width->second
                                                                    : natural);
        m_table->setColumnHidden(column, !isShownColumn(key));
    }
    m_table->sortByColumn(columnOf(m_sortKey).value_or(-1), m_sortOrder);
}

void RunPanel::saveState(QSettings& settings) const
{
    settings.setValue(QLatin1String(kFilter), m_filter->text());
    settings.setValue(QLatin1String(kStarred), m_starred->isChecked());
    settings.setValue(QLatin1String(kOrder), m_order);
    QVariantMap widths;
    for (const auto& [key, width] : m_widths) {
        widths.insert(key, width);
    }
    settings.setValue(QLatin1String(kWidths), widths);
    QVariantMap shown;
    for (const auto& [key, isShown] : m_isShown) {
        shown.insert(key, isShown);
    }
    settings.setValue(QLatin1String(kShown), shown);
    settings.setValue(QLatin1String(kSort), m_sortKey);
    settings.setValue(QLatin1String(kDescending), m_sortOrder == Qt::DescendingOrder);
}

void RunPanel::restoreState(QSettings& settings)
{
    m_filter->setText(settings.value(QLatin1String(kFilter)).toString());
    m_starred->setChecked(settings.value(QLatin1String(kStarred)).toBool());
    m_order = settings.value(QLatin1String(kOrder)).toStringList();
    const QVariantMap widths = settings.value(QLatin1String(kWidths)).toMap();
    for (auto each = widths.begin(); each != widths.end(); ++each) {
        m_widths[each.key()] = each.value().toInt();
    }
    const QVariantMap shown = settings.value(QLatin1String(kShown)).toMap();
    for (auto each = shown.begin(); each != shown.end(); ++each) {
        m_isShown[each.key()] = each.value().toBool();
    }
    m_sortKey = settings.value(QLatin1String(kSort)).toString();
    m_sortOrder =
        settings.value(QLatin1String(kDescending)).toBool() ? Qt::DescendingOrder : Qt::AscendingOrder;
    const QScopedValueRollback arranging(m_arranging, true);
    arrangeColumns();
}

void RunPanel::retranslate()
{
    m_filter->setPlaceholderText(tr("Filter by name, method, note or state"));
    m_filter->setAccessibleName(tr("Filter of runs"));
    m_starred->setToolTip(tr("Only runs with a star"));
    m_starred->setAccessibleName(tr("Only runs with a star"));
    m_columns->setText(tr("Columns"));
    m_columns->setToolTip(tr("Choose which columns the table shows"));
    m_columns->setAccessibleName(tr("Columns of the table"));
    m_table->setAccessibleName(tr("Runs to compare"));
    m_model->retranslate();
    m_compared->retranslate();
}

} // namespace transept::ui
