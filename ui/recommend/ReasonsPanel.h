#pragma once

#include "core/recommend/Recommend.h"

#include <QtCore/QStringList>
#include <QtWidgets/QFrame>

class QLabel;
class QListView;

namespace transept::ui {

class ReasonModel;

/// Why one run recommends one item to one person: the person's items that contributed most, by domain, with
/// the share of every domain, and the facets that got the attention.
class ReasonsPanel final : public QFrame
{
    Q_OBJECT

public:
    explicit ReasonsPanel(QWidget* parent = nullptr);

    /// The domains of the person's history, in the order of their colours.
    void setDomains(const QStringList& domains);
    void show(const Recommendation& item, const QString& run);
    void clear();

protected:
    void changeEvent(QEvent* event) override;

private:
    void update();

    std::optional<Recommendation> m_item;
    QString m_run;
    QStringList m_domainNames;
    QLabel* m_title;
    QLabel* m_subtitle;
    QListView* m_list;
    ReasonModel* m_model;
};

} // namespace transept::ui
