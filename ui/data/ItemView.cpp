#include "ui/data/ItemView.h"

#include "ui/data/Tables.h"
#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/shell/LassoToggle.h"

#include <QtCore/QEvent>
#include <QtCore/QSettings>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {

namespace {

constexpr int kTypingPauseMs = 250;
constexpr int kSearchWidth = 320;

} // namespace

ItemView::ItemView(Session& session, QWidget* parent)
    : QFrame(parent)
    , m_session(session)
    , m_model(new ItemModel(session, this))
    , m_table(makeTable(m_model, QStringLiteral("itemTable"), this))
    , m_search(new QLineEdit(this))
    , m_onlySelected(new LassoToggle(session.selection(), this))
    , m_hint(new QLabel(this))
    , m_nothing(new QLabel(this))
{
    setObjectName(QStringLiteral("itemView"));
    setProperty(look::card, true);
    buildLayout();
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingPauseMs);
    connect(&m_typing, &QTimer::timeout, this, &ItemView::ask);
    connect(m_search, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_search, &QLineEdit::returnPressed, this, &ItemView::ask);
    connect(m_onlySelected, &LassoToggle::amongChanged, this, &ItemView::ask);
    connect(m_model, &ItemModel::arrived, this, &ItemView::showState);
    connect(m_model, &ItemModel::failed, this, &ItemView::failed);
    connect(m_table->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            [this](const QModelIndex& current) {
                const QVariant id = current.data(ItemModel::IdRole);
                if (id.isValid()) {
                    m_session.selection().setItem(ItemId{id.toLongLong()});
                }
            });
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (index.data(ItemModel::IdRole).isValid()) {
            Q_EMIT itemActivated(index.siblingAtColumn(ItemModel::KeyColumn).data().toString());
        }
    });
    retranslate();
}

void ItemView::buildLayout()
{
    m_search->setObjectName(QStringLiteral("itemSearch"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(kSearchWidth);
    m_search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_onlySelected->setObjectName(QStringLiteral("onlySelected"));
    m_onlySelected->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_hint->setProperty(look::muted, true);
    m_nothing->setObjectName(QStringLiteral("noItems"));
    m_nothing->setProperty(look::muted, true);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->hide();

    auto* tools = new QHBoxLayout;
    tools->setSpacing(space::one);
    tools->addWidget(m_search);
    tools->addWidget(m_onlySelected);
    tools->addStretch(1);
    tools->addWidget(m_hint);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::oneAndHalf, space::oneAndHalf, space::oneAndHalf, space::half);
    column->setSpacing(space::one);
    column->addLayout(tools);
    column->addWidget(m_table, 1);
    column->addWidget(m_nothing, 1);

    m_table->setColumnWidth(ItemModel::KeyColumn, 150);
    m_table->setColumnWidth(ItemModel::TitleColumn, 300);
    m_table->setColumnWidth(ItemModel::InteractionsColumn, 110);
}

void ItemView::show(std::optional<DomainId> domain)
{
    m_domain = domain;
    ask();
}

void ItemView::ask()
{
    m_typing.stop();
    m_model->show(m_domain, m_search->text().trimmed(), m_onlySelected->among());
}

void ItemView::showState()
{
    const bool isEmpty = m_model->rowCount() == 0;
    m_nothing->setVisible(isEmpty);
    m_table->setVisible(!isEmpty);
    m_nothing->setText(m_search->text().isEmpty()
                           ? tr("This domain has no items yet. Import interactions or descriptions of items.")
                           : tr("No id and no title contains this text."));
    if (isEmpty && m_onlySelected->isChecked() && m_search->text().isEmpty()) {
        m_nothing->setText(tr("None of the lassoed items is of this domain."));
    }
}

void ItemView::saveState(QSettings& settings) const
{
    settings.setValue(QStringLiteral("itemColumns"), m_table->horizontalHeader()->saveState());
}

void ItemView::restoreState(QSettings& settings)
{
    m_table->horizontalHeader()->restoreState(settings.value(QStringLiteral("itemColumns")).toByteArray());
}

void ItemView::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showState();
    }
}

void ItemView::retranslate()
{
    m_search->setPlaceholderText(tr("Search ids and titles"));
    m_search->setAccessibleName(tr("Search ids and titles of items"));
    m_hint->setText(tr("Double-click an item to see its interactions."));
    m_table->setAccessibleName(tr("Items"));
}

} // namespace transept::ui
