#include "ui/data/InteractionView.h"

#include "ui/data/Tables.h"
#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/text/Numbers.h"

#include <QtCore/QEvent>
#include <QtCore/QSettings>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {

namespace {

constexpr int kTypingPauseMs = 250;
constexpr int kFilterWidth = 180;

} // namespace

InteractionView::InteractionView(Session& session, QWidget* parent)
    : QFrame(parent)
    , m_model(new InteractionModel(session, this))
    , m_table(makeTable(m_model, QStringLiteral("interactionTable"), this))
    , m_user(new QLineEdit(this))
    , m_item(new QLineEdit(this))
    , m_jumpLabel(new QLabel(this))
    , m_jump(new QSpinBox(this))
    , m_count(new QLabel(this))
    , m_nothing(new QLabel(this))
{
    setObjectName(QStringLiteral("interactionView"));
    setProperty(look::card, true);
    buildLayout();
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingPauseMs);
    connect(&m_typing, &QTimer::timeout, this, &InteractionView::ask);
    for (QLineEdit* filter : {m_user, m_item}) {
        connect(filter, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
        connect(filter, &QLineEdit::returnPressed, this, &InteractionView::ask);
    }
    connect(m_jump, &QSpinBox::editingFinished, this, &InteractionView::jump);
    connect(m_jump, &QSpinBox::valueChanged, this, &InteractionView::jump);
    connect(m_model, &InteractionModel::counted, this, &InteractionView::showCount);
    connect(m_model, &InteractionModel::failed, this, &InteractionView::failed);
    retranslate();
}

void InteractionView::buildLayout()
{
    m_user->setObjectName(QStringLiteral("userFilter"));
    m_item->setObjectName(QStringLiteral("itemFilter"));
    m_jump->setObjectName(QStringLiteral("jumpToRow"));
    m_jump->setKeyboardTracking(false);
    m_jump->setGroupSeparatorShown(true);
    m_jump->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_jump->setMinimumWidth(90);
    m_jumpLabel->setBuddy(m_jump);
    m_jumpLabel->setProperty(look::muted, true);
    m_count->setObjectName(QStringLiteral("interactionCount"));
    m_count->setProperty(look::muted, true);
    m_nothing->setObjectName(QStringLiteral("noInteractions"));
    m_nothing->setProperty(look::muted, true);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->hide();
    for (QLineEdit* filter : {m_user, m_item}) {
        filter->setClearButtonEnabled(true);
        filter->setMinimumWidth(kFilterWidth);
    }
    m_user->addAction(icon(QStringLiteral("user")), QLineEdit::LeadingPosition);
    m_item->addAction(icon(QStringLiteral("item")), QLineEdit::LeadingPosition);

    auto* tools = new QHBoxLayout;
    tools->setSpacing(space::one);
    tools->addWidget(m_user);
    tools->addWidget(m_item);
    tools->addStretch(1);
    tools->addWidget(m_count);
    tools->addSpacing(space::one);
    tools->addWidget(m_jumpLabel);
    tools->addWidget(m_jump);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::oneAndHalf, space::oneAndHalf, space::oneAndHalf, space::half);
    column->setSpacing(space::one);
    column->addLayout(tools);
    column->addWidget(m_table, 1);
    column->addWidget(m_nothing, 1);

    using Model = InteractionModel;
    m_table->setVerticalHeader(new RowNumbers(m_table));
    constexpr std::array<int, Model::ColumnCount> widths{150, 150, 300, 80, 150, 90, 90};
    for (int at = 0; at < Model::ColumnCount; ++at) {
        m_table->setColumnWidth(at, widths[static_cast<std::size_t>(at)]);
    }
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(Model::TitleColumn, QHeaderView::Stretch);
}

void InteractionView::show(std::optional<DomainId> domain)
{
    m_domain = domain;
    ask();
}

void InteractionView::filterBy(const QString& user, const QString& item)
{
    m_user->setText(user);
    m_item->setText(item);
    ask();
}

void InteractionView::ask()
{
    m_typing.stop();
    m_model->show(
        m_domain,
        {.user = m_user->text().trimmed().toStdString(), .item = m_item->text().trimmed().toStdString()});
}

void InteractionView::showCount()
{
    const int rows = m_model->rowCount();
    m_count->setText(tr("%Ln interaction(s)", nullptr, rows));
    m_jump->setEnabled(rows > 0);
    m_jump->setRange(1, std::max(1, rows));
    m_nothing->setVisible(rows == 0);
    m_table->setVisible(rows > 0);
    m_nothing->setText(m_user->text().isEmpty() && m_item->text().isEmpty()
                           ? tr("This domain has no interactions yet. Import some.")
                           : tr("No interaction has exactly this user and item."));
}

void InteractionView::jump()
{
    const QModelIndex row = m_model->index(m_jump->value() - 1, 0);
    if (row.isValid()) {
        m_table->scrollTo(row, QAbstractItemView::PositionAtTop);
        m_table->selectRow(row.row());
    }
}

void InteractionView::saveState(QSettings& settings) const
{
    settings.setValue(QStringLiteral("interactionColumns"), m_table->horizontalHeader()->saveState());
}

void InteractionView::restoreState(QSettings& settings)
{
    m_table->horizontalHeader()->restoreState(
        settings.value(QStringLiteral("interactionColumns")).toByteArray());
}

void InteractionView::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showCount();
    }
}

void InteractionView::retranslate()
{
    m_user->setPlaceholderText(tr("User"));
    m_user->setAccessibleName(tr("Show the interactions of this user only"));
    m_user->setToolTip(tr("The id of a user, exactly as it was imported"));
    m_item->setPlaceholderText(tr("Item"));
    m_item->setAccessibleName(tr("Show the interactions with this item only"));
    m_item->setToolTip(tr("The id of an item, exactly as it was imported"));
    m_jumpLabel->setText(tr("Go to row"));
    m_table->setAccessibleName(tr("Interactions"));
}

} // namespace transept::ui
