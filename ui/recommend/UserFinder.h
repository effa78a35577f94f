#pragma once

#include "core/recommend/Recommend.h"
#include "ui/shell/Query.h"

#include <QtCore/QTimer>
#include <QtWidgets/QFrame>

class QLabel;
class QLineEdit;
class QListView;

namespace transept::ui {

class UserModel;

/// Finds a user by the start of an id, or among the most active ones; the chosen one is the session's.
class UserFinder final : public QFrame
{
    Q_OBJECT

public:
    explicit UserFinder(Session& session, QWidget* parent = nullptr);

    void refresh();    ///< asks the workspace again
    void chooseNext(); ///< the next of the list, after the last the first
    void clear();

Q_SIGNALS:
    void failed(const transept::Error& error);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void showUsers(std::vector<UserSummary> users);
    void updateShown();
    void followSelection();
    void retranslate();

    Session& m_session;
    Query m_query;
    bool m_isAsking = false;
    QTimer m_typing;
    QLineEdit* m_search;
    QListView* m_list;
    UserModel* m_model;
    QLabel* m_nobody;
};

} // namespace transept::ui
