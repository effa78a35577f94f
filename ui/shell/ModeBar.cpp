#include "ui/shell/ModeBar.h"

#include "ui/look/Icons.h"
#include "ui/look/Tokens.h"
#include "ui/shell/ActionButton.h"

#include <QtGui/QAction>
#include <QtGui/QPainter>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {

namespace {

constexpr int kButtonHeight = 58;
constexpr int kLeastWidth = 78;
constexpr int kIconSide = 22;
constexpr int kIconTop = 9;
constexpr int kTextTop = 33;
constexpr int kTextHeight = 18;
constexpr qreal kTextScale = 0.92;

} // namespace

class ModeBar::Button final : public QAbstractButton
{
public:
    Button(QAction* action, QString iconName, QWidget* parent)
        : QAbstractButton(parent)
        , m_action(action)
        , m_iconName(std::move(iconName))
    {
        setObjectName(action->objectName() + QStringLiteral("Button"));
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        QFont small = font();
        small.setPointSizeF(small.pointSizeF() * kTextScale);
        setFont(small);
        connect(this, &QAbstractButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, this, [this] { follow(); });
        follow();
    }

    QSize sizeHint() const override
    {
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        const int wanted = QFontMetrics(bold).horizontalAdvance(text()) + space::two;
        return {std::max(kLeastWidth, wanted), kButtonHeight};
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Tokens& tokens = tokensOf(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF frame = QRectF(rect()).adjusted(1, 1, -1, -1);
        if (isChecked() || underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(isChecked() ? tokens.accentSoft : tokens.hover);
            painter.drawRoundedRect(frame, space::radius, space::radius);
        }
        if (hasFocus()) {
            painter.setPen(QPen(tokens.accent, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(frame, space::radius, space::radius);
        }
        const QColor colour = !isEnabled()   ? tokens.disabledText
                              : isChecked()  ? tokens.accent
                              : underMouse() ? tokens.text
                                             : tokens.mutedText;
        ui::icon(m_iconName, colour)
            .paint(&painter, (width() - kIconSide) / 2, kIconTop, kIconSide, kIconSide);
        QFont weight = font();
        weight.setWeight(isChecked() ? QFont::DemiBold : QFont::Normal);
        painter.setFont(weight);
        painter.setPen(colour);
        painter.drawText(QRect(0, kTextTop, width(), kTextHeight), Qt::AlignCenter, text());
    }

    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

private:
    void follow()
    {
        setText(plainText(m_action));
        setAccessibleName(text());
        setToolTip(toolTipWithShortcut(m_action));
        setEnabled(m_action->isEnabled());
        setChecked(m_action->isChecked());
        updateGeometry();
        update();
    }

    QAction* m_action;
    QString m_iconName;
};

ModeBar::ModeBar(QWidget* parent) : QFrame(parent), m_column(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("modeBar"));
    m_column->setContentsMargins(5, space::one, 5, space::one);
    m_column->setSpacing(space::half);
    m_column->addStretch();
}

void ModeBar::add(QAction* action, const QString& iconName)
{
    m_column->insertWidget(m_column->count() - 1, new Button(action, iconName, this));
}

} // namespace transept::ui
