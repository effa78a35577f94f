#include "ui/recommend/ReasonModel.h"

#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <cmath>

namespace transept::ui {
namespace {

QString titleOf(const Reason& reason)
{
    return QString::fromStdString(reason.title.empty() ? reason.key : reason.title);
}

double strongest(const std::vector<Reason>& reasons, std::string_view kind)
{
    double most = 0.0;
    for (const Reason& reason : reasons) {
        most = reason.kind == kind ? std::max(most, std::abs(reason.weight)) : most;
    }
    return most > 0.0 ? most : 1.0;
}

} // namespace

void ReasonModel::setReasons(const Recommendation& item, const QStringList& domains)
{
    beginResetModel();
    m_rows.clear();
    for (const auto& [domain, share] : item.shares) {
        addDomain(item, domain, share, static_cast<int>(domains.indexOf(QString::fromStdString(domain))));
    }
    addFacets(item);
    endResetModel();
}

void ReasonModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void ReasonModel::addDomain(const Recommendation& item, const std::string& domain, double share, int colour)
{
    m_rows.push_back({.isHeading = true,
                      .text = QString::fromStdString(domain),
                      .figure = numbers::percent(share, 2),
                      .colour = colour});
    const double most = strongest(item.reasons, "item");
    for (const Reason& reason : item.reasons) {
        if (reason.kind == "item" && reason.domain == domain) {
            const QString sign = reason.weight > 0.0 ? QStringLiteral("+") : QString();
            m_rows.push_back({.text = titleOf(reason),
                              .figure = sign + numbers::real(reason.weight, 2),
                              .bar = reason.weight / most,
                              .colour = colour});
        }
    }
}

void ReasonModel::addFacets(const Recommendation& item)
{
    const double most = strongest(item.reasons, "facet");
    bool isFirst = true;
    for (const Reason& reason : item.reasons) {
        if (reason.kind != "facet") {
            continue;
        }
        if (std::exchange(isFirst, false)) {
            m_rows.push_back({.isHeading = true, .text = tr("Facets"), .figure = tr("attention")});
        }
        m_rows.push_back({.text = tr("%1: %2", "name and text of a facet")
                                      .arg(sentences::facetTitle(reason.key), titleOf(reason)),
                          .figure = numbers::percent(reason.weight, 2),
                          .bar = reason.weight / most});
    }
}

int ReasonModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ReasonModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.text;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return tr("%1: %2", "a reason, its weight").arg(row.text, row.figure);
    case HeadingRole:
        return row.isHeading;
    case FigureRole:
        return row.figure;
    case BarRole:
        return row.bar;
    case ColourRole:
        return row.colour;
    default:
        return {};
    }
}

Qt::ItemFlags ReasonModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

} // namespace transept::ui
