#pragma once

#include <QtWidgets/QFrame>

#include <vector>

class QAction;
class QVBoxLayout;

namespace transept::ui {

/// The bar at the left: one button per page, icon above word, the open page marked. Buttons are their
/// actions: text, state and shortcut come from there.
class ModeBar final : public QFrame
{
    Q_OBJECT

public:
    explicit ModeBar(QWidget* parent = nullptr);

    /// `action` is checkable and in an exclusive group.
    void add(QAction* action, const QString& iconName);

private:
    class Button;

    QVBoxLayout* m_column;
};

} // namespace transept::ui
