#include "ui/look/Card.h"

#include "ui/look/Theme.h"

#include <QtWidgets/QFrame>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {

QFrame* card(std::initializer_list<QWidget*> parts, int margin)
{
    auto* frame = new QFrame;
    frame->setProperty(look::card, true);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(margin, margin, margin, margin);
    for (QWidget* part : parts) {
        column->addWidget(part);
    }
    return frame;
}

} // namespace transept::ui
