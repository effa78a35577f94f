#pragma once

#include "ui/data/InteractionModel.h"

#include <QtCore/QTimer>
#include <QtWidgets/QFrame>

class QLabel;
class QLineEdit;
class QSettings;
class QSpinBox;
class QTableView;

namespace transept::ui {

/// The interactions of a domain: filtered by user and item, any row reachable at once, never all in memory.
class InteractionView final : public QFrame
{
    Q_OBJECT

public:
    explicit InteractionView(Session& session, QWidget* parent = nullptr);

    void show(std::optional<DomainId> domain);
    /// Rows of this item or user only; empty: of all.
    void filterBy(const QString& user, const QString& item);

    void saveState(QSettings& settings) const;
    void restoreState(QSettings& settings);

Q_SIGNALS:
    void failed(const transept::Error& error);

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildLayout();
    void ask();
    void showCount();
    void jump();
    void retranslate();

    InteractionModel* m_model;
    QTableView* m_table;
    QLineEdit* m_user;
    QLineEdit* m_item;
    QLabel* m_jumpLabel;
    QSpinBox* m_jump;
    QLabel* m_count;
    QLabel* m_nothing;
    QTimer m_typing;
    std::optional<DomainId> m_domain;
};

} // namespace transept::ui
