#include "ui/charts/AxisLabels.h"

#include <QtCore/QRegularExpression>
#include <QtWidgets/QGraphicsScene>
#include <QtWidgets/QGraphicsTextItem>

namespace transept::ui {

void writeMinusSigns(QGraphicsScene& scene, const QRectF& plot)
{
    static const QRegularExpression negative(QStringLiteral("^-[0-9]"));
    for (QGraphicsItem* item : scene.items()) {
        auto* label = qgraphicsitem_cast<QGraphicsTextItem*>(item);
        if (label == nullptr || !negative.match(label->toPlainText()).hasMatch()) {
            continue;
        }
        const double before = label->boundingRect().width();
        label->setPlainText(QChar(0x2212) + label->toPlainText().mid(1));
        const double wider = label->boundingRect().width() - before;
        // The middle of one below stays at its tick, the end of one beside stays at the axis.
        const bool isBelow = label->sceneBoundingRect().center().y() > plot.bottom() &&
                             label->sceneBoundingRect().right() > plot.left();
        label->moveBy(isBelow ? -wider / 2.0 : -wider, 0.0);
    }
}

} // namespace transept::ui
