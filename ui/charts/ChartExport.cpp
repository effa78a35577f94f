#include "ui/charts/ChartExport.h"

#include <QtCore/QBuffer>
#include <QtCore/QCoreApplication>
#include <QtCore/QPointer>
#include <QtCore/QSaveFile>
#include <QtCore/QThreadPool>
#include <QtGui/QImage>
#include <QtGui/QPageSize>
#include <QtGui/QPainter>
#include <QtGui/QPdfWriter>
#include <QtSvg/QSvgGenerator>

namespace transept::ui {
namespace {

constexpr int screenDotsPerInch = 96;

} // namespace

QByteArray svgOf(const DrawPicture& draw, const QSizeF& size, const QString& title)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size.toSize());
    generator.setViewBox(QRectF({}, size));
    generator.setResolution(screenDotsPerInch);
    generator.setTitle(title);
    QPainter painter(&generator);
    draw(painter, QRectF({}, size));
    painter.end();
    return buffer.data();
}

QByteArray pdfOf(const DrawPicture& draw, const QSizeF& size, const QString& title)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(title);
    writer.setResolution(screenDotsPerInch);
    writer.setPageMargins({});
    writer.setPageSize(
        QPageSize(size * 72.0 / screenDotsPerInch, QPageSize::Point, {}, QPageSize::ExactMatch));
    QPainter painter(&writer);
    draw(painter, QRectF({}, size));
    painter.end();
    return buffer.data();
}

QByteArray pngOf(const DrawPicture& draw, const QSizeF& size, int dotsPerInch)
{
    const double ratio = static_cast<double>(dotsPerInch) / screenDotsPerInch;
    QImage image((size * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    draw(painter, QRectF({}, size));
    painter.end();
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

void writeFile(const QString& path, QByteArray bytes, QObject* owner, std::function<void(Status)> done)
{
    QThreadPool::globalInstance()->start(
        [path, bytes = std::move(bytes), watched = QPointer<QObject>(owner), done = std::move(done)] {
            QSaveFile file(path);
            const bool written =
                file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
            const Status status =
                written ? Status{}
                        : fail(ErrorCode::Io,
                               TRANSLATABLE("errors",
                                            "%1 could not be written. Check the folder and the free space."),
                               {path.toStdString()},
                               file.errorString().toStdString());
            // Whether the owner still lives can only be asked on its own thread, the window's.
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [watched, done, status] {
                    if (watched) {
                        done(status);
                    }
                },
                Qt::QueuedConnection);
        });
}

} // namespace transept::ui
