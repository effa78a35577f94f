#pragma once

#include "tests/support/Datasets.h"
#include "tests/support/Runs.h"
#include "tests/ui/WindowFixture.h"
#include "ui/charts/BarChart.h"
#include "ui/compare/ComparePage.h"
#include "ui/compare/ComparedRuns.h"
#include "ui/runs/RunTableModel.h"

#include <QtTest/QTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTableView>

namespace transept::test {

using ui::RunTableModel;

/// Three runs on the same split and one on another.
struct Runs
{
    RunRecord bias;
    RunRecord fewFactors;
    RunRecord manyFactors;
    RunRecord elsewhere;
};

inline Runs makeRuns(const Workspace& workspace)
{
    fill(workspace, ratingsPicture("films", 60, 40, 14, 3));
    const Json measures = {"rmse", "ndcg@10"};
    Runs runs;
    runs.bias =
        finishedRun(workspace, {{"name", "plain biases"}, {"method.name", "bias"}, {"measures", measures}});
    runs.fewFactors = finishedRun(workspace,
                                  {{"name", "two factors"},
                                   {"method.name", "mf"},
                                   {"method.factors", 2},
                                   {"method.epochs", 4},
                                   {"measures", measures}});
    runs.manyFactors = finishedRun(workspace,
                                   {{"name", "nine factors"},
                                    {"method.name", "mf"},
                                    {"method.factors", 9},
                                    {"method.epochs", 6},
                                    {"measures", measures}});
    runs.elsewhere = finishedRun(
        workspace,
        {{"name", "another split"}, {"method.name", "bias"}, {"split.seed", 7}, {"measures", measures}});
    return runs;
}

/// The window with the comparison alone.
class CompareFixture : public WindowFixture
{
public:
    CompareFixture()
        : WindowFixture({[](const ui::PageContext& context, QWidget* parent) -> ui::Page* {
            return new ui::ComparePage(context, parent);
        }})
    {
    }

    /// The page over a copy of a workspace that holds the four runs.
    bool showCopyOf(const std::filesystem::path& made)
    {
        m_file = folder.path("copy.transept");
        std::filesystem::copy_file(made, m_file);
        return show(m_file) && waitFor([this] { return rows().rowCount() == 4; });
    }

    bool show(const std::filesystem::path& file)
    {
        const bool opened = open(file);
        window().resize(1280, 800);
        window().showPage(QStringLiteral("compare"));
        return opened && waitFor([this] { return page().isVisible(); });
    }

    ui::Page& page() { return *window().pages().front(); }
    QTableView* table() { return find<QTableView>("comparedRuns"); }
    QAbstractItemModel& rows() { return *table()->model(); }
    QAbstractItemModel& specs() { return *find<QTableView>("specTable")->model(); }
    ui::BarChart& bars() { return *find<ui::BarChart>("measureBars"); }
    QString sentence() { return page().findChild<QLabel*>(QStringLiteral("pageSentence"))->text(); }

    int rowOf(const RunRecord& run)
    {
        for (int row = 0; row < rows().rowCount(); ++row) {
            if (rows().index(row, 0).data(RunTableModel::RunRole).toLongLong() == number(run.id)) {
                return row;
            }
        }
        return -1;
    }
    /// What stands in the columns that hold a run against the first.
    QString test(const RunRecord& run, ui::ComparedRunsModel::Test test)
    {
        const int column = rows().columnCount() - ui::ComparedRunsModel::TestCount + test;
        return rows().index(rowOf(run), column).data().toString();
    }
    QString p(const RunRecord& run) { return test(run, ui::ComparedRunsModel::Probability); }
    int noteColumn() { return rows().columnCount() - ui::ComparedRunsModel::TestCount - 1; }
    void click(const RunRecord& run, Qt::KeyboardModifiers keys = {}, int column = RunTableModel::NameColumn)
    {
        const QRect cell = table()->visualRect(rows().index(rowOf(run), column));
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, keys, cell.center());
    }
    /// Waits until the bars of that many runs are there.
    bool showsBars(std::size_t count)
    {
        return waitFor([&] { return bars().values().rows.size() == count; });
    }
    /// Selects the runs and waits until their bars are there.
    bool compare(const std::vector<RunId>& runs)
    {
        session().selection().setRuns(runs);
        return showsBars(runs.size());
    }
    void chooseMeasure(const char* name)
    {
        auto* choice = find<QComboBox>("measureChoice");
        choice->setCurrentIndex(choice->findData(QLatin1String(name)));
        Q_EMIT choice->activated(choice->currentIndex());
    }
    QString messages()
    {
        QStringList texts;
        for (const QLabel* each : page().messages().findChildren<QLabel*>()) {
            texts << each->text();
        }
        return texts.join(QLatin1Char('\n'));
    }

    const std::filesystem::path& file() const { return m_file; }
    Workspace workspace() const { return valueOf(Workspace::open(m_file, Access::ReadOnly)); }
    RunRecord stored(const RunRecord& run) const { return valueOf(RunStore(workspace()).find(run.id)); }

private:
    std::filesystem::path m_file;
};

/// Tests of the page, each over a copy of its own of a workspace with the four runs.
class CompareTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_runs = makeRuns(m_made.workspace()); }
    void init()
    {
        m_fixture = std::make_unique<CompareFixture>();
        QVERIFY(m_fixture->showCopyOf(m_made.path("test.transept")));
    }
    void cleanup() { m_fixture.reset(); }

protected:
    Temporary m_made;
    Runs m_runs;
    std::unique_ptr<CompareFixture> m_fixture;
};

} // namespace transept::test
