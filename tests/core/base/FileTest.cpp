#include "core/base/File.h"
#include "core/base/Sha256.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {

class FileTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void committedFileHoldsEveryByteAndNothingElseRemains();
    void fileThatIsNotCommittedLeavesTheOldOne();
    void twoThatWriteToOnePlaceDoNotMeet();
    void missingFolderIsNamedInTheError();
    void hashIsThatOfTheStandard();
    void hashSoFarLetsMoreFollow();
};

namespace {

std::size_t filesIn(const std::filesystem::path& folder)
{
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

} // namespace

void FileTest::committedFileHoldsEveryByteAndNothingElseRemains()
{
    const test::Temporary folder;
    const std::filesystem::path place = folder.write("list.csv", "old");
    std::string expected;
    {
        Result<ReplacedFile> file = ReplacedFile::open(place);
        QVERIFY_OK(file);
        for (int line = 0; line < 50'000; ++line) { // several blocks
            const std::string text = std::to_string(line) + ",x\n";
            expected += text;
            QVERIFY_OK(file->write(text));
        }
        QCOMPARE(test::contentOf(place), "old");

        QVERIFY_OK(file->commit());
    }

    QVERIFY(test::contentOf(place) == expected);
    QCOMPARE(filesIn(place.parent_path()), std::size_t{1});
}

void FileTest::fileThatIsNotCommittedLeavesTheOldOne()
{
    const test::Temporary folder;
    const std::filesystem::path place = folder.write("list.csv", "old");
    {
        Result<ReplacedFile> file = ReplacedFile::open(place);
        QVERIFY_OK(file);
        QVERIFY_OK(file->write(std::string(1'000'000, 'x')));
    }

    QCOMPARE(test::contentOf(place), "old");
    QCOMPARE(filesIn(place.parent_path()), std::size_t{1});
}

void FileTest::twoThatWriteToOnePlaceDoNotMeet()
{
    const test::Temporary folder;
    const std::filesystem::path place = folder.path("list.csv");
    Result<ReplacedFile> first = ReplacedFile::open(place);
    Result<ReplacedFile> second = ReplacedFile::open(place);
    QVERIFY_OK(first);
    QVERIFY_OK(second);
    QVERIFY_OK(first->write("first"));
    QVERIFY_OK(first->settle());
    QVERIFY_OK(second->write("second"));

    QVERIFY_OK(first->commit());
    QCOMPARE(test::contentOf(place), "first");
    QVERIFY_OK(second->commit());

    QCOMPARE(test::contentOf(place), "second");
    QCOMPARE(filesIn(place.parent_path()), std::size_t{1});
}

void FileTest::missingFolderIsNamedInTheError()
{
    const test::Temporary folder;
    const std::filesystem::path place = folder.path("nowhere") / "list.csv";

    const Result<ReplacedFile> file = ReplacedFile::open(place);

    QVERIFY(!file);
    QCOMPARE(file.error().code, ErrorCode::Io);
    QVERIFY(describe(file.error()).find(place.string()) != std::string::npos);
}

void FileTest::hashIsThatOfTheStandard()
{
    // FIPS 180-4, the examples "abc" and the empty message.
    QCOMPARE(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QCOMPARE(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

void FileTest::hashSoFarLetsMoreFollow()
{
    Sha256 hash;
    hash.add("ab");
    QCOMPARE(hash.hexSoFar(), sha256("ab"));
    hash.add("c");
    QCOMPARE(hash.hex(), sha256("abc"));
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::FileTest)
#include "FileTest.moc"
