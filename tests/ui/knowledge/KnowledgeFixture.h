#pragma once

#include "core/base/Random.h"
#include "core/store/Catalog.h"
#include "core/store/KnowledgeStore.h"
#include "tests/ui/WindowFixture.h"
#include "ui/charts/ScatterChart.h"
#include "ui/jobs/JobList.h"
#include "ui/knowledge/KnowledgeModel.h"
#include "ui/knowledge/KnowledgePage.h"

#include <QtTest/QTest>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

namespace transept::test {

inline void need(const Status& done)
{
    if (!done) {
        throw std::runtime_error(describe(done.error()));
    }
}

/// Adds items of three themes to a domain, each with title, genre and description; throws when it cannot.
inline void addThemedItems(const Workspace& workspace, const std::string& domain, int count)
{
    static const std::vector<std::string> genres{"Family", "Space", "Crime"};
    static const std::vector<std::vector<std::string>> words{
        {"village", "baker", "garden", "summer", "wedding"},
        {"starship", "empire", "planet", "alien", "captain"},
        {"murder", "detective", "police", "heist", "trial"}};
    const Domain made = Catalog(workspace).ensureDomain(domain, "web", FeedbackKind::Explicit).value();
    Result<Statement> item =
        workspace.database().prepare("INSERT INTO item(domain, key, title) VALUES(?, ?, ?)");
    Result<Statement> field =
        workspace.database().prepare("INSERT INTO item_field(item, name, value) VALUES(?, ?, ?)");
    Result<Transaction> transaction = Transaction::begin(workspace.database());
    Random random(static_cast<std::uint64_t>(count));
    for (int nth = 0; nth < count; ++nth) {
        const auto theme = static_cast<std::size_t>(nth % 3);
        const auto word = [&] { return words[theme][static_cast<std::size_t>(random.below(5))]; };
        const std::string key = domain + std::to_string(nth);
        need(item->bind(1, number(made.id)).bind(2, key).bind(3, word() + " " + key).run());
        const std::int64_t id = workspace.database().lastInsertId();
        need(field->bind(1, id).bind(2, "genre").bind(3, genres[theme]).run());
        const std::string about = word() + " " + word() + " " + word() + " " + word();
        need(field->bind(1, id).bind(2, "about").bind(3, about).run());
    }
    need(transaction->commit());
}

/// The window with the knowledge page, alone or among others.
class KnowledgeFixture : public WindowFixture
{
public:
    KnowledgeFixture()
        : KnowledgeFixture({[](const ui::PageContext& context, QWidget* parent) -> ui::Page* {
            return new ui::KnowledgePage(context, parent);
        }})
    {
    }
    explicit KnowledgeFixture(std::vector<ui::PageFactory> pages) : WindowFixture(std::move(pages)) {}

    std::filesystem::path file() const { return folder.path("texts.transept"); }

    /// A workspace with so many films and books, open in the window.
    bool openWith(int films, int books)
    {
        {
            const Workspace workspace = folder.workspace("texts.transept");
            addThemedItems(workspace, "films", films);
            addThemedItems(workspace, "books", books);
        }
        return show();
    }
    bool show()
    {
        const bool opened = open(file());
        window().resize(1280, 800);
        window().showPage(QStringLiteral("knowledge"));
        return opened && QTest::qWaitFor([this] { return page().isVisible(); });
    }

    ui::Page& page() { return *WindowFixture::find<ui::KnowledgePage>("knowledgePage"); }
    template<typename Widget>
    Widget* find(const char* name) ///< other pages may have one of this name
    {
        auto* own = page().findChild<Widget*>(QLatin1StringView(name));
        return own != nullptr ? own : WindowFixture::find<Widget>(name);
    }
    QTableView* bases() { return find<QTableView>("knowledgeBases"); }
    QString cell(const char* table, int row, int column)
    {
        return find<QTableView>(table)->model()->index(row, column).data().toString();
    }
    QString state() { return cell("knowledgeBases", 0, ui::KnowledgeModel::StateColumn); }
    int rows(const char* table) { return find<QTableView>(table)->model()->rowCount(); }
    QString label(const char* name) { return find<QLabel>(name)->text(); }
    QString messages()
    {
        QStringList texts;
        for (const QLabel* each : page().messages().findChildren<QLabel*>()) {
            texts << each->text();
        }
        return texts.join(QLatin1Char('\n'));
    }
    ui::ScatterChart& map() { return *find<ui::ScatterChart>("itemMap"); }

    void click(const char* button) { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
    void trigger(const char* action) { find<QAction>(action)->trigger(); }
    void type(const char* field, const std::string& text)
    {
        auto* line = find<QLineEdit>(field);
        line->setFocus();
        line->selectAll();
        QTest::keyClick(line, Qt::Key_Delete);
        QTest::keyClicks(line, QString::fromStdString(text));
    }
    void choose(const char* box, const char* value)
    {
        auto* choice = find<QComboBox>(box);
        choice->setCurrentIndex(choice->findData(QLatin1String(value)));
        Q_EMIT choice->activated(choice->currentIndex());
    }
    /// Opens the panel with the chat extractor at this address.
    void askServerAt(const std::string& url)
    {
        if (!find<QWidget>("extractionPanel")->isVisible()) {
            trigger("extract");
        }
        choose("extractor", "chat");
        type("input:url", url);
    }
    /// Whether nothing runs and this knowledge base is shown as finished.
    bool hasFinished(int row = 0)
    {
        return !session().jobs().isAnyActive() && row < rows("knowledgeBases") &&
               cell("knowledgeBases", row, ui::KnowledgeModel::StateColumn) == QLatin1String("finished");
    }
    bool isFinished(int row = 0) ///< waits for it
    {
        return waitFor([&] { return hasFinished(row); });
    }
};

} // namespace transept::test
