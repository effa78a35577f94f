#pragma once

#include "core/knowledge/Extractor.h"
#include "tests/support/Datasets.h"
#include "tests/support/Runs.h"
#include "tests/ui/WindowFixture.h"
#include "ui/recommend/RecommendPage.h"

#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QTreeView>

namespace transept::test {

struct FilmRuns
{
    RunRecord knn;
    RunRecord kfmf;
    RunRecord mf;
    RunRecord popularity;
};

/// Films and books that the same people rated, with words for the films; and four runs on the films.
inline FilmRuns makeRuns(Workspace& workspace)
{
    fill(workspace, ratingsPicture("films", 40, 60, 24, 1));
    fill(workspace, ratingsPicture("books", 30, 40, 12, 2));
    const Status named = workspace.database().execute(
        "UPDATE item SET title = 'The ' || CASE id % 3 WHEN 0 THEN 'Star' WHEN 1 THEN 'Garden' ELSE 'Trial'"
        " END || ' ' || key;"
        "INSERT INTO item_field(item, name, value) SELECT id, 'genre', CASE id % 3 WHEN 0 THEN 'Space'"
        " WHEN 1 THEN 'Family' ELSE 'Crime' END FROM item");
    const auto knowledge = extract(workspace, {.extractor = "lexical", .name = "words"}, {});
    if (!named || !knowledge) {
        throw std::runtime_error("the items have no words");
    }
    const Json books = {"books"};
    const Json measures = {"ndcg@10"};
    const auto run = [&](const char* name, const char* method, std::map<std::string, Json> more) {
        more.insert({{"name", name}, {"method.name", method}, {"measures", measures}, {"data.positive", 4}});
        return finishedRun(workspace, more);
    };
    FilmRuns runs;
    runs.knn = run("neighbours", "item-knn", {{"data.sources", books}});
    runs.kfmf = run("with words", "kfmf", {{"knowledge", "words"}, {"method.epochs", 4}});
    runs.mf = run("factors", "mf", {{"method.epochs", 20}, {"method.factors", 4}});
    runs.popularity = run("favourites", "popularity", {});
    return runs;
}

class RecommendFixture : public WindowFixture
{
public:
    RecommendFixture()
        : WindowFixture({[](const ui::PageContext& context, QWidget* parent) -> ui::Page* {
            return new ui::RecommendPage(context, parent);
        }})
    {
    }

    bool show(const std::filesystem::path& file)
    {
        const bool opened = open(file);
        window().resize(1280, 800);
        window().showPage(QStringLiteral("recommend"));
        return opened && QTest::qWaitFor([this] { return page().isVisible(); });
    }

    ui::Page& page() { return *window().pages().front(); }
    QAbstractItemModel& users() { return *find<QListView>("users")->model(); }
    QAbstractItemModel& history() { return *find<QTreeView>("history")->model(); }
    QAbstractItemModel& reasons() { return *find<QListView>("reasonList")->model(); }
    QString label(const char* name) { return find<QLabel>(name)->text(); }
    QString sentence() { return label("pageSentence"); }
    QListView* list(const RunRecord& run)
    {
        return find<QListView>(fmt::format("recommendations{}", number(run.id)).c_str());
    }
    /// Waits until the run's list is there with so many items.
    bool hasList(const RunRecord& run, int items)
    {
        return waitFor([&] { return list(run) != nullptr && list(run)->model()->rowCount() == items; });
    }
    void click(QAbstractItemView* view, int row)
    {
        const QModelIndex index = view->model()->index(row, 0);
        view->scrollTo(index);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
    }
    void search(const char* text)
    {
        auto* field = find<QLineEdit>("userSearch");
        field->setFocus();
        field->selectAll();
        QTest::keyClick(field, Qt::Key_Delete);
        QTest::keyClicks(field, QString::fromLatin1(text));
    }
};

} // namespace transept::test
