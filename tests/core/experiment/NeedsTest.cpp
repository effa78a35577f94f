#include "core/experiment/Spec.h"
#include "core/store/KnowledgeStore.h"
#include "tests/support/Runs.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {

using Words = std::vector<std::string>;

class NeedsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whatFitsIsAccepted_data();
    void whatFitsIsAccepted();
    void unknownNameIsNamed_data();
    void unknownNameIsNamed() { missingNeedIsNamed(); }
    void missingNeedIsNamed_data();
    void missingNeedIsNamed();
    void emptyWorkspaceSaysSo();
    void refusedSpecLeavesNoRun();

private:
    test::Temporary m_folder;
    std::optional<Workspace> m_workspace;
    RunId m_finished{};
};

void NeedsTest::initTestCase()
{
    m_workspace = m_folder.workspace();
    test::fill(*m_workspace,
               "films: ann dune 5@10, ann emma 3@20, bob dune 4@30\n"
               "books: ann dune 5, cyd emma 3 train, cyd dune 4 test\n"
               "games/shop: dan chess 5\n"
               "plays, implicit: ann abba, bob queen 12");
    QVERIFY_OK(m_workspace->database().execute("INSERT INTO account_field(account, name, value) SELECT id, "
                                               "'age', 'old' FROM account WHERE key = 'ann'"));
    const KnowledgeStore store(*m_workspace);
    const KnowledgeId finished = store.begin("lexical-8", "lexical", Json::object()).value();
    const ItemFacts facts{.item = test::itemOf(*m_workspace, "films", "dune"), .vector = {1.0F, 0.0F}};
    QVERIFY_OK(store.put(finished, std::span(&facts, 1)));
    QVERIFY_OK(store.setState(finished, "finished"));
    const KnowledgeId words = store.begin("words", "lexical", Json{{"dimension", 2}}).value();
    const ItemFacts worded{.item = facts.item, .termWeights = {{0, 1.0F}}};
    QVERIFY_OK(store.putTerms(words, std::vector<std::pair<std::string, std::int64_t>>{{"dune", 1}}));
    QVERIFY_OK(store.put(words, std::span(&worded, 1)));
    QVERIFY_OK(store.setState(words, "finished"));
    QVERIFY_OK(store.begin("half", "lexical", Json{{"dimension", 4}}));
    const RunStore runs(*m_workspace);
    m_finished = runs.add("earlier", toJson(test::specOf({{"method.name", "ease"}}))).value();
    QVERIFY_OK(runs.setState(m_finished, RunState::Finished));
}

void NeedsTest::whatFitsIsAccepted_data()
{
    QTest::addColumn<QString>("changes");

    QTest::newRow("bias") << "{}";
    QTest::newRow("temporal") << R"({"split.kind": "temporal"})";
    QTest::newRow("cross-time") << R"({"split.kind": "cross-time"})";
    QTest::newRow("groups by domain")
        << R"({"split.kind": "cross-group", "split.groups": "domain", "split.tested": ["books"],
               "data.sources": ["books"]})";
    QTest::newRow("groups by field")
        << R"({"split.kind": "cross-group", "split.groups": "field", "split.field": "age",
               "split.tested": ["old"]})";
    QTest::newRow("given") << R"({"split.kind": "given", "data.target": "books"})";
    QTest::newRow("cold users") << R"({"split.kind": "cold-user", "data.sources": ["books"]})";
    QTest::newRow("overlap in the second source")
        << R"({"method.name": "emcdr", "data.sources": ["games", "books"]})";
    QTest::newRow("knowledge") << R"({"method.name": "text-knn", "knowledge": "lexical-8"})";
    QTest::newRow("terms of another base")
        << R"({"method.name": "text-knn", "knowledge": "lexical-8", "knowledge_terms": "words"})";
    QTest::newRow("members without needs")
        << R"({"method.name": "ensemble", "method.members": [{"name": "ease"}, {"name": "bias"}]})";
    QTest::newRow("rules of the run's domains")
        << R"({"method.name": "rule", "knowledge": "lexical-8", "data.sources": ["books"],
              "method.rules": [{"source": "books"}, {"source": "films"}, {}]})";
    QTest::newRow("popularity of the last days") << R"({"method.name": "popularity", "method.days": 7})";
    QTest::newRow("popularity of plays") << R"({"method.name": "popularity", "data.target": "plays"})";
}

void NeedsTest::whatFitsIsAccepted()
{
    QFETCH(QString, changes);

    const Spec spec = test::specOf(Json::parse(changes.toStdString()).get<std::map<std::string, Json>>());

    QVERIFY_OK(checkNeeds(*m_workspace, spec));
}

void NeedsTest::unknownNameIsNamed_data()
{
    QTest::addColumn<QString>("changes");
    QTest::addColumn<Words>("said");

    QTest::newRow("unknown target") << R"({"data.target": "flims"})"
                                    << Words{"data.target", "flims", "Did you mean films", "games"};
    QTest::newRow("unknown source") << R"({"data.sources": ["books", "musik"]})"
                                    << Words{"data.sources[1]", "musik"};
    QTest::newRow("unknown knowledge")
        << R"({"knowledge": "lexical-9"})" << Words{"knowledge", "lexical-9", "Did you mean lexical-8"};
    QTest::newRow("unknown base of terms") << R"({"knowledge": "lexical-8", "knowledge_terms": "wrods"})"
                                           << Words{"knowledge_terms", "wrods", "Did you mean words"};
}

void NeedsTest::missingNeedIsNamed_data()
{
    QTest::addColumn<QString>("changes");
    QTest::addColumn<Words>("said");

    QTest::newRow("unfinished knowledge") << R"({"knowledge": "half"})" << Words{"half", "not finished"};
    QTest::newRow("terms of a base without") << R"({"knowledge": "words", "knowledge_terms": "lexical-8"})"
                                             << Words{"knowledge_terms", "lexical-8", "without terms"};
    QTest::newRow("knowledge of other items")
        << R"({"knowledge": "lexical-8", "data.target": "books"})" << Words{"knows no item of books"};
    QTest::newRow("no knowledge") << R"({"method.name": "text-knn"})" << Words{"text-knn", "knowledge"};
    QTest::newRow("no source") << R"({"method.name": "emcdr"})" << Words{"emcdr", "data.sources"};
    QTest::newRow("no overlap") << R"({"method.name": "emcdr", "data.sources": ["games"]})"
                                << Words{"emcdr", "games", "nobody"};
    QTest::newRow("cold users without overlap")
        << R"({"split.kind": "cold-user", "data.sources": ["games"]})" << Words{"cold-user", "games"};
    QTest::newRow("cold users without source") << R"({"split.kind": "cold-user"})" << Words{"data.sources"};
    QTest::newRow("no ratings")
        << R"({"method.name": "carried-bias", "data.target": "plays", "data.sources": ["films"]})"
        << Words{"carried-bias", "plays", "implicit"};
    QTest::newRow("no times") << R"({"split.kind": "temporal", "data.target": "books"})"
                              << Words{"temporal", "books", "time"};
    QTest::newRow("no times across") << R"({"split.kind": "cross-time", "data.target": "books"})"
                                     << Words{"cross-time", "books", "time"};
    QTest::newRow("no source to group by")
        << R"({"split.kind": "cross-group", "split.groups": "domain", "split.tested": ["books"]})"
        << Words{"split.groups domain", "data.sources"};
    QTest::newRow("no such field")
        << R"({"split.kind": "cross-group", "split.groups": "field", "split.field": "town",
               "split.tested": ["Linz"]})"
        << Words{"split.field", "town", "age"};
    QTest::newRow("no parts") << R"({"split.kind": "given"})" << Words{"given", "films", "--part"};
    QTest::newRow("no times for the last days")
        << R"({"method.name": "popularity", "method.days": 7, "data.target": "books"})"
        << Words{"popularity", "books", "time"};
    QTest::newRow("member without knowledge")
        << R"({"method.name": "ensemble", "method.members": [{"name": "ease"}, {"name": "content"}]})"
        << Words{"ensemble", "knowledge"};
    QTest::newRow("member without source")
        << R"({"method.name": "ensemble", "method.members": [{"name": "emcdr"}]})"
        << Words{"ensemble", "data.sources"};
    QTest::newRow("member without ratings")
        << R"({"method.name": "ensemble", "data.target": "plays", "data.sources": ["films"],
              "method.members": [{"name": "carried-bias"}]})"
        << Words{"ensemble", "plays", "implicit"};
    QTest::newRow("rule of an unknown domain")
        << R"({"method.name": "rule", "knowledge": "lexical-8", "data.sources": ["books"],
              "method.rules": [{}, {"source": "boks"}]})"
        << Words{"method.rules[1].source", "boks", "films, books", "Did you mean books"};
    QTest::newRow("rule of a domain that is no source, in a member")
        << R"({"method.name": "ensemble", "knowledge": "lexical-8", "data.sources": ["books"],
              "method.members": [{"name": "ease"}, {"name": "rule", "rules": [{"source": "games"}]}]})"
        << Words{"method.members[1].rules[0].source", "games"};
    QTest::newRow("start that is not there")
        << R"({"method.name": "mf", "start.run": 99})" << Words{"start.run", "99"};
    QTest::newRow("start of a method that starts anew")
        << QStringLiteral(R"({"method.name": "ease", "start.run": %1})").arg(number(m_finished))
        << Words{"ease", "cannot go on from an earlier model"};
    QTest::newRow("no given negatives")
        << R"({"measures": ["ndcg@10", "ndcg@10~given"]})"
        << Words{"measures[1]", "ndcg@10~given", "films", "--as negatives", "write ndcg@10."};
    QTest::newRow("no given negatives to stop by")
        << R"({"stop.measure": "mrr@5~given"})" << Words{"stop.measure", "mrr@5~given", "films"};
    QTest::newRow("nothing positive") << R"({"data.positive": 6})" << Words{"data.positive", "6", "5"};
}

void NeedsTest::missingNeedIsNamed()
{
    QFETCH(QString, changes);
    QFETCH(Words, said);

    const Spec spec = test::specOf(Json::parse(changes.toStdString()).get<std::map<std::string, Json>>());
    const Status met = checkNeeds(*m_workspace, spec);

    QVERIFY(!met.has_value());
    const std::string sentence = describe(met.error());
    for (const std::string& part : said) {
        QVERIFY2(sentence.find(part) != std::string::npos, sentence.c_str());
    }
}

void NeedsTest::emptyWorkspaceSaysSo()
{
    const Workspace empty = m_folder.workspace("empty.transept");

    const Status met = checkNeeds(empty, test::specOf({}));

    QCOMPARE(met.error().code, ErrorCode::NotFound);
    QVERIFY(describe(met.error()).find("empty") != std::string::npos);
}

void NeedsTest::refusedSpecLeavesNoRun()
{
    const std::size_t before = RunStore(*m_workspace).all().value().size();

    QVERIFY(!enqueue(*m_workspace, test::specOf({{"data.target", "nothing"}})).has_value());

    QCOMPARE(RunStore(*m_workspace).all().value().size(), before);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::NeedsTest)
#include "NeedsTest.moc"
