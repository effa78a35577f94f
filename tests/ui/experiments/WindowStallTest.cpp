#include "core/ingest/sample/Sample.h"
#include "tests/ui/PaintingTime.h"
#include "tests/ui/StallWatchdog.h"
#include "tests/ui/WindowFixture.h"
#include "ui/charts/LineChart.h"
#include "ui/experiments/SpecEditor.h"

#include <QtCore/QTimer>
#include <QtGui/QWheelEvent>
#include <QtTest/QTest>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QTableView>

using namespace transept;
using namespace transept::ui;

namespace {

void turnWheel(QWidget* over, int delta)
{
    const QPointF at = over->rect().center();
    QWheelEvent event(
        at, over->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(over, &event);
}

} // namespace

/// The window of the sample, while a run trains and draws its curves.
class WindowStallTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void busyThreadIsNoticed();
    void init();
    void watchingTheCurvesNeverStalls();
    void switchingPagesNeverStalls();
    void editingTheSpecNeverStalls();
    void scrollingAndZoomingNeverStalls();
    void cleanup();

private:
    QAction* action(const char* name) { return m_fixture->find<QAction>(name); }
    LineChart* curves() { return m_fixture->find<LineChart>("upperCurves"); }
    void verify(const test::StallWatchdog& watchdog);

    double m_slowness = 1.0;
    test::Temporary m_folder;
    std::unique_ptr<test::WindowFixture> m_fixture;
};

void WindowStallTest::initTestCase()
{
    QVERIFY_OK(makeSample(m_folder.path("sample.transept"), {}, {}));
}

void WindowStallTest::init()
{
    if (QTest::currentTestFunction() == QByteArrayLiteral("busyThreadIsNoticed")) {
        return;
    }
    m_fixture = std::make_unique<test::WindowFixture>();
    const auto file = m_fixture->folder.path("copy.transept");
    std::filesystem::copy_file(m_folder.path("sample.transept"), file);
    QVERIFY(m_fixture->open(file));
    m_fixture->window().resize(1280, 800);
    m_fixture->window().showPage(QStringLiteral("experiments"));
    QTRY_VERIFY(action("startRun")->isEnabled());
    m_slowness = test::slowness();
    auto& editor = *m_fixture->window().findChild<SpecEditor*>();
    Json spec = editor.document();
    spec["data"]["target"] = "films";
    spec["method"] = {{"name", "mf"}, {"epochs", 1000}};
    spec["stop"]["patience"] = 0;
    editor.setDocument(spec);
    action("startRun")->trigger();
    QTRY_VERIFY(!curves()->series().empty() && curves()->series().front().x.size() > 3);
}

void WindowStallTest::busyThreadIsNoticed()
{
    const test::StallWatchdog watchdog;
    test::live(100);
    const double idle = watchdog.quantile(0.5);
    QTimer::singleShot(20, this, [] {
        const double begin = test::processorMilliseconds();
        while (test::processorMilliseconds() - begin < 100.0) {
        }
    });
    QTRY_VERIFY2(watchdog.longest() > 60.0, qPrintable(QString::number(watchdog.longest())));
    QVERIFY2(idle < 5.0, qPrintable(QString::number(idle)));
}

void WindowStallTest::verify(const test::StallWatchdog& watchdog)
{
    QVERIFY(m_fixture->session().runQueue().current()); // it has trained all the time
    qInfo().noquote() << watchdog.figures();
    const QString complaint = watchdog.complaint(m_slowness);
    QVERIFY2(complaint.isEmpty(), qPrintable(complaint));
}

void WindowStallTest::watchingTheCurvesNeverStalls()
{
    const test::StallWatchdog watchdog(&m_fixture->window());
    test::live(2000);
    verify(watchdog);
}

void WindowStallTest::switchingPagesNeverStalls()
{
    const test::StallWatchdog watchdog(&m_fixture->window());
    for (int round = 0; round < 2; ++round) {
        for (const Page* page : m_fixture->window().pages()) {
            m_fixture->window().showPage(page->id());
            test::live(250);
        }
    }
    verify(watchdog);
}

void WindowStallTest::editingTheSpecNeverStalls()
{
    auto* factors = m_fixture->find<QLineEdit>("input:factors");
    auto* name = m_fixture->find<QLineEdit>("specName");
    const test::StallWatchdog watchdog(&m_fixture->window());
    for (int round = 0; round < 20; ++round) {
        name->setFocus();
        QTest::keyClicks(name, QStringLiteral("ab"));
        test::live(15);
        factors->setFocus();
        factors->selectAll();
        QTest::keyClicks(factors, QString::number(8 + round));
        test::live(15);
    }
    verify(watchdog);
}

void WindowStallTest::scrollingAndZoomingNeverStalls()
{
    auto* table = m_fixture->find<QTableView>("runTable");
    auto* form = m_fixture->window().findChild<SpecEditor*>()->findChild<QScrollArea*>();
    const test::StallWatchdog watchdog(&m_fixture->window());
    for (int round = 0; round < 20; ++round) {
        turnWheel(table->viewport(), round % 2 == 0 ? -120 : 120);
        turnWheel(form->viewport(), round < 10 ? -120 : 120);
        turnWheel(curves()->viewport(), round < 10 ? 120 : -120);
        QTest::mouseMove(curves()->viewport(), QPoint(100 + 10 * round, 60));
        test::live(30);
    }
    verify(watchdog);
}

void WindowStallTest::cleanup()
{
    if (m_fixture) {
        m_fixture->session().runQueue().cancelAll();
        m_fixture.reset();
    }
}

QTEST_MAIN(WindowStallTest)
#include "WindowStallTest.moc"
