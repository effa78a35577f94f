#include "ui/charts/PointPicture.h"

#include "ui/look/SeriesColours.h"

#include <QtGui/QPainter>

#include <cmath>

namespace transept::ui {
namespace {

/// source + (1 - alpha) target, of premultiplied colours, two channels at once.
std::uint32_t over(std::uint32_t source, std::uint32_t target)
{
    constexpr std::uint32_t channels = 0x00FF00FFU;
    const std::uint32_t rest = 256U - (source >> 24U);
    const std::uint32_t even = (((target & channels) * rest) >> 8U) & channels;
    const std::uint32_t odd = (((target >> 8U) & channels) * rest) & ~channels;
    return source + even + odd;
}

} // namespace

PointPicture::PointPicture(QSizeF size, qreal ratio)
    : m_image((size * ratio).toSize().expandedTo({1, 1}), QImage::Format_ARGB32_Premultiplied)
    , m_ratio(ratio)
{
    m_image.setDevicePixelRatio(ratio);
    m_image.fill(Qt::transparent);
    m_pixels = reinterpret_cast<std::uint32_t*>(m_image.bits());
    m_stride = m_image.bytesPerLine() / 4;
}

std::size_t PointPicture::addStamp(int number, double width, const QColor& colour)
{
    const int reach = static_cast<int>(std::ceil(width * m_ratio / 2.0)) + 1;
    QImage drawn(2 * reach + 1, 2 * reach + 1, QImage::Format_ARGB32_Premultiplied);
    drawn.fill(Qt::transparent);
    {
        QPainter painter(&drawn);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(reach + 0.5, reach + 0.5);
        painter.fillPath(markPath(seriesMark(number), width * m_ratio), colour);
    }
    Stamp stamp{.reach = reach};
    for (int y = -reach; y <= reach; ++y) {
        const auto* line = reinterpret_cast<const std::uint32_t*>(drawn.constScanLine(y + reach));
        for (int x = -reach; x <= reach; ++x) {
            if (line[x + reach] != 0) {
                stamp.pixels.push_back({x, y, line[x + reach]});
            }
        }
    }
    m_stamps.push_back(std::move(stamp));
    return m_stamps.size() - 1;
}

void PointPicture::stamp(std::size_t number, double x, double y)
{
    const Stamp& stamp = m_stamps[number];
    const double deviceX = std::floor(x * m_ratio);
    const double deviceY = std::floor(y * m_ratio);
    const int width = m_image.width();
    const int height = m_image.height();
    if (!(deviceX > -stamp.reach && deviceY > -stamp.reach && deviceX < width + stamp.reach &&
          deviceY < height + stamp.reach)) {
        return;
    }
    const auto column = static_cast<int>(deviceX);
    const auto row = static_cast<int>(deviceY);
    const bool isInside = column >= stamp.reach && row >= stamp.reach && column < width - stamp.reach &&
                          row < height - stamp.reach;
    std::uint32_t* centre = m_pixels + row * m_stride + column;
    for (const Stamp::Pixel& pixel : stamp.pixels) {
        if (isInside || (column + pixel.dx >= 0 && column + pixel.dx < width && row + pixel.dy >= 0 &&
                         row + pixel.dy < height)) {
            std::uint32_t& target = centre[pixel.dy * m_stride + pixel.dx];
            target = over(pixel.value, target);
        }
    }
}

} // namespace transept::ui
