#pragma once

#include "core/model/Method.h"

#include <QtWidgets/QComboBox>

namespace transept::ui {

class MethodPanel;

/// The choice of a method. Its list is a panel: a line to search in, the methods by family, and beside them
/// what the one under the pointer does, where it comes from, what it needs, and whether that is there.
class MethodBox final : public QComboBox
{
    Q_OBJECT

public:
    explicit MethodBox(QWidget* parent);

    void retranslate(); ///< the titles in the reader's language; keeps the choice

    /// What the present data and knowledge offer methods; nothing: it is not known.
    void setMetNeeds(std::optional<Needs> met);

    void showPopup() override;
    void hidePopup() override;

Q_SIGNALS:
    void opened(); ///< the list is shown: what is met matters now

private:
    MethodPanel* m_panel;
    std::optional<Needs> m_met;
};

} // namespace transept::ui
