#include "ui/recommend/ReasonsPanel.h"

#include "ui/look/SeriesColours.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/recommend/ReasonModel.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QVBoxLayout>

#include <cmath>

namespace transept::ui {
namespace {

constexpr int iconSize = 12;
constexpr int barHeight = 5;

/// A heading with its share, or a reason above the bar of its weight: what speaks against is hollow.
class ReasonDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool isHeading = index.data(ReasonModel::HeadingRole).toBool();
        const int line = option.fontMetrics.height();
        return {0, isHeading ? line + space::two : line + barHeight + space::oneAndHalf};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Tokens& tokens = tokensOf(option.palette);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->fillRect(option.rect, tokens.selection);
        }
        if (index.data(ReasonModel::HeadingRole).toBool()) {
            paintHeading(*painter, tokens, option, index);
        } else {
            paintReason(*painter, tokens, option, index);
        }
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(QPen(tokens.accent, 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
        }
        painter->restore();
    }

private:
    static void paintHeading(QPainter& painter,
                             const Tokens& tokens,
                             const QStyleOptionViewItem& option,
                             const QModelIndex& index)
    {
        QRect line = option.rect.adjusted(space::half, space::one, -space::half, 0);
        const int colour = index.data(ReasonModel::ColourRole).toInt();
        QFont bold = option.font;
        bold.setWeight(QFont::DemiBold);
        painter.setFont(bold);
        painter.setPen(tokens.text);
        QRect text = line;
        if (colour >= 0) {
            seriesIcon(colour).paint(
                &painter, QRect(line.left(), line.center().y() - iconSize / 2, iconSize, iconSize));
            text.adjust(iconSize + space::one, 0, 0, 0);
        }
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
        painter.setFont(tabularFont(option.font));
        painter.setPen(tokens.mutedText);
        painter.drawText(
            line, Qt::AlignRight | Qt::AlignVCenter, index.data(ReasonModel::FigureRole).toString());
    }

    static void paintReason(QPainter& painter,
                            const Tokens& tokens,
                            const QStyleOptionViewItem& option,
                            const QModelIndex& index)
    {
        const QRect line = option.rect.adjusted(space::half, space::half, -space::half, -space::half);
        const QString figure = index.data(ReasonModel::FigureRole).toString();
        const QFont tabular = tabularFont(option.font);
        const int figureWidth = QFontMetrics(tabular).horizontalAdvance(figure) + space::one;
        painter.setFont(option.font);
        painter.setPen(tokens.text);
        painter.drawText(line,
                         Qt::AlignLeft | Qt::AlignTop,
                         option.fontMetrics.elidedText(
                             index.data().toString(), Qt::ElideRight, line.width() - figureWidth));
        painter.setFont(tabular);
        painter.setPen(tokens.mutedText);
        painter.drawText(line, Qt::AlignRight | Qt::AlignTop, figure);

        const double bar = index.data(ReasonModel::BarRole).toDouble();
        const int colour = index.data(ReasonModel::ColourRole).toInt();
        const QColor ink = colour >= 0 ? seriesColour(colour, tokens.dark) : tokens.mutedText;
        const double length = std::max(2.0, line.width() * std::min(1.0, std::abs(bar)));
        const QRectF shape(line.left(), line.bottom() - barHeight + 1, length, barHeight);
        painter.setPen(bar < 0.0 ? QPen(ink, 1) : QPen(Qt::NoPen));
        painter.setBrush(bar < 0.0 ? QBrush(Qt::NoBrush) : QBrush(ink));
        painter.drawRoundedRect(bar < 0.0 ? shape.adjusted(0.5, 0.5, -0.5, -0.5) : shape, 2, 2);
    }
};

} // namespace

ReasonsPanel::ReasonsPanel(QWidget* parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_subtitle(new QLabel(this))
    , m_list(new QListView(this))
    , m_model(new ReasonModel(this))
{
    setProperty(look::card, true);
    setObjectName(QStringLiteral("reasons"));
    m_title->setProperty(look::heading, true);
    m_title->setObjectName(QStringLiteral("reasonsTitle"));
    m_subtitle->setProperty(look::muted, true);
    m_subtitle->setObjectName(QStringLiteral("reasonsSubtitle"));
    m_list->setObjectName(QStringLiteral("reasonList"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ReasonDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::two, space::oneAndHalf, space::two, space::oneAndHalf);
    column->setSpacing(space::half);
    for (QLabel* label : {m_title, m_subtitle}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        column->addWidget(label);
    }
    column->addWidget(m_list, 1);
    column->addStretch(0);
    setMinimumWidth(200);
    update();
}

void ReasonsPanel::setDomains(const QStringList& domains)
{
    m_domainNames = domains;
    update();
}

void ReasonsPanel::show(const Recommendation& item, const QString& run)
{
    m_item = item;
    m_run = run;
    update();
}

void ReasonsPanel::clear()
{
    m_item.reset();
    update();
}

void ReasonsPanel::update()
{
    m_list->setAccessibleName(tr("Reasons"));
    if (!m_item) {
        m_model->clear();
        m_title->setText(tr("Why?"));
        m_subtitle->setText(tr("Choose an item in one of the lists to see what speaks for it."));
    } else {
        m_model->setReasons(*m_item, m_domainNames);
        m_title->setText(
            tr("Why %1?").arg(QString::fromStdString(m_item->title.empty() ? m_item->key : m_item->title)));
        m_subtitle->setText(
            m_item->foldedFrom ? tr("It came after %1 was trained: its score follows from what others did "
                                    "with it since, in %Ln interaction(s).",
                                    nullptr,
                                    static_cast<int>(*m_item->foldedFrom))
                                     .arg(m_run)
            : m_model->rowCount() == 0
                ? tr("%1 cannot say which items of the history moved this score.").arg(m_run)
            : m_item->shares.empty() ? tr("What of the item's knowledge %1 looked at").arg(m_run)
                                     : tr("What of the history moved the score of %1").arg(m_run));
    }
    m_list->setVisible(m_model->rowCount() > 0);
}

void ReasonsPanel::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        update();
    }
}

} // namespace transept::ui
