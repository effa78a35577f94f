#include "ui/welcome/WelcomePage.h"

#include "ui/look/Theme.h"
#include "ui/settings/Settings.h"
#include "ui/shell/ActionButton.h"

#include <QtCore/QEvent>
#include <QtCore/QFileInfo>
#include <QtCore/QPointer>
#include <QtCore/QThreadPool>
#include <QtGui/QAction>
#include <QtGui/QPainter>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {

namespace {

constexpr int kMissingRole = Qt::UserRole + 1;
constexpr int kFileRole = Qt::UserRole;
constexpr int kPictureSide = 72;
constexpr int kLeftWidth = 380;
constexpr int kRightWidth = 440;
constexpr int kRowHeight = 52;

/// File name above its folder.
class WorkspaceDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, kRowHeight}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Tokens& tokens = tokensOf(option.palette);
        const bool isMissing = index.data(kMissingRole).toBool();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state.testFlag(QStyle::State_Selected) || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(option.state.testFlag(QStyle::State_Selected) ? tokens.selection
                                                                            : tokens.hover);
            painter->drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), space::radius, space::radius);
        }
        const QRect line =
            option.rect.adjusted(space::oneAndHalf, space::half, -space::oneAndHalf, -space::half);
        QFont bold = option.font;
        bold.setWeight(QFont::DemiBold);
        painter->setFont(bold);
        painter->setPen(isMissing ? tokens.disabledText : tokens.text);
        const int half = line.height() / 2;
        painter->drawText(line.adjusted(0, 0, 0, -half), Qt::AlignVCenter, index.data().toString());
        painter->setFont(option.font);
        painter->setPen(isMissing ? tokens.disabledText : tokens.mutedText);
        const QString folder = option.fontMetrics.elidedText(
            index.data(Qt::ToolTipRole).toString(), Qt::ElideMiddle, line.width());
        painter->drawText(line.adjusted(0, half, 0, 0), Qt::AlignVCenter, folder);
        painter->restore();
    }
};

} // namespace

WelcomePage::WelcomePage(Settings& settings, const QList<QAction*>& ways, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_picture(new QLabel(this))
    , m_name(new QLabel(QStringLiteral("Transept"), this))
    , m_sentence(new QLabel(this))
    , m_recentTitle(new QLabel(this))
    , m_noneYet(new QLabel(this))
    , m_recent(new QListWidget(this))
    , m_forget(new QAction(this))
{
    setObjectName(QStringLiteral("welcomePage"));
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addLayout(buildLeft(ways));
    row->addSpacing(space::three * 2);
    row->addWidget(buildRight(), 100);
    row->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->addStretch(2);
    column->addLayout(row);
    column->addStretch(3);

    connect(m_recent, &QListWidget::itemActivated, this, &WelcomePage::choose);
    connect(m_recent, &QListWidget::itemClicked, this, &WelcomePage::choose);
    connect(m_forget, &QAction::triggered, this, &WelcomePage::forget);
    retranslate();
    updatePicture();
}

QLayout* WelcomePage::buildLeft(const QList<QAction*>& ways)
{
    QFont big = m_name->font();
    big.setPointSizeF(big.pointSizeF() * 2.4);
    big.setWeight(QFont::Bold);
    m_name->setFont(big);
    m_sentence->setWordWrap(true);
    m_sentence->setProperty(look::muted, true);
    m_sentence->setFixedWidth(kLeftWidth);

    auto* column = new QVBoxLayout;
    column->setSpacing(space::one);
    column->addWidget(m_picture);
    column->addSpacing(space::one);
    column->addWidget(m_name);
    column->addWidget(m_sentence);
    column->addSpacing(space::three);
    auto* buttons = new QGridLayout;
    buttons->setSpacing(space::one);
    constexpr int inARow = 2;
    for (int place = 0; place < ways.size(); ++place) {
        auto* button = new ActionButton(ways[place], this);
        button->setProperty(look::primary, place == 0);
        buttons->addWidget(button, place / inARow, place % inARow);
        m_firstWay = place == 0 ? button : m_firstWay;
    }
    buttons->setColumnStretch(inARow, 1);
    column->addLayout(buttons);
    column->addStretch();
    return column;
}

QWidget* WelcomePage::buildRight()
{
    QFont bold = m_recentTitle->font();
    bold.setWeight(QFont::DemiBold);
    m_recentTitle->setFont(bold);
    m_noneYet->setProperty(look::muted, true);
    m_noneYet->setWordWrap(true);
    m_recent->setObjectName(QStringLiteral("recentList"));
    m_recent->setItemDelegate(new WorkspaceDelegate(m_recent));
    m_recent->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_recent->setMouseTracking(true);
    m_recent->setFixedHeight(kRowHeight * 6);
    m_recent->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_recent->addAction(m_forget);

    auto* right = new QWidget(this);
    right->setMaximumWidth(kRightWidth);
    auto* column = new QVBoxLayout(right);
    column->setSpacing(space::one);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_recentTitle);
    column->addWidget(m_noneYet);
    column->addWidget(m_recent);
    column->addStretch();
    return right;
}

void WelcomePage::refresh()
{
    m_recent->clear();
    for (const QString& file : m_settings.recentWorkspaces()) {
        const QFileInfo path(file); // splits the text only: asks no disk
        auto* item = new QListWidgetItem(path.completeBaseName(), m_recent);
        item->setData(kFileRole, file);
        item->setToolTip(path.path());
    }
    const bool isAny = m_recent->count() > 0;
    m_recent->setVisible(isAny);
    m_noneYet->setVisible(!isAny);
    markMissing();
}

void WelcomePage::markMissing()
{
    QThreadPool::globalInstance()->start(
        [files = m_settings.recentWorkspaces(), page = QPointer<WelcomePage>(this)] {
            QStringList missing;
            for (const QString& file : files) {
                if (!QFileInfo::exists(file)) {
                    missing.append(file);
                }
            }
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [page, missing] {
                    for (int at = 0; page && at < page->m_recent->count(); ++at) {
                        QListWidgetItem* item = page->m_recent->item(at);
                        item->setData(kMissingRole, missing.contains(item->data(kFileRole).toString()));
                    }
                },
                Qt::QueuedConnection);
        });
}

void WelcomePage::choose(const QListWidgetItem* item)
{
    Q_EMIT workspaceChosen(item->data(kFileRole).toString());
}

void WelcomePage::forget()
{
    if (const QListWidgetItem* item = m_recent->currentItem()) {
        m_settings.removeRecentWorkspace(item->data(kFileRole).toString());
        refresh();
    }
}

void WelcomePage::retranslate()
{
    m_sentence->setText(tr(
        "Does knowledge from other domains and from a language model make recommendations better here? How "
        "much, for whom, and why? Import your data, train, compare, and see."));
    m_recentTitle->setText(tr("Recent workspaces"));
    m_noneYet->setText(tr("Workspaces that you open appear here."));
    m_recent->setAccessibleName(m_recentTitle->text());
    m_forget->setText(tr("Remove from this list"));
}

void WelcomePage::updatePicture()
{
    m_picture->setPixmap(QIcon(QStringLiteral(":/application/transept.svg"))
                             .pixmap(QSize(kPictureSide, kPictureSide), devicePixelRatioF()));
}

void WelcomePage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void WelcomePage::showEvent(QShowEvent* event)
{
    refresh();
    QWidget::showEvent(event);
    if (m_recent->count() > 0) {
        m_recent->setCurrentRow(0);
        m_recent->setFocus();
    } else {
        m_firstWay->setFocus();
    }
}

} // namespace transept::ui
