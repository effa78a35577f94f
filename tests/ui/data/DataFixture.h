#pragma once

#include "tests/support/Interactions.h"
#include "tests/ui/WindowFixture.h"
#include "ui/data/DataPage.h"

#include <QtCore/QAbstractItemModel>
#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>

namespace transept::test {

/// The window with the data page alone, over a workspace filled from a picture.
class DataFixture : public WindowFixture
{
public:
    DataFixture() : WindowFixture({factory()}) {}

    /// Fills a new workspace, opens it, and waits until the page shows it.
    bool openWith(std::string_view picture)
    {
        {
            const Workspace made = folder.workspace();
            if (!picture.empty()) {
                fill(made, picture);
            }
        }
        const bool opened = open(folder.path("test.transept"));
        window().showPage(QStringLiteral("data"));
        return opened && (picture.empty() || waitFor([this] { return rows("domainTable") > 0; }));
    }

    QTableView* table(const char* name) { return find<QTableView>(name); }
    int rows(const char* name) { return table(name)->model()->rowCount(); }
    QString cell(const char* name, int row, int column)
    {
        const QAbstractItemModel* model = table(name)->model();
        return model->index(row, column).data().toString();
    }
    QString label(const char* name) { return find<QLabel>(name)->text(); }
    void showTab(int tab) { find<QTabWidget>("dataTabs")->setCurrentIndex(tab); }
    ui::DataPage& page() { return static_cast<ui::DataPage&>(*window().pages().front()); }

    /// The text of all messages of the page.
    QString messages()
    {
        QStringList texts;
        for (const QLabel* each : page().messages().findChildren<QLabel*>()) {
            texts.append(each->text());
        }
        return texts.join(QLatin1Char('\n'));
    }

private:
    static ui::PageFactory factory()
    {
        return
            [](const ui::PageContext& context, QWidget* parent) { return new ui::DataPage(context, parent); };
    }
};

} // namespace transept::test
