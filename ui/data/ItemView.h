#pragma once

#include "ui/data/ItemModel.h"

#include <QtCore/QTimer>
#include <QtWidgets/QFrame>

class QLabel;
class QLineEdit;
class QSettings;
class QTableView;

namespace transept::ui {

class LassoToggle;

/// The items of a domain, searched by key and title.
class ItemView final : public QFrame
{
    Q_OBJECT

public:
    explicit ItemView(Session& session, QWidget* parent = nullptr);

    void show(std::optional<DomainId> domain);

    void saveState(QSettings& settings) const;
    void restoreState(QSettings& settings);

Q_SIGNALS:
    void failed(const transept::Error& error);
    void itemActivated(const QString& key); ///< its interactions are asked for

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildLayout();
    void ask();
    void showState();
    void retranslate();

    Session& m_session;
    ItemModel* m_model;
    QTableView* m_table;
    QLineEdit* m_search;
    LassoToggle* m_onlySelected;
    QLabel* m_hint;
    QLabel* m_nothing;
    QTimer m_typing;
    std::optional<DomainId> m_domain;
};

} // namespace transept::ui
