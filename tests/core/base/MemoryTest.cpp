#include "core/base/MemoryGuard.h"

#include "core/base/Memory.h"
#include "core/base/Parallel.h"
#include "tests/support/AddressSpace.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <cmath>
#include <cstring>
#include <vector>

namespace transept {
namespace {

constexpr double mib = 1024.0 * 1024.0;

} // namespace

class MemoryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void heldMemoryGrowsWithWhatIsFilled();
    void groupsLeaveTheLeastOfTheirBranch_data();
    void groupsLeaveTheLeastOfTheirBranch();
    void addressSpaceLimitsWhatIsAvailable();
    void whatIsThrownForWantOfMemoryIsAnError();
    void allocationOfATaskIsAnError();
    void guardRefusesWhatCouldNeverBeFilled();
    void guardsShareTheLimitAndPutItBack();
    void lowerLimitOfSomebodyElseIsKept();
    void guardHandsStopsOn();
};

void MemoryTest::heldMemoryGrowsWithWhatIsFilled()
{
    constexpr std::size_t size = std::size_t{64} << 20U;
    const HeldMemory before = heldMemory();
    const MemoryPeak peak;
    {
        std::vector<char> filled(size);
        std::memset(filled.data(), 1, filled.size());
        QVERIFY(heldMemory().resident > before.resident + 0.9 * size);
        QVERIFY(heldMemory().mapped > before.mapped + 0.9 * size);
    }
#ifndef TRANSEPT_SANITIZED // the sanitizers keep what was freed for a while
    QVERIFY(heldMemory().resident < before.resident + 0.5 * size);
#endif
    QVERIFY(peak.megabytes() * mib > before.resident + 0.9 * size);
    QVERIFY(availableMemory() > 0.0);
}

void MemoryTest::groupsLeaveTheLeastOfTheirBranch_data()
{
    QTest::addColumn<QString>("own"); // with | for the ends of lines
    QTest::addColumn<QString>("files");
    QTest::addColumn<double>("left"); // below 0: no limit

    QTest::newRow("no groups") << ""
                               << "" << -1.0;
    QTest::newRow("version 2")
        << "0::/a/b"
        << "a/b/memory.max 1000,a/b/memory.current 400,a/b/memory.stat inactive_file 50" << 650.0;
    QTest::newRow("version 2, unlimited") << "0::/a"
                                          << "a/memory.max max,a/memory.current 400" << -1.0;
    QTest::newRow("version 2, parent is tighter")
        << "0::/a/b"
        << "a/b/memory.max 1000,a/b/memory.current 0,a/memory.max 500,a/memory.current 450" << 50.0;
    QTest::newRow("version 2, seen from within a container") << "0::/"
                                                             << "memory.max 300,memory.current 100" << 200.0;
    QTest::newRow("version 1") << "5:devices:/|4:memory:/x|0::/"
                               << "memory/x/memory.limit_in_bytes 900,memory/x/memory.usage_in_bytes "
                                  "100,memory/x/memory.stat total_inactive_file 20"
                               << 820.0;
    QTest::newRow("version 1, joined controllers")
        << "4:cpu,memory:/x"
        << "memory/x/memory.limit_in_bytes 900,memory/x/memory.usage_in_bytes 100" << 800.0;
    QTest::newRow("more is used than allowed") << "0::/a"
                                               << "a/memory.max 100,a/memory.current 400" << 0.0;
}

void MemoryTest::groupsLeaveTheLeastOfTheirBranch()
{
    QFETCH(QString, own);
    QFETCH(QString, files);
    QFETCH(double, left);
    const test::Temporary folder;
    for (const QString& each : files.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const std::string name = each.section(QLatin1Char(' '), 0, 0).toStdString();
        std::filesystem::create_directories(folder.path(name).parent_path());
        folder.write(name, each.section(QLatin1Char(' '), 1).toStdString() + "\n");
    }

    const double found =
        memoryLeftByGroups(own.replace(QLatin1Char('|'), QLatin1Char('\n')).toStdString(), folder.path("."));

    if (left < 0.0) {
        QVERIFY(std::isinf(found));
    } else {
        QCOMPARE(found, left);
    }
}

void MemoryTest::addressSpaceLimitsWhatIsAvailable()
{
    const test::AddressSpace space;
    space.setLimit(heldMemory().mapped + 500.0 * mib);

    const double available = availableMemory();

    QVERIFY(available <= 500.0 * mib);
    QVERIFY(available > std::min(400.0 * mib, 0.8 * physicallyAvailableMemory()));
}

void MemoryTest::whatIsThrownForWantOfMemoryIsAnError()
{
    const Status none = withinMemory([]() -> Status { throw std::bad_alloc(); });
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::OutOfMemory);

    const Result<int> tooLong = withinMemory([]() -> Result<int> {
        std::vector<float> endless;
        endless.reserve(endless.max_size() + 1);
        return 1;
    });
    QVERIFY(!tooLong);
    QCOMPARE(tooLong.error().code, ErrorCode::OutOfMemory);

    QCOMPARE(withinMemory([]() -> Result<int> { return 7; }).value(), 7);
}

void MemoryTest::allocationOfATaskIsAnError()
{
    for (const int threads : {1, 2, 4}) {
        setThreadCount(threads);
        const Status done = withinMemory([]() -> Status {
            parallelTasks(64, [](std::size_t task) {
                if (task == 40) {
                    throw std::bad_alloc();
                }
            });
            return {};
        });
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::OutOfMemory);
    }
    setThreadCount(0);
}

/// Linux would promise it: twice one half more than there is, untouched.
void MemoryTest::guardRefusesWhatCouldNeverBeFilled()
{
#ifdef TRANSEPT_SANITIZED
    QSKIP("the sanitizers map more than any machine has");
#else
    const double available = physicallyAvailableMemory();
    if (!std::isfinite(available)) {
        QSKIP("the system does not say how much memory is available");
    }
    const MemoryGuard guard(std::stop_token{});
    const auto size = static_cast<std::size_t>(0.7 * available + 512.0 * mib);
    bool isRefused = false;
    try {
        void* (*volatile allocate)(std::size_t) = ::operator new; // else it is never called
        const std::unique_ptr<void, void (*)(void*)> first(allocate(size), ::operator delete);
        const std::unique_ptr<void, void (*)(void*)> second(allocate(size), ::operator delete);
    } catch (const std::bad_alloc&) {
        isRefused = true;
    }
    QVERIFY(isRefused);
    const std::vector<char> small(std::size_t{100} << 20U); // what fits is given
    QCOMPARE(small.size(), std::size_t{100} << 20U);
    QVERIFY(!guard.ranOut());
#endif
}

void MemoryTest::guardsShareTheLimitAndPutItBack()
{
    const rlim_t before = test::AddressSpace::limit();
    {
        const MemoryGuard first(std::stop_token{});
        {
            const MemoryGuard second(std::stop_token{});
        }
#ifndef TRANSEPT_SANITIZED
        if (std::isfinite(physicallyAvailableMemory())) {
            QVERIFY(test::AddressSpace::limit() < before);
        }
#endif
    }
    QCOMPARE(test::AddressSpace::limit(), before);
}

void MemoryTest::lowerLimitOfSomebodyElseIsKept()
{
    const test::AddressSpace space;
    const auto lower = static_cast<rlim_t>(heldMemory().mapped + 700.0 * mib);
    {
        const MemoryGuard guard(std::stop_token{});
        space.setLimit(static_cast<double>(lower));
        QTest::qWait(200); // the guard looks every 50 ms
        QCOMPARE(test::AddressSpace::limit(), lower);
    }
    QCOMPARE(test::AddressSpace::limit(), lower);
}

void MemoryTest::guardHandsStopsOn()
{
    std::stop_source outer;
    const MemoryGuard guard(outer.get_token());
    QVERIFY(!guard.token().stop_requested());

    outer.request_stop();

    QVERIFY(guard.token().stop_requested());
    QVERIFY(!guard.ranOut());
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::MemoryTest)
#include "MemoryTest.moc"
