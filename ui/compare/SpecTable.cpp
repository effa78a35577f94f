#include "ui/compare/SpecTable.h"

#include "core/experiment/Spec.h"
#include "ui/compare/RunHeader.h"
#include "ui/look/TableLook.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QSignalBlocker>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace transept::ui {
namespace {

constexpr int pathWidth = 200;
constexpr int leastRunWidth = 120;

/// Settings are shown as they are typed: digits are never cut.
QString textOf(const Json& value)
{
    if (value.is_string()) {
        return QString::fromStdString(value.get<std::string>());
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? SpecTableModel::tr("yes") : SpecTableModel::tr("no");
    }
    if (value.is_array()) {
        QStringList parts;
        for (const Json& part : value) {
            parts << textOf(part);
        }
        return parts.isEmpty() ? numbers::missing() : parts.join(QStringLiteral(", "));
    }
    return value.is_null() ? numbers::missing() : QString::fromStdString(value.dump());
}

} // namespace

void SpecTableModel::setSpecs(std::vector<RunRecord> runs,
                              std::map<std::string, std::vector<Json>> differences)
{
    beginResetModel();
    m_runs = std::move(runs);
    m_differences = std::move(differences);
    fillRows();
    endResetModel();
}

void SpecTableModel::setOnlyDifferences(bool only)
{
    beginResetModel();
    m_onlyDifferences = only;
    fillRows();
    endResetModel();
}

void SpecTableModel::fillRows()
{
    m_rows.clear();
    std::map<std::string, Row> rows;
    if (!m_onlyDifferences) {
        std::vector<Json> specs;
        for (const RunRecord& run : m_runs) {
            specs.push_back(run.spec);
        }
        specs.push_back(Json::object()); // from an empty spec every setting differs
        for (auto& [path, values] : difference(specs)) {
            values.pop_back();
            rows[path].values = std::move(values);
        }
    }
    for (const auto& [path, values] : m_differences) {
        rows[path] = {.path = path, .values = values, .differs = true};
    }
    for (auto& [path, row] : rows) {
        row.path = path;
        m_rows.push_back(std::move(row));
    }
}

void SpecTableModel::retranslate()
{
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

int SpecTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SpecTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : FirstRunColumn + static_cast<int>(m_runs.size());
}

QVariant SpecTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return index.column() == PathColumn
                   ? QString::fromStdString(row.path)
                   : textOf(row.values[static_cast<std::size_t>(index.column() - FirstRunColumn)]);
    case DiffersRole:
        return row.differs;
    case Qt::FontRole: {
        QFont font = tabularFont(QGuiApplication::font());
        font.setBold(row.differs && !m_onlyDifferences);
        return font;
    }
    default:
        return {};
    }
}

QVariant SpecTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (section == PathColumn) {
        return role == Qt::DisplayRole ? tr("Setting") : QVariant();
    }
    return runHeaderData(m_runs[static_cast<std::size_t>(section - FirstRunColumn)], role);
}

SpecCard::SpecCard(QWidget* parent)
    : QFrame(parent)
    , m_model(new SpecTableModel(this))
    , m_only(new QCheckBox(this))
    , m_table(new QTableView(this))
    , m_nothing(new QLabel(this))
    , m_stack(new QStackedWidget(this))
{
    setProperty(look::card, true);
    m_only->setObjectName(QStringLiteral("onlyDifferences"));
    m_only->setChecked(true);
    m_nothing->setObjectName(QStringLiteral("nothingDiffers"));
    m_nothing->setProperty(look::muted, true);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_table->setObjectName(QStringLiteral("specTable"));
    m_table->setModel(m_model);
    setUpRunTable(m_table, leastRunWidth);
    m_table->setMinimumHeight(3 * tableRowHeight);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_nothing);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(space::two, space::one, space::two, space::half);
    line->addStretch();
    line->addWidget(m_only);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, space::half);
    column->setSpacing(0);
    column->addLayout(line);
    column->addWidget(m_stack, 1);
    connect(m_only, &QCheckBox::toggled, this, [this](bool only) {
        m_model->setOnlyDifferences(only);
        arrange();
    });
}

void SpecCard::setSpecs(std::vector<RunRecord> runs, std::map<std::string, std::vector<Json>> differences)
{
    m_model->setSpecs(std::move(runs), std::move(differences));
    arrange();
}

bool SpecCard::showsOnlyDifferences() const
{
    return m_only->isChecked();
}

void SpecCard::setOnlyDifferences(bool only)
{
    m_only->setChecked(only);
}

void SpecCard::arrange()
{
    m_stack->setCurrentWidget(m_model->rowCount() == 0 ? static_cast<QWidget*>(m_nothing) : m_table);
    QHeaderView* header = m_table->horizontalHeader();
    header->setStretchLastSection(false);
    for (int column = 0; column < m_model->columnCount(); ++column) {
        header->setSectionResizeMode(
            column, column == SpecTableModel::PathColumn ? QHeaderView::Interactive : QHeaderView::Stretch);
    }
    m_table->resizeColumnToContents(SpecTableModel::PathColumn);
    m_table->setColumnWidth(SpecTableModel::PathColumn,
                            std::max(pathWidth, m_table->columnWidth(SpecTableModel::PathColumn)));
}

void SpecCard::retranslate()
{
    m_only->setText(tr("only differences"));
    m_only->setToolTip(tr("Off: all settings, those that differ in bold"));
    m_only->setAccessibleName(tr("Only settings that differ"));
    m_table->setAccessibleName(tr("Settings of the selected runs"));
    m_nothing->setText(tr("All settings of these runs are the same."));
    m_model->retranslate();
    arrange();
}

} // namespace transept::ui
