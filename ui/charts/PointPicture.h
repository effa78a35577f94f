#pragma once

#include <QtGui/QColor>
#include <QtGui/QImage>

#include <vector>

namespace transept::ui {

/// A picture of many small marks, hundreds of thousands within a frame: ready stamps are blended into it at
/// whole pixels of the screen, without a painter.
class PointPicture
{
public:
    /// `size` in device-independent pixels.
    PointPicture(QSizeF size, qreal ratio);

    /// A mark to stamp: of series `number`, so many pixels wide, in this colour. Returns its number.
    std::size_t addStamp(int number, double width, const QColor& colour);

    /// Blends a stamp, centred on these pixels of the picture; what lies outside is cut off.
    void stamp(std::size_t number, double x, double y);

    const QImage& image() const { return m_image; }

private:
    struct Stamp
    {
        struct Pixel
        {
            int dx = 0;
            int dy = 0;
            std::uint32_t value = 0; ///< premultiplied
        };
        int reach = 0; ///< its pixels lie within so many of the centre
        std::vector<Pixel> pixels;
    };

    QImage m_image;
    qreal m_ratio;
    std::uint32_t* m_pixels;
    std::ptrdiff_t m_stride;
    std::vector<Stamp> m_stamps;
};

} // namespace transept::ui
