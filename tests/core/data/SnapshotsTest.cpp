#include "core/data/Snapshots.h"

#include "core/store/Catalog.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

#include <thread>

namespace transept {

class SnapshotsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theySeeWhatWasThereWhenTheyWereOpened();
    void afterwardsTheWorkspaceSeesEverything();
    void theyAgreeWhileAnotherConnectionWrites();
};

namespace {

std::int64_t platforms(const Database& database)
{
    return database.scalar("SELECT count(*) FROM platform")->value_or(-1);
}

} // namespace

void SnapshotsTest::theySeeWhatWasThereWhenTheyWereOpened()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace("w.transept");
    const Workspace writer = std::move(*Workspace::open(workspace.file()));
    const std::int64_t before = platforms(workspace.database());

    const Result<Snapshots> snapshots = Snapshots::open(workspace, 3);
    QVERIFY_OK(snapshots);
    QVERIFY_OK(Catalog(writer).ensurePlatform("later"));

    QCOMPARE(snapshots->count(), std::size_t{3});
    for (std::size_t number = 0; number < snapshots->count(); ++number) {
        QCOMPARE(platforms(snapshots->at(number)), before);
    }
    QCOMPARE(platforms(writer.database()), before + 1);
}

void SnapshotsTest::afterwardsTheWorkspaceSeesEverything()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace("w.transept");
    const Workspace writer = std::move(*Workspace::open(workspace.file()));
    const std::int64_t before = platforms(workspace.database());
    {
        const Result<Snapshots> snapshots = Snapshots::open(workspace, 2);
        QVERIFY_OK(snapshots);
        QVERIFY_OK(Catalog(writer).ensurePlatform("later"));
    }

    QCOMPARE(platforms(workspace.database()), before + 1);
    QVERIFY_OK(workspace.database().execute("BEGIN; COMMIT"));
}

void SnapshotsTest::theyAgreeWhileAnotherConnectionWrites()
{
    const test::Temporary folder;
    const Workspace workspace = folder.workspace("w.transept");
    std::jthread writing([&](const std::stop_token& stop) {
        const Workspace writer = std::move(*Workspace::open(workspace.file()));
        for (int name = 0; !stop.stop_requested(); ++name) {
            (void)Catalog(writer).ensurePlatform("platform " + std::to_string(name));
        }
    });

    for (int attempt = 0; attempt < 100; ++attempt) {
        const Result<Snapshots> snapshots = Snapshots::open(workspace, 3);
        QVERIFY_OK(snapshots);
        const std::int64_t own = platforms(snapshots->at(0));
        for (std::size_t number = 1; number < snapshots->count(); ++number) {
            QCOMPARE(platforms(snapshots->at(number)), own);
        }
    }
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::SnapshotsTest)
#include "SnapshotsTest.moc"
