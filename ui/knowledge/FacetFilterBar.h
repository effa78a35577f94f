#pragma once

#include "core/knowledge/FacetTable.h"
#include "core/store/Catalog.h"
#include "core/store/KnowledgeStore.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QToolButton;

namespace transept::ui {

/// Says which facets are looked at, and which knowledge base stands beside.
class FacetFilterBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FacetFilterBar(QWidget* parent = nullptr);

    void setDomains(const std::vector<Domain>& domains);
    void setFacets(const std::vector<std::string>& names);
    /// Those that can stand beside; so can what was imported.
    void setOthers(const std::vector<KnowledgeBase>& bases);
    /// Items that can be looked at alone; none: all are shown again.
    void setLassoed(std::vector<ItemId> items);
    FacetFilter filter() const;
    QString otherName() const; ///< of the one that stands beside
    QString facet() const;     ///< its name; empty: all
    void lookFor(const QString& facet, const QString& text);
    void retranslate();

Q_SIGNALS:
    void changed();

private:
    void fillOthers();
    void nameLasso();

    std::vector<KnowledgeBase> m_bases;
    std::vector<ItemId> m_lassoed; ///< ascending
    QTimer m_typing;
    QLineEdit* m_text;
    QLineEdit* m_item;
    QComboBox* m_domain;
    QComboBox* m_facet;
    QComboBox* m_with;
    QCheckBox* m_edited;
    QCheckBox* m_conflicts;
    QToolButton* m_onlyLassoed;
};

} // namespace transept::ui
