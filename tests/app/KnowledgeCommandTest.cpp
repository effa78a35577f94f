#include "tests/app/FilmFiles.h"
#include "tests/app/Program.h"
#include "tests/support/ScriptedServer.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {

using test::hasKeys;
using test::Keys;
using test::keysOf;
using test::Outcome;

/// What `knowledge` and `price` tell a script.
class KnowledgeCommandTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void extractionIsLookedAtBeforeItStarts();
    void pricesAreSetListedAndForgotten();
    void knowledgeIsExtractedListedAndExported();
    void frozenKnowledgeIsCopiedAndTheCopyExtended();
    void keysAreTakenFromTheEnvironmentAloneAndWrittenNowhere();
    void promptsAreSavedShownComparedAndAskedWith();

private:
    Outcome call(const QString& line) const { return test::runProgram(m_folder.path("."), line); }

    test::Temporary m_folder;
};

void KnowledgeCommandTest::initTestCase()
{
    m_folder.write("ratings.csv", test::ratingsFile());
    m_folder.write("titles.csv", test::titlesFile());
    QCOMPARE(call(QStringLiteral("import known.transept ratings.csv titles.csv --domain films")).status, 0);
}

void KnowledgeCommandTest::extractionIsLookedAtBeforeItStarts()
{
    const Json forecast =
        call(QStringLiteral("knowledge known.transept --extractor lexical --forecast --json")).document();
    QCOMPARE(keysOf(forecast),
             (Keys{"items",
                   "from_cache",
                   "repeated",
                   "calls",
                   "sampled",
                   "tokens",
                   "seconds",
                   "money",
                   "currency"}));
    QCOMPARE(keysOf(forecast.at("tokens").at("in")), (Keys{"value", "low", "high"}));
    const Json preview =
        call(QStringLiteral("knowledge known.transept --extractor lexical --preview 1 --json")).document();
    QCOMPARE(
        keysOf(preview),
        (Keys{"steps", "facets", "request", "reply", "problem", "redacted", "tokens", "money", "seconds"}));
    QCOMPARE(preview.at("steps").size(), std::size_t{9});
    const Json settings =
        call(QStringLiteral("knowledge known.transept --extractor lexical --settings --json")).document();
    QCOMPARE(keysOf(settings), (Keys{"name", "title", "meaning", "needs_server", "settings"}));
    QCOMPARE(settings.at("settings")[0].at("name").get<std::string>(), std::string("dimension"));
    QVERIFY(call(QStringLiteral("knowledge known.transept --json")).document().empty());
}

void KnowledgeCommandTest::pricesAreSetListedAndForgotten()
{
    const Json prices = call(QStringLiteral("price known.transept small 0.5 1.5 --json")).document();
    QCOMPARE(prices.size(), std::size_t{1});
    QCOMPARE(keysOf(prices[0]), (Keys{"model", "in", "out", "currency"}));
    QCOMPARE(call(QStringLiteral("price known.transept small 0.5")).status, 2);
    QVERIFY(call(QStringLiteral("price known.transept --remove small --json")).document().empty());
}

void KnowledgeCommandTest::knowledgeIsExtractedListedAndExported()
{
    const Outcome extracted = call(
        QStringLiteral("knowledge known.transept --extractor lexical --name words --set dimension=8 --json"));

    QVERIFY2(extracted.status == 0, extracted.errors.c_str());
    const Json report = extracted.document();
    QCOMPARE(keysOf(report),
             (Keys{"knowledge",  "name",   "items",   "added",      "without",        "failed",    "rejected",
                   "rejects",    "calls",  "retries", "repeated",   "repaired",       "shortened", "valid",
                   "unreadable", "tokens", "money",   "from_cache", "budget_reached", "seconds"}));
    QCOMPARE(report.at("items").get<int>(), 40);
    const Json bases = call(QStringLiteral("knowledge known.transept --json")).document();
    QVERIFY(hasKeys(
        bases[0],
        {"knowledge", "name", "extractor", "state", "reason", "items", "dimension", "tokens", "config"}));
    QCOMPARE(bases[0].at("state").get<std::string>(), std::string("finished"));
    QCOMPARE(call(QStringLiteral("export known.transept words --what facets --to facets.csv")).status, 0);
    QVERIFY(test::contentOf(m_folder.path("facets.csv")).starts_with("domain,item,facet,text,weight\n"));
    QCOMPARE(call(QStringLiteral("export known.transept words --what vectors --to vectors.npy")).status, 0);
    QVERIFY(test::contentOf(m_folder.path("vectors.npy")).starts_with("\x93NUMPY"));
}

void KnowledgeCommandTest::frozenKnowledgeIsCopiedAndTheCopyExtended()
{
    QCOMPARE(call(QStringLiteral("import grown.transept ratings.csv titles.csv --domain films")).status, 0);
    QCOMPARE(call(QStringLiteral("knowledge grown.transept --extractor lexical --name words")).status, 0);
    m_folder.write("spec.json",
                   R"({"data": {"target": "films"}, "knowledge": "words", "method": {"name": "text-knn"}})");
    QCOMPARE(call(QStringLiteral("run grown.transept spec.json")).status, 0);
    m_folder.write("more.csv", "item,title\n901,The detective again\n902,A murder by night\n");
    QCOMPARE(call(QStringLiteral("import grown.transept more.csv --domain films")).status, 0);

    const Outcome refused = call(QStringLiteral("knowledge grown.transept --extend --name words"));
    QCOMPARE(refused.status, 3);
    QVERIFY2(refused.errors.find("frozen") != std::string::npos, refused.errors.c_str());
    const Outcome listed = call(QStringLiteral("knowledge grown.transept"));
    QVERIFY2(listed.output.find("--copy makes a copy") != std::string::npos, listed.output.c_str());
    const Json copied =
        call(QStringLiteral("knowledge grown.transept --copy words --name more --json")).document();
    QCOMPARE(keysOf(copied), (Keys{"knowledge", "name", "copy_of", "items"}));
    const Json extended =
        call(QStringLiteral("knowledge grown.transept --extend --name more --json")).document();
    QCOMPARE(extended.at("added").get<int>(), 2);
    const Json bases = call(QStringLiteral("knowledge grown.transept --json")).document();
    QVERIFY(bases[0].at("frozen").get<bool>());
    QCOMPARE(bases[0].at("new_items").get<int>(), 2);
    QVERIFY(!bases[1].at("frozen").get<bool>());
    QCOMPARE(bases[1].at("copy_of").get<std::string>(), std::string("words"));
    QCOMPARE(bases[1].at("new_items").get<int>(), 0);
    QCOMPARE(bases[1].at("items").get<int>(), bases[0].at("items").get<int>() + 2);
    QCOMPARE(call(QStringLiteral("knowledge grown.transept --copy words")).status, 2);
    QCOMPARE(call(QStringLiteral("knowledge grown.transept --extend")).status, 2);
}

void KnowledgeCommandTest::keysAreTakenFromTheEnvironmentAloneAndWrittenNowhere()
{
    const std::string canary = "sk-canary-0815-4711";
    qputenv("TRANSEPT_TEST_KEY", QByteArray::fromStdString(canary));
    std::atomic<int> withKey = 0;
    const test::ScriptedServer server([&](const test::ScriptedServer::Asked& asked) {
        withKey += asked.authorization == "Bearer " + canary ? 1 : 0;
        return asked.body.dump().find("Film 7") != std::string::npos
                   ? test::ScriptedServer::error(400, "no: " + asked.authorization)
                   : test::ScriptedServer::chat(Json{{"topic", asked.authorization}}.dump());
    });
    const QString line =
        QStringLiteral("knowledge known.transept --extractor chat --set url=%1 --set model=m "
                       "--set facets=topic --set attempts=1 ")
            .arg(QString::fromStdString(server.url()));
    std::string heard;
    for (const char* setting :
         {"key=%1", "key_env=%1", "url=http://user:%1@127.0.0.1/v1", "proxy=http://%1@h:1"}) {
        const Outcome refused = call(line + QStringLiteral("--name asked --set ") +
                                     QString::fromLatin1(setting).arg(QString::fromStdString(canary)));
        QCOMPARE(refused.status, 3);
        heard += refused.output + refused.errors;
    }
    QCOMPARE(call(QStringLiteral("knowledge known.transept --json")).document().size(), std::size_t{1});
    QCOMPARE(withKey.load(), 0);
    for (const char* rest :
         {"--probe", "--preview 1 --ask", "--name asked", "--name asked", "--name asked --resume"}) {
        const Outcome done =
            call(line + QStringLiteral("--set key_env=TRANSEPT_TEST_KEY ") + QLatin1String(rest));
        heard += done.output + done.errors;
    }
    QCOMPARE(call(QStringLiteral("export known.transept asked --what facets --to asked.csv")).status, 0);
    heard += call(QStringLiteral("knowledge known.transept --json")).output;

    QVERIFY(withKey > 40);
    QVERIFY2(heard.find(canary) == std::string::npos, heard.c_str());
    QVERIFY(test::contentOf(m_folder.path("asked.csv")).find("Bearer [key]") != std::string::npos);
    for (const auto& file : std::filesystem::recursive_directory_iterator(m_folder.path("."))) {
        QVERIFY2(test::contentOf(file.path()).find(canary) == std::string::npos, file.path().c_str());
    }
}

void KnowledgeCommandTest::promptsAreSavedShownComparedAndAskedWith()
{
    m_folder.write("first.txt", "Say {facets} of {title}\n");
    m_folder.write("second.txt", "Name {facets} of {title}\n");
    m_folder.write("bad.txt", "Say {facets}");
    const QString prompt = QStringLiteral("prompt known.transept ");
    const Json saved = call(prompt + QStringLiteral("--save short --from first.txt --json")).document();
    QCOMPARE(keysOf(saved), (Keys{"reference", "name", "version", "about", "text", "created"}));
    QCOMPARE(call(prompt + QStringLiteral("--save short --from second.txt")).output,
             std::string("short@2\n"));
    const Outcome bad = call(prompt + QStringLiteral("--save bad --from bad.txt"));
    QCOMPARE(bad.status, 3);
    QVERIFY2(bad.complainsOf("{title}"), bad.errors.c_str());
    QCOMPARE(call(prompt + QStringLiteral("--save lost")).status, 2);
    QCOMPARE(call(prompt + QStringLiteral("--show short@1")).output,
             std::string("Say {facets} of {title}\n"));
    QCOMPARE(call(prompt + QStringLiteral("--diff short@1 short")).output,
             std::string("[-Say-][+Name+] {facets} of {title}\n"));
    QCOMPARE(call(prompt + QStringLiteral("--json")).document().size(), std::size_t{5}); // three are built in
    const Json places = call(prompt + QStringLiteral("--places --about pairs --json")).document();
    QCOMPARE(keysOf(places[0]), (Keys{"place", "meaning"}));

    const QString chat =
        QStringLiteral("knowledge known.transept --extractor chat --set model=m --preview 7 --json ");
    for (const char* way : {"--prompt short", "--set prompt=@short@2"}) {
        const Json preview = call(chat + QLatin1String(way)).document();
        QVERIFY(preview.at("request").get<std::string>().find("of Film 7") != std::string::npos);
        QVERIFY(preview.at("request").get<std::string>().find("Name topic") != std::string::npos);
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::KnowledgeCommandTest)
#include "KnowledgeCommandTest.moc"
