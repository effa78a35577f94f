#include "ui/shell/MessageBar.h"

#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {

namespace {

constexpr int kAtMost = 4; ///< older ones make room

QString wordOf(Message::Kind kind)
{
    switch (kind) {
    case Message::Kind::Info:
        return QStringLiteral("info");
    case Message::Kind::Good:
        return QStringLiteral("good");
    case Message::Kind::Warning:
        return QStringLiteral("warning");
    case Message::Kind::Bad:
        return QStringLiteral("bad");
    }
    Q_UNREACHABLE();
}

QColor colourOf(Message::Kind kind, const Tokens& tokens)
{
    switch (kind) {
    case Message::Kind::Info:
        return tokens.accent;
    case Message::Kind::Good:
        return tokens.good;
    case Message::Kind::Warning:
        return tokens.warning;
    case Message::Kind::Bad:
        return tokens.bad;
    }
    Q_UNREACHABLE();
}

} // namespace

/// One message.
class MessageBar::Strip final : public QFrame
{
public:
    Strip(MessageBar& bar, Message message)
        : QFrame(&bar)
        , m_message(std::move(message))
        , m_picture(new QLabel(this))
        , m_text(new QLabel(this))
        , m_close(new QToolButton(this))
    {
        setObjectName(QStringLiteral("messageStrip"));
        setProperty("kind", wordOf(m_message.kind));
        m_text->setObjectName(QStringLiteral("messageText"));
        m_text->setWordWrap(true);
        m_text->setTextFormat(Qt::PlainText);
        m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_close->setObjectName(QStringLiteral("closeMessageButton"));
        m_close->setIcon(icon(QStringLiteral("close")));

        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(space::oneAndHalf, space::one, space::one, space::one);
        row->setSpacing(space::oneAndHalf);
        row->addWidget(m_picture, 0, Qt::AlignVCenter);
        row->addWidget(m_text, 1);
        for (const Remedy& remedy : m_message.remedies) {
            auto* button = new QPushButton(this);
            button->setObjectName(QStringLiteral("remedyButton"));
            connect(button, &QPushButton::clicked, this, [this, &bar, act = remedy.act] {
                bar.remove(this);
                act();
            });
            m_buttons.push_back(button);
            row->addWidget(button, 0, Qt::AlignVCenter);
        }
        row->addWidget(m_close, 0, Qt::AlignVCenter);
        connect(m_close, &QToolButton::clicked, this, [this, &bar] { bar.remove(this); });
        updateTexts();
        updateColours();
    }

    const QString& topic() const { return m_message.topic; }

    void updateTexts()
    {
        m_text->setText(m_message.text());
        setAccessibleName(m_text->text());
        m_close->setToolTip(MessageBar::tr("Close this message"));
        m_close->setAccessibleName(m_close->toolTip());
        for (std::size_t at = 0; at < m_buttons.size(); ++at) {
            m_buttons[at]->setText(m_message.remedies[at].text());
        }
    }

    void updateColours()
    {
        m_picture->setPixmap(icon(wordOf(m_message.kind), colourOf(m_message.kind, tokensOf(this)))
                                 .pixmap(QSize(18, 18), devicePixelRatioF()));
    }

protected:
    void changeEvent(QEvent* event) override
    {
        QFrame::changeEvent(event);
        if (event->type() == QEvent::PaletteChange) {
            updateColours();
        }
    }

private:
    Message m_message;
    QLabel* m_picture;
    QLabel* m_text;
    QToolButton* m_close;
    std::vector<QPushButton*> m_buttons;
};

MessageBar::MessageBar(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("messageBar"));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::one);
    hide();
}

void MessageBar::show(Message message)
{
    if (!message.topic.isEmpty()) {
        clear(message.topic);
    }
    while (count() >= kAtMost) {
        remove(static_cast<Strip*>(m_column->itemAt(0)->widget()));
    }
    m_column->addWidget(new Strip(*this, std::move(message)));
    QWidget::show();
}

void MessageBar::show(const Error& error, std::vector<Remedy> remedies, const QString& topic)
{
    if (error.code == ErrorCode::Cancelled) {
        return;
    }
    show(Message{.kind = Message::Kind::Bad,
                 .text = [error] { return sentences::of(error); },
                 .remedies = std::move(remedies),
                 .topic = topic});
}

void MessageBar::clear(const QString& topic)
{
    for (int at = count() - 1; at >= 0; --at) {
        auto* strip = static_cast<Strip*>(m_column->itemAt(at)->widget());
        if (strip->topic() == topic) {
            remove(strip);
        }
    }
}

void MessageBar::clearAll()
{
    while (count() > 0) {
        remove(static_cast<Strip*>(m_column->itemAt(0)->widget()));
    }
}

int MessageBar::count() const
{
    return m_column->count();
}

void MessageBar::remove(Strip* strip)
{
    m_column->removeWidget(strip);
    strip->hide();
    strip->deleteLater(); // the click that asks for this comes from one of its buttons
    setVisible(count() > 0);
}

void MessageBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        for (int at = 0; at < count(); ++at) {
            static_cast<Strip*>(m_column->itemAt(at)->widget())->updateTexts();
        }
    }
}

} // namespace transept::ui
