#include "core/store/VectorFolder.h"

#include "core/base/Random.h"
#include "core/store/Catalog.h"
#include "core/store/Deletion.h"
#include "core/store/Halves.h"
#include "core/store/KnowledgeVersions.h"
#include "tests/support/Temporary.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QElapsedTimer>
#include <QtCore/QThread>
#include <QtTest/QTest>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fstream>
#include <set>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace transept {
namespace {

constexpr const char* writeAndDie = "--write-and-die";
constexpr int dimension = 20;

/// Writes the vectors of the base "half", and is killed when the file is longer than 16 KB.
int writeUntilKilled(const char* file)
{
    const Result<Workspace> workspace = Workspace::open(file, Access::ReadOnly);
    const Result<KnowledgeBase> base =
        workspace ? KnowledgeStore(*workspace).find("half") : Result<KnowledgeBase>(passOn(workspace));
    const rlimit limit{.rlim_cur = 16384, .rlim_max = 16384};
    if (!base || setrlimit(RLIMIT_FSIZE, &limit) != 0) {
        return 1;
    }
    return halfVectors(*workspace, *base) ? 0 : 1;
}

int signalThatEnded(const std::filesystem::path& file)
{
    std::string program = QCoreApplication::applicationFilePath().toStdString();
    std::string word = writeAndDie;
    std::string name = file.string();
    char* arguments[] = {program.data(), word.data(), name.data(), nullptr};
    pid_t child{};
    int status = 0;
    const bool ended = posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments, environ) == 0 &&
                       waitpid(child, &status, 0) == child;
    return ended && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

std::vector<float> vectorOf(ItemId item)
{
    Random random(static_cast<std::uint64_t>(number(item)));
    std::vector<float> values(dimension);
    std::ranges::generate(values, [&] { return static_cast<float>(0.1 * random.normal()); });
    return values;
}

std::vector<float> vectorOf(FacetPlace facet)
{
    return vectorOf(ItemId{1'000'000 * (facet.nth + 1) + number(facet.item)});
}

template<typename Owner>
bool has(const HalfVectors& vectors, Owner owner)
{
    const std::int32_t place = vectors.placeOf(owner);
    if (place < 0) {
        return false;
    }
    const std::vector<Eigen::half> expected = halvesOf(vectorOf(owner));
    return std::memcmp(vectors.row(place).data(), expected.data(), vectors.row(place).size_bytes()) == 0;
}

} // namespace

class VectorFolderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void fileHasTheVectorsAndIsShared();
    void fileIsMappedAgain();
    void fileThatDoesNotFitIsWrittenAnew_data();
    void fileThatDoesNotFitIsWrittenAnew();
    void facetsFollowTheItems();
    void vectorOfAFacetThatIsNoneIsZeros();
    void everyChangeOfVectorsGetsAnotherFile();
    void everyChangeOfAFacetsVectorGetsAnotherFile();
    void copyHasItsOwnStamp();
    void restoredBackupIsNotTakenForAnotherState();
    void folderThatCannotBeWrittenLeavesThemInMemory();
    void folderMayBeDeletedAtAnyTime();
    void threadsShareOneMapping();
    void unfinishedFilesOfTheDeadAreCleared();
    void stoppedReadingLeavesNothing();
    void stoppedWritingEndsSoon();
    void deletedBaseTakesItsFileAlong();

private:
    void put(std::int64_t first, std::int64_t last, const char* base = "half")
    {
        std::vector<ItemFacts> facts;
        for (std::int64_t item = first; item <= last; ++item) {
            facts.push_back({.item = ItemId{item}, .vector = vectorOf(ItemId{item})});
        }
        const KnowledgeStore store(*m_workspace);
        QVERIFY_OK(store.put(store.find(base)->id, facts));
    }
    /// Items with a vector and two facets, the second with one.
    void putFacets(std::int64_t first, std::int64_t last)
    {
        std::vector<ItemFacts> facts;
        for (std::int64_t item = first; item <= last; ++item) {
            facts.push_back({.item = ItemId{item},
                             .facets = {{"genre", std::to_string(item)}, {"mood", std::to_string(item)}},
                             .vector = vectorOf(ItemId{item}),
                             .facetVectors = {{}, vectorOf(FacetPlace{ItemId{item}, 1})}});
        }
        QVERIFY_OK(KnowledgeStore(*m_workspace).put(base().id, facts));
    }
    KnowledgeBase base(const char* name = "half") const { return *KnowledgeStore(*m_workspace).find(name); }
    std::shared_ptr<const HalfVectors> vectors() const
    {
        return halfVectors(*m_workspace, base()).value_or(nullptr);
    }
    std::filesystem::path folder() const { return vectorFolderOf(m_workspace->file()); }
    std::vector<std::filesystem::path> files() const
    {
        std::vector<std::filesystem::path> found;
        std::error_code failed;
        for (const auto& entry : std::filesystem::directory_iterator(folder(), failed)) {
            found.push_back(entry.path());
        }
        return found;
    }

    std::optional<test::Temporary> m_folder;
    std::optional<Workspace> m_workspace;
};

void VectorFolderTest::init()
{
    m_workspace.reset();
    m_folder.emplace();
    m_workspace = m_folder->workspace();
    const DomainId films = Catalog(*m_workspace).ensureDomain("films", "web", FeedbackKind::Explicit)->id;
    Result<Statement> item = m_workspace->database().prepare("INSERT INTO item(domain, key) VALUES(?, ?)");
    for (int number = 1; number <= 2000; ++number) {
        QVERIFY_OK(
            item->bind(1, std::int64_t{transept::number(films)}).bind(2, std::to_string(number)).run());
    }
    const KnowledgeStore store(*m_workspace);
    const Result<KnowledgeId> id =
        store.begin("half", "embedding", Json{{"settings", {{"precision", "float16"}}}});
    QVERIFY_OK(id);
    QVERIFY_OK(store.setDimension(*id, dimension));
    put(1, 1000);
    QVERIFY_OK(store.setState(*id, "finished"));
}

void VectorFolderTest::fileHasTheVectorsAndIsShared()
{
    const auto first = vectors();
    QVERIFY(first != nullptr);
    QCOMPARE(first->items().size(), std::size_t{1000});
    QCOMPARE(files().size(), std::size_t{1});
    QCOMPARE(std::filesystem::file_size(files().front()), HalfVectors::sizeOf(first->key(), 1000, 0));
    for (std::int64_t item = 1; item <= 1000; ++item) {
        QVERIFY(has(*first, ItemId{item}));
    }
    QCOMPARE(first->placeOf(ItemId{1001}), -1);
    QCOMPARE(reinterpret_cast<std::uintptr_t>(first->row(7).data()) % 32, std::uintptr_t{0});
    QCOMPARE(vectors(), first);
}

void VectorFolderTest::fileIsMappedAgain()
{
    QVERIFY(vectors() != nullptr);
    const auto written = std::filesystem::last_write_time(files().front());
    // Where nothing can be read from the database any more, the file has everything.
    const KnowledgeBase known = base();
    QVERIFY_OK(m_workspace->database().execute("DELETE FROM vector"));

    const auto again = halfVectors(*m_workspace, known);

    QVERIFY_OK(again);
    QVERIFY(has(**again, ItemId{500}));
    QCOMPARE(std::filesystem::last_write_time(files().front()), written);
}

void VectorFolderTest::fileThatDoesNotFitIsWrittenAnew_data()
{
    QTest::addColumn<int>("change");
    QTest::newRow("cut") << 0;
    QTest::newRow("empty") << 1;
    QTest::newRow("longer") << 2;
    QTest::newRow("another program's") << 3;
    QTest::newRow("of another stamp") << 4;
    QTest::newRow("of another dimension") << 5;
}

void VectorFolderTest::fileThatDoesNotFitIsWrittenAnew()
{
    QFETCH(int, change);
    QVERIFY(vectors() != nullptr);
    const std::filesystem::path file = files().front();
    const std::string whole = test::contentOf(file);
    std::string bytes = whole;
    if (change == 0) {
        bytes.resize(bytes.size() - 64);
    } else if (change == 1) {
        bytes.clear();
    } else if (change == 2) {
        bytes += std::string(64, '\0');
    } else {
        char& byte = bytes[change == 3 ? 0 : change == 4 ? 24 : 32]; // of the magic word, stamp, dimension
        byte = static_cast<char>(byte + 1);
    }
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;

    const auto found = vectors();

    QVERIFY(found != nullptr && has(*found, ItemId{1000}));
    QVERIFY(test::contentOf(file) == whole);
}

void VectorFolderTest::everyChangeOfVectorsGetsAnotherFile()
{
    const auto before = vectors();
    const std::filesystem::path old = files().front();

    put(1001, 1100);
    const auto extended = vectors();

    QVERIFY(extended->key().stamp != before->key().stamp);
    QCOMPARE(extended->items().size(), std::size_t{1100});
    QCOMPARE(files().size(), std::size_t{1});
    QVERIFY(files().front() != old);
    QVERIFY(has(*before, ItemId{1000})); // who still has the old ones keeps them
    const std::int64_t stamp = base().vectorsStamp;
    const ItemFacts words{.item = ItemId{1900}, .termWeights = {{1, 0.5F}}};
    QVERIFY_OK(KnowledgeStore(*m_workspace).put(base().id, std::span(&words, 1)));
    QCOMPARE(base().vectorsStamp, stamp); // no vector came or went
    const ItemFacts nothing{.item = ItemId{3}};
    QVERIFY_OK(KnowledgeStore(*m_workspace).put(base().id, std::span(&nothing, 1)));
    QVERIFY(base().vectorsStamp != stamp);
    QCOMPARE(vectors()->placeOf(ItemId{3}), -1);
}

void VectorFolderTest::facetsFollowTheItems()
{
    putFacets(201, 300);
    const auto written = vectors();
    QCOMPARE(written->items().size(), std::size_t{1000});
    QCOMPARE(written->facets().size(), std::size_t{100});
    QCOMPARE(std::filesystem::file_size(files().front()), HalfVectors::sizeOf(written->key(), 1000, 100));
    std::filesystem::remove_all(folder());
    std::ofstream(folder()) << "a file where the folder would be";
    putFacets(201, 300); // the same as another state

    const auto inMemory = vectors();

    QVERIFY(written != inMemory);
    for (const auto& each : {written, inMemory}) {
        for (std::int64_t item = 1; item <= 1000; ++item) {
            QVERIFY(has(*each, ItemId{item}));
            QCOMPARE(has(*each, FacetPlace{ItemId{item}, 1}), item > 200 && item <= 300);
            QCOMPARE(each->placeOf(FacetPlace{ItemId{item}, 0}), -1);
        }
    }
}

void VectorFolderTest::vectorOfAFacetThatIsNoneIsZeros()
{
    putFacets(1, 2);
    QVERIFY_OK(m_workspace->database().execute(
        "UPDATE vector SET data = zeroblob(6) WHERE facet = 1 AND item = 2;"
        "UPDATE vector SET data = zeroblob(6) WHERE facet = -1 AND item = 2"));

    const auto found = vectors();

    QCOMPARE(found->placeOf(ItemId{2}), -1);
    const std::int32_t place = found->placeOf(FacetPlace{ItemId{2}, 1});
    QVERIFY(place >= 0);
    QVERIFY(std::ranges::all_of(found->row(place), [](std::uint16_t half) { return half == 0; }));
    QVERIFY(has(*found, FacetPlace{ItemId{1}, 1}));
}

void VectorFolderTest::everyChangeOfAFacetsVectorGetsAnotherFile()
{
    std::set<std::int64_t> stamps{base().vectorsStamp};
    const auto isAnother = [&] { return stamps.insert(base().vectorsStamp).second; };
    putFacets(1, 3);
    QVERIFY(isAnother());
    ItemFacts changed{.item = ItemId{4}, .facets = {{"genre", "x"}}, .facetVectors = {vectorOf(ItemId{4})}};
    const auto put = [&] { QVERIFY_OK(KnowledgeStore(*m_workspace).put(base().id, std::span(&changed, 1))); };
    put();
    QVERIFY(isAnother());
    changed.facetVectors = {vectorOf(ItemId{5})}; // another one
    put();
    QVERIFY(isAnother());
    changed.facetVectors.clear(); // none any more
    put();
    QVERIFY(isAnother());
    changed.facets.front().text = "y"; // what it says has no vector
    put();
    QVERIFY(!isAnother());
    QVERIFY_OK(copyKnowledge(*m_workspace, base().id, "copy", {}));
    QVERIFY(stamps.insert(base("copy").vectorsStamp).second);
    QVERIFY_OK(KnowledgeStore(*m_workspace).clear(base().id));
    QVERIFY(isAnother());
}

void VectorFolderTest::copyHasItsOwnStamp()
{
    QVERIFY(vectors() != nullptr);
    QVERIFY_OK(copyKnowledge(*m_workspace, base().id, "copy", {}));

    const auto copy = halfVectors(*m_workspace, base("copy"));

    QVERIFY_OK(copy);
    QVERIFY(base("copy").vectorsStamp != 0 && base("copy").vectorsStamp != base().vectorsStamp);
    QVERIFY(has(**copy, ItemId{1000}));
    QCOMPARE(files().size(), std::size_t{2});
}

void VectorFolderTest::restoredBackupIsNotTakenForAnotherState()
{
    const std::filesystem::path backup = m_folder->path("backup.transept");
    QVERIFY_OK(m_workspace->database().execute("VACUUM INTO '" + backup.string() + "'"));
    put(1001, 1100);
    const std::filesystem::path file = m_workspace->file();
    m_workspace.reset();
    std::filesystem::rename(backup, file);
    m_workspace = std::move(Workspace::open(file).value());
    put(1101, 1200);

    const auto found = vectors();

    QCOMPARE(found->placeOf(ItemId{1050}), -1);
    QVERIFY(has(*found, ItemId{1150}));
}

void VectorFolderTest::folderThatCannotBeWrittenLeavesThemInMemory()
{
    const std::string expected = [&] {
        const auto there = vectors();
        const std::span<const std::uint16_t> row = there->row(there->placeOf(ItemId{17}));
        return std::string(reinterpret_cast<const char*>(row.data()), row.size_bytes());
    }();
    std::filesystem::remove_all(folder());
    std::ofstream(folder()) << "a file where the folder would be";

    const auto inMemory = vectors();

    QVERIFY(inMemory != nullptr);
    QCOMPARE(inMemory->items().size(), std::size_t{1000});
    const std::span<const std::uint16_t> row = inMemory->row(inMemory->placeOf(ItemId{17}));
    QVERIFY(std::string(reinterpret_cast<const char*>(row.data()), row.size_bytes()) == expected);
    QCOMPARE(vectors(), inMemory);
    QVERIFY(std::filesystem::is_regular_file(folder()));
}

void VectorFolderTest::folderMayBeDeletedAtAnyTime()
{
    auto before = vectors();
    std::filesystem::remove_all(folder());

    QVERIFY(has(*before, ItemId{1}));
    QCOMPARE(vectors(), before);
    before.reset();
    QVERIFY(has(*vectors(), ItemId{1}));
    QCOMPARE(files().size(), std::size_t{1});
}

void VectorFolderTest::threadsShareOneMapping()
{
    std::vector<std::shared_ptr<const HalfVectors>> found(6);
    {
        std::vector<std::jthread> threads;
        for (auto& each : found) {
            threads.emplace_back([&each, file = m_workspace->file()] {
                const Result<Workspace> workspace = Workspace::open(file, Access::ReadOnly);
                const Result<KnowledgeBase> base = workspace ? KnowledgeStore(*workspace).find("half")
                                                             : Result<KnowledgeBase>(passOn(workspace));
                each = base ? halfVectors(*workspace, *base).value_or(nullptr) : nullptr;
            });
        }
    }
    for (const auto& each : found) {
        QVERIFY(each != nullptr && each == found.front());
    }
    QVERIFY(has(*found.front(), ItemId{999}));
    QCOMPARE(files().size(), std::size_t{1});
}

void VectorFolderTest::unfinishedFilesOfTheDeadAreCleared()
{
    QCOMPARE(signalThatEnded(m_workspace->file()), SIGXFSZ);
    QCOMPARE(files().size(), std::size_t{1});
    const std::filesystem::path left = files().front();
    QVERIFY(left.extension() == ".part");

    QVERIFY(vectors() != nullptr); // it may be another program's that is at work
    QVERIFY(std::filesystem::exists(left));
    std::filesystem::last_write_time(left,
                                     std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
    put(1001, 1001);
    QVERIFY(vectors() != nullptr);

    QVERIFY(!std::filesystem::exists(left));
    QCOMPARE(files().size(), std::size_t{1});
}

void VectorFolderTest::stoppedReadingLeavesNothing()
{
    QVERIFY_OK(m_workspace->database().execute( // long enough that somebody looks for a stop
        "WITH RECURSIVE n(i) AS (SELECT 3000 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)"
        " INSERT INTO vector(kb, item, facet, data) SELECT 1, i, -1, zeroblob(40) FROM n"));
    const KnowledgeBase known = base();
    std::stop_source stop;
    stop.request_stop();
    const JobContext job{.stop = stop.get_token()};
    const StopWatcher watcher(m_workspace->database(), job);

    const auto stopped = halfVectors(*m_workspace, known);

    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QVERIFY(files().empty());
}

/// Rows of items and of facets, 60 MB together.
void VectorFolderTest::stoppedWritingEndsSoon()
{
    QVERIFY_OK(KnowledgeStore(*m_workspace).setDimension(base().id, 512));
    QVERIFY_OK(m_workspace->database().execute(
        "WITH RECURSIVE n(i) AS (SELECT 3000 UNION ALL SELECT i + 1 FROM n WHERE i < 33000)"
        " INSERT INTO vector(kb, item, facet, data) SELECT 1, i, f, zeroblob(1024)"
        " FROM n, (SELECT -1 AS f UNION SELECT 0)"));
    const KnowledgeBase known = base();
    QElapsedTimer clock;
    clock.start();
    std::vector<double> milliseconds;
    for (const std::uintmax_t megabytes : {2, 6, 10, 15, 20, 25, 28}) {
        std::stop_source stop;
        bool isCancelled = false;
        bool isDone = false; // before it heard of the stop
        qint64 ended = 0;
        std::jthread writer([&] {
            const Result<Workspace> workspace = Workspace::open(m_workspace->file(), Access::ReadOnly);
            if (workspace) {
                const std::stop_callback interrupt(stop.get_token(),
                                                   [&] { workspace->database().interrupt(); });
                const auto written = halfVectors(*workspace, known);
                ended = clock.nsecsElapsed();
                isCancelled = !written && written.error().code == ErrorCode::Cancelled;
                isDone = written.has_value();
            }
        });
        const auto hasWritten = [&] {
            const auto found = files();
            std::error_code gone;
            const std::uintmax_t size = found.empty() ? 0 : std::filesystem::file_size(found.front(), gone);
            return !gone && size >= megabytes << 20;
        };
        const QDeadlineTimer deadline(60'000);
        while (!hasWritten() && !deadline.hasExpired()) {
            QThread::msleep(1);
        }
        const qint64 asked = clock.nsecsElapsed();
        stop.request_stop();
        writer.join();
        if (isDone) {
            std::filesystem::remove_all(vectorFolderOf(m_workspace->file()));
            continue;
        }
        milliseconds.push_back(static_cast<double>(ended - asked) / 1e6);
        QVERIFY(isCancelled);
        QVERIFY(files().empty());
    }
    QVERIFY2(milliseconds.size() >= 3, "the stops came too late to prove anything");
    std::ranges::sort(milliseconds);
    qInfo("stopped after %.0f ms (median), at most %.0f",
          milliseconds[milliseconds.size() / 2],
          milliseconds.back());
    QVERIFY(milliseconds[milliseconds.size() / 2] < 100.0);
}

void VectorFolderTest::deletedBaseTakesItsFileAlong()
{
    QVERIFY(vectors() != nullptr);
    QVERIFY(std::filesystem::exists(folder()));
    const std::vector<std::string> names{"half"};

    QVERIFY_OK(deleteNamed(*m_workspace, Deletable::Knowledge, names));
    QVERIFY(!std::filesystem::exists(folder()));
    QVERIFY_OK(restoreNamed(*m_workspace, Deletable::Knowledge, names));

    QVERIFY(has(*vectors(), ItemId{1}));
}

} // namespace transept

int main(int argc, char** argv)
{
    if (argc == 3 && std::string_view(argv[1]) == transept::writeAndDie) {
        return transept::writeUntilKilled(argv[2]);
    }
    const QCoreApplication application(argc, argv);
    transept::VectorFolderTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "VectorFolderTest.moc"
