#include "ui/recommend/UserModel.h"

#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

namespace transept::ui {

QString activityOf(const UserSummary& user)
{
    QStringList parts;
    for (const auto& [domain, count] : user.interactions) {
        parts << UserModel::tr("%1 in %2", "number of interactions, domain")
                     .arg(numbers::count(count), QString::fromStdString(domain));
    }
    return sentences::list(parts);
}

void UserModel::setUsers(std::vector<UserSummary> users)
{
    beginResetModel();
    m_users = std::move(users);
    endResetModel();
}

std::optional<int> UserModel::rowOf(PersonId person) const
{
    const auto found = std::ranges::find(m_users, person, &UserSummary::person);
    return found == m_users.end() ? std::nullopt : std::optional(static_cast<int>(found - m_users.begin()));
}

int UserModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_users.size());
}

QVariant UserModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const UserSummary& user = m_users[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromStdString(user.key);
    case ActivityRole:
        return activityOf(user);
    case TotalRole: {
        std::int64_t total = 0;
        for (const auto& [domain, count] : user.interactions) {
            total += count;
        }
        return numbers::count(total);
    }
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return tr("%1 at %2: %3", "user, platform, activity")
            .arg(QString::fromStdString(user.key), QString::fromStdString(user.platform), activityOf(user));
    case PersonRole:
        return static_cast<qint64>(number(user.person));
    default:
        return {};
    }
}

} // namespace transept::ui
