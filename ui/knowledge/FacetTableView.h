#pragma once

#include "core/knowledge/FacetFigures.h"
#include "core/store/Catalog.h"
#include "ui/knowledge/FacetTableModel.h"

#include <QtWidgets/QWidget>

class QAction;
class QLabel;
class QPushButton;
class QSettings;
class QSplitter;
class QTabWidget;
class QTableView;

namespace transept::ui {

class FacetFilterBar;
class FigureTable;
class VocabularyPane;

/// The facets of a knowledge base in a table: searched, filtered, edited by hand, beside those of another
/// knowledge base; with their figures and their vocabulary. Edits are kept apart from what was extracted and
/// can be undone.
class FacetTableView final : public QWidget
{
    Q_OBJECT

public:
    explicit FacetTableView(Session& session, QWidget* parent = nullptr);

    void setDomains(const std::vector<Domain>& domains);
    void setBases(const std::vector<KnowledgeBase>& bases);
    void showBase(const KnowledgeBase* base);  ///< null: none
    void saveState(QSettings& settings) const; ///< in the settings' present group
    void restoreState(QSettings& settings);
    void retranslate();

Q_SIGNALS:
    void failed(const transept::Error& error);
    void pageWanted(transept::ItemId item); ///< all that is known of an item is to be shown
    void copyWanted();                      ///< the knowledge base is frozen: a copy is to be made

protected:
    void showEvent(QShowEvent* event) override;

private:
    /// What there is to know before the table is worked with.
    struct State
    {
        bool isFrozen = false;
        FacetFigures figures;
        std::vector<FacetComparison> compared;
    };

    void build();
    QWidget* buildTable();
    QWidget* buildSide();
    void buildActions();
    void ask();
    void askState();
    void takeState(Result<State> state);
    void forgetState();
    void readAgain();
    void askWhetherFrozen();
    void showFrozen();
    void showFigures();
    void showTableState();
    const FacetRow* chosenRow() const;
    std::vector<std::string> facetNames() const;
    void edit(const FacetRow& row, std::optional<std::string> text, const QString& what);
    void strike();
    void restore();
    void add();
    void openPage(const QModelIndex& index);
    void updateActions();
    void showNote();
    void tellOfVector(KnowledgeId base, const std::string& facet, const std::string& text);

    Session& m_session;
    Query m_stateQuery;
    Query m_frozenQuery;
    Query m_vectorQuery;
    std::optional<KnowledgeBase> m_base;
    std::vector<KnowledgeBase> m_bases;
    std::optional<State> m_state; ///< nothing until it is known
    bool m_isStale = true;        ///< the table does not show the knowledge base yet
    FacetTableModel* m_model;
    QTableView* m_table;
    FacetFilterBar* m_filter;
    QLabel* m_count;
    std::optional<std::string> m_withoutVector; ///< a text that somebody wrote
    QLabel* m_note;                             ///< below the table
    QLabel* m_nothing;                          ///< in place of the table
    QWidget* m_frozen;
    QLabel* m_frozenNote;
    QPushButton* m_copy;
    QAction* m_edit;
    QAction* m_strike;
    QAction* m_restore;
    QAction* m_add;
    QAction* m_page;
    VocabularyPane* m_vocabulary;
    FigureTable* m_figures;
    QTableView* m_figureTable;
    QLabel* m_figureNote;
    QTabWidget* m_side;
    QSplitter* m_columns;
};

} // namespace transept::ui
