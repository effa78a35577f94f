#pragma once

#include <QtWidgets/QLabel>

namespace transept::ui {

/// One line of text that ends in "…" when there is no room, and then shows the whole in its tooltip.
class ElidedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QString elided() const;
};

} // namespace transept::ui
