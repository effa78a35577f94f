#include "tests/ui/EmptyStates.h"
#include "tests/ui/OneName.h"
#include "tests/ui/experiments/ExperimentsFixture.h"
#include "ui/experiments/RunEstimates.h"
#include "ui/text/Numbers.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>

using namespace transept;
using namespace transept::ui;
using test::ExperimentsFixture;

namespace {

int epochOf(const Json& document)
{
    return document["method"].value("epochs", -1);
}

} // namespace

class ExperimentsPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_fixture.reset(); }

    void withoutDataThePageLeadsToData();
    void configuredRunTrainsAndDrawsItsCurves();
    void jsonAndFormStayInStep();
    void wrongJsonIsExplainedAndLosesNothing();
    void whatWasJustTypedIsWhatRuns();
    void fieldThatDoesNotFitForbidsToRun();
    void unmetNeedsAreToldAndNothingRuns_data();
    void unmetNeedsAreToldAndNothingRuns();
    void runToStartFromThatIsNotThereIsTold();
    void timeAndMemoryAreTellableBeforeARun();
    void whatDoesNotFitIntoMemoryIsTold();
    void zoomStaysUntilItIsReset();
    void filterHidesRunsFromTheTableAndFromWhatIsDone();
    void whatIsTypedSurvivesAFinishedRun();
    void selectedRunsAreThoseOfAllPages();
    void nameStarAndDeletionCanBeUndone();
    void columnsFitTheirTableWhateverItsWidthWas();
    void stateIsThereAfterARestart();
    void tableModelKeepsItsPromises();
    void nameIsEditedAsItIsStored();
    void estimatesGoWithTheirRuns();
    void runThatWaitsAgainIsEstimatedAgain();

private:
    ExperimentsFixture& page() { return *m_fixture; }

    std::unique_ptr<ExperimentsFixture> m_fixture;
};

void ExperimentsPageTest::init()
{
    m_fixture = std::make_unique<ExperimentsFixture>();
    QVERIFY(m_fixture->opened);
}

void ExperimentsPageTest::withoutDataThePageLeadsToData()
{
    QVERIFY(page().open(page().folder.path("empty.transept")));
    page().window().showPage(QStringLiteral("experiments"));
    QCOMPARE(test::pageThatTheEmptyStateLeadsTo(*page().window().pages().front()), QStringLiteral("data"));
}

void ExperimentsPageTest::configuredRunTrainsAndDrawsItsCurves()
{
    page().chooseMethod(QStringLiteral("mf"));
    page().type("specName", QStringLiteral("first"));
    page().type("input:epochs", QStringLiteral("7"));
    QCOMPARE(epochOf(page().editor().document()), 7);
    page().action("startRun")->trigger();
    QTRY_COMPARE(page().rows().rowCount(), 1);
    QTRY_COMPARE(page().state(0), QStringLiteral("finished"));
    QCOMPARE(page().rows().index(0, RunTableModel::NameColumn).data().toString(), QStringLiteral("first"));
    QTRY_COMPARE(page().curves().series().size(), std::size_t{1});
    QTRY_COMPARE(page().curves().series().front().x.size(), std::size_t{7}); // also epochs nobody was told of
    QVERIFY(page().curves().isVisible());
    const QVariant rmse =
        page().rows().index(0, RunTableModel::FirstMeasureColumn).data(RunTableModel::SortRole);
    QVERIFY(rmse.toDouble() > 0.0 && rmse.toDouble() < 3.0);
    QTRY_VERIFY(page().isShown(QStringLiteral("RMSE, validation"))); // settings are chosen by it
    QVERIFY(page().isShown(QStringLiteral("RMSE")));
    QVERIFY(!page().isShown(QStringLiteral("MAE, validation")));
}

void ExperimentsPageTest::jsonAndFormStayInStep()
{
    page().chooseMethod(QStringLiteral("mf"));
    QVERIFY(page().json()->toPlainText().contains(QStringLiteral("\"name\": \"mf\"")));
    page().find<QToolButton>("showJson")->click();
    Json document = page().editor().document();
    document["method"]["epochs"] = 11;
    document["method"]["learning-rate"] = 0.012345678;
    document["name"] = "typed";
    page().json()->setPlainText(QString::fromStdString(document.dump(2)));
    QTRY_COMPARE(epochOf(page().editor().document()), 11);
    QCOMPARE(page().find<QLineEdit>("input:epochs")->text(), QStringLiteral("11"));
    QCOMPARE(page().find<QLineEdit>("specName")->text(), QStringLiteral("typed"));
    page().find<QToolButton>("showForm")->click();
    page().type("input:epochs", QStringLiteral("12"));
    QVERIFY(page().json()->toPlainText().contains(QStringLiteral("\"epochs\": 12")));
    QVERIFY(page().json()->toPlainText().contains(QStringLiteral("0.012345678"))); // no digit is lost
}

void ExperimentsPageTest::wrongJsonIsExplainedAndLosesNothing()
{
    page().chooseMethod(QStringLiteral("mf"));
    page().type("input:epochs", QStringLiteral("9"));
    page().find<QToolButton>("showJson")->click();
    for (const char* wrong :
         {R"({"data": {"target": "films"}, "method": {"name": "mfx"}})", R"({"data": )"}) {
        page().json()->setPlainText(QLatin1String(wrong));
        QTRY_VERIFY(!page().action("startRun")->isEnabled());
        QVERIFY(page().problem()->isVisible());
        QCOMPARE(page().json()->toPlainText(), QLatin1String(wrong));
        QCOMPARE(page().find<QLineEdit>("input:epochs")->text(), QStringLiteral("9"));
    }
    QTRY_VERIFY2(page().problem()->text().contains(QStringLiteral("line 1")),
                 qPrintable(page().problem()->text()));
    page().find<QToolButton>("showForm")->click();
    page().type("input:epochs", QStringLiteral("8"));
    QVERIFY(!page().problem()->isVisible());
    QVERIFY(page().action("startRun")->isEnabled());
    page().json()->undo();
    QVERIFY(!page().json()->toPlainText().contains(QStringLiteral("\"epochs\": 8")));
}

void ExperimentsPageTest::whatWasJustTypedIsWhatRuns()
{
    page().chooseMethod(QStringLiteral("bias"));
    page().find<QToolButton>("showJson")->click();
    Json document = page().editor().document();
    document["name"] = "typed a moment ago";
    page().json()->setPlainText(QString::fromStdString(document.dump(2)));
    page().action("startRun")->trigger();
    QTRY_COMPARE(page().rows().rowCount(), 1);
    QCOMPARE(page().rows().index(0, RunTableModel::NameColumn).data().toString(),
             QStringLiteral("typed a moment ago"));
}

void ExperimentsPageTest::fieldThatDoesNotFitForbidsToRun()
{
    page().chooseMethod(QStringLiteral("mf"));
    page().type("input:epochs", QStringLiteral("none"));
    QCOMPARE(page().find<QLineEdit>("input:epochs")->text(), QStringLiteral("none"));
    QVERIFY(!page().action("startRun")->isEnabled());
    QVERIFY(page().problem()->isVisible());
    QVERIFY(page().find<QLabel>("help:epochs")->text().contains(QStringLiteral("1,000")));
    page().type("input:epochs", QStringLiteral("3"));
    QVERIFY(page().action("startRun")->isEnabled());
    QVERIFY(!page().problem()->isVisible());
}

void ExperimentsPageTest::unmetNeedsAreToldAndNothingRuns_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("told");
    QTest::newRow("no source") << "emcdr"
                               << ""
                               << "needs a source domain";
    QTest::newRow("no overlap") << "emcdr"
                                << "music"
                                << "nobody does in music";
    QTest::newRow("no knowledge") << "kfmf"
                                  << ""
                                  << "needs knowledge";
}

void ExperimentsPageTest::unmetNeedsAreToldAndNothingRuns()
{
    QFETCH(QString, method);
    QFETCH(QString, source);
    QFETCH(QString, told);
    page().chooseMethod(method);
    page().useSource(source);
    QTRY_VERIFY(page().problem()->isVisible() && page().problem()->text().contains(told));
    page().action("startRun")->trigger();
    QTRY_VERIFY2(page().messages().contains(told), qPrintable(page().messages()));
    QCOMPARE(page().rows().rowCount(), 0);
    page().chooseMethod(QStringLiteral("bias"));
    QTRY_VERIFY(!page().problem()->isVisible());
}

/// Also when nothing else of the spec is another.
void ExperimentsPageTest::runToStartFromThatIsNotThereIsTold()
{
    page().chooseMethod(QStringLiteral("mf"));
    QTRY_VERIFY(!page().find<QLabel>("runEstimate")->text().isEmpty());
    QVERIFY(!page().problem()->isVisible());
    page().find<QToolButton>("showJson")->click();
    Json document = page().editor().document();
    document["start"] = {{"run", 999}};
    page().json()->setPlainText(QString::fromStdString(document.dump(2)));
    QTRY_VERIFY(page().problem()->isVisible());
    QTRY_VERIFY2(page().problem()->text().contains(QStringLiteral("999")),
                 qPrintable(page().problem()->text()));
    document.erase("start");
    page().json()->setPlainText(QString::fromStdString(document.dump(2)));
    QTRY_VERIFY(!page().problem()->isVisible());
}

void ExperimentsPageTest::timeAndMemoryAreTellableBeforeARun()
{
    auto* estimate = page().find<QLabel>("runEstimate");
    page().chooseMethod(QStringLiteral("bias"));
    QTRY_VERIFY(estimate->text().endsWith(QStringLiteral("MB")));
    QVERIFY2(estimate->text().startsWith(QStringLiteral("< 1 s, ")), qPrintable(estimate->text()));
    QVERIFY(!estimate->toolTip().isEmpty());

    page().chooseMethod(QStringLiteral("bayesian-mf"));
    page().type("input:factors", QStringLiteral("128"));
    page().type("input:samples", QStringLiteral("10000"));
    QTRY_VERIFY2(!estimate->text().startsWith(QStringLiteral("<")), qPrintable(estimate->text()));

    page().type("input:samples", QStringLiteral("none"));
    QTRY_VERIFY2(estimate->text().isEmpty(), qPrintable(estimate->text()));
}

void ExperimentsPageTest::whatDoesNotFitIntoMemoryIsTold()
{
    auto* estimates = page().window().findChild<RunEstimates*>();
    QVERIFY(estimates != nullptr);
    estimates->setAvailable([] { return 1e5; }); // bytes: a machine that has next to nothing left
    page().chooseMethod(QStringLiteral("mf"));
    page().type("input:factors", QStringLiteral("64"));
    QTRY_VERIFY(page().problem()->isVisible());
    const QString told = page().problem()->text();
    QVERIFY2(told.contains(QStringLiteral("method.factors is 64")), qPrintable(told));
    QVERIFY2(told.contains(QStringLiteral("is available")), qPrintable(told));

    estimates->setAvailable([] { return 1e12; });
    page().type("input:factors", QStringLiteral("65"));
    QTRY_VERIFY(!page().problem()->isVisible());
}

void ExperimentsPageTest::zoomStaysUntilItIsReset()
{
    QVERIFY(page().start(QStringLiteral("ials"), 1));
    page().chooseLongRun();
    page().action("startRun")->trigger();
    QTRY_COMPARE(page().curves().series().size(), std::size_t{2});
    const Range epochs{2.0, 4.5};
    const Range values{0.5, 1.5};
    page().curves().zoomTo(epochs, values);
    const std::size_t before = page().curves().series()[1].x.size();
    QTRY_VERIFY(page().curves().series()[1].x.size() > before + 2);
    QVERIFY(page().curves().zoomX() == epochs && page().curves().zoomY() == values);
    page().session().selection().setRuns({page().run(0)});
    QTRY_COMPARE(page().curves().series().size(), std::size_t{1});
    page().session().selection().setRuns({});
    QTRY_COMPARE(page().curves().series().size(), std::size_t{2});
    QVERIFY(page().curves().zoomX() == epochs && page().curves().zoomY() == values);
    page().session().runQueue().cancelAll();
    QTRY_COMPARE(page().state(1), QStringLiteral("cancelled"));

    page().window().close();
    page().reopen();
    QVERIFY(page().openPage());
    QTRY_COMPARE(page().curves().series().size(), std::size_t{2});
    QVERIFY(page().curves().zoomX() == epochs && page().curves().zoomY() == values);
    auto* choice = page().find<QComboBox>("upperCurvesChoice");
    choice->setCurrentIndex(choice->findData(QStringLiteral("train loss")));
    Q_EMIT choice->activated(choice->currentIndex());
    QVERIFY(page().curves().zoomX() == epochs && !page().curves().zoomY()); // other values, the same epochs
    page().curves().resetZoom();
    QVERIFY(!page().curves().isZoomed());
}

void ExperimentsPageTest::filterHidesRunsFromTheTableAndFromWhatIsDone()
{
    QVERIFY(page().start(QStringLiteral("bias"), 1));
    QVERIFY(page().start(QStringLiteral("popularity"), 2));
    page().table()->selectAll();
    const std::vector<RunId> both{page().run(0), page().run(1)};
    QCOMPARE(page().session().selection().runs(), both);
    page().action("filterExperiments")->trigger();
    auto* filter = page().find<QLineEdit>("runTableFilter");
    QVERIFY(filter->hasFocus());
    QTest::keyClicks(filter, QStringLiteral("POPUL fin"));
    QCOMPARE(page().rows().rowCount(), 1);
    QCOMPARE(page().run(0), both[1]);
    QCOMPARE(page().session().selection().runs(), both); // what is compared elsewhere stays
    QVERIFY(!page().action("compareRuns")->isEnabled());
    page().action("deleteRuns")->trigger();
    QTRY_COMPARE(page().rows().rowCount(), 0);
    filter->clear();
    QTRY_COMPARE(page().rows().rowCount(), 1);
    QCOMPARE(page().run(0), both[0]);
    page().find<QToolButton>("runTableStarred")->click();
    QCOMPARE(page().rows().rowCount(), 0);
}

void ExperimentsPageTest::whatIsTypedSurvivesAFinishedRun()
{
    page().chooseMethod(QStringLiteral("mf"));
    page().action("startRun")->trigger();
    page().type("specName", QStringLiteral("next"));
    page().type("input:epochs", QStringLiteral("0.")); // not yet a whole number
    auto* epochs = page().find<QLineEdit>("input:epochs");
    QTRY_COMPARE(page().rows().rowCount(), 1);
    QTRY_COMPARE(page().state(0), QStringLiteral("finished"));
    QCOMPARE(page().find<QLineEdit>("input:epochs"), epochs);
    QCOMPARE(epochs->text(), QStringLiteral("0."));
    QCOMPARE(page().find<QLineEdit>("specName")->text(), QStringLiteral("next"));
}

void ExperimentsPageTest::selectedRunsAreThoseOfAllPages()
{
    QVERIFY(page().start(QStringLiteral("bias"), 1));
    QVERIFY(page().start(QStringLiteral("popularity"), 2));
    page().session().selection().setRuns({page().run(1)});
    const QModelIndexList rows = page().table()->selectionModel()->selectedRows();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.front().row(), 1);
    page().table()->selectRow(0);
    QVERIFY(!page().session().selection().contains(page().run(1)));
    QVERIFY(!page().action("compareRuns")->isEnabled());
    page().table()->selectAll();
    QVERIFY(page().action("compareRuns")->isEnabled());
}

void ExperimentsPageTest::nameStarAndDeletionCanBeUndone()
{
    QVERIFY(page().start(QStringLiteral("bias"), 1));
    QUndoStack& undo = page().session().undoStack();
    const auto shown = [this](int column) { return page().rows().index(0, column).data().toString(); };
    const QString before = shown(RunTableModel::NameColumn);
    page().table()->setCurrentIndex(page().rows().index(0, RunTableModel::StateColumn));
    page().table()->setFocus();
    QTest::keyClick(page().table(), Qt::Key_F2);
    auto* field = page().table()->viewport()->findChild<QLineEdit*>();
    QVERIFY(field != nullptr);
    QTest::keyClicks(field, QStringLiteral("rena"));
    page().session().announce(Change::Runs); // what is being typed stays when runs are read again
    QTest::qWait(200);
    QTest::keyClicks(field, QStringLiteral("med"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(shown(RunTableModel::NameColumn), QStringLiteral("renamed"));
    const QModelIndex star = page().rows().index(0, RunTableModel::StarColumn);
    QTest::mouseClick(
        page().table()->viewport(), Qt::LeftButton, {}, page().table()->visualRect(star).center());
    QTRY_COMPARE(star.data(Qt::AccessibleTextRole).toString(), QStringLiteral("starred"));
    QTest::keyClick(page().table(), Qt::Key_Delete);
    QTRY_COMPARE(page().rows().rowCount(), 0);
    undo.undo();
    QTRY_COMPARE(page().rows().rowCount(), 1);
    undo.undo();
    QTRY_COMPARE(page().rows().index(0, 0).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("not starred"));
    undo.undo();
    QTRY_COMPARE(shown(RunTableModel::NameColumn), before);
}

void ExperimentsPageTest::columnsFitTheirTableWhateverItsWidthWas()
{
    QVERIFY(page().start(QStringLiteral("bias"), 1));
    page().window().resize(1700, 900);
    QTRY_VERIFY(page().table()->width() > 900);
    QVERIFY(page().start(QStringLiteral("popularity"), 2)); // columns are laid out anew
    page().window().resize(1280, 800);
    QTRY_VERIFY(page().table()->width() < 800);
    QTRY_COMPARE(page().table()->horizontalScrollBar()->maximum(), 0);
}

void ExperimentsPageTest::stateIsThereAfterARestart()
{
    QVERIFY(page().start(QStringLiteral("mf"), 1));
    QVERIFY(page().start(QStringLiteral("bias"), 2));
    page().table()->setColumnWidth(RunTableModel::NameColumn, 211);
    page().table()->sortByColumn(RunTableModel::NameColumn, Qt::DescendingOrder);
    page().table()->horizontalHeader()->moveSection(RunTableModel::StateColumn, 0);
    auto* splitter = page().window().findChild<QSplitter*>();
    splitter->setSizes({500, 700});
    const QList<int> sizes = splitter->sizes();
    QTRY_VERIFY(page().find<QComboBox>("upperCurvesChoice")->count() > 1);
    auto* choice = page().find<QComboBox>("upperCurvesChoice");
    choice->setCurrentIndex(choice->findData(QStringLiteral("train loss")));
    Q_EMIT choice->activated(choice->currentIndex());
    page().type("specName", QStringLiteral("unfinished thought"));
    page().session().selection().setRuns({page().run(0)});
    const RunId selected = page().run(0);

    page().window().close();
    page().reopen();
    QVERIFY(page().openPage());

    QTRY_COMPARE(page().rows().rowCount(), 2);
    QCOMPARE(page().table()->columnWidth(RunTableModel::NameColumn), 211);
    QCOMPARE(page().table()->horizontalHeader()->visualIndex(RunTableModel::StateColumn), 0);
    QCOMPARE(page().table()->horizontalHeader()->sortIndicatorSection(), int(RunTableModel::NameColumn));
    QCOMPARE(page().run(0), selected);
    QCOMPARE(page().table()->selectionModel()->selectedRows().size(), 1);
    QCOMPARE(page().window().findChild<QSplitter*>()->sizes(), sizes);
    QCOMPARE(page().find<QLineEdit>("specName")->text(), QStringLiteral("unfinished thought"));
    QTRY_COMPARE(page().find<QComboBox>("upperCurvesChoice")->currentData().toString(),
                 QStringLiteral("train loss"));
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
    QCOMPARE(model.measures(), (std::vector<std::string>{"rmse", "mae", "ndcg@10"}));
    model.setRuns({run(3, {{"ndcg@10", 0.2}})});
    QCOMPARE(third.row(), 0);
    QCOMPARE(model.columnCount(), RunTableModel::FirstMeasureColumn + 3);
    RunRecord validated = run(3, {{"ndcg@10", 0.2}});
    validated.validation = {{"rmse", 0.9}, {"mae", 0.7}};
    model.setRuns({validated});
    QCOMPARE(model.measures(), (std::vector<std::string>{"ndcg@10", "valid rmse", "valid mae"}));
    const int column = RunTableModel::FirstMeasureColumn + 1;
    QCOMPARE(model.columnKey(column), QStringLiteral("validation:rmse"));
    QCOMPARE(model.headerData(column, Qt::Horizontal).toString(), QStringLiteral("RMSE, validation"));
    QCOMPARE(model.index(0, column).data(RunTableModel::SortRole).toDouble(), 0.9);
    model.setRuns({});
    QVERIFY(!third.isValid());
}

void ExperimentsPageTest::nameIsEditedAsItIsStored()
{
    test::OneName translator;
    QCoreApplication::installTranslator(&translator);
    RunTableModel model;
    model.setRuns({RunRecord{.id = RunId{1}, .name = "control: bias", .state = RunState::Finished}});
    const QModelIndex cell = model.index(0, RunTableModel::NameColumn);
    const QSignalSpy renamed(&model, &RunTableModel::renameWanted);
    QCOMPARE(cell.data().toString(), QStringLiteral("Kontrolle: Neigung"));
    QCOMPARE(cell.data(Qt::EditRole).toString(), QStringLiteral("control: bias"));
    QVERIFY(!model.setData(cell, cell.data(Qt::EditRole)));
    QCOMPARE(renamed.count(), 0);
    QVERIFY(model.setData(cell, QStringLiteral("mine")));
    QCOMPARE(renamed.count(), 1);
}

/// One that began, and one that was deleted, are as if they had never been told of once they wait again.
void ExperimentsPageTest::estimatesGoWithTheirRuns()
{
    RunTableModel model;
    const auto waiting = [](int id) {
        return RunRecord{.id = RunId{id}, .name = "run", .state = RunState::Queued};
    };
    const auto time = [&model](int row) {
        const auto column = model.columnKeys().indexOf(QStringLiteral("time"));
        return model.index(row, static_cast<int>(column)).data().toString();
    };
    const QString unknown = numbers::missing();
    model.setRuns({waiting(1), waiting(2)});
    for (const int id : {1, 2}) {
        model.setEstimate(RunId{id}, RunEstimate{.trainSeconds = 90.0, .trainMb = 1.0});
    }
    QVERIFY(time(0) != unknown && time(1) == time(0));
    RunRecord running = waiting(1);
    running.state = RunState::Running;
    model.setRuns({running});
    model.setRuns({waiting(1), waiting(2)});
    QCOMPARE(time(0), unknown);
    QCOMPARE(time(1), unknown);
}

/// A run is told of once, and again when it was gone meanwhile: its deletion was undone.
void ExperimentsPageTest::runThatWaitsAgainIsEstimatedAgain()
{
    page().chooseMethod(QStringLiteral("popularity"));
    RunRecord run{.id = RunId{7}, .name = "run", .state = RunState::Queued};
    run.spec = page().editor().document();
    RunRecord other = run;
    other.id = RunId{8};
    RunEstimates estimates(page().session(), nullptr);
    QSignalSpy told(&estimates, &RunEstimates::queuedEstimated);
    const auto toldOf = [&](int at) { return told.at(at).at(0).value<RunId>(); };
    estimates.follow({run});
    QTRY_COMPARE(told.count(), 1);
    estimates.follow({run, other});
    QTRY_COMPARE(told.count(), 2);
    QVERIFY(toldOf(0) == run.id && toldOf(1) == other.id);
    estimates.follow({other});
    estimates.follow({run, other});
    QTRY_COMPARE(told.count(), 3);
    QVERIFY(toldOf(2) == run.id);
}

QTEST_MAIN(ExperimentsPageTest)
#include "ExperimentsPageTest.moc"
