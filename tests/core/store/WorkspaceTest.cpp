#include "core/store/Workspace.h"
#include "core/base/File.h"
#include "core/store/Catalog.h"
#include "core/store/Schema.h"
#include "tests/support/Interactions.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>
#include <fmt/format.h>

#include <fcntl.h>
#include <fstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace transept {

class WorkspaceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }
    void createdWorkspaceIsOneMarkedFile();
    void existingFileIsNotOverwritten();
    void failedCreationLeavesNothing();
    void logOfAnotherWorkspaceIsNotPlayedIntoANewOne();
    void ofTwoCreatorsOneWins();
    void foreignFileIsRefusedUnharmed_data();
    void foreignFileIsRefusedUnharmed();
    void newerWorkspaceIsRefusedUnharmed();
    void newerVersionThatStandsInTheLogOnlyIsRefused();
    void truncatedFileIsCalledDamaged();
    void fileWithoutOurTablesIsCalledDamaged();
    void fileThatMayOnlyBeReadCannotBeOpenedForWriting();
    void readerWhoCannotWriteTheLogIsToldWhy();
    void readerAndWriterDoNotWaitForEachOther();
    void readerCannotWrite();
    void openingTwiceKeepsTheLocks();
    void openWorkspaceIsNotReplacedByAnExport();
    void workOfADeadProcessIsFoundOnce();
    void processesAreToldApart();

private:
    std::size_t files() const
    {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(m_folder->path("")), {}));
    }

    std::optional<test::Temporary> m_folder;
};

namespace {

/// Changes four bytes of the header of a closed SQLite file, most significant first.
void patchHeader(const std::filesystem::path& file, std::size_t at, std::uint32_t value)
{
    std::string bytes = test::contentOf(file);
    for (std::size_t byte = 0; byte < 4; ++byte) {
        bytes[at + byte] = static_cast<char>(value >> (8 * (3 - byte)));
    }
    std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// The number under which a process stood that is gone now.
std::int64_t deadProcess()
{
    const pid_t child = fork();
    if (child == 0) {
        _exit(0);
    }
    waitpid(child, nullptr, 0);
    return child;
}

/// Takes the rights of root away while it lives; does nothing for others.
class WithoutRoot
{
public:
    WithoutRoot() : m_wasRoot(geteuid() == 0) { m_succeeded = !m_wasRoot || seteuid(65534) == 0; }
    WithoutRoot(const WithoutRoot&) = delete;
    WithoutRoot& operator=(const WithoutRoot&) = delete;
    ~WithoutRoot()
    {
        if (m_wasRoot && seteuid(0) != 0) {
            std::abort();
        }
    }
    bool succeeded() const { return m_succeeded; }

private:
    bool m_wasRoot;
    bool m_succeeded = false;
};

} // namespace

void WorkspaceTest::createdWorkspaceIsOneMarkedFile()
{
    {
        const Result<Workspace> made = Workspace::create(m_folder->path("a.transept"));
        QVERIFY_OK(made);
        QCOMPARE(**made->database().scalar("PRAGMA application_id"), schema::applicationId);
        QCOMPARE(**made->database().scalar("PRAGMA user_version"), schema::version);
        QCOMPARE(**made->database().scalar("PRAGMA foreign_keys"), 1);
        Result<Statement> journal = made->database().prepare("PRAGMA journal_mode");
        QVERIFY(journal->step().value());
        QCOMPARE(journal->text(0), "wal");
    }
    QCOMPARE(files(), std::size_t{1});
    QVERIFY_OK(Workspace::open(m_folder->path("a.transept")));
    QVERIFY_OK(Workspace::open(m_folder->path("a.transept"), Access::ReadOnly));
}

void WorkspaceTest::existingFileIsNotOverwritten()
{
    const std::filesystem::path file = m_folder->write("notes.txt", "mine");

    const Result<Workspace> made = Workspace::create(file);

    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::InvalidInput);
    QCOMPARE(test::contentOf(file), "mine");
    QVERIFY(!Workspace::create(m_folder->path("")));
    QCOMPARE(files(), std::size_t{1});
}

void WorkspaceTest::failedCreationLeavesNothing()
{
    const std::filesystem::path nowhere = m_folder->path("nowhere") / "a.transept";

    const Result<Workspace> made = Workspace::create(nowhere);

    QVERIFY(!made);
    QCOMPARE(describe(made.error()),
             nowhere.string() + " cannot be created. Check that the folder exists and may be written.");
    QCOMPARE(files(), std::size_t{0});
}

void WorkspaceTest::logOfAnotherWorkspaceIsNotPlayedIntoANewOne()
{
    const std::filesystem::path log = m_folder->write("a.transept-wal", "left behind");

    const Result<Workspace> made = Workspace::create(m_folder->path("a.transept"));

    QVERIFY(!made);
    QVERIFY(describe(made.error()).find("a.transept-wal") != std::string::npos);
    QCOMPARE(test::contentOf(log), "left behind");
    QCOMPARE(files(), std::size_t{1});
}

void WorkspaceTest::ofTwoCreatorsOneWins()
{
    // Two processes: within one, both would use the same name for the file in the making.
    const std::filesystem::path file = m_folder->path("a.transept");
    const pid_t child = fork();
    if (child == 0) {
        _exit(Workspace::create(file) ? 0 : 1);
    }
    const bool made = Workspace::create(file).has_value();
    int status = 0;
    waitpid(child, &status, 0);

    QVERIFY(made != (WIFEXITED(status) && WEXITSTATUS(status) == 0));
    QVERIFY_OK(Workspace::open(file));
    QCOMPARE(files(), std::size_t{1});
}

void WorkspaceTest::foreignFileIsRefusedUnharmed_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("user,item,rating\n1,2,3\n");
    QTest::newRow("magic alone") << QByteArray("SQLite format 3\0", 16);
    QTest::newRow("magic and zeros") << QByteArray("SQLite format 3\0", 16) + QByteArray(4080, '\0');
    {
        const test::Temporary folder;
        const std::filesystem::path file = folder.path("plain.db");
        const auto made = Database::open(file, Access::ReadWrite, true).and_then([](const Database& plain) {
            return plain.execute("PRAGMA user_version = 1; CREATE TABLE t(i); INSERT INTO t VALUES(1)");
        });
        QVERIFY_OK(made);
        QTest::newRow("another program's database") << QByteArray::fromStdString(test::contentOf(file));
    }
}

void WorkspaceTest::foreignFileIsRefusedUnharmed()
{
    QFETCH(QByteArray, content);
    const std::filesystem::path file = m_folder->write("a.transept", content.toStdString());

    for (const Access access : {Access::ReadOnly, Access::ReadWrite}) {
        const Result<Workspace> opened = Workspace::open(file, access);
        QVERIFY(!opened);
        QCOMPARE(describe(opened.error()),
                 file.string() +
                     " is not a Transept workspace. Choose a .transept file or create a new one.");
    }
    QVERIFY(test::contentOf(file) == content.toStdString());
    QCOMPARE(files(), std::size_t{1});
    QCOMPARE(Workspace::open(m_folder->path("missing.transept")).error().code, ErrorCode::NotFound);
    QCOMPARE(Workspace::open(m_folder->path("")).error().code, ErrorCode::InvalidInput);
}

void WorkspaceTest::newerWorkspaceIsRefusedUnharmed()
{
    const std::filesystem::path file = m_folder->path("a.transept");
    QVERIFY_OK(Workspace::create(file));
    patchHeader(file, 60, static_cast<std::uint32_t>(schema::version + 1));
    const std::string before = test::contentOf(file);

    const Result<Workspace> opened = Workspace::open(file);

    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::InvalidInput);
    QVERIFY(describe(opened.error()).find("newer Transept") != std::string::npos);
    QVERIFY(test::contentOf(file) == before);
    QCOMPARE(files(), std::size_t{1});
}

void WorkspaceTest::newerVersionThatStandsInTheLogOnlyIsRefused()
{
    const std::filesystem::path file = m_folder->path("a.transept");
    const Result<Workspace> other = Workspace::create(file);
    QVERIFY_OK(other->database().execute(fmt::format("PRAGMA user_version = {}", schema::version + 1)));

    const Result<Workspace> opened = Workspace::open(file);

    QVERIFY(!opened);
    QVERIFY(describe(opened.error()).find("newer Transept") != std::string::npos);
}

void WorkspaceTest::truncatedFileIsCalledDamaged()
{
    const std::filesystem::path file = m_folder->path("a.transept");
    {
        const Result<Workspace> made = Workspace::create(file);
        test::fill(*made, "books: ann dune 5");
    }
    const std::string whole = test::contentOf(file);
    for (const std::size_t length :
         {std::size_t{512}, std::size_t{8192}, whole.size() / 2, whole.size() - 8192}) {
        std::filesystem::resize_file(file, length);
        const Result<Workspace> opened = Workspace::open(file);
        QVERIFY2(!opened, std::to_string(length).c_str());
        QCOMPARE(opened.error().code, ErrorCode::Database);
        QVERIFY(describe(opened.error()).find("damaged") != std::string::npos);
        m_folder->write("a.transept", whole);
    }
    QVERIFY_OK(Workspace::open(file));
}

void WorkspaceTest::fileWithoutOurTablesIsCalledDamaged()
{
    const std::filesystem::path file = m_folder->path("a.transept");
    {
        const Result<Database> plain = Database::open(file, Access::ReadWrite, true);
        QVERIFY_OK(plain->execute(
            fmt::format("PRAGMA application_id = {}; PRAGMA user_version = 1; CREATE TABLE t(i)",
                        schema::applicationId)));
    }

    const Result<Workspace> opened = Workspace::open(file);

    QVERIFY(!opened);
    QVERIFY(describe(opened.error()).find("damaged") != std::string::npos);
}

void WorkspaceTest::fileThatMayOnlyBeReadCannotBeOpenedForWriting()
{
    const std::filesystem::path file = m_folder->path("a.transept");
    QVERIFY_OK(Workspace::create(file));
    using std::filesystem::perms;
    std::filesystem::permissions(m_folder->path(""), perms::all);
    std::filesystem::permissions(file, perms::owner_read | perms::group_read | perms::others_read);
    const WithoutRoot person;
    QVERIFY(person.succeeded());

    const Result<Workspace> writer = Workspace::open(file);

    QVERIFY(!writer);
    QCOMPARE(writer.error().code, ErrorCode::Io);
    QVERIFY(describe(writer.error()).find("may only be read") != std::string::npos);
    QVERIFY_OK(Workspace::open(file, Access::ReadOnly));
}

void WorkspaceTest::readerWhoCannotWriteTheLogIsToldWhy()
{
    const std::filesystem::path file = m_folder->path("a.transept");
    QVERIFY_OK(Workspace::create(file));
    using std::filesystem::perms;
    constexpr perms readable = perms::owner_read | perms::group_read | perms::others_read;
    std::filesystem::permissions(file, readable);
    std::filesystem::permissions(m_folder->path(""),
                                 readable | perms::owner_exec | perms::group_exec | perms::others_exec);
    {
        const WithoutRoot person;
        QVERIFY(person.succeeded());

        const Result<Workspace> reader = Workspace::open(file, Access::ReadOnly);

        QVERIFY(!reader);
        QVERIFY2(describe(reader.error()).find("Copy the workspace into a folder") != std::string::npos,
                 describe(reader.error()).c_str());
    }
    std::filesystem::permissions(m_folder->path(""), perms::owner_all);
}

void WorkspaceTest::readerAndWriterDoNotWaitForEachOther()
{
    const Workspace writer = m_folder->workspace();
    test::fill(writer, "books: ann dune 5");
    const Result<Workspace> reader = Workspace::open(writer.file(), Access::ReadOnly);
    QVERIFY_OK(reader);
    Result<Statement> rows = reader->database().prepare("SELECT value FROM interaction");
    QVERIFY(rows->step().value()); // a read that has begun and is not over

    Result<Transaction> transaction = Transaction::begin(writer.database());
    QVERIFY_OK(transaction);
    QVERIFY_OK(writer.database().execute("UPDATE interaction SET value = 1"));
    QCOMPARE(**reader->database().scalar("SELECT value FROM interaction"), 5);
    QVERIFY_OK(transaction->commit());

    QCOMPARE(**reader->database().scalar("SELECT value FROM interaction"),
             5); // its read still sees the old state
    rows->rewind();
    QCOMPARE(**reader->database().scalar("SELECT value FROM interaction"), 1);
}

void WorkspaceTest::readerCannotWrite()
{
    const Workspace writer = m_folder->workspace();
    const Result<Workspace> reader = Workspace::open(writer.file(), Access::ReadOnly);

    const Status status = reader->database().execute("INSERT INTO person DEFAULT VALUES");

    QVERIFY(!status);
    QVERIFY(describe(status.error()).find("cannot be written") != std::string::npos);
}

void WorkspaceTest::openingTwiceKeepsTheLocks()
{
    const std::filesystem::path file = m_folder->workspace("w.transept").file(); // closed again
    // Locks belong to an open file description here: this one sees what the process holds by its others.
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    const auto isLocked = [&] {
        struct flock lock
        {
            .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 0, .l_pid = 0
        };
        return fcntl(descriptor, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    };
    {
        const Workspace workspace = Workspace::open(file).value();
        QVERIFY(isLocked());
        {
            QVERIFY_OK(Workspace::open(file));
            QVERIFY(isLocked());
        }
        QVERIFY(isLocked());
    }
    QVERIFY(!isLocked());
    ::close(descriptor);
}

void WorkspaceTest::openWorkspaceIsNotReplacedByAnExport()
{
    const std::filesystem::path file = m_folder->path("w.transept");
    const std::filesystem::path link = m_folder->path("link.csv");
    {
        const Workspace workspace = m_folder->workspace("w.transept");
        std::filesystem::create_symlink(file, link);
        for (const std::filesystem::path& name : {file, link}) {
            QVERIFY(isOpenDatabase(name));
            QCOMPARE(ReplacedFile::open(name).error().code, ErrorCode::InvalidInput);
        }
        const Workspace second = Workspace::open(file).value();
    }
    QVERIFY(!isOpenDatabase(file));
    QVERIFY_OK(ReplacedFile::open(link));
}

void WorkspaceTest::workOfADeadProcessIsFoundOnce()
{
    Workspace workspace = m_folder->workspace();
    const std::int64_t dead = deadProcess();
    QVERIFY_OK(workspace.database().execute(fmt::format(
        "INSERT INTO import(id, file, target, options, state, started, process) VALUES"
        " (1, 'a.csv', 'items', '{{}}', 'running', 0, {0}), (2, 'b.csv', 'items', '{{}}', 'running', 0, {1}),"
        " (3, 'c.csv', 'items', '{{}}', 'finished', 0, {0});"
        "INSERT INTO knowledge_base(id, name, extractor, config, state, started, process) VALUES"
        " (1, 'kb', 'lexical', '{{}}', 'running', 0, {0});"
        "INSERT INTO run(id, name, spec, spec_hash, state, created, process) VALUES"
        " (1, 'one', '{{}}', '', 'running', 0, {0}), (2, 'two', '{{}}', '', 'paused', 0, {0}),"
        " (3, 'three', '{{}}', '', 'queued', 0, 0), (4, 'four', '{{}}', '', 'running', 0, {1});",
        dead,
        processId())));

    const Result<std::vector<Interrupted>> found = workspace.findInterrupted();

    QVERIFY_OK(found);
    QCOMPARE(found->size(), std::size_t{4});
    QVERIFY(found->at(0).kind == Interrupted::Kind::Import);
    QCOMPARE(found->at(0).name, "a.csv");
    QVERIFY(found->at(1).kind == Interrupted::Kind::Extraction);
    QVERIFY(found->at(3).kind == Interrupted::Kind::Run);
    QCOMPARE(found->at(3).id, 2);
    QCOMPARE(**workspace.database().scalar("SELECT count(*) FROM run WHERE state = 'interrupted'"), 2);
    QCOMPARE(**workspace.database().scalar("SELECT count(*) FROM import WHERE state = 'running'"), 1);
    QVERIFY(workspace.findInterrupted()->empty());
}

void WorkspaceTest::processesAreToldApart()
{
    // This process's own id, but of another start of the machine: what a reused process id looks like.
    Workspace workspace = m_folder->workspace();
    QVERIFY(processId() > 0);
    QCOMPARE(processId(), processId());
    QVERIFY_OK(
        workspace.database().execute(fmt::format("INSERT INTO run(id, name, spec, spec_hash, state, created, "
                                                 "process) VALUES(1, 'one', '{{}}', '', 'running', 0, {})",
                                                 processId() ^ (std::int64_t{1} << 40))));

    QCOMPARE(workspace.findInterrupted()->size(), std::size_t{1});
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::WorkspaceTest)
#include "WorkspaceTest.moc"
