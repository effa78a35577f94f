#include "ui/charts/ChartCard.h"

#include "ui/charts/Legend.h"
#include "ui/charts/LineChart.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/shell/ElidedLabel.h"

#include <QtCore/QEvent>
#include <QtCore/QSettings>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr double usualSmoothing = 0.7;
constexpr auto kLogarithmic = "Logarithmic";
constexpr auto kSmooth = "Smooth";
constexpr auto kZoomX = "ZoomX";
constexpr auto kZoomY = "ZoomY";

QVariant stored(std::optional<Range> range)
{
    return range ? QVariant(QVariantList{range->low, range->high}) : QVariant();
}

std::optional<Range> rangeFrom(const QVariant& stored)
{
    const QVariantList ends = stored.toList();
    return ends.size() == 2 ? std::optional(Range{ends[0].toDouble(), ends[1].toDouble()}) : std::nullopt;
}

QToolButton* quietButton(const char* name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setObjectName(QLatin1String(name));
    button->setProperty(look::quiet, true);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    return button;
}

} // namespace

ChartCard::ChartCard(Chart* chart, QWidget* parent)
    : QFrame(parent)
    , m_chart(chart)
    , m_title(new QLabel(this))
    , m_readOut(new ElidedLabel(this))
    , m_nothing(new QLabel(this))
    , m_reset(quietButton("showEverything", this))
    , m_tools(new QHBoxLayout)
    , m_body(new QWidget(this))
    , m_legend(new Legend(this))
{
    setProperty(look::card, true);
    m_title->setProperty(look::heading, true);
    m_readOut->setProperty(look::muted, true);
    m_readOut->setObjectName(QStringLiteral("readOut"));
    m_readOut->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_readOut->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_nothing->setProperty(look::muted, true);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->hide();
    m_reset->hide();
    m_legend->hide();

    m_tools->setSpacing(space::half);
    m_tools->addWidget(m_title);
    m_tools->addSpacing(space::one);
    m_tools->addWidget(m_readOut, 1);
    m_tools->addWidget(m_reset);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::two, space::oneAndHalf, space::two, space::oneAndHalf);
    column->setSpacing(space::half);
    column->addLayout(m_tools);
    column->addWidget(m_body, 1);
    auto* body = new QHBoxLayout(m_body);
    body->setContentsMargins({});
    body->setSpacing(space::two);
    body->addWidget(m_chart, 1);
    column->addWidget(m_nothing, 1);
    column->addWidget(m_legend);

    connect(m_chart, &Chart::readOut, this, [this](const QString& text) {
        m_readOut->setText(text);
        m_readOut->setToolTip(text);
    });
    connect(m_chart, &Chart::zoomChanged, m_reset, &QWidget::setVisible);
    connect(m_reset, &QToolButton::clicked, m_chart, &Chart::resetZoom);
    retranslate();
}

void ChartCard::placeLegendBeside(int pixels)
{
    constexpr int aroundName = 48; // mark, padding and scroll bar
    m_legend->setWidestName(pixels - aroundName);
    auto* side = new QScrollArea(m_body);
    side->setWidgetResizable(true);
    side->setFrameShape(QFrame::NoFrame);
    side->setFocusPolicy(Qt::NoFocus);
    side->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    side->setFixedWidth(pixels);
    side->setWidget(m_legend);
    m_body->layout()->addWidget(side);
}

void ChartCard::setTitle(const QString& title)
{
    m_title->setText(title);
    m_title->setVisible(m_choice == nullptr || m_choice->isHidden());
    m_chart->setTitle(title);
}

void ChartCard::addCurveTools(LineChart* chart)
{
    m_log = quietButton("logarithmic", this);
    m_log->setCheckable(true);
    m_smooth = quietButton("smooth", this);
    m_smooth->setCheckable(true);
    connect(
        m_log, &QToolButton::toggled, chart, [chart](bool on) { chart->setLogarithmic(Qt::Vertical, on); });
    connect(m_smooth, &QToolButton::toggled, chart, [chart](bool on) {
        chart->setSmoothing(on ? usualSmoothing : 0.0);
    });
    connect(m_legend, &Legend::hiddenChanged, chart, &LineChart::setHidden);
    connect(m_legend, &Legend::highlighted, chart, &LineChart::setHighlighted);
    m_tools->addWidget(m_log);
    m_tools->addWidget(m_smooth);
    retranslate();
}

void ChartCard::setChoice(QComboBox* choice)
{
    m_choice = choice;
    m_choice->setProperty(look::heading, true);
    m_tools->insertWidget(0, m_choice);
}

void ChartCard::addTool(QWidget* tool)
{
    m_tools->addWidget(tool);
}

void ChartCard::setNothing(const QString& sentence)
{
    m_nothing->setText(sentence);
    m_nothing->setVisible(!sentence.isEmpty());
    m_body->setVisible(sentence.isEmpty());
}

void ChartCard::saveState(QSettings& settings) const
{
    settings.setValue(m_chart->objectName() + QLatin1String(kZoomX), stored(m_chart->zoomX()));
    settings.setValue(m_chart->objectName() + QLatin1String(kZoomY), stored(m_chart->zoomY()));
    if (m_log != nullptr) {
        settings.setValue(m_chart->objectName() + QLatin1String(kLogarithmic), m_log->isChecked());
        settings.setValue(m_chart->objectName() + QLatin1String(kSmooth), m_smooth->isChecked());
    }
}

void ChartCard::restoreState(QSettings& settings)
{
    if (m_log != nullptr) {
        m_log->setChecked(settings.value(m_chart->objectName() + QLatin1String(kLogarithmic)).toBool());
        m_smooth->setChecked(settings.value(m_chart->objectName() + QLatin1String(kSmooth)).toBool());
    }
    m_chart->zoomTo(rangeFrom(settings.value(m_chart->objectName() + QLatin1String(kZoomX))),
                    rangeFrom(settings.value(m_chart->objectName() + QLatin1String(kZoomY))));
}

void ChartCard::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void ChartCard::retranslate()
{
    m_reset->setText(tr("Show everything"));
    m_reset->setToolTip(tr("Show everything and follow what is new (double click, Home)"));
    if (m_log != nullptr) {
        m_log->setText(tr("log"));
        m_log->setToolTip(tr("Logarithmic axis of values"));
        m_smooth->setText(tr("smooth"));
        m_smooth->setToolTip(tr("Draw a smoothed curve above the raw one"));
    }
}

} // namespace transept::ui
