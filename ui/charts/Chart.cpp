#include "ui/charts/Chart.h"

#include "ui/charts/AxisLabels.h"
#include "ui/charts/ChartExport.h"
#include "ui/charts/PictureDialog.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"

#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtCharts/QLogValueAxis>
#include <QtCharts/QValueAxis>
#include <QtGui/QClipboard>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QPainter>
#include <QtWidgets/QGraphicsLayout>
#include <QtWidgets/QMenu>

#include <cmath>

namespace transept::ui {
namespace {

constexpr double wheelFactor = 0.85; // of the width, for one notch
constexpr double keyFactor = 0.75;
constexpr double clickDistance = 4.0; // pixels; a shorter drag is a click
constexpr int ticksPerPixels = 60;
constexpr int mostTicks = 12;
constexpr int aroundAxisTexts = 26; // pixels: margins of Qt Charts around labels and title of an axis
constexpr int aroundLabel = 10;     // and around one label of those above each other

std::optional<Range> usable(std::optional<Range> range, bool logarithmic)
{
    const bool fits = range && std::isfinite(range->low) && std::isfinite(range->high) &&
                      range->high >= range->low && (!logarithmic || range->low > 0.0);
    return fits ? range : std::nullopt;
}

QString labelFormat(double step)
{
    const int decimals = step >= 1.0 ? 0 : std::min(9, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
    return QStringLiteral("%.%1f").arg(decimals);
}

} // namespace

Chart::Chart(QWidget* parent) : QChartView(parent)
{
    chart()->setBackgroundVisible(false);
    chart()->setMargins({});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->legend()->hide();
    chart()->setAnimationOptions(QChart::NoAnimation);
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(160, 96);
    m_anchor = new QLineSeries;
    chart()->addSeries(m_anchor);
    makeAxes();
    m_update.setSingleShot(true);
    m_update.setInterval(0);
    connect(&m_update, &QTimer::timeout, this, &Chart::updateNow);
    // What is painted beside the plot moves with it, which Qt Charts does not know of.
    connect(chart(), &QChart::plotAreaChanged, this, [this] { viewport()->update(); });
    scheduleUpdate();
}

void Chart::setTitle(const QString& title)
{
    m_title = title;
    setAccessibleName(title);
}

void Chart::setAxisTitles(const QString& x, const QString& y)
{
    m_titleX = x;
    m_titleY = y;
    scheduleUpdate();
}

void Chart::setLogarithmic(Qt::Orientation axis, bool logarithmic)
{
    bool& present = axis == Qt::Horizontal ? m_logX : m_logY;
    if (present == logarithmic) {
        return;
    }
    present = logarithmic;
    makeAxes();
    const bool isX = axis == Qt::Horizontal; // the other axis keeps its zoom
    zoomTo(isX ? std::nullopt : m_fixedX, isX ? m_fixedY : std::nullopt);
}

void Chart::setAxesVisible(bool x, bool y)
{
    m_showX = x;
    m_showY = y;
    makeAxes();
    scheduleUpdate();
}

void Chart::setSpace(int left, int right, int bottom)
{
    const QMargins margins(left, 4, right, bottom);
    if (chart()->margins() != margins) {
        chart()->setMargins(margins);
    }
}

void Chart::makeAxes()
{
    const auto make = [](bool logarithmic) -> QAbstractAxis* {
        if (logarithmic) {
            auto* axis = new QLogValueAxis;
            axis->setBase(10.0);
            axis->setLabelFormat(QStringLiteral("%g"));
            axis->setMinorTickCount(-1);
            return axis;
        }
        auto* axis = new QValueAxis;
        axis->setTickType(QValueAxis::TicksDynamic);
        return axis;
    };
    const QList<QAbstractSeries*> series = chart()->series();
    for (QAbstractAxis* old : {m_axisX, m_axisY}) {
        if (old != nullptr) {
            chart()->removeAxis(old); // takes it off every series, and hands it back to us
            delete old;
        }
    }
    m_axisX = make(m_logX);
    m_axisY = make(m_logY);
    chart()->addAxis(m_axisX, Qt::AlignBottom);
    chart()->addAxis(m_axisY, Qt::AlignLeft);
    for (QAbstractSeries* each : series) {
        each->attachAxis(m_axisX);
        each->attachAxis(m_axisY);
    }
    m_axisX->setVisible(m_showX);
    m_axisY->setVisible(m_showY);
    m_axisX->setGridLineVisible(false);
    applyColours();
}

void Chart::applyColours()
{
    const Tokens& tokens = m_exporting ? lightTokens() : tokensOf(this);
    const QFont labels = smallFont(font());
    for (QAbstractAxis* axis : {m_axisX, m_axisY}) {
        axis->setLabelsFont(tabularFont(labels));
        axis->setTitleFont(labels);
        axis->setLabelsColor(tokens.mutedText);
        axis->setTitleBrush(tokens.mutedText);
        axis->setLinePen(QPen(tokens.border, 1));
        axis->setGridLinePen(QPen(tokens.line, 1));
        axis->setMinorGridLineVisible(false); // nine lines a decade would hide the curve
    }
    chart()->setLocale(locale());
    chart()->setLocalizeNumbers(true);
}

QLineSeries* Chart::addLine()
{
    auto* line = new QLineSeries;
    chart()->addSeries(line);
    line->attachAxis(m_axisX);
    line->attachAxis(m_axisY);
    return line;
}

void Chart::scheduleUpdate()
{
    if (!m_update.isActive()) {
        m_update.start();
    }
}

void Chart::updateNow()
{
    m_update.stop();
    const Bounds all = bounds();
    const Range emptyRange = {0.0, 1.0};
    const auto shown =
        [&](std::optional<Range> fixed, std::optional<Range> whole, bool logarithmic, bool pad) {
            if (fixed) {
                return *fixed;
            }
            const std::optional<Range> range = usable(whole, logarithmic);
            if (!range) {
                return logarithmic ? Range{1.0, 10.0} : emptyRange;
            }
            return pad || !(range->high > range->low) ? padded(*range, logarithmic) : *range;
        };
    Range y = shown(m_fixedY, all.y, m_logY, true);
    if (m_zeroY && !m_fixedY && !m_logY) {
        y.low = std::min(0.0, y.low);
    }
    m_x = Scale(shown(m_fixedX, all.x, m_logX, padsX()), m_logX);
    m_y = Scale(y, m_logY);
    // Qt Charts cuts texts when an axis with them, each in its margins, would be higher than half of the
    // chart.
    const int leastForTitle = 2 * (2 * textHeight() + aroundAxisTexts);
    m_axisX->setTitleText(height() < leastForTitle ? QString() : m_titleX);
    const bool hasRoomForY = QFontMetrics(m_axisY->titleFont()).horizontalAdvance(m_titleY) < heightForY();
    m_axisY->setTitleText(hasRoomForY ? m_titleY : QString());
    applyRange(m_axisX, m_x, plotArea().width(), m_wholeX);
    applyRange(m_axisY, m_y, plotArea().height() * 1.6, false);
    updateSeries();
    viewport()->update();
}

/// Of what stands at an axis, in pixels.
int Chart::textHeight() const
{
    return QFontMetrics(m_axisX->labelsFont()).height();
}

/// What the texts of the axis below leave to those of the upright one, in pixels.
int Chart::heightForY() const
{
    return height() - 3 * textHeight();
}

void Chart::applyRange(QAbstractAxis* axis, const Scale& scale, double pixels, bool whole) const
{
    const Range range = scale.range();
    if (auto* value = qobject_cast<QValueAxis*>(axis)) {
        // And numbers one above the other when they stand nearer than they are high, with their margins.
        const bool isY = axis == m_axisY;
        const int room = isY ? heightForY() / (textHeight() + aroundLabel) : mostTicks;
        const int most = std::clamp(room, 1, mostTicks);
        const int ticks =
            std::clamp(static_cast<int>(pixels) / ticksPerPixels, std::min(isY ? 3 : 2, most), most);
        double step = niceStep(range.high - range.low, ticks);
        if (std::floor(range.high / step) - std::ceil(range.low / step) < 1.0) {
            step = niceStep(range.high - range.low, 2 * ticks); // one label alone gives no scale
        }
        if (whole) {
            step = std::max(1.0, step);
        }
        value->setTickAnchor(0.0);
        value->setTickInterval(step);
        value->setLabelFormat(labelFormat(step));
        // Qt Charts leaves out a tick that rounding puts a hair beyond the end.
        const double hair = 1e-9 * (range.high - range.low);
        value->setRange(range.low - hair, range.high + hair);
    } else if (auto* logarithmic = qobject_cast<QLogValueAxis*>(axis)) {
        // Where fewer than two powers of ten lie there are ticks at powers of two, or, if there may be only
        // one of them as well, of something smaller.
        const double width = range.high / range.low;
        const double powers =
            std::floor(std::log10(range.high) + 1e-9) - std::ceil(std::log10(range.low) - 1e-9) + 1.0;
        const bool isNarrow = powers < 2.0;
        constexpr double narrowTicks = 3.0;
        logarithmic->setBase(!isNarrow ? decade : width >= 4.0 ? 2.0 : std::pow(width, 1.0 / narrowTicks));
        logarithmic->setMinorTickCount(isNarrow ? 0 : -1);
        logarithmic->setLabelFormat(isNarrow           ? QStringLiteral("%.3g")
                                    : range.low >= 1.0 ? QStringLiteral("%.0f")
                                                       : QStringLiteral("%g"));
        logarithmic->setRange(range.low, range.high);
    }
}

QRectF Chart::plotArea() const
{
    return chart()->plotArea();
}

QPointF Chart::toPixel(double x, double y) const
{
    const QRectF area = plotArea();
    return {area.left() + m_x.fractionOf(x) * area.width(),
            area.bottom() - m_y.fractionOf(y) * area.height()};
}

double Chart::xAt(double pixel) const
{
    const QRectF area = plotArea();
    return m_x.valueAt((pixel - area.left()) / std::max(1.0, area.width()));
}

void Chart::resetZoom()
{
    zoomTo({}, {});
}

void Chart::zoomTo(std::optional<Range> x, std::optional<Range> y)
{
    const bool before = isZoomed();
    m_fixedX = zoomsHorizontally() ? usable(x, m_logX) : std::nullopt;
    m_fixedY = zoomsVertically() ? usable(y, m_logY) : std::nullopt;
    scheduleUpdate();
    if (before != isZoomed()) {
        Q_EMIT zoomChanged(isZoomed());
    }
}

void Chart::setCrosshair(std::optional<double> x)
{
    if (m_crosshair == x) {
        return;
    }
    m_crosshair = x;
    const QString text = x ? readOutAt(*x) : QString();
    setAccessibleDescription(text);
    Q_EMIT readOut(text);
    viewport()->update();
}

void Chart::moveCrosshair(int step)
{
    const std::vector<double> stops = crosshairStops();
    if (stops.empty()) {
        return;
    }
    if (!m_crosshair) {
        setCrosshair(step > 0 ? stops.front() : stops.back());
        return;
    }
    const auto next = step > 0 ? std::upper_bound(stops.begin(), stops.end(), *m_crosshair)
                               : std::lower_bound(stops.begin(), stops.end(), *m_crosshair);
    if (step > 0) {
        setCrosshair(next == stops.end() ? stops.back() : *next);
    } else {
        setCrosshair(next == stops.begin() ? stops.front() : *(next - 1));
    }
}

bool Chart::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::PaletteChange:
    case QEvent::FontChange:
    case QEvent::LocaleChange:
    case QEvent::LanguageChange:
        applyColours();
        scheduleUpdate();
        break;
    default:
        break;
    }
    return QChartView::event(event);
}

void Chart::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    scheduleUpdate();
}

void Chart::wheelEvent(QWheelEvent* event)
{
    const QRectF area = plotArea();
    if (!area.contains(event->position()) || event->angleDelta().y() == 0) {
        event->ignore();
        return;
    }
    const double factor = std::pow(wheelFactor, event->angleDelta().y() / 120.0);
    const QPointF at = event->position() - area.topLeft();
    zoomTo(m_x.zoomed(at.x() / area.width(), factor), m_y.zoomed(1.0 - at.y() / area.height(), factor));
    event->accept();
}

void Chart::mousePressEvent(QMouseEvent* event)
{
    // The base class crashes in Qt 6.4 when no item lies under the pointer, and we need nothing of it.
    setFocus(Qt::MouseFocusReason);
    if (event->button() != Qt::LeftButton) {
        return;
    }
    m_pressed = m_last = event->position();
    m_drag = event->modifiers().testFlag(Qt::ShiftModifier) ? Drag::Box : Drag::Pan;
    event->accept();
}

void Chart::mouseMoveEvent(QMouseEvent* event)
{
    const QRectF area = plotArea();
    if (m_drag == Drag::Pan && (m_pressed - event->position()).manhattanLength() >= clickDistance) {
        const QPointF moved = event->position() - m_last;
        m_last = event->position();
        zoomTo(m_x.shifted(-moved.x() / area.width()), m_y.shifted(moved.y() / area.height()));
    } else if (m_drag == Drag::Box) {
        m_last = event->position();
        viewport()->update();
    } else if (m_drag == Drag::None) {
        hover(event->position());
    }
    event->accept();
}

void Chart::mouseReleaseEvent(QMouseEvent* event)
{
    const Drag drag = std::exchange(m_drag, Drag::None);
    if (event->button() != Qt::LeftButton) {
        return;
    }
    const QRectF area = plotArea();
    const bool isClick = (m_pressed - event->position()).manhattanLength() < clickDistance;
    if (isClick) {
        click(event->position());
    } else if (drag == Drag::Box) {
        const QRectF box = QRectF(m_pressed, event->position()).normalized().intersected(area);
        if (box.width() > clickDistance && box.height() > clickDistance) {
            zoomTo(Range{xAt(box.left()), xAt(box.right())},
                   Range{m_y.valueAt((area.bottom() - box.bottom()) / area.height()),
                         m_y.valueAt((area.bottom() - box.top()) / area.height())});
        }
        viewport()->update();
    }
    event->accept();
}

void Chart::mouseDoubleClickEvent(QMouseEvent* event)
{
    resetZoom();
    event->accept();
}

void Chart::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        moveCrosshair(-1);
        return;
    case Qt::Key_Right:
        moveCrosshair(1);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomTo(m_x.zoomed(0.5, keyFactor), m_y.zoomed(0.5, keyFactor));
        return;
    case Qt::Key_Minus:
        zoomTo(m_x.zoomed(0.5, 1.0 / keyFactor), m_y.zoomed(0.5, 1.0 / keyFactor));
        return;
    case Qt::Key_Home:
        resetZoom();
        return;
    case Qt::Key_Escape:
        if (m_crosshair) {
            setCrosshair({});
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event); // NOLINT(bugprone-parent-virtual-call): no key scrolls a chart
}

void Chart::leaveEvent(QEvent* event)
{
    hover({-1.0, -1.0});
    QChartView::leaveEvent(event);
}

void Chart::paintEvent(QPaintEvent* event)
{
    writeMinusSigns(*scene(), plotArea());
    QChartView::paintEvent(event);
}

void Chart::drawForeground(QPainter* painter, const QRectF& rect)
{
    QChartView::drawForeground(painter, rect);
    painter->save();
    paintOver(*painter);
    painter->restore();
    paintCrosshair(*painter);
    if (m_drag == Drag::Box) {
        QColor accent = tokensOf(this).accent;
        painter->setPen(QPen(accent, 1));
        accent.setAlphaF(0.12F);
        painter->setBrush(accent);
        painter->drawRect(QRectF(m_pressed, m_last).normalized().intersected(plotArea()));
    }
}

void Chart::paintCrosshair(QPainter& painter) const
{
    if (!m_crosshair || m_exporting) {
        return;
    }
    const QRectF area = plotArea();
    const double x = toPixel(*m_crosshair, m_y.range().low).x();
    if (x < area.left() - 0.5 || x > area.right() + 0.5) {
        return;
    }
    painter.setPen(QPen(tokensOf(this).mutedText, 1, Qt::DashLine));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
}

void Chart::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show everything"), this, &Chart::resetZoom)->setEnabled(isZoomed());
    addToContextMenu(*menu);
    menu->addSeparator();
    menu->addAction(tr("Copy as picture"), this, &Chart::copyPicture);
    if (m_dialogs.saveFile) {
        for (const QString& suffix : {QStringLiteral("svg"), QStringLiteral("pdf"), QStringLiteral("png")}) {
            menu->addAction(
                tr("Save as %1…").arg(suffix.toUpper()), this, [this, suffix] { savePicture(suffix); });
        }
        menu->addAction(tr("Save as PNG of a chosen size…"), this, &Chart::savePictureOfSize);
        menu->addAction(tr("Save values as CSV…"), this, [this] { saveValues(false); });
        menu->addAction(tr("Save shown values as CSV…"), this, [this] { saveValues(true); })
            ->setEnabled(isZoomed());
    }
    menu->addAction(tr("Values as a table"), this, &Chart::showValueTable);
    menu->popup(event->globalPos());
}

void Chart::renderPicture(QPainter& painter, const QRectF& target)
{
    const QSize before = size();
    m_exporting = true;
    resize(target.size().toSize());
    applyColours();
    updateNow();
    painter.fillRect(target, lightTokens().surface);
    writeMinusSigns(*scene(), plotArea());
    render(&painter, target, viewport()->rect(), Qt::IgnoreAspectRatio);
    m_exporting = false;
    resize(before);
    applyColours();
    updateNow();
}

void Chart::copyPicture()
{
    constexpr int copiedDotsPerInch = 192;
    const QByteArray png =
        pngOf([this](QPainter& painter, const QRectF& target) { renderPicture(painter, target); },
              size(),
              copiedDotsPerInch);
    QGuiApplication::clipboard()->setImage(QImage::fromData(png, "PNG"));
}

void Chart::savePicture(const QString& suffix)
{
    constexpr int printDotsPerInch = 300;
    const DrawPicture draw = [this](QPainter& painter, const QRectF& target) {
        renderPicture(painter, target);
    };
    const QSizeF pictureSize = size();
    save(suffix, tr("%1 pictures (*.%2)").arg(suffix.toUpper(), suffix), [&]() -> QByteArray {
        if (suffix == QLatin1String("svg")) {
            return svgOf(draw, pictureSize, m_title);
        }
        return suffix == QLatin1String("pdf") ? pdfOf(draw, pictureSize, m_title)
                                              : pngOf(draw, pictureSize, printDotsPerInch);
    });
}

void Chart::savePictureOfSize()
{
    auto* dialog = new PictureDialog(size(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        save(QStringLiteral("png"),
             tr("%1 pictures (*.%2)").arg(QStringLiteral("PNG"), QStringLiteral("png")),
             [&] {
                 return pngOf(
                     [this](QPainter& painter, const QRectF& target) { renderPicture(painter, target); },
                     dialog->size(),
                     dialog->dotsPerInch());
             });
    });
    dialog->open();
}

void Chart::saveValues(bool onlyShown)
{
    save(QStringLiteral("csv"), tr("Tables (*.csv)"), [this, onlyShown] {
        return csvOf(onlyShown ? shownValues() : values());
    });
}

void Chart::save(const QString& suffix, const QString& filter, const std::function<QByteArray()>& bytes)
{
    const QString path = m_dialogs.saveFile(this,
                                            {.title = tr("Save chart"),
                                             .filter = filter,
                                             .proposal = m_title + QLatin1Char('.') + suffix,
                                             .suffix = suffix});
    if (path.isEmpty()) {
        return;
    }
    writeFile(path, bytes(), this, [this, path](const Status& written) {
        if (written) {
            Q_EMIT saved(path);
        } else {
            Q_EMIT saveFailed(written.error());
        }
    });
}

void Chart::showValueTable()
{
    showValues(values(), m_title, this);
}

} // namespace transept::ui
