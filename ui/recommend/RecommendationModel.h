#pragma once

#include "core/recommend/Recommend.h"

#include <QtCore/QAbstractListModel>

namespace transept::ui {

/// What one run recommends to one user, best first. Read-only: a new list replaces the old.
class RecommendationModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        RankRole = Qt::UserRole,
        ScoreRole,
        ShareRole,
        ConfirmedRole,
        LassoedRole, ///< on a map
        NewRole,
        WhyRole,
        ItemRole
    };

    using QAbstractListModel::QAbstractListModel;

    void setItems(std::vector<Recommendation> items);
    void setLassoed(std::vector<ItemId> items); ///< which ascend; items of the list are marked
    bool isLassoed(const Recommendation& item) const;
    const std::vector<Recommendation>& items() const { return m_items; }
    const Recommendation* find(ItemId item) const;
    std::optional<int> rowOf(ItemId item) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    static QString whyOf(const Recommendation& item);
    QString toolTipOf(const Recommendation& item) const;
    QString accessibleText(const Recommendation& item) const;
    double shareOf(const Recommendation& item) const;

    std::vector<Recommendation> m_items;
    std::vector<ItemId> m_lassoed;
};

} // namespace transept::ui
