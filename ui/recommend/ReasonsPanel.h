#pragma once

#include "core/recommend/Recommend.h"

#include <QtWidgets/QFrame>

class QLabel;
class QVBoxLayout;

namespace transept::ui {

class BarChart;

/// Why one run recommends one item to one person: the person's items that contributed most, coloured by
/// domain, the share of every domain, and the facets that got the attention.
class ReasonsPanel final : public QFrame
{
    Q_OBJECT

public:
    explicit ReasonsPanel(QWidget* parent = nullptr);

    void show(const Recommendation& item, const QString& run);
    void clear();

protected:
    void changeEvent(QEvent* event) override;

private:
    void update();
    QString domainShares(const std::vector<std::string>& domains) const;

    std::optional<Recommendation> m_item;
    QString m_run;
    QLabel* m_title;
    QLabel* m_subtitle;
    BarChart* m_bars;
    QLabel* m_domains;
    QLabel* m_facetsTitle;
    QLabel* m_facets;
};

} // namespace transept::ui
