#include "core/knowledge/Prompt.h"
#include "core/knowledge/HttpClient.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {
namespace {

const ItemText item{.title = "Dune {facets}", .fields = {{"genre", "science fiction"}, {"year", "1965"}}};

Json replyWith(const std::string& content, const std::string& finish = "stop")
{
    return {{"choices",
             {{{"message", {{"role", "assistant"}, {"content", content}}}, {"finish_reason", finish}}}}};
}

} // namespace

class PromptTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fillsEveryPlaceOnceAndLeavesTheItemsOwnBracesAlone();
    void refusesPromptsThatNameUnknownPlacesOrNoItem();
    void cutsTextsBetweenCharacters();
    void readsFacetsFromReplies_data();
    void readsFacetsFromReplies();
    void saysWhatIsWrongWithAReply_data();
    void saysWhatIsWrongWithAReply();
    void facetNamesAreWordsWithoutRepeats();
    void knowsThisMachineByItsAddress();
};

void PromptTest::fillsEveryPlaceOnceAndLeavesTheItemsOwnBracesAlone()
{
    const std::string prompt =
        renderPrompt("{title}|{fields}|{facets}|{title}", item, {"topic", "mood"}, 1'000);

    QCOMPARE(prompt,
             std::string("Dune {facets}|genre: science fiction\nyear: 1965|topic, mood|Dune {facets}"));
}

void PromptTest::refusesPromptsThatNameUnknownPlacesOrNoItem()
{
    QVERIFY(checkPrompt(defaultPrompt));
    const Status unknown = checkPrompt("Describe {titel}");
    QVERIFY(!unknown);
    QVERIFY(describe(unknown.error()).find("{titel}") != std::string::npos);
    QVERIFY(!checkPrompt("Say {facets}"));
}

void PromptTest::cutsTextsBetweenCharacters()
{
    const ItemText chinese{.title = "沙丘"};

    QCOMPARE(renderPrompt("{title}", chinese, {}, 4), std::string("沙"));
    QCOMPARE(passageOf(item, 9), std::string("Dune {fac"));
}

void PromptTest::readsFacetsFromReplies_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("expected");

    QTest::newRow("plain") << R"({"topic": "desert planet", "mood": "grave"})"
                           << "topic=desert planet;mood=grave;";
    QTest::newRow("prose around it") << R"(Sure! {"topic": "spice", "mood": "grave"} Hope this helps.)"
                                     << "topic=spice;mood=grave;";
    QTest::newRow("unknown is nothing") << R"({"topic": "Unknown", "mood": ""})"
                                        << "";
    QTest::newRow("lists are joined") << R"({"topic": ["a", "b"], "mood": 7})"
                                      << "topic=a, b;mood=7;";
    QTest::newRow("further keys are dropped") << R"({"topic": "t", "password": "x"})"
                                              << "topic=t;";
    QTest::newRow("control characters") << "{\"topic\": \"a\\u0007b\\nc\"}"
                                        << "topic=a b c;";
}

void PromptTest::readsFacetsFromReplies()
{
    QFETCH(QString, content);
    QFETCH(QString, expected);

    const auto facets = facetsIn(replyWith(content.toStdString()), {"topic", "mood"});

    QVERIFY_OK(facets);
    QString found;
    for (const StoredFacet& facet : *facets) {
        found += QString::fromStdString(facet.name + "=" + facet.text + ";");
    }
    QCOMPARE(found, expected);
}

void PromptTest::saysWhatIsWrongWithAReply_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("word");

    const auto text = [](const Json& json) { return QString::fromStdString(json.dump()); };
    QTest::newRow("cut") << text(replyWith("{\"topic\": \"a", "length")) << "cut";
    QTest::newRow("prose") << text(replyWith("I cannot know that.")) << "not the JSON object";
    QTest::newRow("other keys") << text(replyWith(R"({"theme": "a"})")) << "none of the facets";
    QTest::newRow("no choices") << "{}"
                                << "no message";
    QTest::newRow("empty choices") << R"({"choices": []})"
                                   << "no message";
    QTest::newRow("null content") << R"({"choices": [{"message": {"content": null}}]})"
                                  << "no message";
    QTest::newRow("not an object") << R"({"choices": [3]})"
                                   << "no message";
}

void PromptTest::saysWhatIsWrongWithAReply()
{
    QFETCH(QString, body);
    QFETCH(QString, word);

    const auto facets = facetsIn(Json::parse(body.toStdString()), {"topic", "mood"});

    QVERIFY(!facets);
    QVERIFY2(describe(facets.error()).find(word.toStdString()) != std::string::npos,
             describe(facets.error()).c_str());
}

void PromptTest::facetNamesAreWordsWithoutRepeats()
{
    QCOMPARE(facetNames(" topic, mood ,topic,").value(), (std::vector<std::string>{"topic", "mood"}));
    QVERIFY(!facetNames(" , "));
    QVERIFY(!facetNames("a{b"));
}

void PromptTest::knowsThisMachineByItsAddress()
{
    QVERIFY(isLoopback("http://localhost:8080/v1"));
    QVERIFY(isLoopback("http://127.0.0.1/v1"));
    QVERIFY(isLoopback("http://[::1]:9/v1"));
    QVERIFY(!isLoopback("http://127.evil.example/v1"));
    QVERIFY(!isLoopback("http://localhost.example/v1"));
    QVERIFY(!isLoopback("https://api.example/v1"));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::PromptTest)
#include "PromptTest.moc"
