#include "core/store/ImportLog.h"
#include "core/base/File.h"
#include "core/base/Json.h"
#include "core/base/Random.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {

class ImportLogTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void importsComeNewestFirst();
    void unknownImportIsNamed();
    void rejectsComeInFileOrderWindowByWindow();
    void exportedCsvReadsBackByteForByte();
    void textsThatLookLikeFormulasAreNotChanged();
    void exportThatFailsLeavesTheOldFile();
    void missingItemIndexIsSeenAndBuiltAgain();

private:
    void addReject(std::int64_t line,
                   std::int64_t entry,
                   std::string_view raw,
                   std::string_view argument = "x") const;

    std::optional<test::Temporary> m_folder;
    std::optional<Workspace> m_workspace;
};

namespace {

/// RFC 4180 read letter by letter: a second, slow reader.
std::vector<std::vector<std::string>> readCsv(const std::string& text)
{
    std::vector<std::vector<std::string>> rows{{""}};
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char letter = text[at];
        if (quoted) {
            if (letter == '"' && at + 1 < text.size() && text[at + 1] == '"') {
                rows.back().back() += '"';
                ++at;
            } else if (letter == '"') {
                quoted = false;
            } else {
                rows.back().back() += letter;
            }
        } else if (letter == '"') {
            quoted = true;
        } else if (letter == ',') {
            rows.back().emplace_back();
        } else if (letter == '\n') {
            rows.push_back({""});
        } else {
            rows.back().back() += letter;
        }
    }
    rows.pop_back(); // after the last line end
    return rows;
}

} // namespace

void ImportLogTest::init()
{
    m_workspace.reset();
    m_folder.emplace();
    m_workspace.emplace(m_folder->workspace());
    QVERIFY_OK(m_workspace->database().execute(
        "INSERT INTO platform(id, name) VALUES(1, 'web');"
        "INSERT INTO domain(id, platform, name, kind) VALUES(1, 1, 'books', 'explicit');"
        "INSERT INTO import(id, file, target, domain, options, state, reason, rows_read, imported, rejected, "
        "skipped,"
        " started, finished) VALUES(1, '/data/a, \"b\".csv', 'interactions', 1, '{}', 'finished', '', 10, 7, "
        "2, 1, 100, 101),"
        " (2, 'items.csv', 'items', NULL, '{\"a\":1}', 'failed', 'why', 3, 3, 0, 0, 200, NULL);"));
}

void ImportLogTest::addReject(std::int64_t line,
                              std::int64_t entry,
                              std::string_view raw,
                              std::string_view argument) const
{
    Result<Statement> insert =
        m_workspace->database().prepare("INSERT INTO reject(import, line, entry, offset, reason, arguments, "
                                        "raw) VALUES(1, ?1, ?2, ?1 * 10, ?3, ?4, ?5)");
    insert->bind(1, line).bind(2, entry).bind(3, std::string_view("The value %1 is not a number."));
    insert->bind(4, std::string_view(Json::array({argument}).dump())).bind(5, raw);
    QVERIFY_OK(insert->run());
}

void ImportLogTest::importsComeNewestFirst()
{
    const Result<std::vector<ImportRecord>> imports = ImportLog(*m_workspace).imports();

    QVERIFY_OK(imports);
    QCOMPARE(imports->size(), std::size_t{2});
    QCOMPARE(imports->front().file, "items.csv");
    QCOMPARE(imports->front().state, "failed");
    QCOMPARE(imports->front().reason, "why");
    QVERIFY(!imports->front().domain);
    QVERIFY(!imports->front().finished);
    const ImportRecord& first = imports->back();
    QVERIFY(first.domain == DomainId{1});
    QCOMPARE(first.read, first.imported + first.rejected + first.skipped);
    QCOMPARE(first.finished, std::optional<std::int64_t>(101));
    QCOMPARE(ImportLog(*m_workspace).import(ImportId{2})->options, "{\"a\":1}");
}

void ImportLogTest::unknownImportIsNamed()
{
    const Result<ImportRecord> found = ImportLog(*m_workspace).import(ImportId{7});

    QCOMPARE(found.error().code, ErrorCode::NotFound);
    QCOMPARE(describe(found.error()), "There is no import 7 in this workspace.");
    QVERIFY(!ImportLog(*m_workspace).exportRejects(ImportId{7}, m_folder->path("rejects.csv")));
    QVERIFY(!std::filesystem::exists(m_folder->path("rejects.csv")));
}

void ImportLogTest::rejectsComeInFileOrderWindowByWindow()
{
    for (std::int64_t line = 20; line > 0; --line) {
        for (std::int64_t entry = line % 3; entry >= 0; --entry) {
            addReject(line, entry, std::to_string(line));
        }
    }
    const ImportLog log(*m_workspace);
    const Result<std::vector<RejectRecord>> all = log.rejects(ImportId{1}, -1, -1, 1000);
    QVERIFY_OK(all);
    QCOMPARE(all->front().line, 1);
    QCOMPARE(all->front().offset, 10);
    QCOMPARE(all->front().arguments, std::vector<std::string>{"x"});

    std::vector<std::pair<std::int64_t, std::int64_t>> seen;
    std::pair<std::int64_t, std::int64_t> last{-1, -1};
    for (;;) {
        const Result<std::vector<RejectRecord>> window = log.rejects(ImportId{1}, last.first, last.second, 7);
        QVERIFY_OK(window);
        if (window->empty()) {
            break;
        }
        for (const RejectRecord& each : *window) {
            seen.emplace_back(each.line, each.entry);
        }
        last = seen.back();
    }

    QCOMPARE(seen.size(), all->size());
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
}

void ImportLogTest::exportedCsvReadsBackByteForByte()
{
    std::vector<std::string> raws{
        "", " ", "plain", "a,b", "\"", "\"\"", "a\nb", "a\r\nb", " lead", "trail ", "李雷", "\t"};
    Random random(1);
    constexpr std::string_view letters = ",\"\n\r ab;\t'";
    for (int text = 0; text < 200; ++text) {
        std::string raw;
        for (std::uint64_t length = random.below(8); length > 0; --length) {
            raw += letters[static_cast<std::size_t>(random.below(letters.size()))];
        }
        raws.push_back(raw);
    }
    for (std::size_t at = 0; at < raws.size(); ++at) {
        addReject(static_cast<std::int64_t>(at) + 1, 0, raws[at], raws[at]);
    }
    const std::filesystem::path to = m_folder->path("rejects.csv");

    QVERIFY_OK(ImportLog(*m_workspace).exportRejects(ImportId{1}, to));

    const auto rows = readCsv(test::contentOf(to));
    QCOMPARE(rows.size(), raws.size() + 1);
    QCOMPARE(rows[0], (std::vector<std::string>{"file", "line", "offset", "reason", "raw"}));
    for (std::size_t at = 0; at < raws.size(); ++at) {
        const std::string line = std::to_string(at + 1);
        const std::vector<std::string> expected{
            "/data/a, \"b\".csv", line, line + "0", "The value " + raws[at] + " is not a number.", raws[at]};
        QCOMPARE(rows[at + 1], expected);
    }
}

void ImportLogTest::textsThatLookLikeFormulasAreNotChanged()
{
    addReject(1, 0, "=1+1");
    addReject(2, 0, "-5");
    addReject(3, 0, "@x");
    const std::filesystem::path to = m_folder->path("rejects.csv");

    QVERIFY_OK(ImportLog(*m_workspace).exportRejects(ImportId{1}, to));

    const auto rows = readCsv(test::contentOf(to));
    QCOMPARE(rows[1][4], "=1+1");
    QCOMPARE(rows[2][4], "-5");
    QCOMPARE(rows[3][4], "@x");
}

void ImportLogTest::exportThatFailsLeavesTheOldFile()
{
    const std::filesystem::path to = m_folder->write("rejects.csv", "old");

    QVERIFY(!ImportLog(*m_workspace).exportRejects(ImportId{7}, to));
    QCOMPARE(test::contentOf(to), "old");

    const Status nowhere =
        ImportLog(*m_workspace).exportRejects(ImportId{1}, m_folder->path("nowhere") / "r.csv");
    QVERIFY(!nowhere);
    QCOMPARE(nowhere.error().code, ErrorCode::Io);
}

void ImportLogTest::missingItemIndexIsSeenAndBuiltAgain()
{
    const ImportLog log(*m_workspace);
    QVERIFY(!log.lacksItemIndex().value());
    QVERIFY_OK(m_workspace->database().execute("DROP INDEX interaction_item"));
    QVERIFY(log.lacksItemIndex().value());
    // One that is at work builds it itself, at its end.
    QVERIFY_OK(m_workspace->database().execute("UPDATE import SET state = 'running'"));
    QVERIFY(!log.lacksItemIndex().value());
    QVERIFY_OK(m_workspace->database().execute("UPDATE import SET state = 'cancelled'"));
    QVERIFY(log.lacksItemIndex().value());

    const auto setting = [this](const char* name) {
        return m_workspace->database().scalar(std::string("PRAGMA ") + name).value();
    };
    const auto cache = setting("cache_size");
    const auto temporary = setting("temp_store");

    QVERIFY_OK(log.restoreItemIndex());

    QVERIFY(!log.lacksItemIndex().value());
    QVERIFY(setting("cache_size") == cache); // it sorts with settings of its own
    QVERIFY(setting("temp_store") == temporary);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::ImportLogTest)
#include "ImportLogTest.moc"
