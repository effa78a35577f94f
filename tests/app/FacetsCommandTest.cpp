#include "core/store/Workspace.h"
#include "tests/app/FilmFiles.h"
#include "tests/app/Program.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {

using test::Keys;
using test::keysOf;
using test::Outcome;

/// What `facets` tells a script, and what edits leave in the workspace.
class FacetsCommandTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void facetsHaveNamesThatAScriptReliesOn();
    void facetIsEditedStruckOutAddedAndUndone();
    void textsAreMergedByOneChange();
    void twoKnowledgeBasesStandSideBySide();
    void pageFiguresAndVocabularyAreDocuments();
    void rowsAreWrittenToAFile();
    void wrongWordsAreExplained();
    void contradictingOptionsAreRefused();
    void killedMergeIsWholeOrNotThere();
    void frozenKnowledgeBaseIsRefused();

private:
    Outcome call(const QString& line) const { return test::runProgram(m_folder.path("."), line); }
    Json document(const QString& line) const
    {
        const Outcome outcome = call(QStringLiteral("facets f.transept ") + line + QStringLiteral(" --json"));
        if (outcome.status != 0) {
            throw std::runtime_error(outcome.errors);
        }
        return outcome.document();
    }

    test::Temporary m_folder;
};

void FacetsCommandTest::initTestCase()
{
    m_folder.write("ratings.csv", test::ratingsFile());
    m_folder.write("titles.csv", test::titlesFile());
    m_folder.write("one.jsonl",
                   R"({"key": "1", "facets": {"genre": "SF", "mood": "grave"}})"
                   "\n"
                   R"({"key": "2", "facets": {"genre": "sci-fi", "mood": "light"}})"
                   "\n"
                   R"({"key": "3", "facets": {"genre": "Drama"}})"
                   "\n");
    m_folder.write("two.jsonl",
                   R"({"key": "1", "facets": {"genre": "sf"}})"
                   "\n"
                   R"({"key": "2", "facets": {"genre": "Comedy"}})"
                   "\n"
                   R"({"key": "4", "facets": {"genre": "Drama"}})"
                   "\n");
    QCOMPARE(call(QStringLiteral("import f.transept ratings.csv titles.csv --domain films")).status, 0);
    for (const char* name : {"one", "two"}) {
        const Outcome made =
            call(QStringLiteral("knowledge f.transept --extractor file --name %1 --set path=%1.jsonl")
                     .arg(QLatin1String(name)));
        QVERIFY2(made.status == 0, made.errors.c_str());
    }
}

void FacetsCommandTest::facetsHaveNamesThatAScriptReliesOn()
{
    const Json all = document(QStringLiteral("one"));
    QCOMPARE(keysOf(all), (Keys{"facets", "count"}));
    QCOMPARE(all["count"].get<int>(), 5);
    QCOMPARE(
        keysOf(all["facets"][0]),
        (Keys{
            "domain", "item", "title", "facet", "nth", "text", "extracted", "state", "weight", "conflict"}));
    QCOMPARE(document(QStringLiteral("one --facet mood")).at("count").get<int>(), 2);
    QCOMPARE(document(QStringLiteral("one --search SCI")).at("facets")[0]["item"].get<std::string>(),
             std::string("2"));
    QCOMPARE(document(QStringLiteral("one --item 1")).at("count").get<int>(), 2);
    QCOMPARE(document(QStringLiteral("one --title \"film 3\" --domain films")).at("count").get<int>(), 1);
    const Json some = document(QStringLiteral("one --limit 2"));
    QCOMPARE(some["facets"].size(), std::size_t{2});
    QCOMPARE(some["count"].get<int>(), 5);
    QVERIFY(call(QStringLiteral("facets f.transept one")).output.find("5 of 5 facets") != std::string::npos);
}

void FacetsCommandTest::facetIsEditedStruckOutAddedAndUndone()
{
    const auto textOf = [&](const char* facet) {
        return document(QStringLiteral("one --item 1 --facet %1").arg(QLatin1String(facet))).at("facets");
    };
    const Json edited = document(QStringLiteral("one --item 1 --facet genre --edit \" Space opera \""));
    QCOMPARE(keysOf(edited), (Keys{"change", "facets", "struck_out", "lacks_vector"}));
    QCOMPARE(textOf("genre")[0]["text"].get<std::string>(), std::string("Space opera"));
    QCOMPARE(textOf("genre")[0]["extracted"].get<std::string>(), std::string("SF"));
    QCOMPARE(textOf("genre")[0]["state"].get<std::string>(), std::string("edited"));
    document(QStringLiteral("one --item 1 --facet mood --strike"));
    QCOMPARE(textOf("mood")[0]["state"].get<std::string>(), std::string("struck out"));
    document(QStringLiteral("one --item 1 --facet theme --add power"));
    QCOMPARE(textOf("theme")[0]["state"].get<std::string>(), std::string("added"));
    QCOMPARE(document(QStringLiteral("one --edited")).at("count").get<int>(), 3);

    Json history = document(QStringLiteral("one --undo"));
    QCOMPARE(history["changes"].size(), std::size_t{3});
    QVERIFY(history["changes"][2]["undone"].get<bool>());
    QVERIFY(textOf("theme").empty());
    document(QStringLiteral("one --redo"));
    QCOMPARE(textOf("theme").size(), std::size_t{1});
    for (int left = 3; left > 0; --left) {
        document(QStringLiteral("one --undo"));
    }
    QCOMPARE(document(QStringLiteral("one --edited")).at("count").get<int>(), 0);
    QCOMPARE(call(QStringLiteral("facets f.transept one --undo")).status, 3);
    document(QStringLiteral("one --redo 2"));
    QCOMPARE(textOf("mood")[0]["state"].get<std::string>(), std::string("struck out"));
    document(QStringLiteral("one --undo 2"));
    QCOMPARE(textOf("mood")[0]["text"].get<std::string>(), std::string("grave"));
    QCOMPARE(document(QStringLiteral("one --history")).at("changes").size(), std::size_t{3});
}

void FacetsCommandTest::textsAreMergedByOneChange()
{
    const Json merged =
        document(QStringLiteral("one --facet genre --merge \"sci-fi;SF\" --into \"Science fiction\""));
    QCOMPARE(merged["facets"].get<int>(), 2);
    QCOMPARE(document(QStringLiteral("one --search \"science fiction\"")).at("count").get<int>(), 2);
    document(QStringLiteral("one --undo"));
    QCOMPARE(document(QStringLiteral("one --edited")).at("count").get<int>(), 0);
    QCOMPARE(call(QStringLiteral("facets f.transept one --facet genre --merge nothing --into x")).status, 3);
}

void FacetsCommandTest::twoKnowledgeBasesStandSideBySide()
{
    const Json all = document(QStringLiteral("one --compare two"));
    QCOMPARE(keysOf(all), (Keys{"facets", "count", "agreement"}));
    QCOMPARE(all["count"].get<int>(), 6); // one of the other alone
    const auto row = [&](const char* item, const char* facet) {
        return *std::ranges::find_if(
            all["facets"], [&](const Json& each) { return each["item"] == item && each["facet"] == facet; });
    };
    QCOMPARE(row("1", "genre")["other"].get<std::string>(), std::string("sf"));
    QVERIFY(!row("1", "genre")["conflict"].get<bool>());
    QVERIFY(row("2", "genre")["conflict"].get<bool>());
    QVERIFY(row("1", "mood")["other"].is_null());
    QCOMPARE(row("4", "genre")["state"].get<std::string>(), std::string("other"));
    const Json conflicts = document(QStringLiteral("one --compare two --conflicts"));
    QCOMPARE(conflicts["count"].get<int>(), 1);
    QCOMPARE(conflicts["facets"][0]["item"].get<std::string>(), std::string("2"));
    QCOMPARE(
        conflicts["agreement"].dump(),
        std::string(R"([{"agree":1,"both":2,"conflicts":1,"facet":"genre","only_other":1,"only_this":1},)"
                    R"({"agree":0,"both":0,"conflicts":0,"facet":"mood","only_other":0,"only_this":2}])"));
}

void FacetsCommandTest::pageFiguresAndVocabularyAreDocuments()
{
    const Json page = document(QStringLiteral("one --item 1 --page"));
    QCOMPARE(keysOf(page),
             (Keys{"domain", "item", "title", "file", "line", "interactions", "fields", "knowledge"}));
    QCOMPARE(page["line"].get<int>(), 2);
    QVERIFY(page["file"].get<std::string>().ends_with("titles.csv"));
    QCOMPARE(page["knowledge"].size(), std::size_t{2});
    QCOMPARE(keysOf(page["knowledge"][0]),
             (Keys{"knowledge", "extractor", "model", "facets", "vector", "terms", "failure", "reply"}));
    const Json figures = document(QStringLiteral("one --figures"));
    QCOMPARE(figures["items"].get<int>(), 40);
    QCOMPARE(figures["items_with_facets"].get<int>(), 3);
    QCOMPARE(figures["by_facet"][0]["texts"].get<int>(), 3);
    const Json vocabulary = document(QStringLiteral("one --facet genre --vocabulary"));
    QCOMPARE(keysOf(vocabulary), (Keys{"texts", "common", "alike"}));
    QCOMPARE(vocabulary["texts"].get<int>(), 3);
    for (const char* view : {"--item 1 --page", "--figures", "--facet genre --vocabulary", "--history"}) {
        const Outcome shown = call(QStringLiteral("facets f.transept one ") + QLatin1String(view));
        QVERIFY2(shown.status == 0 && !shown.output.empty(), view);
    }
}

void FacetsCommandTest::rowsAreWrittenToAFile()
{
    QCOMPARE(call(QStringLiteral("facets f.transept one --compare two --limit 1 --to rows.csv")).status, 0);
    const std::string rows = test::contentOf(m_folder.path("rows.csv"));
    QVERIFY(rows.starts_with("domain,item,title,facet,nth,text,extracted,source,weight,other,conflict\n"));
    QCOMPARE(std::ranges::count(rows, '\n'), 7);
}

void FacetsCommandTest::wrongWordsAreExplained()
{
    const auto refused = [&](const char* line, int status, const char* said) {
        const Outcome outcome = call(QStringLiteral("facets f.transept ") + QLatin1String(line));
        return outcome.status == status && outcome.complainsOf(said);
    };
    QVERIFY(refused("oen", 3, "Did you mean one?"));
    QVERIFY(refused("one --item 1 --edit x", 3, "2 facets"));
    QVERIFY(refused("one --item 1 --facet genre --edit \" \"", 3, "must say something"));
    QVERIFY(refused("one --facet genre --edit x", 2, "--item"));
    QVERIFY(refused("one --facet genre --merge x", 2, "--into"));
    QVERIFY(refused("one --page", 2, "--item"));
    QVERIFY(refused("one --item nobody", 3, "nobody"));
    QVERIFY(refused("one --undo 99", 3, "no change 99"));
}

void FacetsCommandTest::contradictingOptionsAreRefused()
{
    const auto edits = [&] { return document(QStringLiteral("one --edited")).at("count").get<int>(); };
    const int before = edits();
    for (const char* line : {"one --item 1 --facet genre --edit x --strike",
                             "one --item 1 --facet genre --strike --add x",
                             "one --item 1 --facet genre --edit x --undo",
                             "one --undo --redo",
                             "one --facet genre --merge SF --into x --history",
                             "one --item 1 --page --figures",
                             "one --facet genre --vocabulary --history",
                             "one --figures --compare two",
                             "one --history --conflicts",
                             "one --item 1 --page --imported",
                             "one --figures --to rows.csv"}) {
        const Outcome outcome = call(QStringLiteral("facets f.transept ") + QLatin1String(line));
        QVERIFY2(outcome.status == 2 && outcome.complainsOf("excludes"), line);
    }
    QCOMPARE(edits(), before);
}

void FacetsCommandTest::killedMergeIsWholeOrNotThere()
{
    constexpr std::int64_t facets = 60'000;
    const Result<Workspace> workspace = Workspace::open(m_folder.path("f.transept"));
    QVERIFY_OK(workspace->database().execute(
        "INSERT INTO knowledge_base(id, name, extractor, config, state, started)"
        " VALUES(99, 'many', 'chat', '{}', 'finished', 1);"
        "INSERT INTO facet(kb, item, nth, name, text) WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1"
        " FROM n WHERE i + 1 < 60000) SELECT 99, 1, i, 'genre', 'drama' FROM n"));
    const auto edits = [&] {
        return workspace->database().scalar("SELECT count(*) FROM facet_edit WHERE kb = 99")->value();
    };
    std::int64_t before = 0;
    for (const int milliseconds : {20, 60, 120, 250, 500, 20'000}) {
        QProcess program;
        program.setWorkingDirectory(QString::fromStdString(m_folder.path(".").string()));
        program.start(QStringLiteral(TRANSEPT_PROGRAM),
                      QProcess::splitCommand(
                          QStringLiteral("facets f.transept many --facet genre --merge drama --into Drama")));
        program.waitForFinished(milliseconds);
        program.kill();
        program.waitForFinished();
        const std::int64_t after = edits();
        QVERIFY2(after == before || after == before + facets, std::to_string(after).c_str());
        before = after;
        if (after > 0) { // once it was done there is nothing more to merge
            QVERIFY_OK(workspace->database().execute("UPDATE facet_edit SET undone = 1 WHERE kb = 99"));
        }
    }
    QVERIFY(before > 0); // the last one had the time
}

void FacetsCommandTest::frozenKnowledgeBaseIsRefused()
{
    const Result<Workspace> workspace = Workspace::open(m_folder.path("f.transept"));
    QVERIFY_OK(workspace->database().execute(
        "INSERT INTO run(name, spec, spec_hash, state, created, started)"
        " VALUES('r', '{\"knowledge\": \"two\"}', '', 'finished', 1, unixepoch())"));

    const Outcome outcome = call(QStringLiteral("facets f.transept two --item 1 --strike"));

    QCOMPARE(outcome.status, 3);
    QVERIFY(outcome.complainsOf("frozen"));
    QCOMPARE(document(QStringLiteral("two --edited")).at("count").get<int>(), 0);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::FacetsCommandTest)
#include "FacetsCommandTest.moc"
