#pragma once

#include "core/knowledge/FacetTable.h"
#include "core/store/Catalog.h"
#include "core/store/KnowledgeStore.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace transept::ui {

class LassoToggle;
class Selection;

/// Says which facets are looked at, and which knowledge base stands beside.
class FacetFilterBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FacetFilterBar(const Selection& selection, QWidget* parent = nullptr);

    void setDomains(const std::vector<Domain>& domains);
    void setFacets(const std::vector<std::string>& names);
    /// Those that can stand beside; so can what was imported.
    void setOthers(const std::vector<KnowledgeBase>& bases);
    FacetFilter filter() const;
    QString otherName() const;                               ///< of the one that stands beside
    QString facet() const;                                   ///< its name; empty: all
    void lookFor(const QString& facet, const QString& text); ///< and nothing is said when it does already
    void retranslate();

Q_SIGNALS:
    void changed(); ///< filter() is another one, also when what was chosen is there no more

private:
    void tell();
    void fillOthers();

    std::vector<KnowledgeBase> m_bases;
    FacetFilter m_told; ///< of the last time
    QTimer m_typing;
    QLineEdit* m_text;
    QLineEdit* m_item;
    QComboBox* m_domain;
    QComboBox* m_facet;
    QComboBox* m_with;
    QCheckBox* m_edited;
    QCheckBox* m_conflicts;
    LassoToggle* m_onlyLassoed;
};

} // namespace transept::ui
