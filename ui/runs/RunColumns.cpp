#include "ui/runs/RunColumns.h"

#include "ui/runs/RunTableModel.h"

#include <QtCore/QScopedValueRollback>
#include <QtCore/QSettings>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTableView>

#include <algorithm>

namespace transept::ui {
namespace {

constexpr int widestColumn = 280;
constexpr int narrowestColumn = 48;
constexpr int starWidth = 36;

constexpr auto kOrder = "columnOrder";
constexpr auto kWidths = "columnWidths";
constexpr auto kShown = "columnsShown";
constexpr auto kSort = "sortColumn";
constexpr auto kDescending = "sortDescending";

/// The last that is shown: its width is what the others leave.
int stretchedColumn(const QHeaderView& header)
{
    for (int place = header.count() - 1; place >= 0; --place) {
        if (!header.isSectionHidden(header.logicalIndex(place))) {
            return header.logicalIndex(place);
        }
    }
    return -1;
}

} // namespace

RunColumns::RunColumns(QTableView* table, Keys keys, QObject* parent)
    : QObject(parent)
    , m_table(table)
    , m_keys(std::move(keys))
    , m_menu(new QMenu(table))
{
    connect(m_menu, &QMenu::aboutToShow, this, &RunColumns::fillMenu);
    QHeaderView* header = m_table->horizontalHeader();
    header->setMinimumSectionSize(starWidth);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this, [this, header](const QPoint& place) {
        m_menu->popup(header->mapToGlobal(place));
    });
    connect(header, &QHeaderView::sectionResized, this, [this, header](int column, int, int width) {
        if (!m_arranging && width > 0 && column != stretchedColumn(*header)) {
            m_widths[m_keys.of(column)] = width;
        }
    });
    connect(header, &QHeaderView::sortIndicatorChanged, this, [this](int column, Qt::SortOrder order) {
        if (!m_arranging) {
            m_sortKey = column < 0 ? QString() : m_keys.of(column);
            m_sortOrder = order;
        }
    });
    connect(header, &QHeaderView::sectionMoved, this, [this] {
        if (!m_arranging) {
            rememberOrder();
        }
    });
}

void RunColumns::whileChanging(const std::function<void()>& change)
{
    const QScopedValueRollback arranging(m_arranging, true);
    change();
    arrange();
}

bool RunColumns::isShown(const QString& key) const
{
    if (const auto chosen = m_isShown.find(key); chosen != m_isShown.end()) {
        return chosen->second;
    }
    if (m_keys.hiddenAtFirst.contains(key)) {
        return false;
    }
    const auto isAmongFirst = [&](const char* kind, int count) {
        QStringList keys = m_keys.usualOrder();
        keys.removeIf([kind](const QString& each) { return !each.startsWith(QLatin1String(kind)); });
        return keys.indexOf(key) < count; // -1: of another kind
    };
    return isAmongFirst("measure:", m_keys.measuresAtFirst) &&
           isAmongFirst("validation:", m_keys.validationAtFirst);
}

QString RunColumns::nameOf(int column) const
{
    return column == RunTableModel::StarColumn
               ? tr("Star")
               : m_table->model()->headerData(column, Qt::Horizontal).toString();
}

void RunColumns::fillMenu()
{
    m_menu->clear();
    for (const QString& key : m_keys.usualOrder()) {
        const std::optional<int> column = columnOf(key);
        if (!column || *column == RunTableModel::NameColumn) {
            continue;
        }
        QAction* action = m_menu->addAction(nameOf(*column));
        action->setObjectName(QLatin1String("column:") + key);
        action->setCheckable(true);
        action->setChecked(isShown(key));
        connect(action, &QAction::toggled, this, [this, key](bool isWanted) {
            m_isShown[key] = isWanted;
            arrange();
        });
    }
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("Columns as at first")), &QAction::triggered, this, &RunColumns::forget);
}

void RunColumns::forget()
{
    m_isShown.clear();
    m_order.clear();
    m_widths.clear();
    arrange();
}

std::optional<int> RunColumns::columnOf(const QString& key) const
{
    for (int column = 0; column < m_table->model()->columnCount(); ++column) {
        if (m_keys.of(column) == key) {
            return column;
        }
    }
    return std::nullopt;
}

void RunColumns::rememberOrder()
{
    const QHeaderView* header = m_table->horizontalHeader();
    QStringList order;
    for (int place = 0; place < header->count(); ++place) {
        order << m_keys.of(header->logicalIndex(place));
    }
    m_order = order;
}

void RunColumns::orderColumns()
{
    const QStringList usual = m_keys.usualOrder();
    QStringList order = m_order.isEmpty() ? usual : m_order;
    order.removeIf([&usual](const QString& key) { return !usual.contains(key); });
    for (qsizetype at = 0; at < usual.size(); ++at) {
        if (!order.contains(usual[at])) { // a measure that is new stands behind the one it usually follows
            order.insert(at == 0 ? 0 : order.indexOf(usual[at - 1]) + 1, usual[at]);
        }
    }
    QHeaderView* header = m_table->horizontalHeader();
    for (int place = 0; place < std::min<int>(header->count(), static_cast<int>(order.size())); ++place) {
        header->moveSection(header->visualIndex(columnOf(order[place]).value_or(place)), place);
    }
}

void RunColumns::arrange()
{
    const QScopedValueRollback arranging(m_arranging, true);
    orderColumns();
    QHeaderView* header = m_table->horizontalHeader();
    header->setStretchLastSection(false); // else what the last one is stretched to counts as its own width
    m_table->resizeColumnsToContents();
    for (int column = 0; column < m_table->model()->columnCount(); ++column) {
        const QString key = m_keys.of(column);
        const auto width = m_widths.find(key);
        const int natural = std::clamp(m_table->columnWidth(column), narrowestColumn, widestColumn);
        m_table->setColumnWidth(column,
                                column == RunTableModel::StarColumn ? starWidth
                                : width != m_widths.end()           ? width->second
                                                                    : natural);
        m_table->setColumnHidden(column, !isShown(key));
    }
    header->setStretchLastSection(true);
    m_table->sortByColumn(columnOf(m_sortKey).value_or(-1), m_sortOrder);
}

void RunColumns::saveState(QSettings& settings) const
{
    settings.setValue(QLatin1String(kOrder), m_order);
    QVariantMap widths;
    for (const auto& [key, width] : m_widths) {
        widths.insert(key, width);
    }
    settings.setValue(QLatin1String(kWidths), widths);
    QVariantMap shown;
    for (const auto& [key, isWanted] : m_isShown) {
        shown.insert(key, isWanted);
    }
    settings.setValue(QLatin1String(kShown), shown);
    settings.setValue(QLatin1String(kSort), m_sortKey);
    settings.setValue(QLatin1String(kDescending), m_sortOrder == Qt::DescendingOrder);
}

void RunColumns::restoreState(QSettings& settings)
{
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
    arrange();
}

} // namespace transept::ui
