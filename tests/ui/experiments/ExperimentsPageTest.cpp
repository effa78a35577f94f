#include "ui/experiments/ExperimentsPage.h"
#include "tests/support/Runs.h"
#include "tests/ui/StallWatchdog.h"
#include "tests/ui/WindowFixture.h"
#include "ui/charts/LineChart.h"
#include "ui/experiments/SpecEditor.h"
#include "ui/runs/RunTableModel.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>

using namespace transept;
using namespace transept::ui;

namespace {

constexpr int patience = 15'000;

/// The window with the experiments page alone, over one small domain of films.
class ExperimentsFixture : public test::WindowFixture
{
public:
    explicit ExperimentsFixture(int users = 60)
        : WindowFixture({[](const PageContext& context, QWidget* parent) {
            return new ExperimentsPage(context, parent);
        }})
    {
        {
            const Workspace made = folder.workspace();
            test::fill(made, test::ratingsPicture("films", users, 40, 15, 3));
        }
        opened = open(folder.path("test.transept"));
        window().showPage(QStringLiteral("experiments"));
        opened = opened && QTest::qWaitFor([this] { return action("startRun")->isEnabled(); });
    }

    QAction* action(const char* name) { return find<QAction>(name); }
    QAbstractItemModel& table() { return *find<QTableView>("runTable")->model(); }
    QString state(int row) { return table().index(row, RunTableModel::StateColumn).data().toString(); }
    SpecEditor& editor() { return *window().findChild<SpecEditor*>(); }
    LineChart& curves() { return *find<LineChart>("upperCurves"); }

    void type(const char* field, const QString& text)
    {
        auto* line = find<QLineEdit>(field);
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, text);
    }

    void chooseMethod(const QString& name)
    {
        auto* method = find<QComboBox>("method");
        method->setCurrentIndex(method->findData(name));
    }

    bool opened = false;
};

} // namespace

class ExperimentsPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void configuredRunTrainsAndDrawsItsCurves();
    void pausedRunGoesOn();
    void cancelledRunKeepsItsCurves();
    void jsonAndFormStayInStep();
    void wrongJsonIsExplainedAndNotRun();
    void whatIsTypedSurvivesAFinishedRun();
    void tableModelKeepsItsPromises();
    void selectedRunsAreThoseOfAllPages();
    void trainingNeverHoldsUpTheWindow();
};

void ExperimentsPageTest::configuredRunTrainsAndDrawsItsCurves()
{
    ExperimentsFixture fixture;
    QVERIFY(fixture.opened);
    fixture.chooseMethod(QStringLiteral("mf"));
    fixture.type("specName", QStringLiteral("first"));
    fixture.type("input:epochs", QStringLiteral("7"));
    QVERIFY(fixture.editor().document()["method"]["epochs"] == Json(7));
    fixture.action("startRun")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.table().rowCount(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.state(0), QStringLiteral("finished"), patience);
    QCOMPARE(fixture.table().index(0, RunTableModel::NameColumn).data().toString(), QStringLiteral("first"));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.curves().series().size(), std::size_t{1}, patience);
    QVERIFY(!fixture.curves().series().front().x.empty());
    QVERIFY(fixture.curves().isVisible());
    const QVariant rmse =
        fixture.table().index(0, RunTableModel::FirstMeasureColumn).data(RunTableModel::SortRole);
    QVERIFY(rmse.toDouble() > 0.0 && rmse.toDouble() < 3.0);
}

void ExperimentsPageTest::pausedRunGoesOn()
{
    ExperimentsFixture fixture(400);
    QVERIFY(fixture.opened);
    fixture.chooseMethod(QStringLiteral("mf"));
    fixture.type("input:epochs", QStringLiteral("500"));
    Json longSpec = fixture.editor().document();
    longSpec["stop"]["patience"] = 0;
    fixture.editor().setDocument(longSpec);
    fixture.action("startRun")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.action("pauseRun")->isEnabled(), patience);
    fixture.action("pauseRun")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.state(0), QStringLiteral("paused"), patience);
    QCOMPARE(fixture.action("pauseRun")->text(), QStringLiteral("Resume"));
    fixture.action("pauseRun")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.state(0) != QStringLiteral("paused"), patience);
    fixture.action("cancelRun")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.state(0), QStringLiteral("cancelled"), patience);
}

void ExperimentsPageTest::cancelledRunKeepsItsCurves()
{
    ExperimentsFixture fixture(400);
    QVERIFY(fixture.opened);
    fixture.chooseMethod(QStringLiteral("mf"));
    Json longSpec = fixture.editor().document();
    longSpec["method"]["epochs"] = 500;
    longSpec["stop"]["patience"] = 0;
    fixture.editor().setDocument(longSpec);
    fixture.action("startRun")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(
        !fixture.curves().series().empty() && fixture.curves().series().front().x.size() > 1, patience);
    fixture.action("cancelRun")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.state(0), QStringLiteral("cancelled"), patience);
    QVERIFY(!fixture.curves().series().empty());
    QVERIFY(fixture.action("runAgain")->isEnabled());
}

void ExperimentsPageTest::jsonAndFormStayInStep()
{
    ExperimentsFixture fixture;
    QVERIFY(fixture.opened);
    fixture.chooseMethod(QStringLiteral("mf"));
    auto* text = fixture.find<QPlainTextEdit>("specJson");
    QVERIFY(text->toPlainText().contains(QStringLiteral("\"name\": \"mf\"")));
    fixture.find<QToolButton>("showJson")->click();
    Json document = fixture.editor().document();
    document["method"]["epochs"] = 11;
    document["name"] = "typed";
    text->setPlainText(QString::fromStdString(document.dump(2)));
    QTRY_VERIFY(fixture.editor().document()["method"]["epochs"] == Json(11));
    QCOMPARE(fixture.find<QLineEdit>("input:epochs")->text(), QStringLiteral("11"));
    QCOMPARE(fixture.find<QLineEdit>("specName")->text(), QStringLiteral("typed"));
    fixture.find<QToolButton>("showForm")->click();
    fixture.type("input:epochs", QStringLiteral("12"));
    QVERIFY(text->toPlainText().contains(QStringLiteral("\"epochs\": 12")));
}

void ExperimentsPageTest::wrongJsonIsExplainedAndNotRun()
{
    ExperimentsFixture fixture;
    QVERIFY(fixture.opened);
    fixture.find<QToolButton>("showJson")->click();
    auto* text = fixture.find<QPlainTextEdit>("specJson");
    Json document = fixture.editor().document();
    document["method"] = {{"name", "mfx"}};
    const QString wrong = QString::fromStdString(document.dump(2));
    text->setPlainText(wrong);
    QTRY_VERIFY(!fixture.action("startRun")->isEnabled());
    const auto* problem = fixture.find<QLabel>("specProblem");
    QVERIFY(problem->isVisible());
    QVERIFY(problem->text().contains(QStringLiteral("mf")));
    QCOMPARE(text->toPlainText(), wrong);
}

void ExperimentsPageTest::whatIsTypedSurvivesAFinishedRun()
{
    ExperimentsFixture fixture;
    QVERIFY(fixture.opened);
    fixture.chooseMethod(QStringLiteral("mf"));
    fixture.action("startRun")->trigger();
    fixture.type("specName", QStringLiteral("next"));
    fixture.type("input:epochs", QStringLiteral("0.")); // not yet a whole number
    auto* epochs = fixture.find<QLineEdit>("input:epochs");
    QTRY_COMPARE_WITH_TIMEOUT(fixture.table().rowCount(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.state(0), QStringLiteral("finished"), patience);
    QCOMPARE(fixture.find<QLineEdit>("input:epochs"), epochs);
    QCOMPARE(epochs->text(), QStringLiteral("0."));
    QCOMPARE(fixture.find<QLineEdit>("specName")->text(), QStringLiteral("next"));
    QVERIFY(!fixture.action("startRun")->isEnabled());
}

void ExperimentsPageTest::tableModelKeepsItsPromises()
{
    RunTableModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto run = [](int id, std::map<std::string, double> measures) {
        RunRecord record{.id = RunId{id}, .name = "run", .state = RunState::Finished};
        record.measures = std::move(measures);
        return record;
    };
    model.setRuns({run(1, {}), run(3, {{"ndcg@10", 0.1}})});
    const QPersistentModelIndex third = model.index(1, RunTableModel::NameColumn);
    model.setRuns({run(1, {{"rmse", 1.0}}), run(2, {}), run(3, {{"ndcg@10", 0.2}}), run(4, {{"mae", 0.5}})});
    QCOMPARE(third.row(), 2);
    QCOMPARE(model.measures(), (std::vector<std::string>{"mae", "rmse", "ndcg@10"}));
    model.setRuns({run(3, {{"ndcg@10", 0.2}})});
    QCOMPARE(third.row(), 0);
    QCOMPARE(model.columnCount(), RunTableModel::FirstMeasureColumn + 3);
    model.setRuns({});
    QVERIFY(!third.isValid());
}

void ExperimentsPageTest::selectedRunsAreThoseOfAllPages()
{
    ExperimentsFixture fixture;
    QVERIFY(fixture.opened);
    fixture.chooseMethod(QStringLiteral("bias"));
    fixture.action("startRun")->trigger();
    fixture.chooseMethod(QStringLiteral("popularity"));
    fixture.action("startRun")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.table().rowCount(), 2, patience);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.state(1), QStringLiteral("finished"), patience);
    const RunId second{fixture.table().index(1, 0).data(RunTableModel::RunRole).toLongLong()};
    fixture.session().selection().setRuns({second});
    const QModelIndexList rows = fixture.find<QTableView>("runTable")->selectionModel()->selectedRows();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.front().row(), 1);
    fixture.find<QTableView>("runTable")->selectRow(0);
    QVERIFY(!fixture.session().selection().contains(second));
}

void ExperimentsPageTest::trainingNeverHoldsUpTheWindow()
{
    ExperimentsFixture fixture(400);
    QVERIFY(fixture.opened);
    fixture.chooseMethod(QStringLiteral("mf"));
    Json longSpec = fixture.editor().document();
    longSpec["method"]["epochs"] = 100;
    longSpec["stop"]["patience"] = 0;
    fixture.editor().setDocument(longSpec);
    QTest::qWait(300);
    const test::StallWatchdog watchdog;
    fixture.action("startRun")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.table().rowCount(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.state(0), QStringLiteral("finished"), patience);
    QVERIFY(watchdog.count() > 10);
    QVERIFY2(watchdog.longest() < 50.0, qPrintable(QString::number(watchdog.longest())));
    QVERIFY2(watchdog.quantile(0.99) < 16.0, qPrintable(QString::number(watchdog.quantile(0.99))));
}

QTEST_MAIN(ExperimentsPageTest)
#include "ExperimentsPageTest.moc"
