#include "core/store/Process.h"

#include <QtTest/QTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace transept {

class ProcessTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thisProcessIsAlive();
    void endedProcessIsNotAliveEvenBeforeItsParentAsks();
    void reusedNumberIsNotTheSameProcess();
};

void ProcessTest::thisProcessIsAlive()
{
    QVERIFY(isAlive(identityOf(getpid())));
}

void ProcessTest::endedProcessIsNotAliveEvenBeforeItsParentAsks()
{
    const pid_t child = fork();
    if (child == 0) {
        pause();
        _exit(0);
    }
    const std::int64_t identity = identityOf(child);
    const bool before = isAlive(identity);

    kill(child, SIGKILL);
    siginfo_t ended{};
    const bool waited = waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT) == 0;
    const bool asZombie = isAlive(identity);
    waitpid(child, nullptr, 0);

    QVERIFY(before);
    QVERIFY(waited);
    QVERIFY(!asZombie);
    QVERIFY(!isAlive(identity));
}

void ProcessTest::reusedNumberIsNotTheSameProcess()
{
    const std::int64_t ofAnotherStart = identityOf(getpid()) ^ (std::int64_t{1} << 40);

    QVERIFY(!isAlive(ofAnotherStart));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ProcessTest)
#include "ProcessTest.moc"
