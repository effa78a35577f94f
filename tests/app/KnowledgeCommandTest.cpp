#include "tests/app/FilmFiles.h"
#include "tests/app/Program.h"
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
             (Keys{"knowledge",
                   "name",
                   "items",
                   "without",
                   "failed",
                   "rejected",
                   "rejects",
                   "calls",
                   "retries",
                   "repeated",
                   "repaired",
                   "shortened",
                   "valid",
                   "unreadable",
                   "tokens",
                   "money",
                   "from_cache",
                   "budget_reached",
                   "seconds"}));
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

} // namespace transept

QTEST_GUILESS_MAIN(transept::KnowledgeCommandTest)
#include "KnowledgeCommandTest.moc"
