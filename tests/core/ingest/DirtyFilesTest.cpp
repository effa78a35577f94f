#include "core/base/Random.h"
#include "tests/core/ingest/Imported.h"

#include <map>

using namespace transept;
using test::countsOf;

/// Properties over generated files: no row is lost, and what was accepted comes back as it was written.
class DirtyFilesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRowOfADirtyFileIsAccountedFor_data();
    void everyRowOfADirtyFileIsAccountedFor();
    void whatIsWrittenComesBack_data();
    void whatIsWrittenComesBack();
    void randomBytesNeverBreakTheSum();

private:
    test::Temporary m_folder;
};

struct DirtyFile
{
    std::string text = "user,item,rating,timestamp\n";
    std::int64_t rows = 0;
    std::int64_t rejected = 0;
    std::int64_t skipped = 0;
    std::map<std::pair<std::string, std::string>, std::string> kept; ///< user, item: "value|time"
};

DirtyFile makeDirty(std::uint64_t seed)
{
    Random random(seed);
    DirtyFile file;
    const auto bad = [&](const std::string& row) {
        file.text += row;
        ++file.rejected;
    };
    for (int row = 0; row < 3000; ++row, ++file.rows) {
        const std::string user = "u" + std::to_string(random.below(60));
        const std::string item = "i" + std::to_string(random.below(80));
        switch (random.below(20)) {
        case 0:
            bad(user + "," + item + "\n");
            break;
        case 1:
            bad("," + item + ",3,4\n");
            break;
        case 2:
            bad(user + "," + item + ",x,4\n");
            break;
        case 3:
            bad(user + "," + item + ",3,never\n");
            break;
        case 4:
            bad(user + "," + item + "\xFF,3,4\n");
            break;
        case 5:
            bad("\"" + user + "\"x," + item + ",3,4\n");
            break;
        case 6:
            file.text += "\n";
            ++file.skipped;
            break;
        default: {
            const std::string value = std::to_string(random.below(10)) + ".5";
            const std::string time = std::to_string(random.below(1'000'000'000));
            const bool quoted = random.below(3) == 0;
            file.text += (quoted ? "\"" + user + "\"" : user) + "," + item + "," + value + "," + time + "\n";
            file.skipped += file.kept.contains({user, item}) ? 1 : 0;
            file.kept[{user, item}] = value + "|" + time;
            break;
        }
        }
    }
    return file;
}

void DirtyFilesTest::everyRowOfADirtyFileIsAccountedFor_data()
{
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 8; ++seed) {
        QTest::addRow("seed %d", static_cast<int>(seed)) << seed;
    }
}

void DirtyFilesTest::everyRowOfADirtyFileIsAccountedFor()
{
    QFETCH(quint64, seed);
    const DirtyFile file = makeDirty(seed);
    Workspace workspace = m_folder.workspace(fmt::format("{}.transept", seed));

    const auto report = importFile(workspace,
                                   m_folder.write("dirty.csv", file.text),
                                   {.domain = "d", .format = Format{.header = true}},
                                   {});

    QCOMPARE(countsOf(workspace, report),
             fmt::format("{} = {} + {} + {}",
                         file.rows,
                         file.rows - file.rejected - file.skipped,
                         file.rejected,
                         file.skipped));
    std::string expected;
    for (const auto& [pair, rest] : file.kept) {
        expected += (expected.empty() ? "" : "\n") + pair.first + "|" + pair.second + "|" + rest;
    }
    QCOMPARE(
        test::rowsOf(workspace,
                     "SELECT account.key, item.key, value, time FROM interaction JOIN account ON account.id ="
                     " account JOIN item ON item.id = item ORDER BY 1, 2",
                     4),
        expected);
}

void DirtyFilesTest::whatIsWrittenComesBack_data()
{
    QTest::addColumn<QByteArray>("delimiter");
    for (const char* delimiter : {",", "\t", ";", "|", "::"}) {
        QTest::newRow(delimiter) << QByteArray(delimiter);
    }
}

/// Any text, quoted where it must be, is the same after the way through the workspace.
void DirtyFilesTest::whatIsWrittenComesBack()
{
    QFETCH(QByteArray, delimiter);
    const std::string d = delimiter.toStdString();
    const std::vector<std::string> pieces{"a", "é", "日本", " ", "\"", d, "\n", "'", "0", "&", "\\x", "#"};
    Random random(7);
    std::string text = "item" + d + "title\n";
    std::map<std::string, std::string> expected;
    for (int row = 0; row < 500; ++row) {
        std::string title = "t";
        for (std::uint64_t left = random.below(8); left > 0; --left) {
            title += pieces[random.below(pieces.size())];
        }
        title += "t";
        std::string quoted = "\"";
        for (const char each : title) {
            quoted += each == '"' ? "\"\"" : std::string(1, each);
        }
        const std::string key = "k" + std::to_string(row);
        text += key + d + quoted + "\"\n";
        expected[key] = title;
    }
    Workspace workspace = m_folder.workspace(fmt::format("{}.transept", static_cast<int>(d.front())));

    const auto report = importFile(workspace,
                                   m_folder.write("titles.csv", text),
                                   {.target = ImportTarget::Items,
                                    .domain = "d",
                                    .format = Format{.delimiter = d, .quote = '"', .header = true}},
                                   {});

    QCOMPARE(countsOf(workspace, report), "500 = 500 + 0 + 0");
    Result<Statement> rows = workspace.database().prepare("SELECT key, title FROM item");
    QVERIFY_OK(rows);
    while (rows->step().value_or(false)) {
        QCOMPARE(rows->text(1), expected.at(std::string(rows->text(0))));
    }
}

void DirtyFilesTest::randomBytesNeverBreakTheSum()
{
    Workspace workspace = m_folder.workspace("noise.transept");
    QVERIFY_OK(importFile(workspace, m_folder.write("first.csv", "user,item\n1,a\n"), {.domain = "d"}, {}));
    constexpr std::string_view letters = "ab1,;\t\"\n\r :|{}[]\\\xC3\xA9\xFF.";
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        Random random(seed);
        std::string text = "1,a\n2,b\n";
        for (int at = 0; at < 2000; ++at) {
            text += letters[random.below(letters.size())];
        }
        for (const Format::Layout layout : {Format::Layout::Delimited,
                                            Format::Layout::Events,
                                            Format::Layout::ItemList,
                                            Format::Layout::JsonMap}) {
            const auto report =
                importFile(workspace,
                           m_folder.write("noise.csv", text),
                           {.domain = "d",
                            .format = Format{.layout = layout, .delimiter = seed % 2 == 0 ? "," : " "},
                            .columns = {{"1", Role::User}, {"2", Role::Item}}},
                           {});
            if (report) {
                QVERIFY2(countsOf(workspace, report).find("sum") == std::string::npos,
                         countsOf(workspace, report).c_str());
                QCOMPARE(report->read, report->imported + report->rejected + report->skipped);
            } else {
                QCOMPARE(report.error().code, ErrorCode::InvalidInput);
            }
        }
    }
    QCOMPARE(test::rowsOf(workspace, "PRAGMA integrity_check", 1), "ok");
}

QTEST_GUILESS_MAIN(DirtyFilesTest)
#include "DirtyFilesTest.moc"
