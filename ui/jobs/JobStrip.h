#pragma once

#include <QtCore/QPointer>
#include <QtWidgets/QFrame>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace transept::ui {

class ElidedLabel;
class Job;
class Session;

/// The line at the bottom: the newest job that is active, what it is doing, how far, how long still, pause
/// and cancel; a click asks for the list. Says so when nothing is running.
class JobStrip final : public QFrame
{
    Q_OBJECT

public:
    explicit JobStrip(Session& session, QWidget* parent = nullptr);

    void setPanelShown(bool shown);

Q_SIGNALS:
    void panelRequested();

protected:
    void changeEvent(QEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void buildLayout();
    void connectJobs();
    void update();
    void showJob(const Job& job);
    void showNothing();
    Job* current() const;

    Session& m_session;
    bool m_isPanelShown = false;
    QPointer<Job> m_last; ///< the last that ended: its outcome stays readable
    ElidedLabel* m_name;
    QProgressBar* m_progress;
    ElidedLabel* m_stage;
    QLabel* m_more;
    QPushButton* m_pause;
    QPushButton* m_cancel;
    QToolButton* m_list;
};

} // namespace transept::ui
