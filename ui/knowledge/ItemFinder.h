#pragma once

#include "ui/knowledge/ItemModels.h"
#include "ui/shell/Query.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QSettings;
class QToolButton;

namespace transept::ui {

/// The items of a domain, found by title or id; the one that is chosen is the session's. Items that are
/// lassoed on a map take the place of those found.
class ItemFinder final : public QWidget
{
    Q_OBJECT

public:
    explicit ItemFinder(Session& session, QWidget* parent = nullptr);

    void setDomains(std::vector<Domain> domains);
    void saveState(QSettings& settings) const; ///< in the settings' present group
    void restoreState(QSettings& settings);

Q_SIGNALS:
    void failed(const transept::Error& error);
    void pageWanted(transept::ItemId item); ///< all that is known of it is to be shown

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void findItems();
    void followLasso();
    void nameLasso();
    void letGo();
    void take(Result<std::vector<ItemRecord>> items);
    void selectFound();
    void retranslate();

    Session& m_session;
    Query m_query;
    std::vector<Domain> m_domains;
    QString m_wantedDomain; ///< of the last time, until there are domains to choose from
    QTimer m_typing;
    QComboBox* m_domain;
    QLineEdit* m_search;
    QWidget* m_lassoBar; ///< above the lassoed items
    QLabel* m_lassoNote;
    QToolButton* m_letGo;
    QListView* m_list;
    FoundItemModel* m_found;
};

} // namespace transept::ui
