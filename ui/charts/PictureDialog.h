#pragma once

#include <QtCore/QSizeF>
#include <QtWidgets/QDialog>

class QComboBox;
class QLabel;
class QSpinBox;

namespace transept::ui {

/// How large a picture is to be on paper, and how fine.
class PictureDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit PictureDialog(const QSizeF& size, QWidget* parent = nullptr);

    QSizeF size() const; ///< in pixels of 96 an inch
    int dotsPerInch() const;

private:
    void build();
    void showDots();

    QSpinBox* m_width;
    QSpinBox* m_height;
    QComboBox* m_fineness;
    QLabel* m_dots;
};

} // namespace transept::ui
