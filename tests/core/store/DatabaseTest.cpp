#include "core/store/Database.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cmath>
#include <limits>
#include <thread>

namespace transept {

class DatabaseTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }
    void valuesComeBackAsTheyWereBound();
    void transactionThatIsNotCommittedLeavesNothing();
    void snapshotDoesNotSeeWhatOthersWrite();
    void nameThatLooksLikeAUriIsAFileName();
    void longStatementEndsSoonAfterAStop();
    void longStatementWaitsWhileTheJobIsPaused();
    void watcherThatIsGoneWatchesNoMore();
    void interruptReachesTheStatementOfAnotherThread();
    void triggersAndViewsOfAFileAreNotRun();
    void secondWriterWaitsForTheFirst();

private:
    Database database(std::string_view name = "plain.db") const
    {
        Result<Database> made = Database::open(m_folder->path(name), Access::ReadWrite, true);
        return std::move(made.value());
    }

    std::optional<test::Temporary> m_folder;
};

namespace {

/// Would count for minutes.
constexpr std::string_view endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i "
                                     "< 1000000000000) SELECT count(*) FROM n";

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

void DatabaseTest::valuesComeBackAsTheyWereBound()
{
    const Database plain = database();
    QVERIFY_OK(plain.execute("CREATE TABLE t(i, r, s, b, n, x)"));
    const std::string text("quote \" and \0 and 李雷", 24);
    const std::array<std::byte, 3> bytes{std::byte{0}, std::byte{255}, std::byte{7}};
    Result<Statement> insert = plain.prepare("INSERT INTO t VALUES(?, ?, ?, ?, ?, ?)");
    QVERIFY_OK(insert);
    insert->bind(1, std::numeric_limits<std::int64_t>::min()).bind(2, 0.1).bind(3, std::string_view(text));
    insert->bind(4, std::span<const std::byte>(bytes)).bind(5, std::optional<double>()).bind(6, std::nan(""));
    QVERIFY_OK(insert->run());
    QCOMPARE(plain.changes(), 1);

    Result<Statement> row = plain.prepare("SELECT * FROM t");
    QVERIFY(row->step().value());
    QCOMPARE(row->integer(0), std::numeric_limits<std::int64_t>::min());
    QCOMPARE(row->real(1), 0.1);
    QCOMPARE(row->text(2), text);
    QVERIFY(std::ranges::equal(row->blob(3), bytes));
    QVERIFY(row->isNull(4));
    QVERIFY(row->isNull(5));
    QVERIFY(!row->step().value());
}

void DatabaseTest::transactionThatIsNotCommittedLeavesNothing()
{
    const Database plain = database();
    QVERIFY_OK(plain.execute("CREATE TABLE t(i)"));
    {
        const Result<Transaction> transaction = Transaction::begin(plain);
        QVERIFY_OK(transaction);
        QVERIFY_OK(plain.execute("INSERT INTO t VALUES(1)"));
    }
    QCOMPARE(**plain.scalar("SELECT count(*) FROM t"), 0);

    Result<Transaction> transaction = Transaction::begin(plain);
    QVERIFY_OK(plain.execute("INSERT INTO t VALUES(1)"));
    QVERIFY_OK(transaction->commit());
    QCOMPARE(**plain.scalar("SELECT count(*) FROM t"), 1);
}

void DatabaseTest::snapshotDoesNotSeeWhatOthersWrite()
{
    const Database reader = database();
    const Database writer = database();
    QVERIFY_OK(writer.execute("PRAGMA journal_mode = WAL; CREATE TABLE t(i); INSERT INTO t VALUES(1)"));
    const auto count = [&] { return reader.scalar("SELECT count(*) FROM t").value().value_or(0); };
    {
        const Result<ReadSnapshot> outer = ReadSnapshot::begin(reader);
        QVERIFY_OK(outer);
        QCOMPARE(count(), 1);
        {
            const Result<ReadSnapshot> inner = ReadSnapshot::begin(reader); // ends nothing
            QVERIFY_OK(inner);
        }
        QVERIFY_OK(writer.execute("INSERT INTO t VALUES(2)"));
        QCOMPARE(count(), 1);
    }
    QCOMPARE(count(), 2);
}

void DatabaseTest::nameThatLooksLikeAUriIsAFileName()
{
    const std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::current_path(m_folder->path(""));
    for (const char* name : {"file:x?mode=memory", ":memory:"}) {
        const Result<Database> made = Database::open(name, Access::ReadWrite, true);
        QVERIFY_OK(made);
        QVERIFY_OK(made->execute("CREATE TABLE t(i)"));
        QVERIFY(std::filesystem::exists(m_folder->path(name)));
    }
    std::filesystem::current_path(before);
}

void DatabaseTest::longStatementEndsSoonAfterAStop()
{
    const Database plain = database();
    std::stop_source stop;
    const JobContext context{.stop = stop.get_token()};
    const StopWatcher watcher(plain, context);
    std::chrono::steady_clock::time_point asked;
    const std::jthread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        asked = std::chrono::steady_clock::now();
        stop.request_stop();
    });

    const auto counted = plain.scalar(endless);

    QVERIFY(!counted);
    QCOMPARE(counted.error().code, ErrorCode::Cancelled);
    QVERIFY(secondsSince(asked) < 0.5);
}

void DatabaseTest::longStatementWaitsWhileTheJobIsPaused()
{
    const Database plain = database();
    std::stop_source stop;
    PauseGate gate;
    gate.pause();
    const JobContext context{.stop = stop.get_token(), .gate = &gate};
    const StopWatcher watcher(plain, context);
    std::atomic<bool> ended = false;
    std::atomic<bool> endedWhilePaused = false;
    const std::jthread resumer([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        endedWhilePaused = ended.load();
        gate.resume();
    });

    const auto counted = plain.scalar("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "
                                      "i < 100000) SELECT count(*) FROM n");
    ended = true;

    QVERIFY_OK(counted);
    QCOMPARE(**counted, 100'000);
    QVERIFY(!endedWhilePaused);
}

void DatabaseTest::watcherThatIsGoneWatchesNoMore()
{
    const Database plain = database();
    std::stop_source stop;
    stop.request_stop();
    {
        const JobContext context{.stop = stop.get_token()};
        const StopWatcher watcher(plain, context);
        QVERIFY(!plain.scalar(endless));
    }
    QVERIFY_OK(plain.scalar("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                            "100000) SELECT count(*) FROM n"));
}

void DatabaseTest::interruptReachesTheStatementOfAnotherThread()
{
    const Database plain = database();
    const std::jthread interrupter([&](const std::stop_token& done) {
        while (!done.stop_requested()) {
            plain.interrupt();
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    });

    const auto counted = plain.scalar(endless);

    QVERIFY(!counted);
    QCOMPARE(counted.error().code, ErrorCode::Cancelled);
}

void DatabaseTest::triggersAndViewsOfAFileAreNotRun()
{
    const Database plain = database();
    QVERIFY_OK(
        plain.execute("CREATE TABLE t(i); CREATE TABLE spy(i);"
                      "CREATE TRIGGER theft AFTER INSERT ON t BEGIN INSERT INTO spy VALUES(new.i); END;"
                      "CREATE VIEW false_front AS SELECT * FROM t;"));

    QVERIFY_OK(plain.execute("INSERT INTO t VALUES(1)"));

    QCOMPARE(**plain.scalar("SELECT count(*) FROM spy"), 0);
    QVERIFY(!plain.scalar("SELECT count(*) FROM false_front"));
}

void DatabaseTest::secondWriterWaitsForTheFirst()
{
    const Database first = database();
    QVERIFY_OK(first.execute("PRAGMA journal_mode = WAL; CREATE TABLE t(i)"));
    Result<Transaction> transaction = Transaction::begin(first);
    QVERIFY_OK(transaction);
    QVERIFY_OK(first.execute("INSERT INTO t VALUES(1)"));
    Status second = cancelled();
    std::jthread writer([&] {
        const Result<Database> other = Database::open(m_folder->path("plain.db"), Access::ReadWrite);
        // A reader is not kept waiting and sees what was committed.
        second = other->scalar("SELECT count(*) FROM t").value() == 0
                     ? other->execute("INSERT INTO t VALUES(2)")
                     : Status(cancelled());
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));

    QVERIFY_OK(transaction->commit());
    writer.join();

    QVERIFY_OK(second);
    QCOMPARE(**first.scalar("SELECT count(*) FROM t"), 2);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::DatabaseTest)
#include "DatabaseTest.moc"
