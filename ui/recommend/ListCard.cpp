#include "ui/recommend/ListCard.h"

#include "ui/look/Icons.h"
#include "ui/look/SeriesColours.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/recommend/RecommendationModel.h"
#include "ui/shell/ElidedLabel.h"
#include "ui/text/Numbers.h"

#include <QtCore/QEvent>
#include <QtCore/QScopedValueRollback>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr int rankWidth = 28;
constexpr int barWidth = 72;
constexpr int barThickness = 5;
constexpr int leastTextWidth = 200; // beside a bar and a score; else these lie below the title
constexpr int scoreWidth = 52;
constexpr int checkSize = 16;
constexpr int roomForWords = 240; // of a card
constexpr int narrowest = 176;    // three stand side by side in a window of 1280

/// Rank, title with the mark of confirmation above the strongest reason, a bar and the score. In a narrow
/// card the title has the whole line: the score stands beside the reason, the bar lies below both.
class RecommendationDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setColour(int colour) { m_colour = colour; }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {0, 2 * option.fontMetrics.height() + space::two};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Tokens& tokens = tokensOf(option.palette);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->fillRect(option.rect, tokens.selection);
        } else if (option.state.testFlag(QStyle::State_MouseOver)) {
            painter->fillRect(option.rect, tokens.hover);
        }
        painter->setPen(tokens.line);
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
        QRect line = option.rect.adjusted(space::half, 0, -space::half, 0);
        painter->setFont(tabularFont(option.font));
        painter->setPen(tokens.mutedText);
        painter->drawText(QRect(line.left(), line.top(), rankWidth - space::one, line.height()),
                          Qt::AlignRight | Qt::AlignVCenter,
                          QString::number(index.data(RecommendationModel::RankRole).toInt()));
        const QString score = index.data(RecommendationModel::ScoreRole).toString();
        const double share = index.data(RecommendationModel::ShareRole).toDouble();
        if (line.width() >= rankWidth + leastTextWidth + barWidth + scoreWidth) {
            painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, score);
            line.adjust(rankWidth, 0, -scoreWidth, 0);
            const int top = line.center().y() - barThickness / 2;
            paintBar(*painter, tokens, QRect(line.right() - barWidth, top, barWidth, barThickness), share);
            line.adjust(0, 0, -barWidth - space::one, 0);
            paintTexts(*painter, tokens, option, line, index, 0);
        } else {
            line.adjust(rankWidth, 0, 0, -barThickness);
            paintBar(
                *painter, tokens, QRect(line.left(), line.bottom(), line.width(), barThickness - 2), share);
            painter->setPen(tokens.mutedText);
            painter->drawText(
                line.adjusted(0, line.height() / 2, 0, 0), Qt::AlignRight | Qt::AlignTop, score);
            const int taken = painter->fontMetrics().horizontalAdvance(score) + space::one;
            paintTexts(*painter, tokens, option, line, index, taken);
        }
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(QPen(tokens.accent, 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
        }
        painter->restore();
    }

private:
    void paintBar(QPainter& painter, const Tokens& tokens, const QRectF& whole, double share) const
    {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.line);
        painter.drawRoundedRect(whole, 2, 2);
        painter.setBrush(seriesColour(m_colour, tokens.dark));
        painter.drawRoundedRect(
            QRectF(whole.topLeft(), QSizeF(whole.width() * std::clamp(share, 0.0, 1.0), whole.height())),
            2,
            2);
    }

    /// `taken` is what stands at the right end of the second line already.
    static void paintTexts(QPainter& painter,
                           const Tokens& tokens,
                           const QStyleOptionViewItem& option,
                           const QRect& line,
                           const QModelIndex& index,
                           int taken)
    {
        const bool confirmed = index.data(RecommendationModel::ConfirmedRole).toBool();
        const QString mark = index.data(RecommendationModel::NewRole).toString();
        const QString why = index.data(RecommendationModel::WhyRole).toString();
        QFont bold = option.font;
        bold.setWeight(QFont::DemiBold);
        const QFontMetrics metrics(bold);
        const bool isAlone = why.isEmpty() && taken == 0;
        QRect top = line;
        top.setHeight(isAlone ? line.height() : line.height() / 2 + 1);
        const QFont small = smallFont(option.font);
        const bool lassoed = index.data(RecommendationModel::LassoedRole).toBool();
        const int pictures = (confirmed ? 1 : 0) + (lassoed ? 1 : 0);
        const int beside = pictures * (checkSize + space::half) +
                           (mark.isEmpty() ? 0 : QFontMetrics(small).horizontalAdvance(mark) + space::half);
        const QString title =
            metrics.elidedText(index.data().toString(), Qt::ElideRight, top.width() - beside);
        painter.setFont(bold);
        painter.setPen(tokens.text);
        const int flags = int(Qt::AlignLeft) | int(isAlone ? Qt::AlignVCenter : Qt::AlignBottom);
        painter.drawText(top, flags, title);
        QRect next(top.left() + metrics.horizontalAdvance(title) + space::half,
                   (isAlone ? top.center().y() - checkSize / 2 : top.bottom() - checkSize),
                   checkSize,
                   checkSize);
        const auto paintPicture = [&](const QIcon& picture) {
            picture.paint(&painter, next);
            next.translate(checkSize + space::half, 0);
        };
        if (confirmed) {
            paintPicture(icon(QStringLiteral("check"), tokens.good));
        }
        if (lassoed) {
            paintPicture(icon(QStringLiteral("lasso"), tokens.accent));
        }
        if (!mark.isEmpty()) {
            painter.setFont(small);
            painter.setPen(tokens.accent);
            painter.drawText(top.adjusted(next.left() - top.left(), 0, 0, 0), flags, mark);
        }
        if (!why.isEmpty()) {
            painter.setFont(small);
            painter.setPen(tokens.mutedText);
            painter.drawText(line.adjusted(0, line.height() / 2, 0, 0),
                             Qt::AlignLeft | Qt::AlignTop,
                             QFontMetrics(small).elidedText(why, Qt::ElideRight, line.width() - taken));
        }
    }

    int m_colour = 0;
};

} // namespace

ListCard::ListCard(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_name(new ElidedLabel(this))
    , m_tick(new QLabel(this))
    , m_confirmed(new QLabel(this))
    , m_notice(new QLabel(this))
    , m_list(new QListView(this))
    , m_model(new RecommendationModel(this))
{
    setProperty(look::card, true);
    m_name->setProperty(look::heading, true);
    m_confirmed->setProperty(look::muted, true);
    m_confirmed->setObjectName(QStringLiteral("confirmedCount"));
    m_notice->setProperty(look::muted, true);
    m_notice->setWordWrap(true);
    m_notice->setAlignment(Qt::AlignCenter);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new RecommendationDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    auto* head = new QHBoxLayout;
    head->addWidget(m_icon);
    head->addWidget(m_name, 1);
    head->addWidget(m_tick);
    head->addWidget(m_confirmed);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::oneAndHalf, space::oneAndHalf, space::oneAndHalf, space::one);
    column->addLayout(head);
    column->addWidget(m_notice, 1);
    column->addWidget(m_list, 1);
    setMinimumWidth(narrowest);
    showTick();
    showConfirmed();
    connect(m_list->selectionModel(),
            &QItemSelectionModel::currentChanged,
            this,
            [this](const QModelIndex& current) {
                if (current.isValid() && !m_selecting) {
                    Q_EMIT itemSelected(m_run,
                                        ItemId{current.data(RecommendationModel::ItemRole).toLongLong()});
                }
            });
}

void ListCard::setRun(RunId run, const QString& name, int colour)
{
    m_run = run;
    setObjectName(QStringLiteral("listOfRun%1").arg(number(run)));
    m_list->setObjectName(QStringLiteral("recommendations%1").arg(number(run)));
    m_list->setAccessibleName(tr("Recommended by %1").arg(name));
    m_name->setText(name);
    m_icon->setPixmap(seriesIcon(colour).pixmap(12, 12));
    static_cast<RecommendationDelegate*>(m_list->itemDelegate())->setColour(colour);
    m_list->viewport()->update();
}

void ListCard::setItems(std::vector<Recommendation> items, const Remark& remark)
{
    m_remark = remark;
    m_model->setItems(std::move(items));
    setNotice(m_model->items().empty() ? remark.nothing : QString());
}

void ListCard::setLassoed(const std::vector<ItemId>& items)
{
    m_model->setLassoed(items);
}

void ListCard::setNotice(const QString& notice)
{
    m_notice->setText(notice);
    m_notice->setVisible(!notice.isEmpty());
    m_list->setVisible(notice.isEmpty());
    showConfirmed();
}

/// In a narrow card the number alone, so that the run's name has the room.
void ListCard::showConfirmed()
{
    if (!m_remark.words.isEmpty() && m_notice->isHidden()) {
        m_confirmed->show();
        m_tick->hide();
        m_confirmed->setText(m_remark.words);
        m_confirmed->setToolTip(m_remark.meaning);
        return;
    }
    const auto confirmed =
        static_cast<int>(std::ranges::count_if(m_model->items(), &Recommendation::confirmed));
    const bool isShown = confirmed > 0 && m_notice->isHidden();
    m_confirmed->setVisible(isShown);
    m_tick->setVisible(isShown && width() < roomForWords);
    m_confirmed->setText(width() < roomForWords ? numbers::count(confirmed)
                                                : tr("%Ln confirmed", "items", confirmed));
    for (QLabel* label : {m_confirmed, m_tick}) {
        label->setToolTip(tr("Items that this person chose in the test set"));
    }
}

void ListCard::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    showConfirmed();
}

void ListCard::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        showTick();
    }
}

void ListCard::showTick()
{
    m_tick->setPixmap(icon(QStringLiteral("check"), tokensOf(this).good)
                          .pixmap(QSize(checkSize, checkSize), devicePixelRatioF()));
}

void ListCard::setSelected(std::optional<ItemId> item)
{
    const QScopedValueRollback selecting(m_selecting, true);
    const std::optional<int> row = item ? m_model->rowOf(*item) : std::nullopt;
    m_list->setCurrentIndex(row ? m_model->index(*row) : QModelIndex());
}

} // namespace transept::ui
