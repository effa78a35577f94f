#pragma once

#include "tests/support/Runs.h"
#include "tests/ui/WindowFixture.h"
#include "ui/charts/LineChart.h"
#include "ui/experiments/ExperimentsPage.h"
#include "ui/experiments/SpecEditor.h"
#include "ui/runs/RunTableModel.h"

#include <QtTest/QTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTableView>

namespace transept::test {

using ui::LineChart;
using ui::PageContext;
using ui::RunTableModel;
using ui::SpecEditor;

/// The window with the experiments page alone, over films that people rated and music that others did.
class ExperimentsFixture : public WindowFixture
{
public:
    explicit ExperimentsFixture(int users = 60)
        : WindowFixture({[](const PageContext& context, QWidget* parent) {
            return new ui::ExperimentsPage(context, parent);
        }})
    {
        {
            const Workspace made = folder.workspace();
            fill(made, ratingsPicture("films", users, 40, 15, 3));
            fill(made, "music/shop: ann abba 5, bob abba 3, cid queen 4, ann queen 2");
        }
        opened = openPage();
    }

    bool openPage()
    {
        const bool done = open(folder.path("test.transept"));
        window().resize(1280, 800);
        window().showPage(QStringLiteral("experiments"));
        return done && waitFor([this] { return action("startRun")->isEnabled(); });
    }

    QAction* action(const char* name) { return find<QAction>(name); }
    QTableView* table() { return find<QTableView>("runTable"); }
    QAbstractItemModel& rows() { return *table()->model(); }
    bool isShown(const QString& title)
    {
        for (int column = 0; column < rows().columnCount(); ++column) {
            if (rows().headerData(column, Qt::Horizontal).toString() == title) {
                return !table()->isColumnHidden(column);
            }
        }
        return false;
    }
    QString state(int row) { return rows().index(row, RunTableModel::StateColumn).data().toString(); }
    RunId run(int row) { return RunId{rows().index(row, 0).data(RunTableModel::RunRole).toLongLong()}; }
    SpecEditor& editor() { return *window().findChild<SpecEditor*>(); }
    LineChart& curves() { return *find<LineChart>("upperCurves"); }
    QLabel* problem() { return find<QLabel>("specProblem"); }
    QPlainTextEdit* json() { return find<QPlainTextEdit>("specJson"); }

    QString messages()
    {
        QStringList texts;
        for (const QLabel* each : window().pages().front()->messages().findChildren<QLabel*>()) {
            texts << each->text();
        }
        return texts.join(QLatin1Char('\n'));
    }

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

    void useSource(const QString& name)
    {
        for (QAction* action : find<QMenu>("sourcesMenu")->actions()) {
            if (action->text() == name) {
                action->trigger();
            }
        }
    }

    /// Chooses a run that is still at work whenever a test looks: of a minute here, by equations with 512
    /// unknowns.
    void chooseLongRun()
    {
        chooseMethod(QStringLiteral("ials"));
        Json spec = editor().document();
        spec["method"]["epochs"] = 1000;
        spec["method"]["factors"] = 512;
        spec["stop"]["patience"] = 0;
        editor().setDocument(spec);
    }

    bool start(const QString& method, int expectedRows)
    {
        chooseMethod(method);
        action("startRun")->trigger();
        return waitFor([&] {
            return rows().rowCount() == expectedRows && state(expectedRows - 1) == QStringLiteral("finished");
        });
    }

    bool opened = false;
};

} // namespace transept::test
