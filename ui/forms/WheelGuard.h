#pragma once

#include <QtCore/QEvent>
#include <QtCore/QObject>
#include <QtWidgets/QWidget>

namespace transept::ui {

/// A wheel that scrolls a form must not turn the values it passes over: the guarded control takes the wheel
/// only while it has the focus.
class WheelGuard final : public QObject
{
public:
    explicit WheelGuard(QWidget* guarded) : QObject(guarded)
    {
        guarded->setFocusPolicy(Qt::StrongFocus);
        guarded->installEventFilter(this);
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Wheel && !static_cast<QWidget*>(watched)->hasFocus()) {
            event->ignore();
            return true;
        }
        return QObject::eventFilter(watched, event);
    }
};

} // namespace transept::ui
