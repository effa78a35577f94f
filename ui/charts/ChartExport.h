#pragma once

#include "core/base/Result.h"

#include <QtCore/QByteArray>
#include <QtCore/QSizeF>
#include <QtCore/QString>

#include <functional>

class QObject;
class QPainter;
class QRectF;

namespace transept::ui {

/// Draws the picture into the rectangle that the format gives it.
using DrawPicture = std::function<void(QPainter&, const QRectF&)>;

/// A picture `size` device-independent pixels large as the bytes of a file. PNG: `dotsPerInch` (96 is one dot
/// a pixel).
QByteArray svgOf(const DrawPicture& draw, const QSizeF& size, const QString& title);
QByteArray pdfOf(const DrawPicture& draw, const QSizeF& size, const QString& title);
QByteArray pngOf(const DrawPicture& draw, const QSizeF& size, int dotsPerInch);

/// Writes the file on another thread, whole or not at all, and tells `owner`'s thread how it went.
void writeFile(const QString& path, QByteArray bytes, QObject* owner, std::function<void(Status)> done);

} // namespace transept::ui
