#pragma once

#include "core/base/Result.h"
#include "ui/charts/Scale.h"
#include "ui/charts/ValueTable.h"
#include "ui/shell/FileDialogs.h"

#include <QtCharts/QChartView>
#include <QtCore/QTimer>

#include <functional>
#include <optional>

class QAbstractAxis;
class QLineSeries;
class QMenu;

namespace transept::ui {

/// What all charts share, so that they all behave alike. The wheel zooms at the cursor, dragging pans, Shift
/// and dragging zooms to a box, a double click (or Home) shows everything again, the arrow keys move a
/// crosshair that reads exact values, Escape removes it. The context menu copies the picture, saves it or its
/// values, and shows them as a table. Qt Charts draws frame, grid, axes and lines; a chart paints over it
/// what Qt Charts does not have.
class Chart : public QChartView
{
    Q_OBJECT

public:
    explicit Chart(QWidget* parent = nullptr);

    void setTitle(const QString& title); ///< for assistive technology and for exported files; not drawn
    QString title() const { return m_title; }
    void setAxisTitles(const QString& x, const QString& y); ///< with units
    void setLogarithmic(Qt::Orientation axis, bool logarithmic);
    bool isLogarithmic(Qt::Orientation axis) const { return axis == Qt::Horizontal ? m_logX : m_logY; }
    void setFileDialogs(const FileDialogs& dialogs) { m_dialogs = dialogs; }

    bool isZoomed() const { return m_fixedX || m_fixedY; }
    void zoomTo(std::optional<Range> x, std::optional<Range> y); ///< nothing: shows all and follows
    std::optional<Range> zoomX() const { return m_fixedX; }
    std::optional<Range> zoomY() const { return m_fixedY; }
    void setCrosshair(std::optional<double> x);
    std::optional<double> crosshair() const { return m_crosshair; }

    /// Everything that is drawn, with full precision.
    virtual ValueTable values() const = 0;
    /// The part of it that a zoomed view shows.
    virtual ValueTable shownValues() const { return values(); }

public Q_SLOTS:
    void resetZoom(); ///< back to showing all and following what is new
    void copyPicture();
    void showValueTable();

Q_SIGNALS:
    void zoomChanged(bool zoomed);
    /// What the crosshair reads: "epoch 19: mf 0.129, kfmf 0.111"; empty when there is none.
    void readOut(const QString& text);
    void saved(const QString& path);
    void saveFailed(const transept::Error& error);

protected:
    /// The ranges that show all values; nothing for an axis without any. Only positive values count on a log
    /// axis.
    struct Bounds
    {
        std::optional<Range> x;
        std::optional<Range> y;
    };
    virtual Bounds bounds() const = 0;
    /// Brings the series of Qt Charts up to date for the present ranges and size.
    virtual void updateSeries() {}
    /// Paints over the chart, in the chart's pixels; clip to plotArea() what belongs inside.
    virtual void paintOver(QPainter& painter) { Q_UNUSED(painter) }
    /// What the crosshair says at x; the x values where it stops come from crosshairStops().
    virtual QString readOutAt(double x) const
    {
        Q_UNUSED(x)
        return {};
    }
    virtual std::vector<double> crosshairStops() const { return {}; }
    virtual void addToContextMenu(QMenu& menu) { Q_UNUSED(menu) }
    virtual bool zoomsVertically() const { return true; }
    virtual bool zoomsHorizontally() const { return true; }
    virtual bool padsX() const { return false; } ///< true: round the x range to ticks

    void scheduleUpdate(); ///< once per turn of the event loop, however often it is called
    void setWholeX(bool whole) { m_wholeX = whole; } ///< ticks of x at whole numbers: epochs, ranks
    void setYStartsAtZero(bool starts) { m_zeroY = starts; }
    void setAxesVisible(bool x, bool y);
    void setSpace(int left, int right, int bottom = 0); ///< for what is painted beside the plot area
    QRectF plotArea() const;
    QPointF toPixel(double x, double y) const;
    double xAt(double pixel) const;
    const Scale& scaleX() const { return m_x; }
    const Scale& scaleY() const { return m_y; }
    QLineSeries* addLine();                      ///< attached to the axes, without points
    bool isLight() const { return m_exporting; } ///< exported pictures are light whatever the theme

    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;

    virtual void hover(const QPointF& position) { Q_UNUSED(position) }
    virtual void click(const QPointF& position) { Q_UNUSED(position) }

private:
    enum class Drag { None, Pan, Box };

    void makeAxes();
    void updateNow();
    int textHeight() const;
    int heightForY() const;
    void applyRange(QAbstractAxis* axis, const Scale& scale, double pixels, bool whole) const;
    void applyColours();
    void moveCrosshair(int step);
    void paintCrosshair(QPainter& painter) const;
    void savePicture(const QString& suffix);
    void savePictureOfSize();
    void saveValues(bool onlyShown);
    void save(const QString& suffix, const QString& filter, const std::function<QByteArray()>& bytes);
    void renderPicture(QPainter& painter, const QRectF& target);

    QString m_title;
    QString m_titleX;
    QString m_titleY;
    bool m_logX = false;
    bool m_logY = false;
    bool m_wholeX = false;
    bool m_zeroY = false;
    bool m_showX = true;
    bool m_showY = true;
    bool m_exporting = false;
    QAbstractAxis* m_axisX = nullptr;
    QAbstractAxis* m_axisY = nullptr;
    QLineSeries* m_anchor = nullptr; ///< keeps the axes alive while there is nothing to draw
    Scale m_x;
    Scale m_y;
    std::optional<Range> m_fixedX;
    std::optional<Range> m_fixedY;
    std::optional<double> m_crosshair;
    Drag m_drag = Drag::None;
    QPointF m_pressed;
    QPointF m_last;
    QTimer m_update;
    FileDialogs m_dialogs;
};

} // namespace transept::ui
