#include "ui/shell/LassoToggle.h"

#include "ui/look/Icons.h"

#include <QtCore/QEvent>

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

} // namespace transept::ui
