#include "ui/recommend/RecommendationModel.h"

#include "ui/text/Numbers.h"

namespace transept::ui {

void RecommendationModel::setItems(std::vector<Recommendation> items)
{
    beginResetModel();
    m_items = std::move(items);
    endResetModel();
}

void RecommendationModel::setLassoed(std::vector<ItemId> items)
{
    m_lassoed = std::move(items);
    if (!m_items.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
}

bool RecommendationModel::isLassoed(const Recommendation& item) const
{
    return std::ranges::binary_search(m_lassoed, item.item);
}

const Recommendation* RecommendationModel::find(ItemId item) const
{
    const std::optional<int> row = rowOf(item);
    return row ? &m_items[static_cast<std::size_t>(*row)] : nullptr;
}

std::optional<int> RecommendationModel::rowOf(ItemId item) const
{
    const auto found = std::ranges::find(m_items, item, &Recommendation::item);
    return found == m_items.end() ? std::nullopt : std::optional(static_cast<int>(found - m_items.begin()));
}

int RecommendationModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QString RecommendationModel::whyOf(const Recommendation& item)
{
    if (item.foldedFrom) {
        return tr("folded in from %Ln interaction(s)", nullptr, static_cast<int>(*item.foldedFrom));
    }
    // What speaks against an item is no reason to recommend it, however strong.
    const auto first =
        std::ranges::find_if(item.reasons, [](const Reason& reason) { return reason.weight > 0.0; });
    if (first == item.reasons.end()) {
        return {};
    }
    const QString title = QString::fromStdString(first->title.empty() ? first->key : first->title);
    return first->kind == "facet" ? tr("knowledge: %1", "the strongest reason").arg(title)
                                  : tr("mostly for %1", "the strongest reason is an item").arg(title);
}

/// What a narrow list cuts, whole.
QString RecommendationModel::toolTipOf(const Recommendation& item) const
{
    const QString key = QString::fromStdString(item.key);
    const QString title = item.title.empty() ? key : QString::fromStdString(item.title);
    const QString name = item.confirmed ? tr("%1 (%2), confirmed by the test set").arg(title, key)
                                        : tr("%1 (%2)").arg(title, key);
    QStringList lines{name};
    if (const QString why = whyOf(item); !why.isEmpty()) {
        lines << why;
    }
    if (isLassoed(item)) {
        lines << tr("lassoed on the map of the Knowledge page");
    }
    return lines.join(QLatin1Char('\n'));
}

QString RecommendationModel::accessibleText(const Recommendation& item) const
{
    const QString title = QString::fromStdString(item.title.empty() ? item.key : item.title);
    const QString pattern = item.foldedFrom  ? tr("%1: %2, new, score %3")
                            : item.confirmed ? tr("%1: %2, score %3, confirmed by the test set")
                                             : tr("%1: %2, score %3");
    const QString said = pattern.arg(QString::number(item.rank), title, numbers::real(item.score));
    return isLassoed(item) ? tr("%1, lassoed", "an item of a list").arg(said) : said;
}

double RecommendationModel::shareOf(const Recommendation& item) const
{
    // The bar shows how far a score stands above the list's last, on the way to its first.
    const double best = m_items.front().score;
    const double worst = std::min(0.0, m_items.back().score);
    return best > worst ? (item.score - worst) / (best - worst) : 1.0;
}

QVariant RecommendationModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Recommendation& item = m_items[static_cast<std::size_t>(index.row())];
    const QString title = QString::fromStdString(item.title.empty() ? item.key : item.title);
    switch (role) {
    case Qt::DisplayRole:
        return title;
    case Qt::AccessibleTextRole:
        return accessibleText(item);
    case Qt::ToolTipRole:
        return toolTipOf(item);
    case RankRole:
        return item.rank;
    case ScoreRole:
        return numbers::real(item.score);
    case ShareRole:
        return shareOf(item);
    case ConfirmedRole:
        return item.confirmed;
    case LassoedRole:
        return isLassoed(item);
    case NewRole:
        return item.foldedFrom ? tr("new", "an item that came after the training") : QString();
    case WhyRole:
        return whyOf(item);
    case ItemRole:
        return static_cast<qint64>(number(item.item));
    default:
        return {};
    }
}

} // namespace transept::ui
