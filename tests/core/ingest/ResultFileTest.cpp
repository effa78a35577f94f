#include "core/ingest/ResultFile.h"

#include "core/base/Sha256.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <fmt/format.h>

namespace transept {

class ResultFileTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formsAreFoundByTheirColumns_data();
    void formsAreFoundByTheirColumns();
    void askedColumnsDecide();
    void askedKindDecides();
    void openQuestionsAreRefused_data();
    void openQuestionsAreRefused();
    void hashIsThatOfTheText();

private:
    test::Temporary m_folder;
};

namespace {

/// The rows as "user item rank value", a dash for what is not there.
std::string textOf(const ResultPlan& plan)
{
    std::string text;
    const auto take = [&text](const ResultRow& row) {
        text += fmt::format("{} {} {} {}; ",
                            row.user,
                            row.item,
                            row.rank ? std::to_string(*row.rank) : "-",
                            row.value ? fmt::format("{}", *row.value) : "-");
        return Status{};
    };
    const Result<std::string> read = readResults(plan, take, {});
    return read ? text : describe(read.error());
}

} // namespace

void ResultFileTest::formsAreFoundByTheirColumns_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("rows");

    QTest::newRow("our lists") << "user,rank,item,score\nann,1,dune,0.5\nann,2,emma,0.25\n"
                               << "lists"
                               << "ann dune 1 0.5; ann emma 2 0.25; ";
    QTest::newRow("our predictions") << "user,item,truth,prediction\nann,dune,4,3.5\n"
                                     << "predictions"
                                     << "ann dune - 3.5; ";
    QTest::newRow("ranks alone") << "userId;itemId;rank\n7;12;1\n7;3;2\n"
                                 << "lists"
                                 << "7 12 1 -; 7 3 2 -; ";
    QTest::newRow("scores alone") << "user\titem\tscore\nann\tdune\t-1e-3\n"
                                  << "lists"
                                  << "ann dune - -0.001; ";
    QTest::newRow("header of RecBole") << "user_id:token\titem_id:token\tscore:float\n1\t2\t0.5\n"
                                       << "lists"
                                       << "1 2 - 0.5; ";
    QTest::newRow("Surprise") << "uid,iid,r_ui,est\n1,2,4.0,3.25\n"
                              << "predictions"
                              << "1 2 - 3.25; ";
    QTest::newRow("TREC") << "ann Q0 dune 1 0.5 mine\nann Q0 emma 2 0.25 mine\n"
                          << "lists"
                          << "ann dune 1 0.5; ann emma 2 0.25; ";
    QTest::newRow("one user a line") << "1\t5,3,9\n2\t4,8,7\n3\t1,2,6\n"
                                     << "lists"
                                     << "1 5 1 -; 1 3 2 -; 1 9 3 -; 2 4 1 -; 2 8 2 -; 2 7 3 -; "
                                        "3 1 1 -; 3 2 2 -; 3 6 3 -; ";
    QTest::newRow("quotes and CRLF") << "user,item,prediction\r\n\"a,b\",\"say \"\"x\"\"\",2\r\n"
                                     << "predictions"
                                     << "a,b say \"x\" - 2; ";
}

void ResultFileTest::formsAreFoundByTheirColumns()
{
    QFETCH(const QString, content);
    QFETCH(const QString, kind);
    QFETCH(const QString, rows);

    const Result<ResultPlan> plan =
        planResults({.file = m_folder.write("results.txt", content.toStdString())});

    QVERIFY_OK(plan);
    QCOMPARE(QString::fromStdString(std::string(wordOf(plan->kind))), kind);
    QCOMPARE(QString::fromStdString(textOf(*plan)), rows);
}

void ResultFileTest::askedColumnsDecide()
{
    const std::filesystem::path file =
        m_folder.write("named.csv", "who,what,n,x\nann,dune,1,0.5\nann,emma,2,0.75\n");

    const Result<ResultPlan> ranked = planResults(
        {.file = file,
         .columns = {{"who", ResultRole::User}, {"what", ResultRole::Item}, {"n", ResultRole::Rank}}});
    const Result<ResultPlan> rated = planResults(
        {.file = file,
         .columns = {{"1", ResultRole::User}, {"2", ResultRole::Item}, {"4", ResultRole::Prediction}}});

    QVERIFY_OK(ranked);
    QCOMPARE(textOf(*ranked), std::string("ann dune 1 -; ann emma 2 -; "));
    QVERIFY_OK(rated);
    QCOMPARE(rated->kind, ResultKind::Predictions);
    QCOMPARE(textOf(*rated), std::string("ann dune - 0.5; ann emma - 0.75; "));
}

void ResultFileTest::askedKindDecides()
{
    const std::filesystem::path file = m_folder.write("bare.tsv", "1\t10\t4.5\n1\t11\t3.25\n2\t10\t1.0\n");

    const Result<ResultPlan> lists = planResults({.file = file, .kind = ResultKind::Lists});
    const Result<ResultPlan> predictions = planResults({.file = file, .kind = ResultKind::Predictions});

    for (const Result<ResultPlan>* plan : {&lists, &predictions}) {
        QVERIFY_OK(*plan);
        QCOMPARE(textOf(**plan), std::string("1 10 - 4.5; 1 11 - 3.25; 2 10 - 1; "));
    }
}

void ResultFileTest::openQuestionsAreRefused_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("said");

    QTest::newRow("neither lists nor predictions") << "1\t10\t4.5\n1\t11\t3.25\n2\t10\t1.0\n"
                                                   << "--what";
    QTest::newRow("no user") << "name,rank,item\nx,1,2\n"
                             << "hold the user";
    QTest::newRow("JSON") << "{\"a\": [1, 2]}\n"
                          << "JSON";
    QTest::newRow("empty") << ""
                           << "empty";
}

void ResultFileTest::openQuestionsAreRefused()
{
    QFETCH(const QString, content);
    QFETCH(const QString, said);

    const Result<ResultPlan> plan = planResults({.file = m_folder.write("open.txt", content.toStdString())});

    QVERIFY(!plan.has_value());
    QCOMPARE(plan.error().code, ErrorCode::InvalidInput);
    const QString sentence = QString::fromStdString(describe(plan.error()));
    QVERIFY2(sentence.contains(said), qPrintable(sentence));
}

void ResultFileTest::hashIsThatOfTheText()
{
    const std::string content = "user,item,rank\nann,dune,1\nann,emma,2\n";
    const Result<ResultPlan> plan = planResults({.file = m_folder.write("hash.csv", content)});
    QVERIFY_OK(plan);

    const Result<std::string> hash = readResults(*plan, [](const ResultRow&) { return Status{}; }, {});

    QVERIFY_OK(hash);
    QCOMPARE(*hash, sha256(content));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ResultFileTest)
#include "ResultFileTest.moc"
