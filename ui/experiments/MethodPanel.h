#pragma once

#include "core/model/Method.h"

#include <QtWidgets/QWidget>

class QLabel;
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;
class QVBoxLayout;

namespace transept::ui {

/// The list of a MethodBox, over the window: Enter or a click chooses, Escape or a click elsewhere closes it.
class MethodPanel final : public QWidget // the style sheet leaves frames of a QComboBox alone
{
    Q_OBJECT

public:
    explicit MethodPanel(QWidget* parent);

    void open(const QString& chosen, const QRect& below); ///< `below` in coordinates of the screen
    void setMetNeeds(const std::optional<Needs>& met);

Q_SIGNALS:
    void chosen(const QString& method); ///< its short name

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void fill();
    void filter();
    void describe(const QTreeWidgetItem* item);
    void describeNeeds(const MethodDescription& method);
    void choose(const QTreeWidgetItem* item);
    void step(int by);
    std::vector<QTreeWidgetItem*> items() const;      ///< of the methods, below all families
    std::vector<QTreeWidgetItem*> shownItems() const; ///< without those that the search hides

    std::optional<Needs> m_met;
    QLineEdit* m_search;
    QTreeWidget* m_list;
    QLabel* m_nothing;
    QLabel* m_title;
    QLabel* m_name;
    QLabel* m_meaning;
    QLabel* m_source;
    QLabel* m_needsTitle;
    QVBoxLayout* m_needs;
    QLabel* m_uses;
};

} // namespace transept::ui
