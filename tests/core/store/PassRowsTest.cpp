#include "core/store/PassRows.h"

#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <stdexcept>
#include <vector>

namespace transept {

class PassRowsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyRowIsPassedInOrder();
    void queryEndsWhenNoMoreIsWanted();
    void whatIsThrownIsPassedOn();
    void wrongQueryIsAFailure();
    void queriesMayBeWithinOneAnother();

private:
    const Database& database() const { return *m_database; }

    test::Temporary m_folder;
    std::optional<Database> m_database;
};

void PassRowsTest::initTestCase()
{
    m_database = std::move(*Database::open(m_folder.path("rows.db"), Access::ReadWrite, true));
    QVERIFY(
        database().execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b REAL);"
                           "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
                           "INSERT INTO t SELECT i, i / 4.0 FROM n;"
                           "UPDATE t SET b = NULL WHERE a = 9;"));
}

void PassRowsTest::everyRowIsPassedInOrder()
{
    std::vector<std::int64_t> rows;
    double sum = 0.0;
    const Status passed =
        passRows(database(), "a, b", "FROM t WHERE a BETWEEN ?1 AND ?2", {8, 10}, [&](const RowValues& row) {
            rows.push_back(row.integer(0));
            sum += row.real(1);
            return true;
        });

    QVERIFY(passed);
    QCOMPARE(rows, (std::vector<std::int64_t>{8, 9, 10}));
    QCOMPARE(sum, 2.0 + 0.0 + 2.5); // NULL is 0, as in a Statement
    bool isCalled = false;
    QVERIFY(passRows(database(), "a", "FROM t WHERE a > 1000", {}, [&](const RowValues&) {
        isCalled = true;
        return true;
    }));
    QVERIFY(!isCalled);
}

void PassRowsTest::queryEndsWhenNoMoreIsWanted()
{
    std::int64_t last = 0;
    const Status passed = passRows(database(), "a", "FROM t", {}, [&](const RowValues& row) {
        last = row.integer(0);
        return last < 7;
    });

    QVERIFY(passed);
    QCOMPARE(last, std::int64_t{7});
}

void PassRowsTest::whatIsThrownIsPassedOn()
{
    std::int64_t last = 0;
    QVERIFY_EXCEPTION_THROWN((void)passRows(database(),
                                            "a",
                                            "FROM t",
                                            {},
                                            [&](const RowValues& row) -> bool {
                                                last = row.integer(0);
                                                throw std::length_error("too long");
                                            }),
                             std::length_error);

    QCOMPARE(last, std::int64_t{1});
    QCOMPARE(database().scalar("SELECT count(*) FROM t")->value(), std::int64_t{1000});
    QVERIFY(database().execute("DELETE FROM t WHERE a = 1000")); // nothing is locked
}

void PassRowsTest::wrongQueryIsAFailure()
{
    const Status passed = passRows(database(), "c", "FROM t", {}, [](const RowValues&) { return true; });

    QVERIFY(!passed);
    QVERIFY(passed.error().code == ErrorCode::Database);
}

void PassRowsTest::queriesMayBeWithinOneAnother()
{
    int pairs = 0;
    const auto within = [&](const RowValues& outer) {
        const auto inner = [&](const RowValues&) { return ++pairs > 0; };
        return passRows(database(), "a", "FROM t WHERE a < ?1", {outer.integer(0)}, inner).has_value();
    };
    QVERIFY(passRows(database(), "a", "FROM t WHERE a <= ?1", {5}, within));

    QCOMPARE(pairs, 0 + 1 + 2 + 3 + 4);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::PassRowsTest)
#include "PassRowsTest.moc"
