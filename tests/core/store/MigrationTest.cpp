#include "core/store/Migration.h"
#include "core/store/Catalog.h"
#include "core/store/Explorer.h"
#include "core/store/ImportLog.h"
#include "core/store/KnowledgeStore.h"
#include "core/store/RunStore.h"
#include "core/store/Schema.h"
#include "core/store/Statistics.h"
#include "tests/support/SharedData.h"
#include "tests/support/Temporary.h"

#include <QtTest/QTest>

namespace transept {

class MigrationTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyTableOfVersionOneHasRows();
    void versionOneIsReadInFull();
    void runsOfVersionOneAreRead();
    void runsOfVersionOneTellNoExtent();
    void everyVersionGetsThePresentSchema_data();
    void everyVersionGetsThePresentSchema();
    void versionTwoIsBroughtUpToDate();
    void versionThreeIsBroughtUpToDate();
    void versionFourIsBroughtUpToDate();
    void stepBringsDataAlongAndLeavesABackup();
    void stepMayRebuildATableThatOthersReferTo();
    void failingStepLeavesTheFileUnharmed();
    void stepThatBreaksReferencesIsTakenBack();
    void programThatComesSecondChangesNothing();
    void migratedFileIsRefusedByTheOldProgram();

private:
    /// A copy of the fixture of that version.
    std::filesystem::path ofVersion(int version) const
    {
        const std::string name = "version-" + std::to_string(version) + ".transept";
        std::filesystem::copy_file(test::fixture(name.c_str()), m_folder->path(name));
        std::filesystem::permissions(m_folder->path(name), std::filesystem::perms::owner_all);
        return m_folder->path(name);
    }
    std::filesystem::path copy() const { return m_folder->path("old.transept"); }
    std::filesystem::path backup() const { return m_folder->path("old.transept.version-1.backup"); }
    Database opened() const { return std::move(Database::open(copy(), Access::ReadWrite).value()); }

    std::optional<test::Temporary> m_folder;
};

namespace {

/// The rows of a table: equal texts, equal rows.
std::string rowsOf(const Database& database, const std::string& table)
{
    Result<Statement> columns = database.prepare("SELECT name FROM pragma_table_info(?) ORDER BY cid");
    columns->bind(1, std::string_view(table));
    std::string list;
    while (columns->step().value()) {
        list += (list.empty() ? "quote(\"" : " || ',' || quote(\"") + std::string(columns->text(0)) + "\")";
    }
    Result<Statement> rows =
        database.prepare("SELECT " + list + " AS line FROM \"" + table + "\" ORDER BY line");
    std::string text;
    while (rows->step().value()) {
        text += table + ":" + std::string(rows->text(0)) + "\n";
    }
    return text;
}

/// A text of the whole database: equal texts, equal content.
std::string dump(const Database& database)
{
    std::vector<std::string> tables;
    Result<Statement> names =
        database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    std::string text;
    while (names->step().value()) {
        tables.emplace_back(names->text(0));
        text += std::string(names->text(1)) + "\n";
    }
    for (const std::string& table : tables) {
        text += rowsOf(database, table);
    }
    return text;
}

/// Tables and indexes with the columns of each, in whatever words they were made.
std::string columnsOf(const Database& database)
{
    std::string text;
    Result<Statement> rows = database.prepare(
        "SELECT s.type, s.name, c.name, c.type, c.\"notnull\", coalesce(c.dflt_value, '-'), c.pk,"
        " coalesce((SELECT wr || ' ' || strict FROM pragma_table_list WHERE name = s.name), '-')"
        " FROM sqlite_schema s LEFT JOIN pragma_table_xinfo(s.name) c WHERE s.name NOT LIKE 'sqlite_%'"
        " ORDER BY s.name, c.cid");
    while (rows->step().value()) {
        for (int column = 0; column < 8; ++column) {
            text += std::string(rows->text(column)) + " ";
        }
        text += "\n";
    }
    return text;
}

std::string dump(const std::filesystem::path& file)
{
    return dump(Database::open(file, Access::ReadOnly).value());
}

constexpr std::string_view addsAColumn =
    "ALTER TABLE item ADD COLUMN shelf TEXT; UPDATE item SET shelf = key || '!';";
constexpr std::string_view addsATable = "CREATE TABLE shelf(name TEXT PRIMARY KEY) STRICT;"
                                        "INSERT INTO shelf SELECT shelf FROM item;";

} // namespace

void MigrationTest::init()
{
    m_folder.emplace();
    std::filesystem::copy_file(test::fixture("version-1.transept"), copy());
    std::filesystem::permissions(copy(), std::filesystem::perms::owner_all);
}

void MigrationTest::everyTableOfVersionOneHasRows()
{
    const Database old = opened();
    Result<Statement> names = old.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'");
    while (names->step().value()) {
        const std::string name(names->text(0));
        QVERIFY2(old.scalar("SELECT count(*) FROM \"" + name + "\"").value().value_or(0) > 0, name.c_str());
    }
}

void MigrationTest::versionOneIsReadInFull()
{
    Result<Workspace> workspace = Workspace::open(copy());
    QVERIFY_OK(workspace);
    QVERIFY(workspace->findInterrupted()->empty());

    const Result<WorkspaceStatistics> found = statistics(*workspace, {});
    QVERIFY_OK(found);
    QCOMPARE(found->domains.size(), std::size_t{3});
    const DomainStatistics& books = found->domains[0];
    QCOMPARE(books.domain.name, "books");
    QCOMPARE(books.domain.platformName, "web");
    QCOMPARE(books.domain.unit, "stars");
    QCOMPARE(books.domain.scaleMax, std::optional(5.0));
    QCOMPARE(books.interactions, 16);
    QCOMPARE(books.users, 4);
    QCOMPARE(books.items, 4); // b4 has neither a title nor an interaction
    QCOMPARE(books.texts, 4);
    QCOMPARE(books.firstTime, std::optional<std::int64_t>(1'500'000'000));
    QCOMPARE(found->domains[1].interactions, 14);
    QCOMPARE(found->domains[2].interactions, 30);
    QVERIFY(found->domains[2].domain.kind == FeedbackKind::Implicit);
    QVERIFY(!found->domains[2].domain.scaleMin);
    QCOMPARE(found->persons, 6);
    QCOMPARE(found->overlap[0].users, 3); // books and films
    QCOMPARE(found->overlap[0].items, 1);
    QCOMPARE(found->overlap[1].users, 1); // Ann, by her account of the radio

    const Explorer explorer(*workspace);
    const auto rows = explorer.interactions(books.domain.id, {.user = "李雷"}, {}, 10);
    QCOMPARE(rows->size(), std::size_t{4});
    QCOMPARE(rows->front().item, "b0");
    QCOMPARE(rows->front().title, "Title 0");
    QCOMPARE(explorer.item(ItemId{1})->fields.front().second, "A desert planet, \"spice\" and worms");
    QCOMPARE(
        explorer.interactions(found->domains[2].domain.id, {.user = "eve", .item = "m0"}, {}, 10)->size(),
        std::size_t{2}); // nth 0 and 1

    const ImportLog log(*workspace);
    QCOMPARE(log.imports()->size(), std::size_t{2});
    QCOMPARE(log.import(ImportId{1})->read, 63);
    const auto rejects = log.rejects(ImportId{1}, -1, -1, 10);
    QCOMPARE(rejects->size(), std::size_t{2});
    QCOMPARE(rejects->at(1).raw, "ann,\"b\n2\"");
    QCOMPARE(rejects->at(1).arguments, (std::vector<std::string>{"2", "3"}));
}

void MigrationTest::runsOfVersionOneAreRead()
{
    const Result<Workspace> workspace = Workspace::open(copy());
    const RunStore runs(*workspace);

    const Result<RunRecord> finished = runs.find(RunId{1});
    QVERIFY_OK(finished);
    QCOMPARE(finished->name, "bias on books");
    QVERIFY(finished->state == RunState::Finished);
    QCOMPARE(finished->measures.at("rmse"), 1.25);
    QCOMPARE(*runs.perUser(RunId{1}, "rmse"), (std::vector<double>{1.0, 1.5}));
    QCOMPARE(runs.users(RunId{1})->size(), std::size_t{2});
    const Result<StoredPredictions> predictions = runs.predictions(RunId{1});
    QCOMPARE(predictions->truths, std::vector<float>{5.0F});
    QCOMPARE(predictions->predictions, std::vector<float>{4.5F});
    QVERIFY(runs.find(RunId{2})->state == RunState::Failed);
    QCOMPARE(describe(runs.find(RunId{2})->reason), "Training ran away in epoch 4. Lower the rate.");
    QVERIFY(std::isnan(runs.curves(RunId{2})->at("rmse").front().value));
}

void MigrationTest::runsOfVersionOneTellNoExtent()
{
    const Result<Workspace> migrated = Workspace::open(copy());

    QVERIFY_OK(migrated);
    QVERIFY(!RunStore(*migrated).find(RunId{1})->extent); // nobody noted it then
    QVERIFY(RunStore(*migrated).modelRows(RunId{1})->empty());
}

void MigrationTest::everyVersionGetsThePresentSchema_data()
{
    QTest::addColumn<int>("version");
    for (int version = 1; version < schema::version; ++version) {
        QTest::addRow("%d", version) << version;
    }
}

// A change of the schema needs a new version, a migration and a fixture of the version before.
void MigrationTest::everyVersionGetsThePresentSchema()
{
    QFETCH(int, version);
    const Workspace fresh = m_folder->workspace("fresh.transept");

    const Result<Workspace> migrated = Workspace::open(ofVersion(version));

    QVERIFY_OK(migrated);
    QCOMPARE(columnsOf(migrated->database()), columnsOf(fresh.database()));
    QCOMPARE(**migrated->database().scalar("PRAGMA user_version"), schema::version);
}

void MigrationTest::versionTwoIsBroughtUpToDate()
{
    const Result<Workspace> migrated = Workspace::open(ofVersion(2));

    QVERIFY_OK(migrated);
    QCOMPARE(**migrated->database().scalar("SELECT count(*) FROM interaction"), 60);
    QCOMPARE(**migrated->database().scalar("SELECT count(*) FROM checkpoint"), 1);
    QVERIFY(!Catalog(*migrated).domain("books")->hasNegatives);
    QVERIFY(std::filesystem::exists(m_folder->path("version-2.transept.version-2.backup")));
    QVERIFY(RunStore(*migrated).find(RunId{1})->extent.has_value());
}

void MigrationTest::versionThreeIsBroughtUpToDate()
{
    const Result<Workspace> migrated = Workspace::open(ofVersion(3));

    QVERIFY_OK(migrated);
    QCOMPARE(**migrated->database().scalar("SELECT count(*) FROM facet"), 1);
    QCOMPARE(**migrated->database().scalar("SELECT count(*) FROM given_negative"), 2);
    QCOMPARE(**migrated->database().scalar("SELECT count(*) FROM facet_review"), 0);
}

void MigrationTest::versionFourIsBroughtUpToDate()
{
    const std::filesystem::path file = ofVersion(4);
    {
        const Database old = std::move(Database::open(file, Access::ReadWrite).value());
        QVERIFY_OK(old.execute("INSERT INTO knowledge_base(id, name, extractor, config, state, started)"
                               " VALUES(2, 'people', 'chat-users', '{}', 'finished', 1);"
                               "INSERT INTO user_facet(kb, person, domain, nth, name, text)"
                               " VALUES(2, 1, 1, 0, 'taste', 'likes worms')"));
    }
    const Database old = std::move(Database::open(file, Access::ReadOnly).value());
    const std::string vectors = rowsOf(old, "vector");
    const std::string replies = rowsOf(old, "llm_call");

    const Result<Workspace> migrated = Workspace::open(file);

    QVERIFY_OK(migrated);
    QCOMPARE(rowsOf(migrated->database(), "vector"), vectors);
    QCOMPARE(rowsOf(migrated->database(), "llm_call"), replies);
    QCOMPARE(**migrated->database().scalar("SELECT count(*) FROM user_facet"), 2);
    QCOMPARE(**migrated->database().scalar("SELECT count(*) FROM domain_pair"), 1);
    QCOMPARE(**migrated->database().scalar("SELECT count(*) FROM knowledge_base WHERE copy_of = ''"), 2);
    QCOMPARE(**migrated->database().scalar("SELECT count(DISTINCT vectors_stamp) FROM knowledge_base"), 2);
    QCOMPARE(**migrated->database().scalar("SELECT count(*) FROM facet_edit"), 0);
    const KnowledgeStore knowledge(*migrated);
    const Result<KnowledgeBase> base = knowledge.find("lexical-2");
    QVERIFY_OK(base);
    QCOMPARE(number(base->lastItem), std::int64_t{6});                      // of those that it knows
    QCOMPARE(number(knowledge.find("people")->lastItem), std::int64_t{15}); // of all: people are found anew
    QCOMPARE(knowledge.textSpaces().of(base->id).error().code, ErrorCode::InvalidInput);
}

void MigrationTest::stepBringsDataAlongAndLeavesABackup()
{
    const std::string before = dump(copy());
    const Database old = opened();
    const std::vector<std::string_view> steps{addsAColumn, addsATable};

    QVERIFY_OK(migrate(copy(), old, 1, steps));

    QCOMPARE(**old.scalar("PRAGMA user_version"), 3);
    QCOMPARE(**old.scalar("PRAGMA foreign_keys"), 1);
    QCOMPARE(**old.scalar("SELECT count(*) FROM shelf WHERE name = 'b1!'"), 1);
    QCOMPARE(**old.scalar("SELECT count(*) FROM interaction"), 60);
    const Result<Database> copyOfOld = Database::open(backup(), Access::ReadOnly);
    QVERIFY_OK(copyOfOld);
    QCOMPARE(**copyOfOld->scalar("PRAGMA user_version"), 1);
    QCOMPARE(**copyOfOld->scalar("PRAGMA application_id"), schema::applicationId);
    QCOMPARE(dump(*copyOfOld), before);
    QVERIFY_OK(Workspace::open(backup()));
}

void MigrationTest::stepMayRebuildATableThatOthersReferTo()
{
    const Database old = opened();
    const std::vector<std::string_view> steps{
        "CREATE TABLE person_new(id INTEGER PRIMARY KEY, name TEXT) STRICT; INSERT INTO person_new(id) "
        "SELECT id FROM"
        " person; DROP TABLE person; ALTER TABLE person_new RENAME TO person;"};

    QVERIFY_OK(migrate(copy(), old, 1, steps));

    QCOMPARE(**old.scalar("SELECT count(*) FROM account JOIN person ON person.id = account.person"), 7);
    QVERIFY(
        !old.execute("INSERT INTO account(platform, key, person) VALUES(1, 'new', 99)")); // still a reference
}

void MigrationTest::failingStepLeavesTheFileUnharmed()
{
    const std::string before = dump(copy());
    const Database old = opened();
    const std::vector<std::string_view> steps{addsAColumn, "UPDATE item SET no_such_column = 1"};

    const Status migrated = migrate(copy(), old, 1, steps);

    QVERIFY(!migrated);
    QCOMPARE(migrated.error().code, ErrorCode::Database);
    QCOMPARE(**old.scalar("PRAGMA user_version"), 1);
    QCOMPARE(**old.scalar("PRAGMA foreign_keys"), 1);
    QCOMPARE(dump(old), before);
    QCOMPARE(dump(backup()), before);
}

void MigrationTest::stepThatBreaksReferencesIsTakenBack()
{
    const std::string before = dump(copy());
    const Database old = opened();
    const std::vector<std::string_view> steps{"DELETE FROM person WHERE id = 3"};

    const Status migrated = migrate(copy(), old, 1, steps);

    QVERIFY(!migrated);
    QVERIFY(describe(migrated.error()).find("account") != std::string::npos);
    QCOMPARE(dump(old), before);
}

void MigrationTest::programThatComesSecondChangesNothing()
{
    const std::vector<std::string_view> steps{addsAColumn};
    const Database first = opened();
    const Database second = opened(); // has seen version 1 too
    QVERIFY_OK(migrate(copy(), first, 1, steps));
    const std::string afterFirst = dump(first);
    const std::string keptBackup = dump(backup());

    QVERIFY_OK(migrate(copy(), second, 1, steps));

    QCOMPARE(dump(second), afterFirst);
    QCOMPARE(dump(backup()), keptBackup);
    QCOMPARE(std::distance(std::filesystem::directory_iterator(m_folder->path("")), {}), 2);
}

void MigrationTest::migratedFileIsRefusedByTheOldProgram()
{
    {
        const Database old = opened();
        const std::vector<std::string_view> steps(static_cast<std::size_t>(schema::version), "SELECT 1");
        QVERIFY_OK(migrate(copy(), old, 1, steps));
    }

    const Result<Workspace> workspace = Workspace::open(copy());

    QVERIFY(!workspace);
    QVERIFY(describe(workspace.error()).find("newer Transept") != std::string::npos);
}

} // namespace transept

QTEST_GUILESS_MAIN(transept::MigrationTest)
#include "MigrationTest.moc"
