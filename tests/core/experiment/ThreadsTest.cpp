#include "core/base/Parallel.h"
#include "tests/support/EveryMethod.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <thread>

namespace transept {
namespace {

test::Learnt learntWith(int threads, const Workspace& workspace, const std::map<std::string, Json>& changes)
{
    setThreadCount(threads);
    return test::learntBy(workspace, test::finishedRun(workspace, changes));
}

/// Closes and opens a gate again and again while it lives.
class Stutter
{
public:
    explicit Stutter(PauseGate& gate)
        : m_thread([this, &gate](const std::stop_token& end) {
            using namespace std::chrono_literals;
            while (!end.stop_requested()) {
                gate.pause();
                std::this_thread::sleep_for(1ms);
                gate.resume();
                ++m_pauses;
                std::this_thread::sleep_for(1ms);
            }
        })
    {
    }

    int pauses() const { return m_pauses; }

private:
    std::atomic<int> m_pauses = 0;
    std::jthread m_thread;
};

} // namespace

/// The same spec, data and seed give the same bits for any number of threads, paused or not.
class ThreadsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { setThreadCount(0); }
    void everyMethodLearnsTheSameBits_data();
    void everyMethodLearnsTheSameBits();

private:
    test::Temporary m_folder;
};

void ThreadsTest::initTestCase()
{
    for (const char* name : {"explicit.transept", "implicit.transept"}) {
        test::fillForEveryMethod(m_folder.workspace(name), name == std::string_view("implicit.transept"));
    }
}

void ThreadsTest::everyMethodLearnsTheSameBits_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("method");
    for (const MethodDescription& method : methods()) {
        const QString name = QString::fromStdString(method.name);
        QTest::addRow("%s, ratings", method.name.c_str()) << QStringLiteral("explicit.transept") << name;
        if (!method.needs.explicitFeedback) {
            QTest::addRow("%s, implicit", method.name.c_str()) << QStringLiteral("implicit.transept") << name;
        }
    }
}

void ThreadsTest::everyMethodLearnsTheSameBits()
{
    QFETCH(QString, file);
    QFETCH(QString, method);
    const Workspace workspace = test::valueOf(Workspace::open(m_folder.path(file.toStdString())));
    const std::map<std::string, Json> changes =
        test::shortRunOf(*test::valueOf(findMethod(method.toStdString())));

    const test::Learnt one = learntWith(1, workspace, changes);

    QVERIFY(!one.scores.empty());
    for (const int threads : {2, 4, 8}) {
        QVERIFY2(learntWith(threads, workspace, changes) == one, std::to_string(threads).c_str());
    }
    setThreadCount(2);
    PauseGate gate;
    const RunId paused = test::valueOf(enqueue(workspace, test::specOf(changes)));
    const Stutter stutter(gate);
    while (stutter.pauses() == 0) {
        std::this_thread::yield();
    }
    const RunRecord run = test::valueOf(execute(workspace, paused, {.job = {.gate = &gate}}));
    QVERIFY(test::learntBy(workspace, run) == one);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ThreadsTest)
#include "ThreadsTest.moc"
