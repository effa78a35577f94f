#include "ui/experiments/MethodBox.h"

#include "core/model/Registry.h"
#include "ui/experiments/MethodPanel.h"
#include "ui/forms/WheelGuard.h"
#include "ui/text/Sentences.h"

#include <QtCore/QSignalBlocker>

namespace transept::ui {

MethodBox::MethodBox(QWidget* parent) : QComboBox(parent), m_panel(new MethodPanel(this))
{
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(8); // long names must not widen the form
    new WheelGuard(this);
    retranslate();
    connect(m_panel, &MethodPanel::chosen, this, [this](const QString& name) {
        hidePopup();
        setCurrentIndex(findData(name));
        setFocus();
    });
}

void MethodBox::retranslate()
{
    const QSignalBlocker quiet(this);
    const QString chosen = currentData().toString();
    clear();
    for (const MethodDescription& method : methods()) {
        addItem(tr("%1 (%2)", "title of a method, its short name")
                    .arg(sentences::translated("methods", method.title), QString::fromStdString(method.name)),
                QString::fromStdString(method.name));
    }
    setCurrentIndex(std::max(0, findData(chosen)));
}

void MethodBox::setMetNeeds(std::optional<Needs> met)
{
    m_met = met;
    m_panel->setMetNeeds(m_met);
}

void MethodBox::showPopup()
{
    m_panel->open(currentData().toString(), {mapToGlobal(QPoint(0, 0)), size()});
    Q_EMIT opened();
}

void MethodBox::hidePopup()
{
    m_panel->hide();
    QComboBox::hidePopup();
}

} // namespace transept::ui
