#pragma once

#include "core/recommend/Recommend.h"
#include "ui/shell/IdTypes.h"

#include <QtWidgets/QFrame>

class QLabel;
class QListView;

namespace transept::ui {

class ElidedLabel;
class RecommendationModel;

/// The list of one run: its name, what is going on, and the recommended items with bars for their scores and
/// a mark for those that the test set confirms.
class ListCard final : public QFrame
{
    Q_OBJECT

public:
    explicit ListCard(QWidget* parent = nullptr);

    void setRun(RunId run, const QString& name, int colour);
    RunId run() const { return m_run; }
    struct Remark
    {
        QString words;   ///< a word or two in place of how many items the test set confirms
        QString meaning; ///< of the words
        QString nothing; ///< in place of a list that is empty
    };
    void setItems(std::vector<Recommendation> items, const Remark& remark = {});
    void setLassoed(const std::vector<ItemId>& items); ///< which ascend: those are marked
    void setNotice(const QString& notice); ///< in place of the list: "Loading the model"; empty: the list
    void setSelected(std::optional<ItemId> item);
    const RecommendationModel& model() const { return *m_model; }

Q_SIGNALS:
    void itemSelected(transept::RunId run, transept::ItemId item);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showConfirmed();
    void showTick();

    RunId m_run{};
    QLabel* m_icon;
    ElidedLabel* m_name;
    QLabel* m_tick;
    QLabel* m_confirmed;
    QLabel* m_notice;
    QListView* m_list;
    RecommendationModel* m_model;
    Remark m_remark;
    bool m_selecting = false;
};

} // namespace transept::ui
