#pragma once

#include <QtCore/QAbstractTableModel>
#include <QtWidgets/QFrame>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableView;
class QToolButton;

namespace transept::ui {

class Job;
class JobList;

/// The jobs of a JobList, newest first.
class JobModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, StateColumn, StageColumn, TimeColumn, ColumnCount };

    explicit JobModel(JobList& jobs, QObject* parent = nullptr);

    Job* job(const QModelIndex& index) const;
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void add(Job* job);
    void update(const Job* job);
    void reload();

    JobList& m_jobs;
    std::vector<Job*> m_shown; ///< newest first
};

/// The list of all jobs of this session, with the log of the chosen one.
class JobPanel final : public QFrame
{
    Q_OBJECT

public:
    explicit JobPanel(JobList& jobs, QWidget* parent = nullptr);

    void showJob(const Job* job);

protected:
    void changeEvent(QEvent* event) override;

private:
    QLayout* buildHeader();
    void connectButtons();
    void showChosen();
    void retranslate();
    Job* chosen() const;

    JobList& m_jobs;
    JobModel* m_model;
    QLabel* m_heading;
    QTableView* m_table;
    QPlainTextEdit* m_log;
    QToolButton* m_pause;
    QToolButton* m_cancel;
    QPushButton* m_forget;
};

} // namespace transept::ui
