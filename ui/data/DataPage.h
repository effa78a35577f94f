#pragma once

#include "core/ingest/Import.h"
#include "core/store/ImportLog.h"
#include "core/store/Statistics.h"
#include "ui/shell/Page.h"
#include "ui/shell/Query.h"

class QSplitter;
class QTableView;
class QTabWidget;
class QToolButton;

namespace transept::ui {

class DomainCharts;
class DomainEdits;
class DomainModel;
class ImportNews;
class ImportPanel;
class ImportQueue;
class ImportsView;
class InteractionView;
class ItemView;
class OverlapView;

/// The data of a workspace: its domains and what they share, one domain in figures and rows, what was
/// imported, and the way in for more.
class DataPage final : public Page
{
    Q_OBJECT

public:
    enum Tab { StatisticsTab, InteractionsTab, ItemsTab, ImportsTab, TabCount };

    DataPage(const PageContext& context, QWidget* parent);

    QString title() const override;
    QString iconName() const override;
    void saveState(QSettings& settings) const override;
    void restoreState(QSettings& settings) override;

    /// Shows these files as they would be imported; nothing is imported yet.
    void offerFiles(const QStringList& files);

protected:
    void refresh() override;
    void retranslate() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Answer
    {
        WorkspaceStatistics statistics;
        std::vector<ImportRecord> imports;
    };

    void makeActions();
    QWidget* buildOverview();
    QWidget* buildOverlapCard();
    QWidget* buildTabs();
    void connectParts();
    void acceptDrops();
    void show(Answer answer);
    void showSentence();
    void showOverviewOrNothing();
    const DomainStatistics* chosenDomain() const;
    void showChosenDomain();
    void showTab();
    void askFiles();
    void renameDomain();
    void deleteDomain();
    void resumeImport();
    void exportRejects();
    void tellImported(const QString& file, const ImportReport& report);
    void tellFailed(const QString& file, const Error& error);
    void showImport(ImportId import);

    Query m_query;
    ImportQueue* m_queue;
    ImportNews* m_news;
    QAction* m_import;
    DomainEdits* m_edits;
    QAction* m_rename;
    QAction* m_delete;
    QAction* m_resume;
    QAction* m_exportRejects;
    WorkspaceStatistics m_statistics;
    bool m_isShown = false; ///< something was answered since the workspace was opened
    std::array<bool, TabCount> m_staleTabs{true, true, true, true};
    DomainModel* m_domains;
    QTableView* m_table;
    OverlapView* m_overlap;
    QLabel* m_overlapTitle;
    QLabel* m_overlapText;
    QToolButton* m_sharedPeople;
    QToolButton* m_sharedWorks;
    DomainCharts* m_charts;
    InteractionView* m_interactions;
    ItemView* m_items;
    ImportsView* m_imports;
    QTabWidget* m_tabs;
    QSplitter* m_halves;
    QSplitter* m_top;
    ImportPanel* m_panel;
    QStackedWidget* m_stack;
};

} // namespace transept::ui
