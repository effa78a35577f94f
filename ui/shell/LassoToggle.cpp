#include "ui/shell/LassoToggle.h"

#include "ui/look/Icons.h"
#include "ui/look/Tokens.h"

#include <QtCore/QEvent>
#include <QtWidgets/QHBoxLayout>

namespace transept::ui {

LassoToggle::LassoToggle(const Selection& selection, QWidget* parent)
    : QToolButton(parent)
    , m_selection(selection)
{
    setIcon(ui::icon(QStringLiteral("lasso")));
    setCheckable(true);
    if (m_selection.items().empty()) {
        hide();
    }
    connect(this, &QToolButton::toggled, this, &LassoToggle::amongChanged);
    connect(&m_selection, &Selection::itemsChanged, this, &LassoToggle::follow);
    retranslate();
}

std::optional<std::vector<ItemId>> LassoToggle::among() const
{
    return isChecked() ? std::optional(m_selection.items()) : std::nullopt;
}

void LassoToggle::follow()
{
    const bool areAny = !m_selection.items().empty();
    setVisible(areAny);
    retranslate();
    if (!areAny) {
        setChecked(false);
    } else if (isChecked()) {
        Q_EMIT amongChanged();
    }
}

void LassoToggle::changeEvent(QEvent* event)
{
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void LassoToggle::retranslate()
{
    setText(tr("Only the %Ln lassoed", nullptr, static_cast<int>(m_selection.items().size())));
    setToolTip(tr("%1: show only the items that are lassoed on the map of the Knowledge page",
                  "only the so many lassoed")
                   .arg(text()));
    setAccessibleName(text());
}

LassoBar::LassoBar(Selection& selection, QToolButton* button, QWidget* parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_letGo(new QToolButton)
{
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_letGo->setObjectName(QStringLiteral("letLassoedGo"));
    m_letGo->setIcon(icon(QStringLiteral("close")));
    m_letGo->setAutoRaise(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(space::half);
    row->addWidget(button);
    row->addWidget(m_letGo);
    connect(m_letGo, &QToolButton::clicked, this, [this] { m_selection.setItems({}); });
    connect(&m_selection, &Selection::itemsChanged, this, &LassoBar::follow);
    hide();
    retranslate();
}

void LassoBar::setUseful(bool useful)
{
    m_isUseful = useful;
    follow();
}

void LassoBar::follow()
{
    setVisible(m_isUseful && !m_selection.items().empty());
}

void LassoBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void LassoBar::retranslate()
{
    m_letGo->setToolTip(tr("Let the lassoed items go, here and on every page"));
    m_letGo->setAccessibleName(tr("Let the lassoed items go"));
}

} // namespace transept::ui
