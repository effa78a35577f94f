#include "core/store/Deletion.h"

#include "core/store/Catalog.h"
#include "core/store/KnowledgeStore.h"
#include "core/store/RunStore.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {

class DeletionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void allThatAreNamedAreDeletedOrNone();
    void whatIsStillWorkedOnStays();
    void deletedIsFoundUnderItsKind();
    void onlyWhatWasDeletedIsRestored();

private:
    using Names = std::vector<std::string>;
    RunId addRun() const { return *RunStore(*m_workspace).add("mf", Json::object()); }
    std::size_t runs() const { return RunStore(*m_workspace).all()->size(); }

    std::unique_ptr<test::Temporary> m_folder;
    std::unique_ptr<Workspace> m_workspace;
};

void DeletionTest::init()
{
    m_workspace.reset();
    m_folder = std::make_unique<test::Temporary>();
    m_workspace = std::make_unique<Workspace>(m_folder->workspace("w.transept"));
}

void DeletionTest::allThatAreNamedAreDeletedOrNone()
{
    addRun();
    addRun();

    const Status missing = deleteNamed(*m_workspace, Deletable::Run, Names{"1", "7"});
    QVERIFY(!missing && missing.error().code == ErrorCode::NotFound);
    QCOMPARE(runs(), std::size_t{2});

    QVERIFY_OK(deleteNamed(*m_workspace, Deletable::Run, Names{"1", "2"}));
    QCOMPARE(runs(), std::size_t{0});
    QVERIFY(!restoreNamed(*m_workspace, Deletable::Run, Names{"1", "7"}));
    QCOMPARE(runs(), std::size_t{0});
    QVERIFY_OK(restoreNamed(*m_workspace, Deletable::Run, Names{"2", "1"}));
    QCOMPARE(runs(), std::size_t{2});
}

void DeletionTest::whatIsStillWorkedOnStays()
{
    QVERIFY_OK(RunStore(*m_workspace).setState(addRun(), RunState::Running));
    QVERIFY_OK(KnowledgeStore(*m_workspace).begin("words", "lexical", Json::object()));

    QCOMPARE(deleteNamed(*m_workspace, Deletable::Run, Names{"1"}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(RunStore(*m_workspace).setDeleted(RunId{1}, true).error().code, ErrorCode::InvalidInput);
    QCOMPARE(deleteNamed(*m_workspace, Deletable::Knowledge, Names{"words"}).error().code,
             ErrorCode::InvalidInput);
    QVERIFY(findDeleted(*m_workspace)->empty());
}

void DeletionTest::deletedIsFoundUnderItsKind()
{
    const KnowledgeStore knowledge(*m_workspace);
    QVERIFY_OK(Catalog(*m_workspace).ensureDomain("films", "web", FeedbackKind::Explicit));
    QVERIFY_OK(knowledge.setState(*knowledge.begin("films", "lexical", Json::object()), "finished"));
    addRun();

    QVERIFY_OK(deleteNamed(*m_workspace, Deletable::Knowledge, Names{"films"}));
    const std::vector<Deleted> first = *findDeleted(*m_workspace);
    QCOMPARE(first.size(), std::size_t{1});
    QVERIFY(first[0].kind == Deletable::Knowledge);
    QCOMPARE(first[0].name, std::string("films"));
    QVERIFY_OK(Catalog(*m_workspace).domain("films"));

    QVERIFY_OK(deleteNamed(*m_workspace, Deletable::Domain, Names{"films"}));
    QVERIFY_OK(deleteNamed(*m_workspace, Deletable::Run, Names{"1"}));
    QCOMPARE(findDeleted(*m_workspace)->size(), std::size_t{3});
    QVERIFY_OK(restoreNamed(*m_workspace, Deletable::Domain, Names{"films"}));
    QVERIFY_OK(Catalog(*m_workspace).domain("films"));
    QVERIFY(!knowledge.find("films"));
}

void DeletionTest::onlyWhatWasDeletedIsRestored()
{
    addRun();

    const Status restored = restoreNamed(*m_workspace, Deletable::Run, Names{"1"});

    QVERIFY(!restored && restored.error().code == ErrorCode::NotFound);
    QCOMPARE(deleteNamed(*m_workspace, Deletable::Run, Names{"one"}).error().code, ErrorCode::InvalidInput);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::DeletionTest)
#include "DeletionTest.moc"
