#include "ui/charts/ColourScale.h"

#include "ui/look/SeriesColours.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"

#include <QtGui/QPainter>

namespace transept::ui {
namespace {

constexpr int bandWidth = 96;
constexpr int bandHeight = 10;
constexpr double palest = 0.4; // of scaleColour()

} // namespace

QColor markColour(double fraction, bool dark)
{
    return scaleColour(palest + (1.0 - palest) * fraction, dark);
}

ColourScale::ColourScale(QWidget* parent) : QWidget(parent)
{
    setFont(smallFont(font()));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ColourScale::setEnds(const QString& low, const QString& high)
{
    m_low = low;
    m_high = high;
    setAccessibleName(tr("Colours from %1 to %2").arg(low, high));
    updateGeometry();
    update();
}

QSize ColourScale::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    return {metrics.horizontalAdvance(m_low) + metrics.horizontalAdvance(m_high) + bandWidth +
                2 * space::half,
            std::max(metrics.height(), bandHeight)};
}

void ColourScale::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const Tokens& tokens = tokensOf(this);
    painter.setPen(tokens.mutedText);
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, m_low);
    painter.drawText(rect(), Qt::AlignRight | Qt::AlignVCenter, m_high);
    const QRectF band(fontMetrics().horizontalAdvance(m_low) + space::half,
                      (height() - bandHeight) / 2.0,
                      width() - fontMetrics().horizontalAdvance(m_low) -
                          fontMetrics().horizontalAdvance(m_high) - 2 * space::half,
                      bandHeight);
    QLinearGradient gradient(band.topLeft(), band.topRight());
    gradient.setColorAt(0.0, markColour(0.0, tokens.dark));
    gradient.setColorAt(1.0, markColour(1.0, tokens.dark)); // scaleColour() mixes linearly
    painter.fillRect(band, gradient);
}

} // namespace transept::ui
