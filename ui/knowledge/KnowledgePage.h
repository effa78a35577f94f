#pragma once

#include "core/store/KnowledgeVersions.h"
#include "ui/knowledge/ExtractionPanel.h"
#include "ui/shell/Page.h"

class QFrame;
class QSplitter;
class QTabWidget;
class QTableView;

namespace transept::ui {

class ExtractionJobs;
class FacetTableView;
class FailureModel;
class ItemBrowser;
class ItemPageDialog;
class KnowledgeModel;
class PeopleView;
class QualityView;

/// Knowledge bases: extract them, look into them, see what failed and try it again.
class KnowledgePage final : public Page
{
    Q_OBJECT

public:
    KnowledgePage(const PageContext& context, QWidget* parent);

    QString title() const override;
    QString iconName() const override { return QStringLiteral("knowledge"); }
    void saveState(QSettings& settings) const override;
    void restoreState(QSettings& settings) override;

protected:
    void refresh() override;
    void retranslate() override;

private:
    struct Content
    {
        std::vector<KnowledgeBase> bases;
        std::vector<KnowledgeVersion> versions; ///< likewise
        std::vector<Domain> domains;
        ExtractionPanel::Fields fields;
    };

    void buildActions();
    void buildContent();
    void buildPeople();
    void connectViews();
    void show(Result<Content> content);
    void showSentence();
    void showBase();
    void showFailures();
    void showPeople(const KnowledgeBase* base);
    void showPanel(bool shown);
    void start(ExtractionRequest request);
    void retry();
    void extend();
    void askForCopy();
    void copy(const KnowledgeBase& base, const QString& name);
    void remove();
    const KnowledgeBase* chosen() const;
    void updateActions();

    Query m_query;
    Query m_failureQuery;
    ExtractionJobs* m_jobs;
    KnowledgeModel* m_model;
    QTableView* m_table;
    FailureModel* m_failures;
    QTableView* m_failureTable;
    ExtractionPanel* m_panel;
    ItemBrowser* m_browser;
    FacetTableView* m_facets;
    ItemPageDialog* m_itemPage;
    QualityView* m_quality;
    PeopleView* m_people;
    QTabWidget* m_tabs;
    QFrame* m_bases;
    QSplitter* m_rows;
    std::string m_extended; ///< what the panel's request is added to
    QList<int> m_sizes;     ///< of the rows without the panel
    QAction* m_extract;
    QAction* m_retry;
    QAction* m_extend;
    QAction* m_copy;
    QAction* m_delete;
    QAction* m_toData;
};

} // namespace transept::ui
