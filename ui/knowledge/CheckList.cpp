#include "ui/knowledge/CheckList.h"

#include "ui/look/Tokens.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QCheckBox>

namespace transept::ui {

CheckList::CheckList(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void CheckList::setChoices(const std::vector<Choice>& choices, bool checked)
{
    const bool isFirst = m_boxes.empty();
    const std::vector<std::string> before = this->checked();
    for (const Box& each : m_boxes) {
        delete each.box;
    }
    m_boxes.clear();
    for (const Choice& choice : choices) {
        auto* box = new QCheckBox(choice.text, this);
        box->setObjectName(objectName() + QLatin1Char(':') + QString::fromStdString(choice.name));
        box->setChecked(isFirst ? checked : std::ranges::find(before, choice.name) != before.end());
        connect(box, &QCheckBox::toggled, this, &CheckList::changed);
        box->show();
        m_boxes.push_back({choice.name, box});
    }
    arrange(width(), true);
    updateGeometry();
}

void CheckList::setChecked(const std::vector<std::string>& names)
{
    for (const Box& each : m_boxes) {
        const QSignalBlocker quiet(each.box);
        each.box->setChecked(std::ranges::find(names, each.name) != names.end());
    }
}

std::vector<std::string> CheckList::checked() const
{
    std::vector<std::string> names;
    for (const Box& each : m_boxes) {
        if (each.box->isChecked()) {
            names.push_back(each.name);
        }
    }
    return names;
}

QSize CheckList::sizeHint() const
{
    constexpr int usualWidth = 320;
    return {usualWidth, heightForWidth(std::max(width(), usualWidth))};
}

void CheckList::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange(width(), true);
}

/// The height that the boxes need at this width; puts them in their places when `move`.
int CheckList::arrange(int width, bool move) const
{
    int x = 0;
    int y = 0;
    int lineHeight = 0;
    for (const Box& each : m_boxes) {
        const QSize size = each.box->sizeHint();
        if (x > 0 && x + size.width() > width) {
            x = 0;
            y += lineHeight + space::half;
            lineHeight = 0;
        }
        if (move) {
            each.box->setGeometry(QRect(QPoint(x, y), QSize(std::min(size.width(), width), size.height())));
        }
        x += size.width() + space::two;
        lineHeight = std::max(lineHeight, size.height());
    }
    return y + lineHeight;
}

} // namespace transept::ui
