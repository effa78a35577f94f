#pragma once

#include "tests/ui/knowledge/KnowledgeFixture.h"
#include "ui/knowledge/FacetTableModel.h"

#include <QtGui/QUndoStack>
#include <QtWidgets/QTabWidget>

namespace transept::test {

/// A knowledge base with a genre and a mood for every item; every third genre in another writing.
inline KnowledgeId addFacets(const Workspace& workspace, const char* name, int shift)
{
    static const std::vector<std::string> genres{"Sci-Fi", "sci fi", "Drama", "Comedy"};
    const KnowledgeStore store(workspace);
    const KnowledgeId base = store.begin(name, "chat", Json{{"settings", {{"model", "small"}}}}).value();
    const std::int64_t items = workspace.database().scalar("SELECT count(*) FROM item")->value();
    std::vector<ItemFacts> facts;
    for (std::int64_t item = 1; item <= items; ++item) {
        facts.push_back({.item = ItemId{item},
                         .facets = {{"genre", genres[static_cast<std::size_t>(item + shift) % genres.size()]},
                                    {"mood", item % 2 == 0 ? "grave" : "light"}}});
    }
    need(store.put(base, facts));
    need(store.commit(base, {.tokensIn = 1200, .tokensOut = 300}));
    need(store.setState(base, "finished"));
    return base;
}

class FacetFixture : public KnowledgeFixture
{
public:
    bool openWithFacets(int films, int books)
    {
        {
            const Workspace workspace = folder.workspace("texts.transept");
            addThemedItems(workspace, "films", films);
            addThemedItems(workspace, "books", books);
            other = addFacets(workspace, "other", 2);
            base = addFacets(workspace, "small", 0);
        }
        const bool isShown = show();
        showFacets();
        return isShown &&
               waitFor([&] { return counted() == 2 * (films + books) && source(0) != QStringLiteral("…"); });
    }
    void showFacets()
    {
        auto* tabs = find<QTabWidget>("knowledgeTabs");
        tabs->setCurrentWidget(find<QWidget>("facetView"));
    }

    QTableView& table() { return *find<QTableView>("facetTable"); }
    ui::FacetTableModel& model() { return *qobject_cast<ui::FacetTableModel*>(table().model()); }
    bool isCounted() { return model().count().has_value() && model().rowCount() == *model().count(); }
    int counted() { return isCounted() ? model().rowCount() : -1; } ///< -1: not yet
    QString text(int row) { return cell("facetTable", row, ui::FacetTableModel::TextColumn); }
    QString source(int row) { return cell("facetTable", row, ui::FacetTableModel::SourceColumn); }
    void select(int row)
    {
        table().setFocus();
        const QModelIndex index = model().index(row, ui::FacetTableModel::TextColumn);
        table().scrollTo(index);
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().visualRect(index).center());
    }
    void undo() { session().undoStack().undo(); }

    KnowledgeId base{};
    KnowledgeId other{};
};

} // namespace transept::test
