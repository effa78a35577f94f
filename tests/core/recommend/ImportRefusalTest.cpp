#include "tests/core/recommend/ResultsFixture.h"

#include <QtTest/QTest>

#include <set>

namespace transept {

using test::csvOf;
using test::Row;
using test::valueOf;

/// What cannot be measured is refused with its file and line, and leaves nothing behind.
class ImportRefusalTest final : public QObject, private test::ResultsFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void wrongFileLeavesNothing_data();
    void wrongFileLeavesNothing();
    void wrongQuestionLeavesNothing_data();
    void wrongQuestionLeavesNothing();
    void addedDataIsLeftOutAndChangedDataRefused();
    void listsThatEndTooEarlyAreRefused();
    void stopLeavesNothing();
};

void ImportRefusalTest::wrongFileLeavesNothing_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("said");

    const auto wrong = [](const char* name, const std::string& content, const char* line, const char* said) {
        QTest::newRow(name) << QString::fromStdString(content) << line << said;
    };
    const std::string head = "user,item,rank,score\nu1,i1,1,9\n";
    wrong("unknown user", head + "nobody,i1,2,8\n", "line 3", "no user nobody");
    wrong("unknown item", head + "u1,x1,2,8\n", "line 3", "no item x1");
    wrong("NaN", head + "u1,i2,2,nan\n", "line 3", "finite");
    wrong("infinite", head + "u1,i2,2,inf\n", "line 3", "finite");
    wrong("beyond float32", head + "u1,i2,2,1e300\n", "line 3", "finite");
    wrong("no number", head + "u1,i2,2,high\n", "line 3", "not a number");
    wrong("no rank", head + "u1,i2,first,8\n", "line 3", "no rank");
    wrong("negative rank", head + "u1,i2,-1,8\n", "line 3", "no rank");
    wrong("empty user", head + ",i2,2,8\n", "line 3", "user is empty");
    wrong("empty item", head + "u1,,2,8\n", "line 3", "item is empty");
    wrong("ragged", head + "u1,i2,2\n", "line 3", "3 fields");
    wrong("repeated item", head + "u1,i1,2,8\n", "line 3", "line 2");
    wrong("repeated rank", head + "u1,i2,1,8\n", "line 3", "rank 1 stands twice");
    wrong("gap", head + "u1,i2,3,8\n", "line 3", "rank 3 follows on rank 1");
    wrong("late start", "user,item,rank\nu1,i1,2\nu1,i2,3\n", "line 2", "begins with rank 2");
    wrong("rising scores", head + "u1,i2,2,10\n", "line 3", "higher score");
    wrong("wrong columns", "who,what,n\nu1,i1,1\n", "bad.csv", "columns are");
    wrong("no order", "user,item\nu1,i1\nu1,i2\n", "bad.csv", "columns are");
    wrong("nobody tested", "user,item,score\n", "bad.csv", "No test user");
    wrong("no predictions", "user,item,prediction\n", "bad.csv", "no prediction");
}

void ImportRefusalTest::wrongFileLeavesNothing()
{
    QFETCH(const QString, content);
    QFETCH(const QString, line);
    QFETCH(const QString, said);
    const std::filesystem::path file = m_folder->write("bad.csv", content.toStdString());
    const std::size_t before = runCount();

    const Result<ResultsReport> report = import(filesOf({file}));

    QVERIFY(!report.has_value());
    QCOMPARE(report.error().code, ErrorCode::InvalidInput);
    const QString sentence = QString::fromStdString(describe(report.error()));
    QVERIFY2(sentence.contains(QStringLiteral("bad.csv")), qPrintable(sentence));
    QVERIFY2(sentence.contains(line), qPrintable(sentence));
    QVERIFY2(sentence.contains(said), qPrintable(sentence));
    QCOMPARE(runCount(), before);
}

void ImportRefusalTest::wrongQuestionLeavesNothing_data()
{
    QTest::addColumn<QString>("changed");
    QTest::addColumn<QString>("said");

    QTest::newRow("name") << "name"
                          << "no name";
    QTest::newRow("files") << "files"
                           << "No file";
    QTest::newRow("missing file") << "missing file"
                                  << "gone.csv";
    QTest::newRow("measure") << "measure"
                             << "measures";
    QTest::newRow("measure twice") << "measure twice"
                                   << "twice";
    QTest::newRow("measures of the other kind") << "kind of measures"
                                                << "rmse";
}

void ImportRefusalTest::wrongQuestionLeavesNothing()
{
    QFETCH(const QString, changed);
    QFETCH(const QString, said);
    ResultsOptions options =
        filesOf({m_folder->write("lists.csv", csvOf(exported(m_run.id, RunExport::Lists)))});
    if (changed == QStringLiteral("name")) {
        options.name.assign(2, ' '); // blanks
    } else if (changed == QStringLiteral("files")) {
        options.files.clear();
    } else if (changed == QStringLiteral("missing file")) {
        options.files.front().file = m_folder->path("gone.csv");
    } else {
        options.measures = {changed == QStringLiteral("measure")         ? "ndgc@10"
                            : changed == QStringLiteral("measure twice") ? "ndcg@10"
                                                                         : "rmse"};
        options.measures.push_back(options.measures.front());
    }
    const std::size_t before = runCount();

    const Result<ResultsReport> report = import(options);
    const Status checked = checkResults(*m_workspace, valueOf(resultsLike(*m_workspace, m_run.id)), options);

    QVERIFY(!report.has_value());
    QVERIFY(!checked.has_value());
    QCOMPARE(describe(checked.error()), describe(report.error()));
    const QString sentence = QString::fromStdString(describe(report.error()));
    QVERIFY2(sentence.contains(said), qPrintable(sentence));
    QCOMPARE(runCount(), before);
}

void ImportRefusalTest::addedDataIsLeftOutAndChangedDataRefused()
{
    const std::filesystem::path file =
        m_folder->write("lists.csv", csvOf(exported(m_run.id, RunExport::Lists)));
    test::fill(*m_workspace, "films: u1 i999 5, somebody i1 4");
    const Result<ResultsReport> grown = import(filesOf({file}));
    QVERIFY_OK(grown);
    QCOMPARE(grown->run.measures.at("ndcg@10"), m_run.measures.at("ndcg@10"));
    test::falsify(*m_workspace);

    const Result<ResultsReport> report = import(filesOf({file}));

    QVERIFY(!report.has_value());
    QVERIFY(describe(report.error()).find("has changed") != std::string::npos);
}

void ImportRefusalTest::listsThatEndTooEarlyAreRefused()
{
    std::vector<Row> rows = exported(m_run.id, RunExport::Lists);
    std::erase_if(rows, [](const Row& row) { return row[1].size() > 1 || row[1] > "4"; });
    rows.insert(rows.begin(), Row{"user", "rank", "item", "score"});
    ResultsOptions options = filesOf({m_folder->write("short.csv", csvOf(rows))});

    const Result<ResultsReport> refused = import(options);
    options.measures = {"recall@4"};
    const Result<ResultsReport> report = import(options);

    QVERIFY(!refused.has_value());
    QVERIFY(describe(refused.error()).find("first 10 places") != std::string::npos);
    QVERIFY_OK(report);
    QCOMPARE(report->run.measures.size(), std::size_t{1});
}

void ImportRefusalTest::stopLeavesNothing()
{
    const std::filesystem::path file =
        m_folder->write("lists.csv", csvOf(exported(m_run.id, RunExport::Lists)));
    const std::size_t before = runCount();
    std::set<std::string> stages;
    JobContext listening;
    listening.progress = [&](const Progress& progress) { stages.insert(std::string(progress.stage)); };
    QVERIFY_OK(import(filesOf({file}), listening));
    QVERIFY(stages.size() >= 4);

    for (const std::string& stage : stages) {
        std::stop_source stop;
        JobContext context{.stop = stop.get_token()};
        context.progress = [&](const Progress& progress) {
            if (progress.stage == stage) {
                stop.request_stop();
            }
        };
        const Result<ResultsReport> report = import(filesOf({file}), context);
        QVERIFY2(!report.has_value(), stage.c_str());
        QCOMPARE(report.error().code, ErrorCode::Cancelled);
    }
    QCOMPARE(runCount(), before + 1);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ImportRefusalTest)
#include "ImportRefusalTest.moc"
