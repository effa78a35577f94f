#pragma once

#include <QtWidgets/QWidget>

namespace transept::ui {

/// The legend of a scale of colours: a band from the lowest to the highest, with both written beside.
class ColourScale final : public QWidget
{
    Q_OBJECT

public:
    explicit ColourScale(QWidget* parent = nullptr);

    void setEnds(const QString& low, const QString& high);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_low;
    QString m_high;
};

/// The colour of a mark at 0 ... 1 of such a scale: never as pale as the surface behind it.
QColor markColour(double fraction, bool dark);

} // namespace transept::ui
