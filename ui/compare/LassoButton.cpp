#include "ui/compare/LassoButton.h"

#include "ui/look/Icons.h"

#include <QtCore/QEvent>

namespace transept::ui {

LassoButton::LassoButton(const Selection& selection, QWidget* parent)
    : QToolButton(parent)
    , m_selection(selection)
{
    setObjectName(QStringLiteral("lassoedItems"));
    setIcon(ui::icon(QStringLiteral("lasso")));
    connect(&m_selection, &Selection::itemsChanged, this, &LassoButton::retranslate);
    retranslate();
}

void LassoButton::changeEvent(QEvent* event)
{
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void LassoButton::retranslate()
{
    setText(tr("%Ln lassoed item(s)", nullptr, static_cast<int>(m_selection.items().size())));
    setToolTip(tr("%1: show what the runs are worth for the items that are lassoed on the map of the "
                  "Knowledge page, and for all others",
                  "12 lassoed items")
                   .arg(text()));
    setAccessibleName(text());
}

} // namespace transept::ui
