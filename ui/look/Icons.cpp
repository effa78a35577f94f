#include "ui/look/Icons.h"

#include "ui/look/Tokens.h"

#include <QtCore/QFile>
#include <QtGui/QGuiApplication>
#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPalette>
#include <QtGui/QPixmapCache>
#include <QtSvg/QSvgRenderer>

#include <cmath>

namespace transept::ui {

namespace {

/// Draws an SVG whose strokes are "currentColor" in the colour that the moment asks for.
class TextColourEngine final : public QIconEngine
{
public:
    TextColourEngine(QString name, QColor own) : m_name(std::move(name)), m_own(own) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        if (!isOnPixels(*painter)) {
            draw(*painter, rect, mode, state);
            return;
        }
        const qreal ratio = painter->deviceTransform().m11();
        QPixmap drawn = scaledPixmap(rect.size() * ratio, mode, state, ratio);
        drawn.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect.topLeft(), drawn);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        const QString key = QStringLiteral("transept-icon/%1/%2/%3x%4")
                                .arg(m_name, colour(mode, state).name())
                                .arg(size.width())
                                .arg(size.height());
        QPixmap drawn;
        if (!QPixmapCache::find(key, &drawn)) {
            drawn = QPixmap(size);
            drawn.fill(Qt::transparent);
            QPainter painter(&drawn);
            draw(painter, drawn.rect(), mode, state);
            painter.end();
            QPixmapCache::insert(key, drawn);
        }
        return drawn;
    }

    QIconEngine* clone() const override { return new TextColourEngine(m_name, m_own); }
    QString key() const override { return QStringLiteral("transept"); }
    bool isNull() override { return source().isEmpty(); }

private:
    /// Whether a picture in pixels does as well: not for a file of shapes, and not between two pixels.
    static bool isOnPixels(const QPainter& painter)
    {
        const QTransform to = painter.deviceTransform();
        const auto isWhole = [](qreal number) { return number == std::floor(number); };
        return painter.paintEngine()->type() == QPaintEngine::Raster && to.type() <= QTransform::TxScale &&
               to.m11() > 0 && to.m11() == to.m22() && isWhole(to.m11()) && isWhole(to.dx()) &&
               isWhole(to.dy());
    }

    void draw(QPainter& painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) const
    {
        QByteArray text = source();
        text.replace("currentColor", colour(mode, state).name().toLatin1());
        QSvgRenderer(text).render(&painter, QRectF(rect));
    }

    QByteArray source() const
    {
        QFile file(QStringLiteral(":/icons/%1.svg").arg(m_name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QColor colour(QIcon::Mode mode, QIcon::State state) const
    {
        const Tokens& tokens = currentTokens();
        if (mode == QIcon::Disabled) {
            return tokens.disabledText;
        }
        if (m_own.isValid()) {
            return m_own;
        }
        return state == QIcon::On ? tokens.accent : tokens.text;
    }

    QString m_name;
    QColor m_own;
};

} // namespace

QIcon icon(const QString& name)
{
    return icon(name, QColor());
}

QIcon icon(const QString& name, const QColor& colour)
{
    return QIcon(new TextColourEngine(name, colour));
}

} // namespace transept::ui
