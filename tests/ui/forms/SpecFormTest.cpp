#include "ui/experiments/SpecForm.h"
#include "core/model/Registry.h"
#include "ui/experiments/MethodBox.h"
#include "ui/experiments/SpecEditor.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QTreeWidget>

using namespace transept;
using namespace transept::ui;

namespace {

SpecChoices choices()
{
    SpecChoices all;
    for (const char* name : {"books", "films", "music"}) {
        Domain domain;
        domain.name = name;
        all.domains.push_back(domain);
    }
    KnowledgeBase base;
    base.name = "lexical";
    base.dimension = 128;
    all.knowledge.push_back(base);
    return all;
}

Json otherValue(const Parameter& parameter);

/// A row that is not that of the default, with other values in its columns.
Json otherRows(const Parameter& table)
{
    Json row = Json::object();
    if (table.completeRow != nullptr) {
        row = {{"name", table.choices.empty() ? "whitened-profile" : table.choices.back()},
               {"values", "binary"}};
    }
    for (const Parameter& column : table.columns) {
        row[column.name] = otherValue(column);
    }
    return Json::array({row});
}

/// A value of the parameter that is not its default, with as many digits as a double has.
Json otherValue(const Parameter& parameter)
{
    switch (parameter.type) {
    case Parameter::Type::Integer:
        return static_cast<std::int64_t>(parameter.preset == Json(static_cast<std::int64_t>(parameter.low))
                                             ? parameter.high
                                             : parameter.low);
    case Parameter::Type::Real:
        return parameter.low + (parameter.high - parameter.low) * 0.123456789012345;
    case Parameter::Type::Choice:
        return parameter.choices.back();
    case Parameter::Type::Flag:
        return !parameter.preset.get<bool>();
    case Parameter::Type::Text:
    case Parameter::Type::Domain:
    case Parameter::Type::File:
        return "other";
    case Parameter::Type::Table:
        return otherRows(parameter);
    }
    return {};
}

Json complete(const Json& document)
{
    const Result<Spec> spec = specFrom(document);
    if (!spec) {
        throw std::runtime_error(describe(spec.error()));
    }
    return toJson(*spec);
}

/// What the form makes of a spec that nobody touched; a name is not the form's.
Json throughTheForm(const Json& document)
{
    SpecForm form;
    form.setChoices(choices());
    form.setDocument(document);
    return complete(form.document());
}

QByteArray difference(const Json& before, const Json& after)
{
    return QByteArray::fromStdString(Json::diff(before, after).dump());
}

} // namespace

class SpecFormTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMethodsSpecGoesThereAndBack();
    void everySplitGoesThereAndBack();
    void everyPartOfTheDataGoesThereAndBack();
    void whatTheWorkspaceLacksIsKeptAndShown();
    void newUsersNeedSourcesWhateverTheMethod();
    void groupsByDomainNeedSources();
    void sharesOfTheSplitAddUpToOne();
    void givenNegativesAreOfferedWhereThereAreSome();
    void fillingSaysNothing();
    void undoInTheTextEndsAtTheFirstSpec();
    void usesFollowTheMembers();
    void rulesOfferTheDomainsOfTheRun();
    void methodIsFoundAndChosenInItsList();
    void listOfMethodsSaysWhatIsMissing();
    void methodsThatTheSearchHidesAreMarkedAsWell();
};

void SpecFormTest::everyMethodsSpecGoesThereAndBack()
{
    for (const MethodDescription& method : methods()) {
        Json document{{"data", {{"target", "films"}}}, {"method", {{"name", method.name}}}};
        if (method.usesSources) {
            document["data"]["sources"] = {"music", "books"};
        }
        if (method.usesKnowledge) {
            document["knowledge"] = "lexical";
            document["shuffle_knowledge"] = true;
        }
        const Json plain = complete(document);
        QVERIFY2(throughTheForm(plain) == plain, difference(plain, throughTheForm(plain)).constData());
        for (const Parameter& parameter : method.parameters) {
            document["method"][parameter.name] = otherValue(parameter);
        }
        const Json changed = complete(document);
        QVERIFY2(throughTheForm(changed) == changed,
                 difference(changed, throughTheForm(changed)).constData());
    }
}

void SpecFormTest::everySplitGoesThereAndBack()
{
    const std::vector<Json> splits{
        {{"kind", "warm"}, {"ratios", {0.7, 0.15, 0.15}}, {"seed", 4000000}},
        {{"kind", "leave-one-out"}},
        {{"kind", "temporal"}, {"ratios", {0.5, 0.2, 0.3}}},
        {{"kind", "cold-user"}, {"share", 0.33}, {"validation", 0.05}},
        {{"kind", "cold-item"}, {"share", 0.4}, {"seed", 9}},
        {{"kind", "k-fold"}, {"folds", 10}, {"fold", 7}, {"order", "file"}, {"validation", 0.0}},
        {{"kind", "cross-time"}, {"periods", 12}, {"fold", 6}, {"window", 3}, {"gap", 2}, {"refit", true}},
        {{"kind", "cross-group"}, {"tested", {"light", "heavy"}}, {"history", 0.25}, {"seed", 3}},
        {{"kind", "cross-group"},
         {"groups", "field"},
         {"field", "age"},
         {"tested", {"old"}},
         {"history", 0.0},
         {"validation", 0.2}},
        {{"kind", "leave-one-out"}, {"refit", true}},
        {{"kind", "given"}}};
    for (const Json& split : splits) {
        const Json document = complete({{"data", {{"target", "films"}, {"sources", {"books"}}}},
                                        {"method", {{"name", "cmf"}}},
                                        {"split", split}});
        QVERIFY2(throughTheForm(document) == document,
                 difference(document, throughTheForm(document)).constData());
    }
}

void SpecFormTest::everyPartOfTheDataGoesThereAndBack()
{
    const Json document = complete({{"data",
                                     {{"target", "films"},
                                      {"where", {{"min_user", 5}, {"min_item", 3}, {"min_value", 2.25}}},
                                      {"drop_twins", true},
                                      {"positive", 3.5}}},
                                    {"method", {{"name", "mf"}}},
                                    {"stop", {{"measure", "ndcg@10"}, {"patience", 0}}},
                                    {"measures", {"rmse", "ndcg@10", "recall@20~99"}},
                                    {"seed", 123456789}});
    QVERIFY2(throughTheForm(document) == document,
             difference(document, throughTheForm(document)).constData());
}

void SpecFormTest::whatTheWorkspaceLacksIsKeptAndShown()
{
    const Json document = complete({{"data", {{"target", "games"}, {"sources", {"books", "news"}}}},
                                    {"knowledge", "gone"},
                                    {"method", {{"name", "kfmf"}}}});
    SpecForm form;
    form.setChoices(choices());
    form.setDocument(document);
    QVERIFY(complete(form.document()) == document);
    QVERIFY(form.findChild<QComboBox*>(QStringLiteral("target"))
                ->currentText()
                .contains(QStringLiteral("games")));
    QVERIFY(form.findChild<QComboBox*>(QStringLiteral("knowledge"))
                ->currentText()
                .contains(QStringLiteral("missing")));
}

void SpecFormTest::newUsersNeedSourcesWhateverTheMethod()
{
    SpecForm form;
    form.setChoices(choices());
    form.setDocument(complete({{"data", {{"target", "films"}}}, {"method", {{"name", "popularity"}}}}));
    auto* sources = form.findChild<QPushButton*>(QStringLiteral("sources"));
    QVERIFY(!sources->isEnabled());
    auto* split = form.findChild<QComboBox*>(QStringLiteral("split"));
    split->setCurrentIndex(split->findData(QStringLiteral("cold-user")));
    QVERIFY(sources->isEnabled());
    form.findChild<QMenu*>(QStringLiteral("sourcesMenu"))->actions().front()->trigger();
    QVERIFY(form.document()["data"]["sources"] == Json::array({"books"}));
}

void SpecFormTest::groupsByDomainNeedSources()
{
    SpecForm form;
    form.setChoices(choices());
    form.setDocument(complete({{"data", {{"target", "films"}}}, {"method", {{"name", "popularity"}}}}));
    auto* split = form.findChild<QComboBox*>(QStringLiteral("split"));
    split->setCurrentIndex(split->findData(QStringLiteral("cross-group")));
    QVERIFY(specFrom(form.document()).has_value()); // the light ones are tested
    auto* sources = form.findChild<QPushButton*>(QStringLiteral("sources"));
    QVERIFY(!sources->isEnabled());
    auto* groups = form.findChild<QComboBox*>(QStringLiteral("input:groups"));
    groups->setCurrentIndex(groups->findData(QStringLiteral("domain")));
    QVERIFY(sources->isEnabled());
}

void SpecFormTest::sharesOfTheSplitAddUpToOne()
{
    SpecForm form;
    form.setChoices(choices());
    form.setDocument(complete({{"data", {{"target", "films"}}}, {"method", {{"name", "bias"}}}}));
    auto* test = form.findChild<QLineEdit*>(QStringLiteral("input:test"));
    test->setText(QStringLiteral("0.3"));
    Q_EMIT test->textEdited(test->text());
    const Json expected = {0.6, 0.1, 0.3};
    QVERIFY2(form.document()["split"]["ratios"] == expected, form.document()["split"].dump().c_str());
    QVERIFY(specFrom(form.document()).has_value());
}

void SpecFormTest::givenNegativesAreOfferedWhereThereAreSome()
{
    SpecForm form;
    form.setChoices(choices());
    form.setDocument(complete({{"data", {{"target", "films"}}}, {"method", {{"name", "popularity"}}}}));
    auto* help = form.findChild<QLabel*>(QStringLiteral("measuresHelp"));
    QVERIFY(help->text().contains(QStringLiteral("~99")));
    QVERIFY(!help->text().contains(QStringLiteral("~given")));

    SpecChoices given = choices();
    given.domains[1].hasNegatives = true;
    QVERIFY(form.setChoices(given));

    QVERIFY(help->text().contains(
        QStringLiteral("With ~given, among the negatives that were imported for films.")));
    auto* target = form.findChild<QComboBox*>(QStringLiteral("target"));
    target->setCurrentIndex(target->findData(QStringLiteral("music")));
    QVERIFY(!help->text().contains(QStringLiteral("~given")));
    QVERIFY(!form.setChoices(given));
}

void SpecFormTest::fillingSaysNothing()
{
    SpecForm form;
    QSignalSpy changed(&form, &SpecForm::changed);
    form.setChoices(choices());
    form.setDocument(complete({{"data", {{"target", "films"}}}, {"method", {{"name", "ease"}}}}));
    QCOMPARE(changed.count(), 0);
}

void SpecFormTest::undoInTheTextEndsAtTheFirstSpec()
{
    SpecEditor editor;
    editor.setChoices(choices());
    editor.setDocument(complete({{"data", {{"target", "films"}}}, {"method", {{"name", "ease"}}}}));
    auto* text = editor.findChild<QPlainTextEdit*>(QStringLiteral("specJson"));
    const QString first = text->toPlainText();
    auto* method = editor.findChild<QComboBox*>(QStringLiteral("method"));
    method->setCurrentIndex(method->findData(QStringLiteral("mf")));
    QVERIFY(text->toPlainText() != first);
    text->undo();
    QCOMPARE(text->toPlainText(), first);
    text->undo();
    QCOMPARE(text->toPlainText(), first);
}

void SpecFormTest::usesFollowTheMembers()
{
    SpecForm form;
    form.setChoices(choices());
    form.setDocument(complete({{"data", {{"target", "films"}}},
                               {"knowledge", "lexical"},
                               {"method", {{"name", "ensemble"}, {"members", {{{"name", "mf"}}}}}}}));
    auto* knowledge = form.findChild<QComboBox*>(QStringLiteral("knowledge"));
    QVERIFY(!knowledge->isEnabled());
    QVERIFY(!form.findChild<QPushButton*>(QStringLiteral("sources"))->isEnabled());
    auto* member = form.findChild<QComboBox*>(QStringLiteral("cell:0:name"));
    member->setCurrentIndex(member->findData(QStringLiteral("content")));
    Q_EMIT member->activated(member->currentIndex());
    QVERIFY(knowledge->isEnabled());
    QVERIFY(form.findChild<QPushButton*>(QStringLiteral("sources"))->isEnabled());
    QVERIFY(form.document()["knowledge"] == Json("lexical"));
}

void SpecFormTest::rulesOfferTheDomainsOfTheRun()
{
    SpecForm form;
    form.setChoices(choices());
    form.setDocument(complete({{"data", {{"target", "films"}, {"sources", {"books"}}}},
                               {"knowledge", "lexical"},
                               {"method", {{"name", "rule"}, {"rules", {{{"source", "books"}}}}}}}));
    const auto offered = [&form] {
        const auto* box = form.findChild<QComboBox*>(QStringLiteral("cell:0:source"));
        QStringList names;
        for (int at = 0; at < box->count(); ++at) {
            names << box->itemData(at).toString();
        }
        return names;
    };
    QCOMPARE(offered(), QStringList({QString(), QStringLiteral("films"), QStringLiteral("books")}));
    for (QAction* action : form.findChild<QMenu*>(QStringLiteral("sourcesMenu"))->actions()) {
        if (action->text() == QLatin1String("music")) {
            action->trigger();
        }
    }
    QCOMPARE(offered().size(), qsizetype{4});
    QVERIFY(form.document()["method"]["rules"][0]["source"] == Json("books"));
}

void SpecFormTest::methodIsFoundAndChosenInItsList()
{
    SpecForm form;
    form.setChoices(choices());
    form.setDocument(complete({{"data", {{"target", "films"}}}, {"method", {{"name", "ease"}}}}));
    form.resize(400, 600);
    form.show();
    auto* box = form.findChild<MethodBox*>(QStringLiteral("method"));
    QSignalSpy listed(&form, &SpecForm::methodsListed);
    QSignalSpy changed(&form, &SpecForm::changed);
    box->showPopup();
    QCOMPARE(listed.count(), 1);
    auto* search = box->findChild<QLineEdit*>(QStringLiteral("methodSearch"));
    auto* list = box->findChild<QTreeWidget*>(QStringLiteral("methodList"));
    QCOMPARE(list->currentItem()->text(0), QStringLiteral("EASE"));
    QVERIFY(list->currentItem()->parent() != nullptr); // below its family
    QTest::keyClicks(search, QStringLiteral("itemkn"));
    QCOMPARE(list->currentItem()->text(0), QStringLiteral("Item neighbours"));
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(!search->isVisible());
    QCOMPARE(box->currentData().toString(), QStringLiteral("item-knn"));
    QCOMPARE(changed.count(), 1);
    box->showPopup();
    QTest::keyClicks(search, QStringLiteral("qqqq"));
    QVERIFY(!list->isVisible());
    QTest::keyClick(search, Qt::Key_Return); // nothing to choose
    QTest::keyClick(search, Qt::Key_Escape);
    QVERIFY(!search->isVisible());
    QCOMPARE(box->currentData().toString(), QStringLiteral("item-knn"));
    box->showPopup();
    const QString first = list->currentItem()->text(0);
    QTest::keyClick(search, Qt::Key_Down);
    QVERIFY(list->currentItem()->text(0) != first);
    box->hidePopup();
}

void SpecFormTest::listOfMethodsSaysWhatIsMissing()
{
    SpecForm form;
    form.setChoices(choices());
    form.setDocument(complete({{"data", {{"target", "films"}}}, {"method", {{"name", "carried-bias"}}}}));
    auto* box = form.findChild<MethodBox*>(QStringLiteral("method"));
    box->showPopup();
    const auto needs = [box] {
        QStringList lines;
        for (const QLabel* line : box->findChildren<QLabel*>(QStringLiteral("methodNeed"))) {
            lines << line->text();
        }
        return lines;
    };
    QCOMPARE(needs().size(), qsizetype{2}); // not known yet whether they are there
    QVERIFY(!needs().join(QLatin1Char(' ')).contains(QStringLiteral("missing")));
    form.setMetNeeds(Needs{.sources = true, .explicitFeedback = true});
    QVERIFY(needs().contains(QStringLiteral("A source domain with people of the target: missing")));
    QVERIFY(needs().contains(QStringLiteral("Ratings in the target: there")));
    auto* list = box->findChild<QTreeWidget*>(QStringLiteral("methodList"));
    QVERIFY(!list->currentItem()->icon(0).isNull());
    form.setMetNeeds(Needs{.overlap = true, .explicitFeedback = true});
    QVERIFY(list->currentItem()->icon(0).isNull());
    box->hidePopup();
}

void SpecFormTest::methodsThatTheSearchHidesAreMarkedAsWell()
{
    SpecForm form;
    form.setChoices(choices());
    form.setDocument(complete({{"data", {{"target", "films"}}}, {"method", {{"name", "mf"}}}}));
    auto* box = form.findChild<MethodBox*>(QStringLiteral("method"));
    auto* search = box->findChild<QLineEdit*>(QStringLiteral("methodSearch"));
    auto* list = box->findChild<QTreeWidget*>(QStringLiteral("methodList"));
    box->showPopup();
    const auto items = list->findItems(QString::fromStdString(findMethod("emcdr").value()->title),
                                       Qt::MatchExactly | Qt::MatchRecursive);
    QCOMPARE(items.size(), qsizetype{1});
    const QTreeWidgetItem* item = items.front();
    search->setText(QStringLiteral("popularity"));
    QVERIFY(item->isHidden());
    form.setMetNeeds(Needs{});
    search->clear();
    QVERIFY(!item->isHidden());
    QVERIFY(!item->icon(0).isNull());
    search->setText(QStringLiteral("popularity"));
    form.setMetNeeds(Needs{.sources = true, .overlap = true, .explicitFeedback = true});
    search->clear();
    QVERIFY(item->icon(0).isNull());
    box->hidePopup();
}

QTEST_MAIN(SpecFormTest)
#include "SpecFormTest.moc"
