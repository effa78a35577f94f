#include "ui/charts/PictureDialog.h"

#include "ui/look/Theme.h"
#include "ui/text/Numbers.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSpinBox>

#include <cmath>

namespace transept::ui {
namespace {

constexpr double pixelsPerMillimetre = 96.0 / 25.4;
constexpr double millimetresPerInch = 25.4;
constexpr int shortestSide = 45; // millimetres; what the smallest chart needs
constexpr int longestSide = 1000;
constexpr int usualFineness = 300;

int millimetres(double pixels)
{
    return static_cast<int>(std::lround(pixels / pixelsPerMillimetre));
}

} // namespace

PictureDialog::PictureDialog(const QSizeF& size, QWidget* parent)
    : QDialog(parent)
    , m_width(new QSpinBox(this))
    , m_height(new QSpinBox(this))
    , m_fineness(new QComboBox(this))
    , m_dots(new QLabel(this))
{
    setWindowTitle(tr("Save as PNG"));
    m_width->setObjectName(QStringLiteral("pictureWidth"));
    m_height->setObjectName(QStringLiteral("pictureHeight"));
    m_fineness->setObjectName(QStringLiteral("pictureFineness"));
    for (QSpinBox* side : {m_width, m_height}) {
        side->setRange(shortestSide, longestSide);
        side->setSuffix(tr(" mm"));
        connect(side, &QSpinBox::valueChanged, this, &PictureDialog::showDots);
    }
    m_width->setValue(millimetres(size.width()));
    m_height->setValue(millimetres(size.height()));
    for (const int each : {96, 150, usualFineness, 600}) {
        m_fineness->addItem(QString::number(each), each);
    }
    m_fineness->setCurrentIndex(m_fineness->findData(usualFineness));
    connect(m_fineness, &QComboBox::currentIndexChanged, this, &PictureDialog::showDots);
    build();
    showDots();
}

void PictureDialog::build()
{
    m_dots->setProperty(look::muted, true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* form = new QFormLayout(this);
    form->addRow(tr("Width"), m_width);
    form->addRow(tr("Height"), m_height);
    form->addRow(tr("Dots per inch"), m_fineness);
    form->addRow(QString(), m_dots);
    form->addRow(buttons);
}

QSizeF PictureDialog::size() const
{
    return QSizeF(m_width->value(), m_height->value()) * pixelsPerMillimetre;
}

int PictureDialog::dotsPerInch() const
{
    return m_fineness->currentData().toInt();
}

void PictureDialog::showDots()
{
    const auto dots = [this](int side) {
        return numbers::count(std::llround(side / millimetresPerInch * dotsPerInch()));
    };
    m_dots->setText(tr("%1 by %2 dots").arg(dots(m_width->value()), dots(m_height->value())));
}

} // namespace transept::ui
