#include "core/knowledge/PromptLibrary.h"
#include "tests/core/knowledge/AskedItems.h"
#include "tests/support/ScriptedServer.h"

#include <QtTest/QTest>

#include <mutex>

namespace transept {
namespace {

using test::ScriptedServer;

const std::string moody = "Say {facets} of {title}, in {language}, with feeling.";

std::string sentenceOf(const Error& error)
{
    return describe(error);
}

} // namespace

/// Prompts under names: versions that stay, references that mean the same for ever, and extractions that hold
/// the text.
class PromptLibraryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void versionsAreAddedAndNeverChanged();
    void referencesNameOneVersionOrTheNewest();
    void badNamesAndTextsAreRefused_data();
    void badNamesAndTextsAreRefused();
    void builtInPromptsComeFirstAndFit();
    void everyPlaceIsFilledIn();
    void extractionHoldsTheTextAndWhenceItCame();
    void extractionGoesOnWhoeverSavesTheSameText();

private:
    test::Temporary m_folder;
};

void PromptLibraryTest::versionsAreAddedAndNeverChanged()
{
    const Workspace workspace = m_folder.workspace("versions.transept");
    const PromptTemplates templates(workspace);

    QCOMPARE(savePrompt(workspace, "moods", PromptSubject::Items, moody)->version, 1);
    QCOMPARE(savePrompt(workspace, "moods", PromptSubject::Items, moody)->version, 1); // nothing new
    QCOMPARE(savePrompt(workspace, "moods", PromptSubject::Items, moody + " Please.")->version, 2);
    QCOMPARE(savePrompt(workspace, "moods", PromptSubject::Items, moody)->version, 3); // back again
    QCOMPARE(savePrompt(workspace, "Stimmung", PromptSubject::Items, "{title}")->version, 1);

    const std::vector<PromptTemplate> all = templates.all().value();
    QCOMPARE(all.size(), std::size_t{4});
    QCOMPARE(all[0].reference(), std::string("Stimmung@1"));
    QCOMPARE(all[1].reference(), std::string("moods@3"));
    QCOMPARE(all[3].text, moody);
    QVERIFY(all[3].created > 0);
    QCOMPARE((*templates.withText(PromptSubject::Items, moody))->version, 3);
    QVERIFY(!*templates.withText(PromptSubject::People, moody));
}

void PromptLibraryTest::referencesNameOneVersionOrTheNewest()
{
    const Workspace workspace = m_folder.workspace("references.transept");
    const PromptTemplates templates(workspace);
    QVERIFY_OK(savePrompt(workspace, "moods", PromptSubject::Items, moody));
    QVERIFY_OK(savePrompt(workspace, "moods", PromptSubject::Items, "{title}"));

    QCOMPARE(templates.find("moods")->text, std::string("{title}"));
    QCOMPARE(templates.find("moods@1")->text, moody);
    QVERIFY(sentenceOf(templates.find("moods@3").error()).find("its last is 2") != std::string::npos);
    QVERIFY(!templates.find("moods@"));
    QVERIFY(!templates.find("moods@01"));
    QVERIFY(sentenceOf(templates.find("mods").error()).find("Did you mean moods?") != std::string::npos);
    QVERIFY(findPrompt(workspace, PromptSubject::Items, "moods@2"));
    const auto other = findPrompt(workspace, PromptSubject::People, "moods@2");
    QVERIFY(sentenceOf(other.error()).find("about items; here one about people") != std::string::npos);
}

void PromptLibraryTest::badNamesAndTextsAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    const auto is = [](const char* what, const QString& name, const char* text) {
        QTest::newRow(what) << name << QString::fromUtf8(text);
    };
    is("no name", QString(), "{title}");
    is("blanks", QStringLiteral(" moods"), "{title}");
    is("sign of versions", QStringLiteral("moods@2"), "{title}");
    is("two lines", QStringLiteral("a\nb"), "{title}");
    is("too long", QString(81, QLatin1Char('a')), "{title}");
    is("the program's own", QStringLiteral("built-in"), "{title}");
    is("about people", QStringLiteral("people"), "{title}");
    is("unknown place", QStringLiteral("typo"), "{titel} {title}");
    is("no place", QStringLiteral("empty"), "Say {facets}");
}

void PromptLibraryTest::badNamesAndTextsAreRefused()
{
    QFETCH(QString, name);
    QFETCH(QString, text);
    const test::Temporary folder;
    const Workspace workspace = folder.workspace();
    QVERIFY_OK(savePrompt(workspace, "people", PromptSubject::People, "{history}"));

    const auto saved = savePrompt(workspace, name.toStdString(), PromptSubject::Items, text.toStdString());

    QVERIFY(!saved);
    QVERIFY(saved.error().code == ErrorCode::InvalidInput);
    QCOMPARE(PromptTemplates(workspace).all()->size(), std::size_t{1});
}

void PromptLibraryTest::builtInPromptsComeFirstAndFit()
{
    const Workspace workspace = m_folder.workspace("builtin.transept");
    for (const PromptSubject about : {PromptSubject::Items, PromptSubject::People, PromptSubject::Pairs}) {
        const std::vector<PromptTemplate> prompts = promptsAbout(workspace, about).value();
        QCOMPARE(prompts.size(), std::size_t{1});
        QCOMPARE(prompts.front().reference(), std::string(builtInName));
        QVERIFY_OK(checkPrompt(about, prompts.front().text));
        QCOMPARE(findPrompt(workspace, about, builtInName)->text, prompts.front().text);
    }
}

void PromptLibraryTest::everyPlaceIsFilledIn()
{
    const ItemText item{.title = "Dune", .fields = {{"genre", "Sand"}}};
    for (const PromptSubject about : {PromptSubject::Items, PromptSubject::People, PromptSubject::Pairs}) {
        for (const PromptPlace& place : promptPlaces(about)) {
            QVERIFY(!place.meaning.empty());
            const std::string text = renderPrompt(place.word,
                                                  {.item = item,
                                                   .facets = {{.name = "mood", .meaning = {}}},
                                                   .language = "Latin",
                                                   .domain = "books",
                                                   .carryOver = "As in films."},
                                                  100)
                                         .user;
            QVERIFY2(!text.empty() && text.find('{') == std::string::npos, text.c_str());
        }
    }
}

void PromptLibraryTest::extractionHoldsTheTextAndWhenceItCame()
{
    std::mutex mutex;
    std::string asked;
    const ScriptedServer server([&](const Json& request) {
        const std::lock_guard lock(mutex);
        asked = request.at("messages").dump();
        return ScriptedServer::chat(R"({"topic": "space", "mood": "calm"})");
    });
    Workspace workspace = test::titledItems(m_folder, "extraction.transept", {"Solaris"});
    QVERIFY_OK(savePrompt(workspace, "moods", PromptSubject::Items, moody));
    QVERIFY_OK(savePrompt(workspace, "moods", PromptSubject::Items, "Nothing but {title}"));
    const auto extracted = [&](const char* name, const char* prompt) {
        ExtractionRequest request = test::topicAndMood(server.url());
        request.name = name;
        request.settings["prompt"] = prompt;
        const auto done = extract(workspace, request, {});
        return done ? KnowledgeStore(workspace).find(done->id)->config : Json(describe(done.error()));
    };

    const Json first = extracted("first", "@moods@1");
    QCOMPARE(first.at("settings").at("prompt").get<std::string>(), moody);
    QCOMPARE(first.at("prompts").at("prompt").get<std::string>(), std::string("moods@1"));
    QVERIFY(asked.find("of Solaris, in English, with feeling.") != std::string::npos);
    QCOMPARE(extracted("second", "@moods").at("prompts").at("prompt").get<std::string>(),
             std::string("moods@2"));
    QVERIFY(asked.find("Nothing but Solaris") != std::string::npos);
    QCOMPARE(extracted("third", "@built-in").at("prompts").at("prompt").get<std::string>(),
             std::string("built-in"));
    QVERIFY(!extracted("fourth", "Just {title}").contains("prompts"));
    QVERIFY(extracted("fifth", "@mods").get<std::string>().find("Did you mean moods?") != std::string::npos);
    QVERIFY(!KnowledgeStore(workspace).find("fifth"));
}

void PromptLibraryTest::extractionGoesOnWhoeverSavesTheSameText()
{
    std::atomic<int> calls = 0;
    const ScriptedServer server([&](const Json&) {
        return ++calls == 11 ? ScriptedServer::error(500, "out of order")
                             : ScriptedServer::chat(R"({"topic": "space", "mood": "calm"})");
    });
    Workspace workspace = test::titledItems(m_folder, "resume.transept", test::filmTitles(30));
    QVERIFY_OK(savePrompt(workspace, "moods", PromptSubject::Items, moody));
    ExtractionRequest request = test::topicAndMood(server.url());
    request.settings["prompt"] = "@moods";
    QVERIFY(!extract(workspace, request, {}));
    const KnowledgeBase begun = KnowledgeStore(workspace).find("facts").value();
    QCOMPARE(begun.items, std::int64_t{10});

    QVERIFY_OK(savePrompt(workspace, "another", PromptSubject::Items, moody));
    QVERIFY_OK(savePrompt(workspace, "moods", PromptSubject::Items, "{title}"));
    const auto changed = extract(workspace, request, {}); // @moods is another text now
    QVERIFY(!changed);
    request.settings["prompt"] = moody;
    const auto done = extract(workspace, request, {});

    QVERIFY_OK(done);
    QVERIFY(done->id == begun.id);
    QCOMPARE(done->items, std::int64_t{30});
    QCOMPARE(server.posts(), 31);
    QCOMPARE(KnowledgeStore(workspace).find(done->id)->config.at("prompts").at("prompt").get<std::string>(),
             std::string("moods@1"));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::PromptLibraryTest)
#include "PromptLibraryTest.moc"
