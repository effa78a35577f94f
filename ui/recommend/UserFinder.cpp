#include "ui/recommend/UserFinder.h"

#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/recommend/UserModel.h"

#include <QtCore/QEvent>
#include <QtCore/QSignalBlocker>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr int mostUsers = 200;
constexpr int typingMilliseconds = 200;

/// The user's id, and at the right how many interactions there are.
class UserDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyleOptionViewItem look = option;
        initStyleOption(&look, index);
        const QString total = index.data(UserModel::TotalRole).toString();
        const QFont tabular = tabularFont(option.font);
        const int width = QFontMetrics(tabular).horizontalAdvance(total) + space::two;
        look.text =
            look.fontMetrics.elidedText(look.text, Qt::ElideRight, option.rect.width() - width - space::two);
        QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &look, painter, look.widget);
        painter->save();
        painter->setFont(tabular);
        painter->setPen(tokensOf(option.palette).mutedText);
        painter->drawText(
            option.rect.adjusted(0, 0, -space::one, 0), Qt::AlignRight | Qt::AlignVCenter, total);
        painter->restore();
    }
};

} // namespace

UserFinder::UserFinder(Session& session, QWidget* parent)
    : QFrame(parent)
    , m_session(session)
    , m_query(session)
    , m_search(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_model(new UserModel(this))
    , m_nobody(new QLabel(this))
{
    build();
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMilliseconds);
    connect(&m_typing, &QTimer::timeout, this, &UserFinder::refresh);
    connect(m_search, &QLineEdit::textEdited, &m_typing, qOverload<>(&QTimer::start));
    connect(m_list->selectionModel(),
            &QItemSelectionModel::currentChanged,
            this,
            [this](const QModelIndex& current) {
                if (current.isValid()) {
                    m_session.selection().setUser(PersonId{current.data(UserModel::PersonRole).toLongLong()});
                }
            });
    connect(&session.selection(), &Selection::userChanged, this, &UserFinder::followSelection);
    retranslate();
}

void UserFinder::build()
{
    setProperty(look::card, true);
    m_search->setObjectName(QStringLiteral("userSearch"));
    m_search->setClearButtonEnabled(true);
    m_list->setObjectName(QStringLiteral("users"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new UserDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_nobody->setObjectName(QStringLiteral("nobodyFound"));
    m_nobody->setProperty(look::muted, true);
    m_nobody->setWordWrap(true);
    m_nobody->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_nobody->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::oneAndHalf, space::oneAndHalf, space::oneAndHalf, space::one);
    column->addWidget(m_search);
    column->addWidget(m_nobody, 1);
    column->addWidget(m_list, 1);
}

void UserFinder::refresh()
{
    const std::string text = m_search->text().trimmed().toStdString();
    m_isAsking = true;
    updateShown();
    m_query.ask<std::vector<UserSummary>>(
        [text](const Workspace& workspace, const JobContext&) { return users(workspace, text, mostUsers); },
        [this](Result<std::vector<UserSummary>> found) {
            m_isAsking = false;
            if (found) {
                showUsers(std::move(*found));
            } else {
                Q_EMIT failed(found.error());
            }
        });
}

void UserFinder::showUsers(std::vector<UserSummary> users)
{
    {
        const QSignalBlocker quiet(m_list->selectionModel());
        m_model->setUsers(std::move(users));
    }
    updateShown();
    if (!m_session.selection().user() && m_model->rowCount() > 0) {
        m_list->setCurrentIndex(m_model->index(0));
    } else {
        followSelection();
    }
}

void UserFinder::updateShown()
{
    const bool isEmpty = m_model->rowCount() == 0;
    m_list->setVisible(!isEmpty);
    m_nobody->setVisible(isEmpty);
    retranslate();
}

void UserFinder::followSelection()
{
    const std::optional<PersonId> chosen = m_session.selection().user();
    const std::optional<int> row = chosen ? m_model->rowOf(*chosen) : std::nullopt;
    m_list->setCurrentIndex(row ? m_model->index(*row) : QModelIndex());
}

void UserFinder::chooseNext()
{
    const int next = m_list->currentIndex().isValid() ? m_list->currentIndex().row() + 1 : 0;
    m_list->setCurrentIndex(m_model->index(next % std::max(1, m_model->rowCount())));
}

void UserFinder::clear()
{
    m_query.cancel();
    m_isAsking = false;
    m_model->setUsers({});
}

void UserFinder::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void UserFinder::retranslate()
{
    m_search->setPlaceholderText(tr("Find a user by id"));
    m_search->setAccessibleName(tr("Find a user by id"));
    m_list->setAccessibleName(tr("Users, the most active first"));
    const QString text = m_search->text().trimmed();
    m_nobody->setText(m_isAsking       ? tr("Looking for the most active users…")
                      : text.isEmpty() ? tr("There is no user yet.")
                                       : tr("No user's id starts with “%1”.").arg(text));
}

} // namespace transept::ui
