#pragma once

#include "core/recommend/Recommend.h"

#include <QtCore/QAbstractListModel>

namespace transept::ui {

/// What one run recommends to one user, best first. Read-only: a new list replaces the old.
class RecommendationModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { RankRole = Qt::UserRole, ScoreRole, ShareRole, ConfirmedRole, NewRole, WhyRole, ItemRole };

    using QAbstractListModel::QAbstractListModel;

    void setItems(std::vector<Recommendation> items);
    const std::vector<Recommendation>& items() const { return m_items; }
    const Recommendation* find(ItemId item) const;
    std::optional<int> rowOf(ItemId item) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    static QString whyOf(const Recommendation& item);
    static QString toolTipOf(const Recommendation& item);
    double shareOf(const Recommendation& item) const;

    std::vector<Recommendation> m_items;
};

} // namespace transept::ui
