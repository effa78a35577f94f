#pragma once

#include <QtGui/QAction>
#include <QtWidgets/QPushButton>

namespace transept::ui {

/// A push button for an action that also stands in a menu: same text, state and tooltip, which names the
/// shortcut.
class ActionButton final : public QPushButton
{
    Q_OBJECT

public:
    explicit ActionButton(QAction* action, QWidget* parent = nullptr);

private:
    void update();

    QAction* m_action;
};

/// The text of an action without the mark of its menu key: "&Run" is "Run".
QString plainText(const QAction* action);

/// "Run (Ctrl+R)": the tooltip, or the text, with the shortcut behind it.
QString toolTipWithShortcut(const QAction* action);

} // namespace transept::ui
