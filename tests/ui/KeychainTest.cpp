#include "core/knowledge/ServerKey.h"
#include "tests/ui/MapVault.h"
#include "tests/ui/StallWatchdog.h"
#include "tests/ui/WindowFixture.h"
#include "ui/settings/KeyField.h"

#include <QtCore/QDirIterator>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

#include <chrono>
#include <future>
#include <mutex>
#include <thread>

using namespace transept;
using namespace transept::ui;
using transept::test::MapVault;

namespace {

const QString kServer = QStringLiteral("https://api.example.org/v1");
const QString kCanary = QStringLiteral("sk-canary-7f3a91c2");

/// The field over a vault in memory, shown.
struct Fixture
{
    std::shared_ptr<MapVault::State> state = std::make_shared<MapVault::State>();
    Keychain keychain{std::make_unique<MapVault>(state)};
    KeyField field{keychain};

    explicit Fixture(const QString& server = kServer)
    {
        field.show();
        field.setServer(server, {});
    }
    template<typename Widget>
    Widget* find(const char* name)
    {
        return field.findChild<Widget*>(QLatin1StringView(name));
    }
    QString status() { return find<QLabel>("keyStatus")->text(); }
    bool takesKeys()
    {
        return test::waitFor([this] { return find<QLineEdit>("serverKey")->isEnabled(); });
    }
    void typeKey(const QString& key)
    {
        QTest::keyClicks(find<QLineEdit>("serverKey"), key);
        QTest::mouseClick(find<QPushButton>("storeKey"), Qt::LeftButton);
    }
};

std::optional<std::string> askedOnAJobsThread(const Keychain& keychain, const std::string& server)
{
    return std::async(std::launch::async,
                      [source = keychain.source(), server] { return source->key({}, server); })
        .get();
}

} // namespace

class KeychainTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keptKeyIsHandedToTheJobsOfItsServerAlone();
    void environmentComesBeforeTheKeychain();
    void typedKeyIsNotShownAgain();
    void removedKeyIsGone();
    void anotherServerHasAnotherKey();
    void slowKeychainNeverHoldsTheWindowUp();
    void closedKeychainAnswersNobody();
    void withoutAKeychainTheVariableIsNamed();
    void noFileAndNoLogHoldsTheKey();
};

void KeychainTest::init()
{
    setKeySource(nullptr);
}

void KeychainTest::keptKeyIsHandedToTheJobsOfItsServerAlone()
{
    Fixture fixture;
    QVERIFY(fixture.takesKeys());
    QSignalSpy changed(&fixture.field, &KeyField::keyChanged);
    fixture.typeKey(kCanary);
    QVERIFY(changed.wait(test::patience));

    QCOMPARE(askedOnAJobsThread(fixture.keychain, kServer.toStdString()), kCanary.toStdString());
    QCOMPARE(askedOnAJobsThread(fixture.keychain, kServer.toStdString() + "/"), kCanary.toStdString());
    QVERIFY(!askedOnAJobsThread(fixture.keychain, "https://elsewhere.example.org/v1").has_value());
}

void KeychainTest::environmentComesBeforeTheKeychain()
{
    Fixture fixture;
    fixture.state->keys[kServer] = QStringLiteral("from the keychain");
    setKeySource(fixture.keychain.source());
    const auto ask = [](const char* variable) {
        return std::async(std::launch::async, [=] { return serverKey(variable, kServer.toStdString()); })
            .get();
    };
    qputenv("TRANSEPT_TEST_KEY", "from the environment");

    QCOMPARE(ask("TRANSEPT_TEST_KEY"), std::string("from the environment"));
    QCOMPARE(ask("TRANSEPT_NO_SUCH_KEY"), std::string("from the keychain"));
    fixture.field.setServer(kServer, QStringLiteral("TRANSEPT_TEST_KEY"));
    QVERIFY2(fixture.status().contains(QStringLiteral("environment variable TRANSEPT_TEST_KEY")),
             qPrintable(fixture.status()));
    qunsetenv("TRANSEPT_TEST_KEY");
}

void KeychainTest::typedKeyIsNotShownAgain()
{
    Fixture fixture;
    QVERIFY(fixture.takesKeys());
    auto* edit = fixture.find<QLineEdit>("serverKey");
    QTest::keyClicks(edit, kCanary);
    QVERIFY(!edit->displayText().contains(kCanary));
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(edit->text().isEmpty());
    QTRY_VERIFY2(fixture.status().startsWith(QStringLiteral("A key for this server")),
                 qPrintable(fixture.status()));
    QVERIFY(!fixture.status().contains(kCanary));
}

void KeychainTest::removedKeyIsGone()
{
    Fixture fixture;
    QVERIFY(fixture.takesKeys());
    fixture.typeKey(kCanary);
    QTRY_VERIFY(fixture.find<QPushButton>("forgetKey")->isVisible());
    QTest::mouseClick(fixture.find<QPushButton>("forgetKey"), Qt::LeftButton);
    QTRY_VERIFY(!fixture.find<QPushButton>("forgetKey")->isVisible());
    QVERIFY(!askedOnAJobsThread(fixture.keychain, kServer.toStdString()).has_value());
}

void KeychainTest::anotherServerHasAnotherKey()
{
    Fixture fixture;
    fixture.state->keys[QStringLiteral("http://127.0.0.1:8080/v1")] = kCanary;
    QVERIFY(fixture.takesKeys());
    QTest::keyClicks(fixture.find<QLineEdit>("serverKey"), QStringLiteral("half a ke"));
    fixture.field.setServer(QStringLiteral(" http://127.0.0.1:8080/v1/ "), {});
    QVERIFY(fixture.find<QLineEdit>("serverKey")->text().isEmpty());
    QTRY_VERIFY(fixture.find<QPushButton>("forgetKey")->isVisible());
}

void KeychainTest::slowKeychainNeverHoldsTheWindowUp()
{
    Fixture fixture;
    QVERIFY(fixture.takesKeys());
    fixture.state->delay = std::chrono::milliseconds(300);
    const test::StallWatchdog watchdog;
    QSignalSpy changed(&fixture.field, &KeyField::keyChanged);
    fixture.typeKey(kCanary);
    QVERIFY(changed.wait(test::patience));
    QVERIFY(fixture.state->thread != QThread::currentThreadId());
    QVERIFY2(watchdog.longest() < 200.0, qPrintable(QString::number(watchdog.longest())));
}

void KeychainTest::closedKeychainAnswersNobody()
{
    auto state = std::make_shared<MapVault::State>();
    auto keychain = std::make_unique<Keychain>(std::make_unique<MapVault>(state));
    const auto source = keychain->source();
    keychain.reset();
    QVERIFY(!source->key({}, kServer.toStdString()).has_value());
}

void KeychainTest::withoutAKeychainTheVariableIsNamed()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    Keychain keychain;
    KeyField field(keychain);
    field.show();
    field.setServer(kServer, QStringLiteral("OPENAI_API_KEY"));
    const auto* status = field.findChild<QLabel*>(QStringLiteral("keyStatus"));
    QTRY_VERIFY2(status->text().startsWith(QStringLiteral("No keychain answers here")),
                 qPrintable(status->text()));
    QVERIFY2(status->text().contains(QStringLiteral("environment variable OPENAI_API_KEY")),
             qPrintable(status->text()));
    QVERIFY(!field.findChild<QLineEdit*>(QStringLiteral("serverKey"))->isVisible());
}

QStringList g_log; // NOLINT: a message handler is a plain function

void KeychainTest::noFileAndNoLogHoldsTheKey()
{
    test::WindowFixture fixture(std::vector<PageFactory>{}); // no page that has asked for a keychain yet
    g_log.clear();
    const auto earlier = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext&, const QString& text) { g_log.append(text); });
    auto state = std::make_shared<MapVault::State>();
    auto* keychain = new Keychain(std::make_unique<MapVault>(state), &fixture.session());
    QCOMPARE(&Keychain::of(fixture.session()), keychain);
    QVERIFY(fixture.open(fixture.folder.path("a.transept")));
    {
        KeyField field(*keychain);
        field.show();
        field.setServer(kServer, {});
        auto* edit = field.findChild<QLineEdit*>(QStringLiteral("serverKey"));
        QTRY_VERIFY(edit->isEnabled());
        QTest::keyClicks(edit, kCanary);
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_VERIFY(state->keys.contains(kServer));
    }
    fixture.window().close();
    fixture.reopen();
    qInstallMessageHandler(earlier);

    int files = 0;
    QDirIterator all(QString::fromStdString(fixture.folder.path("").string()),
                     QDir::Files | QDir::Hidden,
                     QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const std::string content = test::contentOf(all.next().toStdString());
        QVERIFY2(content.find(kCanary.toStdString()) == std::string::npos, qPrintable(all.filePath()));
        ++files;
    }
    QVERIFY(files >= 2); // the workspace and the settings
    QVERIFY(!g_log.join(QLatin1Char('\n')).contains(kCanary));
}

QTEST_MAIN(KeychainTest)
#include "KeychainTest.moc"
