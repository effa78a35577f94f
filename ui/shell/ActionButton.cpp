#include "ui/shell/ActionButton.h"

namespace transept::ui {

ActionButton::ActionButton(QAction* action, QWidget* parent) : QPushButton(parent), m_action(action)
{
    if (!action->objectName().isEmpty()) {
        setObjectName(action->objectName() + QStringLiteral("Button"));
    }
    if (action->menu() != nullptr) {
        setMenu(action->menu());
    } else {
        connect(this, &QPushButton::clicked, action, &QAction::trigger);
    }
    connect(action, &QAction::changed, this, &ActionButton::update);
    update();
}

void ActionButton::update()
{
    setText(plainText(m_action));
    setToolTip(toolTipWithShortcut(m_action));
    setAccessibleName(text());
    setEnabled(m_action->isEnabled());
    setVisible(m_action->isVisible());
    setCheckable(m_action->isCheckable());
    setChecked(m_action->isChecked());
}

QString plainText(const QAction* action)
{
    QString text = action->text();
    // Menus of languages without Latin letters carry their key in parentheses at the end: "运行(&R)".
    const qsizetype inParentheses = text.indexOf(QStringLiteral("(&"));
    if (inParentheses >= 0 && text.indexOf(QLatin1Char(')'), inParentheses) == inParentheses + 3) {
        text.remove(inParentheses, 4);
    }
    text.replace(QStringLiteral("&&"), QStringLiteral("\x01"));
    text.remove(QLatin1Char('&'));
    text.replace(QStringLiteral("\x01"), QStringLiteral("&"));
    return text;
}

QString toolTipWithShortcut(const QAction* action)
{
    // The default tooltip is the text; then only ours differs.
    const QString text = action->toolTip().isEmpty() ? plainText(action) : action->toolTip();
    const QString shortcut = action->shortcut().toString(QKeySequence::NativeText);
    return shortcut.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, shortcut);
}

} // namespace transept::ui
