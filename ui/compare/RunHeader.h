#pragma once

#include <QtWidgets/QHeaderView>

namespace transept::ui {

/// Elides the name of a run so that it fits beside the run's mark, which the header of Qt does not count.
class RunHeader final : public QHeaderView
{
public:
    explicit RunHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {}

    void initStyleOptionForIndex(QStyleOptionHeader* option, int section) const override
    {
        QHeaderView::initStyleOptionForIndex(option, section);
        constexpr int aroundText = 48; // mark and padding
        const QString name = model()->headerData(section, orientation()).toString();
        const bool hasMark = !model()->headerData(section, orientation(), Qt::DecorationRole).isNull();
        option->text = option->fontMetrics.elidedText(
            name, Qt::ElideMiddle, sectionSize(section) - (hasMark ? aroundText : aroundText / 2));
    }
};

} // namespace transept::ui
