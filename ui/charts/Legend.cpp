#include "ui/charts/Legend.h"

#include "ui/look/SeriesColours.h"
#include "ui/look/Theme.h"

#include <QtCore/QEvent>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

namespace transept::ui {
namespace {

constexpr int gap = 4;
constexpr int noteIndent = 26; // below the name, not the mark

} // namespace

Legend::Legend(QWidget* parent) : QWidget(parent)
{
    // Its height follows from its width alone: what it would need while it is narrow is no minimum.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void Legend::setEntries(const std::vector<Entry>& entries)
{
    if (entries == m_entries) {
        return;
    }
    m_entries = entries;
    for (QWidget* old : findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        old->deleteLater();
        old->hide();
    }
    m_buttons.clear();
    m_notes.clear();
    for (const Entry& entry : m_entries) {
        m_buttons.push_back(makeButton(entry));
        m_notes.push_back(entry.note.isEmpty() ? nullptr : makeNote(entry));
    }
    setMinimumHeight(m_buttons.empty() ? 0 : m_buttons.front()->sizeHint().height());
    setVisible(!m_entries.empty());
    updateGeometry();
    arrange(width(), true);
}

QToolButton* Legend::makeButton(const Entry& entry)
{
    auto* button = new QToolButton(this);
    button->setObjectName(QStringLiteral("legend:") + entry.id);
    button->setProperty(look::quiet, true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setIcon(seriesIcon(entry.colour));
    button->setText(button->fontMetrics().elidedText(entry.name, Qt::ElideMiddle, m_widestName));
    button->setAccessibleName(entry.name);
    button->setToolTip(tr("%1: click to hide or show").arg(entry.name));
    button->setCheckable(true);
    button->setChecked(!m_hidden.contains(entry.id));
    button->installEventFilter(this);
    button->show();
    connect(button, &QToolButton::toggled, this, [this, id = entry.id](bool shown) {
        if (shown) {
            m_hidden.erase(id);
        } else {
            m_hidden.insert(id);
        }
        Q_EMIT hiddenChanged(m_hidden);
    });
    return button;
}

QLabel* Legend::makeNote(const Entry& entry)
{
    auto* note = new QLabel(entry.note, this);
    note->setObjectName(QStringLiteral("legendNote:") + entry.id);
    note->setProperty(look::small, true);
    note->setWordWrap(true);
    note->setFont(smallFont(note->font()));
    note->show();
    return note;
}

int Legend::arrange(int width, bool move) const
{
    int x = 0;
    int y = 0;
    int lineHeight = 0;
    for (std::size_t at = 0; at < m_buttons.size(); ++at) {
        QToolButton* button = m_buttons[at];
        const QSize wanted = button->sizeHint();
        QLabel* note = m_notes[at];
        if (x > 0 && (note != nullptr || x + wanted.width() > width)) {
            x = 0;
            y += lineHeight + gap;
            lineHeight = 0;
        }
        if (move) {
            button->setGeometry(QRect(QPoint(x, y), wanted));
        }
        x += wanted.width() + gap;
        lineHeight = std::max(lineHeight, wanted.height());
        if (note != nullptr) {
            const int noteWidth = std::max(1, width - noteIndent);
            const int noteHeight = note->heightForWidth(noteWidth);
            if (move) {
                note->setGeometry(noteIndent, y + lineHeight, noteWidth, noteHeight);
            }
            x = width; // nothing beside it
            lineHeight += noteHeight;
        }
    }
    return y + lineHeight;
}

int Legend::heightForWidth(int width) const
{
    return arrange(width, false);
}

QSize Legend::sizeHint() const
{
    return {width(), arrange(std::max(width(), 200), false)};
}

void Legend::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange(width(), true);
}

bool Legend::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::FocusIn) {
        Q_EMIT highlighted(watched->objectName().mid(QStringLiteral("legend:").size()));
    } else if (event->type() == QEvent::Leave || event->type() == QEvent::FocusOut) {
        Q_EMIT highlighted({});
    }
    return QWidget::eventFilter(watched, event);
}

void Legend::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LanguageChange) {
        for (std::size_t at = 0; at < m_buttons.size(); ++at) {
            m_buttons[at]->setIcon(seriesIcon(m_entries[at].colour));
            m_buttons[at]->setToolTip(tr("%1: click to hide or show").arg(m_entries[at].name));
        }
    }
}

} // namespace transept::ui
