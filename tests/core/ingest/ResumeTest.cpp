#include "core/base/Random.h"
#include "tests/core/ingest/Imported.h"
#include "tests/support/Interactions.h"

#include <chrono>
#include <fstream>
#include <thread>

using namespace transept;

class ResumeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void stoppedAndResumedIsTheSameAsUninterrupted_data();
    void stoppedAndResumedIsTheSameAsUninterrupted();
    void negativesAreResumedToo_data();
    void negativesAreResumedToo();
    void cancelTakesEffectWithin100Milliseconds();
    void cancelBeforeTheFirstStepLeavesNothing();
    void changedFileIsNotResumed();
    void finishedImportIsNotResumed();
    void progressNeverGoesBack();

private:
    void checkResumed(Workspace& whole,
                      Workspace& workspace,
                      const std::filesystem::path& file,
                      const ImportOptions& wanted);
    ImportOptions options(Duplicates rule) const { return {.domain = "films", .duplicates = rule}; }
    static ImportId newestImport(const Workspace& workspace)
    {
        return ImportId{workspace.database().scalar("SELECT max(id) FROM import")->value_or(0)};
    }

    test::Temporary m_folder;
    std::filesystem::path m_file;
};

/// 130,000 rows with repeated pairs and bad rows, so that there are several steps.
void ResumeTest::initTestCase()
{
    Random random(3);
    std::string text = "user,item,rating,timestamp\n";
    for (int row = 0; row < 130'000; ++row) {
        if (row % 1000 == 17) {
            text += "1,2,bad,3\n";
            continue;
        }
        text += fmt::format("u{},i{},{}.5,{}\n", random.below(700), random.below(300), random.below(5), row);
    }
    m_file = m_folder.write("ratings.csv", text);
}

void ResumeTest::stoppedAndResumedIsTheSameAsUninterrupted_data()
{
    QTest::addColumn<int>("rule");
    for (const Duplicates rule : {Duplicates::Last,
                                  Duplicates::First,
                                  Duplicates::Mean,
                                  Duplicates::Sum,
                                  Duplicates::Keep,
                                  Duplicates::Reject}) {
        QTest::newRow(std::string(wordOf(rule)).c_str()) << static_cast<int>(rule);
    }
}

void ResumeTest::stoppedAndResumedIsTheSameAsUninterrupted()
{
    QFETCH(int, rule);
    const ImportOptions wanted = options(static_cast<Duplicates>(rule));
    Workspace whole = m_folder.workspace(fmt::format("whole{}.transept", rule));
    Workspace workspace = m_folder.workspace(fmt::format("stopped{}.transept", rule));

    checkResumed(whole, workspace, m_file, wanted);

    QCOMPARE(test::rowsOf(workspace, "SELECT sql FROM sqlite_master WHERE name = 'interaction_item'", 1),
             test::rowsOf(whole, "SELECT sql FROM sqlite_master WHERE name = 'interaction_item'", 1));
    QVERIFY(test::rowsOf(whole, "SELECT sql FROM sqlite_master WHERE name = 'interaction_item'", 1).size() >
            20);
}

void ResumeTest::negativesAreResumedToo_data()
{
    QTest::addColumn<int>("rule");
    for (const Duplicates rule :
         {Duplicates::Last, Duplicates::First, Duplicates::Keep, Duplicates::Reject}) {
        QTest::newRow(std::string(wordOf(rule)).c_str()) << static_cast<int>(rule);
    }
}

/// 1,300 lines of about 100 negatives with bad lines, bad, repeated and unknown ones.
void ResumeTest::negativesAreResumedToo()
{
    QFETCH(int, rule);
    Random random(5);
    std::string interactions = "user,item\n";
    std::string negatives;
    for (int line = 0; line < 1300; ++line) {
        interactions += fmt::format("u{},i{}\n", line, line % 400);
        negatives += line % 100 == 7 ? "(broken)" : fmt::format("(u{}, i{})", line, line % 400);
        for (int each = 0; each < 100; ++each) {
            negatives += fmt::format("\ti{}", random.below(410)); // a few are not there
        }
        negatives += "\n";
    }
    const auto known = m_folder.write("known.csv", interactions);
    const auto file = m_folder.write("negatives.txt", negatives);
    Workspace whole = m_folder.workspace(fmt::format("all{}.transept", rule));
    Workspace workspace = m_folder.workspace(fmt::format("some{}.transept", rule));
    for (Workspace* each : {&whole, &workspace}) {
        QVERIFY_OK(importFile(*each, known, options(Duplicates::Last), {}));
        test::giveNegatives(*each, "films", "u3", "i3", {"i4", "i5"});
    }

    checkResumed(
        whole,
        workspace,
        file,
        {.target = ImportTarget::Negatives, .domain = "films", .duplicates = static_cast<Duplicates>(rule)});
}

/// Imports into both, into the second one with interruptions: that must not be told afterwards.
void ResumeTest::checkResumed(Workspace& whole,
                              Workspace& workspace,
                              const std::filesystem::path& file,
                              const ImportOptions& wanted)
{
    const ImportId before = newestImport(workspace);
    QVERIFY_OK(importFile(whole, file, wanted, {}));
    Random random(static_cast<std::uint64_t>(wanted.duplicates));
    bool finished = false;
    int stops = 0;
    for (std::int64_t at = 60'000; !finished;
         at += 20'000 + static_cast<std::int64_t>(random.below(20'000))) {
        std::stop_source stop;
        JobContext context{.stop = stop.get_token()};
        context.progress = [&](const Progress& progress) {
            if (progress.done >= at) {
                stop.request_stop();
            }
        };
        const ImportId import = newestImport(workspace);
        const auto report = import == before ? importFile(workspace, file, wanted, context)
                                             : resumeImport(workspace, import, context);
        finished = report.has_value();
        if (!finished) {
            QCOMPARE(report.error().code, ErrorCode::Cancelled);
            QCOMPARE(test::rowsOf(workspace,
                                  "SELECT state, rows_read = imported + rejected + skipped,"
                                  " (SELECT count(*) FROM reject WHERE import = import.id) = rejected"
                                  " FROM import ORDER BY id DESC LIMIT 1",
                                  3),
                     "cancelled|1|1");
            ++stops;
        }
    }

    QVERIFY(stops >= 2);
    QCOMPARE(test::contentOf(workspace), test::contentOf(whole));
    QCOMPARE(test::rowsOf(workspace, "PRAGMA integrity_check", 1), "ok");
}

void ResumeTest::cancelTakesEffectWithin100Milliseconds()
{
    using Clock = std::chrono::steady_clock;
    Workspace workspace = m_folder.workspace("cancel.transept");
    std::stop_source stop;
    Clock::time_point asked;
    std::jthread canceller([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(60));
        asked = Clock::now();
        stop.request_stop();
    });

    const auto report = importFile(workspace, m_file, options(Duplicates::Keep), {.stop = stop.get_token()});

    const auto ended = Clock::now();
    canceller.join();
    if (!report) {
        QCOMPARE(report.error().code, ErrorCode::Cancelled);
        // Ten times the promise: other programs may have the processor.
        QVERIFY(ended - asked < std::chrono::milliseconds(1000));
    }
}

void ResumeTest::cancelBeforeTheFirstStepLeavesNothing()
{
    Workspace workspace = m_folder.workspace("nothing.transept");
    std::stop_source stop;
    stop.request_stop();

    const auto report = importFile(workspace, m_file, options(Duplicates::Last), {.stop = stop.get_token()});

    QVERIFY(!report);
    QCOMPARE(
        test::rowsOf(workspace, "SELECT (SELECT count(*) FROM import), (SELECT count(*) FROM domain)", 2),
        "0|0");
}

void ResumeTest::changedFileIsNotResumed()
{
    Workspace workspace = m_folder.workspace("changed.transept");
    const auto file = m_folder.write("changed.csv", test::contentOf(m_file));
    std::stop_source stop;
    JobContext context{.stop = stop.get_token()};
    context.progress = [&](const Progress& progress) {
        if (progress.done > 60'000) {
            stop.request_stop();
        }
    };
    QVERIFY(!importFile(workspace, file, options(Duplicates::Last), context));
    std::string text = test::contentOf(file);
    text[40] = text[40] == '1' ? '2' : '1';
    m_folder.write("changed.csv", text);

    const auto report = resumeImport(workspace, newestImport(workspace), {});

    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(report.error()).find("has changed before line") != std::string::npos);
}

void ResumeTest::finishedImportIsNotResumed()
{
    Workspace workspace = m_folder.workspace("finished.transept");
    const auto report = importFile(workspace, m_file, options(Duplicates::Last), {});
    QVERIFY_OK(report);

    QVERIFY(!resumeImport(workspace, report->id, {}));
    const auto unknown = resumeImport(workspace, ImportId{99}, {});
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code, ErrorCode::NotFound);
}

void ResumeTest::progressNeverGoesBack()
{
    Workspace workspace = m_folder.workspace("progress.transept");
    std::vector<double> fractions;
    JobContext context;
    context.progress = [&](const Progress& progress) { fractions.push_back(progress.fraction); };

    QVERIFY_OK(importFile(workspace, m_file, options(Duplicates::Last), context));

    QVERIFY(fractions.size() > 10);
    QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
    QCOMPARE(fractions.back(), 1.0);
}

QTEST_GUILESS_MAIN(ResumeTest)
#include "ResumeTest.moc"
