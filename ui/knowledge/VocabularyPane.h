#pragma once

#include "core/knowledge/FacetFigures.h"
#include "ui/shell/Query.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QTableView;

namespace transept::ui {

class FigureTable;

/// The texts of one facet, the most frequent first, those that differ in writing alone together; some of them
/// are made one.
class VocabularyPane final : public QWidget
{
    Q_OBJECT

public:
    explicit VocabularyPane(Session& session, QWidget* parent = nullptr);

    void showBase(std::optional<KnowledgeId> base, bool editable);
    void setFacets(const std::vector<std::string>& names);
    void chooseFacet(const QString& name);
    void readAgain(); ///< after facets were changed
    void retranslate();

Q_SIGNALS:
    void failed(const transept::Error& error);
    void textWanted(const QString& facet, const QString& text); ///< its facets are to be shown

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void ask();
    void take(Result<FacetVocabulary> vocabulary);
    void showTexts();
    void chooseSelected();
    void chooseAlike();
    void choose(const std::vector<VocabularyText>& texts);
    void merge();
    void updateTexts();

    Session& m_session;
    Query m_query;
    std::optional<KnowledgeId> m_base;
    bool m_editable = false;
    bool m_isStale = true;
    FacetVocabulary m_vocabulary;
    std::vector<std::string> m_chosen; ///< texts to be merged
    QTimer m_typing;
    QComboBox* m_facet;
    QLineEdit* m_search;
    FigureTable* m_texts;
    QTableView* m_table;
    QLabel* m_count;
    QLabel* m_alikeTitle;
    QListWidget* m_alike;
    QLabel* m_mergeNote;
    QLineEdit* m_into;
    QPushButton* m_merge;
};

} // namespace transept::ui
