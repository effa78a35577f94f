#include "core/recommend/Export.h"
#include "tests/support/Datasets.h"
#include "tests/ui/experiments/ExperimentsFixture.h"

#include <QtTest/QTest>
#include <QtWidgets/QDialog>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableWidget>

using namespace transept;
using namespace transept::ui;
using test::ExperimentsFixture;

/// Results of another program come into the table as a person brings them.
class ResultsImportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_fixture.reset(); }

    void exportedListsComeBackAsARun();
    void columnsAreChosenAboveTheRows();
    void pickedColumnsStayWithTheirFileAndWhenChosenAgain();
    void whatDoesNotFitIsToldBesideIt();
    void wrongRowIsToldAndNothingIsAdded();
    void importedRunIsNotEdited();

private:
    ExperimentsFixture& page() { return *m_fixture; }
    QDialog* openDialog();
    QString problem() { return page().find<QLabel>("resultsProblem")->text(); }
    QPushButton* importButton() { return page().find<QPushButton>("importResultsButton"); }
    QTableWidget* rows() { return page().find<QTableWidget>("resultRows"); }
    QString role(int column)
    {
        return qobject_cast<QComboBox*>(rows()->cellWidget(0, column))->currentText();
    }
    QStringList roles();
    void pick(int column, const QString& role);
    void choose(const std::filesystem::path& file);
    void chooseAgain();
    std::filesystem::path exportedLists();

    std::unique_ptr<ExperimentsFixture> m_fixture;
};

void ResultsImportTest::init()
{
    m_fixture = std::make_unique<ExperimentsFixture>();
    QVERIFY(m_fixture->opened);
    QVERIFY(page().start(QStringLiteral("popularity"), 1));
}

QDialog* ResultsImportTest::openDialog()
{
    page().action("importResults")->trigger();
    return page().find<QDialog>("resultsDialog");
}

void ResultsImportTest::choose(const std::filesystem::path& file)
{
    page().chosenFiles = {QString::fromStdString(file.string())};
    QTest::mouseClick(page().find<QPushButton>("addResultFiles"), Qt::LeftButton);
}

QStringList ResultsImportTest::roles()
{
    QStringList all;
    for (int column = 0; column < rows()->columnCount(); ++column) {
        all << role(column);
    }
    return all;
}

void ResultsImportTest::pick(int column, const QString& role)
{
    auto* box = qobject_cast<QComboBox*>(rows()->cellWidget(0, column));
    box->setCurrentIndex(box->findText(role));
}

/// The remedy beside what went wrong.
void ResultsImportTest::chooseAgain()
{
    for (auto* button : page().window().pages().front()->messages().findChildren<QAbstractButton*>()) {
        if (button->text() == QStringLiteral("Choose again")) {
            button->click();
            return;
        }
    }
    QFAIL("there is no such button");
}

std::filesystem::path ResultsImportTest::exportedLists()
{
    const std::filesystem::path file = page().folder.path("lists.csv");
    const Workspace workspace =
        test::valueOf(Workspace::open(page().folder.path("test.transept"), Access::ReadOnly));
    test::valueOf(exportRun(workspace, page().run(0), RunExport::Lists, file, {}));
    return file;
}

void ResultsImportTest::exportedListsComeBackAsARun()
{
    const std::filesystem::path file = exportedLists();
    QVERIFY(openDialog() != nullptr);
    QTRY_VERIFY(problem().isEmpty());
    QVERIFY(!importButton()->isEnabled());
    QVERIFY(page().find<QLabel>("resultsHint")->isVisible() && !rows()->isVisible());

    choose(file);

    QTRY_VERIFY(importButton()->isEnabled());
    QCOMPARE(page().find<QLineEdit>("resultsName")->text(), QStringLiteral("lists"));
    QVERIFY(!page().find<QLabel>("resultsHint")->isVisible() && rows()->isVisible());
    QCOMPARE(page().find<QListWidget>("resultFiles")->count(), 1);
    QCOMPARE(role(0), QStringLiteral("user"));
    QCOMPARE(role(1), QStringLiteral("rank"));
    QCOMPARE(role(2), QStringLiteral("item"));
    QCOMPARE(role(3), QStringLiteral("score"));
    QCOMPARE(rows()->item(1, 1)->text(), QStringLiteral("1"));
    page().type("resultsName", QStringLiteral("theirs"));
    QTRY_VERIFY(importButton()->isEnabled());
    QTest::mouseClick(importButton(), Qt::LeftButton);

    QTRY_COMPARE(page().rows().rowCount(), 2);
    QCOMPARE(page().state(1), QStringLiteral("finished"));
    QCOMPARE(page().rows().index(1, RunTableModel::NameColumn).data().toString(), QStringLiteral("theirs"));
    QTRY_VERIFY(page().messages().contains(QStringLiteral("theirs stands in the table.")));
    QCOMPARE(page().find<QDialog>("resultsDialog"), nullptr);
}

void ResultsImportTest::columnsAreChosenAboveTheRows()
{
    const std::filesystem::path file =
        page().folder.write("bare.csv", "u1,x,i1,0.5,7\nu1,x,i2,0.25,8\nu2,x,i2,0.5,9\n");
    openDialog();
    choose(file);
    QTRY_VERIFY(!problem().isEmpty());
    QTRY_COMPARE(rows()->columnCount(), 5);

    pick(1, QStringLiteral("–"));
    pick(2, QStringLiteral("item"));
    pick(3, QStringLiteral("score"));

    QTRY_VERIFY2(problem().isEmpty(), qPrintable(problem()));
    QVERIFY(importButton()->isEnabled());
    QCOMPARE(role(0), QStringLiteral("user"));
}

void ResultsImportTest::pickedColumnsStayWithTheirFileAndWhenChosenAgain()
{
    openDialog();
    choose(page().folder.write("bare.csv", "u1,x,i1,0.5,7\nnobody,x,i2,0.25,8\n"));
    QTRY_COMPARE(rows()->columnCount(), 5);
    pick(1, QStringLiteral("–"));
    pick(2, QStringLiteral("item"));
    pick(3, QStringLiteral("score"));
    const QStringList picked = roles();
    QCOMPARE(picked.mid(0, 4).join(QLatin1Char(' ')), QStringLiteral("user – item score"));

    choose(page().folder.write("other.csv", "user,item,score\nu1,i1,3\n"));
    QTRY_COMPARE(rows()->columnCount(), 3);
    page().find<QListWidget>("resultFiles")->setCurrentRow(0);
    QTRY_COMPARE(rows()->columnCount(), 5);
    QCOMPARE(roles(), picked);
    page().find<QListWidget>("resultFiles")->setCurrentRow(1);
    QTest::mouseClick(page().find<QPushButton>("removeResultFile"), Qt::LeftButton);
    QTRY_VERIFY2(importButton()->isEnabled(), qPrintable(problem()));
    QTest::mouseClick(importButton(), Qt::LeftButton);

    QTRY_VERIFY(page().messages().contains(QStringLiteral("no user nobody")));
    QTRY_COMPARE(page().find<QDialog>("resultsDialog"), nullptr);
    chooseAgain();
    QVERIFY(page().find<QDialog>("resultsDialog") != nullptr);
    QTRY_COMPARE(rows()->columnCount(), 5);
    QCOMPARE(roles(), picked);
    QCOMPARE(page().find<QLineEdit>("resultsName")->text(), QStringLiteral("bare"));
}

void ResultsImportTest::whatDoesNotFitIsToldBesideIt()
{
    QDialog* dialog = openDialog();

    choose(page().folder.path("gone.csv"));
    QTRY_VERIFY2(problem().contains(QStringLiteral("gone.csv")), qPrintable(problem()));
    QVERIFY(!importButton()->isEnabled());
    QTest::mouseClick(page().find<QPushButton>("removeResultFile"), Qt::LeftButton);
    QTRY_VERIFY(problem().isEmpty());
    choose(page().folder.write("rated.csv", "user,item,prediction\nu1,i1,3\n"));
    page().type("resultsMeasures", QStringLiteral("ndcg@10"));
    QTRY_VERIFY2(problem().contains(QStringLiteral("ndcg@10")), qPrintable(problem()));
    page().type("resultsMeasures", QStringLiteral("rmse"));
    QTRY_VERIFY2(problem().isEmpty(), qPrintable(problem()));
    page().type("resultsName", QStringLiteral(" "));
    QTRY_VERIFY(problem().contains(QStringLiteral("no name")));
    dialog->reject();

    QCOMPARE(page().rows().rowCount(), 1);
}

void ResultsImportTest::wrongRowIsToldAndNothingIsAdded()
{
    openDialog();
    choose(page().folder.write("wrong.csv", "user,item,score\nu1,i1,3\nnobody,i1,3\n"));
    auto* like = page().find<QComboBox>("resultsLike");
    QCOMPARE(like->count(), 2); // the run, which is chosen, and the spec
    like->setCurrentIndex(1);
    const QString chosen = like->currentText();
    QTRY_VERIFY2(importButton()->isEnabled(), qPrintable(problem()));

    QTest::mouseClick(importButton(), Qt::LeftButton);

    QTRY_VERIFY(page().messages().contains(QStringLiteral("line 3")));
    QVERIFY(page().messages().contains(QStringLiteral("no user nobody")));
    QCOMPARE(page().rows().rowCount(), 1);
    QTRY_COMPARE(page().find<QDialog>("resultsDialog"), nullptr);
    chooseAgain();
    QTRY_VERIFY(page().find<QListWidget>("resultFiles") != nullptr); // what was chosen is still chosen
    QCOMPARE(page().find<QListWidget>("resultFiles")->count(), 1);
    QCOMPARE(page().find<QComboBox>("resultsLike")->currentText(), chosen);
}

void ResultsImportTest::importedRunIsNotEdited()
{
    openDialog();
    choose(exportedLists());
    QTRY_VERIFY(importButton()->isEnabled());
    QTest::mouseClick(importButton(), Qt::LeftButton);
    QTRY_COMPARE(page().rows().rowCount(), 2);

    page().session().selection().setRuns({page().run(1)});

    QTRY_VERIFY(!page().action("editAsNew")->isEnabled());
    page().session().selection().setRuns({page().run(0)});
    QTRY_VERIFY(page().action("editAsNew")->isEnabled());
}

QTEST_MAIN(ResultsImportTest)
#include "ResultsImportTest.moc"
