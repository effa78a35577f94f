#pragma once

#include <QtWidgets/QFrame>

#include <functional>
#include <vector>

class QAction;
class QLineEdit;
class QListWidget;

namespace transept::ui {

/// An action with the titles of the menus above it: "View > Theme".
struct NamedAction
{
    QString path;
    QAction* action;
};

/// How well `text` answers what was typed: every letter in order, better at the beginnings of words; below 0
/// when not at all.
int matchScore(const QString& typed, const QString& text);

/// Ctrl+K: every action of the menus by a few letters of its name. Lies over the window; Escape or a click
/// elsewhere closes it.
class CommandPalette final : public QFrame
{
    Q_OBJECT

public:
    /// `actions` is asked each time the palette opens.
    CommandPalette(std::function<std::vector<NamedAction>()> actions, QWidget* parent);

    void open();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void run();
    void place();
    void retranslate();

    std::function<std::vector<NamedAction>()> m_ask;
    std::vector<NamedAction> m_actions;
    QLineEdit* m_field;
    QListWidget* m_list;
};

} // namespace transept::ui
