#include "ui/runs/RunPanel.h"

#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/runs/RunFilterModel.h"
#include "ui/runs/RunTable.h"
#include "ui/runs/RunTableModel.h"

#include <QtCore/QScopedValueRollback>
#include <QtCore/QSettings>
#include <QtGui/QAction>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace transept::ui {
namespace {

constexpr auto kFilter = "filter";
constexpr auto kStarred = "onlyStarred";

QToolButton* quietButton(const QString& name, const QString& iconName, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setObjectName(name);
    button->setProperty(look::quiet, true);
    button->setIcon(icon(iconName));
    return button;
}

} // namespace

RunPanel::RunPanel(const QString& name, Models models, RunColumns::Keys columns, QWidget* parent)
    : QFrame(parent)
    , m_model(models.runs)
    , m_shown(models.shown)
    , m_filtered(new RunFilterModel(m_model, this))
    , m_filter(new QLineEdit(this))
    , m_starred(quietButton(name + QLatin1String("Starred"), QStringLiteral("star"), this))
    , m_columnsButton(quietButton(name + QLatin1String("Columns"), QStringLiteral("columns"), this))
    , m_table(new RunTable(this))
    , m_columns(nullptr)
{
    setProperty(look::card, true);
    m_filtered->setSourceModel(m_shown);
    m_table->setObjectName(name);
    m_table->setModel(m_filtered);
    m_columns = new RunColumns(m_table, std::move(columns), this);
    buildFilterLine(name);
    connectTable();
}

void RunPanel::buildFilterLine(const QString& name)
{
    m_filter->setObjectName(name + QLatin1String("Filter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(QStringLiteral("filter")), QLineEdit::LeadingPosition);
    m_filter->setMaximumWidth(480);
    m_starred->setCheckable(true);
    m_columnsButton->setMenu(m_columns->menu());
    m_columnsButton->setPopupMode(QToolButton::InstantPopup);
    m_columnsButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(space::oneAndHalf, space::one, space::oneAndHalf, space::half);
    line->setSpacing(space::one);
    line->addWidget(m_filter, 1);
    line->addWidget(m_starred);
    line->addStretch(1);
    line->addWidget(m_columnsButton);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, space::half); // the table must not cover the card's border
    column->setSpacing(0);
    column->addLayout(line);
    column->addWidget(m_table, 1);
    connect(m_filter, &QLineEdit::textChanged, this, &RunPanel::filter);
    connect(m_starred, &QToolButton::toggled, this, &RunPanel::filter);
}

void RunPanel::connectTable()
{
    connect(
        m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunPanel::takeSelection);
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RunPanel::currentChanged);
    connect(m_table, &RunTable::deleteWanted, this, &RunPanel::deleteWanted);
}

void RunPanel::setRuns(std::vector<RunRecord> runs)
{
    {
        const QScopedValueRollback selecting(m_selecting, true);
        m_columns->whileChanging([this, &runs] { m_model->setRuns(std::move(runs)); });
    }
    setSelected(m_selected);
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

QModelIndex RunPanel::indexOf(RunId run, int column) const
{
    const std::optional<int> row = m_model->rowOf(run);
    return row ? m_filtered->mapFromSource(m_shown->index(*row, column)) : QModelIndex();
}

void RunPanel::scrollTo(RunId run)
{
    const QModelIndex index = indexOf(run, RunTableModel::NameColumn);
    if (index.isValid()) {
        m_table->selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
        m_table->scrollTo(index);
    }
}

void RunPanel::reveal(RunId run)
{
    const auto scroll = [this, run] { m_table->scrollTo(indexOf(run, RunTableModel::NameColumn)); };
    QMetaObject::invokeMethod(m_table, scroll, Qt::QueuedConnection); // a new row has no place yet
}

void RunPanel::editName()
{
    m_table->editName();
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
        const QModelIndex index = indexOf(run, 0);
        if (index.isValid()) {
            rows.select(index, index.siblingAtColumn(m_filtered->columnCount() - 1));
        }
    }
    m_table->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
}

void RunPanel::filter()
{
    const std::optional<RunId> before = current();
    {
        const QScopedValueRollback selecting(m_selecting, true);
        m_filtered->setOnlyStarred(m_starred->isChecked());
        m_filtered->setWords(m_filter->text());
        m_starred->setIcon(
            icon(m_starred->isChecked() ? QStringLiteral("star-filled") : QStringLiteral("star")));
    }
    if (current() != before) {
        m_table->selectionModel()->clearCurrentIndex(); // nobody chose the neighbour of a row that is hidden
    }
    showSelection();
    Q_EMIT filterChanged();
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
    m_columns->menu()->popup(m_columnsButton->mapToGlobal(QPoint(0, m_columnsButton->height())));
}

void RunPanel::saveState(QSettings& settings) const
{
    settings.setValue(QLatin1String(kFilter), m_filter->text());
    settings.setValue(QLatin1String(kStarred), m_starred->isChecked());
    m_columns->saveState(settings);
}

void RunPanel::restoreState(QSettings& settings)
{
    m_filter->setText(settings.value(QLatin1String(kFilter)).toString());
    m_starred->setChecked(settings.value(QLatin1String(kStarred)).toBool());
    m_columns->restoreState(settings);
}

void RunPanel::retranslate()
{
    m_filter->setPlaceholderText(tr("Filter by name, method, note or state"));
    m_filter->setAccessibleName(tr("Filter of runs"));
    m_starred->setToolTip(tr("Only runs with a star"));
    m_starred->setAccessibleName(tr("Only runs with a star"));
    m_columnsButton->setText(tr("Columns"));
    m_columnsButton->setToolTip(tr("Choose which columns the table shows"));
    m_columnsButton->setAccessibleName(tr("Columns of the table"));
    m_table->setAccessibleName(tr("Runs"));
    m_model->retranslate();
}

} // namespace transept::ui
