#pragma once

#include "core/experiment/IntrinsicChecks.h"
#include "ui/shell/Query.h"

#include <QtWidgets/QWidget>

#include <map>
#include <set>

class QComboBox;
class QLabel;
class QPushButton;
class QSettings;
class QSplitter;
class QTabWidget;
class QTableView;

namespace transept::ui {

class BarChart;
class ChartCard;
class EmptyState;
class FacetReviewCard;
class FigureTable;
struct FileDialogs;

/// "Is it any good?": what a knowledge base is worth before anything is trained. Looked at by a job, when
/// somebody asks.
class QualityView final : public QWidget
{
    Q_OBJECT

public:
    QualityView(Session& session, const FileDialogs& dialogs, QWidget* parent = nullptr);

    void setBases(const std::vector<KnowledgeBase>& bases); ///< to compare with
    void showBase(const KnowledgeBase* base);
    void retranslate();
    void forget();                             ///< what was found: the data or the facets have changed
    void saveState(QSettings& settings) const; ///< in the settings' present group
    void restoreState(QSettings& settings);

Q_SIGNALS:
    void failed(const transept::Error& error);

private:
    using Asked = std::pair<std::string, std::string>; ///< names of the knowledge base and of the other

    void build(const FileDialogs& dialogs);
    void check();
    void take(const Asked& asked, Result<IntrinsicChecks> checks);
    void fillOthers();
    void showChecks();
    void showSentences(const IntrinsicChecks* checks);
    void showChart(const IntrinsicChecks& checks);
    Asked asked() const;

    Session& m_session;
    std::vector<KnowledgeBase> m_bases;
    std::optional<KnowledgeBase> m_base;
    std::map<Asked, IntrinsicChecks> m_found;
    std::set<Asked> m_running;
    int m_age = 0; ///< grows when what was found is forgotten
    QComboBox* m_with;
    QPushButton* m_check;
    QLabel* m_sentences;
    BarChart* m_chart;
    ChartCard* m_chartCard;
    QComboBox* m_basis; ///< of the chart: vectors or words
    FigureTable* m_facets;
    QTableView* m_facetTable;
    FigureTable* m_lookAlikes;
    QTableView* m_lookAlikeTable;
    FigureTable* m_agreement;
    QTableView* m_agreementTable;
    QLabel* m_notes[3]; ///< in place of empty tables
    FacetReviewCard* m_review;
    QTabWidget* m_tabs;
    QSplitter* m_columns;
    QSplitter* m_left;
};

} // namespace transept::ui
