#include "core/store/Catalog.h"
#include "core/store/ImportLog.h"
#include "tests/support/Temporary.h"
#include "tests/ui/Patience.h"
#include "ui/settings/Settings.h"
#include "ui/shell/Query.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <atomic>
#include <thread>

using namespace transept;
using namespace transept::ui;

namespace {

using Names = std::vector<std::string>;

Result<Names> domainNames(const Workspace& workspace)
{
    const Result<std::vector<Domain>> domains = Catalog(workspace).domains();
    if (!domains) {
        return passOn(domains);
    }
    Names names;
    for (const Domain& domain : *domains) {
        names.push_back(domain.name);
    }
    return names;
}

} // namespace

/// A session with settings and a folder of its own.
class SessionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void createdWorkspaceIsOpenAndRemembered();
    void missingWorkspaceFailsWithASentence();
    void queryAnswersOnThisThread();
    void newerQuestionReplacesTheOlder();
    void answerOfADeadQueryIsDropped();
    void answerOfAClosedWorkspaceIsDropped();
    void editCanBeUndoneAndRedone();
    void failedEditSaysWhy();
    void selectionIsThereAgain();
    void indexThatAKilledImportLeftOutIsBuiltAgain();

private:
    bool openNew();
    Names names();

    std::unique_ptr<test::Temporary> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Session> m_session;
};

void SessionTest::init()
{
    m_folder = std::make_unique<test::Temporary>();
    m_settings = std::make_unique<Settings>(QString::fromStdString(m_folder->path("settings.ini").string()));
    m_session = std::make_unique<Session>(*m_settings);
}

void SessionTest::cleanup()
{
    m_session.reset();
    m_settings.reset();
    m_folder.reset();
}

bool SessionTest::openNew()
{
    QSignalSpy opened(m_session.get(), &Session::opened);
    m_session->create(m_folder->path("new.transept"));
    return opened.wait(test::patience);
}

Names SessionTest::names()
{
    Query query(*m_session);
    std::optional<Names> found;
    query.ask<Names>([](const Workspace& workspace, const JobContext&) { return domainNames(workspace); },
                     [&](const Result<Names>& answer) { found = answer.value_or(Names{"failed"}); });
    [&] { QTRY_VERIFY(found.has_value()); }();
    return found.value_or(Names{});
}

void SessionTest::createdWorkspaceIsOpenAndRemembered()
{
    QVERIFY(openNew());

    QVERIFY(m_session->isOpen());
    QCOMPARE(m_session->name(), QStringLiteral("new.transept"));
    QCOMPARE(m_settings->recentWorkspaces().size(), 1);
}

void SessionTest::missingWorkspaceFailsWithASentence()
{
    QSignalSpy failed(m_session.get(), &Session::failed);

    m_session->open(m_folder->path("missing.transept"));

    QVERIFY(failed.wait(test::patience));
    QVERIFY(!m_session->isOpen());
    QVERIFY(m_settings->recentWorkspaces().isEmpty());
}

void SessionTest::queryAnswersOnThisThread()
{
    QVERIFY(openNew());
    Query query(*m_session);
    QThread* askedOn = nullptr;
    QThread* toldOn = nullptr;

    query.ask<QThread*>(
        [](const Workspace&, const JobContext&) -> Result<QThread*> { return QThread::currentThread(); },
        [&](const Result<QThread*>& answer) {
            askedOn = *answer;
            toldOn = QThread::currentThread();
        });

    QVERIFY(query.isWaiting());
    QTRY_COMPARE(toldOn, QThread::currentThread());
    QVERIFY(askedOn != toldOn);
    QVERIFY(!query.isWaiting());
}

void SessionTest::newerQuestionReplacesTheOlder()
{
    QVERIFY(openNew());
    Query query(*m_session);
    std::atomic<bool> olderWasStopped = false;
    std::vector<int> told;
    const auto tell = [&](const Result<int>& answer) { told.push_back(*answer); };

    query.ask<int>(
        [&](const Workspace&, const JobContext& context) -> Result<int> {
            while (context.checkpoint()) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            olderWasStopped = true;
            return 1;
        },
        tell);
    QTest::qWait(20);
    query.ask<int>([](const Workspace&, const JobContext&) -> Result<int> { return 2; }, tell);

    QTRY_VERIFY(olderWasStopped);
    QTRY_COMPARE(told, std::vector<int>{2});
}

void SessionTest::answerOfADeadQueryIsDropped()
{
    QVERIFY(openNew());
    std::atomic<bool> isAnswered = false;
    {
        Query query(*m_session);
        query.ask<int>(
            [&](const Workspace&, const JobContext&) -> Result<int> {
                isAnswered = true;
                return 1;
            },
            [](const Result<int>&) { QFAIL("the question is forgotten"); });
        while (!isAnswered) { // without a turn of the event loop, which would deliver
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
    QTest::qWait(20);
}

void SessionTest::answerOfAClosedWorkspaceIsDropped()
{
    QVERIFY(openNew());
    Query query(*m_session);
    query.ask<int>([](const Workspace&, const JobContext&) -> Result<int> { return 1; },
                   [](const Result<int>&) { QFAIL("the workspace is closed"); });

    m_session->close();

    QTRY_VERIFY(!query.isWaiting());
}

void SessionTest::editCanBeUndoneAndRedone()
{
    QVERIFY(openNew());
    QSignalSpy changed(m_session.get(), &Session::dataChanged);
    const auto ensure = [](const Workspace& workspace) -> Status {
        const Result<Domain> made = Catalog(workspace).ensureDomain("books", "shop", FeedbackKind::Explicit);
        return made ? Catalog(workspace).setDeleted(made->id, false) : Status(passOn(made));
    };
    const auto remove = [](const Workspace& workspace) -> Status {
        const Result<Domain> found = Catalog(workspace).domain("books");
        return found ? Catalog(workspace).setDeleted(found->id, true) : Status(passOn(found));
    };

    m_session->edit(QStringLiteral("add books"), Change::Data, ensure, remove);
    QVERIFY(changed.wait(test::patience));
    QCOMPARE(names(), Names{"books"});

    m_session->undoStack().undo();
    QVERIFY(changed.wait(test::patience));
    QCOMPARE(names(), Names{});
}

void SessionTest::failedEditSaysWhy()
{
    QVERIFY(openNew());
    QSignalSpy failed(m_session.get(), &Session::editFailed);
    const auto refuse = [](const Workspace&) -> Status { return fail(ErrorCode::InvalidInput, "No."); };

    m_session->edit(QStringLiteral("try"), Change::Data, refuse, refuse);

    QVERIFY(failed.wait(test::patience));
}

void SessionTest::selectionIsThereAgain()
{
    QVERIFY(openNew());
    m_session->selection().setDomain(DomainId{3});
    m_session->selection().setRuns({RunId{7}, RunId{2}});

    m_session = std::make_unique<Session>(*m_settings);
    QSignalSpy opened(m_session.get(), &Session::opened);
    m_session->open(m_folder->path("new.transept"));
    QVERIFY(opened.wait(test::patience));

    QCOMPARE(m_session->selection().domain(), std::optional(DomainId{3}));
    QCOMPARE(m_session->selection().runs(), (std::vector{RunId{7}, RunId{2}}));
}

/// The window is open at once; the index follows on the writing thread.
void SessionTest::indexThatAKilledImportLeftOutIsBuiltAgain()
{
    const auto file = m_folder->path("without.transept");
    {
        const Workspace workspace = m_folder->workspace("without.transept");
        QVERIFY_OK(workspace.database().execute("DROP INDEX interaction_item"));
    }
    QSignalSpy opened(m_session.get(), &Session::opened);
    m_session->open(file);
    QVERIFY(opened.wait(test::patience));

    const Result<Workspace> reader = Workspace::open(file, Access::ReadOnly);
    QVERIFY_OK(reader);
    QTRY_VERIFY_WITH_TIMEOUT(!ImportLog(*reader).lacksItemIndex().value_or(true), test::patience);
}

QTEST_MAIN(SessionTest)
#include "SessionTest.moc"
