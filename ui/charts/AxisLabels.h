#pragma once

class QGraphicsScene;
class QRectF;

namespace transept::ui {

/// Gives negative numbers at the axes of a chart the minus sign of all other figures. Qt Charts writes the
/// hyphen, and writes anew whenever an axis changes: to be called before painting. `plot` is what the axes
/// enclose.
void writeMinusSigns(QGraphicsScene& scene, const QRectF& plot);

} // namespace transept::ui
