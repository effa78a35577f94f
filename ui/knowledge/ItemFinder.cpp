#include "ui/knowledge/ItemFinder.h"

#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"

#include <QtCore/QEvent>
#include <QtCore/QSettings>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr int typingMilliseconds = 200;
constexpr int mostFound = 200;
constexpr auto kDomain = "browserDomain";

/// As wide as the list: a longer title ends in "…".
class ElidingDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return {1, QStyledItemDelegate::sizeHint(option, index).height()};
    }
};

Result<std::vector<ItemRecord>> recordsOf(const Workspace& workspace, const std::vector<ItemId>& items)
{
    std::vector<ItemRecord> records;
    for (const ItemId item : items) {
        Result<ItemRecord> record = Explorer(workspace).item(item);
        if (!record) {
            return passOn(record);
        }
        records.push_back(std::move(*record));
    }
    return records;
}

} // namespace

ItemFinder::ItemFinder(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_query(session)
    , m_domain(new QComboBox)
    , m_search(new QLineEdit)
    , m_lassoBar(new QWidget)
    , m_lassoNote(new QLabel)
    , m_letGo(new QToolButton)
    , m_list(new QListView)
    , m_found(new FoundItemModel(this))
{
    build();
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMilliseconds);
    connect(&m_typing, &QTimer::timeout, this, &ItemFinder::findItems);
    connect(m_search, &QLineEdit::textEdited, &m_typing, qOverload<>(&QTimer::start));
    connect(m_search, &QLineEdit::textEdited, this, &ItemFinder::letGo);
    connect(m_domain, &QComboBox::currentIndexChanged, this, &ItemFinder::findItems);
    connect(m_domain, &QComboBox::activated, this, &ItemFinder::letGo);
    connect(m_letGo, &QToolButton::clicked, this, &ItemFinder::letGo);
    connect(m_list->selectionModel(),
            &QItemSelectionModel::currentChanged,
            this,
            [this](const QModelIndex& current) {
                if (current.isValid()) {
                    m_session.selection().setItem(
                        ItemId{current.data(FoundItemModel::ItemRole).toLongLong()});
                }
            });
    connect(m_list, &QListView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT pageWanted(ItemId{index.data(FoundItemModel::ItemRole).toLongLong()});
    });
    connect(&m_session.selection(), &Selection::itemChanged, this, [this] {
        if (m_session.selection().item()) {
            selectFound();
        }
    });
    connect(&m_session.selection(), &Selection::itemsChanged, this, &ItemFinder::followLasso);
    retranslate();
}

void ItemFinder::build()
{
    m_domain->setObjectName(QStringLiteral("itemDomain"));
    m_search->setObjectName(QStringLiteral("itemSearch"));
    m_search->setClearButtonEnabled(true);
    m_lassoNote->setObjectName(QStringLiteral("lassoNote"));
    m_lassoNote->setProperty(look::muted, true);
    m_lassoNote->setWordWrap(true);
    m_letGo->setObjectName(QStringLiteral("letGo"));
    m_letGo->setIcon(icon(QStringLiteral("close")));
    m_letGo->setAutoRaise(true);
    m_list->setObjectName(QStringLiteral("foundItems"));
    m_list->setModel(m_found);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setItemDelegate(new ElidingDelegate(m_list));
    auto* row = new QHBoxLayout(m_lassoBar);
    row->setContentsMargins(space::half, 0, 0, 0);
    row->addWidget(m_lassoNote, 1);
    row->addWidget(m_letGo);
    m_lassoBar->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_domain);
    column->addWidget(m_search);
    column->addWidget(m_lassoBar);
    column->addWidget(m_list, 1);
}

void ItemFinder::setDomains(std::vector<Domain> domains)
{
    const QSignalBlocker quiet(m_domain);
    const QString chosen = m_domain->count() > 0 ? m_domain->currentText() : m_wantedDomain;
    m_domains = std::move(domains);
    m_domain->clear();
    for (const Domain& domain : m_domains) {
        m_domain->addItem(QString::fromStdString(domain.name));
    }
    m_domain->setCurrentIndex(std::max(0, m_domain->findText(chosen)));
    findItems();
}

void ItemFinder::letGo()
{
    m_session.selection().setItems({});
}

/// The lassoed items in place of those found; these again when it is let go.
void ItemFinder::followLasso()
{
    std::vector<ItemId> items = m_session.selection().items();
    m_lassoBar->setVisible(!items.empty());
    nameLasso();
    if (items.empty()) {
        findItems();
        return;
    }
    items.resize(std::min(items.size(), static_cast<std::size_t>(mostFound)));
    m_query.ask<std::vector<ItemRecord>>(
        [items](const Workspace& workspace, const JobContext&) { return recordsOf(workspace, items); },
        [this](Result<std::vector<ItemRecord>> records) { take(std::move(records)); });
}

void ItemFinder::nameLasso()
{
    const auto count = static_cast<int>(m_session.selection().items().size());
    m_lassoNote->setText(count > mostFound
                             ? tr("%Ln lassoed items, the first %1 of them", nullptr, count).arg(mostFound)
                             : tr("%Ln lassoed item(s)", nullptr, count));
}

void ItemFinder::findItems()
{
    if (!m_session.selection().items().empty()) {
        return; // these are shown
    }
    const int place = m_domain->currentIndex();
    if (place < 0) {
        m_query.cancel();
        m_found->setItems({});
        return;
    }
    const DomainId domain = m_domains[static_cast<std::size_t>(place)].id;
    const std::string text = m_search->text().trimmed().toStdString();
    m_query.ask<std::vector<ItemRecord>>(
        [domain, text](const Workspace& workspace, const JobContext&) {
            return Explorer(workspace).items(domain, text, ItemId{0}, mostFound);
        },
        [this](Result<std::vector<ItemRecord>> items) {
            const bool isAny = items && !items->empty();
            take(std::move(items));
            if (isAny && !m_session.selection().item()) {
                m_list->setCurrentIndex(m_found->index(0));
            }
        });
}

void ItemFinder::take(Result<std::vector<ItemRecord>> items)
{
    if (!items) {
        Q_EMIT failed(items.error());
        return;
    }
    m_found->setItems(std::move(*items));
    selectFound();
}

void ItemFinder::selectFound()
{
    const std::optional<ItemId> chosen = m_session.selection().item();
    const std::optional<int> row = chosen ? m_found->rowOf(*chosen) : std::nullopt;
    m_list->setCurrentIndex(row ? m_found->index(*row) : QModelIndex());
}

void ItemFinder::saveState(QSettings& settings) const
{
    settings.setValue(QLatin1String(kDomain),
                      m_domain->count() > 0 ? m_domain->currentText() : m_wantedDomain);
}

void ItemFinder::restoreState(QSettings& settings)
{
    m_wantedDomain = settings.value(QLatin1String(kDomain)).toString();
}

void ItemFinder::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void ItemFinder::retranslate()
{
    m_domain->setAccessibleName(tr("Domain of the items"));
    m_search->setPlaceholderText(tr("Find an item by title or id"));
    m_search->setAccessibleName(tr("Find an item by title or id"));
    m_list->setAccessibleName(tr("Items"));
    m_letGo->setToolTip(tr("Show all items again (Escape on the map)"));
    m_letGo->setAccessibleName(tr("Let the lassoed items go"));
    nameLasso();
}

} // namespace transept::ui
