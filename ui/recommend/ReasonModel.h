#pragma once

#include "core/recommend/Recommend.h"

#include <QtCore/QAbstractListModel>
#include <QtCore/QStringList>

namespace transept::ui {

/// The reasons for one recommendation, one a row: below a heading for every domain the items of the history
/// that contributed most, then the facets that got the attention.
class ReasonModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        HeadingRole = Qt::UserRole, ///< true for headings
        FigureRole,                 ///< text: share of a domain, weight, attention
        BarRole,                    ///< -1 ... 1, the strongest of its kind is 1 or -1
        ColourRole                  ///< of the domain, as seriesColour() counts; -1: none
    };

    using QAbstractListModel::QAbstractListModel;

    /// `domains`: all of the user's, in the order of their colours.
    void setReasons(const Recommendation& item, const QStringList& domains);
    void clear();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row
    {
        bool isHeading = false;
        QString text;
        QString figure;
        double bar = 0.0;
        int colour = -1;
    };
    void addDomain(const Recommendation& item, const std::string& domain, double share, int colour);
    void addFacets(const Recommendation& item);

    std::vector<Row> m_rows;
};

} // namespace transept::ui
