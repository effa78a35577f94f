#pragma once

#include "core/recommend/Recommend.h"

#include <QtCore/QAbstractListModel>

namespace transept::ui {

/// Users to choose from, the most active first: key, and what they did in every domain.
class UserModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { PersonRole = Qt::UserRole, ActivityRole, TotalRole };

    using QAbstractListModel::QAbstractListModel;

    void setUsers(std::vector<UserSummary> users);
    const std::vector<UserSummary>& users() const { return m_users; }
    std::optional<int> rowOf(PersonId person) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    std::vector<UserSummary> m_users;
};

/// "31 in books, 3 in music"
QString activityOf(const UserSummary& user);

} // namespace transept::ui
