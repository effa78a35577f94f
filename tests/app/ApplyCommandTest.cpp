#include "core/base/Json.h"
#include "tests/app/Program.h"
#include "tests/support/SharedData.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <fmt/format.h>

#include <set>

namespace transept {
namespace {

using test::Keys;
using test::keysOf;

std::string ratings(int firstUser, int lastUser, int step)
{
    std::string text = "user,item,rating,timestamp\n";
    for (int user = firstUser; user <= lastUser; ++user) {
        for (int item = 1 + user % 3; item <= 40; item += step + user % 2) {
            text +=
                fmt::format("{},{},{},{}\n", user, item, 1 + (user * item + user) % 5, 1000 * user + item);
        }
    }
    return text;
}

} // namespace

/// A trained model on data that came later, as a person uses it from the command line.
class ApplyCommandTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void runIsMeasuredOnWhatCameLater();
    void laterUserAndHistoryFileAreFoldedIn();
    void laterItemsAreRankedAmongTheOthers();
    void modelFileWritesListsForEverybody();
    void specStartsFromAnEarlierRun();
    void wrongUsesAreRefused_data();
    void wrongUsesAreRefused();

private:
    test::Outcome call(const QString& line, const QByteArray& input = {}) const
    {
        return test::runProgram(m_folder.path("."), line, input);
    }

    test::Temporary m_folder;
};

void ApplyCommandTest::initTestCase()
{
    m_folder.write("first.csv", ratings(1, 60, 3));
    m_folder.write("later.csv",
                   "user,item,rating,timestamp\n1,40,5,99001\n2,40,1,99002\n61,1,5,99003\n61,4,5,99004\n"
                   "1,901,5,99005\n3,901,4,99006\n61,901,1,99007\n");
    m_folder.write("spec.json",
                   R"({"data": {"target": "films"}, "method": {"name": "mf", "epochs": 3, "factors": 4},
        "measures": ["rmse", "ndcg@10"]})");
    m_folder.write("history.csv", "item,value\n1,5\n4,5\n");
    QCOMPARE(call(QStringLiteral("import w.transept first.csv --domain films")).status, 0);
    QCOMPARE(call(QStringLiteral("run w.transept spec.json")).status, 0); // run 1
    QCOMPARE(call(QStringLiteral("run w.transept -"),
                  R"({"data": {"target": "films"}, "method": {"name": "bpr", "epochs": 2}})")
                 .status,
             0);
    QCOMPARE(call(QStringLiteral("apply w.transept 1")).status, 3); // nothing came later yet
    QCOMPARE(call(QStringLiteral("import w.transept later.csv --domain films")).status, 0);
}

void ApplyCommandTest::runIsMeasuredOnWhatCameLater()
{
    const test::Outcome outcome = call(QStringLiteral("apply w.transept 1 --json"));

    QCOMPARE(outcome.status, 0);
    const Json document = outcome.document();
    QCOMPARE(keysOf(document),
             (Keys{"run", "interactions", "people", "of_new_people", "with_new_items", "measures", "test"}));
    QCOMPARE(document.at("interactions").get<int>(), 2);
    QCOMPARE(document.at("with_new_items").get<int>(), 2);
    QCOMPARE(document.at("of_new_people").get<int>(), 3);
    QCOMPARE(keysOf(document.at("measures")), (Keys{"rmse", "ndcg@10"}));
    QVERIFY(call(QStringLiteral("apply w.transept 1")).output.find("later") != std::string::npos);
}

void ApplyCommandTest::laterUserAndHistoryFileAreFoldedIn()
{
    const Json known = call(QStringLiteral("recommend w.transept 1 --user 7 --json")).document();
    QVERIFY(!known.at("folded_in").get<bool>());
    const test::Outcome outcome = call(QStringLiteral("recommend w.transept 1 --user 61 --top 5 --json"));
    QCOMPARE(outcome.status, 0);
    QVERIFY(outcome.complainsOf("does not know this user"));
    const Json late = outcome.document();
    QVERIFY(late.at("folded_in").get<bool>());

    const Json given =
        call(QStringLiteral("recommend w.transept 1 --history history.csv --top 5 --json")).document();

    QVERIFY(given.at("user").is_null());
    // The same history but for the film that came with the user.
    QVERIFY(given.at("items") == late.at("items"));
    QVERIFY(call(QStringLiteral("recommend w.transept 2 --user 61")).complainsOf("bpr"));
}

void ApplyCommandTest::laterItemsAreRankedAmongTheOthers()
{
    const QString line = QStringLiteral("recommend w.transept 1 --user 7 --top 100 --new-items");
    const test::Outcome outcome = call(line + QStringLiteral(" --json"));
    QCOMPARE(outcome.status, 0);
    const Json document = outcome.document();
    QCOMPARE(keysOf(document), (Keys{"user", "folded_in", "new_items", "items"}));
    QCOMPARE(document.at("new_items").get<int>(), 1);
    int news = 0;
    for (const Json& item : document.at("items")) {
        QCOMPARE(item.at("new").get<bool>(), item.at("key") == "901");
        QCOMPARE(item.contains("folded_from"), item.at("new").get<bool>());
        if (item.at("new").get<bool>()) {
            QCOMPARE(item.at("folded_from").get<int>(), 2); // of people whom the run knows
            ++news;
        }
    }
    QCOMPARE(news, 1);
    QVERIFY(call(line).output.find("from 2") != std::string::npos);

    const test::Outcome few = call(line + QStringLiteral(" --least 3 --json"));
    QCOMPARE(few.status, 0);
    QVERIFY(few.complainsOf("at least 3"));
    QCOMPARE(few.document().at("new_items").get<int>(), 0);
    QCOMPARE(few.document().at("items").size(), document.at("items").size() - 1);
    QVERIFY(call(QStringLiteral("recommend w.transept 2 --user 7 --new-items")).complainsOf("bpr"));
}

void ApplyCommandTest::modelFileWritesListsForEverybody()
{
    QCOMPARE(call(QStringLiteral("export w.transept 1 --what model --to films.model")).status, 0);

    const test::Outcome outcome =
        call(QStringLiteral("apply w.transept --model films.model --to lists.csv --top 3 --json"));

    QCOMPARE(outcome.status, 0);
    const Json document = outcome.document();
    QCOMPARE(keysOf(document), (Keys{"people", "folded_in", "left_out", "unknown_items"}));
    QCOMPARE(document.at("people").get<int>(), 61);
    QCOMPARE(document.at("folded_in").get<int>(), 1);
    const std::string lists = test::contentOf(m_folder.path("lists.csv"));
    QVERIFY(lists.starts_with("user,rank,item,score,folded_in\n"));
    QCOMPARE(std::ranges::count(lists, '\n'), 1 + 3 * 61);
}

void ApplyCommandTest::specStartsFromAnEarlierRun()
{
    const test::Outcome warm = call(QStringLiteral("run w.transept spec.json --set start.run=1 --json"));
    QCOMPARE(warm.status, 0);
    const Json shown =
        call(QStringLiteral("show w.transept %1 --json").arg(warm.document().at("run").get<int>()))
            .document();
    QCOMPARE(shown.at("spec").at("start").at("run").get<int>(), 1);
    QVERIFY(!shown.at("spec").at("start").at("fingerprint").get<std::string>().empty());
}

void ApplyCommandTest::wrongUsesAreRefused_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("status");
    QTest::newRow("neither run nor model") << "apply w.transept" << 2;
    QTest::newRow("a model and no place for lists") << "apply w.transept --model films.model" << 2;
    QTest::newRow("run and model") << "apply w.transept 1 --model films.model --to l.csv" << 2;
    QTest::newRow("no such run") << "apply w.transept 99" << 3;
    QTest::newRow("no such model") << "apply w.transept --model none.model --to l.csv" << 3;
    QTest::newRow("neither user nor history") << "recommend w.transept 1" << 2;
    QTest::newRow("user and history") << "recommend w.transept 1 --user 7 --history history.csv" << 2;
    QTest::newRow("new items for a history")
        << "recommend w.transept 1 --history history.csv --new-items" << 2;
    QTest::newRow("a threshold for nothing") << "recommend w.transept 1 --user 7 --least 2" << 2;
    QTest::newRow("a threshold of 0") << "recommend w.transept 1 --user 7 --new-items --least 0" << 2;
    QTest::newRow("new items for a new user") << "recommend w.transept 1 --user 61 --new-items" << 3;
    QTest::newRow("new items of bpr") << "recommend w.transept 2 --user 7 --new-items" << 3;
    QTest::newRow("no such history") << "recommend w.transept 1 --history none.csv" << 3;
    QTest::newRow("start of another method") << "run w.transept spec.json --set start.run=2" << 3;
}

void ApplyCommandTest::wrongUsesAreRefused()
{
    QFETCH(QString, line);
    QFETCH(int, status);
    const test::Outcome outcome = call(line);
    QVERIFY2(outcome.status == status, outcome.errors.c_str());
    QVERIFY(!outcome.errors.empty());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ApplyCommandTest)
#include "ApplyCommandTest.moc"
