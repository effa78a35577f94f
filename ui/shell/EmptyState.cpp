#include "ui/shell/EmptyState.h"

#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/shell/ActionButton.h"

#include <QtCore/QEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {

namespace {

constexpr int kPictureSide = 48;
constexpr int kTextWidth = 460;

} // namespace

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent)
    , m_picture(new QLabel(this))
    , m_title(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_buttons(new QHBoxLayout)
{
    setObjectName(QStringLiteral("emptyState"));
    m_title->setObjectName(QStringLiteral("emptyTitle"));
    m_title->setProperty(look::heading, true);
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.25);
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_sentence->setObjectName(QStringLiteral("emptySentence"));
    m_sentence->setProperty(look::muted, true);
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignHCenter);
    m_sentence->setFixedWidth(kTextWidth);
    m_buttons->setSpacing(space::one);

    auto* column = new QVBoxLayout(this);
    column->setSpacing(space::oneAndHalf);
    column->addStretch(2);
    column->addWidget(m_picture, 0, Qt::AlignHCenter);
    column->addWidget(m_title, 0, Qt::AlignHCenter);
    column->addWidget(m_sentence, 0, Qt::AlignHCenter);
    column->addSpacing(space::one);
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addLayout(m_buttons);
    row->addStretch();
    column->addLayout(row);
    column->addStretch(3);
}

void EmptyState::setTexts(const QString& iconName, const QString& title, const QString& sentence)
{
    m_iconName = iconName;
    m_title->setText(title);
    m_sentence->setText(sentence);
    // A centred label gets one line's height from the layout, however many lines it has.
    m_sentence->setFixedHeight(m_sentence->heightForWidth(kTextWidth));
    updatePicture();
}

void EmptyState::setActions(const QList<QAction*>& actions)
{
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (QAction* action : actions) {
        auto* button = new ActionButton(action, this);
        button->setProperty(look::primary, action == actions.first());
        m_buttons->addWidget(button);
    }
}

void EmptyState::updatePicture()
{
    m_picture->setPixmap(icon(m_iconName, tokensOf(this).mutedText)
                             .pixmap(QSize(kPictureSide, kPictureSide), devicePixelRatioF()));
}

void EmptyState::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        updatePicture();
    }
}

} // namespace transept::ui
