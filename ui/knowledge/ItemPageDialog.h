#pragma once

#include "core/knowledge/ItemPage.h"
#include "ui/shell/Query.h"

#include <QtWidgets/QDialog>

#include <memory>

class QLabel;
class QPlainTextEdit;
class QTabWidget;
class QTableView;

namespace transept::ui {

class FigureTable;

/// All that is known of an item, each with its source: the file that described it, and every knowledge base
/// with its facets, what people made of them, vectors, verdicts, and the model's reply where it is kept.
class ItemPageDialog final : public QDialog
{
    Q_OBJECT

public:
    ItemPageDialog(Session& session, QWidget* parent);

    void showItem(ItemId item); ///< and is shown itself
    void done(int result) override;

Q_SIGNALS:
    void failed(const transept::Error& error);

protected:
    void changeEvent(QEvent* event) override;

private:
    using Reply = Result<std::optional<std::string>>;

    struct Base
    {
        QLabel* sentence = nullptr;
        FigureTable* facets = nullptr;
        QTableView* table = nullptr;
        QLabel* replyNote = nullptr;
        QPlainTextEdit* reply = nullptr;
        std::unique_ptr<Query> query = nullptr; ///< once the reply is asked for
        std::optional<Reply> said = {};         ///< once it is here
    };

    void build();
    void take(Result<ItemPage> page);
    void addBase(const SourcedFacts& facts);
    void fill(Base& base, const SourcedFacts& facts);
    void askReply(int tab);
    static void showReply(const Base& base);
    void retranslate();

    Session& m_session;
    Query m_query;
    ItemPage m_page;
    QLabel* m_title;
    QLabel* m_source;
    FigureTable* m_fields;
    QTableView* m_fieldTable;
    QTabWidget* m_tabs;
    QLabel* m_nothing;
    std::vector<Base> m_bases; ///< in the order of the tabs
};

} // namespace transept::ui
