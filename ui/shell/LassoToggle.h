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

/// What a page does with the lassoed items, as a button, and beside it the one that lets them go on every
/// page. There while items are lassoed on a map.
class LassoBar final : public QWidget
{
    Q_OBJECT

public:
    LassoBar(Selection& selection, QToolButton* button, QWidget* parent = nullptr);

    void setUseful(bool useful); ///< false: the page shows nothing that the items could stand in

protected:
    void changeEvent(QEvent* event) override;

private:
    void follow();
    void retranslate();

    Selection& m_selection;
    QToolButton* m_letGo;
    bool m_isUseful = false;
};

} // namespace transept::ui
