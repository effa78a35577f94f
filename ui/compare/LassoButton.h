#pragma once

#include "ui/shell/Selection.h"

#include <QtWidgets/QToolButton>

namespace transept::ui {

/// "12 lassoed items": leads to what runs are worth for them.
class LassoButton final : public QToolButton
{
    Q_OBJECT

public:
    explicit LassoButton(const Selection& selection, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    const Selection& m_selection;
};

} // namespace transept::ui
