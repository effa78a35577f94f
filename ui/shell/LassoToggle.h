#pragma once

#include "ui/shell/Selection.h"

#include <QtWidgets/QToolButton>

namespace transept::ui {

/// "Only the 12 lassoed": there while items are lassoed on a map; switched on, they alone are to be shown,
/// and all again as soon as they are let go.
class LassoToggle final : public QToolButton
{
    Q_OBJECT

public:
    explicit LassoToggle(const Selection& selection, QWidget* parent = nullptr);

    /// The items that alone are to be shown, which ascend; nothing: all.
    std::optional<std::vector<ItemId>> among() const;

Q_SIGNALS:
    void amongChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void follow();
    void retranslate();

    const Selection& m_selection;
};

} // namespace transept::ui
